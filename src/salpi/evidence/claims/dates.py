"""The date that a text carries."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from salpi.evidence.claims.intervals import MONTH_NAME, YEAR, month_of

_TITLE_DATES = (
    ("month", re.compile(rf"(?P<m>{MONTH_NAME})\s(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<y>{YEAR})")),
    ("month", re.compile(rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[ -](?P<m>{MONTH_NAME})[ ,-]{{1,2}}(?P<y>{YEAR})")),
    ("mark after", re.compile(rf"(?P<y>{YEAR})\s?[./-]\s?(?P<mn>\d{{1,2}})\s?[./-]\s?(?P<d>\d{{1,2}})(?!\d)")),
    ("year sign", re.compile(rf"(?P<y>{YEAR})\s?년\s?(?P<mn>\d{{1,2}})\s?월\s?(?P<d>\d{{1,2}})\s?일")),
    ("mark before", re.compile(rf"(?<!\d)(?P<d>\d{{1,2}})[-./] ?(?P<mn>\d{{1,2}})[-./] ?(?P<y>{YEAR})(?!\d)")),
    ("mark before", re.compile(rf"(?<!\d)(?P<mn>\d{{1,2}})[-./] ?(?P<d>\d{{1,2}})[-./] ?(?P<y>{YEAR})(?!\d)")),
)
_MARKS = frozenset("./-")
_WORD_JOINS = frozenset(" -,")
_DAY_OR_MONTH_ENDS = re.compile(r"[a-z\d.][\s,-]{1,2}$", re.I)
_MONTH_DATES = (
    re.compile(rf"(?P<m>{MONTH_NAME})\s(?P<y>{YEAR})"),
    re.compile(rf"(?P<y>{YEAR})\s?(?:년|\.)\s?(?P<mn>\d{{1,2}})\s?월"),
)
_YEAR_OF = re.compile(YEAR)


def _beside_years(part: str) -> dict[str, list[tuple[int, int]]]:
    """Stretches around the years of a text, far enough for a date on either side; by what joins the year to it."""
    out: dict[str, list[tuple[int, int]]] = {}
    for match in _YEAR_OF.finditer(part):
        start, end = match.span()
        before, after = part[max(0, start - 2) : start].rstrip(" ")[-1:], part[end : end + 2].lstrip()[:1]
        joins = ["mark after"] if after in _MARKS else ["year sign"] if after == "년" else []
        if before in _MARKS:
            joins.append("mark before")
        hard = part[start - 1] if start else ""
        if (hard in _WORD_JOINS or hard.isspace()) and _DAY_OR_MONTH_ENDS.search(part, start - 3 if start > 3 else 0, start):
            joins.append("month")
        if not joins:
            continue
        low, high = max(0, start - 24), min(len(part), end + 24)
        for join in joins:
            stretches = out.setdefault(join, [])
            if stretches and low <= stretches[-1][1]:
                stretches[-1] = (stretches[-1][0], high)
            else:
                stretches.append((low, high))
    return out


@lru_cache(maxsize=256)
def dated(text: str) -> date | None:
    """The date a text carries at its head (or, failing that, its foot)."""
    for part in (text[:700], text[-400:] if len(text) > 1100 else "", text[:2500]) if len(text) > 700 else (text,):
        best: tuple[int, date] | None = None
        stretches = _beside_years(part)
        for join, pattern in _TITLE_DATES:
            if join not in stretches:
                continue
            for match in (match for low, high in stretches[join] for match in pattern.finditer(part, low, high)):
                groups = match.groupdict()
                month = int(groups["mn"]) if groups.get("mn") else month_of(groups["m"])
                day = int(groups["d"])
                if not (1 <= month <= 12 and 1 <= day <= 31):
                    continue  # the other order, perhaps
                try:
                    found = date(int(groups["y"]), month, day)
                except ValueError:
                    continue
                if best is None or match.start() < best[0]:
                    best = (match.start(), found)
                break
        if best is not None:
            return best[1]
    for pattern in _MONTH_DATES:
        found_month = pattern.search(text[:400])
        if found_month is not None:
            groups = found_month.groupdict()
            month = int(groups["mn"]) if groups.get("mn") else month_of(groups["m"])
            if 1 <= month <= 12:
                return date(int(groups["y"]), month, 28)
    return None
