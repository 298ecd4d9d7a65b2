"""Bare figures that go on from what was spoken of: the quantity before them in the sentence, in the one before, the topic."""

from __future__ import annotations

import re

from salpi.evidence.quantities.cues import (
    AGAIN,
    INDEX,
    LEVEL_AFTER_RATE,
    NAMED_ONLY,
    OPEN_AFTER,
    OPEN_BEFORE,
    SET_AGAINST,
    STANDS,
    WHOLE,
    WORD_BEFORE,
    YEAR,
)
from salpi.evidence.quantities.found import Found
from salpi.evidence.quantities.nearby import COUNTED, SHARES, UNITS, Nearby, fits, outgrows

_TALLIED = ("count", "persons")
_NAME_IN_BRACKETS = re.compile(r"\((?:[^()\d.;]|&)*[A-Z][\w&]* $")


def level_behind_change(text: str, one: Found, near: Nearby) -> bool:
    """The level behind a rate of change: what was counted before, people where these were named.

    "Approvals dropped by 15.6 percent to 711", "Enrolment grew 4 percent (1,250)".
    """
    rate = near.last
    if rate is None or rate.unit not in SHARES:
        return False
    led = rate.unit == "%" and one.value > 100 and LEVEL_AFTER_RATE.search(near.lead) is not None
    if not led and not (outgrows(one, rate) and near.lead.endswith("(") and text[one.end : one.end + 1] == ")"):
        return False
    one.unit, one.rule = near.topic or "count", "level behind its change"
    return True


def amount_set_against(text: str, one: Found, near: Nearby) -> bool:
    """An amount set against another of its size: "the price fell from $120 to 95"."""
    price = near.same[-1] if near.same else None
    if (
        price is None
        or price.unit in UNITS
        or one.start - price.end >= 90
        or one.value <= 1
        or not 1 / 10 < abs(one.value / (price.value or 1.0)) < 10
        or SET_AGAINST.search(near.lead) is None
    ):
        return False
    one.unit, one.rule = price.unit, "currency of the amount before"
    return True


def part_in_brackets(text: str, one: Found, near: Nearby) -> bool:
    """A part in brackets behind a number, with a name alone: "Plants: 3 (Anyang 2, Suzhou 1)"."""
    whole = near.like
    if whole is None or whole.unit not in _TALLIED or not 1 <= one.value <= abs(whole.value):
        return False
    gap = text[whole.end : one.start]
    if len(gap) >= 60 or "(" not in gap or _NAME_IN_BRACKETS.search(gap) is None:
        return False
    one.unit, one.rule = whole.unit, "part of the number before"
    return True


def set_against(text: str, one: Found, near: Nearby) -> bool:
    """A figure set against the one before: "12 approvals, against 9 in 2023"."""
    kept = near.like
    if kept is None or not fits(one, kept) or (far := one.start - kept.end) >= 130 or SET_AGAINST.search(near.lead) is None:
        return False
    if kept.unit not in COUNTED and far >= 40 and YEAR.match(text, one.end) is None:
        return False
    one.unit, one.rule = kept.unit, "unit of the one before"
    return True


def counted_alike(text: str, one: Found, near: Nearby) -> bool:
    """The count goes on behind any word in small letters."""
    kept = near.like
    if (
        kept is None
        or kept.unit not in _TALLIED
        or one.value < 2
        or one.start - kept.end >= 130
        or not fits(one, kept)
        or WORD_BEFORE.search(near.lead) is None
    ):
        return False
    one.unit, one.rule = kept.unit, "counted like the one before"
    return True


def of_another_name(text: str, one: Found, near: Nearby) -> bool:
    """A name alone between two figures: "Songdo has 100 companies and Osong 260"."""
    kept = near.like
    if (
        kept is None
        or one.start - kept.end >= 60
        or not fits(one, kept)
        or NAMED_ONLY.search(near.lead) is None
        or OPEN_AFTER.match(text, one.end) is None
    ):
        return False
    one.unit, one.rule = kept.unit, "counted like the one before"
    return True


def taken_up(text: str, one: Found, near: Nearby) -> bool:
    """The quantity of the sentence before: "By 2030 it shall be 55", "There are 9,800 today", "The agency cleared 18 in 2024"."""
    last = near.earlier[-1] if near.earlier and not near.same else None
    if last is not None and not fits(one, last):
        return False
    if last is not None and last.unit in SHARES and abs(one.value) > 100:
        last = near.nearest
    if last is None or not (last.unit in COUNTED or last.unit == "%"):
        return False
    if not (near.told and AGAIN.search(near.lead)) and not (
        last.unit in _TALLIED and WORD_BEFORE.search(near.lead) and YEAR.match(text, one.end)
    ):
        return False
    one.unit, one.rule = last.unit, "unit of the sentence before"
    return True


def part_of_counted(text: str, one: Found, near: Nearby) -> bool:
    """A part of what was counted: "Forty doses were sold. Nine of them failed"."""
    if one.rule != "words" and one.start > near.start + 4 and one.value < 2:
        return False
    if WHOLE.match(text, one.end) is None:
        return False
    kept = _last_count(one, near)
    one.unit, one.rule = kept.unit if kept is not None else "count", "part of what was counted"
    return True


def numeral_alone(text: str, one: Found, near: Nearby) -> bool:
    """A number in words counts what was named before it: "of plants it wants six by 2030"."""
    if one.rule != "words" or one.value >= 1000 or not STANDS.match(text, one.end) or not WORD_BEFORE.search(near.lead):
        return False
    kept = _last_count(one, near)
    one.unit, one.rule = kept.unit if kept is not None and fits(one, kept) else "count", "counted by what was named"
    return True


def _last_count(one: Found, near: Nearby) -> Found | None:
    """The last count of things or people, in the paragraph, where there are several one of a like size."""
    counts = [other for other in (*near.earlier, *near.before) if other.unit in _TALLIED]
    return next((other for other in reversed(counts) if fits(one, other)), counts[-1] if counts else None)


def grouped(text: str, one: Found, near: Nearby) -> bool:
    """A whole figure grouped by commas counts something: "the total came to 1,204"."""
    if one.rule != "figure" or one.value != int(one.value) or "," not in text[one.start : one.end]:
        return False
    if INDEX.search(near.lead) or not WORD_BEFORE.search(near.lead):
        return False
    one.unit, one.rule = near.topic or "count", "grouped figure"
    return True


_OPENS = 24
"""What ``OPEN_BEFORE`` finds is no longer, but for names before a colon."""


def of_topic(text: str, one: Found, near: Nearby) -> bool:
    """What stands open to both sides has the unit of what was spoken of."""
    lead = near.lead
    far = 0 if lead.endswith((": ", ": \n")) else len(lead) - _OPENS  # a name before a colon may be long
    if one.value < 2 or not OPEN_AFTER.match(text, one.end) or not OPEN_BEFORE.search(lead, far) or INDEX.search(lead):
        return False
    unit = near.topic or ("count" if near.lead.endswith(" numbered ") else None)
    if unit is None:
        return False
    one.unit, one.rule = unit, "unit of what was spoken of"
    return True
