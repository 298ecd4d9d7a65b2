"""Annotated documents as the judges will meet them: each number asked in its turn, answered from its record."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from sys import intern
from typing import Any

from salpi.evidence.claims.catalogue import Catalogue
from salpi.evidence.claims.page import Page, Sentence
from salpi.evidence.claims.tables import tables
from salpi.evidence.extract import Extraction
from salpi.evidence.judges import own_time, period_candidates, scenes, status, subject, subject_traits, units
from salpi.evidence.judges.cast import Cast
from salpi.evidence.judges.court import Bar, Court
from salpi.evidence.judges.decided import Decided, Said
from salpi.evidence.judges.indicator import NONE, split
from salpi.evidence.judges.surroundings import Asked, in_roles, spoken, surroundings
from salpi.evidence.judges.traits import Trait, spelled
from salpi.evidence.judges.units import UnitJudge
from salpi.evidence.quantities.found import Found
from salpi.evidence.quantities.nearby import Place
from salpi.evidence.reading import Reading
from salpi.evidence.record import Document

Row = dict[str, Any]
MISHEARD = 0.1
"""How often an example is told a wrong subject of the number before, where no court tells it what one would have said."""


@dataclass
class Choice:
    """Candidates with their features, which of them are right, and what the number itself says."""

    candidates: list[list[str]]
    right: list[bool]
    asked: list[str] = field(default_factory=list)


@dataclass
class Example:
    """One number with its right answers. ``bases``: (base, form) pairs that are good."""

    kind: str
    features: list[str]
    shared: dict[str, list[str]]
    answers: set[tuple[str, str]]
    weight: float = 1.0


@dataclass
class Gathered:
    """All examples, by judge."""

    indicator: list[Example] = field(default_factory=list)
    subject: list[Choice] = field(default_factory=list)
    period: list[Choice] = field(default_factory=list)
    status: list[tuple[list[str], set[str]]] = field(default_factory=list)
    unit: list[Choice] = field(default_factory=list)  # nothing here hangs on what was said before: no second hearing
    times: int = 1  # how often each number is asked

    def extend(self, more: Gathered) -> None:
        """Add other examples."""
        self.indicator += more.indicator
        self.subject += more.subject
        self.period += more.period
        self.status += more.status
        self.unit += more.unit
        self.times = more.times


def _names(traits: Iterable[Trait], more: Iterable[str] = ()) -> list[str]:
    """The names of some traits' features: a name is there once, however many numbers have it."""
    return [intern(name) for name in (*more, *spelled(traits))]


def records(folder: Path) -> dict[str, list[Row]]:
    """Gold records of a folder, by document."""
    out: dict[str, list[Row]] = {}
    for line in folder.with_suffix(".jsonl").read_text(encoding="utf-8").splitlines():
        if line.strip():
            row = json.loads(line)
            out.setdefault(row["doc"], []).append(row)
    return out


def good(row: Row, key: str) -> list[Any]:
    """All values of a field that are right."""
    return [row[key], *row.get("accept", {}).get(key, [])]


