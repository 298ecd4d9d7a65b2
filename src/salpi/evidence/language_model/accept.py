"""What is kept of what a language model points at: a span of the text in which the grammar reads the same number and unit.

The grammar is asked first in the place. A number that it reads there with a unit is a claim already; two things are left to add:

- a bare figure ("the number of companies rose to 1,340"): the model may say that it counts what the quote names, since the noun
  stands there, or that it has the unit of another number of its context ("240 days, by 2027 no more than 180"), since the grammar
  reads that unit there; the figure with its magnitude is the grammar's own;
- a number that the grammar reads in the span alone but passes over in its surroundings, where caution about codes, quotations and
  figures of speech leaves it out: the model's reading of the sentence is a second opinion. A date, a telephone number, a plant
  number (what ``exclude`` masks), a time expression or a piece of a longer figure stays left out.

Both only for an id of the catalogue that is measured so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal, get_args

from salpi.evidence.claims.catalogue import DERIVED, unit_class
from salpi.evidence.extract import Extraction
from salpi.evidence.judges.decided import Decided
from salpi.evidence.judges.indicator import goes, split
from salpi.evidence.language_model.answer import Pointed
from salpi.evidence.language_model.prompt import Id
from salpi.evidence.quantities.exclude import masked_at
from salpi.evidence.quantities.scan import Found, scan
from salpi.evidence.record import Claim, ClaimStatus
from salpi.plan.periods import Period, PeriodError

Dropped = Literal["quote", "place", "number", "unit", "indicator", "subject", "period", "status", "baseline", "form"]
"""Why a claim is dropped, by what is wrong: the quote is not in the text, its place not certain, the grammar reads another number
or none, another unit, no such id, ..., the claim has not the form asked for.
"""
SCORE = 0.5
"""Of a claim that only a language model points at: an *assumption*, below any usual bar for taking in without a person."""
COUNTING = ("count", "persons")
FORMS = ("level", *DERIVED, "share.change")
ROUNDED = 5e-3
"""A fraction in words has no last digit: a third is 33.3 as well as 33.3333. Relative; figures must agree in full."""
SAME = 1e-9
MASK_REACH = 120
"""Characters before a span in which a mask that covers it may begin."""
_WORDY = re.compile(r"[^\W\d_]{2}|[가-힣]")
_STARTS_INSIDE = re.compile(r"[A-Za-z0-9]\Z|[A-Za-z0-9][-.,/:'’]\Z|[$€£₩¥]\Z")
_ENDS_INSIDE = re.compile(r"[A-Za-z0-9%]|[.,/:'’-]\d")


class Drop(Exception):
    """A claim that is not kept, and why."""

    def __init__(self, why: Dropped) -> None:
        super().__init__(why)
        self.why: Dropped = why


@dataclass(frozen=True)
class Read:
    """A document as extraction reads it: ``raw`` are the grammar's numbers in their places, ``known`` the spans of its claims."""

    extraction: Extraction
    raw: tuple[Found, ...]
    known: tuple[tuple[int, int], ...]
    ids: Mapping[str, Id]

    @classmethod
    def of(cls, extraction: Extraction, claims: Iterable[Claim], ids: Mapping[str, Id]) -> Read:
        """With the claims that the grammar found, and the catalogue's ids."""
        return cls(extraction, tuple(scan(extraction.page.text)), tuple(claim.span for claim in claims), ids)


def accept(read: Read, portion: tuple[int, int], one: Pointed, model: str) -> Claim | None:
    """The claim at the place pointed at; None where the grammar has one there, which stays as it is. Raises Drop."""
    a, b, context = located(read.extraction.page.text, portion, one)
    low, high = read.extraction.reading.span(a, b)
    if any(start < high and low < end for start, end in read.known):
        return None
    found = reread(read, a, b, one, context)
    base, form = _indicator(read, one, found)
    decided = Decided(
        base, form, one.indicator, _subject(read, one), _period(one), _status(one), unit_class(one.unit) or "",
        0, 0, found.end, SCORE,
        reasons=dict.fromkeys(("indicator", "subject", "period", "status"), f"language model: {model}"),
    )  # fmt: skip
    claim = read.extraction.claim_of(found, decided, _baseline(read, one, found, context))
    if claim is None:
        raise Drop("place")
    if not _same(claim.value, one.value, found) or (one.high is None) != (claim.high is None):
        raise Drop("number")
    if one.high is not None and claim.high is not None and not _same(claim.high, one.high, found):
        raise Drop("number")
    rules = {**claim.rules, "quantity": f"language model: {model}; grammar: {found.rule}"}
    return replace(claim, rules=rules, warnings=(f"only the language model {model} points at it",))


