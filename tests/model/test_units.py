"""Every sector's equations are dimensionally right: each + adds like to like, results come out in their declared unit."""

from __future__ import annotations

from dataclasses import replace
from importlib.util import find_spec

import pytest

import salpi
from salpi.engine.declare import Sector
from salpi.model.equations import graph, unit_problems
from salpi.model.sectors import SECTOR_NAMES, sector
from salpi.model.simulate import first_month

NAMES = [n for n in SECTOR_NAMES if find_spec(f"salpi.model.sectors.{n}")]


@pytest.fixture(scope="module")
def plan():
    return salpi.load_plan("korea")


def test_units_fit_everywhere(plan) -> None:
    assert unit_problems(plan, tuple(sector(n) for n in NAMES), first_month(plan)) == []


def test_a_unit_that_differs_between_giver_and_taker_is_named(plan) -> None:
    exports = sector("exports")
    wrong = replace(
        exports, needs=tuple(replace(n, unit="KRW") if n.name == "manufacturing.exports" else n for n in exports.needs)
    )
    found = unit_problems(plan, (sector("manufacturing"), wrong), first_month(plan))
    assert found[0].startswith("sector exports needs manufacturing.exports in 'KRW', but manufacturing gives it in 'USD'")


def test_a_unit_that_differs_from_the_plans_is_named(plan) -> None:
    economy = sector("economy")
    wrong = replace(
        economy, parameters=tuple(replace(p, unit="month") if p.id == "economy.growth.fade" else p for p in economy.parameters)
    )
    found = unit_problems(plan, (wrong,), first_month(plan))
    assert "sector economy reads economy.growth.fade in 'month', but the plan states 'yr'; write one unit in both" in found


@pytest.mark.parametrize("name", [n for n in NAMES if isinstance(sector(n), Sector)])
def test_a_figure_of_the_plan_changes_no_graph(plan, name) -> None:
    """Only what belongs to which changes the equations; a changed amount must not need another kernel."""
    s = sector(name)
    bound = s.bind(plan, first_month(plan))
    kinds = {a.name: a.unit for a in s.attributes}
    moved = {k: v if kinds.get(k) == "index" else v * 1.5 for k, v in bound.attributes.items()}
    assert graph(s, bound).to_json() == graph(s, replace(bound, attributes=moved)).to_json()


def test_a_parameter_that_a_step_never_reads_is_seen_in_the_graph(plan) -> None:
    for name in NAMES:
        s = sector(name)
        if not isinstance(s, Sector):
            continue
        read = {(i.kind, i.name) for i in graph(s, s.bind(plan, first_month(plan))).inputs()}
        results = graph(s, s.bind(plan, first_month(plan)))
        used = {(i.kind, i.name) for key in results.results for i in results.reads(key)}
        declared = {("parameter", p.id) for p in s.parameters} | {("channel", c.id) for c in s.channels}
        assert declared <= read
        assert declared <= used, f"{name} declares, but no output depends on {sorted(declared - used)}"
