"""The ledger's commands: what they print, the JSON that scripts rely on, and one line for each fault."""

from __future__ import annotations

import csv
import io
import json
import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "evidence"))

from evidence_helpers import marked

import salpi.cli.again as again_module
import salpi.cli.ingest as ingest_module
import salpi.evidence.ingest as evidence_ingest
from salpi.cli.claims import claims_command
from salpi.cli.conflicts import conflicts_command
from salpi.cli.extract import extract_command
from salpi.cli.ingest import ingest_command
from salpi.cli.review import review_command
from salpi.plan import load_plan

TEXT = (
    "Release of the ministry on exports\nPublished: 2026-11-05\n"
    "바이오의약품 수출은 1.51e9 [exports.biohealth|South Korea|2026-10|USD|actual] 달러였다.\n"
    "Revenue of 4.4e12 [revenue|Celltrion|2024|KRW|actual] won. Rank 5 [trials.country_rank|South Korea|2025|rank|actual] now.\n"
)


@pytest.fixture(autouse=True)
def _stand_ins(monkeypatch, tmp_path):
    """The marked figures stand for the grammar, one number for the model."""
    monkeypatch.setattr(evidence_ingest, "default_extractor", lambda plan: marked)
    for module in (ingest_module, again_module):
        monkeypatch.setattr(module, "probabilities", lambda *_: [{"target": "a.target", "before": 0.2, "after": 0.35}])
    monkeypatch.setenv("SALPI_LEDGER", str(tmp_path / "default.sqlite"))


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "release.txt"
    path.write_text(TEXT)
    return str(path)


def test_ingest_ends_with_a_summary(file, capsys):
    assert ingest_command([file], quality="A", actor="kim") == 0
    out = capsys.readouterr().out
    assert "documents: 1 new, 0 known already, 0 refused" in out
    assert (
        "claims: 3 found, of what the plan measures: 2 new, 0 repeated, 0 superseded, 0 inherited, 1 conflicting, 1 waiting"
        in out
    )
    assert "contradiction: Revenue, Celltrion, 2024." in out
    assert "latest value of kbio2025.trials.country_rank.2030: rank 6 (2024) → rank 5 (2025)" in out
    assert "chance of a.target: 20 % → 35 %" in out
    assert ingest_command([file], quality="A") == 0
    out = capsys.readouterr().out
    assert "documents: 0 new, 1 known already" in out
    assert "the scorecard: no latest value moved" in out


def test_ingest_as_json(file, capsys):
    assert ingest_command([file], quality="A", json=True) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["documents"] == {"new": 1, "version": 0, "known": 0, "described": 0, "refused": 0}
    assert found["claims"] == {
        "found": 3,
        "new": 2,
        "repeated": 0,
        "superseded": 0,
        "inherited": 0,
        "conflicting": 1,
        "waiting": 1,
    }
    assert found["first"]["conflicting"] == [2]
    (moved,) = found["moved"]
    assert (moved["target"], moved["before"]["value"], moved["after"]["value"]) == ("kbio2025.trials.country_rank.2030", 6.0, 5.0)
    assert found["probabilities"] == [{"target": "a.target", "before": 0.2, "after": 0.35}]


def test_what_is_refused_is_one_line_and_the_rest_goes_in(file, tmp_path, capsys):
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 broken")
    assert ingest_command([str(tmp_path / "broken.pdf"), file, str(tmp_path / "none")], quality="A") == 2
    streams = capsys.readouterr()
    assert "documents: 1 new, 0 known already, 2 refused" in streams.out
    assert streams.err.splitlines() == [
        f"salpi ingest: {tmp_path}/none: there is no such file or folder",
        f"salpi ingest: {tmp_path}/broken.pdf: is no readable PDF: the file is broken or cut off",
    ]


def test_standard_input_beside_files(file, tmp_path, capsys, monkeypatch):
    """Typed text larger than a pipe holds, after files whose results are as large."""
    filler = "nothing of note was said here about anything. \n" * 8000
    for at in range(6):
        (tmp_path / f"{at}.txt").write_text(filler + TEXT.replace("1.51e9", f"1.6{at}e9"))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO((filler + TEXT).encode())))
    assert ingest_command([*(str(tmp_path / f"{at}.txt") for at in range(6)), "-", file], quality="A", jobs=1) == 0
    assert "documents: 8 new" in capsys.readouterr().out


def test_standard_input_is_a_document(capsys, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode("cp949"))))
    assert ingest_command(["-"], quality="A", publisher="A ministry", title="Typed in") == 0
    assert "documents: 1 new" in capsys.readouterr().out
    assert claims_command(json=True) == 0
    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {record["title"] for record in records} == {"Typed in"}
    assert {record["publisher"] for record in records} == {"A ministry"}


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"places": []}, "name a file, a folder, an address, or - for standard input"),
        ({"published": "yesterday"}, "--published 'yesterday' is no date: write it as 2026-11-05"),
        ({"max_mb": -1}, "--max-mb must be more than 0"),
        ({"jobs": 0}, "--jobs must be from 1 to 64"),
        ({"plan": "corea"}, "is no plan"),
        ({"ledger": "mysql://u:geheim77@h/d"}, "a ledger is kept in SQLite or PostgreSQL, not in mysql"),
        ({"rules": Path("none.yaml")}, "none.yaml: cannot be read"),
    ],
)
def test_faults_are_one_line_with_code_2(file, capsys, given, why):
    assert ingest_command(**{"places": [file], **given}) == 2
    said = capsys.readouterr().err
    assert why in said
    assert "Traceback" not in said
    assert "geheim77" not in said
    assert len(said.splitlines()) == 1


