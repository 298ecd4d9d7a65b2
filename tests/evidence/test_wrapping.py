"""Lines that were wrapped in the middle of a sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salpi.evidence.reading import Reading
from salpi.evidence.wrapping import unwrapped

LONG = "The association that speaks for makers of medicines said on Monday that exports"


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("exports worth $1.62\nbillion", True),
        ("revenue was KRW\n4.5 trillion", True),
        ("costs of US$\n3.4 million", True),
        ("from 406\ndays to 240", True),
        ("14.6\npercent more", True),
        ("5,000\n억 원", True),
        (f"{LONG}\nrose again", True),
        (f"{LONG}\nRose House", False),
        (f"{LONG}.\nthen", False),
        ("A short line\nand another", False),
        ("Year  2024\nmillion  3", False),
        ("year;companies that make medicines;people that they employ\n2020;151;27,100", False),
        (f"| {LONG} |\n12", False),
        (f"{LONG}\n- a point", False),
    ],
)
def test_a_wrapped_line_reads_on(text, joined):
    assert unwrapped(text) == (text.replace("\n", " ", 1) if joined else text)


@given(st.text(alphabet="ab 12.$€원\n|\t-", max_size=200))
def test_offsets_stay(text):
    read = unwrapped(text)
    assert len(read) == len(text)
    assert all(a == b or (a == "\n" and b == " ") for a, b in zip(text, read, strict=True))


def test_white_space_of_a_page_is_no_line():
    page = "<p>South Korea exported drugs worth $1.62\nbillion in October.</p>"
    assert "$1.62 billion" in Reading.of(page).text
