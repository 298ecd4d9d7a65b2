"""The run of entities: early exit, chunks, threads, order and company of entities change nothing; counts add up."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from salpi.engine.declare import Bound, Channel, EntitySector, Give, Parameter, Passage, Stage
from salpi.engine.entities import EntityContext, run_entities

START, END = 12 * 2024, 12 * 2034
MONTHS = END - START
NAMES = ("one", "two", "three")


def stage(name):
    def step(xp, e, p, u, at, start, first):
        odds = xp.minimum(p["odds"] * e["worth"] * at("push", start), 1.0)
        months = p["time"] * (0.2 + 2.0 * u["time"])
        events = {"paid": (start + 0.5 * months, e["worth"] * 10.0)}
        return Passage(months, u["pass"] < odds, {"seen": e["seen"] + 1.0}, events)

    return Stage(name, step, ("pass", "time"))


def outcome(xp, e, p, u, at, fate, years):
    on = (12.0 * years + 11.0 >= fate["three"][:, None]) * 1.0
    return {"sold": on * e["worth"][:, None], "by": on, "stages": on * e["seen"][:, None]}


def finish(xp, p, year_end, year_mean, totals, bound):
    return {"twice": 2.0 * totals["sold"], "pushed": year_mean("push")}


def gives():
    flows = [Give(f"s.{k}.{n}", "count", "sum", "x", "x") for k in ("starts", "passes") for n in NAMES]
    return (
        *flows,
        Give("s.active", "count", "end", "x", "x", "stage"),
        Give("s.failed", "count", "end", "x", "x"),
        *(Give(n, "1", "sum", "x", "x") for n in ("paid", "sold", "stages", "twice", "pushed")),
        Give("by", "1", "sum", "x", "x", "kind"),
    )


def attribute(name, unit="1"):
    from salpi.engine.declare import Attribute

    return Attribute(name, unit, "entity")


SECTOR = EntitySector(
    name="s",
    stages=tuple(stage(n) for n in NAMES),
    outcome=outcome,
    gives=gives(),
    bind=lambda plan, start: Bound(),
    arrivals=lambda xp, p, at, t: (p["rate"] + 0.0 * t) * at("push"),
    finish=finish,
    carry=("seen",),
    parameters=(Parameter("odds", "1"), Parameter("time", "month"), Parameter("rate", "1/month")),
    channels=(Channel("push", "x", "multiply", "x", "x"),),
    attributes=(attribute("worth"), attribute("kind", "index")),
)
IDS = (*(f"asset {i}" for i in range(40)), "new 0", "new 1")
BOUND = Bound(
    dims={"entity": IDS, "stage": NAMES, "kind": ("a", "b")},
    attributes={
        "stage": np.array([i % 4 for i in range(40)] + [0, 0], dtype=float),
        "entry": np.array([-np.inf] * 30 + [START - 24.0] * 5 + [START + 30.0] * 5 + [np.nan, np.nan]),
        "worth": np.linspace(0.5, 1.2, 42),
        "kind": np.array([i % 3 - 1 for i in range(42)], dtype=float),
    },
)


def run(draws=12, push=1.0, bound=BOUND, first=0, sector=SECTOR, **how):
    p = {"odds": np.full(draws, 0.6), "time": np.full(draws, 14.0), "rate": np.full(draws, 0.8)}
    path = np.broadcast_to(np.asarray(push, dtype=float).reshape(-1, 1), (MONTHS, 1)).copy()
    context = EntityContext(p, {"push": path}, {}, 11, np.arange(first, first + draws), START, END)
    return run_entities(sector, bound, context, **how)


def same(a, b):
    return set(a) == set(b) and all(np.array_equal(a[k], b[k]) for k in a)


@pytest.mark.parametrize("how", [{"chunk": 1}, {"chunk": 5}, {"chunk": 12}, {"threads": 3, "chunk": 2}, {"early_exit": False}])
def test_chunks_threads_and_early_exit_change_nothing(how):
    assert same(run(), run(**how))


def test_early_exit_drops_pairs_and_not_numbers_in_small_chunks():
    assert same(run(chunk=3, early_exit=True), run(chunk=12, early_exit=False))


def test_a_draw_is_the_same_alone_or_among_others():
    many, one = run(), run(draws=1, first=9)
    for name in many:
        assert np.array_equal(many[name][..., 9:10, :], one[name]), name


def test_the_order_in_which_the_plan_lists_entities_changes_nothing():
    order = np.r_[np.arange(39, -1, -1), 40, 41]
    turned = Bound(
        dims={**BOUND.dims, "entity": tuple(IDS[i] for i in order)},
        attributes={k: np.asarray(v)[order] for k, v in BOUND.attributes.items()},
    )
    assert same(run(), run(bound=turned))


def test_other_entities_do_not_change_an_entity():
    keep = np.r_[0:10, 40, 41]
    few = Bound(
        dims={**BOUND.dims, "entity": tuple(IDS[i] for i in keep)},
        attributes={k: np.asarray(v)[keep] for k, v in BOUND.attributes.items()},
    )
    silent = replace(SECTOR, arrivals=lambda xp, p, at, t: 0.0 * t + 0.0 * p["rate"])
    whole, part = run(sector=silent), run(sector=silent, bound=few)
    rest_of = np.setdiff1d(np.arange(40), keep)
    rest = Bound(
        dims={**BOUND.dims, "entity": tuple(IDS[i] for i in (*rest_of, 40, 41))},
        attributes={k: np.asarray(v)[[*rest_of, 40, 41]] for k, v in BOUND.attributes.items()},
    )
    other = run(sector=silent, bound=rest)
    for name in ("s.failed", "s.active", "sold", "paid", "by"):
        assert part[name] + other[name] == pytest.approx(whole[name]), name


def test_stages_failures_and_successes_add_up_in_every_draw_and_year():
    out = run()
    stage, entry = BOUND.attributes["stage"], BOUND.attributes["entry"]
    standing = np.sum((stage < 3) & (entry < START))
    later = np.array([np.sum((stage < 3) & (entry >= START) & (entry < 12 * (y + 1))) for y in range(2024, 2034)])
    born = np.cumsum(out["s.starts.one"], axis=1)
    first_stage_later = np.array([np.sum((stage == 0) & (entry >= START) & (entry < 12 * (y + 1))) for y in range(2024, 2034)])
    held = out["s.active"].sum(axis=0) + out["s.failed"] + np.cumsum(out["s.passes.three"], axis=1)
    assert np.array_equal(held, standing + later - first_stage_later + born)
    assert (out["s.active"] >= 0).all()


def test_an_event_is_paid_once_where_it_falls_and_only_within_the_run():
    out = run(push=0.0)
    worth, stage, entry = (BOUND.attributes[k] for k in ("worth", "stage", "entry"))
    waiting = (stage < 3) & np.isneginf(entry)
    assert (out["paid"].sum(axis=1) >= 10 * worth[waiting].sum() - 1e-9).all()
    assert (out["sold"].sum(axis=1) < run()["sold"].sum(axis=1)).all()


def test_carried_numbers_reach_the_outcome():
    out = run()
    counted = out["by"].sum() / max(out["stages"].sum(), 1.0)
    assert 0 < counted < 10
    assert np.array_equal(out["twice"], 2.0 * out["sold"])
    assert (out["pushed"] == 1.0).all()


def test_a_member_below_zero_falls_to_none():
    out = run()
    assert out["by"].shape[0] == 2
    assert out["by"].sum() < (out["sold"] > 0).sum() * 42


def test_without_entities_everything_is_zero():
    empty = Bound(dims={"entity": (), "stage": NAMES, "kind": ("a", "b")}, attributes={k: np.zeros(0) for k in BOUND.attributes})
    out = run(bound=empty)
    assert all((v == 0).all() for k, v in out.items() if k != "pushed")


def test_repeated_ids_and_missing_attributes_are_refused():
    twice = Bound(dims={**BOUND.dims, "entity": ("x",) * 42}, attributes=BOUND.attributes)
    with pytest.raises(ValueError, match="ids of entities repeat"):
        run(bound=twice)
    short = Bound(dims=BOUND.dims, attributes={k: v for k, v in BOUND.attributes.items() if k != "worth"})
    with pytest.raises(ValueError, match="'worth' is not bound"):
        run(bound=short)
    bent = Bound(dims=BOUND.dims, attributes={**BOUND.attributes, "worth": np.zeros(3)})
    with pytest.raises(ValueError, match=r"'worth' has shape \(3,\), expected \(42,\)"):
        run(bound=bent)
