"""From outputs to indicators: anchors, members, currencies, definitions that follow their family."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import salpi
from salpi.model.simulate import simulate

DRAWS = 30


@pytest.fixture(scope="module")
def plan():
    return salpi.load_plan("korea")


@pytest.fixture(scope="module")
def run(plan):
    return simulate(plan, draws=DRAWS)


def test_an_anchored_indicator_passes_through_its_actual_value_in_every_draw(plan, run) -> None:
    for key in run.indicators():
        found = run.indicator(key)
        if found.anchor is not None:
            year = int(str(found.anchor.period)[:4])
            column = found.values[:, year - int(run.years[0])]
            assert np.allclose(column, found.anchor.value, rtol=1e-12), key


def test_two_definitions_of_one_output_grow_alike_after_their_last_values(plan, run) -> None:
    a, b = run.indicator("exports.biopharma@khidi2022"), run.indicator("exports.biopharma@plan2025")
    later = run.years >= plan.as_of.year
    ratio = a.values[:, later] / b.values[:, later]
    assert np.allclose(ratio, ratio[:, :1], rtol=1e-12)


def test_a_definition_with_an_old_value_takes_the_published_growth_of_its_family(plan, run) -> None:
    khidi = {o.period: o.value for o in plan.series("exports.biopharma@khidi2022")}
    own = run.indicator("exports.biopharma@plan2025")
    at_2025 = own.values[:, 2025 - int(run.years[0])]
    assert np.allclose(at_2025, own.anchor.value * khidi["2025"] / khidi["2024"], rtol=1e-12)


def test_the_subject_chooses_the_member(plan, run) -> None:
    one, other = run.indicator("capacity.cdmo", "Samsung Biologics"), run.indicator("capacity.cdmo", "Lotte Biologics")
    assert one.values.max() > other.values.max()
    assert run.indicator("capacity.cdmo", "nobody at all") is None


def test_an_unknown_or_unmodelled_indicator_has_no_run(run) -> None:
    assert run.indicator("no.such.indicator") is None
    assert run.indicator("localisation.rate") is None
    with pytest.raises(KeyError, match=r"localisation\.rate"):
        run.quantiles("localisation.rate")


def test_a_rank_is_a_whole_number_from_one(run) -> None:
    values = run.indicator("trials.country_rank").values
    assert (values == np.rint(values)).all()
    assert values.min() >= 1


def test_months_make_their_year(run) -> None:
    found = run.indicator("review.biosimilar.days")
    quarters = np.mean([found.at(f"2028-Q{q}") for q in (1, 2, 3, 4)], axis=0)
    assert np.allclose(quarters, found.at("2028"))
    assert found.at("2099") is None


def test_another_unit_gives_the_same_chances(plan, run) -> None:
    """Tell one indicator in thousands: values, targets and anchors scale, probabilities stay."""
    key = "exports.biopharma@khidi2022"
    scaled_unit = "thousand USD"
    observations = tuple(o.but(value=o.value / 1e3, unit=scaled_unit) if o.indicator == key else o for o in plan.observations)
    indicators = plan.indicators | {key: plan.indicators[key].but(unit=scaled_unit)}
    other = replace(plan, observations=observations, indicators=indicators)
    again = simulate(other, draws=DRAWS)
    a, b = run.indicator(key), again.indicator(key)
    assert b.unit == scaled_unit
    assert np.allclose(a.values / 1e3, b.values, rtol=1e-9)


def test_a_run_says_how_to_make_it_again(plan, run) -> None:
    assert {"plan", "hash", "scenario", "seed", "draws", "as_of", "version", "engine", "measures"} <= set(run.spec)
    assert run.spec["hash"] == plan.hash
    assert run.hash == simulate(plan, draws=DRAWS).hash
    data = run.to_xarray()
    assert data["exports.biopharma"].dims == ("draw", "year")
    assert data["exports.biopharma"].attrs["units"] == "USD"
    assert "<table>" in run._repr_html_()


@pytest.mark.parametrize("draws", [0, -1, 10**12])
def test_a_number_of_draws_out_of_range_is_refused(plan, draws) -> None:
    with pytest.raises(ValueError, match="between 1 and 10,000,000"):
        simulate(plan, draws=draws)
