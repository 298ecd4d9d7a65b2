"""Rows of a benchmark: printed as they come, kept as JSON, and turned into the table of the docs."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

DIGITS = {"ms": 1, "s": 2, "µs": 0, "/s": 0, "x": 1, "%": 1, "MiB": 0, "": 0}
BEGIN, END = "<!-- benchmarks: python benchmarks/engine.py --into docs/engine-figures.md -->", "<!-- end of benchmarks -->"


@dataclass(frozen=True)
class Row:
    """One figure. ``value`` is None where it could not be measured, and ``note`` says why."""

    part: str
    name: str
    value: float | None
    unit: str = ""
    note: str = ""

    @property
    def shown(self) -> str:
        if self.value is None:
            return "–"
        size = abs(self.value)
        digits = max(DIGITS[self.unit], 1 if size < 10 else 0, 2 if size < 1 else 0)
        return f"{self.value:,.{digits}f}{'' if self.unit in ('/s', '') else ' '}{'×' if self.unit == 'x' else self.unit}"


@dataclass
class Report:
    """``about``: the machine and the load, said once."""

    about: dict[str, Any]
    rows: list[Row] = field(default_factory=list)
    part: str = ""

    def begin(self, part: str) -> None:
        self.part = part
        print(f"\n{part}\n", flush=True)

    def say(self, name: str, value: float | None, unit: str = "", note: str = "") -> None:
        row = Row(self.part, name, value, unit, note)
        self.rows.append(row)
        print(f"{name:<66} {row.shown:>16}  {note}", flush=True)

    def to_json(self) -> str:
        return json.dumps({"about": self.about, "rows": [asdict(r) for r in self.rows]}, ensure_ascii=False, indent=1) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Report:
        data = json.loads(text)
        return cls(data["about"], [Row(**row) for row in data["rows"]])

    def renewed(self, other: Report) -> Report:
        """These figures, with the parts that the other has measured again."""
        new = {row.part for row in other.rows}
        order = list(dict.fromkeys(row.part for row in (*self.rows, *other.rows)))
        rows = [row for row in self.rows if row.part not in new] + other.rows
        return Report(other.about, sorted(rows, key=lambda row: order.index(row.part)))

    def markdown(self) -> str:
        """A table a part."""
        a = self.about
        out = [f"Measured {a['day']} on {a['cores']} cores of {a['processor']}, load {a['load']:.1f} beside it; {a['versions']}."]
        for part in dict.fromkeys(row.part for row in self.rows):
            out += ["", f"**{part}**", "", "| | | |", "| --- | ---: | --- |"]
            out += [f"| {r.name} | {r.shown} | {r.note} |" for r in self.rows if r.part == part]
        return "\n".join(out)

    def into(self, file: Path) -> None:
        """Puts the tables between the marks of a Markdown file."""
        text = file.read_text("utf-8")
        made = f"{BEGIN}\n\n{self.markdown()}\n\n{END}"
        found, count = re.subn(f"{re.escape(BEGIN)}.*?{re.escape(END)}", lambda _: made, text, flags=re.DOTALL)
        if count != 1:
            raise SystemExit(f"{file}: has no place for the table; put two lines where it should stand:\n{BEGIN}\n{END}")
        file.write_text(found, "utf-8")
