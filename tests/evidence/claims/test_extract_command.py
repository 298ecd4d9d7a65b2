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


PAGE = (
    "<!DOCTYPE html><html><head><title>Exports of the year</title></head><body>"
    "<aside><p>We use cookies of 48 partners for 12 months.</p></aside><nav><ul><li>Top 100 stories</li></ul></nav>"
    f"<article><h1>Exports of the year</h1><p>{TEXT}</p><p>The ministry published the figures on Monday, it said.</p>"
    "<p>Shipments of medicines rose for the third year in a row, the ministry said in a statement.</p></article></body></html>"
)


def _rows(capsys):
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_page_is_read_as_ingest_reads_it_and_spans_are_of_the_page(tmp_path, capsys):
    """Without its banner and navigation; a text file that holds markup is taken as it stands."""
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "page.txt").write_text(PAGE, encoding="utf-8")
    assert extract_command([str(tmp_path / "page.html")]) == 0
    rows = _rows(capsys)
    assert [row["text"] for row in rows] == ["$9.2 billion"]
    assert PAGE[slice(*rows[0]["span"])] == "$9.2 billion"
    assert extract_command([str(tmp_path / "page.txt")]) == 0
    assert {"$9.2 billion", "48 partners"} & {row["text"] for row in _rows(capsys)} == {"$9.2 billion"}


def test_folders_docx_and_other_encodings_are_read(tmp_path, capsys):
    import docx

    folder = tmp_path / "in"
    folder.mkdir()
    made = docx.Document()
    made.add_paragraph(TEXT.strip())
    made.save(str(folder / "a.docx"))
    (folder / "b.txt").write_bytes("2024년 의약품 수출은 92억 달러를 기록했다. 식약처가 밝혔다.\n".encode("cp949"))
    (folder / "c.csv").write_text("1,2\n")
    assert extract_command([str(folder)]) == 0
    assert [row["doc"] for row in _rows(capsys)] == ["a.docx", "b.txt"]


def test_a_broken_document_costs_itself_alone(tmp_path, capsys):
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7 broken")
    (tmp_path / "b.txt").write_text(TEXT, encoding="utf-8")
    assert extract_command([str(tmp_path)]) == 2
    out, err = capsys.readouterr()
    assert [json.loads(line)["doc"] for line in out.splitlines()] == ["b.txt"]
    assert err.startswith(f"salpi extract: {tmp_path}/a.pdf: ")
    assert err.count("\n") == 1


def test_a_byte_order_mark_counts_in_spans(tmp_path, capsys):
    (tmp_path / "a.txt").write_text("\ufeff" + TEXT, encoding="utf-8")
    assert extract_command([str(tmp_path / "a.txt")]) == 0
    (row,) = _rows(capsys)
    assert ("\ufeff" + TEXT)[slice(*row["span"])] == row["text"]


def test_the_date_given_is_the_texts_own(tmp_path, capsys):
    (tmp_path / "a.txt").write_text("Pharmaceutical exports came to $9.2 billion last year.\n", encoding="utf-8")
    assert extract_command([str(tmp_path / "a.txt")], published="2025-03-01") == 0
    assert [row["period"] for row in _rows(capsys)] == ["2024"]
    assert extract_command([str(tmp_path / "a.txt")], published="yesterday") == 2
    assert "is no date" in capsys.readouterr().err


def test_the_ending_says_what_is_written(tmp_path, capsys):
    (tmp_path / "a.txt").write_text(TEXT.replace("SEOUL", "=SEOUL"), encoding="utf-8")
    note = str(tmp_path / "a.txt")
    assert extract_command([note], str(tmp_path / "c.csv")) == 0
    lines = (tmp_path / "c.csv").read_text("utf-8-sig").splitlines()
    assert lines[0].startswith("doc,start,end,text,value")
    assert lines[1].startswith("a.txt,")
    assert extract_command([note], "-") == 0
    assert _rows(capsys)[0]["doc"] == "a.txt"
    for name in ("c.jsonl.gz", "c.xlsx", "c.json"):
        assert extract_command([note], str(tmp_path / name)) == 2
        assert "end it in .jsonl or .csv" in capsys.readouterr().err
        assert not (tmp_path / name).exists()
    assert extract_command([note], "/dev/null") == 0
