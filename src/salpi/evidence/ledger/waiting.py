"""Claims that can be judged again: those that wait, and those that repeat what stands no longer; with their documents as they
were judged, and what was decided of them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, and_, exists, false, func, not_, or_, select
from sqlalchemy.sql import ColumnElement, ColumnExpressionArgument

from salpi.evidence.ledger import in_force
from salpi.evidence.ledger import tables as t
from salpi.evidence.ledger.described import publisher_of, source_now, sources
from salpi.evidence.ledger.falls import Falls
from salpi.evidence.ledger.journal import judged_by
from salpi.evidence.ledger.lookup import indicators_of, subjects_of
from salpi.evidence.ledger.portions import portions
from salpi.evidence.ledger.versions import standing
from salpi.evidence.reconcile.finding import Verdict
from salpi.evidence.reconcile.known import names_of
from salpi.evidence.record import Claim, Document
from salpi.plan.model import Plan
from salpi.plan.schema import Source

ALL = "judged"
"""The action of an entry that says: all that waited was judged against its plan, and stands as it is written."""


@dataclass(frozen=True)
class Want:
    """Which claims are to be judged again: those that were judged under a state of ``plan``, and are about what its names mean;
    of an indicator (with its definitions and derived ids), of a subject, where these are given. Of claims that repeat those that
    another state of the plan judged, or under which an observation fell (``falls``).
    """

    plan: Plan
    names: tuple[str, ...]
    indicator: str | None = None
    subject: str | None = None
    falls: Falls = field(default_factory=Falls)


@dataclass(frozen=True)
class Stand:
    """A decision that stands on a claim."""

    id: int
    verdict: Verdict
    rule: str
    reason: str
    indicator: str | None
    entry: int


@dataclass(frozen=True)
class Held:
    """A document with all its claims, their ids, the decisions that stand on them (None: there is none), and those claims, by
    place, that are to be judged again. ``taken_back``: of those, by place, the claim that said the same, if a person rejected or
    changed it: no rule accepts what a person took back.
    """

    document: Document
    source_id: str
    source: Source
    ids: tuple[int, ...]
    claims: tuple[Claim, ...]
    stands: tuple[Stand | None, ...]
    again: frozenset[int]
    taken_back: dict[int, int] = field(default_factory=dict)


def documents(c: Connection, want: Want) -> list[int]:
    """The documents in which claims stand that are to be judged again, in the order in which they came in."""
    k, d, e = t.claims.c, t.decisions.c, t.entries.c
    decided = select(k.document).select_from(t.claims).join(t.decisions, d.claim == k.id).join(t.entries, e.id == d.entry)
    unjudged = select(k.document).join(t.entries, e.id == k.entry).where(~exists().where(d.claim == k.id))
    asked = _asked(c, want)
    found = [
        decided.where(_waits(), *asked).distinct(),
        unjudged.where(_measured(want), *asked).distinct(),
        decided.where(_repeats(), _other_state(c, want.plan), *asked).distinct(),
    ]
    out = {id for query in found for id in c.execute(query).scalars()}
    for indicators in portions(want.falls.indicators()):
        rows = decided.add_columns(d.indicator, k.subject, d.entry).where(_repeats(), d.indicator.in_(indicators), *asked)
        out |= {row.document for row in c.execute(rows) if want.falls.under(row.indicator, row.subject, row.entry)}
    return sorted(out)


def held(c: Connection, documents: Sequence[int], want: Want) -> list[Held]:
    """Documents as they are now; of those without a claim that is to be judged again, nothing."""
    measured = and_(t.decisions.c.id.is_(None), _measured(want))
    other = and_(_repeats(), _other_state(c, want.plan))
    asked = and_(or_(_waits(), measured, other), *_asked(c, want))
    return _documents(c, documents, asked, and_(_repeats(), *_asked(c, want)), want.falls)


def repeating(c: Connection, plan: Plan, falls: Falls) -> list[Held]:
    """Documents with claims that repeat what fell; these are to be judged again."""
    k, d = t.claims.c, t.decisions.c
    repeats = and_(_repeats(), _of(plan.id))
    out: set[int] = set()
    for indicator, subject in falls.by:
        asked = (repeats, k.indicator.in_(names_of(plan, indicator)), d.indicator == indicator, k.subject.is_not(None))
        found = select(k.document, k.subject, d.entry).select_from(t.claims).join(t.decisions, d.claim == k.id)
        rows = c.execute(found.join(t.entries, t.entries.c.id == d.entry).where(*asked))
        out |= {row.document for row in rows if row.subject.casefold() == subject and falls.under(indicator, subject, row.entry)}
    return _documents(c, sorted(out), false(), repeats, falls) if out else []


def of_document(c: Connection, plan: Plan, document: int) -> list[Held]:
    """A document with the claims that wait in it, as a plan judged them."""
    return _documents(c, [document], and_(_waits(), _of(plan.id)), false(), Falls())


def _documents(
    c: Connection, documents: Sequence[int], asked: ColumnElement[bool], repeats: ColumnElement[bool], falls: Falls
) -> list[Held]:
    """Documents with all their claims. To be judged again are those that are ``asked`` for, and what repeats what fell."""
    k, d, q, e = t.claims.c, t.decisions.c, t.quantities.c, t.entries.c
    rows = c.execute(
        select(t.claims, q.start, q.stop, q.text, q.value, q.high, q.unit, q.qualifier)
        .add_columns(d.id.label("stand"), d.verdict, d.rule, d.reason, d.indicator.label("definition"), d.entry.label("decided"))
        .add_columns(asked.label("asked"), repeats.label("repeats"))
        .join(t.quantities, q.id == k.quantity)
        .outerjoin(t.decisions, d.id == in_force.decision(k.id))
        .join(t.entries, e.id == func.coalesce(d.entry, k.entry))
        .where(k.document.in_(documents))
        .order_by(k.document, k.id)
    )
    by_document: dict[int, list[Row[Any]]] = {}
    for row in rows:
        by_document.setdefault(row.document, []).append(row)
    again = {id: _again(found, falls) for id, found in by_document.items()}
    wanted = [id for id in by_document if again[id]]
    bodies = select(t.documents, source_now().label("said")).where(t.documents.c.id.in_(wanted))
    texts = {row.id: row for row in c.execute(bodies)}
    said = sources(c, {row.said for row in texts.values()})
    return [_held(texts[id], said[texts[id].said], by_document[id], again[id]) for id in wanted]


def _again(rows: Sequence[Row[Any]], falls: Falls) -> dict[int, int | None]:
    """The places of a document's claims that are to be judged again, each with the claim that a person took back, if any."""
    out: dict[int, int | None] = {}
    for at, row in enumerate(rows):
        under = falls.under(row.definition, row.subject, row.decided) if row.repeats else []
        if row.asked or under:
            taken = [fall.claim for fall in under if fall.by_person and fall.touches(row.period)]
            out[at] = max(taken) if taken else None
    return out


