"""Claims as they are written, with their quantities, and the passages in which they stand with the words that are looked up."""

from __future__ import annotations

import json
from functools import lru_cache
from operator import itemgetter
from typing import Any

from salpi.evidence.extraction import Extracted
from salpi.evidence.ledger import tables as t
from salpi.evidence.ledger.pen import Insert, Pen
from salpi.evidence.record import Claim
from salpi.evidence.search import terms, tsvector

_json = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode

_WORDS = {
    True: Insert(len(t.ORDER), "INSERT INTO passage_words (rowid, words) VALUES (?, ?)", itemgetter("id", "words")),
    False: Insert(
        len(t.ORDER),
        "INSERT INTO passage_words (rowid, words) VALUES (%s, CAST(%s AS tsvector))",
        itemgetter("id", "words"),
    ),
}
"""On SQLite and on PostgreSQL."""


def add_claims(pen: Pen, found: Extracted, document: int) -> list[int]:
    """The claims of a document with their passages and quantities; gives their ids."""
    passages = _add_passages(pen, found, document)
    number = len(found.claims)
    quantity, claim = pen.take(t.quantities, number), pen.take(t.claims, number)
    pen.insert(
        t.quantities,
        [_quantity(quantity + at, document, passages + found.passage_of[at], one) for at, one in enumerate(found.claims)],
    )
    pen.insert(t.claims, [_claim(claim + at, document, quantity + at, one, pen.entry) for at, one in enumerate(found.claims)])
    return list(range(claim, claim + number))


def _add_passages(pen: Pen, found: Extracted, document: int) -> int:
    """The passages and their words; gives the id of the first."""
    first = pen.take(t.passages, len(found.passages))
    pen.insert(
        t.passages,
        [{"id": first + at, "document": document, "start": p.start, "stop": p.stop} for at, p in enumerate(found.passages)],
    )
    sqlite = pen.c.dialect.name == "sqlite"
    words = [{"id": first + at, "words": " ".join(one) if sqlite else tsvector(one)} for at, one in enumerate(_words(found))]
    pen.put(_WORDS[sqlite], words)
    return first


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
