"""The graph of a step: immutable nodes in the order in which they can be worked out, and passes over them.

A node is one number of one draw (a member of a dim is a node of its own). Equal nodes are one node. The graph is plain
data: ``to_json`` gives it for pictures and dependencies, ``from_json`` reads it back and refuses one that is malformed.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from salpi.engine import functions

ONCE, DRAW, YEAR, MONTH, PAIR = 0, 1, 2, 4, 8
"""What a node changes with, as bits: nothing but the plan's data, the draw, the year, the month, the entity."""

ARITY = {
    "+": 2, "-": 2, "*": 2, "/": 2, "min": 2, "max": 2, "<": 2, "<=": 2, "==": 2, "!=": 2, "and": 2, "or": 2, "not": 1,
    "where": 3, "neg": 1, "abs": 1, "sqrt": 1, "exp": 1, "log": 1, "const": 0, "input": 0,
    "pick": 1, "at": 1,
}  # fmt: skip
"""Every operation of the language, and how many values it takes; ``pick`` and ``at`` read a table or path at a place."""

READS = frozenset({"input", "pick", "at"})

TRUTH = frozenset({"<", "<=", "==", "!=", "and", "or", "not"})
COMMUTES = frozenset({"+", "*", "==", "!=", "and", "or"})
KINDS = {
    "time": MONTH, "attribute": ONCE, "parameter": DRAW, "channel": DRAW | MONTH, "need": DRAW | MONTH,
    "yearly": DRAW | YEAR, "opening": DRAW, "state": DRAW | MONTH, "last": DRAW | MONTH, "shock": DRAW,
    "table": DRAW, "path": DRAW, "years": ONCE, "whole": ONCE,
    **dict.fromkeys(("entity", "carry", "uniform", "start", "first", "fate"), DRAW | PAIR),
}  # fmt: skip
"""Kinds of input, and what they change with; a shock also with its year or month. ``yearly`` is a need that is the same all
year, ``opening`` one of the first month; ``years`` and ``whole`` see ``rolled.py``."""


class GraphError(ValueError):
    """A graph that is malformed."""


@dataclass(frozen=True, order=True)
class Input:
    """Where a number comes from. ``member`` is the place in its dim (0 without one); ``every`` is a shock's beat."""

    kind: str
    sector: str
    name: str
    member: int = 0
    every: str = ""

    @property
    def level(self) -> int:
        return KINDS[self.kind] | {"year": YEAR, "month": MONTH}.get(self.every, 0)


@dataclass(frozen=True)
class Node:
    """One operation. ``value`` and ``unit`` belong to a const, ``input`` to an input; ``where`` is (file, line)."""

    op: str
    args: tuple[int, ...] = ()
    value: float = 0.0
    unit: str = ""
    input: Input | None = None
    where: tuple[str, int] = ("", 0)

    @property
    def key(self) -> tuple[Any, ...]:
        args = tuple(sorted(self.args)) if self.op in COMMUTES else self.args
        return self.op, args, struct.pack("<d", self.value), self.unit, self.input


