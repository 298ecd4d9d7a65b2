"""What is known of parts of a period and of the whole adds up; spans that are whole years are years."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reconcile_tiny import claim, document, found, known, marks

from salpi.plan.periods import Period
from tiny import row

MONTHS = [row("2026-01", 150e6), row("2026-02", 155e6), row("2026-03", 160e6)]


@pytest.mark.parametrize(("value", "odd"), [(402e6, True), (465e6, False), (470e6, False), (600e6, True)])
def test_months_that_fill_a_quarter_come_to_it(value, odd) -> None:
    one = found(known(*MONTHS), claim(value, "2026-Q1"))
    assert marks(one) == (["total"] if odd else [])
    if odd:
        assert {side.value for side in one.conflicts[0].sides} == {value, 150e6, 155e6, 160e6}
        assert "do not add up" in one.conflicts[0].explanation.en


@pytest.mark.parametrize(("value", "odd"), [(5e11, True), (6.1e11, False), (9e11, True)])
def test_halves_come_to_the_year(value, odd) -> None:
    beside = known(row("2025-H1", 3e11), row("2025-H2", 3e11))
    assert marks(found(beside, claim(value, "2025"))) == (["total"] if odd else [])


@pytest.mark.parametrize(("value", "odd"), [(3e11, True), (2e11, False), (1e11, True)])
def test_the_last_part_comes_to_the_whole(value, odd) -> None:
    beside = known(row("2025-H1", 3e11), row(2025, 5e11))
    assert marks(found(beside, claim(value, "2025-H2"))) == (["total"] if odd else [])


def test_parts_that_do_not_fill_the_whole_come_to_no_more() -> None:
    beside = known(row("2025-Q1", 2e11), row("2025-Q2", 2e11), row(2025, 6e11))
    assert marks(found(beside, claim(3e11, "2025-Q4"))) == ["total"]
    assert marks(found(beside, claim(1.5e11, "2025-Q4"))) == []
    assert marks(found(known(row("2025-Q1", 2e11), row("2025-Q2", 2e11)), claim(3e11, "2025"))) == ["total"]


def test_levels_are_not_added_up() -> None:
    rows = [row("2025-H1", 300, unit="days"), row("2025-H2", 300, unit="days")]
    assert marks(found(known(*rows, unit="days", kind="rate"), claim(305, "2025", "days"))) == []


def test_parts_of_one_document_are_added_up_too() -> None:
    said = document(known(), claim(3e11, "2025-H1"), claim(3e11, "2025-H2"), claim(5e11, "2025"))
    assert [one.rule for one in said] == ["new", "new", "implausible"]


@given(st.lists(st.floats(1e6, 1e9), min_size=12, max_size=12), st.floats(0.5, 2))
def test_twelve_months_and_a_year(values, ratio) -> None:
    if 0.94 < ratio < 1.07 and not 0.96 < ratio < 1.04:
        return
    rows = [row(f"2025-{month:02d}", value) for month, value in enumerate(values, 1)]
    rows += [row("2025-Q1", sum(values[:3]))]
    one = found(known(*rows), claim(sum(values) * ratio, "2025"))
    odd = not 0.96 < ratio < 1.04
    assert bool({"total", "within"} & set(marks(one))) == odd


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("2025-01/2025-12", "2025"),
        ("2025-Q1/2025-Q4", "2025"),
        ("2025-01/2025-06", "2025-H1"),
        ("2025-10/2025-12", "2025-Q4"),
        ("2025-02-01/2025-02-28", "2025-02"),
        ("2025-01/2025-09", "2025-01/2025-09"),
        ("2024/2025", "2024/2025"),
        ("2024-04/2025-03", "2024-04/2025-03"),
        ("2025", "2025"),
    ],
)
def test_a_span_is_written_as_short_as_can_be(text, short) -> None:
    assert Period.parse(text).shortest.text == short


def test_a_span_of_a_whole_year_is_a_point_of_the_series() -> None:
    one = found(known(row(2024, 1e9)), claim(1.2e9, "2025-01/2025-12"))
    assert one.verdict == "accepted"
    assert one.row is not None
    assert one.row.period == "2025"
