"""A version at a place, and what becomes of the claims of the document that stood there before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from salpi.evidence.ledger import in_force
from salpi.evidence.ledger import tables as t
from salpi.evidence.ledger.decisions import add_decision
from salpi.evidence.ledger.pen import Pen
from salpi.evidence.ledger.versions import latest, stands


@dataclass(frozen=True)
class Replaced:
    """A claim of a document that another replaced where it stood: its id, and the decision in force on it."""

    claim: int
    decision: int
    indicator: str | None


def add_version(pen: Pen, origin: str, document: int, new: bool = False) -> list[Replaced]:
    """A version at a place; gives the claims of the document that it replaces, unless that still stands elsewhere.

    ``new``: it is known that nothing stood there.
    """
    before = None if new else latest(pen.c, origin)
    row = {"id": pen.take(t.versions), "origin": origin, "document": document, "entry": pen.entry}
    row |= {"number": before.number + 1 if before else 1, "supersedes": before.id if before else None}
    pen.insert(t.versions, [row])
    if before is None or stands(pen.c, before.document):
        return []
    decided = in_force.of_document(pen.c, before.document)
    return [Replaced(row.claim, row.id, row.indicator) for row in decided if row.verdict != "superseded"]


def supersede(pen: Pen, replaced: Sequence[Replaced], reason: str) -> None:
    """Claims that were replaced stand no longer."""
    for one in replaced:
        add_decision(pen, one.claim, "superseded", "version", reason, one.indicator, one.decision)
