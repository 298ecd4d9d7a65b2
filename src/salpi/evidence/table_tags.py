"""What the tags of a page's tables become in plain text: strokes before each cell, and for each further column that it spans."""

from __future__ import annotations

import re

CELLS = frozenset({"td", "th"})
STROKE = " | "
_SPAN = re.compile(r"\bcolspan\s{0,4}=\s{0,4}[\"']?\s{0,4}(\d{1,2})", re.I)
_MOST = 40
"""A cell that spans more columns spans the table."""
_SHORT = 200
"""A cell of so few characters is one of a table; a longer one may hold the whole page, whose lines are its own."""


class Cells:
    """The cells of one page, tag by tag. A cell over several columns is followed by empty ones."""

    def __init__(self) -> None:
        self.further = 0
        self.until = 0

    def opened(self, text: str, start: int, end: int) -> str:
        """What the opening tag of a cell at a place becomes."""
        before = self.further
        tag = text[start:end]
        found = _SPAN.search(tag) if "pan" in tag.lower() else None
        columns = int(found[1]) if found is not None else 1
        self.further = columns - 1 if 1 < columns <= _MOST else 0
        self.until = text.find("</t", end, end + _SHORT)
        return STROKE * before + STROKE

    def closed(self) -> str:
        """What stands before the end of a row."""
        before, self.further = self.further, 0
        return STROKE * before

    def holds(self, name: str, at: int) -> bool:
        """Whether a tag that ends a line elsewhere stands in a short cell, which is one line."""
        return at < self.until and name not in ("tr", "/tr", "table", "/table")
