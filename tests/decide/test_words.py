"""Words of a scorecard in both languages: figures carry their unit, a chance is never 0 and never 100."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salpi.decide.words import amount, chance, change, growth, number, ordinal, period, written


@pytest.mark.parametrize(("value", "digits"), [(100e12, 3), (606.5e9, 4), (1.324e6, 4), (12_345.0, 5), (1 / 3, 5), (0.0, 3)])
def test_a_stated_figure_keeps_the_digits_with_which_it_was_stated(value: float, digits: int) -> None:
    assert written(value) == digits


@pytest.mark.parametrize(
    "value, unit, en, ko",
    [
        (6.52e9, "USD", "$6.52bn", "65.2억 달러"),
        (22.9e12, "KRW", "22.9tn won", "22.9조 원"),
        (-4e9, "USD/yr", "−$4bn", "−40억 달러"),
        (999.6e6, "USD", "$1bn", "9.996억 달러"),
        (3, "rank", "3rd", "3위"),
        (406, "days", "406 days", "406일"),
        (1, "persons", "1 person", "1명"),
        (110000, "persons", "110,000 people", "11만명"),
        (12.5, "%", "12.5 %", "12.5%"),
        (0.125, "probability", "12.5 %", "12.5%"),
        (785000, "L", "785,000 L", "78.5만 L"),
        (3, "count", "3", "3개"),
        (1.25, "ratio", "1.25", "1.25"),
        (2e9, "CHF", "2bn CHF", "20억 CHF"),
    ],
)
def test_amounts(value: float, unit: str, en: str, ko: str) -> None:
    assert (amount(value, unit), amount(value, unit, "ko")) == (en, ko)


@given(st.floats(0, 1))
def test_a_chance_is_in_whole_percents_and_never_certain(probability: float) -> None:
    for lang in ("en", "ko"):
        said = chance(probability, lang)
        assert said not in ("0 %", "0%", "100 %", "100%")
        percent = int(said.strip("<> %"))
        assert abs(percent - 100 * probability) <= 1.0


@given(st.floats(-1e15, 1e15), st.integers(1, 6))
def test_a_number_keeps_its_digits_and_has_no_exponent(value: float, digits: int) -> None:
    if 0 < abs(value) < 1e-6:
        return
    said = number(value, digits)
    assert "e" not in said
    back = float(said.replace(",", "").replace("−", "-"))
    assert back == pytest.approx(value, rel=0.51 * 10.0 ** (1 - digits))


def test_numbers_that_are_none() -> None:
    assert number(float("nan")) == number(float("inf")) == "–"
    assert number(0.0) == "0"


@pytest.mark.parametrize(
    "n, said", [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (13, "13th"), (21, "21st")]
)
def test_ordinals(n: int, said: str) -> None:
    assert ordinal(n) == said
    assert ordinal(100 + n).startswith("1")
    assert ordinal(111) == "111th"


def test_rates() -> None:
    assert (growth(12.24), growth(12.24, "ko")) == ("12.2 %/yr", "연 12.2%")
    assert growth(-0.04) == "0.0 %/yr"
    assert growth(-3.0) == "−3.0 %/yr"
    assert change(-1, "rank/yr") == "−1 place/yr"
    assert change(-2, "rank/yr", "ko") == "연 −2계단"
    assert change(1.5, "%/yr") == "1.5 %/yr"
    assert change(5e8, "USD/yr") == "+$500m/yr"
    assert change(1.5, "points/yr") == "+1.5 pt/yr"


@pytest.mark.parametrize(
    "text, en, ko",
    [
        ("2026", "2026", "2026년"),
        ("2026-H2", "H2 2026", "2026년 하반기"),
        ("2026-Q4", "Q4 2026", "2026년 4분기"),
        ("2026-03", "Mar 2026", "2026년 3월"),
        ("2026-03-09", "9 Mar 2026", "2026년 3월 9일"),
        ("2024/2027", "2024–2027", "2024년–2027년"),
        ("soon", "soon", "soon"),
        (None, "no date", "날짜 없음"),
    ],
)
def test_periods(text: str | None, en: str, ko: str) -> None:
    assert (period(text), period(text, "ko")) == (en, ko)
