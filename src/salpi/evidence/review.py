"""What a person decides about a claim: accept, correct, reject. Each is a record on top of the one before, with who and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Connection, select

from salpi.evidence.follow import Follower
from salpi.evidence.ingest import Clock
from salpi.evidence.ledger import query, write
from salpi.evidence.ledger import tables as t
from salpi.evidence.ledger.falls import Falls
from salpi.evidence.ledger.find import Filter
from salpi.evidence.ledger.store import Ledger
from salpi.evidence.reconcile.agree import fits
from salpi.evidence.reconcile.judge import QUALIFIER, unmarked
from salpi.evidence.reconcile.known import Known
from salpi.evidence.reconcile.rules import Rules
from salpi.evidence.repetitions import judge_repetitions
from salpi.plan.model import Plan
from salpi.plan.periods import Period, PeriodError
from salpi.plan.problems import nearest
from salpi.plan.schema import Observation

CHANGEABLE = ("indicator", "subject", "period", "value", "unit", "status")


class ReviewFault(Exception):
    """A decision that cannot be taken; the message is one line."""


@dataclass(frozen=True)
class Reviewer:
    """Who decides, when and why."""

    actor: str
    clock: Clock
    reason: str = ""


def accept(ledger: Ledger, plan: Plan, claim: int, by: Reviewer, changes: dict[str, Any] | None = None) -> Observation:
    """Make a claim an observation, as it stands or with ``changes`` (then it is corrected). Raises ReviewFault, LedgerFault."""
    changes = {name: value for name, value in (changes or {}).items() if value is not None}
    with ledger.writing() as c:
        record = _record(c, claim)
        if record["verdict"] in ("accepted", "corrected") and not changes:
            raise ReviewFault(f"claim {claim}: is accepted already")
        row = _observation(c, record, plan, changes)
        corrected = any(name != "indicator" for name in changes)
        pen = write.begin(c, write.Entry(by.clock(), by.actor, "review", by.reason, write.judged_by(plan)))
        verdict = "corrected" if corrected else "accepted"
        reason = by.reason or (f"corrected by {by.actor}" if corrected else f"accepted by {by.actor}")
        decision = write.add_decision(pen, claim, verdict, "person", reason, row.indicator, _standing(c, claim))
        write.add_observation(pen, decision, claim, row)
        _repetitions(pen, plan, [claim])
    return row


def reject(ledger: Ledger, claim: int, by: Reviewer, plan: Plan | None = None) -> None:
    """Leave a claim out for good; its conflicts are closed, and what repeats it is judged again by ``plan`` (None: it is left to
    ``judge_again``). Raises ReviewFault, LedgerFault.
    """
    with ledger.writing() as c:
        record = _record(c, claim)
        if record["verdict"] == "rejected":
            raise ReviewFault(f"claim {claim}: is rejected already")
        pen = write.begin(c, write.Entry(by.clock(), by.actor, "review", by.reason, write.judged_by(plan) if plan else ""))
        reason = by.reason or f"rejected by {by.actor}"
        write.add_decision(pen, claim, "rejected", "person", reason, record["definition"], _standing(c, claim))
        if plan is not None:
            _repetitions(pen, plan, [claim])


def _repetitions(pen: write.Pen, plan: Plan, claims: Sequence[int]) -> None:
    """Judge again what repeats what claims said until now, if they were observations."""
    if Falls.of_claims(pen.c, claims).by:
        judge_repetitions(pen, Follower(plan).rebuild(pen.c), Rules(), claims)


def _record(c: Connection, claim: int) -> dict[str, Any]:
    rows = query.claims(c, Filter(ids=(claim,)), 1)
    if not rows:
        raise ReviewFault(f"claim {claim}: there is none of that number; `salpi review` lists those that wait")
    if rows[0]["verdict"] == "superseded":
        raise ReviewFault(f"claim {claim}: stood in an earlier version of {rows[0]['doc']}; decide about the later one")
    return rows[0]


def _standing(c: Connection, claim: int) -> int | None:
    d = t.decisions
    return c.execute(select(d.c.id).where(d.c.claim == claim).order_by(d.c.id.desc()).limit(1)).scalar()


def _observation(c: Connection, record: dict[str, Any], plan: Plan, changes: dict[str, Any]) -> Observation:
    claim = record["id"]
    body = {name: record[name] for name in CHANGEABLE} | changes
    indicator = _definition(record, plan, changes.get("indicator"))
    if not fits(plan, body["unit"], plan.indicators[indicator].unit):
        unit = plan.indicators[indicator].unit
        raise ReviewFault(
            f"claim {claim}: {body['unit']} is no unit of {indicator}, which is counted in {unit}; correct --unit and --value"
        )
    if not body["subject"]:
        raise ReviewFault(f"claim {claim}: names no subject; give --subject")
    if record["high"] is not None and "value" not in changes:
        raise ReviewFault(f"claim {claim}: is a range ({record['text']}); give the --value to take")
    try:
        if body["period"] is not None:
            Period.parse(str(body["period"]))
        source, published = c.execute(
            select(t.documents.c.source, t.documents.c.published)
            .join(t.claims, t.claims.c.document == t.documents.c.id)
            .where(t.claims.c.id == claim)
        ).one()
        fields = {
            **body,
            "indicator": indicator,
            "source": source,
            "as_of": published,
            "as_of_basis": "published" if published else "",
        }
        fields |= {"qualifier": QUALIFIER.get(record["qualifier"] or "", ""), "confidence": "high", "note": f"claim {claim}"}
        return Observation.read(fields)
    except PeriodError as error:
        raise ReviewFault(f"claim {claim}: {error}") from None
    except ValidationError as error:
        first = error.errors()[0]
        raise ReviewFault(f"claim {claim}: {'.'.join(map(str, first['loc']))}: {first['msg'].lower()}") from None


def _definition(record: dict[str, Any], plan: Plan, given: str | None) -> str:
    claim = record["id"]
    if given is not None:
        if given in plan.indicators:
            return given
        near = nearest(given, plan.indicators)
        raise ReviewFault(f"claim {claim}: the plan has no indicator {given!r}" + (f" (did you mean {near!r}?)" if near else ""))
    if record["definition"] in plan.indicators:
        return str(record["definition"])
    named = Known.of(plan).candidates(record["indicator"] or "")
    fitting = [id for id in named if fits(plan, record["unit"], plan.indicators[id].unit)]
    only = fitting[0] if len(fitting) == 1 else unmarked(fitting)
    if only is not None:
        return only
    what = f"may be on any of {', '.join(fitting[:8])}" if fitting else "is about nothing that the plan measures"
    raise ReviewFault(f"claim {claim}: {what}; say which with --indicator")
