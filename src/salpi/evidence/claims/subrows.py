"""Rows of a table that are parts of a row above: "- Biologics" under "Imports" is of the imports of biologics."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

_MOST_DEPTHS = 3
"""A table whose labels begin at more places than that isn't set in by sense."""
_PART = re.compile(
    r"(?:[-–—·•◦└∟ㄴ>*]|\.{2,3})\s?(?=[^\W\d])|(?:of which|o/w|thereof|incl(?:uding|\.)|이\s?중|그\s?중)(?![A-Za-z])", re.I
)
"""What a label begins with that names a part of what the row above it names."""
_TOTAL = re.compile(r"(?:sub-?)?total|(?:합|총|소)?계(?![가-힣])", re.I)
"""What a sum of the rows above begins with, however deep it is set in."""
YEAR = re.compile(r"\s*(?:19|20)\d\d\s?(?:년|E|F|P)?\s?(?:\([^()\d]{1,12}\))?\s*$")
"""A cell that holds a year."""

Piece = tuple[int, int, str]
"""A cell: start and end in the text, what stands in it."""


def labels(text: str, rows: Sequence[Sequence[Piece]], is_number: Callable[[Piece], bool]) -> list[str]:
    """For each row what its label adds to: the label of the row that it is a part of, "" where it stands for itself.

    A part is marked by a dash or by words ("- Biologics", "of which biologics") or set in deeper than the row above; a row whose
    first cell is empty and whose second is a name stands under the last row that had both.
    """
    depths = [_depth(text, row[0]) for row in rows]
    deeper = len(set(depths)) <= _MOST_DEPTHS and not _at_right(text, rows, depths)
    out: list[str] = []
    top, top_depth, paired = "", 0, ""
    for row, depth in zip(rows, depths, strict=True):
        label = row[0][2]
        named = len(row) > 1 and bool(row[1][2]) and not is_number(row[1])
        figure = is_number(row[0]) or YEAR.match(label) is not None
        if not label:
            out.append(paired if named else "")
        elif not figure and (_PART.match(label) or (deeper and top and depth > top_depth)):
            out.append("" if _TOTAL.match(label) else top)
        else:
            out.append("")
            top, top_depth = ("", 0) if figure else (label, depth)
            paired = top if named else ""
    return out


def under(parent: str, label: str) -> str:
    """A label with the one that it adds to, without its dash."""
    return f"{parent} {_PART.sub('', label, count=1)}" if parent else label


def _depth(text: str, piece: Piece) -> int:
    """The blanks before a cell's text, up to the mark or the line's beginning."""
    before = text[max(0, piece[0] - 40) : piece[0]]
    return len(before) - len(before.rstrip(" "))


def _at_right(text: str, rows: Sequence[Sequence[Piece]], depths: Sequence[int]) -> bool:
    """Whether the labels end, not begin, at one place of their lines."""
    ends = {row[0][1] - text.rfind("\n", 0, row[0][0]) for row in rows}
    return len(ends) == 1 and len(set(depths)) > 1
