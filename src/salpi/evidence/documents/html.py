"""HTML: the raw page is the text; the article is found in it and given as regions, so that every span is one of the page.

The page is cut into blocks by a tokeniser that keeps offsets. Which blocks are the article is decided by trafilatura; since
that drops repeated paragraphs, its words only vote: a block counts if its words stand in what trafilatura kept. Where that
keeps too little, all blocks outside menus, headers and footers of the page count.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from salpi.evidence import inline_tags
from salpi.evidence.documents.encoding import decode
from salpi.evidence.documents.metas import page_facts
from salpi.evidence.documents.parts import Parts
from salpi.evidence.documents.views import View
from salpi.evidence.table_tags import CELLS, Cells

SKIPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "math",
        "iframe",
        "object",
        "select",
        "option",
        "button",
        "textarea",
        "canvas",
        "video",
        "audio",
        "nav",
    ]
)
"""Elements whose text nobody reads as prose."""
FURNITURE = frozenset(["header", "footer", "aside", "form", "menu"])
"""Elements that are no article when there is another."""
INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "img",
        "ins",
        "kbd",
        "label",
        "mark",
        "meter",
        "output",
        "q",
        "ruby",
        "rb",
        "rp",
        "rt",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    ]
)
CLOSED = FURNITURE | CELLS | {"nav"}
"""Elements whose end is told from their start."""
LEAST_SHARE = 0.3
"""trafilatura must keep so much of the words outside page furniture, else its choice is not used. *Assumption*: below a third of
a page's text, as seen on fact sheets of short lines, it lost the article."""
CELL = 80
"""A cell so long, or shorter, is kept with the others of its row: a figure alone is too short for an extractor to find."""
BRIDGE = 3
"""So many blocks between two that are kept are kept as well: table cells, short headings, figures on their own lines."""

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*)((?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*)>")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_WORDS = re.compile(r"\w+")
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,20})", re.IGNORECASE)


@dataclass(frozen=True)
class Block:
    """A run of text between block tags: the raw stretches of its text, its words, whether it is page furniture.

    ``row``: of a table, counted through the page; 0 outside of all.
    """

    parts: tuple[tuple[int, int], ...]
    words: str
    furniture: bool
    row: int = 0


def read_html(data: bytes, declared: str | None = None) -> Parts:
    """Raises EncodingFault, and ValueError for a page without text."""
    found = _CHARSET.search(data[:4096])
    text, encoding = decode(data, declared or (found[1].decode("ascii") if found else None))
    blocks = tuple(_blocks(text))
    regions = _merge(text, [block for block, kept in zip(blocks, _article(text, blocks), strict=True) if kept])
    if not regions:
        raise ValueError("holds no text that is read: the page may be written by a script; save it from a browser")
    facts = page_facts(text, regions)
    return Parts(
        text,
        encoding=encoding,
        regions=regions,
        title=facts.title,
        publisher=facts.publisher,
        published=facts.published,
    )


def view(text: str, regions: tuple[tuple[int, int], ...]) -> View:
    """The article as plain text with the way back to the page: a block tag is a line end, a stroke stands between cells, an inline
    tag is nothing, an entity its character.
    """
    out = _Writer()
    for start, end in regions:
        at = start
        cells = Cells()
        for kind, a, b, name in _tokens(text, start, end):
            _write(out, text, at, a)
            if kind == "tag" and name in INLINE:
                if inline_tags.parts(text, a, b):
                    out.put(" ", a, b)
            elif not (kind == "gap" and name == "!"):
                if name.lstrip("/") in CELLS:
                    out.put(cells.opened(text, a, b) if not name.startswith("/") else "", a, b)
                elif cells.holds(name, a):
                    out.put(" ", a, b)
                else:
                    out.put(cells.closed(), a, a)
                    out.put("\n", a, b)
            at = b
        _write(out, text, at, end)
        out.put("\n", end, end)
    return View("".join(out.texts), tuple(out.pieces))


def _write(out: _Writer, text: str, start: int, end: int) -> None:
    at = start
    for found in _ENTITY.finditer(text, start, end):
        out.put(text[at : found.start()], at, found.start())
        out.put(html.unescape(found[0]), found.start(), found.end())
        at = found.end()
    out.put(text[at:end], at, end)