class Annotated:
    """Answers from records what extraction asks, and keeps what the judges would have seen.

    ``bar``: of weights that were fitted without this document. What they say, right or wrong, is what the numbers after it hear:
    judges that learn from the records' answers alone trust those before too much. But half the documents teach too little, and
    judges that hear only what such weights say trust those before too little; so every number is asked twice, as it hears either.
    """

    def __init__(
        self, page: Page, sentences: list[Sentence], rows: list[Row], reading: Any, into: Gathered, seat: Any, bar: Bar | None
    ) -> None:
        self.page, self.rows, self.reading, self.into, self.seat = page, list(rows), reading, into, seat
        self.near = {sentence.number: sentence for sentence in sentences}
        self.court = Court(page, sentences, bar) if bar else None
        self.cast = self.court.cast if self.court else Cast.of(page)
        self.told = Said()  # the records' answers, now and then misheard
        self.heard = (self.told, self.court.said) if self.court else (self.told,)
        self.chance = random.Random(page.text[:200])

    def _row(self, asked: Asked) -> Row | None:
        start, end = self.reading.span(asked.one.start, asked.one.end)
        for row in self.rows:
            a, b = row["span"]
            if a < end and start < b and row["unit"] == asked.one.unit and _close(row["value"], asked.one.value):
                return row
        return None

    def decide(self, asked: Sequence[Asked]) -> list[Decided]:
        """The recorded attributions, or what the court says; its judges are asked of each number after the one before."""
        if self.court is None:
            return [self._told(one) for one in asked]
        seen = self.court.look(asked).seen if asked else []
        out = []
        for one, sight in zip(asked, seen, strict=True):
            self._told(one)
            out.append(self.court.settle(one, sight))
        return out

    def _told(self, asked: Asked) -> Decided:
        """The recorded attribution; what no record covers is no example and has no indicator."""
        row, one, sentence = self._row(asked), asked.one, asked.sentence
        known = self.page.catalogue.ids
        base, form = split(row["indicator"], known) if row and row["indicator"] else (NONE, "level")
        if row is not None:
            around = _names([*surroundings(asked), *in_roles(asked), *spoken(asked)])
            ids = good(row, "indicator") if row["indicator"] else [None]  # none that is said first is to be learned
            answers = {split(id, known) if id else (NONE, "level") for id in ids}
            for said in self.heard:
                if asked.kind:
                    common = {name: _names(traits) for name, traits in sorted(self.seat(asked, said).items())}
                    self.into.indicator.append(Example(asked.kind, around, common, answers))
                if base != NONE and not row.get("optional"):
                    self._rest(asked, said, row, base, form, around)
        decided = Decided(
            base, form, row["indicator"] if row else None, row["subject"] if row else None, row["period"] if row else None,
            row["status"] if row else "actual", asked.kind, sentence.number, sentence.paragraph, one.end,
        )  # fmt: skip
        if row is not None:
            self.told.add(self._misheard(decided, asked))
        return decided

    def _misheard(self, decided: Decided, asked: Asked) -> Decided:
        """The decision as the next number hears of it: now and then a wrong one, as it will be when the judges decide."""
        if decided.indicator is None:
            return decided
        if self.chance.random() < MISHEARD:
            others = [name for name in self.cast.by if name != decided.subject]
            if others:
                decided = replace(decided, subject=self.chance.choice(others))
        if self.chance.random() < MISHEARD / 2:
            others = [mention.period for mention in self.page.times if mention.period and mention.period != decided.period]
            decided = replace(decided, period=self.chance.choice([None, *others]))
        return decided

    def _rest(self, asked: Asked, said: Said, row: Row, base: str, form: str, around: list[str]) -> None:
        there = scenes.scene(asked, self.cast, said)
        names, said_of = scenes.names(there), subject.about(asked, base, form)
        right = {str(name).casefold() for name in good(row, "subject")}
        self.into.subject.append(
            Choice(
                [_names(each.all()) for each in subject_traits.candidates(there, names, base)],
                [name.casefold() in right for name in names],
                _names(said_of),
            )
        )
        about = own_time.about(asked, base, form)
        found = period_candidates.candidates(asked, said, {} if asked.cell else self.near)
        right_periods = good(row, "period")
        self.into.period.append(
            Choice(
                [_names(each.all()) for each in found.values()],
                [each in right_periods for each in found],
                _names(about),
            )
        )
        traits = [*status.traits(asked, said, base, form, row["period"], about), *status.wording(asked)]
        self.into.status.append((_names(traits, status.around(around)), set(good(row, "status"))))


class Measured:
    """Keeps what the judge of units would have seen of each figure that it is asked about, and what the records say it measures.

    ``judge``: decides; without one the grammar's rules do.
    """

    def __init__(self, text: str, rows: list[Row], reading: Reading, into: Gathered, judge: UnitJudge | None) -> None:
        self.rows, self.reading, self.into, self.judge = rows, reading, into, judge
        self.tables = [(table.start, table.end) for table in tables(text)]

    def __call__(self, text: str, found: list[Found], at: int, near: Place, one: Found) -> None:
        start, end = self.reading.span(one.start, one.end)
        rows = [row for row in self.rows if row["span"][0] < end and start < row["span"][1]]
        if not any(row.get("optional") for row in rows) and not any(a <= one.start < b for a, b in self.tables):
            asked = units.bare(text, found, at, near, one)
            candidates = units.candidates(asked)
            right = set(good(rows[0], "unit")) if rows else {None}
        else:
            candidates = {}
        if len(candidates) > 1:
            self.into.unit.append(
                Choice(
                    [_names(each.all()) for each in candidates.values()],
                    [unit in right for unit in candidates],
                    _names(units.about(asked)),
                )
            )
        if self.judge is not None:
            self.judge(text, found, at, near, one)


def _close(gold: float, found: float) -> bool:
    return abs(abs(gold) - abs(found)) <= 0.005 * max(abs(gold), 1e-12)


def documents(folder: Path) -> Iterator[tuple[Document, list[Row]]]:
    """The documents of a folder with their records."""
    rows = records(folder)
    for path in sorted(folder.glob("*.txt")):
        data = path.read_bytes()
        yield Document(hashlib.sha256(data).hexdigest(), path.name, data.decode("utf-8")), rows.get(path.name, [])


def gather(folders: list[Path], catalogue: Catalogue, seat: Any, bar: Bar | None = None) -> Gathered:
    """The examples of all documents of some folders.

    ``seat``: (asked, said) → the features shared by ids. ``bar``: of weights that were fitted without these folders.
    """
    out = Gathered(times=1 if bar is None else 2)
    for folder in folders:
        for document, rows in documents(folder):
            answering: list[Annotated] = []

            def judge(
                page: Page, sentences: list[Sentence], rows: list[Row] = rows, kept: list[Annotated] = answering
            ) -> Annotated:
                kept.append(Annotated(page, sentences, rows, None, out, seat, bar))
                return kept[0]

            reading = Reading.of(document.text)
            measured = Measured(reading.text, rows, reading, out, bar.units if bar else None)
            extraction = Extraction(document, catalogue, judge, measured)
            answering[0].reading = extraction.reading
            extraction.claims()
    return out
