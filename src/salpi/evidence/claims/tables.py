"""Tables in text: each cell with the words of its row, its column and the caption; unit and scale come from these."""

from __future__ import annotations

import re
from dataclasses import dataclass

from salpi.evidence.claims import brackets, subrows
from salpi.evidence.claims.table_cells import ORDINAL, RANK, Cell, before, cell_of, ordinal
from salpi.evidence.claims.table_heads import caption_of, head_of, spelled, told_by, without_legend
from salpi.evidence.claims.table_rows import RULE, Piece, is_number, is_rule, mark_of, row_of
from salpi.evidence.quantities.headers import declared, unit_of, unit_word
from salpi.evidence.sentences import lines

_AMOUNT = re.compile(r"\d[\d,.]*\s?(?:L|kL|리터|%|days|bn|million|billion|억|조|만)(?![A-Za-z])")
_WHOLE = re.compile(r"(?:\d{1,3}(?:,\d{3})?|\d{1,4}|[-–.]{1,3}|n/?a)$", re.I)
_SAME = re.compile(r"\s*(?:same|ditto|idem)(?![a-z])", re.I)
_PLACE = re.compile(r"\s*(?:rank|no\.?|#|순위|번호|연번)\s*$", re.I)


@dataclass(slots=True)
class Table:
    """A block of rows: where it stands and its numbers."""

    start: int
    end: int
    cells: list[Cell]
    caption: str


def tables(text: str) -> list[Table]:
    """All tables of ``text``: rows with pipes, or columns set apart by tabs or wide gaps."""
    spans = lines(text)
    listed = [] if ")" not in text else _listed(text, spans)
    if "|" not in text and "\t" not in text and "  " not in text and ";" not in text and text.count(",") < 6:
        return listed
    rows: list[list[Piece] | None] = [row_of(text, start, end) for start, end in spans]
    if not any(row is not None for row in rows):
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
        last = at
        pipes = "|" in text[slice(*spans[at])]
        while (
            last + 1 < len(rows)
            and (rows[last + 1] is None or ("|" in text[slice(*spans[last + 1])]) == pipes)
            and (
                rows[last + 1] is not None
                or is_rule(text, spans[last + 1])
                or (
                    last + 2 < len(rows)
                    and rows[last + 2] is not None
                    and not text[slice(*spans[last + 1])].strip()
                    and ("|" in text[slice(*spans[last + 2])]) == pipes
                )
            )
        ):
            last += 1
        block = [(spans[n], row) for n in range(at, last + 1) if (row := rows[n]) is not None]
        above = heads if at > 1 and last_row == at - 2 and _UNIT_LINE.fullmatch(text, *spans[at - 1]) else []
        table = _table(text, spans, at, block, said, above)
        if table is not None:
            out.append(table)
            heads = above or [row for _, row in block[:1] if not any(is_number(piece) for piece in row)]
            last_row = last
        at = last + 1
    out += [one for one in listed if not any(other.start < one.end and one.start < other.end for other in out)]
    return sorted(out, key=lambda one: one.start)


_UNIT_LINE = re.compile(r"\s*\([^()\n]{2,30}\)[ \t]*")
"""A line between two parts of a table that gives the unit of the second: "(KRW billion)"."""
_LIST_HEAD = re.compile(r"[^\n]{0,80}\([^()\n]{1,24}\)\s?[:：]?\s*$")
_LIST_ROW = re.compile(
    r"\s*(?:[-•*·▶○]\s?)?(?P<label>[^\d\s:|][^\n:|]{0,40}?|(?:19|20)\d\d년?)[ :]{1,3}(?P<number>[-−△▲(]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?\)?)\s*$"
)


def _listed(text: str, spans: list[tuple[int, int]]) -> list[Table]:
    """Lists under a line that ends with their unit in brackets: "By region (USD million)", then a name and a number a line."""
    out: list[Table] = []
    at = 0
    while at < len(spans):
        head = text[slice(*spans[at])]
        at += 1
        if len(head) > 120 or ")" not in head[-3:] or _LIST_HEAD.match(head) is None or unit_word(head) is None:
            continue
        cells: list[Cell] = []
        while at < len(spans) and (row := _LIST_ROW.match(text[slice(*spans[at])])) is not None:
            start = spans[at][0] + row.start("number")
            cell = cell_of((start, start + len(row["number"]), row["number"]), row["label"], "", "", head.strip(), None)
            if cell is not None:
                cell.row = len(cells)
                cells.append(cell)
            at += 1
        if len(cells) > 1:
            out.append(Table(cells[0].found.start, cells[-1].found.end, cells, head.strip()))
    return out


