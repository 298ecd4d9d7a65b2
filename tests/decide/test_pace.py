"""The yearly change that a target asks for, and the one that was seen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tiny
from salpi.decide.known import Known
from salpi.decide.pace import Pace, pace, rate, years
from salpi.plan.periods import Period
from tiny import indicator, row

LEVEL = st.floats(0.1, 10)


def of(
    goal: float, by: str | None, rows: list, kind: str = "flow", unit: str = "USD", base: Known | None = None, **more: object
) -> Pace:
    plan = tiny.plan(rows, {"x": indicator(unit, kind, **more)})
    latest = plan.latest("x")
    return pace(plan, "x", "Land", goal, Period.parse(by) if by else None, base, Known.of(plan, latest) if latest else None)


@given(LEVEL, LEVEL, st.floats(0.5, 30))
def test_a_compound_rate_leads_from_the_value_to_the_goal(value: float, goal: float, span: float) -> None:
    found = rate(value, goal, span, absolute=False)
    assert found is not None
    assert value * (1 + found / 100) ** span == pytest.approx(goal, rel=1e-6)


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6), st.floats(0.1, 30))
def test_so_much_a_year_leads_from_the_value_to_the_goal(value: float, goal: float, span: float) -> None:
    found = rate(value, goal, span, absolute=True)
    assert found is not None
    assert value + found * span == pytest.approx(goal, abs=1e-3)


def test_no_time_left_no_rate_and_no_rate_through_0() -> None:
    assert rate(1, 2, 0, False) is None
    assert rate(1, 2, -1, True) is None
    assert rate(0, 2, 1, False) is None
    assert rate(1, 0, 1, False) is None


@pytest.mark.parametrize(
    "a, b, span", [("2024", "2030", 6), ("2025-Q2", "2026-Q4", 1.5), ("2024", "2025-H1", 0.5), ("2025-09", "2025", 0.25)]
)
def test_years_between_the_ends_of_periods(a: str, b: str, span: float) -> None:
    assert years(Period.parse(a), Period.parse(b)) == span


def test_money_grows_by_percent() -> None:
    base = Known(1.0e9, "USD", "2024", "office")
    found = of(4e9, "2028", [row(y, 1e9 * 1.1 ** (y - 2020)) for y in range(2020, 2027)], base=base)
    assert found.unit == "%/yr"
    assert found.seen == pytest.approx(10.0)
    assert (found.seen_from, found.seen_to) == ("2022", "2026")
    assert found.from_baseline == pytest.approx(100 * (4**0.25 - 1))
    assert found.from_now == pytest.approx(100 * ((4e9 / (1e9 * 1.1**6)) ** 0.5 - 1))


@pytest.mark.parametrize(
    "kind, unit", [("rank", "rank"), ("rate", "%"), ("rate", "days"), ("count", "count"), ("stock", "months")]
)
def test_ranks_shares_days_and_counts_move_by_so_much_a_year(kind: str, unit: str) -> None:
    found = of(3, "2029", [row(2023, 8, unit=unit), row(2025, 7, unit=unit)], kind, unit)
    assert found.unit == f"{unit}/yr"
    assert found.seen == -0.5
    assert found.from_now == -1.0


def test_nothing_compounds_through_0() -> None:
    found = of(10, "2030", [row(2023, -2), row(2025, 0)])
    assert found.unit == "USD/yr"
    assert (found.seen, found.from_now) == (1.0, 2.0)


def test_no_pace_across_a_break_and_known_pulses_are_named() -> None:
    rows = [row(y, v) for y, v in ((2020, 1), (2021, 2), (2022, 40), (2023, 44))]
    found = of(50, "2030", rows, breaks=("2022",), shocks=("2021/2022", "2030"))
    assert found.seen == pytest.approx(10.0)
    assert (found.seen_from, found.pulses) == ("2022", ("2021/2022",))
    assert of(50, "2030", rows[:3], breaks=("2022",)).seen is None


def test_a_sum_over_years_asks_for_an_amount_a_year() -> None:
    rows = [row(2023, 7), row(2024, 10), row(2025, 20)]
    found = of(70, "2024/2027", rows)
    assert found.unit == "USD/yr"
    assert found.from_now == 20.0
    assert found.from_baseline == 17.5
    assert found.seen == pytest.approx(37 / 3)
    assert of(20, "2024/2027", rows).from_now == 0.0
    assert of(70, "2024/2025", rows).from_now is None


def test_without_a_date_or_a_figure_nothing_is_asked_from_now() -> None:
    assert of(5, None, [row(2025, 1)]).from_now is None
    assert of(5, "2030", []) == Pace("%/yr")
