"""Networks of one hidden layer: what is seen adds to the layer, what is below zero in it is nothing, the rest speaks for an answer.

A sum is divided by the root of the number of names in it, so that a long sentence speaks no louder than a short one. What a trait
adds is summed once and remembered.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from threading import Lock
from typing import NamedTuple, cast

import numpy as np

from salpi.evidence.judges.index import Index
from salpi.evidence.judges.kernel import fill, scores
from salpi.evidence.judges.rows import Held, Rows
from salpi.evidence.judges.tables import Floats
from salpi.evidence.judges.traits import Trait, spell

MOST = 20_000
"""How many traits a layer remembers before it begins anew."""


class Memo:
    """What each trait adds. ``sums``: (trait, column), the first row zeros; it grows by being replaced."""

    def __init__(self, index: Index, rows: Rows) -> None:
        self.index, self.rows = index, rows
        self.known: dict[Trait, int] = {}
        self.held = Held.of(np.zeros((MOST + 4_000, rows.columns), np.float32))
        self.lock = Lock()

    @property
    def sums(self) -> Floats:
        """What each adds."""
        return self.held.array

    def places(self, traits: Sequence[Trait]) -> list[int]:
        """Where what some traits add stands in ``sums``."""
        known = self.known
        at: list[int | None] = [*map(known.get, traits)]
        if None in at:
            with self.lock:  # two documents may be read at once
                self._learn([trait for trait, place in zip(traits, at, strict=True) if place is None])
            return [known[trait] for trait in traits]
        return cast("list[int]", at)

    def _learn(self, traits: Iterable[Trait]) -> None:
        new = [trait for trait in dict.fromkeys(traits) if trait not in self.known]
        each = [spell(trait) for trait in new]
        rows = self.index.find([name for names in each for name in names])
        first, numbers, at = len(self.known) + 1, [len(new)], 0
        for place, names in enumerate(each, first):
            numbers += place, len(names)
            numbers += rows[at : at + len(names)]
            at += len(names)
        while first + len(new) > len(self.sums):
            self.held = Held.of(np.concatenate([self.sums, np.zeros_like(self.sums)]))
        fill(self.held, self.rows, numbers)
        self.known.update(zip(new, range(first, first + len(new)), strict=True))


class Layer:
    """Names with what they add to a hidden layer; where sums are scaled, the last column of ``rows`` counts the names."""

    def __init__(self, index: Index, rows: Rows) -> None:
        self.index, self.rows = index, rows
        self._memo = Memo(index, rows)

    def memo(self) -> Memo:
        """What is remembered; who holds one may go on with it when another begins."""
        if len(self._memo.known) > MOST:
            self._memo = Memo(self.index, self.rows)
        return self._memo


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


@dataclass
class Choosing:
    """Scores candidates by what is seen of them beside what the number itself says.

    ``own``: columns of the layer, what a name adds straight to the score, the count. ``about``: columns of the layer, the count.
    """

    own: Layer
    about: Layer
    bias: Floats
    out: Floats

    def __post_init__(self) -> None:
        self._speaking = Held.of(self.bias), Held.of(self.out)

    def scores(self, candidates: Sequence[Candidate], said: Sequence[Trait]) -> list[float]:
        """One score for each candidate; ``said``: the number's own traits."""
        memo, about = self.own.memo(), self.about.memo()
        unplaced = [group for groups, _ in candidates for group in groups if group.memo is not memo]
        if unplaced:
            place(unplaced, memo)
        own = memo.places([trait for _, traits in candidates for trait in traits])
        numbers = [len(said), *about.places(said), len(candidates)]
        begin = 0
        for groups, traits in candidates:
            spot, end = len(numbers), begin + len(traits)
            numbers.append(0)
            numbers += own[begin:end]
            for group in groups:
                numbers += group.at
            numbers[spot] = len(numbers) - spot - 1
            begin = end
        return scores(numbers, about.held, memo.held, *self._speaking)


@dataclass(frozen=True)
class Measuring:
    """What a number's surroundings say of bases and forms.

    ``index`` and ``rows``: names with what they add to the layer. ``bases`` by concept and ``forms``: (hidden and a last row that
    always counts, column).
    """

    index: Index
    rows: Rows
    bias: Floats
    bases: Floats
    forms: Floats
