"""A plan as text: all of its content, and the same text again."""

from __future__ import annotations

from dataclasses import fields

import pytest

import salpi
from salpi.plan.carry import from_text, to_text
from salpi.plan.layer import with_observations
from salpi.plan.model import Plan

OTHER_WHERE = {"root", "origins"}


def content(plan: Plan) -> list[object]:
    return [getattr(plan, f.name) for f in fields(Plan) if f.name not in OTHER_WHERE]


@pytest.mark.parametrize("as_of", [None, "2026-01-31"])
def test_the_plan_of_its_text_is_the_plan(as_of: str | None) -> None:
    plan = salpi.load_plan("korea", as_of)
    text = to_text(plan)
    again = from_text(text)
    assert content(again) == content(plan)
    assert to_text(again) == text
    assert list(again.indicators) == list(plan.indicators)


def test_what_lies_on_top_comes_along() -> None:
    plan = salpi.load_plan("korea")
    row = plan.observations[0].but(period="1999", value=12.5)
    more = with_observations(plan, [row])
    again = from_text(to_text(more))
    assert again.observations[-1] == row
    assert again.hash == more.hash != plan.hash


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"id": 3}'])
def test_what_is_no_plan(text: str) -> None:
    with pytest.raises((ValueError, AttributeError)):
        from_text(text)
