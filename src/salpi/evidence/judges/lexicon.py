"""What words add in each of their roles, looked up once for each word: a text costs its words and not their uses."""

from __future__ import annotations

from collections.abc import Sequence

from salpi.evidence.judges.index import Index
from salpi.evidence.judges.learn import Making
from salpi.evidence.judges.memo import Memo
from salpi.evidence.judges.roles import Part, Role, pieces
from salpi.evidence.judges.rows import Held, Rows

ROOM = 32 << 20
"""How many bytes what is remembered of words may take, and as many again of what was remembered before."""


class Lexicon:
    """``roles``: what a word can be, made of ``parts``."""

    def __init__(self, index: Index, rows: Rows, parts: Sequence[Part], roles: Sequence[Role]) -> None:
        making = Making(parts, roles)

        def learn(into: Held, words: dict[str, int]) -> None:
            making.spread(into, rows, index, [*words.values()], [*map(pieces, words)])

        self._memo = Memo(learn, rows.columns, len(roles), ROOM)

    def of(self, words: Sequence[str]) -> tuple[list[int], Held]:
        """The numbers of some words, and the rows that they point into: (word's number × roles + role, column); of the word 0 zeros."""
        memo = self._memo = self._memo.young()
        return memo.places(words), memo.held
