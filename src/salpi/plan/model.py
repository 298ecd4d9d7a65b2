"""A plan in memory: what the folder says, indexed, frozen; and the plan as it stood at an earlier date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Literal

from salpi.plan.conversion import Conversion
from salpi.plan.files import Texts
from salpi.plan.periods import Period
from salpi.plan.problems import nearest
from salpi.plan.schema import (
    Approval,
    Bid,
    Candidate,
    Check,
    Cluster,
    Company,
    Deal,
    Indicator,
    Measure,
    Observation,
    Parameter,
    PipelineCount,
    PlanFile,
    Plant,
    Product,
    ReferenceBiologic,
    ScenarioFile,
    Source,
    Status,
    Target,
)
from salpi.units import ExchangeRates

Freq = Literal["year", "half", "quarter", "month"]
Kind = Literal["indicator", "source", "target", "measure", "parameter", "scenario", "owner", "strategy", "subject"]

_CONFIDENCE = {"high": 3, "medium": 2, "": 1, "low": 0}
_BASIS = {"sourced": 3, "derived": 2, "unverified": 1, "assumption": 0}
POINT = ("", "about")
"""Qualifiers of point values; the others are bounds."""


@dataclass(frozen=True)
class Atlas:
    """Entities: rows of ``atlas/*.csv``; a file that is absent is an empty tuple."""

    plants: tuple[Plant, ...] = ()
    products: tuple[Product, ...] = ()
    references: tuple[ReferenceBiologic, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    pipelines: tuple[PipelineCount, ...] = ()
    companies: tuple[Company, ...] = ()
    clusters: tuple[Cluster, ...] = ()
    deals: tuple[Deal, ...] = ()
    approvals: tuple[Approval, ...] = ()
    bids: tuple[Bid, ...] = ()


@dataclass(frozen=True)
class Origins:
    """Where in the folder each thing stands: (kind, id or row) → file and path in it."""

    texts: Texts = field(default_factory=Texts)
    places: Mapping[tuple[str, str | int], tuple[str, tuple[str | int, ...]]] = field(default_factory=dict)

    def where(self, kind: str, key: str | int, *path: str | int) -> tuple[str, int | None]:
        """File and line of a thing, or of a key in it."""
        file, start = self.places[kind, key]
        return file, self.texts.line(file, *start, *path)


@dataclass(frozen=True)
class Plan:
    """A national strategy as data. Made by ``load_plan``; ``hash`` covers the whole content of the folder.

    ``as_of`` is the date of knowledge: ``meta.as_of``, or the earlier date that was asked for.
    """

    id: str
    root: Path
    meta: PlanFile
    indicators: dict[str, Indicator]
    sources: dict[str, Source]
    observations: tuple[Observation, ...]
    targets: dict[str, Target]
    measures: dict[str, Measure]
    parameters: dict[str, Parameter]
    sector_of: dict[str, str]
    scenarios: dict[str, ScenarioFile]
    checks: tuple[Check, ...]
    atlas: Atlas
    hash: str
    as_of: date
    origins: Origins = field(default_factory=Origins, repr=False, compare=False)
    laid: frozenset[Observation] = frozenset()  # those of the observations that were laid on top of the folder's own

    def __repr__(self) -> str:
        return (
            f"Plan({self.id!r} {self.meta.version}, as of {self.as_of}: {len(self.targets)} targets, "
            f"{len(self.measures)} measures, {len(self.observations)} observations, {len(self.parameters)} parameters)"
        )

    @cached_property
    def conversion(self) -> Conversion:
        """Puts values in the units of this plan's indicators, at its exchange rates."""
        return Conversion(self.indicators, self.rates, self.as_of.year)

    @cached_property
    def converted(self) -> tuple[Observation, ...]:
        """The observations in their indicators' units; one that no exchange rate converts is left out."""
        return tuple(found for row in self.observations if (found := self.conversion.of(row)) is not None)

    @cached_property
    def _stated(self) -> dict[int, Observation]:
        """By identity: what was converted, as its source states it."""
        of = self.conversion.of
        converted = (row for row in self.observations if of(row) is not None)
        return {id(found): row for found, row in zip(self.converted, converted, strict=True) if found is not row}

    def stated(self, row: Observation) -> Observation:
        """A row of a series as its source states it, in the source's own unit."""
        return self._stated.get(id(row), row)

    @cached_property
    def _index(self) -> dict[tuple[str, str], list[tuple[Period, Observation]]]:
        index: dict[tuple[str, str], list[tuple[Period, Observation]]] = {}
        for row in self.converted:
            if row.period is not None:
                index.setdefault((row.indicator, row.subject), []).append((Period.parse(row.period), row))
        for rows in index.values():
            rows.sort(key=_by_vintage)
        return index

    def series(
        self, indicator: str, subject: str | None = None, status: Status = "actual", freq: Freq = "year"
    ) -> tuple[Observation, ...]:
        """Point values by period, one each, in the indicator's unit: the latest vintage known, the more certain where these tie.

        ``subject`` is the plan's own unless given. Bounds ("over 1,000") are no point values and are left out.
        """
        best: dict[Period, Observation] = {}
        for period, row in self._index.get((indicator, subject or self.meta.subject), ()):
            if period.freq == freq and row.status == status and row.qualifier in POINT:
                best[period] = row
        return tuple(best.values())

    def latest(self, indicator: str, subject: str | None = None) -> Observation | None:
        """The latest actual: of a flow the latest year, of a stock, rank, rate, count or flag the latest of any length."""
        known = self.indicators.get(indicator)
        if known is None or known.kind == "flow":
            years = self.series(indicator, subject)
            return years[-1] if years else None
        rows = [
            (period.end, *_by_vintage((period, row)), row)
            for period, row in self._index.get((indicator, subject or self.meta.subject), ())
            if row.status == "actual" and row.qualifier in POINT
        ]
        return max(rows, key=lambda entry: entry[:-1])[-1] if rows else None

    def vintages(self, indicator: str, subject: str | None, period: str) -> tuple[Observation, ...]:
        """All values given for one period, in the order in which they became known."""
        wanted = Period.parse(period)
        rows = self._index.get((indicator, subject or self.meta.subject), ())
        return tuple(row for at, row in rows if at == wanted and at.freq == wanted.freq)

    @cached_property
    def aims(self) -> frozenset[tuple[str, str]]:
        """Family and subject of each target in force."""
        from salpi.plan.compare import family

        standing = (target for target in self.targets.values() if target.superseded_by is None)
        return frozenset((family(target.indicator), target.subject or self.meta.subject) for target in standing)

    @cached_property
    def rates(self) -> ExchangeRates:
        """Yearly exchange rates of the plan's currencies, from its own observations."""
        money = self.meta.currencies
        own = [(Period.parse(row.period), row) for row in self.observations if row.indicator == money.rates and row.period]
        rows = [
            (period, row)
            for period, row in sorted(own, key=_by_vintage)
            if period.freq == "year" and row.subject == self.meta.subject and row.status == "actual" and row.qualifier in POINT
        ]
        table = [(period.year, row.value, row.source) for period, row in rows]
        return ExchangeRates.of(money.home, money.trade, table)

    def rate(self, period: str | int) -> float:
        """Home per trade currency in the year in which ``period`` ends, or else in the nearest earlier year.

        Raises LookupError where no rate of that year or before is known.
        """
        return self.rates.rate(Period.parse(str(period)).year)

    @cached_property
    def subjects(self) -> tuple[str, ...]:
        """Every entity that an observation speaks of, the plan's own first."""
        return tuple(dict.fromkeys((self.meta.subject, *(row.subject for row in self.observations))))

    def nearest(self, kind: Kind, text: str) -> str | None:
        """The plan's id most like ``text``, or None."""
        choices: dict[str, Iterable[str]] = {
            "indicator": self.indicators,
            "source": self.sources,
            "target": self.targets,
            "measure": self.measures,
            "parameter": self.parameters,
            "scenario": self.scenarios,
            "owner": self.meta.owners,
            "strategy": self.meta.strategies,
            "subject": self.subjects,
        }
        return nearest(text, choices[kind])


def _by_vintage(entry: tuple[Period, Observation]) -> tuple[Period, date, int, int, str, float]:
    """Order of one indicator's rows: period, then what was known later, then what is more certain."""
    period, row = entry
    known = Period.parse(row.as_of).end if row.as_of else date.min
    return period, known, _CONFIDENCE[row.confidence], _BASIS[row.basis], row.source, row.value
