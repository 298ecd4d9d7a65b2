"""Standard streams that are closed or of a narrow encoding, and a system that gives no more: one line, no traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

TEXT = "바이오헬스 수출 동향\n2026년 10월 바이오헬스 수출은 15.1억 달러였다. 𝟙\n"
SALPI = f"{sys.executable} -m salpi"


@pytest.fixture
def shell(tmp_path):
    (tmp_path / "good.txt").write_text(TEXT, encoding="utf-8")

    def run(command, **more):
        own = {**os.environ, "SALPI_LEDGER": str(tmp_path / "ledger.sqlite"), **more}
        done = subprocess.run(["sh", "-c", command], cwd=tmp_path, env=own, capture_output=True, timeout=60)
        assert b"Traceback" not in done.stderr
        return done.returncode, done.stdout.decode(), done.stderr.decode().splitlines()

    return run


@pytest.mark.parametrize("command", ["ingest -", "extract -"])
def test_a_closed_standard_input_is_empty(shell, command):
    code, _, lines = shell(f"{SALPI} {command} <&-")
    assert (code, len(lines)) == (2, 1)
    assert "is empty: nothing can be read from it" in lines[0]


def test_a_closed_standard_output_is_told(shell):
    assert shell(f"{SALPI} claims >&-") == (2, "", ["salpi: standard output is closed; lead it to a file, or to /dev/null"])
    assert shell(f"{SALPI} claims >&- 2>&-") == (2, "", [])


def test_a_closed_standard_error_is_nothing_that_a_file_may_take(shell, tmp_path):
    code, out, _ = shell(f"{SALPI} ingest good.txt nothing.txt 2>&-")
    assert code == 2
    assert "1 new, 0 known already, 1 refused" in out
    assert (tmp_path / "ledger.sqlite").read_bytes().startswith(b"SQLite format 3")


def test_what_an_encoding_has_not_is_escaped(shell):
    code, out, lines = shell(f"{SALPI} extract good.txt", PYTHONIOENCODING="ascii")
    assert (code, lines) == (0, [])
    assert out.isascii()
    assert "15.1억" in json.loads(out.splitlines()[0])["text"]
    code, out, lines = shell(f"{SALPI} scorecard --lang ko --draws 5", PYTHONIOENCODING="ascii")
    assert (code, lines) == (0, [])
    assert "\\ubaa9\\ud45c" in out


def test_too_few_open_files_are_told_or_done_without(shell):
    for most in (24, 8):
        code, _, lines = shell(f"ulimit -n {most}; {SALPI} ingest good.txt --jobs 64")
        assert (code, lines) == (0, []) or (code == 2 and len(lines) == 1)
