"""When two values of one thing agree: within rounding, and across two currencies."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tiny
from salpi.plan.compare import CURRENCY_TOLERANCE, SAME, definition, family, gap, gap_in, limit, rounded
from salpi.plan.periods import Period
from tiny import indicator, row

SIZES = st.floats(1e-3, 1e12)


@pytest.mark.parametrize(
    "id, name, mark",
    [
        ("exports.bio@agency", "exports.bio", "agency"),
        ("exports.bio", "exports.bio", ""),
        ("exports.bio-usd@agency", "exports.bio", "agency"),
        ("exports.bio@agency-krw", "exports.bio", "agency"),
        ("exports.bio@usd", "exports.bio", ""),
        ("exports.bio.krw", "exports.bio", ""),
        ("exports.bio-all", "exports.bio", ""),
        ("exports.bio-new", "exports.bio-new", ""),
    ],
)
def test_family_and_definition_leave_the_currency_out(id: str, name: str, mark: str) -> None:
    assert (family(id), definition(id)) == (name, mark)


@given(SIZES, SIZES)
def test_a_gap_is_the_same_both_ways_and_from_0_to_1(a: float, b: float) -> None:
    one, two = row(2024, a), row(2024, b)
    assert gap(one, two) == gap(two, one)
    assert 0 <= gap(one, two) <= 1
    assert gap(one, one) == 0


def test_gaps_look_through_units() -> None:
    assert gap(row(2024, 1.5, unit="billion USD"), row(2024, 1.5e9)) == pytest.approx(0, abs=1e-12)
    assert gap(row(2024, 0), row(2024, 0)) == 0
    assert gap(row(2024, 1), row(2024, -1)) == 1


@pytest.mark.parametrize(
    "coarse, fine, is_rounding",
    [
        (6.5, 6.52, True),
        (6.5, 6.55, True),
        (6.6, 6.55, True),
        (6.6, 6.54, False),
        (7, 6.52, False),
        (5.5, 5.46, True),
        (6.52, 6.52, False),
        (6.5, 6.4, False),
        (100, 106, False),
        (-6.5, -6.52, True),
        (1e9, 1.01e9, True),
    ],
)
def test_what_is_a_rounding(coarse: float, fine: float, is_rounding: bool) -> None:
    a, b = row(2024, coarse), row(2024, fine)
    assert rounded(a, b) is rounded(b, a) is is_rounding


@given(st.floats(10, 99999), st.integers(2, 4))
def test_every_value_printed_with_fewer_digits_is_a_rounding_or_the_same(value: float, digits: int) -> None:
    printed = float(f"{value:.{digits - 1}e}")
    assert printed == value or rounded(row(2024, printed), row(2024, value)) or gap(row(2024, printed), row(2024, value)) <= SAME


def money(rates: bool = True) -> tiny.Plan:
    rows = [row(2024, 1300, indicator="fx", unit="KRW/USD")] if rates else []
    return tiny.plan(rows, {"x": indicator(), "fx": indicator("KRW/USD", "rate")}, rates="fx")


def test_two_currencies_meet_at_the_years_rate() -> None:
    won, dollars = row(2024, 1.3e12, unit="KRW"), row(2024, 1.0, unit="billion USD")
    year = Period.parse("2024")
    assert gap_in(money(), won, dollars, year) == pytest.approx(0, abs=1e-12)
    assert gap_in(money(), dollars, won, year) == pytest.approx(0, abs=1e-12)
    assert limit(won, dollars) == CURRENCY_TOLERANCE
    assert limit(won, won) == SAME
    assert not rounded(won, dollars)


def test_what_cannot_be_compared_has_no_gap() -> None:
    year = Period.parse("2024")
    won = row(2024, 1.3e12, unit="KRW")
    assert gap_in(money(), won, row(2024, 1, unit="EUR"), year) is None
    assert gap_in(money(), won, row(2024, 1, unit="persons"), year) is None
    assert gap_in(money(), won, row(2024, 1, unit="USD/L"), year) is None
    assert gap_in(money(rates=False), won, row(2024, 1), year) is None
    assert gap_in(money(), row(2020, 1, unit="KRW"), row(2020, 1), Period.parse("2020")) is None
