"""What a person gives is taken as the plan spells and counts it, or refused with a line that can be followed; all or nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from evidence_helpers import clock, marked
from sqlalchemy import func, select

from salpi.cli.review import review_command
from salpi.evidence.ingest import ingest
from salpi.evidence.ledger import Filter, query
from salpi.evidence.ledger import tables as t
from salpi.evidence.options import Options
from salpi.evidence.review import Decision, Reviewer, ReviewFault, accept, decide

KIM = Reviewer("kim", clock, "checked")
HEAD = "Release of the ministry on exports\nPublished: 2026-11-05\n"
BODY = HEAD + (
    "Exports 1.51e9 [exports.biohealth|South Korea|2026-10|USD|actual], revenue 4.4e12 [revenue|Celltrion|2024|KRW|actual], "
    "biopharma 5e9 [exports.biopharma|South Korea|2026-10|USD|actual], "
    "in euro 4e9 [exports.pharma|South Korea|2026-10|EUR|actual], "
    "and 7 [||||actual].\n"
)


def _entries(ledger) -> int:
    with ledger.reading() as c:
        return c.execute(select(func.count()).select_from(t.entries)).scalar_one()


def _bounds(document):
    """Each figure is read as a lower bound."""
    return tuple(replace(claim, qualifier="over") for claim in marked(document))


@pytest.mark.parametrize(
    ("changes", "qualifier"),
    [
        ({"value": 1.51e9}, ""),
        ({"value": 1.51e9, "qualifier": "about"}, "about"),
        ({"qualifier": "point"}, ""),
        ({"period": "2026-09"}, "over"),
        ({}, "over"),
    ],
)
def test_a_corrected_amount_is_a_point_unless_a_qualifier_is_given(ledger, korea, tmp_path, changes, qualifier):
    (tmp_path / "one.txt").write_text(BODY)
    ingest(ledger, korea, [str(tmp_path / "one.txt")], clock, _bounds, Options(quality="A", jobs=1))
    assert accept(ledger, korea, 1, KIM, changes).qualifier == qualifier


def test_a_given_subject_is_spelled_as_the_plan_does(any_ledger, take, korea):
    take(any_ledger, BODY)
    assert accept(any_ledger, korea, 2, KIM, {"subject": "samsung biologics"}).subject == "Samsung Biologics"
    assert accept(any_ledger, korea, 1, KIM, {"subject": "SOUTH KOREA", "value": 1.3e9}).subject == "South Korea"


def test_a_given_subject_that_nobody_knows_is_refused_unless_insisted_on(any_ledger, take, korea):
    take(any_ledger, BODY)
    why = r"claim 1: neither plan nor ledger has a subject 'Sout Korea' \(did you mean 'South Korea'\?\); --new-subject takes it"
    with pytest.raises(ReviewFault, match=why):
        accept(any_ledger, korea, 1, KIM, {"subject": "Sout Korea"})
    assert accept(any_ledger, korea, 1, KIM, {"subject": "Sout Korea"}, new_subject=True).subject == "Sout Korea"
    assert accept(any_ledger, korea, 2, KIM, {"subject": "Sout Korea"}).subject == "Sout Korea", "the ledger has it now"


def test_all_decisions_are_written_or_none_and_all_problems_are_told(any_ledger, take, korea):
    take(any_ledger, BODY)
    before = _entries(any_ledger)
    wanted = [Decision(2, True), Decision(999, True), Decision(1, False), Decision(5, True), Decision(2, False)]
    with pytest.raises(ReviewFault) as caught:
        decide(any_ledger, korea, wanted, KIM)
    assert [line.partition(";")[0] for line in caught.value.lines] == [
        "claim 999: there is none of that number",
        "claim 5: is about nothing that the plan measures",
        "claim 2: one decision a claim",
    ]
    assert _entries(any_ledger) == before
    decided = decide(any_ledger, korea, [Decision(2, True), Decision(1, False)], KIM)
    assert [row and row.value for row in decided.observations] == [4.4e12, None]
    assert _entries(any_ledger) == before + 1
    with any_ledger.reading() as c:
        verdicts = {claim["id"]: claim["verdict"] for claim in query.claims(c, Filter(ids=(1, 2)))}
    assert verdicts == {1: "rejected", 2: "accepted"}


@pytest.mark.parametrize(
    ("claim", "changes", "why"),
    [
        (
            3,
            {"indicator": "exports.biopharma"},
            r"claim 3: exports\.biopharma may be on any of exports\.biopharma@.*, exports\.bio",
        ),
        (
            4,
            {},
            r"claim 4: EUR is no unit in which the plan counts exports\.pharma \(it counts in KRW, USD\); correct --unit",
        ),
        (2, {"unit": "days"}, "correct --unit and --amount"),
        (1, {"value": float("nan")}, "claim 1: nan is no amount"),
        (1, {"qualifier": "roughly"}, "claim 1: qualifier: "),
    ],
)
def test_a_fault_says_what_to_give(ledger, take, korea, claim, changes, why):
    take(ledger, BODY)
    with pytest.raises(ReviewFault, match=why):
        accept(ledger, korea, claim, KIM, changes)


def test_a_corrected_unit_decides_which_definition_is_meant(ledger, take, korea):
    take(ledger, BODY)
    row = accept(ledger, korea, 4, KIM, {"unit": "USD", "value": 4.4e9, "indicator": "exports.pharma"})
    assert (row.unit, row.value) == ("USD", 4.4e9)


def test_the_command_takes_all_or_nothing_and_says_why_in_lines(ledger, take, capsys):
    take(ledger, BODY)
    place, before = ledger.url.database, _entries(ledger)
    assert review_command(accept=[2, 999, 998], ledger=place) == 2
    assert capsys.readouterr().err.splitlines() == [
        f"salpi review: claim {id}: there is none of that number; `salpi review` lists those that wait" for id in (999, 998)
    ]
    assert review_command(correct=1, amount="4.71 billion", ledger=place) == 2
    assert capsys.readouterr().err.splitlines() == [
        "salpi review: --amount '4.71 billion' is no number: write it without words and commas, e.g. 4.71e9"
    ]
    assert review_command(correct=1, subject="Sout Korea", ledger=place) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert _entries(ledger) == before
    assert review_command(correct=1, amount="1.31e9", qualifier="about", ledger=place) == 0
    assert "claim 1 corrected: exports.biohealth@motie, South Korea, 2026-10, about 1.31 billion USD" in capsys.readouterr().out
