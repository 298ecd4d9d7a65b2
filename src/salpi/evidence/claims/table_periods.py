"""Periods in a table's heads as forms write them: in two lines, in numbers, by the number of the business year; and the period of a
change that stands beside its amounts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from salpi.evidence.claims.intervals import MONTH_NAME

_NAMES = "January February March April May June July August September October November December".split()  # noqa: SIM905
_MONTHS = r"(?:three|six|nine|twelve|3|6|9|12)[- ]months?(?:\speriods?)?"
_PENDING = re.compile(
    rf"(?:^|(?<=[/(,;])|(?<=[/(,;]\s))(?:for\s)?(?:the\s)?(?P<said>(?:{_MONTHS}|quarters?|half[- ]years?|(?:(?:fiscal|financial|business)\s)?years?)"
    rf"\s(?:ended|ending|to)(?:\s(?:on\s)?(?:\d\d?\s)?{MONTH_NAME}(?:\s\d\d?)?)?|(?:as\s)?(?:of|at)\s(?:\d\d?\s)?{MONTH_NAME}(?:\s\d\d?)?),?\s*$",
    re.I,
)
"""A period that lacks its year: "Three Months Ended June 30,"."""
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)\s*$")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DAY_FIRST = re.compile(r"(?<![\d.])(\d{1,2})([./-])(\d{1,2})\2((?:19|20)\d\d)(?!\d)")
_YEAR_FIRST = re.compile(r"(?<![\d.])((?:19|20)\d\d)([./-])(\d{1,2})\2(\d{1,2})\.?(?![\d])")
_FROM_TO = re.compile(
    r"((?:19|20)\d\d)[./-]\s?(\d{1,2})[./-]\s?\d{1,2}\.?\s?(?:부터|[~∼–-]|to)\s?((?:19|20)\d\d)[./-]\s?(\d{1,2})[./-]\s?\d{1,2}\.?(?:\s?까지)?"
)
_TERM = re.compile(r"제\s?(?P<number>\d{1,3})\s?\(?(?:당|전|전전)?\)?\s?기")
_TERM_SAID = re.compile(rf"{_TERM.pattern}[^\n]{{0,24}}?{_FROM_TO.pattern}")


def pending(words: str) -> tuple[str, str]:
    """Words without the period at their end that lacks its year, and that period: "… / Three Months Ended June 30, (in millions)"."""
    behind = _IN_BRACKETS.search(words)
    own, aside = (words, "") if behind is None else (words[: behind.start()], behind[0])
    found = _PENDING.search(own)
    if found is None:
        return words, ""
    return own[: found.start()].rstrip(" /(,;") + aside, _singular(found["said"])


def _singular(said: str) -> str:
    return re.sub(r"(?i)\b(year|quarter|period)s\b", r"\1", said)


def completed(words: str, lacking: str) -> str:
    """A head or a label that says only the year or the day, with the period that lacks it: "June 30, 2025", "2025"."""
    if not lacking or _YEAR.search(words) is None or re.search(r"\b(?:ended|ending|as of|as at)\b", words, re.I):
        return words
    own = re.search(MONTH_NAME, words, re.I) is not None
    return words if own and re.search(MONTH_NAME, lacking, re.I) else f"{lacking} {words}"


def written_out(words: str) -> str:
    """Words with their dates in numbers written out: "Quarter ended 30.06.2025", "2025.01.01 부터 2025.09.30 까지", "'24.4Q"."""
    words = _QUARTER.sub(lambda m: f"{m[1] if len(m[1]) == 4 else '20' + m[1]}년 {m[2]}분기", words)
    words = _FROM_TO.sub(lambda m: f"{m[1]}.{int(m[2])}~{m[3]}.{int(m[4])}", words)
    words = _YEAR_FIRST.sub(lambda m: _day(int(m[1]), int(m[3]), int(m[4]), m[0]), words)
    return _DAY_FIRST.sub(_spelled, words)


_QUARTER = re.compile(r"(?<![\d.])['’]?((?:19|20)?\d\d)\.\s?([1-4])\s?(?:Q(?![A-Za-z])|분기)")


def _spelled(m: re.Match[str]) -> str:
    first, second, year = int(m[1]), int(m[3]), int(m[4])
    return _day(year, first, second, m[0]) if second > 12 else _day(year, second, first, m[0])


def _day(year: int, month: int, day: int, shown: str) -> str:
    return f"{day} {_NAMES[month - 1]} {year}" if 1 <= month <= 12 and 1 <= day <= 31 else shown


def terms(before: str) -> dict[str, str]:
    """Business years by number, as the lines before a table give them: "제 12 기 3분기 2025.01.01 부터 2025.09.30 까지"."""
    out: dict[str, str] = {}
    for m in _TERM_SAID.finditer(before):
        number, begin, first, end, last = m.groups()
        out[number] = f"{end}년" if int(first) == 1 else f"{begin}.{int(first)}~{end}.{int(last)}"
    return out


def summed(head: str, label: str) -> tuple[str, str]:
    """A head and a row's label of a disclosure of results: "당기실적(2025.3Q)" over "매출액 누계실적" is "3분기 누적"."""
    if "누계실적" not in label and "당해실적" not in label:
        return head, label
    if "누계실적" in label:
        head = re.sub(r"(?<=[1-4]분기)", " 누적", head)
    return head, label.replace("누계실적", "").replace("당해실적", "").strip()


