"""The heads over the columns of a table: which words above its figures belong to which of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from salpi.evidence.documents.page_rows import Cell, Row
from salpi.evidence.documents.page_rows import cell as made
from salpi.evidence.documents.words import Word

Span = tuple[float, float]
MOST = 6
"""Lines of heads, at most."""
LEADING = 2.7
"""A line further above than so many line heights belongs to something else."""
_ALL = re.compile(r"[\[(<].*[)\]>]$|(?:\(?단위|units?\b|in\b)", re.I)
"""A line of its own that speaks for all columns: "(USD million)"."""
SKIP, SLANT = 0.2, 0.02
"""What it costs, in widths of a column, that a column is left without a head, and that a head is set at all."""
EDGE = 0.3
"""Of a line's height: a head on the edge of a column is so far off it at most."""


def heads_above(
    rows: Sequence[Row],
    first: int,
    reach: Span,
    places: Sequence[Span],
    labels: Span,
    figures: Sequence[Span],
    size: float,
    taken: set[int],
) -> tuple[list[list[list[Word]]], list[int]]:
    """The rows of heads over row ``first``, each with the words for each place; and the rows between, titles of parts."""
    lines: list[list[Cell]] = []
    titles: list[int] = []
    waiting: list[int] = []
    base, at = rows[first].base, first - 1
    start = figures[0][0] if figures[0] != labels else (places[1][0] if len(places) > 1 else figures[0][0])
    while at >= 0 and len(lines) < MOST:
        row = rows[at]
        if base - row.base > LEADING * max(size, row.size):
            break
        inside = [
            cell
            for cell in row.cells
            if cell.right > reach[0] - size and cell.left < reach[1] + size and cell.words[0].start not in taken
        ]
        if inside:
            base = row.base
            kind = _kind(inside, reach, labels, start, size)
            if kind == "caption":
                break
            if kind == "title":
                if lines or len(waiting) > 1:
                    break
                waiting.append(at)
            else:
                lines.append(inside)
                titles += waiting
                waiting = []
        at -= 1
    while lines and _is_caption(lines[-1], len(lines) == 1, reach, start, size):
        lines.pop()
    if not lines:
        return [], []
    return _over(lines, places, figures, start, size), titles


def _kind(cells: list[Cell], reach: Span, labels: Span, start: float, size: float) -> str:
    """Whether a line above figures is a head, a title over the labels only, or says something else."""
    if any(len(cell.words) > 8 or cell.right > reach[1] + 3 * size or cell.left < reach[0] - 3 * size for cell in cells):
        return "caption"
    if any(cell.figure for cell in cells) and sum(cell.figure for cell in cells) * 2 > len(cells):
        return "caption"
    if any(cell.left < labels[0] + 0.5 * (labels[1] - labels[0]) and cell.right > start for cell in cells):
        return "caption"
    return "head" if any(cell.right > start for cell in cells) else "title"


def _is_caption(cells: list[Cell], only: bool, reach: Span, start: float, size: float) -> bool:
    """Whether the topmost line over a table is no head: it speaks for all, or stands in the middle over all."""
    if len(cells) > 1:
        return False
    cell = cells[0]
    if _ALL.match(cell.text):
        return True
    wide = 0.3 * (reach[1] - reach[0])
    return (
        not only
        and cell.right - cell.left > wide
        and any(abs(cell.middle - (low + reach[1]) / 2) < size for low in (reach[0], start))
    )


def _over(
    lines: list[list[Cell]], places: Sequence[Span], figures: Sequence[Span], start: float, size: float
) -> list[list[list[Word]]]:
    """The words of each line for each place, from the bottom up: lower heads tell what a higher one spans."""
    spans = [*places]
    out: list[list[list[Word]]] = []
    for line in lines:
        cells = [part for cell in line for part in _split(cell, figures, size)]
        held: list[list[Word]] = [[] for _ in places]
        upper = [cell for cell in cells if cell.right > start]
        columns = [at for at, place in enumerate(places) if place[1] > start]
        for one in cells:
            if one.right <= start:
                held[_nearest(one, places)] += one.words
        if len(upper) == 1 and _ALL.match(upper[0].text) and out:
            groups = [columns]
        elif len(upper) >= len(columns) or not out:
            groups = [[_nearest(cell, spans)] for cell in upper]
        else:
            groups = _groups(upper, columns, spans, out)
        for one, group in zip(upper, groups, strict=True):
            for at in group:
                held[at] += one.words
                if len(group) == 1:
                    spans[at] = min(spans[at][0], one.left), max(spans[at][1], one.right)
        out.append(held)
    return out[::-1]


