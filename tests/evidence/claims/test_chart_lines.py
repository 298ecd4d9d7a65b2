"""Captions with the points of their chart in one line, and heads that stand apart from their rows."""

from __future__ import annotations

from time import perf_counter

import pytest

from salpi.evidence.claims.tables import tables

CSV = "plant,capacity_l,country\n\nArhus,120000,Denmark\nGeel,330000,Belgium\n"
NOTED = "Site | Output | Imports\n(EUR million, 2023)\n\nBasel | 410 | 288\nVaud | 91 | n/a\n"
RULED = "연도;생산액(억원);수출액(억원)\n=====\n2021;410;288\n2022;455;-\n"


@pytest.mark.parametrize(
    ("line", "unit", "points"),
    [
        ("Fig 1 | Costs of care, € bn | 2010 21.5 | 2020 39.7", "EUR", [("2010", 2.15e10), ("2020", 3.97e10)]),
        ("Figure 3 – Vaccine exports, million doses – 2021: 410; 2022: 388", "count", [("2021", 4.1e8), ("2022", 3.88e8)]),
        ("그림 2 | 수출액(억 달러) | 2021 | 84 | 2022 | 91", "USD", [("2021", 8.4e9), ("2022", 9.1e9)]),
        ("[도표 2] 바이오시밀러 점유율(%): 독일 62 · 영국 71", "%", [("독일", 62), ("영국", 71)]),
        ("Exhibit 3\tReview time, months\t2018\t14.2\t2020\t12.9", "months", [("2018", 14.2), ("2020", 12.9)]),
        ("Graph 5 | Number of firms | 2015 180 | 2019 260 | Source: survey", "count", [("2015", 180), ("2019", 260)]),
        ("Fig. 8 | Days from filing to listing | Malta 128 | Chile 523", "days", [("Malta", 128), ("Chile", 523)]),
        ("Chart 2: Staff, thousand people – Q1 2024 3.5 – Q2 2024E 3.8", "persons", [("Q1 2024", 3500), ("Q2 2024E", 3800)]),
        ("Sales of tests (SEK m) | 2021 41 | 2022 45 | 2023 48", "SEK", [("2021", 4.1e7), ("2022", 4.5e7), ("2023", 4.8e7)]),
        ("그림 3. 매출액(조 원) 2021 2022 2023 22.1 24.0 25.3", "KRW", [("2021", 2.21e13), ("2022", 2.4e13), ("2023", 2.53e13)]),
        ("표 1 ; 무역수지(억 달러) ; 2021 ; 22.1 ; 2022 ; -4.3", "USD", [("2021", 2.21e9), ("2022", -4.3e8)]),
    ],
)
def test_captions_with_their_points(line: str, unit: str, points: list[tuple[str, float]]) -> None:
    (table,) = tables(f"A report\n\n{line}\n\nMore follows.")
    assert [(cell.label, cell.found.value) for cell in table.cells] == [(label, pytest.approx(value)) for label, value in points]
    assert {cell.found.unit for cell in table.cells} == {unit}


@pytest.mark.parametrize(
    "line",
    [
        "Figure 2 shows exports of 410 million euros in 2021, 455 in 2022.",
        "Table 1 | Plants | 2021 | 2022",
        "Fig. 9: Emissions, kt | 2020 41 | 2021 39",
        "Sales of tests (SEK m) | 2021 41 | 2022 45",
        "Fig 1 | A price index | 2020 100 | 2021 104",
        "Exports grew (by 3%), 2021 saw 41, 2022 saw 45, 2023 saw 48.",
    ],
)
def test_other_lines_are_no_charts(line: str) -> None:
    assert tables(line) == []


def test_an_expected_point_is_a_forecast() -> None:
    (table,) = tables("Fig 4 | Sales, EUR bn | 2023 3.1 | 2024(E) 3.4 | 2025F 3.9")
    assert ["forecast" in cell.words for cell in table.cells] == [False, True, True]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (CSV, [(120000, "L", "capacity l : Arhus"), (330000, "L", "capacity l : Geel")]),
        (NOTED, [(4.1e8, "EUR", "Output (EUR million, 2023) : Basel"), (2.88e8, "EUR", "Imports"), (9.1e7, "EUR", "Vaud")]),
        (RULED, [(4.1e10, "KRW", "생산액(억원) : 2021"), (2.88e10, "KRW", "수출액"), (4.55e10, "KRW", "2022")]),
    ],
)
def test_heads_apart_from_their_rows(text: str, read: list[tuple[float, str, str]]) -> None:
    (table,) = tables(text)
    assert [(cell.found.value, cell.found.unit) for cell in table.cells] == [(value, unit) for value, unit, _ in read]
    assert all(words in cell.words for cell, (*_, words) in zip(table.cells, read, strict=True))


def test_prose_above_values_names_no_columns() -> None:
    cells = [
        cell
        for table in tables("He met nurses, doctors, teachers\n\nMalta,24100,52000\nChile,1320,4100\n")
        for cell in table.cells
    ]
    assert not any("nurses" in cell.head for cell in cells)


@pytest.mark.parametrize("piece", ["2010 27.9 | ", "2010 | ", "2021 2022 ", "Q1 2024 5; ", "Abc def ", " – ", "(", "1,000"])
def test_long_lines_take_time_in_proportion(piece: str) -> None:
    def seconds(length: int) -> float:
        start = perf_counter()
        tables("Fig 1 | Costs (EUR m) | " + piece * (length // len(piece)))
        return perf_counter() - start

    assert seconds(100_000) < 40 * seconds(10_000) + 0.2
