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
    scores = weights.period.scores([*found.values()], about)
    spot, sure = best(scores)
    periods = list(found)
    period = periods[spot]
    rival = runner_up(scores, spot) if doubt(sure) != "0" else None
    return period, sure, _where(period, found[period]), None if rival is None else periods[rival]


_NAMED = (("L0", "named before"), ("R0", "named later"), ("L1", "named before"), ("R1", "named later"))


def _where(period: str | None, candidate: Candidate) -> str:
    """Where a period was found, for people."""
    if period is None:
        return "no time said"
    own = [trait[1] for trait in candidate.traits if trait[0] is with_look]
    tags = [trait[1] for trait in own if trait[0] is placed]
    for tag, words in _NAMED if tags else ():
        if tag in tags:
            return words
    functions = [trait[0] for trait in own]
    if hung in functions:
        return "relative to another period"
    if number_before in functions:
        return "period of the number before"
    shared = [trait for group in candidate.groups for trait in group.traits]
    return "carried" if any(trait[1][0] is mentioned for trait in shared if trait[0] is with_look) else "of the document"
