"""A page that changes: what is said again stands on, what is said no more does not; what a person decided goes with it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from evidence_helpers import clock, counts, marked
from sqlalchemy import select

from salpi.evidence import extraction
from salpi.evidence.documents import read
from salpi.evidence.ingest import ingest
from salpi.evidence.ledger import Filter, described, query
from salpi.evidence.ledger import tables as t
from salpi.evidence.ledger.trail import around
from salpi.evidence.options import Options
from salpi.evidence.review import Reviewer, accept, reject

KIM = Reviewer("kim", clock, "all industries")
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


def _next(body: str) -> str:
    return body + " "


def test_what_a_person_rejected_stays_out_when_the_page_changes(any_ledger, take):
    take(any_ledger, EXPORTS, names=["page.txt"])
    reject(any_ledger, 1, KIM)
    summary = take(any_ledger, _next(EXPORTS), names=["page.txt"])
    assert summary.claims == {"found": 1, "superseded": 1, "inherited": 1}
    assert _stands(any_ledger) == [("superseded", "version"), ("rejected", "inherited")]
    assert _values(any_ledger) == []
    said = "rejected by kim in an earlier version (claim 1): all industries"
    assert _last(any_ledger, 2)["reason"] == said
    take(any_ledger, _next(_next(EXPORTS)), names=["page.txt"])
    assert (_last(any_ledger, 3)["verdict"], _last(any_ledger, 3)["reason"]) == ("rejected", said), "the person is still named"


def test_what_a_person_corrected_and_accepted_stays_so_when_the_page_changes(any_ledger, take, korea):
    body = EXPORTS + "Revenue of 4.4e12 [revenue|Celltrion|2024|KRW|actual] won.\n"
    take(any_ledger, body, names=["page.txt"])
    accept(any_ledger, korea, 1, KIM, {"value": 1.31e9, "period": "2026-09"})
    accept(any_ledger, korea, 2, KIM)
    later = _next(body).replace("2026-11-05", "2026-11-09")
    take(any_ledger, later, names=["page.txt"])
    with any_ledger.reading() as c:
        exports, revenue = [row for _, row in query.observations(c)]
        assert query.conflicts(c) == []
        assert {row.source for row in (exports, revenue)} < set(described.sources(c))
    assert (exports.value, exports.period, exports.as_of, exports.note) == (1.31e9, "2026-09", "2026-11-09", "claim 3")
    assert (revenue.value, revenue.indicator, revenue.note) == (4.4e12, "revenue", "claim 4")
    assert [claim[0] for claim in _stands(any_ledger)] == ["superseded", "superseded", "corrected", "accepted"]


def test_what_is_read_otherwise_in_the_new_version_is_judged_anew(any_ledger, take):
    take(any_ledger, EXPORTS, names=["page.txt"])
    reject(any_ledger, 1, KIM)
    take(any_ledger, EXPORTS.replace("1.51e9", "1.52e9"), names=["page.txt"])
    assert _stands(any_ledger)[-1] == ("accepted", "new")


def test_a_decision_stands_on_over_a_version_without_the_claim(any_ledger, take):
    take(any_ledger, EXPORTS, names=["page.txt"])
    reject(any_ledger, 1, KIM)
    take(any_ledger, MOVED, names=["page.txt"])
    take(any_ledger, _next(EXPORTS), names=["page.txt"])
    assert _stands(any_ledger)[-1] == ("rejected", "inherited")
    take(any_ledger, EXPORTS, names=["page.txt"])
    assert _stands(any_ledger) == [("rejected", "inherited"), ("superseded", "version")], "the first page came back"
    assert _values(any_ledger) == []


def test_the_last_word_of_a_person_stands_on(any_ledger, take, korea):
    take(any_ledger, EXPORTS, names=["page.txt"])
    reject(any_ledger, 1, KIM)
    take(any_ledger, _next(EXPORTS), names=["page.txt"])
    accept(any_ledger, korea, 2, KIM, {"value": 1.4e9})
    take(any_ledger, EXPORTS, names=["page.txt"])
    assert _stands(any_ledger)[0] == ("corrected", "inherited")
    assert _values(any_ledger) == [1.4e9]


def test_a_figure_that_is_said_more_often_keeps_its_decision(ledger, take):
    take(ledger, EXPORTS, names=["page.txt"])
    reject(ledger, 1, KIM)
    again = "To repeat: 1.51e9 [exports.biohealth|South Korea|2026-10|USD|actual] dollars.\n"
    take(ledger, EXPORTS + again, names=["page.txt"])
    assert _stands(ledger)[1:] == [("rejected", "inherited"), ("repeated", "mention")]
    assert _values(ledger) == []


def test_the_rest_of_a_version_is_compared_with_what_stands_on(ledger, take, korea):
    take(ledger, EXPORTS, names=["page.txt"])
    accept(ledger, korea, 1, KIM, {"value": 1.31e9})
    take(ledger, EXPORTS + "Or 1.31e9 [exports.biohealth|South Korea|2026-10|USD|actual] dollars.\n", names=["page.txt"])
    assert _stands(ledger)[1:] == [("corrected", "inherited"), ("repeated", "known")]


def test_what_stands_at_two_places_stands_while_one_of_them_holds_it(any_ledger, take):
    take(any_ledger, EXPORTS, names=["a.txt"])
    assert dict(take(any_ledger, EXPORTS, names=["b.txt"]).documents) == {"known": 1}
    with any_ledger.reading() as c:
        assert [row.document for row in c.execute(select(t.versions.c.document).order_by(t.versions.c.id))] == [1, 1]
    summary = take(any_ledger, MOVED, names=["a.txt"])
    assert summary.claims["superseded"] == 0
    assert _stands(any_ledger) == [("accepted", "new")]
    assert dict(take(any_ledger, EXPORTS, names=["b.txt"]).documents) == {"known": 1}
    take(any_ledger, MOVED, names=["b.txt"])
    assert (_stands(any_ledger), _values(any_ledger)) == ([("superseded", "version")], [])
    assert dict(take(any_ledger, EXPORTS, names=["c.txt"]).documents)["new"] == 1
    assert (_stands(any_ledger), _values(any_ledger)) == ([("accepted", "new")], [1.51e9]), "it stands again, elsewhere"


def test_two_places_known_in_one_run(any_ledger, take):
    summary = take(any_ledger, EXPORTS, EXPORTS, names=["a.txt", "b.txt"])
    assert (summary.documents["new"], summary.documents["known"]) == (1, 1)
    take(any_ledger, MOVED, names=["a.txt"])
    assert _values(any_ledger) == [1.51e9]


def test_a_known_document_takes_the_place_of_another(any_ledger, take):
    other = EXPORTS.replace("1.51e9", "1.9e9").replace("2026-10", "2026-09")
    take(any_ledger, EXPORTS, other, names=["a.txt", "b.txt"])
    summary = take(any_ledger, EXPORTS, names=["b.txt"])
    assert (summary.documents["known"], summary.claims["superseded"]) == (1, 1)
    assert _values(any_ledger) == [1.51e9]
    rows = _counts(any_ledger)
    take(any_ledger, EXPORTS, EXPORTS, names=["a.txt", "b.txt"])
    assert _counts(any_ledger) == rows, "a second run writes nothing"


def test_a_document_that_moves_within_one_run_stands(any_ledger, take):
    take(any_ledger, EXPORTS, names=["a.txt"])
    take(any_ledger, MOVED, EXPORTS, names=["a.txt", "b.txt"])
    assert (_stands(any_ledger), _values(any_ledger)) == ([("accepted", "new")], [1.51e9])


def _counts(ledger) -> dict[str, int]:
    with ledger.reading() as c:
        return counts(c)


def test_a_file_that_came_back_and_is_read_to_another_text_has_the_claims_that_it_had(any_ledger, take, monkeypatch):
    """As of a PDF whose tables an earlier version read as running text: a claim's span is into the text that the ledger holds."""
    take(any_ledger, EXPORTS, names=["page.txt"])
    take(any_ledger, MOVED, names=["page.txt"])

    def otherwise(raw, *more):
        document = read(raw, *more)
        return replace(document, text="| " + document.text)

    monkeypatch.setattr(extraction, "read", otherwise)
    summary = take(any_ledger, EXPORTS, names=["page.txt"])
    assert summary.claims["found"] == 1
    with any_ledger.reading() as c:
        claims = query.claims(c, Filter())
        step = around(c, 1)
    assert [(claim["id"], claim["verdict"]) for claim in claims] == [(1, "accepted")]
    assert step is not None
    assert step.text == claims[0]["text"]
