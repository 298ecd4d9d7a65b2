"""A reader that has seen enough is no failure: no command says anything of a closed pipe, and what it did is whole."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from salpi.evidence.ledger import Ledger, query

TEXT = "Published: 2026-11-05\nPharmaceutical exports came to $9.2 billion in 2024. Celltrion has 2,900 employees.\n"


def piped(words: tuple[str, ...], folder: Path, unbuffered: bool, both: bool = False) -> tuple[int, bytes]:
    """Exit code and standard error of a command whose standard output (or both) nobody reads."""
    own = {**os.environ, "SALPI_LEDGER": str(folder / "ledger.sqlite"), **({"PYTHONUNBUFFERED": "1"} if unbuffered else {})}
    reader, writer = os.pipe()
    os.close(reader)
    errors = subprocess.STDOUT if both else subprocess.PIPE
    made = subprocess.Popen([sys.executable, "-m", "salpi", *words], stdout=writer, stderr=errors, env=own, cwd=folder)
    os.close(writer)
    told = made.communicate(timeout=60)[1]
    return made.returncode, told or b""


@pytest.mark.parametrize(
    "words",
    [
        ("check", "--json"),
        ("explain", "exports.biopharma", "--no-ledger"),
        ("extract", "release.txt"),
        ("conflicts",),
        ("claims",),
        ("claims", "--json"),
        ("review",),
        ("--help",),
        ("claims", "--help"),
    ],
)
def test_a_reader_that_has_seen_enough_is_no_failure(words: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "release.txt").write_text(TEXT)
    assert piped(("ingest", "release.txt", "--jobs", "1"), tmp_path, unbuffered=True) == (0, b"")
    with Ledger.open(str(tmp_path / "ledger.sqlite"), create=False) as ledger, ledger.reading() as c:
        assert len(query.hashes(c)) == 1
    assert piped(words, tmp_path, unbuffered=True) == (0, b"")
    assert piped(words, tmp_path, unbuffered=False) == (0, b"")


def test_words_that_are_none_fail_also_where_nobody_reads_why(tmp_path: Path) -> None:
    assert piped(("scorecrad",), tmp_path, unbuffered=True, both=True)[0] == 2
    assert piped(("claims",), tmp_path, unbuffered=True, both=True)[0] in (0, 2)
