"""Tables in text: each cell with the words of its row, its column and the caption; unit and scale come from these."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from salpi.evidence.claims.chart_lines import chart_lines
from salpi.evidence.claims.table_cells import Cell, cell_of
from salpi.evidence.claims.table_grid import grid_of
from salpi.evidence.claims.table_lines import like_their_neighbours
from salpi.evidence.claims.table_numbers import cells_of
from salpi.evidence.claims.table_rows import Piece, is_number, is_rule, mark_of, row_of, split
from salpi.evidence.quantities.headers import declared, unit_word
from salpi.evidence.sentences import lines


@dataclass(slots=True)
class Table:
    """A block of rows: where it stands and its numbers."""

    start: int
    end: int
    cells: list[Cell]
    caption: str
    others: list[tuple[int, int]] = field(default_factory=list)
    """Where its figures stand that count nothing: places in a list, years, lengths of time in heads."""


_BARS = {ord(sign): "|" for sign in "｜│┃║¦├┤┼╠╣╬"} | {ord(sign): "-" for sign in "─━═┌┐└┘┬┴╔╗╚╝╦╩"}
"""Signs with which tables are drawn; each takes the place of one."""
_DRAWN = re.compile(f"[{''.join(map(chr, _BARS))}]")


def tables(text: str) -> list[Table]:
    """All tables of ``text``: rows with pipes, or columns set apart by tabs or wide gaps."""
    if not text.isascii():
        if _DRAWN.search(text) is not None:
            text = text.translate(_BARS)
        if "▼" in text:
            text = text.replace("▲", "+")  # here one is up, the other down; alone it may be either
    spans = lines(text)
    listed = [] if ")" not in text else _listed(text, spans)
    rows: list[list[Piece] | None] = [row_of(text, start, end) for start, end in spans]
    for line, pieces in like_their_neighbours(text, spans, rows).items():
        rows[line] = pieces
    for line, (cells, periods) in chart_lines(text, spans, rows).items():
        rows[line] = None
        listed.append(Table(*spans[line], cells, "", periods))
    if rows.count(None) == len(rows):
        return sorted(listed, key=lambda one: one.start)
    said = declared(text)
    out: list[Table] = []
    heads: list[list[Piece]] = []
    last_row = -9
    at = 0
    while at < len(rows):
        if rows[at] is None:
            at += 1
            continue
        last = _last_of(text, spans, rows, at)
        if (named := _named(text, spans, rows, at)) is not None:
            between = range(named[0] + 1, at)
            at, rows[named[0]] = named
            for note in between:
                rows[note] = _note(text, spans[note])
        block = [(spans[n], row) for n in range(at, last + 1) if (row := rows[n]) is not None]
        above = heads if heads and _goes_on(text, spans, last_row, at) else []
        grid = grid_of(text, spans, at, block, above)
        cells, others = ([], []) if grid is None else cells_of(grid, said)
        if grid is not None and cells:
            out.append(Table(grid.begin, grid.end, cells, grid.caption, others))
            heads = above or [row for _, row in block[:1] if not any(is_number(piece) for piece in row)]
            last_row = last
        at = last + 1
    out += [one for one in listed if not any(other.start < one.end and one.start < other.end for other in out)]
    return sorted(out, key=lambda one: one.start)


def _last_of(text: str, spans: list[tuple[int, int]], rows: list[list[Piece] | None], first: int) -> int:
    """The last row of the block that begins at ``first``; a word under one of its heads becomes a row."""
    last = first
    pipes = "|" in text[slice(*spans[first])]

    def alike(at: int) -> bool:
        return ("|" in text[slice(*spans[at])]) == pipes

    while last + 1 < len(rows):
        under = _under_head(text, spans, rows, first, last)
        if under is not None and alike(under):
            for at in range(last + 1, under):
                rows[at] = _note(text, spans[at])
            last = under
            continue
        row, after = rows[last + 1], rows[last + 2] if last + 2 < len(rows) else None
        if row is None and after is not None and not pipes and not any(map(is_number, rows[last] or ())):
            aside = _ASIDE.fullmatch(text, *spans[last + 1]) or _UNIT_ASIDE.fullmatch(text, *spans[last + 1])
            if aside is not None:
                row = rows[last + 1] = [(*aside.span("words"), aside["words"])]
        if row is None and after is not None and not pipes and alike(last + 2):
            title = _TITLE.fullmatch(text, *spans[last + 1])
            if title is not None:
                row = rows[last + 1] = [(*title.span("words"), title["words"])]
        blank = row is None and after is not None and not text[slice(*spans[last + 1])].strip() and alike(last + 2)
        if not (blank or (row is not None and alike(last + 1)) or (row is None and is_rule(text, spans[last + 1]))):
            break
        last += 1
    return last


def _named(text: str, spans: list[tuple[int, int]], rows: list[list[Piece] | None], first: int) -> tuple[int, list[Piece]] | None:
    """The line above values set apart by commas that names them, and which it is: as many words, none of them a number."""
    row = rows[first]
    line = text[slice(*spans[first])]
    mark = mark_of(line) or ("," if row is not None and line.count(",") == len(row) - 1 > 1 else None)
    head = first - 1
    while head >= 0 and first - head < _APART and rows[head] is None and _parts_only(text, spans[head]):
        head -= 1
    if row is None or mark is None or head < 0 or rows[head] is not None:
        return None
    start, end = spans[head]
    above = split(text[start:end], start, mark)
    if above is None or len(above) != len(row) or any(map(is_number, above)) or not all(words for *_, words in above):
        return None
    if head < first - 1 and (f"{mark} " in text[start:end] or text[start:end].endswith((".", ":"))):
        return None  # prose
    return head, above


_APART = 4
"""The line that names the columns stands so many lines above the first row at most."""


def _parts_only(text: str, span: tuple[int, int]) -> bool:
    """Whether a line is blank, a rule, or a note in brackets."""
    return not text[slice(*span)].strip() or is_rule(text, span) or _UNIT_ASIDE.fullmatch(text, *span) is not None


def _note(text: str, span: tuple[int, int]) -> list[Piece] | None:
    """A note in brackets as a row of one piece."""
    note = _UNIT_ASIDE.fullmatch(text, *span)
    return None if note is None else [(*note.span("words"), note["words"])]


def _under_head(text: str, spans: list[tuple[int, int]], rows: list[list[Piece] | None], first: int, last: int) -> int | None:
    """The first row below heads that stand apart from it; None where there is none, or it has another number of values."""
    head, at = rows[last], last + 1
    if head is None or last - first >= _APART or any(is_number(piece) for row in rows[first : last + 1] for piece in row or ()):
        return None
    while at < len(rows) and at - last < _APART and rows[at] is None and _parts_only(text, spans[at]):
        at += 1
    row = rows[at] if at < len(rows) else None
    if row is None or at == last + 1 or len(row) != len(head) or len(row) < 3 or not any(map(is_number, row[1:])):
        return None
    return at


def _goes_on(text: str, spans: list[tuple[int, int]], last: int, first: int) -> bool:
    """Whether a block of rows goes on with the heads of the one before: a line between gives its unit, or its title."""
    if last < 0 or not 1 < first - last <= 4:
        return False
    between = [span for span in spans[last + 1 : first] if text[slice(*span)].strip()]
    return len(between) == 1 and bool(_UNIT_LINE.fullmatch(text, *between[0]) or _PART_TITLE.fullmatch(text, *between[0]))


_PART_TITLE = re.compile(r"[ ]{0,4}[^\W\d_][^.!?;:\n\t|\d]{2,40}[ \t]*")
"""A line between two parts of a table that names the second: "IPO proceeds"."""
_UNIT_LINE = re.compile(r"\s*\([^()\n]{2,30}\)[ \t]*")
"""A line between two parts of a table that gives the unit of the second: "(KRW billion)"."""
_ASIDE = re.compile(r"\s{12,}(?P<words>[^\s.!?][^.!?\n]{0,28}[^\s.!?])[ \t]*")
"""A word under one of the heads, far from where labels begin: "(AER)"."""
_TITLE = re.compile(r"[ ]{0,8}(?P<words>[^\W\d_][^.!?;\n\t|]{1,48}:)[ \t]*")
"""A line between rows that is the title of those below it: "Costs and expenses:"."""
_UNIT_ASIDE = re.compile(r"\s*(?P<words>\([^()\n]{2,40}\))[ \t]*")
"""A line under the heads that gives the unit of all: "(in thousands of US dollars)"."""
_LIST_HEAD = re.compile(r"[^\n]{0,80}\([^()\n]{1,24}\)\s?[:：]?\s*$")
_LIST_ROW = re.compile(
    r"\s*(?:[-•*·▶○]\s?)?(?P<label>[^\d\s:|][^\n:|]{0,40}?|(?:19|20)\d\d년?)[ :]{1,3}(?P<number>[-−△▲(]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?\)?)\s*$"
)


def _listed(text: str, spans: list[tuple[int, int]]) -> list[Table]:
    """Lists under a line that ends with their unit in brackets: "By region (USD million)", then a name and a number a line."""
    out: list[Table] = []
    at = 0
    while at < len(spans):
        start, end = spans[at]
        at += 1
        if end - start > 120 or text.find(")", max(start, end - 3), end) < 0:
            continue
        head = text[start:end]
        if _LIST_HEAD.match(head) is None or unit_word(head) is None:
            continue
        cells: list[Cell] = []
        while at < len(spans):
            row = _LIST_ROW.match(text[slice(*spans[at])])
            if row is None:
                if text[slice(*spans[at])].strip():
                    break
                at += 1
                continue
            start = spans[at][0] + row.start("number")
            cell = cell_of((start, start + len(row["number"]), row["number"]), row["label"], "", "", head.strip(), None)
            if cell is not None:
                cell.row = len(cells)
                cells.append(cell)
            at += 1
        if len(cells) > 1:
            out.append(Table(cells[0].found.start, cells[-1].found.end, cells, head.strip()))
    return out
