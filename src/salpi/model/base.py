"""Where a sector's stocks start: base values found through the plan's own links, never through an indicator's name.

An indicator says which output of the model it measures (``model.outputs``). Read the other way round, the plan says
what the world looked like before the run: the base of ``exports.biopharma`` is the latest yearly actual, not later
than the run's first year, of an indicator that measures exactly that output. Where several definitions measure it,
the one with the latest year is taken, then the one with the most observations in the last three years (the densest
series is the one kept up to date).

Units: the plan's home currency is written ``home`` in the sectors' declarations (``unit_of`` puts in the code of the
plan), the trade currency ``USD``. A value in the other currency is converted with the plan's own yearly rate of the
same year.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from salpi.units import currency, factor, same_dimension

if TYPE_CHECKING:
    from salpi.plan import Plan

HOME = "home"
TRADE = "USD"
RECENT_YEARS = 3


@dataclass(frozen=True)
class Base:
    """A starting value in the output's unit, the year in which it was seen, and the indicator that says so."""

    value: float
    year: int
    indicator: str


def unit_of(plan: Plan, unit: str) -> str:
    """A declared unit with the plan's currencies put in: ``home/L`` is ``KRW/L`` where the home currency is KRW."""
    codes = {HOME: plan.meta.currencies.home, TRADE: plan.meta.currencies.trade}
    return re.sub(r"[A-Za-z]+", lambda word: codes.get(word[0], word[0]), unit)


def start_year(start: int) -> int:
    """The calendar year of an absolute month."""
    return start // 12


def find_base(
    plan: Plan,
    output: str,
    year: int,
    unit: str = "",
    member: str | None = None,
    subjects: Iterable[str] = (),
    like: str | None = None,
) -> Base | None:
    """The base of one output: the latest yearly actual not after ``year``; None where the plan knows none.

    ``unit`` is the output's declared unit (``home``, ``USD`` or any other); ``member`` the member of its dim;
    ``subjects`` the names under which the observations may stand (the plan's subject where empty); ``like`` an indicator
    whose definition (the part after ``@``) goes before others of the same year.
    """
    best: tuple[int, bool, int] | None = None
    found: Base | None = None
    for name, indicator in plan.indicators.items():
        link = indicator.model
        if link is None or tuple(link.outputs) != (output,):
            continue
        if member is not None and link.member not in (None, member, *subjects):
            continue
        for subject in tuple(subjects) or (plan.meta.subject,):
            seen = [o for o in plan.series(name, subject) if o.period is not None and int(o.period[:4]) <= year]
            if not seen:
                continue
            at = int(str(seen[-1].period)[:4])
            dense = sum(1 for o in plan.observations if o.indicator == name and _recent(o.period, at))
            rank = (at, like is not None and _definition(name) == _definition(like), dense)
            if best is None or rank > best:
                value = converted(plan, seen[-1].value / link.scale, indicator.unit, unit, str(at))
                best, found = rank, Base(value, at, name)
    return found


def base_value(
    plan: Plan, output: str, year: int, unit: str = "", member: str | None = None, subjects: Iterable[str] = ()
) -> float | None:
    """The value of :func:`find_base` alone."""
    found = find_base(plan, output, year, unit, member, subjects)
    return None if found is None else found.value


def residual(plan: Plan, whole: str, parts: tuple[str, ...], year: int, unit: str = "") -> Base | None:
    """What its parts of the same year leave of a whole: never below 0; a part not known counts as 0.

    Parts of the whole's own definition go first: definitions are not mixed where that can be helped.
    """
    total = find_base(plan, whole, year, unit)
    if total is None:
        return None
    known = [find_base(plan, part, total.year, unit, like=total.indicator) for part in parts]
    return Base(max(total.value - math.fsum(k.value for k in known if k), 0.0), total.year, total.indicator)


def _definition(indicator: str) -> str:
    return indicator.partition("@")[2]


def _recent(period: str | None, year: int) -> bool:
    return period is not None and year - RECENT_YEARS < int(period[:4]) <= year


def converted(plan: Plan, value: float, unit: str, wanted: str, period: str) -> float:
    """A value in the wanted unit: scales (``thousand USD``) by the units, the plan's two currencies at the year's rate."""
    home, trade = plan.meta.currencies.home, plan.meta.currencies.trade
    target = unit_of(plan, wanted) if wanted else ""
    if not target or same_dimension(unit, target):
        return value * (factor(unit, target) if target else 1.0)
    pair = (currency(unit), currency(target))
    if pair not in ((home, trade), (trade, home)):
        return value
    rate = plan.rate(period)
    swapped = re.sub(rf"\b{pair[0]}\b", str(pair[1]), unit)
    scale = factor(swapped, target) if same_dimension(swapped, target) else 1.0
    return value * scale * rate if pair[1] == home else value * scale / rate


def in_trade(plan: Plan, value: float, unit: str, period: str | int) -> float:
    """A value in the plan's trade currency, at the rate of the year; one without a unit is already in it."""
    return converted(plan, value, unit or plan.meta.currencies.trade, TRADE, str(period))
