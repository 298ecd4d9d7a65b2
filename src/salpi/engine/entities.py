"""Entities with lives of their own, stage by stage: the reference run of an ``EntitySector`` for one block of draws.

Pairs of (entity, draw) lie flat; each stage is one call of its step over all pairs that stand in it; those that fail, or
whose stage ends beyond the run, drop out (early exit). Every uniform is keyed by (seed, draw, sector and stage, number of
the entity), so that neither the chunk of draws, nor the order of entities, nor other entities change a number; sums run
over entities in the order of their numbers, so that the same holds for the last bit. The plan's own entities and the
arrivals are summed apart: where only arrivals move, what the others did holds.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from salpi.engine.arrivals import arrival_pairs
from salpi.engine.declare import Bound, EntitySector, Passage
from salpi.engine.pairs import At, Attributes, Draws, PairFunctions, Pairs, Population, Uniforms, population

Array = NDArray[np.float64]

CHUNK_PAIRS = 200_000
"""Pairs that are worked on at once: some ten arrays of them stay below 50 MB, whatever the number of draws."""


@dataclass(frozen=True)
class EntityContext:
    """What a block of draws gives its entities.

    ``parameters``: ``(draw,)`` or ``(dim, draw)``; ``channels`` and ``needs``: ``(month, draw)`` or ``(month, 1)``, months
    from ``start`` to before ``end`` (absolute, both in January); ``draws``: the numbers of the draws.
    """

    parameters: Mapping[str, Array]
    channels: Mapping[str, Array]
    needs: Mapping[str, Array]
    seed: int
    draws: NDArray[np.int64]
    start: int
    end: int

    @property
    def years(self) -> NDArray[np.int64]:
        return np.arange(self.start // 12, self.end // 12)


@dataclass
class Ledger:
    """Amounts by draw and year, of one chunk; sums run in the order of the pairs."""

    draws: int
    start: int
    years: int
    members: Mapping[str, int]
    totals: dict[str, Array] = field(default_factory=dict)

    def add(self, give: str, draw: Any, month: Any, amount: Any = None, member: Any = None) -> None:
        """Adds one (or ``amount``) a pair to the year of ``month``; what lies outside the run is left out."""
        year = np.floor((month - self.start) / 12.0)
        inside = (year >= 0) & (year < self.years)
        if amount is not None:
            inside &= np.asarray(amount) != 0.0
        if member is not None:
            inside &= member >= 0
        at = np.flatnonzero(inside)
        key = draw[at] * self.years + year[at].astype(np.intp)
        size = self.draws * self.years
        shape: tuple[int, ...] = (self.draws, self.years)
        if member is not None:
            key = member[at] * size + key
            size, shape = size * self.members[give], (self.members[give], *shape)
        weights = None if amount is None else np.asarray(amount)[at]
        found = np.bincount(key, weights=weights, minlength=size).reshape(shape)
        self._sum(give, found.astype(np.float64, copy=False))

    def add_years(self, give: str, draw: Any, amounts: Any, member: Any = None) -> None:
        """Adds ``(pair, year)`` amounts."""
        rows = draw
        size = self.draws
        shape: tuple[int, ...] = (self.draws, self.years)
        if member is not None:
            keep = np.flatnonzero(member >= 0)
            rows, amounts = member[keep] * size + draw[keep], amounts[keep]
            size, shape = size * self.members[give], (self.members[give], *shape)
        key = (rows[:, None] * self.years + np.arange(self.years)).ravel()
        found = np.bincount(key, weights=np.ascontiguousarray(amounts).ravel(), minlength=size * self.years)
        self._sum(give, found.reshape(shape).astype(np.float64, copy=False))

    def _sum(self, give: str, amounts: Array) -> None:
        before = self.totals.get(give)
        self.totals[give] = amounts if before is None else before + amounts


def run_entities(
    sector: EntitySector,
    bound: Bound,
    context: EntityContext,
    *,
    chunk: int | None = None,
    early_exit: bool = True,
    threads: int | None = None,
) -> dict[str, Array]:
    """Every give of the sector by year: ``(draw, year)``, with a dim ``(dim, draw, year)``.

    ``chunk`` (draws at once), ``early_exit`` and ``threads`` change the speed and nothing else.
    """
    xp = PairFunctions()
    parameters = dict(context.parameters)
    if sector.prepare is not None:
        parameters |= dict(sector.prepare(xp, parameters))
    people = population(sector, bound)
    paths = _paths(context)
    draws, years = len(context.draws), len(context.years)
    shapes = {g.name: _shape(sector, bound, g.dim, draws, years) for g in sector.gives}
    out = {name: np.zeros(shape) for name, shape in shapes.items()}
    intensity = _intensity(sector, xp, parameters, paths, context) if len(people.template) else None
    step = chunk or _chunk(people, intensity)

    def one(lo: int) -> None:
        part = slice(lo, min(lo + step, draws))
        arrive = None if intensity is None else intensity[:, part]
        run = _Chunk(sector, bound, context, people, xp, _cut(parameters, part), _cut(paths, part), part, arrive, early_exit)
        for name, amount in run.lives().items():
            if name in out:
                out[name][..., part, :] = amount  # each chunk writes its own draws

    chunks = range(0, draws, step)
    with ThreadPoolExecutor(min(threads or os.cpu_count() or 1, len(chunks))) as pool:
        list(pool.map(one, chunks))
    if sector.finish is not None:
        year = _Years(paths, draws, years)
        whole = sector.finish(xp, parameters, year.end, year.mean, out, bound)
        out |= {k: np.broadcast_to(v, shapes[k]) for k, v in whole.items()}
    return out


@dataclass(frozen=True)
class _Chunk:
    sector: EntitySector
    bound: Bound
    context: EntityContext
    people: Population
    xp: PairFunctions
    parameters: Mapping[str, Array]
    paths: Mapping[str, Array | float]
    part: slice
    intensity: Array | None
    early_exit: bool

    def lives(self) -> dict[str, Array]:
        """Amounts by give of a chunk of draws: of the plan's own entities, then of the arrivals."""
        own = self._lives(False)
        return own if self.intensity is None else added(own, self._lives(True))

    def _lives(self, came: bool) -> dict[str, Array]:
        """Every stage and the outcome of the entities of the plan's data, or of those that ``came`` since."""
        sector, context = self.sector, self.context
        draws = context.draws[self.part]
        dims = {g.name: len(self.bound.dims.get(g.dim, ())) for g in sector.gives if g.dim}
        ledger = Ledger(len(draws), context.start, len(context.years), dims)
        stocks: list[Array] = []
        survivors = Pairs.none(sector)
        for number, stage in enumerate(sector.stages):
            pairs = Pairs.join([survivors, *self._entering(number, len(draws), came)])
            passage, end = self._through(pairs, stage, draws)
            stocks.append(self._count(ledger, pairs, stage.name, end, passage))
            for give, (month, amount) in passage.events.items():
                live = pairs.alive & (np.asarray(month) < end + 1e-9)
                amount = np.where(live, amount, 0.0)
                ledger.add(give, pairs.draw, np.broadcast_to(month, end.shape), amount, self._member(give, pairs))
            survivors = pairs.after(stage.name, end, np.asarray(passage.advance) & (end < context.end), passage, self.early_exit)
        passed = Pairs.join([survivors, *self._entering(len(sector.stages), len(draws), came)])
        if len(passed):
            self._outcome(ledger, passed.only(passed.alive), draws)
        ledger.totals |= _stocks(sector, ledger, stocks)
        return ledger.totals

    def _entering(self, number: int, draws: int, came: bool) -> Iterator[Pairs]:
        if not came:
            yield self.people.standing(number, draws, self.sector, self.context.start)
        elif number == 0 and self.intensity is not None:
            keys = self.context.draws[self.part]
            yield arrival_pairs(self.sector, self.people, self.intensity, self.context.seed, keys, self.context.start)

    def _views(self, pairs: Pairs, purpose: str, names: tuple[str, ...], draws: NDArray[np.int64]) -> tuple[Any, ...]:
        e = Attributes(self.people.attributes, pairs)
        p = Draws(self.parameters, pairs.draw)
        u = Uniforms(names, self.context.seed, f"{self.sector.name}.{purpose}", draws[pairs.draw], pairs.low, pairs.high)
        return e, p, u, At(self.paths, pairs.draw, self.context.start, self.context.end)

    def _through(self, pairs: Pairs, stage: Any, draws: NDArray[np.int64]) -> tuple[Passage, Array]:
        e, p, u, at = self._views(pairs, stage.name, stage.uniforms, draws)
        found = stage.step(self.xp, e, p, u, at, pairs.start, pairs.first)
        passage = found if isinstance(found, Passage) else Passage(*found)
        end: Array = pairs.start + passage.duration
        return passage, end

    def _count(self, ledger: Ledger, pairs: Pairs, stage: str, end: Array, passage: Passage) -> Array:
        """Counts starts, passes and failures by year; returns how many stood here at the run's start, by draw."""
        name = self.sector.name
        ok = pairs.alive & passage.advance
        for flow, which, month in (
            ("starts", pairs.alive & ~pairs.first, pairs.start),
            ("passes", ok, end),
            ("fails", pairs.alive & ~ok, end),
        ):
            at = np.flatnonzero(which)
            ledger.add(f"{name}.{flow}.{stage}", pairs.draw.take(at), month.take(at))
        return np.bincount(pairs.draw[pairs.first & pairs.alive], minlength=ledger.draws).astype(np.float64)

    def _outcome(self, ledger: Ledger, pairs: Pairs, draws: NDArray[np.int64]) -> None:
        e, p, u, at = self._views(pairs, "outcome", self.sector.outcome_uniforms, draws)
        found = self.sector.outcome(self.xp, e, p, u, at, pairs.fate, self.context.years)
        for give, amounts in found.items():
            shape = (len(pairs), len(self.context.years))
            ledger.add_years(give, pairs.draw, np.broadcast_to(amounts, shape), self._member(give, pairs))

    def _member(self, give: str, pairs: Pairs) -> Any:
        dim = next((g.dim for g in self.sector.gives if g.name == give), None)
        return None if dim is None else self.people.attributes[dim][pairs.row]


