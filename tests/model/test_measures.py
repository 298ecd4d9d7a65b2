"""From measures to channels: ramps, lags, intensities, replacement, the common past."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import salpi
from salpi.engine.drawing import drawn
from salpi.engine.paths import Push, Pushed, Ramp, laid, ramp, smooth
from salpi.model.channels import channels
from salpi.model.measures import RAMP, START_LAG, Policy
from salpi.model.scenario import Lever, Scenario, ScenarioError, present, resolve
from salpi.model.simulate import distributions, first_month
from salpi.plan.periods import month_index
from salpi.plan.schema import ScenarioFile

DRAWS = np.arange(16, dtype=np.int64)


@pytest.fixture(scope="module")
def plan():
    return salpi.load_plan("korea")


def policy(plan, scenario=None):
    scenario = scenario or Scenario()
    return Policy(plan, scenario, plan.meta.seed, distributions(plan, scenario).get)


def paths(plan, scenario=None):
    return policy(plan, scenario).channel_paths(DRAWS, first_month(plan), month_index("2035-01"))


def test_a_ramp_starts_at_its_start_and_is_full_at_its_end() -> None:
    months = np.arange(0, 30, dtype=float)
    path = ramp(Ramp(np.array([5.0]), np.array([10.0]), 25.0), months)[:, 0]
    assert (path[:5] == 0).all()
    assert path[5] > 0
    assert path[15] == 1
    assert (np.diff(path[5:16]) > 0).all()
    assert (path[25:] == 0).all()


def test_a_ramp_of_no_months_is_a_step() -> None:
    path = ramp(Ramp(np.array([2.0]), np.array([0.0]), np.inf), np.arange(4.0))[:, 0]
    assert path.tolist() == [0, 0, 1, 1]


@pytest.mark.parametrize("order", [1, 3])
def test_a_lag_keeps_the_level_and_takes_its_mean(order: int) -> None:
    step = np.where(np.arange(400) >= 10, 1.0, 0.0)[:, None]
    late = smooth(step, 24.0, order)[:, 0]
    assert late[-1] == pytest.approx(1.0, abs=1e-6)
    assert (1.0 - late[10:]).sum() == pytest.approx(24.0, abs=1.5)
    assert smooth(np.full((9, 1), 0.4), 24.0, order).tolist() == [[0.4]] * 9


def test_without_measures_every_channel_is_neutral_from_the_plans_date_on(plan) -> None:
    nothing = paths(plan, resolve(plan, None, {"all": 0.0}))
    later = month_index("2034-12") - first_month(plan)
    for key, path in nothing.items():
        assert path[later].max() == pytest.approx(channels()[key].neutral, abs=0.05), key


def test_the_past_is_the_same_under_every_scenario(plan) -> None:
    now = present(plan) - first_month(plan)
    announced, doubled = paths(plan), paths(plan, resolve(plan, None, {m: b.intensity[1] for m, b in plan.measures.items()}))
    moved = False
    for key in announced:
        assert np.array_equal(
            np.broadcast_to(announced[key][:now], (now, len(DRAWS))), np.broadcast_to(doubled[key][:now], (now, len(DRAWS)))
        )
        moved |= not np.array_equal(announced[key][now:], doubled[key][now:])
    assert moved


def test_a_replaced_measure_fades_as_its_successor_ramps_up(plan) -> None:
    pairs = [(m.id, old) for m in plan.measures.values() for old in m.replaces]
    assert pairs
    channel = Pushed(0.0, False, ())
    for new, old in pairs:
        paths = []
        for scenario in (None, Scenario("x", {new: Lever(0.0)})):
            p = policy(plan, scenario)
            wanted = [
                asked
                for id in (old, new)
                for asked in (*p._when(plan.measures[id], START_LAG, "start"), *p._when(plan.measures[id], RAMP, "ramp"))
            ]
            numbers = dict(zip(wanted, drawn(wanted, p.seed, DRAWS, None), strict=True))
            its, taker = (p._force(plan.measures[id], numbers) for id in (old, new))
            assert p._takers[old] == [plan.measures[new]]
            push = Push(its, np.ones(1), np.ones(1), (taker,))
            paths += laid([replace(channel, pushes=(push,))], len(DRAWS), first_month(plan), month_index("2035-01"))
        assert paths[0][-1].max() <= paths[1][-1].min()


def test_an_intensity_outside_the_range_is_refused_with_the_range(plan) -> None:
    key = next(m for m, b in plan.measures.items() if b.effects)
    with pytest.raises(ScenarioError, match=r"goes from 0 .* to 2"):
        resolve(plan, None, {key: 7.0})


def test_all_problems_of_a_scenario_at_once(plan) -> None:
    body = {
        "use": {"no.such": False},
        "set": [
            {"measure": "nor.this", "intensity": 1},
            {"parameter": "exports.fx.elasticity", "value": 1, "unit": "days"},
            {"measure": next(iter(plan.measures)), "start": "2019-01"},
        ],
    }
    with pytest.raises(ScenarioError) as caught:
        resolve(plan, ScenarioFile.read(body))
    assert len(caught.value.problems) == 4


def test_scenarios_survive_their_json(plan) -> None:
    key = next(m for m, b in plan.measures.items() if b.effects)
    made = Scenario("s", {key: Lever(0.5, month_index("2028-01"), 6)}, {"exports.fx.elasticity": 0.1})
    assert Scenario.from_json(made.to_json()).key() == made.key()
