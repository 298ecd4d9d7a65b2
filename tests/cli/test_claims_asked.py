"""What a query of claims may ask for, and one line for what is none."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "evidence"))

from evidence_helpers import marked

import salpi.evidence.ingest as evidence_ingest
from salpi.cli import main

TEXT = (
    "Published: 2026-11-05\n"
    "Revenue of 4.4e12 [revenue|Celltrion|2024|KRW|actual] won.\n"
    "Rank 5 [trials.country_rank|Ireland|2025|rank|actual] now.\n"
    "Sheep 7 [|Ireland|2025|count|actual] there.\n"
)


@pytest.fixture
def salpi(capsys, monkeypatch, tmp_path: Path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SALPI_LEDGER", str(tmp_path / "ledger.sqlite"))
    monkeypatch.setattr(evidence_ingest, "default_extractor", lambda plan: marked)
    (tmp_path / "in").mkdir()
    for name in ("release.txt", "deadbeef01", "release.v2.md"):
        (tmp_path / "in" / name).write_text(TEXT + name, "utf-8")

    def run(*words: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as stop:
            main(list(words))
        told = capsys.readouterr()
        return int(stop.value.code or 0), told.out, told.err

    assert run("ingest", "in/release.txt", "in/deadbeef01", "in/release.v2.md", "--jobs", "1")[0] == 0
    return run


def found(salpi, *words: str) -> list[tuple[str, str]]:
    return [(row["text"], row["doc"]) for row in map(json.loads, salpi("claims", "--json", *words)[1].splitlines())]


def test_a_claim_with_an_open_conflict_is_found_as_conflicting(salpi) -> None:
    before = found(salpi, "--verdict", "conflicting")
    assert ("4.4e12", "release.txt") in before
    number = salpi("conflicts", "--ledger-only", "--json")[1]
    ids = {item["claim"] for item in json.loads(number)["conflicts"]}
    listed = {json.loads(line)["id"] for line in salpi("claims", "--json", "--verdict", "conflicting")[1].splitlines()}
    assert listed == ids
    assert salpi("review", "--accept", str(min(ids)))[0] == 0
    assert len(found(salpi, "--verdict", "conflicting")) < len(before) or len(before) == 1
    assert len(found(salpi, "--verdict", "conflicting", "--as-of", "2000")) == 0


def test_claims_without_a_decision_are_found_as_none(salpi) -> None:
    assert {text for text, _ in found(salpi, "--verdict", "none")} == {"7"}


@pytest.mark.parametrize("name", ["ireland", "IRELAND", "Ireland", "iReLaNd"])
def test_a_subject_is_found_whatever_its_case(salpi, name: str) -> None:
    assert len(found(salpi, "--subject", name)) == 6
    assert salpi("conflicts", "--subject", name.lower())[0] == 0


@pytest.mark.parametrize(
    ("given", "names"),
    [
        ("release.txt", {"release.txt"}),
        ("release", {"release.txt"}),
        ("release.v2", {"release.v2.md"}),
        ("in/release.txt", {"release.txt"}),
        ("./in/../in/release.txt", {"release.txt"}),
        ("deadbeef01", {"deadbeef01"}),
        ("nothing", set()),
    ],
)
def test_a_document_is_found_by_name_stem_and_path(salpi, given: str, names: set[str]) -> None:
    assert {doc for _, doc in found(salpi, "--document", given)} == names


def test_a_document_is_found_by_the_beginning_of_its_hash(salpi) -> None:
    row = json.loads(salpi("claims", "--json", "--limit", "1")[1])
    assert {doc for _, doc in found(salpi, "--document", row["document"][:12])} == {row["doc"]}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("claims", "--verdict", "waitng"), "--verdict waitng: is no verdict; did you mean 'waiting'?; there are accepted"),
        (("claims", "--indicator", "revenu"), "--indicator revenu: neither a claim of the ledger nor the plan korea has that id"),
        (("claims", "--indicator", "revenu"), "did you mean 'revenue'?"),
        (("review", "--indicator", "revenu"), "did you mean 'revenue'?"),
        (("claims", "--period", "FY2026"), "a fiscal year is written by its months, e.g. 2025-04/2026-03"),
        (("claims", "--period", "2025-26"), "a fiscal year is written by its months, e.g. 2025-04/2026-03"),
        (("claims", "--period", "someday"), "--period 'someday' is no period"),
    ],
)
def test_words_that_are_none_are_one_line(salpi, words: tuple[str, ...], said: str) -> None:
    code, out, err = salpi(*words)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert said in err


def test_what_the_plan_measures_and_no_claim_has_is_nothing_found(salpi) -> None:
    code, out, err = salpi("claims", "--indicator", "exports.biopharma")
    assert (code, out) == (0, "")
    assert "no claim is like that" in err


def test_a_variable_names_the_plan_for_all_commands(salpi, monkeypatch, tmp_path: Path) -> None:
    assert "plan: korea " in salpi("ingest", "in/release.txt")[1]
    monkeypatch.setenv("SALPI_PLAN", "atlantis")
    for words in (("ingest", "in/release.txt"), ("conflicts",), ("extract", "in/release.txt"), ("check",)):
        code, out, err = salpi(*words)
        assert code == 2
        assert "atlantis" in out + err
    assert json.loads(salpi("ingest", "in/release.txt", "--plan", "korea", "--json")[1])["plan"]["id"] == "korea"


def test_what_is_to_be_judged_again_is_asked_for_as_in_the_queue(salpi) -> None:
    def judged(*words: str) -> int:
        return json.loads(salpi("review", "--again", "--json", *words)[1])["again"]["judged"]

    assert judged("--subject", "celltrion") == judged("--subject", "Celltrion") > 0
    code, out, err = salpi("review", "--again", "--indicator", "revenu")
    assert (code, out) == (2, "")
    assert "did you mean 'revenue'?" in err


def test_a_document_is_found_by_every_path_at_which_it_stood(salpi) -> None:
    Path("in/copy.txt").write_bytes(Path("in/release.txt").read_bytes())
    assert salpi("ingest", "in/copy.txt", "--jobs", "1")[0] == 0
    there = found(salpi, "--document", "in/release.txt")
    assert found(salpi, "--document", "in/copy.txt") == there != []


def test_conflicts_of_what_another_plan_measures_are_left_out(salpi, monkeypatch) -> None:
    import salpi.cli.conflicts as command

    def conflicts() -> list[object]:
        return json.loads(salpi("conflicts", "--ledger-only", "--json")[1])["conflicts"]

    assert conflicts()
    plan = command.plan_of("korea")
    others = {id: one for id, one in plan.indicators.items() if not id.startswith("revenue")}
    monkeypatch.setattr(command, "plan_of", lambda _: replace(plan, indicators=others))
    assert conflicts() == []
