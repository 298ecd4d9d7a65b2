"""What is said of a document as a source. Who gives other facts later adds a row; the last that was said counts.

A document names the source with which it came in; those that were said later have its id with a number: ``….2``, ``….3``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, and_, case, func, or_, select
from sqlalchemy.sql import ColumnElement

from salpi.evidence.ledger import tables as t
from salpi.plan.schema import Source

if TYPE_CHECKING:
    from salpi.evidence.ledger.write import Pen

FIELDS = ("title", "publisher", "published", "url", "kind", "quality")
GRADED = "ingest-graded"
"""The action of an entry of an ingest in which a person gave the grade: no publisher that is named later changes that."""
UNKNOWN = "unknown"
"""The publisher of a source that names none."""


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
    row = c.execute(select(t.sources).where(t.sources.c.id == source_id(c, document))).one()
    return Source.read({name: getattr(row, name) for name in FIELDS if getattr(row, name) is not None})


def source_id(c: Connection, document: int) -> str:
    """The id of that source."""
    return str(c.execute(select(source_now()).select_from(t.documents).where(t.documents.c.id == document)).scalar_one())


def grade_given(c: Connection, document: int) -> bool:
    """Whether a person ever gave the grade of a document."""
    s, d, e = t.sources.c, t.documents.c, t.entries.c
    said = select(s.id).join(t.documents, or_(s.id == d.source, _later(s.id, d.source))).join(t.entries, e.id == s.entry)
    return c.execute(said.where(d.id == document, e.action == GRADED).limit(1)).first() is not None


def describe(pen: Pen, document: int, source: Source) -> None:
    """Other facts of a document are said."""
    first = str(pen.c.execute(select(t.documents.c.source).where(t.documents.c.id == document)).scalar_one())
    said = pen.c.execute(select(func.count()).select_from(t.sources).where(_later(t.sources.c.id, first))).scalar_one()
    row = {name: getattr(source, name) for name in FIELDS}
    pen.insert(t.sources, [{"id": f"{first}.{said + 2}", **row, "entry": pen.entry}])
