"""Figures whose unit stands apart from them: at the end of a heading, in words before, behind the last of a series."""

from __future__ import annotations

import pytest

from salpi.evidence.claims.catalogue import Catalogue
from salpi.evidence.claims.page import Page
from salpi.plan import load_plan


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Exports of medicines, USD bn: 2022 8.1; 2023 7.6.", [(8.1e9, "USD"), (7.6e9, "USD")]),
        ("Venture capital in biotech, EUR m — 2022: 812 | 2023: 577", [(8.12e8, "EUR"), (5.77e8, "EUR")]),
        ("Exports in billions of dollars were 7.0 in 2021 and 8.1 in 2022.", [(7e9, "USD"), (8.1e9, "USD")]),
        ("Capacity (thousand litres): 2023 604; 2024 784.", [(604e3, "L"), (784e3, "L")]),
        ("수출액은 2021년 70억, 2022년 81억, 2023년 76억 달러였다.", [(7e9, "USD"), (8.1e9, "USD"), (7.6e9, "USD")]),
        ("매출 70억, 수출 81억 달러였다.", [(7e9, "KRW"), (8.1e9, "USD")]),
        ("Sales of EUR 9.2–9.4 billion (previously 9.0–9.2).", [(9.2e9, "EUR"), (9e9, "EUR")]),
    ],
)
def test_unit_and_scale(text: str, values: list[tuple[float, str]]) -> None:
    page = Page(text, Catalogue.of(load_plan("korea")))
    assert [(pytest.approx(one.value), one.unit) for one in page.found if one.unit not in ("years",)] == values


def test_a_range_of_decimals_is_one_quantity() -> None:
    page = Page("Sales of EUR 9.2–9.4 billion (previously 9.0–9.2).", Catalogue.of(load_plan("korea")))
    assert [one.high for one in page.found] == [pytest.approx(9.4e9), pytest.approx(9.2e9)]
