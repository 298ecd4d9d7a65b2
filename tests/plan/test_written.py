"""Numbers as people write them: told what they would be in a plan."""

from __future__ import annotations

import pytest

from salpi.plan.written import plainly


@pytest.mark.parametrize(
    "text, what, mend",
    [
        ("1,520,000,000", "a number without separators", "write 1520000000"),
        ("1 520 000", "a number without separators", "write 1520000"),
        ("1.520.000,5", "a number without separators", "write 1520000.5"),
        ("12,345", "a number without separators", "write 12345, or 12.345 if the comma is a decimal one"),
        ("5,59", "a number with a decimal point", "write 5.59"),
        ("900 million", "a number in digits", "write 900000000"),
        ("-2bn", "a number in digits", "write -2000000000"),
        ("1.5 tn", "a number in digits", "write 1500000000000"),
        ("45%", "a number alone", "its unit stands in `unit`"),
    ],
)
def test_what_a_number_would_be(text: str, what: str, mend: str) -> None:
    assert plainly(text) == (what, mend)


@pytest.mark.parametrize("text", ["", "sixth", "n/a", "1,5,7", "."])
def test_what_is_no_number_is_left_alone(text: str) -> None:
    assert plainly(text) is None
