"""One block of draws: what each sector gave, month by month, and its years."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from salpi.engine import drawing
from salpi.engine import functions as xp
from salpi.engine.declare import Bound, EntitySector, Give, Sector, Shock
from salpi.engine.paths import Paths
from salpi.engine.random import uniform
from salpi.engine.special import normal_quantile

if TYPE_CHECKING:
    from salpi.engine.entities import EntityContext
    from salpi.engine.entity_kernels import Once
    from salpi.engine.kernels import Kernels
    from salpi.engine.run import Model

Array = NDArray[np.float64]
Draws = NDArray[np.int64]
Cache = dict[tuple[str, ...], Any]
"""What sectors gave for the same inputs, kept for many runs of one model that differ in little."""


class NotFinite(ArithmeticError):
    """An output that is NaN or infinite; says draw, month, variable and the inputs that made it."""


@dataclass
class Made:
    """What a group of sectors gave in one block: ``months`` (month, [member,] draw), ``years`` ([member,] draw, year)."""

    months: dict[str, Array] = field(default_factory=dict)
    years: dict[str, Array] = field(default_factory=dict)


@dataclass(frozen=True)
class Block:
    """Outputs of one block: ([member,] draw, year) and, where kept, (month, [member,] draw)."""

    annual: dict[str, Array]
    monthly: dict[str, Array]


@dataclass(frozen=True)
class Context:
    """What every sector of a block works with."""

    model: Model
    draws: Draws
    start: int
    end: int
    parameters: Mapping[str, Array]
    channels: Mapping[str, Array]

    @property
    def months(self) -> int:
        return self.end - self.start

    @property
    def name(self) -> str:
        """What tells a block's results in a cache from those of others."""
        return f"{self.model.seed} {self.start} {self.end} {self.draws[0]} {len(self.draws)}"

    def given(self, sector: Sector | EntitySector) -> dict[str, Any]:
        """A sector's parameters, (draw,) or (member, draw), and a stock sector's attributes, () or (member, 1)."""
        out: dict[str, Any] = {}
        for parameter in sector.parameters:
            ids = self.model.members(sector, parameter)
            rows = [self.parameters[i] for i in ids]
            shape = (0, len(self.draws))
            out[parameter.id] = rows[0] if parameter.dim is None else np.stack(rows) if rows else np.zeros(shape)
        if isinstance(sector, Sector):
            values = self.bound(sector).attributes
            for attribute in sector.attributes:
                value = np.asarray(values[attribute.name], dtype=np.float64)
                out[attribute.name] = value[:, None] if attribute.dim is not None else value
        return out

    def bound(self, sector: Sector | EntitySector) -> Bound:
        return self.model.bound.get(sector.name, Bound())


def run_block(
    model: Model, draws: Draws, start: int, end: int, cache: Cache | None = None, kernels: Kernels | None = None
) -> Block:
    """Run all sectors for these draws; a group that has a kernel by it, the others by the reference."""
    drawn = model.parameters(model.parameter_ids(), draws) if kernels is None else kernels.parameters(model, draws)
    context = Context(model, draws, start, end, drawn, _channels(model, draws, start, end, kernels))
    made: dict[str, Made] = {}
    digests: dict[str, str] = {}
    months: dict[str, Array] = {}
    for group in model.groups:
        digest = _digest(group, context, digests, cache) if cache is not None else ""
        for sector in group:
            digests |= {give.name: digest for give in sector.gives}
        key = (context.name, "+".join(s.name for s in group), digest)
        found = cache.get(key) if cache is not None else None
        if found is None:
            first = group[0]
            stocks = [s for s in group if isinstance(s, Sector)]
            if isinstance(first, EntitySector):
                found = _run_entities(first, context, months, kernels, _keeper(first, context, digests, cache))
            else:
                found = kernels.run(stocks, context, months) if kernels is not None else None
                found = found if found is not None else run_stocks(stocks, context, months)
            if cache is not None:
                cache[key] = found
        made[group[0].name] = found
        months |= found.months
    annual = {k: v for m in made.values() for k, v in m.years.items()}
    kept = [g.name for s in model.sectors for g in s.gives if g.monthly]
    return Block(annual, {k: months[k] for k in kept if k in months})


def _channels(model: Model, draws: Draws, start: int, end: int, kernels: Kernels | None) -> Mapping[str, Array]:
    """A model's channels in a block: laid out by a kernel where there is one, and the model says what pushes them."""
    if isinstance(model.channels, Paths) and kernels is not None:
        return model.channels(draws, start, end, drawing.caller(kernels.calls))
    return model.channels(draws, start, end)


