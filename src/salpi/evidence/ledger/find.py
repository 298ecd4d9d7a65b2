"""Finding claims: the newest for which a filter holds, without looking at all of them.

The newest are looked at first, one by one: what is asked for is most often among them. Only if they do not suffice, an index is
asked; a database alone would choose one of the two ways for all questions, and be slow for half of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import BindParameter, Connection, Select, and_, bindparam, func, literal_column, select, text
from sqlalchemy.sql import ColumnElement

from salpi.evidence.ledger import tables as t
from salpi.evidence.ledger.search import fts5, tsquery

STEPS = (1_000, 10_000)
"""So many of the newest claims are looked at one by one."""
BATCHES = (300, 3_000, 30_000, 300_000)
"""So many of the newest passages with the words are taken at a time."""
NARROW = 400
"""A filter that holds for fewer claims is applied before the words are looked for."""


@dataclass(frozen=True)
class Filter:
    """Which claims: all that are given must hold. ``indicator`` also finds its definitions and derived ids (``exports`` finds
    ``exports.biopharma``); ``text`` looks in the passages; ``as_of`` gives the ledger as it stood at the end of that day.
    """

    indicator: str | None = None
    subject: str | None = None
    period: str | None = None
    status: str | None = None
    verdict: str | None = None
    document: str | None = None  # the beginning of its sha256, or its name
    text: str | None = None
    ids: tuple[int, ...] = ()
    as_of: str | None = None


@dataclass(frozen=True)
class _Ask:
    """A filter with what was looked up for it: the last entry and claim that count, the indicators that are meant."""

    want: Filter
    cut: int | None
    top: int
    indicators: tuple[str, ...]


def find(c: Connection, want: Filter, cut: int | None, limit: int | None) -> list[int]:
    """Ids of the claims, the newest first; ``cut`` is the last entry that counts. Raises ValueError for a text without words."""
    indicators = tuple(indicators_of(c, want.indicator)) if want.indicator is not None else ()
    ask = _Ask(want, cut, _top(c, cut), indicators)
    if want.ids:
        return _select(c, ask, [t.claims.c.id.in_(want.ids)], limit)
    if want.text is not None:
        return _by_words(c, ask, limit)
    if limit is not None:
        for step in STEPS:
            found = _among_newest(c, ask, step, limit)
            if len(found) >= limit or ask.top <= step:
                return found
    return _select(c, ask, [], limit)


def _select(c: Connection, ask: _Ask, more: list[ColumnElement[bool]], limit: int | None) -> list[int]:
    k = t.claims.c
    query = select(k.id).where(k.id <= ask.top, *more, *_conditions(k, ask)).order_by(k.id.desc())
    return list(c.execute(query if limit is None else query.limit(limit)).scalars())


def _top(c: Connection, cut: int | None) -> int:
    """The last claim's id; of the entries up to a cut, that of the last document that they added."""
    k = t.claims.c
    if cut is None:
        return int(c.execute(select(func.coalesce(func.max(k.id), 0))).scalar_one())
    last = select(func.max(t.documents.c.id)).where(t.documents.c.entry <= cut).scalar_subquery()
    document = select(func.max(k.document)).where(k.document <= last).scalar_subquery()
    return int(c.execute(select(func.coalesce(func.max(k.id), 0)).where(k.document == document)).scalar_one())


def _among_newest(c: Connection, ask: _Ask, step: int, limit: int) -> list[int]:
    """The limit in the inner query keeps the database from taking another way."""
    k = t.claims.c
    newest = select(*_ASKED).where(k.id <= ask.top, k.id > ask.top - step).order_by(k.id.desc()).limit(step).subquery()
    query = select(newest.c.id).where(*_conditions(newest.c, ask)).order_by(newest.c.id.desc()).limit(limit)
    return list(c.execute(query).scalars())


_ASKED = tuple(t.claims.c[name] for name in ("id", "indicator", "subject", "period", "status", "document"))
"""The columns of which a filter speaks."""


def _conditions(k: Any, ask: _Ask) -> list[ColumnElement[bool]]:
    """What must hold of a claim; ``k`` are its columns."""
    want = ask.want
    out: list[ColumnElement[bool]] = []
    if want.indicator is not None:
        out.append(k.indicator.in_(ask.indicators))
    for column, value in ((k.subject, want.subject), (k.period, want.period), (k.status, want.status)):
        if value is not None:
            out.append(column == value)
    if want.document is not None:
        out.append(k.document.in_(_documents(want.document)))
    if want.verdict is not None:
        out.append(_verdict(k.id, ask.cut) == want.verdict)
    return out


