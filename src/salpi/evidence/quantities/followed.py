"""Bare figures that what follows them decides."""

from __future__ import annotations

import re
from collections.abc import Sequence

from salpi.evidence.quantities.cues import OF_PEOPLE, PEOPLE_DO, PER_MONEY, POINTS, SHARE_SAID, TO_NEXT
from salpi.evidence.quantities.found import Found
from salpi.evidence.quantities.nearby import PARTS, SHARES, UNITS, Nearby, alike
from salpi.evidence.quantities.nouns import counted

_WITH_SHARE = re.compile(r",(?: and)? \d+(?:\.\d+)? ?(?:%|per ?cent) of (?:it|them|us|whom|which|those)(?![a-z])")
"""Behind a number of which a share is told: "Headcount is 611, 40% of it in quality"."""
_MORE = re.compile(r"[ ](?:more|fewer|less|up|down|above|below|higher|lower)(?![a-z])")
_ONES = re.compile(r"[ ](?:[a-z][a-z-]+ ){0,3}ones(?![a-z])")


def points(text: str, one: Found, near: Nearby) -> bool:
    """Points beside a share are percentage points ("the share fell by three points"); others measure nothing."""
    match = POINTS.match(text, one.end)
    if match is None or one.rule not in ("figure", "words"):
        return False
    said = text[max(near.start - 100, one.start - 160, 0) : one.start]
    if any(other.unit in SHARES for other in near.before) or match["percent"] or SHARE_SAID.search(said):
        one.unit, one.rule, one.end = "pp", "points of a share", match.end()
    return True


def unit_of_next(text: str, one: Found, near: Nearby) -> bool:
    """Two figures with the unit behind the second: "from 3 to 5 percent"."""
    other = near.following
    if other is None or other.unit is None or not _linked(text, one, other):
        return False
    if other.unit in SHARES and (one.scaled or abs(one.value) > 1000 or _WITH_SHARE.match(text, one.end)):
        return False
    if other.unit in UNITS:
        one.factor = other.factor
        one.multiply(other.factor)
    elif one.scaled or other.scaled:
        one.multiply(1.0 if one.scaled else other.scale)
    else:
        return False
    one.unit, one.rule = other.unit, "unit of the next"
    return True


_BEHIND = re.compile(r"[ ]?(?:[—–|]|\.{2,}|:)[ ](?=[a-z])")


def of_label(text: str, one: Found, near: Nearby) -> bool:
    """A figure that begins its line, what it counts set behind it: "590 — people", "34 | plants"."""
    match = _BEHIND.match(text, one.end)
    if match is None or one.rule != "figure" or text[max(0, one.start - 16) : one.start].rstrip(" •*-▪·")[-1:] not in ("", "\n"):
        return False
    noun = counted(text, match.end() - 1)
    if noun is None:
        return False
    one.unit, one.rule = noun[0], "counted by the label behind it"
    return True


_LIST = re.compile(r"(?:,|,? and|,? or)[ ]|·|、")
_LISTED = frozenset({"%", "pp", "days", "months"})
_MOST = 1000
"""A figure of such a list is smaller."""


def settle_lists(text: str, found: Sequence[Found]) -> None:
    """Figures of a list whose unit stands behind the last: "growth of 16.7, 3.4 and 3.3 percent"."""
    for at in range(len(found) - 1, 1, -1):
        last = found[at]
        if last.unit not in _LISTED or last.high is not None:
            continue
        first = at
        while first and _in_list(text, found[first - 1], found[first]):
            first -= 1
        if at - first > 1:
            for one in found[first:at]:
                one.unit, one.factor, one.rule = last.unit, last.factor, "unit of the next"
                one.multiply(last.factor)


def _in_list(text: str, one: Found, following: Found) -> bool:
    bare = one.unit is None and one.rule == "figure" and not one.scaled and abs(one.value) < _MOST
    return bare and _LIST.fullmatch(text, one.end, following.start) is not None


def _linked(text: str, one: Found, following: Found) -> bool:
    """Whether the words between two figures join them, and each is not of its own kind."""
    gap = text[one.end : following.start]
    if len(gap) > 26 or following.rule in PARTS:
        return False
    if "and" in gap and (
        following.core[0] > following.start or (following.unit in ("count", "persons") and not alike(one, following, 8))
    ):
        return False  # each of its own kind
    if "," in gap and _MORE.match(text, following.end):
        return False
    if TO_NEXT.match(gap) is None:
        return False
    link = gap.strip()
    return link not in (",", "/") or (link == "," and following.unit in ("%", "days"))


def ones(text: str, one: Found, near: Nearby) -> bool:
    """ "Two new ones" are people where these were spoken of, else things."""
    match = _ONES.match(text, one.end)
    if match is None or one.value < 2:
        return False
    one.unit = "persons" if near.topic == "persons" else "count"
    one.rule, one.counted = "ones of what was spoken of", match.end()
    return True


def of_people(text: str, one: Found, near: Nearby) -> bool:
    """A part of a number of people: "40 of our 120 employees"."""
    if OF_PEOPLE.match(text, one.end) is None:
        return False
    one.unit, one.rule = "persons", "part of a number of people"
    return True


def people_act(text: str, one: Found, near: Nearby) -> bool:
    """What only people do: "300 took part", "42 were hired"."""
    if one.value < 2 or PEOPLE_DO.match(text, one.end) is None:
        return False
    one.unit, one.rule = "persons", "people who act"
    return True


def exchange_rate(text: str, one: Found, near: Nearby) -> bool:
    """A rate of exchange measures nothing: "1,390 to the dollar"."""
    return PER_MONEY.match(text, one.end) is not None
