"""Units must be known, and an amount must be of its indicator's dimension."""

from __future__ import annotations

from collections.abc import Iterator

from salpi.plan.checks.context import Context, Place, known_unit
from salpi.plan.problems import Problem
from salpi.units import currency, same_dimension


def check_units_known(c: Context) -> Iterator[Problem]:
    """Units of indicators, targets, parameters, effects and costs."""
    for id, indicator in c.plan.indicators.items():
        yield from c.unit(("indicator", id), ("unit",), indicator.unit)
    for id, target in c.plan.targets.items():
        yield from c.unit(("target", id), ("unit",), target.unit)
    for id, parameter in c.plan.parameters.items():
        yield from c.unit(("parameter", id), ("unit",), parameter.unit)
    for id, measure in c.plan.measures.items():
        if measure.cost.unit is not None:
            yield from c.unit(("measure", id), ("cost", "unit"), measure.cost.unit)
        for at, effect in enumerate(measure.effects):
            yield from c.unit(("measure", id), ("effects", at, "size", "unit"), effect.size.unit)


def check_observation_units(c: Context) -> Iterator[Problem]:
    """Units of observations: known, and of the indicator's dimension."""
    fits: dict[tuple[str, str], bool] = {}
    for at, row in enumerate(c.plan.observations):
        key = row.indicator, row.unit
        if key not in fits:
            fits[key] = known_unit(row.unit) and _fits(c, *key)
        if not fits[key]:
            yield from c.unit(("observation", at), (), row.unit)
            yield from _misfit(c, ("observation", at), (), row.indicator, row.unit)


def check_target_units(c: Context) -> Iterator[Problem]:
    """Units of targets: of the indicator's dimension."""
    for id, target in c.plan.targets.items():
        yield from _misfit(c, ("target", id), ("unit",), target.indicator, target.unit)


def check_scenario_units(c: Context) -> Iterator[Problem]:
    """Units of parameter settings: of the parameter's dimension."""
    for id, scenario in c.plan.scenarios.items():
        for at, setting in enumerate(scenario.set):
            parameter = c.plan.parameters.get(setting.parameter or "")
            if parameter is None or setting.unit is None:
                continue
            path = ("set", at, "unit")
            yield from c.unit(("scenario", id), path, setting.unit)
            both = known_unit(setting.unit) and known_unit(parameter.unit)
            if both and not same_dimension(setting.unit, parameter.unit):
                what = f"unit '{setting.unit}' does not fit parameter '{setting.parameter}'"
                yield c.problem(("scenario", id), path, what, f"it is in {parameter.unit}", f"give it in {parameter.unit}")


def check_realisation_units(c: Context) -> Iterator[Problem]:
    """A share of what was announced is a number without dimension."""
    for id, measure in c.plan.measures.items():
        for at, effect in enumerate(measure.effects):
            parameter = c.plan.parameters.get(effect.realisation or "")
            if parameter is not None and known_unit(parameter.unit) and not same_dimension(parameter.unit, "ratio"):
                what = f"realisation '{effect.realisation}' is in {parameter.unit}"
                path = ("effects", at, "realisation")
                yield c.problem(("measure", id), path, what, "a realised share has no dimension", "name a parameter in ratio")


def check_kind_units(c: Context) -> Iterator[Problem]:
    """A rank is counted in ranks, a flag in flags."""
    for id, indicator in c.plan.indicators.items():
        if indicator.kind in ("rank", "flag") and known_unit(indicator.unit) and indicator.unit != indicator.kind:
            what = f"a {indicator.kind} in '{indicator.unit}'"
            yield c.problem(("indicator", id), ("unit",), what, "", f"write `unit: {indicator.kind}`, or give another `kind`")


def _fits(c: Context, id: str, unit: str) -> bool:
    indicator = c.plan.indicators.get(id)
    return indicator is None or not known_unit(indicator.unit) or same_dimension(unit, indicator.unit)


def _misfit(c: Context, place: Place, path: tuple[str | int, ...], id: str, unit: str) -> Iterator[Problem]:
    if known_unit(unit) and not _fits(c, id, unit):
        own = c.plan.indicators[id].unit
        what = f"unit '{unit}' does not fit indicator '{id}'"
        mend = f"give it in {own}"
        if currency(unit) and currency(own):
            mend += ", or make it an indicator of its own"
        yield c.problem(place, path, what, f"it is in {own}", mend)
