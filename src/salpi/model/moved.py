"""What a scenario moves: the channels that it changes against the plan, and why a lever moves none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from salpi.model.channels import channels, is_later
from salpi.model.scenario import PLAN, Lever, Scenario, present
from salpi.model.simulate import build, end_month, first_month
from salpi.plan.periods import Period, month_index
from salpi.plan.schema import UNKNOWN, Measure

if TYPE_CHECKING:
    from salpi.plan import Plan

PROBE = 64
"""Draws in which channels are compared: a channel that moves, moves in (nearly) all of them."""


@dataclass(frozen=True)
class Moved:
    """``channels`` that differ from the plan's; ``unmoved``: lever → why it moves nothing."""

    channels: tuple[str, ...]
    unmoved: dict[str, str]


def moved(plan: Plan, scenario: Scenario, seed: int) -> Moved:
    """Compare a scenario's channels with the plan's, all together and lever by lever."""
    if not scenario.levers:
        return Moved((), {})
    base, end = _paths(plan, PLAN, seed), end_month(plan)
    found = tuple(key for key, path in _paths(plan, scenario, seed).items() if _differ(path, base[key]))
    unmoved = {}
    for key, lever in scenario.levers.items():
        alone = _paths(plan, Scenario("lever", {key: lever}), seed)
        if not any(_differ(alone[c], base[c]) for c in base):
            unmoved[key] = why_not(plan, plan.measures[key], lever, end)
    return Moved(found, unmoved)


def why_not(plan: Plan, measure: Measure, lever: Lever, end: int) -> str:
    """Why a lever moves no channel of the model."""
    listening = [e.channel for e in measure.effects if e.channel in channels()]
    later = sorted({e.channel.split(".")[0] for e in measure.effects if is_later(e.channel)})
    if measure.umbrella:
        return "it is a strategy: its effect lies in its member measures"
    if not measure.effects:
        return "no effect on the model has been stated for it"
    if not listening:
        return f"it acts on {', '.join(later) or 'nothing'}, which is not modelled yet"
    if not any(e.channel in _of_run(plan) for e in measure.effects):
        return "the sectors that it acts on do not run in this plan"
    if measure.end != UNKNOWN and Period.parse(measure.end).last_month < present(plan):
        return "it ended before the plan's own date, and the past cannot be changed"
    if measure.start != UNKNOWN and month_index(measure.start) >= end:
        return "it starts after the horizon"
    return "other measures have taken its place, or its effect has no size"


def _of_run(plan: Plan) -> set[str]:
    return {key for key in channels() if key.split(".")[0] in plan.meta.sectors}


def _paths(plan: Plan, scenario: Scenario, seed: int) -> Any:
    draws = np.arange(PROBE, dtype=np.int64)
    return build(plan, scenario, seed).channels(draws, first_month(plan), end_month(plan))


def _differ(a: Any, b: Any) -> bool:
    one, two = np.broadcast_arrays(a, b)
    return not np.array_equal(one, two)
