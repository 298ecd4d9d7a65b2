from __future__ import annotations

import pytest
from bench import START, Bench, finite
from typical import INDUSTRY

from salpi.model.sectors.industry import SECTOR, SEGMENTS

NEEDS = {
    "economy.fx": 1300.0,
    "exports.pharma_own": 7e9 / 12,
    "exports.biopharma_own_vaccines": 3.8e9 / 12,
    "exports.devices": 5.8e9 / 12,
    "manufacturing.revenue": 3.5e12 / 12,
}
ATTRIBUTES = {
    "segment.index": [0, 1, 2, 3],
    "base.pharma": 33e12,
    "base.biopharma": 6e12,
    "base.bio": 23e12,
    "lag.pharma": 0.0,
    "lag.biopharma": 0.0,
    "lag.bio": 0.0,
}


def make(draws=4, **attributes):
    return Bench(SECTOR, {"segment": SEGMENTS}, ATTRIBUTES | attributes, INDUSTRY, needs=NEEDS, draws=draws)


def test_the_first_year_gives_back_what_the_surveys_say():
    gives, _ = make().run(12)
    assert gives["production.pharma"].sum(axis=0) == pytest.approx(33e12, rel=0.001)
    assert gives["production.bio"].sum(axis=0) == pytest.approx(23e12, rel=0.001)
    assert gives["production.bio.segment"].sum(axis=1) == pytest.approx(gives["production.bio"])


def test_an_older_base_is_carried_to_the_start_by_the_home_trend():
    gives, _ = make(**{"lag.bio": 2.0}).run(12)
    assert gives["production.bio"].sum(axis=0) == pytest.approx(23e12 * 1.08, rel=0.001)


def test_the_channel_reaches_every_segment_but_medicine():
    base, _ = make().run(12)
    more, _ = make().run(12, {"industry.bio_other": 1.1})
    lift = (more["production.bio.segment"] / base["production.bio.segment"])[-1, :, 0]
    assert lift == pytest.approx([1.0, 1.1, 1.1, 1.1])


def test_a_weaker_home_currency_lifts_production_at_home_by_the_export_share():
    def weaker(t):
        return NEEDS | {"economy.fx": 1300.0 * (1.0 if t < START + 12 else 1.1)}

    base, _ = make().run(24)
    more, _ = make().run(24, needs=weaker)
    lift = (more["production.pharma"] / base["production.pharma"])[-1]
    assert lift == pytest.approx(1 + 0.39 * 0.1, rel=0.01)


def test_long_horizons_and_extremes_stay_finite():
    for value in (0.5, 2.0):
        gives, _ = make(draws=100).run(204, {"industry.bio_other": value}, seed=1)
        assert finite(gives)
        assert all((v > 0).all() for v in gives.values())


def test_no_exports_and_no_base_give_zero_not_a_fault():
    silent = dict.fromkeys(NEEDS, 0.0)
    empty = {k: 0.0 if k.startswith("base") else v for k, v in ATTRIBUTES.items()}
    gives, _ = Bench(SECTOR, {"segment": SEGMENTS}, empty, INDUSTRY, needs=silent).run(12)
    assert finite(gives)
    assert (gives["production.bio"] == 0).all()
