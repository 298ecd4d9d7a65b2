"""Writing: one document with all that follows from it, in one transaction. Rows are only ever added."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Dialect, Table, bindparam, func, select

from salpi.evidence.extraction import Extracted
from salpi.evidence.ledger import tables as t
from salpi.evidence.ledger.readings import match
from salpi.evidence.ledger.search import terms, tsvector
from salpi.evidence.ledger.versions import stands
from salpi.evidence.reconcile.finding import Finding
from salpi.evidence.record import Claim, Document
from salpi.plan.model import Plan
from salpi.plan.reconcile import Conflict, Side
from salpi.plan.schema import Observation, Source

_LAST = select(t.entries.c.id, t.entries.c.at).order_by(t.entries.c.id.desc()).limit(1)
_KNOWN = select(t.documents.c.id).where(t.documents.c.sha256 == bindparam("sha256"))
_SOURCE = select(t.sources.c.id).where(t.sources.c.id == bindparam("id"))
_BEFORE = (
    select(t.versions.c.id, t.versions.c.number, t.versions.c.document)
    .where(t.versions.c.origin == bindparam("origin"))
    .order_by(t.versions.c.number.desc())
    .limit(1)
)
"""Made once: each document asks the same."""

_json = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode


@dataclass(frozen=True)
class Entry:
    """An entry of the journal: who does what, when, why, and against which plan it is judged."""

    at: str
    actor: str
    action: str
    reason: str = ""
    plan: str = ""


def judged_by(plan: Plan) -> str:
    """A plan as an entry names it: its id, and the hash of its state."""
    return f"{plan.id}@{plan.hash}"


class Ids:
    """The next id of each table, looked up once: under the writer's lock nobody else takes one."""

    def __init__(self) -> None:
        self._next: dict[str, int] = {}

    def take(self, c: Connection, table: Table, count: int = 1) -> int:
        """The first of ``count`` ids that are free from now on."""
        if table.name not in self._next:
            last = c.execute(select(func.coalesce(func.max(table.c.id), 0))).scalar_one()
            self._next[table.name] = int(last) + 1
        first = self._next[table.name]
        self._next[table.name] += count
        return first


@dataclass(frozen=True)
class Old:
    """A claim of an earlier version that is superseded: its id and its decision in force."""

    claim: int
    decision: int
    verdict: str
    indicator: str | None


@dataclass
class Written:
    """What became of a document: its id, the ids of its claims, the claims of an earlier version that it superseded, those of its
    own on which a person's decision about that version stands on. ``known``: it was there and stands; ``described``: other
    facts were given of it.
    """

    document: int
    claims: list[int] = field(default_factory=list)
    superseded: list[Old] = field(default_factory=list)
    inherited: list[int] = field(default_factory=list)
    known: bool = False
    described: bool = False


@dataclass(frozen=True)
class Insert:
    """A statement that adds a row, in the driver's own language, which costs many small inserts least. ``rank``: the place of its
    table among those that refer to each other; ``values``: puts a row's values in the statement's order.
    """

    rank: int
    sql: str
    values: Callable[[dict[str, Any]], tuple[Any, ...]]


_INSERTS: dict[tuple[str, str], Insert] = {}


def _insert(table: Table, dialect: Dialect) -> Insert:
    """The insert of a table, made once."""
    key = (dialect.name, table.name)
    if key not in _INSERTS:
        quote = dialect.identifier_preparer.quote
        names = [column.name for column in table.columns]
        marks = ", ".join(["?" if dialect.name == "sqlite" else "%s"] * len(names))
        sql = f"INSERT INTO {quote(table.name)} ({', '.join(map(quote, names))}) VALUES ({marks})"
        _INSERTS[key] = Insert(t.ORDER.index(table), sql, itemgetter(*names))
    return _INSERTS[key]


_WORDS = {
    True: Insert(len(t.ORDER), "INSERT INTO passage_words (rowid, words) VALUES (?, ?)", itemgetter("id", "words")),
    False: Insert(
        len(t.ORDER),
        "INSERT INTO passage_words (rowid, words) VALUES (%s, CAST(%s AS tsvector))",
        itemgetter("id", "words"),
    ),
}
"""On SQLite and on PostgreSQL."""


class Sheet:
    """Rows of several documents that wait to be written together, a statement for each table. What is read before does not see
    them.
    """

    def __init__(self) -> None:
        self._rows: dict[tuple[int, str], list[tuple[Any, ...]]] = {}

    def add(self, insert: Insert, rows: list[tuple[Any, ...]]) -> None:
        """More rows of a table."""
        self._rows.setdefault((insert.rank, insert.sql), []).extend(rows)

    def write(self, c: Connection) -> None:
        """Write what waits."""
        for (_, sql), rows in sorted(self._rows.items(), key=itemgetter(0)):
            c.exec_driver_sql(sql, rows)
        self._rows.clear()


