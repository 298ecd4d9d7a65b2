"""Periods of time as plans write them: years, halves, quarters, months, days and spans of these."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

Freq = Literal["year", "half", "quarter", "month", "day", "span"]

_FORM = re.compile(r"((?:19|20|21)\d\d)(?:-(?:H([12])|Q([1-4])|(\d\d)(?:-(\d\d))?))?", re.ASCII)
FORMS = "2030, 2025-H1, 2026-Q4, 2025-09, 2025-09-05 or a span such as 2023/2027"


class PeriodError(ValueError):
    """A text that is no period."""

    def __init__(self, text: str) -> None:
        super().__init__(f"{text!r} is no period: write {FORMS}")


@dataclass(frozen=True, order=True)
class Period:
    """From ``start`` to ``end``, both days included; ordered by start, then end."""

    start: date
    end: date
    freq: Freq = field(compare=False)
    text: str = field(compare=False)

    @staticmethod
    def parse(text: str) -> Period:
        """Read one period. Raises PeriodError."""
        return _parse(text)

    @property
    def months(self) -> int:
        """Calendar months that it touches."""
        return self.last_month - self.first_month + 1

    @property
    def first_month(self) -> int:
        """Absolute month of its start: ``12 * year + month - 1``."""
        return 12 * self.start.year + self.start.month - 1

    @property
    def last_month(self) -> int:
        """Absolute month of its end."""
        return 12 * self.end.year + self.end.month - 1

    @property
    def year(self) -> int:
        """The year in which it ends."""
        return self.end.year

    @property
    def shortest(self) -> Period:
        """The same days in the shortest writing: ``2025-01/2025-12`` is ``2025``, ``2026-01/2026-03`` is ``2026-Q1``."""
        if self.freq != "span":
            return self
        year, month = self.end.year, self.end.month
        forms = f"{year}", f"{year}-H{(month + 5) // 6}", f"{year}-Q{(month + 2) // 3}", f"{year}-{month:02d}"
        return next((its for its in map(_parse, forms) if its == self), self)

    def __str__(self) -> str:
        return self.text


@lru_cache(maxsize=16384)
def _parse(text: str) -> Period:
    if "/" in text:
        first, _, last = text.partition("/")
        if "/" in last:
            raise PeriodError(text)
        try:
            a, b = _parse(first), _parse(last)
        except PeriodError:
            raise PeriodError(text) from None
        if b.end < a.end or a.start > b.start:
            raise PeriodError(text)
        return Period(a.start, b.end, "span", text)
    form = _FORM.fullmatch(text)
    if form is None:
        raise PeriodError(text)
    year, half, quarter, month, day = (int(part) if part else 0 for part in form.groups())
    try:
        if form[5]:
            at = date(year, month, day)
            return Period(at, at, "day", text)
        if form[4]:
            return Period(date(year, month, 1), _last_day(year, month), "month", text)
    except ValueError:
        raise PeriodError(text) from None
    if quarter:
        return Period(date(year, 3 * quarter - 2, 1), _last_day(year, 3 * quarter), "quarter", text)
    if half:
        return Period(date(year, 6 * half - 5, 1), _last_day(year, 6 * half), "half", text)
    return Period(date(year, 1, 1), date(year, 12, 31), "year", text)


def _last_day(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def is_period(text: str) -> bool:
    """Whether ``text`` is a period."""
    try:
        _parse(text)
    except PeriodError:
        return False
    return True


def month_index(text: str) -> int:
    """Absolute month in which a period starts: ``2026-03`` → ``12 * 2026 + 2``. Raises PeriodError."""
    return _parse(text).first_month


def month_text(index: int) -> str:
    """The other way: absolute month → ``2026-03``."""
    return f"{index // 12:04d}-{index % 12 + 1:02d}"
