"""Every lever at its ends: finite, in bounds, with the signs that `checks/*.yaml` state; every parameter matters."""

from __future__ import annotations

import numpy as np
import pytest

import salpi
from salpi.model.channels import channels
from salpi.model.measures import Policy
from salpi.model.scenario import Scenario, resolve
from salpi.model.simulate import build, first_month, simulate
from salpi.plan.periods import Period

DRAWS = 40


@pytest.fixture(scope="module")
def plan():
    return salpi.load_plan("korea")


@pytest.fixture(scope="module")
def base(plan):
    return simulate(plan, draws=DRAWS)


def ends(plan):
    return {"all at 0": 0.0, "all at 2": 2.0}


@pytest.fixture(scope="module", params=["all at the low end", "all at the high end"])
def extreme(request, plan):
    side = 0 if "low" in request.param else 1
    sets = {m: body.intensity[side] for m, body in plan.measures.items()}
    return simulate(plan, resolve(plan, None, sets), draws=DRAWS)


def test_all_levers_at_their_ends_stay_finite(extreme) -> None:
    for key, out in extreme.outputs.items():
        assert np.isfinite(out.values).all(), key


def test_ranges_hold_at_the_ends(plan, base, extreme) -> None:
    for run in (base, extreme):
        for check in plan.checks:
            if check.kind != "range":
                continue
            values = run.outputs[check.output].values
            if check.min is not None:
                assert values.min() >= check.min, f"{check.id}: {values.min()} < {check.min}"
            if check.max is not None:
                assert values.max() <= check.max, f"{check.id}: {values.max()} > {check.max}"


def test_signs_of_channels(plan, monkeypatch) -> None:
    """Each channel is pushed by itself, in every draw alike; the output moves to the side that the plan's check states."""
    signs = [c for c in plan.checks if c.kind == "sign"]
    assert signs
    nothing = resolve(plan, None, {"all": 0.0})
    original = Policy.channel_paths

    def run_with(push: dict[str, float]):
        def paths(self, draws, start, end, call=None):
            out = original(self, draws, start, end, call)
            for key, value in push.items():
                channel = channels()[key]
                out[key] = out[key] * value if channel.mode == "multiply" else out[key] + value
            return out

        monkeypatch.setattr(Policy, "channel_paths", paths)
        return simulate(plan, nothing, draws=DRAWS)

    still = run_with({})
    for channel in sorted({str(c.channel) for c in signs}):
        assert channel in channels(), f"no sector listens to {channel}"
        pushed = run_with({channel: 1.25 if channels()[channel].mode == "multiply" else 0.25})
        for check in (c for c in signs if c.channel == channel):
            column = Period.parse(check.by).year - int(still.years[0]) if check.by else -1
            before = still.outputs[check.output].values[..., column].mean()
            after = pushed.outputs[check.output].values[..., column].mean()
            side = np.sign(after - before)
            wanted = {"+": 1, "-": -1, "0": 0}[str(check.sign)]
            assert side == wanted, f"{check.id}: {channel} up moves {check.output} from {before} to {after}, not {check.sign}"


def test_every_channel_has_a_sign(plan) -> None:
    stated = {c.channel for c in plan.checks if c.kind == "sign"}
    assert set(channels()) <= stated, sorted(set(channels()) - stated)


def test_every_parameter_matters_or_says_why_not(plan) -> None:
    """Move one parameter to the end of its range that lies farther: some output must change; an inert one must change none."""
    used = set()
    for s in build(plan, Scenario(), plan.meta.seed).parameter_ids():
        used.add(s)
    of_measures = {"policy.announce_to_start", "policy.ramp"} | {
        e.realisation for m in plan.measures.values() for e in m.effects if e.realisation
    }
    for key, p in plan.parameters.items():
        if p.inert is None:
            assert key in used | of_measures, (
                f"{key} is read by no sector and no measure: remove it, or say `inert:` why it stays"
            )
    fixed = resolve(plan, None, {})
    kept: dict = {}  # only what lies downstream of a parameter runs again
    base = simulate(plan, fixed, draws=6, cache=kept)
    dead = []
    inert = [key for key in sorted(used) if plan.parameters[key].inert is not None]
    for key in sorted(used):
        p = plan.parameters[key]
        low = p.low if p.low is not None else p.value * 0.9
        high = p.high if p.high is not None else p.value * 1.1
        moved = low if abs(low - p.value) > abs(high - p.value) else high
        if moved == p.value:
            moved = p.value * 1.1 + (p.value == 0)
        if not _moves(plan, base, key, moved, 6, kept):
            dead.append((key, moved))
    if dead:  # what only a few assets read shows in more draws
        base = simulate(plan, fixed, draws=300, cache=kept)
        dead = [(key, moved) for key, moved in dead if not _moves(plan, base, key, moved, 300, kept)]
    still = {key for key, _ in dead}
    assert still <= set(inert), f"parameters that change nothing: {sorted(still - set(inert))}"
    assert still >= set(inert), f"declared inert, but they change something: {sorted(set(inert) - still)}"


def _moves(plan, base, key, value, draws, kept) -> bool:
    run = simulate(plan, Scenario("nudge", {}, {key: value}), draws=draws, cache=kept)
    return any(not np.array_equal(o.values, base.outputs[k].values) for k, o in run.outputs.items())


def test_runs_start_two_years_back(plan) -> None:
    assert first_month(plan) == 12 * (plan.as_of.year - 2)
