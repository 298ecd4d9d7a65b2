"""What is known, kept in step with the ledger by the one that writes to it."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import Connection

from salpi.evidence.ledger import query
from salpi.evidence.ledger.described import sources
from salpi.evidence.ledger.journal import last_entry
from salpi.evidence.ledger.pen import Ids
from salpi.evidence.reconcile.known import Known
from salpi.plan.model import Plan


@dataclass
class Follower:
    """The plan's layer with the ledger's on top. Who writes adds to ``known`` what it takes in, and says in ``seen`` how far the
    journal then goes; what others have written since is read by ``catch_up``. Observations of indicators that this plan has not
    are left out, as in the scorecard.
    """

    plan: Plan
    known: Known | None = None
    ids: Ids = field(default_factory=Ids)
    layer: Known | None = None  # the plan's alone, made once
    seen: int = 0  # the journal's last entry that ``known`` has in it, and ``ids``

    def catch_up(self, c: Connection, last: int) -> Known:
        """What is known at the journal's entry ``last``, with what others have written since the last look."""
        if last != self.seen:
            self.ids = Ids()
        if self.known is None or (last != self.seen and query.others_decided(c, self.seen)):
            return self.rebuild(c)
        if last != self.seen:
            self._load(c, self.known, self.seen)
        return self.known

    def rebuild(self, c: Connection) -> Known:
        """The same from the beginning: something that was in force is not any more."""
        if self.layer is None:
            self.layer = Known.of(self.plan)
        self.known = self.layer.copy()
        self._load(c, self.known, 0)
        return self.known

    def _load(self, c: Connection, known: Known, after: int) -> None:
        rows = [entry for entry in query.observations(c, after=after) if entry[1].indicator in self.plan.indicators]
        if rows:
            known.sources |= sources(c, {row.source for _, row in rows})
        for _, row in rows:
            known.add(row)
        self.seen = last_entry(c)[0]
