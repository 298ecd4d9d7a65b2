"""The PDF: whole, embedded fonts, no glyph missing, same bytes."""

from __future__ import annotations

import io
import sys

import pypdf
import pytest
from brief_fixture import build

from salpi.brief import BriefModel, PdfUnavailable, to_pdf
from salpi.brief.context import plain


def reader(body: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(body))


def test_every_font_is_embedded_and_every_glyph_drawn(model: BriefModel) -> None:
    pdf = reader(to_pdf(model))
    names = set()
    for page in pdf.pages:
        for font in page["/Resources"]["/Font"].values():
            body = font.get_object()
            names.add(str(body["/BaseFont"]))
            descriptor = body["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            assert any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")), body["/BaseFont"]
    assert names
    assert all("SalpiSans" in name for name in names), names  # no other font had to step in
    text = "".join(page.extract_text() for page in pdf.pages)
    assert "\ufffd" not in text
    assert "\x00" not in text
    squeezed = "".join(text.split())
    for group in model.groups:
        for row in group.rows:
            assert "".join(plain(row.name).split()) in squeezed


def test_same_inputs_same_bytes() -> None:
    assert to_pdf(build("ko")) == to_pdf(build("ko"))


def test_without_the_extra_one_line_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(PdfUnavailable, match=r"pip install 'salpi\[pdf\]'"):
        to_pdf(build("en"))
