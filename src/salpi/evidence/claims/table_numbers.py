"""The numbers of a table's cells, each with the words of its row, its column and the caption."""

from __future__ import annotations

import re
from typing import NamedTuple

from salpi.evidence.claims import subrows
from salpi.evidence.claims.table_cells import ORDINAL, Cell, before, cell_of, ordinal
from salpi.evidence.claims.table_grid import Grid
from salpi.evidence.claims.table_periods import is_spans, summed
from salpi.evidence.claims.table_rows import Piece, is_number
from salpi.evidence.claims.table_units import by_sense, told_by, unit_before
from salpi.evidence.quantities.headers import unit_word

_AMOUNT = re.compile(r"\d[\d,.]*\s?(?:L|kL|리터|%|days|bn|million|billion|억|조|만)(?![A-Za-z])")
_WHOLE = re.compile(r"(?:\d{1,3}(?:,\d{3})?|\d{1,4})$|.*\d\s?(?:%p?|pp)\)?$", re.I)
"""A whole number, or one that shows its own unit."""
_SAME = re.compile(r"\s*(?:same|ditto|idem)(?![a-z])", re.I)
_BESIDE = re.compile(r"(?P<name>[A-Z][A-Za-z' ]{1,24}|(?:19|20)\d\d(?:/\d\d)?): (?P<number>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)")
"""Another's number in a cell beside the row's own: "Spain: 217"."""
_RANK_HEAD = re.compile(r"\s*(?:world |global )?(?:rank(?:ing)?|position|place|순위)(?:[ ,]*(?:19|20)\d\d)?\s*$", re.I)
_UNIT_HEAD = re.compile(r"\s*(?:단위|[Uu]nits?)\s*")
"""Over a column that gives each row its unit."""
_WORDS = re.compile(r"[a-z]+")
_PERIOD_IN = re.compile(r"\b(?:FY|CY|[QH][1-4]\s?|[1-4][QH]\s?)?['’]?(?:19|20)?\d\d\b")
_PERIOD = re.compile(r"\s*(?:(?:FY|CY|[QH][1-4]\s?|[1-4][QH]\s?)['’]?(?:19|20)?\d\d|(?:19|20)\d\d)\s*")
"""A head that is a period and no more."""
_EMPTY = ("-", "–", "n/a", "N/A", "")
_LOOK_BACK = 400
"""Characters before a table in which units of its columns are told."""

Span = tuple[int, int]


class _Row(NamedTuple):
    """What the numbers of a row share: its label, that with the label it is a part of and its own unit, its other words; whether all
    its numbers are whole.
    """

    pieces: list[Piece]
    number: int
    label: str
    whose: str
    extra: str
    whole: bool


class _Told(NamedTuple):
    """Units that the text gives: for all figures, and for columns by a word of their head."""

    for_all: tuple[str, float] | None
    columns: dict[str, tuple[str, float]]


def cells_of(grid: Grid, said: list[tuple[int, tuple[str, float]]]) -> tuple[list[Cell], list[Span]]:
    """The cells, and where figures stand that count nothing: places in a list, years, lengths of time in heads. ``said``: units that
    the text declares for all its figures, and where.
    """
    for_all = next((known for at, known in reversed(said) if at <= grid.begin), None) or unit_before(grid.text, grid.begin)
    told = _Told(for_all, told_by(grid.text[max(0, grid.begin - _LOOK_BACK) : grid.begin]))
    years = (piece[:2] for row in grid.body for piece in row if subrows.YEAR.match(piece[2]))
    others = [*grid.places, *years, *(piece[:2] for head in grid.heads if is_spans(head) for piece in head)]
    cells: list[Cell] = []
    parents = subrows.labels(grid.text, grid.body, is_number)
    for number, (pieces, parent) in enumerate(zip(grid.body, parents, strict=True)):
        label = "" if is_number(pieces[0]) and not subrows.YEAR.match(pieces[0][2]) else grid.over.label(pieces[0][2])
        whose = subrows.under(parent, label)
        own = _own_unit(grid, pieces)
        if own is not None:
            whose = f"{whose} ({own[2]})"
            others.append(own[:2])
        whole = bool(label) and all(_WHOLE.match(piece[2]) for piece in pieces[1:] if is_number(piece))
        row = _Row(pieces, number, label, whose, " ".join(_extra(pieces, label, own[2] if own else "")), whole)
        for at in range(1 if label else 0, len(pieces)):
            for cell in _read(grid, row, at, told):
                cell.row = number
                cells.append(cell)
    return cells, others


def _measure(grid: Grid, row: _Row, at: int) -> str:
    """What the head of the column to the left measures, with its unit, where the column's own says its period alone:
    "Revenue FY25 (Rs cr) | FY24".
    """
    left = next((head for to in range(at - 1, 0, -1) if not _PERIOD.fullmatch(head := grid.over(row.pieces, to))), "")
    said = " ".join(_PERIOD_IN.sub(" ", left).split())
    return said if _PERIOD_IN.search(left) is not None and unit_word(left) is not None else ""


def _own_unit(grid: Grid, row: list[Piece]) -> Piece | None:
    """The cell under "Unit"."""
    under = (piece for at, piece in enumerate(row) if at and not is_number(piece) and _UNIT_HEAD.fullmatch(grid.over(row, at)))
    return next(under, None)


def _extra(row: list[Piece], label: str, unit: str) -> list[str]:
    """The other words of a row."""
    words = [words for *_, words in row[1:] if words not in (label, unit) and words not in _EMPTY and not _AMOUNT.search(words)]
    return [each for each in words if not is_number((0, 0, each))]


def _read(grid: Grid, row: _Row, at: int, told: _Told) -> list[Cell]:
    """The numbers of one cell: its own, that of another year or a share in brackets behind it."""
    piece, head, caption = row.pieces[at], grid.over(row.pieces, at), grid.caption
    if not is_number(piece):
        if row.label and (place := ORDINAL.match(piece[2])):
            return [ordinal(piece, place, row.label, head, caption, row.number)]
        beside = _BESIDE.fullmatch(piece[2]) if row.label else None
        if beside is None:
            return []
        piece, head = (piece[0] + beside.start("number"), piece[1], beside["number"]), beside["name"]
    elif at > 1 and _SAME.match(head):
        head = f"{grid.over(row.pieces, at - 1)} {head}"
    elif at > 1 and _PERIOD.fullmatch(head):
        head = f"{_measure(grid, row, at)} {head}".strip()
    head, whose = summed(head, row.whose)
    kept = next((told.columns[word] for word in told.columns if word in _WORDS.findall(head.lower())), None)
    if kept is None and _RANK_HEAD.match(head) and piece[2].isdigit() and len(piece[2]) < 4:
        kept = ("rank", 1.0)
    unit = by_sense(caption, f"{whose} {head}") or grid.units.get(at)
    counted = head if unit is None else f"{head} ({unit})"
    out: list[Cell] = []
    if (cell := cell_of(piece, whose, row.extra, counted, caption, told.for_all, row.whole, kept)) is not None:
        out += [cell, *before(cell, piece)]
    if (inner := grid.inner.get(piece[0])) is not None:
        share = cell_of(inner, whose, row.extra, f"{head} {grid.aside}", caption, told.for_all, row.whole, kept)
        out += [share] if share is not None else []
    return out