def _held(row: Row[Any], source: Source, claims: Sequence[Row[Any]], again: dict[int, int | None]) -> Held:
    names = ("sha256", "name", "text", "media", "encoding", "lang", "origin")
    title, publisher, published = row.title, row.publisher, row.published
    if row.said != row.source:
        title, publisher, published = source.title, publisher_of(source), source.published
    regions = tuple((start, stop) for start, stop in json.loads(row.regions))
    given = {"title": title, "publisher": publisher, "published": date.fromisoformat(published) if published else None}
    document = Document(**{name: getattr(row, name) for name in names}, **given, regions=regions)
    return Held(
        document,
        row.said,
        source,
        tuple(claim.id for claim in claims),
        tuple(as_claim(claim, row.name) for claim in claims),
        tuple(_stand(claim) for claim in claims),
        frozenset(again),
        {at: claim for at, claim in again.items() if claim is not None},
    )


def as_claim(row: Row[Any], name: str) -> Claim:
    """A row of ``claims`` and ``quantities`` as the claim that was read, in the document of a name."""
    same = ("text", "value", "unit", "high", "indicator", "subject", "period", "status", "qualifier", "baseline", "lang", "score")
    read = {field: getattr(row, field) for field in same}
    return Claim(name, (row.start, row.stop), **read, rules=json.loads(row.rules), warnings=tuple(json.loads(row.warnings)))


