"""``salpi extract``: records in the gold format, one line of fault each, nothing half-written."""

from __future__ import annotations

import io
import json
import sys

from salpi.cli.extract import extract_command

TEXT = "SEOUL, Feb. 3, 2025 -- Pharmaceutical exports came to $9.2 billion in 2024.\n"


def test_records_carry_the_gold_fields(tmp_path, capsys):
    path = tmp_path / "note.txt"
    path.write_text(TEXT, encoding="utf-8")
    assert extract_command([str(path)]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    row = json.loads(line)
    assert (row["doc"], row["indicator"], row["span"]) == (
        "note.txt",
        "exports.pharma",
        [TEXT.index("$"), TEXT.index(" in 2024")],
    )
    assert {
        "value",
        "high",
        "unit",
        "subject",
        "period",
        "status",
        "qualifier",
        "baseline",
        "lang",
        "score",
        "rules",
    } <= row.keys()


def test_a_bad_document_is_refused_and_the_others_are_done(tmp_path, capsys):
    good, bad, empty = tmp_path / "good.txt", tmp_path / "bad.txt", tmp_path / "empty.txt"
    good.write_text(TEXT, encoding="utf-8")
    bad.write_bytes(b"\xff\xfe\x00")
    empty.write_text("", encoding="utf-8")
    out = tmp_path / "claims.jsonl"
    assert extract_command([str(bad), str(empty), str(good), str(tmp_path / "absent.txt")], str(out)) == 2
    assert len(out.read_text(encoding="utf-8").splitlines()) == 1
    faults = capsys.readouterr().err.splitlines()
    assert len(faults) == 3
    assert all("Traceback" not in fault for fault in faults)


def test_standard_input(monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode()), encoding="utf-8"))
    assert extract_command(["-"]) == 0
    assert json.loads(capsys.readouterr().out)["doc"] == "-"


def test_an_output_that_cannot_be_written_is_one_line(tmp_path, capsys):
    path = tmp_path / "note.txt"
    path.write_text(TEXT, encoding="utf-8")
    assert extract_command([str(path)], str(tmp_path / "no" / "claims.jsonl")) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_an_unknown_plan_is_bad_input(tmp_path, capsys):
    path = tmp_path / "note.txt"
    path.write_text(TEXT, encoding="utf-8")
    assert extract_command([str(path)], plan="atlantis") == 2
    assert "atlantis" in capsys.readouterr().err
