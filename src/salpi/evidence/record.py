"""The records that pass between the steps of evidence: a document, a quantity in it, a claim about it.

Offsets are Python string offsets into ``Document.text``, which is the raw text of the file where the file is text (also
where it holds HTML tags), so that a span can be shown where it stands.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Lang = Literal["en", "ko"]
ClaimStatus = Literal["actual", "target", "forecast", "announced"]
ClaimQualifier = Literal["over", "about", "nearly", "up_to", "at_least", "per_year"]


@dataclass(frozen=True)
class Place:
    """Where a stretch of a document's text stands in its original: ``text[start:end]`` is on ``page`` at ``box``.

    ``box`` is (left, bottom, right, top) in PDF points, None where the original has no positions.
    """

    start: int
    end: int
    page: int
    box: tuple[float, float, float, float] | None = None


@dataclass(frozen=True)
class Document:
    """A document as read. ``sha256`` is of its bytes: the same bytes are the same document.

    The text of HTML is the raw page; ``regions`` says which stretches of it are the article, and ``documents.readable``
    gives those as plain text with the way back to the page.
    """

    sha256: str
    name: str
    text: str
    media: str = "text/plain"
    encoding: str = "utf-8"
    lang: Lang = "en"
    title: str | None = None
    publisher: str | None = None
    published: date | None = None
    origin: str | None = None  # the path or address it was read from
    host: str | None = None  # that gave it, after all redirects
    places: tuple[Place, ...] = ()
    regions: tuple[tuple[int, int], ...] = ()  # stretches of ``text`` that are the article; empty: all of it is


@dataclass(frozen=True)
class Quantity:
    """An exact span that measures something. ``value`` in base units (100 trillion won = 1e14, unit KRW)."""

    start: int
    end: int
    text: str
    value: float
    unit: str  # ISO currency code, %, pp, L, days, months, years, persons, count, rank, x, or a unit of the plan
    high: float | None = None  # upper end of a range; ``value`` is then the low end
    qualifier: ClaimQualifier | None = None
    rule: str = ""


@dataclass(frozen=True)
class Claim:
    """A quantity with what it is about. The fields up to ``lang`` are the gold format's (docs/evidence.md)."""

    doc: str
    span: tuple[int, int]
    text: str
    value: float
    unit: str
    high: float | None = None
    indicator: str | None = None  # id of the catalogue; None: a real quantity that no id covers
    subject: str | None = None
    period: str | None = None
    status: ClaimStatus = "actual"
    qualifier: ClaimQualifier | None = None
    baseline: float | None = None
    lang: Lang = "en"
    score: float = 0.0  # 0 … 1: how sure the attribution is; low ones wait for review
    rules: dict[str, str] = field(default_factory=dict)  # field → the rule that decided it
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Added:
    """Claims that a second reader adds to those that the grammar found, and how often what happened on the way."""

    claims: tuple[Claim, ...]
    tally: dict[str, int] = field(default_factory=dict)