def _stand(row: Row[Any]) -> Stand | None:
    if row.stand is None:
        return None
    return Stand(row.stand, row.verdict, row.rule, row.reason, row.definition, row.decided)


def _waits() -> ColumnElement[bool]:
    """Of a decision: it stands, says that the claim waits, and no person took it."""
    return and_(t.decisions.c.verdict == "waiting", t.decisions.c.rule != "person", in_force.stands())


def _repeats() -> ColumnElement[bool]:
    """Of a decision: it stands, and says that the claim repeats what is known from elsewhere."""
    return and_(t.decisions.c.verdict == "repeated", t.decisions.c.rule == "known", in_force.stands())


def _measured(want: Want) -> ColumnElement[bool]:
    """Of a claim on which nothing was decided: the plan measures by now what it is about, and its document still stands."""
    k = t.claims.c
    return and_(k.indicator.in_(want.names), k.subject.is_not(None), standing(k.document))


def _asked(c: Connection, want: Want) -> list[ColumnExpressionArgument[bool]]:
    """What must hold of a claim and of the entry of its decision, or its own where there is none."""
    k = t.claims.c
    out: list[ColumnExpressionArgument[bool]] = [_of(want.plan.id)]
    if want.indicator is not None:
        out.append(k.indicator.in_(indicators_of(c, want.indicator)))
    if want.subject is not None:
        out.append(k.subject.in_(subjects_of(c, want.subject)))
    return out


def _of(plan: str) -> ColumnElement[bool]:
    """Of an entry: what it did was judged by a state of a plan of this id."""
    return and_(t.entries.c.plan >= plan + "@", t.entries.c.plan < plan + chr(ord("@") + 1))


def of_another_state(c: Connection, plan: Plan) -> int:
    """How many claims wait that were last judged under another state of the plan than this one."""
    return _count(c, _waits(), _of(plan.id), _other_state(c, plan)) if _had_another_state(c, plan) else 0


def rests_on_another_state(c: Connection, plan: Plan) -> bool:
    """Whether claims wait, or repeat, that were last judged under another state of the plan than this one."""
    found = or_(_waits(), _repeats())
    return _had_another_state(c, plan) and _count(c, found, _of(plan.id), _other_state(c, plan)) > 0


def _had_another_state(c: Connection, plan: Plan) -> bool:
    e = t.entries.c
    return c.execute(select(e.id).where(_of(plan.id), e.plan != judged_by(plan)).limit(1)).first() is not None


def _other_state(c: Connection, plan: Plan) -> ColumnElement[bool]:
    """Of an entry of a plan's: what it did was judged by another state, and not all was by this one since."""
    e, now = t.entries.c, judged_by(plan)
    all = c.execute(select(e.id, e.plan).where(e.action == ALL, _of(plan.id)).order_by(e.id.desc()).limit(1)).first()
    other: ColumnElement[bool] = e.plan != now
    if all is not None:
        other = and_(other, e.id > all.id) if all.plan == now else or_(other, e.id <= all.id)
    return other


def of_other_plans(c: Connection, plan: Plan) -> int:
    """How many claims wait that were judged by a plan of another id."""
    return _count(c, _waits(), not_(_of(plan.id)))


def _count(c: Connection, *where: ColumnElement[bool]) -> int:
    d = t.decisions.c
    found = select(func.count()).select_from(t.decisions).join(t.entries, t.entries.c.id == d.entry)
    return int(c.execute(found.where(*where)).scalar_one())
