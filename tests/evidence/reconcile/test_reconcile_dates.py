"""Documents dated later than the day on which they come in wait; what is laid on a plan never runs ahead of that day."""

from __future__ import annotations

from datetime import date

import pytest

from salpi.evidence.layered import with_ledger
from salpi.evidence.ledger import Filter, query
from salpi.evidence.review import Reviewer, accept

BY = Reviewer("a", lambda: "2026-11-26T11:00:00Z")


def _one(ledger):
    with ledger.reading() as c:
        (claim,) = query.claims(c, Filter())
    return claim


@pytest.mark.parametrize("day", ["2026-11-28", "2027-01-20", "2099-01-20"])
def test_a_document_of_the_future_waits(ledger, take, day):
    take(ledger, f"Published: {day}\n1.5e9 [exports.biohealth|South Korea|2026-10|USD|actual]\n")
    claim = _one(ledger)
    assert (claim["verdict"], claim["rule"]) == ("waiting", "future")
    assert claim["reason"] == f"its document is dated {day}, after the day on which it came in"


def test_a_document_of_today_is_taken_in_and_moves_the_plans_date(korea, ledger, take):
    take(ledger, "Published: 2026-11-26\n1.5e9 [exports.biohealth|South Korea|2026-10|USD|actual]\n")
    assert _one(ledger)["verdict"] == "accepted"
    assert with_ledger(korea, ledger).as_of == date(2026, 11, 26)


def test_a_release_of_a_morning_in_korea_does_not_wait_for_that_of_greenwich(ledger, take):
    take(ledger, "Published: 2026-11-27\n1.5e9 [exports.biohealth|South Korea|2026-10|USD|actual]\n")
    assert _one(ledger)["verdict"] == "accepted"


def test_a_person_who_accepts_it_does_not_move_the_plan_ahead_of_today(korea, ledger, take):
    take(ledger, "Published: 2099-01-20\n1.5e9 [exports.biohealth|South Korea|2026-10|USD|actual]\n")
    accept(ledger, korea, _one(ledger)["id"], BY)
    layered = with_ledger(korea, ledger)
    assert layered.as_of == date(2026, 11, 26)
    assert layered.observations[-1].as_of == "2099-01-20"
