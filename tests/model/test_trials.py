from __future__ import annotations

import numpy as np
import pytest
from bench import START, Bench, finite
from typical import TRIALS

import salpi
from salpi.model.sectors.trials import SECTOR, bind

COUNTRIES = ("big", "next", "home", "behind", "unseen")
ATTRIBUTES = {
    "share.start": [20.0, 4.2, 3.5, 3.0, 3.0],
    "share.unseen": [0, 0, 0, 0, 1],
    "share.trend": [-0.02, 0.05, 0.0, 0.0, 0.0],
    "home": [0, 0, 1, 0, 0],
    "count.start": 750.0,
    "count.from": START + 12,
    "from": START + 12,
    "start": START,
}


def make(draws=500, **changed):
    return Bench(SECTOR, {"country": COUNTRIES}, ATTRIBUTES, TRIALS | changed, draws=draws)


def test_the_panel_year_is_given_back_as_observed():
    gives, _ = make().run(12, seed=1)
    assert gives["trials.share"][0][:4] == pytest.approx(np.array(ATTRIBUTES["share.start"][:4])[:, None].repeat(500, 1))
    assert gives["trials.count"].sum(axis=0) == pytest.approx(750.0)
    assert gives["trials.rank"][0][:3, 0].tolist() == [1, 2, 3]
    assert (gives["trials.share"][0][4] < 3.0).all()  # an unseen country starts below the last that is listed


def test_ranks_are_ranks_in_every_draw_and_month():
    gives, _ = make().run(204, seed=2)
    ranks = np.sort(gives["trials.rank"], axis=1)
    assert (ranks == np.arange(1, 6)[None, :, None]).all()


def test_yearly_changes_scatter_as_the_permanent_and_the_passing_part_together_say():
    gives, _ = make(draws=4000, **{"trials.drift.spread": 0.0}).run(60, seed=3)
    share = gives["trials.share"][11::12, 2]
    change = np.diff(np.log(share[1:]), axis=0)
    assert change.std() == pytest.approx(0.96 * np.sqrt(0.07**2 + 2 * 0.06**2), rel=0.05)


def test_attractiveness_lifts_the_home_country_to_its_level_and_nobody_else():
    base, _ = make().run(120, seed=4)
    more, _ = make().run(120, {"trials.attractiveness": 1.1}, seed=4)
    lift = more["trials.share"][-1] / base["trials.share"][-1]
    assert lift[2] == pytest.approx(1.1, abs=0.01)  # on the logit scale: a little less than the factor
    assert lift[[0, 1, 3, 4]] == pytest.approx(1.0)
    assert (more["trials.rank"][-1, 2] <= base["trials.rank"][-1, 2]).all()
    assert (more["trials.count"] >= base["trials.count"]).all()


@pytest.mark.parametrize("value", [0.5, 2.0])
def test_extremes_stay_finite(value):
    gives, _ = make().run(204, {"trials.attractiveness": value}, seed=5)
    assert finite(gives)


def test_no_panel_no_crash():
    empty = {k: [] if isinstance(v, list) else v for k, v in ATTRIBUTES.items()}
    gives, _ = Bench(SECTOR, {"country": ()}, empty, TRIALS).run(24, seed=6)
    assert finite(gives)


def test_a_list_that_stops_above_the_home_country_puts_nobody_below_it():
    """What was known in January 2025: two shares of 2023 and the home country's rank, 4; the last whole list is of 2017."""
    found = bind(salpi.load_plan("korea", "2025-01-31"), 12 * 2023)
    start = dict(zip(found.dims["country"], found.attributes["share.start"], strict=True))
    unseen = dict(zip(found.dims["country"], found.attributes["share.unseen"], strict=True))
    assert start["United States"] == 24.5
    assert start["South Korea"] == 4.04
    assert not unseen["Germany"]
    assert unseen["France"]  # not on the list of 2017, whatever it had in 2013


def test_the_latest_list_is_whole_where_it_holds_as_many_as_the_home_rank_says():
    found = bind(salpi.load_plan("korea"), 12 * 2024)
    unseen = dict(zip(found.dims["country"], found.attributes["share.unseen"], strict=True))
    assert sum(1 for x in unseen.values() if not x) == 6
    assert unseen["United Kingdom"]
