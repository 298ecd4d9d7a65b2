"""Where sources disagree: pure rules that find values of one thing that differ beyond rounding, and of which kind.

Compared are point values of status actual, and the baselines on which targets rest. A family is what stands before
``@`` in an indicator's id; ids that differ only by a currency code (``...-krw``, ``...-usd``) tell one fact twice.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Literal

from salpi.plan.compare import SAME, definition, family, gap_in, limit, publishers, rounded
from salpi.plan.model import POINT, Plan
from salpi.plan.periods import Period, is_period
from salpi.plan.schema import Indicator, Observation, Source, Text
from salpi.plan.wording import explain
from salpi.units import currency

Kind = Literal["definition", "vintage", "rounding", "scope", "currency", "contradiction"]

VINTAGE_DAYS = 45
"""Figures stated further apart than this are vintages: monthly releases are revised once, about a month later."""
RESTATED = 0.15
"""A statement that differs by more is no revision: the largest first-print error of the monthly series was 11 %. *Assumption*."""
HALF_LIFE_YEARS = 3.0
"""A disagreement about a year counts half as much three years on: targets are measured against recent values."""
WEIGHT: dict[Kind, float] = {
    "contradiction": 1.0,
    "currency": 0.9,
    "definition": 0.8,
    "scope": 0.8,
    "vintage": 0.6,
    "rounding": 0.2,
}
"""What the data cannot explain weighs most, what rounding explains least."""
UNKNOWN = "unknown"
"""Stands for a publisher that nobody named."""
UNDATED = "no date"
"""Stands for the period where a source gives none."""
TARGET_WEIGHT = 3.0
"""A disagreement on which a standing target rests matters threefold: it can decide between met and missed."""


@dataclass(frozen=True)
class Side:
    """One of the values that disagree; ``status`` target marks the baseline of a target."""

    indicator: str
    value: float
    unit: str
    status: str
    source: str
    source_title: str
    as_of: str | None
    definition: Text
    period: str | None = None


@dataclass(frozen=True)
class Conflict:
    """A disagreement. ``indicator`` is the family, ``gap`` the relative difference of the extremes, ``weight`` its rank."""

    id: str
    indicator: str
    subject: str
    period: str
    kind: Kind
    sides: tuple[Side, ...]
    explanation: Text
    gap: float
    weight: float


def conflicts(plan: Plan) -> tuple[Conflict, ...]:
    """Every disagreement in the plan's evidence, the weightiest first."""
    found = [*_within(plan), *_between(plan), *_same_words(plan), *_baselines(plan)]
    unique = {conflict.id: conflict for conflict in reversed(found)}
    return tuple(sorted(unique.values(), key=lambda conflict: (-conflict.weight, conflict.id)))


def disputes(
    plan: Plan, row: Observation, known: Sequence[Observation], sources: Mapping[str, Source] | None = None
) -> tuple[Conflict, ...]:
    """Where one row disagrees with what is known of its family, subject and period: a kind each, the row's side first.

    ``known`` are point values of that family for the same subject and period, of a status that is compared with the row's;
    what agrees with the row among them is left out. ``sources`` are those that the plan itself does not hold.
    """
    if row.period is None:
        return ()
    period = Period.parse(row.period)
    found: dict[tuple[Kind, str], list[tuple[Observation, float]]] = {}
    for other in known:
        apart = gap_in(plan, row, other, period)
        if apart is None or apart <= limit(row, other):
            continue
        mark = ""
        if other.indicator != row.indicator:
            kind = _kind_between(plan, row, other)
            if kind == "definition" and rounded(row, other):
                continue
        elif currency(row.unit) != currency(other.unit):
            kind = "currency"
        elif rounded(row, other):
            kind = "rounding"
        elif other.source == row.source:
            kind, mark = "contradiction", "itself"
        elif _revised(plan, row, other, apart, sources):
            kind, mark = "vintage", "claim"
        else:
            kind = "contradiction"
        found.setdefault((kind, mark), []).append((other, apart))
    return tuple(
        conflict(
            plan,
            kind,
            row.indicator,
            row.subject,
            period,
            [row, *(other for other, _ in pairs)],
            max(apart for _, apart in pairs),
            mark,
            sources,
        )
        for (kind, mark), pairs in found.items()
    )


def _revised(plan: Plan, row: Observation, other: Observation, apart: float, sources: Mapping[str, Source] | None) -> bool:
    """Whether one value replaced the other: a target that was stated anew, by however much; a figure that its publisher restated
    a while later, by a little.
    """
    if row.status == other.status == "target":
        one, two = _stated(plan, row, sources), _stated(plan, other, sources)
        return one is not None and two is not None and one != two
    if apart > RESTATED or _together(plan, row, other, sources):
        return False
    told = [plan.sources.get(its.source) or (sources or {}).get(its.source) for its in (row, other)]
    names = [publishers(source.publisher) for source in told if source is not None and source.publisher != UNKNOWN]
    return len(names) < 2 or not names[0].isdisjoint(names[1])


