"""Conflicts that documents raise stand in the brief and in explain, beside those among the plan's own sources."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "evidence"))

from evidence_helpers import marked

import salpi.evidence.ingest as evidence_ingest
from salpi.cli import main
from salpi.cli.brief import repeat

TEXT = (
    "A release that differs\nPublished: 2026-11-05\n"
    "Revenue of 4.4e12 [revenue|Celltrion|2024|KRW|actual] won.\n"
    "Exports of 2.9e10 [exports.biohealth|South Korea|2025|USD|actual] dollars.\n"
)


@pytest.fixture
def salpi(capsys, monkeypatch, tmp_path: Path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(evidence_ingest, "default_extractor", lambda plan: marked)
    Path("release.txt").write_text(TEXT, "utf-8")

    def run(*words: str) -> str:
        with pytest.raises(SystemExit) as stop:
            main(list(words))
        told = capsys.readouterr()
        assert stop.value.code == 0, told.err
        return str(told.out)

    run("ingest", "release.txt", "--ledger", "mine.sqlite", "--jobs", "1")
    return run


@pytest.mark.parametrize(("lang", "heading"), [("en", "Where sources disagree"), ("ko", "출처")])
def test_the_brief_shows_the_ledgers_conflicts_and_how_to_make_it_again(salpi, lang: str, heading: str) -> None:
    salpi("brief", "--draws", "20", "--lang", lang, "--ledger", "mine.sqlite", "--out", "brief.md")
    page = Path("brief.md").read_text("utf-8")
    assert heading in page
    assert "A release that differs" in page
    assert f"--ledger mine.sqlite --lang {lang} --format md" in page
    salpi("brief", "--draws", "20", "--lang", lang, "--no-ledger", "--out", "alone.md")
    alone = Path("alone.md").read_text("utf-8")
    assert "A release that differs" not in alone
    assert f"--no-ledger --lang {lang}" in alone


def test_explain_lists_the_ledgers_conflicts(salpi) -> None:
    words = ("explain", "revenue", "2024", "--subject", "Celltrion")
    told = salpi(*words, "--ledger", "mine.sqlite")
    assert "A release that differs" in told.partition("Sources disagree")[2]
    found = json.loads(salpi(*words, "--ledger", "mine.sqlite", "--json"))["indicators"][0]["conflicts"]
    sides = [side for conflict in found for side in conflict["sides"]]
    mine = next(side for side in sides if side["span"])
    assert TEXT[slice(*mine["span"])] == "4.4e12"
    assert "A release that differs" not in salpi(*words, "--no-ledger")
    assert "4.4" not in salpi("explain", "revenue", "2023", "--subject", "Celltrion", "--ledger", "mine.sqlite")


def test_no_password_stands_in_the_command_that_makes_a_brief_again(monkeypatch) -> None:
    monkeypatch.delenv("SALPI_LEDGER", raising=False)
    secret = "postgresql://team:secret@db.example/salpi"
    assert "secret" not in " ".join(repeat("korea", "md", "en", None, None, None, ledger=secret))
    assert "--ledger" not in repeat("korea", "md", "en", None, None, None)
    monkeypatch.setenv("SALPI_LEDGER", secret)
    assert "postgresql://team:***@db.example/salpi" in repeat("korea", "md", "en", None, None, None)
