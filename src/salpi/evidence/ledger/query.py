"""Reading the ledger: claims, observations in force, conflicts, the journal; now, or as of a date."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, case, func, or_, select
from sqlalchemy.sql import ColumnElement

from salpi.evidence.ledger import tables as t
from salpi.evidence.ledger.find import Filter, find
from salpi.plan.schema import Observation, Source
from salpi.plan.shape import fields_of

IN_FORCE = ("accepted", "corrected")
"""Verdicts that make a claim an observation."""
AT_A_TIME = 500
"""Claims that are fetched together."""

_LAST_ENTRY = select(func.coalesce(func.max(t.entries.c.id), 0))


def claims(c: Connection, want: Filter, limit: int | None = 100) -> list[dict[str, Any]]:
    """Claims with their decision in force, the newest first. Raises ValueError for a text without words."""
    return list(every_claim(c, want, limit))


def every_claim(c: Connection, want: Filter, limit: int | None = None) -> Iterator[dict[str, Any]]:
    """The same, one by one, without holding all in memory."""
    cut = cut_at(c, want.as_of)
    ids = find(c, want, cut, limit)
    for first in range(0, len(ids), AT_A_TIME):
        for row in c.execute(_claims(cut).where(t.claims.c.id.in_(ids[first : first + AT_A_TIME]))):
            yield _claim(row)


def _claims(cut: int | None) -> Select[Any]:
    q, d = t.quantities.c, t.documents.c
    found = t.decisions.c
    return (
        select(
            t.claims,
            *(q.start, q.stop, q.text, q.value, q.high, q.unit, q.qualifier),
            *(d.name, d.sha256, d.title, d.publisher, d.published),
            *(found.verdict, found.rule.label("decided_by"), found.reason, found.indicator.label("definition")),
        )
        .join(t.quantities, q.id == t.claims.c.quantity)
        .join(t.documents, d.id == t.claims.c.document)
        .outerjoin(t.decisions, found.id == _decision(cut))
        .order_by(t.claims.c.id.desc())
    )


def _decision(cut: int | None) -> ColumnElement[int]:
    """The id of a claim's decision in force."""
    d = t.decisions.alias("d")
    found = select(func.max(d.c.id)).where(d.c.claim == t.claims.c.id)
    return (found if cut is None else found.where(d.c.entry <= cut)).correlate(t.claims).scalar_subquery()


def _within(column: Any, indicator: str) -> ColumnElement[bool]:
    """An id, its definitions (``@``) and what is derived from it (``.``), as ranges, so that an index serves."""
    ranges = [and_(column >= indicator + mark, column < indicator + chr(ord(mark) + 1)) for mark in ".@"]
    return or_(column == indicator, *ranges)


def _claim(row: Row[Any]) -> dict[str, Any]:
    """The gold format's record, with id, document, score, rule, and what was decided."""
    m = row._mapping
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
    }


def cut_at(c: Connection, as_of: str | None) -> int | None:
    """The last entry by the end of a day (month, year); None: all. Raises ValueError for no date."""
    if as_of is None:
        return None
    from salpi.plan.periods import Period

    end = Period.parse(as_of).end.isoformat()
    return int(c.execute(select(func.coalesce(func.max(t.entries.c.id), 0)).where(t.entries.c.at < end + "T99")).scalar_one())


def last_entry(c: Connection) -> int:
    """The journal's last entry, 0 where it is empty."""
    return int(c.execute(_LAST_ENTRY).scalar_one())


def last_time(c: Connection) -> str | None:
    """When the journal's last entry was made, None where it is empty."""
    found: str | None = c.execute(select(func.max(t.entries.c.at))).scalar_one()
    return found


def hashes(c: Connection) -> frozenset[bytes]:
    """sha256 of every document that the ledger holds and that no later version replaced."""
    later = select(t.versions.c.supersedes).where(t.versions.c.supersedes.is_not(None))
    replaced = select(t.versions.c.document).where(t.versions.c.id.in_(later))
    held = select(t.documents.c.sha256).where(t.documents.c.id.not_in(replaced))
    return frozenset(bytes.fromhex(row.sha256) for row in c.execute(held))


def others_decided(c: Connection, after: int) -> bool:
    """Whether decisions of later entries replaced earlier ones: what was in force may not be any more."""
    d = t.decisions
    return c.execute(select(d.c.id).where(d.c.entry > after, d.c.supersedes.is_not(None)).limit(1)).first() is not None


def observations(c: Connection, as_of: str | None = None, after: int = 0) -> list[tuple[int, Observation]]:
    """The observations in force with their ids, of entries ``after`` one; not those whose claim was decided otherwise since."""
    cut = cut_at(c, as_of)
    o, d = t.observations, t.decisions
    latest = select(func.max(d.c.id)).where(d.c.claim == o.c.claim)
    latest = latest if cut is None else latest.where(d.c.entry <= cut)
    query = select(o).where(o.c.decision == latest.correlate(o).scalar_subquery(), o.c.entry > after).order_by(o.c.id)
    names = [name for name in fields_of(Observation) if name in o.c]
    return [(row.id, Observation(**{name: getattr(row, name) for name in names})) for row in c.execute(query)]


def sources(c: Connection, ids: set[str] | None = None) -> dict[str, Source]:
    """Sources by id."""
    names = ("title", "publisher", "published", "url", "kind", "quality")
    asked = select(t.sources)
    rows = c.execute(asked.where(t.sources.c.id.in_(ids)) if ids is not None and len(ids) <= AT_A_TIME else asked)
    return {
        row.id: Source.read({n: getattr(row, n) for n in names if getattr(row, n) is not None})
        for row in rows
        if ids is None or row.id in ids
    }


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
    now = _decision(cut)
    open = and_(t.decisions.c.verdict.in_(("waiting", "repeated")), t.decisions.c.entry == k.c.entry)
    query = (
        select(k, case((open, 1), else_=0).label("open"))
        .add_columns(t.documents.c.name, t.documents.c.sha256, t.quantities.c.start, t.quantities.c.stop)
        .join(t.claims, t.claims.c.id == k.c.claim)
        .join(t.quantities, t.quantities.c.id == t.claims.c.quantity)
        .join(t.documents, t.documents.c.id == t.claims.c.document)
        .outerjoin(t.decisions, t.decisions.c.id == now)
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
        narrow = found.where(t.conflict_sides.c.conflict.in_(wanted)) if len(wanted) <= 500 else found
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


def history(c: Connection, claim: int) -> list[dict[str, Any]]:
    """All decisions about a claim in their order: who, when, what, why."""
    query = (
        select(t.decisions, t.entries.c.at, t.entries.c.actor, t.entries.c.reason.label("note"))
        .join(t.entries, t.entries.c.id == t.decisions.c.entry)
        .where(t.decisions.c.claim == claim)
        .order_by(t.decisions.c.id)
    )
    names = ("id", "verdict", "rule", "reason", "indicator", "at", "actor", "note")
    return [{name: getattr(row, name) for name in names} for row in c.execute(query)]


def counts(c: Connection) -> dict[str, int]:
    """Rows of each table."""
    return {table.name: int(c.execute(select(func.count()).select_from(table)).scalar_one()) for table in t.ORDER}
