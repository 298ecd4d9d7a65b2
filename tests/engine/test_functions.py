"""The language's functions against arithmetic with fifty digits, over the whole range of a float."""

from __future__ import annotations

from decimal import Context, Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salpi.engine import functions as xp

EXACT = Context(prec=50, Emin=-999999, Emax=999999)
ANY = st.floats(allow_nan=False, allow_infinity=False)


def ulps(found: float, exact: Decimal) -> float:
    """The error in units of the last place of the exact value."""
    unit = Decimal(float(np.spacing(abs(float(exact))))) if exact else Decimal(2) ** -1074
    return abs(float((Decimal(found) - exact) / unit))


@settings(max_examples=1500, deadline=None)
@given(st.floats(-745.0, 709.78))
def test_exp_errs_by_less_than_two_units_in_the_last_place(x: float) -> None:
    assert ulps(float(xp.exp(x)), EXACT.exp(Decimal(x))) < 2.0


@settings(max_examples=1500, deadline=None)
@given(st.floats(5e-324, 1.7976931348623157e308) | st.floats(0.5, 2.0))
def test_log_errs_by_less_than_two_units_in_the_last_place(x: float) -> None:
    assert ulps(float(xp.log(x)), EXACT.ln(Decimal(x))) < 2.0


@pytest.mark.parametrize("k", range(-1074, 1024, 61))
def test_log_of_powers_of_two_and_their_neighbours(k: int) -> None:
    for x in {2.0**k, float(np.nextafter(2.0**k, 0.0)), float(np.nextafter(2.0**k, np.inf))} - {0.0}:
        assert ulps(float(xp.log(x)), EXACT.ln(Decimal(x))) < 2.0, x


def test_the_ends_of_exp_and_log() -> None:
    found = xp.exp(np.array([np.inf, -np.inf, 710.0, -746.0, 0.0, np.nan]))
    assert found[:5].tolist() == [np.inf, 0.0, np.inf, 0.0, 1.0]
    assert np.isnan(found[5])
    found = xp.log(np.array([0.0, np.inf, 1.0, -1.0, np.nan, -np.inf]))
    assert found[:3].tolist() == [-np.inf, np.inf, 0.0]
    assert np.isnan(found[3:]).all()


@settings(max_examples=30, deadline=None)
@given(st.lists(st.floats(-800, 800), min_size=1, max_size=40), st.integers(0, 2))
def test_a_value_does_not_depend_on_its_neighbours(values: list[float], step: int) -> None:
    """Not on the length of the array, on strides, on a neighbour that needs the slow path, on the chunk in which it lies."""
    x = np.array(values)
    alone = np.array([xp.exp(v) for v in values])
    assert xp.exp(x).tobytes() == alone.tobytes()
    wide = np.repeat(x, 3).reshape(-1, 3)[:, step]
    assert xp.exp(wide).tobytes() == alone.tobytes()
    long = np.concatenate([np.zeros(xp.CHUNK - 1), x])
    assert xp.exp(long)[xp.CHUNK - 1 :].tobytes() == alone.tobytes()
    with np.errstate(invalid="ignore"):
        assert xp.log(long)[xp.CHUNK - 1 :].tobytes() == np.array([xp.log(v) for v in values]).tobytes()


@given(st.floats(0.001, 1000), st.floats(-5, 5))
def test_power(x: float, y: float) -> None:
    assert float(xp.power(x, y)) == pytest.approx(x**y, rel=1e-13)


@given(st.floats(-700, 700))
def test_expit_lies_between_0_and_1_and_logit_is_its_inverse(x: float) -> None:
    p = float(xp.expit(x))
    assert 0.0 < p <= 1.0
    assert float(xp.expit(-x)) == pytest.approx(1.0 - p, abs=1e-15)
    if abs(x) < 15:
        assert float(xp.logit(p)) == pytest.approx(x, abs=1e-8)


def test_sum_runs_in_order_and_of_nothing_is_0() -> None:
    rows = np.array([[1e16, 1.0], [1.0, 2.0], [-1e16, 3.0]])
    assert xp.sum(rows).tolist() == [(1e16 + 1.0) - 1e16, 6.0]
    assert xp.sum(np.zeros((0, 3))).tolist() == [0.0, 0.0, 0.0]


def test_pick_takes_one_row_a_draw() -> None:
    table = np.arange(12.0).reshape(3, 4)
    assert xp.pick(table, np.array([2, 0, 1, 2])).tolist() == [8.0, 1.0, 6.0, 11.0]
    assert xp.pick(table[:, 0], [2, 0]).tolist() == [8.0, 0.0]
    assert xp.pick(table, 1).tolist() == [4.0, 5.0, 6.0, 7.0]


@given(st.floats(-10, 10))
def test_lookup_is_numpys_interpolation(x: float) -> None:
    xs, ys = [-2.0, 0.0, 1.0, 5.0], [3.0, -1.0, 4.0, 4.0]
    assert float(xp.lookup(x, xs, ys)) == pytest.approx(np.interp(x, xs, ys), abs=1e-12)
