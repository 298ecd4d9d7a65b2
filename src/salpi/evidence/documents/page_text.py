"""The text of a page, in the order of the file, with its tables as rows between bars; each stretch knows what it was made of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from salpi.evidence.documents.aligned import Grid
from salpi.evidence.documents.page_rows import shown


@dataclass(slots=True)
class PageText:
    """``stretches``: (start, end) in the text, and the characters of the page that stand there, by their numbers."""

    parts: list[str] = field(default_factory=list)
    stretches: list[tuple[int, int, list[int]]] = field(default_factory=list)
    length: int = 0

    @property
    def text(self) -> str:
        return "".join(self.parts)

    def put(self, text: str, index: Sequence[int] = ()) -> None:
        """Add text; where ``index`` is given, it stands there on the page."""
        if index and text.strip():
            self.stretches.append((self.length, self.length + len(text), [*index]))
        self.parts.append(text)
        self.length += len(text)


def written(text: str, index: Sequence[int], tables: Sequence[Grid]) -> PageText:
    """The page's text, line by line; a table stands where the first of its words does."""
    out = PageText()
    table_of = {word.start: at for at, table in enumerate(tables) for row in table.rows for place in row for word in place}
    done: set[int] = set()
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        words = [(start + one.start(), start + one.end()) for one in re.finditer(r"\S+", line)] if table_of else []
        if not any(a in table_of for a, _ in words):
            out.put(line, index[start:end])
            out.put("\n")
        else:
            kept: list[tuple[int, int]] = []
            for a, b in words:
                table = table_of.get(a)
                if table is None:
                    kept.append((a, b))
                elif table not in done:
                    done.add(table)
                    _line(out, text, index, kept)
                    kept = []
                    _table(out, text, index, tables[table])
            _line(out, text, index, kept)
        start = end + 1
    return out


def _line(out: PageText, text: str, index: Sequence[int], words: Sequence[tuple[int, int]]) -> None:
    if words:
        out.put(" ".join(text[a:b] for a, b in words), [index[at] for a, b in words for at in range(a, b)])
        out.put("\n")


def _table(out: PageText, text: str, index: Sequence[int], table: Grid) -> None:
    """A row a line: ``| Exports | 1,204 | |``; a label that is set in stands behind as many more blanks."""
    for row, depth in zip(table.rows, table.depths, strict=True):
        out.put("|")
        for at, words in enumerate(row):
            out.put(" " * (1 + 2 * depth) if not at else " ")
            if words:
                # a bar would part cells
                out.put(shown(words).replace("|", "¦"), [index[i] for word in words for i in range(word.start, word.end)])
            out.put(" |")
        out.put("\n")
