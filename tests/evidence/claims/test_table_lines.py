"""Lines that are rows because their neighbours are built alike: values with commas between, rows copied from a page."""

from __future__ import annotations

import pytest

from salpi.evidence.claims.tables import tables

WITH_A_UNIT_COLUMN = """id,indicator,year,value,unit,flag
UK-02,Commercial trials initiated,2023,426,count,p
UK-03,Share of global phase III starts,2023,2.9,%,
UK-04,Pharma R&D by business,2023,9.0,GBP bn,
"""
QUOTED = """Data behind the chart

"Country","Indicator","2022","2023"
"Korea, Rep.","Exports of medicines (USD million)","8,103","7,561"
"Japan","Exports of medicines (USD million)","8,912","9,004"
"""
STROKES_WITHOUT_BLANKS = """Indicator|Value|Year
Market|KSh 78.4 bn|2022
Licensed factories|42|now
Workforce|9,600|2022
"""
COPIED = """Segment results, EUR million

2023 2024
Pharma 1,240 1,310
Devices 430 455
"""
COPIED_WITH_A_LABEL = """Trials approved
Country 2022 2023 2024
Korea 711 783 812
Japan 598 611 640
"""
LEFT_UNIT = """Company\tRevenue FY25 (Rs cr)\tFY24\tUS sales FY25 (USD m)
Sun Pharma\t52,041\t47,758\t1,921
Cipla\t27,548\t25,774\t934
"""
COLONS = """Budgets, KRW billion
Province : 2023 : 2024
Incheon : 61.2 : 70.5
Jeju : 2.2 : 1.9
"""


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        (
            WITH_A_UNIT_COLUMN,
            [(426, "count", "Commercial trials"), (2.9, "%", "Share of global"), (9e9, "GBP", "R&D by business")],
        ),
        (QUOTED, [(8.103e9, "USD", "2022 : Korea, Rep."), (9.004e9, "USD", "2023 : Japan")]),
        (STROKES_WITHOUT_BLANKS, [(42, "count", "Licensed factories"), (9600, "persons", "Workforce")]),
        (COPIED, [(1.24e9, "EUR", "2023 : Pharma"), (4.55e8, "EUR", "2024 : Devices")]),
        (COPIED_WITH_A_LABEL, [(711, "count", "2022 : Korea"), (640, "count", "2024 : Japan")]),
        (LEFT_UNIT, [(4.7758e11, "INR", "Revenue (Rs cr) FY24 : Sun Pharma"), (9.34e8, "USD", "Cipla")]),
        (COLONS, [(7.05e10, "KRW", "2024 : Incheon"), (2.2e9, "KRW", "2023 : Jeju")]),
    ],
)
def test_rows_by_their_neighbours(text: str, cells: list[tuple[float, str, str]]) -> None:
    (table,) = tables(text)
    found = [(cell.found.value, cell.found.unit, cell.words) for cell in table.cells]
    for value, unit, words in cells:
        near = [shown for v, u, shown in found if u == unit and abs(v - value) <= 1e-9 * abs(value)]
        assert any(words in shown for shown in near), (value, unit, words, found)


@pytest.mark.parametrize(
    "text",
    [
        "He scored 12 14 15 and went home.\nShe ran 10 11 12 in total.\n",
        "In May, June, and July,\nwe sold 12, 13, and 14,\nbut not 15, 16, or 17,\n",
        "Call 031 123 4567\n",
        "one,two,three\n",
    ],
)
def test_prose_is_no_table(text: str) -> None:
    assert tables(text) == []
