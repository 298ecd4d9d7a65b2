"""What one shard gives: the outputs that are wanted, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from salpi.decide import outlook
from salpi.decide.difference import Beside
from salpi.decide.outlook import Question, Seen, path_of, years_of
from salpi.model.run import Output, Run
from salpi.model.shards import Shards, slim


@dataclass(frozen=True)
class Part:
    """A part of an ensemble: the draws first … last-1, and the engine that ran them."""

    first: int
    last: int
    engine: str


@dataclass(frozen=True)
class FanPart(Part):
    """Every indicator by year, as announced and under the scenario, and the scenario's fingerprint of each draw."""

    beside: Beside
    fingerprints: NDArray[np.uint8]


@dataclass(frozen=True)
class CardPart(Part):
    """What each question of the scorecard is told; of the first draws also the outputs in the targets' years."""

    seen: tuple[Seen | None, ...]
    years: tuple[int, ...]
    outputs: Mapping[str, Output]


def fan_part(shards: Shards, first: int, last: int) -> FanPart:
    base, run = shards.pair(first, last)
    return FanPart(first, last, shards.engine, Beside.of(base, run), run.fingerprints())


def card_part(shards: Shards, asked: tuple[Question, ...], first: int, last: int) -> CardPart:
    run = shards.one(first, last)
    head = slim(run, years_of(asked), max(outlook.HEAD - first, 0)) if first < outlook.HEAD else None
    years = tuple(map(int, head.years)) if head is not None else ()
    seen = tuple(_seen(shards, run, question) for question in asked)
    return CardPart(first, last, shards.engine, seen, years, head.outputs if head is not None else {})


def _seen(shards: Shards, run: Run, asked: Question) -> Seen | None:
    path = path_of(shards.plan, run, asked)
    return None if path is None else Seen.of(shards.plan, path, asked)
