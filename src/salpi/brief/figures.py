"""Numbers as the brief prints them: the words of `decide.words`, with the unit apart so that it can stand smaller."""

from __future__ import annotations

import re
from collections.abc import Callable
from math import floor, isfinite, log10
from typing import Literal

from salpi.decide import words

Lang = Literal["en", "ko"]
Parts = tuple[str, str]
MINUS = words.MINUS
_LEAD = re.compile(r"(−?[$€£¥]?[\d.,]*\d(?:st|nd|rd|th)?)(.*)", re.S)
CURRENCY_TAIL = re.compile(r" ?(won|dollars|euros|pounds|yen|yuan|원|달러|유로|파운드|엔|위안|people|person)$")


def text(value: float, unit: str, lang: Lang, digits: int = 3) -> str:
    """The whole figure with its unit: ``$6.52bn``, ``65.2억 달러``; a physical ratio of units keeps its divisor."""
    if not isfinite(value):
        return "–"
    body = words.amount(value, unit, lang, digits)
    divisor = unit.partition("/")[2]
    return body if divisor in ("", "yr", "year") else f"{body}/{divisor}"


def parts(value: float, unit: str, lang: Lang, digits: int = 3) -> Parts:
    """The figure and what follows it in smaller type."""
    whole = text(value, unit, lang, digits)
    found = _LEAD.fullmatch(whole)
    return (found[1], found[2]) if found else (whole, "")


def signed(value: float, unit: str, lang: Lang, digits: int = 2) -> str:
    """A difference: always with its sign; ranks as places, shares in points."""
    size = float(f"{abs(value):.{digits}g}")
    if unit == "rank":
        body = words.number(size, 2) + ("계단" if lang == "ko" else " place" if size == 1 else " places")
    elif unit == "%":
        body = words.number(size, digits) + ("%p" if lang == "ko" else " pt")
    else:
        body = words.amount(size, unit, lang, digits)
    return body if value == 0 else ("+" if value > 0 else MINUS) + body


def spelled(n: int, capital: bool = False) -> str:
    """A count in English words up to ninety-nine."""
    ones, tens = ONES.split(), TENS.split()
    if n < 20:
        word = ones[n]
    elif n < 100:
        word = tens[n // 10 - 2] + (f"-{ones[n % 10]}" if n % 10 else "")
    else:
        word = f"{n:,}"
    return word.capitalize() if capital else word


ONES = (
    "none one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
TENS = "twenty thirty forty fifty sixty seventy eighty ninety"


def ticks(low: float, high: float, label: Callable[[float], str], most: int = 5) -> tuple[tuple[float, str], ...]:
    """Three to five round values from ``low`` to ``high`` with their labels."""
    if high <= low:
        return ((low, label(low)),)
    raw = (high - low) / (most - 1)
    base = 10.0 ** floor(log10(raw))
    step = next((m * base for m in (1, 2, 2.5, 5, 10) if m * base >= raw * 0.999), 10 * base)
    found = []
    k = floor(low / step + 1e-9)
    while k * step <= high + 1e-9 * step:
        if k * step >= low - 1e-9 * step:
            found.append((k * step, label(k * step)))
        k += 1
    return tuple(found)
