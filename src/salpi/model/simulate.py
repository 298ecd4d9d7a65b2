"""Simulate a plan under a scenario: parameters drawn, measures turned into channels, sectors run, outputs collected."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from numpy.typing import NDArray

from salpi.engine.block import Cache
from salpi.engine.distributions import Distribution, tabulate, untabulated
from salpi.engine.drawing import Drawn, caller, tables
from salpi.engine.kernels import Kernels, prepare
from salpi.engine.paths import Paths
from salpi.engine.run import VERSION, Model, Result, run
from salpi.model import modules
from salpi.model.base import unit_of
from salpi.model.edited import check_edited
from salpi.model.measures import Policy
from salpi.model.run import Output, Run
from salpi.model.scenario import Scenario, resolve
from salpi.model.sectors import SECTOR_NAMES, sector
from salpi.plan import Plan
from salpi.plan.periods import Period
from salpi.plan.schema import ScenarioFile
from salpi.version import __version__

Array = NDArray[np.float64]
MAX_DRAWS = 10_000_000
YEARS_BACK = 2
"""A run starts in January two years before the plan's own date, so that every yearly series can anchor; what is laid on top of a
plan brings no series further, and does not move the start."""


def first_month(plan: Plan) -> int:
    """The month in which runs of this plan start, a January."""
    own = min(plan.as_of, Period.parse(plan.meta.as_of).end)
    return max(12 * (own.year - YEARS_BACK), Period.parse(plan.meta.horizon.start).first_month // 12 * 12)


def end_month(plan: Plan) -> int:
    """The month before which runs of this plan end, a January: whole years, also where the horizon ends within one."""
    return (Period.parse(plan.meta.horizon.end).last_month // 12 + 1) * 12


def distributions(plan: Plan, scenario: Scenario) -> dict[str, Distribution]:
    """How each parameter is drawn; one that the scenario holds is fixed."""
    out = {}
    for key, p in plan.parameters.items():
        if key in scenario.parameters:
            out[key] = Distribution("fixed", scenario.parameters[key])
        else:
            out[key] = Distribution(p.dist, p.value, p.low, p.high, p.a, p.b, p.bounds)
    return out


def build(plan: Plan, scenario: Scenario, seed: int, memo: dict[Any, Any] | None = None) -> Model:
    """The engine's model of a plan: its sectors bound to its data, its parameters and its policy.

    ``memo`` keeps what many scenarios of one plan share: bound data, drawn parameters, channels that no lever moved.

    Raises ModelError with every missing parameter at once.
    """
    kept, memo = memo, {} if memo is None else memo
    names = [n for n in SECTOR_NAMES if n in plan.meta.sectors]
    sectors = tuple(sector(n) for n in names)
    start = first_month(plan)
    of = (plan.hash, plan.as_of, start)  # a plan as it stood has the hash of the whole
    for s in sectors:
        if ("bound", s.name, of) not in memo:
            memo["bound", s.name, of] = s.bind(plan, start)
    bound = {s.name: memo["bound", s.name, of] for s in sectors}
    drawn_as = distributions(plan, scenario)
    policy = Policy(plan, scenario, seed, drawn_as.get, kept)

    return Model(
        sectors=sectors,
        bound=bound,
        known=frozenset(drawn_as),
        parameters=Drawn(drawn_as, seed, kept),
        channels=Paths(policy.channel_paths),
        seed=seed,
        purposes=policy.purposes(),
    )


def simulate(
    plan: Plan,
    scenario: Scenario | ScenarioFile | None = None,
    *,
    draws: int | None = None,
    seed: int | None = None,
    block: int | None = None,
    threads: int | None = None,
    progress: Callable[[float], None] | None = None,
    cache: Cache | None = None,
    engine: str = "auto",
) -> Run:
    """Run the model. Same plan, scenario, seed, draws and version give the same bytes, whatever ``block`` or ``threads``.

    ``cache`` (an empty dict at first) keeps what sectors gave for the same inputs, for many runs of one plan that differ in a
    few measures: only what lies downstream of a moved channel runs again, and no bit changes. ``engine`` names the reading:
    ``auto`` (the fastest that can be had; why it is no faster one is logged in one line; for few draws nothing is compiled),
    ``native``, ``wasm`` or ``numpy``.

    Raises ValueError for a number of draws outside 1 … 10,000,000, ScenarioError for a scenario that does not fit; in a
    source tree ModelError for an edited sector whose units do not fit.
    """
    draws = plan.meta.draws if draws is None else draws
    seed = plan.meta.seed if seed is None else seed
    if not 1 <= draws <= MAX_DRAWS:
        raise ValueError(f"draws must lie between 1 and {MAX_DRAWS:,}, not {draws:,}; 2000 is the usual number")
    resolved = resolve(plan, scenario)
    model = build(plan, resolved, seed, cache)
    start, end = first_month(plan), end_month(plan)
    kernels = kernels_for(plan, model, draws, engine)
    result = run(model, draws, start, end, block=block, threads=threads, progress=progress, cache=cache, kernels=kernels)
    spec = spec_of(plan, resolved, draws, seed, start, end) | {"engine": f"{kernels.engine} {VERSION}"}
    return Run(plan, spec, np.arange(start // 12, end // 12), start, outputs_of(plan, model, result))


def kernels_for(plan: Plan, model: Model, draws: int, engine: str) -> Kernels:
    """What must stand before a model of a plan runs: checked units, tables of distributions, kernels. Raises ModelError."""
    start, end = first_month(plan), end_month(plan)
    check_edited(plan, model.sectors, start)
    years = range(start // 12, end // 12)
    drawn = model.parameters.of if isinstance(model.parameters, Drawn) else {}
    shapes = untabulated(drawn[id] for id in model.parameter_ids() if id in drawn)
    if not shapes:
        kernels = prepare(model, engine, modules.find, years, draws, modules.emitted)
    else:  # while kernels are loaded, tables that were kept are read; where none were, the kernels make them
        with ThreadPoolExecutor(1) as pool:
            preparing = pool.submit(prepare, model, engine, modules.find, years, draws, modules.emitted)
            tabulate(shapes, lambda: tables(shapes, caller(preparing.result().calls)))
            kernels = preparing.result()
    _say(kernels)
    return kernels


_said: set[str] = set()


def _say(kernels: Kernels) -> None:
    """Logs each note once in a process."""
    for note in kernels.notes:
        if note not in _said:
            _said.add(note)
            logging.getLogger("salpi").warning(note)


def spec_of(plan: Plan, scenario: Scenario, draws: int, seed: int, start: int, end: int) -> dict[str, Any]:
    on = [m for m in plan.measures if scenario.lever(m).intensity > 0]
    return {
        "plan": plan.id,
        "hash": plan.hash,
        "scenario": scenario.to_json(),
        "seed": seed,
        "draws": draws,
        "as_of": plan.as_of.isoformat(),
        "start": f"{start // 12}-{start % 12 + 1:02d}",
        "end": f"{(end - 1) // 12}-{(end - 1) % 12 + 1:02d}",
        "version": __version__,
        "engine": f"numpy {VERSION}",
        "measures": on,
    }


def outputs_of(plan: Plan, model: Model, result: Result) -> dict[str, Output]:
    """What a model's sectors gave, with units and names."""
    out = {}
    for s in model.sectors:
        for give in s.gives:
            members = None if give.dim is None else tuple(model.bound[s.name].dims[give.dim])
            out[give.name] = Output(
                give.name,
                unit_of(plan, give.unit),
                give.annual,
                give.en,
                give.ko,
                result.annual[give.name],
                members,
                result.monthly.get(give.name),
            )
    return out
