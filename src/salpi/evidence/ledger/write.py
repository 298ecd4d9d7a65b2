"""Writing: one document with all that follows from it, in one transaction. Rows are only ever added."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, func, insert, select, text

from salpi.evidence.extraction import Extracted
from salpi.evidence.ledger import tables as t
from salpi.evidence.ledger.search import terms, tsvector
from salpi.evidence.reconcile.finding import Finding
from salpi.evidence.record import Claim
from salpi.plan.schema import Observation, Source


@dataclass(frozen=True)
class Entry:
    """An entry of the journal: who does what, when, why, and against which plan it is judged."""

    at: str
    actor: str
    action: str
    reason: str = ""
    plan: str = ""


@dataclass(frozen=True)
class Old:
    """A claim of an earlier version that is superseded: its id and its decision in force."""

    claim: int
    decision: int
    verdict: str
    indicator: str | None


@dataclass
class Written:
    """What became of a document: its id, the ids of its claims, how many claims of an earlier version it superseded."""

    document: int
    claims: list[int] = field(default_factory=list)
    superseded: list[Old] = field(default_factory=list)


def enter(c: Connection, entry: Entry) -> int:
    """A new entry of the journal; its time is never before that of the last."""
    last = c.execute(select(t.entries.c.id, t.entries.c.at).order_by(t.entries.c.id.desc()).limit(1)).first()
    id = (last.id if last else 0) + 1
    at = max(entry.at, last.at) if last else entry.at
    row = {"id": id, "at": at, "actor": entry.actor, "action": entry.action, "reason": entry.reason, "plan": entry.plan}
    c.execute(insert(t.entries), row)
    return id


def known_document(c: Connection, sha256: str) -> int | None:
    """The id of the document with these bytes, if the ledger has it."""
    return c.execute(select(t.documents.c.id).where(t.documents.c.sha256 == sha256)).scalar()


def add_source(c: Connection, id: str, source: Source, entry: int) -> None:
    """A source, unless it is there."""
    if c.execute(select(t.sources.c.id).where(t.sources.c.id == id)).first() is None:
        row = {name: getattr(source, name) for name in ("title", "publisher", "published", "url", "kind", "quality")}
        c.execute(insert(t.sources), {"id": id, **row, "entry": entry})


def add_document(c: Connection, found: Extracted, source: str, entry: int, sqlite: bool) -> Written:
    """The document, its version, passages, quantities and claims; claims of the version before are found, not touched."""
    document = _next(c, t.documents)
    it = found.document
    row = {
        name: getattr(it, name)
        for name in ("sha256", "name", "media", "encoding", "lang", "title", "publisher", "origin", "text")
    }
    row |= {"published": it.published.isoformat() if it.published else None, "source": source, "id": document, "entry": entry}
    row["places"] = json.dumps([[p.start, p.end, p.page, p.box] for p in it.places]) if it.places else "[]"
    row["regions"] = json.dumps(it.regions) if it.regions else "[]"
    c.execute(insert(t.documents), row)
    written = Written(document)
    if it.origin:
        written.superseded = _version(c, it.origin, document, entry)
    if found.claims:
        _add_claims(c, found, document, entry, sqlite, written)
    return written


def _version(c: Connection, origin: str, document: int, entry: int) -> list[Old]:
    before = c.execute(
        select(t.versions.c.id, t.versions.c.number, t.versions.c.document)
        .where(t.versions.c.origin == origin)
        .order_by(t.versions.c.number.desc())
        .limit(1)
    ).first()
    row = {"id": _next(c, t.versions), "origin": origin, "document": document, "entry": entry}
    row |= {"number": before.number + 1 if before else 1, "supersedes": before.id if before else None}
    c.execute(insert(t.versions), row)
    if before is None:
        return []
    current = (
        select(func.max(t.decisions.c.id))
        .join(t.claims, t.claims.c.id == t.decisions.c.claim)
        .where(t.claims.c.document == before.document)
        .group_by(t.decisions.c.claim)
    )
    rows = c.execute(select(t.decisions).where(t.decisions.c.id.in_(current)).order_by(t.decisions.c.claim))
    return [Old(r.claim, r.id, r.verdict, r.indicator) for r in rows if r.verdict != "superseded"]


def _add_claims(c: Connection, found: Extracted, document: int, entry: int, sqlite: bool, written: Written) -> None:
    first_passage, first_quantity, first_claim = _next(c, t.passages), _next(c, t.quantities), _next(c, t.claims)
    passages = [
        {"id": first_passage + at, "document": document, "start": passage.start, "stop": passage.stop}
        for at, passage in enumerate(found.passages)
    ]
    c.execute(insert(t.passages), passages)
    words = _words(found)
    if sqlite:
        sql = text("INSERT INTO passage_words (rowid, words) VALUES (:id, :words)")
        c.execute(sql, [{"id": first_passage + at, "words": " ".join(one)} for at, one in enumerate(words)])
    else:
        sql = text("INSERT INTO passage_words (rowid, words) VALUES (:id, CAST(:words AS tsvector))")
        c.execute(sql, [{"id": first_passage + at, "words": tsvector(one)} for at, one in enumerate(words)])
    c.execute(
        insert(t.quantities),
        [
            _quantity(first_quantity + at, document, first_passage + found.passage_of[at], claim)
            for at, claim in enumerate(found.claims)
        ],
    )
    c.execute(
        insert(t.claims),
        [_claim(first_claim + at, document, first_quantity + at, claim, entry) for at, claim in enumerate(found.claims)],
    )
    written.claims = [first_claim + at for at in range(len(found.claims))]


def _words(found: Extracted) -> list[list[str]]:
    """The terms of each passage, and of what its claims were found to be about, which the passage may not name."""
    about: dict[int, set[str]] = {}
    for claim, at in zip(found.claims, found.passage_of, strict=True):
        about.setdefault(at, set()).update(name for name in (claim.subject, claim.indicator) if name)
    return [
        [*terms(p.words), *(w for name in sorted(about.get(at, ())) for w in terms(name))] for at, p in enumerate(found.passages)
    ]


def _quantity(id: int, document: int, passage: int, claim: Claim) -> dict[str, Any]:
    return {
        "id": id, "document": document, "passage": passage, "start": claim.span[0], "stop": claim.span[1], "text": claim.text,
        "value": claim.value, "high": claim.high, "unit": claim.unit, "qualifier": claim.qualifier, "rule": claim.rules.get("value", ""),
    }  # fmt: skip


def _claim(id: int, document: int, quantity: int, claim: Claim, entry: int) -> dict[str, Any]:
    return {
        "id": id, "document": document, "quantity": quantity, "indicator": claim.indicator, "subject": claim.subject,
        "period": claim.period, "status": claim.status, "baseline": claim.baseline, "lang": claim.lang, "score": claim.score,
        "rules": json.dumps(claim.rules, ensure_ascii=False, sort_keys=True) if claim.rules else "{}",
        "warnings": json.dumps(claim.warnings, ensure_ascii=False) if claim.warnings else "[]", "entry": entry,
    }  # fmt: skip


def add_findings(c: Connection, claims: Sequence[int], findings: Sequence[Finding | None], entry: int) -> None:
    """A decision for each finding, the observation of an accepted one, the conflicts with all sides."""
    decisions, observations, conflicts, sides = [], [], [], []
    next_decision, next_observation, next_conflict = _next(c, t.decisions), _next(c, t.observations), _next(c, t.conflicts)
    for claim, finding in zip(claims, findings, strict=True):
        if finding is None:
            continue
        decision = {"id": next_decision + len(decisions), "claim": claim, "verdict": finding.verdict, "rule": finding.rule}
        decision |= {"reason": finding.reason, "indicator": finding.indicator, "supersedes": None, "entry": entry}
        decisions.append(decision)
        if finding.verdict == "accepted" and finding.row is not None:
            observations.append(_observation(next_observation + len(observations), decision["id"], claim, finding.row, entry))
        for found in finding.conflicts:
            id = next_conflict + len(conflicts)
            conflicts.append(
                {
                    "id": id, "key": found.id, "claim": claim, "kind": found.kind, "indicator": found.indicator,
                    "subject": found.subject, "period": found.period, "gap": found.gap, "weight": found.weight,
                    "explanation_en": found.explanation.en, "explanation_ko": found.explanation("ko"), "entry": entry,
                }
            )  # fmt: skip
            for position, side in enumerate(found.sides):
                sides.append(
                    {
                        "conflict": id, "position": position, "claim": claim if position == 0 else None, "indicator": side.indicator,
                        "period": side.period, "value": side.value, "unit": side.unit, "status": side.status, "source": side.source,
                        "source_title": side.source_title, "as_of": side.as_of, "definition_en": side.definition.en,
                        "definition_ko": side.definition("ko"),
                    }
                )  # fmt: skip
    for table, rows in (
        (t.decisions, decisions),
        (t.observations, observations),
        (t.conflicts, conflicts),
        (t.conflict_sides, sides),
    ):
        if rows:
            c.execute(insert(table), rows)


def supersede(c: Connection, old: Sequence[Old], entry: int, reason: str) -> None:
    """The claims of an earlier version stand no longer."""
    if not old:
        return
    first = _next(c, t.decisions)
    c.execute(
        insert(t.decisions),
        [
            {
                "id": first + at, "claim": one.claim, "verdict": "superseded", "rule": "version", "reason": reason,
                "indicator": one.indicator, "supersedes": one.decision, "entry": entry,
            }
            for at, one in enumerate(old)
        ],
    )  # fmt: skip


def add_decision(
    c: Connection, claim: int, verdict: str, rule: str, reason: str, indicator: str | None, before: int | None, entry: int
) -> int:
    """One decision of a person, on top of the one that stood."""
    id = _next(c, t.decisions)
    row = {"id": id, "claim": claim, "verdict": verdict, "rule": rule, "reason": reason, "indicator": indicator}
    c.execute(insert(t.decisions), {**row, "supersedes": before, "entry": entry})
    return id


def add_observation(c: Connection, decision: int, claim: int, row: Observation, entry: int) -> int:
    """The observation that a decision makes of a claim, superseding the one that the claim had."""
    before = c.execute(select(func.max(t.observations.c.id)).where(t.observations.c.claim == claim)).scalar()
    id = _next(c, t.observations)
    c.execute(insert(t.observations), {**_observation(id, decision, claim, row, entry), "supersedes": before})
    return id


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


def _next(c: Connection, table: Any) -> int:
    """The next id; under the writer's lock nobody else takes it."""
    return int(c.execute(select(func.coalesce(func.max(table.c.id), 0))).scalar_one()) + 1


def source_id(publisher: str | None, published: str | None, sha256: str) -> str:
    """``ledger-<publisher>-<year>-<sha256's beginning>``: an id for a document as a source."""
    name = re.sub(r"[^a-z0-9]+", "-", (publisher or "").casefold()).strip("-")[:40] or "document"
    return f"ledger-{name}-{(published or '')[:4] or 'undated'}-{sha256[:12]}"
