"""Checks that need no second statement of a figure: is it of the size that its surroundings let one expect?

Each looks at one claim, as a row of the plan, and gives a conflict of the kind that a reader would suspect, with the value beside
which the claim looks odd. None of them knows an indicator, a country or a document by name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from salpi.evidence.reconcile.agree import agrees, apart, fits, near
from salpi.evidence.reconcile.finding import Context
from salpi.evidence.reconcile.known import Fact, Known
from salpi.evidence.reconcile.rules import Rules
from salpi.plan.compare import family
from salpi.plan.model import POINT
from salpi.plan.periods import Period
from salpi.plan.reconcile import Conflict, Kind, conflict
from salpi.plan.schema import Observation
from salpi.units import UnitError, currency, factor

_RECORD = re.compile(
    r"\b(?:all[- ]time high|highest ever|largest ever|historic(?:al)? high"
    r"|(?:an?|new|hit|set|reach\w*|of|at) (?:all-time )?record"
    r"|record[- ](?:high|low|breaking|year|exports?|sales|revenue|level|amount|US|KRW)\b|record [$₩€£\d])"
    r"|역대\s?최(?:대|고)|사상\s?최(?:대|고)|최대\s?실적|신기록",
    re.IGNORECASE,
)
LIKE_TOLERANCE = 0.02
"""A figure that lies so near another indicator's in the same period may be that one: both are rounded."""

Check = Callable[[Observation, Context, Known, Rules], Iterator[Conflict]]


def suspicions(row: Observation, context: Context, known: Known, rules: Rules) -> tuple[Conflict, ...]:
    """All that is odd about a value that nothing known states for its period."""
    return tuple(found for check in CHECKS for found in check(row, context, known, rules))


def record(row: Observation, context: Context, known: Known, rules: Rules) -> Iterator[Conflict]:
    """Called a record, but an earlier value is higher (of what should rise) or lower (of what should fall)."""
    indicator = known.plan.indicators[row.indicator]
    if row.status not in ("actual", "forecast") or not _RECORD.search(context.sentence):
        return
    period = Period.parse(row.period) if row.period else None
    before = [fact for fact in _points(known.facts(row.indicator, row.subject), "actual") if _earlier(fact.period, period)]
    comparable = [
        fact for fact in before if fits(known.plan, row.unit, fact.row.unit) and not agrees(known.plan, row, None, fact, rules)
    ]
    sign = -1.0 if indicator.direction == "down" else 1.0
    best = max(comparable, key=lambda fact: sign * _in_unit(known, fact.row, row.unit, fact.period), default=None)
    if best is not None and sign * _in_unit(known, best.row, row.unit, best.period) > sign * row.value:
        yield _flag(known, "contradiction", row, [best], "record")


def _earlier(one: Period | None, period: Period | None) -> bool:
    """Whether a period ended before another of the same length; before an unknown one, every year did."""
    if one is None or period is None:
        return one is not None and one.freq == "year"
    return one.freq == period.freq and one.end < period.start


def magnitude(row: Observation, context: Context, known: Known, rules: Rules) -> Iterator[Conflict]:
    """More money than any target of the plan asks for the same subject, and than this indicator ever showed: a larger whole?"""
    money = known.plan.meta.currencies
    if currency(row.unit) not in (money.home, money.trade) or row.subject != known.plan.meta.subject:
        return
    targets = known.largest(row.subject, row.unit, lambda fact: _money(known, fact, row.unit))
    if not targets or row.value <= targets[0][0] or family(row.indicator) in {family(f.row.indicator) for _, f in targets}:
        return
    own = [fact for fact in known.facts(row.indicator, row.subject) if fits(known.plan, row.unit, fact.row.unit)]
    if not any(_in_unit(known, fact.row, row.unit, fact.period) * rules.jump >= row.value for fact in own):
        first: dict[str, Fact] = {}
        for _, fact in targets:
            first.setdefault(family(fact.row.indicator), fact)
        yield _flag(known, "scope", row, list(first.values())[:2], "magnitude")


