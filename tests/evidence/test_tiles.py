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
        ("PEOPLE\n7,000+ on two continents\n\nR&D\n14% of sales", ["PEOPLE:7,000+ on two continents", "R&D:14% of sales"]),
        (
            "공장\n3곳 (국내 2, 해외 1)\n특허\n등록 640건 (해외 210건)",
            ["공장:3곳 (국내 2, 해외 1)", "특허:등록 640건 (해외 210건)"],
        ),
        ("Staff:\n640 at year end\nSales\nCHF 1.9bn, up 6%\n", ["Staff: 640 at year end", "Sales:CHF 1.9bn, up 6%"]),
        ("900 people\nwork in Uppsala\n\n38 countries\nreached", ["900 people work in Uppsala", "38 countries reached"]),
        (
            "€118 billion\nexports, 4.4 % more than in 2024\n14\nplants",
            ["€118 billion exports, 4.4 % more than in 2024", "14 plants"],
        ),
        ("Staff\n7,000\nin two countries\nSites\n12\nin Spain", ["Staff:7,000 in two countries", "Sites:12 in Spain"]),
        ("At a glance\n$2bn\nRevenue\n70\nMarkets", ["$2bn Revenue", "70 Markets"]),
        ("**Staff**\n**640** worldwide\n**Sales**\n**€88m**", ["**Staff**:**640** worldwide", "**Sales**:**€88m**"]),
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
        "1 Introduction\nBackground\n2 Methods\nData\n3 Results\nTables\n",
        "Plants\n5 in Denmark\n3 in Spain\nLabs\n2 in Italy\n1 in Peru\n",
        "Founded\n12 March 1998\nHead office\n4 Harbour Street\n",
        "Opening\n09.30 Welcome\nMinister\n10.15 Panel\nIndustry\n",
        "The plant opened.\n12 people work there.\nMore\n40 people will come.\n",
        "날짜\n12일 (화)\n행사\n13일 (수)\n",
        "연도,생산액\n\n2021,12000,4300\n2022,13400,4800\n",
    ],
)
def test_other_lines_stay(text: str) -> None:
    assert tiled(text) == text


_LINES = [
    "Revenue",
    "12%",
    "€1.2bn",
    "",
    "It rose.",
    "2024",
    "6만 명",
    "고용",
    " ",
    "a|b",
    "3 plants in Spain",
    "of all sales",
    "Staff:",
]


@given(st.lists(st.sampled_from(_LINES), max_size=14))
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
