"""A document that came back, and that salpi reads to another text today than when it first came in."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection, select

from salpi.evidence.extraction import Extracted, sentences_of
from salpi.evidence.ledger import tables as t
from salpi.evidence.ledger.waiting import as_claim


def as_it_was(c: Connection, found: Extracted, document: int) -> Extracted:
    """What was found in a document, as long as the ledger holds it with the same text; else the claims that it has there: a row
    is never changed, and spans are offsets into its text.
    """
    d, q, k = t.documents.c, t.quantities.c, t.claims.c
    text = c.execute(select(d.text).where(d.id == document)).scalar_one()
    if text == found.document.text:
        return found
    rows = c.execute(
        select(t.claims, *(q[name] for name in ("start", "stop", "text", "value", "high", "unit", "qualifier")))
        .join(t.quantities, q.id == k.quantity)
        .where(k.document == document)
        .order_by(k.id)
    )
    last = {(row.start, row.stop, row.unit): as_claim(row, found.document.name) for row in rows}
    claims = tuple(sorted(last.values(), key=lambda claim: (claim.span, claim.unit, claim.value)))
    held = replace(found.document, text=text, places=(), regions=())
    return Extracted(held, claims, (), (), sentences_of(text, [claim.span for claim in claims]))
