"""What names add, found and summed for traits and words that are met for the first time: one call in C, where a compiler is there."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from salpi.evidence.judges.index import Index, lines
from salpi.evidence.judges.kernel import sums_of
from salpi.evidence.judges.roles import FAMILIES, Part, Pieces, Role
from salpi.evidence.judges.rows import Held, Rows
from salpi.evidence.judges.tables import Floats


def fill(into: Held, rows: Rows, index: Index, places: Sequence[int], each: Sequence[Sequence[str]]) -> None:
    """The sums of several lists of names go ``into`` the rows at some places, which are zeros."""
    table = index.table
    if table is None:
        into.array[places] = _summed(rows, index, each)
        return
    numbers, names = [len(each)], list[str]()
    for place, some in zip(places, each, strict=True):
        numbers += place, len(some)
        names += some
    table.fill(into, rows, numbers, lines(names))


class Making:
    """How pieces of words become sums: each of some ``roles`` is made of ``parts``, a part of names."""

    def __init__(self, parts: Sequence[Part], roles: Sequence[Role]) -> None:
        self.kinds = [(number, family, head) for number, part in enumerate(parts) for family, head in part]
        self.parts, self.roles = len(parts), roles
        heads = [head.encode() for *_, head in self.kinds]
        self._heads, self._numbers = b"".join(heads), [len(heads)]
        for (number, family, _), head in zip(self.kinds, heads, strict=True):
            self._numbers += number, family, len(head)
        for made in roles:
            self._numbers += len(made), *made

    def spread(self, into: Held, rows: Rows, index: Index, places: Sequence[int], words: Sequence[Pieces]) -> None:
        """The sums of words in their roles go ``into`` the rows (word's place × roles + role), which are zeros."""
        table = index.table
        if table is None:
            self._spread(into, rows, index, places, words)
            return
        numbers, names = [len(words), len(FAMILIES), self.parts, len(self.roles), *self._numbers], list[str]()
        for place, found in zip(places, words, strict=True):
            numbers.append(place)
            for some in found:
                numbers.append(len(some))
                names += some
        table.spread(into, rows, numbers, self._heads + lines(names))

    def _spread(self, into: Held, rows: Rows, index: Index, places: Sequence[int], words: Sequence[Pieces]) -> None:
        """The same by NumPy."""
        each = list[list[str]]()
        for found in words:
            own = [list[str]() for _ in range(self.parts)]
            for number, family, head in self.kinds:
                own[number] += [head + piece for piece in found[family]]
            each += own
        sums = _summed(rows, index, each).reshape(len(words), self.parts, -1)
        out = into.array.reshape(-1, len(self.roles), rows.columns)
        for role, made in enumerate(self.roles):
            out[places, role] = np.add.reduce(sums[:, made], axis=1)


def _summed(rows: Rows, index: Index, each: Sequence[Sequence[str]]) -> Floats:
    """The sums of some names' rows, by NumPy."""
    found, known, sums, at = index.find([name for some in each for name in some]), list[int](), list[Sequence[int]](), 0
    for some in each:
        begin = len(known)
        known += [row for row in found[at : at + len(some)] if row >= 0]
        sums.append(range(begin, len(known)))
        at += len(some)
    return sums_of(np.concatenate([rows.at(known), np.zeros((1, rows.columns), np.float32)]), sums, len(known))
