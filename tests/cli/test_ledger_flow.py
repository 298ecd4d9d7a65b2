"""From this morning's release to the scorecard and the brief: what a document says, once accepted, is what they show."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from salpi.cli import main

RELEASE = """바이오의약품 수출 통계 (가상의 보도자료, 시험용)
배포일시: 2026. 11. 5.

보건산업진흥원은 2026년 10월 바이오헬스 수출이 전년 대비 12.0% 늘어난 15억 2천만 달러를 기록했다고 밝혔다.
삼성바이오로직스의 2025년 매출은 4조 9,000억 원이었다.
"""
"""Synthetic: written for this test."""


@pytest.fixture
def salpi(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SALPI_LEDGER", str(tmp_path / "ledger.sqlite"))

    def run(*words: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as stop:
            main(list(words))
        told = capsys.readouterr()
        return int(stop.value.code or 0), told.out, told.err

    return run


def test_a_release_goes_the_whole_way(salpi, tmp_path: Path) -> None:
    (tmp_path / "release.txt").write_text(RELEASE, "utf-8")
    before = json.loads(salpi("scorecard", "--json", "--draws", "20")[1])
    whose = ("--publisher", "Trade ministry", "--kind", "official", "--quality", "A")
    code, out, _ = salpi("ingest", "release.txt", *whose, "--json")
    assert code == 0
    assert json.loads(out)["documents"]["new"] == 1
    again = json.loads(salpi("ingest", "release.txt", "--json")[1])
    assert again["documents"] == {"new": 0, "version": 0, "known": 1, "described": 0, "refused": 0}
    claims = [json.loads(line) for line in salpi("claims", "--json")[1].splitlines()]
    claim = next(c for c in claims if c["indicator"] == "exports.biohealth" and c["unit"] == "USD")
    assert claim["value"] == 1.52e9
    assert RELEASE[slice(*claim["span"])] == claim["text"]
    if claim["verdict"] == "waiting":
        assert salpi("review", "--accept", str(claim["id"]), "--reason", "checked")[0] == 0
    code, out, err = salpi("explain", "exports.biohealth@motie", "2026-10", "--json")
    assert code == 0
    assert "of the ledger" in err
    found = json.loads(out)["indicators"][0]
    assert [v["value"] for v in found["values"]] == [1.52e9]
    assert found["claims"][0]["text"] == claim["text"]
    after = json.loads(salpi("scorecard", "--json", "--draws", "20")[1])
    assert after["spec"]["hash"] != before["spec"]["hash"]
    alone = json.loads(salpi("scorecard", "--json", "--draws", "20", "--no-ledger")[1])
    assert alone["spec"]["hash"] == before["spec"]["hash"]


def test_a_run_with_the_ledger_replays_with_it_and_not_without(salpi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "release.txt").write_text(RELEASE, "utf-8")
    salpi("ingest", "release.txt")
    waiting = json.loads(salpi("review", "--json")[1])["waiting"]
    salpi("review", *(word for c in waiting if c["definition"] and "@" in c["definition"] for word in ("--accept", str(c["id"]))))
    assert salpi("simulate", "--draws", "10", "--out", "run.json")[0] == 0
    assert salpi("replay", "run.json")[0] == 0
    monkeypatch.setenv("SALPI_LEDGER", str(tmp_path / "other.sqlite"))
    code, _, err = salpi("replay", "run.json")
    assert (code, "hash differs" in err) == (1, True)


def test_figures_of_the_brief_lead_to_their_claims(salpi, tmp_path: Path) -> None:
    assert salpi("brief", "--draws", "20", "--out", "brief.html")[0] == 0
    page = (tmp_path / "brief.html").read_text("utf-8")
    anchors = set(re.findall(r'id="(c\d+)"', page))
    used = set(re.findall(r'href="#(c\d+)"', page))
    assert len(used) > 20
    assert used <= anchors
    assert re.search(r'class="claim" id="c\d+">.*?observations\.csv:\d+', page)


def test_a_ledger_that_was_named_and_is_not_there_is_said(salpi) -> None:
    code, out, err = salpi("scorecard", "--ledger", "nowhere.sqlite", "--draws", "5")
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
