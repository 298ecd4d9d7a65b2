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


def explain(kind: str, name: Text, subject: Text, period: str, sides: Sequence[Side], gap: float) -> Text:
    """Why the sides differ, as far as the data say it. ``gap`` is the relative difference of the extremes."""
    apart = f"{100 * gap:.0f}%" if gap >= 0.01 else f"{100 * gap:.1f}%"
    words = {lang: _list(sides, lang, _BY.get(kind, "source")) for lang in ("en", "ko")}
    en, ko = _SENTENCES[kind]
    return Text(
        en=f"{name('en')}, {subject('en')}, {period}. {en.format(words['en'], apart)}",
        ko=f"{name('ko')}, {subject('ko')}, {period}. {ko.format(words['ko'], apart)}",
    )


def _list(sides: Sequence[Side], lang: str, by: str) -> str:
    parts = []
    for side in sides:
        value = amount(side.value, side.unit, lang)
        if by == "definition":
            note = side.definition(lang).rstrip(".。 ")
        elif by == "date":
            note = (side.as_of or side.source) if side.status != "target" else _BASELINE[lang]
        else:
            note = side.source_title if side.status != "target" else _BASELINE[lang]
        parts.append(f"{value} ({note})")
    return ("; " if by != "date" else " → ").join(parts)


_BASELINE = {"en": "a target's baseline", "ko": "목표의 기준값"}
