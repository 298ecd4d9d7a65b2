"""The date that a text carries."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from salpi.evidence.claims.intervals import MONTH_NAME, YEAR, month_of

_MONTH = f"(?:{MONTH_NAME}|{MONTH_NAME.upper()})"
_TITLE_DATES = (
    (
        "month",
        re.compile(rf"(?P<m>{_MONTH})\s(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:\s\([^()\n]{{2,24}}\))?,?\s\(?(?P<y>{YEAR})"),
    ),
    ("month", re.compile(rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[ -](?P<m>{_MONTH})[ ,-]{{1,2}}(?P<y>{YEAR})")),
    ("mark after", re.compile(rf"(?P<y>{YEAR})\s?[./-]\s?(?P<mn>\d{{1,2}})\s?[./-]\s?(?P<d>\d{{1,2}})(?!\d)")),
    ("year sign", re.compile(rf"(?P<y>{YEAR})\s?년\s?(?P<mn>\d{{1,2}})\s?월\s?(?P<d>\d{{1,2}})\s?일")),
    ("mark before", re.compile(rf"(?<!\d)(?P<d>\d{{1,2}})[-./] ?(?P<mn>\d{{1,2}})[-./] ?(?P<y>{YEAR})(?!\d)")),
    ("mark before", re.compile(rf"(?<!\d)(?P<mn>\d{{1,2}})[-./] ?(?P<d>\d{{1,2}})[-./] ?(?P<y>{YEAR})(?!\d)")),
)
_MARKS = frozenset("./-")
_WORD_JOINS = frozenset(" -,(")
_DAY_OR_MONTH_ENDS = re.compile(r"[a-z\d.)](?:[\s,-]{1,2}|\s\()$", re.I)
_SHORT_DAY = re.compile(
    r"(?<![\d.~'’∼–-])['’]?(?P<y>[1-3]\d)(?:\.\s?|년\s?)(?P<mn>1[0-2]|0?[1-9])(?:\.\s?|월\s?)(?P<d>[0-3]?\d)(?:\.|일)?(?![\d.~∼–-])"
)
"""A day as Korean offices and desks note it, ``25.10.29`` or ``25년 8월 29일``: elsewhere the day comes first."""
_PERIOD_END = re.compile(r"\b(?:ended|ending|end|to|until|through|as (?:of|at|on)|since|from|by|at)\s(?:the\s)?$", re.I)
"""What stands before a day on which a period begins or ends; the text is of another day."""
_MONTH_DATES = (
    re.compile(rf"(?P<m>{_MONTH})\s(?P<y>{YEAR})"),
    re.compile(rf"(?P<y>{YEAR})\s?(?:년|\.)\s?(?P<mn>\d{{1,2}})\s?월"),
    re.compile(rf"(?<![\d.,$€£¥₩/-])(?P<y>{YEAR})(?:\.\s?|-)(?P<mn>1[0-2]|0?[1-9])(?![\d/%-]|[.,]\d|\s?[조억만천])"),
    re.compile(rf"(?<![\d./-])(?<!o\. )(?<!ssue )(?<!ol\. )(?<!№ )(?P<mn>1[0-2]|0?[1-9])/(?P<y>{YEAR})(?![\d./-])"),
)
_HEAD_LINES = re.compile(r"\s*[^\n]*(?:\s*\n[^\n]*)?")
_ISSUE_YEAR = re.compile(
    rf"(?<![\d~∼–$€£¥₩,.-])(?<!by )(?<!until )(?<!to )(?<!toward )(?<!towards )(?P<y>{YEAR})"
    r"(?![\d%]|[.,]\d|\s?[~∼–-]\s?\d|\s?년?\s?까지|\s?\||\s(?:target|goal|plan\b))",
    re.I,
)
_YEAR_OF = re.compile(YEAR)
_HANGUL = re.compile("[가-힣]")


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


def _first_day(part: str) -> tuple[bool, int, date] | None:
    """The first day that a stretch of text names, one that ends a period last: whether it does, its place, the day."""
    best: tuple[bool, int, date] | None = None
    stretches = _beside_years(part)
    for join, pattern in _TITLE_DATES:
        if join not in stretches:
            continue
        for match in (match for low, high in stretches[join] for match in pattern.finditer(part, low, high)):
            groups, start = match.groupdict(), match.start()
            month = int(groups["mn"]) if groups.get("mn") else month_of(groups["m"])
            day = int(groups["d"])
            if not (1 <= month <= 12 and 1 <= day <= 31):
                continue  # the other order, perhaps
            try:
                found = date(int(groups["y"]), month, day)
            except ValueError:
                continue
            ends = _PERIOD_END.search(part, max(0, start - 12), start) is not None
            if best is None or (ends, start) < best[:2]:
                best = (ends, start, found)
            if not ends:
                break
    return best


@lru_cache(maxsize=256)
def dated(text: str) -> date | None:
    """The date a text carries at its head (or, failing that, its foot)."""
    ends: date | None = None
    for part in (text[:700], text[-400:] if len(text) > 1100 else "", text[:2500]) if len(text) > 700 else (text,):
        best = _first_day(part)
        if best is not None and not best[0] and (ends is None or best[2] >= ends):
            return best[2]
        ends = ends or (best and best[2])
    if ends is not None:
        return ends
    if _HANGUL.search(text, 0, 400) is not None and (short := _SHORT_DAY.search(text, 0, 400)) is not None:
        try:
            return date(2000 + int(short["y"]), int(short["mn"]), int(short["d"]))
        except ValueError:
            pass
    for pattern in _MONTH_DATES:
        found_month = pattern.search(text[:400])
        if found_month is not None:
            groups = found_month.groupdict()
            month = int(groups["mn"]) if groups.get("mn") else month_of(groups["m"])
            if 1 <= month <= 12:
                return date(int(groups["y"]), month, 28)
    return None


def issued(text: str) -> int | None:
    """The year that a text without a date carries in its first lines: of the report, the issue, the season."""
    head = _HEAD_LINES.match(text, 0, 300)
    found = None if head is None else _ISSUE_YEAR.search(head[0])
    return None if found is None else int(found["y"])
