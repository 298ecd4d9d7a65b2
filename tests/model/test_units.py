"""Every sector's equations are dimensionally right: each + adds like to like, results come out in their declared unit."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from importlib.util import find_spec

import pytest

import salpi
from salpi.engine.declare import Sector
from salpi.engine.infer import problems
from salpi.engine.infer_entities import entity_problems
from salpi.engine.run import ModelError
from salpi.model import edited
from salpi.model.base import unit_of
from salpi.model.equations import graph, unit_problems
from salpi.model.scenario import Scenario
from salpi.model.sectors import SECTOR_NAMES, sector
from salpi.model.shards import Shards
from salpi.model.simulate import first_month

NAMES = [n for n in SECTOR_NAMES if find_spec(f"salpi.model.sectors.{n}")]


@pytest.fixture(scope="module")
def plan():
    return salpi.load_plan("korea")


def test_units_fit_everywhere(plan) -> None:
    assert unit_problems(plan, tuple(sector(n) for n in NAMES), first_month(plan)) == []


WEIGHTS = {"industry.share"}  # divided by their own sum: any unit will do


@pytest.mark.parametrize("name", NAMES)
def test_a_declared_unit_matters(plan, name) -> None:
    """Spoil a declared unit (every sixth is tried), and the check finds it: no sector passes because nothing was looked at."""
    s, start, here = sector(name), first_month(plan), partial(unit_of, plan)
    bound = s.bind(plan, start)
    its = graph(s, bound) if isinstance(s, Sector) else None
    read = None if its is None else {i.name for key in its.results for i in its.reads(key)} | {g.name for g in s.gives}
    fields = ("parameters", "channels", "attributes", "needs", "gives", "states", "shocks")
    units = [(f, k, x) for f in fields for k, x in enumerate(getattr(s, f, ())) if x.unit != "index"]
    missed = []
    for field, k, x in units[::6]:
        declared = getattr(s, field)
        spoilt = (*declared[:k], replace(x, unit=f"patent*{x.unit}"), *declared[k + 1 :])
        wrong = replace(s, **{field: spoilt})
        found = problems(its, [wrong], here) if its is not None else entity_problems(wrong, bound, start // 12, here)
        id = getattr(x, "id", None) or x.name
        if not found and id not in WEIGHTS and (read is None or id in read):
            missed.append(id)
    assert not missed


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


def spoiled(names) -> tuple:
    """The sectors, the last of them with a parameter that is declared in another unit than it is used in."""
    found = [sector(n) for n in names]
    its = found[-1]
    first = replace(its.parameters[0], unit=f"patent*{its.parameters[0].unit}")
    return (*found[:-1], replace(its, parameters=(first, *its.parameters[1:])))


@pytest.mark.parametrize("name", ["economy", "biosimilars"])
def test_in_development_an_edited_sector_is_checked_before_it_runs(plan, name, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("SALPI_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(edited, "_checked", set())
    with pytest.raises(ModelError) as caught:
        edited.check_edited(plan, spoiled([name]), first_month(plan))
    assert all("patent" in line for line in caught.value.problems)
    assert not list((tmp_path / "cache").glob("units/*")), "what is wrong is looked at again"
    edited.check_edited(plan, (sector(name),), first_month(plan))
    assert len(list((tmp_path / "cache").glob("units/*"))) == 1
    monkeypatch.setattr(edited, "_checked", set())
    monkeypatch.setattr("salpi.model.equations.equation_problems", lambda *a: pytest.fail("checked again"))
    edited.check_edited(plan, (sector(name),), first_month(plan))


def test_a_shard_of_an_edited_sector_does_not_run(plan, monkeypatch) -> None:
    def wrong(*_: object) -> None:
        raise ModelError(["regulation.py:1: years are added to months"])

    monkeypatch.setattr("salpi.model.simulate.check_edited", wrong)
    with pytest.raises(ModelError, match="years are added to months"):
        Shards(plan, Scenario(), 1, 0)


def test_an_installed_package_checks_nothing(plan, monkeypatch) -> None:
    monkeypatch.setattr(edited, "IN_DEVELOPMENT", False)
    edited.check_edited(plan, spoiled(["economy"]), first_month(plan))
