"""Networks of one hidden layer: what is seen adds to the layer, what is below zero in it is nothing, the rest speaks for an answer.

A sum is divided by the root of the number of names in it, so that a long sentence speaks no louder than a short one. What a trait
adds is summed once and remembered.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from threading import Lock
from typing import NamedTuple

import numpy as np

from salpi.evidence.judges.tables import Floats, added, rows_at
from salpi.evidence.judges.traits import Trait, spell

_ONE = np.float32(1)
MOST = 20_000
"""How many traits a layer remembers before it begins anew."""


class Memo:
    """What each trait adds. ``sums``: (trait, column), the first row zeros; it grows by being replaced."""

    def __init__(self, index: dict[str, int], rows: Floats) -> None:
        self.index, self.rows = index, rows
        self.known: dict[Trait, int] = {}
        self.sums: Floats = np.zeros((MOST + 4_000, rows.shape[1]), np.float32)
        self.lock = Lock()

    def places(self, traits: Sequence[Trait]) -> list[int]:
        """Where what some traits add stands in ``sums``."""
        known = self.known
        try:
            return [known[trait] for trait in traits]
        except KeyError:
            with self.lock:  # two documents may be read at once
                self._learn(dict.fromkeys([trait for trait in traits if trait not in known]))
            return [known[trait] for trait in traits]

    def _learn(self, traits: Iterable[Trait]) -> None:
        index, rows, starts, filled = self.index, list[int](), list[int](), list[int]()
        numbers = dict[Trait, int]()
        for place, trait in enumerate(traits, len(self.known) + 1):
            numbers[trait] = place
            found = [row for name in spell(trait) if (row := index.get(name)) is not None]
            if found:
                starts.append(len(rows))
                filled.append(place)
                rows += found
        while len(self.known) + len(numbers) >= len(self.sums):
            self.sums = np.concatenate([self.sums, np.zeros_like(self.sums)])
        if rows:
            self.sums[filled] = np.add.reduceat(rows_at(self.rows, rows), starts)
        self.known.update(numbers)


class Layer:
    """Names with what they add to a hidden layer. ``rows``: (name, column); where sums are scaled, the last column counts the names."""

    def __init__(self, index: dict[str, int], rows: Floats) -> None:
        self.index, self.rows = index, rows
        self._memo = Memo(index, rows)

    def memo(self) -> Memo:
        """What is remembered; who holds one may go on with it when another begins."""
        if len(self._memo.known) > MOST:
            self._memo = Memo(self.index, self.rows)
        return self._memo

    def total(self, traits: Sequence[Trait]) -> Floats:
        """What some traits add. Shape: (column,)."""
        memo = self.memo()
        at = memo.places(traits)  # first: what is learned may replace the sums
        return added(rows_at(memo.sums, at))


@dataclass(slots=True)
class Group:
    """Traits that are asked for again and again, with their places in a memo once these are known."""

    traits: Sequence[Trait]
    at: list[int] = field(default_factory=list)
    memo: Memo | None = None


def place(groups: Sequence[Group], memo: Memo) -> None:
    """Note for some groups where what they add stands in a memo."""
    at = iter(memo.places([trait for group in groups for trait in group.traits]))
    for group in groups:
        group.at, group.memo = [*islice(at, len(group.traits))], memo


class Candidate(NamedTuple):
    """What speaks for a candidate: traits that others numbers share, and those of this number alone."""

    groups: Sequence[Group]
    traits: Sequence[Trait]

    def all(self) -> list[Trait]:
        """All traits."""
        return [*chain.from_iterable(group.traits for group in self.groups), *self.traits]


@dataclass(frozen=True)
class Choosing:
    """Scores candidates by what is seen of them beside what the number itself says.

    ``own``: columns of the layer, what a name adds straight to the score, the count. ``about``: columns of the layer, the count.
    """

    own: Layer
    about: Layer
    bias: Floats
    out: Floats

    def scores(self, candidates: Sequence[Candidate], said: Sequence[Trait]) -> list[float]:
        """One score for each candidate; ``said``: the number's own traits."""
        memo = self.own.memo()
        unplaced = [group for groups, _ in candidates for group in groups if group.memo is not memo]
        if unplaced:
            place(unplaced, memo)
        own = iter(memo.places([trait for _, traits in candidates for trait in traits]))
        rows, at = list[list[int]](), list[int]()
        for groups, traits in candidates:
            row = [*islice(own, len(traits))]
            for group in groups:
                row += group.at
            rows.append(row)
        longest = max([len(row) for row in rows])
        for row in rows:  # as long as the longest, with what adds nothing
            at += row
            at += [0] * (longest - len(row))
        sums = np.add.reduce(memo.sums.take(at, axis=0).reshape(len(rows), longest, -1), axis=1)
        heard = self.about.total(said)
        hidden = sums[:, :-2] / np.sqrt(np.maximum(sums[:, -1:], _ONE))
        hidden += heard[:-1] / np.sqrt(max(heard[-1], _ONE)) + self.bias
        np.maximum(hidden, 0, out=hidden)
        found: list[float] = (hidden.dot(self.out) + sums[:, -2]).tolist()
        return found


@dataclass(frozen=True)
class Measuring:
    """What a number's surroundings say of bases and forms.

    ``index`` and ``rows``: names with what they add to the layer. ``bases`` by concept and ``forms``: (hidden and a last row that
    always counts, column).
    """

    index: dict[str, int]
    rows: Floats
    bias: Floats
    bases: Floats
    forms: Floats
