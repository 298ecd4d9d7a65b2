"""Time expressions: what they name, seen from the document's date."""

from __future__ import annotations

from datetime import date

import pytest

from salpi.evidence.claims.periods import Anchor, dated, mentions

ANCHOR = Anchor(date(2025, 5, 22))
INDIA = Anchor(date(2025, 8, 6), fiscal=4, fiscal_named="end", quarters=True)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("in the first half of 2024", "2024-H1"),
        ("1H23", "2023-H1"),
        ("2Q25", "2025-Q2"),
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
    ],
)
def test_the_date_a_text_carries(text, day):
    assert dated(text) == day
