"""The date of a text, by one finder with two strictnesses.

``published`` is what the text says of itself: a day counts where a cue stands before it ("Published", "입력", "Date:"), where a
line of the head or foot, or a part of it between strokes, holds little else, or where a dateline opens the text ("SEOUL, Oct. 31,
2024"). A day in a running sentence, or on which a period ends, is none.

``dated`` is the day from which "last year" counts: the one with a cue, or else the first that the text names at all, or else the
month of its head.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from salpi.evidence.documents.days import MONTH, YEAR, Day, days, month_of, short_days

HEAD_LINES, FOOT_LINES = 12, 6
"""Lines in which a document speaks of itself."""
LITTLE_ELSE = 40
"""Characters beside the day in a line that is a date line: a time, a place, an author."""
LINE = 400
_CUE = re.compile(
    r"(?:\b(?:published|posted|released?|release date|(?<!effective )(?<!expiry )(?<!closing )(?<!cut-off )(?<!due )date|issued)\b"
    r"|입력|승인|등록|발행|배\s?포|보도\s?(?:일시|시점)|게재|게시|송고|공표|작성일|제출일|접수일|일자|날짜)"
    r"\s*(?:\([^()\n]{1,10}\))?[\s:：|]*(?:on|at|일\s?시|일\s?자|시점|일|시간|날짜)?[\s:：|]*$",
    re.IGNORECASE,
)
"""What stands before the day of publication."""
_CUE_AFTER = re.compile(
    r"\s?(?:\([월화수목금토일]\)\s?)?(?:(?:오전|오후)?\s?\d{1,2}:\d\d(?::\d\d)?)?\s?(?:송고|송출|입력|공표|배포|게재|작성)(?![가-힣])"
)
"""What stands after it, with the hour between."""
_CUE_WORDS = ("publish", "posted", "release", "date", "issued")
_KOREAN_CUE_WORDS = (
    *(
        "입력",
        "승인",
        "등록",
        "발행",
        "배포",
        "배 포",
        "배\t포",
        "배\xa0포",
        "보도",
        "게재",
        "게시",
        "송고",
        "송출",
        "공표",
        "작성",
    ),
    *("제출일", "접수일", "일자", "날짜"),
)
"""Of which a line in small letters has one where ``_CUE`` or ``_CUE_AFTER`` can match; the other lines are not searched for days."""
_MAY_NAME_DAY = re.compile(r"[123]\d(?:\d\d|[.년])")
"""Every year with which a day is written, and other figures."""
_AGAIN = re.compile(r"\bupdated[\s:：|]*(?:on|at)?[\s:：|]*$", re.IGNORECASE)
"""What stands before a day on which the text was touched again: it counts where there is no other."""
_RUNNING = re.compile(
    r"[가-힣]다[.…]?$|까지|부터|이후|예정|기한|만료|납입일|기준|현재|다음"
    r"|\b(?:until|from|since|ends?|ending|ended|expires?|due|will|was|were|is|through|as of|next)\b",
    re.IGNORECASE,
)
"""What a line holds beside its day where it tells of that day, and was not written on it."""
_OPENING = re.compile(r"[(\[]?[A-Z][A-Za-z .\-]{1,30},\s+")
_NAMED_MONTHS = (
    (
        re.compile(r"(?:19|20|21)(?<=[a-z.]\s..)", re.IGNORECASE),
        re.compile(rf"(?<![A-Za-z]){MONTH}\s(?P<y>{YEAR})", re.IGNORECASE),
    ),
    (re.compile("월"), re.compile(rf"(?P<y>{YEAR})\s?(?:년|\.)\s?(?P<mn>\d{{1,2}})\s?월")),
    (
        re.compile(YEAR),
        re.compile(rf"(?<![\d.,$€£¥₩/-])(?P<y>{YEAR})(?:\.\s?|-)(?P<mn>1[0-2]|0?[1-9])(?![\d/%-]|[.,]\d|\s?[조억만천])"),
    ),
    (
        re.compile("/"),
        re.compile(rf"(?<![\d./-])(?<!o\. )(?<!ssue )(?<!ol\. )(?<!№ )(?P<mn>1[0-2]|0?[1-9])/(?P<y>{YEAR})(?![\d./-])"),
    ),
)
"""Months with their year, each behind a sign without which there is none."""
_FIRST_LINES = re.compile(r"\s*[^\n]*(?:\s*\n[^\n]*)?")
_ISSUE_YEAR = re.compile(
    rf"(?<![\d~∼–$€£¥₩,.-])(?<!by )(?<!until )(?<!to )(?<!toward )(?<!towards )(?P<y>{YEAR})"
    r"(?![\d%]|[.,]\d|\s?[~∼–-]\s?\d|\s?년?\s?까지|\s?\||\s(?:target|goal|plan\b))",
    re.IGNORECASE,
)
_HANGUL = re.compile("[가-힣]")


def published(text: str) -> date | None:
    """The date on which a document says it was published; the first rule that applies decides."""
    head, foot = _head(text), _foot(text)
    every = [(line, list(_sure(line))) for line in (*head, *foot)]
    for cue in (_CUE, _AGAIN):
        if (said := _after_cue(every, cue)) is not None:
            return said
        if cue is _CUE and (alone := _alone(every)) is not None:
            return alone
    for line in head:
        opening = _OPENING.match(line)
        if opening and (found := next((day for day in days(line) if day.sure and day.start == opening.end()), None)):
            return found.when
    return None


def _head(text: str) -> list[str]:
    return [line.strip()[:LINE] for line in text[:20_000].splitlines() if line.strip()][:HEAD_LINES]


def _foot(text: str) -> list[str]:
    return [line.strip()[:LINE] for line in text[-4_000:].splitlines() if line.strip()][-FOOT_LINES:]


def _sure(line: str) -> Iterator[Day]:
    """The days of a line that can be read in one way only; those with a year of two digits where the line is Korean or short."""
    found = [day for day in days(line) if day.sure]
    return iter(found or (short_days(line) if _HANGUL.search(line) or line[:1] in "'’‘" else ()))


def _after_cue(lines: list[tuple[str, list[Day]]], cue: re.Pattern[str]) -> date | None:
    """The first day with a cue before it, or with one after it."""
    after = _CUE_AFTER if cue is _CUE else None
    return next(
        (
            day.when
            for line, found in lines
            for day in found
            if cue.search(line[: day.start]) or (after is not None and after.match(line, day.end))
        ),
        None,
    )


def _alone(lines: list[tuple[str, list[Day]]]) -> date | None:
    """The first day that fills its line, or its part of one."""
    for line, found in lines:
        if not found:
            continue
        at = 0
        for part in re.split(r"(\s+[/|·–—-]+\s+)", line):
            inside = [day for day in found if at <= day.start and day.end <= at + len(part)]
            low, at = at, at + len(part)
            if not inside or inside[0].bounds or len(part) - (inside[0].end - inside[0].start) > LITTLE_ELSE:
                continue
            if _RUNNING.search(line[low : inside[0].start] + line[inside[0].end : at]) is None:
                return inside[0].when
    return None


def _may_hold_cue(line: str) -> bool:
    said = line.lower().__contains__
    return any(map(said, _CUE_WORDS)) or (not line.isascii() and any(map(said, _KOREAN_CUE_WORDS)))


@lru_cache(maxsize=256)
def dated(text: str) -> date | None:
    """The date from which a text speaks, so that "last year" is a year: nothing but a text without any date is without one."""
    lines = dict.fromkeys((*_head(text), *_foot(text)))
    cued = [line for line in lines if _may_hold_cue(line) and _MAY_NAME_DAY.search(line) is not None]
    if (said := _after_cue([(line, list(_sure(line))) for line in cued], _CUE)) is not None:
        return said
    ends: date | None = None
    for low, high in ((0, 700), (-400, None), (0, 2500)) if len(text) > 700 else ((0, None),):
        low = low if low >= 0 else max(700, len(text) - 400)
        best = _first_day(text, low, high)
        if best is not None and not best.bounds and (ends is None or best.when >= ends):
            return best.when
        ends = ends or (best.when if best is not None else None)
    if ends is not None:
        return ends
    if _HANGUL.search(text, 0, 400) is not None and (short := next(short_days(text, 400), None)) is not None:
        return short.when
    head = text[:400]
    for sign, pattern in _NAMED_MONTHS:
        found = None if sign.search(head) is None else pattern.search(head)
        if found is not None and (month := month_of(found.groupdict())):
            return date(int(found["y"]), month, 28)
    return None


def _first_day(text: str, low: int, high: int | None) -> Day | None:
    """The first day of a stretch of text, one that ends a period last."""
    return min(days(text, low, min(len(text), high or len(text))), key=lambda day: (day.bounds, day.start), default=None)


def issued(text: str) -> int | None:
    """The year that a text without a date carries in its first lines: of the report, the issue, the season."""
    head = _FIRST_LINES.match(text, 0, 300)
    found = None if head is None else _ISSUE_YEAR.search(head[0])
    return None if found is None else int(found["y"])
