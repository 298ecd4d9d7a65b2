"""Columns of a table that blanks alone set apart: which words of its heads stand over which numbers.

Numbers end at one place in their column; a head stands over the column that it touches, over several as the title of a group, or
ends where the numbers of one column end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from salpi.evidence.claims.table_rows import Piece, is_number

_HARD = 2
"""Blanks by which a head may miss the end or the middle of its column."""
_LABEL = 4
"""A head that begins so near to where the labels begin stands over them."""
_WIDE = "\u1100"
"""Characters from here on take two places in a line of fixed type."""


def _place(text: str, at: int, wide: int) -> int:
    """How far right in its line a place stands; ``wide``: the places that a Korean syllable takes."""
    start = text.rfind("\n", 0, at) + 1
    return at - start + (wide - 1) * sum(char >= _WIDE for char in text[start:at])


@dataclass(frozen=True)
class Columns:
    """Where the number columns of a table begin and end, and where its labels begin. ``wide``: places of a Korean syllable."""

    text: str
    edges: tuple[tuple[int, int], ...]
    label: int
    wide: int

    @classmethod
    def of(cls, text: str, body: Sequence[Sequence[Piece]]) -> Columns | None:
        """The columns of some rows; None where too few rows are alike."""
        rows = [row for row in body if len(row) > 1 and not is_number(row[0])]
        counts = Counter(len(row) - 1 for row in rows)
        if not counts or len(rows) < 2:
            return None
        count, times = counts.most_common(1)[0]
        if count < 2 or times < 2:
            return None
        whole = [row for row in rows if len(row) - 1 == count]
        tried = [(_spread(text, whole, wide), wide) for wide in ((1, 2) if not text.isascii() else (1,))]
        wide = min(tried)[1]
        edges = [
            (min(_place(text, row[at][0], wide) for row in whole), max(_place(text, row[at][1], wide) for row in whole))
            for at in range(1, count + 1)
        ]
        if any(left[1] > right[0] for left, right in pairwise(edges)):
            return None  # they run into one another: not set by columns
        return cls(text, tuple(edges), min(_place(text, row[0][0], wide) for row in whole), wide)

    def at(self, row: Sequence[Piece], at: int) -> int:
        """The column in which a piece of a row stands."""
        if len(row) - 1 == len(self.edges) and not is_number(row[0]):
            return at - 1
        end = _place(self.text, row[at][1], self.wide)
        return min(range(len(self.edges)), key=lambda column: abs(self.edges[column][1] - end))

    def over(self, head: Sequence[Piece]) -> list[str]:
        """The words of a line of heads over each column."""
        places = [(_place(self.text, a, self.wide), _place(self.text, b, self.wide), words) for a, b, words in head if words]
        count = len(self.edges)
        if len(head) == count + 1 and not head[0][2]:
            return [words for *_, words in head[1:]]
        if len(places) > count or (places and places[0][0] <= self.label + _LABEL and places[0][1] <= self.edges[0][0]):
            places = places[1:]
        if not places:
            return [""] * count
        if len(places) == count:
            return [words for *_, words in places]
        alone = [self._own(left, right) for left, right, _ in places]
        if None not in alone and len(set(alone)) == len(places):
            named = dict(zip(alone, places, strict=True))
            return [named[at][2] if at in named else "" for at in range(count)]
        if count % len(places) == 0:
            each = count // len(places)
            return [places[at // each][2] for at in range(count)]
        return [min(places, key=lambda place: _apart(place[:2], edge))[2] for edge in self.edges]

    def _own(self, left: int, right: int) -> int | None:
        """The one column under a head that begins, ends or is centred where it does, and reaches into no other."""
        for at, (a, b) in enumerate(self.edges):
            if abs(right - b) <= _HARD or abs(left - a) <= _HARD or abs(left + right - a - b) <= _HARD:
                before = not at or left >= self.edges[at - 1][1]
                return at if before and (at + 1 == len(self.edges) or right <= self.edges[at + 1][0]) else None
        return None


def _apart(place: tuple[int, int], edge: tuple[int, int]) -> tuple[int, int]:
    """The blanks between a head and a column, then how far apart their middles are."""
    return max(0, place[0] - edge[1], edge[0] - place[1]), abs(sum(place) - sum(edge))


def _spread(text: str, rows: Sequence[Sequence[Piece]], wide: int) -> float:
    """How far the ends of the numbers are from those of most rows."""
    total = 0.0
    for at in range(1, len(rows[0])):
        ends = [_place(text, row[at][1], wide) for row in rows]
        middle = median(ends)
        total += sum(abs(end - middle) for end in ends)
    return total
