"""New entities: a Poisson process by time-rescaling of fixed unit exponentials.

The k-th arrival of a draw comes when the summed intensity reaches the k-th sum of unit exponentials, which are keyed by
(seed, draw, k): a higher intensity brings every arrival forward and never reshuffles them. The k-th arrival has the
attributes of the k-th template row (in turn), and its own number, k, in all later uniforms.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from salpi.engine import functions as xp
from salpi.engine.declare import EntitySector
from salpi.engine.pairs import Pairs, Population
from salpi.engine.random import uniforms32

Array = NDArray[np.float64]

ARRIVAL = np.uint32(0x8000_0000)
"""High word of an arrival's number; hashed ids of entities never have this bit."""


def unit_sums(sector: str, seed: int, draws: NDArray[np.int64], most: float) -> Array:
    """Sums of unit exponentials ``(draw, k)``, as many as a process of mean ``most`` can ever need."""
    n = int(most + 9.0 * np.sqrt(most) + 40.0) // 4 + 1
    lanes = uniforms32(seed, f"{sector}.arrivals", draws[:, None], np.arange(n, dtype=np.uint32)[None, :], ARRIVAL)
    waits = np.stack([np.broadcast_to(u, (len(draws), n)) for u in lanes], axis=2).reshape(len(draws), 4 * n)
    return np.cumsum(-xp.log(waits), axis=1)


def arrival_times(intensity: Array, sums: Array, start: int) -> Array:
    """Absolute months ``(draw, k)`` at which the summed intensity (month, draw; per month) reaches the sums; inf if never."""
    draws = intensity.shape[1]
    risen = np.vstack([np.zeros((1, draws)), np.cumsum(intensity, axis=0)])
    out = np.full(sums.shape, np.inf)
    for d in range(draws):
        level, rate = risen[:, d], intensity[:, d]
        known = sums[d, : int(np.searchsorted(sums[d], level[-1], side="left"))]
        month = np.searchsorted(level, known, side="right") - 1
        out[d, : len(known)] = start + month + (known - level[month]) / rate[month]
    return out


def arrival_pairs(
    sector: EntitySector, people: Population, intensity: Array, seed: int, draws: NDArray[np.int64], start: int
) -> Pairs:
    """Every arrival of a chunk of draws before the run's end, as pairs in order of draw and k."""
    sums = unit_sums(sector.name, seed, draws, float(intensity.sum(axis=0).max()))
    times = arrival_times(intensity, sums, start)
    draw, k = np.nonzero(np.isfinite(times))
    row = people.template[k % len(people.template)]
    high = np.full(len(k), ARRIVAL, dtype=np.uint32)
    return Pairs.new(sector, row, draw, k.astype(np.uint32), high, times[draw, k], np.zeros(len(k), dtype=bool))
