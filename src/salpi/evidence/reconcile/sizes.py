"""Is a figure of the size that its own series, its indicator's bounds and the plan's targets let one expect?"""

from __future__ import annotations

from collections.abc import Iterator
from math import sqrt

from salpi.evidence.reconcile.agree import counted
from salpi.evidence.reconcile.beside import converts, flag, in_unit, money
from salpi.evidence.reconcile.finding import Context
from salpi.evidence.reconcile.known import Fact, Known
from salpi.evidence.reconcile.rules import Rules
from salpi.plan.compare import family
from salpi.plan.model import POINT
from salpi.plan.periods import Period
from salpi.plan.reconcile import Conflict
from salpi.plan.schema import Indicator, Observation
from salpi.units import currency


def beyond_bounds(row: Observation, known: Known) -> str | None:
    """Why a value cannot be one of its indicator: its bounds, in its unit; ranks start at 1, flags are 0 or 1."""
    indicator = known.plan.indicators[row.indicator]
    at = known.plan.conversion.of(row)
    if at is None:
        return None
    if indicator.kind == "rank" and at.value < 1:
        return "ranks start at 1"
    if indicator.kind == "flag" and at.value not in (0, 1):
        return "a flag is 0 or 1"
    low, high = indicator.bounds
    if (low is None or at.value >= low) and (high is None or at.value <= high):
        return None
    span = f"{'-inf' if low is None else f'{low:g}'} to {'inf' if high is None else f'{high:g}'} {indicator.unit}"
    return f"{at.value:g} {indicator.unit} is out of the indicator's bounds, {span}"


def magnitude(row: Observation, context: Context, known: Known, rules: Rules) -> Iterator[Conflict]:
    """More money than any target of the plan asks for the same subject, and many times what its own series and targets showed: a
    larger whole?
    """
    plan = known.plan
    pair = plan.meta.currencies
    if currency(row.unit) not in (pair.home, pair.trade) or row.subject != plan.meta.subject:
        return
    targets = known.largest(row.subject, row.unit, lambda fact: money(known, fact, row.unit))
    if not targets or row.value <= targets[0][0]:
        return
    own = [fact for fact in known.facts(row.indicator, row.subject) if converts(known, fact, row.unit)]
    if not any(in_unit(known, fact.row, row.unit, fact.period) * rules.jump >= row.value for fact in own):
        first: dict[str, Fact] = {}
        for _, fact in targets:
            first.setdefault(family(fact.row.indicator), fact)
        yield flag(known, "scope", row, list(first.values())[:2], "magnitude")


def jump(row: Observation, context: Context, known: Known, rules: Rules) -> Iterator[Conflict]:
    """Many times, or a small part of, what the nearest value in time lets one expect."""
    indicator = known.plan.indicators[row.indicator]
    period = Period.parse(row.period) if row.period else None
    if period is None or row.value <= 0 or row.unit in ("rank", "x", "pp") or indicator.kind == "flag":
        return
    fact = _neighbour(row, period, indicator, known, rules)
    if fact is None or fact.period is None:
        return
    others = fact.period.months
    months = period.months if indicator.kind == "flow" else others  # of a level the length says nothing
    expected = in_unit(known, fact.row, row.unit, fact.period) * months / others
    ratio = row.value / expected if expected > 0 else float("inf")
    low, high = _limits(months, others, rules)
    if low <= ratio <= high or (counted(row.unit) and _by_chance(row.value, expected, rules)):
        return
    yield flag(known, "scope", row, [fact], "jump")


def _neighbour(row: Observation, period: Period, indicator: Indicator, known: Known, rules: Rules) -> Fact | None:
    """The nearest known point in time: of the same length, else of any; of a level, of any at once. What changes sign (growth
    rates) is compared with the same length only.
    """
    signed = row.unit == "%" and indicator.bounds[0] is None
    freq = period.freq if signed else None
    other: Fact | None = None
    for days, fact in known.nearest(row.indicator, row.subject, period, freq):
        if days > 365.25 * rules.jump_years:
            break
        its = fact.row
        usable = its.status in ("actual", row.status) and its.qualifier in POINT and converts(known, fact, row.unit)
        if not usable or fact.period is None or not (its.value > 0 or (its.value == 0 and counted(row.unit))):
            continue
        if fact.period.months == period.months or (indicator.kind != "flow" and not signed):
            return fact
        if other is None and not _nested(period, fact.period) and not signed:
            other = fact
    return other


def _nested(one: Period, two: Period) -> bool:
    """Whether a period lies within the other: such values are added up, not compared."""
    return (one.start <= two.start and two.end <= one.end) or (two.start <= one.start and one.end <= two.end)


def _limits(months: int, others: int, rules: Rules) -> tuple[float, float]:
    """Between which multiples of what is expected a value is ordinary. A part may be all of a neighbouring whole, and no more; it
    may be well below its share, as flows are lumpy.
    """
    if months == others:
        return 1 / rules.jump, rules.jump
    if months < others:
        return 1 / rules.lumpy, max(rules.jump, others / months)
    return 1 / max(rules.jump, months / others), rules.lumpy


def _by_chance(one: float, two: float, rules: Rules) -> bool:
    """Whether two counts may differ so by chance: square roots of Poisson counts have a standard deviation of a half."""
    return sqrt(2.0) * abs(sqrt(one) - sqrt(max(two, 0.0))) <= rules.chance
