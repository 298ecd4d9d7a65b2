"""Unit inference over a graph: every ``+`` adds like to like, ``exp`` takes a pure number, a result has its declared unit.

A unit here has a size as well as a dimension: a month is no year, a percent no ratio. A plain number in a step is pure
(0 and infinity fit any unit); one that stands for something is a ``Number``. A flag is a pure 0 or 1. The step's change
and what it gives are amounts of one month, in the declared unit: a yearly rate becomes one by ``/ A_YEAR``.
"""

from __future__ import annotations

import ast
import linecache
import math
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from salpi.engine.declare import Sector
from salpi.engine.graph import TRUTH, Graph, Input, Node
from salpi.units.registry import UnitError, parse

PURE_NAMES = frozenset({"flag", "flags", "logit", "logits"})
"""Pure numbers that are a dimension of their own elsewhere, so that nobody adds log-odds to a share."""


@dataclass(frozen=True)
class Unit:
    """``factor`` to base units, ``powers`` of base dimensions, and the names to print."""

    factor: float
    powers: tuple[tuple[str, float], ...]
    names: tuple[tuple[str, float], ...]

    def times(self, other: Unit, power: float = 1.0) -> Unit:
        return Unit(
            self.factor * other.factor**power, _merged(self.powers, other.powers, power), _merged(self.names, other.names, power)
        )

    def fits(self, other: Unit) -> bool:
        return self.powers == other.powers and math.isclose(self.factor, other.factor, rel_tol=1e-9)

    @property
    def pure(self) -> bool:
        return self.fits(PURE)

    def __str__(self) -> str:
        def part(names: list[tuple[str, float]]) -> str:
            return "*".join(n if abs(p) == 1 else f"{n}**{abs(p):g}" for n, p in names)

        up, down = [x for x in self.names if x[1] > 0], [x for x in self.names if x[1] < 0]
        return (part(up) or "1") + ("".join("/" + part([x]) for x in down)) if self.names else "1"


PURE = Unit(1.0, (), ())


def _merged(a: tuple[tuple[str, float], ...], b: tuple[tuple[str, float], ...], power: float) -> tuple[tuple[str, float], ...]:
    out = dict(a)
    for name, p in b:
        out[name] = out.get(name, 0.0) + p * power
    return tuple(sorted((n, p) for n, p in out.items() if p != 0.0))


@cache
def unit(text: str) -> Unit:
    """The unit that a text such as ``USD/L/yr`` or ``(log/yr**0.5)*(yr)`` stands for. Raises UnitError."""
    if not text:
        return PURE
    try:
        return _evaluated(
            ast.parse(text.replace("%", "percent").replace("^", "**").replace(" ", "*").strip("*"), mode="eval").body
        )
    except (SyntaxError, RecursionError) as error:
        raise UnitError(f"{text!r} is no unit") from error


def _evaluated(tree: ast.expr) -> Unit:
    if isinstance(tree, ast.Constant) and isinstance(tree.value, int | float):
        return Unit(float(tree.value), (), ())
    if isinstance(tree, ast.Name):
        if tree.id in PURE_NAMES:
            return PURE
        found = parse(tree.id.replace("percent", "%") if tree.id == "percent" else tree.id)
        plain = not found.dimension and found.factor == 1.0
        return Unit(found.factor, tuple(sorted(found.dimension)), () if plain else ((tree.id.replace("percent", "%"), 1.0),))
    if isinstance(tree, ast.BinOp) and isinstance(tree.op, ast.Mult | ast.Div):
        return _evaluated(tree.left).times(_evaluated(tree.right), 1.0 if isinstance(tree.op, ast.Mult) else -1.0)
    if isinstance(tree, ast.BinOp) and isinstance(tree.op, ast.Pow):
        power = ast.literal_eval(tree.right)
        base = _evaluated(tree.left)
        scaled = tuple((n, p * power) for n, p in base.powers), tuple((n, p * power) for n, p in base.names)
        return Unit(base.factor**power, *scaled)
    raise UnitError(f"{ast.unparse(tree)!r} is no unit")


def problems(graph: Graph, sectors: Sequence[Sector], unit_of: Callable[[str], str] = str) -> list[str]:
    """One line for each line of a step whose units do not fit: where, both units, how to mend. Empty if all fit.

    ``unit_of`` puts a plan's own names into a declared unit (its home currency).
    """
    declared = _declared(sectors)
    found: Found = {}
    units = infer(graph, lambda i: unit(unit_of(declared[i.kind, i.sector, i.name])), found, unit_of)
    steps = {s.name: place_of(s.step) for s in sectors}
    for (kind, sector, name), ids in graph.results.items():
        wanted = unit(unit_of(declared["state" if kind == "init" else kind, sector, name]))
        what = {"init": f"starts {name!r} with", "state": f"changes {name!r} in a month by", "give": f"gives {name!r} as"}[kind]
        expect(graph, ids, units, wanted, what, steps[sector], found)
    return [found[k] for k in sorted(found)]


Found = dict[tuple[str, int], str]
"""Problems by (file, line): one line each."""


def infer(
    graph: Graph, unit_of_input: Callable[[Input], Unit | None], found: Found, unit_of: Callable[[str], str] = str
) -> list[Unit | None]:
    """The unit of every node, None for what fits any; places where units do not fit go into ``found``."""
    units: list[Unit | None] = []
    for node in graph.nodes:
        args = [units[a] for a in node.args]
        try:
            units.append(_unit_of(node, args, [graph.nodes[a] for a in node.args], unit_of_input, unit_of))
        except UnitError as error:
            found.setdefault(node.where, _line(node.where, str(error)))
            units.append(None)
    return units


