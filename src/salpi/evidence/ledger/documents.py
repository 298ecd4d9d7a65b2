"""A document as it is written, with all that follows from it in one transaction: its source, version, passages and claims."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection, bindparam, select

from salpi.evidence.extraction import Extracted
from salpi.evidence.ledger import tables as t
from salpi.evidence.ledger.claims import add_claims
from salpi.evidence.ledger.pen import Pen
from salpi.evidence.ledger.readings import match
from salpi.evidence.ledger.replacing import Replaced, add_version
from salpi.evidence.record import Document

_KNOWN = select(t.documents.c.id).where(t.documents.c.sha256 == bindparam("sha256"))
"""Made once: each document asks the same."""


@dataclass
class Written:
    """What became of a document: its id, the ids of its claims, the claims of an earlier version that it superseded, those of its
    own on which a person's decision about that version stands on. ``known``: it was there and stands; ``described``: other
    facts were given of it.
    """

    document: int
    claims: list[int] = field(default_factory=list)
    superseded: list[Replaced] = field(default_factory=list)
    inherited: list[int] = field(default_factory=list)
    known: bool = False
    described: bool = False


def known_document(c: Connection, sha256: str) -> int | None:
    """The id of the document with these bytes, if the ledger has it."""
    return c.execute(_KNOWN, {"sha256": sha256}).scalar()


@dataclass
class Met:
    """What the ledger holds of what some documents bring: their bytes, the places that they come from, their sources."""

    hashes: set[str]
    origins: set[str]
    sources: set[str]

    @classmethod
    def of(cls, c: Connection, documents: Sequence[Document], sources: Sequence[str]) -> Met:
        """What of them is there now."""
        d, v, s = t.documents.c.sha256, t.versions.c.origin, t.sources.c.id
        origins = [it.origin for it in documents if it.origin]
        return cls(
            set(c.execute(select(d).where(d.in_([it.sha256 for it in documents]))).scalars()),
            set(c.execute(select(v).where(v.in_(origins))).scalars()),
            set(c.execute(select(s).where(s.in_(sources))).scalars()),
        )

    def is_new(self, document: Document, source: str) -> bool:
        """Whether nothing that a document brings was met before; from now on it was."""
        new = document.sha256 not in self.hashes and document.origin not in self.origins and source not in self.sources
        self.hashes.add(document.sha256)
        self.sources.add(source)
        if document.origin:
            self.origins.add(document.origin)
        return new


def add_document(pen: Pen, found: Extracted, source: str, new: bool = False) -> Written:
    """The document, its version, passages, quantities and claims; claims of the version before are found, not touched.

    ``new``: it is known that there is none.
    """
    document = pen.take(t.documents)
    it = found.document
    row = {
        name: getattr(it, name)
        for name in ("sha256", "name", "media", "encoding", "lang", "title", "publisher", "origin", "text")
    }
    row |= {"published": it.published.isoformat() if it.published else None, "source": source, "id": document, "entry": pen.entry}
    row["places"] = json.dumps([[p.start, p.end, p.page, p.box] for p in it.places]) if it.places else "[]"
    row["regions"] = json.dumps(it.regions) if it.regions else "[]"
    pen.insert(t.documents, [row])
    written = Written(document)
    if it.origin:
        written.superseded = add_version(pen, it.origin, document, new)
    if found.claims:
        written.claims = add_claims(pen, found, document)
    return written


def add_place(pen: Pen, origin: str, document: int) -> Written:
    """A document that stands already is a version at another place as well."""
    return Written(document, superseded=add_version(pen, origin, document), known=True)


def restore(pen: Pen, found: Extracted, document: int) -> Written:
    """A document that came back is a version of its own. Of its claims those that are read now as they were are to be judged
    again; what is read otherwise is added, and what is not read any more stays as it is.
    """
    written = Written(document, superseded=add_version(pen, found.document.origin or "", document))
    had = match(pen.c, document, found.claims)
    more = [at for at, id in enumerate(had) if id is None]
    added = iter(add_claims(pen, _part(found, more), document)) if more else iter(())
    written.claims = [next(added) if id is None else id for id in had]
    return written


def _part(found: Extracted, places: Sequence[int]) -> Extracted:
    """Some of the claims, with the passages in which these stand."""
    used = sorted({found.passage_of[at] for at in places})
    return replace(
        found,
        claims=tuple(found.claims[at] for at in places),
        passages=tuple(found.passages[at] for at in used),
        passage_of=tuple(used.index(found.passage_of[at]) for at in places),
    )
