"""The decision in force on a claim: the newest one, of all or of those up to an entry of the journal."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, ScalarSelect, Select, and_, exists, func, not_, select

from salpi.evidence.ledger import tables as t

UNSETTLED = ("waiting", "repeated")
"""Verdicts that leave the conflicts of a claim open."""


def decision(claim: Any, cut: int | None = None, but: str | None = None) -> ScalarSelect[int]:
    """The id of the decision in force on a claim, which is a column of the query around it; ``cut`` is the last entry that
    counts, ``but`` a verdict that does not.
    """
    d = t.decisions.alias("newest")
    found = _of(d.c, select(func.max(d.c.id)), claim, cut)
    return (found if but is None else found.where(d.c.verdict != but)).correlate(claim.table).scalar_subquery()


def verdict(claim: Any, cut: int | None = None) -> ScalarSelect[str]:
    """Its verdict."""
    d = t.decisions.alias("newest")
    found = _of(d.c, select(d.c.verdict), claim, cut).order_by(d.c.id.desc()).limit(1)
    return found.correlate(claim.table).scalar_subquery()


def _of(d: Any, query: Select[Any], claim: Any, cut: int | None) -> Select[Any]:
    found = query.where(d.claim == claim)
    return found if cut is None else found.where(d.entry <= cut)


def stands() -> ColumnElement[bool]:
    """Of a row of ``decisions``: it is in force now. Said so that a database can find all such rows together."""
    d, later = t.decisions.c, t.decisions.alias("later")
    return not_(exists().where(later.c.claim == d.claim, later.c.id > d.id))


def leaves_open(d: Any, conflict: Any) -> ColumnElement[bool]:
    """Of the decision in force and a conflict of the same claim: it came with the conflict, and does not settle it."""
    return and_(d.verdict.in_(UNSETTLED), d.entry == conflict.entry)


def of_claim(c: Connection, claim: int) -> int | None:
    """The id of the decision in force on one claim."""
    d = t.decisions.c
    return c.execute(select(func.max(d.id)).where(d.claim == claim)).scalar()


def of_document(c: Connection, document: int) -> list[Row[Any]]:
    """The decisions in force on the claims of a document, in the order of the claims."""
    d, k = t.decisions.c, t.claims.c
    query = select(t.decisions).join(t.claims, k.id == d.claim).where(k.document == document, d.id == decision(k.id))
    return list(c.execute(query.order_by(d.claim)))
