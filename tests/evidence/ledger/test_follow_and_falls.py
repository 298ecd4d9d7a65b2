"""What is known is made once from the plan and copied; what fell is read in a few queries, however many claims there are."""

from __future__ import annotations

from sqlalchemy import event

import tiny
from salpi.evidence.follow import Follower
from salpi.evidence.ledger.falls import Falls
from salpi.evidence.reconcile.known import Known
from salpi.plan.periods import Period
from salpi.plan.schema import Source


def test_a_copy_is_the_same_and_what_is_added_to_it_stays_in_it() -> None:
    plan = tiny.plan([tiny.row(2024, 5)], targets={"t": tiny.target(9, 2030)})
    layer = Known.of(plan)
    assert layer.copy() == layer
    layer.copy().add(tiny.row(2025, 6, source="paper"), Source(title="Paper", publisher="Paper"))
    layer.copy().add(tiny.row(2024, 7, source="paper"))
    assert layer == Known.of(plan)
    assert not layer.at("x", "Land", Period.parse("2025"))


def test_the_plan_is_read_once_however_often_what_is_known_is_made_anew(ledger, take, korea, monkeypatch) -> None:
    take(ledger, "Published: 2026-11-05\n1.51e9 [exports.biohealth|South Korea|2026-10|USD|actual]\n")
    made = Known.of(korea)
    calls = []
    monkeypatch.setattr(Known, "of", lambda plan: calls.append(plan) or made)
    follower = Follower(korea)
    with ledger.reading() as c:
        first = follower.rebuild(c)
        assert follower.rebuild(c) == first
    assert len(calls) == 1
    assert first != made


def test_what_fell_of_many_claims_is_read_in_a_few_queries(ledger) -> None:
    asked: list[str] = []
    with ledger.reading() as c:
        event.listen(c, "before_cursor_execute", lambda *args: asked.append(args[2]))
        assert Falls.of_claims(c, range(1, 1200)).by == {}
    assert len(asked) == 3
