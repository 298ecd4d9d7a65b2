"""Measures: what replaces what, how far they can be set, what is done."""

from __future__ import annotations

from collections.abc import Iterator

from salpi.plan.checks.context import Context, sound
from salpi.plan.problems import Problem


def check_intensity(c: Context) -> Iterator[Problem]:
    """A measure can be left out (0) and carried out as announced (1)."""
    for id, measure in c.plan.measures.items():
        low, high = measure.intensity
        if not low <= 0 <= 1 <= high:
            what = f"`intensity` {low:g} to {high:g} must hold both 0 and 1"
            yield c.problem(("measure", id), ("intensity",), what, "0 leaves it out, 1 is as announced", "write [0, 2]")


def check_replaces(c: Context) -> Iterator[Problem]:
    """No measure replaces itself, at any remove."""
    for id in c.plan.measures:
        way = _circle(c, id)
        if way and id == min(way):
            at = c.plan.measures[id].replaces.index(way[1])
            what = f"'{id}' replaces itself"
            why = " -> ".join(way) if len(way) > 2 else ""
            yield c.problem(("measure", id), ("replaces", at), what, why, "remove it from `replaces`")


def check_superseded_measures(c: Context) -> Iterator[Problem]:
    """A superseded measure has one that replaces it."""
    replaced = {other for measure in c.plan.measures.values() for other in measure.replaces}
    for id, measure in c.plan.measures.items():
        if measure.status == "superseded" and id not in replaced:
            what = f"'{id}' is superseded, but no measure replaces it"
            yield c.problem(("measure", id), ("status",), what, "", "name it under `replaces` of its successor", level="warning")


def check_umbrella(c: Context) -> Iterator[Problem]:
    """An umbrella acts through its members only."""
    for id, measure in c.plan.measures.items():
        if measure.umbrella and measure.effects:
            what = f"umbrella '{id}' has effects of its own"
            yield c.problem(("measure", id), ("effects",), what, "they would count twice", "move them to its member measures")


def check_milestones(c: Context) -> Iterator[Problem]:
    """What is done lies in the past; what slipped had a first date."""
    for id, measure in c.plan.measures.items():
        for at, milestone in enumerate(measure.milestones):
            date = sound(milestone.date)
            if milestone.status == "done" and date is not None and date.start > c.plan.as_of:
                what = f"a milestone of {date} cannot be done"
                why = f"the plan's `as_of` is {c.plan.as_of}"
                yield c.problem(("measure", id), ("milestones", at, "status"), what, why, "write planned, or mend the date")
            if milestone.status == "slipped" and milestone.was is None:
                what = "a slipped milestone without `was`"
                yield c.problem(("measure", id), ("milestones", at), what, "", "give its first date", level="warning")


def check_grade(c: Context) -> Iterator[Problem]:
    """A measure whose effects are all assumptions is no evidence of grade A or B."""
    for id, measure in c.plan.measures.items():
        if measure.grade in "AB" and measure.effects and all(e.size.basis == "assumption" for e in measure.effects):
            what = f"grade {measure.grade} though every effect is an assumption"
            yield c.problem(("measure", id), ("grade",), what, "", "write C or D, or give sources", level="warning")


def _circle(c: Context, id: str) -> list[str]:
    """The way from a measure over `replaces` back to itself; empty where there is none."""
    ways = [[id]]
    seen: set[str] = set()
    while ways:
        way = ways.pop()
        measure = c.plan.measures.get(way[-1])
        for other in measure.replaces if measure else ():
            if other == id:
                return [*way, id]
            if other not in seen:
                seen.add(other)
                ways.append([*way, other])
    return []