def located(text: str, portion: tuple[int, int], one: Pointed) -> tuple[int, int, tuple[int, int]]:
    """Where the quote stands, and its context; both must occur, and once only. Raises Drop."""
    start = _only(text, one.context, *portion)
    end = start + len(one.context)
    a = _only(text, one.quote, start, end)
    return a, a + len(one.quote), (start, end)


def _only(text: str, wanted: str, start: int, end: int) -> int:
    at = text.find(wanted, start, end)
    if at < 0:
        raise Drop("quote")
    if text.find(wanted, at + 1, end) >= 0:
        raise Drop("place")
    return at


def reread(read: Read, a: int, b: int, one: Pointed, context: tuple[int, int]) -> Found:
    """The number that the grammar reads in ``text[a:b]``, with its unit. Raises Drop."""
    page = read.extraction.page
    text = page.text
    placed = [found for found in read.raw if found.start < b and a < found.end]
    if any(found.start < a or b < found.end for found in placed):
        raise Drop("place")
    if not placed:
        placed = _alone(text, a, b)
    if len(placed) != 1:
        raise Drop("number")
    found = replace(placed[0])
    if any(mention.start < found.end and found.start < mention.end for mention in page.times):
        raise Drop("number")
    if found.unit is None and any(other.unit == one.unit for other in _within(page.found, context)):
        found.unit, found.rule = one.unit, f"{found.rule}, unit of another of its context"
    elif found.unit is None and one.unit in COUNTING and _WORDY.search(f"{text[a : found.start]} {text[found.end : b]}"):
        found.unit, found.rule = one.unit, f"{found.rule}, counts what the quote names"
    if found.unit is None or found.unit != one.unit:
        raise Drop("unit")
    return found


def _within(found: Iterable[Found], context: tuple[int, int]) -> Iterator[Found]:
    return (one for one in found if context[0] <= one.start and one.end <= context[1])


def _alone(text: str, a: int, b: int) -> list[Found]:
    """The numbers of a stretch without its surroundings, if it is no piece of a figure, of a word, or of what is masked."""
    before, after = text[max(0, a - 2) : a], text[b : b + 2]
    if (text[a].isascii() and text[a].isalnum() and _STARTS_INSIDE.search(before)) or (
        text[b - 1].isascii() and text[b - 1].isalnum() and _ENDS_INSIDE.match(after)
    ):
        raise Drop("place")
    line = text.rfind("\n", 0, a) + 1
    if any(masked_at(text, at) > max(at, a) for at in range(max(line, a - MASK_REACH), b)):
        raise Drop("number")
    return [replace(found, start=found.start + a, end=found.end + a) for found in scan(text[a:b])]


def _same(ours: float, theirs: float, found: Found) -> bool:
    worded = "fraction" in found.rule or "part of a whole" in found.rule
    return abs(ours - theirs) <= (ROUNDED if worded else SAME) * abs(ours)


def _indicator(read: Read, one: Pointed, found: Found) -> tuple[str, str]:
    """Base and form of the id. Raises Drop where the catalogue has no such id, or measures it in another way."""
    base, form = split(one.indicator or "", read.ids)
    if base not in read.ids or form not in FORMS or not goes(unit_class(found.unit or "") or "", read.ids[base].unit, form):
        raise Drop("indicator")
    return base, form


def _subject(read: Read, one: Pointed) -> str | None:
    """The canonical name of an entity of the text, or a name as the text writes it; the text's own country too."""
    if one.subject is None:
        return None
    page, name = read.extraction.page, one.subject.strip()
    here = {hit.value.name for hit in page.hits if hit.kind == "entity"} | {page.country}
    for hit in page.catalogue.vocabulary.hits(name):
        if hit.kind == "entity" and (hit.start, hit.end) == (0, len(name)) and hit.value.name in here:
            return str(hit.value.name)
    letters = _WORDY.search(name) is not None
    if name in here or (letters and re.search(rf"(?<![A-Za-z0-9]){re.escape(name)}(?![A-Za-z0-9])", page.text)):
        return name
    raise Drop("subject")


def _period(one: Pointed) -> str | None:
    if one.period is None:
        return None
    try:
        period = Period.parse(one.period)
    except PeriodError:
        raise Drop("period") from None
    if period.freq == "day" or one.period.count("-") > 2:
        raise Drop("period")
    return one.period


def _status(one: Pointed) -> ClaimStatus:
    for status in get_args(ClaimStatus):
        if status == one.status:
            return status  # type: ignore[no-any-return]
    raise Drop("status")


def _baseline(read: Read, one: Pointed, found: Found, context: tuple[int, int]) -> float | None:
    """A value that the grammar reads elsewhere in the context, in the same unit or in none of its own. Raises Drop."""
    if one.baseline is None:
        return None
    for other in _within((*read.extraction.page.found, *read.raw), context):
        if other.start != found.start and other.unit in (found.unit, None) and _same(abs(other.value), abs(one.baseline), other):
            return one.baseline
    raise Drop("baseline")
