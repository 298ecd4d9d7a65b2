"""Scenarios: settings that the measure or the parameter can take."""

from __future__ import annotations

from collections.abc import Iterator

from salpi.plan.checks.context import Context, known_unit, sound
from salpi.plan.problems import Problem
from salpi.units import factor, same_dimension


def check_scenario_intensity(c: Context) -> Iterator[Problem]:
    """An intensity lies within its measure's range."""
    for id, scenario in c.plan.scenarios.items():
        for at, setting in enumerate(scenario.set):
            measure = c.plan.measures.get(setting.measure or "")
            if measure is None or setting.intensity is None:
                continue
            low, high = measure.intensity
            if not low <= setting.intensity <= high:
                what = f"`intensity` {setting.intensity:g} of '{measure.id}' is out of range"
                why = f"it goes from {low:g} (not done) to {high:g}, 1 is as announced"
                yield c.problem(("scenario", id), ("set", at, "intensity"), what, why, "correct it")


def check_scenario_start(c: Context) -> Iterator[Problem]:
    """The past cannot be changed: a start lies in the plan's own month or later."""
    for id, scenario in c.plan.scenarios.items():
        for at, setting in enumerate(scenario.set):
            start = sound(setting.start)
            if start is not None and start.first_month < 12 * c.plan.as_of.year + c.plan.as_of.month - 1:
                what = f"`start` {start} lies before the plan's own date {c.plan.as_of}"
                yield c.problem(("scenario", id), ("set", at, "start"), what, "the past cannot be changed", "write a later month")


def check_scenario_values(c: Context) -> Iterator[Problem]:
    """A parameter is held within its bounds."""
    for id, scenario in c.plan.scenarios.items():
        for at, setting in enumerate(scenario.set):
            parameter = c.plan.parameters.get(setting.parameter or "")
            if parameter is None or setting.value is None or setting.unit is None:
                continue
            if not (known_unit(setting.unit) and known_unit(parameter.unit) and same_dimension(setting.unit, parameter.unit)):
                continue
            value = setting.value * factor(setting.unit, parameter.unit)
            low, high = parameter.bounds
            if (low is not None and value < low) or (high is not None and value > high):
                span = f"{'-inf' if low is None else f'{low:g}'} to {'inf' if high is None else f'{high:g}'} {parameter.unit}"
                what = f"`value` {setting.value:g} {setting.unit} of '{setting.parameter}' is out of bounds"
                yield c.problem(("scenario", id), ("set", at, "value"), what, f"the parameter allows {span}", "correct it")
