"""The trend of a series: the predictive distribution that its docstring promises, in its scale and within its bounds."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

import tiny
from salpi.decide.trend import LEAST, points, simulate, trend
from tiny import indicator, row

X = np.array([1.0, 1.3, 1.2, 1.7, 1.9, 2.0, 2.6])


def of(values: list[float], kind: str = "flow", unit: str = "USD", draws: int = 400, end: int = 2032, **more: object):  # type: ignore[no-untyped-def]
    rows = [row(2026 - len(values) + i, v, unit=unit) for i, v in enumerate(values)]
    plan = tiny.plan(rows, {"x": indicator(unit, kind, **more)})
    return trend(plan, "x", "Land", draws, 3, end)


@pytest.mark.parametrize("ahead", [1, 3, 8])
@pytest.mark.parametrize("at", [np.arange(2019, 2026), np.array([2010, 2011, 2013, 2014, 2018, 2019, 2025])])
def test_the_predictive_is_student_t(ahead: int, at: np.ndarray) -> None:
    """Degrees of freedom m - 1, scale s·sqrt(h + h²/T): quantiles of 40,000 draws, each within its own sampling error."""
    n = 40000
    paths = simulate(X, at, n, 5, "trend.test", ahead)
    gaps, length = np.diff(at), at[-1] - at[0]
    drift = (X[-1] - X[0]) / length
    s = np.sqrt(((np.diff(X) - drift * gaps) ** 2 / gaps).sum() / (len(gaps) - 1))
    exact = stats.t(len(gaps) - 1, loc=X[-1] + drift * ahead, scale=s * np.sqrt(ahead + ahead**2 / length))
    for q in (0.02, 0.1, 0.5, 0.9, 0.98):
        x = exact.ppf(q)
        share = (paths[:, ahead - 1] < x).mean()
        assert abs(share - q) < 4.5 * np.sqrt(q * (1 - q) / n), q


def test_a_draw_is_the_same_in_any_ensemble_and_horizon() -> None:
    at = np.arange(2019, 2026)
    many, few = simulate(X, at, 50, 5, "t", 9), simulate(X, at, 7, 5, "t", 4)
    assert np.array_equal(many[:7, :4], few)
    assert not np.array_equal(simulate(X, at, 7, 6, "t", 4), few)
    assert not np.array_equal(simulate(X, at, 7, 5, "u", 4), few)


def test_fewer_than_six_comparable_years_make_no_trend() -> None:
    assert LEAST == 6
    assert of([1.0, 1.1, 1.3, 1.2, 1.4]) is None
    assert of([1.0, 1.1, 1.3, 1.2, 1.4, 1.5]) is not None
    assert of([1.0, 1.1, 1.3, 1.2, 1.4, 1.5, 1.6], breaks=("2022",)) is None
    assert of([0.0, 1, 0, 1, 0, 1, 1], kind="flag") is None
    assert of([1.0, 1.1, 1.3, 1.2, 1.4, 1.5], end=2025) is None
    assert points(tiny.plan([row(2024, 1), row(2025, 2)]), "x", "Land") == 2


def test_the_years_ahead_and_what_it_rests_on() -> None:
    found = of([1.0, 1.1, 1.3, 1.2, 1.4, 1.5], shocks=("2021", "2030"))
    assert found.path.years.tolist() == list(range(2026, 2033))
    assert found.path.values.shape == (400, 7)
    assert (found.first, found.last, found.points, found.pulses) == ("2020", "2025", 6, ("2021",))
    assert found.path.basis == "trend"


def test_money_stays_above_0_shares_within_their_bounds_and_ranks_whole() -> None:
    wild = [1.0, 9.0, 0.5, 20.0, 0.1, 30.0, 2.0]
    assert (of(wild).path.values > 0).all()
    share = of([10.0, 60, 20, 90, 30, 95, 50], "rate", "%", bounds=(0, 100)).path.values
    assert ((share >= 0) & (share <= 100)).all()
    rank = of([9.0, 7, 8, 5, 6, 4, 3], "rank", "rank").path.values
    assert (rank == np.round(rank)).all()
    assert rank.min() == 1.0


def test_a_series_with_a_value_below_0_is_followed_on_its_level() -> None:
    found = of([-1.0, 0.5, 1.0, -0.5, 2.0, 1.5])
    assert (found.path.values < 0).any()


def test_a_trend_in_another_unit_is_the_same_trend() -> None:
    values = [1.0, 1.1, 1.3, 1.2, 1.4, 1.5]
    one, thousand = of(values).path.values, of([1000 * v for v in values]).path.values
    assert np.allclose(thousand, 1000 * one, rtol=1e-9)


def test_a_series_that_grew_by_exactly_the_same_each_year_has_no_spread() -> None:
    found = of([2.0**i for i in range(7)])
    assert np.allclose(found.path.values[:, 0], 128.0, rtol=1e-6)
