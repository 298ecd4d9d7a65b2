"""What is observed must be able to be so."""

from __future__ import annotations

from collections.abc import Iterator

from salpi.plan.checks.context import Context, known_unit, sound
from salpi.plan.checks.neighbours import told
from salpi.plan.periods import Period
from salpi.plan.problems import Problem
from salpi.units import factor, same_dimension


def check_actual_is_past(c: Context) -> Iterator[Problem]:
    """An actual value cannot be known before its period ends: that is a target or a forecast."""
    for at, row in enumerate(c.plan.observations):
        period = sound(row.period)
        if row.status != "actual" or period is None:
            continue
        known = sound(row.as_of)
        if period.end > c.plan.as_of:
            why = f"its period ends after the plan's `as_of` {c.plan.as_of}"
        elif known is not None and period.end > known.end:
            why = f"its period ends after `as_of` {row.as_of}"
        else:
            continue
        mend = "write status target, forecast or announced, or mend the dates"
        yield c.problem(("observation", at), (), f"'{row.indicator}' {row.period} cannot be actual", why, mend)


def check_no_target_in_actuals(c: Context) -> Iterator[Problem]:
    """A target's own number, from the target's own source, is no observation; a rule's number is the law in force."""
    stated: dict[tuple[str, str, Period, float], tuple[str, tuple[str, ...]]] = {}
    for id, target in c.plan.targets.items():
        by = sound(target.by)
        if by is not None and target.kind != "rule":
            stated[target.indicator, target.subject or c.plan.meta.subject, by, target.value] = id, target.sources
    for at, row in enumerate(c.plan.observations):
        period = sound(row.period)
        if row.status != "actual" or period is None:
            continue
        found = stated.get((row.indicator, row.subject, period, row.value))
        if found is not None and row.source in found[1]:
            what = f"'{row.indicator}' {row.period} repeats target '{found[0]}' as actual"
            yield c.problem(("observation", at), (), what, "same value, period and source", "write status target, or remove it")


def check_duplicates(c: Context) -> Iterator[Problem]:
    """The same value told twice by the same source on the same day."""
    seen: dict[tuple[object, ...], int] = {}
    for at, row in enumerate(c.plan.observations):
        key = row.indicator, row.subject, row.period, row.as_of, row.source, row.value, row.unit, row.status
        first = seen.setdefault(key, at)
        if first != at:
            line = c.plan.origins.where("observation", first)[1]
            what = f"'{row.indicator}' {row.subject} {row.period or '(no period)'} stands twice"
            yield c.problem(("observation", at), (), what, f"first on line {line}", "remove one")


def check_one_value(c: Context) -> Iterator[Problem]:
    """Two values of one source for one period, known on one day, unless the note of each says why both stand."""
    seen: dict[tuple[object, ...], list[int]] = {}
    for at, row in enumerate(c.plan.observations):
        key = row.indicator, row.subject, row.period, row.as_of, row.source, row.status, row.qualifier
        for other in seen.setdefault(key, []):
            first = c.plan.observations[other]
            noted = row.note and first.note and row.note != first.note
            if not noted and row.period is not None and not _same(first.value, first.unit, row.value, row.unit):
                line = c.plan.origins.where("observation", other)[1]
                what = f"'{row.indicator}' {row.subject} {row.period} has two values of one source and date"
                why = f"{told(first.value)} {first.unit} on line {line}, {told(row.value)} {row.unit} here"
                mend = "remove one, mend `as_of`, or say in the `note` of each why both stand"
                yield c.problem(("observation", at), (), what, why, mend)
                break
        seen[key].append(at)


def _same(a: float, unit: str, b: float, other: str) -> bool:
    """Whether two amounts are one in two units; a misfit is told elsewhere, and so is what stands there twice."""
    if unit == other or not (known_unit(unit) and known_unit(other) and same_dimension(unit, other)):
        return a == b or unit != other
    return abs(a - b * factor(other, unit)) <= 0.005 * abs(a)


def check_bounds(c: Context) -> Iterator[Problem]:
    """Values lie within the bounds of their indicator; ranks start at 1; flags are 0 or 1."""
    for id, indicator in c.plan.indicators.items():
        low, high = indicator.bounds
        if low is not None and high is not None and low > high:
            yield c.problem(("indicator", id), ("bounds",), f"bounds {low:g} to {high:g} are empty", "", "swap them")
    for at, row in enumerate(c.plan.observations):
        fault = out_of_bounds(c, row.indicator, row.value, row.unit)
        if fault:
            yield c.problem(("observation", at), (), *fault)


def out_of_bounds(c: Context, id: str, value: float, unit: str) -> tuple[str, str, str] | None:
    """What, why and how to mend, where a value cannot be one of its indicator."""
    indicator = c.plan.indicators.get(id)
    if indicator is None:
        return None
    if indicator.kind == "rank" and value < 1:
        return f"rank {value:g} of '{id}'", "ranks start at 1", "correct it"
    if indicator.kind == "flag" and value not in (0, 1):
        return f"flag {value:g} of '{id}'", "a flag is 0 or 1", "correct it, or give the indicator another `kind`"
    low, high = indicator.bounds
    if low is None and high is None:
        return None
    if not (known_unit(unit) and known_unit(indicator.unit) and same_dimension(unit, indicator.unit)):
        return None
    scaled = value * factor(unit, indicator.unit)
    if (low is None or scaled >= low) and (high is None or scaled <= high):
        return None
    span = f"{'-inf' if low is None else f'{low:g}'} to {'inf' if high is None else f'{high:g}'} {indicator.unit}"
    return f"{value:g} {unit} of '{id}' is out of bounds", f"its indicator allows {span}", "correct it or the `bounds`"
