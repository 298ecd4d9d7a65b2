"""Flat pairs of (entity, draw), and the views through which a stage's step sees their numbers."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from salpi.engine import functions
from salpi.engine.declare import Bound, EntitySector, Passage
from salpi.engine.random import uniforms32

Array = NDArray[np.float64]
Index = NDArray[np.intp]
Word = NDArray[np.uint32]
FLAT = ("row", "draw", "low", "high", "start", "first", "alive")
"""The fields of pairs that are arrays, in their order."""


@dataclass(frozen=True)
class Pairs:
    """Pairs that stand in one stage. ``row`` is the entity's row in the attributes; ``low`` and ``high`` its number."""

    row: Index
    draw: Index
    low: Word
    high: Word
    start: Array
    first: NDArray[np.bool_]
    alive: NDArray[np.bool_]
    fate: Mapping[str, Array]
    carry: Mapping[str, Array]

    def __len__(self) -> int:
        return len(self.row)

    @classmethod
    def new(
        cls, sector: EntitySector, row: Any, draw: Any, low: Any, high: Any, start: Any, first: Any, fate: Any = None
    ) -> Pairs:
        carry = {name: np.zeros(len(row)) for name in sector.carry}
        return cls(row, draw, low, high, start, first, np.ones(len(row), dtype=bool), fate or {}, carry)

    @classmethod
    def none(cls, sector: EntitySector) -> Pairs:
        empty, word = np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.uint32)
        return cls.new(sector, empty, empty, word, word, np.zeros(0), np.zeros(0, dtype=bool))

    @classmethod
    def join(cls, parts: list[Pairs]) -> Pairs:
        """Pairs of several groups behind each other; a stage passed before the run's start has the fate -inf."""
        full = [p for p in parts if len(p)]
        if len(full) <= 1:
            return full[0] if full else parts[0]
        fates = dict.fromkeys(name for p in full for name in p.fate)
        fate = {n: np.concatenate([p.fate.get(n, np.full(len(p), -np.inf)) for p in full]) for n in fates}
        carry = {n: np.concatenate([p.carry[n] for p in full]) for n in full[0].carry}
        flat: dict[str, Any] = {name: np.concatenate([getattr(p, name) for p in full]) for name in FLAT}
        return cls(**flat, fate=fate, carry=carry)

    def only(self, keep: NDArray[np.bool_]) -> Pairs:
        at = np.flatnonzero(keep)
        if len(at) == len(self):
            return self
        fate, carry = ({k: v[at] for k, v in m.items()} for m in (self.fate, self.carry))
        flat: dict[str, Any] = {name: getattr(self, name)[at] for name in FLAT}
        return Pairs(**flat, fate=fate, carry=carry)

    def after(self, stage: str, end: Array, on: NDArray[np.bool_], passage: Passage, early_exit: bool) -> Pairs:
        """The pairs that go on into the next stage; without early exit the others stay, marked as not alive."""
        carry = {**self.carry, **{k: np.broadcast_to(v, end.shape) for k, v in passage.carry.items()}}
        fate = {**self.fate, stage: end}
        moved = Pairs(self.row, self.draw, self.low, self.high, end, np.zeros_like(self.first), self.alive & on, fate, carry)
        return moved.only(moved.alive) if early_exit else moved


@dataclass(frozen=True)
class Population:
    """The entities of the plan's data in the order of their numbers; ``template`` are the rows that arrivals repeat."""

    attributes: Mapping[str, NDArray[Any]]
    low: Word
    high: Word
    stage: Index
    entry: Array
    template: Index

    def standing(self, stage: int, draws: int, sector: EntitySector, start: int) -> Pairs:
        """Those that stand in a stage at the run's start, or enter it later on a known day, in every draw."""
        rows = np.flatnonzero((self.stage == stage) & ~np.isnan(self.entry))
        row, draw = np.tile(rows, draws), np.repeat(np.arange(draws, dtype=np.intp), len(rows))
        entry = self.entry[row]
        begin = np.where(np.isneginf(entry), float(start), entry)
        fate = {sector.stages[-1].name: begin} if stage == len(sector.stages) else {}
        return Pairs.new(sector, row, draw, self.low[row], self.high[row], begin, entry < start, fate)


