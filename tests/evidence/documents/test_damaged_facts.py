"""Damaged metadata is ignored, and the text is read; folders and encodings that cannot be are told."""

from __future__ import annotations

import io
import os
import zipfile
from datetime import date

import docx
import pytest

from salpi.evidence.documents import Raw, read
from salpi.evidence.documents.encoding import EncodingFault, decode, is_text_encoding
from salpi.evidence.documents.refused import Refused
from salpi.evidence.documents.sources import found

CORE, TYPES = "docProps/core.xml", "[Content_Types].xml"


def _docx(change) -> bytes:
    """A DOCX after ``change`` of its parts."""
    made, out = io.BytesIO(), io.BytesIO()
    document = docx.Document()
    document.add_paragraph("Biohealth exports reached 15.1 billion dollars, more than ever")
    document.save(made)
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(out, "w") as new:
        for name, part in change({name: old.read(name).decode("latin-1") for name in old.namelist()}).items():
            new.writestr(name, part.encode("latin-1"))
    return out.getvalue()


def _created(text):
    def change(parts):
        start = parts[CORE].index("<dcterms:created")
        first = parts[CORE].index(">", start) + 1
        return parts | {CORE: parts[CORE][:first] + text + parts[CORE][parts[CORE].index("<", first) :]}

    return change


@pytest.mark.parametrize(
    ("change", "published"),
    [
        (_created("0001-01-01T00:00:00Z"), None),
        (_created("9999-12-31T23:59:59Z"), None),
        (_created("9999-12-31T23:59:59-12:00"), None),
        (_created("1601-01-01T00:00:00Z"), None),
        (_created(""), None),
        (_created("garbage"), None),
        (_created("2026-10-31T00:00:00Z"), date(2026, 10, 31)),
        (lambda parts: parts | {CORE: "<broken"}, None),
        (lambda parts: parts | {CORE: "<a/>"}, None),
        (lambda parts: parts | {TYPES: parts[TYPES].replace("package.core-properties+xml", "x")}, None),
    ],
)
def test_a_docx_is_read_whatever_it_says_of_itself(change, published):
    document = read(Raw("r.docx", _docx(change)))
    assert "15.1 billion" in document.text
    assert document.published == published


def test_a_pdf_is_read_whatever_its_title_is():
    from test_documents_files import pdf

    for title in ("<FEFFD8000041>", "<FEFF00>", "<FEFF004100000042>"):
        data = pdf("Exports reached 15.1 billion dollars").replace(b"(A report)", title.encode())
        document = read(Raw("r.pdf", data))
        assert "15.1 billion" in document.text
        assert document.title
        assert "\0" not in document.title


@pytest.mark.parametrize("name", ["hex", "rot13", "zlib", "unicode_escape", "punycode", "undefined", "nonsense", "a\0b"])
def test_only_encodings_of_text_count(name):
    assert not is_text_encoding(name)
    with pytest.raises(EncodingFault, match="which is none that is known; give another"):
        decode(b"\x81\xff", name)


def test_encodings_of_text_count():
    assert all(map(is_text_encoding, ("utf-8", "cp949", "euc-kr", "ks_c_5601-1987", " Shift_JIS ", "latin-1")))


def test_a_folder_that_cannot_be_read_is_told(tmp_path, monkeypatch):
    (tmp_path / "good.txt").write_text("Exports rose.")
    (tmp_path / "locked").mkdir()
    truly = os.scandir

    def scan(place):
        if str(place).endswith("locked"):
            raise PermissionError(13, "Permission denied", str(place))
        return truly(place)

    monkeypatch.setattr(os, "scandir", scan)
    good, locked = found([str(tmp_path)])
    assert good.name.endswith("good.txt")
    assert isinstance(locked, Refused)
    assert str(locked) == f"{tmp_path}/locked: the folder cannot be read: permission denied"
    (alone,) = found([str(tmp_path / "locked")])
    assert str(alone) == str(locked)
