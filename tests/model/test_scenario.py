"""A scenario is a diff: what it sets, what it refuses, and one text for equal scenarios."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tiny
from salpi.model.scenario import Lever, Scenario, ScenarioError, present, resolve
from salpi.plan.periods import month_index
from salpi.plan.schema import Measure, Parameter, ScenarioFile


def measure(id: str, **more: object) -> Measure:
    body = {"start": "2025-01", "status": "in_force", "cost": {"value": "unknown"}, "grade": "D", "sources": ("office",)}
    return Measure.read({"id": id, "name": {"en": id}, "group": "g", **body, **more})


def parameter(unit: str, **more: object) -> Parameter:
    return Parameter.read({"name": {"en": "p"}, "value": 1.0, "unit": unit, "basis": "assumption", **more})


PLAN = tiny.plan(
    measures=[measure("review.a"), measure("review.b", intensity=(0.0, 1.5)), measure("fund")],
    parameters={"p.share": parameter("ratio", bounds=(0, 1)), "p.time": parameter("yr")},
)


def of(**body: object) -> Scenario:
    return resolve(PLAN, ScenarioFile.read(body))


def problems(sets: dict[str, float] | None = None, **body: object) -> tuple[str, ...]:
    with pytest.raises(ScenarioError) as caught:
        resolve(PLAN, ScenarioFile.read(body) if body else None, sets)
    assert str(caught.value) == "\n".join(caught.value.problems)
    return caught.value.problems


def test_only_what_differs_is_kept() -> None:
    assert resolve(PLAN, None).empty
    assert of(use={"review.a": True}, set=[{"measure": "fund", "intensity": 1}]).empty
    assert of(use={"all": False}).levers == dict.fromkeys(PLAN.measures, Lever(0.0))
    assert of(use={"all": False, "fund": True}).lever("fund") == Lever()


def test_settings_of_one_measure_add_up_and_the_last_counts() -> None:
    found = of(
        set=[
            {"measure": "fund", "intensity": 0.5},
            {"measure": "fund", "start": "2027-03"},
            {"measure": "fund", "ramp_months": 6, "intensity": 0.75},
        ]
    )
    assert found.lever("fund") == Lever(0.75, month_index("2027-03"), 6)


def test_pairs_come_after_the_file_and_all_means_every_measure() -> None:
    file = ScenarioFile.read({"set": [{"measure": "fund", "intensity": 0.5, "start": "2027"}]})
    found = resolve(PLAN, file, {"all": 0.0, "review.a": 1.0})
    assert found.lever("fund") == Lever(0.0, month_index("2027"))
    assert found.lever("review.a") == Lever()
    assert found.lever("review.b") == Lever(0.0)
    assert found.id == "set"


def test_a_parameter_is_held_in_its_own_unit() -> None:
    found = of(set=[{"parameter": "p.share", "value": 25, "unit": "%"}, {"parameter": "p.time", "value": 6, "unit": "months"}])
    assert found.parameters == pytest.approx({"p.share": 0.25, "p.time": 0.5})


def test_everything_that_is_wrong_is_told_at_once_with_the_nearest_id() -> None:
    assert problems(
        {"reviw.a": 1.0, "review.b": 1.6},
        id="mine",
        use={"fnd": True},
        set=[
            {"measure": "review.c", "intensity": 1},
            {"measure": "fund", "intensity": -0.1},
            {"measure": "fund", "start": "2026-05"},
            {"measure": "fund", "start": "soon"},
            {"parameter": "p.shar", "value": 1, "unit": "ratio"},
            {"parameter": "p.share", "value": 1, "unit": "USD"},
            {"parameter": "p.share", "value": 1, "unit": "ration"},
            {"parameter": "p.share", "value": 120, "unit": "%"},
        ],
    ) == (
        "scenario mine: use: there is no measure 'fnd' (did you mean 'fund'?)",
        "scenario mine: set: there is no measure 'review.c' (did you mean 'review.a'?)",
        "scenario mine: set fund: the intensity of fund goes from 0 (not done) to 2, 1 is as announced; -0.1 lies outside",
        "scenario mine: start of fund: 2026-05 lies before the plan's own date 2026-06-30; the past cannot be changed, "
        "write a later month",
        "scenario mine: start of fund: 'soon' is no period: write 2030, 2025-H1, 2026-Q4, 2025-09, 2025-09-05 or a span such as "
        "2023/2027",
        "scenario mine: set: there is no parameter 'p.shar' (did you mean 'p.share'?)",
        "scenario mine: set p.share: the unit 'USD' does not fit 'ratio'; write the value in ratio",
        "scenario mine: set p.share: unit 'ration' is unknown",
        "scenario mine: set p.share: 1.2 ratio lies outside its bounds 0.0 … 1.0",
        "--set reviw.a: there is no measure 'reviw.a' (did you mean 'review.a'?)",
        "--set review.b=1.6: the intensity of review.b goes from 0 (not done) to 1.5, 1 is as announced; 1.6 lies outside",
    )


@pytest.mark.parametrize("bad", [float("nan"), float("inf"), -1.0])
def test_no_intensity_but_a_number_in_range(bad: float) -> None:
    assert len(problems({"fund": bad})) == 1
    assert len(problems({"all": bad})) == 3


LEVERS = st.builds(Lever, st.floats(0, 2), st.none() | st.integers(24300, 24500), st.none() | st.integers(0, 60))


@given(st.dictionaries(st.sampled_from(list(PLAN.measures)), LEVERS), st.dictionaries(st.just("p.share"), st.floats(0, 1)))
def test_json_and_back_is_the_same_scenario(levers: dict[str, Lever], parameters: dict[str, float]) -> None:
    one = Scenario("a", levers, parameters)
    back = Scenario.from_json(one.to_json())
    assert (back.levers, back.parameters) == (levers, parameters)
    assert back.key() == one.key()
    assert Scenario("b", dict(reversed(levers.items())), parameters).key() == one.key()


def test_the_present_is_the_month_of_the_plans_own_date() -> None:
    assert present(PLAN) == month_index("2026-06")
