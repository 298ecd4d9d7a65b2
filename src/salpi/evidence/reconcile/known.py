"""What is known so far: the plan's observations and targets, and what the ledger has taken in, indexed for comparison."""

from __future__ import annotations

import math
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from salpi.evidence.documents import organisations
from salpi.plan.compare import family, publishers
from salpi.plan.model import Plan
from salpi.plan.periods import Freq, Period
from salpi.plan.schema import Grade, Observation, Source
from salpi.units import UnitError, currency
from salpi.units.registry import parse

LONGEST = 60
"""Years that a period spans at most; longer ones are nobody's statistics."""
CLOSE = 0.005
"""Two statements of one amount differ by no more."""
Dimension = tuple[tuple[str, float], ...]
_ORDER: dict[Grade, int] = {"A": 0, "B": 1, "C": 2, "D": 3}


@dataclass(frozen=True, slots=True)
class Fact:
    """A row that claims are compared with. ``target`` is the id of the target that it states, ``after`` the one that replaced
    it.
    """

    row: Observation
    period: Period | None
    target: str | None = None
    after: str | None = None
    layer: str = "plan"


@dataclass
class Known:
    """The plan's layer, and the ledger's on top. Subjects are compared without regard to case."""

    plan: Plan
    sources: dict[str, Source] = field(default_factory=dict)
    _facts: dict[tuple[str, str], list[Fact]] = field(default_factory=dict)
    _at: dict[tuple[str, str, Period | None], list[Fact]] = field(default_factory=dict)
    _by_subject: dict[tuple[str, Period | None], list[Fact]] = field(default_factory=dict)
    _years: dict[tuple[str, str, int], list[Fact]] = field(default_factory=dict)
    _live: dict[tuple[str, str], set[int]] = field(default_factory=dict)
    _targets: dict[str, list[Fact]] = field(default_factory=dict)
    _amounts: dict[tuple[str, Dimension, int], list[Fact]] = field(default_factory=dict)
    _by_freq: dict[tuple[str, str, Freq | None], list[tuple[int, Fact]]] = field(default_factory=dict)
    _largest: dict[tuple[str, str], list[tuple[float, Fact]]] = field(default_factory=dict)
    _measured: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    _wholes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _candidates: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _publishers: dict[str, set[str]] = field(default_factory=dict)
    _grades: dict[str, tuple[Grade, str]] = field(default_factory=dict)
    _subjects: dict[str, str] = field(default_factory=dict)
    _called: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, plan: Plan) -> Known:
        """The first layer: a plan."""
        known = cls(plan)
        for row in plan.observations:
            known._put(Fact(row, Period.parse(row.period) if row.period else None))
        for row, target, after in _targets(plan):
            known._put(Fact(row, Period.parse(row.period) if row.period else None, target, after))
        known._candidates = _candidates(plan)
        known._grades = _grades(plan)
        known._called = _called(plan)
        for id, indicator in plan.indicators.items():
            for part in indicator.includes:
                known._wholes[part] = (*known._wholes.get(part, ()), id)
        for row in plan.observations:
            if row.source in plan.sources:
                known._publishers.setdefault(row.indicator, set()).update(publishers(plan.sources[row.source].publisher))
        known._subjects = {name.casefold(): name for name in reversed(plan.subjects)}
        return known

    def copy(self) -> Known:
        """The same, to which facts can be added without touching this one."""
        held = {one.name: getattr(self, one.name) for one in fields(self) if one.name != "plan"}
        return Known(self.plan, **{name: {key: _own(value) for key, value in index.items()} for name, index in held.items()})

    def add(self, row: Observation, source: Source | None = None) -> None:
        """One observation of the ledger."""
        if source is not None:
            self.sources[row.source] = source
        self._put(Fact(row, Period.parse(row.period) if row.period else None, layer="ledger"))

    def _put(self, fact: Fact) -> None:
        row, subject = fact.row, fact.row.subject.casefold()
        self._facts.setdefault((row.indicator, subject), []).append(fact)
        self._at.setdefault((row.indicator, subject, fact.period), []).append(fact)
        self._by_subject.setdefault((subject, fact.period), []).append(fact)
        amount = _amount(row.value, row.unit)
        if amount is not None:
            self._amounts.setdefault((family(row.indicator), amount[1], _bucket(amount[0])), []).append(fact)
        self._measured.setdefault((row.indicator, subject), set()).add(row.unit)
        if fact.period is not None and fact.target is None:
            for year in range(fact.period.start.year, min(fact.period.end.year, fact.period.start.year + LONGEST) + 1):
                self._years.setdefault((row.indicator, subject, year), []).append(fact)
            for freq in (fact.period.freq, None):
                same = self._by_freq.setdefault((row.indicator, subject, freq), [])
                insort(same, (fact.period.end.toordinal(), fact), key=_day)
            if row.status == "actual":
                self._live.setdefault((row.indicator, subject), set()).add(fact.period.end.year)
        if fact.target is not None:
            self._targets.setdefault(subject, []).append(fact)

    def candidates(self, indicator: str) -> tuple[str, ...]:
        """The plan's indicators that a catalogue id may mean: the id itself, its definitions, those that have it as an alias."""
        return self._candidates.get(indicator, ())

    def facts(self, indicator: str, subject: str) -> list[Fact]:
        """All that is known of an indicator and subject, in the order in which it was put in."""
        return self._facts.get((indicator, subject.casefold()), [])

    def at(self, indicator: str, subject: str, period: Period | None) -> list[Fact]:
        """What is known of an indicator, subject and period; None: without a period."""
        return self._at.get((indicator, subject.casefold(), period), [])

    def nearest(self, indicator: str, subject: str, period: Period, freq: Freq | None) -> Iterator[tuple[int, Fact]]:
        """Observations, of periods of one frequency or of any, those nearest in time first, with the days between their ends."""
        rows = self._by_freq.get((indicator, subject.casefold(), freq), [])
        day = period.end.toordinal()
        right = bisect_left(rows, day, key=_day)
        left = right - 1
        while left >= 0 or right < len(rows):
            before = day - rows[left][0] if left >= 0 else None
            after = rows[right][0] - day if right < len(rows) else None
            if after is None or (before is not None and before <= after):
                yield before or 0, rows[left][1]
                left -= 1
            else:
                yield after, rows[right][1]
                right += 1

    def largest(self, subject: str, unit: str, amount: Callable[[Fact], float]) -> list[tuple[float, Fact]]:
        """A subject's targets in falling order of their amount in a unit, as ``amount`` gives it; worked out once."""
        key = (subject.casefold(), unit)
        if key not in self._largest:
            aimed = [(amount(fact), fact) for fact in self.targets(subject) if fact.row.status == "target"]
            known = [entry for entry in aimed if not math.isnan(entry[0])]
            self._largest[key] = sorted(known, key=lambda entry: (-entry[0], entry[1].target or ""))
        return self._largest[key]

    def touching(self, indicator: str, subject: str, first: int, last: int) -> list[Fact]:
        """Observations whose period touches the years from ``first`` to ``last``, each once."""
        subject = subject.casefold()
        found = (fact for year in range(first, last + 1) for fact in self._years.get((indicator, subject, year), ()))
        return list({id(fact): fact for fact in found}.values())

    def is_live(self, indicator: str, subject: str, first: int, last: int) -> bool:
        """Whether an actual value is known for a period that ends in one of these years."""
        years = self._live.get((indicator, subject.casefold()), ())
        return any(year in years for year in range(first, last + 1))

    def units(self, indicator: str, subject: str) -> frozenset[str]:
        """The units in which something is known of an indicator and subject."""
        return frozenset(self._measured.get((indicator, subject.casefold()), ()))

    def amounts(self, indicator: str, unit: str, value: float) -> list[Fact]:
        """Facts of a family, of any subject, that state an amount of money within half a percent, in any scale."""
        own = _amount(value, unit)
        if own is None:
            return []
        name, at = family(indicator), _bucket(own[0])
        near = (fact for step in (at - 1, at, at + 1) for fact in self._amounts.get((name, own[1], step), ()))
        return [fact for fact in near if abs(fact.row.value * parse(fact.row.unit).factor - own[0]) <= CLOSE * abs(own[0])]

    def wholes(self, indicator: str) -> tuple[str, ...]:
        """The indicators that include this one."""
        return self._wholes.get(indicator, ())

    def of_subject(self, subject: str, period: Period | None) -> list[Fact]:
        """All that is known of a subject in a period."""
        return self._by_subject.get((subject.casefold(), period), [])

    def targets(self, subject: str) -> list[Fact]:
        """The targets and outlays that speak of a subject."""
        return self._targets.get(subject.casefold(), [])

    def subject(self, name: str) -> str:
        """A subject as the plan spells it."""
        return self._subjects.get(name.casefold(), name)

    def uses(self, publisher: str | None, indicator: str) -> bool:
        """Whether a publisher is one from which the plan takes this indicator."""
        return publisher is not None and self.called(publisher).casefold() in self._publishers.get(indicator, ())

    def grade(self, publisher: str | None) -> tuple[Grade, str] | None:
        """Quality and kind that the plan gives a publisher's documents most often; None for one that it does not know."""
        return self._grades.get(self.called(publisher).casefold()) if publisher else None

    def called(self, publisher: str) -> str:
        """A publisher as the plan's sources name it, in whichever language and length it is given; itself where they do not."""
        if publisher.casefold() in self._grades:
            return publisher
        key = organisations.key(publisher)
        if key in self._called:
            return self._called[key]
        who = organisations.known(publisher)
        others = map(organisations.key, who.names if who else ())
        return next((self._called[other] for other in others if other in self._called), publisher)


