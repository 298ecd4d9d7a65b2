"""More tables as they are met: titles between rows, drawn lines, no heads, units by place, sense or words; figures invented."""

from __future__ import annotations

import pytest

from salpi.evidence.claims.tables import tables

TITLES_BETWEEN = """(in thousands, except per share data)

                                        Three Months Ended            Nine Months Ended
                                           September 30,                September 30,
                                         2025         2024           2025          2024
Revenues:
  Product sales, net                  $ 84,219     $ 61,733      $ 231,870     $ 170,446
    Total revenues                      99,911       79,357        279,830       219,308
Costs and expenses:
  Research and development              38,745       33,290        112,064        97,518
"""
BLANKS_BETWEEN_THOUSANDS = """SEK million                      H1 2025    H1 2024      ±%
Net sales                        2 418,6    2 206,1      9,6
Average number of employees        1 947      1 902       –
"""
DRAWN = """Consolidated, KRW bn
┌──────────────┬────────┬────────┬────────┐
│              │ 1Q26   │ 1Q25   │ YoY    │
├──────────────┼────────┼────────┼────────┤
│ 매출         │ 214.8  │ 196.0  │ +9.6%  │
│ 영업이익     │ 24.6   │ 17.5   │ +40.6% │
└──────────────┴────────┴────────┴────────┘
"""
NO_HEADS = """국가별 수출 (단위 100만 달러)
베트남         404    431    226
태국           231    242    120
싱가포르       397    512    301
"""
UNITS_IN_ORDER = """품목(단위: 백만 달러, %)
반도체            7,460   42.5
의약품              548   21.4
의료기기            296   △0.8
"""
LEFT_HEADS = """#  Company                     Revenue,    Growth,   Bioreactor    Plants
                               US$ m       %         volume, kL
1  Lonza                       8,215       15.6      782           17
2  Samsung Biologics           3,904       21.5      785           5
"""
TWO_CURRENCIES = """(In millions of Korean won and thousands of U.S. dollars, except per share)
|  | 2024 | 2025 | 2025 (US$) |
| Revenue | ₩ 104,358 | ₩ 131,240 | $ 91,455 |
| Operating profit | ₩ 11,358 | ₩ 14,240 | $ 9,923 |
"""
RATES_IN_BRACKETS = """(million US$; y/y % in brackets)
                      Sep              Oct
Bio-health        1,690 (+35.8)    1,280 (-8.2)
 Medical devices    514 (+11.3)      478 (+1.5)
"""
STROKES = """회사 / 매출(억원) / 전년동기 / 영업손익(억원)
GC셀 / 398 / 437 / (54)
메디포스트 / 182 / 171 / (138)
"""
SEMICOLONS = """(in EUR million)
;            ; Q4-25 ; Q4-24
Revenue      ; 355.0 ; 341.2
R&D          ;  33.1 ;  29.9
"""
CHANGES_BESIDE_RATES = """보건산업 종사자 수 (단위: 천 명, %)
                 '24.4Q   '25.4Q   증감(전년동기)   증감률
 제약산업            82       86          4          4.9
 의료기기산업        63       64          1          1.6
"""
BARS_WITHOUT_BLANKS = """구분(단위:백만원, %)|당해사업연도|직전사업연도|증감률
-매출액|33,719|48,260|-30.1
-영업이익|-6,840|1,533|-
"""
WON_AND_DOLLARS = """(단위: 억원, 백만불)
구분           2023       2024
생산실적      49,936     63,125
수출실적       2,190      2,943
무역수지         174        738
"""
SAID_IN_WORDS = """Currency is the US dollar, amounts in millions.

;            ; Q4-25 ; FY-25
Revenue      ; 355.0 ; 1,396.8
R&D          ;  33.1 ;   127.0
"""
NAMED_ABOVE = """cluster,companies,employees,VC raised 2023 (EUR m)
Basel (Switzerland),760,33000,480
Cambridge (UK),630,22800,715
"""
A_SECOND_PART = """Amounts in US$ bn
Venture capital          1H24    2H24    1H25
United States            11.9    10.2     9.0
Europe                    3.7     3.0     3.3

IPO proceeds
United States             2.4     0.9     0.3
Hong Kong                 0.2     0.4     1.6
"""


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        (
            TITLES_BETWEEN,
            [
                (8.4219e7, "USD", "Three Months Ended September 30, 2025 : Product sales, net"),
                (7.9357e7, "USD", "2024 : Total revenues"),
                (9.7518e7, "USD", "Nine Months Ended September 30, 2024 : Costs and expenses: Research"),
            ],
        ),
        (BLANKS_BETWEEN_THOUSANDS, [(2.4186e9, "SEK", "H1 2025 : Net sales"), (9.6, "%", "±%"), (1947, "persons", "H1 2025")]),
        (DRAWN, [(2.148e11, "KRW", "1Q26 : 매출"), (1.75e10, "KRW", "1Q25 : 영업이익"), (40.6, "%", "YoY : 영업이익")]),
        (NO_HEADS, [(4.04e8, "USD", "베트남"), (3.01e8, "USD", "싱가포르")]),
        (UNITS_IN_ORDER, [(5.48e8, "USD", "의약품"), (-0.8, "%", "의료기기")]),
        (LEFT_HEADS, [(8.215e9, "USD", "Lonza"), (15.6, "%", "Lonza"), (785e3, "L", "Samsung"), (17, "count", "Plants : Lonza")]),
        (TWO_CURRENCIES, [(1.3124e11, "KRW", "2025 : Revenue"), (9.1455e7, "USD", "2025 (US$) : Revenue")]),
        (RATES_IN_BRACKETS, [(1.69e9, "USD", "Sep : Bio-health"), (-8.2, "%", "Oct change %"), (4.78e8, "USD", "Oct")]),
        (STROKES, [(3.98e10, "KRW", "매출(억원) : GC셀"), (1.38e10, "KRW", "영업손익(억원) : 메디포스트")]),
        (SEMICOLONS, [(3.55e8, "EUR", "Q4-25 : Revenue"), (2.99e7, "EUR", "Q4-24 : R&D")]),
        (CHANGES_BESIDE_RATES, [(8.2e4, "persons", "2024년 4분기"), (4e3, "persons", "증감"), (4.9, "%", "증감률")]),
        (BARS_WITHOUT_BLANKS, [(4.826e10, "KRW", "직전사업연도 : -매출액"), (-30.1, "%", "증감률")]),
        (WON_AND_DOLLARS, [(6.3125e12, "KRW", "2024"), (2.19e9, "USD", "2023"), (7.38e8, "USD", "무역수지")]),
        (SAID_IN_WORDS, [(3.55e8, "USD", "Q4-25 : Revenue"), (1.27e8, "USD", "FY-25 : R&D")]),
        (NAMED_ABOVE, [(33000, "persons", "employees : Basel"), (7.15e8, "EUR", "VC raised 2023 (EUR m) : Cambridge")]),
    ],
)
def test_unit_and_words_of_cells(text, cells) -> None:
    (table,) = tables(text)
    found = [(cell.found.value, cell.found.unit, cell.words) for cell in table.cells]
    for value, unit, words in cells:
        near = [shown for v, u, shown in found if u == unit and abs(v - value) <= 1e-9 * abs(value)]
        assert any(words in shown for shown in near), (value, unit, words, found)


def test_a_second_part_goes_on_with_the_heads_of_the_first() -> None:
    first, second = tables(A_SECOND_PART)
    assert second.cells[1].words.endswith("2H24 : United States : ")
    assert {cell.found.unit for cell in (*first.cells, *second.cells)} == {"USD"}
    assert second.cells[-1].found.value == pytest.approx(1.6e9)


LONG_FORM = """country,year,indicator,unit,value
South Korea,2023,Pharmaceutical exports,USD million,7561
Japan,2024,Clinical trials,count,512
"""


def test_years_in_rows_are_periods_not_figures() -> None:
    (table,) = tables(LONG_FORM)
    assert [(cell.found.value, cell.found.unit) for cell in table.cells] == [(7.561e9, "USD"), (512.0, "count")]
    assert {LONG_FORM[start:end] for start, end in table.others} >= {"2023", "2024"}
