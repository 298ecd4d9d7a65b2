"""What an ensemble says of a target, from a whole run or from shards: the same bytes, and never all draws at once.

A `Question` is what a target asks of the draws; `Seen` is what some draws say; `Gathered` puts any parts together: counts
and exact quantiles. What values move with is told from the first HEAD draws.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from salpi.decide.known import deadline
from salpi.decide.path import QUANTILES, Basis, Expected, Path, first_met, met_in, read, when
from salpi.decide.trend import Trend, trend
from salpi.engine.quantiles import Quantiles
from salpi.model.run import Run
from salpi.plan.model import Plan
from salpi.plan.periods import Period

if TYPE_CHECKING:
    from salpi.decide.rests import Drivers

Array = NDArray[np.float64]
HEAD = 16_384
"""Draws from which it is told what values move with: a rank correlation is then known to about 0.01."""
CHUNK = 16_384
"""Draws of a trend made at once."""


@dataclass(frozen=True)
class Question:
    """An indicator of a subject, at a target's period (its text), against a goal in the indicator's unit."""

    indicator: str
    subject: str
    by: str | None
    comparison: str
    goal: float

    @property
    def period(self) -> Period | None:
        return deadline(self.by)


@dataclass(frozen=True)
class Seen:
    """What some draws say: values (draw,) at the period where the paths tell it, and the place of the first label that meets."""

    basis: Basis
    outputs: tuple[str, ...]
    years: tuple[int, int]
    labels: tuple[str, ...]
    values: Array | None
    first: NDArray[np.int16]

    @staticmethod
    def of(plan: Plan, path: Path, asked: Question) -> Seen:
        reading = read(plan, path, asked.indicator, asked.subject, asked.period)
        years = int(path.years[0]), int(path.years[-1])
        first = first_met(reading, asked.comparison, asked.goal)
        return Seen(path.basis, path.outputs, years, reading.labels, reading.values, first)


@dataclass(frozen=True)
class Told:
    """Of the values at the period: the share of draws that meet the goal, quantiles, and the values of the first draws."""

    share: float
    bands: Mapping[str, float]
    head: Array


@dataclass(frozen=True)
class Outlook:
    """What all draws say; ``told`` is None where the paths do not tell the period."""

    basis: Basis
    outputs: tuple[str, ...]
    years: tuple[int, int]
    draws: int
    told: Told | None
    expected: Expected | None


class Gathered:
    """Puts the parts of one question together, in any order."""

    def __init__(self, asked: Question, draws: int) -> None:
        self.asked, self.draws, self.met = asked, draws, 0
        self._like: Seen | None = None
        self._silent = False
        self._counts = np.zeros(0, dtype=np.int64)
        self._quantiles = Quantiles(draws, 1, tuple(QUANTILES.values()))
        self._head = np.empty(min(draws, HEAD))

    def add(self, first: int, seen: Seen | None) -> None:
        """What the draws from ``first`` on say; None where the model says nothing in one of them, and so in none."""
        if seen is None or self._silent:
            self._silent = True
            return
        if self._like is None:
            self._like = seen
            self._counts = np.zeros(len(seen.labels) + 1, dtype=np.int64)
        self._counts += np.bincount(seen.first, minlength=len(self._counts))
        values = seen.values
        if values is not None:
            self.met += int(met_in(values, self.asked.comparison, self.asked.goal).sum())
            self._quantiles.add(first, values[:, None])
            if first < len(self._head):
                self._head[first : first + len(values)] = values[: len(self._head) - first]

    def result(self) -> Outlook | None:
        """None where the model says nothing. Raises Missed (see `engine/quantiles.py`)."""
        like = None if self._silent else self._like
        if like is None:
            return None
        told = None
        if like.values is not None:
            bands = dict(zip(QUANTILES, map(float, self._quantiles.result()[:, 0]), strict=True))
            told = Told(self.met / self.draws, bands, self._head)
        return Outlook(like.basis, like.outputs, like.years, self.draws, told, when(self._counts, like.labels))


class Futures(Protocol):
    """Whom a judge asks."""

    spec: Mapping[str, Any]

    def model(self, asked: Question) -> Outlook | None:
        """What the model says; None where it has nothing on the indicator."""

    def trend(self, asked: Question) -> tuple[Outlook, Trend] | None:
        """What the series' own trend says; None where it has too few points."""

    def drivers(self) -> Drivers:
        """Names what values move with."""


class Trends:
    """The trends of a plan's series, over as many draws as an ensemble has; chunk by chunk."""

    def __init__(self, plan: Plan, draws: int, seed: int, end: int) -> None:
        self.plan, self.draws, self.seed, self.end = plan, draws, seed, end
        self._made: dict[tuple[str, str, int], Trend | None] = {}

    def of(self, asked: Question) -> tuple[Outlook, Trend] | None:
        gathered, found = Gathered(asked, self.draws), None
        for first in range(0, self.draws, CHUNK):
            found = self._part(asked.indicator, asked.subject, first)
            if found is None:
                return None
            gathered.add(first, Seen.of(self.plan, found.path, asked))
        outlook = gathered.result()
        return None if outlook is None or found is None else (outlook, found)

    def _part(self, indicator: str, subject: str, first: int) -> Trend | None:
        key = indicator, subject, first
        if key not in self._made:
            n = min(CHUNK, self.draws - first)
            made = trend(self.plan, indicator, subject, n, self.seed, self.end, first)
            if self.draws > CHUNK and made is not None:
                return made  # of many draws none is kept
            self._made[key] = made
        return self._made[key]


class OfRun:
    """The futures of a run that is there as a whole."""

    def __init__(self, plan: Plan, run: Run) -> None:
        self.plan, self.run, self.spec = plan, run, run.spec
        self._trends = Trends(plan, int(run.spec["draws"]), int(run.spec["seed"]), int(run.years[-1]))

    def model(self, asked: Question) -> Outlook | None:
        path = path_of(self.plan, self.run, asked)
        if path is None:
            return None
        gathered = Gathered(asked, len(path.values))
        gathered.add(0, Seen.of(self.plan, path, asked))
        return gathered.result()

    def trend(self, asked: Question) -> tuple[Outlook, Trend] | None:
        return self._trends.of(asked)

    def drivers(self) -> Drivers:
        from salpi.decide.rests import Drivers

        return Drivers(self.run, HEAD)


def path_of(plan: Plan, run: Run, asked: Question) -> Path | None:
    """The model's path of what is asked for."""
    found = run.indicator(asked.indicator, asked.subject)
    return None if found is None else Path.of(found, plan.indicators[asked.indicator].kind)


def years_of(asked: Iterable[Question]) -> tuple[int, ...]:
    """The years of the targets' periods: those in which is looked for what values move with."""
    return tuple(sorted({p.year for q in asked if (p := q.period) is not None}))
