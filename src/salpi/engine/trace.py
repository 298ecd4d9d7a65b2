"""The tracer: runs a sector's own ``init`` and ``step`` once with symbolic values and gives their graph.

A ``Traced`` stands for ``(draw,)`` (one node) or ``(dim, draw)`` (a node a member). What leaves the language raises
TraceError with file and line. Data with the unit ``index`` say which member belongs to which: they are known while
tracing; all other data of the plan stay inputs, so that a changed figure changes no graph.
"""

from __future__ import annotations

import difflib
import os
import sys
import traceback
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from salpi.engine.declare import Bound, Sector
from salpi.engine.graph import TRUTH, Builder, Graph, Input, Node
from salpi.engine.numbers import Number

_HERE = os.path.dirname(os.path.abspath(__file__))
OWN = {__file__}
"""Files whose frames are no part of a step."""


class TraceError(ValueError):
    """A step that leaves the language; the message says where and how to mend it."""


def place() -> tuple[str, int]:
    """File and line of the step that is being traced: the first frame outside the engine's own."""
    frame = sys._getframe(1)
    while frame.f_back is not None and frame.f_code.co_filename in OWN:
        frame = frame.f_back
    return frame.f_code.co_filename, frame.f_lineno


def leaves(what: str, mend: str) -> TraceError:
    file, line = place()
    return TraceError(f"{file}:{line}: {what}; {mend}")


class Traced:
    """A symbolic number of every draw, or one a member of a dim. Every operation adds nodes and changes nothing."""

    __slots__ = ("builder", "dim", "ids")

    def __init__(self, builder: Builder, ids: tuple[int, ...], dim: str | None = None) -> None:
        self.builder, self.ids, self.dim = builder, ids, dim

    @classmethod
    def plain(cls, builder: Builder, value: Any) -> Traced:
        """A plain number as a traced value."""
        return cls(builder, (constant(builder, value),))

    def __add__(self, other: Any) -> Traced:
        return apply("+", self, other)

    def __radd__(self, other: Any) -> Traced:
        return apply("+", other, self)

    def __sub__(self, other: Any) -> Traced:
        return apply("-", self, other)

    def __rsub__(self, other: Any) -> Traced:
        return apply("-", other, self)

    def __mul__(self, other: Any) -> Traced:
        return apply("*", self, other)

    def __rmul__(self, other: Any) -> Traced:
        return apply("*", other, self)

    def __truediv__(self, other: Any) -> Traced:
        return apply("/", self, other)

    def __rtruediv__(self, other: Any) -> Traced:
        return apply("/", other, self)

    def __neg__(self) -> Traced:
        return apply("neg", self)

    def __abs__(self) -> Traced:
        return apply("abs", self)

    def __lt__(self, other: Any) -> Traced:
        return apply("<", self, other)

    def __le__(self, other: Any) -> Traced:
        return apply("<=", self, other)

    def __gt__(self, other: Any) -> Traced:
        return apply("<", other, self)

    def __ge__(self, other: Any) -> Traced:
        return apply("<=", other, self)

    def __eq__(self, other: object) -> Traced:  # type: ignore[override]
        return apply("==", self, other)

    def __ne__(self, other: object) -> Traced:  # type: ignore[override]
        return apply("!=", self, other)

    def __and__(self, other: Any) -> Traced:
        return apply("and", self, other)

    def __or__(self, other: Any) -> Traced:
        return apply("or", self, other)

    def __invert__(self) -> Traced:
        return apply("not", self)

    __hash__: Any = None

    def __len__(self) -> int:
        if self.dim is None:
            raise leaves("asks for the length of a number without a dim", "the number of draws is no part of a step")
        return len(self.ids)

    def __getitem__(self, at: Any) -> Traced:
        if self.dim is None or isinstance(at, bool) or not isinstance(at, int | np.integer):
            raise leaves(f"indexes with {at!r}", "only a declared dim can be indexed, and by a whole number; else xp.pick")
        if not -len(self.ids) <= at < len(self.ids):
            raise IndexError(f"member {at} of {self.dim}, which has {len(self.ids)}")
        return type(self)(self.builder, (self.ids[at],))

    def __iter__(self) -> Iterator[Traced]:
        return (self[i] for i in range(len(self)))

    def __bool__(self) -> bool:
        raise leaves(
            "an `if`, `and`, `or`, `min` or `max` of Python on a traced value, which differs from draw to draw",
            "write xp.where(condition, a, b), & and |, xp.minimum and xp.maximum",
        )

    def __float__(self) -> float:
        raise leaves("turns a traced value into a plain number (float(), or a function of the math module)", "use xp's functions")

    __int__ = __index__ = __complex__ = __float__

    def __pow__(self, other: Any) -> Traced:
        raise leaves("a power by **, which has other bits on other machines", "write xp.power(x, y), or x * x")

    __rpow__ = __pow__

    def _in_place(self, *_: Any) -> Any:
        raise leaves("a change in place, which would change an input too", "write x = x + y instead of x += y, and no x[i] = y")

    __iadd__ = __isub__ = __imul__ = __itruediv__ = __ipow__ = __setitem__ = _in_place

    def __array__(self, *_: Any, **__: Any) -> Any:
        raise leaves("a NumPy function on a traced value", "use xp's functions")

    def __array_ufunc__(self, ufunc: Any, *_: Any, **__: Any) -> Any:
        arithmetic = ufunc.__name__ in ("add", "subtract", "multiply", "divide")
        if arithmetic:
            raise leaves("an array from outside the step", "declare it as an Attribute, or as a number a member")
        raise leaves(f"np.{ufunc.__name__} on a traced value", "use xp's functions")

    def __array_function__(self, function: Any, *_: Any, **__: Any) -> Any:
        raise leaves(f"np.{function.__name__} on a traced value", "use xp's functions")

    def __getattr__(self, name: str) -> Any:
        raise leaves(f"asks a traced value for .{name}", "a step knows + - * /, comparisons and xp's functions")


