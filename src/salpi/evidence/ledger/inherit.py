"""What people decided about a page stands on in its next version, for the claims that are read there as before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, or_, select

from salpi.evidence.ledger import in_force, observed
from salpi.evidence.ledger import tables as t
from salpi.evidence.ledger.decisions import add_decision, add_observation
from salpi.evidence.ledger.pen import Pen
from salpi.evidence.ledger.readings import Reading, columns, reading
from salpi.evidence.reconcile.finding import Verdict
from salpi.evidence.record import Claim
from salpi.plan.schema import Observation

RULE = "inherited"
"""The rule of a decision that follows a person's about an earlier version."""
BY_PERSON = ("person", RULE)


@dataclass(frozen=True)
class Inherited:
    """A person's decision about a claim that is read the same in an earlier version; the observation that it made, if any."""

    verdict: Verdict
    reason: str
    indicator: str | None
    row: Observation | None

    def observation(self, claim: int, source: str, published: str | None) -> Observation | None:
        """The observation as one of the new version's claim."""
        if self.row is None:
            return None
        said = {"source": source, "as_of": published, "as_of_basis": "published" if published else "", "note": f"claim {claim}"}
        return self.row.but(**said)


def inherited(c: Connection, origin: str, claims: Sequence[Claim], document: int | None = None) -> dict[int, Inherited]:
    """For the claims of a version that is not written yet, by place: what a person decided of each in the version before, or in
    the last in which it stood. ``document``: its id, if it came back; what was decided of its own claims counts where no version
    at the place says otherwise.
    """
    v, k = t.versions.c, t.claims.c
    at = select(v.document).where(v.origin == origin)
    here = k.document.in_(at) if document is None else or_(k.document.in_(at), k.document == document)
    persons = select(t.decisions.c.id).join(t.claims, k.id == t.decisions.c.claim).where(here, t.decisions.c.rule.in_(BY_PERSON))
    if not claims or c.execute(persons.limit(1)).first() is None:
        return {}
    versions = {
        row.document: row.number for row in c.execute(select(v.document, v.number).where(v.origin == origin).order_by(v.number))
    }
    before: dict[Reading, dict[int, list[Row[Any]]]] = defaultdict(lambda: defaultdict(list))
    for row in c.execute(_decided().where(here).order_by(k.id)):
        before[reading(row)][versions.get(row.document, 0)].append(row)
    now: dict[Reading, list[int]] = defaultdict(list)
    for place, claim in enumerate(claims):
        now[reading(claim)].append(place)
    out: dict[int, Inherited] = {}
    for key, places in now.items():
        if key in before:
            rows = before[key][max(before[key])]
            if len(rows) != len(places):  # said more often than before, or less: what a person looked at comes first
                rows = sorted(rows, key=lambda row: row.rule not in BY_PERSON)
            out |= {place: _of(c, row) for place, row in zip(places, rows, strict=False) if row.rule in BY_PERSON}
    return out


def _decided() -> Select[Any]:
    """Claims with the last decision but that a later version replaced them, and who took it."""
    q, k, d, e = t.quantities.c, t.claims.c, t.decisions.c, t.entries.c
    return (
        select(k.id, k.document, *columns(), d.id.label("decision"), d.verdict, d.rule, d.reason, d.indicator.label("definition"))
        .add_columns(e.actor)
        .join(t.quantities, q.id == k.quantity)
        .join(t.decisions, d.id == in_force.decision(k.id, but="superseded"))
        .join(t.entries, e.id == d.entry)
    )


def _of(c: Connection, row: Row[Any]) -> Inherited:
    made = c.execute(select(t.observations).where(t.observations.c.decision == row.decision)).first()
    observation = observed.from_row(made) if made is not None else None
    said = row.reason  # of a decision that was inherited itself, this names the person's
    if row.rule == "person":
        own = f"{row.verdict} by {row.actor}"
        said = f"{own} in an earlier version (claim {row.id})" + ("" if row.reason == own else f": {row.reason}")
    return Inherited(row.verdict, said, row.definition, observation)


def inherit(pen: Pen, claim: int, what: Inherited, row: Observation | None, before: int | None) -> None:
    """Write the decision, and its observation; ``before`` is the decision that stood on the claim."""
    decision = add_decision(pen, claim, what.verdict, RULE, what.reason, what.indicator, before)
    if row is not None:
        add_observation(pen, decision, claim, row)
