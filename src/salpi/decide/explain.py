"""Where a number comes from: definition, every published version of every figure, disagreements, the targets on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from salpi.plan.compare import family
from salpi.plan.model import Plan
from salpi.plan.periods import Period
from salpi.plan.problems import nearest
from salpi.plan.reconcile import UNDATED, Conflict, conflicts
from salpi.plan.schema import Indicator, Observation


class UnknownName(ValueError):
    """A name that is no indicator, family or target of the plan; the text names the nearest."""


@dataclass(frozen=True)
class Explanation:
    """One indicator of a plan for one subject (None: every subject), and what rests on it."""

    plan: Plan
    indicator: str
    body: Indicator
    subject: str | None
    period: str | None
    rows: tuple[Observation, ...]
    conflicts: tuple[Conflict, ...]
    targets: tuple[str, ...]
    definitions: tuple[str, ...]
    subjects: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        plan = self.plan
        return {
            "indicator": self.indicator,
            "name": self.body.name.plain(),
            "unit": self.body.unit,
            "price": self.body.price,
            "kind": self.body.kind,
            "definition": self.body.definition.plain(),
            "other_definitions": list(self.definitions),
            "subject": self.subject,
            "subjects": list(self.subjects),
            "model": self.body.model.plain() if self.body.model else None,
            "values": [{**row.plain(), "source": source_of(plan, row.source)} for row in self.rows],
            "conflicts": [conflict_json(c) for c in self.conflicts],
            "targets": [
                {"id": t, "name": plan.targets[t].name.plain(), "superseded_by": plan.targets[t].superseded_by}
                for t in self.targets
            ],
        }


def source_of(plan: Plan, id: str) -> dict[str, Any]:
    """A source as JSON: id, title, publisher, date, address, kind, quality."""
    found = plan.sources.get(id)
    return {"id": id, **(found.plain() if found else {})}


def conflict_json(conflict: Conflict) -> dict[str, Any]:
    """A conflict in the documented shape."""
    return {
        "id": conflict.id,
        "indicator": conflict.indicator,
        "subject": conflict.subject,
        "period": conflict.period,
        "kind": conflict.kind,
        "sides": [
            {
                "indicator": side.indicator,
                "value": side.value,
                "unit": side.unit,
                "status": side.status,
                "definition": side.definition.plain(),
                "source": side.source,
                "as_of": side.as_of,
                "span": None,
            }
            for side in conflict.sides
        ],
        "explanation": conflict.explanation.plain(),
        "gap": conflict.gap,
    }


def named(plan: Plan, name: str) -> tuple[str, ...]:
    """The indicators that a name means: an indicator, a family's definitions, or a target's indicator. Raises UnknownName."""
    if name in plan.indicators:
        return (name,)
    members = tuple(i for i in plan.indicators if i.partition("@")[0] == name or family(i) == name)
    if members:
        return members
    if name in plan.targets:
        return (plan.targets[name].indicator,)
    near = nearest(name, [*plan.indicators, *(i.partition("@")[0] for i in plan.indicators), *plan.targets])
    hint = f"; did you mean {near!r}?" if near else ""
    raise UnknownName(f"{name}: the plan {plan.id} has no indicator, family or target of that id{hint}")


def explain(
    plan: Plan, name: str, subject: str | None = None, period: str | None = None, more: Sequence[Conflict] = ()
) -> tuple[Explanation, ...]:
    """An explanation for each indicator that a name means. ``period`` keeps the figures that touch it; ``more`` are conflicts
    beside those among the plan's own sources.

    Without a subject the plan's own is shown, or every subject where the plan's own has no figure.
    Raises UnknownName and PeriodError.
    """
    wanted = Period.parse(period) if period is not None else None
    if subject is not None and subject not in plan.subjects:
        near = nearest(subject, plan.subjects)
        hint = f"; did you mean {near!r}?" if near else ""
        raise UnknownName(f"--subject {subject}: no observation of the plan speaks of it{hint}")
    fights = (*more, *conflicts(plan))
    return tuple(_one(plan, id, subject, wanted, period, fights) for id in named(plan, name))


def _one(
    plan: Plan, id: str, subject: str | None, wanted: Period | None, period: str | None, fights: Sequence[Conflict]
) -> Explanation:
    rows = [row for row in plan.observations if row.indicator == id]
    subjects = tuple(dict.fromkeys(row.subject for row in rows))
    whom = subject or (plan.meta.subject if plan.meta.subject in subjects else None)
    shown = [row for row in rows if (whom is None or row.subject == whom) and _touches(row, wanted)]
    shown.sort(key=_order)
    mine = family(id)
    disagreements = tuple(
        c
        for c in fights
        if (c.indicator == mine or any(s.indicator == id for s in c.sides))
        and (whom is None or c.subject == whom)
        and (wanted is None or (c.period != UNDATED and _overlap(Period.parse(c.period), wanted)))
    )
    targets = tuple(
        key
        for key, target in plan.targets.items()
        if target.indicator == id or (target.relative is not None and family(target.indicator) == mine)
    )
    others = tuple(i for i in plan.indicators if family(i) == mine and i != id)
    return Explanation(plan, id, plan.indicators[id], whom, period, tuple(shown), disagreements, targets, others, subjects)


def _touches(row: Observation, wanted: Period | None) -> bool:
    return wanted is None or (row.period is not None and _overlap(Period.parse(row.period), wanted))


def _overlap(a: Period, b: Period) -> bool:
    return a.start <= b.end and b.start <= a.end


def _order(row: Observation) -> tuple[Any, ...]:
    at = Period.parse(row.period) if row.period else None
    known = Period.parse(row.as_of).end.isoformat() if row.as_of else ""
    return (row.subject, at.end.isoformat() if at else "", at.start.isoformat() if at else "", known, row.source, row.value)
