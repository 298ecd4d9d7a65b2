from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import pairwise

import numpy as np
import pytest

import salpi
from salpi.engine.entities import EntityContext, run_entities
from salpi.model.sectors.pipeline import SECTOR, bind
from salpi.model.sectors.pipeline_data import PHASES, allot, assets, joint, latest_survey, phase_counts, spread

START, END = 12 * 2024, 12 * 2041
YEARS = list(range(2024, 2041))
STAGES = tuple(s.name for s in SECTOR.stages)
NEEDS = {"regulation.review_days.newdrug": 420.0, "regulation.listing_days": 330.0, "economy.fx": 1400.0}


@cache
def plan():
    return salpi.load_plan("korea")


@cache
def bound():
    return bind(plan(), START)


def values(where, draws, **changed):
    """Parameters at their middle values, by id, ``(draw,)`` or ``(member, draw)``."""
    out = {}
    for p in SECTOR.parameters:
        ids = [p.id] if p.dim is None else [f"{p.id}.{m}" for m in where.dims[p.dim]]
        rows = [np.full(draws, float(changed.get(i, plan().parameters[i].value))) for i in ids]
        out[p.id] = rows[0] if p.dim is None else np.stack(rows) if rows else np.zeros((0, draws))
    return out


def run(draws=20, channels=None, needs=None, where=None, first=0, chunk=None, early_exit=True, threads=1, seed=7, **changed):
    where = where or bound()
    months = END - START
    paths = {c.id: np.full((months, 1), c.neutral) for c in SECTOR.channels}
    for key, value in (channels or {}).items():
        paths[key] = np.broadcast_to(np.asarray(value, dtype=float).reshape(-1, 1), (months, 1)).copy()
    still = {k: np.full((months, 1), v) for k, v in (NEEDS | (needs or {})).items()}
    numbers = np.arange(first, first + draws)
    context = EntityContext(values(where, draws, **changed), paths, still, seed, numbers, START, END)
    return run_entities(SECTOR, where, context, chunk=chunk, early_exit=early_exit, threads=threads)


def same(a, b):
    return set(a) == set(b) and all(np.array_equal(a[k], b[k]) for k in a)


def at(year):
    return YEARS.index(year)


def test_the_surveys_counts_are_the_assets_of_the_start_and_named_ones_are_taken_out():
    survey = latest_survey(plan().atlas.pipelines)
    found = [a for a in assets(plan(), START) if not np.isnan(a.entry)]
    in_phase = [sum(1 for a in found if a.stage == k) for k in range(len(PHASES))]
    assert in_phase == list(phase_counts(survey))
    assert sum(1 for a in found if a.named is None) < sum(phase_counts(survey))


def test_raking_keeps_every_margin_within_rounding():
    survey = latest_survey(plan().atlas.pipelines)
    found = [a for a in assets(plan(), START) if a.named is None and not np.isnan(a.entry)]
    total = sum(survey["area"].values())
    for area, count in survey["area"].items():
        got = sum(1 for a in found if a.area == area)
        assert got == pytest.approx(count / total * len(found), abs=4), area


def test_allotment_gives_the_exact_count_and_carries_what_rounding_took():
    cells = {("a", "x"): 0.55, ("a", "y"): 0.3, ("b", "x"): 0.15}
    rest: dict = {}
    rows = [r for n in (3, 1, 4, 1, 5) for r in allot(cells, n, rest)]
    assert len(rows) == 14
    for cell, share in cells.items():
        assert rows.count(cell) == pytest.approx(14 * share, abs=1.0)
    assert sorted(spread(rows)) == sorted(rows)
    assert joint({}) == {("", ""): 1.0}


def test_assets_neither_appear_nor_vanish():
    out = run()
    standing = np.array([np.sum((bound().attributes["stage"] == k) & (bound().attributes["entry"] < START)) for k in range(5)])
    later = np.sum((bound().attributes["stage"] < 5) & (bound().attributes["entry"] >= START))
    arrived = np.cumsum(out["pipeline.starts.early"], axis=1)
    held = out["pipeline.active"].sum(axis=0) + out["pipeline.failed"] + np.cumsum(out["pipeline.passes.review"], axis=1)
    assert np.array_equal(held[:, -1] - arrived[:, -1], np.full(20, standing.sum() + later))
    for before, after in pairwise(STAGES):
        moved = np.cumsum(out[f"pipeline.starts.{after}"] - out[f"pipeline.passes.{before}"], axis=1)
        there = (bound().attributes["stage"] == STAGES.index(after)) & (bound().attributes["entry"] >= START)
        named = int(there.sum())
        assert (moved[:, -1] == named).all(), after
    assert (out["pipeline.active"] >= 0).all()


