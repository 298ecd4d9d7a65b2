"""Every id that something names must exist."""

from __future__ import annotations

from collections.abc import Iterator

from salpi.plan.checks.context import Context
from salpi.plan.problems import Problem
from salpi.plan.schema import ATLAS
from salpi.plan.shape import fields_of

ALL = "all"  # in a scenario's `use`: every measure


def check_observation_ids(c: Context) -> Iterator[Problem]:
    """Indicators and sources of observations."""
    indicators, sources = c.ids["indicator"], c.ids["source"]
    for at, row in enumerate(c.plan.observations):
        if row.indicator not in indicators:
            yield from c.refer(("observation", at), (), "indicator", row.indicator)
        if row.source not in sources:
            yield from c.refer(("observation", at), (), "source", row.source)


def check_target_ids(c: Context) -> Iterator[Problem]:
    """What targets name: indicators, strategies, owners, sources, other targets."""
    for id, target in c.plan.targets.items():
        here = ("target", id)
        yield from c.refer(here, ("indicator",), "indicator", target.indicator)
        yield from c.refer(here, ("strategy",), "strategy", target.strategy)
        for at, owner in enumerate(target.owners):
            yield from c.refer(here, ("owners", at), "owner", owner)
        for at, source in enumerate(target.sources):
            yield from c.refer(here, ("sources", at), "source", source)
        for at, other in enumerate(target.supersedes):
            yield from c.refer(here, ("supersedes", at), "target", other)
        if target.superseded_by is not None:
            yield from c.refer(here, ("superseded_by",), "target", target.superseded_by)
        if target.baseline is not None and target.baseline.source is not None:
            yield from c.refer(here, ("baseline", "source"), "source", target.baseline.source)
        for at, definition in enumerate(target.relative.definitions if target.relative else ()):
            yield from c.refer(here, ("relative", "definitions", at), "indicator", definition)


def check_measure_ids(c: Context) -> Iterator[Problem]:
    """What measures name: owners, sources, other measures, parameters of realisation, channels."""
    for id, measure in c.plan.measures.items():
        here = ("measure", id)
        for at, owner in enumerate(measure.owners):
            yield from c.refer(here, ("owners", at), "owner", owner)
        for at, source in enumerate(measure.sources):
            yield from c.refer(here, ("sources", at), "source", source)
        for at, source in enumerate(measure.cost.sources):
            yield from c.refer(here, ("cost", "sources", at), "source", source)
        for at, other in enumerate(measure.replaces):
            yield from c.refer(here, ("replaces", at), "measure", other)
        for n, effect in enumerate(measure.effects):
            if effect.realisation is not None:
                yield from c.refer(here, ("effects", n, "realisation"), "parameter", effect.realisation)
            for at, source in enumerate(effect.size.sources):
                yield from c.refer(here, ("effects", n, "size", "sources", at), "source", source)
            for at, source in enumerate(effect.lag.sources if effect.lag else ()):
                yield from c.refer(here, ("effects", n, "lag", "sources", at), "source", source)
            if c.channels is not None:
                yield from c.refer(here, ("effects", n, "channel"), "channel", effect.channel)


def check_parameter_sources(c: Context) -> Iterator[Problem]:
    """Sources of parameters."""
    for id, parameter in c.plan.parameters.items():
        for at, source in enumerate(parameter.sources):
            yield from c.refer(("parameter", id), ("sources", at), "source", source)


def check_scenario_ids(c: Context) -> Iterator[Problem]:
    """Measures and parameters that scenarios move."""
    for id, scenario in c.plan.scenarios.items():
        for measure in scenario.use:
            if measure != ALL:
                yield from c.refer(("scenario", id), ("use", measure), "measure", measure)
        for at, setting in enumerate(scenario.set):
            if setting.measure is not None:
                yield from c.refer(("scenario", id), ("set", at, "measure"), "measure", setting.measure)
            if setting.parameter is not None:
                yield from c.refer(("scenario", id), ("set", at, "parameter"), "parameter", setting.parameter)


def check_indicator_ids(c: Context) -> Iterator[Problem]:
    """Parts of indicators."""
    for id, indicator in c.plan.indicators.items():
        for at, part in enumerate(indicator.includes):
            yield from c.refer(("indicator", id), ("includes", at), "indicator", part)


def check_plan_ids(c: Context) -> Iterator[Problem]:
    """What plan.yaml names: the rates, owners of strategies, headline and chart targets."""
    meta, here = c.plan.meta, ("plan", "")
    if meta.currencies.rates is not None:
        yield from c.refer(here, ("currencies", "rates"), "indicator", meta.currencies.rates)
    for id, strategy in meta.strategies.items():
        for at, owner in enumerate(strategy.owners):
            yield from c.refer(here, ("strategies", id, "owners", at), "owner", owner)
    for key in ("headline", "charts"):
        for at, target in enumerate(getattr(meta, key)):
            yield from c.refer(here, (key, at), "target", target)


def check_atlas_ids(c: Context) -> Iterator[Problem]:
    """Sources, companies, clusters and references that entity rows name."""
    fields = {
        "company": "company",
        "reference": "reference",
        "cluster": "cluster",
        "sales_source": "source",
        "source": "source",
    }
    for stem, model in ATLAS.items():
        named = [
            (name, kind)
            for name, kind in fields.items()
            if name in fields_of(model) and (stem, name) != ("approvals", "reference")
        ]
        for at, row in enumerate(getattr(c.plan.atlas, stem)):
            for name, kind in named:
                id = getattr(row, name)
                if id:
                    yield from c.refer((stem, at), (), kind, id)


def check_sources_used(c: Context) -> Iterator[Problem]:
    """A source that nothing cites; what could not be read may."""
    if c.partial:
        return
    plan = c.plan
    cited = {row.source for row in plan.observations}
    for target in plan.targets.values():
        cited.update(target.sources)
        if target.baseline is not None and target.baseline.source is not None:
            cited.add(target.baseline.source)
    for parameter in plan.parameters.values():
        cited.update(parameter.sources)
    for measure in plan.measures.values():
        cited.update(measure.sources, measure.cost.sources)
        for effect in measure.effects:
            cited.update(effect.size.sources, effect.lag.sources if effect.lag else ())
    for stem in ATLAS:
        for row in getattr(plan.atlas, stem):
            cited.update((row.source, getattr(row, "sales_source", None) or row.source))
    for id in plan.sources:
        if id not in cited:
            yield c.problem(("source", id), (), f"source '{id}' is cited by nothing", "", "cite or remove it", level="warning")
