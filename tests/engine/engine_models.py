"""Random small models for the engine's tests: every operation of the language, with and without a dim."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from salpi.engine.declare import Bound, Channel, Give, Parameter, Sector, Shock, State

SCALARS = ["p:a", "p:b", "c:push", "s:x", "z:year", "z:month", "z:once", "t"]
VECTORS = ["p:v", "s:w", "z:each"]
CONSTANTS = [0.0, -0.0, 1.0, -1.0, 0.5, 3.0, 12.0, 1e-3]
MEMBERS = 3


@st.composite
def expressions(draw: Any, depth: int, vector: bool) -> Any:
    """A nested tuple; ``vector`` allows a dim in the result."""
    if depth == 0 or draw(st.integers(0, 5)) == 0:
        leaves = SCALARS + (VECTORS if vector else [])
        return draw(st.one_of(st.sampled_from(leaves), st.sampled_from(CONSTANTS)))
    if not vector and draw(st.integers(0, 3)) == 0:
        return draw(st.sampled_from(["sum", "first"])), draw(st.sampled_from(VECTORS)), draw(expressions(depth - 1, False))
    op = draw(
        st.sampled_from(["+", "-", "*", "/", "min", "max", "where", "exp", "log", "sqrt", "abs", "neg", "expit", "lookup", "and"])
    )
    part = expressions(depth - 1, vector)
    size = {"where": 4, "and": 4, "exp": 1, "log": 1, "sqrt": 1, "abs": 1, "neg": 1, "expit": 1, "lookup": 1}.get(op, 2)
    return (op, *(draw(part) for _ in range(size)))


def value(tree: Any, xp: Any, get: Any) -> Any:
    if isinstance(tree, float):
        return tree + 0.0 * get("p:a")
    if isinstance(tree, str):
        return get(tree)
    op, *parts = tree
    if op in ("sum", "first"):
        v = get(parts[0]) * value(parts[1], xp, get)
        return xp.sum(v) if op == "sum" else v[0]
    x = [value(part, xp, get) for part in parts]
    if op == "+":
        return x[0] + x[1]
    if op == "-":
        return x[0] - x[1]
    if op == "*":
        return x[0] * x[1]
    if op == "/":
        return x[0] / x[1]
    if op == "neg":
        return -x[0]
    if op == "where":
        return xp.where(x[0] < x[1], x[2], x[3])
    if op == "and":
        return xp.where((x[0] <= x[1]) & ~(x[2] == x[3]) | (x[0] > 2.0), x[2], x[1])
    if op == "lookup":
        return xp.lookup(x[0], (-1.0, 0.0, 2.0, 5.0), (0.5, 1.0, -1.0, 4.0))
    return getattr(xp, {"min": "minimum", "max": "maximum"}.get(op, op))(*x)


@st.composite
def random_sectors(draw: Any, depth: int = 3) -> tuple[Sector, Bound]:
    """A sector with two states, two outputs, all kinds of shocks, a channel and parameters, bound to a dim of three."""
    trees = {k: draw(expressions(depth, k in ("w", "wide"))) for k in ("x", "w", "out", "wide")}
    tame = draw(st.booleans())

    def step(xp: Any, s: Any, p: Any, z: Any, t: Any, up: Any) -> Any:
        def get(name: str) -> Any:
            kind, _, key = name.partition(":")
            return t if kind == "t" else {"p": p, "c": p, "s": s, "z": z}[kind][key]

        made = {k: value(tree, xp, get) for k, tree in trees.items()}
        if tame:  # keeps most models finite over many months
            made = {k: xp.minimum(xp.maximum(v, -5.0), 5.0) for k, v in made.items()}
        zero = 0.0 * p["v"]
        return {"x": made["x"], "w": made["w"] + zero}, {"out": made["out"], "wide": made["wide"] + zero}

    sector = Sector(
        name="random",
        step=step,
        init=lambda xp, p: {"x": p["a"] * 0.5, "w": p["v"] + p["b"]},
        parameters=(Parameter("a", "ratio"), Parameter("b", "ratio"), Parameter("v", "ratio", "d")),
        channels=(Channel("push", "x", "multiply", "Push", "밀기"),),
        states=(State("x", "ratio"), State("w", "ratio", "d")),
        shocks=(Shock("year"), Shock("month", "month"), Shock("once", "once"), Shock("each", "year", "d")),
        gives=(
            Give("out", "ratio", draw(st.sampled_from(["sum", "end", "mean", "max"])), "Out", "출력", monthly=True),
            Give("wide", "ratio", draw(st.sampled_from(["sum", "end", "mean", "max"])), "Wide", "출력", dim="d"),
        ),
    )
    return sector, Bound(dims={"d": tuple("abc"[:MEMBERS])})
