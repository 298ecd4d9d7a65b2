"""A forecast as an ensemble of paths, from the model or from a series' own trend, read at any period."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from salpi.decide.known import CUMULATIVE, total
from salpi.model.links import IndicatorRun
from salpi.plan.model import Plan
from salpi.plan.periods import Period

Array = NDArray[np.float64]
Basis = Literal["model", "trend"]

QUANTILES = {"p05": 0.05, "p10": 0.1, "p25": 0.25, "p50": 0.5, "p75": 0.75, "p90": 0.9, "p95": 0.95}
_LENGTH = {"month": 1, "quarter": 3, "half": 6}


@dataclass(frozen=True)
class Path:
    """``values`` (draw, year) in the indicator's unit; ``months`` (draw, month) where they are kept."""

    basis: Basis
    kind: str
    years: NDArray[np.int64]
    values: Array
    months: Array | None = None
    first_month: int = 0
    outputs: tuple[str, ...] = ()

    @staticmethod
    def of(found: IndicatorRun, kind: str) -> Path:
        return Path("model", kind, found.years, found.values, found.months, found.first_month, found.outputs)

    def year(self, year: int) -> Array | None:
        hit = np.flatnonzero(self.years == year)
        return self.values[:, int(hit[0])] if len(hit) else None

    def at(self, p: Period) -> Array | None:
        """Values (draw,) of a period; None where the paths do not reach it or are not fine enough."""
        if p.freq == "year":
            return self.year(p.year)
        if p.freq == "span":
            return None
        if self.months is not None:
            first = p.first_month if p.freq != "day" else p.last_month
            lo, hi = first - self.first_month, p.last_month + 1 - self.first_month
            return self._over(lo, hi) if lo >= 0 and hi <= self.months.shape[1] else None
        if p.end.month == 12 and self.kind in ("stock", "count", "rank", "flag"):
            return self.year(p.year)
        return None

    def _over(self, lo: int, hi: int) -> Array:
        assert self.months is not None
        part = self.months[:, lo:hi]
        if self.kind == "flow":
            return np.asarray(part.sum(axis=1))
        return np.asarray(part.mean(axis=1) if self.kind == "rate" else part[:, -1])


def quantiles(values: Array) -> dict[str, float]:
    found = np.quantile(values, list(QUANTILES.values()))
    return {name: float(q) for name, q in zip(QUANTILES, found, strict=True)}


@dataclass(frozen=True)
class Reading:
    """A path at a target's period: values (draw,), and the grid on which its date is looked for."""

    values: Array | None
    labels: tuple[str, ...]
    grid: Array  # (draw, label): value at each period, or the running sum of a span


def read(plan: Plan, path: Path, indicator: str, subject: str, by: Period | None) -> Reading:
    """A path at the target's period. Known years of a span are actual values, the others are simulated."""
    if by is not None and by.freq == "span" and path.kind in CUMULATIVE:
        return _span(plan, path, indicator, subject, by)
    end = by if by is None or by.freq != "span" else Period.parse(str(by.year))
    if end is not None and end.freq in _LENGTH and path.months is not None:
        labels, grid = _fine(plan, path, end.freq)
    else:
        labels, grid = _yearly(plan, path, indicator, subject)
    return Reading(None if end is None else path.at(end), labels, grid)


def _yearly(plan: Plan, path: Path, indicator: str, subject: str) -> tuple[tuple[str, ...], Array]:
    """The years after the last published one, not before the plan's own date."""
    rows = plan.series(indicator, subject)
    known = Period.parse(str(rows[-1].period)).year if rows else plan.as_of.year - 1
    ahead = path.years > max(known, plan.as_of.year - 2)
    return tuple(str(int(y)) for y in path.years[ahead]), path.values[:, ahead]


