"""The figures of the benchmark: kept as JSON, and put into a document between its two marks and nowhere else."""

from __future__ import annotations

import pytest
from report import BEGIN, END, Report

ABOUT = {"day": "2026-01-02", "cores": 2, "processor": "P", "load": 0.5, "versions": "Python 3"}


def report() -> Report:
    found = Report(ABOUT)
    found.begin("One part")
    found.say("a time", 12.345, "ms", "needed 20")
    found.say("a small ratio", 0.256, "x")
    found.say("a peer", None, "", "is not installed")
    return found


def test_json_gives_it_back() -> None:
    assert Report.from_json(report().to_json()) == Report(ABOUT, report().rows)


def test_a_part_measured_again_takes_the_place_of_the_old() -> None:
    whole, again = report(), Report(ABOUT)
    whole.begin("Another part")
    whole.say("more", 1.0)
    again.begin("One part")
    again.say("a time", 2.0, "ms")
    found = whole.renewed(again)
    assert [(row.part, row.name) for row in found.rows] == [("One part", "a time"), ("Another part", "more")]


def test_the_table_stands_between_the_marks(tmp_path) -> None:
    file = tmp_path / "docs.md"
    file.write_text(f"before\n\n{BEGIN}\nold\n{END}\n\nafter\n", "utf-8")
    report().into(file)
    once = file.read_text("utf-8")
    report().into(file)
    assert file.read_text("utf-8") == once
    assert once.startswith(f"before\n\n{BEGIN}\n\nMeasured 2026-01-02 on 2 cores of P, load 0.5")
    assert once.endswith(f"{END}\n\nafter\n")
    assert "| a time | 12.3 ms | needed 20 |" in once
    assert "| a small ratio | 0.26 × |  |" in once
    assert "| a peer | – | is not installed |" in once
    assert "old" not in once


def test_a_document_without_the_marks_is_left_as_it_is(tmp_path) -> None:
    file = tmp_path / "docs.md"
    file.write_text("nothing\n", "utf-8")
    with pytest.raises(SystemExit, match="has no place for the table"):
        report().into(file)
    assert file.read_text("utf-8") == "nothing\n"