@dataclass(frozen=True)
class Graph:
    """``results``: what comes out, by (kind, sector, name), a node a member; kind is ``init``, ``state`` (change) or ``give``."""

    nodes: tuple[Node, ...]
    results: Mapping[tuple[str, str, str], tuple[int, ...]]

    def __post_init__(self) -> None:
        for i, node in enumerate(self.nodes):
            if node.op not in ARITY or len(node.args) != ARITY[node.op]:
                raise GraphError(f"node {i}: {node.op!r} with {len(node.args)} arguments is no operation of the language")
            if any(not 0 <= a < i for a in node.args):
                raise GraphError(f"node {i}: takes {list(node.args)}, but may only take nodes before it")
            if (node.op in READS) != (node.input is not None) or (node.input and node.input.kind not in KINDS):
                raise GraphError(f"node {i}: an input needs a kind; known are {', '.join(KINDS)}")
        for key, ids in self.results.items():
            if any(not 0 <= i < len(self.nodes) for i in ids):
                raise GraphError(f"result {'.'.join(key)}: points at no node")

    @cached_property
    def levels(self) -> tuple[int, ...]:
        """What each node changes with (bits of DRAW, YEAR, MONTH); what changes with the month needs no bit of the year."""
        out: list[int] = []
        for node in self.nodes:
            level = node.input.level if node.input else ONCE
            for a in node.args:
                level |= out[a]
            out.append(level & ~YEAR if level & MONTH else level)
        return tuple(out)

    def inputs(self) -> dict[Input, int]:
        return {n.input: i for i, n in enumerate(self.nodes) if n.input is not None and n.op == "input"}

    def reads(self, key: tuple[str, str, str]) -> frozenset[Input]:
        """The inputs from which a result is made."""
        seen: set[int] = set()
        todo = list(self.results[key])
        while todo:
            i = todo.pop()
            if i not in seen:
                seen.add(i)
                todo += self.nodes[i].args
        return frozenset(n.input for n in (self.nodes[i] for i in seen) if n.input is not None)

    def to_json(self) -> dict[str, Any]:
        """Plain data: nodes as [operation, arguments, …], results by kind, sector and name."""
        nodes: list[list[Any]] = []
        for n in self.nodes:
            row: list[Any] = [n.op, list(n.args)]
            if n.op == "const":
                row += [n.value.hex(), n.unit]
            if n.input is not None:
                i = n.input
                row += [i.kind, i.sector, i.name, i.member, i.every]
            nodes.append(row)
        return {"nodes": nodes, "results": [[*key, list(ids)] for key, ids in self.results.items()]}

    @classmethod
    def from_json(cls, data: Any) -> Graph:
        """Raises GraphError for anything that is no graph."""
        try:
            nodes = []
            for op, args, *rest in data["nodes"]:
                if op == "const":
                    nodes.append(Node(op, (), float.fromhex(rest[0]), str(rest[1])))
                elif op in READS:
                    kind, sector, name, member, every = rest
                    found = Input(str(kind), str(sector), str(name), int(member), str(every))
                    nodes.append(Node(op, tuple(int(a) for a in args), input=found))
                else:
                    nodes.append(Node(str(op), tuple(int(a) for a in args)))
            results = {(str(k), str(s), str(n)): tuple(int(i) for i in ids) for k, s, n, ids in data["results"]}
        except (KeyError, TypeError, ValueError, IndexError, OverflowError) as error:
            raise GraphError(f"no graph: {error}") from error
        return cls(tuple(nodes), results)


@dataclass
class Builder:
    """Collects nodes; an equal node is found again."""

    nodes: list[Node] = field(default_factory=list)
    _seen: dict[tuple[Any, ...], int] = field(default_factory=dict)

    def add(self, node: Node) -> int:
        found = self._seen.get(node.key)
        if found is None:
            found = self._seen[node.key] = len(self.nodes)
            self.nodes.append(node)
        return found


_FOLD: dict[str, Callable[..., Any]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "min": functions.minimum,
    "max": functions.maximum,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "neg": lambda a: -a,
    "abs": abs,
    "exp": functions.exp,
    "log": functions.log,
    "sqrt": functions.sqrt,
    "not": lambda a: a == 0.0,
}


def fold(graph: Graph) -> Graph:
    """The same results to the last bit, with constants worked out, units dropped and unused nodes left out."""
    out = Builder()
    new: list[int] = []
    never_minus_zero: dict[int, bool] = {}
    for node in graph.nodes:
        args = tuple(new[a] for a in node.args)
        i = _simpler(node, args, out, never_minus_zero)
        if i is None:
            i = out.add(Node(node.op, args, node.value, "", node.input, node.where))
        never_minus_zero[i] = _no_minus_zero(out.nodes[i], never_minus_zero)
        new.append(i)
    results = {k: tuple(new[i] for i in ids) for k, ids in graph.results.items()}
    return needed(Graph(tuple(out.nodes), results))


def _simpler(node: Node, args: tuple[int, ...], out: Builder, safe: Mapping[int, bool]) -> int | None:
    """A node that is known to have the same bits, or None. ``x * 0`` and ``x - x`` are not folded: x may be infinite."""
    known = [out.nodes[a].value if out.nodes[a].op == "const" else None for a in args]
    numbers = [k for k in known if k is not None]
    if args and len(numbers) == len(args) and node.op in _FOLD and (node.op != "/" or numbers[1] != 0.0):
        value = float(_FOLD[node.op](*numbers))
        return out.add(Node("const", (), value, where=node.where)) if math.isfinite(value) else None
    if node.op in ("min", "max") and known[1]:  # in C, a constant other than 0 is best the first of the two
        return out.add(Node(node.op, (args[1], args[0]), where=node.where))
    if node.op == "where":
        if known[0] is not None:
            return args[1] if known[0] else args[2]
        return args[1] if args[1] == args[2] else None
    if node.op in ("and", "or") and numbers:
        one, other = (args[0], args[1]) if known[0] is not None else (args[1], args[0])
        return other if (numbers[0] != 0.0) == (node.op == "and") else one
    if node.op in ("*", "/") and known[1] == 1.0:
        return args[0]
    if node.op == "*" and known[0] == 1.0:
        return args[1]
    if node.op == "+":
        for one, other in ((0, 1), (1, 0)):
            if known[one] == 0.0 and (_minus_zero(known[one]) or safe[args[other]]):
                return args[other]
    if node.op == "-" and known[1] == 0.0 and not _minus_zero(known[1]):
        return args[0]
    return None


