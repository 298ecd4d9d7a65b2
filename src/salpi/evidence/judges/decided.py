"""What the judges found of a number, and what they have said of those before: texts carry subjects, periods and measures on."""

from __future__ import annotations

from dataclasses import dataclass, field

from salpi.evidence.record import ClaimStatus

Doubts = tuple[str, str, str]
"""Of indicator, period and subject."""
Rivals = tuple[str | None, str | None, str | None]
"""The next best base, period and subject, where there is doubt."""
UNSAID = "-"
"""The doubt of an attribution of which nobody has said how sure it is."""


def doubt(sure: float) -> str:
    """How much a probability leaves to doubt: little, some, much."""
    return "0" if sure >= 0.9 else "1" if sure >= 0.6 else "2"


@dataclass(slots=True)
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
    sure: float = 1.0  # the probability that all fields are right
    doubts: Doubts = (UNSAID, UNSAID, UNSAID)  # what the numbers after it hear
    rivals: Rivals = (None, None, None)
    sure_of_subject: float = 1.0
    reasons: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Said:
    """The attributions so far, in the order of the text; ``named`` are those with an indicator.

    Of the subjects: ``most`` said most often (the earliest of equals), ``other`` the last but one, ``first`` the first of a paragraph.
    ``when`` is the period said most often (the latest of equals).
    """

    all: list[Decided] = field(default_factory=list)
    named: list[Decided] = field(default_factory=list)
    most: str | None = None
    other: str | None = None
    when: str | None = None
    first: dict[int, str | None] = field(default_factory=dict)
    counts: dict[str | None, int] = field(default_factory=dict)  # in the order of their first mention
    order: dict[str | None, int] = field(default_factory=dict)
    times: dict[str | None, int] = field(default_factory=dict)

    def add(self, decided: Decided) -> None:
        """Note one more."""
        self.all.append(decided)
        if decided.indicator is None:
            return
        name = decided.subject
        if self.named and self.named[-1].subject != name:
            self.other = self.named[-1].subject
        self.named.append(decided)
        self.first.setdefault(decided.paragraph, name)
        self.order.setdefault(name, len(self.order))
        count = self.counts[name] = self.counts.get(name, 0) + 1
        leading = self.counts.get(self.most, 0)
        if count > leading or (count == leading and self.order[name] < self.order[self.most]):
            self.most = name
        count = self.times[decided.period] = self.times.get(decided.period, 0) + 1
        if count >= self.times.get(self.when, 0):
            self.when = decided.period


def apart(now: int, then: int) -> str:
    """How far back a sentence lies: the same, the one before, further."""
    return "0" if now == then else "1" if then == now - 1 else "2"
