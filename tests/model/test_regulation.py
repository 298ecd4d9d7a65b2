from __future__ import annotations

import numpy as np
import pytest
from bench import START, Bench, finite
from typical import REGULATION

from salpi.model.sectors.regulation import KINDS, SECTOR


@pytest.fixture
def bench():
    return Bench(SECTOR, {}, {"start": START}, REGULATION, draws=2000)


def test_neutral_channels_and_no_shocks_leave_the_base(bench):
    gives, _ = bench.run(24)
    for give, _, base, _ in KINDS:
        assert gives[give] == pytest.approx(REGULATION[base])


def test_each_channel_moves_its_own_kind_and_no_other(bench):
    for give, channel, base, _ in KINDS:
        gives, _ = bench.run(1, {channel: 0.6})
        for other, _, other_base, _ in KINDS:
            share = 0.6 if other == give else 1.0
            assert gives[other] == pytest.approx(share * REGULATION[other_base]), (base, other)


def test_no_cut_goes_below_the_floor(bench):
    gives, _ = bench.run(36, {channel: 0.2 for _, channel, *_ in KINDS}, seed=4)
    assert min(v.min() for v in gives.values()) == REGULATION["regulation.floor"]


def test_more_work_for_the_same_reviewers_makes_queues():
    slow = Bench(SECTOR, {}, {"start": START}, REGULATION | {"regulation.workload.growth": 0.08})
    gives, _ = slow.run(61)
    assert gives[KINDS[0][0]][60] == pytest.approx(406 * np.exp(0.5 * 0.05 * 5))


def test_yearly_means_scatter_by_sigma(bench):
    gives, _ = bench.run(12, seed=5)
    assert np.log(gives[KINDS[0][0]][0] / 406).std() == pytest.approx(0.06, rel=0.06)
    assert finite(gives)
