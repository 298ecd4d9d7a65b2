"""Amounts and explanations of conflicts in two languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salpi.plan.wording import amount


@pytest.mark.parametrize(
    "value, unit, en, ko",
    [
        (5.51e9, "USD", "5.51 billion USD", "55.1억 달러"),
        (22.9e12, "KRW", "22.9 trillion KRW", "22.9조 원"),
        (406, "days", "406 days", "406일"),
        (7, "%", "7%", "7%"),
        (3, "rank", "rank 3", "3위"),
        (785000, "L", "785,000 L", "78.5만 리터"),
        (1234, "persons", "1,234 persons", "1,234명"),
        (-2e9, "USD", "-2 billion USD", "-20억 달러"),
        (0, "USD", "0 USD", "0달러"),
        (0.00001234, "KRW/L", "0.00001234 KRW/L", "0.00001234 KRW/L"),
    ],
)
def test_amounts(value: float, unit: str, en: str, ko: str) -> None:
    assert amount(value, unit, "en") == en
    assert amount(value, unit, "ko") == ko


SIZES = st.floats(1e-6, 1e16) | st.floats(-1e16, -1e-6)


@given(SIZES, st.sampled_from(["USD", "KRW", "days", "%", "L", "ratio"]), st.sampled_from(["en", "ko"]))
def test_no_amount_has_an_exponent_and_amounts_a_percent_apart_read_apart(value: float, unit: str, lang: str) -> None:
    said = amount(value, unit, lang)
    assert "e+" not in said
    assert "e-" not in said
    assert said != amount(value * 1.01, unit, lang)
