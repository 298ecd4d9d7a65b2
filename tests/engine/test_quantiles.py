"""Quantiles of a stream: NumPy's to the bit, in little room, whatever the parts and their order."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salpi.engine.quantiles import Missed, Quantiles, quantiles

QS = (0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.975)
KINDS = {
    "normal": lambda r, n: r.standard_normal(n),
    "heavy": lambda r, n: r.standard_cauchy(n),
    "counts": lambda r, n: r.poisson(2.0, n).astype(float),
    "two values": lambda r, n: (r.random(n) < 0.3).astype(float),
    "constant": lambda r, n: np.full(n, 7.25),
    "signs of zero": lambda r, n: np.where(r.random(n) < 0.5, -0.0, np.maximum(r.standard_normal(n), 0.0)),
    "mixed": lambda r, n: np.where(r.random(n) < 0.6, 3.0, r.lognormal(0, 5, n)),
}


def through(values: np.ndarray, cuts: list[int], hold: int, order: np.random.Generator | None = None) -> Quantiles:
    made = Quantiles(len(values), values.shape[1], QS, hold)
    edges = [0, *sorted(set(cuts)), len(values)]
    parts = [(a, values[a:b]) for a, b in pairwise(edges)]
    if order is not None:
        order.shuffle(parts)
    for first, part in parts:
        made.add(first, part)
    return made


@given(st.integers(0, 10_000), st.integers(1, 3000), st.lists(st.floats(0.0, 1.0), max_size=9), st.booleans())
def test_a_table_gives_the_bytes_of_numpy(seed: int, draws: int, qs: list[float], missing: bool) -> None:
    rng = np.random.default_rng(seed)
    values = np.stack([make(rng, draws) for make in KINDS.values()], axis=1)
    if missing:
        values[rng.integers(draws), 2] = np.nan
    before = values.copy()
    assert quantiles(values, qs).tobytes() == np.quantile(values + 0.0, np.array(qs), axis=0).tobytes()
    assert quantiles(values[:, 0], (0.0, 1.0)).tobytes() == np.quantile(values[:, 0] + 0.0, (0.0, 1.0)).tobytes()
    assert values.tobytes() == before.tobytes()


@given(st.integers(0, 10_000), st.integers(1, 12_000), st.integers(100, 3000), st.lists(st.integers(1, 11_999), max_size=8))
def test_the_same_bytes_as_of_the_whole(seed: int, draws: int, hold: int, cuts: list[int]) -> None:
    rng = np.random.default_rng(seed)
    values = np.stack([make(rng, draws) for make in KINDS.values()], axis=1)
    made = through(values, [c for c in cuts if c < draws], hold, rng)
    assert (made.result() + 0.0).tobytes() == (np.quantile(values, QS, axis=0) + 0.0).tobytes()


def test_little_is_kept_of_many_draws() -> None:
    values = np.random.default_rng(1).standard_normal((400_000, 1))
    made = Quantiles(len(values), 1, (0.05, 0.5, 0.95))
    for first in range(0, len(values), 3000):
        made.add(first, values[first : first + 3000])
    column = made._columns[0]
    assert len(column.values) + sum(map(len, column.fresh)) < 60_000
    assert (made.result() == np.quantile(values, (0.05, 0.5, 0.95), axis=0)).all()


def test_what_was_not_kept_is_said_and_not_guessed() -> None:
    values = np.arange(100_000.0)[:, None]  # no independent draws: each is larger than all before
    made = Quantiles(len(values), 1, (0.5,), 1000)
    made.add(0, values)
    with pytest.raises(Missed, match="outside the values that were kept"):
        made.result()


def test_too_many_or_too_few_draws() -> None:
    made = Quantiles(3, 1, (0.5,))
    made.add(1, np.ones((2, 1)))
    with pytest.raises(ValueError, match="2 of 3"):
        made.result()
    with pytest.raises(ValueError, match="more"):
        made.add(0, np.ones((2, 1)))
