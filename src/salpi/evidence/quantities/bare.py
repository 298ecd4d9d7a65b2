"""Figures without a unit of their own: they take that of the quantity they are set against, or they measure nothing."""

from __future__ import annotations

import re
from bisect import bisect_right

from salpi.evidence.quantities.scan import Found
from salpi.evidence.quantities.units import PERSONS

_TO_NEXT = re.compile(
    r"\s?(?:to|→|->|-->|⇒|and|or|out of|of|of the|of its|of their|에서|에서 다시|[,/]|,? and|및|과|와)\s?(?:about |around |nearly |over |just |only |the |its |a |an |some |roughly |almost |approximately |약 )?$"
)
_SET_AGAINST = re.compile(
    r"(?:\b(?:from|to|with|than|against|vs\.?|versus|was|were|is|are|at|and|or|but|of|which|in|for|by|only|just|be)|→|->|\(|,|:|보다|대비|에서)[ ]?(?:(?:just|only|about|around|nearly|over|roughly|some|the|a mere|a|almost|as many as)[ ]){0,2}$",
    re.I,
)
_LABEL = re.compile(
    r"(?P<noun>headcount|workforce|employment|employees|staff|workers|jobs|participants|patients|researchers|specialists|companies|firms|start-?ups|trials|approvals|deals|plants|sites|partners|clusters|biosimilars|licences|licenses|candidates|projects|members|applications|substances|launches|products|medicines|drugs|licences|visitors)"
    r"(?:[^.;:\n]{0,40}(?=:))?(?:[ ][a-z-]+){0,6}?[ ]?(?:stood at|reached|total(?:l)?ed|total(?:l)?ing|hit|was|were|came to|numbered|rose to|fell to|grew to|climbed to|dropped to|increased to|up to|of|to|at|:)(?: about| around| nearly| over| just| some)?[ ]$",
    re.I,
)
_FAR_LABEL = re.compile(
    r"\b(?P<noun>patients|participants|volunteers|workers|employees|jobs|researchers|specialists|companies|firms|start-?ups|trials|approvals|deals|headcount|workforce)\b"
    r"[^.;:\n]{0,120}?\b(?:to|at|reached|totalled|totaled)[ ](?:about |around |just |only |over |nearly |some )?$",
    re.I,
)
_HIRES = re.compile(
    r"\b(?:employs?|employed|employing|hires?|hired|recruits?|recruited|trains?|trained|enrol(?:s|led|ls)?|enroll(?:s|ed)?)[ ](?:(?:about|around|some|over|nearly|more than|roughly|almost|just|only|another|up to)[ ]){0,2}$",
    re.I,
)
_WHOLE = re.compile(
    r"[ ](?:of (?:them|which|whom|these|those|the|its|their|all|our)|more (?:are|were|will)|were|was|are|have|has|had|came|got|went|won|remain|received|did|others?)(?![a-z])"
)
_YEAR = re.compile(
    r"[ ](?:in|by|at the end of|as of|during)[ ](?:fiscal )?(?:19|20)\d\d|[ ](?:a|one) year (?:ago|earlier|before)|[ ]the (?:year|previous year|same)|[ ](?:last|this|in the same) "
)
_PLAIN = frozenset({"days", "months", "years", "count", "persons", "%", "pp", "L", "x", "rank"})


def settle(text: str, found: list[Found], sentences: list[tuple[int, int]]) -> list[Found]:
    """Quantities with a unit each: bare figures get one from what stands beside them, or are left out."""
    starts = [start for start, _ in sentences]
    money: str | None = None
    for at, one in enumerate(found):
        if one.unit is not None:
            if len(one.unit) == 3 and one.unit.isupper():
                money = one.unit
            continue
        start, end = sentences[max(0, bisect_right(starts, one.start) - 1)] if sentences else (0, len(text))
        following = found[at + 1] if at + 1 < len(found) and found[at + 1].start < end else None
        before = [other for other in found[max(0, at - 3) : at] if other.start >= start and other.unit is not None]
        _settle(text, one, following, before, money, start)
    return [one for one in found if one.unit is not None]


def _settle(text: str, one: Found, following: Found | None, before: list[Found], money: str | None, start: int) -> None:
    if following is not None and following.unit is not None and _linked(text, one, following):
        currency = following.unit not in _PLAIN
        if not currency or one.scaled or following.scaled:
            one.unit, one.rule = following.unit, "unit of the next"
            if currency and not one.scaled:
                one.value *= following.scale
            elif following.unit == "days" and following.rule == "counted noun" and not one.scaled:
                one.value *= 1.0
            return
    if (one.scaled and one.scale >= 1e4) or (one.rule == "words" and one.scaled and one.value >= 1e4):
        label = _LABEL.search(text[max(start, one.start - 80) : one.start])
        if label is not None:
            one.unit = "persons" if label["noun"].lower() in PERSONS else "count"
        elif money is not None and one.scale >= 1e5:
            one.unit, one.rule = money, "currency of the amount before"
        return
    lead = text[max(start, one.start - 80) : one.start]
    if _HIRES.search(lead) and one.value >= 2 and text[one.end : one.end + 1] != "%":
        one.unit, one.rule = "persons", "people employed"
        return
    if one.rule == "figure" and re.search(r"[A-Z][\w&/]*[ ]$", lead) and not before:
        return
    like = [other for other in before if other.unit in ("count", "persons", "L", "days", "months", "%", "pp")]
    if like and _SET_AGAINST.search(lead) and _fits(text, one, like[-1]):
        near = one.start - like[-1].end
        if near < 130 and (
            like[-1].unit in ("count", "persons", "L", "days", "months") or _YEAR.match(text, one.end) or near < 40
        ):
            one.unit, one.rule = like[-1].unit, "unit of the one before"
            return
    label = _LABEL.search(lead) or (
        _FAR_LABEL.search(text[max(start, one.start - 170) : one.start]) if one.value >= 20 and one.rule == "figure" else None
    )
    if label is not None:
        one.unit, one.rule = "persons" if label["noun"].lower() in PERSONS else "count", "counted by its label"
        return
    if _WHOLE.match(text, one.end) and (one.rule == "words" or one.start <= start + 4 or one.value >= 2):
        same = [other for other in before if other.unit in ("count", "persons")]
        one.unit, one.rule = same[-1].unit if same else "count", "part of what was counted"


def _linked(text: str, one: Found, following: Found) -> bool:
    gap = text[one.end : following.start]
    if len(gap) > 26:
        return False
    link = _TO_NEXT.match(gap)
    if link is None:
        return False
    if gap.strip() in (",", "/"):
        return following.unit in ("%", "days") and gap.strip() == ","
    return True


def _fits(text: str, one: Found, other: Found) -> bool:
    """An index level or a code is no count: the figure must be of a like size where nothing else speaks for it."""
    if one.value == 0 or other.value == 0:
        return True
    ratio = abs(one.value / other.value)
    return 1 / 300 < ratio < 300
