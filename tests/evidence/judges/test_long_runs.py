"""A run of capitalised words may be as long as a text: it costs its length, and no depth of calls."""

from __future__ import annotations

import pytest

from salpi.evidence.claims.entities import without_legal
from salpi.evidence.claims.organisations import organisations
from salpi.evidence.judges.names import runs
from salpi.evidence.tokens import tokens


@pytest.mark.parametrize("piece", ["Halvar's ", "Halvar of ", "Halvar ", "Inc ", "The ", "Halvar's US's Japan's "])
def test_a_run_of_names_as_long_as_a_text_is_taken_apart(piece):
    found = runs(piece * 20_000, [])
    assert all(start < end for start, end, _ in found)


@pytest.mark.parametrize("piece", ["phaseU.S.", "U.S.", "A.b&", "AcmeU.K.Bio", "A'B"])
def test_a_word_as_long_as_a_text_names_nobody(piece):
    assert organisations(piece * 20_000, tokens(piece * 20_000).pieces) == []


def test_owners_and_what_they_own_are_apart():
    text = "Halvar's Nordvik's Pelmar"
    assert [text[start:end] for start, end, _ in runs(text, [])] == ["Halvar", "Nordvik", "Pelmar"]


@pytest.mark.parametrize(
    "name, bare",
    [
        ("Halvar Inc", "Halvar"),
        ("Halvar Co., Ltd.", "Halvar"),
        (" Halvar Holdings Group ", "Halvar"),
        (", Inc", ", Inc"),
        ("Halvar" + " Inc" * 20_000, "Halvar"),
        ("", ""),
    ],
)
def test_a_name_without_its_legal_suffixes(name, bare):
    assert without_legal(name) == bare
