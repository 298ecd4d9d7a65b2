"""What the judges found of a number, and what they have said of those before: texts carry subjects, periods and measures on."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from salpi.evidence.record import ClaimStatus


@dataclass(frozen=True, slots=True)
class Decided:
    """One number's attribution. ``base`` and ``form`` make the indicator; the fields after it are None where that is None."""

    base: str  # the id before its suffix, "" where no id covers the number
    form: str  # level, growth, share, change, rank or two of these
    indicator: str | None
    subject: str | None
    period: str | None
    status: ClaimStatus
    kind: str  # of the unit
    sentence: int
    paragraph: int
    end: int  # where the number ends
    sure: float = 1.0  # the product of the judges' probabilities
    reasons: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Said:
    """The attributions so far, in the order of the text; ``named`` are those with an indicator."""

    all: list[Decided] = field(default_factory=list)
    named: list[Decided] = field(default_factory=list)
    subjects: Counter[str | None] = field(default_factory=Counter)

    def add(self, decided: Decided) -> None:
        """Note one more."""
        self.all.append(decided)
        if decided.indicator is not None:
            self.named.append(decided)
            self.subjects[decided.subject] += 1


def apart(now: int, then: int) -> str:
    """How far back a sentence lies: the same, the one before, further."""
    return "0" if now == then else "1" if then == now - 1 else "2"
