"""Intervals of time as claims write them, and what relative ones hang on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

_MONTHS = {
    name: n + 1
    for n, name in enumerate(
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"]
    )
}
MONTH = {**_MONTHS, **{name[:3]: n for name, n in _MONTHS.items()}, "sept": 9}
MONTH_NAME = r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\.?"
YEAR = r"(?:19|20|21)\d\d"
ORD = r"(?:first|second|third|fourth|last|final|1st|2nd|3rd|4th|opening)"
REL = r"(?:this|last|next|the current|the same|the previous|the prior|the past|the coming)"


@dataclass(slots=True)
class Mention:
    """A time expression: ``period`` as claims write it; ``kind`` says how it may be used.

    ``point``: a period of its own · ``prior``: the year before the period spoken of · ``same``: the same part of another year ·
    ``quarter``: the quarter before the one spoken of, or before the document's date · ``months``: so many months, perhaps the first of a year · ``ahead``: so many years
    on, perhaps from now · ``span``: years on both sides of now · ``now``: the present, no period. A number inside ``months``, ``ahead``
    and ``span`` may well be a term, and stays a number.
    """

    start: int
    end: int
    period: str | None
    kind: str = "point"
    by: bool = False  # "by 2030", "2030년까지": an end that is aimed at
    year: int | None = None
    todate: bool = False  # a part of the year that ends today


@dataclass(frozen=True)
class Anchor:
    """What relative time hangs on: the document's date, and fiscal years that begin in ``fiscal`` (1: the calendar year)."""

    day: date | None
    year: int | None = None
    fiscal: int = 1
    fiscal_named: str = "end"
    quarters: bool = False  # quarters are those of the fiscal year

    @property
    def this_year(self) -> int | None:
        return self.day.year if self.day else self.year


def last_month(period: str) -> int:
    part = period.rpartition("/")[2][5:]
    return 12 if not part else 3 * int(part[1]) if part[0] == "Q" else 6 * int(part[1]) if part[0] == "H" else int(part)


def is_over(period: str, anchor: Anchor) -> bool:
    """Whether a period had ended when the document was written."""
    if anchor.day is None:
        return False
    end = int(period.rpartition("/")[2][:4]) * 12 + last_month(period)
    return end < anchor.day.year * 12 + anchor.day.month


def year_of(period: str | None) -> int | None:
    """The year in which a period ends."""
    if not period:
        return None
    return int(period.rpartition("/")[2][:4])


def shifted(period: str | None, years: int) -> str | None:
    """The same part of another year."""
    if period is None:
        return None
    return "/".join(f"{int(part[:4]) + years}{part[4:]}" for part in period.split("/"))


def full_year(text: str | None) -> int | None:
    if not text:
        return None
    digits = text.strip("'")
    value = int(digits)
    return value if len(digits) == 4 else 2000 + value if value < 70 else 1900 + value


def relative_year(word: str | None, anchor: Anchor) -> int | None:
    now = anchor.this_year
    if now is None or word is None:
        return None
    word = word.lower()
    if word.startswith(("last", "the prev", "the prior", "the past")):
        return now - 1
    if word.startswith(("next", "the coming")):
        return now + 1
    return now


def fiscal_year(year: int, anchor: Anchor, named: str | None = None) -> str:
    """The fiscal year with that name; a calendar year where none is known to differ."""
    if anchor.fiscal == 1:
        return str(year)
    first = year if (named or anchor.fiscal_named) == "start" else year - 1
    return f"{first}-{anchor.fiscal:02d}/{first + 1}-{anchor.fiscal - 1:02d}"


def running_year(year: int, anchor: Anchor) -> int:
    """The name of the fiscal year that runs on the document's day of a calendar year."""
    if anchor.day is None or (anchor.day.month >= anchor.fiscal) != (anchor.fiscal_named != "start"):
        return year
    return year + 1 if anchor.fiscal_named != "start" else year - 1


def fiscal_half(number: int, year: int, first: int, named: str) -> Read:
    """A half of the fiscal year that begins in the month ``first`` and is called after the year of its start or its end."""
    if first == 1:
        return f"{year}-H{number}", "point", year
    months = (year if named == "start" else year - 1) * 12 + first - 1 + 6 * (number - 1)
    (year, month), (last, until) = divmod(months, 12), divmod(months + 5, 12)
    whole = cumulative(year, until + 1, month + 1) if year == last else f"{year}-{month + 1:02d}/{last}-{until + 1:02d}"
    return whole, "point", last


def cumulative(year: int | None, last: int, first: int = 1) -> str | None:
    if year is None:
        return None
    if (first, last) in ((1, 6), (7, 12)):
        return f"{year}-H{1 if first == 1 else 2}"
    if (first, last) == (1, 12):
        return str(year)
    if last - first == 2 and first % 3 == 1:
        return f"{year}-Q{first // 3 + 1}"
    return f"{year}-{first:02d}/{year}-{last:02d}" if first != last else f"{year}-{last:02d}"


def first_months(count: int, anchor: Anchor) -> Read | None:
    """So many months from January on, of the year in which they last had passed."""
    year = recent_year(count, anchor)
    return (cumulative(year, count), "months", year) if year and 1 < count < 12 else None


def last_half(anchor: Anchor) -> Read | None:
    """The half year that was over last."""
    period, _, year = relative_part(anchor, -1, 6)
    return (period, "months", year) if period else None


def years_on(count: int, anchor: Anchor) -> Read | None:
    """The year so many years from now."""
    year = anchor.this_year
    return (str(year + count), "ahead", year + count) if year else None


def years_around(count: int, anchor: Anchor, coming: bool) -> Read | None:
    """So many years that begin now, or that ended with the last."""
    year = anchor.this_year
    if not year or count < 2:
        return None
    first, last = (year, year + count - 1) if coming else (year - count, year - 1)
    return f"{first}/{last}", "span", last


def month_of(name: str) -> int:
    return MONTH[name.lower().rstrip(".")]


def recent_year(month: int, anchor: Anchor) -> int | None:
    """The year of a month without one: the latest that has begun by the document's date."""
    if anchor.day is None:
        return anchor.year
    return anchor.day.year if month <= anchor.day.month else anchor.day.year - 1


Read = tuple[str | None, str, int | None]


def earlier_quarter(period: str | None) -> str | None:
    """The quarter before one; None for what is none."""
    if period is None or len(period) != 7 or period[5] != "Q":
        return None
    year, number = int(period[:4]), int(period[6])
    return f"{year}-Q{number - 1}" if number > 1 else f"{year - 1}-Q4"


def relative_part(anchor: Anchor, step: int, months: int) -> Read:
    """The quarter or half that the document stands in, or the one before or after."""
    if anchor.day is None:
        return None, "unknown", None
    part = (anchor.day.year * 12 + anchor.day.month - 1) // months + step
    year, number = divmod(part, 12 // months)
    return f"{year}-{'Q' if months == 3 else 'H'}{number + 1}", "point", year


def year_of_part(anchor: Anchor, last_month: int) -> int | None:
    """A quarter or half without year: of this year where it has begun or comes next, else of the year before."""
    if anchor.day is None:
        return anchor.year
    if (last_month == 12 and anchor.day.month <= 2) or (last_month - 3 > 0 and last_month == 9 and anchor.day.month <= 1):
        return anchor.day.year - 1
    return anchor.day.year
