"""Tables of a page, whether lines are drawn for them or not: figures that stand under one another, with the words beside and
above them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from salpi.evidence.documents.aligned_figures import Group, Span, columns_of, groups, inside, is_column, side_by_side, span_of
from salpi.evidence.documents.aligned_heads import heads_above
from salpi.evidence.documents.aligned_labels import joined, levels
from salpi.evidence.documents.page_rows import NUMBER, YEAR, Cell, Row, fitted
from salpi.evidence.documents.words import Word

_LEADERS = re.compile(r"\.{4,}|(?:\. ){3,}|…{2,}")
_UNIT_SAID = re.compile(r"\(.{1,40}\)|\[.{1,40}\]|단위|\bunits?\b|\bin (?:thousand|million|billion|per ?cent|%)", re.I)


@dataclass(slots=True)
class Grid:
    """A table: for each row the words of each cell, and how deep its label is set in."""

    rows: list[list[list[Word]]]
    depths: list[int] = field(default_factory=list)


def grids(rows: Sequence[Row]) -> list[Grid]:
    """All tables of a page, from its top down."""
    out: list[Grid] = []
    taken: set[int] = set()
    for group in groups(rows):
        for part in side_by_side(rows, group):
            made = _grid(rows, part, taken)
            if made is not None:
                out.append(made)
                taken |= {word.start for row in made.rows for place in row for word in place}
    return out


def _grid(rows: Sequence[Row], group: Group, taken: set[int]) -> Grid | None:
    """The table of a group; None where it is none."""
    size = median(rows[at].size for at in group.rows)
    columns = [
        column for column in columns_of([group.figures[at] for at in group.rows]) if is_column(column, size, len(group.rows))
    ]
    columns = [column for column in columns if any(cell.number for cell in column)]
    if not columns:
        return None
    spans = [span_of(column) for column in columns]
    years = all(cell.year for cell in columns[0] if cell.number)
    if len(spans) > 1 and _counts(columns[0]) and _texts_between(rows, group, spans[0], spans[1]):
        spans = spans[1:]
    body = [at for at in group.rows if any(cell.figure for cell in group.figures[at])]
    reach = _reach(rows, group, body, spans, years) if len(body) > 1 else None
    if reach is None:
        return None
    first, last = body[0], body[-1]
    held = {at: _members(rows[at], reach, spans, taken) for at in range(first, last + 1)}
    held = {at: cells for at, cells in held.items() if cells}
    texts = [[cell for cell in held[at] if not _in_columns(cell, spans)] for at in body if at in held]
    others = [span_of(column) for column in columns_of(texts) if len(column) >= max(2, 0.3 * len(body))]
    places = sorted([*spans, *others])
    if not years and (not others or (places[0] == spans[0] and len(spans) == 1)):
        return None
    if not _is_filled(body, held, spans):
        return None
    labels = places[0]
    heads, titles = heads_above(rows, first, reach, places, labels, spans, size, taken)
    if not _is_table(rows, body, held, spans, heads, first, years):
        return None
    held |= {at: cells for at in titles if (cells := _members(rows[at], reach, spans, taken))}
    lines = sorted(held)
    table = [[[*place] for place in _placed(held[at], places)] for at in lines]
    bases = [rows[at].base for at in lines]
    after = [(rows[at].base, _members(rows[at], reach, spans, taken)) for at in range(last + 1, min(last + 3, len(rows)))]
    below = [(base, cells) for base, cells in after if cells]
    table = joined(table, bases, below, labels, spans[0] if not years else places[1] if len(places) > 1 else spans[0], size)
    depths = levels(table, size)
    return Grid([*heads, *table], [0] * len(heads) + depths)


def _counts(column: list[Cell]) -> bool:
    """Whether a column only numbers the rows: 1, 2, 3."""
    shown = [cell.text.rstrip(".)") for cell in column]
    numbers = [int(text) for text in shown if text.isdecimal() and len(text) < 4]
    return len(numbers) == len(column) and all(b - a == 1 for a, b in pairwise(numbers))


def _texts_between(rows: Sequence[Row], group: Group, one: Span, two: Span) -> bool:
    found = sum(any(not cell.number and one[1] <= cell.left < two[0] for cell in rows[at].cells) for at in group.rows)
    return found >= 0.6 * len(group.rows)


def _reach(rows: Sequence[Row], group: Group, body: list[int], spans: list[Span], years: bool) -> Span | None:
    """From where to where a table's rows reach: what came in one go with its figures, and the labels before these."""
    low, high = spans[0][0], spans[-1][1]
    labelled = 0
    lefts: list[float] = []
    for at in body:
        cells = inside(rows[at].cells, group.within)
        runs = {cell.run for cell in group.figures[at] if cell.right <= high + 1}
        own = [cell for cell in cells if cell.run in runs and not (cell.left > high and len(cell.words) > 8)]
        before = [cell for cell in own if cell.right <= spans[0][0] + 1 and not cell.number]
        if not before and not years:
            others = [cell for cell in cells if cell.right <= spans[0][0] + 1 and not cell.number]
            before = others[-1:]
        labelled += bool(before)
        lefts += [cell.left for cell in own if cell.right <= spans[0][0] + 1] + [cell.left for cell in before]
        high = max([high, *(cell.right for cell in own)])
        if sum(len(cell.words) for cell in before) > 25:
            return None
    if not years and labelled < 0.5 * len(body):
        return None
    return min([low, *lefts]), high