def _digest(
    group: tuple[Sector | EntitySector, ...],
    context: Context,
    digests: Mapping[str, str],
    cache: Cache,
    heard: Collection[str] | None = None,
) -> str:
    """What a group's outputs depend on: its parameters, its channels (those ``heard``), and the digests of what it needs."""
    h = hashlib.sha256()
    for sector in group:
        for parameter in sector.parameters:
            for member in context.model.members(sector, parameter):
                h.update(_fingerprint(context.parameters[member], cache))
        for channel in sector.channels:
            if heard is None or channel.id in heard:
                h.update(_fingerprint(context.channels[channel.id], cache))
        for need in sector.needs:
            h.update(digests.get(need.name, "own").encode())
    return h.hexdigest()


def _fingerprint(array: Array, cache: Cache) -> bytes:
    """The hash of an array's bytes, read once: the cache keeps the array, so that its id stays its own."""
    key = ("array", str(id(array)))
    if key not in cache:
        cache[key] = (array, hashlib.sha256(np.ascontiguousarray(array).data).digest())
    found: bytes = cache[key][1]
    return found


def _keeper(sector: EntitySector, context: Context, digests: Mapping[str, str], cache: Cache | None) -> Once:
    """Keeps, for runs in which no channel that they hear has moved, what the plan's own entities do."""

    def once(heard: Collection[str], make: Callable[[], dict[str, Array]]) -> dict[str, Array]:
        if cache is None:
            return make()
        key = (context.name, f"{sector.name}'s own", _digest((sector,), context, digests, cache, heard))
        if key not in cache:
            cache[key] = make()
        found: dict[str, Array] = cache[key]
        return found

    return once


def _run_entities(
    sector: EntitySector, context: Context, months: Mapping[str, Array], kernels: Kernels | None, once: Once
) -> Made:
    """A sector of entities: years come out; a month is its year's value, or a twelfth of its year's sum."""
    from salpi.engine.entities import EntityContext, run_entities

    needs = {n.name: months[n.name] for n in sector.needs}
    channels = {c.id: context.channels[c.id] for c in sector.channels}
    inner = EntityContext(context.given(sector), channels, needs, context.model.seed, context.draws, context.start, context.end)
    found = kernels.lives(sector, context.bound(sector), inner, once) if kernels is not None else None
    found = found if found is not None else run_entities(sector, context.bound(sector), inner)
    years = {k: np.asarray(v) for k, v in found.items()}
    made = Made(years=years)
    heard = {need.name for other in context.model.sectors for need in other.needs}
    for give in sector.gives:
        _check_years(give, years[give.name], inner, context)
        if give.name not in heard and not give.monthly:
            continue
        share = 12.0 if give.annual == "sum" else 1.0
        made.months[give.name] = np.repeat(np.moveaxis(years[give.name] / share, -1, 0), 12, axis=0)  # whole lines are copied
    return made


def run_stocks(sectors: list[Sector], context: Context, months: Mapping[str, Array]) -> Made:
    """Sectors of stocks and flows, month by month; several when they feed each other through last month's values."""
    runners = [_Stepper(s, context, months) for s in sectors]
    seen = {**months, **{k: v for r in runners for k, v in r.months.items()}}  # their own too: filled month by month
    for i in range(context.months):
        for runner in runners:
            runner.step(i, seen)
    made = Made()
    heard = {need.name for other in context.model.sectors for need in other.needs}
    for runner in runners:
        made.months |= runner.months
        for give in runner.sector.gives:
            last = give.annual == "end" and give.name not in heard and not give.monthly  # only a year's last month is given
            if not np.isfinite(runner.months[give.name][11 if last else 0 :: 12 if last else 1]).all():
                runner.explain(give, seen)
            made.years[give.name] = _years(give, runner.months[give.name])
    return made


