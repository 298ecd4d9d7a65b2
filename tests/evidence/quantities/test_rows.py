"""Fact sheets, lists and talk: numbers whose unit stands in a heading, beside another member of the list, or in what people do.

All sentences are made up, as are their figures.
"""

from __future__ import annotations

import pytest

from salpi.evidence.claims.tables import tables
from salpi.evidence.quantities.bare import settle
from salpi.evidence.quantities.scan import scan
from salpi.evidence.reading import Reading
from salpi.evidence.sentences import sentences


def read(text: str) -> list[tuple[str, float, str | None]]:
    return [(text[one.start : one.end], round(one.value, 6), one.unit) for one in settle(text, scan(text), sentences(text))]


def numbers(text: str) -> list[tuple[float, str | None]]:
    return [(value, unit) for _, value, unit in read(text)]


def cells(text: str) -> list[tuple[float, str | None]]:
    return [(cell.found.value, cell.found.unit) for table in tables(text) for cell in table.cells]


def test_a_list_takes_the_unit_of_its_heading() -> None:
    assert numbers("Standard clock (working days)\n  Oslo 41 / Bern 52 / Rome 77\n") == [(41, "days"), (52, "days"), (77, "days")]
    assert numbers("Trials begun, by phase\n I: 31, II: 24, III: 12\n") == [(31, "count"), (24, "count"), (12, "count")]
    assert numbers("Money raised (£m)\nOslo 40.5 | Bern 27.0 | Rome 20.5\n") == [(40.5e6, "GBP"), (27e6, "GBP"), (20.5e6, "GBP")]


def test_a_list_in_a_line_takes_the_unit_of_its_heading_or_of_a_member() -> None:
    assert numbers("Sales of brands, €m: Alba 103; Boro 85; Cita 51") == [(103e6, "EUR"), (85e6, "EUR"), (51e6, "EUR")]
    assert numbers("Tanks: Osong I 10,000, II 9,000, Iksan 6,600 litres") == [(10000, "L"), (9000, "L"), (6600, "L")]


def test_a_list_of_names_with_nothing_to_count_stays_unread() -> None:
    assert numbers("Who came next\nPhase 3 / Plant 7 / Hall 12\n") == []


def test_a_line_of_a_fact_sheet_counts_what_its_label_names() -> None:
    sheet = "   Entities active in the field            4,012\n   Persons on the payroll                  9,310\n"
    assert numbers(sheet) == [(4012, "count"), (9310, "persons")]
    assert numbers("   Founded                    1987\n   Ticker                     54321\n") == []


def test_a_table_goes_on_under_a_line_with_another_unit() -> None:
    text = (
        "(US$ million)          2019      2020\nOutgoing              1,286     1,989\nIncoming              1,275     1,504\n"
        "(KRW billion)\nMade here             2,538     3,930\nUsed here             2,597     3,303\n"
    )
    assert (1286e6, "USD") in cells(text)
    assert (2538e9, "KRW") in cells(text)
    assert (3303e9, "KRW") in cells(text)


def test_a_cell_holds_its_change_or_another_s_number_beside_its_own() -> None:
    text = (
        "Business year, KRW bn\n| Firm | Turnover | Profit |\n| Alba | 284 (+20%) | 64 (-3%) |\n| Boro | 176 (+5%) | 36 (-9%) |\n"
    )
    assert cells(text) == [(284e9, "KRW"), (64e9, "KRW"), (176e9, "KRW"), (36e9, "KRW")]
    beside = "Indicator | Here | Rank | There\n--- | --- | --- | ---\nMedian days to first patient | 273 | 7 | Spain: 217\n"
    assert cells(beside) == [(273, "days"), (7, "rank"), (217, "days")]


def test_units_told_before_a_table_hold_for_the_columns_they_name() -> None:
    text = (
        "Sheet of makers. Tanks in thousand litres; money in US$ million.\n\n"
        "Maker | Tanks now | Sales | Book-to-bill\n--- | --- | --- | ---\nAlba | 785 | 3,290 | 1.6\nBoro | 720 | 8,050 | 1.2\n"
    )
    assert cells(text) == [(785e3, "L"), (3290e6, "USD"), (1.6, "x"), (720e3, "L"), (8050e6, "USD"), (1.2, "x")]


def test_a_currency_in_the_head_and_dots_before_an_amount() -> None:
    text = "Biotech in figures\n(year 2023; CHF; out in April)\n\nTurnover .......... 7.3 bn\nResearch .......... 2.4 bn\n"
    assert cells(text) == [(7.3e9, "CHF"), (2.4e9, "CHF")]


def test_the_unit_of_a_table_is_no_amount() -> None:
    assert read("Sales (KRW 100m) rose by 4 percent.") == [("4 percent", 4.0, "%")]
    assert read("The fund is twice the last (KRW 100 billion).")[-1][1:] == (1e11, "KRW")


@pytest.mark.parametrize("raw", ["Sold: &euro; 78.3 bn.", "Sold: &#8364; 78.3 bn."])
def test_a_currency_may_be_an_entity_of_the_page(raw: str) -> None:
    assert numbers(Reading.of(raw).text) == [(78.3e9, "EUR")]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("We had planned for four fifty people.", 450, "persons"),
        ("It takes 94 in every hundred bags from abroad.", 94, "%"),
        ("They do nine in every hundred trials.", 9, "%"),
        ("It kept a third of one per cent.", 1 / 3, "%"),
        ("The share fell by 0.6 of a percentage point.", 0.6, "pp"),
        ("A dose sells at two dollars.", 2, "USD"),
        ("It raised half as much again as in May.", 1.5, "x"),
        ("The working group has met six times since May.", 6, "count"),
        ("The output is six times that of May.", 6, "x"),
        ("Those enrolled come to 8,100.", 8100, "persons"),
        ("He told an audience of four hundred so.", 400, "persons"),
        ("Since May the works has engaged 340, as it had to.", 340, "persons"),
        ("The tanks hold 180,000 litres, which brings the site to 784.", 784e3, "L"),
    ],
)
def test_what_is_said_aloud(text: str, value: float, unit: str) -> None:
    assert numbers(text)[-1] == (pytest.approx(value, rel=1e-5), unit)


@pytest.mark.parametrize(
    "text",
    [
        "It stands half an hour from the port.",
        "Five years previously it was an idea.",
        "Jobs (212) are below.",
    ],
)
def test_frames_and_furniture_are_no_quantities(text: str) -> None:
    assert read(text) == []
