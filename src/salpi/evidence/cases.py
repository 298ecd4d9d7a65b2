"""Claims as the cases that are judged: as they come in, and, of those in the ledger, as they were then."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from salpi.evidence.documents.read import readable
from salpi.evidence.extraction import sentences_of
from salpi.evidence.ledger.waiting import Held
from salpi.evidence.reconcile.finding import Case, Context
from salpi.evidence.record import Claim, Document
from salpi.plan.schema import Source


def cases(held: Held, taken_in: date | None = None) -> list[Case]:
    """The claims of a document with what is known of it, as they were judged when it came in; ``taken_in`` the day of judging."""
    sentences = _sentences(held.document, [claim.span for claim in held.claims])
    return as_cases(held.document, held.claims, sentences, held.source_id, held.source, taken_in)


def as_cases(
    document: Document,
    claims: Sequence[Claim],
    sentences: Sequence[str],
    source_id: str,
    source: Source,
    taken_in: date | None = None,
) -> list[Case]:
    """The claims of a document, each with the sentence in which it stands and what is known of the document."""
    return [
        Case(claim, Context(source_id, source.quality, document.publisher, document.published, sentence, taken_in))
        for claim, sentence in zip(claims, sentences, strict=True)
    ]


def _sentences(document: Document, spans: Sequence[tuple[int, int]]) -> tuple[str, ...]:
    view = readable(document)
    try:
        return sentences_of(view.text, [view.back(*span) for span in spans])
    except IndexError:  # a page of which an earlier version of salpi read other parts: its sentences with their markup
        return sentences_of(document.text, spans)
