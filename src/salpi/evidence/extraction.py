"""A document with its claims, ready for the ledger: made by a worker, written by the one that writes."""

from __future__ import annotations

import hashlib
import math
import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from salpi.evidence.documents import Given, Limits, Refused, readable
from salpi.evidence.documents.read import Raw, read
from salpi.evidence.documents.sources import Named, load
from salpi.evidence.documents.views import View
from salpi.evidence.record import Added, Claim, Document
from salpi.evidence.search import terms

Extractor = Callable[[Document], Sequence[Claim]]
"""Finds the claims of a document; their spans are of the ``text`` of the document that it was given."""
Beside = Callable[[Document, Sequence[Claim]], Added]
"""Adds to the claims that the extractor found in the same document; it can take none away."""

CONTEXT = 240
"""Characters of a passage on either side of a claim, at most: a long sentence."""
A_CLAIM = 2_000
"""Bytes that a claim takes with its sentence and its passage."""
_SENTENCE = re.compile(r"[.!?。](?=[\s\"'”’)])|\n")
_LINE = re.compile(r"\n")


@dataclass(frozen=True)
class Passage:
    """The line around claims, at most two sentences or so: where it stands, its plain words, and those as they are looked up."""

    start: int
    stop: int
    words: str
    terms: tuple[str, ...] = ()


@dataclass(frozen=True)
class Extracted:
    """``passages[passage_of[i]]`` is the passage of ``claims[i]``, ``sentences[i]`` its sentence; claims stand in order of their
    spans.
    """

    document: Document
    claims: tuple[Claim, ...]
    passages: tuple[Passage, ...]
    passage_of: tuple[int, ...]
    sentences: tuple[str, ...] = ()
    tally: dict[str, int] = field(default_factory=dict)  # of what was added beside the extractor


@dataclass(frozen=True)
class Repeated:
    """A document whose bytes the ledger holds already: it is not read again; and where it was found now."""

    name: str
    sha256: str
    origin: str | None


def weight(result: Extracted | Repeated) -> int:
    """Bytes that a document takes in memory, roughly."""
    return 0 if isinstance(result, Repeated) else 2 * len(result.document.text) + A_CLAIM * len(result.claims)


def extract_named(
    named: Named | Raw,
    extractor: Extractor,
    given: Given,
    limits: Limits,
    allow_private: bool = False,
    held: frozenset[bytes] = frozenset(),
    beside: Beside | None = None,
) -> Extracted | Repeated:
    """Load unless that was done, read, extract; what is ``held`` (sha256 of its bytes) is left alone.

    Raises Refused, also for a fault of a reader: it must not end the others.
    """
    try:
        raw = named if isinstance(named, Raw) else load(named, limits, allow_private)
        if held and (digest := hashlib.sha256(raw.data)).digest() in held:
            return Repeated(raw.name, digest.hexdigest(), raw.origin)
        return extract(raw, extractor, given, limits, beside)
    except (Refused, MemoryError, RecursionError):
        raise
    except Exception as error:
        raise Refused(named.name, f"could not be read ({type(error).__name__}: {str(error)[:200]})") from None


def extract(
    raw: Raw,
    extractor: Extractor,
    given: Given | None = None,
    limits: Limits | None = None,
    beside: Beside | None = None,
) -> Extracted:
    """Read a document and find its claims, with the passages in which they stand. Raises Refused."""
    document = read(raw, given, limits)
    view = readable(document)
    plain = (
        document if not view.pieces and view.text == document.text else replace(document, text=view.text, regions=(), places=())
    )
    own = extractor(plain)
    added = beside(plain, own) if beside is not None else Added(())
    if len(own) + len(added.claims) > (limits or Limits()).claims:
        many = f"holds {len(own) + len(added.claims):,} figures; at most {(limits or Limits()).claims:,} are read"
        raise Refused(document.name, f"{many}; split it")
    found = sorted((*own, *added.claims), key=lambda claim: (claim.span, claim.unit, claim.value))
    for claim in found:
        start, end = claim.span
        if not 0 <= start < end <= len(view.text) or view.text[start:end] != claim.text or not math.isfinite(claim.value):
            raise Refused(
                document.name, f"the extractor gave a claim that the text does not hold ({claim.span[0]}: {claim.text[:40]!r})"
            )
    stretches, passage_of = _passages(view.text, [claim.span for claim in found])
    passages = tuple(
        Passage(*view.span(start, stop), view.text[start:stop], tuple(terms(view.text[start:stop]))) for start, stop in stretches
    )
    sentences = sentences_of(view.text, [claim.span for claim in found])
    claims = tuple(_in_document(claim, document, view) for claim in found)
    return Extracted(document, claims, passages, tuple(passage_of), sentences, added.tally)


def _in_document(claim: Claim, document: Document, view: View) -> Claim:
    """A claim with its span in the document's own text."""
    span = view.span(*claim.span)
    if span == claim.span and claim.doc == document.name:
        return claim
    return replace(claim, doc=document.name, span=span, text=document.text[span[0] : span[1]])


def _passages(text: str, spans: Sequence[tuple[int, int]]) -> tuple[list[tuple[int, int]], list[int]]:
    """Lines, or what lies near in a long one, that hold the spans, each once; and for each span which. Spans are in order."""
    stretches: list[tuple[int, int]] = []
    which: list[int] = []
    ends = _ends(_LINE, text) if spans else []
    for start, end in spans:
        if not (stretches and start >= stretches[-1][0] and end <= stretches[-1][1]):
            stretches.append(_around(text, ends, start, end))
        which.append(len(stretches) - 1)
    return stretches, which


def sentences_of(text: str, spans: Sequence[tuple[int, int]]) -> tuple[str, ...]:
    """The sentence around each span, in the text that an extractor reads."""
    ends = _ends(_SENTENCE, text) if spans else []
    return tuple(text[slice(*_around(text, ends, start, end))] for start, end in spans)


def _ends(pattern: re.Pattern[str], text: str) -> list[int]:
    return [found.end() for found in pattern.finditer(text)]


def _around(text: str, ends: list[int], start: int, end: int) -> tuple[int, int]:
    """From the last end before a span to the first one after it, without blanks, CONTEXT characters on either side at most."""
    at = bisect_right(ends, start)
    first = max(ends[at - 1] if at else 0, start - CONTEXT)
    at = bisect_right(ends, end - 1)
    last = min(ends[at] if at < len(ends) else len(text), end + CONTEXT)
    while first < start and text[first].isspace():
        first += 1
    while last > end and text[last - 1].isspace():
        last -= 1
    return first, last
