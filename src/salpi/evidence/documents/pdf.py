"""PDF: text by page with the place of every line, so that a figure can be shown where it stands on its page."""

from __future__ import annotations

from datetime import date
from typing import Any

from salpi.evidence.documents.aligned import Grid, grids
from salpi.evidence.documents.days import first_date
from salpi.evidence.documents.page_rows import may_hold_rows, rows_of
from salpi.evidence.documents.page_text import written
from salpi.evidence.documents.parts import Parts
from salpi.evidence.documents.refused import Limits
from salpi.evidence.documents.words import Places, runs
from salpi.evidence.record import Place


class PdfFault(ValueError):
    """A file that pdfium cannot read, or that holds no text."""


def read_pdf(data: bytes, limits: Limits) -> Parts:
    """Raises PdfFault: broken, encrypted, too many pages, no text."""
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(data)
        pages = len(document)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise PdfFault("is encrypted: it opens only with a password; save a copy without one") from None
        raise PdfFault("is no readable PDF: the file is broken or cut off") from None
    try:
        if pages > limits.pages:
            raise PdfFault(f"has {pages:,} pages; at most {limits.pages:,} are read")
        pieces: list[str] = []
        places: list[Place] = []
        at = 0
        for number in range(pages):
            text, found = _page(document, number, at)
            pieces.append(text)
            places += found
            at += len(text)
            if at > limits.characters:
                raise PdfFault(f"holds more than {limits.characters:,} characters of text")
        title, created = _fact(document, "Title"), _fact(document, "CreationDate")
    except pdfium.PdfiumError:
        raise PdfFault("is no readable PDF: a page is broken") from None
    finally:
        document.close()
    whole = "".join(pieces)
    if not whole.strip():
        raise PdfFault("holds no text: a scan? put it through character recognition first")
    return Parts(whole, places=tuple(places), title=_clean(title), published=_created(created))


def _fact(document: Any, name: str) -> str | None:
    """What the file says of itself; None where that is damaged: the text is worth reading all the same."""
    try:
        return str(document.get_metadata_value(name)) or None
    except (ValueError, RuntimeError):  # halves of characters, an entry of another kind
        return None


def _page(document: Any, number: int, at: int) -> tuple[str, list[Place]]:
    """The text of a page, ending in a line end, and a place for each line and cell; ``at`` is where it starts in the whole."""
    import pypdfium2.raw as raw

    page = document[number]
    textpage = page.get_textpage()
    try:
        count = max(textpage.count_chars(), 0)
        chars: list[str] = []
        index: list[int] = []  # of pdfium's characters, one for each of ours
        for i in range(count):
            code = raw.FPDFText_GetUnicode(textpage, i)
            if code in (0, 0xD, 0xFFFE, 0x2, 0xFFFF):
                continue
            char = "\ufffd" if 0xD800 <= code <= 0xDFFF or code > 0x10FFFF else chr(code)
            chars.append(char)
            index.append(i)
        text = "".join(chars)
        asked = Places(raw, textpage)
        made = written(text, index, _tables(asked, text, index))
        places = [Place(at + start, at + end, number + 1, _box(asked, held)) for start, end, held in made.stretches]
        return made.text, places
    finally:
        textpage.close()
        page.close()


LONGEST = 100_000
"""Characters of a page that is looked at for tables: a page that one reads has some thousand."""


def _tables(places: Places, text: str, index: list[int]) -> list[Grid]:
    return grids(rows_of(runs(places, text, index))) if len(text) < LONGEST and may_hold_rows(text) else []


def _box(places: Places, index: list[int]) -> tuple[float, float, float, float] | None:
    """The rectangle around characters: the first, the middle and the last of a line span it."""
    at = {index[0], index[len(index) // 2], index[-1], *index[:: max(1, len(index) // 8)]}
    boxes = [box for box in map(places.box, at) if box is not None]
    if not boxes:
        return None
    lows = (min(box[k] for box in boxes) for k in (0, 1))
    highs = (max(box[k] for box in boxes) for k in (2, 3))
    a, b, c, d = (round(value, 1) for value in (*lows, *highs))
    return a, b, c, d


def _clean(text: str | None) -> str | None:
    return " ".join(text.split())[:300] or None if text else None


def _created(text: str | None) -> date | None:
    """``D:20251031…``: the day on which the file was made, the only date that a PDF states of itself."""
    digits = (text or "").removeprefix("D:")[:8]
    return first_date(f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}") if len(digits) == 8 and digits.isdigit() else None
