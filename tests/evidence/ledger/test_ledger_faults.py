"""A full disk, a read-only file, a second process: a clear line or waiting, never a damaged ledger, never half a document."""

from __future__ import annotations

import os
import resource
import signal
import sys

import pytest
from evidence_helpers import clock, marked
from sqlalchemy import event, func, select, text

from salpi.evidence.ingest import ingest
from salpi.evidence.ledger import Ledger, LedgerFault
from salpi.evidence.ledger import tables as t
from salpi.evidence.options import Options

TEXT = (
    "Release {0} of the ministry\nPublished: 2026-11-05\n"
    "Exports 1{0:03d} [exports.biohealth|South Korea|2024-{1:02d}|USD|actual]\n"
)
FILLER = "nothing of note was said here about anything that is measured. " * 60


def _folder(tmp_path, number, filler=""):
    folder = tmp_path / "many"
    folder.mkdir(exist_ok=True)
    for at in range(number):
        (folder / f"{at:04d}.txt").write_text(TEXT.format(at, 1 + at % 12) + filler)
    return folder


def _take(ledger, plan, folder, jobs=1):
    return ingest(ledger, plan, [str(folder)], clock, marked, Options(quality="A", actor="tester", jobs=jobs))


def _whole(ledger):
    """No document without its claims, and a database that is sound."""
    with ledger.reading() as c:
        number = c.execute(select(func.count()).select_from(t.documents)).scalar_one()
        assert c.execute(select(func.count()).select_from(t.claims)).scalar_one() == number
        assert c.execute(select(func.count()).select_from(t.entries)).scalar_one() == number
        if ledger.sqlite:
            assert c.execute(text("PRAGMA integrity_check")).scalar_one() == "ok"
        return number


def test_a_full_database_keeps_whole_documents_and_says_so(korea, tmp_path):
    folder = _folder(tmp_path, 200, FILLER)
    ledger = Ledger.open(str(tmp_path / "full.sqlite"))

    @event.listens_for(ledger.engine, "connect")
    def _small(connection, _):
        connection.execute("PRAGMA max_page_count = 120")

    ledger.close()
    with pytest.raises(LedgerFault, match=r"full\.sqlite: the disk is full: nothing of the document was kept; free space"):
        _take(ledger, korea, folder)
    kept = _whole(ledger)
    assert 0 < kept < 200
    ledger.close()
    with Ledger.open(str(tmp_path / "full.sqlite")) as roomy:
        assert _take(roomy, korea, folder).documents["known"] == kept
        assert _whole(roomy) == 200


@pytest.mark.skipif(sys.platform != "linux", reason="limits on file size are a Unix matter")
def test_a_file_that_may_not_grow_is_a_full_disk(korea, tmp_path):
    """The write itself fails, as on a disk without room."""
    folder, url = _folder(tmp_path, 200, FILLER), str(tmp_path / "small.sqlite")
    Ledger.open(url).close()
    read, write = os.pipe()
    if not (pid := os.fork()):
        try:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
            with Ledger.open(url) as ledger:
                _take(ledger, korea, folder)
        except LedgerFault as fault:
            os.write(write, str(fault).encode())
        finally:
            os._exit(0)
    os.waitpid(pid, 0)
    os.close(write)
    said = os.read(read, 1000).decode()
    os.close(read)
    assert "small.sqlite" in said
    assert "full" in said
    assert "\n" not in said
    with Ledger.open(url) as ledger:
        kept = _whole(ledger)
        assert kept < 200
        _take(ledger, korea, folder)
        assert _whole(ledger) == 200


def _as_nobody(action):
    """Run as a user who owns nothing; what it raised as text. Permissions do not bind root."""
    read, write = os.pipe()
    if not (pid := os.fork()):
        try:
            if os.geteuid() == 0:
                os.setgid(65534)
                os.setuid(65534)
            action()
        except BaseException as error:
            os.write(write, f"{type(error).__name__}: {error}".encode())
        finally:
            os._exit(0)
    os.waitpid(pid, 0)
    os.close(write)
    said = os.read(read, 2000).decode()
    os.close(read)
    return said


