"""Words that a query of the ledger asks for and that are none: a line with the nearest, instead of nothing found."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from salpi.cli.evidence import Stop, plan_of
from salpi.cli.options import default_plan

if TYPE_CHECKING:
    from sqlalchemy import Connection

_FISCAL = re.compile(r"FY|회계|\d{4}\s?[-/~–]\s?\d{2}$", re.IGNORECASE)


def check_verdict(verdict: str | None) -> None:
    """Raises Stop for a word that is no verdict."""
    from salpi.evidence.ledger.find import CONFLICTING, NONE, VERDICTS
    from salpi.plan.problems import nearest

    known = (*VERDICTS, CONFLICTING, NONE)
    if verdict is not None and verdict not in known:
        raise Stop(f"--verdict {verdict}: is no verdict{_meant(nearest(verdict, known))}; there are {', '.join(known)}")


def check_period(period: str | None) -> None:
    """Raises Stop for a text that is no period; claims of fiscal years stand under their months."""
    from salpi.plan.periods import Period, PeriodError

    if period is None:
        return
    try:
        Period.parse(period)
    except PeriodError as error:
        fiscal = "; a fiscal year is written by its months, e.g. 2025-04/2026-03" if _FISCAL.search(period) else ""
        raise Stop(f"--period {error}{fiscal}") from None


def check_indicator(c: Connection, indicator: str | None, plan: str | None = None) -> None:
    """Raises Stop for an id that neither a claim of the ledger nor the plan has."""
    from salpi.evidence.ledger.lookup import indicators_of
    from salpi.plan.problems import nearest

    if indicator is None or indicators_of(c, indicator):
        return
    data = plan_of(plan or default_plan())
    ids = {*data.indicators, *data.meta.claims}
    ids |= {id.partition("@")[0] for id in ids}
    if any(id == indicator or id.startswith((indicator + ".", indicator + "@")) for id in ids):
        return
    near = nearest(indicator, {*ids, *indicators_of(c, "", every=True)})
    raise Stop(f"--indicator {indicator}: neither a claim of the ledger nor the plan {data.id} has that id{_meant(near)}")


def _meant(near: str | None) -> str:
    return f"; did you mean {near!r}?" if near else ""