def test_claims_as_table_lines_and_csv(file, tmp_path, capsys):
    ingest_command([file], quality="A")
    capsys.readouterr()
    assert claims_command() == 0
    assert (
        "exports.biohealth@motie · South Korea · 2026-10  1.51 billion USD (actual)  [accepted]  release.txt:"
        in capsys.readouterr().out
    )
    assert claims_command("수출", json=True) == 0
    (record,) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {
        "doc",
        "span",
        "text",
        "value",
        "high",
        "unit",
        "indicator",
        "subject",
        "period",
        "status",
        "qualifier",
        "baseline",
        "lang",
    } <= set(record)
    assert TEXT[record["span"][0] : record["span"][1]] == record["text"] == "1.51e9"
    assert (record["score"], record["rule"], len(record["document"])) == (0.999, "new", 64)
    assert claims_command(out=tmp_path / "claims.csv") == 0
    rows = list(csv.DictReader(io.StringIO((tmp_path / "claims.csv").read_text(encoding="utf-8-sig"))))
    assert [row["text"] for row in rows] == ["5", "4.4e12", "1.51e9"]
    assert not list(tmp_path.glob(".*.part"))


def test_a_query_of_no_ledger_says_so(capsys):
    for command in (claims_command, review_command, lambda: conflicts_command(ledger_only=True)):
        assert command() == 2
        assert "there is no ledger there; `salpi ingest` makes one" in capsys.readouterr().err


def test_conflicts_of_ledger_and_plan(file, capsys):
    assert conflicts_command(limit=1) == 0
    streams = capsys.readouterr()
    assert "these are the plan's own" in streams.err
    ingest_command([file], quality="A")
    capsys.readouterr()
    assert conflicts_command(indicator="revenue", subject="Celltrion", json=True) == 0
    found = json.loads(capsys.readouterr().out)["conflicts"]
    assert {"id", "indicator", "subject", "period", "kind", "sides", "explanation"} <= set(found[0])
    assert [(side["value"], side["unit"], side["span"] is not None) for side in found[0]["sides"]] == [
        (4.4e12, "KRW", True),
        (3557800000000.0, "KRW", False),
    ]
    assert conflicts_command(lang="ko", ledger_only=True) == 0
    out = capsys.readouterr().out
    assert "출처별 수치가 다릅니다" in out
    assert "1 conflicts" in out


def test_review_lists_and_decides(file, capsys):
    ingest_command([file], quality="A")
    capsys.readouterr()
    assert review_command() == 0
    out = capsys.readouterr().out
    assert "2  revenue · Celltrion · 2024  4.4 trillion KRW (actual, score 0.999)" in out
    assert "Revenue of «4.4e12»" in out
    assert review_command(correct=2, amount=3.56e12, reason="misprint", actor="kim", json=True) == 0
    (decision,) = json.loads(capsys.readouterr().out)["decisions"]
    assert (decision["verdict"], decision["observation"]["value"]) == ("corrected", 3.56e12)
    assert review_command(reject=[1], reason="no") == 0
    assert review_command() == 0
    assert "nothing waits" in capsys.readouterr().out


def test_what_is_judged_again_because_of_a_decision_is_told_in_text_and_json(file, tmp_path, capsys):
    for name in ("second", "third"):
        more = tmp_path / f"{name}.txt"
        more.write_text(
            f"The {name} text\nPublished: 2026-11-05\n1.51e9 [exports.biohealth|South Korea|2026-10|USD|actual] dollars.\n",
            encoding="utf-8",
        )
        ingest_command([file, str(more)], quality="A")
    capsys.readouterr()
    assert review_command(reject=[1], reason="no", json=True) == 0
    told = json.loads(capsys.readouterr().out)
    assert [item["claim"] for item in told["decisions"]] == [1]
    why = "repeats what a person took back (claim 1)"
    assert told["judged_again"] == [{"claim": claim, "verdict": "waiting", "rule": "fallen", "reason": why} for claim in (4, 5)]
    assert review_command(reject=[5], json=True) == 0
    assert json.loads(capsys.readouterr().out)["judged_again"] == []


