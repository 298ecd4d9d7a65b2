"""Observations made ready for use: each in its indicator's unit, whatever unit its source states it in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from salpi.plan.periods import Period
from salpi.plan.schema import Indicator, Observation
from salpi.units import ExchangeRates, UnitError, currency, factor, same_dimension


@dataclass(frozen=True)
class Conversion:
    """Puts rows in their indicators' units; the plan's two currencies meet at the rate of the row's year, or of ``year`` where
    the row has no period.
    """

    indicators: Mapping[str, Indicator]
    rates: ExchangeRates
    year: int

    def of(self, row: Observation) -> Observation | None:
        """The row itself where it is in its indicator's unit; None where no rate is known, or the units do not fit."""
        indicator = self.indicators.get(row.indicator)
        if indicator is None or row.unit == indicator.unit:
            return row
        year = Period.parse(row.period).year if row.period else self.year
        value = self.value(row.value, row.unit, indicator.unit, year)
        return None if value is None else row.but(value=value, unit=indicator.unit)

    def value(self, value: float, unit: str, wanted: str, year: int) -> float | None:
        """A value in another unit; None where no rate is known, or the units do not fit."""
        if unit == wanted:
            return value
        try:
            if same_dimension(unit, wanted):
                return value * factor(unit, wanted)
            one, two = currency(unit), currency(wanted)
            if one is None or two is None or {one, two} != {self.rates.home, self.rates.trade}:
                return None
            swapped = re.sub(rf"\b{one}\b", two, unit)
            if not same_dimension(swapped, wanted):
                return None
            rate = self.rates.rate(year)
        except (UnitError, LookupError):
            return None
        scaled = value * factor(swapped, wanted)
        return scaled * rate if two == self.rates.home else scaled / rate
