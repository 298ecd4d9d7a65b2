from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import numpy as np
import pytest

from salpi.model.base import find_base, residual, unit_of
from salpi.model.sectors import manufacturing, trials
from salpi.plan import schema
from salpi.plan.schema import Company, Observation, Plant
from tiny import by_keyword

Indicator = by_keyword(schema.Indicator)

START = 12 * 2024


def indicator(unit, *outputs, **link):
    return Indicator(
        name={"en": "x"}, unit=unit, kind="flow", definition={"en": "x"}, model={"outputs": outputs, **link} if outputs else None
    )


def row(ind, subject, period, value):
    return Observation(indicator=ind, subject=subject, period=str(period), value=value, unit="USD", status="actual", source="s")


class Fake:
    """As much of a plan as a sector's bind reads."""

    def __init__(self, indicators, observations, plants=(), companies=()):
        self.meta = SimpleNamespace(subject="Home", currencies=SimpleNamespace(home="GBP", trade="USD", rates=None))
        self.as_of = date(2024, 6, 30)
        self.indicators, self.observations = indicators, tuple(observations)
        self.atlas = SimpleNamespace(plants=tuple(plants), companies=tuple(companies))

    def series(self, name, subject=None, status="actual", freq="year"):
        found = {o.period: o for o in self.observations if o.indicator == name and o.subject == (subject or "Home")}
        return tuple(found[k] for k in sorted(found) if len(k) == 4)

    def rate(self, period):
        return 0.8


@pytest.fixture
def plan():
    indicators = {
        "exports.x@old": indicator("USD", "exports.x"),
        "exports.x@new": indicator("USD", "exports.x"),
        "exports.whole@new": indicator("GBP", "exports.whole"),
        "exports.sum": indicator("USD", "exports.x", "exports.y"),
        "trials.s": indicator("%", "trials.share", scale=1.0),
        "silent": indicator("USD"),
    }
    rows = [
        *(row("exports.x@old", "Home", y, 100.0 + y) for y in range(2010, 2025)),
        *(row("exports.x@new", "Home", y, 10.0) for y in (2023, 2024)),
        *(row("exports.x@new", "Home", f"2024-Q{q}", 2.5) for q in (1, 2, 3, 4)),
        row("exports.x@new", "Home", 2025, 99.0),
        row("exports.whole@new", "Home", 2023, 80.0),
        *(row("trials.s", c, y, v) for c, y, v in (("Home", 2024, 3.0), ("Big", 2024, 20.0), ("Gone", 2017, 5.0))),
        row("trials.s", "Big", 2016, 40.0),
        row("trials.s", "Ancient", 2001, 9.0),
    ]
    return Fake(indicators, rows)


def test_the_base_is_the_densest_definition_of_the_latest_year_not_after_the_start(plan):
    found = find_base(plan, "exports.x", 2024, "USD")
    assert (found.value, found.year, found.indicator) == (10.0, 2024, "exports.x@new")


def test_sums_do_not_speak_for_their_parts_and_the_unknown_is_none(plan):
    assert find_base(plan, "exports.y", 2024) is None


def test_money_is_converted_at_the_rate_of_its_own_year(plan):
    assert find_base(plan, "exports.whole", 2024, "USD").value == pytest.approx(100.0)
    assert find_base(plan, "exports.x", 2024, "home").value == pytest.approx(8.0)


def test_a_residual_is_taken_in_the_wholes_own_year_and_is_never_negative(plan):
    assert residual(plan, "exports.whole", ("exports.x",), 2024, "USD").value == pytest.approx(90.0)
    assert residual(plan, "exports.x", ("exports.whole",), 2024, "USD").value == 0.0


def test_units_take_the_plans_currencies(plan):
    assert unit_of(plan, "home/L/yr") == "GBP/L/yr"
    assert unit_of(plan, "home/USD") == "GBP/USD"
    assert unit_of(plan, "x") == "x"


