"""The decision in force is the newest one, however it is asked for, now or up to an entry."""

from __future__ import annotations

from evidence_helpers import clock
from sqlalchemy import select

from salpi.evidence.ledger import in_force
from salpi.evidence.ledger import tables as t
from salpi.evidence.review import Reviewer, accept, reject

KIM = Reviewer("kim", clock, "checked")
TEXT = (
    "Release of the ministry on exports\nPublished: 2026-11-05\n"
    "Exports of 1.51e9 [exports.biohealth|South Korea|2026-10|USD|actual] dollars.\n"
    "Nothing is measured by 7 [|Seoul||count|actual].\nRank 5 [trials.country_rank|South Korea|2025|rank|actual] now.\n"
)


def test_every_way_to_ask_gives_the_newest(any_ledger, korea, take):
    take(any_ledger, TEXT, names=["a.txt"])
    reject(any_ledger, 1, KIM)
    accept(any_ledger, korea, 1, KIM)
    take(any_ledger, TEXT.replace("1.51e9", "1.52e9").replace("7", "8"), names=["a.txt"])
    k, d = t.claims.c, t.decisions.c
    with any_ledger.reading() as c:
        rows = list(c.execute(select(t.decisions).order_by(d.id)))
        last = max(row.entry for row in rows)
        for cut in (*range(last + 1), None):
            newest = {row.claim: row for row in rows if cut is None or row.entry <= cut}
            asked = select(k.id, in_force.decision(k.id, cut).label("id"), in_force.verdict(k.id, cut).label("verdict"))
            for claim, id, verdict in c.execute(asked):
                row = newest.get(claim)
                assert (id, verdict) == ((row.id, row.verdict) if row is not None else (None, None))
        now = {row.claim: row.id for row in rows}
        assert {row.claim: row.id for row in c.execute(select(t.decisions).where(in_force.stands()))} == now
        assert {claim: in_force.of_claim(c, claim) for claim in now} == now
        found = [row for document in (1, 2) for row in in_force.of_document(c, document)]
        assert [(row.claim, row.id) for row in found] == sorted(now.items())
        person = [row.id for row in rows if row.claim == 1 and row.verdict != "superseded"][-1]
        kept = c.execute(select(in_force.decision(k.id, but="superseded")).where(k.id == 1)).scalar()
        assert (kept, [row.verdict for row in found if row.claim == 1]) == (person, ["superseded"])
        assert in_force.of_claim(c, 2) is None
