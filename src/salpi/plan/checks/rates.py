"""Exchange rates: there where amounts in two currencies meet, and all the same way up."""

from __future__ import annotations

from collections.abc import Iterator

from salpi.plan.checks.context import Context, known_unit
from salpi.plan.checks.neighbours import about, among, series, told
from salpi.plan.problems import Problem
from salpi.units import currency


def check_rates_way_up(c: Context) -> Iterator[Problem]:
    """No rate is the inverse of those around it."""
    rates = c.plan.meta.currencies.rates
    for one in among(c, rates) if rates is not None else ():
        apart = one.value / one.usual
        if one.steady(2.0) and not 1 / 3 < apart < 3 and 1 / 2 < one.value * one.usual < 2:
            unit = c.plan.indicators[one.row.indicator].unit
            what = f"'{one.row.indicator}' {one.row.period} is {told(one.row.value)} {one.row.unit}"
            why = f"the values around it are near {about(one.usual)}, so that it seems to stand upside down"
            yield c.problem(("observation", one.at), (), what, why, f"write {about(1 / one.row.value)} if {unit} is meant")


def check_rates_given(c: Context) -> Iterator[Problem]:
    """A plan with amounts in both of its currencies says at which rate they are compared, by a series with values."""
    money, here = c.plan.meta.currencies, ("plan", "")
    if money.home == money.trade or c.partial:
        return
    units = {unit: currency(unit) for unit in {row.unit for row in c.plan.observations} if known_unit(unit)}
    units |= {target.unit: currency(target.unit) for target in c.plan.targets.values() if known_unit(target.unit)}
    if not {money.home, money.trade} <= set(units.values()):
        return
    pair = f"{money.home}/{money.trade}"
    if money.rates is None:
        what, why = f"amounts in {money.home} and in {money.trade}, but no `rates`", "they cannot be compared"
        mend = f"name an indicator in {pair} with a value a year"
        yield c.problem(here, ("currencies",), what, why, mend, level="error" if c.plan.meta.sectors else "warning")
    elif money.rates in c.plan.indicators and not any(key == (money.rates, c.plan.meta.subject, "year") for key in series(c)):
        what, why = f"rates '{money.rates}' have no yearly actual value", f"{money.home} and {money.trade} cannot be compared"
        yield c.problem(here, ("currencies", "rates"), what, why, "add them to observations.csv", level="warning")
