"""Units and money: at the bottom of the house, used by all. pint is imported when the first unit is parsed."""

from salpi.units.money import NOMINAL, ExchangeRates, Money, currency, is_price, is_rate
from salpi.units.registry import UnitError, check, dimension, factor, names, same_dimension

__all__ = [
    "NOMINAL",
    "ExchangeRates",
    "Money",
    "UnitError",
    "check",
    "currency",
    "dimension",
    "factor",
    "is_price",
    "is_rate",
    "names",
    "same_dimension",
]