def test_a_refusal_names_the_path_as_it_was_given(tmp_path, monkeypatch, capsys):
    for folder in ("a", "b"):
        (tmp_path / "in" / folder).mkdir(parents=True)
        (tmp_path / "in" / folder / "report.txt").write_bytes(b"")
    monkeypatch.chdir(tmp_path)
    why = "is empty: nothing can be read from it"
    lines = [f"in/{folder}/report.txt: {why}" for folder in ("a", "b")]
    assert ingest_command(["in"], json=True) == 2
    streams = capsys.readouterr()
    assert json.loads(streams.out)["refused"] == lines
    assert streams.err.splitlines() == [f"salpi ingest: {line}" for line in lines]
    assert extract_command(["in", "in/a/report.txt", str(tmp_path / "in/b")]) == 2
    lines.append(f"{tmp_path}/in/b/report.txt: {why}")
    assert capsys.readouterr().err.splitlines() == [f"salpi extract: {line}" for line in lines]


def test_a_refusal_of_an_address_shows_no_password(capsys):
    for command in (ingest_command, extract_command):
        assert command(["http://joe:secret@example.org/x"]) == 2
        assert "http://example.org/x: holds a user name or a password" in (err := capsys.readouterr().err)
        assert "secret" not in err


@pytest.fixture
def strict(tmp_path):
    """Rules by which nothing is accepted."""
    path = tmp_path / "strict.yaml"
    path.write_text("least_score: 2\n")
    return path


def test_what_waits_is_judged_again(file, strict, capsys):
    ingest_command([file], quality="A", rules=strict)
    capsys.readouterr()
    assert review_command(again=True, actor="kim", reason="rules of today") == 0
    out = capsys.readouterr().out
    assert "claims: 3 judged again by the plan korea 2026.11, " in out
    assert "; 2 of them otherwise than before\nnow: 2 accepted, 0 repeated, 1 waiting, 1 conflicting\n" in out
    assert "  accepted: claims 1, 3\n" in out
    assert "latest value of kbio2025.trials.country_rank.2030: rank 6 (2024) → rank 5 (2025)" in out
    assert "chance of a.target: 20 % → 35 %" in out
    assert review_command(again=True, json=True) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["again"] == {"judged": 1, "accepted": 0, "repeated": 0, "waiting": 1, "conflicting": 1, "renewed": 0}
    assert (told["plan"]["id"], told["left"]) == ("korea", {"unmeasured": 0, "other_plans": 0})
    assert (told["first"]["waiting"], told["moved"], told["probabilities"]) == ([2], [], None)


def test_ingest_says_when_claims_wait_as_another_state_of_the_plan_judged_them(file, tmp_path, capsys):
    mine = tmp_path / "my plan"
    shutil.copytree(load_plan("korea").root, mine)
    text = (mine / "plan.yaml").read_text("utf-8")
    (mine / "plan.yaml").write_text(text.replace('version: "2026.11"', 'version: "2026.12"'), "utf-8")
    ingest_command([file], quality="A")
    assert "judged" not in capsys.readouterr().out
    ingest_command([file], plan=str(mine))
    command = f"salpi review --again --plan '{mine}'"
    assert capsys.readouterr().out.endswith(
        f"1 claim waits as another state of the plan korea judged it; `{command}` judges anew\n"
    )
    ingest_command([file], plan=str(mine), json=True)
    assert json.loads(capsys.readouterr().out)["judged_before"] == 1
    review_command(again=True, plan=str(mine))
    capsys.readouterr()
    ingest_command([file], plan=str(mine))
    assert "judged" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"again": True, "accept": [2]}, "--again lets the rules decide"),
        ({"again": True, "period": "2024"}, "--period is no filter of --again"),
        ({"rules": Path("rules.yaml")}, "use it with --again"),
        ({"again": True, "rules": Path("nowhere.yaml")}, "nowhere.yaml: cannot be read"),
        ({"again": True, "plan": "nowhere"}, "nowhere: is no plan"),
        ({"accept": [2], "reject": [2]}, "claim 2: one decision a claim"),
        ({"accept": [2], "amount": 5}, "--amount changes the claim: use --correct"),
        ({"correct": 2}, "--correct needs what is to be corrected"),
        ({"accept": [77]}, "claim 77: there is none of that number"),
    ],
)
def test_decisions_that_make_no_sense(file, capsys, given, why):
    ingest_command([file], quality="A")
    capsys.readouterr()
    assert review_command(**given) == 2
    said = capsys.readouterr().err
    assert why in said
    assert len(said.splitlines()) == 1


def test_what_a_folder_holds_beside_documents_is_counted(file, tmp_path, capsys):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT)
    for name in ("a.csv", "b.csv", "c.json", "LICENSE", ".hidden"):
        (folder / name).write_text("1,2\n")
    (folder / "link.txt").symlink_to(file)
    assert ingest_command([str(folder)], quality="A") == 0
    out = capsys.readouterr().out
    assert "left out of folders: 5 files that are no documents (2 csv, 1 json, 1 link, 1 without ending)" in out
    assert ingest_command([str(folder)], quality="A", json=True) == 0
    assert json.loads(capsys.readouterr().out)["skipped"] == {"csv": 2, "json": 1, "link": 1, "without ending": 1}
    assert ingest_command([str(folder / "c.json")]) == 2
    assert "is JSON, no document" in capsys.readouterr().err
