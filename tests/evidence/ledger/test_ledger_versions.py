"""A page that changes: what is said again stands on, what is said no more does not; what a person decided goes with it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from evidence_helpers import clock, marked

from salpi.evidence.ingest import Options, ingest
from salpi.evidence.ledger import Filter, query

HEAD = "Release of the ministry on exports\nPublished: 2026-11-05\n"
EXPORTS = HEAD + "Exports 1.51e9 [exports.biohealth|South Korea|2026-10|USD|actual] dollars.\n"
MOVED = HEAD + "This page has moved.\n"


def _stands(ledger) -> list[tuple[str | None, str | None]]:
    """Verdict and rule of each claim, in order of their numbers."""
    with ledger.reading() as c:
        return [(claim["verdict"], claim["rule"]) for claim in reversed(query.claims(c, Filter()))]


def _values(ledger) -> list[float]:
    with ledger.reading() as c:
        return [row.value for _, row in query.observations(c)]


def _last(ledger, claim) -> dict:
    with ledger.reading() as c:
        return query.history(c, claim)[-1]


def _read_by(ledger, plan, tmp_path, body, extractor):
    path = tmp_path / "documents" / "page.txt"
    path.write_text(body)
    return ingest(ledger, plan, [str(path)], clock, extractor, Options(quality="A", actor="tester", jobs=1))


@pytest.mark.parametrize("change", [{"period": "2026-09"}, {"value": 1.49e9}, {"unit": "KRW"}, {"indicator": "exports.bio"}])
def test_a_page_that_came_back_and_is_read_otherwise_has_other_claims(any_ledger, take, korea, tmp_path, change):
    two = EXPORTS + "And 2 [trials.country_rank|France|2025|rank|actual] x\n"
    take(any_ledger, two, names=["page.txt"])
    take(any_ledger, MOVED, names=["page.txt"])

    def otherwise(document):
        first, second = marked(document)
        return replace(first, **change), second

    summary = _read_by(any_ledger, korea, tmp_path, two, otherwise)
    assert summary.claims["found"] == 2
    with any_ledger.reading() as c:
        old, kept, new = reversed(query.claims(c, Filter()))
    assert old["verdict"] == "superseded"
    assert kept["verdict"] == "accepted"
    assert new["verdict"] != "superseded"
    assert {name: new[name] for name in change} == change
    assert 1.51e9 not in _values(any_ledger) or "value" not in change
    with any_ledger.reading() as c:
        assert [claim["id"] for claim in query.claims(c, Filter(text="dollars"))] == [3, 1], "what was added is found by words"
