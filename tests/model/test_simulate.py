"""From a plan to a run: what it is called, what it holds, and how it shows itself."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

import salpi
from cut import FEW, few_sectors
from salpi.engine.run import ModelError
from salpi.model.display import figure, table
from salpi.model.run import QUANTILES
from salpi.model.scenario import Lever, Scenario, ScenarioError
from salpi.model.simulate import build, first_month, simulate

DRAWS = 30


@pytest.fixture(scope="module")
def plan() -> Iterator[salpi.Plan]:
    with few_sectors() as found:
        yield found


@pytest.fixture(scope="module")
def base(plan: salpi.Plan) -> salpi.Run:
    return plan.simulate(draws=DRAWS)


def same(a: salpi.Run, b: salpi.Run) -> bool:
    return all(o.values.tobytes() == b.outputs[k].values.tobytes() for k, o in a.outputs.items())


def test_the_spec_makes_the_run_again(plan: salpi.Plan, base: salpi.Run) -> None:
    spec = json.loads(json.dumps(dict(base.spec)))
    again = simulate(plan, Scenario.from_json(spec["scenario"]), draws=spec["draws"], seed=spec["seed"], block=7, threads=2)
    assert same(base, again)
    assert again.hash == base.hash
    assert set(spec) >= {"plan", "hash", "seed", "draws", "as_of", "version", "engine", "measures"}
    assert spec["measures"] == list(plan.measures)


def test_measures_that_are_off_are_not_among_those_that_are_on(plan: salpi.Plan) -> None:
    first = next(iter(plan.measures))
    assert first not in plan.simulate(salpi.scenario(plan, {first: 0}), draws=2).spec["measures"]


def test_any_of_plan_scenario_seed_and_draws_makes_another_hash(plan: salpi.Plan, base: salpi.Run) -> None:
    first = next(iter(plan.measures))
    others = [
        plan.simulate(draws=DRAWS + 1),
        plan.simulate(draws=DRAWS, seed=1),
        plan.simulate(Scenario("x", {first: Lever(0.5)}), draws=DRAWS),
        replace(plan, hash="1" * 64).simulate(draws=DRAWS),
    ]
    assert len({base.hash, *(r.hash for r in others)}) == 5


def test_a_cache_changes_no_byte(plan: salpi.Plan, base: salpi.Run) -> None:
    cache: dict = {}
    first = next(iter(plan.measures))
    without = Scenario("x", {first: Lever(0.0)})
    assert same(simulate(plan, draws=DRAWS, cache=cache), base)
    assert same(simulate(plan, without, draws=DRAWS, cache=cache), simulate(plan, without, draws=DRAWS))


def test_a_parameter_that_is_held_is_the_same_in_every_draw(plan: salpi.Plan) -> None:
    key = next(k for k in build(plan, Scenario(), 1).parameter_ids() if plan.parameters[k].dist != "fixed")
    held = build(plan, Scenario("x", {}, {key: 0.123}), 1).parameters((key,), np.arange(5))
    drawn = build(plan, Scenario(), 1).parameters((key,), np.arange(5))
    assert held[key].tolist() == [0.123] * 5
    assert len(set(drawn[key])) == 5


def test_no_two_purposes_of_a_whole_plan_share_a_stream(plan: salpi.Plan) -> None:
    model = build(plan, Scenario(), 1)
    model.check()
    assert len(model.purposes) > 3 * len(plan.measures)
    assert len(set(model.purposes)) == len(model.purposes)


def test_a_missing_parameter_stops_the_run_with_its_name(plan: salpi.Plan) -> None:
    key = build(plan, Scenario(), 1).parameter_ids()[0]
    left = {k: p for k, p in plan.parameters.items() if k != key}
    with pytest.raises(ModelError, match=f"reads the parameter '{key}', which the plan does not have"):
        replace(plan, parameters=left).simulate(draws=2)


@pytest.mark.parametrize("draws", [0, -1, 10_000_001])
def test_a_number_of_draws_out_of_range(plan: salpi.Plan, draws: int) -> None:
    with pytest.raises(ValueError, match="draws must lie between 1 and 10,000,000"):
        plan.simulate(draws=draws)


def test_years_and_outputs(plan: salpi.Plan, base: salpi.Run) -> None:
    assert base.years.tolist() == list(range(plan.as_of.year - 2, 2032))
    assert base.first_month == first_month(plan) == 12 * int(base.years[0])
    assert {o.split(".")[0] for o in base.outputs} == set(FEW)
    for out in base.outputs.values():
        assert out.values.shape[-2:] == (DRAWS, len(base.years))
        assert out.en
        assert out.ko
        if out.members is None:
            assert out.of("anything") is out.values
        else:
            assert out.values.shape[0] == len(out.members)
            assert out.of("nobody") is None
            assert out.of(None) is None


def test_quantiles_and_labelled_arrays(plan: salpi.Plan, base: salpi.Run) -> None:
    key = base.indicators()[0]
    found = base.quantiles(key)
    assert list(found) == list(QUANTILES)
    rows = np.stack(list(found.values()))
    assert (np.diff(rows, axis=0) >= 0).all()
    with pytest.raises(KeyError, match="the model has no output for 'nothing'"):
        base.quantiles("nothing")
    data = base.to_xarray()
    assert set(data.data_vars) == set(base.outputs)
    assert data["trials.rank"].sel(year=2030).shape == base.outputs["trials.rank"].values[..., 0].shape
    assert json.loads(data.attrs["spec"]) == json.loads(json.dumps(dict(base.spec)))


def test_a_run_shows_itself(base: salpi.Run) -> None:
    html = base._repr_html_()
    assert f"{DRAWS} draws" in html
    assert html.count("<tr>") == 1 + len(base.indicators())
    assert repr(base) == f"<Run {base.hash[:12]} of korea: {DRAWS} draws, {base.years[0]}–2031>"


@pytest.mark.parametrize(
    "value, said", [(1.5e12, "1.5 tn"), (2e9, "2 bn"), (-3.25e6, "-3.25 m"), (12345, "12,345"), (0.1234, "0.123")]
)
def test_figures(value: float, said: str) -> None:
    assert figure(value) == said


def test_a_table_escapes_its_texts() -> None:
    assert "<script>" not in table(["<script>"], [["<script>", "&"]], "<script>")


def test_the_api(plan: salpi.Plan, base: salpi.Run) -> None:
    first = next(iter(plan.measures))
    assert same(plan.simulate(salpi.scenario(plan, {}), draws=DRAWS), base)
    assert salpi.scenario(plan, {first: 0.5}).lever(first) == Lever(0.5)
    key = next(k for k, p in plan.parameters.items() if p.bounds == (None, None))
    assert salpi.scenario(plan, {"all": 0}, {key: 2.0}).parameters == {key: 2.0}
    with pytest.raises(ScenarioError) as caught:
        salpi.scenario(plan, {"no.such": 1.0, first: 99}, {"no.number": 1.0, "no.other": 2.0})
    assert [p.partition(": there")[0] for p in caught.value.problems[:2]] == ["scenario set: set", "scenario set: set"]
    assert len(caught.value.problems) == 4
    with pytest.raises(ScenarioError, match="the plan has no scenario 'no-such'"):
        plan.simulate("no-such")
    assert "measures" in plan._repr_html_()
    assert plan.scorecard(base).rows
    assert plan.conflicts()


def test_a_scenario_of_the_plan_by_its_id(plan: salpi.Plan, base: salpi.Run) -> None:
    from salpi.plan.schema import ScenarioFile

    mine = replace(plan, scenarios={"half": ScenarioFile.read({"id": "half", "use": {"all": False}})})
    assert same(mine.simulate("half", draws=DRAWS), plan.simulate(salpi.scenario(plan, {"all": 0}), draws=DRAWS))
    assert not same(mine.simulate("half", draws=DRAWS), base)
    with pytest.raises(ScenarioError, match="did you mean 'half'"):
        mine.simulate("hlaf")
