"""A run: the same bytes whatever the blocks, threads and order; what cannot run is said before it starts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from toys import BELOW, END, START, STOCK, entities, model, plain

from salpi.engine.declare import EntitySector, Parameter, Shock, Stage
from salpi.engine.run import ModelError, Result, random_purposes, run
from salpi.engine.wiring import WiringError

DRAWS = 23


def parts(result: Result) -> dict[str, bytes]:
    return {f"{kind}.{k}": v.tobytes() for kind in ("annual", "monthly") for k, v in getattr(result, kind).items()}


BASE = run(model(), DRAWS, START, END)


@settings(max_examples=25, deadline=None)
@given(size=st.integers(1, DRAWS + 5), threads=st.integers(1, 4), back=st.booleans())
def test_block_size_threads_and_order_of_sectors_change_no_byte(size: int, threads: int, back: bool) -> None:
    used = model(*((BELOW, STOCK) if back else (STOCK, BELOW)))
    assert parts(run(used, DRAWS, START, END, block=size, threads=threads)) == parts(BASE)


@settings(max_examples=10, deadline=None)
@given(fewer=st.integers(1, DRAWS))
def test_a_draw_is_the_same_in_any_ensemble(fewer: int) -> None:
    small = run(model(), fewer, START, END)
    for key, values in small.annual.items():
        assert values.tobytes() == np.ascontiguousarray(BASE.annual[key][..., :fewer, :]).tobytes()


def test_another_seed_is_another_run() -> None:
    assert not np.array_equal(run(model(seed=6), DRAWS, START, END).annual["a.level"], BASE.annual["a.level"])


def test_axes_and_years() -> None:
    assert BASE.annual["a.level"].shape == (DRAWS, 3)
    assert BASE.annual["b.share"].shape == (2, DRAWS, 3)
    assert BASE.monthly["a.level"].shape == (DRAWS, 36)
    assert set(BASE.monthly) == {"a.level"}
    assert (BASE.start, BASE.end) == (START, END)


@pytest.mark.parametrize("size, threads", [(4, 1), (4, 3)])
def test_progress_rises_to_1(size: int, threads: int) -> None:
    told: list[float] = []
    run(model(), DRAWS, START, END, block=size, threads=threads, progress=told.append)
    assert told == sorted(told)
    assert len(told) == 6
    assert told[-1] == 1.0


def test_a_cache_hands_out_only_what_did_not_change() -> None:
    """With the same inputs nothing runs again; with a moved channel the sector that listens and those below it do."""
    steps: list[str] = []

    def spy(sector):  # type: ignore[no-untyped-def]
        def step(*args):  # type: ignore[no-untyped-def]
            steps.append(sector.name)
            return sector.step(*args)

        return replace(sector, step=step)

    sectors = spy(plain("free")), spy(STOCK), spy(BELOW)
    cache: dict = {}
    first = run(model(*sectors), DRAWS, START, END, cache=cache)
    assert set(steps) == {"free", "a", "b"}
    steps.clear()
    assert parts(run(model(*sectors), DRAWS, START, END, cache=cache)) == parts(first)
    assert steps == []
    pushed = {"push": {START + 6: 1.5}}
    moved = run(model(*sectors, **pushed), DRAWS, START, END, cache=cache)
    assert set(steps) == {"a", "b"}
    assert parts(moved) == parts(run(model(*sectors, **pushed), DRAWS, START, END))
    steps.clear()
    run(model(*sectors, seed=6), DRAWS, START, END, cache=cache)
    assert set(steps) == {"free", "a", "b"}


def test_arrays_of_what_did_not_change_are_those_of_the_run_before() -> None:
    """Put together from blocks once, by year and by month: a run of which nothing moved copies nothing."""
    cache: dict = {}
    first, again = (run(model(), DRAWS, START, END, cache=cache, block=10) for _ in range(2))
    for kind in ("annual", "monthly"):
        for key, values in getattr(first, kind).items():
            assert np.shares_memory(values, getattr(again, kind)[key]), f"{kind} {key}"


@pytest.mark.parametrize("start, end", [(START + 1, END), (START, END - 1), (END, START), (START, START)])
def test_a_run_goes_from_january_to_january(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="from a January to a later January"):
        run(model(), 1, start, end)


@pytest.mark.parametrize("wrong", [{"draws": 0}, {"draws": -3}, {"block": 0}, {"threads": 0}])
def test_a_run_needs_something_to_run(wrong: dict[str, int]) -> None:
    arguments = {"draws": 3, "block": 2, "threads": 1, **wrong}
    draws = arguments.pop("draws")
    with pytest.raises(ValueError, match="at least one draw"):
        run(model(), draws, START, END, **arguments)


def test_parameters_that_nobody_can_give_are_told_all_at_once() -> None:
    with pytest.raises(ModelError) as caught:
        run(replace(model(), known=frozenset({"b.scale.two"})), 2, START, END)
    assert caught.value.problems == (
        "sector a reads the parameter 'a.rate', which the plan does not have",
        "sector b reads the parameter 'b.scale.one', which the plan does not have",
    )


def test_sectors_that_do_not_fit_stop_a_run_before_it_starts() -> None:
    with pytest.raises(WiringError, match=r"b needs 'a\.by', which no sector gives"):
        run(model(BELOW), 2, START, END)


def test_no_two_purposes_share_a_stream() -> None:
    """Shocks, stages, arrivals and parameters of one model: neither the same name twice, nor two names with one key."""
    twice = replace(STOCK, shocks=(Shock("luck"), Shock("luck")))
    with pytest.raises(ModelError, match=r"'a\.luck' names two random streams"):
        run(model(twice), 2, START, END)
    dotted = replace(plain("a.b"), shocks=(Shock("c"),))
    with pytest.raises(ModelError, match=r"'a\.b\.c' names two random streams"):
        run(model(dotted, replace(plain("a"), shocks=(Shock("b.c"),))), 2, START, END)
    with pytest.raises(ValueError, match="share a random key: rename one"):
        run(replace(model(), purposes=("plumless", "buckeroo")), 2, START, END)


def test_the_purposes_of_entities() -> None:
    sector = replace(
        entities("e"),
        stages=(Stage("s", lambda *a: None, ("u1", "u2", "u3", "u4", "u5")), Stage("t", lambda *a: None)),
        outcome_uniforms=("v",),
        arrivals=lambda *a: None,
    )
    assert isinstance(sector, EntitySector)
    assert random_purposes(sector) == ["e.s", "e.s.1", "e.outcome", "e.arrivals"]


def test_a_parameter_with_a_dim_has_one_id_a_member() -> None:
    assert model().parameter_ids() == ("a.rate", "b.scale.one", "b.scale.two")
    assert model().members(STOCK, Parameter("q", "x")) == ("q",)
