"""A plan with further observations laid on top of its own: what a ledger holds beyond the folder."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import TypeVar

from salpi.plan.hashing import content_hash
from salpi.plan.model import Plan
from salpi.plan.periods import Period
from salpi.plan.schema import Observation, Source

AnyPlan = TypeVar("AnyPlan", bound=Plan)


def with_observations(
    plan: AnyPlan,
    observations: Iterable[Observation],
    sources: Mapping[str, Source] | None = None,
    until: date | None = None,
) -> AnyPlan:
    """The plan with more observations, and the sources that they cite; the plan itself where there are none.

    What the plan holds already is not added again. The hash differs from the plan's and is the same for any order of the rows,
    so that a forecast made without them is known to be stale. ``as_of`` moves to the latest day on which one of them was known,
    but not past ``until``, the day on which they were laid down: what is dated later says nothing about today.

    Raises ValueError for an indicator that the plan has not, or a source that neither it nor ``sources`` holds.
    """
    own = set(plan.observations)
    rows = sorted({row for row in observations if row not in own}, key=_order)
    if not rows:
        return plan
    named = {**(sources or {}), **plan.sources}
    for row in rows:
        if row.indicator not in plan.indicators:
            raise ValueError(f"the plan has no indicator {row.indicator!r}")
        if row.source not in named:
            raise ValueError(f"there is no source {row.source!r}")
    cited = {row.source for row in rows} - set(plan.sources)
    more = {id: named[id] for id in sorted(cited)}
    mark = content_hash({"sources": more}, {"observations": rows})
    days = [min(Period.parse(row.as_of).end, until or date.max) for row in rows if row.as_of]
    return replace(
        plan,
        observations=(*plan.observations, *rows),
        laid=plan.laid.union(rows),
        sources={**plan.sources, **more},
        hash=hashlib.sha256(f"{plan.hash}+{mark}".encode()).hexdigest(),
        as_of=max([plan.as_of, *days]),
    )


def _order(row: Observation) -> tuple[str, str, str, str, str, float]:
    return row.indicator, row.subject, row.period or "", row.as_of or "", row.source, row.value
