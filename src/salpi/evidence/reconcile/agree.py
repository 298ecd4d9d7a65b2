"""Whether a claim and a known value say the same: units, currencies, rounding, bounds and ranges taken into account."""

from __future__ import annotations

from functools import lru_cache

from salpi.evidence.reconcile.known import Fact
from salpi.evidence.reconcile.rules import Rules
from salpi.plan.compare import CURRENCY_TOLERANCE, ROUNDING, SAME, gap_in, rounded
from salpi.plan.model import Plan
from salpi.plan.periods import Period
from salpi.plan.schema import Observation
from salpi.units import UnitError, currency, same_dimension

COMPARED = {
    "actual": ("actual",),
    "target": ("target",),
    "forecast": ("forecast", "target"),
    "announced": ("announced", "target"),
}
"""Which known statuses a claim may contradict: like with like; expectations and outlays also what was aimed at."""
SAID = COMPARED | {
    "target": ("target", "announced"),
    "forecast": ("forecast", "target", "actual"),
    "announced": ("announced", "target", "actual"),
}
"""Which known statuses a claim may repeat: what was expected or announced may have come about."""


@lru_cache(maxsize=4096)
def comparable(one: str, two: str, home: str, trade: str) -> bool:
    """Whether values in two units can be compared: one dimension, or the plan's two currencies."""
    if one == two:
        return True
    try:
        return same_dimension(one, two) or {currency(one), currency(two)} == {home, trade}
    except UnitError:
        return False


def fits(plan: Plan, one: str, two: str) -> bool:
    """``comparable`` in a plan's currencies; ranks, shares and counts only with their own kind."""
    money = plan.meta.currencies
    return comparable(one, two, money.home, money.trade)


def apart(plan: Plan, one: Observation, two: Observation, period: Period | None) -> float | None:
    """The relative gap between two values, in the year of ``period`` or the plan's; None where they cannot be compared."""
    if not fits(plan, one.unit, two.unit):
        return None
    return gap_in(plan, one, two, period or Period.parse(str(plan.as_of.year)))


def agrees(plan: Plan, row: Observation, high: float | None, fact: Fact, rules: Rules) -> bool:
    """Whether ``row`` (a claim's value; ``high`` the upper end of a range) says what is known."""
    other = fact.row
    gap = apart(plan, row, other, fact.period)
    if gap is None:
        return False
    if gap <= SAME or rounded(row, other):
        return True
    same_money = currency(row.unit) == currency(other.unit)
    if not same_money and gap <= CURRENCY_TOLERANCE:
        return True
    if row.qualifier == "about" and gap <= rules.about and same_money and row.unit not in ("rank", "x"):
        return True
    if row.unit == other.unit:
        if high is not None and row.value <= other.value <= high:
            return True
        if row.qualifier in ("over", "at_least") and row.value <= other.value <= row.value * (1 + rules.bound):
            return True
        if row.qualifier in ("up_to", "under") and row.value * (1 - rules.bound) <= other.value <= row.value:
            return True
        if other.qualifier in ("over", "at_least") and other.value <= row.value <= other.value * (1 + rules.bound):
            return True
    return False


def near(plan: Plan, row: Observation, fact: Fact, tolerance: float = ROUNDING) -> bool:
    """Whether two values lie within ``tolerance``."""
    gap = apart(plan, row, fact.row, fact.period)
    return gap is not None and gap <= tolerance
