"""Turns documents with marked claims into plain documents and gold records.

    python annotate.py MARKED FOLDER

A marked file holds documents that start with ``### name``;
a claim is written where it stands::

    ⟦US$1.09 billion¦1.09e9 USD¦exports.pharma¦South Korea¦2025-01¦a⟧

value and unit, indicator, subject, period (``-`` is null, ``=`` repeats the field of the claim before), status by its
first letter (``n`` is announced), then extras: ``b=406`` baseline, ``h=5`` high, ``q=over`` qualifier, ``opt``,
``acc:subject=A,B;period=-`` other good values.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

MARK = re.compile(r"⟦([^¦⟧]*)¦([^⟧]*)⟧")
STATUS = {"a": "actual", "t": "target", "f": "forecast", "n": "announced", "=": "="}


def language(line: str) -> str:
    """ko where the line's letters are at least a fifth Hangul."""
    hangul = len(re.findall(r"[가-힣]", line))
    latin = len(re.findall(r"[A-Za-z]", line))
    return "ko" if hangul * 4 >= max(latin, 1) else "en"


def records(name: str, marked: str) -> tuple[str, list[dict]]:
    text, rows, at = "", [], 0
    before = {"subject": None, "indicator": None, "period": None, "status": None}
    for match in MARK.finditer(marked):
        text += marked[at : match.start()]
        start = len(text)
        text += match[1]
        at = match.end()
        measure, indicator, subject, period, status, *extras = match[2].split("¦")
        value, unit = measure.split(" ")
        row = {"doc": name, "span": [start, len(text)], "text": match[1], "value": float(value), "high": None, "unit": unit}
        fields = {"indicator": indicator, "subject": subject, "period": period, "status": STATUS[status]}
        for key, written in fields.items():
            row[key] = before[key] if written == "=" else None if written == "-" else written
        before = {key: row[key] for key in fields}
        row |= {"qualifier": None, "baseline": None, "lang": "en"}
        for extra in extras:
            if extra == "opt":
                row["optional"] = True
            elif extra.startswith("acc:"):
                for pair in extra[4:].split(";"):
                    key, _, values = pair.partition("=")
                    known = STATUS if key == "status" else {}
                    row.setdefault("accept", {})[key] = [None if v == "-" else known.get(v, v) for v in values.split(",")]
            else:
                key, _, v = extra.partition("=")
                row[{"b": "baseline", "h": "high", "q": "qualifier"}[key]] = v if key == "q" else float(v)
        rows.append(row)
    text += marked[at:]
    for row in rows:
        start, end = row["span"]
        line = text[text.rfind("\n", 0, start) + 1 : (text + "\n").index("\n", end)]
        row["lang"] = language(line)
    return text, rows


def main(marked: str, folder: str) -> None:
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    rows: list[dict] = []
    for part in re.split(r"^### ", Path(marked).read_text(encoding="utf-8"), flags=re.M)[1:]:
        name, _, body = part.partition("\n")
        text, found = records(name.strip(), body.strip("\n") + "\n")
        (target / name.strip()).write_text(text, encoding="utf-8", newline="")
        rows += found
    lines = (json.dumps(row, ensure_ascii=False) for row in rows)
    target.with_suffix(".jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{target}: {len(rows)} claims")


if __name__ == "__main__":
    main(*sys.argv[1:3])
