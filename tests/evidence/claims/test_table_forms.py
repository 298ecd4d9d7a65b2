"""Tables as filings, statistics and disclosures set them: unit, scale and period reach every cell. All figures are invented."""

from __future__ import annotations

import pytest

from salpi.evidence.claims.table_periods import beside, completed, pending, written_out
from salpi.evidence.claims.tables import tables

STATEMENT = """Emergent Labs, Inc.
Condensed Consolidated Statements of Operations
(in millions, except per share amounts)

                                   Three Months Ended        Nine Months Ended
                                     September 30,             September 30,
                                   2025        2024           2025        2024
Revenue                          $ 1,234     $ 1,100         $ 3,456     $ 3,001
Operating loss                      (234)       (211)           (690)       (602)
"""
WIDE_SIGNS = """Revenue by product
(dollars in thousands)

                          Three Months Ended June 30,
                             2025            2024       % Change
Zelvora             $     120,450   $      98,310          23 %
Kintara                    45,002          51,887         (13)%
"""
ONE_SIGN_A_CELL = """(in thousands)
| | Three Months Ended June 30, | |
| | 2025 | 2024 |
| Revenues | $ | 45,120 | | $ | 39,870 | |
| Loss from operations | | (3,210 | ) | | (4,100 | ) |
"""
GROUPS = """| | Three months ended June 30, | | Six months ended June 30, | |
|---|---|---|---|---|
| (in € thousands) | 2025 | 2024 | 2025 | 2024 |
| Product revenue, net | 45,120 | 39,870 | 88,030 | 77,200 |
| Research and development | 12,300 | 11,950 | 24,800 | 23,100 |
"""
RESULTS = """(Millions of yen)
                         Net sales           Operating profit      Ordinary profit
Fiscal year ended                   %                    %                    %
March 31, 2025       345,678      8.2      45,210      12.1       46,001     10.3
March 31, 2024       319,481      3.4      40,330       5.0       41,705      4.4
"""
BUSINESS_YEARS = """제 12 기 3분기 2025.01.01 부터 2025.09.30 까지
제 11 기 3분기 2024.01.01 부터 2024.09.30 까지
(단위 : 백만원)

               제 12 기 3분기               제 11 기 3분기
             3개월        누적            3개월        누적
매출액       45,120      130,455        39,870      110,230
영업이익      5,230       14,120         3,990        9,870
"""
TWO_LINES_OF_HEADS = """(단위: 억 달러, %)
구분\t2024년\t2025년(잠정)\t2026년(전망)
\t금액\t증감률\t금액\t증감률\t금액\t증감률
바이오헬스\t151\t13.1\t163\t7.9\t180\t10.4
의약품\t92\t28.2\t104\t13.0\t116\t11.5
"""
TWO_UNITS = """(단위: 조원, 백만달러)

        생산액            수출액
     금액   증가율     금액    증가율
2023  30.6    5.9%    7,570    -6.3%
2024  32.9    7.3%    9,270    22.5%
"""
UNIT_BEHIND = """구분        2022      2023      2024
생산       23,500    24,100    26,200
수출       11,200    10,900    12,400
(단위: 십억 원)
"""
DISCLOSURE = """※ 단위 : 백만원, %
구분 | 당기실적(2025.3Q) | 전기실적(2025.2Q) | 전기대비증감율(%)
매출액 당해실적 | 1,026,000 | 961,500 | 6.7
매출액 누계실적 | 2,829,700 | - | -
"""
QUARTERS_IN_FIGURES = """(₹ in crores)
| Particulars | Quarter ended 30.06.2025 | Year ended 31.03.2025 |
|---|---|---|
| Revenue from operations | 1,245.3 | 4,611.9 |
| Operating profit | 301.2 | 1,110.4 |
"""
A_WORD_UNDER_A_HEAD = """CHF million                 2024    2023   Change in %
                                            (AER)
Sales                      6,574   6,717     (2.1)
Capital expenditures       1,422   1,684    (15.6)
"""
AMOUNTS_AND_RATES = """구분 | 수출액(백만 달러) | 전년동기비(%) | 수입액(백만 달러) | 전년동기비(%)
합계 | 7,612 | 9.1 | 6,830 | 2.3
바이오의약품 | 4,901 | 12.4 | 2,110 | △3.5
"""
BILLIONS_OF_US_DOLLARS = """Trade in medicines, 2024 (billions of U.S. dollars)

Country              Exports     Imports     Balance
Germany                128.4        86.0        42.4
Japan                    8.9        33.4       -24.5
"""
FROM_TO = """지금 → 2032
────────────────────────────
의약품 수출(억 달러)      112 → 220
임상시험 국가순위(위)      4 → 3
일자리(만 명)             13.2 → 18
"""
KEYS = """1. 계약 내용    항체 원료의약품 위탁생산
2. 계약내역
   확정 계약금액(원)      118,450,000,000
   최근 매출액(원)        231,902,000,000
   매출액 대비(%)         51.08
"""
WIDE_BARS = """지표 ｜ 2024 실적 ｜ 2025 목표
바이오헬스 수출(억$) ｜ 151 ｜ 170
위탁생산 능력(만L) ｜ 90 ｜ 108
"""
A_UNIT_COLUMN = """국가     항목      2023     2024    단위
일본     수출     1.10     1.18    조 엔
         수입     4.69     4.55    조 엔
중국     수출     10.2     10.8    십억 달러
"""
DOTS_AND_BARS = """(change on a year before, %)
 | all | pharma
Dec 2023 ...................... -2.5 | -19.1
Q4 2023 ....................... +1.4 | -8.8
"""
PLACES = """(아이큐비아 기준, 십억 달러)

순위 국가      2022     2027(전망)   연평균(%)
 1  미국      629     763        3.9
12  한국       19      25        5.6
    세계     1,482   1,917        5.3
"""
UP_AND_DOWN = """(단위: 억원, %)
회사          매출     증감    영업이익
씨젠         1,905    ▲9.0     ▼180
휴젤         1,697   ▼24.0      575
"""
YEARS_WITH_NOTES = """SAR million except where marked

Line                                   2023      2024     2030 (plan)
Private investment                       640       910     9,000
Local share of insulin, %                  0         6        50
"""


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        (
            FROM_TO,
            [
                (1.12e10, "USD", "지금 : 의약품 수출"),
                (2.2e10, "USD", "2032 : 의약품 수출"),
                (1.8e5, "persons", "2032 : 일자리"),
                (3, "rank", "2032"),
            ],
        ),
        (KEYS, [(1.1845e11, "KRW", "확정 계약금액"), (51.08, "%", "매출액 대비")]),
        (WIDE_BARS, [(1.7e10, "USD", "2025 목표 : 바이오헬스"), (9e5, "L", "2024 실적 : 위탁생산")]),
        (A_UNIT_COLUMN, [(1.18e12, "JPY", "2024"), (4.69e12, "JPY", "2023"), (1.08e10, "USD", "2024")]),
        (DOTS_AND_BARS, [(-19.1, "%", "pharma : Dec 2023"), (1.4, "%", "all : Q4 2023")]),
        (PLACES, [(6.29e11, "USD", "2022 : 미국"), (2.5e10, "USD", "2027(전망) : 한국"), (5.3, "%", "연평균(%) : 세계")]),
        (UP_AND_DOWN, [(9, "%", "증감"), (-24, "%", "증감"), (-1.8e10, "KRW", "영업이익 : 씨젠")]),
        (YEARS_WITH_NOTES, [(9e9, "SAR", "2030 (plan) : Private investment"), (50, "%", "2030 (plan) : Local share")]),
        (
            STATEMENT,
            [
                (1.234e9, "USD", "Three Months Ended September 30, 2025 : Revenue"),
                (3.001e9, "USD", "Nine Months Ended September 30, 2024 : Revenue"),
                (2.34e8, "USD", "Three Months Ended September 30, 2025 : Operating loss"),
            ],
        ),
        (
            WIDE_SIGNS,
            [
                (1.2045e8, "USD", "Three Months Ended June 30 2025 : Zelvora"),
                (23, "%", "Three Months Ended June 30 2025 % Change : Zelvora"),
                (5.1887e7, "USD", "Three Months Ended June 30 2024 : Kintara"),
                (13, "%", "% Change : Kintara"),
            ],
        ),
        (
            ONE_SIGN_A_CELL,
            [
                (4.512e7, "USD", "Three Months Ended June 30, 2025 : Revenues"),
                (4.1e6, "USD", "Three Months Ended June 30, 2024 : Loss"),
            ],
        ),
        (
            GROUPS,
            [
                (3.987e7, "EUR", "Three months ended June 30, 2024 : Product revenue"),
                (2.31e7, "EUR", "Six months ended June 30, 2024 : Research"),
            ],
        ),
        (
            RESULTS,
            [
                (3.45678e11, "JPY", "Net sales : Fiscal year ended March 31, 2025"),
                (12.1, "%", "Operating profit % : Fiscal year ended March 31, 2025"),
                (4.1705e10, "JPY", "Ordinary profit : Fiscal year ended March 31, 2024"),
            ],
        ),
        (
            BUSINESS_YEARS,
            [
                (4.512e10, "KRW", "2025년 3분기 : 매출액"),
                (1.30455e11, "KRW", "2025년 3분기 누적 : 매출액"),
                (9.87e9, "KRW", "2024년 3분기 누적 : 영업이익"),
            ],
        ),
        (
            TWO_LINES_OF_HEADS,
            [(1.51e10, "USD", "2024년 금액"), (7.9, "%", "2025년(잠정) 증감률"), (1.16e10, "USD", "2026년(전망) 금액 : 의약품")],
        ),
        (
            TWO_UNITS,
            [(3.06e13, "KRW", "생산액"), (7.57e9, "USD", "수출액"), (-6.3, "%", "수출액"), (9.27e9, "USD", "수출액")],
        ),
        (UNIT_BEHIND, [(2.35e13, "KRW", "2022 : 생산"), (1.24e13, "KRW", "2024 : 수출")]),
        (
            DISCLOSURE,
            [
                (1.026e12, "KRW", "2025년 3분기) : 매출액"),
                (6.7, "%", "당기실적(2025년 3분기) 전기대비증감율"),
                (2.8297e12, "KRW", "2025년 3분기 누적) : 매출액"),
            ],
        ),
        (
            QUARTERS_IN_FIGURES,
            [(1.2453e10, "INR", "Quarter ended 30 June 2025"), (1.1104e10, "INR", "Year ended 31 March 2025")],
        ),
        (
            A_WORD_UNDER_A_HEAD,
            [(6.574e9, "CHF", "2024 : Sales"), (2.1, "%", "Change in % (AER) : Sales"), (1.684e9, "CHF", "2023 : Capital")],
        ),
        (
            AMOUNTS_AND_RATES,
            [(2.3, "%", "수입액(백만 달러) 전년동기비(%) : 합계"), (12.4, "%", "수출액(백만 달러) 전년동기비(%) : 바이오의약품")],
        ),
        (BILLIONS_OF_US_DOLLARS, [(1.284e11, "USD", "Exports : Germany"), (-2.45e10, "USD", "Balance : Japan")]),
    ],
)
def test_unit_and_period_reach_the_cells(text, cells) -> None:
    (table,) = tables(text)
    found = [(cell.found.value, cell.found.unit, cell.words) for cell in table.cells]
    for value, unit, words in cells:
        near = [(v, u, w) for v, u, w in found if u == unit and abs(v - value) <= 1e-9 * abs(value)]
        assert any(words in shown for *_, shown in near), (value, unit, words, found)


