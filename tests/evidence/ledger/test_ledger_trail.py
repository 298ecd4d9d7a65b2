"""From what stands there is a way back to the characters, also where a person gave it other fields; lists show both."""

from __future__ import annotations

import csv
import io
import json

import pytest
from evidence_helpers import clock, marked

from salpi.cli.claims import lines
from salpi.evidence.ingest import ingest
from salpi.evidence.ledger import Filter, query, trail
from salpi.evidence.ledger.export import to_csv, to_jsonl
from salpi.evidence.options import Options
from salpi.evidence.review import Reviewer, accept, reject

KIM = Reviewer("kim", clock, "checked")
BODY = (
    "Release of the ministry on exports\nPublished: 2026-11-05\n"
    "Exports 1.51e9 [exports.biohealth|South Korea|2026-10|USD|actual] dollars.\n"
)
MOTIE = "exports.biohealth@motie"


def _records(ledger):
    with ledger.reading() as c:
        return query.claims(c, Filter())


@pytest.mark.parametrize(
    ("changes", "asked"),
    [
        ({"period": "2026-09"}, (MOTIE, "South Korea", "2026-09")),
        ({"period": "2026-09"}, ("exports.biohealth", "South Korea", None)),
        ({"subject": "Japan"}, (MOTIE, "Japan", "2026-10")),
        ({"indicator": "exports.bio"}, ("exports.bio", "South Korea", "2026-10")),
        ({"value": 1.31e9}, (MOTIE, "South Korea", "2026-10")),
    ],
)
def test_what_a_person_changed_leads_to_its_characters(any_ledger, take, korea, changes, asked):
    take(any_ledger, BODY, names=["a.txt"])
    row = accept(any_ledger, korea, 1, KIM, changes)
    (step,) = trail(any_ledger, *asked)
    assert (step.claim, step.text, step.value) == (1, "1.51e9", 1.51e9)
    assert step.observation == {name: getattr(row, name) for name in query.OBSERVED}


def test_what_is_read_so_comes_after_what_stands(any_ledger, take, korea):
    take(any_ledger, BODY, BODY.replace("2026-10", "2026-09"), names=["a.txt", "b.txt"])
    accept(any_ledger, korea, 2, KIM, {"period": "2026-10"})
    reject(any_ledger, 1, KIM)
    steps = trail(any_ledger, MOTIE, "South Korea", "2026-10")
    assert [(step.claim, step.verdict, step.observation is not None) for step in steps] == [
        (2, "corrected", True),
        (1, "rejected", False),
    ]


def test_as_of_a_date_no_later_decision_is_shown(any_ledger, korea, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(BODY)
    ingest(any_ledger, korea, [str(path)], lambda: "2026-11-06T00:00:00Z", marked, Options(quality="A", jobs=1))
    accept(any_ledger, korea, 1, Reviewer("kim", lambda: "2026-11-20T00:00:00Z"), {"value": 1.31e9})
    (then,) = trail(any_ledger, MOTIE, "South Korea", "2026-10", as_of="2026-11-10")
    (now,) = trail(any_ledger, MOTIE, "South Korea", "2026-10")
    assert [item["verdict"] for item in then.decisions] == ["accepted"]
    assert [item["verdict"] for item in now.decisions] == ["accepted", "corrected"]
    assert (then.observation["value"], now.observation["value"]) == (1.51e9, 1.31e9)


def test_lists_show_what_stands_beside_what_was_read(ledger, take, korea):
    take(ledger, BODY, names=["a.txt"])
    assert "[accepted]" in next(lines(_records(ledger)))
    accept(ledger, korea, 1, KIM, {"value": 1.31e9, "period": "2026-09"})
    (record,) = _records(ledger)
    assert (record["value"], record["period"]) == (1.51e9, "2026-10")
    stands = {"indicator": MOTIE, "subject": "South Korea", "period": "2026-09", "value": 1.31e9, "unit": "USD"}
    assert record["observation"] == {**stands, "qualifier": "", "status": "actual"}
    assert "1.51 billion USD (actual)  [corrected: 1.31 billion USD, 2026-09]" in next(lines([record]))
    assert json.loads(next(to_jsonl([record])))["observation"]["value"] == 1.31e9
    (row,) = csv.DictReader(io.StringIO("".join(to_csv([record])).removeprefix("\ufeff")))
    assert (row["value"], row["observation_value"], row["observation_period"]) == ("1510000000.0", "1310000000.0", "2026-09")
    reject(ledger, 1, KIM)
    (record,) = _records(ledger)
    assert record["observation"] is None
    assert "[rejected]" in next(lines([record]))
    assert "".join(to_csv([record])).splitlines()[1].endswith(",,,,,,,")