class _Writer:
    """Pieces of plain text, each with where it stands in the page; runs of blank lines are one."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.pieces: list[tuple[int, int, int]] = []
        self.length = 0

    def put(self, text: str, start: int, end: int) -> None:
        if not text or (text == "\n" and self.texts and self.texts[-1] == "\n"):
            return
        self.texts.append(text)
        self.pieces.append((self.length, start, end))
        self.length += len(text)


def _tokens(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[str, int, int, str]]:
    """Tags, comments and skipped elements as (kind, start, end, name): kind is ``tag`` or ``gap``. Linear in the text."""
    end = len(text) if end is None else end
    at = start
    lower = ""
    while (a := text.find("<", at, end)) >= 0:
        if text.startswith("<!--", a):
            b = text.find("-->", a + 4, end)
            b = end if b < 0 else b + 3
            yield "gap", a, b, "!"
            at = b
            continue
        found = _TAG.match(text, a, end)
        if found is None:
            if text.startswith(("<!", "<?"), a):
                b = text.find(">", a, end)
                b = end if b < 0 else b + 1
                yield "gap", a, b, "!"
                at = b
            else:
                at = a + 1
            continue
        name = found[2].lower()
        b = found.end()
        if name in SKIPPED and not found[1] and not found[3].endswith("/") and name != "nav":
            lower = lower or text.lower()
            close = lower.find(f"</{name}", b, end) if len(lower) == len(text) else text.find(f"</{name}", b, end)
            stop = text.find(">", close, end) if close >= 0 else -1
            b = stop + 1 if stop >= 0 else (close if close >= 0 else end)
            yield "gap", a, b, name
        else:
            yield "tag", a, b, ("/" if found[1] else "") + name if name in CLOSED else name
        at = b


def _blocks(text: str) -> Iterator[Block]:
    parts: list[tuple[int, int]] = []
    furniture = nav = row = rows = 0
    at = 0
    tokens = [*_tokens(text), ("gap", len(text), len(text), "")]
    for kind, a, b, name in tokens:
        if a > at and not text[at:a].isspace():
            parts.append((at, a))
        if not (kind == "tag" and name in INLINE):
            if parts:
                words = _normal(" ".join(text[x:y] for x, y in parts))
                if (words or row) and not nav:  # a cell may hold a sign alone
                    yield Block(tuple(parts), words, furniture > 0, row)
                parts = []
            if name == "tr":
                row = rows = rows + 1
            elif name in ("/tr", "/table"):
                row = 0
            if name.lstrip("/") in FURNITURE:
                furniture = max(0, furniture + (-1 if name.startswith("/") else 1))
            if name.lstrip("/") == "nav":
                nav = max(0, nav + (-1 if name.startswith("/") else 1))
        at = b


def _normal(text: str) -> str:
    return " ".join(_WORDS.findall(html.unescape(text).casefold()))


def _article(text: str, blocks: tuple[Block, ...]) -> list[bool]:
    body = [not block.furniture for block in blocks]
    if not any(body):
        return [True] * len(blocks)
    kept = _voted(text, blocks)
    whole = sum(len(block.words) for block, inside in zip(blocks, body, strict=True) if inside)
    share = sum(len(block.words) for block, keep in zip(blocks, kept, strict=True) if keep)
    if share < LEAST_SHARE * whole:
        return body
    at = [index for index, keep in enumerate(kept) if keep]
    for one, two in pairwise(at):
        short = all(len(block.words) <= CELL for block in blocks[one + 1 : two])
        if two - one - 1 <= BRIDGE and short:
            kept[one + 1 : two] = [not block.furniture for block in blocks[one + 1 : two]]
    rows = {block.row for block, keep in zip(blocks, kept, strict=True) if keep and block.row}
    return [
        keep or (block.row in rows and len(block.words) <= CELL and not block.furniture)
        for block, keep in zip(blocks, kept, strict=True)
    ]


def _voted(text: str, blocks: tuple[Block, ...]) -> list[bool]:
    import trafilatura

    try:
        found = trafilatura.extract(text, favor_recall=True, include_comments=False, include_tables=True) or ""
    except Exception:  # a library's fault on odd markup is no fault of the page: all blocks count then
        found = ""
    lines = {line for line in (_normal(line) for line in found.splitlines()) if line}
    whole = "\n".join(lines)
    padded = f" {whole} ".replace("\n", " \n ")
    return [block.words in lines or (len(block.words) >= 4 and f" {block.words} " in padded) for block in blocks]


def _merge(text: str, blocks: list[Block]) -> tuple[tuple[int, int], ...]:
    """Stretches from a kept block's first to its last character, joined where only tags lie between."""
    out: list[tuple[int, int]] = []
    for block in blocks:
        start, end = block.parts[0][0], block.parts[-1][1]
        if out and _only_tags(text, out[-1][1], start):
            out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
    return tuple(out)


def _only_tags(text: str, start: int, end: int) -> bool:
    at = start
    for kind, a, b, name in _tokens(text, start, end):
        if text[at:a].strip() or (kind == "gap" and name != "!"):
            return False
        at = b
    return not text[at:end].strip()