def _own(value: Any) -> Any:
    """A list or a set of one's own; else the value, which nobody changes."""
    return value.copy() if isinstance(value, list | set) else value


def _day(entry: tuple[int, Fact]) -> int:
    return entry[0]


def _amount(value: float, unit: str) -> tuple[float, Dimension] | None:
    """An amount of money without its scale, and what it is money of; None for all else."""
    try:
        parsed = parse(unit) if currency(unit) is not None else None
    except UnitError:
        return None
    return None if parsed is None else (value * parsed.factor, parsed.dimension)


def _bucket(value: float) -> int:
    """Steps of half a percent: what is that close lies in one of them or the next."""
    return round(math.log(abs(value)) / CLOSE) if value else 0


def names(plan: Plan) -> tuple[str, ...]:
    """The catalogue ids that mean something of a plan."""
    return tuple(_candidates(plan))


def names_of(plan: Plan, id: str) -> tuple[str, ...]:
    """The catalogue ids that may mean an indicator of a plan."""
    aliases = plan.indicators[id].aliases if id in plan.indicators else ()
    return tuple(dict.fromkeys((id, id.partition("@")[0], family(id), *aliases)))


def _candidates(plan: Plan) -> dict[str, tuple[str, ...]]:
    out: dict[str, list[str]] = {}
    for id in plan.indicators:
        for name in names_of(plan, id):
            out.setdefault(name, []).append(id)
    return {name: tuple(sorted(set(ids), key=lambda id: (id != name, id))) for name, ids in out.items()}


