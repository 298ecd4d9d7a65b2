"""An indicator and its parts: of one dimension, in no circle, no part larger than its whole."""

from __future__ import annotations

from collections.abc import Iterator

from salpi.plan.checks.context import Context, known_unit
from salpi.plan.checks.neighbours import told
from salpi.plan.checks.scale import far_off
from salpi.plan.model import POINT
from salpi.plan.problems import Problem
from salpi.plan.schema import Observation
from salpi.units import currency, factor, same_dimension

OVER = 1.05
"""A part above its whole by less than 5 % is a matter of rounding and dates."""
SURELY = 2.0
"""A part twice its whole is no matter of definition."""


def check_parts_circle(c: Context) -> Iterator[Problem]:
    """No indicator is a part of itself, at any remove."""
    for id, indicator in c.plan.indicators.items():
        for at, part in enumerate(indicator.includes):
            way = _way(c, part, id)
            if way and id == min([id, *way]):
                why = " -> ".join([id, *way]) if len(way) > 1 else ""
                what = f"'{id}' includes itself"
                yield c.problem(("indicator", id), ("includes", at), what, why, "remove it from `includes`")


def check_parts_units(c: Context) -> Iterator[Problem]:
    """A part is of its whole's dimension; amounts of money may be in two currencies."""
    for id, indicator in c.plan.indicators.items():
        for at, name in enumerate(indicator.includes):
            part = c.plan.indicators.get(name)
            if part is None or not known_unit(part.unit) or not known_unit(indicator.unit):
                continue
            money = currency(part.unit) and currency(indicator.unit)
            if not money and not same_dimension(part.unit, indicator.unit):
                what, why = f"'{id}' in {indicator.unit} includes '{name}' in {part.unit}", "a part is of its whole's dimension"
                yield c.problem(("indicator", id), ("includes", at), what, why, "remove it, or mend one of the units")


def check_parts_smaller(c: Context) -> Iterator[Problem]:
    """No amount of a part is larger than that of its whole in the same period."""
    wholes = {id: one for id, one in c.plan.indicators.items() if one.includes and one.kind in ("flow", "stock", "count")}
    parts = {name for one in wholes.values() for name in one.includes}
    told_already = {one.at for one in far_off(c)}
    latest: dict[tuple[str, str, str | None], tuple[int, Observation]] = {}
    for at, row in enumerate(c.plan.observations):
        if row.status != "actual" or row.qualifier not in POINT or at in told_already:
            continue
        if row.indicator in wholes or row.indicator in parts:
            key = row.indicator, row.subject, row.period
            if key not in latest or (latest[key][1].as_of or "") <= (row.as_of or ""):
                latest[key] = at, row
    for (indicator, subject, period), (at, part) in latest.items():
        for id, one in wholes.items():
            _, whole = latest.get((id, subject, period), (0, None))
            if indicator not in one.includes or whole is None or period is None or _way(c, indicator, id):
                continue
            if not (known_unit(part.unit) and known_unit(whole.unit) and same_dimension(part.unit, whole.unit)):
                continue
            value = part.value * factor(part.unit, whole.unit)
            if whole.value > 0 and value > OVER * whole.value:
                what = f"'{indicator}' {subject} {period} is {told(value)} {whole.unit}, more than the whole"
                why = f"'{id}' includes it and is {told(whole.value)} {whole.unit}"
                level = "error" if value > SURELY * whole.value else "warning"
                yield c.problem(("observation", at), (), what, why, "mend one of them, or the `includes`", level=level)


def _way(c: Context, start: str, goal: str) -> list[str]:
    """The way from one indicator over `includes` to another; empty where there is none."""
    ways, seen = [[start]], {start}
    while ways:
        way = ways.pop()
        if way[-1] == goal:
            return way
        indicator = c.plan.indicators.get(way[-1])
        for part in indicator.includes if indicator else ():
            if part not in seen:
                seen.add(part)
                ways.append([*way, part])
    return []
