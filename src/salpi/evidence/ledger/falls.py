"""Observations that stood and stand no longer: what repeats them rests on nothing, and is to be judged again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import Connection, Row, Select, select

from salpi.evidence.ledger import in_force
from salpi.evidence.ledger import tables as t
from salpi.evidence.ledger.inherit import BY_PERSON
from salpi.evidence.ledger.portions import portions


@dataclass(frozen=True)
class Fall:
    """An observation of a claim that stands no longer since an entry of the journal; whether a person took it back."""

    claim: int
    period: str | None
    entry: int
    by_person: bool

    def touches(self, period: str | None) -> bool:
        """Whether it was of a period; what has none is of any."""
        return period is None or self.period is None or period == self.period


@dataclass(frozen=True)
class Falls:
    """Falls by the plan's indicator and the subject, which is compared without regard to case."""

    by: dict[tuple[str, str], list[Fall]] = field(default_factory=dict)

    @classmethod
    def of(cls, c: Connection) -> Falls:
        """All of a ledger."""
        return cls._made(c.execute(_fallen()))

    @classmethod
    def of_claims(cls, c: Connection, claims: Iterable[int]) -> Falls:
        """Those of some claims."""
        claim = t.observations.c.claim
        return cls._made(row for some in portions(sorted(set(claims))) for row in c.execute(_fallen().where(claim.in_(some))))

    @classmethod
    def _made(cls, rows: Iterable[Row[tuple[object, ...]]]) -> Falls:
        made = cls()
        for row in rows:
            person = row.rule in BY_PERSON and row.verdict != "superseded"
            made.by.setdefault((row.indicator, row.subject.casefold()), []).append(Fall(row.claim, row.period, row.entry, person))
        return made

    def under(self, indicator: str | None, subject: str | None, entry: int) -> list[Fall]:
        """What fell of an indicator and subject after an entry."""
        found = self.by.get((indicator, subject.casefold()), []) if indicator and subject else []
        return [fall for fall in found if fall.entry > entry]

    def indicators(self) -> list[str]:
        """The indicators, each once."""
        return sorted({indicator for indicator, _ in self.by})


def _fallen() -> Select[tuple[object, ...]]:
    """Observations whose claim was decided anew, with the decision that stands."""
    o, now = t.observations.c, t.decisions.c
    return (
        select(o.claim, o.indicator, o.subject, o.period, now.entry, now.verdict, now.rule)
        .select_from(t.observations)
        .join(t.decisions, now.id == in_force.decision(o.claim))
        .where(now.id != o.decision)
        .order_by(o.id)
    )