def elsewhere(row: Observation, context: Context, known: Known, rules: Rules) -> Iterator[Conflict]:
    """The very amount is known for another subject of the same family, and not for this one: whose is it?"""
    if currency(row.unit) is None or row.value == 0:
        return
    found: dict[str, Fact] = {}
    for fact in known.amounts(row.indicator, row.unit, row.value):
        if fact.row.status in (row.status, "target", "announced") and fact.row.subject != row.subject:
            found.setdefault(fact.row.subject, fact)
    if found:
        yield _flag(known, "scope", row, list(found.values())[:2], "subject")


def jump(row: Observation, context: Context, known: Known, rules: Rules) -> Iterator[Conflict]:
    """Many times, or a small part of, the nearest value in time of the same length of period."""
    period = Period.parse(row.period) if row.period else None
    if period is None or row.value <= 0 or row.unit in ("rank", "x", "pp") or known.plan.indicators[row.indicator].kind == "flag":
        return
    wanted = ("actual", row.status)
    for days, fact in known.nearest(row.indicator, row.subject, period):
        if days > 365.25 * rules.jump_years:
            return
        other = fact.row
        if other.status in wanted and other.qualifier in POINT and other.value > 0 and fits(known.plan, row.unit, other.unit):
            break
    else:
        return
    ratio = row.value / _in_unit(known, fact.row, row.unit, fact.period)
    if ratio > rules.jump or ratio < 1 / rules.jump:
        yield _flag(known, "scope", row, [fact], "jump")


def contained(row: Observation, context: Context, known: Known, rules: Rules) -> Iterator[Conflict]:
    """Of a flow, a longer period cannot hold less than a shorter one within it."""
    if row.period is None or row.status != "actual" or known.plan.indicators[row.indicator].kind != "flow":
        return
    period = Period.parse(row.period)
    for fact in _points(known.touching(row.indicator, row.subject, period.start.year, period.end.year), "actual"):
        other = fact.period
        if other is None or other == period:
            continue
        longer = period.start <= other.start and other.end <= period.end
        if not (longer or (other.start <= period.start and period.end <= other.end)):
            continue
        value = _in_unit(known, fact.row, row.unit, other)
        less = row.value < value if longer else row.value > value
        if less and row.value >= 0 and value >= 0 and (apart(known.plan, row, fact.row, other) or 0.0) > rules.about:
            yield _flag(known, "contradiction", row, [fact], "within")
            return


def sums(row: Observation, context: Context, known: Known, rules: Rules) -> Iterator[Conflict]:
    """A whole is no less than one of its parts, and no less than their sum."""
    plan = known.plan
    if row.period is None:
        return
    period = Period.parse(row.period)

    def value(id: str) -> Fact | None:
        facts = [fact for fact in _points(known.at(id, row.subject, period), row.status) if fits(plan, row.unit, fact.row.unit)]
        return facts[-1] if facts else None

    parts = [fact for id in plan.indicators[row.indicator].includes if id in plan.indicators and (fact := value(id))]
    if parts:
        total = sum(_in_unit(known, fact.row, row.unit, period) for fact in parts)
        largest = max(parts, key=lambda fact: _in_unit(known, fact.row, row.unit, period))
        disjoint = not any(a.row.indicator in plan.indicators[b.row.indicator].includes for a in parts for b in parts)
        limit = row.value * (1 + rules.sum_tolerance)
        if _in_unit(known, largest.row, row.unit, period) > limit:
            yield _flag(known, "contradiction", row, [largest], "part")
        elif disjoint and len(parts) == len(plan.indicators[row.indicator].includes) and total > limit:
            yield _flag(known, "contradiction", row, parts, "sum")
    for whole in known.wholes(row.indicator):
        fact = value(whole)
        if fact is not None and row.value > _in_unit(known, fact.row, row.unit, period) * (1 + rules.sum_tolerance):
            yield _flag(known, "contradiction", row, [fact], "whole")


