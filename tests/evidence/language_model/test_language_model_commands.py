"""``salpi extract`` and ``salpi ingest`` with a language model: off unless named, its claims wait, its failures are lines."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from fake_endpoint import SECRET, claim, claiming, saying, sending

from salpi.cli.claims import claims_command
from salpi.cli.extract import extract_command
from salpi.cli.ingest import ingest_command

LINE = "국내 바이오 기업 수는 1340으로 늘었다."
EXPORTS = "Pharmaceutical exports came to $9.2 billion in 2024."
TEXT = f"Published: 2025-02-03\n\n{EXPORTS}\n\n{LINE}\n"
FIRMS = claim("기업 수는 1340", LINE, 1340, "count", indicator="companies.biotech", subject="South Korea", period="2024")
KNOWN = claim("$9.2 billion", EXPORTS, 8.8e9, "USD", indicator="exports.bio", subject="South Korea", period="2024")


@pytest.fixture(autouse=True)
def _own(monkeypatch, tmp_path):
    monkeypatch.setenv("SALPI_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("SALPI_ENDPOINT_KEY", SECRET)
    monkeypatch.setenv("SALPI_LEDGER", str(tmp_path / "ledger.sqlite"))


@pytest.fixture
def note(tmp_path):
    path = tmp_path / "note.txt"
    path.write_text(TEXT, encoding="utf-8")
    return str(path)


def rows(out: str) -> dict[str, dict]:
    return {row["text"]: row for row in map(json.loads, out.splitlines())}


def in_ledger(capsys) -> dict:
    """The model's claim as the ledger has it."""
    assert claims_command(json=True) == 0
    return rows(capsys.readouterr().out)["1340"]


def test_extract_adds_what_holds_and_leaves_the_grammars_claims_as_they_are(note, fake, capsys):
    assert extract_command([note]) == 0
    before = rows(capsys.readouterr().out)
    assert "1340" not in before
    fake.script = [claiming(FIRMS, KNOWN)]
    assert extract_command([note], language_model="test-model", endpoint=fake.url) == 0
    out, err = capsys.readouterr()
    after = rows(out)
    assert {text: row for text, row in after.items() if text != "1340"} == before
    assert after["1340"]["span"] == [TEXT.index("1340"), TEXT.index("1340") + 4]
    assert err == "language model test-model: 1 portions, 0 of them from the cache: 1 claims added, 1 known already, 0 dropped\n"


def test_extract_refuses_a_document_without_an_answer_and_does_the_others(note, tmp_path, fake, capsys):
    other = tmp_path / "other.txt"
    other.write_text("Exports came to $1 billion.\n", encoding="utf-8")
    fake.script = [saying('{"claims": []}'), sending(400)]
    assert extract_command([note, str(other)], language_model="test-model", endpoint=fake.url) == 2
    out, err = capsys.readouterr()
    assert {row["doc"] for row in rows(out).values()} == {"note.txt"}
    assert err.splitlines()[0].startswith(f"salpi extract: {other}: not taken in: the language model at http://127.0.0.1")
    assert SECRET not in out + err


@pytest.mark.parametrize("command", [extract_command, ingest_command])
def test_half_a_name_is_one_line_and_nothing_is_sent(command, note, fake, capsys):
    assert command([note], endpoint=fake.url) == 2
    assert command([note], language_model="m", endpoint="http://models.example/v1") == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 2
    assert "--language-model NAME is missing" in lines[0]
    assert "use https" in lines[1]
    assert fake.asked == []


def test_ingest_keeps_what_holds_waiting_and_counts_the_rest(note, fake, capsys):
    fake.script = [claiming(FIRMS, KNOWN, {**FIRMS, "quote": "invented"})]
    assert ingest_command([note], quality="A", language_model="test-model", endpoint=fake.url, json=True) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["language_model"] == {
        "name": "test-model",
        "tally": {"added": 1, "dropped: quote": 1, "known": 1, "portions": 1},
    }
    row = in_ledger(capsys)
    assert (row["verdict"], row["score"]) == ("waiting", 0.5)
    assert row["rules"]["indicator"] == "language model: test-model"


def test_a_claim_of_the_model_waits_whatever_score_suffices(note, tmp_path, fake, capsys):
    rules = tmp_path / "rules.yaml"
    rules.write_text("least_score: 0\nleast_quality: D\njump: 1000000\n")
    fake.script = [claiming({**FIRMS, "period": "2009"})]  # of which nothing is known
    assert ingest_command([note], quality="A", rules=rules, language_model="test-model", endpoint=fake.url) == 0
    assert "language model test-model: 1 portions" in capsys.readouterr().out
    row = in_ledger(capsys)
    assert (row["verdict"], row["rule"]) == ("waiting", "warning")
    assert row["reason"] == "only the language model test-model points at it"


def test_a_document_without_an_answer_is_taken_in_by_the_same_command_later(note, fake, capsys):
    fake.script = [sending(401)]
    assert ingest_command([note], language_model="test-model", endpoint=fake.url) == 2
    out, err = capsys.readouterr()
    assert "documents: 0 new, 0 known already, 1 refused" in out
    assert "refuses the key (401)" in err
    assert SECRET not in out + err
    fake.script = [claiming(FIRMS)]
    assert ingest_command([note], language_model="test-model", endpoint=fake.url) == 0
    assert "documents: 1 new" in capsys.readouterr().out
    asked = len(fake.asked)
    assert ingest_command([note], language_model="test-model", endpoint=fake.url) == 0
    assert len(fake.asked) == asked  # known already: neither read nor asked about again


def test_an_answer_slower_than_reading_may_take_is_waited_for(note, fake, capsys, monkeypatch):
    """The limit on reading a document is not that on asking about it."""
    from salpi.evidence.documents import refused

    monkeypatch.setattr(refused.Limits, "__init__", _short(refused.Limits.__init__))

    def slow(handler, body):
        fake.stop.wait(2.0)
        claiming(FIRMS)(handler, body)

    fake.script = [slow]
    assert ingest_command([note], language_model="test-model", endpoint=fake.url) == 0
    assert "1 claims added" in capsys.readouterr().out


def _short(init):
    def made(self, *args, **kwargs):
        init(self, *args, **{"seconds": 1.5, **kwargs})

    return made


def test_the_environment_names_it_too_and_the_key_is_nowhere_on_disk(note, tmp_path, fake):
    fake.script = [claiming(FIRMS)]
    named = {**os.environ, "SALPI_LANGUAGE_MODEL": "test-model", "SALPI_ENDPOINT": fake.url}
    done = subprocess.run(
        [sys.executable, "-m", "salpi", "extract", note], capture_output=True, text=True, timeout=120, env=named, cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    assert "1340" in rows(done.stdout)
    assert len(fake.asked) == 1
    assert SECRET not in done.stdout + done.stderr
    for path in tmp_path.rglob("*"):
        assert not path.is_file() or SECRET.encode() not in path.read_bytes()
