"""A value far from those around it in its series is a slip of scale: millions for units, a fraction for percents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from salpi.plan.checks.context import Context, known_unit
from salpi.plan.checks.neighbours import ENOUGH, Among, about, among, pulses, series, told
from salpi.plan.problems import Problem
from salpi.units import factor, same_dimension

FAR = 300.0
"""A thousand times off, told early: the values around have a trend of their own."""
STEADY = 10.0
"""Values that lie further apart than this among themselves say nothing of another."""
LEAST_PERCENT = 5.0
"""Percents from which a value of at most 1 beside them is likely to be a fraction."""


def check_scale(c: Context) -> Iterator[Problem]:
    """No value lies a thousand times off its neighbours."""
    for one in far_off(c):
        unit = c.plan.indicators[one.row.indicator].unit
        why = f"the values around it are near {about(one.usual)} {unit}"
        mend = f"write it out in {unit}, or list '{one.row.period}' under `shocks` of the indicator if it is so"
        yield c.problem(("observation", one.at), (), _what(one), why, mend, level=_level(one))


def check_fractions(c: Context) -> Iterator[Problem]:
    """No value in percent is written as a fraction."""
    for one in among(c):
        if c.plan.indicators[one.row.indicator].unit == "%" and one.steady(3.0) and _fraction(one.value, one.usual):
            why = f"the values around it are near {about(one.usual)} %"
            mend = f"write {told(100 * one.value)} if a fraction was meant"
            yield c.problem(("observation", one.at), (), _what(one), why, mend, level=_level(one))


def check_target_scale(c: Context) -> Iterator[Problem]:
    """No target lies a thousand times off the latest figure, or is a fraction of it in percent."""
    off = {one.at for one in far_off(c)}
    years = {}
    for (id, subject, freq), found in series(c).items():
        sure = [one for one in found if one[1] not in off and one[2].period not in pulses(c, id)]
        if freq == "year" and sure:
            years[id, subject] = max(sure, key=lambda one: one[0])
    for id, target in c.plan.targets.items():
        indicator = c.plan.indicators.get(target.indicator)
        period, _, _, known = years.get((target.indicator, target.subject or c.plan.meta.subject), (None, 0, None, 0.0))
        if indicator is None or period is None or target.value == 0:
            continue
        if not (known_unit(target.unit) and same_dimension(target.unit, indicator.unit)):
            continue
        value = abs(target.value * factor(target.unit, indicator.unit))
        if not 1 / FAR < value / known < FAR or (indicator.unit == "%" and _fraction(value, known)):
            what = f"`value` {told(target.value)} {target.unit} is far from the latest figure"
            why = f"'{target.indicator}' {period} is {told(known)} {indicator.unit}"
            yield c.problem(("target", id), ("value",), what, why, f"write it out in {target.unit}", level="warning")


def far_off(c: Context) -> Iterator[Among]:
    """Values a thousand times off those around them, which agree; exchange rates have a check of their own."""
    for one in among(c):
        if one.row.indicator != c.plan.meta.currencies.rates and one.steady(STEADY) and not 1 / FAR < one.value / one.usual < FAR:
            yield one


def _fraction(value: float, usual: float) -> bool:
    return value <= 1 and usual >= LEAST_PERCENT and usual / 3 < 100 * value < 3 * usual


def _what(one: Among) -> str:
    return f"'{one.row.indicator}' {one.row.subject} {one.row.period} is {told(one.row.value)} {one.row.unit}"


def _level(one: Among) -> Literal["error", "warning"]:
    return "error" if len(one.around) >= ENOUGH else "warning"
