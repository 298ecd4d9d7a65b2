from __future__ import annotations

import numpy as np
import pytest
from bench import START, Bench, finite
from typical import MANUFACTURING

from salpi.model.sectors.manufacturing import SECTOR

STILL = {"economy.fx": 1300.0, "economy.world_growth.log": 0.0, "economy.demand.log": 0.0}
MAKERS = ("leader", "newcomer", "own-use")
PLANTS = ("l1", "l2", "l3", "n1", "n-abroad", "o1")
ATTRIBUTES = {
    "start": START,
    "now": START,
    "maker.index": [0, 1, 2],
    "maker.contract": [1, 1, 0],
    "maker.experienced": [1, 0, 1],
    "maker.unproven": [0, 0, 0],
    "maker.revenue": [2.5e9, 0, 0],
    "maker.revenue_month": [START + 5.5, START, START],
    "plant.maker": [0, 0, 0, 1, 1, 2],
    "plant.contract": [1, 1, 1, 1, 1, 0],
    "plant.experienced": [1, 1, 1, 0, 0, 1],
    "plant.unproven": [0, 0, 0, 0, 0, 0],
    "plant.capacity": [600e3, 180e3, 180e3, 120e3, 40e3, 190e3],
    "plant.start": [START - 60, START + 15, START + 40, START + 30, START - 24, START - 80],
    "plant.known": [1, 1, 0, 0, 1, 1],
    "plant.announced": [0, 0, 1, 0, 0, 0],
    "plant.home": [1, 1, 1, 1, 0, 1],
}


def make(draws=4, **changed):
    return Bench(SECTOR, {"maker": MAKERS, "plant": PLANTS}, ATTRIBUTES, MANUFACTURING | changed, needs=STILL, draws=draws)


def test_the_base_year_gives_back_the_makers_own_revenue():
    gives, _ = make().run(12)
    leader = gives["manufacturing.revenue.by_company"][:, 0].sum(axis=0) / 1300.0
    assert leader == pytest.approx(2.5e9, rel=0.02)
    assert gives["manufacturing.revenue"].sum(axis=0) == pytest.approx(gives["manufacturing.revenue.by_company"].sum(axis=(0, 1)))


def test_own_use_counts_as_capacity_and_earns_no_contract_revenue():
    gives, _ = make().run(12)
    assert gives["manufacturing.capacity.by_company"][-1, 2] == pytest.approx(190e3)
    assert (gives["manufacturing.revenue.by_company"][:, 2] == 0).all()


def test_plants_abroad_count_for_the_company_but_not_for_the_country_nor_its_exports():
    gives, _ = make().run(1)
    assert gives["manufacturing.capacity.by_company"][0, 1] == pytest.approx(40e3)
    assert gives["manufacturing.capacity"][0] == pytest.approx(600e3 + 190e3)
    assert (gives["manufacturing.exports"] < 0.9 * gives["manufacturing.revenue"] / 1300.0).all()


def test_litres_neither_appear_nor_vanish():
    gives, states = make(draws=50).run(200, {"manufacturing.capacity": 2.0}, seed=1)
    started = np.cumsum(gives["manufacturing.starts"], axis=0)
    held = sum(states[k].sum(axis=1) for k in ("build.1", "build.2", "build.3", "added"))
    assert held[1:] == pytest.approx(started[:-1])
    assert min(states[k].min() for k in ("build.1", "build.2", "build.3", "added")) >= 0


def test_known_plants_are_never_late_and_planned_ones_never_early():
    gives, _ = make(draws=300).run(120, seed=2)
    leader = gives["manufacturing.capacity.by_company"][:, 0]
    assert (leader[14] < 601e3 + 1e4).all()
    assert (leader[15] >= 780e3).all()
    newcomer = gives["manufacturing.capacity.by_company"][:, 1]
    assert (newcomer[:30] < 60e3).all()
    late = (newcomer > 150e3).argmax(axis=0)
    assert late.min() >= 30
    assert np.mean(late - 30) == pytest.approx(9.0, abs=2.0)  # the stated mean slip


def test_an_announced_plant_comes_true_in_the_stated_share_of_draws_and_investment_adds_to_it():
    def share(channel):
        _, states = make(draws=2000).run(100, {"manufacturing.capacity": channel}, seed=3)
        return states["committed"][-1, 2].mean()

    assert share(1.0) == pytest.approx(0.6, abs=0.04)
    assert share(1.2) > share(1.0)
    assert share(4.0) == 1.0


def test_short_demand_is_shared_and_never_makes_more_than_full_use():
    gives, _ = make(**{"manufacturing.cover": 0.5}).run(60)
    assert (gives["manufacturing.fill"] < 1).any()
    assert (gives["manufacturing.fill"] <= 1).all()


def test_backlog_starts_plants_and_they_arrive_after_the_construction_delay():
    def grown(t):
        return STILL | {"economy.world_growth.log": 0.1 * (t - START) / 12}

    calm, _ = make().run(120)
    busy, _ = make().run(120, needs=grown)
    assert (busy["manufacturing.starts"].sum(axis=0) > 1.5 * calm["manufacturing.starts"].sum(axis=0)).all()
    assert (busy["manufacturing.capacity.added"][6] < busy["manufacturing.starts"][:6].sum(axis=0) * 0.2).all()


@pytest.mark.parametrize("value", ["low", "high"])
@pytest.mark.parametrize("k", range(3))
def test_every_channel_at_its_ends_stays_finite(k, value):
    channel = SECTOR.channels[k]
    gives, states = make(draws=200).run(204, {channel.id: getattr(channel, value)}, seed=6)
    assert finite(gives)
    assert finite(states)
    assert all((v >= 0).all() for v in gives.values())


def test_faster_validation_lifts_revenue_and_a_richer_mix_lifts_it_in_proportion():
    base, _ = make(draws=200).run(120, seed=7)
    mean = base["manufacturing.revenue"].mean()
    faster, _ = make(draws=200).run(120, {"manufacturing.validation_time": 0.5}, seed=7)
    richer, _ = make(draws=200).run(120, {"manufacturing.mix_adc": 1.1}, seed=7)
    assert faster["manufacturing.revenue"].mean() > mean
    assert richer["manufacturing.revenue"] == pytest.approx(1.1 * base["manufacturing.revenue"])


def test_a_plan_without_plants_runs_and_gives_zero():
    empty = {k: [] if isinstance(v, list) else v for k, v in ATTRIBUTES.items()}
    bench = Bench(SECTOR, {"maker": (), "plant": ()}, empty, MANUFACTURING, needs=STILL)
    gives, _ = bench.run(24, seed=8)
    assert finite(gives)
    assert (gives["manufacturing.revenue"] == 0).all()
