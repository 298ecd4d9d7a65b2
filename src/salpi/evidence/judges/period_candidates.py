"""The periods that a number may refer to, each with what speaks for it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from salpi.evidence.claims.page import Sentence
from salpi.evidence.judges.decided import Said
from salpi.evidence.judges.moments import grain, tense
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

Look = tuple[str, str]
"""A period's grain and tense."""


def _look(asked: Asked, period: str | None) -> Look:
    """How a period looks from the page."""
    looks: dict[str | None, Look] = asked.once_a_page("looks", dict)
    found = looks.get(period)
    if found is None:
        found = looks[period] = grain(period), tense(asked.page, period)
    return found


def _group(traits: Iterable[Trait], look: Look) -> Group:
    """What speaks for a period, with its look by itself."""
    return Group([(_alone, *look), *_with_looks(traits, look)])


class Everywhere(NamedTuple):
    """What speaks for periods in the whole document: ``beside`` other traits, or ``alone``."""

    beside: dict[str | None, Group]
    alone: dict[str | None, Group]

    @classmethod
    def of(cls, asked: Asked) -> Everywhere:
        """For all sentences with the aim of this one."""
        out: Offers = {}
        of_the_head(out, asked.page)
        of_the_document(out, asked)
        beside = {period: Group(_with_looks(traits, _look(asked, period))) for period, traits in out.items()}
        return cls(beside, {period: _group(traits, _look(asked, period)) for period, traits in out.items()})


class Fixed(NamedTuple):
    """What speaks for periods whatever the number of a sentence; the last period of the sentences before."""

    groups: dict[str | None, tuple[Group, ...]]
    carried: str | None

    @classmethod
    def of(cls, asked: Asked, near: dict[int, Sentence]) -> Fixed:
        before: Offers = {}
        latest = of_sentences_before(before, asked.sentence, near)
        beside, alone = asked.once_a_page(f"times, {asked.sentence.aim}", lambda: Everywhere.of(asked))
        groups = {
            period: (_group(traits, _look(asked, period)), *([beside[period]] if period in beside else ()))
            for period, traits in before.items()
        }
        groups.update({period: (group,) for period, group in alone.items() if period not in before})
        return cls(groups, latest)


def candidates(asked: Asked, said: Said, near: dict[int, Sentence]) -> dict[str | None, Candidate]:
    """Period → what speaks for it. ``near``: the document's sentences by number (none for a table's cells)."""
    fixed = asked.once("offers", lambda: Fixed.of(asked, near))
    found = _offers(asked, said, fixed)
    out = {
        period: Candidate(groups, _with_looks(found[period], _look(asked, period)) if period in found else ())
        for period, groups in fixed.groups.items()
    }
    for period, traits in found.items():
        if period not in out:
            look = _look(asked, period)
            out[period] = Candidate((), [(_alone, *look), *_with_looks(traits, look)])
    return out


def _offers(asked: Asked, said: Said, fixed: Fixed) -> Offers:
    """Period → what speaks for it at this number."""
    page, sentence, one = asked.page, asked.sentence, asked.one
    times = asked.once("times", lambda: Times.of(sentence))
    left = [mention for mention in times.points if mention.end <= one.start][::-1]
    right = [mention for mention in times.points if mention.start >= one.end]
    out: Offers = {}
    of_the_number_before(out, asked, said)
    for side, mentions in (("L", left), ("R", right)):
        for at, mention in enumerate(mentions):
            of_the_sentence(out, asked, times, side, at, mention, mentions, bool(left))
    if times.years is not None:
        offer(out, times.years, (named, "pair"))
    if len(times.points) < len(sentence.times):
        relative(out, asked, times, said, left, right, fixed.carried)
    budget = page.budget_before(one.start)
    if budget:
        offer(out, budget, (named, "budget"))
    offer(out, None, (no_time, not sentence.times, not times.points, bool(left), bool(right), fixed.carried is None))
    return out


def _alone(size: str, when: str) -> tuple[str, ...]:
    return f"g={size}", f"t={when}", f"g={size}|t={when}"


def with_look(trait: Trait, size: str, when: str) -> tuple[str, ...]:
    """What speaks for a period, by itself and with its grain and tense."""
    return tuple(each for name in spell(trait) for each in (name, f"{name}|{when}", f"{name}|{size}"))


def _with_looks(traits: Iterable[Trait], look: Look) -> list[Trait]:
    return [(with_look, trait, *look) for trait in traits]
