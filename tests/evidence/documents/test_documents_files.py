"""PDF and DOCX: text with its place; broken, encrypted and hostile files are refused with a reason."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import docx
import pypdf
import pytest

from salpi.evidence.documents import Raw, Refused, read
from salpi.evidence.documents.refused import Limits


def pdf(*pages: str, title: str = "A report", password: str | None = None) -> bytes:
    """A PDF with lines of Latin text, made of its bare objects."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    kids = []
    for body in pages:
        lines = "".join(f"1 0 0 1 72 {720 - 20 * at} Tm ({line}) Tj " for at, line in enumerate(body.split("\n")))
        stream = f"BT /F1 12 Tf {lines}ET"
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {len(objects) + 2} 0 R "
            "/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(pages)} >>"
    objects.append(f"<< /Title ({title}) /CreationDate (D:20251031090000) >>")
    out, offsets = "%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n" + "".join(f"{at:010d} 00000 n \n" for at in offsets)
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R >>\nstartxref\n{start}\n%%EOF\n"
    data = out.encode("latin-1")
    if password is None:
        return data
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    writer.encrypt(password, algorithm="RC4-128")
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def test_a_pdf_has_its_text_with_page_and_position():
    document = read(Raw("r.pdf", pdf("Exports up\nreached 15.1 billion dollars", "and 300 people")))
    at = document.text.index("15.1 billion")
    place = next(place for place in document.places if place.start <= at < place.end)
    assert place.page == 1
    assert place.box is not None
    left, bottom, right, top = place.box
    assert 60 < left < 80
    assert 690 < bottom < 705
    assert top > bottom
    assert right > 200
    assert document.text[place.start : place.end].strip() == "reached 15.1 billion dollars"
    assert [p.page for p in document.places] == [1, 1, 2]
    assert (document.title, document.published) == ("A report", date(2025, 10, 31))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (pdf("secret", password="x"), "is encrypted: it opens only with a password"),
        (pdf("x")[:200], "is no readable PDF: the file is broken or cut off"),
        (b"%PDF-1.7 and then nothing of the kind", "is no readable PDF"),
        (pdf(""), "holds no text: a scan"),
        (b"no pdf at all", "is no readable PDF"),
    ],
)
def test_a_pdf_that_cannot_be_read_is_refused(data, why):
    with pytest.raises(Refused, match=why):
        read(Raw("bad.pdf", data))


def test_a_pdf_of_too_many_pages_is_refused():
    with pytest.raises(Refused, match="has 3 pages; at most 2 are read"):
        read(Raw("long.pdf", pdf("a", "b", "c")), limits=Limits(pages=2))


def _docx(fill) -> bytes:
    made = docx.Document()
    fill(made)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_a_docx_has_paragraphs_and_tables_in_order():
    def fill(made):
        made.core_properties.title = "수출 동향"
        made.add_paragraph("수출은 55억 달러였다.")
        table = made.add_table(rows=2, cols=2)
        for cell, text in zip(
            (*table.rows[0].cells, *table.rows[1].cells), ("Item", "USD million", "Pharma", "1,234"), strict=True
        ):
            cell.text = text
        made.add_paragraph("끝")

    document = read(Raw("a.docx", _docx(fill)))
    assert document.text == "수출은 55억 달러였다.\nItem | USD million\nPharma | 1,234\n끝\n"
    assert document.title == "수출 동향"
    assert document.lang == "ko"


def test_a_merged_cell_of_a_docx_is_followed_by_empty_ones():
    def fill(made):
        table = made.add_table(rows=2, cols=3)
        table.rows[0].cells[1].merge(table.rows[0].cells[2]).text = "2025"
        for cell, text in zip(table.rows[1].cells, ("수출", "55", "12%"), strict=True):
            cell.text = text

    assert read(Raw("a.docx", _docx(fill))).text == " | 2025 | \n수출 | 55 | 12%\n"


def _bomb(size: int, parts: int = 1) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        for at in range(parts):
            archive.writestr(f"word/document{at or ''}.xml", b"0" * size)
    return out.getvalue()


def _lying() -> bytes:
    """A part whose header says that it is small."""
    data = bytearray(_bomb(30_000_000))
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.rindex(mark) if mark == b"PK\x01\x02" else data.index(b"word/document") - 30
        data[at + offset : at + offset + 4] = (1000).to_bytes(4, "little")
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (_bomb(30_000_000), "packs [0-9,]+ to 1: a zip bomb"),
        (_bomb(400, 6000), "has 6,001 parts: a zip bomb"),
        (_bomb(900_000, 200), "would unpack to more than 100 MB: a zip bomb"),
        (_lying(), "broken|zip bomb"),
        (b"PK\x03\x04 and then nothing", "is no readable DOCX"),
        (_docx(lambda made: None), "holds no text"),
        (_docx(lambda made: made.add_paragraph("x"))[:-300], "is no readable DOCX"),
        (b"plain words", "is no readable DOCX"),
    ],
)
def test_a_docx_that_cannot_be_read_is_refused(data, why):
    with pytest.raises(Refused, match=why):
        read(Raw("bad.docx", data))


def test_entities_of_a_docx_are_not_expanded():
    """The billion laughs: an entity that grows a thousandfold must not."""
    laughs = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, 10))
    xml = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">{laughs}]><x>&l9;</x>'
    good = io.BytesIO(_docx(lambda made: made.add_paragraph("text")))
    out = io.BytesIO()
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            target.writestr(name, xml if name == "word/document.xml" else source.read(name))
    with pytest.raises(Refused, match=r"is no readable DOCX|holds no text"):
        read(Raw("laughs.docx", out.getvalue()))