def constant(builder: Builder, value: Any) -> int:
    """The node of a plain number."""
    if isinstance(value, bool | np.bool_) or not isinstance(value, int | float | np.integer | np.floating):
        raise leaves(f"works with {type(value).__name__} {value!r:.60}", "a step works with its inputs and plain numbers")
    unit = value.unit if isinstance(value, Number) else ""
    return builder.add(Node("const", (), float(value), unit, where=place()))


def is_truth(value: Any) -> bool:
    """Whether a value is a comparison, or made of such."""
    return isinstance(value, Traced) and all(value.builder.nodes[i].op in TRUTH for i in value.ids) and bool(value.ids)


def apply(op: str, *values: Any) -> Traced:
    """A node a member, for an operation on traced values and plain numbers. Raises TraceError where that leaves the language."""
    traced = [v for v in values if isinstance(v, Traced)]
    builder, kind = traced[0].builder, next((type(v) for v in traced if type(v) is not Traced), Traced)
    values = tuple(v if isinstance(v, Traced) else kind.plain(builder, v) for v in values)
    shapes = {(v.dim, len(v.ids)) for v in values if v.dim is not None}
    if len(shapes) > 1:
        dims = " meets ".join(sorted(str(d) for d, _ in shapes))
        raise leaves(f"{dims} in one operation", "sum over one dim, or take one member")
    dim, size = shapes.pop() if shapes else (None, 1)
    where = place()
    tests = values if op in ("and", "or", "not") else values[:1] if op == "where" else ()
    if not all(is_truth(v) for v in tests if v.ids):
        raise leaves(f"{op} of something that is no comparison", "compare first, as in xp.where(x > 0.0, a, b)")
    columns = [v.ids * size if v.dim is None else v.ids for v in values]
    return kind(builder, tuple(builder.add(Node(op, args, where=where)) for args in zip(*columns, strict=True)), dim)


