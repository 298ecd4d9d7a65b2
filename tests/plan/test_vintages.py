"""Series, latest values and vintages of a plan in memory, and its exchange rates."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tiny
from tiny import indicator, row


def values(rows: tuple) -> list[float]:
    return [r.value for r in rows]


def test_a_series_is_one_point_a_period_in_order() -> None:
    plan = tiny.plan([row(2024, 3), row(2022, 1), row(2023, 2)])
    assert values(plan.series("x")) == [1, 2, 3]


def test_other_statuses_subjects_lengths_and_bounds_are_left_out() -> None:
    rows = [
        row(2022, 1),
        row(2023, 9, status="target"),
        row(2023, 8, subject="Elsewhere"),
        row("2023-Q1", 7),
        row(2023, 6, qualifier="over"),
        row(None, 5),
        row(2024, 4, qualifier="about"),
        row(2025, 3, indicator="y"),
    ]
    plan = tiny.plan(rows)
    assert values(plan.series("x")) == [1, 4]
    assert values(plan.series("x", status="target")) == [9]
    assert values(plan.series("x", "Elsewhere")) == [8]
    assert values(plan.series("x", freq="quarter")) == [7]


@given(st.permutations(range(4)))
def test_the_latest_vintage_counts_whatever_the_order_of_the_rows(order: list[int]) -> None:
    rows = [
        row(2024, 1),
        row(2024, 2, as_of="2025-01"),
        row(2024, 3, as_of="2025-03-15"),
        row(2024, 4, as_of="2025-02"),
    ]
    plan = tiny.plan([rows[i] for i in order])
    assert values(plan.series("x")) == [3]
    assert values(plan.vintages("x", None, "2024")) == [1, 2, 4, 3]


@given(st.permutations(range(3)))
def test_where_vintages_tie_the_more_certain_counts(order: list[int]) -> None:
    same = {"as_of": "2025-03"}
    by_confidence = [row(2024, 1, confidence="low", **same), row(2024, 2, confidence="high", **same), row(2024, 3, **same)]
    assert values(tiny.plan([by_confidence[i] for i in order]).series("x")) == [2]
    by_basis = [row(2024, v, basis=b, **same) for v, b in ((1, "unverified"), (2, "derived"), (3, "sourced"))]
    assert values(tiny.plan([by_basis[i] for i in order]).series("x")) == [3]


@pytest.mark.parametrize("kind, latest", [("flow", 2), ("stock", 4), ("rank", 4), ("rate", 4), ("count", 4), ("flag", 4)])
def test_the_latest_of_a_flow_is_a_year_and_of_a_level_any_length(kind: str, latest: float) -> None:
    rows = [row(2023, 1), row(2024, 2), row("2025-03", 4), row("2025-01", 3)]
    found = tiny.plan(rows, {"x": indicator(kind=kind)}).latest("x")
    assert found is not None
    assert found.value == latest


def test_what_has_no_value_has_no_latest() -> None:
    assert tiny.plan().latest("x") is None
    assert tiny.plan([row(2024, 1, status="target")]).latest("x") is None
    assert tiny.plan([row("2024-03", 1)]).latest("x") is None


def test_a_december_is_not_a_year() -> None:
    plan = tiny.plan([row(2024, 1), row("2024-12", 2), row("2024-01-01/2024-12-31", 3)])
    assert values(plan.vintages("x", None, "2024")) == [1]


def test_rates_come_from_the_plans_own_observations() -> None:
    rows = [row(y, v, indicator="fx", unit="KRW/USD") for y, v in ((2020, 1180), (2023, 1300))]
    plan = tiny.plan(rows, {"fx": indicator("KRW/USD", "rate")}, rates="fx")
    assert [plan.rate(p) for p in (2020, "2022-Q3", "2023/2024", 2030)] == [1180, 1180, 1300, 1300]
    with pytest.raises(LookupError, match="no KRW/USD rate for 2019"):
        plan.rate(2019)
    with pytest.raises(LookupError, match="the table is empty"):
        tiny.plan().rate(2024)


def test_subjects_and_the_nearest_id() -> None:
    plan = tiny.plan([row(2024, 1, subject="Elsewhere"), row(2024, 1)], {"exports.bio@agency": indicator()})
    assert plan.subjects == ("Land", "Elsewhere")
    assert plan.nearest("indicator", "export.bio@agency") == "exports.bio@agency"
    assert plan.nearest("indicator", "zzz") is None
    assert plan.nearest("subject", "Elsewere") == "Elsewhere"
