"""Words of a scorecard in each language: verdicts, amounts, dates, rates. Figures carry their unit, always.

English writes bn and tn, Korean 억 and 조; a chance is in whole percents and never 0.
"""

from __future__ import annotations

from math import floor, isfinite, log10
from typing import Literal

from salpi.plan.periods import Period, PeriodError

Lang = Literal["en", "ko"]
MINUS = "−"

VERDICTS: dict[str, tuple[str, str]] = {
    "met": ("met", "달성"),
    "missed": ("missed", "미달"),
    "very likely": ("very likely", "매우 유력"),
    "likely": ("likely", "가능성 높음"),
    "open": ("open", "갈림길"),
    "unlikely": ("unlikely", "어려움"),
    "very unlikely": ("very unlikely", "매우 어려움"),
    "not modelled yet": ("not modelled yet", "아직 모형에 없음"),
    "unverifiable": ("unverifiable", "검증 불가"),
}
"""Verdict → its words. The keys are what JSON prints."""

_CURRENCY = {
    "KRW": ("won", "원"),
    "USD": ("dollars", "달러"),
    "EUR": ("euros", "유로"),
    "GBP": ("pounds", "파운드"),
    "JPY": ("yen", "엔"),
    "CNY": ("yuan", "위안"),
}
_SYMBOL = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥"}
_COUNTED = {
    "person": ("person", "people", "명"),
    "asset": ("asset", "assets", "개"),
    "product": ("product", "products", "개"),
    "company": ("company", "companies", "개사"),
    "trial": ("trial", "trials", "건"),
    "plant": ("plant", "plants", "곳"),
    "patent": ("patent", "patents", "건"),
    "deal": ("deal", "deals", "건"),
    "project": ("project", "projects", "건"),
    "site": ("site", "sites", "곳"),
    "day": ("day", "days", "일"),
    "month": ("month", "months", "개월"),
    "yr": ("year", "years", "년"),
    "L": ("L", "L", "L"),
    "t": ("t", "t", "톤"),
    "count": ("", "", "개"),
}
_PLAIN = ("ratio", "x", "log", "logit", "index", "flag", "1", "elasticity", "weight", "")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def chance_word(probability: float) -> str:
    """The verdict of an open target: the key of `VERDICTS` for a probability, by the whole percents that are shown."""
    percents = round(100 * probability)
    if percents < 10:
        return "very unlikely"
    if percents < 33:
        return "unlikely"
    if percents <= 66:
        return "open"
    return "likely" if percents <= 90 else "very likely"


def verdict(word: str, lang: Lang = "en") -> str:
    return VERDICTS[word][lang == "ko"]


def chance(probability: float, lang: Lang = "en") -> str:
    """Whole percents; never 0, never 100: ``< 1 %``."""
    sign = "%" if lang == "ko" else " %"
    if probability < 0.01:
        return f"< 1{sign}"
    if probability > 0.99:
        return f"> 99{sign}"
    return f"{round(100 * probability)}{sign}"


def number(value: float, digits: int = 3) -> str:
    """``digits`` significant figures, thousands apart, no exponent; whole figures are kept whole."""
    if not isfinite(value):
        return "–"
    if value == 0:
        return "0"
    places = max(0, digits - 1 - floor(log10(abs(value))))
    text = f"{abs(value):,.{places}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return (MINUS if value < 0 else "") + text


def written(value: float) -> int:
    """Significant digits with which a source states a figure, from three to five: 606.5 keeps all of its four."""
    return next((n for n in (3, 4) if float(f"{value:.{n}g}") == value), 5)


def currency(unit: str) -> str | None:
    """The currency of a unit such as ``USD`` or ``KRW/yr``."""
    head = unit.split("/", 1)[0].strip()
    return head if len(head) == 3 and head.isupper() and head.isalpha() else None


def singular(unit: str) -> str:
    """``days`` → ``day``, ``persons`` → ``person``, ``count/yr`` → ``count``."""
    base = unit.split("/", 1)[0].strip()
    if base in _COUNTED:
        return base
    for tail, other in (("ies", "y"), ("s", "")):
        if base.endswith(tail) and base.removesuffix(tail) + other in _COUNTED:
            return base.removesuffix(tail) + other
    return base


