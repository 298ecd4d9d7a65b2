"""Links to the model: outputs and channels exist; behaviour checks say what they need to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from salpi.plan.checks.context import Context, known_unit
from salpi.plan.problems import Problem
from salpi.units import same_dimension


def check_model_links(c: Context) -> Iterator[Problem]:
    """Outputs that indicators hang on."""
    if c.outputs is None:
        return
    for id, indicator in c.plan.indicators.items():
        for at, output in enumerate(indicator.model.outputs if indicator.model else ()):
            yield from c.refer(("indicator", id), ("model", "outputs", at), "output", output)


def check_sectors(c: Context) -> Iterator[Problem]:
    """Sectors that the plan asks to run."""
    for at, name in enumerate(c.plan.meta.sectors):
        if c.sectors is not None:
            yield from c.refer(("plan", ""), ("sectors", at), "sector", name)
        if name in c.plan.meta.sectors[:at]:
            yield c.problem(("plan", ""), ("sectors", at), f"`sectors` names '{name}' twice", "", "remove one")


def check_effect_units(c: Context) -> Iterator[Problem]:
    """The size of an effect is in its channel's dimension; a channel that multiplies is moved by ratios."""
    if not isinstance(c.channels, Mapping):
        return
    for id, measure in c.plan.measures.items():
        for at, effect in enumerate(measure.effects):
            unit, own = effect.size.unit, c.channels.get(effect.channel)
            if own and known_unit(unit) and known_unit(own) and not same_dimension(unit, own):
                what = f"unit '{unit}' does not fit the size of channel '{effect.channel}'"
                path = ("effects", at, "size", "unit")
                yield c.problem(("measure", id), path, what, f"it is in {own}", f"give it in {own}")


def check_behaviour(c: Context) -> Iterator[Problem]:
    """Checks name outputs and channels that exist, and hold what their kind needs."""
    seen: dict[str, int] = {}
    for at, check in enumerate(c.plan.checks):
        here = ("check", at)
        if check.id in seen:
            file, line = c.plan.origins.where("check", seen[check.id])
            yield c.problem(here, ("id",), f"check '{check.id}' stands twice", f"first in {file}:{line}", "rename one")
        seen.setdefault(check.id, at)
        if c.outputs is not None:
            yield from c.refer(here, ("output",), "output", check.output)
        if c.channels is not None and check.channel is not None:
            yield from c.refer(here, ("channel",), "channel", check.channel)
        if check.kind == "range" and check.min is None and check.max is None:
            yield c.problem(here, (), f"range check '{check.id}' without `min` or `max`", "it cannot fail", "give one of them")
        if check.kind == "sign" and (check.channel is None or check.sign is None):
            yield c.problem(here, (), f"sign check '{check.id}' needs `channel` and `sign`", "", "give both")
        if check.min is not None and check.max is not None and check.min > check.max:
            yield c.problem(here, ("min",), f"`min` {check.min:g} is above `max` {check.max:g}", "", "swap them")