def test_counts_are_whole_numbers():
    out = run()
    for name in ("pipeline.blockbusters", "pipeline.blockbusters.any", "pipeline.approvals.abroad", "pipeline.licence.deals"):
        assert np.array_equal(out[name], np.round(out[name])), name
    assert (out["pipeline.blockbusters.any"] >= out["pipeline.blockbusters"]).all()


def test_a_threshold_of_twice_the_size_counts_no_more():
    low, high = run(), run(**{"pipeline.blockbuster.threshold": 2e12})
    assert (high["pipeline.blockbusters"] <= low["pipeline.blockbusters"]).all()
    assert high["pipeline.blockbusters"].sum() < low["pipeline.blockbusters"].sum()
    assert np.array_equal(high["pipeline.sales"], low["pipeline.sales"])


def test_a_longer_review_at_home_delays_and_does_not_touch_approvals_abroad():
    base, slow = run(), run(needs={"regulation.review_days.newdrug": 840.0})
    passed = [np.cumsum(o["pipeline.passes.review"], axis=1) for o in (base, slow)]
    assert (passed[1] <= passed[0]).all()
    assert passed[1].sum() < passed[0].sum()
    assert np.array_equal(slow["pipeline.approvals.abroad"], base["pipeline.approvals.abroad"])


def test_more_money_brings_arrivals_forward_and_changes_nothing_that_was_there():
    base, more = run(), run(channels={"pipeline.starts": 1.5})
    came = [np.cumsum(o["pipeline.starts.early"], axis=1) for o in (base, more)]
    assert (came[1] >= came[0]).all()
    assert came[1].sum() > 1.3 * came[0].sum()
    assert np.array_equal(more["pipeline.blockbusters"][:, : at(2027)], base["pipeline.blockbusters"][:, : at(2027)])
    assert np.array_equal(more["pipeline.sales.by_product"], base["pipeline.sales.by_product"])


def test_money_for_pivotal_trials_adds_about_as_many_as_it_pays():
    base, more = run(draws=200), run(draws=200, channels={"pipeline.phase3_start": 3.0})
    added = (more["pipeline.starts.phase3"] - base["pipeline.starts.phase3"]).mean(axis=0)
    assert (more["pipeline.starts.phase3"] >= base["pipeline.starts.phase3"]).all()
    assert added[at(2025) : at(2032)].mean() == pytest.approx(3.0, rel=0.25)


def test_better_odds_let_more_through_and_a_higher_licensing_chance_signs_more():
    base = run(draws=60)
    better = run(draws=60, channels={"pipeline.success_logit": 0.3})
    assert better["pipeline.passes.phase2"].sum() > 1.1 * base["pipeline.passes.phase2"].sum()
    keen = run(draws=60, channels={"pipeline.licensing_chance": 1.5})
    assert 1.2 < keen["pipeline.licence.deals"].sum() / base["pipeline.licence.deals"].sum() < 1.5
    assert np.array_equal(keen["pipeline.starts.early"], base["pipeline.starts.early"])


def test_conditions_at_the_start_of_a_phase_apply_to_it():
    """A channel that moves from 2030 on changes nothing before."""
    path = np.where(np.arange(START, END) >= 12 * 2030, 0.5, 0.0)
    base, later = run(), run(channels={"pipeline.success_logit": path})
    for name in base:
        if name != "pipeline.licence.milestones":
            assert np.array_equal(base[name][..., : at(2030)], later[name][..., : at(2030)]), name
    assert later["pipeline.passes.phase2"][:, at(2034) :].sum() > base["pipeline.passes.phase2"][:, at(2034) :].sum()


def test_a_scenario_equal_to_the_plan_differs_by_exactly_nothing():
    assert same(run(), run(channels={c.id: c.neutral for c in SECTOR.channels}))


@pytest.mark.parametrize("chunk", [1, 7, 20])
def test_chunks_threads_and_early_exit_change_nothing(chunk):
    base = run()
    assert same(base, run(chunk=chunk, threads=2))
    assert same(base, run(chunk=chunk, early_exit=False))


def test_a_draw_is_the_same_alone():
    many = run(draws=8)
    one = run(draws=1, first=5)
    for name in many:
        assert np.array_equal(many[name][..., 5:6, :], one[name]), name


