"""On the five real documents, with the figures that careful readers marked in them standing for the grammar's: each that
conflicts with the record is found, with both values. The documents are absent on a user's machine.
"""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

import pytest
from evidence_helpers import clock

from salpi.evidence.documents import Given
from salpi.evidence.ingest import ingest
from salpi.evidence.ledger import Ledger, query
from salpi.evidence.options import Options
from salpi.evidence.record import Claim

GOLD = Path(__file__).resolve().parents[4] / "shared" / "gold"
pytestmark = pytest.mark.skipif(not (GOLD / "seeds.jsonl").is_file(), reason="the annotated documents are not on this machine")

LISTED = [
    # document, value said, unit, kind, value known, unit
    ("000", 360e12, "KRW", "scope", 360e12, "KRW"),  # all industries, not bio
    ("000", 360e12, "KRW", "scope", 50e9, "USD"),  # beside the export target
    ("000", 50e9, "USD", "scope", 50e9, "USD"),  # one number, two denominators
    ("000", 5, "%", "definition", 7, "%"),  # localisation on another basket
    ("001", 295, "days", "vintage", 240, "days"),  # a target replaced since
    ("002", 15e9, "USD", "contradiction", 16.3e9, "USD"),  # called a record
    ("003", 3.3e9, "USD", "currency", 5403500000000, "KRW"),  # orders
    ("003", 3.3e9, "USD", "scope", 4547300000000, "KRW"),  # which equal the revenue
    ("003", 1.8e9, "USD", "currency", 3557800000000, "KRW"),  # "cumulative" revenue
    ("003", 61, "count", "vintage", 63, "count"),  # FDA approvals
    ("003", 2.9e9, "USD", "contradiction", 4125500000000, "KRW"),  # investment of an unclear period
]


@pytest.fixture(scope="module")
def gold():
    out = defaultdict(list)
    for line in (GOLD / "seeds.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        names = ("value", "unit", "high", "indicator", "subject", "period", "status", "qualifier", "baseline", "lang")
        fields = {name: record[name] for name in names}
        out[record["doc"]].append(Claim(record["doc"], tuple(record["span"]), record["text"], **fields, score=0.999))
    return out


def _ingest(ledger, plan, folder, gold):
    return ingest(ledger, plan, [str(folder)], clock, lambda document: gold[document.name], Options(given=Given(), jobs=1))


def test_each_figure_that_conflicts_with_the_record_is_found(korea, ledger, gold):
    summary = _ingest(ledger, korea, GOLD / "seeds", gold)
    assert summary.documents["new"] == 5
    assert not summary.refused
    with ledger.reading() as c:
        found = query.conflicts(c)
    for document, value, unit, kind, other, other_unit in LISTED:
        assert any(
            item["kind"] == kind
            and item["sides"][0]["doc"].startswith(document)
            and (item["sides"][0]["value"], item["sides"][0]["unit"]) == (value, unit)
            and (other, other_unit) in [(side["value"], side["unit"]) for side in item["sides"][1:]]
            for item in found
        ), (document, value, kind, other)


def test_a_changed_figure_in_a_copy_is_a_new_conflict(korea, tmp_path, gold, ledger):
    name = next(name for name in gold if name.startswith("002"))
    text = (GOLD / "seeds" / name).read_bytes().decode("utf-8")
    told = next(claim for claim in gold[name] if claim.value == 11.2e9)
    start, end = told.span
    changed = text[:start] + told.text.replace("11.2", "13.9") + text[end:]
    (tmp_path / name).write_bytes(changed.encode("utf-8"))
    claims = [
        claim if claim is not told else Claim(**{**vars(told), "value": 13.9e9, "text": changed[start:end]})
        for claim in gold[name]
    ]
    before = query_of(ledger, korea, GOLD / "seeds" / name, {name: gold[name]})
    after = query_of(ledger, korea, tmp_path / name, {name: claims})
    assert not any(item["sides"][0]["value"] == 11.2e9 for item in before)
    assert any([side["value"] for side in item["sides"]] == [13.9e9, 11.15e9] for item in after)


def query_of(ledger: Ledger, plan, path, claims):
    ingest(ledger, plan, [str(path)], clock, lambda document: claims[document.name], Options(jobs=1))
    with ledger.reading() as c:
        return query.conflicts(c)