def _grades(plan: Plan) -> dict[str, tuple[Grade, str]]:
    by_publisher: dict[str, list[Source]] = {}
    for source in plan.sources.values():
        for part in publishers(source.publisher):
            by_publisher.setdefault(part, []).append(source)
    return {name: (_most(s.quality for s in rows), _kind(rows)) for name, rows in by_publisher.items()}


def _called(plan: Plan) -> dict[str, str]:
    """The names of publishers as most sources spell them, and of companies as the atlas does."""
    spelled: dict[str, Counter[str]] = {}
    for source in plan.sources.values():
        for part in publishers(source.publisher):
            at = source.publisher.casefold().find(part)
            name = source.publisher[at : at + len(part)]
            spelled.setdefault(organisations.key(name), Counter())[name] += 1
    out = {key: max(sorted(names), key=lambda name: names[name]) for key, names in spelled.items() if key}
    for company in plan.atlas.companies if plan.atlas else ():
        for name in (company.name, company.name_ko):
            if key := organisations.key(name):
                out.setdefault(key, out.get(organisations.key(company.name), company.name))
    return out


def _most(grades: Iterable[Grade]) -> Grade:
    """The most frequent grade; of equally frequent ones the worse."""
    count: Mapping[Grade, int] = Counter(grades)
    return max(count, key=lambda grade: (count[grade], _ORDER[grade]))


def _kind(rows: list[Source]) -> str:
    count = Counter(source.kind for source in rows)
    return max(sorted(count), key=lambda kind: count[kind])


def _targets(plan: Plan) -> Iterable[tuple[Observation, str, str | None]]:
    """Each target as a row of status target (an outlay: announced); "doubled" as a row in the unit x."""
    for id, target in plan.targets.items():
        common = {
            "indicator": target.indicator,
            "subject": target.subject or plan.meta.subject,
            "period": target.by,
            "as_of": target.announced,
            "as_of_basis": "published",
            "source": target.sources[0],
            "note": id,
        }
        status = "announced" if target.kind in ("outlay", "rule") else "target"
        row = Observation.read({**common, "value": target.value, "unit": target.unit, "status": status})
        yield row, id, target.superseded_by
        if target.relative is not None and target.unit != "x":
            multiple = {**common, "value": target.relative.multiple, "unit": "x", "status": status}
            yield Observation.read(multiple), id, target.superseded_by


def at_least(grade: Grade, least: Grade) -> bool:
    """Whether a grade is as good as another."""
    return _ORDER[grade] <= _ORDER[least]
