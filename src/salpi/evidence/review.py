"""What a person decides about claims: accept, correct, reject. Each is a record on top of the one before, with who and why.

Decisions that are taken together are written together: all of them, or, where one cannot be taken, none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from salpi.evidence.accepting import ReviewFault, observation
from salpi.evidence.follow import Follower
from salpi.evidence.ledger import in_force, query
from salpi.evidence.ledger.decisions import add_decision, add_observation
from salpi.evidence.ledger.falls import Falls
from salpi.evidence.ledger.find import Filter
from salpi.evidence.ledger.journal import Clock, Entry, begin, judged_by
from salpi.evidence.ledger.judged import Judged
from salpi.evidence.ledger.pen import Pen
from salpi.evidence.ledger.store import Ledger
from salpi.evidence.reconcile.finding import Verdict
from salpi.evidence.reconcile.known import Known
from salpi.evidence.reconcile.rules import Rules
from salpi.evidence.repetitions import judge_repetitions
from salpi.plan.model import Plan
from salpi.plan.schema import Observation

__all__ = ["Decided", "Decision", "ReviewFault", "Reviewer", "accept", "decide", "reject"]


@dataclass(frozen=True)
class Reviewer:
    """Who decides, when and why."""

    actor: str
    clock: Clock
    reason: str = ""


@dataclass(frozen=True)
class Decision:
    """What becomes of a claim: it is left out, or an observation, as it stands or with ``changes`` (then it is corrected, unless
    these only say which of the plan's indicators it is of).

    ``new_subject``: a given subject is taken though neither the plan nor the ledger has it.
    """

    claim: int
    accepted: bool
    changes: dict[str, Any] = field(default_factory=dict)
    new_subject: bool = False

    @property
    def given(self) -> dict[str, Any]:
        """The changes that say something."""
        return {name: value for name, value in self.changes.items() if value is not None}

    @property
    def verdict(self) -> Verdict:
        """What the ledger calls it."""
        if not self.accepted:
            return "rejected"
        return "corrected" if any(name != "indicator" for name in self.given) else "accepted"


@dataclass(frozen=True)
class Decided:
    """The observation of each decision (None: rejected), and what repeats those that stand no longer, as it was judged again."""

    observations: tuple[Observation | None, ...]
    again: tuple[Judged, ...] = ()


def accept(
    ledger: Ledger, plan: Plan, claim: int, by: Reviewer, changes: dict[str, Any] | None = None, new_subject: bool = False
) -> Observation:
    """Make one claim an observation. Raises ReviewFault, LedgerFault."""
    (row,) = decide(ledger, plan, [Decision(claim, True, changes or {}, new_subject)], by).observations
    assert row is not None
    return row


def reject(ledger: Ledger, claim: int, by: Reviewer, plan: Plan | None = None) -> None:
    """Leave one claim out for good; its conflicts are closed, and what repeats it is judged again by ``plan`` (None: that is left
    to ``judge_again``). Raises ReviewFault, LedgerFault.
    """
    decide(ledger, plan, [Decision(claim, False)], by)


def decide(ledger: Ledger, plan: Plan | None, decisions: Sequence[Decision], by: Reviewer) -> Decided:
    """Write all decisions in one transaction. ``plan`` may be left out where nothing is accepted.

    Raises ReviewFault with a line for each that cannot be taken (then nothing is written), LedgerFault.
    """
    with ledger.writing() as c:
        known = Known.of(plan) if plan is not None and any(one.accepted for one in decisions) else None
        ready = _all(c, known, decisions)
        state = judged_by(plan) if plan is not None else ""
        pen = begin(c, Entry(by.clock(), by.actor, "review", by.reason, state))
        for one, (record, row) in zip(decisions, ready, strict=True):
            _write(pen, one, record, row, by)
        again: list[Judged] = []
        claims = [one.claim for one in decisions]
        if plan is not None and Falls.of_claims(c, claims).by:
            again = judge_repetitions(pen, Follower(plan).rebuild(c), Rules(), claims)
    return Decided(tuple(row for _, row in ready), tuple(again))


def _all(c: Connection, known: Known | None, decisions: Sequence[Decision]) -> list[tuple[dict[str, Any], Observation | None]]:
    """The record of each claim, and the observation that it is to be. Raises ReviewFault for all that cannot be."""
    ready: list[tuple[dict[str, Any], Observation | None]] = []
    problems: list[str] = []
    seen: set[int] = set()
    for one in decisions:
        try:
            if one.claim in seen:
                raise ReviewFault(f"claim {one.claim}: one decision a claim")
            seen.add(one.claim)
            record = _record(c, one.claim)
            ready.append((record, _observation(c, record, known, one)))
        except ReviewFault as fault:
            problems += fault.lines
    if problems:
        raise ReviewFault(*problems)
    return ready


def _observation(c: Connection, record: dict[str, Any], known: Known | None, one: Decision) -> Observation | None:
    changes = one.given
    if not one.accepted:
        if record["verdict"] == "rejected":
            raise ReviewFault(f"claim {one.claim}: is rejected already")
        return None
    if record["verdict"] in ("accepted", "corrected") and not changes:
        raise ReviewFault(f"claim {one.claim}: is accepted already")
    if known is None:
        raise ValueError("a plan is needed to accept a claim")
    return observation(c, record, known, changes, one.new_subject)


def _write(pen: Pen, one: Decision, record: dict[str, Any], row: Observation | None, by: Reviewer) -> None:
    reason = by.reason or f"{one.verdict} by {by.actor}"
    indicator = record["definition"] if row is None else row.indicator
    decision = add_decision(pen, one.claim, one.verdict, "person", reason, indicator, in_force.of_claim(pen.c, one.claim))
    if row is not None:
        add_observation(pen, decision, one.claim, row)


def _record(c: Connection, claim: int) -> dict[str, Any]:
    rows = query.claims(c, Filter(ids=(claim,)), 1)
    if not rows:
        raise ReviewFault(f"claim {claim}: there is none of that number; `salpi review` lists those that wait")
    if rows[0]["verdict"] == "superseded":
        raise ReviewFault(f"claim {claim}: stood in an earlier version of {rows[0]['doc']}; decide about the later one")
    return rows[0]
