"""Wholes and parts, in time and by what an indicator includes: does a figure add up with those known?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from salpi.evidence.reconcile.agree import apart
from salpi.evidence.reconcile.beside import converts, flag, in_unit, points
from salpi.evidence.reconcile.finding import Context
from salpi.evidence.reconcile.known import Fact, Known
from salpi.evidence.reconcile.rules import Rules
from salpi.plan.periods import Period
from salpi.plan.reconcile import Conflict
from salpi.plan.schema import Observation

Piece = tuple[Period, float, Fact]


def contained(row: Observation, context: Context, known: Known, rules: Rules) -> Iterator[Conflict]:
    """Of a flow, a longer period holds no less than a shorter one within it, and what its parts add up to."""
    if row.period is None or row.status != "actual" or known.plan.indicators[row.indicator].kind != "flow":
        return
    period = Period.parse(row.period)
    facts = points(known.touching(row.indicator, row.subject, period.start.year, period.end.year), "actual")
    found = next(_less(row, period, facts, known, rules), None) or next(_totals(row, period, facts, known, rules), None)
    if found is not None:
        yield found


def _less(row: Observation, period: Period, facts: list[Fact], known: Known, rules: Rules) -> Iterator[Conflict]:
    for fact in facts:
        other = fact.period
        if other is None or other == period:
            continue
        longer = period.start <= other.start and other.end <= period.end
        if not (longer or (other.start <= period.start and period.end <= other.end)):
            continue
        value = in_unit(known, fact.row, row.unit, other)
        less = row.value < value if longer else row.value > value
        if less and row.value >= 0 and value >= 0 and (apart(known.plan, row, fact.row, other) or 0.0) > rules.about:
            yield flag(known, "contradiction", row, [fact], "within")


def _totals(row: Observation, period: Period, facts: list[Fact], known: Known, rules: Rules) -> Iterator[Conflict]:
    """Parts that fill a whole must come to it; parts that do not fill it must not come to more."""
    latest: dict[Period, Fact] = {}
    for fact in sorted(facts, key=lambda fact: fact.row.as_of or ""):
        if fact.period is not None and fact.period != period:
            latest[fact.period] = fact
    pieces = [(its, in_unit(known, fact.row, row.unit, its), fact) for its, fact in latest.items()]
    if row.value < 0 or not all(value >= 0 for _, value, _ in pieces):  # what may be negative, or cannot be converted
        return
    inside = [piece for piece in pieces if _holds(period, piece[0])]
    if (odd := _off(row.value, *_filled(period.start, period.end, inside), rules)) is not None:
        yield flag(known, "contradiction", row, [fact for _, _, fact in odd[1]], "total", odd[0])
    for whole, value, fact in pieces:
        if not _holds(whole, period):
            continue
        within = [piece for piece in pieces if _holds(whole, piece[0])]
        before, full = _filled(whole.start, period.start - timedelta(days=1), within)
        after, full_too = _filled(period.end + timedelta(days=1), whole.end, within)
        beside = [*before, *after]
        if (odd := _off(value, beside, full and full_too, rules, row.value)) is not None:
            yield flag(known, "contradiction", row, [fact, *(fact for _, _, fact in beside)], "total", odd[0])


def _holds(whole: Period, part: Period) -> bool:
    return whole != part and whole.start <= part.start and part.end <= whole.end


def _off(
    whole: float, parts: Sequence[Piece], full: bool, rules: Rules, more: float = 0.0
) -> tuple[float, Sequence[Piece]] | None:
    """How far parts (and ``more``) are from a whole, and which; None where they may be its parts."""
    total = more + sum(value for _, value, _ in parts)
    largest = max(total, whole)
    gap = abs(total - whole) / largest if largest > 0 else 0.0
    return (min(gap, 1.0), parts) if parts and gap > rules.about and (full or total > whole) else None


def _filled(start: date, end: date, pieces: Sequence[Piece]) -> tuple[list[Piece], bool]:
    """The fewest pieces that fill a stretch of time without gap, and True; else those without overlap that come to most."""
    if end < start:
        return [], True
    own = sorted(
        (piece for piece in pieces if start <= piece[0].start and piece[0].end <= end),
        key=lambda piece: (piece[0].end, -piece[1]),
    )
    fill: dict[date, list[Piece]] = {start: []}  # by the day up to which it is filled
    most: list[tuple[float, list[Piece]]] = [(0.0, [])]  # of the first so many pieces
    for at, piece in enumerate(own):
        day = piece[0].end + timedelta(days=1)
        if piece[0].start in fill and (day not in fill or len(fill[piece[0].start]) + 1 < len(fill[day])):
            fill[day] = [*fill[piece[0].start], piece]
        free = next((n for n in range(at, 0, -1) if own[n - 1][0].end < piece[0].start), 0)
        taken = most[free][0] + piece[1], [*most[free][1], piece]
        most.append(max(taken, most[at], key=lambda entry: entry[0]))
    whole = fill.get(end + timedelta(days=1))
    return (whole, True) if whole is not None else (most[-1][1], False)


def sums(row: Observation, context: Context, known: Known, rules: Rules) -> Iterator[Conflict]:
    """A whole is no less than one of its parts, and no less than their sum."""
    plan = known.plan
    if row.period is None:
        return
    period = Period.parse(row.period)

    def value(id: str) -> Fact | None:
        facts = [fact for fact in points(known.at(id, row.subject, period), row.status) if converts(known, fact, row.unit)]
        return facts[-1] if facts else None

    parts = [fact for id in plan.indicators[row.indicator].includes if id in plan.indicators and (fact := value(id))]
    if parts:
        total = sum(in_unit(known, fact.row, row.unit, period) for fact in parts)
        largest = max(parts, key=lambda fact: in_unit(known, fact.row, row.unit, period))
        disjoint = not any(a.row.indicator in plan.indicators[b.row.indicator].includes for a in parts for b in parts)
        limit = row.value * (1 + rules.sum_tolerance)
        if in_unit(known, largest.row, row.unit, period) > limit:
            yield flag(known, "contradiction", row, [largest], "part")
        elif disjoint and len(parts) == len(plan.indicators[row.indicator].includes) and total > limit:
            yield flag(known, "contradiction", row, parts, "sum")
    for whole in known.wholes(row.indicator):
        fact = value(whole)
        if fact is not None and row.value > in_unit(known, fact.row, row.unit, period) * (1 + rules.sum_tolerance):
            yield flag(known, "contradiction", row, [fact], "whole")
