from __future__ import annotations

import numpy as np
import pytest
from bench import START, Bench, finite
from typical import ECONOMY

from salpi.model.sectors.economy import SECTOR

KNOWN = {"start": START, "fx.0": 1300.0, "fx.1": 1400.0, "fx.2": 1400.0, "fx.known_to": START + 24}


@pytest.fixture
def bench():
    return Bench(SECTOR, {}, KNOWN, ECONOMY, draws=4000)


def test_without_shocks_the_world_grows_at_its_trend_and_nothing_else_moves(bench):
    gives, _ = bench.run(60)
    year = gives["economy.world_growth"].reshape(5, 12, -1).mean(axis=1)
    assert year[0] == pytest.approx(1.0, abs=0.002)  # index 1 in the middle of the first year
    assert np.log(year[1] / year[0]) == pytest.approx(0.09, abs=0.003)  # publishers' 10 % less their bias
    assert (gives["economy.demand"] == 1.0).all()


def test_known_exchange_rates_are_data_and_the_walk_begins_after_them(bench):
    gives, _ = bench.run(60, seed=1)
    fx = gives["economy.fx"]
    assert (fx[:12] == 1300.0).all()
    assert (fx[12:24] == 1400.0).all()
    change = np.log(fx[24:36].mean(axis=0) / 1400.0)
    assert change.std() == pytest.approx(0.08 * np.sqrt(2 / 3), rel=0.06)  # year on year means of a random walk


def test_demand_has_the_stated_variance_and_fat_tails(bench):
    gives, states = bench.run(13, seed=2)
    shock = states["demand"][12]
    assert shock.std() == pytest.approx(0.1, rel=0.25)
    z = (shock - shock.mean()) / shock.std()
    assert (z**4).mean() > 5
    assert np.median(gives["economy.demand"]) == pytest.approx(1.0, abs=0.01)


def test_the_tariff_takes_the_share_that_its_equation_says_from_its_start_on(bench):
    gives, _ = bench.run(36)
    assert (gives["economy.tariff"][:24] == 0).all()
    assert gives["economy.tariff"][24] == pytest.approx(0.5 * 0.15 * 0.75)


def test_long_horizons_stay_finite(bench):
    gives, _ = bench.run(204, seed=3)
    assert finite(gives)
    assert all((v >= 0).all() for k, v in gives.items() if not k.endswith(".log"))
