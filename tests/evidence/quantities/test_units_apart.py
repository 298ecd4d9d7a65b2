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
        ("growth of 16.7, 3.4 and 3.3 percent", [(16.7, "%"), (3.4, "%"), (3.3, "%")]),
        ("sees sales of US$ 650–675 m and exports of $43.6 B", [(6.5e8, "USD"), (4.36e10, "USD")]),
        ("Karachi: Ferozsons sold for Rs 16.9 billion", [(1.69e10, "PKR")]),
        ("Mumbai: Sun sold for Rs 16.9 billion, some of it to Pakistan", [(1.69e10, "INR")]),
        ("Firms with 1,000 or more employees made half", [(1000.0, "persons"), (50.0, "%")]),
        ("590 — people\n34 | plants\n", [(590.0, "persons"), (34.0, "count")]),
        ("Capacity, thousand litres\nSamsung Biologics 785 • Lonza 790", [(785e3, "L"), (790e3, "L")]),
        ("Exports of devices, RM bn\n2020 29.9; 2021 34.1", [(2.99e10, "MYR"), (3.41e10, "MYR")]),
        ("output of 5.9 trillion soums, CFA 241bn and COP 2.9tn", [(5.9e12, "UZS"), (2.41e11, "XOF"), (2.9e12, "COP")]),
        ("Review, new drugs (days)          318\nReview, biosimilars (days)        289\n", [(318.0, "days"), (289.0, "days")]),
        ("(from filings — ¥ bn)\nTakeda: revenue 1,106.7; Chugai: revenue 290.0", [(1.1067e12, "JPY"), (2.9e11, "JPY")]),
    ],
)
def test_unit_and_scale(text: str, values: list[tuple[float, str]]) -> None:
    page = Page(text, Catalogue.of(load_plan("korea")))
    assert [(pytest.approx(one.value), one.unit) for one in page.found if one.unit not in ("years",)] == values


def test_a_range_of_decimals_is_one_quantity() -> None:
    page = Page("Sales of EUR 9.2–9.4 billion (previously 9.0–9.2).", Catalogue.of(load_plan("korea")))
    assert [one.high for one in page.found] == [pytest.approx(9.4e9), pytest.approx(9.2e9)]
