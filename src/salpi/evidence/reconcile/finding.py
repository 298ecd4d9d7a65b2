"""What reconciliation says of a claim: the case that it was given, and the finding."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from salpi.evidence.record import Claim
from salpi.plan.reconcile import Conflict
from salpi.plan.schema import Grade, Observation

Verdict = Literal["accepted", "repeated", "waiting", "rejected", "corrected", "superseded"]
VERDICTS: dict[Verdict, str] = {
    "accepted": "is an observation now",
    "repeated": "says what is known already",
    "waiting": "waits for review",
    "rejected": "was rejected by a person",
    "corrected": "was corrected by a person, and is an observation now",
    "superseded": "stood in an earlier version of the document",
}


@dataclass(frozen=True)
class Context:
    """What is known of the document in which a claim stands. ``sentence`` is the passage around the claim, ``taken_in`` the day
    on which the document is judged.
    """

    source: str
    quality: Grade = "C"
    publisher: str | None = None
    published: date | None = None
    sentence: str = ""
    taken_in: date | None = None


@dataclass(frozen=True)
class Finding:
    """``rule`` names what decided, ``reason`` says it in a sentence; ``row`` is the claim as an observation of the plan."""

    verdict: Verdict
    rule: str
    reason: str
    indicator: str | None = None
    row: Observation | None = None
    conflicts: tuple[Conflict, ...] = ()
    candidates: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True)
class Case:
    """A claim with its document."""

    claim: Claim
    context: Context
