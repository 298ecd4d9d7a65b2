"""Inverse distribution functions against SciPy's, far into both tails."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special as scipy_special
from scipy import stats

from salpi.engine.special import beta_quantile, gamma_quantile, normal_cdf, normal_quantile

TAILS = np.logspace(-12, np.log10(0.5), 300)


def apart(found: np.ndarray, exact: np.ndarray) -> float:
    """The largest relative difference, where a float has a number for the value."""
    there = np.abs(exact) > 1e-290
    return float(np.abs(found[there] / exact[there] - 1.0).max())


@settings(max_examples=300, deadline=None)
@given(st.floats(1e-300, 1.0 - 2.0**-53))
def test_the_normal_quantile_is_scipys(u: float) -> None:
    assert float(normal_quantile(u)) == pytest.approx(scipy_special.ndtri(u), rel=5e-15, abs=1e-15)


def test_the_normal_quantile_is_odd_and_rises() -> None:
    u = np.concatenate([np.logspace(-300, -3, 1000), np.linspace(0.001, 0.999, 5001), 1.0 - np.logspace(-3, -15, 500)])
    z = normal_quantile(u)
    assert (np.diff(z[np.argsort(u, kind="stable")]) >= 0).all()
    half = np.linspace(0.001, 0.5, 1000)
    assert np.allclose(normal_quantile(1.0 - half), -normal_quantile(half), rtol=0, atol=1e-12)
    assert float(normal_quantile(0.5)) == 0.0


def test_a_middle_value_is_the_same_alone_and_among_tails() -> None:
    middle = np.array([0.3, 0.5, 0.7])
    assert normal_quantile(np.array([1e-9, *middle, 0.99]))[1:4].tobytes() == normal_quantile(middle).tobytes()


@settings(max_examples=300, deadline=None)
@given(st.floats(-40, 40))
def test_the_normal_distribution_function_is_scipys(x: float) -> None:
    found = float(normal_cdf(x))
    assert found == pytest.approx(scipy_special.ndtr(x), rel=1e-7, abs=1e-15)
    assert 0.0 <= found <= 1.0


@settings(max_examples=100, deadline=None)
@given(st.floats(-7.5, 7.5))
def test_the_normal_pair_undo_each_other(x: float) -> None:
    assert float(normal_quantile(float(normal_cdf(x)))) == pytest.approx(
        x, abs=1e-14 / max(float(stats.norm.pdf(x)), 1e-30) + 1e-8
    )


@pytest.mark.parametrize("shape", [0.02, 0.1, 0.5, 0.69, 0.7, 1.0, 2.0, 7.9, 8.0, 20.0, 100.0, 1e3, 1e4, 1e5])
def test_gamma_quantiles_are_scipys_in_both_tails(shape: float) -> None:
    q, exact = gamma_quantile(shape), stats.gamma(shape)
    error = 2e-9 / min(shape, 1.0)
    assert apart(q(TAILS), exact.ppf(TAILS)) < error
    up = 1.0 - TAILS
    assert apart(q(up), exact.isf(1.0 - up)) < error


@pytest.mark.parametrize("shape", [1e6, 1e8])
def test_a_narrow_gamma_is_nearly_normal(shape: float) -> None:
    """SciPy's own inverse is rough here; Wilson–Hilferty is exact to a tiny part of the standard deviation."""
    z = (gamma_quantile(shape)(TAILS) / shape - 1.0) * shape**0.5
    h = 1.0 / (9.0 * shape)
    cubed = ((1.0 - h + scipy_special.ndtri(TAILS) * h**0.5) ** 3 - 1.0) * shape**0.5
    assert np.abs(z - cubed).max() < 1e-5


PAIRS = [
    (0.05, 0.05),
    (0.1, 2),
    (0.23, 4.5),
    (0.5, 1e5),
    (1, 1),
    (2, 5),
    (5, 5000),
    (7, 7),
    (9, 9),
    (30, 1000),
    (1e4, 5),
    (1e8, 1e8),
]


@pytest.mark.parametrize("a, b", PAIRS)
def test_beta_quantiles_are_scipys_in_both_tails(a: float, b: float) -> None:
    q, exact = beta_quantile(a, b), stats.beta(a, b)
    error = 2e-9 / min(a, b, 1.0)
    assert apart(q(TAILS), exact.ppf(TAILS)) < error
    up = 1.0 - TAILS
    assert apart(q(up), exact.isf(1.0 - up)) < error


@settings(max_examples=30, deadline=None)
@given(st.floats(0.05, 1e4), st.floats(0.05, 1e4))
def test_quantiles_rise_from_end_to_end(a: float, b: float) -> None:
    u = np.concatenate([[1e-300, 2.0**-53, 2.0**-46, 2.0**-45], TAILS, 1.0 - TAILS[::-1], [1.0 - 2.0**-53]])
    for values in (gamma_quantile(a)(u), beta_quantile(a, b)(u)):
        # a rounding of the two halves where they meet, and nothing more
        assert (np.diff(values) >= -1e-9 * values[1:]).all()
        assert np.isfinite(values).all()
        assert (values >= 0).all()


def test_shapes_must_be_above_0() -> None:
    for wrong in (0.0, -1.0):
        with pytest.raises(ValueError, match="above 0"):
            gamma_quantile(wrong)
        with pytest.raises(ValueError, match="above 0"):
            beta_quantile(wrong, 1.0)
        with pytest.raises(ValueError, match="above 0"):
            beta_quantile(1.0, wrong)
