"""Every way in which a plan can be broken, and the exact line that says so.

Each folder ``bad-x`` is one fault (one has many); its ``expected.txt`` holds what ``salpi check`` prints about it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from overlay import GOOD, HERE, overlay

Check = Callable[[Path], tuple[int, list[str], str]]
BAD = sorted(path.name for path in HERE.glob("bad-*"))
LINE = re.compile(r"[\w./-]+(:\d+)?: (warning: )?\S.*")


def test_the_good_plan_has_no_problem(check: Check):
    code, lines, summary = check(GOOD)
    assert (code, lines) == (0, [])
    assert summary.endswith("no errors, no warnings")


@pytest.mark.parametrize("name", BAD)
def test_a_fault_gets_its_line(name: str, check: Check, tmp_path: Path):
    code, lines, summary = check(overlay(HERE / name, tmp_path / "plan"))
    expected = (HERE / name / "expected.txt").read_text(encoding="utf-8").splitlines()
    assert lines == expected
    errors = sum(": warning: " not in line for line in lines)
    assert errors > 0
    assert code == 2
    assert f"{errors} error{'' if errors == 1 else 's'}, " in summary


@pytest.mark.parametrize("name", BAD)
def test_a_line_says_where_and_what(name: str):
    for line in (HERE / name / "expected.txt").read_text(encoding="utf-8").splitlines():
        assert LINE.fullmatch(line), line
        for noise in ("Traceback", "pydantic", "type=", "None", "``"):
            assert noise not in line


def test_there_are_many_faults_and_no_two_alike():
    texts = [(HERE / name / "expected.txt").read_text(encoding="utf-8") for name in BAD]
    assert len(BAD) >= 30
    assert len(set(texts)) == len(texts)


def test_many_faults_in_many_files_are_told_at_once(check: Check, tmp_path: Path):
    _, lines, _ = check(overlay(HERE / "bad-many-faults", tmp_path / "plan"))
    assert len({line.partition(":")[0] for line in lines}) >= 6


def test_a_file_that_is_too_large_is_not_read(check: Check, tmp_path: Path):
    place = overlay(HERE / "bad-empty-file", tmp_path / "plan")
    (place / "sources.yaml").write_text("# " + "x" * 5_000_000, encoding="utf-8")
    (place / "measures" / "older.yaml").write_text((GOOD / "measures" / "older.yaml").read_text(encoding="utf-8"))
    assert check(place)[1] == ["sources.yaml: is larger than 5 MB; make it smaller"]


def test_windows_line_ends_and_a_byte_order_mark_do_no_harm(check: Check, tmp_path: Path):
    place = overlay(GOOD, tmp_path / "plan")
    for file in place.rglob("*.*"):
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert check(place)[:2] == (0, [])


def test_what_is_no_plan_is_said_so(check: Check, tmp_path: Path):
    code, lines, _ = check(tmp_path / "nowhere")
    assert code == 2
    assert len(lines) == 1
    assert "there is no such folder" in lines[0]