class Functions:
    """The namespace ``xp`` while tracing: the functions of ``engine/functions.py``, in the same operations and order."""

    def exp(self, x: Any) -> Any:
        return self._call("exp", x)

    def log(self, x: Any) -> Any:
        return self._call("log", x)

    def sqrt(self, x: Any) -> Any:
        return self._call("sqrt", x)

    def abs(self, x: Any) -> Any:
        return self._call("abs", x)

    def minimum(self, x: Any, y: Any) -> Any:
        return self._call("min", x, y)

    def maximum(self, x: Any, y: Any) -> Any:
        return self._call("max", x, y)

    def where(self, test: Any, x: Any, y: Any) -> Any:
        return self._call("where", test, x, y)

    def power(self, x: Any, y: Any) -> Any:
        return self.exp(y * self.log(x))

    def logit(self, p: Any) -> Any:
        return self.log(p / (1.0 - p))

    def expit(self, x: Any) -> Any:
        e = self.exp(-self.abs(x))
        return self.where(x >= 0, 1.0, e) / (1.0 + e)

    def sum(self, x: Any) -> Any:
        if isinstance(x, Traced) and x.dim is None:
            raise leaves("a sum over a number without a dim", "xp.sum takes (dim, draw)")
        if not len(x):
            return Traced(x.builder, (constant(x.builder, 0.0),)) if isinstance(x, Traced) else 0.0
        members = list(x)
        total = members[0]
        for member in members[1:]:
            total = total + member
        return total

    def pick(self, table: Any, index: Any) -> Any:
        members = list(table)
        if not isinstance(index, Traced):
            return members[int(index)]
        found = members[0]
        for k in range(1, len(members)):
            found = self.where(index == k, members[k], found)
        return found

    def lookup(self, x: Any, xs: Sequence[float], ys: Sequence[float]) -> Any:
        left, right, low, high = xs[0], xs[1], ys[0], ys[1]
        for k in range(1, len(xs) - 1):
            beyond = x >= xs[k]
            left, right = self.where(beyond, xs[k], left), self.where(beyond, xs[k + 1], right)
            low, high = self.where(beyond, ys[k], low), self.where(beyond, ys[k + 1], high)
        at = self.minimum(self.maximum((x - left) / (right - left), 0.0), 1.0)
        return low + at * (high - low)

    def _call(self, op: str, *values: Any) -> Any:
        if any(isinstance(v, Traced) for v in values):
            return apply(op, *values)
        from salpi.engine import functions

        return getattr(functions, {"min": "minimum", "max": "maximum"}.get(op, op))(*values)

    def __getattr__(self, name: str) -> Any:
        known = sorted(n for n in dir(Functions) if not n.startswith("_"))
        near = difflib.get_close_matches(name, known, 1)
        raise leaves(
            f"xp.{name} is no function of the language",
            f"known are {', '.join(known)}" + (f"; did you mean xp.{near[0]}?" if near else ""),
        )


class Named(Mapping[str, Any]):
    """Inputs of a step by name; a name that was not declared says so."""

    def __init__(self, what: str, values: Mapping[str, Any]) -> None:
        self._what, self._values = what, values

    def __getitem__(self, name: str) -> Any:
        if name not in self._values:
            near = difflib.get_close_matches(str(name), list(self._values), 1)
            raise leaves(
                f"reads {name!r}, which is not declared among the sector's {self._what}",
                f"did you mean {near[0]!r}?" if near else "declare it",
            )
        return self._values[name]

    def __contains__(self, name: object) -> bool:
        return name in self._values

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