def _minus_zero(value: float | None) -> bool:
    return value == 0.0 and math.copysign(1.0, value) < 0


def _no_minus_zero(node: Node, safe: Mapping[int, bool]) -> bool:
    """True where a node can never be -0.0."""
    if node.op == "const":
        return node.value != 0.0 or math.copysign(1.0, node.value) > 0
    if node.op == "+":
        return safe[node.args[0]] or safe[node.args[1]]
    if node.op == "-":
        return safe[node.args[0]]
    if node.op in ("min", "max"):
        return safe[node.args[0]] and safe[node.args[1]]
    if node.op == "where":
        return safe[node.args[1]] and safe[node.args[2]]
    return node.op in ("exp", "abs")


def needed(graph: Graph) -> Graph:
    """Without the nodes that no result needs."""
    used = set(_flat(graph.results.values()))
    for i in range(len(graph.nodes) - 1, -1, -1):
        if i in used:
            used.update(graph.nodes[i].args)
    new = {old: i for i, old in enumerate(sorted(used))}
    nodes = tuple(
        Node(n.op, tuple(new[a] for a in n.args), n.value, n.unit, n.input, n.where)
        for n in (graph.nodes[old] for old in sorted(used))
    )
    return Graph(nodes, {k: tuple(new[i] for i in ids) for k, ids in graph.results.items()})


def still(graph: Graph) -> Graph:
    """The same results to the last bit, with the start of a state that never changes in the place of the state; what changes none
    starts from nothing."""
    nothing = {i for i, n in enumerate(graph.nodes) if n.op == "const" and _minus_zero(n.value)}
    inputs, starts, results = graph.inputs(), dict[int, int](), dict(graph.results)
    for (kind, sector, name), ids in graph.results.items():
        if kind == "state":
            of = graph.results["init", sector, name]
            results["init", sector, name] = tuple(i if i in nothing else start for i, start in zip(ids, of, strict=True))
            fixed = [k for k, i in enumerate(ids) if i in nothing]
            starts |= {inputs[x]: of[k] for k in fixed if (x := Input("state", sector, name, k)) in inputs}
    nodes = tuple(replace(n, args=tuple(starts.get(a, a) for a in n.args)) for n in graph.nodes)
    return Graph(nodes, {key: tuple(starts.get(i, i) for i in ids) for key, ids in results.items()})


def given(graph: Graph, values: Mapping[Input, float]) -> Graph:
    """The graph with inputs whose value is known."""
    nodes = (
        Node("const", (), values[n.input], where=n.where) if n.op == "input" and n.input is not None and n.input in values else n
        for n in graph.nodes
    )
    return Graph(tuple(nodes), graph.results)


def ahead(graph: Graph, wide: int) -> Graph:
    """The same results to the last bit: what is done to a choice between two numbers that do not change with ``wide`` is done
    to both of them before, and then chosen."""
    out, new = Builder(), list[int]()
    levels: list[int] = []

    def add(node: Node) -> int:
        i = out.add(node)
        if i == len(levels):
            level = node.input.level if node.input else ONCE
            for a in node.args:
                level |= levels[a]
            levels.append(level)
        return i

    for node in graph.nodes:
        args = [new[a] for a in node.args]
        moves = [k for k, a in enumerate(args) if levels[a] & wide]
        choice = out.nodes[args[moves[0]]] if len(moves) == 1 and node.op in _FOLD and node.op not in TRUTH else None
        if choice is None or choice.op != "where" or any(levels[a] & wide for a in choice.args[1:]):
            new.append(add(Node(node.op, tuple(args), node.value, node.unit, node.input, node.where)))
            continue
        both = [(*args[: moves[0]], side, *args[moves[0] + 1 :]) for side in choice.args[1:]]
        sides = [add(Node(node.op, of, where=node.where)) for of in both]
        new.append(add(Node("where", (choice.args[0], *sides), where=node.where)))
    return needed(Graph(tuple(out.nodes), {k: tuple(new[i] for i in ids) for k, ids in graph.results.items()}))


def _flat(groups: Iterable[tuple[int, ...]]) -> Iterable[int]:
    return (i for group in groups for i in group)
