"""Pace: the yearly change that a target asks for, and the one that its series has shown.

Money and other levels grow by a compound rate, percent a year: ``(goal / value)^(1 / years) − 1``. Ranks, shares, days and
counts move by so much a year: ``(goal − value) / years``. A target over a span of years asks for an amount a year.
"""

from __future__ import annotations

from dataclasses import dataclass

from salpi.decide import words
from salpi.decide.known import CUMULATIVE, Known, pulses, stretch, total
from salpi.plan.model import Plan
from salpi.plan.periods import Period
from salpi.plan.schema import Indicator

POINTS = 5
"""The pace seen is that of the last so many yearly figures."""
_ABSOLUTE_UNITS = ("%", "percent", "points", "rank", "day", "month", "count", "flag", "share", "probability", "ratio")


@dataclass(frozen=True)
class Pace:
    """``unit`` is ``%/yr`` for compound growth, else the indicator's unit a year. None: cannot be said."""

    unit: str
    from_now: float | None = None
    from_baseline: float | None = None
    seen: float | None = None
    seen_from: str | None = None
    seen_to: str | None = None
    pulses: tuple[str, ...] = ()

    def needed_json(self) -> dict[str, object]:
        return {"from_now": self.from_now, "from_baseline": self.from_baseline, "unit": self.unit}


def is_absolute(body: Indicator) -> bool:
    """Whether the indicator moves by so much a year, and not by a rate."""
    return body.kind in ("rate", "rank", "count", "flag") or words.singular(body.unit) in _ABSOLUTE_UNITS


def pace(
    plan: Plan, indicator: str, subject: str, goal: float, by: Period | None, baseline: Known | None, latest: Known | None
) -> Pace:
    """All paces of a target in one unit; ``goal`` in the indicator's unit."""
    body = plan.indicators[indicator]
    if by is not None and by.freq == "span" and body.kind in CUMULATIVE:
        return _amounts(plan, indicator, subject, goal, by)
    values = [k.value for k in (baseline, latest) if k is not None]
    absolute = is_absolute(body) or goal <= 0 or any(v <= 0 for v in values)
    unit = f"{body.unit.removesuffix('/yr')}/yr" if absolute else "%/yr"
    rows = stretch(plan, indicator, subject)[-POINTS:]
    seen: float | None = None
    first: str | None = None
    last: str | None = None
    touched: tuple[str, ...] = ()
    if len(rows) > 1 and (absolute or all(o.value > 0 for o in rows)):
        a, b = Period.parse(str(rows[0].period)), Period.parse(str(rows[-1].period))
        seen = rate(rows[0].value, rows[-1].value, years(a, b), absolute)
        first, last, touched = str(rows[0].period), str(rows[-1].period), pulses(body, a, b)
    return Pace(unit, _needed(latest, goal, by, absolute), _needed(baseline, goal, by, absolute), seen, first, last, touched)


def rate(value: float, goal: float, span: float, absolute: bool) -> float | None:
    """Change a year over ``span`` years, absolute or in percent."""
    if span <= 0:
        return None
    if absolute:
        return (goal - value) / span
    return float(100.0 * ((goal / value) ** (1.0 / span) - 1.0)) if value > 0 and goal > 0 else None


def years(a: Period, b: Period) -> float:
    """Years from the end of one period to the end of another; between calendar years a whole number."""
    return (b.last_month - a.last_month) / 12.0


def _needed(start: Known | None, goal: float, by: Period | None, absolute: bool) -> float | None:
    if start is None or start.period is None or by is None:
        return None
    return rate(start.value, goal, years(Period.parse(start.period), by), absolute)


def _amounts(plan: Plan, indicator: str, subject: str, goal: float, by: Period) -> Pace:
    """A sum over a span: what is left a year, what the whole asks a year, what the known years brought."""
    done, rows, missing = total(plan, indicator, subject, by)
    unit = f"{plan.indicators[indicator].unit.removesuffix('/yr')}/yr"
    count = by.end.year - by.start.year + 1
    last = max((Period.parse(str(o.period)).year for o in rows), default=by.start.year - 1)
    ahead = [y for y in missing if y > last]
    from_now = max(goal - done, 0.0) / len(ahead) if ahead else None
    seen = stretch(plan, indicator, subject)[-POINTS:]
    return Pace(
        unit,
        from_now,
        goal / count,
        sum(o.value for o in seen) / len(seen) if seen else None,
        str(seen[0].period) if seen else None,
        str(seen[-1].period) if seen else None,
        pulses(plan.indicators[indicator], Period.parse(str(seen[0].period)), Period.parse(str(seen[-1].period))) if seen else (),
    )
