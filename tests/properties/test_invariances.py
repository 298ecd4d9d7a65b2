"""What must hold for every plan, seed and scenario: the promises that make differences mean something."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import salpi
from salpi.model.scenario import PLAN, Lever, Scenario, resolve
from salpi.model.simulate import simulate

DRAWS = 24
FEW = settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture(scope="module")
def plan():
    return salpi.load_plan("korea")


@pytest.fixture(scope="module")
def base(plan):
    return simulate(plan, draws=DRAWS)


def same(a, b) -> None:
    assert a.outputs.keys() == b.outputs.keys()
    for key, out in a.outputs.items():
        assert out.values.tobytes() == b.outputs[key].values.tobytes(), key


@FEW
@given(block=st.integers(1, DRAWS + 3), threads=st.integers(1, 3))
def test_block_size_and_threads_change_no_byte(plan, base, block, threads) -> None:
    same(base, simulate(plan, draws=DRAWS, block=block, threads=threads))


@FEW
@given(fewer=st.integers(1, DRAWS - 1))
def test_a_draw_is_the_same_number_in_any_ensemble(plan, base, fewer) -> None:
    small = simulate(plan, draws=fewer)
    for key, out in small.outputs.items():
        assert np.array_equal(out.values, base.outputs[key].values[..., :fewer, :], equal_nan=True), key


def test_an_empty_diff_is_the_identity(plan, base) -> None:
    assert resolve(plan, Scenario("other")).empty
    run = simulate(plan, Scenario("other"), draws=DRAWS)
    same(base, run)
    assert run.spec == base.spec


def test_a_scenario_equal_to_the_plan_differs_by_exactly_zero(plan, base) -> None:
    as_announced = Scenario("same", {m: Lever(1.0) for m in plan.measures})
    run = simulate(plan, as_announced, draws=DRAWS)
    same(base, run)


def test_the_past_is_common_to_all_scenarios(plan, base) -> None:
    nothing = simulate(plan, resolve(plan, None, {"all": 0.0}), draws=DRAWS)
    past = base.years < plan.as_of.year
    for key, out in base.outputs.items():
        assert np.array_equal(out.values[..., past], nothing.outputs[key].values[..., past]), key


def test_order_of_settings_does_not_matter(plan) -> None:
    ids = [m for m, body in plan.measures.items() if body.effects][:4]
    one = resolve(plan, None, dict.fromkeys(ids, 0.5))
    other = resolve(plan, None, dict.fromkeys(reversed(ids), 0.5))
    assert one.key() == other.key()


def test_another_seed_is_another_stream(plan, base) -> None:
    run = simulate(plan, draws=DRAWS, seed=base.spec["seed"] + 1)
    assert run.hash != base.hash
    assert not np.array_equal(run.outputs["exports.biopharma"].values, base.outputs["exports.biopharma"].values)


def test_every_number_is_finite(base) -> None:
    for key, out in base.outputs.items():
        assert np.isfinite(out.values).all(), key


def test_the_empty_scenario_has_an_empty_key() -> None:
    assert PLAN.to_json() == {"measures": {}, "parameters": {}}


def test_a_cache_changes_no_byte(plan, base) -> None:
    cache: dict = {}
    simulate(plan, draws=DRAWS, cache=cache)
    same(base, simulate(plan, draws=DRAWS, cache=cache))
    half = resolve(plan, None, {"all": 0.5})
    same(simulate(plan, half, draws=DRAWS), simulate(plan, half, draws=DRAWS, cache=cache))
