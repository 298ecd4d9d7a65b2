"""What is known so far: the plan's observations and targets, and what the ledger has taken in, indexed for comparison."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from salpi.plan.compare import family
from salpi.plan.model import Plan
from salpi.plan.periods import Period
from salpi.plan.schema import Grade, Observation, Source

_ORDER: dict[Grade, int] = {"A": 0, "B": 1, "C": 2, "D": 3}


@dataclass(frozen=True, slots=True)
class Fact:
    """A row that claims are compared with. ``target`` is the id of the target that it states, ``after`` the one that replaced it."""

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
    _by_subject: dict[str, list[Fact]] = field(default_factory=dict)
    _by_indicator: dict[str, list[Fact]] = field(default_factory=dict)
    _wholes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _candidates: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _publishers: dict[str, set[str]] = field(default_factory=dict)
    _grades: dict[str, tuple[Grade, str]] = field(default_factory=dict)
    _subjects: dict[str, str] = field(default_factory=dict)

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
        for id, indicator in plan.indicators.items():
            for part in indicator.includes:
                known._wholes[part] = (*known._wholes.get(part, ()), id)
        for row in plan.observations:
            if row.source in plan.sources:
                known._publishers.setdefault(row.indicator, set()).add(plan.sources[row.source].publisher.casefold())
        known._subjects = {name.casefold(): name for name in reversed(plan.subjects)}
        return known

    def add(self, row: Observation, source: Source | None = None) -> None:
        """One observation of the ledger."""
        if source is not None:
            self.sources[row.source] = source
        self._put(Fact(row, Period.parse(row.period) if row.period else None, layer="ledger"))

    def _put(self, fact: Fact) -> None:
        self._facts.setdefault((fact.row.indicator, fact.row.subject.casefold()), []).append(fact)
        self._by_subject.setdefault(fact.row.subject.casefold(), []).append(fact)
        self._by_indicator.setdefault(fact.row.indicator, []).append(fact)

    def candidates(self, indicator: str) -> tuple[str, ...]:
        """The plan's indicators that a catalogue id may mean: the id itself, its definitions, those that have it as an alias."""
        return self._candidates.get(indicator, ())

    def facts(self, indicator: str, subject: str) -> list[Fact]:
        """All that is known of an indicator and subject, in the order in which it was put in."""
        return self._facts.get((indicator, subject.casefold()), [])

    def family_facts(self, indicator: str) -> list[Fact]:
        """All that is known of an indicator, whatever the subject."""
        return self._by_indicator.get(indicator, [])

    def wholes(self, indicator: str) -> tuple[str, ...]:
        """The indicators that include this one."""
        return self._wholes.get(indicator, ())

    def of_subject(self, subject: str) -> list[Fact]:
        """All that is known of a subject."""
        return self._by_subject.get(subject.casefold(), [])

    def subject(self, name: str) -> str:
        """A subject as the plan spells it."""
        return self._subjects.get(name.casefold(), name)

    def uses(self, publisher: str | None, indicator: str) -> bool:
        """Whether a publisher is one from which the plan takes this indicator."""
        return publisher is not None and publisher.casefold() in self._publishers.get(indicator, ())

    def grade(self, publisher: str | None) -> tuple[Grade, str] | None:
        """Quality and kind that the plan gives a publisher's documents most often; None for one that it does not know."""
        return self._grades.get(publisher.casefold()) if publisher else None


def _candidates(plan: Plan) -> dict[str, tuple[str, ...]]:
    out: dict[str, list[str]] = {}
    for id, indicator in plan.indicators.items():
        for name in dict.fromkeys((id, id.partition("@")[0], family(id), *indicator.aliases)):
            out.setdefault(name, []).append(id)
    return {name: tuple(sorted(set(ids), key=lambda id: (id != name, id))) for name, ids in out.items()}


def _grades(plan: Plan) -> dict[str, tuple[Grade, str]]:
    by_publisher: dict[str, list[Source]] = {}
    for source in plan.sources.values():
        by_publisher.setdefault(source.publisher.casefold(), []).append(source)
    return {name: (_most(s.quality for s in rows), _kind(rows)) for name, rows in by_publisher.items()}


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
        row = Observation.model_validate({**common, "value": target.value, "unit": target.unit, "status": status})
        yield row, id, target.superseded_by
        if target.relative is not None and target.unit != "x":
            multiple = {**common, "value": target.relative.multiple, "unit": "x", "status": status}
            yield Observation.model_validate(multiple), id, target.superseded_by


def at_least(grade: Grade, least: Grade) -> bool:
    """Whether a grade is as good as another."""
    return _ORDER[grade] <= _ORDER[least]
