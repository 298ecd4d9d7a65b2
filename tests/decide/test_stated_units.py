"""A figure in another unit than its indicator's says the same: verdict, pace and base are those of the indicator's unit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from runs import judge

import tiny
from salpi.plan.layer import with_observations
from salpi.plan.schema import Observation
from salpi.units import factor
from tiny import indicator, row, target

RATE = 1300.0
FITTING = {
    "days": ("days", "months", "weeks", "hours", "yr"),
    "USD": ("USD", "million USD", "billion USD", "KRW", "trillion KRW"),
    "L": ("L", "m3", "kL", "mL"),
    "%": ("%", "ratio", "x", "points"),
}


def _plan(value: float, unit: str, home: str, goal: float, comparison: str, kind: str = "flow") -> tiny.Plan:
    rows = [
        row(2024, 2 * value, unit=unit),
        row(2025, value, unit=unit),
        *(row(year, RATE, indicator="fx", unit="KRW/USD") for year in (2024, 2025)),
    ]
    known = {"x": indicator(home, kind), "fx": indicator("KRW/USD", "rate")}
    aim = target(goal, 2025, unit=home, comparison=comparison)
    return tiny.plan(rows, known, {"t": aim}, rates="fx")


def _stated(value: float, unit: str, home: str) -> float:
    """A value in ``home`` as it would be stated in ``unit``."""
    if ("KRW" in unit) != ("KRW" in home):
        return value * RATE / factor(unit, "KRW")
    return value / factor(unit, home)


@given(
    st.sampled_from([(home, unit) for home, units in FITTING.items() for unit in units]),
    st.floats(1, 1e6),
    st.floats(1, 1e6),
    st.sampled_from([">=", "<="]),
    st.sampled_from(["flow", "stock", "rate"]),
)
def test_any_fitting_unit_gives_the_same_verdict(units, value, goal, comparison, kind) -> None:
    home, unit = units
    plain = judge(_plan(value, home, home, goal, comparison, kind))
    other = judge(_plan(_stated(value, unit, home), unit, home, goal, comparison, kind))
    assert other.verdict == plain.verdict
    assert other.latest is not None
    assert plain.latest is not None
    assert other.latest.unit == home
    assert other.latest.value == pytest.approx(plain.latest.value)
    assert other.pace.seen == pytest.approx(plain.pace.seen)


def test_the_figure_is_shown_in_the_indicators_unit_and_as_stated() -> None:
    found = judge(_plan(14, "months", "days", 240, "<="))
    assert found.verdict == "missed"
    assert found.outcome is not None
    assert found.outcome.stated == (14, "months")
    assert found.outcome.to_json()["stated"] == {"value": 14, "unit": "months"}
    assert "came to 426 days (stated as 14 months)" in found.why.en
    assert "(원문 14개월)" in found.why("ko")
    assert judge(_plan(240, "days", "days", 240, "<=")).outcome.stated is None  # type: ignore[union-attr]


def test_without_a_rate_an_amount_is_no_point_of_the_series() -> None:
    plan = tiny.plan([row(2025, 4e13, unit="KRW")], targets={"t": target(1, 2025)})
    assert plan.converted == ()
    assert judge(plan).latest is None


def test_what_a_ledger_lays_on_top_is_put_in_the_indicators_unit_too() -> None:
    plan = _plan(200, "days", "days", 240, "<=")
    layered = with_observations(plan, [row("2026-03", 14, unit="months", as_of="2026-05-01")])
    rows = [o for o in layered.converted if o.period == "2026-03"]
    assert [(o.value, o.unit) for o in rows] == [(pytest.approx(426.125), "days")]
    assert layered.stated(rows[0]) == Observation.read({**vars(rows[0]), "value": 14, "unit": "months"})


def test_a_base_of_the_model_is_in_its_unit() -> None:
    from salpi.model.base import find_base

    rows = [row(2025, 468, unit="million USD"), row(2025, RATE, indicator="fx", unit="KRW/USD")]
    link = {"outputs": ["exports.biopharma"], "scale": 1.0}
    plan = tiny.plan(rows, {"x": indicator(model=link), "fx": indicator("KRW/USD", "rate")}, rates="fx")
    found = find_base(plan, "exports.biopharma", 2025, "USD")
    assert found is not None
    assert found.value == pytest.approx(468e6)