@dataclass
class Pen:
    """What writing needs: the transaction, its entry in the journal, the ids that are free; the sheet on which rows wait, if they
    do.
    """

    c: Connection
    entry: int
    at: str  # the entry's time
    ids: Ids
    sheet: Sheet | None = None

    def insert(self, table: Table, rows: list[dict[str, Any]]) -> None:
        """Add rows; every column is given."""
        if rows:
            self.put(_insert(table, self.c.dialect), rows)

    def put(self, insert: Insert, rows: list[dict[str, Any]]) -> None:
        """Add rows by an insert."""
        values = [insert.values(row) for row in rows]
        if self.sheet is None:
            self.c.exec_driver_sql(insert.sql, values)
        else:
            self.sheet.add(insert, values)

    def take(self, table: Table, count: int = 1) -> int:
        """The first of ``count`` free ids of a table."""
        return self.ids.take(self.c, table, count)


def last_entry(c: Connection) -> tuple[int, str]:
    """Id and time of the journal's last entry; 0 where it is empty."""
    found = c.execute(_LAST).first()
    return (found.id, found.at) if found else (0, "")


def begin(
    c: Connection, entry: Entry, ids: Ids | None = None, last: tuple[int, str] | None = None, sheet: Sheet | None = None
) -> Pen:
    """A new entry of the journal; its time is never before that of the last."""
    id, before = last or last_entry(c)
    at = max(entry.at, before)
    row = {"id": id + 1, "at": at, "actor": entry.actor, "action": entry.action, "reason": entry.reason, "plan": entry.plan}
    pen = Pen(c, id + 1, at, ids or Ids(), sheet)
    pen.insert(t.entries, [row])
    return pen


def known_document(c: Connection, sha256: str) -> int | None:
    """The id of the document with these bytes, if the ledger has it."""
    return c.execute(_KNOWN, {"sha256": sha256}).scalar()


@dataclass
class Met:
    """What the ledger holds of what some documents bring: their bytes, the places that they come from, their sources."""

    hashes: set[str]
    origins: set[str]
    sources: set[str]

    @classmethod
    def of(cls, c: Connection, documents: Sequence[Document], sources: Sequence[str]) -> Met:
        """What of them is there now."""
        d, v, s = t.documents.c.sha256, t.versions.c.origin, t.sources.c.id
        origins = [it.origin for it in documents if it.origin]
        return cls(
            set(c.execute(select(d).where(d.in_([it.sha256 for it in documents]))).scalars()),
            set(c.execute(select(v).where(v.in_(origins))).scalars()),
            set(c.execute(select(s).where(s.in_(sources))).scalars()),
        )

    def is_new(self, document: Document, source: str) -> bool:
        """Whether nothing that a document brings was met before; from now on it was."""
        new = document.sha256 not in self.hashes and document.origin not in self.origins and source not in self.sources
        self.hashes.add(document.sha256)
        self.sources.add(source)
        if document.origin:
            self.origins.add(document.origin)
        return new


def add_source(pen: Pen, id: str, source: Source, new: bool = False) -> None:
    """A source, unless it is there. ``new``: it is known not to be."""
    if new or pen.c.execute(_SOURCE, {"id": id}).first() is None:
        row = {name: getattr(source, name) for name in ("title", "publisher", "published", "url", "kind", "quality")}
        pen.insert(t.sources, [{"id": id, **row, "entry": pen.entry}])


def add_document(pen: Pen, found: Extracted, source: str, new: bool = False) -> Written:
    """The document, its version, passages, quantities and claims; claims of the version before are found, not touched.

    ``new``: it is known that there is none.
    """
    document = pen.take(t.documents)
    it = found.document
    row = {
        name: getattr(it, name)
        for name in ("sha256", "name", "media", "encoding", "lang", "title", "publisher", "origin", "text")
    }
    row |= {"published": it.published.isoformat() if it.published else None, "source": source, "id": document, "entry": pen.entry}
    row["places"] = json.dumps([[p.start, p.end, p.page, p.box] for p in it.places]) if it.places else "[]"
    row["regions"] = json.dumps(it.regions) if it.regions else "[]"
    pen.insert(t.documents, [row])
    written = Written(document)
    if it.origin:
        written.superseded = _version(pen, it.origin, document, new)
    if found.claims:
        written.claims = _add_claims(pen, found, document)
    return written


def stands_at(c: Connection, origin: str | None, document: int) -> bool:
    """Whether a document stands at a place, as the latest there; at no place nothing replaces it."""
    before = c.execute(_BEFORE, {"origin": origin}).first() if origin else None
    return origin is None or (before is not None and before.document == document)


def place(pen: Pen, origin: str, document: int) -> Written:
    """A document that stands already is a version at another place as well."""
    return Written(document, superseded=_version(pen, origin, document), known=True)