def without_terms(caption: str) -> str:
    """A caption without its lines that give the days of business years."""
    return " / ".join(part for part in caption.split(" / ") if _TERM_SAID.search(part) is None)


_SPAN = re.compile(r"(?:\d{1,2}\s?(?:개월|months?)|누적|누계)", re.I)


def is_spans(row: Sequence[tuple[int, int, str]]) -> bool:
    """Whether a row holds nothing but lengths of time, as heads do: "3개월 | 누적 | 3개월 | 누적"."""
    return all(_SPAN.fullmatch(words) for *_, words in row if words)


def dated(head: str, known: dict[str, str]) -> str:
    """A head whose business year is named by its number, by the year: "제 12 기 3분기 3개월" → "2025년 3분기"."""
    if not known or "기" not in head:
        return head
    head = _TERM.sub(lambda m: known.get(m["number"], m[0]), head)
    head = re.sub(r"(~(?:19|20)\d\d\.\d\d?)\s?(?:[1-4]분기|반기)", r"\1", head)
    return re.sub(r"(?<=분기)\s?3\s?개월", "", head)


_CHANGE = re.compile(
    r"(?P<before>.*?)(?P<change>(?:%|pct|percent(?:age)?)?\s?(?:\+/[-–]|±|Δ)?\s?(?:%\s?)?(?:change|chg\.?|growth|var(?:iance|\.)?|YoY|QoQ|MoM|y[/-]?o?[/-]?y|q[/-]?o?[/-]?q"
    r"|(?:전년|전기|전분기|전월|동기|전년\s?동기|전년\s?동월|전기\s?대비|전년\s?대비|전년\s?동기\s?대비|전분기\s?대비)?\s?(?:대비\s?)?(?:증감률?|증감율|증가율|성장률|등락률|대비|비)|\+/[-–]|±|Δ)\s?[(\[]?\s?%?\s?[)\]]?)$",
    re.I,
)
_PERIOD = re.compile(
    rf"(?:당기|전기|당분기|전분기|전년\s?동기|실적|FY|CY|YTD|[1-4]\s?(?:Q|분기)|\d{{1,2}}\s?월|Q[1-4]|[12]\s?H|H[12]|\d{{1,2}}M|['’]?\d\d(?:\d\d)?|{MONTH_NAME}|년|분기|[상하]반기|반기|누적|월|말|기|of|to|ended|ending|as|at|the"
    r"|months?|quarter|half|year|fiscal|three|six|nine|twelve|first|second|third|fourth|[EAPF](?![a-z])|[-–~./,()\s])++",
    re.I,
)
_PART = re.compile(
    r"(?:(?P<a>[1-4])\s?(?:Q|분기)|Q(?P<b>[1-4])|(?P<c>[12])\s?H|H(?P<d>[12])|(?P<e>하)반기|(?P<f>\d{1,2})월)", re.I
)


def beside(heads: Sequence[str]) -> list[str]:
    """Heads of one row of columns, those of changes with what changed: the amount beside them, or the later of two periods.

    "Exports | % change | Imports | % change"; "H1 2025 | H1 2024 | ±%".
    """
    out = list(heads)
    changes = {at: m for at, head in enumerate(heads) if (m := _CHANGE.fullmatch(head.strip())) is not None}
    for at, m in changes.items():
        before = m["before"].strip()
        if _YEAR.search(before):
            continue
        left = next((heads[near] for near in range(at - 1, -1, -1) if near not in changes and heads[near]), "")
        named = left.removeprefix(before).strip()
        if not named:
            continue
        if _PERIOD.fullmatch(named) is None:
            if not before and len(changes) > 1:
                out[at] = f"{left} {m['change'].strip()}"
            continue
        rest = [head for near, head in enumerate(heads) if near not in changes and head.startswith(before)]
        periods = [
            head for head in rest if (own := head.removeprefix(before).strip()) and _PERIOD.fullmatch(own) and _order(own)[0]
        ]
        if periods:
            out[at] = f"{max(periods, key=lambda head: _order(head.removeprefix(before)))} {m['change'].strip()}"
    return out


def _order(period: str) -> tuple[int, int]:
    """Later periods are greater: the year, then its part; 0 where none is named."""
    year = re.search(r"(?:19|20)(\d\d)|['’QH](\d\d)(?!\d)|(?<!\d)(\d\d)년", period, re.I)
    part = _PART.search(period)
    if year is None:
        return (0, 0)
    number = next((int(value) if value.isdigit() else 2 for value in (part.groupdict().values() if part else ()) if value), 0)
    return int(year[1] or year[2] or year[3]), number


_STATUS = {
    "target": re.compile(r"\b(?:targets?|goals?)\b|목표", re.I),
    "actual": re.compile(r"\b(?:actuals?|results?|achieved|baseline)\b|실적|현재", re.I),
    "forecast": re.compile(r"\b(?:forecasts?|outlook|projections?)\b|전망|추정", re.I),
}


def without_status(caption: str, heads: Sequence[str]) -> str:
    """A caption without its words for targets and results where the columns say each for itself: "Target vs actual"."""
    if sum(any(said.search(head) for head in heads) for said in _STATUS.values()) < 2:
        return caption
    for said in _STATUS.values():
        caption = said.sub("", caption)
    return caption
