"""Runs a sector of entities by its kernel: what ``engine/entities.py`` does around the lives, with the lives compiled."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from salpi.engine.declare import Bound, EntitySector
from salpi.engine.emit_entities import EntityKernel, emit_entities
from salpi.engine.entities import EntityContext, Ledger, _intensity, _paths, _shape, _stocks, _Years
from salpi.engine.native import KernelError
from salpi.engine.pairs import PairFunctions, Population, population
from salpi.engine.trace import TraceError

Array = NDArray[np.float64]
Call = Callable[[Sequence[Any], Sequence[Array], NDArray[np.int64]], int]


def names(sector: EntitySector, bound: Bound) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The numbers of a draw that a step may read, prepared ones too: one a draw, and tables. Raises TraceError."""
    sizes = {p.id: (2,) if p.dim is None else (len(bound.dims[p.dim]), 2) for p in sector.parameters}
    given: dict[str, Any] = {id: np.full(size, 0.5) for id, size in sizes.items()}
    if sector.prepare is not None:
        try:
            with np.errstate(all="ignore"):
                given |= dict(sector.prepare(PairFunctions(), given))
        except Exception as error:
            raise TraceError(f"sector {sector.name}: prepare fails on numbers of a half ({error})") from error
    scalars = tuple(k for k, v in given.items() if np.ndim(v) < 2)
    return scalars, tuple(k for k in given if k not in scalars)


def emit(sector: EntitySector, bound: Bound, years: NDArray[np.int64]) -> EntityKernel:
    """The kernel of a sector of entities. Raises TraceError."""
    return emit_entities(sector, *names(sector, bound), years)


def run(kernel: EntityKernel, call: Call, sector: EntitySector, bound: Bound, context: EntityContext) -> dict[str, Array]:
    """Every give of the sector by year, as ``entities.run_entities`` gives it."""
    xp = PairFunctions()
    parameters = dict(context.parameters)
    if sector.prepare is not None:
        parameters |= dict(sector.prepare(xp, parameters))
    people, paths = population(sector, bound), _paths(context)
    draws, years = len(context.draws), len(context.years)
    shapes = {g.name: _shape(sector, bound, g.dim, draws, years) for g in sector.gives}
    intensity = _intensity(sector, xp, parameters, paths, context) if len(people.template) else np.zeros((1, 1))
    totals = _lives(kernel, call, sector, bound, context, people, parameters, paths, intensity)
    out = {name: totals.get(name, np.zeros(shape)) for name, shape in shapes.items()}
    if sector.finish is not None:
        year = _Years(paths, draws, years)
        whole = sector.finish(xp, parameters, year.end, year.mean, out, bound)
        out |= {k: np.broadcast_to(v, shapes[k]) for k, v in whole.items()}
    return out


def _lives(
    kernel: EntityKernel,
    call: Call,
    sector: EntitySector,
    bound: Bound,
    context: EntityContext,
    people: Population,
    parameters: Mapping[str, Any],
    paths: Mapping[str, Array | float],
    intensity: Array,
) -> dict[str, Array]:
    draws, years = len(context.draws), len(context.years)
    fixed = len(people.stage) - len(people.template)
    rows = [np.flatnonzero((people.stage == s) & ~np.isnan(people.entry)) for s in range(len(sector.stages) + 1)]
    arrays: list[Any] = [context.draws.astype(np.uint32), people.low, people.high, people.entry]
    arrays += [np.concatenate([*rows, [0]]).astype(np.uint32), np.cumsum([len(r) for r in rows]).astype(np.uint32)]
    arrays.append(intensity)
    widths = []
    for i in kernel.inputs:
        if i.kind == "path":
            path = paths[i.name]
            value: Any = np.full((context.end - context.start, 1), path) if isinstance(path, float) else path
            widths.append(value.shape[1])
        else:
            value = people.attributes[i.name] if i.kind == "entity" else parameters[i.name]
            value = np.broadcast_to(value, (draws,)) if i.kind == "parameter" else value
            widths.append(len(value) if i.kind == "table" else 1)
        arrays.append(np.ascontiguousarray(value, dtype=np.float64))
    members = [1 if dim is None else len(bound.dims[dim]) for _, dim in kernel.totals]
    shapes = [(draws, years) if dim is None else (m, draws, years) for (_, dim), m in zip(kernel.totals, members, strict=True)]
    most = float(intensity.sum(axis=0).max())
    room = len(people.stage) + int(most + 12.0 * most**0.5) + 128  # twelve deviations of a Poisson number
    months, read = context.end - context.start, sum(w for i, w in zip(kernel.inputs, widths, strict=True) if i.kind == "table")
    read += months * (2 + sum(i.kind == "path" for i in kernel.inputs))
    work = np.empty((kernel.fields + 2) * room + sum(members) * (years + 1) + read + 64)
    outs = [*(np.empty(s) for s in shapes), np.empty((len(sector.stages), draws)), work]
    seed = int(np.uint64(context.seed & 0xFFFF_FFFF_FFFF_FFFF).astype(np.int64))
    meta = [draws, context.start, months, seed, fixed, len(people.template), room]
    if call(arrays, outs, np.array([*meta, *widths, *members], dtype=np.int64)):
        raise KernelError(f"sector {sector.name}: more entities arrive in a draw than there is room for ({room})")
    ledger = Ledger(draws, context.start, years, {})
    ledger.totals |= {name: a for (name, _), a in zip(kernel.totals, outs, strict=False)}
    return ledger.totals | _stocks(sector, ledger, list(outs[len(kernel.totals)]))
