"""Bytes become the text that was written, or are refused; never another text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salpi.evidence.documents.encoding import EncodingFault, decode

KOREAN = "지난해 바이오의약품 수출은 55억 달러로 전년보다 8.2% 늘었다. 정부는 2030년까지 두 배로 늘린다는 목표다.\n"
ENGLISH = "The ministry’s plan – worth €1.5bn – was “well received”.\n"


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp949", "euc-kr"])
def test_korean_in_every_encoding_that_is_read(codec):
    text = ("A short heading in English\n" if codec in ("utf-16-le", "utf-16-be") else "") + KOREAN * 3
    found, name = decode(text.encode(codec))
    assert found == text
    assert name.startswith({"euc-kr": "cp949", "utf-8-sig": "utf-8"}.get(codec, codec))


def test_a_declared_encoding_helps_but_does_not_overrule_utf8():
    assert decode(KOREAN.encode(), "euc-kr") == (KOREAN, "utf-8")
    assert decode(KOREAN.encode("cp949"), "ks_c_5601-1987") == (KOREAN, "cp949")
    assert decode(KOREAN.encode("cp949"), "iso-8859-1")[0] == KOREAN


def test_typographic_english_of_old_programs():
    assert decode((ENGLISH * 3).encode("cp1252")) == (ENGLISH * 3, "cp1252")


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (KOREAN.encode() + KOREAN.encode("cp949"), "wrong or mixed encodings"),
        (KOREAN.encode("cp949") + KOREAN.encode(), "wrong or mixed encodings"),
        (
            KOREAN.encode("shift_jis", "ignore") + "バイオ医薬品の輸出は増加した。".encode("shift_jis") * 5,
            "wrong or mixed encodings",
        ),
        (b"\xff\xfe" + b"\x00\xd8" + "half".encode("utf-16-le"), "is not valid UTF-16-LE"),
        (b"half \xed\xa0\x80 of a character " + KOREAN.encode(), "wrong or mixed encodings"),
        (bytes(range(256)) * 20, "is binary, no text"),
        (b"MZ\x00\x00\x01\x02binary" * 50, "is binary, no text"),
        (KOREAN.encode("utf-16-le")[:-1], "is not valid|is binary"),
    ],
)
def test_what_is_no_text_is_refused(data, why):
    with pytest.raises(EncodingFault, match=why):
        decode(data)


@given(st.text())
def test_utf8_is_always_read_as_it_was_written(text):
    data = text.encode("utf-8")
    try:
        found, name = decode(data)
    except EncodingFault:
        assert "\0" in text
        return
    if name == "utf-8":
        assert found in (text, text.removeprefix("\ufeff"))


@given(st.binary(max_size=2000))
def test_any_bytes_are_text_or_refused(data):
    try:
        text, _ = decode(data)
    except EncodingFault:
        return
    text.encode("utf-8")  # no halves of characters come out
