"""Figures of a page that stand under one another: the rows of one table, and what parts two that lie side by side.

A figure of a table stands apart, and under one of the row above, at its right or left edge, its middle or its decimal point.
What is justified, listed or set in columns of text has no such figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from salpi.evidence.documents.page_rows import Cell, Row

Span = tuple[float, float]
REACH, LABELS = 4.5, 12.0
"""Rows of one table are not further apart than so many line heights, so that a title may stand between; than so many where only
the lines of a label do."""
EDGE = 0.3
"""Of a line's height: what stands under something may be so far off its edge."""
MOST = 60
"""A row of more cells, or a page of more tables, is a drawing."""


@dataclass(slots=True)
class Group:
    """Rows (by their number) with the figures of each that belong together."""

    rows: list[int]
    figures: dict[int, list[Cell]]
    within: Span = (float("-inf"), float("inf"))


def groups(rows: Sequence[Row]) -> list[Group]:
    """Rows whose figures stand under one another."""
    figures = {
        at: found for at, row in enumerate(rows) if len(found := row.numbers()) <= MOST and any(cell.number for cell in found)
    }
    order = sorted(figures)
    parent = {at: at for at in order}

    def top(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    for place, at in enumerate(order):
        linked = 0
        for other in order[place + 1 : place + 7]:
            if not _near(rows, figures, at, other):
                break
            if _fits(figures[at], figures[other], EDGE * min(rows[at].size, rows[other].size)):
                parent[top(other)] = top(at)
                linked += 1
                if linked > 1:
                    break
    together: dict[int, list[int]] = {}
    for at in order:
        together.setdefault(top(at), []).append(at)
    many = [Group(held, {at: figures[at] for at in held}) for held in together.values() if len(held) > 1]
    return many if len(many) <= MOST else []


def _fits(above: list[Cell], below: list[Cell], edge: float) -> bool:
    """Whether half of the figures of the shorter row stand under some of the other."""
    over, under = [cell.edges for cell in above if cell.number], [cell.edges for cell in below if cell.number]
    need = max(1, (min(len(over), len(under)) + 1) // 2)
    for right, left, middle, point in under:
        for a, b, c, d in over:
            if abs(a - right) <= edge or abs(b - left) <= edge or abs(c - middle) <= edge or abs(d - point) <= edge:
                need -= 1
                break
        if need <= 0:
            return True
    return False


def _near(rows: Sequence[Row], figures: dict[int, list[Cell]], above: int, below: int) -> bool:
    """Whether two rows may be of one table: no running text stands between, under the figures of the first, and they are not
    far apart, but for the lines of a label.
    """
    left = min(cell.left for cell in figures[above] if cell.number)
    right = max(cell.right for cell in figures[above] if cell.number)
    between = [cell for at in range(above + 1, below) for cell in rows[at].cells if cell.left < right and cell.right > left]
    if any(len(cell.words) > 6 for cell in between):
        return False
    size = rows[above].size
    if rows[above].base - rows[below].base <= REACH * size:
        return True
    labels = all(one.base - two.base < 2 * size for one, two in pairwise(rows[above : below + 1]))
    return labels and not between and rows[above].base - rows[below].base <= LABELS * size


def columns_of(group: Sequence[Sequence[Cell]]) -> list[list[Cell]]:
    """Cells that stand over one another, from left to right: the longest rows first. None where there are too many: a drawing."""
    columns: list[list[Cell]] = []
    spans: list[Span] = []
    for row in sorted(group, key=len, reverse=True):
        for cell in row:
            best, most = -1, 0.0
            for at, (left, right) in enumerate(spans):
                shared = min(cell.right, right) - max(cell.left, left)
                if shared > most:
                    best, most = at, shared
            if best >= 0:
                columns[best].append(cell)
                spans[best] = min(spans[best][0], cell.left), max(spans[best][1], cell.right)
            else:
                columns.append([cell])
                spans.append((cell.left, cell.right))
        if len(columns) > 2 * MOST:
            return []
    return sorted(columns, key=lambda column: min(cell.left for cell in column))


def span_of(cells: Sequence[Cell]) -> Span:
    return min(cell.left for cell in cells), max(cell.right for cell in cells)


def is_column(column: list[Cell], size: float, rows: int) -> bool:
    """Whether most of its figures keep one edge."""
    figures = [cell for cell in column if cell.number]
    if not figures:
        return len(column) >= max(2, rows / 2)
    if len(figures) == 1:
        return rows < 4 or len(column) > 1
    best = 0
    for edges in zip(*(cell.edges for cell in figures), strict=True):
        middle = median(edges)
        best = max(best, sum(abs(edge - middle) <= EDGE * size for edge in edges))
    return best >= 0.6 * len(figures)


def side_by_side(rows: Sequence[Row], group: Group) -> list[Group]:
    """A group cut where the labels of another table stand between its figures."""
    columns = [span_of(column) for column in columns_of([group.figures[at] for at in group.rows])]
    first = columns[0][0] if columns else 0.0
    texts = [
        [cell for cell in rows[at].cells if not (cell.number or cell.filler) and cell.left > first and len(cell.words) < 12]
        for at in group.rows
    ]
    cuts: list[float] = []
    for column in columns_of(texts):
        left, right = span_of(column)
        before = [one for one in columns if one[1] < left]
        after = [one for one in columns if one[0] > right]
        names = {cell.text for cell in column}
        if len(column) >= 0.6 * len(group.rows) and len(names) > 0.6 * len(column) and before and after:
            low = max([one[1] for one in before])
            if _has_labels(rows, group, cuts[-1] if cuts else float("-inf"), before):
                cuts.append((low + left) / 2)
    if not cuts:
        return [group]
    edges = [float("-inf"), *cuts, float("inf")]
    out: list[Group] = []
    for within in pairwise(edges):
        kept = {
            at: held for at in group.rows if any(held := inside(group.figures[at], within)) and any(one.number for one in held)
        }
        if len(kept) > 1:
            out.append(Group(sorted(kept), kept, within))
    return out


def _has_labels(rows: Sequence[Row], group: Group, after: float, before: list[Span]) -> bool:
    """Whether words stand left of the figures, too: else these only number the rows."""
    left = min((one[0] for one in before if one[0] > after), default=after)
    found = sum(any(after < cell.left < left and not cell.number for cell in rows[at].cells) for at in group.rows)
    return found >= 0.6 * len(group.rows)


def inside(cells: Sequence[Cell], within: Span) -> list[Cell]:
    return [cell for cell in cells if within[0] <= cell.middle <= within[1]]
