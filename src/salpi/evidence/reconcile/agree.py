"""Whether a claim and a known value say the same: both as intervals in one unit, so that neither side is asked first."""

from __future__ import annotations

import re
from functools import lru_cache
from math import inf
from typing import Literal

from salpi.evidence.reconcile.known import Fact
from salpi.evidence.reconcile.rules import Rules
from salpi.plan.compare import CURRENCY_TOLERANCE, SAME, gap_in, rounded
from salpi.plan.model import POINT, Plan
from salpi.plan.periods import Period
from salpi.plan.schema import Observation
from salpi.units import UnitError, currency, dimension, same_dimension
from salpi.units.definitions import COUNTED

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
Relation = Literal["same", "open", "apart"]
"""``open``: a bound on one side lets the other be so, and does not say that it is."""
_LOWER, _UPPER = ("over", "at_least"), ("up_to", "under")
_MAGNITUDE = re.compile(r"hundred|thousand|million|billion|trillion|dozen|lakh|crore|\d\s?[kKmM]\b|[백천만억조]", re.IGNORECASE)


@lru_cache(maxsize=4096)
def comparable(one: str, two: str, home: str, trade: str) -> bool:
    """Whether values in two units can be compared: one dimension, or the plan's two currencies."""
    if one == two:
        return True
    try:
        return same_dimension(one, two) or {currency(one), currency(two)} == {home, trade}
    except UnitError:
        return False


@lru_cache(maxsize=1024)
def counted(unit: str) -> bool:
    """Whether a unit counts things: persons, products, trials; no ranks."""
    try:
        powers = dimension(unit)
    except UnitError:
        return False
    return len(powers) == 1 and powers[0][0].strip("[]") in COUNTED.keys() - {"rank", "flag", "logit"}


def fits(plan: Plan, one: str, two: str) -> bool:
    """``comparable`` in a plan's currencies; ranks, shares and counts only with their own kind."""
    money = plan.meta.currencies
    return comparable(one, two, money.home, money.trade)


def apart(plan: Plan, one: Observation, two: Observation, period: Period | None) -> float | None:
    """The relative gap between two values, in the year of ``period`` or the plan's; None where they cannot be compared."""
    if not fits(plan, one.unit, two.unit):
        return None
    return gap_in(plan, one, two, period or Period.parse(str(plan.as_of.year)))


def relation(plan: Plan, row: Observation, high: float | None, fact: Fact, rules: Rules, text: str = "") -> Relation | None:
    """How a claim (``row``; ``high`` the upper end of a range, ``text`` its characters) stands to what is known.

    Points are the same where they differ by no more than their wording allows; a range is the same as a point within it; a bound
    as a point not far beyond it. None where the two cannot be compared.
    """
    other = fact.row
    if not fits(plan, row.unit, other.unit):
        return None
    year = fact.period.year if fact.period is not None else plan.as_of.year
    low = plan.conversion.value(row.value, row.unit, other.unit, year)
    top = low if high is None else plan.conversion.value(high, row.unit, other.unit, year)
    if low is None or top is None:
        return None
    is_point = row.qualifier in POINT and high is None
    if is_point and other.qualifier in POINT:
        return "same" if _points_agree(plan, row, fact, rules, text) else "apart"
    slack = _slack(row, other, rules)
    one, two = _interval(low, top, row.qualifier, slack), _interval(other.value, other.value, other.qualifier, slack)
    if one[0] > two[1] or two[0] > one[1]:
        return "apart"
    if other.qualifier not in POINT:
        alike = row.qualifier == other.qualifier and high is None
        return "same" if alike and _points_agree(plan, row, fact, rules, text) else "open"
    if row.qualifier in POINT or min(abs(low), abs(other.value)) * (1 + rules.bound) >= max(abs(low), abs(other.value)):
        return "same"
    return "open"


def agrees(plan: Plan, row: Observation, high: float | None, fact: Fact, rules: Rules, text: str = "") -> bool:
    """Whether a claim says what is known; see `relation`."""
    return relation(plan, row, high, fact, rules, text) == "same"


def _interval(low: float, high: float, qualifier: str, slack: float) -> tuple[float, float]:
    """The values that a statement lets be, both ends a little wider than written."""
    return (
        -inf if qualifier in _UPPER else low - slack * abs(low),
        inf if qualifier in _LOWER else high + slack * abs(high),
    )


def _slack(row: Observation, other: Observation, rules: Rules) -> float:
    if row.unit == other.unit == "rank":
        return 0.0
    if currency(row.unit) != currency(other.unit):
        return CURRENCY_TOLERANCE
    return rules.about if "about" in (row.qualifier, other.qualifier) else SAME


def _points_agree(plan: Plan, row: Observation, fact: Fact, rules: Rules, text: str) -> bool:
    other = fact.row
    gap = apart(plan, row, other, fact.period)
    if gap is None:
        return False
    if "rank" in (row.unit, other.unit):
        return gap == 0
    if gap <= _slack(row, other, rules) and (gap <= SAME or "x" not in (row.unit, other.unit)):
        return True
    return rounded(row, other) and _may_round(row, other, text)


def _may_round(row: Observation, other: Observation, text: str) -> bool:
    """What is counted is exact, unless the wording says otherwise."""
    if not counted(row.unit):
        return True
    return "about" in (row.qualifier, other.qualifier) or _MAGNITUDE.search(text) is not None
