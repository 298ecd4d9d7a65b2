"""Reading the ledger: claims, observations in force, conflicts, decisions; now, or as of a date."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, case, or_, select
from sqlalchemy.sql import ColumnElement

from salpi.evidence.ledger import in_force, observed
from salpi.evidence.ledger import tables as t
from salpi.evidence.ledger.described import facts, source_now
from salpi.evidence.ledger.find import Filter, find
from salpi.evidence.ledger.journal import cut_at
from salpi.evidence.ledger.portions import AT_A_TIME, portions
from salpi.evidence.ledger.versions import standing
from salpi.plan.schema import Observation

OBSERVED = ("indicator", "subject", "period", "value", "unit", "qualifier", "status")
"""What an observation says; a claim's own fields stay as they were read, a person may have given others."""


def claims(c: Connection, want: Filter, limit: int | None = 100) -> list[dict[str, Any]]:
    """Claims with their decision in force, the newest first. Raises ValueError for a text without words."""
    return list(every_claim(c, want, limit))


def every_claim(c: Connection, want: Filter, limit: int | None = None) -> Iterator[dict[str, Any]]:
    """The same, one by one, without holding all in memory."""
    cut = cut_at(c, want.as_of)
    for ids in portions(find(c, want, cut, limit)):
        for row in c.execute(_claims(cut).where(t.claims.c.id.in_(ids))):
            yield _claim(row)


def _claims(cut: int | None) -> Select[Any]:
    q, d = t.quantities.c, t.documents.c
    found = t.decisions.c
    return (
        select(
            t.claims,
            *(q.start, q.stop, q.text, q.value, q.high, q.unit, q.qualifier),
            *(d.name, d.sha256, *facts()),
            *(found.verdict, found.rule.label("decided_by"), found.reason, found.indicator.label("definition")),
            *(t.observations.c[name].label(f"observed_{name}") for name in OBSERVED),
        )
        .join(t.quantities, q.id == t.claims.c.quantity)
        .join(t.documents, d.id == t.claims.c.document)
        .join(t.sources, t.sources.c.id == source_now(cut))
        .outerjoin(t.decisions, found.id == in_force.decision(t.claims.c.id, cut))
        .outerjoin(t.observations, t.observations.c.decision == found.id)
        .order_by(t.claims.c.id.desc())
    )


def _within(column: Any, indicator: str) -> ColumnElement[bool]:
    """An id, its definitions (``@``) and what is derived from it (``.``), as ranges, so that an index serves."""
    ranges = [and_(column >= indicator + mark, column < indicator + chr(ord(mark) + 1)) for mark in ".@"]
    return or_(column == indicator, *ranges)


def _claim(row: Row[Any]) -> dict[str, Any]:
    """The gold format's record, with id, document, score, rule, what was decided, and the observation that it is, if any."""
    m = row._mapping
    observed = {name: m[f"observed_{name}"] for name in OBSERVED}
    return {
        "id": m["id"],
        "doc": m["name"],
        "span": [m["start"], m["stop"]],
        "text": m["text"],
        "value": m["value"],
        "high": m["high"],
        "unit": m["unit"],
        "indicator": m["indicator"],
        "subject": m["subject"],
        "period": m["period"],
        "status": m["status"],
        "qualifier": m["qualifier"],
        "baseline": m["baseline"],
        "lang": m["lang"],
        "score": m["score"],
        "rules": json.loads(m["rules"]),
        "warnings": json.loads(m["warnings"]),
        "document": m["sha256"],
        "title": m["title"],
        "publisher": m["publisher"],
        "published": m["published"],
        "verdict": m["verdict"],
        "rule": m["decided_by"],
        "reason": m["reason"],
        "definition": m["definition"],
        "observation": observed if observed["indicator"] is not None else None,
    }


def hashes(c: Connection) -> frozenset[bytes]:
    """sha256 of every document that the ledger holds and that stands somewhere."""
    held = select(t.documents.c.sha256).where(standing(t.documents.c.id))
    return frozenset(bytes.fromhex(row.sha256) for row in c.execute(held))


def others_decided(c: Connection, after: int) -> bool:
    """Whether decisions of later entries replaced earlier ones: what was in force may not be any more."""
    d = t.decisions
    return c.execute(select(d.c.id).where(d.c.entry > after, d.c.supersedes.is_not(None)).limit(1)).first() is not None


def observations(c: Connection, as_of: str | None = None, after: int = 0) -> list[tuple[int, Observation]]:
    """The observations in force with their ids, of entries ``after`` one; not those whose claim was decided otherwise since."""
    cut = cut_at(c, as_of)
    o = t.observations.c
    query = select(t.observations).where(o.decision == in_force.decision(o.claim, cut), o.entry > after).order_by(o.id)
    return [(row.id, observed.from_row(row)) for row in c.execute(query)]


