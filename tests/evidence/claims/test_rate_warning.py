"""An amount in two currencies is warned of at the rate of its own year, in digits that can be read."""

from __future__ import annotations

from datetime import date

import pytest

from salpi.evidence.extract import _rate, extract_claims
from salpi.evidence.record import Document


@pytest.mark.parametrize(
    ("value", "text"), [(1390.3, "1,390"), (100.4, "100"), (56.7, "57"), (5.62, "5.6"), (0.1834, "0.18"), (1e-5, "0.000010")]
)
def test_a_rate_is_printed_as_people_print_it(value, text) -> None:
    assert _rate(value) == text


def _warnings(catalogue, text, published) -> list[str]:
    document = Document("0" * 64, "d.txt", text, published=published)
    return [warning for claim in extract_claims(document, catalogue=catalogue) for warning in claim.warnings]


def test_the_rate_is_that_of_the_amounts_year(catalogue) -> None:
    """2012: 1,126 won a dollar; 2025: 1,421."""
    text = "In 2012, Korea's pharmaceutical exports reached 1.126 trillion won ($1 billion)."
    assert not [w for w in _warnings(catalogue, text, date(2026, 3, 2)) if "imply" in w]
    wrong = text.replace("1.126 trillion", "1.421 trillion")
    (said,) = [w for w in _warnings(catalogue, wrong, date(2026, 3, 2)) if "imply" in w]
    assert said == "the two currencies imply 1,421 KRW per USD; the mean of 2012 is 1,126"
