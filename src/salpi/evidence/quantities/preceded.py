"""Bare figures that the words before them decide: headings, labels, verbs."""

from __future__ import annotations

import re

from salpi.evidence.quantities.cues import HEADED, HIRES, HIRES_ENDS, MONEY_LABEL, NAME_BEFORE, NUMBER_OF, RATE_LABEL, STAFFED
from salpi.evidence.quantities.found import Found
from salpi.evidence.quantities.headers import UNIT_WORDS, unit_of, unit_word
from salpi.evidence.quantities.nearby import Nearby
from salpi.evidence.quantities.units import PERSONS

_CLOSE = 48
"""A label up to so many characters long speaks for its figure whatever else stands before it."""


_IN_UNITS = re.compile(
    r"(?:,|[ ][–—-]|\b[Ii]n)[ ](?P<unit>[^,:;()\n\d]{1,24}?)[ ]?[:：—–]|\b[Ii]n[ ](?P<words>(?:b|m|tr)illions[ ]of[ ][A-Za-z. ]{3,20})"
)
"""Units that a heading ends with, or its words say: "Exports, USD bn: 2023 7.6", "in billions of dollars"."""
_UNIT_MARK = re.compile("[:：—–]")
"""The end of the former."""


def unit_of_heading(text: str, one: Found, near: Nearby) -> bool:
    """The unit in brackets of a heading, or at its end: "Capacity (kL): Songdo 180"."""
    low = max(near.start, one.start - 300)
    if one.rule not in ("figure", "scaled figure", "range") or text[one.end : one.end + 1] == "%":
        return False
    said = _bracketed(text, low, one.start) or _said(text, low, one.start) or _above(text, one.start)
    if said is None:
        return False
    one.unit, one.rule = said[0], "unit of its heading"
    one.multiply(1.0 if one.scaled else said[1])
    return True


def _bracketed(text: str, low: int, high: int) -> tuple[str, float] | None:
    headings = HEADED.findall(text, low, high) if text.find(")", low, high) >= 0 else []
    return unit_word(headings[-1]) if headings else None


def _said(text: str, low: int, high: int) -> tuple[str, float] | None:
    """A currency with a magnitude outside of brackets."""
    if _UNIT_MARK.search(text, low, high) is None and text.find("illions of ", low, high) < 0:
        return None
    said = None
    for match in _IN_UNITS.finditer(text, low, high):
        said = unit_of(match["unit"] or match["words"]) or said
    return said if said is not None and said[1] >= _LEAST else None


_MEMBER = re.compile(
    r"(?:.{0,300}[;,→|/•·][ ]?)?[ ]{0,8}(?:[-•*▪][ ]?)?(?:(?:19|20)\d\d[EFPe]?|[A-Z][\w.&'-]*(?:[ ][A-Z][\w.&'-]*){0,3}|peak)[ ]?[:=>]?[ ]{0,2}"
)
"""What stands before a figure of a series in its line: a year or a name."""
_UNIT_ENDS = re.compile(r"[^\n]{3,110}?(?:,[ ]|\(|[–—-][ ]|\bin[ ])(?P<unit>[^,()\n\d]{1,24})\)?[ ]?:?[ ]*")
"""A line that ends with the unit of what stands below it."""
_LONGEST = 140
"""No such line is longer, but for blanks at its end."""


def _above(text: str, at: int) -> tuple[str, float] | None:
    """The unit at the end of the line above, for a line of years or names and their figures."""
    start = text.rfind("\n", max(0, at - _REACH), at) + 1
    above = text.rfind("\n", max(0, start - _REACH), start - 1) + 1 if start > 1 else start
    if not 1 < start - above < _REACH or len(text[above : start - 1].rstrip(" ")) > _LONGEST:
        return None
    if _MEMBER.fullmatch(text, start, at) is None:
        return None
    line = _UNIT_ENDS.fullmatch(text, above, start - 1)
    said = None if line is None else UNIT_WORDS.get(line["unit"].strip()) or unit_of(line["unit"])
    return said if said is not None and (said[1] >= _LEAST or said[0] in ("L", "days", "%", "persons")) else None


