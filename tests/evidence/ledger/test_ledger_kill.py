"""Killed at random moments, the same command completes the work: nothing lost, nothing double, the journal whole."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from pathlib import Path

import pytest
from evidence_helpers import clock, marked
from sqlalchemy import func, select, text

from salpi.evidence.ingest import ingest
from salpi.evidence.ledger import Ledger
from salpi.evidence.ledger import tables as t
from salpi.evidence.options import Options

KILLS = 50
CLAIMS = 3
FIRST = 8
"""Documents of the run that is not killed, whose time says when to kill the others on this machine."""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="kills forked processes, which other systems do not allow")


def _write(folder: Path, first: int, number: int) -> None:
    for at in range(first, first + number):
        month = f"{2000 + at // 12 % 24}-{1 + at % 12:02d}"
        body = (
            f"Release {at} of the ministry\nPublished: 2026-11-05\n"
            f"Exports reached {1e9 + at:.0f} [exports.biohealth|South Korea|{month}|USD|actual] and "
            f"staff {at} [|South Korea||persons|actual].\n매출은 {9e11 + at:.0f} [revenue|Celltrion|{month}|KRW|actual] 원이다.\n"
        )
        (folder / f"{at:05d}.txt").write_text(body, encoding="utf-8")


def _child(url: str, plan, folder: Path) -> int:
    pid = os.fork()
    if pid:
        return pid
    try:  # nothing of the parent's test run may be continued here
        with Ledger.open(url) as ledger:
            ingest(ledger, plan, [str(folder)], clock, marked, Options(quality="A", actor="killed", jobs=2))
        os._exit(0)
    except BaseException:
        os._exit(1)


def _killed(pid: int, delay: float) -> bool:
    """Kill after a delay; whether it was still at work."""
    end = time.monotonic() + delay
    while time.monotonic() < end:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            assert os.waitstatus_to_exitcode(status) == 0, "the ingest failed by itself"
            return False
        time.sleep(0.002)
    os.kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status) == -signal.SIGKILL


def _held(url: str) -> int:
    """Documents that the ledger has."""
    with Ledger.open(url) as ledger, ledger.reading() as c:
        return c.execute(select(func.count()).select_from(t.documents)).scalar_one()


def _kill_many(url: str, plan, folder: Path) -> int:
    """Ingest and kill until that has hit KILLS times with work still to do; gives the number of documents."""
    rng = random.Random(20261122)
    _write(folder, 0, FIRST)
    began = time.monotonic()
    assert not _killed(_child(url, plan, folder), 60.0)
    longest = 1.2 * (time.monotonic() - began)
    number, killed = 400, 0
    _write(folder, FIRST, number - FIRST)
    while killed < KILLS:
        if _killed(_child(url, plan, folder), rng.uniform(0.0, longest)) and (held := _held(url)) < number:
            killed += 1
            if held == FIRST:  # the machine is busier than it was: kills are to fall later too
                longest *= 1.1
        else:  # all work was done: a kill counts only in the middle of it
            _write(folder, number, 100)
            number += 100
    assert _held(url) > FIRST, "all kills fell before the first document"
    return number


def _check_whole(url: str, plan, folder: Path, number: int) -> None:
    with Ledger.open(url) as ledger:
        summary = ingest(ledger, plan, [str(folder)], clock, marked, Options(quality="A", actor="again", jobs=2))
        assert summary.documents["new"] + summary.documents["known"] == number
        assert not summary.refused
        again = ingest(ledger, plan, [str(folder)], clock, marked, Options(quality="A", actor="again", jobs=2))
        assert dict(again.documents) == {"known": number}
        with ledger.reading() as c:

            def count(table, *where):
                return c.execute(select(func.count()).select_from(table).where(*where)).scalar_one()

            assert count(t.documents) == number == count(t.versions) == count(t.sources)
            assert count(t.claims) == CLAIMS * number == count(t.quantities)
            assert c.execute(select(func.count(func.distinct(t.documents.c.sha256)))).scalar_one() == number
            each = select(t.claims.c.document, func.count().label("n")).group_by(t.claims.c.document).subquery()
            assert c.execute(select(func.min(each.c.n), func.max(each.c.n))).one() == (CLAIMS, CLAIMS)
            assert count(t.decisions) == 2 * number, "each claim that the plan measures has one decision"
            assert count(t.decisions, t.decisions.c.supersedes.is_not(None)) == 0
            accepted = count(t.decisions, t.decisions.c.verdict == "accepted")
            assert accepted == count(t.observations) > 0
            assert count(t.entries) == number, "the journal has one entry a document"
            ids = [row.id for row in c.execute(select(t.entries.c.id).order_by(t.entries.c.id))]
            assert ids == list(range(1, number + 1)), "the journal has no gaps"
            documents = c.execute(select(func.count(func.distinct(t.documents.c.entry)))).scalar_one()
            assert documents == number
            assert c.execute(text("SELECT count(*) FROM passage_words")).scalar_one() == count(t.passages)
            if ledger.sqlite:
                assert c.execute(text("PRAGMA integrity_check")).scalar_one() == "ok"
                assert c.execute(text("PRAGMA foreign_key_check")).all() == []


def test_sqlite_survives_fifty_kills(korea, tmp_path):
    folder = tmp_path / "documents"
    folder.mkdir()
    url = str(tmp_path / "killed.sqlite")
    _check_whole(url, korea, folder, _kill_many(url, korea, folder))


def test_postgresql_survives_fifty_kills(korea, tmp_path, postgres):
    folder = tmp_path / "documents"
    folder.mkdir()
    _check_whole(postgres, korea, folder, _kill_many(postgres, korea, folder))
