"""The way back: from a value to the characters of the document in which it stands."""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from salpi.evidence.ledger import query
from salpi.evidence.ledger import tables as t
from salpi.evidence.ledger.cells import Cells
from salpi.evidence.ledger.find import Filter
from salpi.evidence.ledger.store import Ledger
from salpi.plan.compare import family

AROUND = 160
"""Characters shown before and after a figure: about two lines."""


@dataclass(frozen=True)
class Step:
    """A value as it was read, and where it stands: ``text`` is exactly ``document.text[span]``; ``page``, ``box`` where the
    original has them. ``observation``: what stands of it, where a person may have given other fields; None where it is none.
    ``cell``: ``row``, ``column`` and ``caption`` of a figure in a table; None where it stands in running text.
    """

    claim: int
    value: float
    unit: str
    period: str | None
    status: str
    indicator: str | None
    definition: str | None
    verdict: str | None
    reason: str | None
    text: str
    before: str
    after: str
    span: tuple[int, int]
    document: str
    name: str
    title: str | None
    publisher: str | None
    published: str | None
    origin: str | None
    page: int | None
    box: tuple[float, float, float, float] | None
    decisions: tuple[dict[str, Any], ...]
    observation: dict[str, Any] | None = None
    cell: dict[str, str] | None = None


_SAME = (
    *("value", "unit", "period", "status", "indicator", "definition", "verdict", "reason"),
    *("document", "title", "publisher", "published", "observation"),
)
"""Fields of a step that are those of the record."""


def trail(ledger: Ledger, indicator: str, subject: str, period: str | None = None, as_of: str | None = None) -> tuple[Step, ...]:
    """Every claim that gives a value of an indicator (a definition, or its family) for a subject and period: first those that are
    observations of it, whatever was read of them; then the others that were read so. Each the newest first.

    ``period`` None: of any. ``as_of``: with the decisions up to the end of that day. Raises LedgerFault.
    """
    with ledger.reading() as c:
        want = Filter(indicator=family(indicator), subject=subject, period=period, as_of=as_of)
        rows = query.claims(c, want, limit=None)
        meant = [row for row in rows if "@" not in indicator or row["definition"] in (None, indicator)]
        exact = [row for row in meant if row["indicator"] in (family(indicator), indicator, indicator.partition("@")[0])]
        observed = [indicator] if "@" in indicator else query.definitions(c, indicator)
        first = query.behind(c, observed, subject, period, as_of)
        found = {row["id"]: row for row in query.claims(c, Filter(ids=tuple(first), as_of=as_of), None)} if first else {}
        order = [*(found[id] for id in first), *(row for row in exact if row["id"] not in found)]
        cells = Cells(c)
        return tuple(_step(c, row, cells, as_of) for row in order)


def around(c: Connection, claim: int, cells: Cells | None = None) -> Step | None:
    """The step of one claim, or None where there is none of that id. ``cells``: for several claims, looked through once."""
    rows = query.claims(c, Filter(ids=(claim,)), 1)
    return _step(c, rows[0], cells or Cells(c)) if rows else None


def _step(c: Connection, row: dict[str, Any], cells: Cells, as_of: str | None = None) -> Step:
    d = t.documents.c
    found = c.execute(select(d.text, d.origin, d.places, d.media).where(d.sha256 == row["document"])).one()
    start, end = row["span"]
    before, after = found.text[max(0, start - AROUND) : start], found.text[end : end + AROUND]
    from salpi.evidence.documents.read import HTML  # its readers are many, and a plan on a ledger needs none

    if found.media == HTML:
        before, after = (
            _plain(found.text[max(0, start - 4 * AROUND) : start])[-AROUND:],
            _plain(found.text[end : end + 4 * AROUND])[:AROUND],
        )
    page, box = _place(found.places, start)
    same = {name: row[name] for name in _SAME}
    return Step(
        **same,
        claim=row["id"],
        text=found.text[start:end],
        before=before,
        after=after,
        span=(start, end),
        name=row["doc"],
        origin=found.origin,
        page=page,
        box=box,
        decisions=tuple(query.history(c, row["id"], as_of)),
        cell=cells.of(row),
    )


def _plain(text: str) -> str:
    """Text between tags; a tag that is cut off at either end goes as well."""
    text = re.sub(r"^[^<>]*>|<[^<>]*$", " ", text) if re.match(r"^[^<]*>", text) or re.search(r"<[^>]*$", text) else text
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^<>]*>", " ", text)))


def _place(places: str, start: int) -> tuple[int | None, tuple[float, float, float, float] | None]:
    for first, last, page, box in json.loads(places):
        if first <= start < last:
            return int(page), (float(box[0]), float(box[1]), float(box[2]), float(box[3])) if box else None
    return None, None
