"""Tables in text: unit and scale from wherever the text says them."""

from __future__ import annotations

import pytest

from salpi.evidence.claims.table_rows import NUMERIC
from salpi.evidence.claims.tables import tables


def cells(text):
    return [
        (text[cell.found.start : cell.found.end], cell.found.value, cell.found.unit) for one in tables(text) for cell in one.cells
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(Rs. in lakhs)\nItem | FY25 | FY24\nRevenue | 1,76,340 | 48,212\nProfit | 210 | 198\n", ("1,76,340", 1.7634e10, "INR")),
        (
            "By quarter (KRW 100 million)\n        Q1      Q2\n2021    3,486   4,680\n2022    4,051   2,707\n",
            ("3,486", 3.486e11, "KRW"),
        ),
        (
            "Figures in USD billion.\n\nTable 2\n\nLand\tExports\tImports\nNorland\t119.8\t80.3\nSudland\t9.1\t4.3\n",
            ("119.8", 1.198e11, "USD"),
        ),
        (
            "| Measure | Now | Then |\n|---|---|---|\n| Days to start | 9 (2022) | 150 by March 2026 |\n| Days | 9 | 8 |\n",
            ("150", 150, "days"),
        ),
        ("Item;2023;2024\nRevenue (EUR m);1,204;1,377\nEmployees;812;930\n", ("1,204", 1.204e9, "EUR")),
        ("Exports, USD bn\n\nland,2022,2023\nNorland,119.8,120.4\nSudland,77.4,80.1\n", ("77.4", 7.74e10, "USD")),
        ("By region (USD million)\nNorland ........ 8,540\nSudland ....... 4,998\n", ("8,540", 8.54e9, "USD")),
        (
            "Four makers gave these figures for the sites that each of them owns (all in thousand litres).\n\n"
            "| Firm | 2024 | 2025 |\n|---|---|---|\n| Aar | 310 | 425 |\n| Bell | 60 | 80 |\n",
            ("310", 310000, "L"),
        ),
        (
            "| Results (RM million) | 2023 | 2024 |\n|---|---|---|\n| Funding to such firms | 84 | 57 |\n| Grants | 31 | 44 |\n",
            ("84", 84e6, "MYR"),
        ),
        (
            "| Item | 2023 | Change |\n|---|---|---|\n| Exports (EUR bn) | 71.2 | +4% |\n| Patent applications | 412 | -2% |\n",
            ("412", 412, "count"),
        ),
        ("Firm | Tanks | Plants\nAar | ~340,000 L | 12\nBell | 785,000 L | 5\n", ("340,000 L", 340000, "L")),
        ("Results\n\t9M 2022\t9M 2021\nOrders (EUR m)\t547\t602\nEBIT (EUR m)\t51\t49\n", ("49", 4.9e7, "EUR")),
        ("\t2022\t2023\n\tUse, %\t57\t68\n\tTanks (L)\t4,000\t9,000\n", ("68", 68, "%")),
        ("Site      2020      2030\nInstalled volume, 000 L   560   2,140\nFirms   58   300\n", ("2,140", 2.14e6, "L")),
        ("(billion won)\n\n| | 2024 | 2025 |\n|---|---|---|\n| Data of the people | 19.8 | 33.4 |\n", ("19.8", 1.98e10, "KRW")),
        (
            "| | 2024 | 2030 |\n|---|---|---|\n| Place in the world for trials | 8 | 4 |\n| Trials | 900 | 1,200 |\n",
            ("4", 4, "rank"),
        ),
        (
            "| | now | 2030 |\n|---|---|---|\n| Standing | 11th (2022) | 7th |\n| Exports, USD bn | 26 | 50 |\n",
            ("7th", 7, "rank"),
        ),
        ("| Land | place 2023 | share |\n|---|---|---|\n| China | 2 | 14.9% |\n| Spain | 5 | 4.6% |\n", ("2", 2, "rank")),
        (
            "| To June, billion won | | |\n|---|---|---|\n| Firm | Sales | Costs |\n| Aar | 937 | 49 |\n| B | 7 | 1 |\n",
            ("937", 9.37e11, "KRW"),
        ),
    ],
)
def test_a_cell_takes_its_unit_and_scale_from_head_caption_or_text(text, expected):
    assert (expected[0], pytest.approx(expected[1]), expected[2]) in cells(text)


