"""What tests of the ledger share: an extractor that reads marked figures, a clock that stands, the rows of each table."""

from __future__ import annotations

import re
from dataclasses import replace

from sqlalchemy import Connection, func, select

from salpi.evidence.ledger import tables as t
from salpi.evidence.record import Claim, Document

MARK = re.compile(r"(-?\d+(?:\.\d+)?(?:e\d+)?) \[([^|\]]*)\|([^|\]]*)\|([^|\]]*)\|([^|\]]*)\|([^|\]]*)\]")


def marked(document: Document) -> tuple[Claim, ...]:
    """Stands for the grammar: ``1.5e9 [indicator|subject|period|unit|status]`` is a claim."""
    out = []
    for found in MARK.finditer(document.text):
        value, indicator, subject, period, unit, status = found.groups()
        claim = Claim(
            document.name, found.span(1), value, float(value), unit, indicator=indicator or None, subject=subject or None
        )
        out.append(replace(claim, period=period or None, status=status or "actual", lang=document.lang, score=0.999))
    return tuple(out)


def clock() -> str:
    return "2026-11-26T10:00:00Z"


def counts(c: Connection) -> dict[str, int]:
    """Rows of each table."""
    return {table.name: int(c.execute(select(func.count()).select_from(table)).scalar_one()) for table in t.ORDER}
