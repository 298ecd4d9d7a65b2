"""One block of draws: what a step is given, how months make years, and the error that says what is not finite."""

from __future__ import annotations

import zlib
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from toys import BOUND, END, START, STOCK, give, model, need, plain

from salpi.engine.block import NotFinite, run_block
from salpi.engine.declare import Attribute, Bound, Channel, EntitySector, Passage, Sector, Shock, Stage, State
from salpi.engine.random import uniform
from salpi.engine.run import Model, run
from salpi.engine.special import normal_quantile

DRAWS = np.arange(4)


def block(used: Model, start: int = START, end: int = END) -> Any:
    """Months moved to the end, as a whole run shows them."""
    made = run_block(used, DRAWS, start, end)
    return replace(made, monthly={k: np.moveaxis(v, 0, -1) for k, v in made.monthly.items()})


def test_a_stock_grows_by_hand() -> None:
    """Without luck: level · (1 + rate/12)^months; years by their last month, sum, largest and mean."""
    still = replace(STOCK, shocks=(Shock("luck", "month"),))
    made = block(model(still, rate=(0.12, 0.12)))
    luck = np.stack([normal_quantile(uniform(5, "a.luck", DRAWS, 0, m)) for m in range(START, END)])
    growth = 1.0 + (0.12 + 0.01 * luck) / 12.0
    level = 100.0 * np.concatenate([np.ones((1, 4)), np.cumprod(growth, axis=0)])
    flow = np.diff(level, axis=0).reshape(3, 12, 4)
    assert np.allclose(made.monthly["a.level"], level[:-1].T, rtol=1e-12)
    assert np.allclose(made.annual["a.level"], level[11:-1:12].T, rtol=1e-12)
    assert np.allclose(made.annual["a.flow"], flow.sum(axis=1).T, rtol=1e-10)
    assert np.allclose(made.annual["a.peak"], flow.max(axis=1).T, rtol=1e-10)
    assert np.allclose(made.annual["a.mean"], flow.mean(axis=1).T, rtol=1e-10)


def test_a_channel_is_heard_in_its_month() -> None:
    pushed = block(model(push={START + 18: 2.0}))
    plainly = block(model())
    first, second = pushed.monthly["a.level"], plainly.monthly["a.level"]
    assert np.array_equal(first[:, :19], second[:, :19])
    assert (first[:, 19] > second[:, 19]).all()


def test_attributes_members_and_sums_over_a_dim() -> None:
    made = block(model())
    assert np.allclose(made.annual["b.share"][0], 0.25)
    assert np.allclose(made.annual["b.share"][1], 0.75)
    assert made.annual["b.noise"].shape == (2, 4, 3)