def test_the_numbers_of_a_list_of_places_are_labels():
    text = "By output (trillion won)\n\nRank\tFirm\t2022\t2023\n1\tAar\t1.44\t1.62\n2\tBell\t1.09\t1.21\n"
    assert [cell[0] for cell in cells(text)] == ["1.44", "1.62", "1.09", "1.21"]


DASHED = "(USD million)\n\nItem\t2023\t2024\nImports\t80\t91\n - Biologics\t25\t31\nExports\t70\t77\n - Vaccines\t12\t14\n"
PIPED = (
    "USD million\n\n| Item | 2023 | 2024 |\n|---|---|---|\n| Imports | 80 | 91 |\n|   Biologics | 25 | 31 |\n"
    "| Exports | 70 | 77 |\n| of which vaccines | 12 | 14 |\n"
)
SET_IN = (
    "USD million\n\nItem         2023   2024\nImports        80     91\n  Biologics    25     31\n"
    "Exports        70     77\n  Vaccines     12     14\n"
)
MERGED = (
    "USD million\n\n| Flow | Goods | 2024 |\n|---|---|---|\n| Imports | Drugs | 91 |\n| | Biologics | 31 |\n"
    "| Exports | Drugs | 77 |\n| | Vaccines | 14 |\n"
)
AT_RIGHT = (
    "USD million\n\n         Item   2023   2024\n      Imports     80     91\n      Exports     70     77\n"
    "   Production     60     65\n        Sales     50     55\n"
)


def words(text):
    return {text[cell.found.start : cell.found.end]: set(cell.words.split()) for one in tables(text) for cell in one.cells}


@pytest.mark.parametrize("text", [DASHED, PIPED, SET_IN, MERGED])
def test_the_row_of_a_part_is_of_what_the_row_above_names(text):
    said = words(text)
    assert {"Imports", "Biologics"} <= said["31"]
    assert "Exports" in said["14"]
    assert "Imports" not in said["14"]
    assert not {"Biologics", "Imports"} & said["77"]


def test_labels_at_the_right_of_their_column_make_no_parts():
    said = words(AT_RIGHT)
    assert "Production" not in said["55"]
    assert "Imports" not in said["77"]


def test_a_korean_caption_names_units_for_some_columns() -> None:
    text = "단위: 수출·수입 백만 달러 / 생산 억 원\n\n"
    text += "연도\t생산\t수출\t수입\n2021\t47,000\t1,500\t2,600\n2022\t54,000\t3,600\t2,500\n"
    cells = [cell.found for table in tables(text) for cell in table.cells]
    assert [(one.value, one.unit) for one in cells[:3]] == [(4.7e12, "KRW"), (1.5e9, "USD"), (2.6e9, "USD")]


def test_rates_stand_in_brackets_where_a_korean_caption_says_so() -> None:
    text = "(단위: 억 원, 괄호는 매출에 대한 %)\n\n| 회사 | 2021 | 2022 |\n|---|---|---|\n"
    text += "| 가나 | 471 (88) | 418 (-) |\n| 다라 | 241 (65) | 282 (30) |\n"
    cells = [cell.found for table in tables(text) for cell in table.cells]
    assert [(text[one.start : one.end], one.value, one.unit) for one in cells[:3]] == [
        ("471", 4.71e10, "KRW"),
        ("88", 88.0, "%"),
        ("418", 4.18e10, "KRW"),
    ]


def test_what_stands_in_brackets_is_of_the_year_before_where_the_caption_says_so() -> None:
    text = "Sales, EUR m (previous year in brackets)\n\nFirm\tSales\tCosts\nAar\t937 (898)\t49 (12)\nBell\t777 (843)\t1\n"
    assert [(shown, unit) for shown, _, unit in cells(text)][:3] == [("937", "EUR"), ("898", "EUR"), ("49", "EUR")]
    words = {text[cell.found.start : cell.found.end]: cell.words for one in tables(text) for cell in one.cells}
    assert "previous year" in words["898"]
    assert "previous year" not in words["937"]


@pytest.mark.parametrize(("shown", "number"), [("1,204¹", "1,204"), ("9.1²⁾", "9.1"), ("10⁶", None), ("12 *", "12")])
def test_the_mark_of_a_note_is_no_digit(shown, number):
    match = NUMERIC.match(shown)
    assert (match["number"] if match else None) == number
