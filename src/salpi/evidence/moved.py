"""What new observations change in the scorecard: targets whose latest value is another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from salpi.plan.model import Plan
from salpi.plan.schema import Observation


@dataclass(frozen=True)
class Moved:
    """A target whose latest value is another since."""

    target: str
    indicator: str
    subject: str
    before: Observation | None
    after: Observation | None


def moved(before: Plan, after: Plan) -> Iterator[Moved]:
    """Targets in force whose latest value differs between two plans."""
    if before is after or before.hash == after.hash:
        return
    for id, target in after.targets.items():
        if target.superseded_by is None:
            one, two = (plan.latest(target.indicator, target.subject) for plan in (before, after))
            if one != two:
                yield Moved(id, target.indicator, target.subject or after.meta.subject, one, two)