def test_named_products_hang_on_their_observed_sales():
    out = run(draws=30)
    for k, id in enumerate(bound().dims["product"]):
        product = next(p for p in plan().atlas.products if p.id == id)
        if product.sales_value is None or product.sales_year is None or int(product.sales_year) not in YEARS:
            continue
        seen = product.sales_value
        if product.sales_unit == plan().meta.currencies.home:
            seen = seen / plan().rate(product.sales_year)
        own = plan().parameters.get(f"pipeline.sales.own_share.{id}")
        expected = seen * (own.value if own else 1.0)
        assert out["pipeline.sales.by_product"][k, :, at(int(product.sales_year))] == pytest.approx(expected, rel=1e-9), id


def test_a_growing_products_path_goes_through_both_of_its_observed_years():
    out = run(draws=3, **{"pipeline.sales.reached.floor": 0.001})["pipeline.sales.by_product"]
    where, checked = bound(), []
    for k, id in enumerate(where.dims["product"]):
        product = next(p for p in plan().atlas.products if p.id == id)
        row = list(where.attributes["product"]).index(k)
        grown = where.attributes["growth.known"][row] > 0 and where.attributes["growth"][row] > 0
        if not grown or f"pipeline.sales.peak_forecast.{id}" in plan().parameters or int(product.sales2_year) not in YEARS:
            continue
        seen = product.sales2_value
        if product.sales2_unit == plan().meta.currencies.home:
            seen = seen / plan().rate(product.sales2_year)
        share = out[k, :, at(int(product.sales_year))] / out[k].max(axis=-1)
        if (share < 0.1).all():
            continue  # grew faster than a logistic of this width can
        assert out[k, :, at(int(product.sales2_year))] == pytest.approx(seen, rel=1e-6), id
        checked.append(id)
    assert checked


def test_named_assets_do_not_leave_a_phase_before_the_day_on_which_the_plan_saw_them_there():
    out = run(draws=200)
    now = plan().as_of.year
    for k, id in enumerate(bound().dims["product"]):
        product = next(p for p in plan().atlas.products if p.id == id)
        if product.stage in ("phase3", "filed", "phase2", "phase1"):
            assert (out["pipeline.sales.by_product"][k, :, : at(now)] == 0).all(), id


def test_time_in_a_phase_has_the_stated_mean_and_spread():
    from salpi.engine import functions as xp
    from salpi.model.sectors.pipeline import normal, stay

    u = (np.arange(200_000) + 0.5) / 200_000
    z = normal(xp, u)
    assert abs(z.mean()) < 1e-3
    assert z.std() == pytest.approx(1.0, abs=2e-3)
    for cv in (0.3, 0.45, 0.65):
        c = cv * cv
        p = {"c": c, "c.biased": c / (1 + c), "sd": cv / 3, "sd.biased": np.sqrt(c / (1 + c)) / 3}
        whole = stay(xp, p, 2.0, z, 0.5, False) / 12
        assert whole.mean() == pytest.approx(2.0, rel=0.01)
        assert whole.std() / whole.mean() == pytest.approx(cv, rel=0.03)
        left = stay(xp, p, 2.0, z, np.random.default_rng(1).random(len(z)), True) / 12
        assert left.mean() == pytest.approx(2.0 * (1 + c) / 2, rel=0.02)  # mean residual life of a renewal process


def test_every_output_is_finite_and_positive_at_the_ends_of_every_channel():
    for channel in SECTOR.channels:
        for end in (channel.low, channel.high):
            out = run(draws=6, channels={channel.id: end})
            assert all(np.isfinite(v).all() and (v >= 0).all() for v in out.values()), channel.id


def test_a_plan_without_products_or_pipelines_runs_and_gives_zero():
    bare = replace(plan(), atlas=replace(plan().atlas, products=(), pipelines=()))
    out = run(draws=3, where=bind(bare, START))
    assert all((v == 0).all() for v in out.values())


def test_a_plan_with_products_alone_or_a_survey_alone_runs():
    for without in ("products", "pipelines"):
        part = replace(plan(), atlas=replace(plan().atlas, **{without: ()}))
        out = run(draws=3, where=bind(part, START))
        assert all(np.isfinite(v).all() for v in out.values())
        assert out["pipeline.sales"].sum() > 0


def test_a_survey_by_phase_alone_is_enough():
    rows = tuple(r for r in plan().atlas.pipelines if r.dimension == "phase")
    part = replace(plan(), atlas=replace(plan().atlas, pipelines=rows))
    out = run(draws=3, where=bind(part, START))
    assert np.isfinite(out["pipeline.exports"]).all()
    assert out["pipeline.starts.phase1"].sum() > 0
