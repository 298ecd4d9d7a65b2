"""Series whose periods stand in brackets before their figures: "바이오헬스 수출(억 달러, 증감률): ('26.8월) 12.9(△3.1%) → (9월) 16.9"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from salpi.evidence.quantities.found import Found
from salpi.evidence.quantities.headers import UNIT_WORDS, unit_of

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_PART = rf"(?:\d{{1,2}}월(?:\s?말)?|[1-4]\s?(?:Q|분기)|[12]\s?H|Q[1-4]|H[12]|[상하]반기|{_MONTH}(?:\s?[-–]\s?{_MONTH})?)"
_PERIOD = (
    rf"(?:['’]?\d{{2,4}}\s?(?:년도?)?[.\s]{{0,2}})?{_PART}(?:,?\s['’]?\d{{2,4}})?"
    r"|['’]\d\d(?:년도?|\.\s?\d{1,2})?|(?:19|20)\d\d(?:년도?)?(?:\.\s?\d{1,2})?|FY\s?['’]?\d{2,4}"
    r"|\d{1,2}\.\d{1,2}\s?[~∼-]\s?(?:\d{1,2}\.)?\d{1,2}"
)
_LABEL = re.compile(rf"\((?:{_PERIOD})\)\s?(?=[△▲▽+−-]?\d)")
_BETWEEN = re.compile(r"(?:\s?\([^()\n]{1,12}\))?(?:\s?%)?[\s→⇒>,;·/|~-]{0,6}")
_BRACKETS = re.compile(r"\(([^()\n]{1,30})\)")
_GROWTH = re.compile(r"증감|증가율|감소율|전년|비중|%|퍼센트|growth|change|per ?cent|y/y|yoy|share", re.I)
_BEHIND = re.compile(r"[,\s(]{0,3}단위\s?[:：]?\s?(?P<said>[^()\n.]{1,16})")
_HEAD = 3
"""The heading of a series stands in its own line or in one of so many lines before."""

Unit = tuple[str, float]


def settle_series(text: str, found: Sequence[Found]) -> None:
    """Gives the bare figures of a series the unit in its heading; those in brackets behind them the second one, which is a share."""
    if "(" not in text or not any(one.unit is None for one in found):
        return
    starts = [one.start for one in found]
    for labels in _series(text):
        main, beside = _heading(text, labels[0].start(), labels[-1].end())
        if main is None:
            continue
        for label, until in zip(labels, [*(each.start() for each in labels[1:]), labels[-1].end() + 30], strict=True):
            _give(text, found, starts, label.end(), until, main, beside)


def _series(text: str) -> list[list[re.Match[str]]]:
    """Runs of two and more labels with nothing but a figure and marks between them."""
    out: list[list[re.Match[str]]] = []
    for label in _LABEL.finditer(text):
        last = out[-1][-1] if out else None
        if last is not None and label.start() - last.end() < 40 and _joined(text, last.end(), label.start()):
            out[-1].append(label)
        else:
            out.append([label])
    return [run for run in out if len(run) > 1]


_FIGURE = re.compile(r"[△▲▽+−-]?\d[\d,.]*")


def _joined(text: str, start: int, end: int) -> bool:
    figure = _FIGURE.match(text, start, end)
    return figure is not None and _BETWEEN.fullmatch(text, figure.end(), end) is not None


def _heading(text: str, at: int, end: int) -> tuple[Unit | None, Unit | None]:
    """The unit of a series, and that of the figures in brackets behind its own."""
    stop = at
    for _ in range(_HEAD):
        start = text.rfind("\n", 0, max(0, stop - 1)) + 1
        lead = text[max(start, at - 200) : at]
        units = _units(lead)
        if units:
            return units[0], next((unit for unit in units[1:] if unit[0] == "%"), None)
        if start == 0 or text[start - 2 : start] == "\n\n":
            break
        stop = start
    behind = _BEHIND.search(text, end, end + 40)
    said = None if behind is None else UNIT_WORDS.get(behind["said"].strip()) or unit_of(behind["said"])
    return said, None


def _units(lead: str) -> list[Unit]:
    """The units in the last bracket of a lead that holds any; or else the currency that its words name."""
    for inside in _BRACKETS.findall(lead)[::-1]:
        parts = [part.strip() for part in re.split(r"[,/;]\s?", inside)]
        units = [UNIT_WORDS.get(part) or unit_of(part) or (("%", 1.0) if _GROWTH.search(part) else None) for part in parts]
        if units[0] is not None:
            return [unit for unit in units if unit is not None]
    for line in reversed(lead.split("\n")):
        words = line.partition("(")[0].rstrip(" :：")
        said = unit_of(words[-60:])
        if said is not None:
            return [said]
        if words.endswith(("%", "per cent", "percent")):
            return [("%", 1.0)]
    return []


def _give(text: str, found: Sequence[Found], starts: list[int], begin: int, until: int, main: Unit, beside: Unit | None) -> None:
    own = True
    for one in found[bisect_left(starts, begin) : bisect_left(starts, until)]:
        if own and one.start > begin + 1:
            return
        unit = main if own else beside
        if (
            one.unit is None
            and unit is not None
            and (own or text[one.start - 1 : one.start] == "(" or one.rule == "accounting brackets")
        ):
            one.unit, one.rule = unit[0], "unit of its series"
            one.multiply(1.0 if one.scaled else unit[1])
        if not own:
            return
        own = False
