"""Names, titles and dates that a ledger cannot hold: written out, cleaned or left away, so that the document itself goes in."""

from __future__ import annotations

import os
from datetime import date

import pytest

from salpi.evidence.documents import Given, Raw, Refused, read
from salpi.evidence.documents.clean import clean, plausible, written_out
from salpi.evidence.documents.sources import ORIGIN, Named, found, load

TEXT = b"Exports of the year reached 15 billion dollars.\n"


def test_bytes_of_a_name_that_are_not_utf_8_are_written_out(tmp_path):
    with open(os.path.join(os.fsencode(tmp_path), b"b\xff.txt"), "wb") as file:
        file.write(TEXT)
    (named,) = found([str(tmp_path)])
    assert named.name == f"{tmp_path}/b\\xff.txt"
    raw = load(named)
    assert (raw.name, raw.origin) == ("b\\xff.txt", f"{tmp_path}/b\\xff.txt")
    assert read(raw).text == TEXT.decode()
    assert written_out("half \ud800") == "half \\ud800"


@pytest.mark.parametrize("place", ["/" + "한" * ORIGIN, "https://example.org/" + "x" * ORIGIN])
def test_a_place_too_long_for_an_index_is_refused(place):
    with pytest.raises(Refused, match="of more than 2,000 bytes; give a shorter one"):
        load(Named(place, place))


def test_control_characters_of_titles_and_publishers_are_left_out():
    document = read(Raw("r.txt", TEXT), Given(title="A\0B\x1b[2J\ud800", publisher=" \0 "))
    assert (document.title, document.publisher) == ("A B [2J", None)
    assert clean("a\tb\r\n") == "a b"
    assert clean(None) is None


@pytest.mark.parametrize(
    ("day", "kept"), [("0001-01-01", False), ("1601-01-01", False), ("2026-11-05", True), ("9999-12-31", False)]
)
def test_a_date_of_no_document_is_none(day, kept):
    page = f'<html><head><meta property="article:published_time" content="{day}"></head><body><p>Exports rose.</p></body></html>'
    at = date.fromisoformat(day)
    assert read(Raw("p.html", page.encode())).published == (at if kept else None)
    assert plausible(at) == (at if kept else None)