def _restated(plan: Plan, a: Observation, b: Observation, apart: float) -> bool:
    """Whether two values that are both held are vintages of one: who wrote the plan has put together what is one series,
    whichever paper told of it; what was laid on top is judged as a claim is.
    """
    if a in plan.laid or b in plan.laid:
        return _revised(plan, a, b, apart, None)
    return not _together(plan, a, b)


def conflict(
    plan: Plan,
    kind: Kind,
    id: str,
    subject: str,
    period: Period | None,
    rows: Sequence[Observation],
    apart: float,
    mark: str = "",
    sources: Mapping[str, Source] | None = None,
) -> Conflict:
    """A disagreement between rows, with its id, explanation and weight. ``mark`` names the rule that found it."""
    return _conflict(plan, kind, id, subject, period, [_side(plan, row, sources) for row in rows], apart, mark)


Key = tuple[str, str, Period]


def _rows(plan: Plan) -> dict[Key, list[Observation]]:
    """Point values of status actual by indicator, subject, period, in the order in which they were stated."""
    out: dict[Key, list[Observation]] = {}
    for row in plan.observations:
        known = row.indicator in plan.indicators and row.period is not None
        if known and row.status == "actual" and row.qualifier in POINT:
            out.setdefault((row.indicator, row.subject, Period.parse(row.period or "")), []).append(row)
    for rows in out.values():
        rows.sort(key=lambda row: (_stated(plan, row) or date.min, row.source, row.value))
    return out


def _within(plan: Plan) -> Iterator[Conflict]:
    """One indicator, one period, several values: restated, rounded, in contradiction, or unlike in the plan's two currencies."""
    for (id, subject, period), rows in _rows(plan).items():
        distinct = _distinct(rows)
        alike = [(a, b) for a, b in combinations(distinct, 2) if currency(a.unit) == currency(b.unit)]
        pairs = list(_apart(plan, alike, period))
        if pairs:
            if all(rounded(a, b) for a, b, _ in pairs):
                kind: Kind = "rounding"
            elif any(not rounded(a, b) and not _restated(plan, a, b, apart) for a, b, apart in pairs):
                kind = "contradiction"
            else:
                kind = "vintage"
            moneys = {currency(row.unit) for pair in pairs for row in pair[:2]}
            sides = [_side(plan, row) for row in distinct if currency(row.unit) in moneys]
            yield _conflict(plan, kind, id, subject, period, sides, max(apart for *_, apart in pairs))
        latest = {currency(row.unit): row for row in rows}.values()
        for a, b, apart in _apart(plan, combinations(latest, 2), period):
            sides = [_side(plan, a), _side(plan, b)]
            yield _conflict(plan, "currency", id, subject, period, sides, apart)


def _apart(
    plan: Plan, pairs: Iterable[tuple[Observation, Observation]], period: Period
) -> Iterator[tuple[Observation, Observation, float]]:
    """Pairs that do not agree, and by how much; what cannot be compared is no pair."""
    for a, b in pairs:
        apart = gap_in(plan, a, b, period)
        if apart is not None and apart > limit(a, b):
            yield a, b, apart


def _between(plan: Plan) -> Iterator[Conflict]:
    """Several definitions of one family: their latest values for the same subject and period."""
    groups: dict[Key, list[Observation]] = {}
    for (id, subject, period), rows in _rows(plan).items():
        if plan.indicators[id].kind != "flag":
            groups.setdefault((family(id), subject, period), []).append(rows[-1])
    for (_, subject, period), latest in groups.items():
        latest.sort(key=lambda row: row.indicator)
        by_kind: dict[Kind, list[tuple[Observation, Observation, float]]] = {}
        for a, b in combinations(latest, 2):
            apart = gap_in(plan, a, b, period)
            kind = _kind_between(plan, a, b)
            if apart is not None and apart > limit(a, b) and not (kind == "definition" and rounded(a, b)):
                by_kind.setdefault(kind, []).append((a, b, apart))
        for kind, pairs in by_kind.items():
            rows = _once(row for a, b, _ in pairs for row in (a, b))
            sides = [_side(plan, row) for row in rows]
            yield _conflict(plan, kind, rows[0].indicator, subject, period, sides, max(apart for *_, apart in pairs))


def _kind_between(plan: Plan, a: Observation, b: Observation) -> Kind:
    if currency(a.unit) != currency(b.unit) and definition(a.indicator) == definition(b.indicator):
        return "currency"
    one, two = (set(plan.indicators[row.indicator].includes) for row in (a, b))
    nested = (one and two and (one < two or two < one)) or a.indicator in two or b.indicator in one
    return "scope" if nested else "definition"


def _same_words(plan: Plan) -> Iterator[Conflict]:
    """Indicators of different families that texts call by the same words: the same period read differently."""
    words: dict[str, list[str]] = {}
    for id, indicator in plan.indicators.items():
        for phrase in {phrase.casefold() for phrases in indicator.phrases.values() for phrase in phrases}:
            words.setdefault(phrase, []).append(id)
    rows = _rows(plan)
    by_indicator: dict[str, list[Key]] = {}
    for key in rows:
        by_indicator.setdefault(key[0], []).append(key)
    pairs = {pair for ids in words.values() for pair in combinations(sorted(ids), 2) if family(pair[0]) != family(pair[1])}
    for one, two in sorted(pairs):
        for key in by_indicator.get(one, ()):
            other = rows.get((two, *key[1:]))
            if other is None:
                continue
            a, b = rows[key][-1], other[-1]
            apart = gap_in(plan, a, b, key[2])
            if apart is not None and apart > limit(a, b):
                sides = [_side(plan, a), _side(plan, b)]
                yield _conflict(plan, "scope", one, key[1], key[2], sides, apart, mark=family(two))


