"""What `salpi claims` writes is what the file's ending says, or it is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from salpi.cli.claims import claims_command
from salpi.evidence.ledger import Ledger


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SALPI_LEDGER", "ledger.sqlite")
    Ledger.open("ledger.sqlite").close()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"out": Path("c.xlsx")}, "--out c.xlsx: its ending names no form that is written; end it in .jsonl or .csv"),
        ({"out": Path("c.jsonl.gz")}, "end it in .jsonl or .csv"),
        ({"out": Path("c.csv"), "json": True}, "ends as csv, but --json asks for jsonl"),
        ({"out": Path("c.jsonl"), "format": "csv"}, "ends as jsonl, but --format asks for csv"),
        ({"json": True, "format": "csv"}, "--json writes JSON Lines, but --format asks for csv; leave one of them out"),
        ({"json": True, "format": "table"}, "leave one of them out"),
        ({"out": Path("c.csv"), "format": "table"}, "a table is for the terminal"),
        ({"out": Path("no/c.csv")}, "there is no folder no"),
    ],
)
def test_forms_that_contradict_each_other_are_refused(ledger, capsys, given, said: str) -> None:
    assert claims_command(**given) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert said in err
    assert sorted(p.name for p in Path().iterdir() if not p.name.startswith("ledger")) == []


def test_the_ending_says_the_form(ledger, capsys) -> None:
    assert claims_command(out=Path("c.CSV")) == 0
    assert Path("c.CSV").read_text("utf-8-sig").startswith("id,doc,document")
    assert claims_command(out=Path("c.jsonl")) == 0
    assert Path("c.jsonl").read_text() == ""
    capsys.readouterr()
    assert claims_command(out=Path("-"), format="csv") == 0
    assert capsys.readouterr().out.startswith("\ufeffid,doc")
    assert claims_command(out=Path("-")) == 0
    assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] == []
    device = Path("/dev/null").stat().st_rdev
    assert claims_command(out=Path("/dev/null")) == 0
    assert Path("/dev/null").stat().st_rdev == device
