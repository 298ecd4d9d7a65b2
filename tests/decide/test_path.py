"""Ensembles read at a period: values, first dates, and the sampling error of a share."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import tiny
from salpi.decide.path import Path, Reading, expected, met_in, quantiles, read, wilson
from salpi.plan.periods import Period
from tiny import indicator, row

YEARS = np.arange(2024, 2031)
MONTHS = np.arange(12.0 * len(YEARS))[None, :]  # the n-th month from January 2024 is n


def path(kind: str, months: bool = True) -> Path:
    years = np.arange(7.0)[None, :]
    return Path("model", kind, YEARS, years, MONTHS if months else None, 12 * 2024)


@pytest.mark.parametrize(
    "kind, period, value",
    [
        ("flow", "2025", 1),
        ("flow", "2024-Q2", 3 + 4 + 5),
        ("flow", "2024-H2", sum(range(6, 12))),
        ("flow", "2025-03", 14),
        ("rate", "2024-Q2", 4),
        ("rank", "2024-Q2", 5),
        ("stock", "2024-H1", 5),
        ("stock", "2025-03-10", 14),
        ("count", "2024-12", 11),
    ],
)
def test_a_part_of_a_year_is_a_sum_a_mean_or_an_end_by_kind(kind: str, period: str, value: float) -> None:
    found = path(kind).at(Period.parse(period))
    assert found is not None
    assert found.tolist() == [value]


def test_without_months_only_the_years_end_of_a_level_is_known() -> None:
    for period in ("2025-Q4", "2025-H2", "2025-12"):
        assert path("stock", months=False).at(Period.parse(period)).tolist() == [1.0]  # type: ignore[union-attr]
        assert path("flow", months=False).at(Period.parse(period)) is None
        assert path("rate", months=False).at(Period.parse(period)) is None
    assert path("stock", months=False).at(Period.parse("2025-Q3")) is None


@pytest.mark.parametrize("period", ["2023", "2031", "2023-12", "2031-01", "2024/2025"])
def test_what_the_paths_do_not_reach(period: str) -> None:
    assert path("flow").at(Period.parse(period)) is None


def test_dates_are_looked_for_after_what_is_known() -> None:
    plan = tiny.plan([row(2025, 3)], {"x": indicator()})
    assert read(plan, path("flow", months=False), "x", "Land", Period.parse("2028")).labels == (
        "2026",
        "2027",
        "2028",
        "2029",
        "2030",
    )
    assert read(plan, path("flow"), "x", "Land", Period.parse("2028-Q2")).labels[:2] == ("2026-Q2", "2026-Q3")
    nothing = tiny.plan([], {"x": indicator()})
    assert read(nothing, path("flow", months=False), "x", "Land", None).labels[0] == "2026"


def test_expected_dates_are_quantiles_of_the_first_period_in_each_draw() -> None:
    """Draw i of a hundred reaches 1 in its own period: 40 in a, 30 in b, 20 in c, 10 never."""
    grid = np.zeros((100, 3))
    for first, (lo, hi) in enumerate(((0, 40), (40, 70), (70, 90))):
        grid[lo:hi, first:] = 1.0
    found = expected(Reading(None, ("a", "b", "c"), grid), ">=", 1.0)
    assert found is not None
    assert (found.p05, found.p50, found.p95) == ("a", "b", None)
    assert (found.within, found.horizon) == (0.9, "c")


def test_an_expected_date_is_that_of_the_draw_at_the_quantile() -> None:
    """Of twenty draws the first alone is one in twenty, the tenth the middle one."""
    grid = (np.arange(20)[None, :] >= np.arange(20)[:, None]).astype(float)
    found = expected(Reading(None, tuple(map(str, range(20))), grid), ">=", 1.0)
    assert found is not None
    assert (found.p05, found.p50, found.p95) == ("0", "9", "18")


def test_a_goal_that_is_reached_and_lost_counts_from_the_first_time() -> None:
    found = expected(Reading(None, ("a", "b"), np.array([[1.0, 0.0]])), ">=", 1.0)
    assert found is not None
    assert (found.p05, found.within) == ("a", 1.0)
    assert expected(Reading(None, (), np.empty((4, 0))), ">=", 1.0) is None


@given(st.integers(0, 2000), st.integers(1, 2000))
def test_wilson_is_scipys(hits: int, n: int) -> None:
    from scipy.stats import binomtest

    hits = min(hits, n)
    exact = binomtest(hits, n).proportion_ci(0.95, "wilson")
    assert wilson(hits / n, n) == pytest.approx((exact.low, exact.high), abs=1e-12)


@given(st.floats(0, 1), st.integers(1, 10**6))
def test_wilson_holds_its_share_and_shrinks(share: float, n: int) -> None:
    low, high = wilson(share, n)
    assert 0 <= low <= share + 1e-12
    assert share - 1e-12 <= high <= 1
    wider_low, wider_high = wilson(share, max(n // 4, 1))
    assert wider_high - wider_low >= high - low - 1e-12


@given(st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=50))
def test_quantiles_rise(values: list[float]) -> None:
    q = quantiles(np.array(values))
    assert list(q) == ["p05", "p10", "p25", "p50", "p75", "p90", "p95"]
    assert list(q.values()) == sorted(q.values())
    assert q["p50"] == pytest.approx(float(np.median(values)), abs=1e-6)


def test_equal_is_enough() -> None:
    values = np.array([0.1 + 0.2, 0.3, 0.29])
    assert met_in(values, ">=", 0.3).tolist() == [True, True, False]
    assert met_in(values, "<=", 0.3).tolist() == [True, True, True]
