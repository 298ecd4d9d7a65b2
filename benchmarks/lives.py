"""1,600 assets through four stages, as a sector of entities and as SimPy processes: the same odds, the same spread of durations.

All its numbers are *assumptions* that serve to measure speed.
"""

from __future__ import annotations

import math
import random
from typing import Any

import numpy as np

from salpi.engine.declare import Bound, EntitySector, Give, Parameter, Passage, Stage
from salpi.engine.entities import EntityContext

START, END = 12 * 2025, 12 * 2040
STANDING, A_YEAR = 423, 80
SHARES = (0.5, 0.25, 0.17, 0.08)
ODDS, YEARS, SIGMA = (0.55, 0.52, 0.30, 0.58), (1.8, 1.6, 2.4, 2.6), (0.45, 0.40, 0.35, 0.30)
LOGISTIC = 1.702


def _stage(k: int) -> Stage:
    def step(xp: Any, e: Any, p: Any, u: Any, at: Any, start: Any, first: Any) -> Passage:
        spread = xp.exp(SIGMA[k] / LOGISTIC * xp.log(u["time"] / (1.0 - u["time"])))
        return Passage(12.0 * YEARS[k] * p["pace"] * spread, u["pass"] < ODDS[k])

    return Stage(f"s{k}", step, ("pass", "time"))


SECTOR = EntitySector(
    name="lives",
    stages=tuple(_stage(k) for k in range(4)),
    outcome=lambda xp, e, p, u, at, fate, years: {},
    gives=(Give("lives.passes.s3", "count", "sum", "Approved", "허가"),),
    bind=lambda plan, start: Bound(),
    parameters=(Parameter("pace", "x"),),
)


def bound() -> Bound:
    stage = np.repeat(np.arange(4.0), [round(STANDING * s) for s in SHARES])
    new = np.sort(np.tile(np.arange(15.0), A_YEAR)) * 12.0 + np.tile((np.arange(A_YEAR) + 0.5) / A_YEAR * 12.0, 15)
    entry = np.concatenate([np.full(len(stage), -np.inf), START + new])
    stage = np.concatenate([stage, np.zeros(len(new))])
    return Bound({"entity": tuple(str(i) for i in range(len(stage)))}, {"stage": stage, "entry": entry})


def context(draws: int) -> EntityContext:
    return EntityContext({"pace": np.ones(draws)}, {}, {}, 1, np.arange(draws), START, END)


def simpy_draws(draws: int, seed: int = 1) -> np.ndarray:
    """Approvals by draw and year, one process an asset."""
    import simpy

    its, out, pull = bound(), np.zeros((draws, (END - START) // 12)), random.Random(seed)
    stages, entries = its.attributes["stage"].astype(int), its.attributes["entry"]

    def life(world: Any, draw: int, stage: int, entry: float) -> Any:
        if entry > world.now:
            yield world.timeout(entry - world.now)
        for k in range(stage, 4):
            u = pull.random()
            yield world.timeout(12.0 * YEARS[k] * math.exp(SIGMA[k] / LOGISTIC * math.log(u / (1.0 - u))))
            if pull.random() >= ODDS[k]:
                return
        out[draw, int((world.now - START) // 12)] += 1.0

    for draw in range(draws):
        world = simpy.Environment(initial_time=START)
        for stage, entry in zip(stages, entries, strict=True):
            world.process(life(world, draw, stage, entry))
        world.run(until=END)
    return out
