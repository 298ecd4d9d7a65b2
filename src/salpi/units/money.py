"""Money: an amount with its currency and price basis; exchange rates are data with sources, never constants."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from salpi.units.registry import UnitError, parse

NOMINAL = "nominal"
_YEAR = re.compile(r"(?:19|20|21)\d\d", re.ASCII)


@lru_cache(maxsize=4096)
def currency(unit: str) -> str | None:
    """The ISO code of a unit of money (``KRW/L/yr`` → ``KRW``); None for other units and for exchange rates."""
    found = parse(unit).currencies
    return found[0][0] if len(found) == 1 else None


def is_rate(unit: str) -> bool:
    """Whether the unit is an exchange rate: two currencies and nothing else."""
    parsed = parse(unit)
    return len(parsed.dimension) == 2 and len(parsed.currencies) == 2


def is_price(price: str) -> bool:
    """Whether ``price`` is a price basis: ``nominal`` or a year."""
    return price == NOMINAL or _YEAR.fullmatch(price) is not None


@dataclass(frozen=True)
class Money:
    """An amount in one currency at the prices of a year (``nominal``: of its own period)."""

    amount: float
    currency: str
    price: str = NOMINAL

    def __post_init__(self) -> None:
        if currency(self.currency) != self.currency:
            raise UnitError(f"{self.currency!r} is no currency")
        if not is_price(self.price):
            raise UnitError(f"{self.price!r} is no price basis: write 'nominal' or a year")

    def __add__(self, other: Money) -> Money:
        if (self.currency, self.price) != (other.currency, other.price):
            raise UnitError(f"{self.currency} ({self.price}) and {other.currency} ({other.price}) cannot be added")
        return Money(self.amount + other.amount, self.currency, self.price)


@dataclass(frozen=True)
class ExchangeRates:
    """Yearly mean rates, ``home`` per ``trade``: years, values and the source of each, in order of the years."""

    home: str
    trade: str
    years: tuple[int, ...]
    values: tuple[float, ...]
    sources: tuple[str, ...]

    @classmethod
    def of(cls, home: str, trade: str, rows: Iterable[tuple[int, float, str]]) -> ExchangeRates:
        """From (year, value, source id) rows; the last of a year counts. Raises ValueError for a rate <= 0."""
        table = {year: (value, source) for year, value, source in rows}
        if any(not value > 0 for value, _ in table.values()):
            raise ValueError("an exchange rate must be above 0")
        years = tuple(sorted(table))
        return cls(home, trade, years, tuple(table[y][0] for y in years), tuple(table[y][1] for y in years))

    def rate(self, year: int) -> float:
        """Home per trade currency in ``year`` or the nearest earlier year. Raises LookupError before the first."""
        if self.home == self.trade:
            return 1.0
        at = bisect_right(self.years, year) - 1
        if at < 0:
            first = f"the first known is {self.years[0]}" if self.years else "the table is empty"
            raise LookupError(f"no {self.home}/{self.trade} rate for {year} or before: {first}")
        return self.values[at]

    def convert(self, money: Money, to: str, year: int) -> Money:
        """The amount in the other currency at the mean rate of ``year``; the price basis stays. Raises UnitError."""
        if money.currency == to:
            return money
        pair = (money.currency, to)
        if pair == (self.trade, self.home):
            return Money(money.amount * self.rate(year), to, money.price)
        if pair == (self.home, self.trade):
            return Money(money.amount / self.rate(year), to, money.price)
        raise UnitError(f"no rates between {money.currency} and {to}")
