"""The plan as it stood: what was not yet known on a date is invisible."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TypeVar

from salpi.plan.model import Plan
from salpi.plan.periods import Period, PeriodError
from salpi.plan.problems import PlanError, Problem
from salpi.plan.schema import Observation, Target

AnyPlan = TypeVar("AnyPlan", bound=Plan)


def as_of(plan: AnyPlan, text: str, ledger: date | None = None) -> AnyPlan:
    """The plan at the end of the day (month, year) ``text``. ``ledger`` is the last day of the ledger that is laid on top, where
    one is: on days between the plan's last and that one the plan is as it is. Raises PlanError for no date, or too late a one.
    """
    try:
        day = Period.parse(text).end
    except PeriodError as error:
        raise PlanError([Problem("--as-of", None, str(error))]) from None
    if day > max(plan.as_of, ledger or plan.as_of):
        what = f"{text} is later than the plan" + (" and the ledger" if ledger else "")
        why = f"the plan's data end at {plan.as_of}" + (f", the ledger's at {ledger}" if ledger else "")
        raise PlanError([Problem("--as-of", None, what, why, "give an earlier date, or update the plan")])
    if day >= plan.as_of:
        return plan
    seen = [at for at, row in enumerate(plan.observations) if _seen(plan, row, day)]
    observations = tuple(plan.observations[at] for at in seen)
    places = {key: place for key, place in plan.origins.places.items() if key[0] != "observation"}
    written = {n: plan.origins.places.get(("observation", at)) for n, at in enumerate(seen)}
    places |= {("observation", n): place for n, place in written.items() if place is not None}
    targets = {id: _still(target, plan, day) for id, target in plan.targets.items() if _known(target.announced, day)}
    measures = {id: m for id, m in plan.measures.items() if m.announced is None or _known(m.announced, day)}
    cited = {row.source for row in observations}
    cited |= {source for target in targets.values() for source in target.sources}
    cited |= {source for measure in measures.values() for source in measure.sources}
    cited |= {source for parameter in plan.parameters.values() for source in parameter.sources}
    sources = {id: s for id, s in plan.sources.items() if id in cited or s.published is None or _known(s.published, day)}
    meta = plan.meta.but(
        headline=tuple(id for id in plan.meta.headline if id in targets),
        charts=tuple(id for id in plan.meta.charts if id in targets),
    )
    return replace(
        plan,
        meta=meta,
        observations=observations,
        targets=targets,
        measures=measures,
        sources=sources,
        as_of=day,
        origins=replace(plan.origins, places=places),
    )


def _known(when: str, day: date) -> bool:
    """A date given only as a month or a year is taken to be its last day: nothing is seen too early."""
    return when == "unknown" or Period.parse(when).end <= day


def _seen(plan: Plan, row: Observation, day: date) -> bool:
    if row.as_of is not None:
        return _known(row.as_of, day)
    source = plan.sources.get(row.source)
    if source is not None and source.published is not None:
        return _known(source.published, day)
    return row.period is None or row.status != "actual" or _known(row.period, day)


def _still(target: Target, plan: Plan, day: date) -> Target:
    """A target whose successor was not yet announced still stood."""
    after = target.superseded_by
    if after is None or (after in plan.targets and _known(plan.targets[after].announced, day)):
        return target
    return target.but(superseded_by=None)
