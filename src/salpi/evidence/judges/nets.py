"""Networks of one hidden layer: what is seen adds to the layer, what is below zero in it is nothing, the rest speaks for an answer.

A sum is divided by the root of the number of names in it, so that a long sentence speaks no louder than a short one. What a trait
adds is summed once and remembered.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from salpi.evidence.judges.index import Index
from salpi.evidence.judges.kernel import scores
from salpi.evidence.judges.learn import fill
from salpi.evidence.judges.memo import Memo
from salpi.evidence.judges.rows import Held, Rows
from salpi.evidence.judges.tables import Floats
from salpi.evidence.judges.traits import Trait, spell

ROOM = 8 << 20
"""How many bytes what is remembered of a layer may take, and as many again of what was remembered before."""


class Layer:
    """Names with what they add to a hidden layer; where sums are scaled, the last column of ``rows`` counts the names."""

    def __init__(self, index: Index, rows: Rows) -> None:
        self.index, self.rows = index, rows

        def learn(into: Held, traits: dict[Trait, int]) -> None:
            fill(into, rows, index, [*traits.values()], [*map(spell, traits)])

        self._memo = Memo(learn, rows.columns, 1, ROOM)

    def memo(self) -> Memo[Trait]:
        """What is remembered; who holds one may go on with it when another begins."""
        memo = self._memo = self._memo.young()
        return memo


class Group:
    """Traits that are asked for again and again, with their places in a memo once these are known."""

    def __init__(self, traits: Sequence[Trait]) -> None:
        self.traits = traits
        self.at: list[int] = []
        self.memo: Memo[Trait] | None = None


def place(groups: Sequence[Group], memo: Memo[Trait], traits: Iterable[Trait] = ()) -> list[int]:
    """Note for some groups where what they add stands in a memo; where what some other traits add does."""
    asked = [*traits]
    own = len(asked)
    for group in groups:
        asked += group.traits
    at = memo.places(asked)
    begin = own
    for group in groups:
        end = begin + len(group.traits)
        group.at, group.memo, begin = at[begin:end], memo, end
    return at[:own] if groups else at


class Candidate:
    """What speaks for a candidate: traits that other numbers share, and those of this number alone."""

    def __init__(self, groups: Sequence[Group], traits: Sequence[Trait]) -> None:
        self.groups, self.traits = groups, traits

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
        unplaced = [group for one in candidates for group in one.groups if group.memo is not memo]
        own = place(unplaced, memo, [trait for one in candidates for trait in one.traits])
        numbers = [len(said), *about.places(said), len(candidates)]
        begin = 0
        for one in candidates:
            spot, end = len(numbers), begin + len(one.traits)
            numbers.append(0)
            numbers += own[begin:end]
            for group in one.groups:
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
