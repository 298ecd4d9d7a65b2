"""An ensemble to be run, and the session in which a process runs any of its shards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from salpi.decide.outlook import Question
from salpi.ensemble.parts import CardPart, FanPart, card_part, fan_part
from salpi.model.scenario import Scenario
from salpi.model.shards import Shards
from salpi.plan import Plan


@dataclass(frozen=True)
class Job:
    """``draws`` draws of a plan under a scenario (resolved), and which outputs are wanted.

    ``asked``: indicators at targets' periods, which give a `CardPart`; without it every indicator by year, a `FanPart`.
    """

    plan: Plan
    scenario: Scenario
    draws: int
    seed: int
    asked: tuple[Question, ...] | None = None


class Session:
    """A job made ready in a process: any of its shards can be asked for, from several threads."""

    def __init__(self, job: Job) -> None:
        self._asked = job.asked
        self._shards = Shards(job.plan, job.scenario, job.draws, job.seed)

    def part(self, first: int, last: int) -> FanPart | CardPart:
        """What the draws first … last-1 give of what is wanted."""
        if self._asked is None:
            return fan_part(self._shards, first, last)
        return card_part(self._shards, self._asked, first, last)


Runner = Callable[[Job, Callable[[Any], None]], None]
"""Runs all shards of a job and hands each part over, in any order: `Threads`, `Workers`."""