def expect(
    graph: Graph,
    ids: Sequence[int],
    units: Sequence[Unit | None],
    wanted: Unit,
    what: str,
    at: tuple[str, int],
    found: Found,
    told: str = "it is declared in",
) -> None:
    """A result of the graph has the wanted unit, of which ``told`` says why; ``at``: the place where no operation made it."""
    for i in dict.fromkeys(ids):
        got, where = units[i], graph.nodes[i].where if graph.nodes[i].args else at
        if got is not None and not got.fits(wanted):
            hint = _hint(got, wanted, None, None)
            found.setdefault(where, _line(where, f"{what} {str(got)!r}, but {told} {str(wanted)!r}{hint}"))


def place_of(function: Callable[..., object]) -> tuple[str, int]:
    """File and line of a function."""
    code = function.__code__
    return code.co_filename, code.co_firstlineno


def _line(where: tuple[str, int], message: str) -> str:
    file, line = where
    source = linecache.getline(file, line).strip()
    shown = os.path.relpath(file) if file.startswith(os.getcwd() + os.sep) else file
    return f"{shown}:{line}: {message}" + (f"  [{source}]" if source else "")


def _declared(sectors: Sequence[Sector]) -> dict[tuple[str, str, str], str]:
    out: dict[tuple[str, str, str], str] = {("time", "", "t"): "month"}
    for s in sectors:
        out |= {("parameter", s.name, q.id): q.unit for q in s.parameters}
        out |= {("channel", "", c.id): c.unit for c in s.channels}
        out |= {("attribute", s.name, a.name): a.unit for a in s.attributes}
        out |= {("state", s.name, x.name): x.unit for x in s.states}
        out |= {("shock", s.name, z.name): z.unit for z in s.shocks}
        out |= {(kind, "", n.name): n.unit for n in s.needs for kind in ("need", "yearly", "opening")}
        out |= {("give", s.name, g.name): g.unit for g in s.gives}
        out |= {("last", s.name, g.name): g.unit for g in s.gives}
    return out


def _unit_of(
    node: Node,
    units: list[Unit | None],
    args: list[Node],
    unit_of_input: Callable[[Input], Unit | None],
    unit_of: Callable[[str], str],
) -> Unit | None:
    """A node's unit; None for what fits any (0, infinity, a comparison). Raises UnitError."""
    if node.op == "const":
        return None if node.value == 0.0 or math.isinf(node.value) else unit(unit_of(node.unit))
    if node.input is not None:
        at = units[0] if node.op in ("pick", "at") else None
        if at is not None and not at.fits(_place_unit(node.op)):
            raise UnitError(_reads(node.op, node.input.name, at))
        return unit_of_input(node.input)
    if node.op in ("+", "-", "min", "max", "<", "<=", "==", "!=", "where"):
        (one, other), (a, b) = units[-2:], args[-2:]
        if one is not None and other is not None and not one.fits(other):
            verb = {"+": "adds", "-": "subtracts", "where": "chooses between"}.get(node.op, "compares")
            raise UnitError(f"{verb} {str(one)!r} and {str(other)!r}{_hint(one, other, a, b)}")
        return None if node.op in TRUTH else one if one is not None else other
    if node.op in ("and", "or", "not"):
        return None
    if node.op in ("*", "/"):
        one, other = units
        if one is None or other is None:
            return None
        return one.times(other, 1.0 if node.op == "*" else -1.0)
    (one,) = units
    if node.op in ("exp", "log"):
        if one is not None and not one.pure:
            raise UnitError(
                f"takes {node.op} of {str(one)!r}, which is no pure number; divide by an amount in the same unit first"
            )
        return PURE
    if node.op == "sqrt" and one is not None:
        halves = tuple((n, p / 2) for n, p in one.powers), tuple((n, p / 2) for n, p in one.names)
        return Unit(one.factor**0.5, *halves)
    return one


def _place_unit(op: str) -> Unit:
    """The unit of a place: in a table (``pick``) or on a path."""
    return PURE if op == "pick" else unit("month")


def _reads(op: str, name: str, at: Unit) -> str:
    if op == "pick":
        return f"picks from {name!r} at {str(at)!r}; a place in a table is an attribute with the unit index"
    return f"reads {name!r} at {str(at)!r}, but a path is read at a month{_hint(at, _place_unit(op), None, None)}"


def _hint(one: Unit, other: Unit, a: Node | None, b: Node | None) -> str:
    for unit_, node, wanted in ((one, a, other), (other, b, one)):
        if node is not None and node.op == "const" and unit_.pure:
            return f"; write the number with its unit: Number({node.value:g}, {str(wanted)!r})"
    ratio = one.times(other, -1.0)
    if not ratio.powers:
        if math.isclose(max(ratio.factor, 1 / ratio.factor), 12.0, rel_tol=1e-9):
            return "; a year has 12 months: multiply or divide by MONTHS"
        return f"; one is {ratio.factor:g} times the other: multiply by a Number that says so"
    dims = {n for n, _ in ratio.powers}
    if dims == {"[time]"}:
        return f"; they differ by {str(ratio)!r}: a yearly rate / A_YEAR is a month's amount, a monthly one · MONTH"
    if len(dims) == 2 and all(d.startswith("[currency_") for d in dims):
        return "; convert with the exchange rate"
    return f"; they differ by {str(ratio)!r}: a factor is missing, or a declared unit is wrong"
