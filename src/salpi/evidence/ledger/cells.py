"""What stands beside and over a figure of a table: the label of its row, the head of its column, the caption."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select

from salpi.evidence.ledger import tables as t
from salpi.evidence.record import Document

RULE = "table cell"
"""How the record of a claim says that its figure stood in a table."""

Words = dict[str, str]
"""``row``, ``column``, ``caption``; "" where there is none."""


class Cells:
    """Finds the words of cells again; each document is looked through once."""

    def __init__(self, c: Connection) -> None:
        self._c = c
        self._known: dict[str, dict[tuple[int, int], Words]] = {}

    def of(self, claim: Mapping[str, Any]) -> Words | None:
        """The words of a claim's cell; None where its figure stands in running text, or its table is read otherwise today."""
        if claim["rules"].get("quantity") != RULE:
            return None
        if claim["document"] not in self._known:
            self._known[claim["document"]] = self._read(claim["document"])
        start, end = claim["span"]
        return self._known[claim["document"]].get((start, end))

    def _read(self, sha256: str) -> dict[tuple[int, int], Words]:
        d = t.documents.c
        row = self._c.execute(select(d.name, d.text, d.media, d.regions).where(d.sha256 == sha256)).one()
        regions = tuple((start, stop) for start, stop in json.loads(row.regions))
        return cells_in(Document(sha256, row.name, row.text, row.media, regions=regions))


def cells_in(document: Document) -> dict[tuple[int, int], Words]:
    """The words of all cells of a document, by where their figures stand in its text."""
    from salpi.evidence.claims.tables import tables
    from salpi.evidence.documents import readable
    from salpi.evidence.reading import Reading

    view = readable(document)
    reading = Reading.of(view.text)
    out: dict[tuple[int, int], Words] = {}
    for table in tables(reading.text):
        for cell in table.cells:
            try:
                span = view.span(*reading.span(cell.found.start, cell.found.end))
            except IndexError:  # a page of which an earlier version of salpi read other parts
                continue
            out.setdefault(span, {"row": cell.label, "column": cell.head, "caption": cell.caption})
    return out
