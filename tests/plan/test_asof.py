"""The plan as it stood: nothing is seen before it was known."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from overlay import GOOD

import tiny
from salpi.plan import PlanError, load_plan
from salpi.plan.asof import as_of
from salpi.plan.schema import Measure, Source
from tiny import row, target

DAYS = st.dates(date(2020, 1, 1), date(2026, 6, 30))


def seen(plan: tiny.Plan, day: str) -> list[float]:
    return [r.value for r in as_of(plan, day).observations]


def test_a_value_is_seen_from_the_day_on_which_it_was_known() -> None:
    plan = tiny.plan([row(2024, 1, as_of="2025-02-14"), row(2024, 2, as_of="2025-03"), row(2024, 3, as_of="2025")])
    assert seen(plan, "2025-02-13") == []
    assert seen(plan, "2025-02-14") == [1]
    assert seen(plan, "2025-03-30") == [1]
    assert seen(plan, "2025-03") == [1, 2]
    assert seen(plan, "2025-12-30") == [1, 2]
    assert seen(plan, "2025-12-31") == [1, 2, 3]


def test_where_no_day_is_given_the_sources_day_counts_and_else_the_periods_end() -> None:
    sources = {"office": Source(title="t", publisher="p"), "dated": Source(title="t", publisher="p", published="2025-06-01")}
    plan = tiny.plan([row(2023, 1), row(2023, 2, source="dated"), row(2030, 3, status="target"), row(None, 4)], sources=sources)
    assert seen(plan, "2023-12-30") == [3, 4]
    assert seen(plan, "2023-12-31") == [1, 3, 4]
    assert seen(plan, "2025-06-01") == [1, 2, 3, 4]


def test_a_target_whose_successor_was_not_announced_yet_still_stood() -> None:
    targets = {
        "old": target(1, 2030, announced="2022-01", superseded_by="new"),
        "new": target(2, 2030, announced="2024-05-10", supersedes=("old",)),
    }
    plan = tiny.plan(targets=targets)
    before, after = as_of(plan, "2024-05-09"), as_of(plan, "2024-05-10")
    assert list(before.targets) == ["old"]
    assert before.targets["old"].superseded_by is None
    assert after.targets["old"].superseded_by == "new"
    assert list(as_of(plan, "2021").targets) == []


def measure(id: str, announced: str | None) -> Measure:
    body = {"start": "unknown", "status": "announced", "cost": {"value": "unknown"}, "grade": "D", "sources": ("office",)}
    return Measure.read({"id": id, "name": {"en": id}, "group": "g", "announced": announced, **body})


def test_measures_are_seen_from_their_announcement() -> None:
    plan = tiny.plan(measures=[measure("a", "2025-03"), measure("b", None), measure("c", "unknown")])
    assert set(as_of(plan, "2025-03-30").measures) == {"b", "c"}
    assert set(as_of(plan, "2025-03").measures) == {"a", "b", "c"}


def test_sources_published_later_go_unless_they_are_still_cited() -> None:
    sources = {
        "office": Source(title="t", publisher="p"),
        "later": Source(title="t", publisher="p", published="2026-01"),
        "cited": Source(title="t", publisher="p", published="2026-01"),
    }
    plan = tiny.plan([row(2023, 1, as_of="2024-02", source="cited")], sources=sources)
    assert set(as_of(plan, "2025").sources) == {"office", "cited"}


def test_headlines_of_targets_not_yet_known_go() -> None:
    assert as_of(load_plan(GOOD), "2024-12").meta.headline == ()
    assert as_of(load_plan(GOOD), "2025-03").meta.headline == ("exports.2030",)


@given(DAYS, DAYS)
def test_more_is_known_later_and_a_view_of_a_view_is_the_view(a: date, b: date) -> None:
    plan = load_plan(GOOD)
    first, last = sorted(min(d, plan.as_of).isoformat() for d in (a, b))
    early, late = as_of(plan, first), as_of(plan, last)
    assert set(early.observations) <= set(late.observations)
    assert set(early.targets) <= set(late.targets)
    assert set(early.measures) <= set(late.measures)
    assert early.as_of.isoformat() == first
    again = as_of(late, first)
    assert (again.observations, again.targets, again.measures, again.meta) == (
        early.observations,
        early.targets,
        early.measures,
        early.meta,
    )


def test_the_plans_own_date_changes_nothing() -> None:
    plan = load_plan(GOOD)
    assert as_of(plan, "2026-05-31") is plan
    assert as_of(plan, "2026-05") is plan


@pytest.mark.parametrize(
    "text, what", [("soon", "'soon' is no period"), ("2026-06", "2026-06 is later than the plan"), ("", "'' is no period")]
)
def test_what_is_no_date_or_too_late(text: str, what: str) -> None:
    with pytest.raises(PlanError) as caught:
        as_of(load_plan(GOOD), text)
    assert what in str(caught.value)
    assert str(caught.value).startswith("--as-of: ")
