"""What words add in each of their roles, looked up once for each word: a text costs its words and not their uses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from threading import Lock

import numpy as np

from salpi.evidence.judges.roles import FAMILIES, Part, Role, pieces
from salpi.evidence.judges.tables import Floats

MOST_WORDS = 4_000
"""How many words a lexicon remembers before it begins anew."""
Uses = tuple[list[int], list[int]]
"""Of a piece: rows of the table, and the part of roles in which each counts."""


def _uses(index: dict[str, int], parts: Sequence[Part]) -> list[dict[str, Uses]]:
    """By family, piece → its uses."""
    heads: dict[str, list[tuple[int, int]]] = {}
    for number, part in enumerate(parts):
        for family, head in part:
            heads.setdefault(head, []).append((family, number))
    sizes = sorted({len(head) for head in heads})
    out: list[dict[str, Uses]] = [{} for _ in FAMILIES]
    for name, row in index.items():
        for size in sizes:
            for family, number in heads.get(name[:size], ()):
                rows, places = out[family].setdefault(name[size:], ([], []))
                rows.append(row)
                places.append(number)
    return out


class Lexicon:
    """``roles``: what a word can be, made of ``parts``. ``sums``: (word's number × roles + role, column), those of the word 0 being zeros.

    Where the sums grow they are replaced, words and all, so that who has asked may go on with both.
    """

    def __init__(self, index: dict[str, int], rows: Floats, parts: Sequence[Part], roles: Sequence[Role]) -> None:
        self.rows, self.parts, self.roles = rows, len(parts), roles
        self.uses = _uses(index, parts)
        self.lock = Lock()
        self._begin()

    def _begin(self) -> None:
        self.count = 0
        self.known: tuple[dict[str, int], Floats] = (
            {},
            np.zeros(((MOST_WORDS + 1_000) * len(self.roles), self.rows.shape[1]), np.float32),
        )

    def of(self, words: Sequence[str]) -> tuple[list[int], Floats]:
        """The numbers of some words, and the sums that they point into."""
        known, sums = self.known
        try:
            return [*map(known.__getitem__, words)], sums
        except KeyError:
            pass
        with self.lock:  # two documents may be read at once
            if len(self.known[0]) > MOST_WORDS:
                self._begin()
            known, sums = self.known
            self._learn(dict.fromkeys(word for word in words if word not in known))
            known, sums = self.known
            return [known[word] for word in words], sums

    def _learn(self, words: Iterable[str]) -> None:
        """All words at once: the rows of their pieces, added for each word and part; then the parts of each role."""
        rows, parts, sizes, bases = list[int](), list[int](), list[int](), list[int]()
        numbers, new = dict[str, int](), 0
        for word in words:
            before = len(rows)
            for uses, found in zip(self.uses, pieces(word), strict=True):
                for piece in found:
                    use = uses.get(piece)
                    if use is not None:
                        rows += use[0]
                        parts += use[1]
            if len(rows) > before:
                sizes.append(len(rows) - before)
                bases.append(new * self.parts)
                new += 1
                numbers[word] = self.count + new
            else:
                numbers[word] = 0
        known, sums = self.known
        size, columns = len(self.roles), self.rows.shape[1]
        while (self.count + new + 1) * size > len(sums):
            known, sums = dict(known), np.concatenate([sums, np.zeros_like(sums)])
        if new:
            spots = np.repeat(np.array(bases, np.intp), sizes) + parts
            order = spots.argsort(kind="stable")
            spots = spots[order]
            starts = np.flatnonzero(np.diff(spots, prepend=-1))
            added = np.zeros((new, self.parts, columns), np.float32)
            flat = added.reshape(-1, columns)
            flat[spots[starts]] = np.add.reduceat(self.rows.take(np.array(rows, np.intp)[order], axis=0), starts)
            into = sums[(self.count + 1) * size : (self.count + new + 1) * size].reshape(new, size, columns)
            for role, made_of in enumerate(self.roles):
                np.add.reduce(added[:, made_of], axis=1, out=into[:, role])
        self.count += new
        known.update(numbers)
        self.known = known, sums