def _members(row: Row, reach: Span, spans: list[Span], taken: set[int]) -> list[Cell]:
    """The cells of a row within the reach of a table; a title of some of its rows may begin further left than these."""
    edge = 0.5 * row.size
    cells = [cell for cell in fitted(row, spans) if cell.words[0].start not in taken and cell.right <= reach[1] + edge]
    title = not any(cell.right > spans[0][0] for cell in cells)
    return [cell for cell in cells if cell.left >= reach[0] - (3 * row.size if title else edge)]


def _in_columns(cell: Cell, spans: list[Span]) -> bool:
    return (cell.number or cell.filler) and any(cell.left < right and cell.right > left for left, right in spans)


def _placed(cells: Sequence[Cell], places: Sequence[Span]) -> list[list[Word]]:
    """The words of a row for each place of a table: where most of a cell stands, else the nearest."""
    out: list[list[Word]] = [[] for _ in places]
    for cell in cells:
        shared = [min(cell.right, right) - max(cell.left, left) for left, right in places]
        out[max(range(len(places)), key=lambda at: shared[at])] += cell.words
    return out


def _is_filled(body: list[int], held: dict[int, list[Cell]], spans: list[Span]) -> bool:
    """Whether figures stand in most places of most rows, and hardly any words among them: those of a drawing are strewn."""
    filled = [sum(any(_in_columns(cell, [span]) for cell in held.get(at, ())) for span in spans) for at in body]
    words = sum(
        not (cell.number or cell.filler) and any(cell.left < right and cell.right > left for left, right in spans)
        for cells in held.values()
        for cell in cells
    )
    rows = sum(2 * one >= len(spans) for one in filled)
    return sum(filled) >= max(0.5 * len(spans) * len(body), 4 * words) and rows >= 0.6 * len(body)


def _is_running(cell: Cell) -> bool:
    """Whether a cell is a piece of running text: figures among its words."""
    return (
        not cell.number and sum(NUMBER.match(word.text) is not None and YEAR.match(word.text) is None for word in cell.words) > 1
    )


def _is_table(
    rows: Sequence[Row],
    body: list[int],
    held: dict[int, list[Cell]],
    spans: list[Span],
    heads: list[list[list[Word]]],
    first: int,
    years: bool,
) -> bool:
    """Whether rows of aligned figures are a table: enough of them, and no contents with their pages."""
    values = len(spans) - years
    if sum(any(_is_running(cell) for cell in held.get(at, ())) for at in body) > 0.3 * len(body):
        return False
    if values < 1 or any(_LEADERS.search(cell.text) for at in body for cell in held.get(at, ())):
        return False
    headed = sum(any(head[at] for head in heads) for at in range(len(heads[0]))) if heads else 0
    if len(body) < 3:
        whole = all(len({cell.run for cell in held[at]}) == 1 for at in body if at in held)
        return whole and bool(heads) and values > 1 and headed > values
    if values > 1:
        return bool(heads) or len(body) > 3
    if heads and headed > 1:
        return True
    line = " ".join(cell.text for cell in rows[first - 1].cells) if first else ""
    return len(line) < 140 and _UNIT_SAID.search(line) is not None