def added(own: Mapping[str, Array], came: dict[str, Array]) -> dict[str, Array]:
    """Amounts of the plan's own entities and of the arrivals together, written over the latter; what only one of them has is
    that array itself."""
    return {**own, **{k: np.add(own[k], amount, out=amount) if k in own else amount for k, amount in came.items()}}


def _stocks(sector: EntitySector, ledger: Ledger, first: list[Array]) -> dict[str, Array]:
    """How many stand in each stage at the year's end, and how many have failed so far: stage + failed + passed is all."""
    name, stages = sector.name, sector.stages
    standing, failed = [], np.zeros((ledger.draws, ledger.years))
    for stood, stage in zip(first, stages, strict=True):
        starts, passes, fails = (ledger.totals[f"{name}.{k}.{stage.name}"] for k in ("starts", "passes", "fails"))
        standing.append(stood[:, None] + np.cumsum(starts - passes - fails, axis=1))
        failed = failed + fails
    failed = np.cumsum(failed, axis=1)
    active = next((g for g in sector.gives if g.name == f"{name}.active"), None)
    stock = np.stack(standing) if active is not None and active.dim else sum(standing, np.zeros_like(failed))
    return {f"{name}.active": stock, f"{name}.failed": failed}


class _Years:
    """Channels and needs by year."""

    def __init__(self, paths: Mapping[str, Array | float], draws: int, years: int) -> None:
        self.paths, self.shape = paths, (draws, years)

    def end(self, name: str) -> Array:
        path = self.paths[name]
        return np.broadcast_to(path if isinstance(path, float) else path[11::12].T, self.shape)

    def mean(self, name: str) -> Array:
        path = self.paths[name]
        if isinstance(path, float):
            return np.broadcast_to(np.float64(path), self.shape)
        by_month = path.reshape(self.shape[1], 12, path.shape[1])
        total = by_month[:, 0]
        for month in range(1, 12):
            total = total + by_month[:, month]
        return np.broadcast_to((total / 12.0).T, self.shape)


