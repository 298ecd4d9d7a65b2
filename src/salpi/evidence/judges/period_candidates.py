"""The periods that a number may refer to, each with what speaks for it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from typing import NamedTuple

from salpi.evidence.claims.page import Sentence
from salpi.evidence.claims.periods import year_of
from salpi.evidence.judges.decided import Said
from salpi.evidence.judges.moments import looks
from salpi.evidence.judges.nets import Candidate, Group
from salpi.evidence.judges.period_sources import (
    Offers,
    Times,
    no_time,
    of_sentences_before,
    of_the_document,
    of_the_head,
    of_the_number_before,
    of_the_sentence,
    relative,
    vague,
)
from salpi.evidence.judges.surroundings import Asked
from salpi.evidence.judges.traits import Trait, named, spell

Candidates = dict[str | None, Candidate]
"""Period → what speaks for it."""


class Everywhere(NamedTuple):
    """What speaks for periods in the whole document: ``beside`` other traits, or ``alone``."""

    beside: dict[str | None, Group]
    alone: Candidates

    @classmethod
    def of(cls, asked: Asked) -> Everywhere:
        """For all sentences with the aim of this one."""
        out: Offers = defaultdict(list)
        of_the_head(out, asked.page)
        of_the_document(out, asked)
        known = looks(asked.page)
        beside = {period: Group(_with_look(traits, *known[period])) for period, traits in out.items()}
        alone = {period: Group([(_alone, *known[period]), *group.traits]) for period, group in beside.items()}
        return cls(beside, {period: Candidate((group,), ()) for period, group in alone.items()})


class Fixed(NamedTuple):
    """What speaks for periods whatever the number of a sentence; the last period of the sentences before; the sentence's times."""

    candidates: Candidates
    carried: str | None
    times: Times

    @classmethod
    def of(cls, asked: Asked, near: dict[int, Sentence]) -> Fixed:
        before: Offers = defaultdict(list)
        latest, times = of_sentences_before(before, asked.sentence, near), Times.of(asked.sentence)
        beside, alone = asked.page.once(f"times, {asked.sentence.aim}", Everywhere.of, asked)
        if not before:
            return cls(alone, latest, times)
        known, found = looks(asked.page), Candidates()
        for period, traits in before.items():
            look, other = known[period], beside.get(period)
            group = Group([(_alone, *look), *_with_look(traits, *look)])
            found[period] = Candidate((group,) if other is None else (group, other), ())
        for period, candidate in alone.items():
            found.setdefault(period, candidate)
        return cls(found, latest, times)


def candidates(asked: Asked, said: Said, near: dict[int, Sentence]) -> Candidates:
    """Period → what speaks for it. ``near``: the document's sentences by number (none for a table's cells)."""
    fixed = asked.once("offers", Fixed.of, asked, near)
    out, known = fixed.candidates.copy(), looks(asked.page)
    for period, traits in _offers(asked, said, fixed).items():
        size, when = known[period]
        own: list[Trait] = [(with_look, trait, size, when) for trait in traits]
        shared = out.get(period)
        if shared is None:
            out[period] = Candidate((), [(_alone, size, when), *own])
        else:
            out[period] = Candidate(shared.groups, own)
    return out


def _offers(asked: Asked, said: Said, fixed: Fixed) -> Offers:
    """Period → what speaks for it at this number."""
    sentence, one, times = asked.sentence, asked.one, fixed.times
    points = len(times.points)
    before, after = bisect_right(times.ends, one.start), bisect_left(times.starts, one.end)
    out: Offers = defaultdict(list)
    if said.named:
        of_the_number_before(out, asked, said)
    if points:
        spoken = (("q", said.named[-1].period if said.named else None), ("c", fixed.carried))
        of_the_sentence(out, asked, times, before, after, [(name, year) for name, period in spoken if (year := year_of(period))])
        if times.years is not None:
            out[times.years].append((named, "pair"))
    if times.hanging:
        relative(out, asked, times, said, before, after, fixed.carried)
    if times.vague:
        vague(out, asked, times)
    budget = asked.page.budget_before(one.start)
    if budget:
        out[budget].append((named, "budget"))
    out[None].append((no_time, not sentence.times, not points, before > 0, after < points, fixed.carried is None))
    return out


def _alone(size: str, when: str) -> tuple[str, ...]:
    return f"g={size}", f"t={when}", f"g={size}|t={when}"


def with_look(trait: Trait, size: str, when: str) -> tuple[str, ...]:
    """What speaks for a period, by itself and with its grain and tense."""
    return tuple(each for name in spell(trait) for each in (name, f"{name}|{when}", f"{name}|{size}"))


def _with_look(traits: list[Trait], size: str, when: str) -> list[Trait]:
    return [(with_look, trait, size, when) for trait in traits]
