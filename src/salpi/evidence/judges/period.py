"""Which period a number refers to: one that its sentence, the sentences before or the document's date offer, or none."""

from __future__ import annotations

from salpi.evidence.claims.page import Sentence
from salpi.evidence.judges.decided import Said, doubt
from salpi.evidence.judges.nets import Candidate
from salpi.evidence.judges.period_candidates import candidates, with_look
from salpi.evidence.judges.period_sources import hung, mentioned, number_before, placed
from salpi.evidence.judges.surroundings import Asked
from salpi.evidence.judges.tables import best, runner_up
from salpi.evidence.judges.traits import Trait
from salpi.evidence.judges.weights import Weights


def decide(
    weights: Weights, asked: Asked, said: Said, near: dict[int, Sentence], about: list[Trait]
) -> tuple[str | None, float, str, str | None]:
    """The period with its probability, where it was found, and the next best where there is doubt.

    ``about``: what the number says of its time.
    """
    found = candidates(asked, said, near)
    scores = weights.period.scores(found.values(), about)
    spot, sure = best(scores)
    periods = list(found)
    rival = runner_up(scores, spot) if doubt(sure) != "0" else None
    return periods[spot], sure, _where(periods[spot], found[periods[spot]]), None if rival is None else periods[rival]


_KINDS_OF_TIME = {hung: "relative to another period", number_before: "period of the number before", mentioned: "carried"}


def _where(period: str | None, candidate: Candidate) -> str:
    """Where a period was found, for people."""
    if period is None:
        return "no time said"
    traits = [trait[1] for trait in candidate.all() if trait[0] is with_look]
    tags = {trait[1] for trait in traits if trait[0] is placed}
    for tag, words in (("L0", "named before"), ("R0", "named later"), ("L1", "named before"), ("R1", "named later")):
        if tag in tags:
            return words
    functions = {trait[0] for trait in traits}
    return next((words for function, words in _KINDS_OF_TIME.items() if function in functions), "of the document")