class _Stepper:
    """One stock sector on its way through the months."""

    def __init__(self, sector: Sector, context: Context, months: Mapping[str, Array]) -> None:
        self.sector, self.context = sector, context
        self.p = context.given(sector)
        self.channels = {c.id: context.channels[c.id] for c in sector.channels}
        n = len(context.draws)
        dims = context.bound(sector).dims
        sizes = {s.name: (n,) if s.dim is None else (len(dims[s.dim]), n) for s in sector.states}
        opening = {need.name: months[need.name][0] for need in sector.needs if need.lag == 0 and need.name in months}
        first = sector.init(xp, self.p, opening)
        missing = set(sizes) ^ set(first)
        if missing:
            raise KeyError(f"sector {sector.name}: init and declared states differ in {', '.join(sorted(missing))}")
        self.state = {k: np.broadcast_to(np.asarray(first[k], dtype=np.float64), size) for k, size in sizes.items()}
        self.shape = {g.name: (n,) if g.dim is None else (len(dims[g.dim]), n) for g in sector.gives}
        self.months = {g.name: np.empty((context.months, *self.shape[g.name])) for g in sector.gives}
        self.z = {z.name: _shock(sector, z, context) for z in sector.shocks}

    def step(self, i: int, months: Mapping[str, Array]) -> None:
        for key, path in self.channels.items():
            self.p[key] = path[i]
        up = {}
        for need in self.sector.needs:
            source = months[need.name]
            up[need.name] = source[i - need.lag] if i >= need.lag else np.zeros_like(source[0])
        z = {name: values(i) for name, values in self.z.items()}
        change, out = self.sector.step(xp, self.state, self.p, z, float(self.context.start + i), up)
        if i == 0:
            self._same_names(change, out)
        for name, value in out.items():
            self.months[name][i] = value
        self.state = {name: self.state[name] + change[name] for name in self.state}

    def _same_names(self, change: Mapping[str, Any], out: Mapping[str, Any]) -> None:
        for what, declared, made in (("states", set(self.state), set(change)), ("gives", set(self.months), set(out))):
            if declared != made:
                names = ", ".join(sorted(declared ^ made))
                raise KeyError(f"sector {self.sector.name}: the step's {what} and the declared ones differ in {names}")

    def explain(self, give: Give, months: Mapping[str, Array]) -> None:
        """Raise NotFinite with the first place where an output is not finite; ``months``: what sectors gave, this one's too."""
        values = self.months[give.name]
        bad = np.argwhere(~np.isfinite(values))[0]
        i, draw = int(bad[0]), int(bad[-1])
        month = self.context.start + i
        inputs = {k: _one(v, draw) for k, v in self.p.items()}
        inputs |= {key: _one(path[i], draw) for key, path in self.channels.items()}
        inputs |= {n.name: _one(months[n.name][i - n.lag], draw) if i >= n.lag else "0" for n in self.sector.needs}
        when = f"{month // 12}-{month % 12 + 1:02d}"
        raise NotFinite(
            f"{give.name} is {values[tuple(bad)]} in draw {int(self.context.draws[draw])}, month {when}; "
            f"inputs: {', '.join(f'{k}={v}' for k, v in sorted(inputs.items()))}"
        )


def _one(value: Any, draw: int) -> str:
    array = np.asarray(value)
    if array.ndim == 0:
        return f"{float(array):g}"
    column = array[..., min(draw, array.shape[-1] - 1)]
    return (
        f"{float(column):g}"
        if column.ndim == 0
        else f"[{float(column.min()):g} … {float(column.max()):g}]"
        if column.size
        else "[]"
    )


def _shock(sector: Sector, shock: Shock, context: Context) -> Any:
    """Month index → standard normal numbers, keyed by draw, sector and name, member, and calendar year or month."""
    seed, purpose = context.model.seed, f"{sector.name}.{shock.name}"
    draws = context.draws
    entity: Any = 0
    if shock.dim is not None:
        members = context.bound(sector).dims[shock.dim]
        entity = np.array([zlib.crc32(m.encode("utf-8")) for m in members], dtype=np.uint64)[:, None]
        draws = draws[None, :]
    kept: dict[int, Array] = {}

    def at(i: int) -> Array:
        index = {"once": 0, "year": (context.start + i) // 12, "month": context.start + i}[shock.every]
        if index not in kept:
            kept.clear()
            kept[index] = np.asarray(normal_quantile(uniform(seed, purpose, draws, entity, index)))
        return kept[index]

    return at


def _years(give: Give, months: Array) -> Array:
    """(month, [member,] draw) → ([member,] draw, year), summed in the order of the months."""
    by_year = months.reshape(months.shape[0] // 12, 12, *months.shape[1:])
    if give.annual == "end":
        out = by_year[:, 11]
    elif give.annual == "max":
        out = by_year.max(axis=1)
    else:
        out = by_year[:, 0]
        for month in range(1, 12):
            out = out + by_year[:, month]
        if give.annual == "mean":
            out = out / 12.0
    return np.ascontiguousarray(np.moveaxis(out, 0, -1))


def _check_years(give: Give, values: Array, inner: EntityContext, context: Context) -> None:
    """Raise NotFinite for a year that is not finite, with the parameters, and the channels and needs in that December."""
    if np.isfinite(values).all():
        return
    bad = np.argwhere(~np.isfinite(values))[0]
    draw, year = int(bad[-2]), int(bad[-1])
    inputs = {k: _one(v, draw) for k, v in inner.parameters.items()}
    inputs |= {k: _one(path[12 * year + 11], draw) for k, path in (*inner.channels.items(), *inner.needs.items())}
    raise NotFinite(
        f"{give.name} is {values[tuple(bad)]} in draw {int(context.draws[draw])}, year {context.start // 12 + year}; "
        f"inputs: {', '.join(f'{k}={v}' for k, v in sorted(inputs.items()))}"
    )
