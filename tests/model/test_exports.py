from __future__ import annotations

import numpy as np
import pytest
from bench import Bench, finite
from typical import ECONOMY, EXPORTS

from salpi.model.sectors.exports import GOODS, SECTOR

NEEDS = {
    "economy.world_growth": 1.0,
    "economy.world_pharma": 1.0,
    "economy.demand.log": 0.0,
    "economy.fx_index.log": 0.0,
    "economy.tariff": 0.0,
    "biosimilars.exports": 1.8e9 / 12,
    "manufacturing.exports": 2.4e9 / 12,
    "pipeline.exports": 0.4e9 / 12,
}
BASES = {
    "biopharma": 5.5e9,
    "small_molecules": 3.4e9,
    "vaccines": 0.3e9,
    "devices": 5.8e9,
    "cosmetics": 10e9,
    "other_bio": 4e9,
}
ATTRIBUTES = {**{f"base.{k}": v for k, v in BASES.items()}, **{f"lag.{k}": 0.0 for k in BASES}}
PARAMETERS = EXPORTS | ECONOMY


def make(draws=4, needs=None, **changed):
    return Bench(SECTOR, {"goods": GOODS}, ATTRIBUTES, PARAMETERS | changed, needs=NEEDS | (needs or {}), draws=draws)


def year(gives, name):
    return gives[f"exports.{name}"][:12].sum(axis=0)


def test_the_first_year_gives_back_every_observed_whole():
    gives, _ = make().run(12)
    assert year(gives, "biopharma") == pytest.approx(5.5e9)
    assert year(gives, "pharma") == pytest.approx(5.5e9 + 3.4e9 + 0.3e9)
    assert year(gives, "devices") == pytest.approx(5.8e9)
    assert year(gives, "bio") == pytest.approx(5.5e9 + 0.3e9 + 4e9)


def test_the_whole_holds_whatever_the_other_sectors_say_of_the_parts():
    for parts in ({"biosimilars.exports": 9e9 / 12}, {"pipeline.exports": 0.0}, {"manufacturing.exports": 3.5e9 / 12}):
        gives, _ = make(needs=parts).run(12)
        assert year(gives, "biopharma") == pytest.approx(5.5e9, rel=1e-9), parts
        assert all((v >= 0).all() for v in gives.values())


def test_definitions_add_up_from_their_parts_in_every_draw_and_month():
    gives, _ = make(draws=100).run(120, seed=1)
    g = {k.removeprefix("exports."): v for k, v in gives.items()}
    assert g["biopharma_own"] + g["cdmo"] == pytest.approx(g["biopharma"])
    assert g["biopharma"] + g["vaccines"] == pytest.approx(g["biopharma_vaccines"])
    assert g["biopharma_own_vaccines"] + g["cdmo"] == pytest.approx(g["biopharma_vaccines"])
    assert g["pharma_own"] + g["cdmo"] == pytest.approx(g["pharma"])
    assert g["pharma"] + g["devices"] == pytest.approx(g["biohealth"])
    assert g["biohealth"] + g["cosmetics"] == pytest.approx(g["healthindustry"])
    assert g["biopharma_vaccines"] + g["other_bio"] == pytest.approx(g["bio"])
    parts = ("biosimilars", "cdmo", "newdrugs", "biologics_other", "vaccines", "small_molecules")
    assert sum(g[k] for k in parts) == pytest.approx(g["pharma"])


def test_market_access_has_diminishing_returns_and_does_not_reach_contract_services():
    def effect(value):
        gives, _ = make().run(24, {"exports.market_access": value})
        base, _ = make().run(24)
        return gives["exports.biosimilars"][-1, 0] / base["exports.biosimilars"][-1, 0] - 1, (
            gives["exports.cdmo"][-1, 0] == base["exports.cdmo"][-1, 0]
        )

    small, untouched = effect(1.001)
    assert untouched
    assert small == pytest.approx(0.001, rel=0.02)
    assert effect(1.2)[0] < 10 * effect(1.02)[0]
    assert effect(2.0)[0] < EXPORTS["exports.access.ceiling"]
    assert effect(1.0)[0] == 0.0


def test_the_tariff_costs_its_share_and_relief_gives_back_at_most_that():
    hit, _ = make(needs={"economy.tariff": 0.1}).run(12)
    free, _ = make().run(12)
    relieved, _ = make(needs={"economy.tariff": 0.1}).run(12, {"exports.tariff_us": 0.5})
    assert hit["exports.small_molecules"] == pytest.approx(free["exports.small_molecules"] * (1 - 0.017))
    assert relieved["exports.pharma"] == pytest.approx(free["exports.pharma"])


def test_vaccine_pulses_are_rare_large_and_pass():
    gives, _ = make(draws=400, **{"exports.sigma": 0.0}).run(204, seed=2)
    years = gives["exports.vaccines"].reshape(17, 12, -1).sum(axis=1)
    assert np.median(years[-1]) < 1.3 * 0.3e9
    assert 0.1 < (years.max(axis=0) > 2 * years.min(axis=0)).mean() < 0.9


@pytest.mark.parametrize("channel", SECTOR.channels, ids=lambda c: c.id)
@pytest.mark.parametrize("end", ["low", "high"])
def test_extremes_stay_finite_and_positive(channel, end):
    gives, _ = make(draws=200, needs={"economy.tariff": 1.0}).run(204, {channel.id: getattr(channel, end)}, seed=3)
    assert finite(gives)
    assert all((v >= 0).all() for v in gives.values())


def test_a_plan_that_knows_no_base_runs_and_passes_the_other_sectors_through():
    none = {k: 0.0 if k.startswith(("base", "lag")) else v for k, v in ATTRIBUTES.items()}
    gives, _ = Bench(SECTOR, {"goods": GOODS}, none, PARAMETERS, needs=NEEDS).run(12)
    assert year(gives, "biosimilars") == pytest.approx(1.8e9)
    assert (gives["exports.biologics_other"] == 0).all()
