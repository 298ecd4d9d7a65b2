"""What is known of a target's series: published actual values, and what they prove."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from salpi.plan.model import POINT, Plan
from salpi.plan.periods import Period, is_period
from salpi.plan.schema import Indicator, Observation, Target
from salpi.units import factor, same_dimension

LEVELS = ("stock", "rank", "flag", "count", "rate")
"""Kinds whose value at a moment is meaningful; a flow has a length."""
LASTING = ("stock", "flag")
"""Kinds that have arrived once they have arrived."""
CUMULATIVE = ("flow", "count")
"""Kinds that add up over a span of years."""


@dataclass(frozen=True)
class Known:
    """A published value in its indicator's unit; ``stated`` is what its source says, where that is in another unit. ``sources``
    has several where it was added up.
    """

    value: float
    unit: str
    period: str | None
    source: str | None
    sources: tuple[str, ...] = ()
    qualifier: str = ""
    basis: str = "sourced"
    as_of: str | None = None
    stated: tuple[float, str] | None = None

    @staticmethod
    def of(plan: Plan, row: Observation) -> Known:
        """A row of one of the plan's series."""
        own = plan.stated(row)
        stated = None if own is row else (own.value, own.unit)
        return Known(row.value, row.unit, row.period, row.source, (row.source,), row.qualifier, row.basis, row.as_of, stated)

    def to_json(self) -> dict[str, object]:
        return {
            "value": self.value,
            "unit": self.unit,
            "period": self.period,
            "source": self.source,
            "qualifier": self.qualifier,
            "basis": self.basis,
            "as_of": self.as_of,
            "stated": {"value": self.stated[0], "unit": self.stated[1]} if self.stated else None,
        }


def meets(value: float, comparison: str, goal: float) -> bool:
    """Whether a value reaches a goal; equal is enough, rounding of floats does not decide."""
    slack = 1e-9 * max(abs(goal), 1e-300)
    return value >= goal - slack if comparison == ">=" else value <= goal + slack


def deadline(text: str | None) -> Period | None:
    """A target's period; None where it has none (``unknown``)."""
    return Period.parse(text) if text is not None and is_period(text) else None


def in_unit(target: Target, unit: str) -> Target | None:
    """The target in its indicator's unit; None where the two do not fit."""
    if target.unit == unit:
        return target
    if not same_dimension(target.unit, unit):
        return None
    return target.but(value=target.value * factor(target.unit, unit), unit=unit)


def at(plan: Plan, indicator: str, subject: str, period: str) -> Known | None:
    """The latest vintage of the actual point value of exactly this period."""
    rows = [o for o in plan.vintages(indicator, subject, period) if o.status == "actual" and o.qualifier in POINT]
    return Known.of(plan, rows[-1]) if rows else None


def total(plan: Plan, indicator: str, subject: str, span: Period) -> tuple[float, tuple[Observation, ...], tuple[int, ...]]:
    """Over a span of years: the sum of the known years, their rows, and the years that are not known."""
    rows = {Period.parse(str(o.period)).year: o for o in plan.series(indicator, subject)}
    wanted = range(span.start.year, span.end.year + 1)
    have = tuple(rows[y] for y in wanted if y in rows)
    return sum(o.value for o in have), have, tuple(y for y in wanted if y not in rows)


@dataclass(frozen=True)
class Outcome:
    """What a closed target came to, or what an open one has already reached."""

    met: bool
    known: Known


