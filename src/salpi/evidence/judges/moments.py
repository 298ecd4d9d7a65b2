"""How a period looks from a document: its grain, and where it lies in time."""

from __future__ import annotations

from salpi.evidence.claims.page import Page
from salpi.evidence.claims.periods import Anchor, year_of

Look = tuple[str, str]
"""A period's grain and tense."""


class Looks(dict[str | None, Look]):
    """How periods look from a document that hangs on an anchor."""

    def __init__(self, anchor: Anchor) -> None:
        self.anchor = anchor

    def __missing__(self, period: str | None) -> Look:
        found = self[period] = grain(period), _tense(self.anchor, period)
        return found


def looks(page: Page) -> Looks:
    """How periods look from a page."""
    found: Looks | None = page.memo.get("looks")
    if found is None:
        found = page.memo["looks"] = Looks(page.anchor)
    return found


def grain(period: str | None) -> str:
    """Year, quarter, half, month, range or none."""
    if period is None:
        return "N"
    if "/" in period:
        return "R"
    rest = period[4:]
    return "Y" if not rest else rest[1] if rest[1] in "QH" else "M"


def _is_future(anchor: Anchor, period: str | None) -> bool:
    """Whether a period ends after the document's date."""
    now, year = anchor.this_year, year_of(period)
    if year is None or now is None or period is None:
        return False
    if year != now or anchor.day is None:
        return year > now
    last = period.rpartition("/")[2][4:]
    month = (
        12
        if not last
        else 3 * int(last[-1])
        if "Q" in last
        else 6 * int(last[-1])
        if "H" in last
        else int(last[1:])
    )  # fmt: skip
    return month > anchor.day.month


def tense(page: Page, period: str | None) -> str:
    """Where a period lies, seen from the document's date."""
    return _tense(page.anchor, period)


def _tense(anchor: Anchor, period: str | None) -> str:
    year, now = year_of(period), anchor.this_year
    if period is None:
        return "n"
    if now is None or year is None:
        return "u"
    if year == now:
        return "0f" if _is_future(anchor, period) else "0p"
    return "-1" if year == now - 1 else "-" if year < now else "+1" if year == now + 1 else "+"
