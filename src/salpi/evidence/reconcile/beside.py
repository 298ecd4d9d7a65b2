"""What the checks of plausibility share: known points, amounts in one unit, the conflict that a check gives."""

from __future__ import annotations

import math
from collections.abc import Iterable

from salpi.evidence.reconcile.agree import apart, fits
from salpi.evidence.reconcile.known import Fact, Known
from salpi.plan.model import POINT
from salpi.plan.periods import Period
from salpi.plan.reconcile import Conflict, Kind, conflict
from salpi.plan.schema import Observation


def points(facts: Iterable[Fact], *statuses: str) -> list[Fact]:
    """Point values of some statuses, without targets."""
    return [fact for fact in facts if fact.row.status in statuses and fact.row.qualifier in POINT and fact.target is None]


def in_unit(known: Known, row: Observation, unit: str, period: Period | None) -> float:
    """A value in another unit, or in the plan's other currency at the mean rate of its period's year; else not a number."""
    year = period.year if period is not None else known.plan.as_of.year
    found = known.plan.conversion.value(row.value, row.unit, unit, year) if row.unit != unit else row.value
    return float("nan") if found is None else found


def converts(known: Known, fact: Fact, unit: str) -> bool:
    """Whether a fact can be put in a unit: no rate of its year is missing."""
    return fits(known.plan, unit, fact.row.unit) and not math.isnan(in_unit(known, fact.row, unit, fact.period))


def money(known: Known, fact: Fact, unit: str) -> float:
    """A fact's amount in a unit, not a number where it is no money."""
    return in_unit(known, fact.row, unit, fact.period) if fits(known.plan, unit, fact.row.unit) else float("nan")


def flag(known: Known, kind: Kind, row: Observation, facts: list[Fact], mark: str, gap: float | None = None) -> Conflict:
    """A claim beside the facts with which it looks odd; ``mark`` names the check, ``gap`` is the widest unless given."""
    period = Period.parse(row.period) if row.period else None
    if gap is None:
        gap = max((apart(known.plan, row, fact.row, fact.period) or 0.0) for fact in facts)
    rows = [row, *(fact.row for fact in facts)]
    return conflict(known.plan, kind, row.indicator, row.subject, period, rows, gap, mark, known.sources)
