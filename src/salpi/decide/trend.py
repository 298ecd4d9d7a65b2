"""The trend of a series, not the model: for indicators that no sector gives.

A random walk with drift on the log (positive values), the logit (shares within two bounds) or the level (ranks), fitted to the
yearly actual points after the last break. With m steps of k years, drift ``mu = (x_n − x_1) / T``, T the years between, and
``s² = Σ (dx − mu·k)² / k / (m − 1)``. A draw takes ``s²·(m − 1) / chi²`` for the variance, then a drift around ``mu`` with
variance ``/ T``, then normal steps: the predictive at h years is Student-t with m − 1 degrees of freedom, scale
``s · sqrt(h + h² / T)``. Source: Hyndman and Athanasopoulos, Forecasting: Principles and Practice (3rd ed.), 5.2 and 5.5 (drift
method); the Student-t form is the Bayesian predictive under the prior 1/sigma² (Gelman et al., Bayesian Data Analysis, 3.2).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from salpi.decide.known import pulses, stretch
from salpi.decide.path import Path
from salpi.plan.model import Plan
from salpi.plan.periods import Period
from salpi.plan.schema import Indicator

Array = NDArray[np.float64]
LEAST = 6
"""Fewer yearly points make no trend, and no probability."""


@dataclass(frozen=True)
class Trend:
    """A fitted trend: its path, the points that it rests on, and known pulses among them."""

    path: Path
    first: str
    last: str
    points: int
    pulses: tuple[str, ...]


def points(plan: Plan, indicator: str, subject: str) -> int:
    """Yearly actual points after the last break: what a trend could rest on."""
    return len(stretch(plan, indicator, subject))


def trend(plan: Plan, indicator: str, subject: str, draws: int, seed: int, end: int, first: int = 0) -> Trend | None:
    """Paths from the year after the last published one to ``end``, of the draws from ``first`` on.

    None where fewer than six points may be chained.
    """
    body = plan.indicators[indicator]
    rows = stretch(plan, indicator, subject)
    if len(rows) < LEAST or body.kind == "flag":
        return None
    at = np.array([Period.parse(str(o.period)).year for o in rows])
    if end <= at[-1]:
        return None
    x = np.array([o.value for o in rows])
    scale = _scale(body, x)
    steps = simulate(_to(x, scale, body), at, draws, seed, f"trend.{indicator}.{subject}", int(end - at[-1]), first)
    values = _from(steps, scale, body)
    if body.kind == "rank":
        values = np.maximum(np.round(values), 1.0)
    ahead = np.arange(int(at[-1]) + 1, end + 1)
    touched = pulses(body, Period.parse(str(rows[0].period)), Period.parse(str(rows[-1].period)))
    return Trend(Path("trend", body.kind, ahead, values), str(rows[0].period), str(rows[-1].period), len(rows), touched)


def simulate(x: Array, at: NDArray[np.int64], draws: int, seed: int, purpose: str, horizon: int, first: int = 0) -> Array:
    """Draws (draw, year ahead) of the random walk with drift; keyed by purpose, so that a draw is the same in any ensemble."""
    from salpi.engine.random import uniform
    from salpi.engine.special import normal_quantile

    gaps = np.diff(at).astype(np.float64)
    free = len(gaps) - 1
    length = float(at[-1] - at[0])
    drift = (x[-1] - x[0]) / length
    variance = float(((np.diff(x) - drift * gaps) ** 2 / gaps).sum() / free)
    draw = np.arange(first, first + draws)
    z = np.stack([normal_quantile(uniform(seed, purpose, draw, 0, i)) for i in range(free + 1 + horizon)], axis=1)
    chi2 = (z[:, :free] ** 2).sum(axis=1)
    sigma = np.sqrt(variance * free / chi2)
    own = drift + sigma * z[:, free] / np.sqrt(length)
    return np.asarray(x[-1] + np.cumsum(own[:, None] + sigma[:, None] * z[:, free + 1 :], axis=1))


def _scale(body: Indicator, x: Array) -> str:
    low, high = body.bounds
    if body.kind == "rank":
        return "level"
    if low is not None and high is not None and bool(((x > low) & (x < high)).all()):
        return "logit"
    return "log" if bool((x > 0).all()) else "level"


def _to(x: Array, scale: str, body: Indicator) -> Array:
    if scale == "log":
        return np.log(x)
    if scale == "logit":
        low, high = _bounds(body)
        return np.log((x - low) / (high - x))
    return x


def _from(x: Array, scale: str, body: Indicator) -> Array:
    if scale == "log":
        return np.exp(np.minimum(x, 700.0))  # beyond, a float has no number for it
    if scale == "logit":
        low, high = _bounds(body)
        return low + (high - low) / (1.0 + np.exp(np.clip(-x, -700.0, 700.0)))
    return x


def _bounds(body: Indicator) -> tuple[float, float]:
    low, high = body.bounds
    assert low is not None
    assert high is not None
    return low, high
