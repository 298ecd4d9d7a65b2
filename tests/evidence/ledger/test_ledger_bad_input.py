"""All bad input at once: each refused with one line, where it comes to that by limits on time and memory; the rest goes in."""

from __future__ import annotations

import io
import time
import zipfile

import pypdf
from evidence_helpers import clock, marked

from salpi.evidence.documents import Limits
from salpi.evidence.ingest import ingest
from salpi.evidence.options import Options

GOOD = "A good release on exports\nPublished: 2026-11-05\n1.5e9 [exports.biohealth|South Korea|2026-10|USD|actual]\n"


def _zip_bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 300_000_000)
    return out.getvalue()


def _encrypted() -> bytes:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _slow(document):
    """An extractor that hangs on one document and takes all memory on another."""
    if "hangs" in document.text:
        time.sleep(60)
    if "greedy" in document.text:
        return [bytearray(4_000_000_000)]
    return marked(document)


def test_each_is_refused_with_one_line_and_the_rest_goes_in(korea, ledger, tmp_path):
    files = {
        "00-good.txt": GOOD.encode(),
        "01-broken.pdf": b"%PDF-1.7\n1 0 obj << /Type /Catalog",
        "02-encrypted.pdf": _encrypted(),
        "03-empty.txt": b"",
        "04-binary.txt": bytes(range(256)) * 1000,
        "05-bomb.docx": _zip_bomb(),
        "06-line.txt": b"word " * 2_000_000,
        "07-wrong.txt": "수출은 늘었다 ".encode("cp949") * 5 + "수출은 늘었다".encode(),
        "08-half.txt": b"half \xed\xa0\x80 of a character and \xec\x88\x98",
        "09-right-to-left.txt": "수출 15\u202e억".encode(),
        "10-digits.txt": b"7" * 10_000_000,
        "11-hangs.txt": b"this one hangs\n",
        "12-greedy.txt": b"this one is greedy\n",
        "13-good.md": GOOD.replace("2026-10", "2026-09").encode(),
    }
    folder = tmp_path / "all"
    folder.mkdir()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    with open(folder / "14-huge.html", "wb") as file:
        file.write(b"<html><body><p>text</p>")
        file.truncate(200_000_000)
    summary = ingest(ledger, korea, [str(folder)], clock, _slow, Options(quality="A", jobs=2, limits=Limits(seconds=4)))
    assert dict(summary.documents) == {"new": 2, "version": 0, "refused": 13}
    assert summary.claims["new"] == 2
    refused = {line.partition(": ")[0].rsplit("/", 1)[-1]: line for line in summary.refused}
    assert set(refused) == {name for name in (*files, "14-huge.html") if "good" not in name}
    for name, line in refused.items():
        assert "\n" not in line, name
        assert len(line) < 600, name
    assert "took longer than 4 seconds" in refused["11-hangs.txt"]
    assert "memory" in refused["12-greedy.txt"]
    assert "200 MB" in refused["14-huge.html"]
