"""CSV read strictly: what a cell holds, on which line a row starts, and what is no table."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salpi.plan.csvfile import CsvFault, read

CELL = st.text('ab ,"é\n', max_size=6)


@given(st.lists(st.lists(CELL, min_size=3, max_size=3), max_size=6))
def test_what_csv_writes_is_read_again_without_its_blanks(rows: list[list[str]]) -> None:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([["x", "y", "z"], *rows])
    table = read(out.getvalue())
    assert table.header == ("x", "y", "z")
    assert table.rows == [{k: v for k, v in zip("xyz", r, strict=True) if v} for r in rows]


def test_rows_know_the_line_on_which_they_start() -> None:
    table = read('a,b\n1,"two\nlines"\n\n3,4\n')
    assert table.rows == [{"a": "1", "b": "two\nlines"}, {"a": "3", "b": "4"}]
    assert table.lines == [2, 5]


@pytest.mark.parametrize(
    "text, line, what",
    [
        ("", 1, "the first line must name the columns"),
        ("\n1,2\n", 1, "the first line must name the columns"),
        ("a,,c\n", 1, "the first line must name the columns"),
        ("a,b,a\n1,2,3\n", 1, "column `a` stands twice"),
        ("a,b\n1\n", 2, "1 cells where the header has 2"),
        ("a,b\n1,2\n1,2,3\n", 3, "3 cells where the header has 2"),
        ('a,b\n1,"open\n', 2, "not valid CSV: "),
        ('a,b\n1,"x"y\n', 2, "not valid CSV: "),
    ],
)
def test_what_is_no_table(text: str, line: int, what: str) -> None:
    with pytest.raises(CsvFault) as caught:
        read(text)
    assert caught.value.what.startswith(what)
    assert caught.value.line == line


def test_a_cell_too_long_to_read_is_a_fault_and_no_crash() -> None:
    with pytest.raises(CsvFault, match="not valid CSV"):
        read("a\n" + "x" * (csv.field_size_limit() + 1) + "\n")
