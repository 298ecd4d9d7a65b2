"""Every period can be read, dates stand in order, and nothing was known after the plan's own date."""

from __future__ import annotations

from collections.abc import Iterator

from salpi.plan.checks.context import Context, Place, sound
from salpi.plan.problems import Problem
from salpi.plan.schema import ATLAS
from salpi.plan.shape import fields_of

_ATLAS = ("date", "start", "stage_date", "sales_year", "sales2_year", "us_end", "eu_end", "rivals_as_of", "as_of")


def check_periods(c: Context) -> Iterator[Problem]:
    """Periods of the YAML files."""
    plan, meta = c.plan, ("plan", "")
    for key in ("start", "end"):
        yield from c.period(meta, ("horizon", key), getattr(plan.meta.horizon, key))
    for id, strategy in plan.meta.strategies.items():
        yield from c.period(meta, ("strategies", id, "announced"), strategy.announced)
    for id, source in plan.sources.items():
        yield from c.period(("source", id), ("published",), source.published)
    for id, indicator in plan.indicators.items():
        for key in ("breaks", "shocks"):
            for at, text in enumerate(getattr(indicator, key)):
                yield from c.period(("indicator", id), (key, at), text)
    for id, target in plan.targets.items():
        yield from c.period(("target", id), ("by",), target.by)
        yield from c.period(("target", id), ("announced",), target.announced)
        if target.baseline is not None:
            yield from c.period(("target", id), ("baseline", "period"), target.baseline.period)
        if target.relative is not None:
            yield from c.period(("target", id), ("relative", "base_period"), target.relative.base_period)
    for id, measure in plan.measures.items():
        for key in ("announced", "start", "ramp_end", "end"):
            yield from c.period(("measure", id), (key,), getattr(measure, key))
        for at, milestone in enumerate(measure.milestones):
            yield from c.period(("measure", id), ("milestones", at, "date"), milestone.date)
            yield from c.period(("measure", id), ("milestones", at, "was"), milestone.was)
    for id, scenario in plan.scenarios.items():
        for at, setting in enumerate(scenario.set):
            yield from c.period(("scenario", id), ("set", at, "start"), setting.start)
    for at, check in enumerate(plan.checks):
        yield from c.period(("check", at), ("by",), check.by)


def check_table_periods(c: Context) -> Iterator[Problem]:
    """Periods of the CSV files."""
    for at, row in enumerate(c.plan.observations):
        for key, text in (("period", row.period), ("as_of", row.as_of)):
            if text is not None and sound(text) is None:
                yield from c.period(("observation", at), (key,), text)
    for stem, model in ATLAS.items():
        keys = [key for key in _ATLAS if key in fields_of(model)]
        for at, entity in enumerate(getattr(c.plan.atlas, stem)):
            for key in keys:
                yield from c.period((stem, at), (key,), getattr(entity, key))


def check_horizon(c: Context) -> Iterator[Problem]:
    """The horizon is a stretch of time that reaches beyond what is known."""
    start, end = sound(c.plan.meta.horizon.start), sound(c.plan.meta.horizon.end)
    if start is None or end is None:
        return
    if end < start:
        yield c.problem(("plan", ""), ("horizon", "end"), f"the horizon ends ({end}) before it starts ({start})", "", "swap them")
    elif end.end <= c.plan.as_of:
        what = f"the horizon ends ({end}) before the plan's own date ({c.plan.as_of})"
        yield c.problem(("plan", ""), ("horizon", "end"), what, "nothing would be left to forecast", "give a later year")


def check_order(c: Context) -> Iterator[Problem]:
    """Within a measure or target, dates stand in order."""
    for id, measure in c.plan.measures.items():
        here = ("measure", id)
        yield from _order(c, here, "start", measure.start, "ramp_end", measure.ramp_end)
        yield from _order(c, here, "ramp_end", measure.ramp_end, "end", measure.end)
        yield from _order(c, here, "start", measure.start, "end", measure.end)
    for id, target in c.plan.targets.items():
        yield from _order(c, ("target", id), "announced", target.announced, "by", target.by)


def check_future(c: Context) -> Iterator[Problem]:
    """Nothing is known after the plan's own date."""
    for id, source in c.plan.sources.items():
        yield from _future(c, ("source", id), ("published",), source.published)
    for id, target in c.plan.targets.items():
        yield from _future(c, ("target", id), ("announced",), target.announced)
    for id, measure in c.plan.measures.items():
        yield from _future(c, ("measure", id), ("announced",), measure.announced)
    for at, row in enumerate(c.plan.observations):
        yield from _future(c, ("observation", at), ("as_of",), row.as_of)


def _order(c: Context, place: Place, first: str, a: str | None, second: str, b: str | None) -> Iterator[Problem]:
    early, late = sound(a), sound(b)
    if early is not None and late is not None and late.end < early.start:
        yield c.problem(place, (second,), f"`{second}` {late} lies before `{first}` {early}", "", "mend one of them")


def _future(c: Context, place: Place, path: tuple[str | int, ...], text: str | None) -> Iterator[Problem]:
    at = sound(text)
    if at is not None and at.start > c.plan.as_of:
        why = f"the plan's `as_of` is {c.plan.as_of}"
        yield c.problem(place, path, f"`{path[-1]}` {at} lies in the future", why, "correct it, or update the plan's `as_of`")