def conflicts(
    c: Connection,
    indicator: str | None = None,
    subject: str | None = None,
    kind: str | None = None,
    closed: bool = False,
    as_of: str | None = None,
    limit: int | None = None,
    ids: tuple[int, ...] = (),
) -> list[dict[str, Any]]:
    """Conflicts, the weightiest first. Those of claims that were rejected or superseded since are closed, and left out unless
    asked for; so are those that the person who accepted or corrected the claim has settled, and those of an earlier decision,
    where the claim was judged again.
    """
    cut = cut_at(c, as_of)
    k = t.conflicts
    open = in_force.leaves_open(t.decisions.c, k.c)
    query = (
        select(k, case((open, 1), else_=0).label("open"))
        .add_columns(t.documents.c.name, t.documents.c.sha256, t.quantities.c.start, t.quantities.c.stop)
        .join(t.claims, t.claims.c.id == k.c.claim)
        .join(t.quantities, t.quantities.c.id == t.claims.c.quantity)
        .join(t.documents, t.documents.c.id == t.claims.c.document)
        .outerjoin(t.decisions, t.decisions.c.id == in_force.decision(t.claims.c.id, cut))
        .order_by(k.c.weight.desc(), k.c.id)
    )
    if cut is not None:
        query = query.where(k.c.entry <= cut)
    if not closed:
        query = query.where(open)
    for column, value in ((k.c.subject, subject), (k.c.kind, kind)):
        if value is not None:
            query = query.where(column == value)
    if indicator is not None:
        query = query.where(_within(k.c.indicator, indicator))
    if ids:
        query = query.where(k.c.claim.in_(ids))
    rows = c.execute(query if limit is None else query.limit(limit)).all()
    sides: dict[int, list[dict[str, Any]]] = {}
    if rows:
        found = select(t.conflict_sides).order_by(t.conflict_sides.c.conflict, t.conflict_sides.c.position)
        wanted = {row.id for row in rows}
        narrow = found.where(t.conflict_sides.c.conflict.in_(wanted)) if len(wanted) <= AT_A_TIME else found
        for side in c.execute(narrow):
            if side.conflict in wanted:
                sides.setdefault(side.conflict, []).append(_side(side))
    return [_conflict(row, sides.get(row.id, [])) for row in rows]


def _side(row: Row[Any]) -> dict[str, Any]:
    return {
        "value": row.value,
        "unit": row.unit,
        "definition": row.definition_en,
        "definition_ko": row.definition_ko,
        "source": row.source,
        "source_title": row.source_title,
        "span": None,
        "indicator": row.indicator,
        "period": row.period,
        "status": row.status,
        "as_of": row.as_of,
        "claim": row.claim,
    }


def _conflict(row: Row[Any], sides: list[dict[str, Any]]) -> dict[str, Any]:
    for side in sides:
        if side["claim"] == row.claim:
            side["span"], side["doc"], side["document"] = [row.start, row.stop], row.name, row.sha256
    return {
        "id": f"{row.key}.{row.claim}",
        "indicator": row.indicator,
        "subject": row.subject,
        "period": row.period,
        "kind": row.kind,
        "sides": sides,
        "explanation": row.explanation_en,
        "explanation_ko": row.explanation_ko,
        "gap": row.gap,
        "weight": row.weight,
        "claim": row.claim,
        "open": bool(row.open),
    }


def behind(c: Connection, indicators: Sequence[str], subject: str, period: str | None, as_of: str | None = None) -> list[int]:
    """The claims that are observations of some indicators, of a subject and a period (None: of any), the newest first."""
    cut = cut_at(c, as_of)
    o = t.observations.c
    query = select(o.claim).where(o.indicator.in_(indicators), o.subject == subject)
    if period is not None:
        query = query.where(o.period == period)
    query = query.where(o.decision == in_force.decision(o.claim, cut))
    return list(c.execute(query.order_by(o.claim.desc())).scalars())


def definitions(c: Connection, indicator: str) -> list[str]:
    """The indicators that observations have of a family: its id, with a definition (``@``)."""
    o = t.observations.c.indicator
    same = or_(o == indicator, and_(o >= indicator + "@", o < indicator + "A"))
    return sorted(c.execute(select(o).where(same).distinct()).scalars())


def history(c: Connection, claim: int, as_of: str | None = None) -> list[dict[str, Any]]:
    """All decisions about a claim in their order, by a date: who, when, what, why."""
    cut = cut_at(c, as_of)
    query = (
        select(t.decisions, t.entries.c.at, t.entries.c.actor, t.entries.c.reason.label("note"))
        .join(t.entries, t.entries.c.id == t.decisions.c.entry)
        .where(t.decisions.c.claim == claim)
        .order_by(t.decisions.c.id)
    )
    if cut is not None:
        query = query.where(t.decisions.c.entry <= cut)
    names = ("id", "verdict", "rule", "reason", "indicator", "at", "actor", "note")
    return [{name: getattr(row, name) for name in names} for row in c.execute(query)]
