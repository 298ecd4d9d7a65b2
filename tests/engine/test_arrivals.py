"""Arrivals by time-rescaling: a Poisson process whose every arrival comes earlier when the intensity rises."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salpi.engine.arrivals import arrival_times, unit_sums

DRAWS = np.arange(300)
MONTHS = 60
START = 12 * 2024


def times(rate, sums=None, draws=DRAWS):
    intensity = np.broadcast_to(np.asarray(rate, dtype=float).reshape(-1, 1), (MONTHS, len(draws))).copy()
    found = unit_sums("x", 3, draws, float(intensity.sum(axis=0).max())) if sums is None else sums
    return arrival_times(intensity, found, START)


def test_counts_have_the_mean_and_the_variance_of_a_poisson_process():
    n = np.isfinite(times(0.5)).sum(axis=1)
    assert n.mean() == pytest.approx(30, rel=0.05)
    assert n.var() == pytest.approx(30, rel=0.3)


def test_times_rise_and_lie_within_the_run():
    t = times(np.linspace(0.1, 2.0, MONTHS))
    known = np.isfinite(t)
    assert (np.diff(np.where(known, t, 1e9), axis=1) >= 0).all()
    assert ((t[known] >= START) & (t[known] <= START + MONTHS)).all()


@settings(max_examples=30, deadline=None)
@given(st.lists(st.floats(0.05, 3.0), min_size=MONTHS, max_size=MONTHS), st.floats(1.0, 2.0))
def test_a_higher_intensity_brings_every_arrival_forward(rate, factor):
    rate = np.array(rate)
    sums = unit_sums("x", 3, DRAWS[:5], float(factor * rate.sum()))
    base, more = (times(r, sums, DRAWS[:5]) for r in (rate, factor * rate))
    assert (more <= base + 1e-9).all()


def test_arrivals_before_a_change_stay_where_they_are_to_the_bit():
    rate = np.full(MONTHS, 0.7)
    later = np.where(np.arange(MONTHS) >= 24, 1.4, 0.7)
    sums = unit_sums("x", 3, DRAWS, float(later.sum()))
    base, more = times(rate, sums), times(later, sums)
    early = base < START + 24
    assert np.array_equal(base[early], more[early])


def test_the_summed_intensity_at_an_arrival_is_its_sum_of_unit_exponentials():
    rate = np.linspace(0.2, 1.5, MONTHS)
    sums = unit_sums("x", 3, DRAWS, float(rate.sum()))
    t = times(rate, sums)
    risen = np.concatenate([[0.0], np.cumsum(rate)])
    known = np.isfinite(t)
    assert np.interp(t[known] - START, np.arange(MONTHS + 1), risen) == pytest.approx(sums[known])


def test_sums_of_a_draw_do_not_depend_on_the_others_and_a_longer_list_begins_alike():
    many, one = unit_sums("x", 3, DRAWS, 30.0), unit_sums("x", 3, DRAWS[7:8], 90.0)
    assert np.array_equal(many[7], one[0, : many.shape[1]])


def test_no_intensity_no_arrival():
    assert not np.isfinite(times(np.zeros(MONTHS))).any()