def _verdict(claim: Any, cut: int | None) -> Any:
    """The verdict of a claim's decision in force."""
    d = t.decisions.alias("d")
    query = select(d.c.verdict).where(d.c.claim == claim).order_by(d.c.id.desc()).limit(1)
    return (query if cut is None else query.where(d.c.entry <= cut)).scalar_subquery()


def indicators_of(c: Connection, name: str) -> list[str]:
    """The ids that claims have of an indicator: its own, with a definition (``@``), derived from it (``.``). One look-up each."""
    k = t.claims.c.indicator
    out: list[str] = []
    found = c.execute(select(func.min(k)).where(k >= name)).scalar()
    while found is not None and found.startswith(name):
        if found[len(name) : len(name) + 1] in ("", "@", "."):
            out.append(found)
        found = c.execute(_NEXT, {"after": found}).scalar()
    return out


_NEXT = select(func.min(t.claims.c.indicator)).where(t.claims.c.indicator > bindparam("after"))


def _documents(name: str) -> Select[Any]:
    found = select(t.documents.c.id)
    if len(name) >= 8 and all(char in "0123456789abcdef" for char in name):
        return found.where(and_(t.documents.c.sha256 >= name, t.documents.c.sha256 < name + "g"))
    return found.where(t.documents.c.name == name)


# --- words ------------------------------------------------------------------------------------------------------------


def _by_words(c: Connection, ask: _Ask, limit: int | None) -> list[int]:
    words = _words(c, ask.want.text or "")
    narrow = _narrow(c, ask)
    if narrow is not None:
        passages = select(t.quantities.c.passage).join(t.claims).where(t.claims.c.id.in_(narrow))
        holding = list(c.execute(_passages(words).where(_ROWID.in_(passages))).scalars())
        return _claims_in(c, ask, holding, limit)
    found: list[int] = []
    for batch in _batches(c, words, limit):
        found += _claims_in(c, ask, batch, None if limit is None else limit - len(found))
        if limit is not None and len(found) >= limit:
            break
    return found


_ROWID: ColumnElement[int] = literal_column("rowid")


def _words(c: Connection, query: str) -> ColumnElement[bool]:
    """The condition that a passage holds all words of a query. Raises ValueError."""
    if c.dialect.name == "sqlite":
        made: BindParameter[str] = bindparam("words", fts5(query))
        return text("passage_words MATCH :words").bindparams(made)  # type: ignore[return-value]
    return text("words @@ CAST(:words AS tsquery)").bindparams(bindparam("words", tsquery(query)))  # type: ignore[return-value]


def _passages(words: ColumnElement[bool]) -> Select[Any]:
    return select(_ROWID).select_from(text("passage_words")).where(words)


def _batches(c: Connection, words: ColumnElement[bool], limit: int | None) -> Iterator[list[int]]:
    """Passages with the words, the newest first, in growing batches."""
    before: int | None = None
    sizes = iter(BATCHES)
    size = BATCHES[-1] if limit is None else next(sizes)
    while True:
        query = _passages(words) if before is None else _passages(words).where(before > _ROWID)
        batch = list(c.execute(query.order_by(_ROWID.desc()).limit(size)).scalars())
        if batch:
            yield batch
        if len(batch) < size:
            return
        before, size = batch[-1], next(sizes, BATCHES[-1])


def _claims_in(c: Connection, ask: _Ask, passages: list[int], limit: int | None) -> list[int]:
    """Claims that stand in passages and for which the rest holds, the newest first; a thousand passages at a time.

    The limit in the inner query keeps the database from beginning with the rest.
    """
    out: list[int] = []
    newest = sorted(passages, reverse=True)
    for first in range(0, len(newest), 1000):
        there = (
            select(*_ASKED)
            .join(t.quantities, t.quantities.c.id == t.claims.c.quantity)
            .where(t.quantities.c.passage.in_(newest[first : first + 1000]), t.claims.c.id <= ask.top)
            .limit(1_000_000)
            .subquery()
        )
        query = select(there.c.id).where(*_conditions(there.c, ask)).order_by(there.c.id.desc())
        out += c.execute(query if limit is None else query.limit(limit - len(out))).scalars()
        if limit is not None and len(out) >= limit:
            break
    return out


def _narrow(c: Connection, ask: _Ask) -> list[int] | None:
    """The claims for which all but the words hold, where these are few; None where they are many, or nothing else is asked."""
    want, k = ask.want, t.claims.c
    if (want.indicator, want.subject, want.period, want.document) == (None, None, None, None):
        return None
    rest = replace(ask, want=replace(want, text=None, verdict=None))
    found = list(c.execute(select(k.id).where(k.id <= ask.top, *_conditions(k, rest)).limit(NARROW)).scalars())
    return found if len(found) < NARROW else None
