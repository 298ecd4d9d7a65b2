"""Random small models for the engine's tests: every operation of the language, with and without a dim."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import strategies as st

from salpi.engine.declare import (
    Attribute,
    Bound,
    Channel,
    EntitySector,
    Give,
    Parameter,
    Passage,
    Sector,
    Shock,
    Stage,
    State,
)
from salpi.engine.numbers import NOTHING

SCALARS = ["p:a", "p:b", "c:push", "s:x", "s:kept", "z:year", "z:month", "z:once", "t"]
VECTORS = ["p:v", "s:w", "z:each"]
CONSTANTS = [0.0, -0.0, 1.0, -1.0, 0.5, 3.0, 12.0, 1e-3]
MEMBERS = 3


@st.composite
def expressions(draw: Any, depth: int, vector: bool, scalars: Any = None) -> Any:
    """A nested tuple; ``vector`` allows a dim in the result; ``scalars`` names what else than a stock sector's is read."""
    if depth == 0 or draw(st.integers(0, 5)) == 0:
        leaves = (scalars or SCALARS) + (VECTORS if vector else [])
        return draw(st.one_of(st.sampled_from(leaves), st.sampled_from(CONSTANTS)))
    if not vector and scalars is None and draw(st.integers(0, 3)) == 0:
        return draw(st.sampled_from(["sum", "first"])), draw(st.sampled_from(VECTORS)), draw(expressions(depth - 1, False))
    op = draw(
        st.sampled_from(["+", "-", "*", "/", "min", "max", "where", "exp", "log", "sqrt", "abs", "neg", "expit", "lookup", "and"])
    )
    part = expressions(depth - 1, vector, scalars)
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
    """A sector with two states and one that stays, two outputs, all kinds of shocks, a channel, parameters, a dim of three."""
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
        return {"x": made["x"], "w": made["w"] + zero, "kept": NOTHING}, {"out": made["out"], "wide": made["wide"] + zero}

    sector = Sector(
        name="random",
        step=step,
        init=lambda xp, p, up: {"x": p["a"] * 0.5, "w": p["v"] + p["b"], "kept": p["b"] - p["a"]},
        parameters=(Parameter("a", "ratio"), Parameter("b", "ratio"), Parameter("v", "ratio", "d")),
        channels=(Channel("push", "x", "multiply", "Push", "밀기"),),
        states=(State("x", "ratio"), State("w", "ratio", "d"), State("kept", "ratio")),
        shocks=(Shock("year"), Shock("month", "month"), Shock("once", "once"), Shock("each", "year", "d")),
        gives=(
            Give("out", "ratio", draw(st.sampled_from(["sum", "end", "mean", "max"])), "Out", "출력", monthly=True),
            Give("wide", "ratio", draw(st.sampled_from(["sum", "end", "mean", "max"])), "Wide", "출력", dim="d"),
        ),
    )
    return sector, Bound(dims={"d": tuple("abc"[:MEMBERS])})


OF_LIVES = ["p:a", "p:b", "p:v", "e:worth", "e:seen", "u:one", "u:two", "at:push", "start", "first"]
LIVES = ("x", "y")
LIVES_START, LIVES_END = 12 * 2024, 12 * 2030


def _stage(name: str, trees: Any) -> Stage:
    def step(xp: Any, e: Any, p: Any, u: Any, at: Any, start: Any, first: Any) -> Passage:
        def get(key: str) -> Any:
            kind, _, of = key.partition(":")
            if kind == "at":
                return at(of, start)
            if kind == "p":
                return xp.pick(p[of], e["kind"]) if of == "v" else p[of]
            own = {"start": (start - LIVES_START) / 12.0, "first": xp.where(first, 1.0, 0.0)}
            return own[kind] if kind in own else {"e": e, "u": u}[kind][of]

        months, carried, paid, when = (xp.minimum(xp.maximum(value(t, xp, get), -9.0), 9.0) for t in trees)
        # what is no number stays none through minimum and maximum: it becomes one here, so that lives go on
        months, carried, paid, when = (xp.where(x == x, x, 0.5) for x in (months, carried, paid, when))
        on = (u["two"] < xp.expit(carried)) | (p["a"] > 0.5)
        return Passage(1.0 + xp.abs(months), on, {"seen": carried}, {"paid": (start + when, paid), "by": (start, paid)})

    return Stage(name, step, ("one", "two"))


@st.composite
def random_lives(draw: Any, depth: int = 3) -> tuple[EntitySector, Bound]:
    """A sector of entities with two random stages, arrivals, a carried number, events with and without a dim."""
    trees = [[draw(expressions(depth, False, OF_LIVES)) for _ in range(4)] for _ in LIVES]

    def outcome(xp: Any, e: Any, p: Any, u: Any, at: Any, fate: Any, years: Any) -> Any:
        on = xp.where(12.0 * years + 6.0 >= fate["y"][:, None], 1.0, 0.0)
        return {"sold": on * (e["worth"] * e["seen"])[:, None] * at("push", (12.0 * years + 6.0)[None, :])}

    rows = draw(st.integers(1, 30))
    ids = (*(f"entity {i}" for i in range(rows)), "new 0", "new 1")
    n = np.arange(rows + 2.0)
    flows = [Give(f"l.{k}.{s}", "count", "sum", "x", "x") for k in ("starts", "passes") for s in LIVES]
    sector = EntitySector(
        name="l",
        stages=tuple(_stage(name, t) for name, t in zip(LIVES, trees, strict=True)),
        outcome=outcome,
        gives=(
            *flows,
            Give("paid", "1", "sum", "x", "x"),
            Give("sold", "1", "sum", "x", "x"),
            Give("by", "1", "sum", "x", "x", "kind"),
            Give("l.active", "count", "end", "x", "x", "stage"),
        ),
        bind=lambda plan, start: Bound(),
        arrivals=lambda xp, p, at, t: (xp.abs(p["b"]) + 0.0 * t) * xp.abs(at("push")),
        carry=("seen",),
        parameters=(Parameter("a", "1"), Parameter("b", "1"), Parameter("v", "1", "kind")),
        channels=(Channel("push", "x", "multiply", "x", "x"),),
        attributes=(Attribute("worth", "1", "entity"), Attribute("kind", "index", "entity")),
    )
    entry = np.where(n % 3 == 0, -np.inf, LIVES_START - 20.0 + 9.0 * n)
    entry[rows:] = np.nan
    return sector, Bound(
        dims={"entity": ids, "stage": LIVES, "kind": ("a", "b", "c")},
        attributes={"stage": np.where(np.isnan(entry), 0.0, n % 3), "entry": entry, "worth": 0.5 + n / 7.0, "kind": n % 3},
    )