def _split(head: Cell, figures: Sequence[Span], size: float) -> list[Cell]:
    """Heads that stand close, each on an edge of its column, are one each."""
    over = [span for span in figures if head.left < span[1] and head.right > span[0]]
    if len(over) < 2:
        return [head]
    for at in range(1, len(head.words)):
        left, right = made(head.words[:at], head.run), made(head.words[at:], head.run)
        ends = [made(right.words[:end], right.run) for end in range(1, len(right.words) + 1)]
        for edge in range(3):
            if _off(left, over[0], edge) < EDGE * size and any(_off(one, over[1], edge) < EDGE * size for one in ends):
                return [left, *_split(right, figures, size)]
    return [head]


def _off(head: Cell, span: Span, edge: int) -> float:
    """How far a head is off the left edge, the middle or the right edge of a column."""
    return abs((head.left - span[0], head.middle - (span[0] + span[1]) / 2, head.right - span[1])[edge])


def _nearest(cell: Cell, spans: Sequence[Span]) -> int:
    shared = [min(cell.right, right) - max(cell.left, left) for left, right in spans]
    return max(range(len(spans)), key=lambda at: shared[at])


def _groups(cells: list[Cell], columns: list[int], spans: list[Span], below: list[list[list[Word]]]) -> list[list[int]]:
    """Which columns each head of a line spans, where it has fewer of them than there are columns."""
    bare = [at for at in columns if not any(line[at] for line in below)]
    own = [_nearest(cell, spans) for cell in cells]
    if all(at in bare for at in own):
        return [[at] for at in own]
    shown = [" ".join(word.text for word in below[-1][at]) for at in columns]
    each, rest = divmod(len(columns), len(cells))
    if not rest and each > 1 and len(cells) > 1 and shown[:each] * len(cells) == shown and any(shown):
        return [columns[at * each : (at + 1) * each] for at in range(len(cells))]
    return _parted(cells, columns, spans)


def _parted(cells: list[Cell], columns: list[int], spans: list[Span]) -> list[list[int]]:
    """Columns in runs, one for each head, so that heads stand over the middle of their runs as nearly as can be."""
    many, count = len(columns), len(cells)
    pitch = (spans[columns[-1]][1] - spans[columns[0]][0]) / many or 1.0
    best: list[list[tuple[float, int, int]]] = [[(float("inf"), 0, 0)] * (many + 1) for _ in range(count + 1)]
    best[0] = [(SKIP * at, 0, 0) for at in range(many + 1)]
    for head in range(1, count + 1):
        cell = cells[head - 1]
        for end in range(1, many + 1):
            found = (best[head][end - 1][0] + SKIP, -1, 0)
            for begin in range(end):
                low, high = spans[columns[begin]][0], spans[columns[end - 1]][1]
                off = abs(cell.middle - (low + high) / 2) / pitch
                covers = sum(
                    min(cell.right, spans[columns[at]][1]) > max(cell.left, spans[columns[at]][0])
                    for at in range(many)
                    if not begin <= at < end
                )
                cost = best[head - 1][begin][0] + off + covers + SLANT
                if cost < found[0]:
                    found = (cost, begin, end)
            best[head][end] = found
    groups: list[list[int]] = []
    end = many
    for head in range(count, 0, -1):
        while best[head][end][1] < 0:
            end -= 1
        _, begin, stop = best[head][end]
        groups.insert(0, columns[begin:stop])
        end = begin
    return groups
