"""Time expressions: what they name, seen from the document's date."""

from __future__ import annotations

from datetime import date

import pytest

from salpi.evidence.claims.catalogue import Catalogue
from salpi.evidence.claims.page import Page
from salpi.evidence.claims.periods import Anchor, mentions
from salpi.evidence.documents.dates import dated, issued
from salpi.plan import load_plan

ANCHOR = Anchor(date(2025, 5, 22))
INDIA = Anchor(date(2025, 8, 6), fiscal=4, fiscal_named="end", quarters=True)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("in the first half of 2024", "2024-H1"),
        ("1H23", "2023-H1"),
        ("2Q25", "2025-Q2"),
        ("3Q25P", "2025-Q3"),
        ("4Q24A", "2024-Q4"),
        ("in the first nine months of 2024", "2024-01/2024-09"),
        ("between January and September 2024", "2024-01/2024-09"),
        ("between 2020 and 2022", "2020/2022"),
        ("last year", "2024"),
        ("last month", "2025-04"),
        ("in March", "2025-03"),
        ("'30", "2030"),
        ("지난해", "2024"),
        ("올해 1분기", "2025-Q1"),
        ("지난해 3분기 누적", "2024-01/2024-09"),
        ("1~4월 누계", "2025-01/2025-04"),
        ("상반기", "2025-H1"),
        ("지난달", "2025-04"),
        ("2024년 12월", "2024-12"),
        ("10년 전", "2015"),
        ("the quarter just ended", "2025-Q1"),
        ("quarter-one profit", "2025-Q1"),
        ("the quarter ended June 30, 2024", "2024-Q2"),
        ("half-year to June 2023", "2023-H1"),
        ("the March quarter", "2025-Q1"),
        ("nine-month revenue", "2025-01/2025-09"),
        ("full-year sales", "2025"),
        ("within four years", "2029"),
        ("twenty years ago", "2005"),
        ("business year ending next March", "2025-04/2026-03"),
        ("2023년 반기 매출", "2023-H1"),
        ("실적(2023.4~2024.3)", "2023-04/2024-03"),
        ("2024~25회계연도", "2024-04/2025-03"),
    ],
)
def test_period(text, period):
    assert [mention.period for mention in mentions(text, ANCHOR)] == [period]


def test_fiscal_years_follow_the_country():
    assert [mention.period for mention in mentions("Q1 FY26", INDIA)] == ["2025-Q2"]
    assert [mention.period for mention in mentions("in fiscal 2023-24", INDIA)] == ["2023-04/2024-03"]


def test_without_a_date_nothing_is_guessed():
    assert [mention.period for mention in mentions("last year", Anchor(None))] == [None]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("SEOUL, Feb. 1, 2025 -- Exports", date(2025, 2, 1)),
        ("배포일시: 2025. 1. 1.(수) 09:00", date(2025, 1, 1)),
        ("Consultancy note, 2 April 2025", date(2025, 4, 2)),
        ("MARKET WRAP / KR-BIO / 24-07-2023", date(2023, 7, 24)),
        ("Seoul, Oct 31", None),
        ("Posted On: 14 MAY 2025 5:42PM", date(2025, 5, 14)),
        ("OCTOBER 2, 2025 | J. Adeyemi", date(2025, 10, 2)),
        ("SEOUL, Jan. 21 (2024) -- Imports", date(2024, 1, 21)),
        ("TAIPEI, Sept. 2 (CNA) 2024 - Revenue", date(2024, 9, 2)),
        ("<바이오 공시 한 줄> 24.03.07(목)", date(2024, 3, 7)),
        ("기획재정부 연구개발예산과, '25.8.29", date(2025, 8, 29)),
        ("산업2부 기자 / 25년 10월 2일", date(2025, 10, 2)),
        ("Rates of 24.03.07", None),
        ("정책보고서 요약 (2024. 4)", date(2024, 4, 28)),
        ("팩트시트 2022.11", date(2022, 11, 28)),
        ("Last updated: 11/2025", date(2025, 11, 28)),
        ("Quarterly letter (no. 3/2022)", None),
        ("매출 2024.5억 원", None),
        ("Results for the year ended March 31, 2023\nTokyo, May 11, 2023", date(2023, 5, 11)),
        ("Results for the year ended March 31, 2023", date(2023, 3, 31)),
        ("Updated 02/10/2024", date(2024, 10, 2)),
    ],
)
def test_the_date_a_text_carries(text, day):
    assert dated(text) == day


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("ORESUND LIFE SCIENCE REGION\nFact sheet | Edition autumn 2022", 2022),
        ("희귀병 소식지 38호 · 2026년 여름", 2026),
        ("The road to 2030: a plan\nby 2030, 15 per cent", None),
        ("Timeline\n\nFirms\n\n2002 the first arrives", None),
        ("Table 4, 2021-2023", None),
    ],
)
def test_a_text_without_a_date_may_carry_a_year(text, year):
    assert issued(text) == year


