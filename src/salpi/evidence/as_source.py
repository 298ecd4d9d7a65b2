"""A document as a source: by the facts that the user gives of it, else by those that it tells; its grade never by these."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import Connection

from salpi.evidence.documents.web import is_address
from salpi.evidence.extraction import Extracted, Repeated
from salpi.evidence.grade import graded, host_of
from salpi.evidence.ledger.described import FIELDS, UNKNOWN, described, grade_given, new_source_id, publisher_of
from salpi.evidence.options import Options
from salpi.evidence.reconcile.known import Known
from salpi.evidence.record import Document
from salpi.plan.schema import Source


def new_source(document: Document, known: Known, options: Options) -> tuple[str, Source]:
    """A document that comes in as a source, with its id."""
    published = document.published.isoformat() if document.published else None
    quality, kind = graded(known, options.given.publisher, document.host, options.rules.other_quality)
    url = document.origin if document.origin and is_address(document.origin) else None
    body = {
        "title": document.title or document.name,
        "publisher": document.publisher or UNKNOWN,
        "published": published,
        "url": url,
        "url_kind": "page" if url else "none",
        "kind": options.kind or kind,
        "quality": options.quality or quality,
    }
    return new_source_id(document.publisher, published, document.sha256), Source.read(body)


def called(found: Extracted | Repeated, known: Known, options: Options) -> Extracted | Repeated:
    """A document with its publisher as the plan's sources name it, unless the user named one."""
    if isinstance(found, Repeated) or options.given.publisher or not found.document.publisher:
        return found
    return replace(found, document=replace(found.document, publisher=known.called(found.document.publisher)))


def source_anew(c: Connection, document: int, known: Known, options: Options) -> Source | None:
    """A known document as a source, with the facts that are given now; None where these say nothing else."""
    if not options.describe:
        return None
    now, given = described(c, document), options.given
    told = {
        "title": given.title,
        "publisher": given.publisher,
        "published": given.published.isoformat() if given.published else None,
        "quality": options.quality,
        "kind": options.kind,
    }
    body: dict[str, Any] = {name: getattr(now, name) for name in FIELDS}
    changes = {name: value for name, value in told.items() if value is not None and value != body[name]}
    grade = partial(graded, known, other=options.rules.other_quality)
    untold = (grade(now.publisher, None), grade(None, host_of(now.url)))
    qualities, kinds = zip(*untold, strict=True)
    settled = now.quality not in qualities or grade_given(c, document)
    if given.publisher:  # a grade that nobody gave goes with the publisher
        by = dict(zip(("quality", "kind"), grade(given.publisher, None), strict=True))
        if settled or told["quality"] is not None:
            del by["quality"]
        if now.kind not in kinds or told["kind"] is not None:
            del by["kind"]
        changes |= {name: value for name, value in by.items() if value != body[name]}
    if not changes and (settled or options.quality is None):
        return None
    return Source.read({**body, "url_kind": "page" if now.url else "none", **changes})


def as_described(document: Document, source: Source) -> Document:
    """A known document with publisher and date as they were said last."""
    published = date.fromisoformat(source.published) if source.published else None
    return replace(document, publisher=publisher_of(source), published=published)