def _paths(context: EntityContext) -> dict[str, Array | float]:
    """Channels and needs by name; one that is the same in every month and draw becomes a number."""
    out: dict[str, Array | float] = {}
    for name, path in {**context.channels, **context.needs}.items():
        wide = np.ascontiguousarray(path, dtype=np.float64)
        out[name] = float(wide.flat[0]) if wide.size and (wide == wide.flat[0]).all() else wide
    return out


def _cut(values: Mapping[str, Any], part: slice) -> dict[str, Any]:
    return {k: v if isinstance(v, float) or v.shape[-1] == 1 else np.ascontiguousarray(v[..., part]) for k, v in values.items()}


def _shape(sector: EntitySector, bound: Bound, dim: str | None, draws: int, years: int) -> tuple[int, ...]:
    return (draws, years) if dim is None else (len(bound.dims.get(dim, ())), draws, years)


def _intensity(sector: EntitySector, xp: Any, p: Mapping[str, Array], paths: Mapping[str, Any], context: EntityContext) -> Array:
    assert sector.arrivals is not None
    t = np.arange(context.start, context.end, dtype=np.float64)[:, None]
    shape = (len(t), len(context.draws))
    found = sector.arrivals(xp, p, paths.__getitem__, t)
    return np.ascontiguousarray(np.broadcast_to(np.asarray(found, dtype=np.float64), shape))


def _chunk(people: Population, intensity: Array | None) -> int:
    most = len(people.stage) + (0.0 if intensity is None else float(intensity.sum(axis=0).max()))
    return max(1, int(CHUNK_PAIRS / max(most, 1.0)))