_REACH = 400
"""A line reaches so far back at most."""
_LEAST = 1e6
"""A currency alone may be a part of the words; one with a magnitude is a unit."""


def employed(text: str, one: Found, near: Nearby) -> bool:
    """Whom a house employs, hires or trains: "it employs 450"."""
    if not near.ended or one.value < 2 or text[one.end : one.end + 1] == "%":
        return False
    if not near.lead[-16:].rstrip().lower().endswith(HIRES_ENDS) or HIRES.search(near.lead) is None:
        return False
    one.unit, one.rule = "persons", "people employed"
    return True


_THOSE = re.compile(
    r"\b[Tt]hose (?:who [^.;:\d]{2,40}?|at work|enrolled|employed|trained|recruited|hired|treated|vaccinated)[, ]+(?:are|were|is|was|number(?:ed)?|come to|came to|total(?:led)?|reach(?:ed)?) (?:about |some |only |just |over |nearly )?$"
)
_PEOPLE_ASIDE = re.compile(
    r"\b(?:people|staff|workforce|employees|headcount|(?:[a-z]+ )?(?:now |currently )?employed)\b(?: (?:in|of|at|on|there|here)\b[^.;:\d,]{0,30})?, $"
)
_ASIDE_ENDS = re.compile(r"[,.;]| of (?:them|whom) ?,?")


def those_who(text: str, one: Found, near: Nearby) -> bool:
    """People by what they do, and their number set in: "those enrolled come to 8,100", "their people, 20,800 of them,"."""
    if not near.ended or one.value < 2 or one.value != int(one.value):
        return False
    lead = near.lead
    those = "hose " in lead and _THOSE.search(lead) is not None
    aside = one.value >= 20 and lead.endswith((", ", ", \n")) and _PEOPLE_ASIDE.search(lead) is not None
    if not those and (not aside or _ASIDE_ENDS.match(text, one.end) is None):
        return False
    one.unit, one.rule = "persons", "people by what they do"
    return True


def name_alone(text: str, one: Found, near: Nearby) -> bool:
    """A figure behind a name, with no quantity before it, is part of the name."""
    return one.rule == "figure" and not near.before and near.ended and NAME_BEFORE.search(near.lead) is not None


def staff_in_short(text: str, one: Found, near: Nearby) -> bool:
    """People in short style: "Headcount 71,000"."""
    if not near.ended or one.value < 2 or one.rule != "figure" or STAFFED.search(near.lead) is None:
        return False
    one.unit, one.rule = "persons", "people in short"
    return True


def number_of(text: str, one: Found, near: Nearby) -> bool:
    """What a sentence says it counts: "the number of bio tenants rose to 240"."""
    if not near.told or near.lead_label is not None or one.value < 2:
        return False
    lead = text[max(near.start, one.start - 130) : one.start]
    label = NUMBER_OF.search(lead) if "umber" in lead else None
    return label is not None and _count(one, label["noun"])


def label(text: str, one: Found, near: Nearby) -> bool:
    """A label close before a figure: "approvals reached 14"."""
    label = near.label
    return label is not None and label.end() - label.start() < _CLOSE and _count(one, label["noun"])


def long_label(text: str, one: Found, near: Nearby) -> bool:
    """A label of any length, where no quantity before the figure has spoken for it."""
    return near.label is not None and _count(one, near.label["noun"])


def _count(one: Found, noun: str) -> bool:
    one.unit, one.rule = "persons" if noun.lower() in PERSONS else "count", "counted by its label"
    return True


def rate_label(text: str, one: Found, near: Nearby) -> bool:
    """A share by its label: "Export share: 62"."""
    if not _follows_colon(one, near) or one.value > 100 or RATE_LABEL.search(near.lead) is None:
        return False
    one.unit, one.rule = "%", "rate by its label"
    return True


def money_label(text: str, one: Found, near: Nearby) -> bool:
    """An amount whose currency nothing names is none: "Revenue: 120"."""
    return _follows_colon(one, near) and MONEY_LABEL.search(near.lead) is not None


def _follows_colon(one: Found, near: Nearby) -> bool:
    return one.rule == "figure" and near.lead.endswith((": ", ": \n"))
