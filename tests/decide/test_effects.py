"""What each measure adds: exact differences on shared shocks, zero where nothing is reached."""

from __future__ import annotations

import json

import numpy as np
import pytest

import salpi
from salpi.decide.effects import QUANTILES, Effects, at_date, effects
from salpi.decide.known import in_unit
from salpi.model.measures import acts_now
from salpi.model.scenario import Lever, Scenario

REVIEW = "mfds2026.review.biosimilar.days.2026-q4"
RANK = "kbio2025.trials.country_rank.2030"


@pytest.fixture(scope="module")
def found(small: salpi.Plan, run: salpi.Run) -> Effects:
    return effects(small, run, (REVIEW, RANK), draws=20, alone=True)


def test_every_acting_measure_has_a_row_for_each_target_and_no_other(small: salpi.Plan, found: Effects) -> None:
    acting = [m.id for m in small.measures.values() if acts_now(m)[0] and not m.umbrella]
    assert [(r.measure, r.target) for r in found.rows] == [(m, t) for m in acting for t in (REVIEW, RANK)]
    assert acting


def test_removed_is_the_run_less_the_run_without_draw_by_draw(small: salpi.Plan, run: salpi.Run, found: Effects) -> None:
    moved = next(r for r in found.rows if r.target == REVIEW and r.removed["p50"] != 0)
    without = small.simulate(Scenario("w", {moved.measure: Lever(0.0)}), draws=20)
    goal = in_unit(small.targets[REVIEW], small.indicators[small.targets[REVIEW].indicator].unit)
    assert goal is not None
    one, other = at_date(small, run, goal), at_date(small, without, goal)
    assert one is not None
    assert other is not None
    change = one[:20] - other
    assert moved.removed == {k: float(np.quantile(change, q)) for k, q in QUANTILES.items()}
    won = (one[:20] <= goal.value).mean() - (other <= goal.value).mean()
    assert moved.probability_change == pytest.approx(won)


def test_removed_and_alone_point_the_same_way_where_measures_only_multiply(found: Effects) -> None:
    moved = [r for r in found.rows if r.target == REVIEW and r.removed["p50"] != 0]
    assert moved
    for r in moved:
        assert r.alone is not None
        assert np.sign(r.removed["p50"]) == np.sign(r.alone["p50"])


def test_a_measure_on_other_sectors_moves_nothing_to_the_bit(small: salpi.Plan, found: Effects) -> None:
    far = [r for r in found.rows if all(e.channel.startswith("manufacturing.") for e in small.measures[r.measure].effects)]
    assert far
    for r in far:
        assert set(r.removed.values()) == {0.0}
        assert r.probability_change == 0.0


def test_a_measure_that_the_run_leaves_out_has_no_effect_to_show(small: salpi.Plan) -> None:
    nothing = small.simulate(salpi.scenario(small, {"all": 0}), draws=10)
    assert effects(small, nothing, (REVIEW,)).rows == ()


def test_targets_of_which_the_model_does_not_speak_are_left_out(small: salpi.Plan, run: salpi.Run) -> None:
    silent = next(t for t, body in small.targets.items() if run.indicator(body.indicator, body.subject) is None)
    assert effects(small, run, (silent,), draws=5).rows == ()
    with pytest.raises(KeyError):
        effects(small, run, ("no.such.target",), draws=5)


def test_progress_and_draws(small: salpi.Plan, run: salpi.Run) -> None:
    told: list[float] = []
    few = effects(small, run, (RANK,), draws=1000, progress=told.append)
    assert few.spec["draws"] == run.draws
    assert told == sorted(told)
    assert len(told) == len(few.rows)


def test_the_json_has_the_documented_shape(found: Effects) -> None:
    body = json.loads(json.dumps(found.to_json()))
    assert set(body) == {"spec", "measures"}
    for r in body["measures"]:
        assert set(r) == {"id", "target", "alone", "removed", "probability_change", "cost", "grade"}
        assert set(r["removed"]) == set(r["alone"]) >= {"p05", "p50", "p95"}
