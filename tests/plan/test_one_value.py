"""One source says one thing of a period on one day, unless the notes say why it says two."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Changed = Callable[..., list[str]]


def row(value: str, unit: str = "USD", note: str = "", as_of: str = "2025-02-14") -> tuple[str, str, str]:
    return "observations.csv", "", f"exports.bio@agency,Land,2024,{value},,{unit},actual,{as_of},lag,sourced,high,trade,{note}\n"


def test_two_values_of_one_source_and_date(changed: Changed) -> None:
    assert changed(row("1300000000")) == [
        "observations.csv:9: 'exports.bio@agency' Land 2024 has two values of one source and date: 1,010,000,000 USD on line 3, "
        "1,300,000,000 USD here; remove one, mend `as_of`, or say in the `note` of each why both stand"
    ]


@pytest.mark.parametrize("same", [row("1.01", "billion USD"), row("1300000000", as_of="2025-08-14")])
def test_one_value_in_two_units_and_a_later_one_are_none(changed: Changed, same: tuple[str, str, str]) -> None:
    assert changed(same) == []


def test_notes_that_differ_say_why(changed: Changed) -> None:
    without = ("observations.csv", "exports.bio@agency,Land,2024,1010000000,,USD,actual,2025-02-14,lag,sourced,high,trade,\n", "")
    assert changed(without, row("1200000000", note="as printed"), row("1300000000", note="from the growth rate")) == []