def amount(value: float, unit: str, lang: Lang = "en", digits: int = 3) -> str:
    """A value with its unit as people write it: ``$6.52bn``, ``22.9tn won``, ``65.2억 달러``, ``3rd``, ``3위``, ``406 days``."""
    money = currency(unit)
    if money:
        return _money(value, money, lang, digits)
    base = singular(unit)
    if base in ("%", "percent"):
        return number(value, digits) + ("%" if lang == "ko" else " %")
    if base in ("probability", "share"):
        return number(100 * value, digits) + ("%" if lang == "ko" else " %")
    if base == "rank":
        return f"{round(value)}위" if lang == "ko" else ordinal(value)
    if base in _PLAIN:
        return number(value, digits)
    return _counted(value, base, lang, digits)


def ordinal(value: float) -> str:
    n = round(value)
    tail = "th" if 10 <= abs(n) % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(abs(n) % 10, "th")
    return f"{n}{tail}"


def _money(value: float, money: str, lang: Lang, digits: int) -> str:
    size, sign = abs(value), MINUS if value < 0 else ""
    en, ko = _CURRENCY.get(money, (money, money))
    if lang == "ko":
        return f"{sign}{_myriad(size, digits)} {ko}"
    symbol = _SYMBOL.get(money, "")
    return f"{sign}{symbol}{_thousands(size, digits)}" + ("" if symbol else f" {en}")


def _myriad(size: float, digits: int) -> str:
    for scale, name in ((1e12, "조"), (1e8, "억"), (1e4, "만")):
        if size >= scale * 0.9995:
            return number(size / scale, digits if scale == 1e12 else max(digits, 4)) + name
    return number(size, max(digits, 4))


def _thousands(size: float, digits: int) -> str:
    for scale, name in ((1e12, "tn"), (1e9, "bn"), (1e6, "m")):
        if size >= scale * 0.9995:
            return number(size / scale, digits) + name
    return number(size, max(digits, 6) if size >= 1000 else digits)


def _counted(value: float, base: str, lang: Lang, digits: int) -> str:
    one, many, counter = _COUNTED.get(base, (base, base, base))
    sign, size = MINUS if value < 0 else "", abs(value)
    if lang == "ko":
        space = " " if counter in ("L", "톤") or counter == base else ""
        return f"{sign}{_myriad(size, digits)}{space}{counter}"
    word = one if size == 1 else many
    return f"{sign}{_thousands(size, digits)}" + (f" {word}" if word else "")


def growth(percent: float, lang: Lang = "en") -> str:
    """A compound yearly rate in percent: ``12.2 %/yr``, ``연 12.2%``."""
    body = f"{abs(percent):,.1f}"
    sign = MINUS if percent < 0 and float(body.replace(",", "")) != 0 else ""
    return f"연 {sign}{body}%" if lang == "ko" else f"{sign}{body} %/yr"


def change(value: float, unit: str, lang: Lang = "en") -> str:
    """A yearly pace in ``unit`` (``%/yr`` is compound growth, everything else so much a year)."""
    if unit == "%/yr":
        return growth(value, lang)
    base = unit.removesuffix("/yr")
    sign = MINUS if value < 0 else "+" if value > 0 else ""
    size = abs(value)
    if base in ("%", "percent", "points"):
        return f"연 {sign}{number(size)}%p" if lang == "ko" else f"{sign}{number(size)} pt/yr"
    if base == "rank":
        return f"연 {sign}{number(size)}계단" if lang == "ko" else f"{sign}{number(size)} {'place' if size == 1 else 'places'}/yr"
    return f"연 {sign}{amount(size, base, lang)}" if lang == "ko" else f"{sign}{amount(size, base, lang)}/yr"


def period(text: str | None, lang: Lang = "en") -> str:
    """A period as people write it: ``2026-Q4`` → ``Q4 2026``, ``2026년 4분기``; what is no period stays as it is."""
    if not text:
        return "날짜 없음" if lang == "ko" else "no date"
    try:
        p = Period.parse(text)
    except PeriodError:
        return text
    if p.freq == "span":
        first, _, last = text.partition("/")
        return f"{period(first, lang)}–{period(last, lang)}"
    y, m, d = p.start.year, p.start.month, p.start.day
    if p.freq == "year":
        return f"{y}년" if lang == "ko" else f"{y}"
    if p.freq == "half":
        return f"{y}년 {'상' if m == 1 else '하'}반기" if lang == "ko" else f"H{1 + m // 7} {y}"
    if p.freq == "quarter":
        return f"{y}년 {1 + m // 3}분기" if lang == "ko" else f"Q{1 + m // 3} {y}"
    if p.freq == "month":
        return f"{y}년 {m}월" if lang == "ko" else f"{_MONTHS[m - 1]} {y}"
    return f"{y}년 {m}월 {d}일" if lang == "ko" else f"{d} {_MONTHS[m - 1]} {y}"
