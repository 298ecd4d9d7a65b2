"""DOCX: paragraphs and tables in their order; a cell is parted from the next by a stroke, a row by a line end."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from salpi.evidence.documents.parts import Parts
from salpi.evidence.documents.refused import MB, Limits
from salpi.evidence.table_tags import STROKE

PARTS = 5_000
"""Files in a DOCX: a report with many pictures has some hundred."""
FACTS = "docProps/core.xml"
"""The part of a DOCX that says who made it, when, under which title."""
NO_FACTS = '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'


class DocxFault(ValueError):
    """A file that is no readable DOCX, or one that would unpack to too much."""


def read_docx(data: bytes, limits: Limits) -> Parts:
    """Raises DocxFault: no DOCX, encrypted, a zip bomb, no text."""
    _guard(data, limits)
    try:
        document = _opened(data)
        lines = list(_lines(document))
    except Exception as error:  # python-docx raises its own, zipfile's and lxml's errors for broken files
        raise DocxFault(f"is no readable DOCX: the file is broken ({type(error).__name__})") from None
    text = "\n".join(lines) + "\n"
    if not text.strip():
        raise DocxFault("holds no text")
    title = _fact(document, "title")
    return Parts(text, title=(title or "").strip()[:300] or None, published=_day(_fact(document, "created")))


def _fact(document: Any, name: str) -> Any:
    """What the file says of itself; None where that is damaged: the text is worth reading all the same."""
    try:
        return getattr(document.core_properties, name)
    except Exception:  # no such part, one of another kind, dates beyond the calendar
        return None


def _opened(data: bytes) -> Any:
    """The document; where it cannot be opened, once more without what it says of itself, which may be what is broken."""
    import docx

    try:
        return docx.Document(io.BytesIO(data))
    except Exception:
        bare = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(bare, "w") as new:
            if FACTS not in old.namelist():
                raise
            for file in old.infolist():
                new.writestr(file.filename, NO_FACTS if file.filename == FACTS else old.read(file))
        return docx.Document(bare)


def _guard(data: bytes, limits: Limits) -> None:
    """Look at sizes before anything is unpacked; then unpack in pieces, since a header may lie about its size."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        files = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise DocxFault("is no readable DOCX: the file is broken or cut off") from None
    if any(file.flag_bits & 1 for file in files):
        raise DocxFault("is encrypted: it opens only with a password; save a copy without one")
    if len(files) > PARTS:
        raise DocxFault(f"has {len(files):,} parts: a zip bomb? at most {PARTS:,} are read")
    if sum(file.file_size for file in files) > limits.unpacked:
        raise DocxFault(f"would unpack to more than {limits.unpacked // MB} MB: a zip bomb?")
    for file in files:
        if file.file_size > MB and file.file_size > limits.ratio * max(file.compress_size, 1):
            raise DocxFault(f"has a part that packs {file.file_size // max(file.compress_size, 1):,} to 1: a zip bomb?")
    left = limits.unpacked
    for file in files:
        try:
            with archive.open(file) as part:
                while piece := part.read(MB):
                    left -= len(piece)
                    if left < 0:
                        raise DocxFault(f"would unpack to more than {limits.unpacked // MB} MB: a zip bomb?")
        except DocxFault:
            raise
        except Exception:
            raise DocxFault("is no readable DOCX: a part of the file is broken") from None


def _lines(document: Any) -> Iterator[str]:
    from docx.table import Table

    for item in document.iter_inner_content():
        if isinstance(item, Table):
            yield from _rows(item, 0)
        else:
            yield item.text


def _rows(table: Any, depth: int) -> Iterator[str]:
    for row in table.rows:
        cells: list[Any] = []
        shown: list[str] = []
        for cell in row.cells:  # a merged cell is given once for each column that it spans
            again = bool(cells) and cell._tc is cells[-1]._tc
            shown.append("" if again else " ".join(cell.text.split()))
            if not again:
                cells.append(cell)
        yield STROKE.join(shown)
        if depth < 3:
            for cell in cells:
                for inner in cell.tables:
                    yield from _rows(inner, depth + 1)


def _day(when: Any) -> date | None:
    """The day on which it was made; the year 2013 of python-docx's own template is nobody's date."""
    if not isinstance(when, datetime) or when.date() == date(2013, 12, 23):
        return None
    return when.date()