def _table(
    text: str,
    spans: list[tuple[int, int]],
    first: int,
    block: list[tuple[tuple[int, int], list[Piece]]],
    said: list[tuple[int, tuple[str, float]]],
    above: list[list[Piece]],
) -> Table | None:
    if all(len(row) > 1 and text[start : start + 1] == "\t" for (start, _), row in block):  # set in, as a whole
        block = [(span, row[1:]) for span, row in block]
    caption = caption_of(text, spans, first)
    begin = block[0][0][0]
    while len(block) > 3 and _is_title(block[0][1]) and sum(bool(piece[2]) for piece in block[1][1]) > 1:
        caption = f"{caption} / {block[0][1][0][2]}" if caption else block[0][1][0][2]
        block = block[1:]
    aside, caption = brackets.said(caption), brackets.without(caption)
    inner: dict[int, Piece] = {}
    if aside is not None:
        block = [(span, [brackets.outer(piece, inner) for piece in row]) for span, row in block]
    body = [row for _, row in block if not all(RULE.match(piece[2]) or not piece[2] for piece in row)]
    numeric = [row for row in body if any(is_number(piece) for piece in row[1:] or row)]
    if len(body) < 2 or not numeric or (max(len(row) for row in body) == 2 and len(numeric) < 2):
        return None
    pipes = "|" in text[slice(*block[0][0])] or mark_of(text[slice(*block[0][0])]) is not None
    heads: list[list[Piece]] = list(above)
    while body and not any(is_number(piece) for piece in body[0]) and not _is_ranks(body[0]):
        heads.append(body.pop(0))
    dotted = all("...." in text[slice(*span)] or ". . . ." in text[slice(*span)] for span, _ in block)
    if not pipes and not dotted and (not heads or (len(numeric) < 2 and len(heads[-1]) < 2)):
        return None
    if not body:
        return None
    corner = " ".join(head[0][2] for head in heads if head and unit_of(head[0][2]) is not None)
    if corner:
        caption = f"{caption} / {corner}" if caption else corner
    caption, legend = without_legend(caption)
    cells: list[Cell] = []
    start = begin
    for_all = next((known for at, known in reversed(said) if at <= start), None)
    told = told_by(text[max(0, start - 400) : start])
    width = max(len(row) for row in body)
    over = subrows.labels(text, body, is_number)
    for number, row in enumerate(body):
        label = row[0][2] if not is_number(row[0]) or subrows.YEAR.match(row[0][2]) else ""
        if not label and _is_place(heads, row):
            label = row[1][2]
        extra = [
            piece[2]
            for piece in row[1:]
            if piece[2] != label
            and not _AMOUNT.search(piece[2])
            and not is_number(piece)
            and piece[2] not in ("-", "–", "n/a", "N/A", "")
        ]
        whole = bool(label) and all(_WHOLE.match(piece[2]) for piece in row[1:] if piece[2])
        for at, piece in enumerate(row):
            beside = None
            if at == 0 and (label or _is_place(heads, row)):
                continue
            if not is_number(piece):
                if label and (place := ORDINAL.match(piece[2])):
                    cells.append(ordinal(piece, place, label, spelled(head_of(heads, row, at, width), legend), caption, number))
                    continue
                beside = _BESIDE.fullmatch(piece[2]) if label else None
                if beside is None:
                    continue
                piece = (piece[0] + beside.start("number"), piece[1], beside["number"])
            head = spelled(head_of(heads, row, at, width), legend)
            if at > 1 and _SAME.match(head):
                head = f"{spelled(head_of(heads, row, at - 1, width), legend)} {head}"
            if beside is not None:
                head = beside["name"]
            words = head.lower().split()
            kept = next((unit for word, unit in told.items() if word in words), None) if told else None
            if kept is None and _RANK_HEAD.match(head) and piece[2].isdigit() and len(piece[2]) < 4:
                kept = ("rank", 1.0)
            cell = cell_of(piece, subrows.under(over[number], label), " ".join(extra), head, caption, for_all, whole, kept)
            if cell is not None:
                cell.row = number
                cells.append(cell)
                cells += before(cell, piece)
            if aside is not None and piece[0] in inner:
                share = cell_of(
                    inner[piece[0]],
                    subrows.under(over[number], label),
                    " ".join(extra),
                    f"{head} {aside}",
                    caption,
                    for_all,
                    whole,
                    kept,
                )
                if share is not None:
                    share.row = number
                    cells.append(share)
    if not cells:
        return None
    return Table(begin, block[-1][0][1], cells, caption)


def _is_ranks(row: list[Piece]) -> bool:
    """Whether a row gives ranks that are written as such: "Standing | 11th | 7th"."""
    return RANK.search(row[0][2]) is not None and any(ORDINAL.match(piece[2]) for piece in row[1:])


def _is_title(row: list[Piece]) -> bool:
    """Whether a row is one cell over all columns."""
    return bool(row) and bool(row[0][2]) and not any(piece[2] for piece in row[1:]) and not is_number(row[0])


_BESIDE = re.compile(r"(?P<name>[A-Z][A-Za-z' ]{1,24}|(?:19|20)\d\d(?:/\d\d)?): (?P<number>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)")
"""Another's number in a cell beside the row's own: "Spain: 217"."""
_RANK_HEAD = re.compile(r"\s*(?:world |global )?(?:rank(?:ing)?|position|place|순위)(?:[ ,]*(?:19|20)\d\d)?\s*$", re.I)


def _is_place(heads: list[list[Piece]], row: list[Piece]) -> bool:
    """Whether a row begins with its number in a list, the name behind it: "1 | Celltrion | 1.44"."""
    head = heads[-1][0][2] if heads and heads[-1] else ""
    return len(row) > 1 and bool(_PLACE.match(head)) and row[0][2].isdigit() and not is_number(row[1])
