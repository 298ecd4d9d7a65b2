"""What words add in each of their roles, looked up once for each word: a text costs its words and not their uses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from threading import Lock

import numpy as np

from salpi.evidence.judges.index import Index
from salpi.evidence.judges.kernel import Word, spread
from salpi.evidence.judges.roles import Part, Role, pieces
from salpi.evidence.judges.rows import Held, Rows
from salpi.evidence.judges.tables import Floats

MOST_WORDS = 4_000
"""How many words a lexicon remembers before it begins anew."""


class Lexicon:
    """``roles``: what a word can be, made of ``parts``. ``sums``: (word's number × roles + role, column), those of the word 0 being zeros.

    Where the sums grow they are replaced, words and all, so that who has asked may go on with both.
    """

    def __init__(self, index: Index, rows: Rows, parts: Sequence[Part], roles: Sequence[Role]) -> None:
        self.rows, self.parts, self.roles = rows, len(parts), roles
        self.index = index
        self.heads = [(family, head, number) for number, part in enumerate(parts) for family, head in part]
        self.lock = Lock()
        self._begin()

    def _begin(self) -> None:
        self.count = 0
        self.known: tuple[dict[str, int], Held] = (
            {},
            Held.of(np.zeros(((MOST_WORDS + 1_000) * len(self.roles), self.rows.columns), np.float32)),
        )

    def of(self, words: Sequence[str]) -> tuple[list[int], Floats]:
        """The numbers of some words, and the sums that they point into."""
        known, sums = self.known
        try:
            return [*map(known.__getitem__, words)], sums.array
        except KeyError:
            pass
        with self.lock:  # two documents may be read at once
            if len(self.known[0]) > MOST_WORDS:
                self._begin()
            known, sums = self.known
            self._learn(dict.fromkeys(word for word in words if word not in known))
            known, sums = self.known
            return [known[word] for word in words], sums.array

    def _learn(self, words: Iterable[str]) -> None:
        """All words at once."""
        names, parts, ends, each = list[str](), list[int](), list[int](), [*words]
        for word in each:
            found = pieces(word)
            for family, head, number in self.heads:
                for piece in found[family]:
                    names.append(head + piece)
                    parts.append(number)
            ends.append(len(names))
        rows, count, begin = self.index.find(names), self.count, 0
        numbers, learned = dict[str, int](), list[Word]()
        for word, end in zip(each, ends, strict=True):
            own = rows[begin:end]
            if max(own) < 0:
                numbers[word] = 0
            else:
                count += 1
                learned.append((count, parts[begin:end], own))
                numbers[word] = count
            begin = end
        known, sums = self.known
        while (count + 1) * len(self.roles) > len(sums.array):
            known, sums = dict(known), Held.of(np.concatenate([sums.array, np.zeros_like(sums.array)]))
        if learned:
            spread(sums, self.rows, self.parts, self.roles, learned)
        self.count = count
        known.update(numbers)
        self.known = known, sums
