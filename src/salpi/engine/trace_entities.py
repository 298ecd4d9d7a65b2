"""Tracing sectors of entities: each stage's step, and the outcome, over one pair of an entity and a draw.

The same language; besides, a table by draw is read at an index (``xp.pick``), a channel or need at a month (``at``). In the
outcome the years are known: its arrays over years are a node a year, of which ``rolled.py`` makes one year; whether a step lays
them out as ``(pair, year)`` or ``(year, pair)`` (``x[:, None]``, ``.T``) is no matter here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from salpi.engine.declare import EntitySector, Passage
from salpi.engine.graph import Builder, Graph, Input, Node
from salpi.engine.numbers import Number
from salpi.engine.rolled import of_year
from salpi.engine.trace import (
    OWN,
    Functions,
    Named,
    Traced,
    TraceError,
    apply,
    constant,
    guarded,
    is_truth,
    leaves,
    place,
)

OWN.add(__file__)
YEARS = "year"


@dataclass(frozen=True)
class Table:
    """A parameter with a dim: ``xp.pick`` reads it at an index."""

    name: str


class OfYears(Traced):
    """A traced value in the outcome: turning it between (pair, year) and (year, pair) changes nothing."""

    @property
    def T(self) -> Traced:
        return self

    def __getitem__(self, at: Any) -> Traced:
        if at in ((slice(None), None), (None, slice(None))):
            return self
        return super().__getitem__(at)

    @classmethod
    def plain(cls, builder: Builder, value: Any) -> Traced:
        """A plain number, or an array over the years."""
        if not isinstance(value, np.ndarray) or value.ndim == 0:
            return super().plain(builder, value[()] if isinstance(value, np.ndarray) else value)
        if value.size != max(value.shape):
            raise leaves(f"works with an array of shape {value.shape}", "arrays go over the years alone")
        return cls(builder, _column(builder, value), YEARS)

    def __array_ufunc__(self, ufunc: Any, method: str, *values: Any, **_: Any) -> Any:
        op = {"add": "+", "subtract": "-", "multiply": "*", "divide": "/", "true_divide": "/"}.get(ufunc.__name__)
        if ufunc.__name__ in ("greater", "greater_equal"):
            op, values = "<" if ufunc.__name__ == "greater" else "<=", values[::-1]
        op = op or {"less": "<", "less_equal": "<=", "equal": "==", "not_equal": "!="}.get(ufunc.__name__)
        if op is None or method != "__call__":
            return super().__array_ufunc__(ufunc, method, *values)
        return apply(op, *values)


class EntityFunctions(Functions):
    """``xp`` of a stage: with tables, years and truths as amounts."""

    def __init__(self, sector: str, builder: Builder) -> None:
        self._sector, self._builder = sector, builder

    def numbers(self, values: Any, unit: str) -> Traced:
        """Plain numbers over the years with their unit."""
        return OfYears(self._builder, _column(self._builder, values, unit), YEARS if np.ndim(values) else None)

    def where(self, test: Any, x: Any, y: Any) -> Any:
        traced = next((v for v in (test, x, y) if isinstance(v, Traced)), None)
        if traced is None:
            return super().where(test, x, y)
        if isinstance(test, np.ndarray):  # known while tracing: years
            one, other = (v if isinstance(v, Traced) else OfYears.plain(traced.builder, v) for v in (x, y))
            size = test.size
            columns = [v.ids if len(v.ids) == size else v.ids * size for v in (one, other)]
            ids = (columns[0][k] if t else columns[1][k] for k, t in enumerate(test.ravel()))
            return OfYears(traced.builder, tuple(_apart(traced.builder, i) for i in ids), YEARS)
        if is_truth(x) and y is False:
            return test & x
        if is_truth(x) and is_truth(y):
            return (test & x) | (~test & y)
        return super().where(test, x, y)

    def pick(self, table: Any, index: Any) -> Any:
        if not isinstance(table, Table):
            return super().pick(table, index)
        if not isinstance(index, Traced):
            raise leaves(f"picks from {table.name} at {index!r}", "pick at an attribute with the unit index")
        source = Input("table", self._sector, table.name)
        nodes = tuple(index.builder.add(Node("pick", (i,), input=source, where=place())) for i in index.ids)
        return type(index)(index.builder, nodes, index.dim)


class Alike(Builder):
    """Keeps numbers that differ by year from being worked out, so that each year does the same (see ``rolled.py``)."""


def _column(builder: Builder, values: Any, unit: str = "") -> tuple[int, ...]:
    """The nodes of plain numbers, one a year."""
    numbers = [float(x) for x in np.asarray(values, dtype=np.float64).ravel()]
    if isinstance(builder, Alike):
        return tuple(builder.add(of_year(numbers, k, unit)) for k in range(len(numbers)))
    return tuple(constant(builder, Number(x, unit)) for x in numbers)


def _apart(builder: Builder, i: int) -> int:
    """A node of one year, which is not one that differs from the next year's by being known."""
    node = builder.nodes[i]
    return builder.add(of_year([node.value], 0, node.unit)) if node.op == "const" and isinstance(builder, Alike) else i


