"""Money: amounts that add only to their like, rates that are data of a year."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salpi.units import NOMINAL, ExchangeRates, Money, UnitError, currency, is_price, is_rate

RATES = ExchangeRates.of("KRW", "USD", [(2020, 1180.0, "a"), (2022, 1290.0, "b"), (2020, 1200.0, "c")])


def test_the_currency_of_a_unit() -> None:
    assert currency("KRW/L/yr") == "KRW"
    assert currency("million USD") == "USD"
    assert currency("persons") is None
    assert currency("KRW/USD") is None


def test_a_rate_is_two_currencies_and_nothing_else() -> None:
    assert is_rate("KRW/USD")
    assert not is_rate("KRW")
    assert not is_rate("KRW/L")
    assert not is_rate("KRW/USD/yr")


@pytest.mark.parametrize(
    "price, good", [("nominal", True), ("2015", True), ("1999", True), ("15", False), ("", False), ("real", False)]
)
def test_a_price_basis_is_nominal_or_a_year(price: str, good: bool) -> None:
    assert is_price(price) is good


def test_like_adds_to_like_only() -> None:
    assert Money(2, "KRW", "2020") + Money(3, "KRW", "2020") == Money(5, "KRW", "2020")
    with pytest.raises(UnitError, match=r"KRW \(2020\) and KRW \(nominal\) cannot be added"):
        Money(2, "KRW", "2020") + Money(3, "KRW")
    with pytest.raises(UnitError, match="cannot be added"):
        Money(2, "KRW") + Money(3, "USD")


@pytest.mark.parametrize("code, price", [("XXX", NOMINAL), ("persons", NOMINAL), ("million USD", NOMINAL), ("USD", "soon")])
def test_what_is_no_money(code: str, price: str) -> None:
    with pytest.raises(UnitError):
        Money(1, code, price)


def test_the_rate_of_a_year_or_the_nearest_before() -> None:
    assert RATES.years == (2020, 2022)
    assert RATES.sources == ("c", "b")
    assert [RATES.rate(y) for y in (2020, 2021, 2022, 2040)] == [1200.0, 1200.0, 1290.0, 1290.0]
    with pytest.raises(LookupError, match="no KRW/USD rate for 2019 or before: the first known is 2020"):
        RATES.rate(2019)
    with pytest.raises(LookupError, match="the table is empty"):
        ExchangeRates.of("KRW", "USD", []).rate(2020)


def test_a_country_whose_trade_is_in_its_own_currency_needs_no_rates() -> None:
    assert ExchangeRates.of("USD", "USD", []).rate(1999) == 1.0


@pytest.mark.parametrize("bad", [0.0, -1.0, float("nan")])
def test_a_rate_must_be_above_0(bad: float) -> None:
    with pytest.raises(ValueError, match="above 0"):
        ExchangeRates.of("KRW", "USD", [(2020, bad, "a")])


@given(st.floats(-1e15, 1e15), st.integers(2020, 2050))
def test_there_and_back(amount: float, year: int) -> None:
    money = Money(amount, "USD", "2020")
    there = RATES.convert(money, "KRW", year)
    assert (there.currency, there.price) == ("KRW", "2020")
    assert there.amount == pytest.approx(amount * RATES.rate(year))
    assert RATES.convert(there, "USD", year).amount == pytest.approx(amount, rel=1e-14, abs=1e-300)
    assert RATES.convert(money, "USD", year) is money


def test_other_currencies_have_no_rate_here() -> None:
    with pytest.raises(UnitError, match="no rates between EUR and KRW"):
        RATES.convert(Money(1, "EUR"), "KRW", 2022)
