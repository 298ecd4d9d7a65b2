"""The date on which a document says it was published."""

from __future__ import annotations

from datetime import date

import pytest

from salpi.evidence.documents.dates import dated, published


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("공급 계약 체결\n\n공급 계약 기간은 2033년 12월 31일까지다.\n\n(끝) 2026/11/24 16:02 송고", date(2026, 11, 24)),
        ("유상증자 납입일은 2027년 3월 15일이다.", None),
        ("The plan ends on 31 December 2030", None),
        ("Figures as of 30 June 2026\nSeoul | 3 August 2026", date(2026, 8, 3)),
        ("현황판\n기준일 2026-06-30 | 게시 2026-07-27", date(2026, 7, 27)),
        ("2026년 11월 10일", date(2026, 11, 10)),
        ("SEOUL, Oct. 31, 2024 - Exports", date(2024, 10, 31)),
    ],
)
def test_a_day_that_a_line_tells_of_is_not_the_day_it_was_written(text, day):
    assert published(text) == day


@pytest.mark.parametrize(
    ("text", "day", "from_day"),
    [
        ("현황판\n기준일 2026-06-30 | 게시 2026-07-27", date(2026, 7, 27), date(2026, 7, 27)),
        ("분기보고서 (2022.07.01~2022.09.30)\n작성일 2022년 11월 14일", date(2022, 11, 14), date(2022, 11, 14)),
        ("Half-year, six months to 30 June 2024\nSeoul, 20 August 2024", date(2024, 8, 20), date(2024, 8, 20)),
        ("주간 소식 (2025년 10월 2주)\n수출이 늘었다.", None, date(2025, 10, 28)),
        ("판매는 2026년 12월 31일부터다.\n\n2025/11/21 09:32 송고", date(2025, 11, 21), date(2025, 11, 21)),
        ("Seoul desk / BIO DAILY / 05-Nov-2024 / internal", date(2024, 11, 5), date(2024, 11, 5)),
        ("메모 ('26.3.5.)\n투자가 늘었다.", date(2026, 3, 5), date(2026, 3, 5)),
        (
            "Minutes of Tuesday 12 August 2025, at a long table in the hall of the council\nNext meeting: 14 October 2025",
            None,
            date(2025, 8, 12),
        ),
        ("The law of May 3, 2021 allows a long sentence like this one to hold a date of its own.", None, date(2021, 5, 3)),
        ("Updated 16 January 2025\nLondon, 15 January 2025", date(2025, 1, 16), date(2025, 1, 16)),
        ("04-07-2023", None, date(2023, 7, 4)),
        ("Minutes\nSeoul, ſep 5, 2024", date(2024, 9, 5), date(2024, 9, 5)),  # an s in another form
    ],
)
def test_one_finder_is_strict_for_the_day_of_publication_and_lenient_for_the_day_to_count_from(text, day, from_day):
    assert published(text) == day
    assert dated(text) == from_day