@dataclass
class _Tracer:
    """Traces the sectors of one group into one graph: what an earlier one gives this month is a node for the later ones."""

    bound: Mapping[str, Bound]
    builder: Builder
    given: dict[str, Traced]
    own: Mapping[str, str]
    yearly: Collection[str]

    def input(
        self, kind: str, sector: str, name: str, dim: str | None, dims: Mapping[str, Sequence[str]], every: str = ""
    ) -> Traced:
        size = 1 if dim is None else len(dims[dim])
        inputs = [Input(kind, sector, name, k, every) for k in range(size)]
        return Traced(self.builder, tuple(self.builder.add(Node("input", input=i, where=place())) for i in inputs), dim)

    def attribute(self, sector: Sector, name: str, unit: str, dim: str | None) -> Traced:
        bound = self.bound.get(sector.name, Bound())
        if unit != "index":
            return self.input("attribute", sector.name, name, dim, bound.dims)
        values = np.atleast_1d(np.asarray(bound.attributes[name], dtype=np.float64))
        return Traced(self.builder, tuple(constant(self.builder, float(v)) for v in values), dim)

    def sector(self, sector: Sector) -> dict[tuple[str, str, str], tuple[int, ...]]:
        name, dims = sector.name, self.bound.get(sector.name, Bound()).dims
        p = {q.id: self.input("parameter", name, q.id, q.dim, dims) for q in sector.parameters}
        p |= {a.name: self.attribute(sector, a.name, a.unit, a.dim) for a in sector.attributes}
        start = Named("parameters and attributes", p)
        p = p | {c.id: self.input("channel", "", c.id, None, dims) for c in sector.channels}
        s = {x.name: self.input("state", name, x.name, x.dim, dims) for x in sector.states}
        z = {x.name: self.input("shock", name, x.name, x.dim, dims, x.every) for x in sector.shocks}
        up, opening = {}, {}
        for need in sector.needs:
            if need.name in self.given and need.lag == 0:
                up[need.name] = self.given[need.name]
            else:
                same = need.name in self.yearly and need.lag == 0
                kind = "last" if need.name in self.own else "yearly" if same else "need"
                of = self.own.get(need.name, ""), need.name, need.dim, self._dims(need.name, dims)
                up[need.name] = self.input(kind, *of, str(need.lag))
                if kind != "last" and need.lag == 0:
                    opening[need.name] = self.input("opening", *of, kind)
        t = self.input("time", "", "t", None, dims)
        xp = Functions()
        named = Named("states", s), Named("parameters, channels and attributes", p), Named("shocks", z)
        first = guarded(name, sector.init, xp, start, Named("needs that others give in the first month", opening))
        change, out = guarded(name, sector.step, xp, *named, t, Named("needs", up))
        results: dict[tuple[str, str, str], tuple[int, ...]] = {}
        for kind, declared, made in (
            ("init", sector.states, first),
            ("state", sector.states, change),
            ("give", sector.gives, out),
        ):
            names = {x.name for x in declared}
            if names ^ set(made):
                raise TraceError(
                    f"sector {name}: its {kind} and the declared names differ in {', '.join(sorted(names ^ set(made)))}"
                )
            for x in declared:
                results[kind, name, x.name] = self._shaped(sector, x.name, made[x.name], x.dim, dims)
        for give in sector.gives:
            self.given[give.name] = Traced(self.builder, results["give", name, give.name], give.dim)
        return results

    def _dims(self, need: str, dims: Mapping[str, Sequence[str]]) -> Mapping[str, Sequence[str]]:
        """A need's dim is its giver's; where the giver is not among these sectors, any sector's that has a dim of that name."""
        giver = self.own.get(need)
        if giver is not None:
            return self.bound.get(giver, Bound()).dims
        return {**{d: m for b in self.bound.values() for d, m in b.dims.items()}, **dims}

    def _shaped(
        self, sector: Sector, name: str, value: Any, dim: str | None, dims: Mapping[str, Sequence[str]]
    ) -> tuple[int, ...]:
        size = 1 if dim is None else len(dims[dim])
        ids = value.ids if isinstance(value, Traced) else (constant(self.builder, value),)
        shape = value.dim if isinstance(value, Traced) else None
        if shape not in (None, dim) or len(ids) not in (1, size):
            raise TraceError(f"sector {sector.name}: {name!r} comes out over {shape}, but is declared over {dim or 'no dim'}")
        return ids if len(ids) == size else ids * size


def guarded(name: str, function: Callable[..., Any], *values: Any) -> Any:
    """What the function gives; any error in it becomes one line with its place."""
    try:
        return function(*values)
    except TraceError:
        raise
    except Exception as error:
        frames = [f for f in traceback.extract_tb(error.__traceback__) if os.path.dirname(os.path.abspath(f.filename)) != _HERE]
        at = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else f"sector {name}"
        raise TraceError(f"{at}: {type(error).__name__}: {error}") from error


def trace(
    sectors: Sequence[Sector], bound: Mapping[str, Bound], once: bool = False, yearly: Collection[str] = frozenset()
) -> Graph:
    """The graph of sectors that run together, in their order. Raises TraceError.

    ``yearly`` names those of their needs that are the same in each month of a year. Each sector is traced twice (unless
    ``once``): a step that draws numbers or keeps something between calls gives two graphs.
    """
    first = _trace(sectors, bound, yearly)
    if not once and first.to_json() != _trace(sectors, bound, yearly).to_json():
        raise TraceError(
            f"sector {', '.join(s.name for s in sectors)}: two calls of a step differ; a step has no randomness, clock or memory"
        )
    return first


def _trace(sectors: Sequence[Sector], bound: Mapping[str, Bound], yearly: Collection[str]) -> Graph:
    own = {g.name: s.name for s in sectors for g in s.gives}
    tracer = _Tracer(bound, Builder(), {}, own, yearly)
    results: dict[tuple[str, str, str], tuple[int, ...]] = {}
    for sector in sectors:
        results |= tracer.sector(sector)
    return Graph(tuple(tracer.builder.nodes), results)
