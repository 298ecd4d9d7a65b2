"""Observations laid on top of a plan: seen by all that asks it, marked by its hash, the plan itself untouched."""

from __future__ import annotations

import random
from datetime import date

import pytest

from salpi.plan import load_plan
from salpi.plan.layer import with_observations
from salpi.plan.reconcile import conflicts
from salpi.plan.schema import Observation, Source


@pytest.fixture(scope="module")
def korea():
    return load_plan("korea")


def _row(period: str = "2025", value: float = 5, source: str = "ledger-x", as_of: str = "2026-12-01") -> Observation:
    return Observation(
        indicator="trials.country_rank",
        subject="South Korea",
        period=period,
        value=value,
        unit="rank",
        status="actual",
        as_of=as_of,
        source=source,
    )


SOURCES = {"ledger-x": Source(title="A release", publisher="A ministry")}


def test_the_new_value_is_the_latest_and_the_hash_is_another(korea):
    layered = with_observations(korea, [_row()], SOURCES)
    assert layered.latest("trials.country_rank").value == 5
    assert korea.latest("trials.country_rank").value == 6
    assert layered.hash != korea.hash
    assert layered.as_of == date(2026, 12, 1)
    assert layered.sources["ledger-x"].publisher == "A ministry"


def test_nothing_new_is_the_plan_itself(korea):
    assert with_observations(korea, []) is korea
    assert with_observations(korea, [korea.observations[0], korea.observations[5]]) is korea


def test_the_order_of_the_rows_does_not_matter(korea):
    rows = [_row(f"20{year}", 5 + year % 3) for year in range(10, 26)]
    hashes = set()
    for seed in range(4):
        random.Random(seed).shuffle(rows)
        hashes.add(with_observations(korea, [*rows, rows[0]], SOURCES).hash)
    assert len(hashes) == 1
    assert with_observations(korea, rows[1:], SOURCES).hash not in hashes


def test_what_the_plan_does_not_know_is_an_error(korea):
    with pytest.raises(ValueError, match="there is no source 'nowhere'"):
        with_observations(korea, [_row(source="nowhere")], SOURCES)
    with pytest.raises(ValueError, match=r"the plan has no indicator 'no\.such'"):
        with_observations(korea, [_row().but(indicator="no.such")], SOURCES)


def test_a_row_moves_the_plans_date_no_further_than_the_day_on_which_it_was_laid_down(korea):
    later = with_observations(korea, [_row(as_of="2099-01-20")], SOURCES, date(2026, 11, 26))
    assert later.as_of == date(2026, 11, 26)
    assert with_observations(korea, [_row(as_of="2099-01-20")], SOURCES, date(2026, 1, 1)).as_of == korea.as_of


@pytest.mark.parametrize("day", ["2027-01-20", "2099-01-20"])
def test_a_row_does_not_move_the_first_month_of_runs(korea, day):
    from salpi.model.simulate import first_month

    assert first_month(with_observations(korea, [_row(as_of=day)], SOURCES)) == first_month(korea)


@pytest.mark.parametrize(
    ("publisher", "kind"),
    [
        ("Another Daily", "contradiction"),
        ("Daily News (MOTIE)", "vintage"),
        ("unknown", "vintage"),
    ],
)
def test_what_was_laid_on_top_is_a_vintage_only_of_its_own_publisher(korea, publisher, kind):
    known = next(
        row
        for row in korea.observations
        if row.status == "actual" and row.period == "2025-08" and korea.sources[row.source].publisher.endswith("(MOTIE)")
    )
    source = Source(title="Trade", publisher=publisher, published="2026-06-01", kind="press")
    laid = known.but(value=known.value * 1.06, as_of="2026-06-01", as_of_basis="published", source="ledger-new")
    layered = with_observations(korea, [laid], {"ledger-new": source})
    found = [each for each in conflicts(layered) if any(side.source == "ledger-new" for side in each.sides)]
    assert kind in {each.kind for each in found}
    assert not ({"vintage", "contradiction"} - {kind}) & {each.kind for each in found}
