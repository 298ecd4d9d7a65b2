"""Figures beside their own series: parts and wholes of years, levels of any length, small counts, bounds, targets."""

from __future__ import annotations

from dataclasses import replace

import pytest
from reconcile_tiny import GOOD, claim, found, known, marks

from tiny import indicator, row, target


@pytest.mark.parametrize(
    ("value", "period", "odd"),
    [
        (9.1e9, "2026-Q1", True),  # more than the whole year before
        (0.4e9, "2026-Q1", False),
        (0.15e9, "2026-Q1", False),
        (0.02e9, "2026-Q1", False),  # lumpy
        (0.005e9, "2026-Q1", True),
        (0.5e9, "2026-03", True),
        (0.2e9, "2026-03", False),
        (0.5e9, "2026-H1", False),
        (0.9e9, "2026-H1", True),
    ],
)
def test_a_part_of_a_flow_is_compared_with_neighbouring_years(value, period, odd) -> None:
    one = found(known(row(2025, 0.468e9), row(2024, 0.42e9)), claim(value, period))
    assert marks(one) == (["jump"] if odd else [])


@pytest.mark.parametrize(("value", "odd"), [(0.1e9, True), (1.2e9, False), (15e9, True)])
def test_a_year_of_a_flow_is_compared_with_parts_of_others(value, odd) -> None:
    one = found(known(row("2024-Q3", 0.3e9)), claim(value, "2025"))
    assert marks(one) == (["jump"] if odd else [])


def test_a_value_of_the_same_length_goes_before_others() -> None:
    beside = known(row(2025, 1e9), row("2025-Q1", 0.9e9))
    assert marks(found(beside, claim(1.5e9, "2026-Q1"))) == []
    assert marks(found(beside, claim(0.2e9, "2026-Q1"))) == ["jump"]


@pytest.mark.parametrize(
    ("value", "unit", "odd"), [(29, "days", True), (42, "days", True), (380, "days", False), (12, "months", False)]
)
def test_of_a_level_the_length_of_the_period_says_nothing(value, unit, odd) -> None:
    beside = known(row(2025, 406, unit="days"), unit="days", kind="rate", direction="down")
    assert marks(found(beside, claim(value, "2026-Q1", unit))) == (["jump"] if odd else [])


def test_growth_rates_of_other_lengths_are_not_compared() -> None:
    beside = known(row(2025, 2.0, unit="%"), unit="%", kind="rate")
    assert found(beside, claim(14.0, "2026-Q1", "%")).verdict == "accepted"


@pytest.mark.parametrize(("value", "unit", "why"), [(361, "months", "10987.9 days is out"), (2001, "days", "0 to 2000 days")])
def test_bounds_are_read_in_the_indicators_unit(value, unit, why) -> None:
    one = found(known(unit="days", kind="rate", bounds=(0, 2000)), claim(value, "2025", unit))
    assert (one.verdict, one.rule) == ("waiting", "bounds")
    assert why in one.reason
    assert found(known(unit="days", kind="rate", bounds=(0, 2000)), claim(60, "2025", "months")).verdict == "accepted"


@pytest.mark.parametrize(
    ("before", "after", "odd"), [(2, 7, False), (7, 2, False), (0, 4, False), (1, 30, True), (200, 700, True)]
)
def test_small_counts_differ_by_chance(before, after, odd) -> None:
    beside = known(row(2024, before, unit="products"), unit="products")
    assert marks(found(beside, claim(after, "2025", "products"))) == (["jump"] if odd else [])


def test_an_indicator_with_a_target_is_not_exempt_from_its_size() -> None:
    aims = {"t": target(10e9, 2030), "u": target(50e9, 2030, indicator="y")}
    beside = known(row(2020, 5e9), targets=aims, more={"y": indicator()})
    assert marks(found(beside, claim(400e9, "2025"))) == ["magnitude"]
    assert marks(found(beside, claim(12e9, "2025"))) == []
    assert marks(found(beside, claim(60e9, "2028", status="forecast"))) == ["magnitude"]
    large = known(row(2024, 40e9), targets={"t": target(50e9, 2030)})
    assert marks(found(large, claim(60e9, "2025"))) == [], "three times its own target is not unheard of"


def test_another_subjects_amount_is_asked_about_in_the_same_period_only() -> None:
    rows = [row(2022, 1.776e12, unit="KRW", subject="Yuhan"), row(2024, 1.7e12, unit="KRW")]
    beside = known(*rows, unit="KRW")
    assert marks(found(beside, claim(1.78e12, "2025", "KRW"))) == []
    same = known(row(2025, 1.776e12, unit="KRW", subject="Yuhan"), unit="KRW")
    assert marks(found(same, claim(1.78e12, "2025", "KRW"))) == ["subject"]
    assert marks(found(same, claim(1.772e12, "2025", "KRW"))) == []
    scaled = known(row(2025, 1.776, unit="trillion KRW", subject="Yuhan"), unit="KRW")
    assert marks(found(scaled, claim(1.776e12, "2025", "KRW"))) == ["subject"]


def test_what_no_rate_converts_is_not_compared() -> None:
    more = {"y": indicator(), "z": indicator(includes=("x",))}
    beside = known(
        row(2014, 3e12, unit="KRW"), row("2014-Q4", 3e12, unit="KRW"), row(2024, 3e12, unit="KRW", indicator="z"), more=more
    )
    record = replace(GOOD, sentence="a record high")
    for period in ("2015", "2015-Q1", "2013"):
        assert marks(found(beside, claim(2e9, period), record)) == []
    assert marks(found(known(row(2015, 3e10, unit="KRW")), claim(2e9, "2016"))) == ["jump"]