def population(sector: EntitySector, bound: Bound) -> Population:
    """The entities of a bound sector. Raises ValueError where ids repeat or an attribute is missing or of wrong length."""
    ids = bound.dims.get("entity", ())
    if len(set(ids)) != len(ids):
        raise ValueError(f"sector {sector.name!r}: ids of entities repeat")
    numbers = np.array([_number(i) for i in ids], dtype=np.uint64)
    index = {a.name for a in sector.attributes if a.unit == "index"} | {"stage"}
    attributes: dict[str, NDArray[Any]] = {}
    for name in ("stage", "entry", *(a.name for a in sector.attributes if a.dim == "entity")):
        if name not in bound.attributes:
            raise ValueError(f"sector {sector.name!r}: attribute {name!r} is not bound")
        values = np.asarray(bound.attributes[name], dtype=np.float64)
        if values.shape != (len(ids),):
            raise ValueError(f"sector {sector.name!r}: attribute {name!r} has shape {values.shape}, expected ({len(ids)},)")
        attributes[name] = values.astype(np.intp) if name in index else values
    template = np.flatnonzero(np.isnan(attributes["entry"]))  # their order is the plan's: the k-th arrival repeats row k
    fixed = np.flatnonzero(~np.isnan(attributes["entry"]))
    order = np.concatenate([fixed[np.argsort(numbers[fixed], kind="stable")], template]).astype(np.intp)
    attributes = {k: v[order] for k, v in attributes.items()}
    numbers = numbers[order]
    low, high = (numbers & 0xFFFFFFFF).astype(np.uint32), (numbers >> np.uint64(32)).astype(np.uint32)
    repeated = np.arange(len(fixed), len(ids), dtype=np.intp)
    return Population(attributes, low, high, attributes["stage"], attributes["entry"], repeated)


@lru_cache(maxsize=65_536)
def _number(entity: str) -> int:
    """A stable number of an entity: the first 63 bits of a hash of its id (arrivals have the top bit)."""
    return int.from_bytes(hashlib.blake2b(entity.encode(), digest_size=8).digest(), "little") >> 1


class PairFunctions:
    """The namespace of a step, with ``pick`` for tables by draw."""

    def __getattr__(self, name: str) -> Any:
        return getattr(functions, name)

    @staticmethod
    def numbers(values: Any, unit: str) -> Any:
        """Plain numbers with their unit, of which a run takes no notice."""
        return values

    @staticmethod
    def pick(table: Table | Array, index: Any) -> Any:
        return table.pick(index) if isinstance(table, Table) else table[index]


@dataclass(frozen=True)
class Table:
    """A parameter with a dim, seen by pairs."""

    values: Array
    draw: Index

    def pick(self, index: Any) -> Array:
        found: Array = self.values.ravel().take(index * self.values.shape[1] + self.draw)
        return found


class Attributes(Mapping[str, Any]):
    """``e``: what the plan says of an entity, and what the entity carries from earlier stages."""

    def __init__(self, values: Mapping[str, NDArray[Any]], pairs: Pairs) -> None:
        self._values, self._pairs, self._seen = values, pairs, dict[str, Any](pairs.carry)

    def __getitem__(self, name: str) -> Any:
        if name not in self._seen:
            self._seen[name] = self._values[name].take(self._pairs.row)
        return self._seen[name]

    def __iter__(self) -> Any:
        return iter({**self._values, **self._pairs.carry})

    def __len__(self) -> int:
        return len(self._values)


class Draws(Mapping[str, Any]):
    """``p``: parameters of each pair's draw."""

    def __init__(self, values: Mapping[str, Array], draw: Index) -> None:
        self._values, self._draw, self._seen = values, draw, dict[str, Any]()

    def __getitem__(self, name: str) -> Any:
        if name not in self._seen:
            values = self._values[name]
            self._seen[name] = Table(values, self._draw) if values.ndim == 2 else values.take(self._draw)
        return self._seen[name]

    def __contains__(self, name: object) -> bool:
        return name in self._values

    def __iter__(self) -> Any:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


class Uniforms(Mapping[str, Any]):
    """``u``: the stage's named uniforms, four from one call of the generator, made when first asked for."""

    def __init__(self, names: tuple[str, ...], seed: int, purpose: str, draw: Any, low: Word, high: Word) -> None:
        self._names, self._seed, self._purpose = names, seed, purpose
        self._draw, self._low, self._high = draw, low, high
        self._made: dict[int, Any] = {}

    def __getitem__(self, name: str) -> Array:
        group, lane = divmod(self._names.index(name), 4)
        if group not in self._made:
            purpose = self._purpose if group == 0 else f"{self._purpose}.{group}"
            self._made[group] = uniforms32(self._seed, purpose, self._draw, self._low, self._high)
        found: Array = self._made[group][lane]
        return found

    def __iter__(self) -> Any:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


class At:
    """``at(name, month)``: a channel or need at a month; ``(pair,)`` months, or ``(1, k)`` for every pair."""

    def __init__(self, paths: Mapping[str, Array | float], draw: Index, start: int, end: int) -> None:
        self._paths, self._draw, self._start, self._last = paths, draw, start, end - start - 1

    def __call__(self, name: str, month: Any) -> Any:
        path = self._paths[name]
        if isinstance(path, float):
            return path
        at = np.minimum(np.maximum(np.floor(month) - self._start, 0.0), float(self._last)).astype(np.intp)
        if path.shape[1] == 1:
            return path[:, 0].take(at)
        draw = self._draw[:, None] if at.ndim == 2 else self._draw
        return path.ravel().take(at * path.shape[1] + draw)
