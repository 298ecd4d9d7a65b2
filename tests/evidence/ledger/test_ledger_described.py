"""Facts that are given of a known document count from then on: its claims that wait are judged by them."""

from __future__ import annotations

from datetime import date

import pytest
from evidence_helpers import clock
from sqlalchemy import select

from salpi.evidence.documents import Given
from salpi.evidence.ledger import Filter, described, query
from salpi.evidence.ledger import tables as t
from salpi.evidence.review import Reviewer, accept

BODY = "Exports 1.51e9 [exports.biohealth|South Korea|2026-10|USD|actual] dollars.\n"
DATED = "Release of the ministry on exports\nPublished: 2026-11-05\n" + BODY
DAY = Given(published=date(2026, 11, 5))
KIM = Reviewer("kim", clock)


def _claim(ledger, **want):
    with ledger.reading() as c:
        return query.claims(c, Filter(**want))[0]


def _sources(ledger) -> list[tuple[str, str | None, str]]:
    with ledger.reading() as c:
        return [(row.publisher, row.published, row.quality) for row in c.execute(select(t.sources).order_by(t.sources.c.entry))]


def test_a_date_that_is_given_later_counts(any_ledger, take):
    take(any_ledger, BODY, names=["n.txt"])
    assert _claim(any_ledger)["reason"] == "the document has no date: give --published"
    summary = take(any_ledger, BODY, names=["n.txt"], given=DAY)
    assert dict(summary.documents) == {"known": 1, "described": 1}
    assert summary.ids == {"new": [1]}
    claim = _claim(any_ledger)
    assert (claim["verdict"], claim["published"]) == ("accepted", "2026-11-05")
    assert _sources(any_ledger) == [("unknown", None, "A"), ("unknown", "2026-11-05", "A")]
    with any_ledger.reading() as c:
        ((_, row),) = query.observations(c)
        assert row.as_of == "2026-11-05"
        assert described.sources(c, {row.source})[row.source].published == "2026-11-05"
    again = take(any_ledger, BODY, names=["n.txt"], given=DAY)
    assert dict(again.documents) == {"known": 1}, "the same said again is nothing new"


@pytest.mark.parametrize(
    ("given", "quality"),
    [({"quality": "A"}, "A"), ({"given": Given(publisher="MFDS"), "quality": None}, "A")],
)
def test_a_grade_or_a_publisher_that_is_given_later_counts(any_ledger, take, given, quality):
    take(any_ledger, DATED, names=["n.txt"], quality=None)
    assert _claim(any_ledger)["rule"] == "quality"
    take(any_ledger, DATED, names=["n.txt"], **given)
    assert _claim(any_ledger)["verdict"] == "accepted"
    assert _sources(any_ledger)[-1][2] == quality


def test_a_grade_that_was_given_does_not_go_with_the_publisher(ledger, take):
    take(ledger, DATED, names=["n.txt"], quality="D")
    take(ledger, DATED, names=["n.txt"], quality=None, given=Given(publisher="MFDS"))
    assert _sources(ledger)[-1] == ("MFDS", "2026-11-05", "D")


@pytest.mark.parametrize("later", [False, True])
def test_a_grade_that_was_given_stays_where_it_is_that_of_an_unknown_source(any_ledger, take, later):
    if later:
        take(any_ledger, DATED, names=["n.txt"], quality=None)
    take(any_ledger, DATED, names=["n.txt"], quality="C")
    again = take(any_ledger, DATED, names=["n.txt"], quality="C")
    assert dict(again.documents) == {"known": 1}
    take(any_ledger, DATED, names=["n.txt"], quality=None, given=Given(publisher="MFDS"))
    assert _sources(any_ledger)[-1] == ("MFDS", "2026-11-05", "C")


def test_a_publisher_that_the_document_names_too_counts_when_it_is_given_later(any_ledger, take):
    body = DATED.replace("\n", "\nPublisher: MFDS\n", 1)
    take(any_ledger, body, names=["n.txt"], quality=None)
    assert _sources(any_ledger)[-1] == ("MFDS", "2026-11-05", "C")
    take(any_ledger, body, names=["n.txt"], quality=None, given=Given(publisher="MFDS"))
    assert _sources(any_ledger)[-1] == ("MFDS", "2026-11-05", "A")
    again = take(any_ledger, body, names=["n.txt"], quality=None, given=Given(publisher="MFDS"))
    assert dict(again.documents) == {"known": 1}


def test_what_was_decided_keeps_its_source_and_a_later_decision_has_the_new(any_ledger, take, korea):
    take(any_ledger, BODY + "And 9e9 [exports.bio|South Korea|2026-10|USD|target].\n", names=["n.txt"])
    accept(any_ledger, korea, 1, KIM)
    take(any_ledger, BODY + "And 9e9 [exports.bio|South Korea|2026-10|USD|target].\n", names=["n.txt"], given=DAY)
    accept(any_ledger, korea, 2, KIM)
    with any_ledger.reading() as c:
        one, two = [row for _, row in query.observations(c)]
    assert (one.as_of, two.as_of) == (None, "2026-11-05")
    assert two.source == one.source + ".2"


def test_as_of_a_date_before_it_was_said_it_is_not_known(any_ledger, korea, tmp_path):
    from evidence_helpers import marked

    from salpi.evidence.ingest import ingest
    from salpi.evidence.options import Options

    path = tmp_path / "n.txt"
    path.write_text(BODY)
    for day, given in (("2026-11-10", Given()), ("2026-11-20", DAY)):
        ingest(any_ledger, korea, [str(path)], lambda day=day: f"{day}T00:00:00Z", marked, Options(given, quality="A", jobs=1))
    assert _claim(any_ledger, as_of="2026-11-15")["published"] is None
    assert _claim(any_ledger, as_of="2026-11-21")["published"] == "2026-11-05"


def test_a_page_that_came_back_keeps_what_was_said_of_it(any_ledger, take):
    take(any_ledger, BODY, names=["n.txt"])
    take(any_ledger, BODY, names=["n.txt"], given=DAY)
    take(any_ledger, "This page has moved.\n", names=["n.txt"])
    take(any_ledger, BODY, names=["n.txt"])
    assert (_claim(any_ledger, ids=(1,))["verdict"], _claim(any_ledger, ids=(1,))["published"]) == ("accepted", "2026-11-05")