def outcome(plan: Plan, indicator: str, subject: str, by: Period, comparison: str, goal: float) -> Outcome | None:
    """The outcome at a target's own period, from actual values only; None where none was published."""
    body = plan.indicators[indicator]
    exact = at(plan, indicator, subject, by.text)
    if exact is not None:
        return Outcome(meets(exact.value, comparison, goal), exact)
    if by.freq == "span" and body.kind in CUMULATIVE:
        value, rows, missing = total(plan, indicator, subject, by)
        if missing or not rows:
            return None
        sources = tuple(dict.fromkeys(o.source for o in rows))
        known = Known(value, body.unit, by.text, sources[-1], sources, "", "derived", rows[-1].as_of)
        return Outcome(meets(value, comparison, goal), known)
    proof = _proof(plan, indicator, subject, by.text, comparison, goal)
    if proof is not None:
        return proof
    if body.kind not in LEVELS:
        return None
    end = _level_at(plan, indicator, subject, by, body)
    if end is None:
        return None
    met = meets(end.value, comparison, goal)
    arrived = met and comparison == ">="  # what stands there before the end stands there at the end
    return Outcome(met, Known.of(plan, end)) if arrived or Period.parse(str(end.period)).end == by.end else None


def _proof(plan: Plan, indicator: str, subject: str, period: str, comparison: str, goal: float) -> Outcome | None:
    """A bound may decide: "over 1,000" meets a goal of 900."""
    for row in reversed(plan.vintages(indicator, subject, period)):
        if row.status != "actual" or row.qualifier in POINT:
            continue
        lower = row.qualifier in ("over", "at_least")
        reached = meets(row.value, comparison, goal)
        if lower == (comparison == ">=") and reached:
            return Outcome(True, Known.of(plan, row))
        if lower != (comparison == ">=") and not reached:
            return Outcome(False, Known.of(plan, row))
    return None


def _level_at(plan: Plan, indicator: str, subject: str, by: Period, body: Indicator) -> Observation | None:
    """A level at the end of the period: the last value published for a time within it."""
    found = []
    for row in plan.converted:
        if (row.indicator, row.subject) != (indicator, subject) or row.status != "actual" or row.qualifier not in POINT:
            continue
        if row.period is None:
            continue
        p = Period.parse(row.period)
        within = p.end <= by.end and p.end >= by.start
        ends_with = p.end == by.end and p.freq in ("year", "quarter", "half")
        if (body.kind in LASTING and within) or ends_with:
            found.append((p.end, p.start, row.as_of or "", row))
    return max(found, key=lambda f: f[:3])[3] if found else None


def reached(plan: Plan, indicator: str, subject: str, by: Period | None, comparison: str, goal: float) -> Outcome | None:
    """What an open target has already reached for good: a stock that is there, a span whose known years suffice.

    Never an upper limit: what lies below it today may lie above it on the day that counts.
    """
    body = plan.indicators[indicator]
    if comparison != ">=":
        return None
    if by is not None and by.freq == "span" and body.kind in CUMULATIVE:
        value, rows, _ = total(plan, indicator, subject, by)
        if rows and meets(value, comparison, goal):
            sources = tuple(dict.fromkeys(o.source for o in rows))
            text = f"{rows[0].period}/{rows[-1].period}" if len(rows) > 1 else str(rows[0].period)
            return Outcome(True, Known(value, body.unit, text, sources[-1], sources, "", "derived", rows[-1].as_of))
        return None
    last = plan.latest(indicator, subject)
    if body.kind in LASTING and last is not None and meets(last.value, comparison, goal):
        return Outcome(True, Known.of(plan, last))
    return None


def stretch(plan: Plan, indicator: str, subject: str) -> tuple[Observation, ...]:
    """Yearly actual points after the last break in the series, in order: values that may be compared with one another."""
    body = plan.indicators[indicator]
    rows = plan.series(indicator, subject)
    if not rows:
        return ()
    cuts = [Period.parse(b).start for b in body.breaks]
    first = 0
    for i, (a, b) in enumerate(pairwise(rows), start=1):
        start_a, start_b = Period.parse(str(a.period)).start, Period.parse(str(b.period)).start
        if any(start_a < cut <= start_b for cut in cuts):
            first = i
    return rows[first:]


def pulses(body: Indicator, first: Period, last: Period) -> tuple[str, ...]:
    """Known pulses that touch a stretch of time: it is no trend there."""
    return tuple(s for s in body.shocks if Period.parse(s).start <= last.end and Period.parse(s).end >= first.start)
