"""Days that a text names, in every form in which English and Korean texts write a whole date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_MONTHS = {
    name: at
    for at, name in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], start=1)
}
MONTH = (
    r"(?P<m>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
"""A month by name, any case."""
YEAR = r"(?:19|20|21)\d\d"
WINDOW = 48
"""A day begins so many characters before its year, or less."""
_YEAR = re.compile(r"(?:19|20|21)(?<!\d..)\d\d(?!\d)")  # in this form the engine skips to a digit
_BEFORE = tuple(
    re.compile(form + r"\(?\Z", re.IGNORECASE)
    for form in (
        rf"(?<![a-z]){MONTH}\s(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:\s\([^()\n]{{2,24}}\))?,?\s{{1,3}}",
        rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[\s-]{MONTH}[\s,-]{{1,3}}",
        r"(?<!\d)(?P<one>\d{1,2})[-./] ?(?P<two>\d{1,2})[-./] ?",
    )
)
"""What stands before the year."""
_AFTER = {
    **dict.fromkeys("./-", re.compile(r"\s?(?P<s>[./-])\s?(?P<mn>\d{1,2})\s?(?P=s)\s?(?P<d>\d{1,2})(?!\d)(?:\s?일|\.)?")),
    "년": re.compile(r"\s?년\s?(?P<mn>\d{1,2})\s?월\s?(?P<d>\d{1,2})\s?일"),
}
"""What stands behind it, by the mark with which it begins."""
_SHORT = re.compile(
    r"(?<![\d.~'’∼–-])['’‘]?(?P<y>[1-3]\d)(?:\.\s?|년\s?)(?P<mn>1[0-2]|0?[1-9])(?:\.\s?|월\s?)(?P<d>[0-3]?\d)(?:\.|일)?(?![\d.~∼–-])"
)
"""A day as Korean offices and desks note it, ``25.10.29`` or ``25년 8월 29일``: elsewhere the day comes first."""
_PERIOD_END = re.compile(r"\b(?:ended|ending|end|to|until|through|as (?:of|at|on)|since|from|by|at)\s(?:the\s)?$", re.IGNORECASE)
"""What stands before a day on which a period begins or ends; the text is of another day."""


@dataclass(frozen=True)
class Day:
    """A day and where it stands. ``bounds``: a period ends or begins on it; ``sure``: it can be read in one way only."""

    start: int
    end: int
    when: date
    bounds: bool = False
    sure: bool = True


def days(text: str, low: int = 0, high: int | None = None) -> Iterator[Day]:
    """The days of a stretch of a text, in the order of their years."""
    high = len(text) if high is None else high
    for year in _YEAR.finditer(text, low, high):
        found = _after(text, year, high) or _before(text, year, low)
        if found is not None:
            yield found


def short_days(text: str, high: int | None = None) -> Iterator[Day]:
    """Days with a year of two digits, as Korean texts note them."""
    for found in _SHORT.finditer(text, 0, len(text) if high is None else high):
        when = _date(2000 + int(found["y"]), int(found["mn"]), int(found["d"]))
        if when is not None:
            yield Day(found.start(), found.end(), when)


def first_date(text: str) -> date | None:
    """The first whole date in a text that can be read in one way only, or None."""
    return next((day.when for day in days(text) if day.sure), None)


def month_of(said: dict[str, str]) -> int:
    """The month of a match: by name (``m``) or number (``mn``); 0 where there is no such one."""
    number = int(said["mn"]) if said.get("mn") else _MONTHS[said["m"][:3].casefold()]
    return number if 1 <= number <= 12 else 0


def _after(text: str, year: re.Match[str], high: int) -> Day | None:
    form = _AFTER.get(text[year.end() : year.end() + 2].lstrip()[:1])
    found = None if form is None else form.match(text, year.end(), high)
    when = None if found is None else _date(int(year[0]), int(found["mn"]), int(found["d"]))
    return Day(year.start(), found.end(), when, _bounds(text, year.start())) if found and when else None


def _before(text: str, year: re.Match[str], low: int) -> Day | None:
    hard = text[year.start() - 1 : year.start()]
    if not (hard.isspace() or hard in "-./,("):
        return None
    low = max(low, year.start() - WINDOW)
    last = text[low : year.start()].removesuffix("(").rsplit(None, 1)[-1:]
    if last and last[0].isalpha() and last[0][:3].casefold() not in _MONTHS:
        return None  # "in 2024"
    for form in _BEFORE:
        found = form.search(text, low, year.start())
        if found is None:
            continue
        said = found.groupdict()
        if "one" in said:
            one, two = int(said["one"]), int(said["two"])
            when = _date(int(year[0]), two, one) or _date(int(year[0]), one, two)
            sure = one == two or max(one, two) > 12
        else:
            when, sure = _date(int(year[0]), month_of(said), int(said["d"])), True
        if when is not None:
            return Day(found.start(), year.end(), when, _bounds(text, found.start()), sure)
    return None


def _bounds(text: str, start: int) -> bool:
    return _PERIOD_END.search(text, max(0, start - 12), start) is not None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
