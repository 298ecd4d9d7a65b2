"""Distributions by inverse transform: one keyed uniform number in, one quantile out, accurate far into the tails.

``low`` and ``high`` are a 90 % band for normal, lognormal, gamma and beta, the ends for uniform and triangular. Bounds cut a
distribution off (it is renormalised, never clipped).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from salpi.engine import functions as xp
from salpi.engine.special import Quantile, beta_quantile, gamma_quantile, normal_cdf, normal_quantile
from salpi.kept import kept

Array = NDArray[np.float64]
Z90 = 1.6448536269514722  # the normal's 95 % point: half the width of a 90 % band in standard deviations
KINDS = ("fixed", "uniform", "triangular", "normal", "lognormal", "beta", "gamma")
BELLS = ("normal", "lognormal")
LEAST, MOST = 1e-300, 1.0 - 2.0**-53
"""The ends between which a normal's quantile is asked for."""


@dataclass(frozen=True)
class Distribution:
    """How one number is drawn.

    ``value`` is the mean (normal, beta, gamma), the median (lognormal), the mode (triangular) or the number itself (fixed).
    """

    kind: str
    value: float
    low: float | None = None
    high: float | None = None
    a: float | None = None
    b: float | None = None
    bounds: tuple[float | None, float | None] = (None, None)

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"unknown distribution {self.kind!r}; known are {', '.join(KINDS)}")
        if self.kind != "fixed" and (self.low is None or self.high is None):
            raise ValueError(f"a {self.kind} distribution needs low and high")
        if self.kind in ("lognormal", "gamma") and not (self.low is not None and 0 < self.low <= self.value):
            raise ValueError(f"a {self.kind} distribution needs 0 < low <= value")
        if self.kind == "beta" and not 0 < self.value < 1:
            raise ValueError("a beta distribution needs a value between 0 and 1")

    @property
    def degenerate(self) -> bool:
        return self.kind == "fixed" or self.low == self.high

    def quantile(self, u: Any) -> Array:
        """The quantile at each u in (0, 1)."""
        u = np.asarray(u, dtype=np.float64)
        if self.degenerate:
            return np.full(u.shape, self.value)
        if self.kind in BELLS:
            return np.asarray(self._quantile(self._cut(u)))
        first, last = self.share
        return np.asarray(self._quantile(u if (first, last) == (0.0, 1.0) else first + u * (last - first)))

    @property
    def share(self) -> tuple[float, float]:
        """The part of (0, 1) that lies within the bounds: 0 and 1 where they cut nothing off."""
        low, high = self.bounds
        if low is None and high is None:
            return 0.0, 1.0
        if self.kind not in BELLS:
            return _shares(self)
        first = 0.0 if low is None or (self.kind == "lognormal" and low <= 0) else float(self._cdf(low))
        return first, 1.0 if high is None else float(self._cdf(high))

    def _cut(self, u: Array) -> Array:
        """u moved into the part of a normal or lognormal that lies within its bounds."""
        if self.bounds == (None, None):
            return u
        first, last = self.share
        return np.minimum(np.maximum(first + u * (last - first), LEAST), MOST)

    def _cdf(self, x: float) -> Any:
        if self.kind == "normal":
            return normal_cdf((x - self.value) / self._sd)
        return normal_cdf((xp.log(np.float64(x)) - xp.log(np.float64(self.value))) / self._sigma)

    @property
    def _sd(self) -> float:
        assert self.low is not None
        assert self.high is not None
        return (self.high - self.low) / (2 * Z90)

    @property
    def _sigma(self) -> float:
        return sigmas([self])[0]

    def _quantile(self, u: Any) -> Any:
        assert self.low is not None
        assert self.high is not None
        if self.kind == "uniform":
            return self.low + u * (self.high - self.low)
        if self.kind == "triangular":
            width, left = self.high - self.low, self.value - self.low
            cut = left / width
            rise = self.low + xp.sqrt(u * (width * left))
            fall = self.high - xp.sqrt((1.0 - u) * (width * (self.high - self.value)))
            return np.where(u < cut, rise, fall)
        if self.kind == "normal":
            return self.value + self._sd * normal_quantile(u)
        if self.kind == "lognormal":
            return self.value * xp.exp(self._sigma * normal_quantile(u))
        if self.kind == "gamma":
            return table(self.shapes)(u) * (self.value / self.shapes[0])
        return table(self.shapes)(u)

    @property
    def shapes(self) -> tuple[float, ...]:
        """One shape of a gamma distribution, two of a beta; none of another."""
        if self.degenerate or self.kind not in ("gamma", "beta"):
            return ()
        if self.kind == "gamma":
            return ((self.value / self._sd) ** 2,)
        if self.a is not None and self.b is not None:
            return self.a, self.b
        n = self.value * (1.0 - self.value) / self._sd**2 - 1.0
        if n <= 0:
            raise ValueError("the range of this beta distribution is too wide for its mean")
        return self.value * n, (1.0 - self.value) * n


