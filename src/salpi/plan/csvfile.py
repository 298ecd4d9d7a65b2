"""CSV read strictly: a header, one record a row, every row with its line; blank cells are absent."""

from __future__ import annotations

import csv
from dataclasses import dataclass

_MARKS = {";": "semicolons", "\t": "tabs", "|": "bars"}


class CsvFault(Exception):
    """A file that cannot be read as CSV; line from 1."""

    def __init__(self, what: str, line: int, mend: str = "") -> None:
        super().__init__(what)
        self.what, self.line, self.mend = what, line, mend


@dataclass(frozen=True)
class Table:
    """Header, rows as mappings of the cells that are not blank, and the line on which each row starts."""

    header: tuple[str, ...]
    rows: list[dict[str, str]]
    lines: list[int]


def read(text: str) -> Table:
    """Read a table. Raises CsvFault: no header, a column named twice, a row of another width, an open quote."""
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    rows: list[dict[str, str]] = []
    lines: list[int] = []
    try:
        header = tuple(cell.strip() for cell in next(reader, []))
        if len(header) == 1 and (mark := next((mark for mark in _MARKS if mark in header[0]), None)) is not None:
            what = f"the columns are parted by {_MARKS[mark]}"
            raise CsvFault(what, 1, "save it with commas between the columns, and points, no commas, in numbers")
        if not header or not all(header):
            raise CsvFault("the first line must name the columns", 1)
        if len(set(header)) < len(header):
            twice = next(name for name in header if header.count(name) > 1)
            raise CsvFault(f"column `{twice}` stands twice", 1, "remove one")
        width, start = len(header), reader.line_num + 1
        for cells in reader:
            if cells:
                if len(cells) != width:
                    raise CsvFault(f"{len(cells)} cells where the header has {width}", start, 'put text with commas in "quotes"')
                rows.append({name: cell for name, cell in zip(header, cells, strict=True) if cell})
                lines.append(start)
            start = reader.line_num + 1
    except csv.Error as error:
        raise CsvFault(f"not valid CSV: {error}", reader.line_num or 1, 'check the "quotes"') from None
    return Table(header, rows, lines)
