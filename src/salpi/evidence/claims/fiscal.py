"""Fiscal years that a text itself explains: "FY2026 (April 1, 2026 to March 31, 2027)", "its financial year ends on 30 September"."""

from __future__ import annotations

import re

from salpi.evidence.claims.intervals import MONTH_NAME, YEAR, full_year, month_of
from salpi.evidence.occurrences import at_words, each, places

_DAY = r"(?:\d{1,2}(?:st|nd|rd|th)?\s)?"
_SPELLED = re.compile(
    rf"(?:\b(?:FY|fiscal(?:\syear)?|financial\syear|business\syear)\s?'?(?P<label>(?:19|20)?\d\d)|\b(?:19|20)\d\d/\d\d(?:\d\d)?)(?:[-–/]\d\d)?"
    rf"\s?\((?:from\s)?{_DAY}(?P<first>{MONTH_NAME})(?:\s\d{{1,2}})?,?\s?(?P<year>{YEAR})?\s?(?:to|through|until|-|–)\s?{_DAY}{MONTH_NAME}",
)
_ENDS = re.compile(
    rf"\b(?:fiscal|financial|business)\syear(?:\s(?:FY)?\s?\d\d(?:\d\d)?)?,?\s(?:(?:which|that)\s)?(?:ends?|ended|ending|closes?|closed)\s(?:(?:on|in|at)\s)?"
    rf"(?:the\send\sof\s)?{_DAY}(?P<last>{MONTH_NAME})(?![a-z])"
    rf"|\b(?:fiscal|financial|business)\syear\s(?:runs\sfrom|goes\sfrom|lasts\sfrom|begins?|starts?)\s(?:on\s|in\s)?{_DAY}(?P<first>{MONTH_NAME})(?![a-z])"
)
_SLASHED = re.compile(r"/\d\d(?:\d\d)?(?:[-–/]\d\d)?\s?\(")
_KOREAN = re.compile(
    r"(?<!\d)(?P<last>1[0-2]|[1-9])월\s?결산|회계연도\s?\((?P<first>1[0-2]|[1-9])월\s?[~∼–-]\s?(?:이듬해|다음\s?해|익년)"
)
_SAID = ("iscal", "inancial year", "usiness year")
_YEARS = ("fiscal", "financial", "business")
_SAID_KOREAN = ("결산", "회계")


def stated_fiscal(text: str, named: str) -> tuple[int, str] | None:
    """The first month of the fiscal year and the year it is called after (``start``, ``end``; ``named`` where the text does not say),
    where the text explains it, and once only."""
    found: dict[int, str] = {}
    for match in each(_SPELLED, text, _spelled(text)):
        label, year = full_year(match["label"]), match["year"]
        called = named if label is None or year is None else "start" if label == int(year) else "end"
        found.setdefault(month_of(match["first"]), called)
    for match in at_words(_ENDS, text, _YEARS) if any(map(text.__contains__, _SAID)) else ():
        first = month_of(match["first"]) if match["first"] else month_of(match["last"]) % 12 + 1
        found.setdefault(first, named)
    for match in _KOREAN.finditer(text) if any(map(text.__contains__, _SAID_KOREAN)) else ():
        first = int(match["first"]) if match["first"] else int(match["last"]) % 12 + 1
        if first <= 12:
            found.setdefault(first, named)
    return next(iter(found.items())) if len(found) == 1 else None


def _spelled(text: str) -> list[int]:
    """Where ``_SPELLED`` may begin: at its words, and four digits before the stroke of a year."""
    starts = {at for word in ("FY", *_YEARS) for at in places(text, word)}
    return sorted(starts.union(stroke.start() - 4 for stroke in _SLASHED.finditer(text, 4)))