@dataclass
class _Views:
    """What a step sees; ``years`` as plain numbers."""

    sector: EntitySector
    wide: frozenset[str]
    known: frozenset[str]
    builder: Builder

    def leaf(self, kind: str, name: str) -> Traced:
        node = Node("input", input=Input(kind, self.sector.name, name), where=place())
        return OfYears(self.builder, (self.builder.add(node),))

    def truth(self, kind: str, name: str) -> Traced:
        return self.leaf(kind, name) != 0.0

    def p(self) -> Named:
        values = {k: Table(k) if k in self.wide else self.leaf("parameter", k) for k in sorted(self.known)}
        return Named("parameters", values)

    def e(self) -> Named:
        names = ("stage", "entry", *(a.name for a in self.sector.attributes if a.dim == "entity"))
        values = {name: self.leaf("entity", name) for name in names}
        return Named("attributes", {**values, **{name: self.leaf("carry", name) for name in self.sector.carry}})

    def u(self, names: Sequence[str]) -> Named:
        return Named("uniforms", {name: self.leaf("uniform", name) for name in names})

    def at(self, name: str, month: Any) -> Traced:
        if name not in {*(c.id for c in self.sector.channels), *(n.name for n in self.sector.needs)}:
            raise leaves(f"reads {name!r}, which is not declared among the sector's channels and needs", "declare it")
        months = month if isinstance(month, Traced) else OfYears.plain(self.builder, month)
        source = Input("path", self.sector.name, name)
        nodes = tuple(self.builder.add(Node("at", (i,), input=source, where=place())) for i in months.ids)
        return OfYears(self.builder, nodes, months.dim)


Results = dict[tuple[str, str, str], tuple[int, ...]]


def trace_stage(sector: EntitySector, number: int, scalars: Sequence[str], tables: Sequence[str]) -> Graph:
    """A stage's graph: results ``duration``, ``advance`` (1 or 0), ``carry`` by name, ``month`` and ``amount`` by give.

    ``scalars`` and ``tables`` name the numbers of a draw, prepared ones too. Raises TraceError.
    """
    stage = sector.stages[number]
    v = _Views(sector, frozenset(tables), frozenset((*scalars, *tables)), Builder())
    start, first = v.leaf("start", ""), v.truth("first", "")
    xp = EntityFunctions(sector.name, v.builder)
    found = guarded(sector.name, stage.step, xp, v.e(), v.p(), v.u(stage.uniforms), v.at, start, first)
    passage = found if isinstance(found, Passage) else Passage(*found)
    of: Results = {("duration", "", ""): _ids(v.builder, passage.duration), ("advance", "", ""): _ids(v.builder, passage.advance)}
    of |= {("carry", "", name): _ids(v.builder, x) for name, x in passage.carry.items()}
    for give, (month, amount) in passage.events.items():
        of |= {("month", "", give): _ids(v.builder, month), ("amount", "", give): _ids(v.builder, amount)}
    return Graph(tuple(v.builder.nodes), of)


def trace_outcome(
    sector: EntitySector, scalars: Sequence[str], tables: Sequence[str], years: Any, builder: Builder | None = None
) -> Graph:
    """The outcome's graph: ``give`` by name, a node a year. Raises TraceError."""
    v = _Views(sector, frozenset(tables), frozenset((*scalars, *tables)), builder or Builder())
    fate = Named("stages", {s.name: v.leaf("fate", s.name) for s in sector.stages})
    views = v.e(), v.p(), v.u(sector.outcome_uniforms), v.at, fate, years
    found: Mapping[str, Any] = guarded(sector.name, sector.outcome, EntityFunctions(sector.name, v.builder), *views)
    of: Results = {}
    for give, amounts in found.items():
        ids = _ids(v.builder, amounts, len(years))
        of["give", "", give] = ids if len(ids) == len(years) else ids * len(years)
    return Graph(tuple(v.builder.nodes), of)


def _ids(builder: Builder, value: Any, size: int = 1) -> tuple[int, ...]:
    """Nodes of a result, truths as 1 and 0."""
    traced = value if isinstance(value, Traced) else OfYears.plain(builder, value)
    if len(traced.ids) not in (1, size):
        raise TraceError(f"a result over {traced.dim} with {len(traced.ids)} members, where {size} are expected")
    return traced.ids