@pytest.mark.skipif(sys.platform != "linux", reason="forks as another user")
def test_a_read_only_ledger_is_read_and_not_written(korea, tmp_path):
    folder, path = _folder(tmp_path, 3), tmp_path / "read" / "only.sqlite"
    with Ledger.open(str(path)) as ledger:
        _take(ledger, korea, folder)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "new.txt").write_text(TEXT.format(99, 3))
    for parent in (*reversed(tmp_path.parents), tmp_path):
        if parent.is_relative_to("/tmp") and parent.owner() == path.owner() and parent != parent.parent and str(parent) != "/tmp":
            parent.chmod(0o755)
    path.chmod(0o444)
    path.parent.chmod(0o555)
    try:

        def write():
            with Ledger.open(str(path)) as ledger:
                ingest(ledger, korea, [str(tmp_path / "other")], clock, marked, Options(jobs=1))

        def read():
            with Ledger.open(str(path), create=False) as ledger, ledger.reading() as c:
                number = c.execute(select(func.count()).select_from(t.claims)).scalar_one()
            raise AssertionError(f"read {number}")

        said = _as_nobody(write)
        assert said.startswith("LedgerFault: ")
        assert "only.sqlite: it cannot be written: the file or its folder is read-only" in said
        assert _as_nobody(read) == "AssertionError: read 3"
    finally:
        path.parent.chmod(0o755)
        path.chmod(0o644)


def test_a_folder_that_may_not_be_written_makes_no_ledger(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(LedgerFault, match="its folder cannot be made"):
        Ledger.open(str(tmp_path / "file" / "ledger.sqlite"))
    with pytest.raises(LedgerFault, match="is a folder; give a file name"):
        Ledger.open(str(tmp_path))
    with pytest.raises(LedgerFault, match="the file is no ledger; give another --ledger"):
        Ledger.open(str(tmp_path / "file"))
    assert (tmp_path / "file").read_text() == "x"
    damaged = tmp_path / "damaged.sqlite"
    damaged.write_bytes(b"SQLite format 3\0" + bytes(range(256)) * 40)
    with pytest.raises(LedgerFault, match="the file is no ledger, or it is damaged"):
        Ledger.open(str(damaged))


@pytest.mark.skipif(sys.platform != "linux", reason="forks")
def test_processes_that_take_in_the_same_at_the_same_time(any_ledger, korea, tmp_path):
    """Each document goes in once, whoever is first; the others find it there."""
    folder = _folder(tmp_path, 60)
    url = any_ledger.url.render_as_string(hide_password=False) if not any_ledger.sqlite else any_ledger.url.database
    children = []
    for _ in range(3):
        if not (pid := os.fork()):
            try:
                with Ledger.open(url) as ledger:
                    summary = _take(ledger, korea, folder)
                    os._exit(0 if summary.documents["new"] + summary.documents["known"] == 60 else 3)
            except BaseException:
                os._exit(4)
        children.append(pid)
    assert [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in children] == [0, 0, 0]
    assert _whole(any_ledger) == 60
    with any_ledger.reading() as c:
        verdicts = dict(c.execute(select(t.decisions.c.verdict, func.count()).group_by(t.decisions.c.verdict)).all())
        assert sum(verdicts.values()) == 60


def test_a_server_that_is_not_there_costs_one_line_without_the_password(tmp_path):
    with pytest.raises(LedgerFault) as caught:
        Ledger.open("postgresql://team:geheim77@127.0.0.1:1/salpi")
    said = str(caught.value)
    assert "cannot be reached" in said
    assert "geheim77" not in said
    assert "\n" not in said
    with pytest.raises(LedgerFault) as caught:
        Ledger.open("mysql://team:geheim77@127.0.0.1/salpi")
    assert "geheim77" not in str(caught.value)


def test_a_database_that_is_not_there_is_named(postgres_server):
    with pytest.raises(LedgerFault, match="the server has no database of that name; create it first"):
        Ledger.open(postgres_server + "/nowhere")


def test_a_query_makes_no_empty_ledger(tmp_path):
    with pytest.raises(LedgerFault, match="there is no ledger there; `salpi ingest` makes one"):
        Ledger.open(str(tmp_path / "none.sqlite"), create=False)
    assert not (tmp_path / "none.sqlite").exists()


def test_a_ledger_of_a_newer_salpi_is_left_alone(ledger):
    with ledger.writing() as c:
        c.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(LedgerFault, match=r"was made by a newer salpi \(schema 9999\); update salpi"):
        Ledger.open(ledger.url.database)