NOVEMBER = Anchor(date(2025, 11, 6))


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("in the three months to September", "2025-Q3"),
        ("in the nine months ended September 30, 2025", "2025-01/2025-09"),
        ("in the six months to 30 June 2025", "2025-H1"),
        ("this quarter", "2025-Q4"),
        ("last quarter", "2025-Q3"),
        ("next quarter", "2026-Q1"),
        ("Q3 last year", "2024-Q3"),
        ("in September last year", "2024-09"),
        ("FY26F", "2026"),
        ("9M25", "2025-01/2025-09"),
        ("1~3Q 누적", "2025-01/2025-09"),
        ("by year-end", "2025"),
        ("by the end of the decade", "2030"),
        ("3분기까지", "2025-01/2025-09"),
        ("직전 분기", "2025-Q3"),
        ("지난 한 해", "2024"),
        ("올해는 9월까지", "2025-01/2025-09"),
        ("올해 1월부터 7월까지", "2025-01/2025-07"),
        ("2024년 4월~2025년 3월", "2024-04/2025-03"),
        ("2025년부터 5년간", "2025/2029"),
        ("since 2019", None),
        ("2010년 이후", None),
        ("the nine months brought", "2025-01/2025-09"),
        ("after nine months it stands at", "2025-01/2025-09"),
        ("다섯 달 누계", "2025-01/2025-05"),
        ("9개월간", "2025-01/2025-09"),
        ("sales in the half were", "2025-H1"),
        ("반년 만에", "2025-H1"),
        ("in the ten months to January", "2024-04/2025-01"),
        ("up to the end of June", "2025-H1"),
        ("in five years' time", "2030"),
        ("six years hence", "2031"),
        ("10년 내", "2035"),
        ("5년 뒤", "2030"),
        ("over the next five years", "2025/2029"),
        ("향후 5년간", "2025/2029"),
        ("in the past five years", "2020/2024"),
        ("최근 3년간", "2022/2024"),
        ("by the middle of the decade", "2025"),
        ("in the previous quarter", "2025-Q3"),
        ("2024.3Q", "2024-Q3"),
        ("2024.1H", "2024-H1"),
        ("1년 전", None),
        ("한 해 전 같은 반기", None),
    ],
)
def test_more_ways_to_name_a_period(text, period):
    assert [mention.period for mention in mentions(text, NOVEMBER)] == [period]


def test_twelve_months_are_no_part_of_a_year():
    assert mentions("twelve months of work", NOVEMBER) == []


def test_a_term_stays_a_number():
    text = "The agency, 6 November 2025: a review took 9 months, in 3 years it may take less."
    page = Page(text, Catalogue.of(load_plan("korea")))
    assert [text[one.start : one.end] for one in page.found] == ["9 months", "3 years"]


def test_the_fiscal_year_that_runs_is_not_the_calendar_year():
    assert [mention.period for mention in mentions("this fiscal, after last fiscal", INDIA)] == [
        "2025-04/2026-03",
        "2024-04/2025-03",
    ]


def test_today_as_the_day_of_an_announcement_is_no_present_state():
    assert mentions("the cabinet approved today a plan", NOVEMBER) == []
    assert [mention.kind for mention in mentions("it employs 300 today", NOVEMBER)] == ["now"]