def test_a_shock_is_keyed_by_member_and_year() -> None:
    made = block(model(rate=(1.0, 1.0)))
    for k, member in enumerate(BOUND.dims["plant"]):
        entity = zlib.crc32(member.encode())
        for y in range(3):
            z = normal_quantile(uniform(5, "b.n", DRAWS, entity, START // 12 + y))
            assert np.allclose(made.annual["b.noise"][k, :, y], z, rtol=1e-12)


def test_a_new_member_leaves_the_others_their_shocks() -> None:
    """Members are keyed by name: one more plant moves no other plant's luck."""
    more = Bound(dims={"plant": ("new", "one", "two")}, attributes={"size": np.array([5.0, 1.0, 3.0])})
    wide = replace(model(), bound={"a": more, "b": more})
    # parameters are keyed by their ids, so the scale of a plant stays too
    assert np.array_equal(block(wide).annual["b.noise"][1:], block(model()).annual["b.noise"])


def test_a_later_start_keeps_the_shocks_of_its_years() -> None:
    late = block(model(rate=(1.0, 1.0)), START + 12, END)
    assert np.array_equal(late.annual["b.noise"], block(model(rate=(1.0, 1.0))).annual["b.noise"][..., 1:])


def _echo(source: str) -> Any:
    return lambda xp, s, p, z, t, up: ({}, {"e.y": up[source] + 0.0})


@pytest.mark.parametrize("lag", [0, 1])
def test_a_need_of_this_month_or_of_the_last(lag: int) -> None:
    echo = Sector("e", _echo("a.level"), (give("e.y", monthly=True),), needs=(need("a.level", lag=lag),))
    made = block(model(STOCK, echo))
    level = made.monthly["a.level"]
    before = level if lag == 0 else np.concatenate([np.zeros((4, 1)), level[:, :-1]], axis=1)
    assert np.array_equal(made.monthly["e.y"], before)


def test_a_sector_reads_its_own_last_month() -> None:
    count = Sector(
        "e", lambda xp, s, p, z, t, up: ({}, {"e.y": up["e.y"] + 1.0}), (give("e.y", "end"),), needs=(need("e.y", lag=1),)
    )
    assert block(model(count)).annual["e.y"].tolist() == [[12.0, 24.0, 36.0]] * 4


def test_two_sectors_feed_each_other_month_by_month() -> None:
    one = Sector(
        "p", lambda xp, s, p, z, t, up: ({}, {"p.y": up["q.y"] + 1.0}), (give("p.y", "end"),), needs=(need("q.y", lag=1),)
    )
    two = Sector("q", lambda xp, s, p, z, t, up: ({}, {"q.y": 2.0 * up["p.y"]}), (give("q.y", "end"),), needs=(need("p.y"),))
    made = block(model(two, one))
    p = 0.0
    for _ in range(12):
        p = 2.0 * p + 1.0
    assert made.annual["p.y"][:, 0].tolist() == [p] * 4
    assert made.annual["q.y"][:, 0].tolist() == [2.0 * p] * 4


def test_a_months_value_of_entities_is_its_years_or_a_twelfth_of_its_sum() -> None:
    """Two entities that pass at once: outcome 6 and 18 a year."""
    sector = EntitySector(
        "e",
        (Stage("s", lambda xp, e, p, u, at, start, first: Passage(0.0 * start, start >= 0)),),
        lambda xp, e, p, u, at, fate, years: {
            "e.sum": e["size"][:, None] + 0.0 * years,
            "e.end": e["size"][:, None] + 0.0 * years,
        },
        (give("e.sum", "sum"), give("e.end", "end")),
        lambda plan, start: Bound(),
        attributes=(Attribute("size", "x", "entity"),),
    )
    people = Bound(
        dims={"entity": ("x", "y")},
        attributes={"stage": np.zeros(2), "entry": np.full(2, float(START)), "size": np.array([6.0, 18.0])},
    )
    echo = Sector(
        "o",
        lambda xp, s, p, z, t, up: ({}, {"o.sum": up["e.sum"] + 0.0, "o.end": up["e.end"] + 0.0}),
        (give("o.sum", "mean"), give("o.end", "mean")),
        needs=(need("e.sum"), need("e.end")),
    )
    made = block(replace(model(sector, echo), bound={"e": people}))
    assert np.allclose(made.annual["e.sum"], 24.0)
    assert np.allclose(made.annual["o.sum"], 2.0)
    assert np.allclose(made.annual["o.end"], 24.0)


def _bad(at: int, draw: int, value: float, annual: str = "sum") -> Model:
    """One number that is not finite, in one month of one draw; the channel tells the months apart."""

    def step(xp: Any, s: Any, p: Any, z: Any, t: Any, up: Any) -> Any:
        wrong = (t == START + at) & (np.arange(len(p["w.rate"])) == draw)
        return {}, {"w.y": np.where(wrong, value, 1.0 + 0.0 * up["a.level"])}

    sector = Sector(
        "w",
        step,
        (give("w.y", annual),),
        parameters=(replace(STOCK.parameters[0], id="w.rate"),),
        channels=(Channel("w.push", "x", "multiply", "push", "추진"),),
        needs=(need("a.level", lag=1),),
    )
    base = model(STOCK, sector)
    paths = {"w.push": np.arange(END - START, dtype=float)[:, None]}
    return replace(base, channels=lambda draws, start, end: {**base.channels(draws, start, end), **paths})


@pytest.mark.parametrize("annual", ["sum", "end", "mean", "max"])
@pytest.mark.parametrize("value, word", [(np.nan, "nan"), (np.inf, "inf"), (-np.inf, "-inf")])
def test_what_is_not_finite_is_told_with_draw_month_variable_and_inputs(value: float, word: str, annual: str) -> None:
    at = 23 if annual == "end" else 17  # of a year's end, only the last month is given
    used = _bad(at, 2, value, annual)
    level = block(model(STOCK)).monthly["a.level"][2, at - 1]
    rate = 0.2 * float(uniform(5, "parameter.w.rate", 2))
    with pytest.raises(NotFinite) as caught:
        block(used)
    month = "2026-12" if annual == "end" else "2026-06"
    assert str(caught.value) == f"w.y is {word} in draw 2, month {month}; inputs: a.level={level:g}, w.push={at}, w.rate={rate:g}"


def test_the_draw_is_told_by_its_own_number_not_its_place_in_the_block() -> None:
    with pytest.raises(NotFinite, match="in draw 12, month 2026-06"):
        run_block(_bad(17, 2, np.nan), np.arange(10, 14), START, END)


def test_entities_that_are_not_finite_are_told_with_their_inputs() -> None:
    sector = EntitySector(
        "e",
        (Stage("s", lambda xp, e, p, u, at, start, first: (0.0 * start, start >= 0)),),
        lambda xp, e, p, u, at, fate, years: {"e.y": xp.log(p["e.rate"][:, None] - 1.0) + 0.0 * years},
        (give("e.y"),),
        lambda plan, start: Bound(),
        parameters=(replace(STOCK.parameters[0], id="e.rate"),),
    )
    people = Bound(dims={"entity": ("x",)}, attributes={"stage": np.zeros(1), "entry": np.full(1, float(START))})
    with pytest.raises(NotFinite, match=r"e\.y is nan in draw 0, year 2025; inputs: e\.rate=0\.5"):
        block(replace(model(sector, rate=(0.5, 0.5)), bound={"e": people}))


def test_a_sector_that_gives_other_names_than_it_declares() -> None:
    wrong = replace(plain("a"), step=lambda xp, s, p, z, t, up: ({}, {"a.z": 1.0, "a.y": 1.0}))
    with pytest.raises(KeyError, match=r"sector a: the step's gives and the declared ones differ in a\.z"):
        run(model(wrong), 2, START, END)
    wrong = replace(plain("a"), step=lambda xp, s, p, z, t, up: ({"x": 1.0}, {"a.y": 1.0}))
    with pytest.raises(KeyError, match="sector a: the step's states and the declared ones differ in x"):
        run(model(wrong), 2, START, END)
    wrong = replace(plain("a"), states=(State("level", "x"),))
    with pytest.raises(KeyError, match="sector a: init and declared states differ in level"):
        run(model(wrong), 2, START, END)
