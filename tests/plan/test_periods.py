"""Periods as plans write them: read, ordered, told again."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salpi.plan.periods import Period, PeriodError, is_period, month_index, month_text

YEARS = st.integers(1900, 2199)


@st.composite
def texts(draw: st.DrawFn) -> str:
    year = draw(YEARS)
    form = draw(st.sampled_from(["year", "half", "quarter", "month", "day"]))
    if form == "year":
        return str(year)
    if form == "half":
        return f"{year}-H{draw(st.integers(1, 2))}"
    if form == "quarter":
        return f"{year}-Q{draw(st.integers(1, 4))}"
    if form == "month":
        return f"{year}-{draw(st.integers(1, 12)):02d}"
    return draw(st.dates(date(year, 1, 1), date(year, 12, 31))).isoformat()


def again(p: Period) -> str:
    """The text that a period's days alone give."""
    y, m = p.start.year, p.start.month
    return {
        "year": f"{y}",
        "half": f"{y}-H{1 + m // 7}",
        "quarter": f"{y}-Q{(m + 2) // 3}",
        "month": f"{y}-{m:02d}",
        "day": p.start.isoformat(),
    }[p.freq]


@given(texts())
def test_reading_and_telling_again_is_the_identity(text: str) -> None:
    p = Period.parse(text)
    assert str(p) == p.text == text == again(p)
    assert is_period(text)


@given(texts())
def test_a_period_has_the_length_of_its_kind(text: str) -> None:
    p = Period.parse(text)
    assert p.start <= p.end
    assert p.months == {"year": 12, "half": 6, "quarter": 3, "month": 1, "day": 1}[p.freq]
    if p.freq != "day":
        assert p.start.day == 1
        assert (p.end + timedelta(days=1)).day == 1
    assert p.year == p.end.year


@given(YEARS, st.sampled_from([("H", 2), ("Q", 4)]))
def test_halves_and_quarters_make_a_year_without_a_gap(year: int, parts: tuple[str, int]) -> None:
    letter, count = parts
    pieces = [Period.parse(f"{year}-{letter}{i + 1}") for i in range(count)]
    assert pieces[0].start == date(year, 1, 1)
    assert pieces[-1].end == date(year, 12, 31)
    assert all(a.end + timedelta(days=1) == b.start for a, b in pairwise(pieces))


@given(texts(), texts())
def test_a_span_goes_from_the_start_of_the_first_to_the_end_of_the_last(a: str, b: str) -> None:
    first, last = Period.parse(a), Period.parse(b)
    if first.start <= last.start and first.end <= last.end:
        span = Period.parse(f"{a}/{b}")
        assert (span.start, span.end, span.freq) == (first.start, last.end, "span")
    else:
        with pytest.raises(PeriodError):
            Period.parse(f"{a}/{b}")


@given(texts(), texts())
def test_order_is_that_of_time(a: str, b: str) -> None:
    one, two = Period.parse(a), Period.parse(b)
    assert (one < two) == ((one.start, one.end) < (two.start, two.end))
    if one.start == two.start and one.end == two.end:
        assert one == two


NO_PERIOD = (
    "|30|1899|2200|20255|2025-13|2025-00|2025-00-01|2025-09-00|2025-02-30|2025-2|2025-09-5|2025-9-05"
    "|2025-Q5|2025-Q0|2025-H3|2025-Q1-01|2025-H1-1|2025/"
    "|/2025|2025/2024|2025/2026/2027| 2025|2025 |2025\n|20２５|last spring|unknown"
)


@pytest.mark.parametrize("text", NO_PERIOD.split("|"))
def test_what_is_no_period_says_how_to_write_one(text: str) -> None:
    assert not is_period(text)
    with pytest.raises(PeriodError) as caught:
        Period.parse(text)
    assert str(caught.value) == (
        f"{text!r} is no period: write 2030, 2025-H1, 2026-Q4, 2025-09, 2025-09-05 or a span such as 2023/2027"
    )


@given(st.text("0123456789-/HQ", max_size=12))
def test_any_text_is_a_period_or_a_period_error(text: str) -> None:
    assert is_period(text) in (True, False)


@given(st.integers(12 * 1900, 12 * 2199 + 11))
def test_months_count_from_the_year_nought(index: int) -> None:
    assert month_index(month_text(index)) == index
    p = Period.parse(month_text(index))
    assert p.first_month == p.last_month == index


def test_leap_days() -> None:
    assert Period.parse("2024-02").end == date(2024, 2, 29)
    assert Period.parse("2024-02-29").start == date(2024, 2, 29)
    assert not is_period("2023-02-29")
    assert Period.parse("2100-02").end == date(2100, 2, 28)