def twins(row: Observation, known: Known) -> Iterator[Conflict]:
    """One amount as the target of two families for the same subject and date: one number, two denominators."""
    if row.status != "target" or row.period is None or currency(row.unit) is None:
        return
    period = Period.parse(row.period)
    for fact in known.targets(row.subject):
        same = fact.period == period and fact.row.unit == row.unit and fact.row.value == row.value
        if same and family(fact.row.indicator) != family(row.indicator):
            yield _flag(known, "scope", row, [fact], "same-number")


def alike(row: Observation, known: Known) -> Fact | None:
    """Another family's value of the same subject and period that the figure comes near: one may be taken for the other."""
    if currency(row.unit) is None or row.period is None:
        return None
    period = Period.parse(row.period)
    for fact in _points(known.of_subject(row.subject, period), row.status):
        if family(fact.row.indicator) != family(row.indicator) and near(known.plan, row, fact, LIKE_TOLERANCE):
            return fact
    return None


def two_currencies(first: Observation, second: Observation, known: Known) -> bool:
    """Whether two amounts are in the plan's two currencies."""
    money = known.plan.meta.currencies
    return money.home != money.trade and {first.unit, second.unit} == {money.home, money.trade}


def implied_rate(first: Observation, second: Observation, year: int, known: Known, rules: Rules) -> Conflict | None:
    """Two readings of one fact in the plan's two currencies whose rate is not the year's; None where it is, or none is known."""
    money = known.plan.meta.currencies
    if not first.value or not second.value:
        return None
    home, trade = (first, second) if first.unit == money.home else (second, first)
    try:
        rate = known.plan.rate(year)
    except LookupError:
        return None
    implied = home.value / trade.value
    if abs(implied / rate - 1) <= rules.rate_tolerance:
        return None
    period = Period.parse(second.period) if second.period else None
    gap = abs(implied - rate) / max(implied, rate)
    rows = [second, first]
    return conflict(known.plan, "currency", second.indicator, second.subject, period, rows, gap, "rate", known.sources)


CHECKS: tuple[Check, ...] = (record, magnitude, elsewhere, jump, contained, sums)


def _points(facts: list[Fact], *statuses: str) -> list[Fact]:
    return [fact for fact in facts if fact.row.status in statuses and fact.row.qualifier in POINT and fact.target is None]


def _in_unit(known: Known, row: Observation, unit: str, period: Period | None) -> float:
    """A value in another unit, or in the plan's other currency at the mean rate of its period's year."""
    if row.unit == unit:
        return row.value
    money = known.plan.meta.currencies
    try:
        if currency(row.unit) == currency(unit):
            return row.value * factor(row.unit, unit)
        rate = known.plan.rate(period.year if period is not None else known.plan.as_of.year)
        if currency(unit) == money.home:
            return row.value * factor(row.unit, money.trade) * rate * factor(money.home, unit)
        return row.value * factor(row.unit, money.home) / rate * factor(money.trade, unit)
    except (UnitError, LookupError):
        return float("nan")


def _money(known: Known, fact: Fact, unit: str) -> float:
    """A fact's amount in a unit, not a number where it is no money."""
    return _in_unit(known, fact.row, unit, fact.period) if fits(known.plan, unit, fact.row.unit) else float("nan")


def _flag(known: Known, kind: Kind, row: Observation, facts: list[Fact], mark: str) -> Conflict:
    period = Period.parse(row.period) if row.period else None
    gap = max((apart(known.plan, row, fact.row, fact.period) or 0.0) for fact in facts)
    rows = [row, *(fact.row for fact in facts)]
    return conflict(known.plan, kind, row.indicator, row.subject, period, rows, gap, mark, known.sources)
