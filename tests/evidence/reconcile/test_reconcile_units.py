"""Claims in other units than their indicator's: converted once, where a rate is known; else they wait."""

from __future__ import annotations

from datetime import date

import pytest

from salpi.evidence.layered import with_ledger
from salpi.evidence.ledger import Filter, query
from salpi.evidence.reconcile.finding import Case, Context
from salpi.evidence.reconcile.judge import judge
from salpi.evidence.reconcile.known import Known
from salpi.evidence.reconcile.rules import Rules
from salpi.evidence.record import Claim
from salpi.evidence.review import Reviewer, ReviewFault, accept

GOOD = Context("ledger-x-2026-0", "A", "A ministry", date(2026, 11, 5), "")


def _claim(indicator, period, value, unit) -> Claim:
    return Claim(
        "d.txt", (0, 3), "x", value, unit, indicator=indicator, subject="South Korea", period=period, status="actual", score=0.999
    )


def test_without_a_rate_of_its_year_an_amount_waits(korea):
    found = judge(Case(_claim("exports.biohealth", "1990", 1e12, "KRW"), GOOD), Known.of(korea), Rules())
    assert (found.verdict, found.rule) == ("waiting", "rate")


def test_a_person_cannot_accept_what_no_rate_converts(korea, ledger, take):
    take(ledger, "Published: 2026-11-05\n1e12 [exports.biohealth|South Korea|1990|KRW|actual]\n")
    with ledger.reading() as c:
        (claim,) = query.claims(c, Filter())
    with pytest.raises(ReviewFault, match="no exchange rate of its year is known"):
        accept(
            ledger, korea, claim["id"], Reviewer("a", lambda: "2026-11-26T11:00:00Z"), {"indicator": "exports.biohealth@motie"}
        )


def test_months_reach_the_series_in_days(korea, ledger, take):
    take(ledger, "Published: 2026-11-05\n12 [review.biosimilar.days|South Korea|2026-10|months|actual]\n")
    with ledger.reading() as c:
        (claim,) = query.claims(c, Filter())
    if claim["verdict"] != "accepted":
        accept(ledger, korea, claim["id"], Reviewer("a", lambda: "2026-11-26T11:00:00Z"))
    layered = with_ledger(korea, ledger)
    latest = layered.latest("review.biosimilar.days")
    assert (latest.value, latest.unit, latest.period) == (pytest.approx(365.25), "days", "2026-10")
    own = layered.stated(latest)
    assert (own.value, own.unit) == (12, "months")
