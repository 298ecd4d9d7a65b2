"""Claims as CSV and JSON Lines, row by row, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
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
FOUND = (*(name for name in COLUMNS[: COLUMNS.index("verdict")] if name not in ("id", "document", "definition")), "warnings")
"""The columns of claims that no ledger holds."""
_RISKY = re.compile("[\\s\u200b-\u200f\u2060\ufeff\x00-\x1f]*[=+\\-@＝＋－＠]|[\\t\\r\\n]")
"""How a formula may begin: also after blanks that a spreadsheet takes away, and in full width, which it makes plain."""


def safe_cell(value: Any) -> Any:
    """A text that a spreadsheet might run as a formula begins with an apostrophe; numbers stay numbers."""
    return "'" + value if isinstance(value, str) and _RISKY.match(value) else value


def to_csv(records: Iterable[dict[str, Any]], columns: Sequence[str] = COLUMNS) -> Iterator[str]:
    """Lines of a CSV file, the header first; with a mark that tells spreadsheets that it is UTF-8."""
    yield "\ufeff" + _line(columns)
    for record in records:
        flat = {**record, "start": record["span"][0], "end": record["span"][1]}
        if "observation" in record:
            flat |= {f"observation_{name}": (record["observation"] or {}).get(name) for name in OBSERVED}
        yield _line([safe_cell(_joined(flat[name])) for name in columns])


def _joined(value: Any) -> Any:
    return "; ".join(map(str, value)) if isinstance(value, list | tuple) else value


def _line(cells: Iterable[Any]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(["" if cell is None else cell for cell in cells])
    return out.getvalue()


def to_jsonl(records: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Lines of a JSON Lines file."""
    for record in records:
        yield json.dumps(record, ensure_ascii=False) + "\n"
