"""Runs a sector of entities by its kernel: what ``engine/entities.py`` does around the lives, with the lives compiled."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from salpi.engine.declare import Bound, EntitySector
from salpi.engine.emit_entities import HELD, TURNED, EntityKernel, emit_entities
from salpi.engine.entities import EntityContext, Ledger, _intensity, _paths, _shape, _stocks, _Years, added
from salpi.engine.graph import Input
from salpi.engine.native import ROOM, KernelError
from salpi.engine.pairs import PairFunctions, Population, population
from salpi.engine.trace import TraceError

Array = NDArray[np.float64]
Call = Callable[[Sequence[Any], Sequence[Array], NDArray[np.int64]], int]
Totals = dict[str, Array]
Once = Callable[[Collection[str], Callable[[], Totals]], Totals]


def always(channels: Collection[str], make: Callable[[], Totals]) -> Totals:
    """Keeps nothing."""
    return make()


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


def run(
    kernel: EntityKernel, call: Call, sector: EntitySector, bound: Bound, context: EntityContext, once: Once = always
) -> dict[str, Array]:
    """Every give of the sector by year, as ``entities.run_entities`` gives it.

    ``once(channels, make)`` may keep what ``make`` gave: what the plan's own entities do hangs on no other channels.
    """
    xp = PairFunctions()
    parameters = dict(context.parameters)
    if sector.prepare is not None:
        parameters |= dict(sector.prepare(xp, parameters))
    people, paths = population(sector, bound), _paths(context)
    draws, years = len(context.draws), len(context.years)
    shapes = {g.name: _shape(sector, bound, g.dim, draws, years) for g in sector.gives}
    lives = _Lives(kernel, call, sector, bound, context, people, parameters, paths)
    totals = once({i.name for i in kernel.inputs if i.kind == "path"}, lives.own)
    if len(people.template):
        totals = added(totals, lives.came(_intensity(sector, xp, parameters, paths, context)))
    out = {name: totals.get(name, np.zeros(shape)) for name, shape in shapes.items()}
    if sector.finish is not None:
        year = _Years(paths, draws, years)
        whole = sector.finish(xp, parameters, year.end, year.mean, out, bound)
        out |= {k: np.broadcast_to(v, shapes[k]) for k, v in whole.items()}
    return out


@dataclass(frozen=True)
class _Lives:
    """A block's lives, of the plan's own entities or of arrivals: one kernel, called for either."""

    kernel: EntityKernel
    call: Call
    sector: EntitySector
    bound: Bound
    context: EntityContext
    people: Population
    parameters: Mapping[str, Any]
    paths: Mapping[str, Array | float]

    def own(self) -> Totals:
        """Amounts by give of the entities of the plan's data."""
        people = self.people
        fixed = ~np.isnan(people.entry)
        rows = [np.flatnonzero((people.stage == s) & fixed) for s in range(len(self.sector.stages) + 1)]
        return self._totals(rows, people.template[:0], np.zeros((1, 1)))

    def came(self, intensity: Array) -> Totals:
        """Amounts by give of the arrivals; ``intensity`` (month, draw), per month."""
        nobody = [np.zeros(0, dtype=np.intp)] * (len(self.sector.stages) + 1)
        return self._totals(nobody, self.people.template, intensity)

    def _totals(self, rows: list[NDArray[np.intp]], template: NDArray[np.intp], intensity: Array) -> Totals:
        kernel, context, people = self.kernel, self.context, self.people
        draws, years = len(context.draws), len(context.years)
        arrays: list[Any] = [context.draws.astype(np.uint32), people.low, people.high, people.entry]
        ends = np.cumsum([len(r) for r in rows])
        arrays += [np.concatenate([*rows, [0]]).astype(np.uint32), ends.astype(np.uint32), intensity]
        widths = []
        for i in kernel.inputs:
            array, width = self._input(i)
            arrays.append(array)
            widths.append(width)
        these = np.concatenate([*rows, template])
        dims = [dim for _, dim in kernel.totals]
        members = [1 if dim is None else self._members(dim, these) for dim in dims]
        shapes = [(draws, years) if dim is None else (m, draws, years) for dim, m in zip(dims, members, strict=True)]
        most = float(intensity.sum(axis=0).max())
        room = len(these) + int(most + 12.0 * most**0.5) + 256  # twelve deviations of a Poisson number
        read = sum(w for i, w in zip(kernel.inputs, widths, strict=True) if i.kind == "table")
        read += (context.end - context.start) * (1 + sum(i.kind == "path" for i in kernel.inputs))
        level = context.end - context.start + 1
        size = (kernel.fields + 2) * room + level + HELD * len(rows[0]) + TURNED * read + sum(members) * (years + 1) + 64
        work = np.empty(size, dtype=ROOM)
        outs = [*(np.empty(s) for s in shapes), np.empty((len(self.sector.stages), draws)), work]
        seed = int(np.uint64(context.seed & 0xFFFF_FFFF_FFFF_FFFF).astype(np.int64))
        fixed = len(people.stage) - len(people.template)
        meta = [draws, context.start, context.end - context.start, seed, fixed, len(template), room]
        if self.call(arrays, outs, np.array([*meta, *widths, *members], dtype=np.int64)):
            raise KernelError(f"sector {self.sector.name}: more entities arrive in a draw than there is room for ({room})")
        ledger = Ledger(draws, context.start, years, {})
        ledger.totals |= {name: a for (name, _), a in zip(kernel.totals, outs, strict=False) if a.size}
        return ledger.totals | _stocks(self.sector, ledger, list(outs[len(kernel.totals)]))

    def _input(self, i: Input) -> tuple[Array, int]:
        """An input's array and its width: columns of a path, rows of a table."""
        value: Any
        if i.kind == "path":
            path = self.paths[i.name]
            value = np.full((self.context.end - self.context.start, 1), path) if isinstance(path, float) else path
            width = value.shape[1]
        else:
            value = self.people.attributes[i.name] if i.kind == "entity" else self.parameters[i.name]
            value = np.broadcast_to(value, (len(self.context.draws),)) if i.kind == "parameter" else value
            width = len(value) if i.kind == "table" else 1
        return np.ascontiguousarray(value, dtype=np.float64), width

    def _members(self, dim: str, rows: NDArray[np.intp]) -> int:
        """Members of a dim to which amounts can fall; none where no entity belongs to any."""
        return len(self.bound.dims[dim]) if (self.people.attributes[dim][rows] >= 0).any() else 0
