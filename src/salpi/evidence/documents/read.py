"""From bytes to a Document: the kind of file is seen from its bytes, read, checked against the limits, and its facts found."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePath
from typing import cast

from salpi.evidence.documents import facts
from salpi.evidence.documents.clean import clean, plausible
from salpi.evidence.documents.dates import published
from salpi.evidence.documents.html import read_html, view
from salpi.evidence.documents.parts import Parts
from salpi.evidence.documents.publisher import named, publisher
from salpi.evidence.documents.refused import MB, Limits, Refused
from salpi.evidence.documents.text import read_text
from salpi.evidence.documents.titles import says_nothing, title, without_site
from salpi.evidence.documents.views import View
from salpi.evidence.record import Document, Lang

TEXT, MARKDOWN, HTML = "text/plain", "text/markdown", "text/html"
PDF, DOCX = "application/pdf", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ENDINGS = {
    ".txt": TEXT,
    ".text": TEXT,
    ".md": MARKDOWN,
    ".markdown": MARKDOWN,
    ".html": HTML,
    ".htm": HTML,
    ".xhtml": HTML,
    ".pdf": PDF,
    ".docx": DOCX,
}

_MAGIC = (
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"\xd0\xcf\x11\xe0", "an old Office or HWP file; save it as DOCX or PDF"),
    (b"\x1f\x8b", "packed (gzip); unpack it first"),
    (b"7z\xbc\xaf", "packed (7z); unpack it first"),
    (b"Rar!", "packed (rar); unpack it first"),
    (b"SQLite format 3", "a database"),
    (b"HWP Document File", "an HWP file; save it as DOCX or PDF"),
)
_DATA = {
    **dict.fromkeys((".json", ".jsonl", ".ndjson", ".geojson"), "JSON"),
    **dict.fromkeys((".csv", ".tsv"), "a table of data"),
    **dict.fromkeys((".xls", ".xlsx", ".ods"), "a spreadsheet"),
    **dict.fromkeys((".yaml", ".yml", ".toml", ".xml"), "data"),
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".tif", ".tiff", ".svg", ".heic", ".ico"), "a picture"),
    **dict.fromkeys((".mp3", ".mp4", ".wav", ".avi", ".mov", ".webm"), "sound or film"),
    **dict.fromkeys((".bin", ".exe", ".dll", ".so", ".sqlite", ".db"), "binary"),
}
"""What names end in that are no documents: as text they would be read for claims that nobody made."""
_DATA_MEDIA = {"text/csv": ".csv", "text/tab-separated-values": ".tsv"}
_READ = "give text, Markdown, HTML, PDF or DOCX"

_REVERSED = re.compile("[\u061c\u200f\u202b\u202e\u2067]")
_HALF = re.compile("[\ud800-\udfff]")
_LINE = re.compile(r"[\r\n]+")
_ODD = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd]")
"""Control characters but for blanks and escape, and what stands for a character that was lost."""


@dataclass(frozen=True)
class Given:
    """What the user says of a document; what is given is not looked for."""

    title: str | None = None
    publisher: str | None = None
    published: date | None = None
    encoding: str | None = None
    media: str | None = None


@dataclass(frozen=True)
class Raw:
    """Bytes with their name and where they are from; ``encoding`` and ``media`` as a server declared them; ``host`` is the one
    that gave them, after all redirects.
    """

    name: str
    data: bytes
    origin: str | None = None
    encoding: str | None = None
    media: str | None = None
    host: str | None = None


def read(raw: Raw, given: Given | None = None, limits: Limits | None = None) -> Document:
    """Read one document. Raises Refused with the reason."""
    given, limits = given or Given(), limits or Limits()
    if not raw.data.strip():
        raise Refused(raw.name, "is empty: nothing can be read from it")
    if len(raw.data) > limits.bytes:
        raise Refused(raw.name, too_large(len(raw.data), limits))
    media = given.media or kind(raw)
    try:
        parts = _parts(raw, media, given.encoding or raw.encoding, limits)
    except ValueError as error:
        raise Refused(raw.name, str(error)) from None
    _check(raw.name, parts, limits)
    document = Document(
        sha256=hashlib.sha256(raw.data).hexdigest(),
        name=raw.name,
        text=parts.text,
        media=media,
        encoding=parts.encoding,
        origin=raw.origin,
        host=raw.host,
        places=parts.places,
        regions=parts.regions,
    )
    plain = readable(document).text
    if media == HTML and (reversed_ := _REVERSED.search(plain)):
        raise Refused(raw.name, _why_reversed(plain, reversed_.start()))
    own = plausible(parts.published)
    called, by = _said(plain, parts)
    return replace(
        document,
        lang=cast(Lang, facts.language(plain)),
        title=clean(given.title) or clean(called),
        publisher=clean(given.publisher) or clean(by),
        published=given.published or (own if media == HTML else None) or published(plain) or own,
    )


def _said(plain: str, parts: Parts) -> tuple[str | None, str | None]:
    """Title and publisher as a document says them: its fields, the file's own facts as far as they say something, the text."""
    fields = facts.fields(plain)
    by = named(parts.publisher) or fields.get("publisher")
    name, site = without_site(parts.title, by) if parts.title else (None, None)
    by = by or site or publisher(plain)
    if name and says_nothing(name, by):
        name = None
    return fields.get("title") or name or title(plain), by


