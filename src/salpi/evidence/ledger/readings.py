"""How a claim is read: what makes two claims of one page say the same, whatever else changed around them."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import Connection, select

from salpi.evidence.ledger import tables as t
from salpi.evidence.record import Claim

Reading = tuple[Any, ...]

FIELDS = ("text", "unit", "value", "high", "qualifier", "indicator", "subject", "period", "status")
"""Fields of a claim, and columns of ``claims`` and ``quantities``."""


def reading(claim: Any) -> Reading:
    """The reading of a claim, or of a row that has its fields."""
    return tuple(getattr(claim, name) for name in FIELDS)


def columns() -> list[Any]:
    """The columns of a reading; ``claims`` and ``quantities`` are joined."""
    q, k = t.quantities.c, t.claims.c
    return [q[name] if name in q else k[name] for name in FIELDS]


def match(c: Connection, document: int, claims: tuple[Claim, ...]) -> list[int | None]:
    """For each of the claims that are found in a document now: the one that it had, read the same at the same place; or None."""
    q, k = t.quantities.c, t.claims.c
    had: dict[Reading, list[int]] = defaultdict(list)
    rows = select(k.id, q.start, q.stop, *columns()).join(t.quantities, q.id == k.quantity).where(k.document == document)
    for row in c.execute(rows.order_by(k.id.desc())):
        had[(row.start, row.stop), *reading(row)].append(row.id)
    keys = [((claim.span[0], claim.span[1]), *reading(claim)) for claim in claims]
    return [had[key].pop() if had[key] else None for key in keys]
