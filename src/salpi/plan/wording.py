"""Amounts and explanations of conflicts as sentences, in English and Korean, made from the data alone."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor, log10
from typing import TYPE_CHECKING

from salpi.plan.schema import Text

if TYPE_CHECKING:
    from salpi.plan.reconcile import Side

_EN = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
_KO = ((1e12, "조"), (1e8, "억"), (1e4, "만"))
_KO_UNITS = {
    "KRW": "원",
    "USD": "달러",
    "EUR": "유로",
    "JPY": "엔",
    "count": "건",
    "persons": "명",
    "assets": "개",
    "rank": "위",
    "days": "일",
    "months": "개월",
    "yr": "년",
    "L": "리터",
}


def amount(value: float, unit: str, lang: str = "en") -> str:
    """A number with its unit as people write it: ``5.51 billion USD``, ``55.1억 달러``."""
    if unit == "%":
        return f"{_plain(value)}%"
    name = _KO_UNITS.get(unit, unit) if lang == "ko" else unit
    if unit == "rank":
        return f"{value:g}위" if lang == "ko" else f"rank {value:g}"
    for step, word in _KO if lang == "ko" else _EN:
        if abs(value) >= step:
            scaled = _plain(value / step)
            return f"{scaled}{word} {name}" if lang == "ko" else f"{scaled} {word} {name}"
    return f"{_plain(value)}{'' if lang == 'ko' and name != unit else ' '}{name}"


def _plain(value: float) -> str:
    """Four significant digits, whole numbers whole, no exponent."""
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    digits = f"{value:.4g}"
    return digits if "e" not in digits else f"{value:.{3 - floor(log10(abs(value)))}f}".rstrip("0").rstrip(".")


_BY = {"definition": "definition", "scope": "definition", "vintage": "date"}
"""What tells the sides apart; the source where nothing else is said."""

_BY_MARK = {
    "magnitude": "indicator",
    "like": "indicator",
    "same-number": "indicator",
    "part": "indicator",
    "whole": "indicator",
    "sum": "indicator",
    "subject": "source",
    "jump": "period",
    "within": "period",
    "total": "period",
    "record": "period",
    "undated": "period",
    "target": "date",
    "claim": "date",
}
"""The same by the rule that found the conflict."""

_SENTENCES = {
    "definition": (
        "Definitions differ: {0}. They lie {1} apart; each may be right for what it covers, and they must not be mixed.",
        "정의가 다릅니다: {0}. 차이는 {1}이며, 각 수치는 해당 정의에서는 맞을 수 있으나 섞어 쓰면 안 됩니다.",
    ),
    "scope": (
        "The same words cover different things: {0}. They lie {1} apart.",
        "같은 용어가 서로 다른 범위를 가리킵니다: {0}. 차이는 {1}입니다.",
    ),
    "vintage": (
        "The figure was restated: {0}. The change is {1}; the latest is used.",
        "수치가 수정되었습니다: {0}. 변동 폭은 {1}이며 최신 수치를 사용합니다.",
    ),
    "rounding": (
        "One figure is a rounding of the other: {0}. They lie {1} apart.",
        "한 수치는 다른 수치를 반올림한 값입니다: {0}. 차이는 {1}입니다.",
    ),
    "currency": (
        "The same amount in two currencies does not agree at the year's mean rate: {0}. The gap is {1}.",
        "같은 금액이 두 통화로 제시되었으나 해당 연도 평균 환율로 일치하지 않습니다: {0}. 차이는 {1}입니다.",
    ),
    "contradiction": (
        "Sources give different figures under one definition: {0}. They lie {1} apart, and the data do not say why.",
        "같은 정의인데 출처별 수치가 다릅니다: {0}. 차이는 {1}이며, 자료만으로는 이유를 알 수 없습니다.",
    ),
}
"""English and Korean; {0} the sides, {1} how far apart."""

_MARKED = {
    "magnitude": (
        "More money than any target of the plan asks: {0}. It may be the amount of a larger whole.",
        "계획의 어떤 목표보다 큰 금액입니다: {0}. 더 큰 범위의 금액일 수 있습니다.",
    ),
    "subject": (
        "The same amount is known for another subject: {0}. Whose it is has to be settled.",
        "같은 금액이 다른 대상에 대해 알려져 있습니다: {0}. 어느 쪽의 금액인지 확인이 필요합니다.",
    ),
    "jump": (
        "Far from the nearest value known: {0}. It may cover something else, or be wrong in its scale.",
        "가장 가까운 시점의 알려진 값과 크게 다릅니다: {0}. 범위가 다르거나 단위가 틀렸을 수 있습니다.",
    ),
    "within": (
        "A longer period holds less than a shorter one within it: {0}.",
        "더 긴 기간의 값이 그 안의 짧은 기간의 값보다 작습니다: {0}.",
    ),
    "total": (
        "The parts of a period do not add up to the whole: {0}. The gap is {1}.",
        "기간별 값의 합이 전체 값과 맞지 않습니다: {0}. 차이는 {1}입니다.",
    ),
    "record": (
        "Called a record, but an earlier value goes beyond it: {0}. It may be a record since then.",
        "사상 최대(최고)라고 하나 이전 값이 이를 넘습니다: {0}. 그 이후의 최대치일 수 있습니다.",
    ),
    "part": ("A part is larger than its whole: {0}.", "부분이 전체보다 큽니다: {0}."),
    "whole": ("A part is larger than its whole: {0}.", "부분이 전체보다 큽니다: {0}."),
    "sum": ("The parts add up to more than the whole: {0}.", "부분의 합이 전체보다 큽니다: {0}."),
    "same-number": (
        "One number stands for two measures: {0}. They cover different things.",
        "같은 수치가 두 지표에 쓰입니다: {0}. 서로 다른 범위입니다.",
    ),
    "like": (
        "The figure is that of another measure: {0}. One may have been taken for the other.",
        "다른 지표의 수치와 같습니다: {0}. 두 지표가 혼동되었을 수 있습니다.",
    ),
    "rate": (
        "Two readings of one amount do not agree at the year's exchange rate: {0}. The gap is {1}.",
        "한 금액의 두 표기가 그해 환율로 일치하지 않습니다: {0}. 차이는 {1}입니다.",
    ),
    "undated": (
        "A figure without a date is none of those known: {0}. Shown are the nearest and the latest.",
        "시점이 없는 수치이며 알려진 어떤 값과도 다릅니다: {0}. 가장 가까운 값과 최신 값을 함께 표시합니다.",
    ),
    "claim": (
        "A statement of another date differs: {0}. The change is {1}; which stands has to be settled.",
        "다른 시점의 발표와 수치가 다릅니다: {0}. 변동 폭은 {1}이며 어느 쪽을 쓸지 확인이 필요합니다.",
    ),
    "itself": (
        "One document gives different figures for one thing: {0}. They lie {1} apart.",
        "한 문서가 같은 항목에 서로 다른 수치를 제시합니다: {0}. 차이는 {1}입니다.",
    ),
    "target": ("A later target replaced this one: {0}.", "이후의 목표가 이 목표를 대체했습니다: {0}."),
}
"""By the rule that found the conflict, where that says more than the kind."""


def explain(kind: str, name: Text, subject: Text, period: str, sides: Sequence[Side], gap: float, mark: str = "") -> Text:
    """Why the sides differ, as far as the data say it. ``gap`` is the relative difference of the extremes, ``mark`` the rule
    that found it.
    """
    apart = f"{100 * gap:.0f}%" if gap >= 0.01 else f"{100 * gap:.1f}%"
    by, baseline = _BY_MARK.get(mark) or _BY.get(kind, "source"), mark.startswith("baseline")
    ordered = _in_time(sides) if by == "date" and mark != "target" else list(sides)
    words = {lang: _list(ordered, lang, by, baseline) for lang in ("en", "ko")}
    en, ko = _MARKED.get(mark) or _SENTENCES[kind]
    return Text(
        en=f"{name('en')}, {subject('en')}, {period}. {en.format(words['en'], apart)}",
        ko=f"{name('ko')}, {subject('ko')}, {period}. {ko.format(words['ko'], apart)}",
    )


def _in_time(sides: Sequence[Side]) -> list[Side]:
    """Statements in order of their dates, one that only repeats the one before left out."""
    out: list[Side] = []
    for side in sorted(sides, key=lambda side: (side.as_of is not None, side.as_of or "")):
        if not out or (side.value, side.unit) != (out[-1].value, out[-1].unit):
            out.append(side)
    return out


def _list(sides: Sequence[Side], lang: str, by: str, baseline: bool) -> str:
    """``baseline``: the side of status target is what a target rests on, no target itself."""
    parts = []
    for side in sides:
        value = amount(side.value, side.unit, lang)
        if by == "indicator":
            note = side.indicator
        elif by == "definition":
            note = side.definition(lang).rstrip(".。 ")
        elif baseline and side.status == "target":
            note = _BASELINE[lang]
        elif by == "period":
            note = f"{side.period or _UNDATED[lang]}, {side.source_title}"
        elif by == "date":
            note = side.as_of or side.source_title
        else:
            note = side.source_title
        parts.append(f"{value} ({note})")
    return ("; " if by != "date" else " → ").join(parts)


_UNDATED = {"en": "no date", "ko": "시점 없음"}
_BASELINE = {"en": "a target's baseline", "ko": "목표의 기준값"}
