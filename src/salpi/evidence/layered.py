"""A plan with the observations that a ledger holds in force on top of its own."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from salpi.evidence.ledger import journal, query
from salpi.evidence.ledger.described import sources
from salpi.evidence.ledger.store import Ledger
from salpi.plan.asof import as_of as plan_at
from salpi.plan.layer import with_observations
from salpi.plan.model import Plan

AnyPlan = TypeVar("AnyPlan", bound=Plan)


def with_ledger(plan: AnyPlan, ledger: Ledger, as_of: str | None = None) -> AnyPlan:
    """The plan with what the ledger has taken in, now or as of a date; the plan itself where that is nothing.

    Observations of indicators that this plan has not (another country's ledger) are left out. Raises LedgerFault.
    """
    with ledger.reading() as c:
        rows = [row for _, row in query.observations(c, as_of) if row.indicator in plan.indicators]
        found = sources(c, {row.source for row in rows}) if rows else {}
        until = journal.last_day(c, as_of) if rows else None
    return with_observations(plan, rows, found, until)


def last_day(ledger: Ledger) -> date | None:
    """The day of the journal's last entry, None where it is empty. Raises LedgerFault."""
    with ledger.reading() as c:
        return journal.last_day(c)


def known_at(plan: AnyPlan, ledger: Ledger, as_of: str | None) -> AnyPlan:
    """Plan and ledger together, both as they were known at the end of a day, or now. Raises LedgerFault, PlanError."""
    return with_ledger(plan if as_of is None else plan_at(plan, as_of, last_day(ledger)), ledger, as_of)
