"""Claims as CSV and JSON Lines, row by row, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

from salpi.evidence.ledger.query import OBSERVED

COLUMNS = (
    "id",
    "doc",
    "document",
    "start",
    "end",
    "text",
    "value",
    "high",
    "unit",
    "indicator",
    "definition",
    "subject",
    "period",
    "status",
    "qualifier",
    "baseline",
    "lang",
    "score",
    "verdict",
    "rule",
    "reason",
    "title",
    "publisher",
    "published",
    *(f"observation_{name}" for name in OBSERVED),
)
_RISKY = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(value: Any) -> Any:
    """A text that a spreadsheet would run as a formula begins with an apostrophe; numbers stay numbers."""
    return "'" + value if isinstance(value, str) and value.startswith(_RISKY) else value


def to_csv(records: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Lines of a CSV file, the header first; with a mark that tells spreadsheets that it is UTF-8."""
    yield "\ufeff" + _line(COLUMNS)
    for record in records:
        flat = {**record, "start": record["span"][0], "end": record["span"][1]}
        flat |= {f"observation_{name}": (record["observation"] or {}).get(name) for name in OBSERVED}
        yield _line([safe_cell(flat[name]) for name in COLUMNS])


def _line(cells: Iterable[Any]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(["" if cell is None else cell for cell in cells])
    return out.getvalue()


def to_jsonl(records: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Lines of a JSON Lines file."""
    for record in records:
        yield json.dumps(record, ensure_ascii=False) + "\n"