def _baselines(plan: Plan) -> Iterator[Conflict]:
    """A target's baseline against what its own indicator says of that period."""
    rows = _rows(plan)
    for id, target in plan.targets.items():
        base = target.baseline
        if base is None or base.period is None or target.indicator not in plan.indicators:
            continue
        period, subject = Period.parse(base.period), target.subject or plan.meta.subject
        known = rows.get((target.indicator, subject, period), [])
        source = base.source or target.sources[0]
        stated = Observation(
            indicator=target.indicator,
            subject=subject,
            period=base.period,
            value=base.value,
            unit=target.unit,
            status="target",
            as_of=target.announced,
            source=source,
        )
        gaps = [(row, apart) for row in known if (apart := gap_in(plan, stated, row, period)) is not None]
        if not gaps or any(apart <= limit(stated, row) or rounded(stated, row) for row, apart in gaps):
            continue
        last, off = gaps[-1]
        others = [
            group[-1]
            for (other, whom, when), group in rows.items()
            if family(other) == family(target.indicator) and other != target.indicator and (whom, when) == (subject, period)
        ]
        agrees = [row for row in others if (apart := gap_in(plan, stated, row, period)) is not None and apart <= SAME]
        kind: Kind = "definition" if agrees else "contradiction"
        sides = [_side(plan, row) for row in (stated, last, *agrees[:1])]
        yield _conflict(plan, kind, target.indicator, subject, period, sides, off, mark=f"baseline.{id}")


def _conflict(
    plan: Plan, kind: Kind, id: str, subject: str, period: Period | None, sides: Sequence[Side], apart: float, mark: str = ""
) -> Conflict:
    when = period.text if period is not None else UNDATED
    name = family(id)
    own = subject == plan.meta.subject
    parts = [name, *([] if own else [_slug(subject)])]
    single = kind in ("vintage", "rounding", "contradiction") or {side.indicator for side in sides} == {id}
    if single and "@" in id and not mark:
        parts.append(id.partition("@")[2])
    whole = ".".join([*parts, when.replace("/", "-to-").replace(" ", "-"), *([mark] if mark else []), kind])
    title = plan.indicators.get(name, plan.indicators[id]).name
    whom = plan.meta.subject_name if own else Text(en=subject)
    text = explain(kind, title, whom, when, sides, apart, mark)
    rests = (name, subject) in plan.aims
    years = max((plan.as_of - period.end).days / 365.25, 0.0) if period is not None else 0.0
    weight = WEIGHT[kind] * apart * 0.5 ** (years / HALF_LIFE_YEARS) * (TARGET_WEIGHT if rests else 1.0)
    return Conflict(whole, name, subject, when, kind, tuple(sides), text, apart, weight)


def _slug(subject: str) -> str:
    """A subject inside an id; where letters are lost on the way (한미), a mark keeps two subjects apart."""
    body = re.sub(r"[^a-z0-9]+", "-", subject.casefold()).strip("-")
    mark = "" if subject.isascii() and body else f"{zlib.crc32(subject.encode('utf-8')):08x}"
    return "-".join(part for part in (body, mark) if part)


def _side(plan: Plan, row: Observation, sources: Mapping[str, Source] | None = None) -> Side:
    source = plan.sources.get(row.source) or (sources or {}).get(row.source)
    indicator: Indicator = plan.indicators[row.indicator]
    title = source.title if source else row.source
    return Side(row.indicator, row.value, row.unit, row.status, row.source, title, row.as_of, indicator.definition, row.period)


def _stated(plan: Plan, row: Observation, sources: Mapping[str, Source] | None = None) -> date | None:
    """The day on which this source said so: where ``as_of`` is only the series' usual lag, the source's publication."""
    source = plan.sources.get(row.source) or (sources or {}).get(row.source)
    text = source.published if row.as_of_basis == "lag" and source is not None and source.published else row.as_of
    return Period.parse(text).end if text and is_period(text) else None


def _together(plan: Plan, a: Observation, b: Observation, sources: Mapping[str, Source] | None = None) -> bool:
    one, two = _stated(plan, a, sources), _stated(plan, b, sources)
    if "revision" in (a.as_of_basis, b.as_of_basis):
        return False
    return one is None or two is None or abs((one - two).days) <= VINTAGE_DAYS


def _distinct(rows: Sequence[Observation]) -> list[Observation]:
    """The first statement of each value."""
    seen: dict[tuple[float, str], Observation] = {}
    for row in rows:
        seen.setdefault((row.value, row.unit), row)
    return list(seen.values())


def _once(rows: Iterable[Observation]) -> list[Observation]:
    return list({id(row): row for row in rows}.values())
