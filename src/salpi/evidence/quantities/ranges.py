"""Figures that belong together: ranges, and years with months."""

from __future__ import annotations

import re

from salpi.evidence.quantities.found import Found

_BETWEEN = re.compile(r"(?:between|사이)\s(?:about |around |roughly |approximately )?[$€£₩¥A-Z]{0,4}\s?$", re.I)
_FROM = re.compile(
    r"(?:from|down from|up from)\s(?:(?:the|its|their|a)\s)?(?:present\s|current\s|existing\s|previous\s)?(?:about |around |roughly |nearly |over |just |only |some |a )?[$€£₩¥A-Z]{0,4}\s?$",
    re.I,
)
_MOVE = re.compile(
    r"(?:rose|rise|rises|fell|fall|grew|grow|jumped|climbed|dropped|increased?|decreased?|declined?|up|down|by|gained|slid|surged)[ ](?:by )?[$€£]?$",
    re.I,
)


def join_terms(text: str, found: list[Found]) -> list[Found]:
    """``6년 6개월``, "two years and six months": one span of time, in months."""
    out: list[Found] = []
    for one in found:
        low = out[-1] if out else None
        if (
            low is not None
            and low.unit == "years"
            and one.unit == "months"
            and low.high is None
            and 0 < one.value < 12
            and text[low.end : one.start] in (" ", "", " and ", ", ")
        ):
            out[-1] = Found(low.start, one.end, 12 * low.value + one.value, "months", "years and months", core=low.core)
            continue
        out.append(one)
    return out


_LONGEST_JOIN = 7
"""So many characters stand between the two ends of a range at most."""


def join_ranges(text: str, found: list[Found]) -> list[Found]:
    """``5 to 7 percent``, ``$4-6 billion``, ``25% and 28%`` after "between": one quantity with both ends."""
    out: list[Found] = []
    for one in found:
        low = out[-1] if out else None
        if low is None or one.start - low.end > _LONGEST_JOIN or not _is_range(text, low, one):
            out.append(one)
            continue
        if low.rule == "won left out" and one.unit is not None:
            low.unit = one.unit
        unit = low.unit if low.unit is not None and one.unit in (None, "count", "persons") else one.unit or low.unit
        small = low.value if low.scaled or not one.scaled else low.value * one.scale
        if low.unit is None:
            small *= one.factor
        large = one.value if one.scaled or not low.scaled or one.unit not in (None, low.unit) else one.value * low.scale
        if small < 0 < large:
            large = -large
        out[-1] = Found(
            low.start, one.end, small, unit, "range", high=large, counted=one.counted, scaled=one.scaled, signed=low.signed, core=low.core, scale=one.scale
        )  # fmt: skip
    return out


_BEHIND = frozenset({"%", "pp", "L", "days", "months", "years", "count", "persons", "rank", "x"})
"""Units that stand behind their figure: where the first of two has one, the second is no end of a range."""


def _bare_range(text: str, low: Found, high: Found, word: str) -> bool:
    """Two figures with a dash between, of which nothing says yet what they measure: ``22,000–28,000``, ``9.0–9.2``."""
    if word == "to" and high.scaled and not low.scaled and 0 < low.value < high.value / high.scale:
        before = text[max(0, low.start - 24) : low.start]
        return _FROM.search(before) is None and _MOVE.search(before) is None
    if word == "and" and 0 < low.value < high.value:
        return _BETWEEN.search(text[max(0, low.start - 24) : low.start]) is not None
    if word == "or" and low.rule == high.rule == "words" and high.scaled and not low.scaled:
        return 0 < low.value < high.value / high.scale <= low.value + 2
    if low.rule != high.rule or not 0 < low.value < high.value <= 10 * low.value:
        return False
    if word in ("–", "—", "~", "∼", "-"):
        both = (text[low.start : low.end], text[high.start : high.end])
        return low.rule == "figure" and ("," in both[0] or (word != "-" and all("." in each for each in both)))
    before = text[max(0, low.start - 24) : low.start]
    if word == "or":
        return high.value <= low.value + 2
    return word == "to" and _FROM.search(before) is None and _MOVE.search(before) is None


def _is_range(text: str, low: Found, high: Found) -> bool:
    gap = text[low.end : high.start]
    if not gap or low.high is not None:
        return False
    word = gap.strip().lower()
    if word == "- to":
        word = "to"
    if word not in ("-", "–", "—", "~", "∼", "to", "and", "or", "내지"):
        return False
    tight = word in ("-", "–", "~", "∼", "내지", "to")
    money = low.unit is not None and len(low.unit) == 3 and low.unit.isupper()
    if low.rule == "won left out" and tight and high.scaled and high.unit is not None and len(high.unit) == 3:
        return True  # 37억~39억 달러
    if low.unit is not None and high.unit not in (None, low.unit) and not (tight and money and high.unit in ("count", "persons")):
        return False
    if low.scaled and not high.scaled and high.unit in ("count", "persons"):
        return False  # two billion for forty projects
    if low.unit is None and high.unit is None and not (tight and word != "to" and high.scaled and not low.scaled):
        return _bare_range(text, low, high, word)
    before = text[max(0, low.start - 24) : low.start]
    if word == "and":
        return _BETWEEN.search(before) is not None
    if word == "or":
        return low.unit is None and not low.scaled
    if word == "to":
        if low.unit in _BEHIND and high.unit is None:
            return False
        if _FROM.search(before):
            return False
        if low.unit is not None and high.unit is not None and _MOVE.search(before):
            return False
    return True
