"""What is said of a document as a source. Who gives other facts later adds a row; the last that was said counts.

A document names the source with which it came in; those that were said later have its id with a number: ``….2``, ``….3``.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, case, func, or_, select
from sqlalchemy.sql import ColumnElement

from salpi.evidence.ledger import tables as t
from salpi.evidence.ledger.pen import Pen
from salpi.evidence.ledger.portions import AT_A_TIME
from salpi.plan.schema import Source

FIELDS = ("title", "publisher", "published", "url", "kind", "quality")
GRADED = "ingest-graded"
"""The action of an entry of an ingest in which a person gave the grade: no publisher that is named later changes that."""
UNKNOWN = "unknown"
"""The publisher of a source that names none."""
_SOURCE = select(t.sources.c.id).where(t.sources.c.id == bindparam("id"))
"""Made once: each document asks the same."""


def source_now(cut: int | None = None) -> Any:
    """The id of the source that counts, of a row of ``documents``; ``cut`` is the last entry that counts."""
    s, first = t.sources.alias("said"), t.documents.c.source
    found = select(s.c.id).where(or_(s.c.id == first, _later(s.c.id, first))).order_by(s.c.entry.desc(), s.c.id.desc()).limit(1)
    return (found if cut is None else found.where(s.c.entry <= cut)).correlate(t.documents).scalar_subquery()


def _later(id: Any, first: Any) -> ColumnElement[bool]:
    return and_(id >= first + ".", id < first + "/")


def facts() -> list[Any]:
    """Title, publisher and date of a document as they count; ``documents`` and its source that counts are joined."""
    d, s = t.documents.c, t.sources.c
    publisher = func.nullif(s.publisher, UNKNOWN)
    said = {"title": s.title, "publisher": publisher, "published": s.published}
    return [case((s.id == d.source, d[name]), else_=now).label(name) for name, now in said.items()]


def described(c: Connection, document: int) -> Source:
    """A document as a source, as it counts now."""
    return _source(c.execute(select(t.sources).where(t.sources.c.id == source_id(c, document))).one())


def sources(c: Connection, ids: Collection[str] | None = None) -> dict[str, Source]:
    """Sources by id; ``ids`` None: all."""
    asked = select(t.sources)
    rows = c.execute(asked.where(t.sources.c.id.in_(ids)) if ids is not None and len(ids) <= AT_A_TIME else asked)
    return {row.id: _source(row) for row in rows if ids is None or row.id in ids}


def _source(row: Row[Any]) -> Source:
    return Source.read({name: getattr(row, name) for name in FIELDS if getattr(row, name) is not None})


def publisher_of(source: Source) -> str | None:
    """The publisher of a source; None where it names none."""
    return source.publisher if source.publisher != UNKNOWN else None


def source_id(c: Connection, document: int) -> str:
    """The id of that source."""
    return str(c.execute(select(source_now()).select_from(t.documents).where(t.documents.c.id == document)).scalar_one())


def grade_given(c: Connection, document: int) -> bool:
    """Whether a person ever gave the grade of a document."""
    s, d, e = t.sources.c, t.documents.c, t.entries.c
    said = select(s.id).join(t.documents, or_(s.id == d.source, _later(s.id, d.source))).join(t.entries, e.id == s.entry)
    return c.execute(said.where(d.id == document, e.action == GRADED).limit(1)).first() is not None


def new_source_id(publisher: str | None, published: str | None, sha256: str) -> str:
    """``ledger-<publisher>-<year>-<sha256's beginning>``: an id for a document that comes in, as a source."""
    name = re.sub(r"[^a-z0-9]+", "-", (publisher or "").casefold()).strip("-")[:40] or "document"
    return f"ledger-{name}-{(published or '')[:4] or 'undated'}-{sha256[:12]}"


def add_source(pen: Pen, id: str, source: Source, new: bool = False) -> None:
    """A source, unless it is there. ``new``: it is known not to be."""
    if new or pen.c.execute(_SOURCE, {"id": id}).first() is None:
        _insert(pen, id, source)


def describe(pen: Pen, document: int, source: Source) -> None:
    """Other facts of a document are said."""
    first = str(pen.c.execute(select(t.documents.c.source).where(t.documents.c.id == document)).scalar_one())
    said = pen.c.execute(select(func.count()).select_from(t.sources).where(_later(t.sources.c.id, first))).scalar_one()
    _insert(pen, f"{first}.{said + 2}", source)


def _insert(pen: Pen, id: str, source: Source) -> None:
    pen.insert(t.sources, [{"id": id, **{name: getattr(source, name) for name in FIELDS}, "entry": pen.entry}])
