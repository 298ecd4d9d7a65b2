"""A document that cannot be judged or written costs itself alone, on both databases."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from evidence_helpers import clock, marked

import salpi.evidence.writer as module
from salpi.evidence.ingest import ingest
from salpi.evidence.ledger import Filter, Ledger, LedgerFault, query
from salpi.evidence.options import Options

GOOD = "A good release on exports\n{at}.5e9 [exports.biohealth|South Korea|2026-0{at}|USD|actual]\n"


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "documents"
    place.mkdir()
    for at in (1, 2, 3):
        (place / f"{at}.txt").write_text(GOOD.format(at=at))
    return place


def _take(ledger, plan, folder, extractor=marked):
    return ingest(ledger, plan, [str(folder)], clock, extractor, Options(quality="A", jobs=1))


def _names(ledger):
    with ledger.reading() as c:
        return sorted({record["doc"] for record in query.every_claim(c, Filter())})


@pytest.mark.parametrize("bad", [{"subject": "a\udcffb"}, {"period": "\ud800"}])
def test_what_cannot_be_written_is_refused_and_the_rest_goes_in(any_ledger, korea, folder, bad):
    def odd(document):
        found = marked(document)
        return tuple(replace(claim, **bad) for claim in found) if document.name == "2.txt" else found

    summary = _take(any_ledger, korea, folder, odd)
    assert (summary.documents["new"], summary.documents["refused"]) == (2, 1)
    assert summary.refused[0].startswith(f"{folder}/2.txt: could not be taken in (")
    assert "\n" not in summary.refused[0]
    assert _names(any_ledger) == ["1.txt", "3.txt"]
    assert _take(any_ledger, korea, folder).documents["new"] == 1


@pytest.mark.parametrize("subject", ["a\0b", random.Random(1).randbytes(4000).hex()], ids=["zero", "long"])
def test_what_only_postgresql_refuses_costs_itself_alone(postgres, korea, folder, subject):
    def odd(document):
        found = marked(document)
        return tuple(replace(claim, subject=subject) for claim in found) if document.name == "2.txt" else found

    with Ledger.open(postgres) as opened:
        summary = _take(opened, korea, folder, odd)
        assert (summary.documents["new"], summary.documents["refused"]) == (2, 1)
        assert "postgresql://" not in summary.refused[0]
        assert _names(opened) == ["1.txt", "3.txt"]


def test_what_cannot_be_judged_is_refused_and_the_rest_goes_in(ledger, korea, folder, monkeypatch):
    def judge(cases, known, rules, *more):
        if any(case.claim.doc == "2.txt" for case in cases):
            raise ValueError("'9999-12-31' is no period")
        return judged(cases, known, rules, *more)

    judged = module.judge_document
    monkeypatch.setattr(module, "judge_document", judge)
    summary = _take(ledger, korea, folder)
    assert summary.refused == [f"{folder}/2.txt: could not be taken in (ValueError: '9999-12-31' is no period)"]
    assert _names(ledger) == ["1.txt", "3.txt"]


def test_what_cannot_be_taken_in_is_named_as_it_was_given(ledger, korea, folder, monkeypatch):
    def judge(cases, *_):
        raise ValueError("no")

    (folder / "more").mkdir()
    (folder / "1.txt").rename(folder / "more" / "2.txt")
    monkeypatch.setattr(module, "judge_document", judge)
    monkeypatch.chdir(folder.parent)
    summary = _take(ledger, korea, folder.name)
    assert [line.partition(":")[0] for line in summary.refused] == [f"{folder.name}/{name}.txt" for name in ("2", "3", "more/2")]


def test_a_fault_of_the_database_ends_the_run(ledger, korea, folder, monkeypatch):
    def full(*_):
        raise LedgerFault("the disk is full")

    monkeypatch.setattr(module, "add_findings", full)
    with pytest.raises(LedgerFault, match="full"):
        _take(ledger, korea, folder)
