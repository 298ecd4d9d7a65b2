"""Unit strings: what is known, what fits, by what factor; never a silent guess."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salpi.units import UnitError, check, dimension, factor, names, registry, same_dimension
from salpi.units.definitions import COUNTED, CURRENCIES
from salpi.units.meant import MEANT

UNITS = ("KRW", "USD/yr", "million USD", "KRW/L/yr", "%", "1/yr", "persons", "days", "kL", "g/L", "trillion KRW", "USD/person")


@pytest.mark.parametrize(
    "source, target, by",
    [
        ("billion USD", "million USD", 1000.0),
        ("%", "ratio", 0.01),
        ("points", "%", 1.0),
        ("yr", "months", 12.0),
        ("yr", "days", 365.25),
        ("weeks", "days", 7.0),
        ("kL", "L", 1000.0),
        ("m3", "L", 1000.0),
        ("t", "kg", 1000.0),
        ("USD/month", "USD/yr", 12.0),
        ("KRW/mL", "KRW/L", 1000.0),
        ("FTE", "persons", 1.0),
        ("trillion KRW", "KRW", 1e12),
        ("firms", "companies", 1.0),
        ("1/month", "1/yr", 12.0),
    ],
)
def test_factors(source: str, target: str, by: float) -> None:
    assert factor(source, target) == pytest.approx(by, rel=1e-14)


@given(st.sampled_from(UNITS), st.sampled_from(UNITS))
def test_there_and_back_is_the_identity_and_unlike_things_never_convert(a: str, b: str) -> None:
    if same_dimension(a, b):
        assert factor(a, b) * factor(b, a) == pytest.approx(1.0, rel=1e-14)
    else:
        with pytest.raises(UnitError, match="cannot be turned into"):
            factor(a, b)
    assert factor(a, a) == 1.0


@pytest.mark.parametrize("a, b", [("KRW", "USD"), ("persons", "L"), ("assets", "products"), ("rank", "count"), ("USD", "USD/yr")])
def test_currencies_and_counted_things_are_dimensions_of_their_own(a: str, b: str) -> None:
    assert not same_dimension(a, b)


def test_ratios_are_dimensionless() -> None:
    for unit in ("%", "ratio", "probability", "share", "x", "points", "million", "USD/USD"):
        assert dimension(unit) == (), unit


@pytest.mark.parametrize("unit", names())
def test_every_known_name_is_a_unit(unit: str) -> None:
    assert check(unit) == unit


def test_no_name_stands_for_two_things() -> None:
    assert len(set(names())) == len(names())
    assert not set(CURRENCIES) & set(COUNTED)


@pytest.mark.parametrize(
    "wrong, near", [("USDD", "USD"), ("persn", "person"), ("ration", "ratio"), ("krw", "KRW"), ("Percent", "percent")]
)
def test_an_unknown_unit_names_the_nearest(wrong: str, near: str) -> None:
    with pytest.raises(UnitError, match=f"unit '{wrong}' is unknown") as caught:
        check(wrong)
    assert caught.value.nearest == near


def test_the_wrong_word_of_a_longer_unit_is_told() -> None:
    with pytest.raises(UnitError, match="unit 'litr' in 'KRW/litr' is unknown"):
        check("KRW/litr")


@pytest.mark.parametrize(
    "wrong", ["", " ", "KRW//L", "/yr", "KRW/", "(KRW", "KRW;L", "__import__", "KRW/L)", "1/0", "KRW**", "€", "2^"]
)
def test_what_is_no_unit_is_an_error_and_never_a_crash(wrong: str) -> None:
    with pytest.raises(UnitError):
        check(wrong)


@given(st.text("KRWUSD/ L*^()%.-+1290ey", max_size=14))
def test_any_text_is_a_unit_or_a_unit_error(text: str) -> None:
    with suppress(UnitError):
        assert check(text) == text


def test_the_units_that_the_package_carries_are_those_that_pint_makes() -> None:
    carried = registry._carried()
    assert len(carried) > 30, "make kernels renews them"
    for unit, its in carried.items():
        made = registry._parse(unit)
        assert its.dimension == made.dimension
        assert its.factor == pytest.approx(made.factor, rel=1e-14)


def test_none_is_carried_over_other_definitions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_definitions", lambda: "others")
    assert registry._carried.__wrapped__() == {}


@pytest.mark.parametrize(
    "written, unit",
    [("R$", "BRL"), ("billion R$", "billion BRL"), ("litres", "L"), ("US$", "USD"), ("tonnes", "t"), ("Doses", "count")],
)
def test_what_people_write_names_the_unit_that_is_meant(written: str, unit: str) -> None:
    with pytest.raises(UnitError) as caught:
        check(written)
    assert caught.value.nearest == unit
    assert check(unit) == unit


def test_every_unit_that_may_be_meant_is_one_and_no_word_for_it_is() -> None:
    for written, unit in MEANT.items():
        assert check(unit) == unit
        assert written not in names() or written == unit
