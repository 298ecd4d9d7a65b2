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

from salpi.evidence.ledger import in_force
from salpi.evidence.ledger import tables as t
from salpi.evidence.ledger.lookup import documents_of, indicators_of, subjects_of
from salpi.evidence.search import fts5, tsquery

STEPS = (1_000, 10_000)
"""So many of the newest claims are looked at one by one."""
BATCHES = (300, 3_000, 30_000, 300_000)
"""So many of the newest passages with the words are taken at a time."""
NARROW = 400
"""A filter that holds for fewer claims is applied before the words are looked for."""
RARE = 20_000
"""A verdict or a status that fewer claims ever had is looked up first."""
FEW = (1_000, 4_000, RARE)
"""So many of those claims are taken at a time, where words are asked for too."""
VERDICTS = ("accepted", "corrected", "repeated", "waiting", "rejected", "superseded")
CONFLICTING, NONE = "conflicting", "none"
"""Asked for like a verdict: claims with an open conflict, and those on which nothing was decided."""


@dataclass(frozen=True)
class Filter:
    """Which claims: all that are given must hold. ``indicator`` also finds its definitions and derived ids (``exports`` finds
    ``exports.biopharma``); ``subject`` is found whatever its case; ``verdict`` is one of VERDICTS, ``conflicting`` or ``none``;
    ``text`` looks in the passages; ``as_of`` gives the ledger as it stood at the end of that day.
    """

    indicator: str | None = None
    subject: str | None = None
    period: str | None = None
    status: str | None = None
    verdict: str | None = None
    document: str | None = None  # its name with or without ending, its path or address, the beginning of its sha256
    text: str | None = None
    ids: tuple[int, ...] = ()
    as_of: str | None = None


@dataclass(frozen=True)
class _Ask:
    """A filter with what was looked up for it: the last entry and claim that count, the indicators, subjects and documents that
    are meant.
    """

    want: Filter
    cut: int | None
    top: int
    indicators: tuple[str, ...]
    subjects: tuple[str, ...]
    documents: tuple[int, ...]


def find(c: Connection, want: Filter, cut: int | None, limit: int | None) -> list[int]:
    """Ids of the claims, the newest first; ``cut`` is the last entry that counts. Raises ValueError for a text without words."""
    indicators = tuple(indicators_of(c, want.indicator)) if want.indicator is not None else ()
    subjects = tuple(subjects_of(c, want.subject)) if want.subject is not None else ()
    documents = tuple(documents_of(c, want.document)) if want.document is not None else ()
    ask = _Ask(want, cut, _top(c, cut), indicators, subjects, documents)
    if want.ids:
        return _select(c, ask, [t.claims.c.id.in_(want.ids)], limit)
    if want.text is not None:
        return _by_words(c, ask, limit)
    rare: Select[Any] | None = None
    for step in STEPS if limit is not None else ():
        found = _among_newest(c, ask, step, limit or 0)
        if len(found) >= (limit or 0) or ask.top <= step:
            return found
        rare = rare if rare is not None else _rare(c, ask)
        if rare is not None:
            break
    return _select(c, ask, [] if rare is None else [t.claims.c.id.in_(rare)], limit)


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
    if want.subject is not None:
        out.append(k.subject.in_(ask.subjects))
    for column, value in ((k.period, want.period), (k.status, want.status)):
        if value is not None:
            out.append(column == value)
    if want.document is not None:
        out.append(k.document.in_(ask.documents))
    if want.verdict == NONE:
        out.append(in_force.verdict(k.id, ask.cut).is_(None))
    elif want.verdict == CONFLICTING:
        out.append(_has_open_conflict(k.id, ask.cut))
    elif want.verdict is not None:
        out.append(in_force.verdict(k.id, ask.cut) == want.verdict)
    return out


def _rare(c: Connection, ask: _Ask) -> Select[Any] | None:
    """A query for the claims of which what is asked for can hold at all, by an index, where these are few; None where they are
    many. Of a verdict these are the claims that ever had it.
    """
    d, k = t.decisions.c, t.claims.c
    by: list[Select[Any]] = []
    if ask.want.verdict == CONFLICTING:
        by.append(select(t.conflicts.c.claim))
    elif ask.want.verdict in VERDICTS:
        by.append(select(d.claim).where(d.verdict == ask.want.verdict))
    if ask.want.status is not None:
        by.append(select(k.id).where(k.status == ask.want.status))
    for query in by:
        number = c.execute(select(func.count()).select_from(query.limit(RARE).subquery())).scalar_one()
        if number < RARE:
            return query
    return None


def _has_open_conflict(claim: Any, cut: int | None) -> ColumnElement[bool]:
    """Whether the decision in force left a conflict of the claim open, as ``query.conflicts`` counts them."""
    k, d = t.conflicts.alias("k"), t.decisions.alias("d")
    query = select(k.c.id).join(d, and_(d.c.claim == k.c.claim, in_force.leaves_open(d.c, k.c)))
    return query.where(k.c.claim == claim, d.c.id == in_force.decision(k.c.claim, cut)).exists()


# --- words ------------------------------------------------------------------------------------------------------------


def _by_words(c: Connection, ask: _Ask, limit: int | None) -> list[int]:
    words = _words(c, ask.want.text or "")
    narrow = _narrow(c, ask)
    if narrow is not None:
        passages = select(t.quantities.c.passage).join(t.claims).where(t.claims.c.id.in_(narrow))
        holding = list(c.execute(_passages(words).where(_ROWID.in_(passages))).scalars())
        return _claims_in(c, ask, holding, limit)
    rare = _rare(c, ask)
    if rare is not None:
        return _by_rare(c, ask, words, rare, limit)
    found: list[int] = []
    for batch in _batches(c, words, limit):
        found += _claims_in(c, ask, batch, None if limit is None else limit - len(found))
        if limit is not None and len(found) >= limit:
            break
    return found


def _by_rare(c: Connection, ask: _Ask, words: ColumnElement[bool], rare: Select[Any], limit: int | None) -> list[int]:
    """Of few claims those whose passage holds the words, the newest first; the words are looked for near them only."""
    passage = t.quantities.c.passage
    few = sorted({claim for claim in c.execute(rare).scalars() if claim <= ask.top}, reverse=True)
    out: list[int] = []
    sizes = iter(FEW if limit is not None else FEW[-1:])
    while few and (limit is None or len(out) < limit):
        size = next(sizes)
        chunk, few = few[:size], few[size:]
        there = select(*_ASKED, t.claims.c.quantity).where(t.claims.c.id.in_(chunk)).limit(1_000_000).subquery()
        query = select(there.c.id, passage).join(t.quantities, t.quantities.c.id == there.c.quantity)
        rows = c.execute(query.where(*_conditions(there.c, ask)).order_by(there.c.id.desc())).all()
        if rows:
            places = [row.passage for row in rows]
            near = _passages(words).where(min(places) <= _ROWID, max(places) >= _ROWID, _FOUND.in_(places))
            holding = set(c.execute(near).scalars())
            out += [row.id for row in rows if row.passage in holding]
    return out if limit is None else out[:limit]


_ROWID: ColumnElement[int] = literal_column("rowid")
_FOUND: ColumnElement[int] = literal_column("+rowid")
"""The same, asked of what the words found: as a column of the index the words would be looked for once for each."""


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
