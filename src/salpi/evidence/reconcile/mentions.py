"""Within one document: which of several mentions speaks for a figure, and which amounts are two readings of one."""

from __future__ import annotations

from collections.abc import Sequence

from salpi.evidence.reconcile.finding import Case
from salpi.evidence.record import Claim
from salpi.plan.model import Plan
from salpi.units import UnitError, currency

BRACKET = 3
"""Characters between an amount and the same in another currency: ``1조 원(7억 달러)``, ``1 trillion won ($725 million)``."""


def speakers(cases: Sequence[Case]) -> list[int]:
    """For each claim the place of the one that speaks for its figure: a point before a bound, then the surest, then the first."""
    groups: dict[tuple[object, ...], list[int]] = {}
    for at, case in enumerate(cases):
        it = case.claim
        key = (it.indicator, it.subject, it.period, it.status, it.unit, it.value, it.high)
        groups.setdefault(key, []).append(at)
    out = [0] * len(cases)
    for places in groups.values():
        best = min(places, key=lambda at: (_vague(cases[at].claim), -cases[at].claim.score, at))
        for at in places:
            out[at] = best
    return out


def _vague(claim: Claim) -> int:
    if claim.qualifier in (None, "per_year"):
        return 1 if claim.warnings else 0
    return 2 if claim.qualifier in ("about", "nearly") else 3


def second_readings(cases: Sequence[Case], plan: Plan) -> set[int]:
    """The places of amounts that say in the plan's other currency what the claim before them says, beside it."""
    return {at for at in range(1, len(cases)) if _paired(cases[at - 1].claim, cases[at].claim, plan)}


def _paired(one: Claim, two: Claim, plan: Plan) -> bool:
    money = plan.meta.currencies
    beside = 0 <= two.span[0] - one.span[1] <= BRACKET and one.indicator == two.indicator and one.period == two.period
    if not beside or money.home == money.trade:
        return False
    try:
        return {currency(one.unit), currency(two.unit)} == {money.home, money.trade}
    except UnitError:
        return False
