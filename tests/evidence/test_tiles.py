"""Figures on lines of their own are read with their labels; figures and labels in elements side by side are two words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salpi.evidence.reading import Reading
from salpi.evidence.tiles import tiled


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("Revenue\nCHF 6.6bn\n\nEmployees\n18,000\n", ["Revenue:CHF 6.6bn", "Employees:18,000"]),
        (
            "DKK 245bn\nExports of medicines\n\n52,000\npeople employed",
            ["DKK 245bn Exports of medicines", "52,000 people employed"],
        ),
        ("Denmark, 2024\nDKK 245bn\nExports\n52,000\npeople employed\n", ["DKK 245bn Exports", "52,000 people employed"]),
        ("Key figures\nExports\nDKK 245bn\nStaff\n52,000\n", ["Exports:DKK 245bn", "Staff:52,000"]),
        ("생산\n22조 8,000억 원\n\n고용\n6만 6,000명\n", ["생산:22조 8,000억 원", "고용:6만 6,000명"]),
        ("Sales\n\n€1.2bn\n\nPlants\n\n14\n", ["Sales: €1.2bn", "Plants: 14"]),
        ("Revenue\n€1.2bn\n+8%\nProfit\n€90m\n-3%\n", ["Revenue:€1.2bn +8%", "Profit:€90m -3%"]),
        ("Global rank\n3rd\n—\nPlants\n650+\n", ["Global rank:3rd", "Plants:650+"]),
        ("2024년 매출(억 원)\n386\n임직원\n213명\n", ["2024년 매출(억 원):386", "임직원:213명"]),
    ],
)
def test_labels_stand_above_or_below(text: str, joined: list[str]) -> None:
    assert [line for line in tiled(text).split("\n") if any(map(str.isdigit, line)) and line in joined] == joined


@pytest.mark.parametrize(
    "text",
    [
        "Exports rose in May.\n12,000\nThe ministry said so.\n14,000\nNo more.",
        "Revenue\nCHF 6.6bn",
        "Programme\n2024\nBudget\n2025\n",
        "A | 12\nB | 13\n",
        "12\n13\n14\n15\n",
    ],
)
def test_other_lines_stay(text: str) -> None:
    assert tiled(text) == text


@given(st.lists(st.sampled_from(["Revenue", "12%", "€1.2bn", "", "It rose.", "2024", "6만 명", "고용", " ", "a|b"]), max_size=14))
def test_offsets_stay(lines: list[str]) -> None:
    text = "\n".join(lines)
    read = tiled(text)
    assert len(read) == len(text)
    assert all(one == other or (one == "\n" and other in " :") for one, other in zip(text, read, strict=True))


@pytest.mark.parametrize(
    ("page", "read"),
    [
        ("<div><span>1.2bn</span><span>Revenue</span></div>", "1.2bn Revenue"),
        ("<div><b>210 million</b><i class='x'>doses</i></div>", "210 million doses"),
        ("<div><span><b>Revenue</b></span><span>€1.2bn</span></div>", "Revenue €1.2bn"),
        ("<li><em>수출(2025)</em><strong>10,412</strong><i>+11.8%</i></li>", "수출(2025) 10,412 +11.8%"),
        ("<p><b>120</b>명이 <b>3</b>상에</p>", "120명이 3상에"),
        ("<p><span>1</span><span>2</span>th <b>Sam</b><i>sung</i></p>", "12th Samsung"),
        ("<p>55&nbsp;200 people</p>", "55,200 people"),
        ("<p>2024&nbsp;300 people</p>", "2024 300 people"),
        ("<p>1&nbsp;234,5</p>", "1 234,5"),
    ],
)
def test_figures_in_pages(page: str, read: str) -> None:
    assert Reading.of(page).text.strip() == read
