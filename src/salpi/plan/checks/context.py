"""What a check may look at, and how it says what it found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from salpi.plan.model import Plan
from salpi.plan.periods import Period, PeriodError
from salpi.plan.problems import Problem, nearest
from salpi.plan.schema import UNKNOWN
from salpi.units import UnitError
from salpi.units import check as check_unit

Place = tuple[str, str | int]
"""(kind, id or row): a thing in the plan."""


@dataclass(frozen=True)
class Context:
    """A plan under check. ``known`` adds ids whose bodies are broken, so that one fault is told once.

    ``channels`` (a mapping: with their units), ``outputs`` and ``sectors`` are the model's; None where not known, and then
    not checked. ``unread`` are kinds of which a file is missing or cannot be read: what names one of these may be right.
    ``partial``: something of the plan could not be read, so that what is not there may only be unread.
    """

    plan: Plan
    known: Mapping[str, set[str]] = field(default_factory=dict)
    channels: frozenset[str] | Mapping[str, str] | None = None
    outputs: frozenset[str] | None = None
    sectors: tuple[str, ...] | None = None
    unread: frozenset[str] = frozenset()
    partial: bool = False

    @cached_property
    def ids(self) -> dict[str, frozenset[str]]:
        """All ids of a kind, the broken ones too."""
        plan = self.plan
        own: dict[str, Iterable[str]] = {
            "indicator": plan.indicators,
            "source": plan.sources,
            "target": plan.targets,
            "measure": plan.measures,
            "parameter": plan.parameters,
            "scenario": plan.scenarios,
            "owner": plan.meta.owners,
            "strategy": plan.meta.strategies,
            "company": (row.id for row in plan.atlas.companies),
            "cluster": (row.id for row in plan.atlas.clusters),
            "reference": (row.id for row in plan.atlas.references),
            "channel": self.channels or (),
            "output": self.outputs or (),
            "sector": self.sectors or (),
        }
        return {kind: frozenset(ids) | self.known.get(kind, set()) for kind, ids in own.items()}

    def problem(
        self, place: Place, path: tuple[str | int, ...], what: str, why: str = "", mend: str = "", **more: Any
    ) -> Problem:
        """A problem at a key of a thing."""
        file, line = self.plan.origins.where(place[0], place[1], *path)
        return Problem(file, line, what, why, mend, **more)

    def refer(self, place: Place, path: tuple[str | int, ...], kind: str, id: str) -> Iterable[Problem]:
        """A problem if no ``kind`` has that id."""
        if id not in self.ids[kind] and kind not in self.unread:
            what = f"{kind} '{id}' is unknown"
            yield self.problem(place, path, what, "", _HOME.get(kind, ""), nearest=nearest(id, self.ids[kind]))

    def unit(self, place: Place, path: tuple[str | int, ...], unit: str) -> Iterable[Problem]:
        """A problem if the unit is unknown."""
        try:
            check_unit(unit)
        except UnitError as error:
            yield self.problem(place, path, str(error), "", "write a unit such as KRW, USD/yr, %, persons", nearest=error.nearest)

    def period(self, place: Place, path: tuple[str | int, ...], text: str | None) -> Iterable[Problem]:
        """A problem if the text is neither a period nor ``unknown`` nor absent."""
        try:
            when(text)
        except PeriodError as error:
            yield self.problem(place, path, f"`{path[-1]}` {text!r} is no period", "", str(error).partition(": ")[2])


_HOME = {
    "indicator": "define it in indicators.yaml or name one that is there",
    "source": "define it in sources.yaml or name one that is there",
    "target": "name a target of targets.yaml",
    "measure": "name a measure of measures/",
    "parameter": "define it in parameters/ or name one that is there",
    "owner": "define it under `owners` of plan.yaml",
    "strategy": "define it under `strategies` of plan.yaml",
    "company": "add it to atlas/companies.csv",
    "cluster": "add it to atlas/clusters.csv",
    "reference": "add it to atlas/references.csv",
    "channel": "name a channel of the model",
    "output": "name an output of the model",
    "sector": "name a sector of the model",
}


def when(text: str | None) -> Period | None:
    """The period; None where absent or unknown. Raises PeriodError."""
    return None if text is None or text == UNKNOWN else Period.parse(text)


def sound(text: str | None) -> Period | None:
    """The period; None where absent, unknown or no period (which another check tells)."""
    try:
        return when(text)
    except PeriodError:
        return None


def known_unit(unit: str) -> bool:
    """Whether the unit is known (another check tells where not)."""
    try:
        check_unit(unit)
    except UnitError:
        return False
    return True
