"""Weights of traits, looked up and added: what a number's or a candidate's traits say for each answer.

A name that is seen twice counts twice.
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
"""How many traits are remembered before all are forgotten."""


def added(rows: Floats) -> Floats:
    """The sum of rows, one after the other. Shape: (column,)."""
    total: Floats = np.add.reduce(rows)
    return total


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
                found = 0.0
                for name in spell(trait):
                    found += self.weights.get(name, 0.0)
                known[trait] = found
            total += found
        return total


def runner_up(scores: Sequence[float], spot: int) -> int | None:
    """The place of the highest score but that at ``spot`` (the first of equals); None where there is none."""
    return max((at for at in range(len(scores)) if at != spot), key=scores.__getitem__, default=None)


def best(scores: list[float]) -> tuple[int, float]:
    """The place of the highest score (the first of equals) with its probability: its share of all (softmax)."""
    top, total = max(scores), 0.0
    for score in scores:
        total += exp(score - top)
    return scores.index(top), 1.0 / total


def best_of_many(scores: Floats) -> tuple[int, float]:
    """The same of an array, whose entries may be minus infinity."""
    place = int(scores.argmax())
    return place, 1.0 / float(np.add.reduce(np.exp(scores - scores[place])))
