"""The judges of one document, asked number by number: each decision is known to the next."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Protocol

from salpi.evidence.claims.catalogue import Catalogue
from salpi.evidence.claims.page import Page, Sentence
from salpi.evidence.judges import own_time, period, status, subject
from salpi.evidence.judges.cast import Cast
from salpi.evidence.judges.decided import UNSAID, Decided, Said, doubt
from salpi.evidence.judges.indicator import NONE, IndicatorJudge, Looked, Seen, join
from salpi.evidence.judges.scenes import scene
from salpi.evidence.judges.surroundings import Asked
from salpi.evidence.judges.units import UnitJudge
from salpi.evidence.judges.weights import Weights, bundled

SOUNDED = ", spelled as it sounds"
"""Behind how a subject was met: nothing gives its English name."""


class Judge(Protocol):
    """What extraction asks of numbers; training answers from annotations."""

    def decide(self, asked: Sequence[Asked]) -> list[Decided]:
        """The attributions of some numbers, asked in the order of the text."""


class Bar:
    """What all courts of a catalogue share: weights, the judge of its ids, the judge of what figures measure."""

    def __init__(self, catalogue: Catalogue, weights: Weights) -> None:
        self.weights = weights
        self.indicators = IndicatorJudge(catalogue, weights)
        self.units = UnitJudge(weights.unit)


@lru_cache(maxsize=8)
def _bar(catalogue: int) -> list[Bar]:
    return []


def bar(catalogue: Catalogue) -> Bar:
    """The bar of a catalogue with the shipped weights, made once for each."""
    kept = _bar(id(catalogue))
    if not kept or kept[0].indicators.catalogue is not catalogue:
        kept[:] = [Bar(catalogue, bundled())]
    return kept[0]


class Court:
    """The learned judges with what they have said so far of one document."""

    def __init__(self, page: Page, sentences: list[Sentence], shared: Bar | None = None) -> None:
        shared = shared or bar(page.catalogue)
        self.weights, self.indicators = shared.weights, shared.indicators
        self.said = Said()
        self.cast = Cast.of(page)
        self.near = {sentence.number: sentence for sentence in sentences}

    def decide(self, asked: Sequence[Asked]) -> list[Decided]:
        """All are looked at together, then decided one by one."""
        if not asked:
            return []
        looked = self.look(asked)
        out = [self.settle(one, seen) for one, seen in zip(asked, looked.seen, strict=True)]
        for at, strongest in looked.strongest([decided.base for decided in out]).items():
            out[at].reasons["indicator"] = f"judged: {strongest}"
        return out

    def look(self, asked: Sequence[Asked]) -> Looked:
        """What is seen of some numbers, whatever was said of others."""
        return Looked(self.indicators, asked)

    def settle(self, asked: Asked, seen: Seen) -> Decided:
        """Indicator first; whom, when and how sure only where there is one."""
        base, form, sure, next_base = self.indicators.decide(asked, self.said, seen)
        sentence = asked.sentence
        name, when, standing, sure_subject = None, None, status.STATUSES[0], 1.0
        doubts, next_period, next_name = (doubt(sure), UNSAID, UNSAID), None, None
        reasons = {"indicator": "judged: no id", "subject": "none", "period": "none", "status": "none"}
        if base != NONE:
            plain = subject.carried(asked, self.cast, self.said, base)
            if plain is not None:
                (name, sure_subject), how = plain, subject.BEFORE
            else:
                name, sure_subject, how, next_name = subject.decide(self.weights, scene(asked, self.cast, self.said), base, form)
            about = own_time.about(asked, base, form)
            near = {} if asked.cell else self.near
            when, sure_period, where, next_period = period.decide(self.weights, asked, self.said, near, about)
            traits = status.traits(asked, self.said, base, form, when, about)
            standing, sure_status = status.decide(self.weights.status, seen.statuses, asked, traits)
            doubts = (doubts[0], doubt(sure_period), doubt(sure_subject))
            sounded = self.cast.sounded(name)
            sure = self.weights.honest(asked.one.sure * sure * sure_subject * sure_period * sure_status, sounded)
            reasons |= {
                "subject": f"judged: {how}{SOUNDED if sounded else ''}",
                "period": f"judged: {where}",
                "status": f"judged: {standing}",
            }
        decided = Decided(
            base, form, join(base, form, self.indicators.catalogue.ids), name, when, standing, asked.kind,
            sentence.number, sentence.paragraph, asked.one.end, sure, doubts, (next_base, next_period, next_name), sure_subject, reasons,
        )  # fmt: skip
        self.said.add(decided)
        return decided
