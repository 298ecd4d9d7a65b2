"""Weights of traits, looked up and added: what a number's or a candidate's traits say for each answer.

A name that is seen twice counts twice. Tables remember where the names of a trait stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import exp

import numpy as np
from numpy.typing import NDArray

from salpi.evidence.judges.traits import Trait, spell

Floats = NDArray[np.float32]
MOST = 200_000
"""How many traits a table remembers before it begins anew."""


def rows_at(rows: Floats, places: list[int]) -> Floats:
    """The rows at some places, in order. Shape: (place, column)."""
    found: Floats = rows.take(np.fromiter(places, np.intp, len(places)), axis=0)
    return found


def added(rows: Floats) -> Floats:
    """The sum of rows, one after the other. Shape: (column,)."""
    total: Floats = np.add.reduce(rows)
    return total


@dataclass(frozen=True)
class Places:
    """Where the names of features stand in a table; remembers the places of each trait."""

    index: dict[str, int]
    known: dict[Trait, tuple[int, ...]] = field(default_factory=dict)

    def of(self, traits: Iterable[Trait]) -> list[int]:
        """The places of all names of some traits, in order; names that the table does not hold have none."""
        known, at = self.known, list[int]()
        for trait in traits:
            found = known.get(trait)
            at += self.learn(trait) if found is None else found
        return at

    def learn(self, trait: Trait) -> tuple[int, ...]:
        """The places of a trait's names, remembered from now on."""
        if len(self.known) > MOST:
            self.known.clear()
        index = self.index
        found = self.known[trait] = tuple(index[name] for name in spell(trait) if name in index)
        return found


@dataclass(frozen=True)
class Table:
    """Weights by feature and column. ``rows``: (feature, column)."""

    places: Places
    rows: Floats

    def total(self, traits: Iterable[Trait]) -> Floats:
        """The sum of some traits' weights. Shape: (column,)."""
        return added(rows_at(self.rows, self.places.of(traits)))


@dataclass(frozen=True)
class Sums:
    """Weights of what holds for any candidate alike; remembers the sum of each trait."""

    weights: dict[str, float]
    known: dict[Trait, float] = field(default_factory=dict)

    def of(self, traits: Iterable[Trait]) -> float:
        """The sum of the weights of all names of some traits."""
        known, total = self.known, 0.0
        for trait in traits:
            found = known.get(trait)
            if found is None:
                if len(known) > MOST:
                    known.clear()
                found = known[trait] = sum(self.weights.get(name, 0.0) for name in spell(trait))
            total += found
        return total


def runner_up(scores: Sequence[float], spot: int) -> int | None:
    """The place of the highest score but that at ``spot`` (the first of equals); None where there is none."""
    return max((at for at in range(len(scores)) if at != spot), key=scores.__getitem__, default=None)


def best(scores: Sequence[float]) -> tuple[int, float]:
    """The place of the highest score (the first of equals) with its probability: its share of all (softmax)."""
    top = max(scores)
    return scores.index(top), 1.0 / sum([exp(score - top) for score in scores])


def best_of_many(scores: Floats) -> tuple[int, float]:
    """The same of an array, whose entries may be minus infinity."""
    place = int(scores.argmax())
    return place, 1.0 / float(np.add.reduce(np.exp(scores - scores[place])))
