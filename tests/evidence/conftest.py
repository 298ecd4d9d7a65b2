"""Shared by the tests of evidence: the plan, an extractor that reads marked figures, ledgers on both databases."""

from __future__ import annotations

import os
import pwd
import re
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from evidence_helpers import clock, marked

from salpi.evidence.claims.catalogue import Catalogue
from salpi.evidence.ingest import ingest
from salpi.evidence.ledger import Ledger
from salpi.evidence.options import Options
from salpi.plan import Plan, load_plan


@pytest.fixture(scope="session")
def korea() -> Plan:
    return load_plan("korea")


@pytest.fixture(scope="session")
def catalogue(korea: Plan) -> Catalogue:
    return Catalogue.of(korea)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(str(tmp_path / "ledger.sqlite")) as opened:
        yield opened


@pytest.fixture
def take(korea, tmp_path):
    """Take texts into a ledger: ``take(ledger, text, name=..., quality="A")`` gives the summary."""
    folder = tmp_path / "documents"
    folder.mkdir()

    def taking(ledger, *texts, names=(), quality="A", **options):
        paths = []
        for at, text in enumerate(texts):
            path = folder / (names[at] if at < len(names) else f"{abs(hash(text))}.txt")
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
            paths.append(str(path))
        made = Options(quality=quality, actor="tester", jobs=1, **options)
        return ingest(ledger, korea, paths, clock, marked, made)

    return taking


def binaries() -> Path | None:
    """Where PostgreSQL's programs are, or None."""
    if shutil.which("initdb") and shutil.which("postgres"):
        return Path(shutil.which("initdb")).resolve().parent
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


def _other_user() -> dict[str, int]:
    """PostgreSQL will not run as root: then another user's ids."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": entry.pw_uid, "group": entry.pw_gid}
    pytest.skip("needs PostgreSQL and a user other than root to run it")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A PostgreSQL server of the tests' own, on loopback, in a folder that is removed: the address without a database."""
    bin = binaries()
    if bin is None:
        pytest.skip("needs PostgreSQL (apt-get install postgresql)")
    who = _other_user()
    folder = Path(tempfile.mkdtemp(prefix="salpi-pg-"))
    if who:
        os.chown(folder, who["user"], who["group"])
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    run = {"check": True, "stdout": subprocess.DEVNULL, "cwd": folder, "timeout": 60, **who}
    data = folder / "data"
    init = [bin / "initdb", "-D", data, "-U", "salpi", "-A", "trust", "-E", "UTF8", "--locale", "C", "--no-sync"]
    subprocess.run([*map(str, init)], **run)
    settings = f"-k {folder} -p {port} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=40"
    start = [bin / "pg_ctl", "-D", data, "-o", settings, "-l", folder / "log", "-w", "start"]
    subprocess.run([*map(str, start)], **run)
    try:
        yield f"postgresql://salpi@127.0.0.1:{port}"
    finally:
        subprocess.run([str(bin / "pg_ctl"), "-D", str(data), "-m", "immediate", "-w", "stop"], **{**run, "check": False})
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres(postgres_server: str, request) -> str:
    """The address of a new, empty database."""
    import psycopg

    name = "t" + re.sub(r"[^a-z0-9]", "", request.node.name.lower())[:30] + str(abs(hash(request.node.nodeid)) % 10**8)
    with psycopg.connect(postgres_server.replace("postgresql", "postgres") + "/postgres", autocommit=True) as c:
        c.execute(f'CREATE DATABASE "{name}"')
    return f"{postgres_server}/{name}"


@pytest.fixture(params=["sqlite", "postgresql"])
def any_ledger(request, tmp_path: Path) -> Iterator[Ledger]:
    """A ledger on each of the databases."""
    url = str(tmp_path / "any.sqlite") if request.param == "sqlite" else request.getfixturevalue("postgres")
    with Ledger.open(url) as opened:
        yield opened
