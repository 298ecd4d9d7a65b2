"""Checks that need no second statement of a figure: is it of the size that its surroundings let one expect?

Each looks at one claim, as a row of the plan, and gives a conflict of the kind that a reader would suspect, with the value beside
which the claim looks odd. None of them knows an indicator, a country or a document by name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from salpi.evidence.reconcile.agree import agrees, fits
from salpi.evidence.reconcile.beside import converts, flag, in_unit, points
from salpi.evidence.reconcile.finding import Context
from salpi.evidence.reconcile.known import Fact, Known
from salpi.evidence.reconcile.parts import contained, sums
from salpi.evidence.reconcile.rules import Rules
from salpi.evidence.reconcile.sizes import jump, magnitude
from salpi.plan.compare import digits, family, gap, printed, rounded
from salpi.plan.periods import Period
from salpi.plan.reconcile import Conflict, conflict
from salpi.plan.schema import Observation
from salpi.units import currency

_RECORD = re.compile(
    r"\b(?:all[- ]time high|highest ever|largest ever|historic(?:al)? high"
    r"|(?:an?|new|hit|set|reach\w*|of|at) (?:all-time )?record"
    r"|record[- ](?:high|low|breaking|year|exports?|sales|revenue|level|amount|US|KRW)\b|record [$₩€£\d])"
    r"|역대\s?최(?:대|고)|사상\s?최(?:대|고)|최대\s?실적|신기록",
    re.IGNORECASE,
)
EQUAL = 1e-9
"""Amounts in two units are equal but for the noise of binary fractions."""

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
    before = [fact for fact in points(known.facts(row.indicator, row.subject), "actual") if _earlier(fact.period, period)]
    comparable = [fact for fact in before if converts(known, fact, row.unit) and not agrees(known.plan, row, None, fact, rules)]
    sign = -1.0 if indicator.direction == "down" else 1.0
    best = max(comparable, key=lambda fact: sign * in_unit(known, fact.row, row.unit, fact.period), default=None)
    if best is not None and sign * in_unit(known, best.row, row.unit, best.period) > sign * row.value:
        yield flag(known, "contradiction", row, [best], "record")


def _earlier(one: Period | None, period: Period | None) -> bool:
    """Whether a period ended before another of the same length; before an unknown one, every year did."""
    if one is None or period is None:
        return one is not None and one.freq == "year"
    return one.freq == period.freq and one.end < period.start


def elsewhere(row: Observation, context: Context, known: Known, rules: Rules) -> Iterator[Conflict]:
    """The very amount is known for another subject of the same family and period, and not for this one: whose is it?"""
    if currency(row.unit) is None or row.value == 0:
        return
    period = Period.parse(row.period) if row.period else None
    found: dict[str, Fact] = {}
    for fact in known.amounts(row.indicator, row.unit, row.value):
        its = fact.row
        if its.status not in (row.status, "target", "announced") or its.subject == row.subject:
            continue
        if period in (None, fact.period) and (gap(row, its) <= EQUAL or rounded(row, its)):
            found.setdefault(its.subject, fact)
    if found:
        yield flag(known, "scope", row, list(found.values())[:2], "subject")


def twins(row: Observation, known: Known) -> Iterator[Conflict]:
    """One amount as the target of two families for the same subject and date: one number, two denominators."""
    if row.status != "target" or row.period is None or currency(row.unit) is None:
        return
    period = Period.parse(row.period)
    for fact in known.targets(row.subject):
        same = fact.period == period and fact.row.unit == row.unit and fact.row.value == row.value
        if same and family(fact.row.indicator) != family(row.indicator):
            yield flag(known, "scope", row, [fact], "same-number")


def alike(row: Observation, known: Known) -> Fact | None:
    """A related indicator's value of the same subject and period that is printed with the very digits of the figure: one may be
    taken for the other.
    """
    if currency(row.unit) is None or row.period is None or row.value == 0:
        return None
    period = Period.parse(row.period)
    for fact in points(known.of_subject(row.subject, period), row.status):
        if fits(known.plan, row.unit, fact.row.unit) and _related(row, fact, known) and _same_digits(row, fact, known):
            return fact
    return None


def _related(row: Observation, fact: Fact, known: Known) -> bool:
    """Whether a text may mean either: both of one kind and prices, and a firm's own, or of one topic, or one in the other. A
    country has many amounts, whose digits meet by chance.
    """
    one, two = row.indicator, fact.row.indicator
    mine, its = known.plan.indicators[one], known.plan.indicators[two]
    if family(one) == family(two) or (mine.kind, mine.price) != (its.kind, its.price):
        return False
    own = row.subject != known.plan.meta.subject
    return own or one.partition(".")[0] == two.partition(".")[0] or one in its.includes or two in mine.includes


def _same_digits(row: Observation, fact: Fact, known: Known) -> bool:
    """Whether a figure of two digits or more is the other, as it is or rounded, also in the other currency."""
    value = in_unit(known, fact.row, row.unit, fact.period)
    told = digits(row.value)
    return told >= 2 and value == value and printed(value, told) == printed(row.value, told)


def implied_rate(first: Observation, second: Observation, year: int, known: Known, rules: Rules) -> Conflict | None:
    """Two readings of one fact in the plan's two currencies whose rate is not the year's; None where it is, or none is known."""
    money = known.plan.meta.currencies
    if not first.value or not second.value or {first.unit, second.unit} != {money.home, money.trade}:
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
    off = abs(implied - rate) / max(implied, rate)
    rows = [second, first]
    return conflict(known.plan, "currency", second.indicator, second.subject, period, rows, off, "rate", known.sources)


CHECKS: tuple[Check, ...] = (record, magnitude, elsewhere, jump, contained, sums)
