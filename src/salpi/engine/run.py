"""Run a model: blocks of draws on threads, sectors in their order, months inside; the same bytes whatever the blocks.

A block is a few hundred draws, so that its arrays stay in cache. Every number in it depends on the draw's own number only, and
blocks are put together in order: neither their size nor the number of threads changes a bit.
"""

from __future__ import annotations

import os
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from salpi.engine.block import Block, Cache, run_block
from salpi.engine.declare import Bound, EntitySector, Parameter, Sector
from salpi.engine.kernels import Kernels
from salpi.engine.random import check_purposes
from salpi.engine.wiring import wire

Array = NDArray[np.float64]
Draws = NDArray[np.int64]
VERSION = 4  # of the numbers that a model gives; goes up when a bit changes
BLOCK = 2048
SMALLEST = 256  # draws in a block: fewer cost more than they bring


class ModelError(ValueError):
    """A model that cannot run; ``problems`` holds one line each."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problems))


@dataclass(frozen=True)
class Model:
    """Sectors bound to data, and where their numbers come from.

    ``parameters(ids, draws) -> {id: (draw,)}``; ``channels(draws, start, end) -> {id: (month, draw) or (month, 1)}``;
    ``known``: ids that ``parameters`` can give; ``purposes``: those under which ``channels`` draws random numbers.
    """

    sectors: tuple[Sector | EntitySector, ...]
    parameters: Callable[[tuple[str, ...], Draws], Mapping[str, Array]]
    channels: Callable[[Draws, int, int], Mapping[str, Array]]
    seed: int
    bound: Mapping[str, Bound] = field(default_factory=dict)
    known: frozenset[str] | None = None
    purposes: tuple[str, ...] = ()

    @cached_property
    def groups(self) -> tuple[tuple[Sector | EntitySector, ...], ...]:
        return wire(self.sectors)

    def members(self, sector: Sector | EntitySector, parameter: Parameter) -> tuple[str, ...]:
        """The ids that a declared parameter stands for: itself, or one a member of its dim."""
        if parameter.dim is None:
            return (parameter.id,)
        return tuple(f"{parameter.id}.{m}" for m in self.bound[sector.name].dims[parameter.dim])

    def parameter_ids(self) -> tuple[str, ...]:
        """Every parameter that a sector reads. Raises ModelError for those that nobody can give."""
        ids: dict[str, None] = {}
        problems = []
        for sector in self.sectors:
            for parameter in sector.parameters:
                for member in self.members(sector, parameter):
                    ids[member] = None
                    if self.known is not None and member not in self.known:
                        problems.append(f"sector {sector.name} reads the parameter {member!r}, which the plan does not have")
        if problems:
            raise ModelError(sorted(set(problems)))
        return tuple(ids)

    def check(self) -> None:
        """Raise ModelError or WiringError for anything that would stop a run; ValueError for colliding random keys."""
        _ = self.groups
        used = [p for s in self.sectors for p in random_purposes(s)]
        twice = [p for p, n in Counter(used).items() if n > 1]
        if twice:
            raise ModelError([f"{p!r} names two random streams, which would be one; rename a shock or a stage" for p in twice])
        check_purposes([*used, *(f"parameter.{i}" for i in self.parameter_ids()), *self.purposes])


def random_purposes(sector: Sector | EntitySector) -> list[str]:
    """The purposes under which a sector draws random numbers."""
    if isinstance(sector, Sector):
        return [f"{sector.name}.{shock.name}" for shock in sector.shocks]
    stages = [(stage.name, stage.uniforms) for stage in sector.stages]
    out = []
    for name, uniforms in (*stages, ("outcome", sector.outcome_uniforms)):
        out += [f"{sector.name}.{name}" if i == 0 else f"{sector.name}.{name}.{i}" for i in range((len(uniforms) + 3) // 4)]
    return [*out, f"{sector.name}.arrivals"] if sector.arrivals is not None else out


@dataclass(frozen=True)
class Result:
    """Arrays over all draws: ``annual`` (draw, year) or (member, draw, year); ``monthly`` the same by month, where kept."""

    annual: Mapping[str, Array]
    monthly: Mapping[str, Array]
    start: int
    end: int


def run(
    model: Model,
    draws: int,
    start: int,
    end: int,
    *,
    first: int = 0,
    block: int | None = None,
    threads: int | None = None,
    progress: Callable[[float], None] | None = None,
    cache: Cache | None = None,
    kernels: Kernels | None = None,
) -> Result:
    """Run the draws from ``first`` on, ``draws`` of them, over the months start … end-1 (both January).

    ``block`` (draws worked on at once; unless given, as many as give every thread one) moves no bit.
    ``cache`` (for many runs that differ in little) keeps what a sector gave for the same inputs and hands it out again.
    ``kernels`` (see ``engine/kernels.py``) run what they know faster; no bit differs.
    Raises NotFinite, ModelError, WiringError.
    """
    if start % 12 or end % 12 or end <= start:
        raise ValueError("a run goes from a January to a later January")
    if first < 0 or draws < 1 or (block is not None and block < 1) or (threads is not None and threads < 1):
        raise ValueError("a run needs at least one draw, one draw a block and one thread")
    workers = threads or os.cpu_count() or 1
    if block is None:  # so that every thread has one
        block = min(BLOCK, max(SMALLEST, -(-draws // (32 * workers)) * 32))
    model.check()
    ranges = [range(lo, min(lo + block, draws)) for lo in range(0, draws, block)]
    whole = _Whole(draws, cache)
    workers = min(workers, len(ranges))

    def one(r: range) -> Block:
        return run_block(model, np.arange(first + r.start, first + r.stop, dtype=np.int64), start, end, cache, kernels)

    with ThreadPoolExecutor(workers) as pool:
        for r, made in zip(ranges, map(one, ranges) if workers == 1 else _soon(pool, one, ranges, 2 * workers), strict=True):
            whole.put(r, made)
            if progress:
                progress(r.stop / draws)
    return Result(whole.annual, {k: np.moveaxis(v, 0, -1) for k, v in whole.monthly.items()}, start, end)


def _soon(pool: ThreadPoolExecutor, one: Callable[[range], Block], ranges: Sequence[range], ahead: int) -> Iterator[Block]:
    """Blocks in order; no more than ``ahead`` are in the making or waiting, so that memory stays small."""
    waiting: deque[Future[Block]] = deque()
    for r in ranges:
        waiting.append(pool.submit(one, r))
        if len(waiting) == ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


@dataclass
class _Whole:
    """Arrays over all draws, laid out as a block's own and filled block by block along the axis of draws.

    With a cache, an array whose blocks are all those of an earlier run is that run's array.
    """

    draws: int
    cache: Cache | None = None
    shared: set[str] = field(default_factory=set)
    annual: dict[str, Array] = field(default_factory=dict)
    monthly: dict[str, Array] = field(default_factory=dict)

    def put(self, r: range, block: Block) -> None:
        for kind, out, part, axis in (("annual", self.annual, block.annual, -2), ("monthly", self.monthly, block.monthly, -1)):
            for key, values in part.items():
                if len(r) == self.draws:
                    out[key] = values
                else:
                    out[key] = self._filled(f"{kind} {key}", out.get(key), r, values, axis)

    def _filled(self, name: str, whole: Array | None, r: range, values: Array, axis: int) -> Array:
        place = ("whole", name, str(self.draws), str(r.start))
        before = None if self.cache is None else self.cache.get(place)
        if before is not None and before[0] is values and (whole is None or whole is before[1]):
            self.shared.add(name)
            earlier: Array = before[1]
            return earlier
        if whole is None or name in self.shared:  # an earlier run's array is never written to
            fresh = np.empty((*values.shape[:axis], self.draws, *values.shape[values.ndim + axis + 1 :]))
            if whole is not None:
                _draws(fresh, axis, 0, r.start)[...] = _draws(whole, axis, 0, r.start)
            self.shared.discard(name)
            whole = fresh
        _draws(whole, axis, r.start, r.stop)[...] = values
        if self.cache is not None:
            self.cache[place] = (values, whole)
        return whole


def _draws(array: Array, axis: int, lo: int, hi: int) -> Array:
    """A view of some draws."""
    found: Array = np.moveaxis(array, axis, 0)[lo:hi]
    return np.moveaxis(found, 0, axis)
