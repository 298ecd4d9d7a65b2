"""Claims of the ledger as the cases that they were when they came in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from salpi.evidence.documents.read import readable
from salpi.evidence.extraction import sentences_of
from salpi.evidence.ledger.waiting import Held
from salpi.evidence.reconcile.finding import Case, Context
from salpi.evidence.record import Document


def cases(held: Held, taken_in: date | None = None) -> list[Case]:
    """The claims of a document with what is known of it, as they were judged when it came in; ``taken_in`` the day of judging."""
    it = held.document
    return [
        Case(claim, Context(held.source_id, held.source.quality, it.publisher, it.published, sentence, taken_in))
        for claim, sentence in zip(held.claims, _sentences(it, [claim.span for claim in held.claims]), strict=True)
    ]


def _sentences(document: Document, spans: Sequence[tuple[int, int]]) -> tuple[str, ...]:
    view = readable(document)
    try:
        return sentences_of(view.text, [view.back(*span) for span in spans])
    except IndexError:  # a page of which an earlier version of salpi read other parts: its sentences with their markup
        return sentences_of(document.text, spans)
