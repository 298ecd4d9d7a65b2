"""How a parameter is drawn: the stated value, the stated band, bounds that cut off and never clip."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from salpi.engine.distributions import KINDS, Z90, Distribution, quantiles

U = np.concatenate([np.logspace(-12, -2, 60), np.linspace(0.02, 0.98, 97), 1.0 - np.logspace(-2, -12, 60)])


def band(kind: str, low: float, value: float, high: float) -> Distribution:
    return Distribution(kind, value, low, high)


def same(found: np.ndarray, exact: np.ndarray, rel: float = 1e-8) -> None:
    assert np.allclose(found, exact, rtol=rel, atol=0)


def test_fixed_is_the_number_itself() -> None:
    assert Distribution("fixed", 3.5).quantile(U).tolist() == [3.5] * len(U)


def test_a_band_without_width_is_the_number_itself() -> None:
    for kind in KINDS[1:]:
        assert set(Distribution(kind, 0.5, 0.5, 0.5).quantile(U)) == {0.5}, kind


@settings(max_examples=60, deadline=None)
@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6), st.floats(0, 1))
def test_uniform_and_triangular_have_their_ends_and_mode(low: float, width: float, at: float) -> None:
    high, mode = low + width, low + at * width
    slack = 1e-9 * (abs(low) + width)
    assert np.allclose(band("uniform", low, mode, high).quantile(U) - low, width * U, rtol=1e-6, atol=slack)
    shape = min(max((mode - low) / width, 0.0), 1.0)
    exact = stats.triang(shape, scale=width).ppf(U)
    assert np.allclose(band("triangular", low, mode, high).quantile(U) - low, exact, rtol=1e-6, atol=slack)


def test_low_and_high_are_a_90_percent_band_around_the_stated_value() -> None:
    ends = np.array([0.05, 0.5, 0.95])
    assert Distribution("normal", 10, 8, 12).quantile(ends) == pytest.approx([8, 10, 12], rel=1e-12)
    assert Distribution("lognormal", 10, 5, 20).quantile(ends) == pytest.approx([5, 10, 20], rel=1e-12)
    assert pytest.approx(float(stats.norm.ppf(0.95)), rel=1e-15, abs=0) == Z90


def test_normal_lognormal_gamma_and_beta_are_scipys() -> None:
    sd = (12.0 - 8.0) / (2 * Z90)
    same(Distribution("normal", 10, 8, 12).quantile(U), stats.norm(10, sd).ppf(U), 1e-12)
    sigma = np.log(20 / 5) / (2 * Z90)
    same(Distribution("lognormal", 10, 5, 20).quantile(U), stats.lognorm(sigma, scale=10).ppf(U), 1e-12)
    shape = (10 / sd) ** 2
    same(Distribution("gamma", 10, 8, 12).quantile(U), stats.gamma(shape, scale=10 / shape).ppf(U))
    same(Distribution("beta", 0.3, 0.1, 0.9, a=2.0, b=5.0).quantile(U), stats.beta(2, 5).ppf(U))


@settings(max_examples=40, deadline=None)
@given(st.floats(0.02, 0.98), st.floats(0.01, 0.3))
def test_a_beta_from_its_band_has_the_stated_mean_and_spread(mean: float, width: float) -> None:
    half = width * min(mean, 1 - mean)
    q = Distribution("beta", mean, mean - half, mean + half)
    even = (np.arange(20000) + 0.5) / 20000
    x = q.quantile(even)
    assert x.mean() == pytest.approx(mean, rel=1e-4)
    assert x.std() == pytest.approx(half / Z90, rel=2e-3)


CASES = [
    band("uniform", -1, 0, 3),
    band("triangular", -1, 0, 3),
    band("normal", -1, 0.5, 3),
    band("lognormal", 0.5, 1, 3),
    band("gamma", 0.5, 1, 3),
    band("beta", 0.1, 0.3, 0.6),
]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.kind)
def test_quantiles_rise_and_are_finite(case: Distribution) -> None:
    x = case.quantile(U)
    assert np.isfinite(x).all()
    assert (np.diff(x) > 0).all()


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.kind)
def test_bounds_cut_off_and_never_clip(case: Distribution) -> None:
    """Within the bounds, no pile at either end, and the shares of the uncut distribution."""
    lo, hi = (float(v) for v in case.quantile(np.array([0.2, 0.9])))
    cut = Distribution(case.kind, case.value, case.low, case.high, case.a, case.b, (lo, hi))
    u = np.linspace(0.001, 0.999, 997)
    x = cut.quantile(u)
    assert lo <= x.min()
    assert x.max() <= hi
    assert len(np.unique(x)) == len(x)
    assert np.allclose(x, case.quantile(0.2 + 0.7 * u), rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.kind)
def test_bounds_outside_the_distribution_change_nothing(case: Distribution) -> None:
    wide = Distribution(case.kind, case.value, case.low, case.high, case.a, case.b, (-1e9, 1e9))
    assert np.allclose(wide.quantile(U), case.quantile(U), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("kind", ["uniform", "triangular", "gamma", "beta"])
def test_what_a_draw_is_does_not_depend_on_the_draws_beside_it(kind: str) -> None:
    """Bounds that only some draws reach: a draw alone, and the same draw in an ensemble, are the same number."""
    case = Distribution(kind, 0.4, 0.1, 0.9, bounds=(0.2, 0.8))
    u = np.linspace(0.001, 0.999, 101)
    alone = np.array([float(case.quantile(np.array([v]))[0]) for v in u])
    assert alone.tobytes() == case.quantile(u).tobytes()


def test_many_together_have_the_bits_of_each_alone() -> None:
    many = [
        Distribution("fixed", 2.0),
        Distribution("lognormal", 2.0, 1.0, 5.0),
        Distribution("normal", 2.0, 1.0, 3.5),
        Distribution("lognormal", 2.0, 1.0, 5.0, bounds=(1.5, 9.0)),
        Distribution("normal", 2.0, 2.0, 2.0),
        Distribution("normal", 0.5, 0.1, 0.9, bounds=(0.0, None)),
        Distribution("uniform", 2.0, 1.0, 5.0),
        Distribution("triangular", 2.0, 1.0, 5.0),
        Distribution("beta", 0.3, 0.2, 0.45),
        Distribution("gamma", 4.0, 2.0, 7.0, bounds=(3.0, None)),
    ]
    u = np.random.default_rng(1).random((len(many), 3001))
    u[:, :3] = 1e-16, 0.5, 1.0 - 2.0**-53
    for of, x, row in zip(many, quantiles(many, u), u, strict=True):
        assert x.tobytes() == of.quantile(row).tobytes(), of
    assert [x.tobytes() for x in quantiles(many[:1], u[:1])] == [many[0].quantile(u[0]).tobytes()]
    assert quantiles([], u[:0]) == []


def test_a_lognormal_bounded_at_0_is_not_cut() -> None:
    free, bounded = Distribution("lognormal", 1, 0.5, 3), Distribution("lognormal", 1, 0.5, 3, bounds=(0.0, None))
    assert np.allclose(free.quantile(U), bounded.quantile(U), rtol=1e-12)


@pytest.mark.parametrize(
    "arguments, what",
    [
        (("weird", 1.0, 0.0, 2.0), "unknown distribution 'weird'; known are fixed"),
        (("normal", 1.0), "a normal distribution needs low and high"),
        (("triangular", 1.0, 0.0), "a triangular distribution needs low and high"),
        (("lognormal", 1.0, 0.0, 2.0), "a lognormal distribution needs 0 < low <= value"),
        (("gamma", 1.0, -1.0, 2.0), "a gamma distribution needs 0 < low <= value"),
        (("beta", 1.0, 0.5, 1.0), "a beta distribution needs a value between 0 and 1"),
    ],
)
def test_what_is_no_distribution_is_said_so(arguments: tuple, what: str) -> None:
    with pytest.raises(ValueError, match=what):
        Distribution(*arguments)


def test_a_beta_whose_band_is_too_wide_for_its_mean_is_said_so() -> None:
    with pytest.raises(ValueError, match="too wide for its mean"):
        Distribution("beta", 0.01, 0.0, 1.0).quantile(U)
