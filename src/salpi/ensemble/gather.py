"""Parts of an ensemble put together, in whatever order and sizes they come: the bytes of one process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from salpi.decide import outlook
from salpi.decide.difference import Fan
from salpi.decide.outlook import Gathered, Outlook, Question, Trends
from salpi.decide.trend import Trend
from salpi.ensemble.job import Job, Runner
from salpi.ensemble.parts import CardPart, FanPart
from salpi.model.moved import moved
from salpi.model.run import Output, digest
from salpi.model.scenario import Scenario
from salpi.model.simulate import end_month, first_month, spec_of
from salpi.plan import Plan

if TYPE_CHECKING:
    from salpi.decide.rests import Drivers
    from salpi.decide.scorecard import Scorecard


def simulated(plan: Plan, scenario: Scenario, draws: int | None, seed: int | None, runner: Runner) -> dict[str, Any]:
    """The run as JSON: spec, indicators, what was moved, and the digest that `replay` compares. Raises EnsembleFault."""
    n, key = _sizes(plan, draws, seed)
    fan, prints, engines = Fan(n), np.zeros((n, 32), dtype=np.uint8), set[str]()

    def take(part: FanPart) -> None:
        fan.add(part.first, part.beside)
        prints[part.first : part.last] = part.fingerprints
        engines.add(part.engine)

    runner(Job(plan, scenario, n, key), take)
    found = moved(plan, scenario, key)
    return {
        "spec": _spec(plan, scenario, n, key, engines),
        "digest": digest(prints),
        "moved": list(found.channels),
        "unmoved": found.unmoved,
        "indicators": fan.indicators({id: body.unit for id, body in plan.indicators.items()}),
    }


def carded(plan: Plan, scenario: Scenario, draws: int | None, seed: int | None, runner: Runner) -> Scorecard:
    """The scorecard of an ensemble. Raises EnsembleFault."""
    from salpi.decide.scorecard import judged, questions

    n, key = _sizes(plan, draws, seed)
    asked = questions(plan)
    futures = _Futures(plan, asked, n, key)
    runner(Job(plan, scenario, n, key, asked), futures.take)
    futures.spec = _spec(plan, scenario, n, key, futures.engines)
    return judged(plan, futures)


def _sizes(plan: Plan, draws: int | None, seed: int | None) -> tuple[int, int]:
    return plan.meta.draws if draws is None else draws, plan.meta.seed if seed is None else seed


def _spec(plan: Plan, scenario: Scenario, draws: int, seed: int, engines: set[str]) -> dict[str, Any]:
    made = spec_of(plan, scenario, draws, seed, first_month(plan), end_month(plan))
    return made | {"engine": " + ".join(sorted(engines))}


class _Futures:
    """What a judge is told by parts."""

    def __init__(self, plan: Plan, asked: tuple[Question, ...], draws: int, seed: int) -> None:
        self.plan, self.draws = plan, draws
        self.spec: Mapping[str, Any] = {}
        self.engines: set[str] = set()
        self._gathered = {question: Gathered(question, draws) for question in asked}
        self._trends = Trends(plan, draws, seed, end_month(plan) // 12 - 1)
        self._head: dict[str, Output] = {}
        self._years: tuple[int, ...] = ()

    def take(self, part: CardPart) -> None:
        self.engines.add(part.engine)
        for gathered, seen in zip(self._gathered.values(), part.seen, strict=True):
            gathered.add(part.first, seen)
        self._years = part.years or self._years
        for key, out in part.outputs.items():
            if key not in self._head:
                room = np.empty((min(self.draws, outlook.HEAD), out.values.shape[1]))
                self._head[key] = replace(out, values=room)
            self._head[key].values[part.first : part.first + len(out.values)] = out.values

    def model(self, asked: Question) -> Outlook | None:
        return self._gathered[asked].result()

    def trend(self, asked: Question) -> tuple[Outlook, Trend] | None:
        return self._trends.of(asked)

    def drivers(self) -> Drivers:
        from salpi.decide.rests import Drivers

        return Drivers(_Head(np.array(self._years), self._head), outlook.HEAD)


@dataclass(frozen=True)
class _Head:
    """Of the first draws the outputs without members, in the targets' years."""

    years: NDArray[np.int64]
    outputs: Mapping[str, Output]
