"""The periods that a number may refer to, each with what speaks for it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import NamedTuple

from salpi.evidence.claims.page import Page, Sentence
from salpi.evidence.judges.decided import Said
from salpi.evidence.judges.moments import look
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
    offer,
    relative,
)
from salpi.evidence.judges.surroundings import Asked
from salpi.evidence.judges.traits import Trait, named, spell

Candidates = dict[str | None, Candidate]
"""Period → what speaks for it."""


def _group(page: Page, period: str | None, traits: list[Trait]) -> Group:
    """What speaks for a period, with its look by itself."""
    return Group([(_alone, *look(page, period)), *_with_look(page, period, traits)])


class Everywhere(NamedTuple):
    """What speaks for periods in the whole document: ``beside`` other traits, or ``alone``."""

    beside: dict[str | None, Group]
    alone: Candidates

    @classmethod
    def of(cls, asked: Asked) -> Everywhere:
        """For all sentences with the aim of this one."""
        page, out = asked.page, Offers()
        of_the_head(out, page)
        of_the_document(out, asked)
        beside = {period: Group(_with_look(page, period, traits)) for period, traits in out.items()}
        return cls(beside, {period: Candidate((_group(page, period, traits),), ()) for period, traits in out.items()})


class Fixed(NamedTuple):
    """What speaks for periods whatever the number of a sentence; the last period of the sentences before."""

    candidates: Candidates
    carried: str | None

    @classmethod
    def of(cls, asked: Asked, near: dict[int, Sentence]) -> Fixed:
        page, before = asked.page, Offers()
        latest = of_sentences_before(before, asked.sentence, near)
        beside, alone = asked.once_a_page(f"times, {asked.sentence.aim}", lambda: Everywhere.of(asked))
        if not before:
            return cls(alone, latest)
        found: Candidates = {}
        for period, traits in before.items():
            group, other = _group(page, period, traits), beside.get(period)
            found[period] = Candidate((group,) if other is None else (group, other), ())
        for period, candidate in alone.items():
            found.setdefault(period, candidate)
        return cls(found, latest)


def candidates(asked: Asked, said: Said, near: dict[int, Sentence]) -> Candidates:
    """Period → what speaks for it. ``near``: the document's sentences by number (none for a table's cells)."""
    page = asked.page
    fixed = asked.once("offers", lambda: Fixed.of(asked, near))
    out = fixed.candidates.copy()
    for period, traits in _offers(asked, said, fixed).items():
        own, known = _with_look(page, period, traits), out.get(period)
        if known is None:
            out[period] = Candidate((), [(_alone, *look(page, period)), *own])
        else:
            out[period] = Candidate(known.groups, own)
    return out


def _offers(asked: Asked, said: Said, fixed: Fixed) -> Offers:
    """Period → what speaks for it at this number."""
    sentence, one = asked.sentence, asked.one
    times = asked.once("times", lambda: Times.of(sentence))
    points = len(times.points)
    before, after = bisect_right(times.ends, one.start), bisect_left(times.starts, one.end)
    out = Offers()
    of_the_number_before(out, asked, said)
    if points:
        of_the_sentence(out, asked, times, before, after)
        if times.years is not None:
            offer(out, times.years, (named, "pair"))
    if times.others:
        relative(out, asked, times, said, before, after, fixed.carried)
    budget = asked.page.budget_before(one.start)
    if budget:
        offer(out, budget, (named, "budget"))
    offer(out, None, (no_time, not sentence.times, not points, before > 0, after < points, fixed.carried is None))
    return out


def _alone(size: str, when: str) -> tuple[str, ...]:
    return f"g={size}", f"t={when}", f"g={size}|t={when}"


def with_look(trait: Trait, size: str, when: str) -> tuple[str, ...]:
    """What speaks for a period, by itself and with its grain and tense."""
    return tuple(each for name in spell(trait) for each in (name, f"{name}|{when}", f"{name}|{size}"))


def _with_look(page: Page, period: str | None, traits: list[Trait]) -> list[Trait]:
    size, when = look(page, period)
    return [(with_look, trait, size, when) for trait in traits]
