"""A graph says the same as its step, whatever the dims; folding changes no bit; the graph is data."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from engine_models import random_sectors
from hypothesis import given as cases
from hypothesis import settings
from hypothesis import strategies as st

from salpi.engine import functions as xp
from salpi.engine.declare import Bound, Channel, Give, Need, Parameter, Sector, State
from salpi.engine.graph import DRAW, MONTH, ONCE, YEAR, Graph, GraphError, Node, ahead, fold, given
from salpi.engine.numbers import NOTHING
from salpi.engine.trace import TraceError, trace


def evaluate(graph: Graph, inputs: dict[Any, Any]) -> dict[tuple[str, str, str], list[Any]]:
    """Works a graph out with NumPy, node by node: a reading that shares no code with the tracer."""
    plain = {
        "+": np.add, "-": np.subtract, "*": np.multiply, "/": np.divide, "min": np.minimum, "max": np.maximum,
        "<": np.less, "<=": np.less_equal, "==": np.equal, "!=": np.not_equal,
        "and": np.logical_and, "or": np.logical_or, "not": np.logical_not, "where": np.where,
        "neg": np.negative, "abs": np.abs, "sqrt": np.sqrt, "exp": xp.exp, "log": xp.log,
    }  # fmt: skip
    values: list[Any] = []
    with np.errstate(all="ignore"):
        for node in graph.nodes:
            if node.op == "const":
                values.append(np.float64(node.value))
            elif node.input is not None:
                values.append(inputs[node.input])
            else:
                values.append(plain[node.op](*(values[a] for a in node.args)))
    return {key: [np.asarray(values[i], dtype=float) for i in ids] for key, ids in graph.results.items()}


@settings(max_examples=60, deadline=None)
@cases(case=random_sectors(), seed=st.integers(0, 99))
def test_graph_folded_graph_and_step_give_the_same_bits(case, seed) -> None:
    sector, bound = case
    graph = trace([sector], {sector.name: bound})
    rng = np.random.default_rng(seed)
    draws = 5
    inputs = {i: np.float64(24_300.0) if i.kind == "time" else rng.normal(size=draws) * 3.0 for i in graph.inputs()}

    def column(kind: str, name: str, dim: str | None, by: str = sector.name) -> Any:
        found = {i.member: v for i, v in inputs.items() if (i.kind, i.name) == (kind, name)}
        return found.get(0) if dim is None else np.stack([found[k] for k in range(len(bound.dims[dim]))])

    p = {q.id: column("parameter", q.id, q.dim) for q in sector.parameters}
    p |= {c.id: column("channel", c.id, None) for c in sector.channels}
    s = {x.name: column("state", x.name, x.dim) for x in sector.states}
    z = {x.name: column("shock", x.name, x.dim) for x in sector.shocks}
    with np.errstate(all="ignore"):
        first = sector.init(xp, p, {})
        change, out = sector.step(xp, s, p, z, 24_300.0, {})
    whole = evaluate(graph, inputs)
    folded = evaluate(fold(graph), inputs)
    chosen = evaluate(ahead(fold(graph), DRAW | YEAR if seed % 2 else MONTH), inputs)
    for kind, made in (("init", first), ("state", change), ("give", out)):
        for name, value in made.items():
            got, again, after = (g[kind, sector.name, name] for g in (whole, folded, chosen))
            wanted = np.broadcast_to(value, (len(got), draws)) if len(got) > 1 else np.broadcast_to(np.squeeze(value), (1, draws))
            for k in range(len(got)):
                for reading in (got[k], again[k], after[k]):
                    same = np.broadcast_to(reading, draws)
                    ok = (same.view(np.int64) == np.ascontiguousarray(wanted[k]).view(np.int64)) | (
                        np.isnan(same) & np.isnan(wanted[k])
                    )
                    assert ok.all(), (kind, name, k)


@settings(max_examples=30, deadline=None)
@cases(case=random_sectors())
def test_a_graph_is_data(case) -> None:
    sector, bound = case
    graph = trace([sector], {sector.name: bound})
    again = Graph.from_json(json.loads(json.dumps(graph.to_json())))
    assert again.to_json() == graph.to_json()


def one(step: Any, **more: Any) -> Graph:
    return trace([Sector("s", step, (Give("out", "ratio", "end", "o", "o"),), **more)], {})


def test_equal_expressions_are_one_node() -> None:
    graph = one(lambda xp, s, p, z, t, up: ({}, {"out": xp.exp(p["a"] + p["b"]) * xp.exp(p["b"] + p["a"])}), parameters=AB)
    assert [n.op for n in graph.nodes].count("exp") == 1


AB = (Parameter("a", "ratio"), Parameter("b", "ratio"))


def test_levels_say_what_changes_with_what() -> None:
    from salpi.engine.declare import Shock

    def step(xp, s, p, z, t, up):
        return {}, {"out": xp.exp(p["a"]) + xp.exp(z["y"]) + xp.exp(0.001 * t) + xp.exp(z["y"] + t)}

    graph = one(step, parameters=AB[:1], shocks=(Shock("y"),))
    assert [graph.levels[i] for i, n in enumerate(graph.nodes) if n.op == "exp"] == [DRAW, DRAW | YEAR, MONTH, DRAW | MONTH]
    assert graph.levels[[n.op for n in graph.nodes].index("const")] == ONCE


def test_folding_works_out_constants_and_drops_what_nobody_needs() -> None:
    graph = fold(
        one(
            lambda xp, s, p, z, t, up: ({}, {"out": (2.0 * p["a"] if len("ab") == 2 else 0.0) * (3.0 - p["a"] * 0.0)}),
            parameters=AB,
        )
    )
    assert all(n.input is None or n.input.name == "a" for n in graph.nodes)


def test_what_is_done_to_a_choice_is_done_before_it() -> None:
    """A division by lanes becomes two, once a draw; what is chosen may change with the month."""
    step = lambda xp, s, p, z, t, up: ({}, {"out": 1.0 - xp.where(t < 24_300.0, p["a"], p["b"]) / 9.0})  # noqa: E731
    graph = ahead(fold(one(step, parameters=AB)), MONTH)
    last = graph.nodes[graph.results["give", "s", "out"][0]]
    assert last.op == "where"
    assert [graph.levels[i] for i, n in enumerate(graph.nodes) if n.op in "/-"] == [DRAW] * 4


def test_known_inputs_are_worked_out() -> None:
    step = lambda xp, s, p, z, t, up: ({}, {"out": xp.where((p["a"] == 0.0) & (p["b"] > 1.0), p["b"], xp.exp(p["a"]))})  # noqa: E731
    graph = one(step, parameters=AB)
    a = next(i for i in graph.inputs() if i.name == "a")
    assert [n.op for n in fold(given(graph, {a: 0.0})).nodes] == ["input", "const", "<", "where"]
    assert [n.op for n in fold(given(graph, {a: 1.0})).nodes] == ["const"]


def test_what_a_result_reads() -> None:
    graph = one(lambda xp, s, p, z, t, up: ({}, {"out": p["a"] * 2.0}), parameters=AB)
    assert {i.name for i in graph.reads(("give", "s", "out"))} == {"a"}


def test_a_step_that_draws_numbers_is_refused() -> None:
    with pytest.raises(TraceError, match="no randomness"):
        one(lambda xp, s, p, z, t, up: ({}, {"out": p["a"] * float(np.random.rand())}), parameters=AB)  # noqa: NPY002


def test_states_and_gives_must_be_those_declared() -> None:
    with pytest.raises(TraceError, match="differ in other, out"):
        one(lambda xp, s, p, z, t, up: ({}, {"other": p["a"]}), parameters=AB)


def test_a_result_over_another_dim_is_refused() -> None:
    sector = Sector(
        "s",
        lambda xp, s, p, z, t, up: ({}, {"out": p["x"]}),
        (Give("out", "ratio", "end", "o", "o"),),
        parameters=(Parameter("x", "ratio", "d"),),
    )
    with pytest.raises(TraceError, match="comes out over d, but is declared over no dim"):
        trace([sector], {"s": Bound({"d": ("a", "b")})})


def test_sectors_that_feed_each_other_become_one_graph() -> None:
    first = Sector(
        "a",
        lambda xp, s, p, z, t, up: ({}, {"a.out": up["b.out"] + 1.0}),
        (Give("a.out", "ratio", "end", "o", "o"),),
        needs=(Need("b.out", "ratio", lag=1),),
    )
    second = Sector(
        "b",
        lambda xp, s, p, z, t, up: ({}, {"b.out": up["a.out"] * 2.0}),
        (Give("b.out", "ratio", "end", "o", "o"),),
        needs=(Need("a.out", "ratio"),),
    )
    graph = trace([first, second], {})
    assert [(i.kind, i.name) for i in graph.inputs() if i.kind != "time"] == [("last", "b.out")]


def test_a_start_cannot_read_its_own_group() -> None:
    own = Sector(
        "s",
        lambda xp, s, p, z, t, up: ({"x": 0.0}, {"out": s["x"]}),
        (Give("out", "ratio", "end", "o", "o"),),
        init=lambda xp, p, up: {"x": up["out"]},
        needs=(Need("out", "ratio", lag=1),),
        states=(State("x", "ratio"),),
    )
    with pytest.raises(TraceError, match="'out', which is not declared among the sector's needs that others give"):
        trace([own], {})


def test_a_start_reads_no_channel_as_it_would_change_with_the_month() -> None:
    start = Sector(
        "s",
        lambda xp, s, p, z, t, up: ({"x": NOTHING}, {"out": s["x"]}),
        (Give("out", "ratio", "end", "o", "o"),),
        init=lambda xp, p, up: {"x": p["push"]},
        channels=(Channel("push", "x", "multiply", "p", "p"),),
        states=(State("x", "x"),),
    )
    with pytest.raises(TraceError, match="'push', which is not declared among the sector's parameters and attributes"):
        trace([start], {})


def test_a_need_that_is_the_same_all_year_is_read_by_year() -> None:
    sector = Sector(
        "s",
        lambda xp, s, p, z, t, up: ({}, {"out": xp.exp(up["by.year"]) + up["by.month"]}),
        (Give("out", "ratio", "end", "o", "o"),),
        needs=(Need("by.year", "ratio"), Need("by.month", "ratio")),
    )
    graph = fold(trace([sector], {}, yearly={"by.year"}))
    assert {i.name: i.kind for i in graph.inputs()} == {"by.year": "yearly", "by.month": "need"}
    assert [level for node, level in zip(graph.nodes, graph.levels, strict=True) if node.op == "exp"] == [DRAW | YEAR]


def test_a_state_must_be_declared() -> None:
    with pytest.raises(TraceError, match="not declared"):
        one(
            lambda xp, s, p, z, t, up: ({"x": 0.0 * s["y"]}, {"out": 1.0}),
            states=(State("x", "ratio"),),
            init=lambda xp, p, up: {"x": 0.0},
        )


@pytest.mark.parametrize(
    "data",
    [
        {}, [], None, {"nodes": [["+", [0, 1]]], "results": []}, {"nodes": [["launch", []]], "results": []},
        {"nodes": [["const", [], "no number", ""]], "results": []}, {"nodes": [], "results": [["give", "s", "x", [0]]]},
        {"nodes": [["input", [], "nowhere", "s", "x", 0, ""]], "results": []},
        {"nodes": [["input", [], "parameter", "s", "x", float("inf"), ""]], "results": []},
    ],
)  # fmt: skip
def test_a_malformed_graph_is_refused(data) -> None:
    with pytest.raises(GraphError):
        Graph.from_json(data)


def test_a_node_may_only_take_earlier_nodes() -> None:
    with pytest.raises(GraphError, match="only take nodes before it"):
        Graph((Node("abs", (0,)),), {})
