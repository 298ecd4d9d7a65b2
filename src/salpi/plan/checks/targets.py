"""Targets: versions that lead from one to the next, values that can be reached, baselines that fit."""

from __future__ import annotations

from collections.abc import Iterator

from salpi.plan.checks.context import Context, sound
from salpi.plan.checks.observations import out_of_bounds
from salpi.plan.problems import Problem

RELATIVE_TOLERANCE = 0.05
"""A target "doubled" may differ from twice its baseline by its rounding: 5 %."""


def check_superseded_both_ways(c: Context) -> Iterator[Problem]:
    """Successor and predecessor name each other (a successor's successor will do)."""
    targets = c.plan.targets
    for id, target in targets.items():
        after = targets.get(target.superseded_by or "")
        if after is not None and id not in after.supersedes:
            why = f"'{target.superseded_by}' does not list it under `supersedes`"
            mend = f"add '{id}' there"
            yield c.problem(("target", id), ("superseded_by",), f"'{id}' is superseded one way only", why, mend)
        for at, other in enumerate(target.supersedes):
            if other in targets and id not in _successors(c, other):
                own = targets[other].superseded_by
                why = "it has no `superseded_by`" if own is None else f"its `superseded_by` is '{own}'"
                what = f"superseded target '{other}' does not lead to '{id}'"
                yield c.problem(("target", id), ("supersedes", at), what, why, f"write `superseded_by: {id}` there")


def check_superseded_cycles(c: Context) -> Iterator[Problem]:
    """No target is its own successor, at any remove."""
    for id, target in c.plan.targets.items():
        chain = _successors(c, id)
        if id in chain and id == min([*chain, id]):
            way = " -> ".join([id, *chain[: chain.index(id) + 1]])
            yield c.problem(("target", id), ("superseded_by",), f"'{id}' supersedes itself", way, "break the circle")
        elif id in target.supersedes:
            yield c.problem(("target", id), ("supersedes",), f"'{id}' supersedes itself", "", "remove it from the list")


def check_superseded_dates(c: Context) -> Iterator[Problem]:
    """A successor is announced no earlier than what it supersedes."""
    for id, target in c.plan.targets.items():
        after = c.plan.targets.get(target.superseded_by or "")
        old, new = sound(target.announced), sound(after.announced if after else None)
        if old is not None and new is not None and new.end < old.start:
            what = f"'{target.superseded_by}' ({new}) was announced before '{id}' ({old}), which it supersedes"
            yield c.problem(("target", id), ("superseded_by",), what, "", "swap them, or mend the dates")


def check_target_bounds(c: Context) -> Iterator[Problem]:
    """A target lies within its indicator's bounds."""
    for id, target in c.plan.targets.items():
        fault = out_of_bounds(c, target.indicator, target.value, target.unit)
        if fault:
            yield c.problem(("target", id), ("value",), *fault)


def check_direction(c: Context) -> Iterator[Problem]:
    """A target that asks for the worse side is likely a slip."""
    wrong = {("up", "<="), ("down", ">=")}
    for id, target in c.plan.targets.items():
        indicator = c.plan.indicators.get(target.indicator)
        if indicator is not None and (indicator.direction, target.comparison) in wrong:
            what = f"`comparison` '{target.comparison}' though '{target.indicator}' is better {indicator.direction}"
            yield c.problem(("target", id), ("comparison",), what, "", "mend one of them", level="warning")


def check_relative(c: Context) -> Iterator[Problem]:
    """A target stated as a multiple fits its baseline."""
    for id, target in c.plan.targets.items():
        if target.relative is None or target.baseline is None or target.baseline.value == 0:
            continue
        stated = target.relative.multiple * target.baseline.value
        if abs(target.value - stated) > RELATIVE_TOLERANCE * abs(stated):
            times = f"{target.relative.multiple:g} times the baseline {target.baseline.value:g}"
            what, why = f"`value` {target.value:g} is not {times}", f"that is {stated:g}"
            yield c.problem(("target", id), ("value",), what, why, "mend one of them", level="warning")


def check_baseline_order(c: Context) -> Iterator[Problem]:
    """A baseline lies before the date by which the target is to be met."""
    for id, target in c.plan.targets.items():
        base, by = sound(target.baseline.period if target.baseline else None), sound(target.by)
        if base is not None and by is not None and base.end >= by.end:
            what = f"the baseline's period {base} is not before `by` {by}"
            yield c.problem(("target", id), ("baseline", "period"), what, "", "mend one of them")


def check_headline_stands(c: Context) -> Iterator[Problem]:
    """The brief does not open with a target that has been superseded."""
    for key in ("headline", "charts"):
        for at, id in enumerate(getattr(c.plan.meta, key)):
            target = c.plan.targets.get(id)
            if target is not None and target.superseded_by is not None:
                what = f"`{key}` names '{id}', which is superseded"
                yield c.problem(("plan", ""), (key, at), what, "", f"name '{target.superseded_by}'", level="warning")


def _successors(c: Context, id: str) -> list[str]:
    """What follows a target, step by step; each once."""
    out: list[str] = []
    while (target := c.plan.targets.get(id)) is not None and target.superseded_by is not None:
        id = target.superseded_by
        if id in out:
            break
        out.append(id)
    return out