def restore(pen: Pen, found: Extracted, document: int) -> Written:
    """A document that came back is a version of its own. Of its claims those that are read now as they were are to be judged
    again; what is read otherwise is added, and what is not read any more stays as it is.
    """
    written = Written(document, superseded=_version(pen, found.document.origin or "", document))
    had = match(pen.c, document, found.claims)
    more = [at for at, id in enumerate(had) if id is None]
    added = iter(_add_claims(pen, _part(found, more), document)) if more else iter(())
    written.claims = [next(added) if id is None else id for id in had]
    return written


def _part(found: Extracted, places: Sequence[int]) -> Extracted:
    """Some of the claims, with the passages in which these stand."""
    used = sorted({found.passage_of[at] for at in places})
    return replace(
        found,
        claims=tuple(found.claims[at] for at in places),
        passages=tuple(found.passages[at] for at in used),
        passage_of=tuple(used.index(found.passage_of[at]) for at in places),
    )


def _version(pen: Pen, origin: str, document: int, new: bool = False) -> list[Old]:
    """A version at a place; gives the claims of the document that it replaces, unless that still stands elsewhere."""
    before = None if new else pen.c.execute(_BEFORE, {"origin": origin}).first()
    row = {"id": pen.take(t.versions), "origin": origin, "document": document, "entry": pen.entry}
    row |= {"number": before.number + 1 if before else 1, "supersedes": before.id if before else None}
    pen.insert(t.versions, [row])
    if before is None or stands(pen.c, before.document):
        return []
    current = (
        select(func.max(t.decisions.c.id))
        .join(t.claims, t.claims.c.id == t.decisions.c.claim)
        .where(t.claims.c.document == before.document)
        .group_by(t.decisions.c.claim)
    )
    rows = pen.c.execute(select(t.decisions).where(t.decisions.c.id.in_(current)).order_by(t.decisions.c.claim))
    return [Old(r.claim, r.id, r.verdict, r.indicator) for r in rows if r.verdict != "superseded"]


def _add_claims(pen: Pen, found: Extracted, document: int) -> list[int]:
    """The claims with their passages and quantities; gives their ids."""
    number = len(found.claims)
    passage, quantity, claim = (
        pen.take(t.passages, len(found.passages)),
        pen.take(t.quantities, number),
        pen.take(t.claims, number),
    )
    pen.insert(
        t.passages,
        [{"id": passage + at, "document": document, "start": p.start, "stop": p.stop} for at, p in enumerate(found.passages)],
    )
    sqlite = pen.c.dialect.name == "sqlite"
    words = [{"id": passage + at, "words": " ".join(one) if sqlite else tsvector(one)} for at, one in enumerate(_words(found))]
    pen.put(_WORDS[sqlite], words)
    quantities = (_quantity(quantity + at, document, passage + found.passage_of[at], one) for at, one in enumerate(found.claims))
    pen.insert(t.quantities, list(quantities))
    pen.insert(t.claims, [_claim(claim + at, document, quantity + at, one, pen.entry) for at, one in enumerate(found.claims)])
    return list(range(claim, claim + number))


def _words(found: Extracted) -> list[list[str]]:
    """The terms of each passage, and of what its claims were found to be about, which the passage may not name."""
    about: dict[int, set[str]] = {}
    for claim, at in zip(found.claims, found.passage_of, strict=True):
        about.setdefault(at, set()).update(name for name in (claim.subject, claim.indicator) if name)
    return [
        [*passage.terms, *(term for name in sorted(about.get(at, ())) for term in _terms_of(name))]
        for at, passage in enumerate(found.passages)
    ]


@lru_cache(maxsize=4096)
def _terms_of(name: str) -> tuple[str, ...]:
    """The terms of a subject or an indicator, of which a ledger's claims share few."""
    return tuple(terms(name))


def _quantity(id: int, document: int, passage: int, claim: Claim) -> dict[str, Any]:
    return {
        "id": id,
        "document": document,
        "passage": passage,
        "start": claim.span[0],
        "stop": claim.span[1],
        "text": claim.text,
        "value": claim.value,
        "high": claim.high,
        "unit": claim.unit,
        "qualifier": claim.qualifier,
        "rule": claim.rules.get("value", ""),
    }


def _claim(id: int, document: int, quantity: int, claim: Claim, entry: int) -> dict[str, Any]:
    return {
        "id": id,
        "document": document,
        "quantity": quantity,
        "indicator": claim.indicator,
        "subject": claim.subject,
        "period": claim.period,
        "status": claim.status,
        "baseline": claim.baseline,
        "lang": claim.lang,
        "score": claim.score,
        "rules": _json(claim.rules) if claim.rules else "{}",
        "warnings": _json(claim.warnings) if claim.warnings else "[]",
        "entry": entry,
    }


