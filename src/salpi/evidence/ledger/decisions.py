"""Decisions as they are written, with the observations that they make of claims and the conflicts that they leave."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from salpi.evidence.ledger import observed
from salpi.evidence.ledger import tables as t
from salpi.evidence.ledger.pen import Pen
from salpi.evidence.reconcile.finding import Finding
from salpi.plan.reconcile import Conflict, Side
from salpi.plan.schema import Observation


def add_findings(
    pen: Pen, claims: Sequence[int], findings: Sequence[Finding | None], standing: dict[int, int] | None = None
) -> None:
    """A decision for each finding, the observation of an accepted one, the conflicts with all sides; ``standing`` are the
    decisions that stood, by claim.
    """
    decisions: list[dict[str, Any]] = []
    observations: list[dict[str, Any]] = []
    conflicts: list[dict[str, Any]] = []
    sides: list[dict[str, Any]] = []
    for claim, finding in zip(claims, findings, strict=True):
        if finding is None:
            continue
        id = pen.take(t.decisions)
        before = (standing or {}).get(claim)
        decisions.append(_row(pen, id, claim, finding.verdict, finding.rule, finding.reason, finding.indicator, before))
        if finding.verdict == "accepted" and finding.row is not None:
            observations.append(observed.to_row(pen.take(t.observations), id, claim, finding.row, pen.entry))
        for found in finding.conflicts:
            number = pen.take(t.conflicts)
            conflicts.append(conflict_row(number, claim, found, pen.entry))
            sides += [side_row(number, position, claim, side) for position, side in enumerate(found.sides)]
    pen.insert(t.decisions, decisions)
    pen.insert(t.observations, observations)
    pen.insert(t.conflicts, conflicts)
    pen.insert(t.conflict_sides, sides)


def conflict_row(id: int, claim: int, found: Conflict, entry: int) -> dict[str, Any]:
    """A conflict that a claim is in, as a row."""
    names = ("kind", "indicator", "subject", "period", "gap", "weight")
    said = {"explanation_en": found.explanation.en, "explanation_ko": found.explanation("ko")}
    return {"id": id, "key": found.id, "claim": claim, **{name: getattr(found, name) for name in names}, **said, "entry": entry}


def side_row(conflict: int, position: int, claim: int, side: Side) -> dict[str, Any]:
    """A side of a conflict as a row; the first is the claim's own."""
    names = ("indicator", "period", "value", "unit", "status", "source", "source_title", "as_of")
    said = {"definition_en": side.definition.en, "definition_ko": side.definition("ko")}
    own = claim if position == 0 else None
    return {"conflict": conflict, "position": position, "claim": own, **{name: getattr(side, name) for name in names}, **said}


def add_decision(pen: Pen, claim: int, verdict: str, rule: str, reason: str, indicator: str | None, before: int | None) -> int:
    """A decision on top of the one that stood; gives its id."""
    id = pen.take(t.decisions)
    pen.insert(t.decisions, [_row(pen, id, claim, verdict, rule, reason, indicator, before)])
    return id


def _row(
    pen: Pen, id: int, claim: int, verdict: str, rule: str, reason: str, indicator: str | None, before: int | None
) -> dict[str, Any]:
    said = {"verdict": verdict, "rule": rule, "reason": reason, "indicator": indicator}
    return {"id": id, "claim": claim, **said, "supersedes": before, "entry": pen.entry}


def add_observation(pen: Pen, decision: int, claim: int, row: Observation) -> None:
    """The observation that a decision makes of a claim, superseding the one that the claim had."""
    before = pen.c.execute(select(func.max(t.observations.c.id)).where(t.observations.c.claim == claim)).scalar()
    pen.insert(t.observations, [observed.to_row(pen.take(t.observations), decision, claim, row, pen.entry, before)])