def readable(document: Document) -> View:
    """The document as an extractor should read it: of HTML the article without its markup, else the text itself."""
    return view(document.text, document.regions) if document.media == HTML else View(document.text)


def too_large(size: int, limits: Limits) -> str:
    return f"is too large: {size / MB:,.0f} MB, at most {limits.bytes / MB:,.0f} MB are read; split it, or raise the limit"


def kind(raw: Raw) -> str:
    """The media type: by the bytes where they tell, else as the server said, else by the name's ending."""
    head = raw.data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    ending = PurePath(raw.name.partition("?")[0]).suffix.lower()
    if b"%PDF-" in raw.data[:1024]:
        return PDF
    data = _DATA.get(_DATA_MEDIA.get(raw.media or "", ending)) if raw.media != HTML else None
    if raw.data.startswith(b"PK\x03\x04") and data is None:
        if ending == ".docx" or b"word/" in raw.data[:4096] or b"word/document.xml" in raw.data[-65536:]:
            return DOCX
        raise Refused(raw.name, "is packed (zip); unpack it first")
    for magic, what in _MAGIC:
        if raw.data.startswith(magic):
            raise Refused(raw.name, f"is {what}" if ";" in what else f"is {what}, no document")
    if data is not None:
        raise Refused(raw.name, f"is {data}, no document: {_READ}")
    if ENDINGS.get(ending) == PDF:
        raise Refused(raw.name, "is no readable PDF: the file is broken or cut off")
    if ENDINGS.get(ending) == DOCX:
        raise Refused(raw.name, "is no readable DOCX: the file is broken or cut off")
    if re.match(rb"<(?:!doctype\s+html|html\b|head\b|body\b|\?xml[^>]*>\s*<(?:!doctype\s+)?html)", head, re.IGNORECASE):
        return HTML
    if raw.media in (HTML, "application/xhtml+xml"):
        return HTML
    if raw.media and not raw.media.startswith("text/") and raw.media not in ("application/octet-stream", *ENDINGS.values()):
        raise Refused(raw.name, f"is {raw.media}, which is not read: {_READ}")
    return ENDINGS.get(ending, TEXT)


def _parts(raw: Raw, media: str, encoding: str | None, limits: Limits) -> Parts:
    if media == PDF:
        from salpi.evidence.documents.pdf import read_pdf

        return read_pdf(raw.data, limits)
    if media == DOCX:
        from salpi.evidence.documents.docx import read_docx

        return read_docx(raw.data, limits)
    if media == HTML:
        return read_html(_bounded(raw.data, limits), encoding)
    if media in (TEXT, MARKDOWN):
        return read_text(_bounded(raw.data, limits), encoding)
    raise ValueError(f"is {media}, which is not read: {_READ}")


def _bounded(data: bytes, limits: Limits) -> bytes:
    """Refuse an endless line and endless digits before a slower look at them. Raises ValueError."""
    if len(data) > limits.line and b"\0" not in data[:4096]:
        longest = max((len(line) for line in re.split(rb"[\r\n]", data)), default=0)
        if longest > 4 * limits.line:
            raise ValueError(
                f"has a line of {longest:,} bytes: an endless line is no text; at most {limits.line:,} characters are read"
            )
    if re.search(rb"[0-9]{%d}" % (limits.digits + 1), data):
        raise ValueError(f"has a number of more than {limits.digits:,} digits: that measures nothing")
    return data


def _check(name: str, parts: Parts, limits: Limits) -> None:
    text = parts.text
    if len(text) > limits.characters:
        raise Refused(name, f"holds {len(text):,} characters; at most {limits.characters:,} are read; split it")
    if len(text) > limits.line and max(map(len, _LINE.split(text))) > limits.line:
        raise Refused(name, f"has a line of more than {limits.line:,} characters: an endless line is no text")
    zero = text.find("\0")
    if zero >= 0:
        raise Refused(name, f"is binary, no text: it holds a zero byte (character {zero + 1})")
    if (half := _HALF.search(text)) is not None:
        raise Refused(
            name, f"holds half of a character (U+{ord(half[0]):04X}, character {half.start() + 1}): the text is damaged"
        )
    if (found := _REVERSED.search(text)) is not None:
        raise Refused(name, _why_reversed(text, found.start()))
    odd = len(_ODD.findall(text, 0, 100_000))
    if odd > 0.02 * min(len(text), 100_000):
        raise Refused(name, "is binary or damaged, no text: one character in fifty or more is none that is written")
    if re.search(rf"\d{{{limits.digits + 1}}}", text):
        raise Refused(name, f"has a number of more than {limits.digits:,} digits: that measures nothing")
    if not text.strip():
        raise Refused(name, "is empty: nothing can be read from it")


def _why_reversed(text: str, at: int) -> str:
    line = text.count("\n", 0, at) + 1
    mark = f"holds a right-to-left mark (U+{ord(text[at]):04X}, line {line})"
    return f"{mark}: digits may show in another order than they are stored; remove it"