def _fine(plan: Plan, path: Path, freq: str) -> tuple[tuple[str, ...], Array]:
    assert path.months is not None
    length = _LENGTH[freq]
    now = 12 * plan.as_of.year + plan.as_of.month - 1
    first = now - now % length
    last = path.first_month + path.months.shape[1]
    starts = [m for m in range(first, last - length + 1, length) if m >= path.first_month]
    labels = tuple(_label(m, freq) for m in starts)
    columns = [path._over(m - path.first_month, m - path.first_month + length) for m in starts]
    return labels, np.stack(columns, axis=1) if columns else np.empty((path.values.shape[0], 0))


def _label(month: int, freq: str) -> str:
    year, m = divmod(month, 12)
    return {"month": f"{year}-{m + 1:02d}", "quarter": f"{year}-Q{m // 3 + 1}", "half": f"{year}-H{m // 6 + 1}"}[freq]


def _span(plan: Plan, path: Path, indicator: str, subject: str, by: Period) -> Reading:
    done, _, missing = total(plan, indicator, subject, by)
    parts = [path.year(y) for y in missing]
    whole = [p for p in parts if p is not None]
    values = done + np.sum(whole, axis=0) if len(whole) == len(parts) and parts else None
    if values is None:
        return Reading(None, (), np.empty((path.values.shape[0], 0)))
    running, level = [], np.full(path.values.shape[0], done)
    ahead = [int(y) for y in path.years if int(y) in missing or int(y) > by.end.year]
    for y in ahead:
        column = path.year(y)
        assert column is not None
        level = level + column
        running.append(level)
    return Reading(np.asarray(values), tuple(map(str, ahead)), np.stack(running, axis=1))


def met_in(values: Array, comparison: str, goal: float) -> NDArray[np.bool_]:
    """Draws that reach the goal."""
    slack = 1e-9 * max(abs(goal), 1e-300)
    return values >= goal - slack if comparison == ">=" else values <= goal + slack


@dataclass(frozen=True)
class Expected:
    """When the goal is first reached: periods, None where not within the horizon; ``within`` is the share of draws that do."""

    p05: str | None
    p50: str | None
    p95: str | None
    within: float
    horizon: str

    def to_json(self) -> dict[str, object]:
        return {"p05": self.p05, "p50": self.p50, "p95": self.p95, "within": self.within, "horizon": self.horizon}


def first_met(reading: Reading, comparison: str, goal: float) -> NDArray[np.int16]:
    """For each draw the first label at which the goal is reached, by its place; the number of labels where it never is."""
    if not reading.labels:
        return np.zeros(len(reading.grid), dtype=np.int16)
    hit = met_in(reading.grid, comparison, goal)
    return np.where(hit.any(axis=1), hit.argmax(axis=1), len(reading.labels)).astype(np.int16)


def when(counts: NDArray[np.int64], labels: tuple[str, ...]) -> Expected | None:
    """Quantiles over draws of the first period at which the goal is reached.

    ``counts``: draws by the place of that period among the labels, those that never reach it last.
    """
    if not labels:
        return None
    upto, n = np.cumsum(counts), int(counts.sum())

    def label(q: float) -> str | None:
        place = min(max(int(np.ceil(q * n)) - 1, 0), n - 1)
        i = int(np.searchsorted(upto, place, "right"))
        return labels[i] if i < len(labels) else None

    return Expected(label(0.05), label(0.5), label(0.95), float((n - counts[-1]) / n), labels[-1])


def expected(reading: Reading, comparison: str, goal: float) -> Expected | None:
    """Quantiles over draws of the first period at which the goal is reached; None without a period to look at."""
    first = first_met(reading, comparison, goal)
    return when(np.bincount(first, minlength=len(reading.labels) + 1), reading.labels)


def wilson(share: float, n: int, z: float = 1.959963984540054) -> tuple[float, float]:
    """95 % interval of a share of ``n`` draws: Monte Carlo error only. Source: Wilson, JASA 22 (1927) 209–212."""
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * float(np.sqrt(share * (1 - share) / n + z * z / (4 * n * n)))
    return max(0.0, min(centre - half, share)), min(1.0, max(centre + half, share))  # rounding never puts the share outside
