"""From a target to its verdict: what is over, what is open, and what nobody can say."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from runs import YEARS, flat, judge, judged

import tiny
from salpi.decide import reasons
from salpi.decide.words import VERDICTS, chance_word
from tiny import indicator, row, target


def one(value: float, by: str | int | None, *rows: tiny.Observation, kind: str = "flow", **more: object) -> tiny.Plan:
    """A plan with the target ``t`` for ``x``."""
    keys = ("lag_days", "bounds", "breaks", "shocks")
    body = {k: more.pop(k) for k in keys if k in more}
    as_of = str(more.pop("as_of", "2026-06-30"))
    unit = str(more.pop("series", "USD"))
    return tiny.plan(rows, {"x": indicator(unit, kind, **body)}, {"t": target(value, by, **more)}, as_of=as_of)


@pytest.mark.parametrize(
    "comparison, goal, verdict", [(">=", 5, "met"), (">=", 5.1, "missed"), ("<=", 5, "met"), ("<=", 4.9, "missed")]
)
def test_a_target_whose_year_is_over_is_met_or_missed_by_the_published_figure(comparison: str, goal: float, verdict: str) -> None:
    found = judge(one(goal, 2025, row(2025, 5), comparison=comparison), {"x": flat(np.full(100, 99.0))})
    assert found.verdict == verdict
    assert (found.probability, found.probability_interval, found.forecast) == (None, None, None)
    assert found.probability_reason == reasons.CLOSED
    assert found.basis == "outcome"
    assert found.outcome is not None
    assert (found.outcome.value, found.outcome.period, found.outcome.source) == (5, "2025", "office")


def test_a_period_is_over_on_its_last_day() -> None:
    paths = {"x": flat(np.full(100, 99.0))}
    assert judge(one(5, "2025-12-31", row("2025-12-31", 4), as_of="2025-12-31"), paths).verdict == "missed"
    assert judge(one(5, 2025, row(2025, 4), as_of="2025-12-31"), paths).verdict == "missed"
    assert judge(one(5, 2026, row(2025, 4), as_of="2026-12-30"), paths).verdict == "very likely"


def test_rounding_of_floats_does_not_decide() -> None:
    assert judge(one(0.3, 2025, row(2025, 0.1 + 0.2))).verdict == "met"
    assert judge(one(0.1 + 0.2, 2025, row(2025, 0.3))).verdict == "met"


def test_the_latest_vintage_decides() -> None:
    assert judge(one(5, 2025, row(2025, 4, as_of="2026-01"), row(2025, 6, as_of="2026-05"))).verdict == "met"


def test_only_actual_figures_decide() -> None:
    for status in ("target", "forecast", "announced", "assumption"):
        found = judge(one(5, 2024, row(2024, 9, status=status)))
        assert found.verdict == "unverifiable", status


@pytest.mark.parametrize(
    "qualifier, value, comparison, verdict",
    [
        ("over", 6, ">=", "met"),
        ("at_least", 5, ">=", "met"),
        ("over", 4, ">=", None),
        ("under", 4, ">=", "missed"),
        ("up_to", 6, ">=", None),
        ("under", 4, "<=", "met"),
        ("over", 6, "<=", "missed"),
        ("over", 4, "<=", None),
        ("about", 5, ">=", "met"),
    ],
)
def test_a_bound_decides_only_what_it_proves(qualifier: str, value: float, comparison: str, verdict: str | None) -> None:
    found = judge(one(5, 2024, row(2024, value, qualifier=qualifier), comparison=comparison))
    assert found.verdict == (verdict or "unverifiable")


def test_a_figure_that_is_not_out_yet_is_awaited_then_given_up() -> None:
    """Until half a year after the period's end, or twice the series' own lag, the model still speaks."""
    paths = {"x": flat(np.r_[np.full(70, 6.0), np.full(30, 4.0)])}
    waiting = judge(one(5, 2025, as_of="2026-06-29"), paths)
    assert waiting.probability == pytest.approx(0.7)
    assert "is not out yet" in waiting.why.en
    late = judge(one(5, 2025, as_of="2026-07-15"), paths)
    assert late.verdict == "unverifiable"
    assert late.probability is None
    assert "is over and no figure has been published" in late.why.en
    assert judge(one(5, 2025, lag_days=30, as_of="2026-06-29"), paths).verdict == "unverifiable"
    assert judge(one(5, 2025, lag_days=120, as_of="2026-07-15"), paths).probability is not None


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 100), st.sampled_from([">=", "<="]))
def test_the_probability_is_the_share_of_draws_that_reach_the_target(reach: int, comparison: str) -> None:
    good, bad = (5.0, 4.0) if comparison == ">=" else (5.0, 6.0)
    found = judge(one(5, 2030, comparison=comparison), {"x": flat(np.r_[np.full(reach, good), np.full(100 - reach, bad)])})
    assert found.probability == reach / 100
    assert found.verdict == chance_word(reach / 100)
    assert found.basis == "model"
    low, high = found.probability_interval or (9.0, 9.0)
    assert 0 <= low <= reach / 100 <= high <= 1


@pytest.mark.parametrize(
    "word, first, last",
    [
        ("very unlikely", 0, 0.0949),
        ("unlikely", 0.0951, 0.3249),
        ("open", 0.3251, 0.6649),
        ("likely", 0.6651, 0.9049),
        ("very likely", 0.9051, 1),
    ],
)
def test_words_of_chance(word: str, first: float, last: float) -> None:
    assert {chance_word(first), chance_word(last)} == {word}
    assert word in VERDICTS


def test_the_forecast_is_told_in_the_targets_own_unit() -> None:
    values = np.linspace(1e9, 9e9, 100)
    found = judge(one(5, 2030, row(2025, 4e9), unit="billion USD", baseline={"value": 2, "period": 2024}), {"x": flat(values)})
    assert found.probability == pytest.approx(0.5)
    assert found.forecast is not None
    assert found.forecast["p50"] == pytest.approx(5.0)
    assert found.baseline is not None
    assert (found.baseline.value, found.baseline.unit) == (2e9, "USD")
    assert (found.target, found.unit) == (5, "billion USD")


def test_units_that_do_not_fit_make_a_target_unverifiable() -> None:
    found = judge(one(5, 2030, row(2025, 4), unit="persons"), {"x": flat(np.full(100, 9.0))})
    assert found.verdict == "unverifiable"
    assert found.why == reasons.UNITS
    assert found.probability is None


def test_a_target_without_a_date_has_no_probability_but_the_models_date() -> None:
    rising = np.repeat(np.arange(len(YEARS), dtype=float)[None, :], 100, axis=0)  # 0 in 2024, 6 in 2030
    for by in (None, "unknown"):
        found = judge(one(6, by, row(2025, 1)), {"x": rising})
        assert (found.verdict, found.probability) == ("unverifiable", None)
        assert found.expected is not None
        assert found.expected.p50 == "2030"
        assert "2030" in found.why.en
    assert judge(one(6, None, row(2025, 1))).why == reasons.NO_DATE


def test_a_target_said_to_be_unverifiable_stays_so_whatever_the_model_gives() -> None:
    why = tiny.text("No ranking is named.")
    found = judge(one(5, 2030, row(2025, 9), unverifiable=why), {"x": flat(np.full(100, 9.0))})
    assert (found.verdict, found.probability, found.why.en) == ("unverifiable", None, "No ranking is named.")


def test_what_was_never_published_is_unverifiable_and_what_is_not_modelled_is_said_so() -> None:
    assert judge(one(5, 2030)).why == reasons.NO_SERIES
    few = judge(one(5, 2030, row(2024, 1), row(2025, 2)))
    assert (few.verdict, few.probability) == ("not modelled yet", None)
    assert "there are 2 yearly figures" in few.why.en


def test_money_announced_is_not_money_spent() -> None:
    plan = tiny.plan(targets={"t": target(5, 2030, kind="outlay")})
    assert judge(plan).why == reasons.NOT_SPENT


def test_a_series_long_enough_is_judged_by_its_own_trend() -> None:
    rows = [row(2019 + i, 100.0 * 1.1**i * (1 + 0.01 * (-1) ** i)) for i in range(7)]
    found = judge(one(1000, 2030, *rows))
    assert found.basis == "trend"
    assert found.verdict == "very unlikely"
    assert found.assumptions.rests
    assert "trend rests on 7 yearly figures, 2019–2025; measures do not enter" in found.why.en


def test_a_stock_that_is_there_is_met_before_its_date_and_a_flow_is_not() -> None:
    paths = {"x": flat(np.full(100, 1.0))}
    early = judge(one(5, 2030, row(2025, 6), kind="stock"), paths)
    assert (early.verdict, early.probability_reason) == ("met", reasons.REACHED)
    assert judge(one(5, 2030, row(2025, 6), kind="flow"), paths).verdict == "very unlikely"


def test_an_upper_limit_on_a_stock_is_not_met_for_good_before_its_date() -> None:
    """A debt below the limit today may lie above it on the day that counts."""
    paths = {"x": flat(np.full(100, 9.0))}
    assert judge(one(5, 2030, row(2025, 4), kind="stock", comparison="<="), paths).verdict == "very unlikely"


def test_a_sum_over_years_takes_what_is_known_and_simulates_the_rest() -> None:
    rows = (row(2024, 10), row(2025, 20))
    paths = {"x": flat(np.r_[np.full(60, 10.0), np.full(40, 5.0)])}  # 2026 and 2027: 20 or 10
    found = judge(one(50, "2024/2027", *rows), paths)
    assert found.probability == pytest.approx(0.6)
    assert found.forecast is not None
    assert (found.forecast["p05"], found.forecast["p95"]) == (40, 50)
    assert "So far $30 (2024–2025)" in found.why.en


def test_a_sum_whose_known_years_suffice_is_met_and_one_that_is_over_is_settled() -> None:
    rows = (row(2024, 30), row(2025, 30))
    assert judge(one(50, "2024/2027", *rows)).verdict == "met"
    assert judge(one(50, "2024/2025", *rows)).verdict == "met"
    over = judge(one(70, "2024/2025", *rows))
    assert over.verdict == "missed"
    assert over.outcome is not None
    assert (over.outcome.value, over.outcome.basis) == (60, "derived")


def test_a_sum_with_a_missing_year_is_not_settled() -> None:
    assert judge(one(50, "2022/2024", row(2022, 10), row(2024, 10))).verdict == "unverifiable"


def test_a_part_of_a_year_needs_months() -> None:
    """A flow over a quarter is the sum of its months; without months the model says so."""
    months = np.full((100, 12 * len(YEARS)), 2.0)
    months[:40] = 1.0
    paths = {"x": flat(np.full(100, 24.0))}
    found = judge(one(6, "2028-Q2"), paths, {"x": months})
    assert found.probability == pytest.approx(0.6)
    without = judge(one(6, "2028-Q2"), paths)
    assert without.verdict == "not modelled yet"
    assert reasons.NO_MONTHS.en in without.why.en


def test_a_date_beyond_the_models_years() -> None:
    found = judge(one(6, 2050, row(2025, 1)), {"x": flat(np.full(100, 9.0))})
    assert found.verdict == "not modelled yet"
    assert reasons.BEYOND.en in found.why.en


def test_a_level_at_the_end_of_a_part_of_a_year() -> None:
    found = judge(one(5, "2025-Q4", row("2025-Q4", 6), kind="rate"))
    assert found.verdict == "met"
    assert judge(one(5, "2025-H2", row("2025-Q4", 6), kind="count")).verdict == "met"
    assert judge(one(5, "2025", row("2025-Q4", 6), kind="stock")).verdict == "met"
    assert judge(one(5, "2024", row("2024-Q4", 6), kind="flow")).verdict == "unverifiable"


def test_every_row_has_a_reason_in_both_languages_and_its_sources() -> None:
    plans = [one(5, 2025, row(2025, 5)), one(5, 2030), one(5, None), one(5, 2030, row(2025, 1)), one(5, 2030, unit="L")]
    for plan in plans:
        for paths in ({}, {"x": flat(np.arange(100.0))}):
            for found in judged(plan, paths).rows:
                assert found.verdict in VERDICTS
                assert found.why.en
                assert found.why.ko
                assert found.sources
                assert (found.probability is None) == (found.probability_reason is not None)


@pytest.mark.parametrize("comparison, verdict", [(">=", "met"), ("<=", "very unlikely")])
def test_a_stock_within_the_year_closes_only_what_it_has_reached(comparison: str, verdict: str) -> None:
    """Capacity of January is not that of December; what stands by then is there for good."""
    paths = {"x": flat(np.full(100, 99.0))}
    early = one(5, 2026, row("2026-01", 6), kind="stock", comparison=comparison, as_of="2027-01-20")
    assert judge(early, paths).verdict == verdict
    low = one(5, 2026, row("2026-01", 4), kind="stock", as_of="2027-01-20")
    assert judge(low, paths).verdict == "very likely"
    late = one(5, 2026, row("2026-01", 6), row("2026-12", 4), kind="stock", as_of="2027-01-20")
    assert judge(late, paths).verdict == "missed"
