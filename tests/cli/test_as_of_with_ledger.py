"""``--as-of`` means plan and ledger together, in every command that has both."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import salpi.cli.ingest as salpi_ingest
import salpi.cli.review as salpi_review
from salpi.cli import main


@pytest.fixture
def salpi(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A ledger with one entry of 2026-12-10 and one of 2026-12-20, each an observation."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SALPI_LEDGER", str(tmp_path / "ledger.sqlite"))

    def run(*words: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as stop:
            main(list(words))
        told = capsys.readouterr()
        return int(stop.value.code or 0), told.out, told.err

    for day, month, amount in (("10", "10", "15.2"), ("20", "11", "16.1")):
        at = f"2026-12-{day}T09:00:00Z"
        monkeypatch.setattr(salpi_ingest, "now", lambda at=at: at)
        monkeypatch.setattr(salpi_review, "now", lambda at=at: at)
        text = f"배포일시: 2026. 12. 5.\n\n2026년 {month}월 바이오헬스 수출은 {amount}억 달러를 기록했다고 밝혔다.\n"
        Path(f"{month}.txt").write_text(text, "utf-8")
        assert run("ingest", f"{month}.txt", "--quality", "A")[0] == 0
        for claim in json.loads(run("review", "--json")[1])["waiting"]:
            run("review", "--accept", str(claim["id"]))
    return run


def test_a_day_between_two_entries_shows_the_first_alone(salpi) -> None:
    def values(*words: str) -> list[float]:
        found = json.loads(salpi("explain", "exports.biohealth@motie", "--json", *words)[1])["indicators"][0]
        return [v["value"] for v in found["values"] if v["period"] in ("2026-10", "2026-11")]

    assert values() == [1.52e9, 1.61e9]
    assert values("--as-of", "2026-12-15") == [1.52e9]
    assert values("--as-of", "2026-12-09") == []
    assert salpi("explain", "blockbusters", "--as-of", "2026-12-15", "--no-ledger")[0] == 2


@pytest.mark.parametrize(
    "words", [("scorecard", "--draws", "5"), ("simulate", "--draws", "5"), ("explain", "blockbusters"), ("conflicts",)]
)
def test_every_command_takes_days_up_to_the_ledgers_last(salpi, words: tuple[str, ...]) -> None:
    assert salpi(*words, "--as-of", "2026-12-15")[0] == 0
    code, out, err = salpi(*words, "--as-of", "2027-01-01")
    assert (code, out) == (2, "")
    why = "2027-01-01 is later than the plan and the ledger: the plan's data end at 2026-11-22, the ledger's at 2026-12-20"
    assert why in err
    assert err.count("\n") == 1
