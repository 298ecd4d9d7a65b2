"""Money needs a currency and a price basis; rates must be of the plan's currencies."""

from __future__ import annotations

from collections.abc import Iterator

from salpi.plan.checks.context import Context, Place, known_unit
from salpi.plan.problems import Problem
from salpi.units import currency, is_price, same_dimension

_MEND = 'write `price: nominal` or a year such as `price: "2020"`'


def check_prices(c: Context) -> Iterator[Problem]:
    """Indicators and parameters in money have a price basis, others have none."""
    for id, indicator in c.plan.indicators.items():
        yield from _price(c, ("indicator", id), (), indicator.unit, indicator.price)
    for id, parameter in c.plan.parameters.items():
        yield from _price(c, ("parameter", id), (), parameter.unit, parameter.price)


def check_costs(c: Context) -> Iterator[Problem]:
    """A cost is unknown, or money with its currency and price basis."""
    for id, measure in c.plan.measures.items():
        cost, here = measure.cost, ("measure", id)
        if cost.unit is None:
            if cost.value != "unknown":
                yield c.problem(here, ("cost",), "a cost without unit", "money needs its currency", "add `unit: KRW` or the like")
            continue
        if known_unit(cost.unit) and currency(cost.unit) is None:
            yield c.problem(here, ("cost", "unit"), f"a cost in '{cost.unit}'", "money needs its currency", "name the currency")
        elif cost.value != "unknown" or cost.price is not None:
            yield from _price(c, here, ("cost",), cost.unit, cost.price)


def check_currencies(c: Context) -> Iterator[Problem]:
    """The plan's currencies are ISO codes, and the rate is home per trade currency."""
    money, here = c.plan.meta.currencies, ("plan", "")
    for key, code in (("home", money.home), ("trade", money.trade)):
        if not known_unit(code) or currency(code) != code:
            yield c.problem(here, ("currencies", key), f"'{code}' is no currency", "", "write its ISO 4217 code: KRW, USD, EUR")
            return
    rates = c.plan.indicators.get(money.rates or "")
    want = f"{money.home}/{money.trade}"
    if rates is not None and known_unit(rates.unit) and not same_dimension(rates.unit, want):
        what = f"rates '{money.rates}' are in {rates.unit}"
        yield c.problem(here, ("currencies", "rates"), what, "", f"name an indicator in {want}")


def _price(c: Context, place: Place, path: tuple[str | int, ...], unit: str, price: str | None) -> Iterator[Problem]:
    if not known_unit(unit):
        return
    if currency(unit) is None:
        if price is not None:
            what = f"a price basis for '{unit}', which is no money"
            yield c.problem(place, (*path, "price"), what, "money needs its currency", "name the currency, or remove `price`")
    elif price is None:
        yield c.problem(place, (*path, "unit"), f"money in '{unit}' without `price`", "amounts of different years differ", _MEND)
    elif not is_price(price):
        yield c.problem(place, (*path, "price"), f"`price` '{price}' is no price basis", "", _MEND)