def test_the_trial_panel_is_the_common_year_and_older_countries_start_unseen_below_it(plan):
    bound = trials.SECTOR.bind(plan, START)
    assert bound.dims["country"] == ("Big", "Gone", "Home")
    assert bound.attributes["share.start"].tolist() == [20.0, 3.0, 3.0]
    assert bound.attributes["share.unseen"].tolist() == [0, 1, 0]
    assert bound.attributes["share.trend"][0] == pytest.approx(np.log(0.5) / 8)
    assert bound.attributes["home"].tolist() == [0, 0, 1]
    assert bound.attributes["from"] == 12 * 2025


def plant(key, company, litres, start, status, country="Home"):
    return Plant(id=key, name=key, company=company, capacity_l=litres, start=start, status=status, country=country, source="s")


def test_plants_are_bound_to_their_makers_and_kinds():
    plants = [
        plant("p1", "maker", 150e3, "2019-01", "open"),
        plant("p2", "maker", 150e3, "2027", "announced"),
        plant("p5", "maker", 110e3, "2016", "open"),
        plant("p3", "brand", 90e3, "2015", "open"),
        plant("p4", "maker", 40e3, "2022", "open", "Elsewhere"),
    ]
    firms = [Company(id=i, name=i.title(), type=t, source="s") for i, t in (("maker", "CDMO"), ("brand", "biosimilar"))]
    fake = Fake(
        {"r": indicator("GBP", "manufacturing.revenue.by_company", member="maker")},
        [row("r", "Maker", 2024, 800.0)],
        plants,
        firms,
    )
    a = manufacturing.SECTOR.bind(fake, START).attributes
    assert a["maker.contract"].tolist() == [1, 0]
    assert a["maker.revenue"].tolist() == pytest.approx([1000.0, 0.0])
    assert a["plant.announced"].tolist() == [0, 1, 0, 0, 0]
    assert a["plant.home"].tolist() == [1, 1, 1, 1, 0]
    assert a["maker.experienced"].tolist() == [1, 0]


def test_an_empty_plan_binds_every_sector():
    from salpi.model.sectors import sector

    for name in ("economy", "regulation", "manufacturing", "trials", "exports", "industry"):
        bound = sector(name).bind(Fake({}, []), START)
        assert {a.name for a in sector(name).attributes} == set(bound.attributes)
        for a in sector(name).attributes:
            assert np.isfinite(np.asarray(bound.attributes[a.name])).all()


STOCKS = ("economy", "regulation", "manufacturing", "trials", "exports", "industry")


@pytest.mark.parametrize("name", STOCKS)
def test_every_declared_unit_is_a_unit(name, plan):
    from salpi.model.sectors import sector
    from salpi.units import check

    s = sector(name)
    for declared in (*s.parameters, *s.attributes, *s.states, *s.needs, *s.gives, *s.channels):
        check(unit_of(plan, declared.unit))


def test_needs_are_given_in_the_same_unit_by_another_sector():
    from salpi.model.sectors import sector

    gives = {g.name: (n, g.unit, g.dim) for n in STOCKS for g in sector(n).gives}
    for n in STOCKS:
        for need in sector(n).needs:
            if need.name in gives:
                giver, unit, dim = gives[need.name]
                assert (unit, dim) == (need.unit, need.dim), (n, need.name)
                assert giver != n


@pytest.mark.parametrize("name", STOCKS)
def test_names_are_told_in_both_languages_and_none_is_a_country(name):
    from pathlib import Path

    import salpi.model.sectors as house
    from salpi.model.sectors import sector

    for g in (*sector(name).gives, *sector(name).channels):
        assert g.en
        assert any("\uac00" <= c <= "\ud7a3" for c in g.ko), g
    text = Path(house.__file__).with_name(f"{name}.py").read_text(encoding="utf-8").lower()
    for word in ("korea", "krw", "samsung", "celltrion", "mfds", "khidi"):
        assert word not in text, word
