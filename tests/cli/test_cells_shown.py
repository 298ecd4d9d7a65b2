"""A figure of a table is shown with its row, its column and its caption: to whoever decides, and on the way back to it."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import docx
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "evidence" / "documents"))

from pdf_layouts import OPEN

from salpi.cli import main
from salpi.cli.evidence import LONGEST, cell_line

ENGLISH = """Published: 2026-11-05

Table 3. Exports of biopharmaceuticals (USD million)

| Destination | 2024 | 2025 |
|---|---|---|
| Japan | 1,377 | 1,512 |
| Brazil | 388 | 415 |

Exports of biopharmaceuticals to Peru were 17 million dollars in 2025.
"""
KOREAN = """<html><body><article><p>게시: 2026-11-05</p><p>의약품 수출입 현황 (단위: 백만 달러)</p><table>
<tr><th>구분</th><th>2024년 수출</th><th>2025년 수출</th></tr>
<tr><td>의약품</td><td>9,261</td><td>10,127</td></tr>
<tr><td>의료기기</td><td>5,813</td><td>5,902</td></tr></table></article></body></html>
"""


@pytest.fixture
def salpi(capsys, monkeypatch, tmp_path: Path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SALPI_LEDGER", str(tmp_path / "ledger.sqlite"))

    def run(*words: str) -> str:
        with pytest.raises(SystemExit) as stop:
            main(list(words))
        told = capsys.readouterr()
        assert not stop.value.code, told.err
        return told.out

    return run


def ingest(salpi, name: str, data: bytes) -> None:
    Path(name).write_bytes(data)
    salpi("ingest", name, "--quality", "C", "--published", "2026-11-05", "--jobs", "1")


def waiting(salpi) -> dict[str, dict[str, str] | None]:
    found = json.loads(salpi("review", "--json", "--limit", "99"))["waiting"]
    return {claim["text"]: claim["cell"] for claim in found}


def test_review_shows_where_a_cell_stands(salpi):
    ingest(salpi, "a.md", ENGLISH.encode())
    out = salpi("review", "--limit", "99")
    shown = (
        "    row: Brazil | column: 2025 | table: Published: 2026-11-05 / Table 3. Exports of biopharmaceuticals (USD million)\n"
    )
    assert out.count(shown) == 1
    cells = waiting(salpi)
    assert cells["1,377"] == {
        "row": "Japan",
        "column": "2024",
        "caption": "Published: 2026-11-05 / Table 3. Exports of biopharmaceuticals (USD million)",
    }
    assert cells["17 million dollars"] is None


def test_review_shows_where_a_cell_of_a_korean_page_stands(salpi):
    ingest(salpi, "k.html", KOREAN.encode())
    cells = waiting(salpi)
    cell = cells["5,902"]
    assert cell is not None
    assert (cell["row"], cell["column"]) == ("의료기기", "2025년 수출")
    assert cell["caption"].endswith("의약품 수출입 현황 (단위: 백만 달러)")
    assert "row: 의료기기 | column: 2025년 수출 | table: " in salpi("review", "--limit", "99")


def test_review_shows_where_a_cell_of_a_pdf_or_docx_stands(salpi):
    ingest(salpi, "p.pdf", OPEN["bulletin"].pdf())
    made = docx.Document()
    made.add_paragraph("Exports of medical devices (USD million)")
    table = made.add_table(rows=3, cols=3)
    for row, line in zip(table.rows, ("Region,2024,2025", "Chile,71,83", "Peru,19,22"), strict=True):
        for cell, text in zip(row.cells, line.split(","), strict=True):
            cell.text = text
    out = io.BytesIO()
    made.save(out)
    ingest(salpi, "d.docx", out.getvalue())
    cells = waiting(salpi)
    assert cells["415"] == {
        "row": "Japan",
        "column": "2024",
        "caption": "Table 3. Exports of biopharmaceuticals, by destination (USD million)",
    }
    assert cells["83"] == {"row": "Chile", "column": "2025", "caption": "Exports of medical devices (USD million)"}


def test_explain_shows_where_a_cell_stands_in_both_languages(salpi):
    ingest(salpi, "k.html", KOREAN.encode())
    for lang, row, column in (("en", "row", "column"), ("ko", "행", "열")):
        out = " ".join(salpi("explain", "exports.meddevice", "--lang", lang).split())
        assert f"{row}: 의료기기 | {column}: 2025년 수출 | " in out
    (found,) = json.loads(salpi("explain", "exports.meddevice", "--json"))["indicators"]
    assert {claim["cell"]["column"] for claim in found["claims"]} == {"2024년 수출", "2025년 수출"}


def test_a_long_caption_keeps_its_end():
    line = cell_line({"row": "", "column": "2024", "caption": "word " * 60 + "(USD million)"})
    assert line.startswith("column: 2024 | table: … word word")
    assert line.endswith("(USD million)")
    assert len(line) < LONGEST + 40
