"""Where documents stand. A version is a document at an address or path; it stands there until another does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, bindparam, exists, not_, or_, select
from sqlalchemy.sql import ColumnElement

from salpi.evidence.ledger import tables as t

_LATEST: Select[Any] = (
    select(t.versions.c.id, t.versions.c.number, t.versions.c.document)
    .where(t.versions.c.origin == bindparam("origin"))
    .order_by(t.versions.c.number.desc())
    .limit(1)
)
"""Made once: each document asks the same."""


def _current(version: Any) -> ColumnElement[bool]:
    """Of a version: none came later at its place."""
    later = t.versions.alias("later")
    return not_(exists().where(later.c.origin == version.c.origin, later.c.number > version.c.number))


def standing(document: Any) -> ColumnElement[bool]:
    """Of a document's id: it stands somewhere; what was typed in has no place at which another could replace it."""
    v, d = t.versions.alias("now"), t.documents.alias("typed")
    placed = exists().where(and_(v.c.document == document, _current(v)))
    return or_(placed, exists().where(d.c.id == document, d.c.origin.is_(None)))


def stands(c: Connection, document: int) -> bool:
    """Whether a document stands somewhere."""
    return c.execute(select(t.documents.c.id).where(t.documents.c.id == document, standing(t.documents.c.id))).first() is not None


def latest(c: Connection, origin: str) -> Row[Any] | None:
    """Id, number and document of the version that came last at a place."""
    return c.execute(_LATEST, {"origin": origin}).first()


def stands_at(c: Connection, origin: str | None, document: int) -> bool:
    """Whether a document stands at a place, as the latest there; at no place nothing replaces it."""
    if origin is None:
        return True
    now = latest(c, origin)
    return now is not None and now.document == document


def elsewhere(c: Connection, found: Sequence[tuple[str, str | None]]) -> set[int]:
    """Of known documents (sha256 of the bytes, and the place where they were found): those, by position, that do not stand at the
    place yet.
    """
    d, v = t.documents.c, t.versions
    places = [origin for _, origin in found if origin is not None]
    ids = {row.sha256: row.id for row in c.execute(select(d.sha256, d.id).where(d.sha256.in_([sha256 for sha256, _ in found])))}
    there = select(v.c.origin, v.c.document).where(v.c.origin.in_(places), _current(v))
    now = {row.origin: row.document for row in c.execute(there)}
    return {at for at, (sha256, origin) in enumerate(found) if origin is not None and now.get(origin) != ids.get(sha256)}
