"""Shards put together: the bytes of one whole run, whatever their sizes, their order and the number of threads."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import small
from hypothesis import given, settings
from hypothesis import strategies as st

import salpi
import tiny
from salpi.decide import outlook
from salpi.decide.difference import Beside, Fan, difference
from salpi.decide.outlook import Gathered, Question, Seen, Trends
from salpi.decide.scorecard import questions
from salpi.engine import quantiles
from salpi.ensemble.gather import carded, simulated
from salpi.ensemble.job import Job, Session
from salpi.ensemble.spec import Spec
from salpi.ensemble.threads import Threads, ranges, usual
from salpi.model.scenario import PLAN
from salpi.model.simulate import simulate

DRAWS = 67


_sessions: dict[str, Session] = {}


class Cut:
    """Runs the shards between these cuts, in this order."""

    def __init__(self, cuts: list[int], order: list[int]) -> None:
        self.cuts, self.order = cuts, order

    def __call__(self, job: Job, take: Callable[[Any], None]) -> None:
        session = _sessions.setdefault(repr((job.scenario, job.draws, job.asked)), Session(job))
        shards = list(pairwise(sorted({0, job.draws, *(c for c in self.cuts if c < job.draws)})))
        for _, (first, last) in sorted(enumerate(shards), key=lambda s: self.order[s[0] % len(self.order)]):
            take(session.part(first, last))


@pytest.fixture(scope="module")
def whole(plan: salpi.Plan, changed: salpi.Scenario) -> list[str]:
    """What whole runs give, without any shard."""
    base, run = simulate(plan, None, draws=DRAWS, seed=small.SEED), simulate(plan, changed, draws=DRAWS, seed=small.SEED)
    fan = simulated(plan, changed, DRAWS, small.SEED, Cut([], [0])) | {"indicators": difference(base, run), "digest": run.digest}
    return [small.digest(fan | {"spec": dict(run.spec)}), small.digest(plan.scorecard(run).to_json())]


@settings(max_examples=8)
@given(st.lists(st.integers(1, DRAWS - 1), max_size=6), st.permutations(range(7)))
def test_cut_anywhere_in_any_order(plan: Any, changed: Any, whole: list[str], cuts: list[int], order: list[int]) -> None:
    assert small.bytes_of(plan, changed, DRAWS, Cut(cuts, order)) == whole


@pytest.mark.parametrize(("threads", "size"), [(1, 300), (1, 13), (2, 20), (3, 9), (5, 66)])
def test_threads_move_no_bit(plan: salpi.Plan, changed: salpi.Scenario, whole: list[str], threads: int, size: int) -> None:
    assert small.bytes_of(plan, changed, DRAWS, Threads(threads=threads, size=size)) == whole


def test_more_draws_than_are_held(plan: salpi.Plan, changed: salpi.Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    want = small.bytes_of(plan, changed, 500, Threads())
    monkeypatch.setattr(quantiles, "HOLD", 100)
    assert small.bytes_of(plan, changed, 500, Threads(threads=2, size=130)) == want


def test_without_a_change_plan_and_scenario_are_one(plan: salpi.Plan) -> None:
    run = simulate(plan, None, draws=DRAWS, seed=small.SEED)
    made = simulated(plan, PLAN, DRAWS, small.SEED, Threads(size=20))
    assert small.digest(made["indicators"]) == small.digest(difference(run, run))
    assert (made["digest"], made["spec"], made["moved"]) == (run.digest, run.spec, [])


def test_an_indicator_that_one_shard_lacks_is_left_out() -> None:
    fan = Fan(4)
    one = np.ones((2, 3))
    fan.add(2, Beside((2024, 2025, 2026), {"x": one, "y": one}, None))
    fan.add(0, Beside((2024, 2025, 2026), {"y": one}, None))
    assert list(fan.indicators({"x": "USD", "y": "USD"})) == ["y"]


def test_of_what_the_model_lacks_in_one_draw_it_says_nothing() -> None:
    asked = Question("x", "Land", "2030", ">=", 1.0)
    gathered = Gathered(asked, 3)
    gathered.add(0, Seen("model", (), (2024, 2030), ("2030",), np.ones(2), np.zeros(2, dtype=np.int16)))
    gathered.add(2, None)
    assert gathered.result() is None


def test_a_trend_in_chunks_is_the_trend(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = tiny.plan([tiny.row(2016 + i, v) for i, v in enumerate([1.0, 1.3, 1.2, 1.7, 1.9, 2.0, 2.6, 2.5, 3.0])])
    asked = Question("x", "Land", "2030", ">=", 4.0)
    whole = Trends(plan, 500, 3, 2032).of(asked)
    monkeypatch.setattr(outlook, "CHUNK", 77)
    parts = Trends(plan, 500, 3, 2032).of(asked)
    assert whole is not None
    assert parts is not None
    assert whole[0].told is not None
    assert parts[0].told is not None
    assert replace(parts[0], told=None) == replace(whole[0], told=None)
    assert parts[0].told.bands == whole[0].told.bands
    assert parts[0].told.share == whole[0].told.share
    assert parts[0].told.head.tobytes() == whole[0].told.head.tobytes()


def test_what_values_move_with_is_told_from_the_first_draws(plan: salpi.Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outlook, "HEAD", 60)
    run = simulate(plan, None, draws=150, seed=small.SEED)
    card = carded(plan, PLAN, 150, small.SEED, Cut([40, 100], [2, 0, 1]))
    assert small.digest(card.to_json()) == small.digest(plan.scorecard(run).to_json())


def test_what_a_scorecard_asks_does_not_depend_on_draws(plan: salpi.Plan) -> None:
    asked = questions(plan)
    assert len(asked) == len(set(asked)) > 5
    assert {q.indicator for q in asked} <= set(plan.indicators)


@given(st.integers(1, 20_000), st.integers(1, 3000))
def test_ranges_hold_each_draw_once(draws: int, size: int) -> None:
    found = list(ranges(draws, size))
    assert [d for a, b in found for d in (a, b)] == [0, *(x for c in range(size, draws, size) for x in (c, c)), draws]


def test_the_usual_shard_gives_each_worker_one() -> None:
    assert usual(1000, 2) == 512
    assert usual(10, 8) == 256
    assert usual(10**6, 8) == 1024


def test_a_spec_is_text(plan: salpi.Plan, changed: salpi.Scenario) -> None:
    spec, _ = Spec.of(Job(plan, changed, 10, 3, questions(plan)))
    assert Spec.from_text(spec.to_text()) == spec
    assert json.loads(spec.to_text())["plan"] == plan.hash