def add_findings(
    pen: Pen, claims: Sequence[int], findings: Sequence[Finding | None], standing: dict[int, int] | None = None
) -> None:
    """A decision for each finding, the observation of an accepted one, the conflicts with all sides; ``standing`` are the
    decisions that stood, by claim.
    """
    decisions: list[dict[str, Any]] = []
    observations: list[dict[str, Any]] = []
    conflicts: list[dict[str, Any]] = []
    sides: list[dict[str, Any]] = []
    for claim, finding in zip(claims, findings, strict=True):
        if finding is None:
            continue
        id = pen.take(t.decisions)
        decision = {"id": id, "claim": claim, "verdict": finding.verdict, "rule": finding.rule, "reason": finding.reason}
        before = (standing or {}).get(claim)
        decisions.append({**decision, "indicator": finding.indicator, "supersedes": before, "entry": pen.entry})
        if finding.verdict == "accepted" and finding.row is not None:
            observations.append(_observation(pen.take(t.observations), id, claim, finding.row, pen.entry))
        for found in finding.conflicts:
            number = pen.take(t.conflicts)
            conflicts.append(conflict_row(number, claim, found, pen.entry))
            sides += [side_row(number, position, claim, side) for position, side in enumerate(found.sides)]
    pen.insert(t.decisions, decisions)
    pen.insert(t.observations, observations)
    pen.insert(t.conflicts, conflicts)
    pen.insert(t.conflict_sides, sides)


def conflict_row(id: int, claim: int, found: Conflict, entry: int) -> dict[str, Any]:
    """A conflict that a claim is in, as a row."""
    names = ("kind", "indicator", "subject", "period", "gap", "weight")
    said = {"explanation_en": found.explanation.en, "explanation_ko": found.explanation("ko")}
    return {"id": id, "key": found.id, "claim": claim, **{name: getattr(found, name) for name in names}, **said, "entry": entry}


def side_row(conflict: int, position: int, claim: int, side: Side) -> dict[str, Any]:
    """A side of a conflict as a row; the first is the claim's own."""
    names = ("indicator", "period", "value", "unit", "status", "source", "source_title", "as_of")
    said = {"definition_en": side.definition.en, "definition_ko": side.definition("ko")}
    own = claim if position == 0 else None
    return {"conflict": conflict, "position": position, "claim": own, **{name: getattr(side, name) for name in names}, **said}


def standing(c: Connection, document: int) -> dict[int, int]:
    """The decision in force of each claim of a document."""
    d = t.decisions.c
    query = select(d.claim, func.max(d.id)).join(t.claims, t.claims.c.id == d.claim).where(t.claims.c.document == document)
    return {row[0]: row[1] for row in c.execute(query.group_by(d.claim))}


def supersede(pen: Pen, old: Sequence[Old], reason: str) -> None:
    """The claims of an earlier version stand no longer."""
    for one in old:
        add_decision(pen, one.claim, "superseded", "version", reason, one.indicator, one.decision)


def add_decision(pen: Pen, claim: int, verdict: str, rule: str, reason: str, indicator: str | None, before: int | None) -> int:
    """A decision on top of the one that stood; gives its id."""
    id = pen.take(t.decisions)
    row = {"id": id, "claim": claim, "verdict": verdict, "rule": rule, "reason": reason, "indicator": indicator}
    pen.insert(t.decisions, [{**row, "supersedes": before, "entry": pen.entry}])
    return id


def add_observation(pen: Pen, decision: int, claim: int, row: Observation) -> None:
    """The observation that a decision makes of a claim, superseding the one that the claim had."""
    before = pen.c.execute(select(func.max(t.observations.c.id)).where(t.observations.c.claim == claim)).scalar()
    made = _observation(pen.take(t.observations), decision, claim, row, pen.entry)
    pen.insert(t.observations, [{**made, "supersedes": before}])


def _observation(id: int, decision: int, claim: int, row: Observation, entry: int) -> dict[str, Any]:
    names = (
        "indicator",
        "subject",
        "period",
        "value",
        "qualifier",
        "unit",
        "status",
        "as_of",
        "as_of_basis",
        "basis",
        "confidence",
    )
    fields = {name: getattr(row, name) for name in (*names, "source", "note")}
    return {"id": id, "decision": decision, "claim": claim, **fields, "supersedes": None, "entry": entry}


def source_id(publisher: str | None, published: str | None, sha256: str) -> str:
    """``ledger-<publisher>-<year>-<sha256's beginning>``: an id for a document as a source."""
    name = re.sub(r"[^a-z0-9]+", "-", (publisher or "").casefold()).strip("-")[:40] or "document"
    return f"ledger-{name}-{(published or '')[:4] or 'undated'}-{sha256[:12]}"
