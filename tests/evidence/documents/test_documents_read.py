"""Which documents are taken, what they say of themselves, and which are refused, each with one line."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salpi.evidence.documents import Given, Limits, Raw, Refused, read, readable
from salpi.evidence.documents.dates import published
from salpi.evidence.documents.days import first_date
from salpi.evidence.printable import printable

GOOD = "A report on exports\nExports reached 15 billion dollars.\n"


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("e.txt", b"", "is empty"),
        ("e.txt", b" \n\t ", "is empty"),
        ("b.txt", bytes(range(256)) * 40, "is binary"),
        ("p.txt", b"\x89PNG\r\n\x1a\n0000", "is a picture, no document"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is an old Office or HWP file; save it as DOCX or PDF"),
        ("a.zip", b"PK\x03\x04\x14\x00some.txt", r"is packed \(zip\); unpack it first"),
        ("a.gz", b"\x1f\x8b\x08\x00", r"is packed \(gzip\)"),
        ("n.txt", b"ten million digits: " + b"7" * 10_000_000, "has a line of|has a number of more than 1,000 digits"),
        ("n.txt", b"digits " + b"7" * 1_001 + b" end", "has a number of more than 1,000 digits"),
        ("n.txt", ("digits " + "٧" * 1_001).encode(), "has a number of more than 1,000 digits"),
        ("l.txt", b"word " * 1_500_000, "has a line of"),
        ("l.txt", "말 ".encode() * 1_200_000, "has a line of"),
        ("r.txt", "수출 15\u202e억 달러".encode(), r"holds a right-to-left mark \(U\+202E, line 1\)"),
        ("r.txt", "a\nb \u200f15".encode(), r"right-to-left mark \(U\+200F, line 2\)"),
        (
            "r.html",
            b"<html><body><p>Exports of 15 &rlm; billion dollars in the year</p></body></html>",
            "right-to-left mark",
        ),
        ("m.txt", "수출은 늘었다 ".encode() * 9 + "수출은 늘었다 ".encode("cp949") * 9, "wrong or mixed encodings"),
        ("s.txt", "\ud800 half".encode("utf-8", "surrogatepass") + "수출".encode(), "wrong or mixed encodings"),
        ("h.html", b"<html>" + b"<p>text of a page</p>\n" * 2_000_000, "is too large: 44 MB, at most 32 MB"),
    ],
)
def test_bad_input_is_refused_with_one_line(name, data, why):
    with pytest.raises(Refused, match=why) as caught:
        read(Raw(name, data))
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith(f"{name}: ")


def test_a_name_that_would_write_on_the_terminal_is_escaped():
    refused = Refused("a\x1b[2Jb\n\u202e.txt", "is empty")
    assert str(refused) == "a\\x1b[2Jb\\n\\u202e.txt: is empty"
    assert len(printable("x" * 9999)) == 500
    assert printable("수출\u3000늘었다\xa0 \x9b2K\u200f") == "수출 늘었다  \\x9b2K\\u200f"


def test_what_is_given_is_not_looked_for():
    document = read(Raw("a.txt", GOOD.encode()), Given("Mine", "Ministry", date(2026, 11, 5)))
    assert (document.title, document.publisher, document.published) == ("Mine", "Ministry", date(2026, 11, 5))


def test_the_same_bytes_are_the_same_document():
    assert read(Raw("a.txt", GOOD.encode())).sha256 == read(Raw("b.md", GOOD.encode())).sha256


def test_line_ends_are_kept_so_that_offsets_are_the_files_own():
    document = read(Raw("a.txt", b"one\r\ntwo 15\r\n"))
    assert document.text == "one\r\ntwo 15\r\n"
    assert readable(document).text == document.text


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Published: 2025-10-31\nwords", date(2025, 10, 31)),
        ("제목\n입력 2025.10.31 09:00 수정 2025.11.02\n본문", date(2025, 10, 31)),
        ("배포일시: 2025. 1. 1.(수) 09:00\n본문", date(2025, 1, 1)),
        ("보도자료\n2024년 3월 5일\n본문", date(2024, 3, 5)),
        ("Headline\nOctober 31, 2024\nSome words of the text.", date(2024, 10, 31)),
        ("Headline\n5 September 2025 | By A Writer\nSome words.", date(2025, 9, 5)),
        (
            "SEOUL, Oct. 31, 2024 (Agency) -- Exports rose, the ministry said in a long statement to reporters.",
            date(2024, 10, 31),
        ),
        ("MARKET WRAP / KR / 24-07-2023 / not advice, only a long line of words that goes on", date(2023, 7, 24)),
        ("Words.\n" * 30 + "\nPosted on 2 May 2026\n", date(2026, 5, 2)),
        ("The law of May 3, 2021 allows a long sentence like this one to hold a date of its own.", None),
        ("This file photo shows a chairman at a forum in Busan on March 3, 2022, among many others.", None),
        ("04-07-2023", None),
        ("2025-13-45", None),
        ("no date at all", None),
    ],
)
def test_the_date_that_a_text_carries(text, day):
    assert published(text) == day


def test_dates_in_a_sentence_are_dates_all_the_same():
    assert first_date("signed on 3rd March 2024 in Seoul") == date(2024, 3, 3)


def test_the_heading_is_the_title():
    assert read(Raw("a.md", b"# Exports of 2025\n\nwords\n")).title == "Exports of 2025"
    assert (
        read(Raw("a.txt", b"Menu\nExports rise for the third month\nwords words words words\n")).title
        == "Exports rise for the third month"
    )


@given(st.binary(max_size=3000), st.sampled_from(["f.txt", "f.md", "f.html", "f.pdf", "f.docx", "f"]))
def test_any_bytes_under_any_name_are_read_or_refused(data, name):
    try:
        document = read(Raw(name, data), limits=Limits(seconds=5))
    except Refused as refused:
        said = str(refused)
    else:
        said = ""
        document.text.encode("utf-8")
        assert document.text.strip()
    assert "\n" not in said


@given(st.text(max_size=500))
def test_any_text_is_read_as_it_is_or_refused(text):
    try:
        document = read(Raw("f.txt", text.encode("utf-8", "surrogatepass")))
    except Refused:
        return
    if document.encoding == "utf-8":
        assert document.text in (text, text.removeprefix("\ufeff"))


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.json", b'{"exports": 15}', "is JSON, no document: give text, Markdown, HTML, PDF or DOCX"),
        ("a.csv", b"year,exports\n2024,15\n", "is a table of data, no document"),
        ("pic.png", b"no picture, but called one 15", "is a picture, no document"),
        ("a.bin", b"plain words 15", "is binary, no document"),
        ("a.xlsx", b"PK\x03\x04 sheet", "is a spreadsheet, no document"),
        ("https://x.example/a.csv?y=1", b"2024,15", "is a table of data, no document"),
    ],
)
def test_what_is_no_document_by_its_name_is_refused(name, data, why):
    with pytest.raises(Refused, match=why):
        read(Raw(name, data))


def test_the_bytes_tell_before_the_name():
    assert read(Raw("notes.of.2024", GOOD.encode())).text == GOOD
    assert read(Raw("x.csv", b"<html><body><p>Exports reached 15 billion dollars.</p></body></html>", media="text/html"))
