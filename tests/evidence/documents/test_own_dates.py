"""The date on which a document says it was published."""

from __future__ import annotations

from datetime import date

import pytest

from salpi.evidence.documents.facts import published


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