def sigmas(of: Sequence[Distribution]) -> list[float]:
    """The standard deviation of the logarithm of each, which is lognormal with bounds."""
    spans = [d.high / d.low for d in of if d.high is not None and d.low is not None]
    widths: Array = xp.log(np.array(spans)) / (2 * Z90)  # at once: each by itself takes as long as all
    return list(map(float, widths))


def quantiles(of: Sequence[Distribution], u: Array) -> list[Array]:
    """The quantiles of each distribution at its row of u (distribution, draw).

    Normals and lognormals are worked out together: the time of one by one was that of calling NumPy.
    """
    bells = [i for i, d in enumerate(of) if d.kind in BELLS and not d.degenerate]
    z = normal_quantile(np.array([of[i]._cut(u[i]) for i in bells]).reshape(len(bells), u.shape[1]))
    out = {i: of[i].value + of[i]._sd * z[at] for at, i in enumerate(bells) if of[i].kind == "normal"}
    logs = [(at, i) for at, i in enumerate(bells) if of[i].kind == "lognormal"]
    widths = sigmas([of[i] for _, i in logs])
    x = xp.exp(np.array([sigma * z[at] for sigma, (at, _) in zip(widths, logs, strict=True)]).reshape(len(logs), u.shape[1]))
    out |= {i: of[i].value * x[at] for at, (_, i) in enumerate(logs)}
    return [out[i] if i in out else d.quantile(u[i]) for i, d in enumerate(of)]


Shapes = tuple[float, ...]
_tables: dict[Shapes, Quantile] = {}


def table(shapes: Shapes) -> Quantile:
    """The quantiles of a gamma distribution of one shape, or of a beta of two. Raises ValueError."""
    if shapes not in _tables:
        _tables[shapes] = gamma_quantile(*shapes) if len(shapes) == 1 else beta_quantile(*shapes)
    return _tables[shapes]


def untabulated(distributions: Iterable[Distribution]) -> list[Shapes]:
    """The shapes of which this process has no table yet."""
    return sorted({d.shapes for d in distributions} - {()} - set(_tables))


def tabulate(shapes: list[Shapes], make: Callable[[], Iterable[Quantile]]) -> None:
    """Let tables be made, or take those that an earlier process kept. Raises ValueError."""
    _tables.update(kept("tables", repr(shapes), dict, lambda: dict(zip(shapes, make(), strict=True)), beside=True))


@lru_cache(maxsize=4096)
def _shares(of: Distribution) -> tuple[float, float]:
    """The part of (0, 1) that lies within the bounds, by bisection, for kinds without a distribution function here.

    A property of the distribution alone, so that no draw depends on the draws beside it. 0 and 1 where a bound cuts nothing off.
    """

    def share(x: float) -> float:
        lo, hi = 0.0, 1.0
        for _ in range(60):
            mid = (lo + hi) / 2
            lo, hi = (mid, hi) if float(of._quantile(np.float64(mid))) < x else (lo, mid)
        return (lo + hi) / 2

    low, high = of.bounds
    least, most = (float(of._quantile(np.float64(u))) for u in (2.0**-53, 1.0 - 2.0**-53))
    first = 0.0 if low is None or low <= least else share(low)
    last = 1.0 if high is None or high >= most else share(high)
    return first, last
