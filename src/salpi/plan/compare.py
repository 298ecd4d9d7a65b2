"""Comparing two values of one thing: the family of an indicator, the gap between values, rounding, two currencies."""

from __future__ import annotations

import math
import re
from decimal import ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

from salpi.plan.model import Plan
from salpi.plan.periods import Period
from salpi.plan.schema import Observation
from salpi.units import currency, factor, same_dimension
from salpi.units.definitions import CURRENCIES

SAME = 0.005
"""Values closer than 0.5 % agree: three significant digits, as releases print them, can differ by that much."""
ROUNDING = 0.05
"""A figure printed with two digits is off by 5 % at most; what lies further apart is no rounding."""
CURRENCY_TOLERANCE = 0.05
"""Mean and year-end rates of a year differ by a few percent: two currencies agree within 5 %."""

_CODES = frozenset(code.lower() for code in CURRENCIES)


@lru_cache(maxsize=8192)
def family(id: str) -> str:
    """What stands before the definition, without a currency code at its end."""
    return _uncurrency(id.partition("@")[0])


@lru_cache(maxsize=8192)
def definition(id: str) -> str:
    """What stands after ``@``, without a currency code at its end."""
    mark = id.partition("@")[2]
    return "" if mark in _CODES else _uncurrency(mark)


def _uncurrency(text: str) -> str:
    found = re.fullmatch(r"(.+)[.-]([a-z]{3})", text)
    return found[1] if found and found[2] in _CODES else text


def publishers(name: str) -> set[str]:
    """A publisher's name and those in it: ``Daily (Institute)`` passes on figures of the institute, ``A / B`` stands for both."""
    names = re.split(r"[()/;,]|\bvia\b|\bdata\b", name.casefold())
    return {name.casefold(), *(part.strip() for part in names if part.strip())}


def limit(a: Observation, b: Observation) -> float:
    """The gap within which two values agree."""
    return SAME if currency(a.unit) == currency(b.unit) else CURRENCY_TOLERANCE


def gap(a: Observation, b: Observation) -> float:
    """Relative difference of two values in one dimension, 0 to 1."""
    return _apart(a.value, b.value * (1.0 if a.unit == b.unit else factor(b.unit, a.unit)))


def gap_in(plan: Plan, a: Observation, b: Observation, period: Period) -> float | None:
    """The same across the plan's two currencies; None where the two cannot be compared."""
    if a.unit == b.unit or same_dimension(a.unit, b.unit):
        return gap(a, b)
    money = plan.meta.currencies
    if {currency(a.unit), currency(b.unit)} != {money.home, money.trade}:
        return None
    home, trade = (a, b) if currency(a.unit) == money.home else (b, a)
    if not (same_dimension(home.unit, money.home) and same_dimension(trade.unit, money.trade)):
        return None
    try:
        rate = plan.rate(period.year)
    except LookupError:
        return None
    return _apart(home.value * factor(home.unit, money.home), trade.value * factor(trade.unit, money.trade) * rate)


def _apart(a: float, b: float) -> float:
    largest = max(abs(a), abs(b))
    if largest == 0:
        return 0.0
    return 1.0 if math.isinf(largest) else min(abs(a - b) / largest, 1.0)


def rounded(a: Observation, b: Observation) -> bool:
    """Whether one value is the other, rounded to the digits it is printed with; never across currencies."""
    if a.unit != b.unit and not same_dimension(a.unit, b.unit):
        return False
    if gap(a, b) > ROUNDING:
        return False
    x, y = a.value, b.value * (1.0 if a.unit == b.unit else factor(b.unit, a.unit))
    coarse, fine = sorted((x, y), key=digits)
    told = digits(coarse)
    return told < digits(fine) and any(printed(fine, told, way) == printed(coarse, told, way) for way in _HALVES)


_HALVES = (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_HALF_DOWN)
"""6.55 is printed as 6.6 by most and as 6.5 by some."""


def printed(value: float, told: int, halves: str = ROUND_HALF_UP) -> Decimal:
    """A value as written, rounded to so many significant digits."""
    return Context(prec=told, rounding=halves).plus(Decimal(f"{value:.12e}"))


def digits(value: float) -> int:
    """Significant digits with which a value is written."""
    return max(len(f"{abs(value):.12e}".partition("e")[0].replace(".", "").rstrip("0")), 1)
