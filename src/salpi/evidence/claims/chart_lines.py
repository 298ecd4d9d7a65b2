"""Captions with the points of their chart in one line: "Fig 1 | R&D spending, € bn | 2010 27.9 | 2015 33.6 | 2020 39.7".

The head gives what is measured and its unit; each point is a period, or a name, and a number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from salpi.evidence.claims.intervals import MONTH_NAME
from salpi.evidence.claims.table_cells import Cell, cell_of
from salpi.evidence.quantities.cues import last_noun
from salpi.evidence.quantities.headers import UNIT_WORDS, unit_of, unit_word
from salpi.evidence.quantities.units import PHYSICAL

_FIGURE = re.compile(
    r"[\s*#]{0,12}[\[(<【]?\s?(?:(?:Fig(?:ure)?|Chart|Graph|Exhibit|Table|Panel|Diagram|Plot|FIGURE|FIG|CHART|TABLE|EXHIBIT)s?\b\.?|그림|도표|표|차트|그래프)"
    r"\s?(?:S?\d{1,3}(?:[.-]\d{1,3})?[a-z]?\b|[IVX]{1,4}\b|[A-Z]\b)?\s?[\])>】]?[.:|;–—\s-]{0,4}"
)
"""How a caption begins: "Fig. 2", "[표 3-1]", "Chart:"."""
_YEAR = r"(?:19|20)\d\d"
_YEAR_SAID = rf"(?:(?:FY|CY)\s?)?(?:{_YEAR}|['’]\d\d|(?<=FY)\d\d)(?:[/–-]\d\d(?!\d))?(?:\s?(?:년도?|[EFPAefp](?![A-Za-z])|\([A-Za-z가-힣]{{1,8}}\.?\)))?"
_PART = r"(?:[1-4]\s?Q|Q[1-4]|H[12]|[12]\s?H|[1-4]\s?분기|[상하]반기|1?\d월)"
_PERIOD = rf"(?:{_PART}\s?[’'/]?(?:\d{{4}}|\d\d)?(?:[EFPAefp](?![A-Za-z]))?(?![\d.,])|(?:{MONTH_NAME})(?:\s(?:{_YEAR}|['’]\d\d))?|{_YEAR_SAID}[.\s/-]?\s?{_PART}|{_YEAR_SAID})"
_NAME = r"[^\W\d_][^\d|;\t\n:,–—=/→]{0,40}?"
_NUMBER = r"[△▲▽▼+−–-]?(?:US\$|[$€£¥₩])?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,9}(?:\.\d{1,4})?)(?:\s?%p?)?(?![\w%.]*[\d%])"
_TO_NUMBER = r"(?:\s{0,3}[|\t:=]\s{0,3}|\s[–—-]\s|\s?[,;]\s|\s{1,3})"
_POINT = re.compile(
    rf"(?:(?P<period>{_PERIOD})|(?P<name>{_NAME})){_TO_NUMBER}(?P<number>{_NUMBER})(?P<note>\s?\([^()\n|\d]{{1,12}}\))?"
)
_GAP = r"(?:\s{0,3}[|;\t/]\s{0,3}|,\s|\s{1,3})"
_APART = re.compile(rf"(?P<periods>{_PERIOD}(?:{_GAP}{_PERIOD}){{2,40}}){_GAP}(?P<numbers>{_NUMBER}(?:{_GAP}{_NUMBER}){{2,40}})")
"""The periods one after the other, then their numbers: "2021 | 2022 | 2023 | 12.1 | 14.0 | 13.2"."""
_EACH_PERIOD, _EACH_NUMBER = re.compile(_PERIOD), re.compile(_NUMBER)
_EXPECTED = re.compile(r"[EFef]\)?$|\((?:전망|예상|예측|추정)\)$")
_NEXT = re.compile(r"\s{0,3}(?:[|;\t•→⇒]|->)\s{0,3}|\s{0,2}[·/]\s{0,2}|\s[–—-]\s|,\s|\s{1,3}")
"""What stands between two points."""
_STARTS = re.compile(
    r"(?<=\))\s?[·:]\s?|(?:[|;\t]|\s[–—/·-](?=\s)|[,:](?=\s))\s{0,3}|(?<=[\])])\s{1,3}|\s(?=(?:19|20)\d\d\D|['’]\d\d\D|[1-4]Q|Q[1-4])"
)
"""Before the first point."""
_CLOSES = re.compile(r"\s*(?:[.|;]\s*)?(?:[|;,(\s–—-]{0,4}(?:Sources?|Note|Data|출처|자료|주)\b\s?[:：][^\n]{0,200})?$", re.I)
"""What may stand behind the last point."""
_YEAR_ALONE = re.compile(rf"{_YEAR}$")
_LAST = re.compile(r"(?:.*[,:;(]\s?|.*\bin |.*[–—-]\s)?(?P<unit>[^,:;()]{1,40}?)\)?\s*$")
_TIMES = {"days": ("days", 1.0), "months": ("months", 1.0), "years": ("years", 1.0), "x": ("x", 1.0)}
_TIME_FIRST = re.compile(
    r"(?:(?:Median|Average|Mean|Number of|No\. of) )?(?P<unit>[Dd]ays|[Mm]onths) (?:from|to|for|until|between|in|of)\b"
)
_RATE = re.compile(r"%|\bper ?cent\b|퍼센트|증감률|증가율|성장률|비중|점유율|비율|자급률|가동률")
_COUNTED = re.compile(r"\((?:number|no\.?|#)\)|\b[Nn]umber of\b|도즈|회분|건수|개수|(?:기업|업체|회사)\s?수")
_DOSES = re.compile(r"\b(?:doses|vials|units|packs|tests|tablets|syringes)\b")
_NO_COUNT = re.compile(
    r"\b(?:spending|spend|sales|revenues?|turnover|exports?|imports?|investments?|funding|costs?|profits?|budget|output|production|value|index|price)\b|지수|가격|금액|매출|수출|수입|생산|투자",
    re.I,
)
"""Words for what has a unit of its own, though it names things that can be counted."""
_MAGNITUDE = re.compile(r"\b(?:(?P<k>thousands?)|(?P<m>millions?|mn)|(?P<b>billions?|bn))\b|(?<!\w)(?P<k2>['’]?000s?)\b", re.I)
_CALLED_FIGURE = (
    *("Fig", "FIG", "Chart", "CHART", "Graph", "Exhibit", "EXHIBIT", "Table", "TABLE", "Panel", "Diagram", "Plot"),
    *("그림", "표", "차트", "그래프"),
)
"""One of these stands in every text that calls a line a figure."""
_MAY_BE_PERIOD = re.compile(
    r"(?=[\d'’QHFJMASOND상하])(?:(?:19|20)\d\d|['’]\d\d|FY|[1-4]\s?[QH분]|[QH][1-4]|[상하]반기|\d월|[JFMASOND][a-z]{2})"
)
_MARKS = " |;:,–—-→\t"
_LONGEST_HEAD, _LONGEST_APART = 160, 800
_CALLED, _BARE = 2, 3
"""So many points stand behind a caption that is called a figure, and behind another."""

Span = tuple[int, int]
Unit = tuple[str, float]


class Point(NamedTuple):
    """A point: its period or its name, the number, where it and its period stand."""

    label: str
    number: str
    span: Span
    period: Span | None


class Line(NamedTuple):
    """A line that is a caption and its points: the numbers, and where its periods stand."""

    cells: list[Cell]
    periods: list[Span]


def chart_lines(text: str, spans: Sequence[Span], known: Sequence[object]) -> dict[int, Line]:
    """Which of the lines are a caption and its points. ``known``: whether each is a row of a table; beside such a row, only a caption
    that is called a figure is one.
    """
    out: dict[int, Line] = {}
    figures = any(map(text.__contains__, _CALLED_FIGURE))
    marks = [mark for mark in ",|;\t–—" if text.count(mark) >= _BARE]
    for at, (start, end) in enumerate(spans):
        called = _FIGURE.match(text, start, end) if figures else None
        if called is None and (_few(text, start, end, marks) or any(known[max(0, at - 1) : at]) or any(known[at + 1 : at + 2])):
            continue
        begin = start if called is None else called.end()
        read = _read(text, begin, end, called is not None)
        unit = None if read is None else _unit(read[0])
        if read is None or unit is None:
            continue
        caption, points = read
        cells = [cell for row, point in enumerate(points) if (cell := _cell(point, caption, unit, row)) is not None]
        if len(cells) == len(points):
            out[at] = Line(cells, [point.period for point in points if point.period is not None])
    return out


def _few(text: str, start: int, end: int, marks: list[str]) -> bool:
    """Whether a line has too few marks, or too few periods, for a caption that is not called a figure and its points."""
    for mark in marks:
        if text.count(mark, start, end) >= _BARE:
            return len(_MAY_BE_PERIOD.findall(text, start, end)) < _BARE
    return True


def _read(text: str, begin: int, end: int, called: bool) -> tuple[str, list[Point]] | None:
    """The caption and the points that stand one behind the other up to the end of a line; None where it has none."""
    tried = begin
    for start in _STARTS.finditer(text, begin, min(end, begin + _LONGEST_HEAD)):
        caption = text[begin : start.start()].strip(_MARKS)
        if start.end() < tried or not caption:
            continue
        points = _apart(text, start.end(), end) or _in_turn(text, start.end(), end, called)
        if len(points) >= (_CALLED if called else _BARE) and _CLOSES.match(text, points[-1].span[1], end) is not None:
            return caption, points
        tried = points[-1].span[1] if points else tried
    return None


def _in_turn(text: str, at: int, end: int, called: bool) -> list[Point]:
    """Points as they stand, each label before its number."""
    points, tight = list[Point](), False
    while (match := _POINT.match(text, at, end)) is not None:
        named = match["name"] is not None
        if _YEAR_ALONE.match(match["number"]) is not None or (named and (tight or not called)):
            break
        period = None if named else match.span("period")
        points.append(Point(match["name"] or match["period"], match["number"], match.span("number"), period))
        at = match.end()
        if (gap := _NEXT.match(text, at, end)) is None:
            break
        at, tight = gap.end(), gap[0].isspace() and "\t" not in gap[0]
    return points


def _apart(text: str, at: int, end: int) -> list[Point]:
    """As many periods as numbers behind them; none where these differ."""
    match = _APART.match(text, at, min(end, at + _LONGEST_APART))
    if match is None:
        return []
    periods = [*_EACH_PERIOD.finditer(text, *match.span("periods"))]
    numbers = [*_EACH_NUMBER.finditer(text, *match.span("numbers"))]
    if len(periods) != len(numbers) or any(_YEAR_ALONE.match(number[0]) for number in numbers):
        return []
    return [Point(period[0], number[0], number.span(), period.span()) for period, number in zip(periods, numbers, strict=True)]


def _cell(point: Point, caption: str, unit: Unit, row: int) -> Cell | None:
    expected = point.period is not None and _EXPECTED.search(point.label) is not None
    cell = cell_of((*point.span, point.number), point.label, "(forecast)" if expected else "", caption, "", None, told=unit)
    if cell is not None:
        cell.row = row
    return cell


def _unit(caption: str) -> Unit | None:
    """The unit that a caption names: in brackets, behind its last comma, or by what it counts."""
    if (known := unit_word(caption)) is not None:
        return known
    last = _LAST.match(caption)
    said = "" if last is None else last["unit"].strip()
    if said.lower() in PHYSICAL:
        return None
    known = UNIT_WORDS.get(said) or _TIMES.get(said) or unit_of(said)
    if known is not None:
        return known
    if (money := unit_of(caption)) is not None and money[1] > 1.0:
        return money
    if _RATE.search(caption) is not None:
        return "%", 1.0
    if (times_said := _TIME_FIRST.match(caption)) is not None:
        return _TIMES[times_said["unit"].lower()]
    parts = [said, caption]
    if _NO_COUNT.search(caption) is not None:
        parts = [said] if said != caption else []
    for words in parts:
        if (noun := last_noun(words, 0, len(words))) is not None:
            return ("persons" if noun["people"] else "L" if noun["volume"] else "count"), _scale(caption)
        if _DOSES.search(words) is not None:
            return "count", _scale(caption)
    return ("count", _scale(caption)) if _COUNTED.search(caption) is not None else None


def _scale(caption: str) -> float:
    """The magnitude that a caption names."""
    times = _MAGNITUDE.search(caption)
    return 1.0 if times is None else 1e6 if times["m"] else 1e9 if times["b"] else 1e3