def test_brackets_split_off_their_number_are_losses() -> None:
    (table,) = tables(ONE_SIGN_A_CELL)
    assert [cell.bracketed for cell in table.cells] == [False, False, True, True]


@pytest.mark.parametrize("text", [BUSINESS_YEARS, PLACES, "Rank | Country | Share (%)\n1 | Chile | 4.1\n2 | Peru | 3.9\n"])
def test_lengths_of_time_and_places_in_a_list_are_no_numbers_of_a_table(text) -> None:
    (table,) = tables(text)
    assert table.others
    assert not [cell for cell in table.cells if (cell.found.start, cell.found.end) in table.others]


@pytest.mark.parametrize(
    ("heads", "shown"),
    [
        (["H1 2025", "H1 2024", "±%"], "H1 2025 ±%"),
        (["2023", "2024", "증감률"], "2024 증감률"),
        (["3Q25", "2Q25", "QoQ"], "3Q25 QoQ"),
        (["2024년 3분기", "2025년 3분기", "증감률"], "2025년 3분기 증감률"),
        (["2025년 9월", "2025년 10월", "증감률"], "2025년 10월 증감률"),
        (["Exports", "% change", "Imports", "% change"], "Imports % change"),
        (["Sales 2024", "Change 2024/23 (%)"], "Change 2024/23 (%)"),
    ],
)
def test_a_change_stands_with_what_changed(heads, shown) -> None:
    assert beside(heads)[-1] == shown


def test_periods_in_parts_are_put_together() -> None:
    assert pending("Sales / Year ended December 31 (in thousands)") == ("Sales (in thousands)", "Year ended December 31")
    assert completed("2024", "Year ended December 31") == "Year ended December 31 2024"
    assert completed("Change", "Year ended December 31") == "Change"
    assert pending("Results for the quarter ended 30 June 2025")[1] == ""
    assert written_out("as at 31.12.2024") == "as at 31 December 2024"
    assert written_out("99.99.2024") == "99.99.2024"
    assert written_out("'24.4Q") == "2024년 4분기"
