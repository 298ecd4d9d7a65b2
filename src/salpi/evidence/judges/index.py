"""Names of features with their rows: many are looked up at once, in C where a compiler is there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from salpi.evidence.judges import kernel

_NO_NAME = "\x7f"
"""Asked for instead of what cannot be a name, since names stand one a line."""


class Index:
    """``given``: the rows of the names of each list that it was made of, in order; a name that two have has one row."""

    def __init__(self, *lists: bytes) -> None:
        """From lists of names, one a line, in UTF-8; an empty list has none."""
        filled = [names + b"\n" for names in lists if names]
        self._text, starts = b"".join(filled), np.cumsum([0, *map(len, filled)]).tolist()
        self.given: list[NDArray[np.int32]] = []
        self._rows: dict[str, int] | None = None
        self._table = None if kernel.kernel() is None or not filled else kernel.Names.of(self._text)
        if self._table is None:
            rows = self._known
            self.given += [np.array([rows[name] for name in _lines(names)], np.int32) for names in filled]
        else:
            for start, stop in pairwise(starts):
                self.given.append(self._table.enter(start, stop, len(self)))

    @classmethod
    def of(cls, names: Iterable[str]) -> Index:
        """Of some names, in order."""
        return cls("\n".join(names).encode())

    def __len__(self) -> int:
        return max((int(rows.max()) + 1 for rows in self.given), default=0)

    @property
    def names(self) -> bytes:
        """All lists, one after the other."""
        return self._text[:-1]

    @property
    def _known(self) -> dict[str, int]:
        if self._rows is None:
            self._rows = {}
            for name in _lines(self._text):
                self._rows.setdefault(name, len(self._rows))
        return self._rows

    @property
    def table(self) -> kernel.Names | None:
        """The same for C, where a compiler is there."""
        return self._table if kernel.kernel() is not None else None

    def find(self, names: Sequence[str]) -> Sequence[int]:
        """The row of each name, -1 where there is none."""
        if self.table is not None:
            return self.table.find(lines(names), len(names))
        known = self._known
        return [known.get(name, -1) for name in names]


def lines(names: Sequence[str]) -> bytes:
    """Names as they are asked for in C, one a line."""
    asked = "\n".join(names)
    if asked.count("\n") >= max(1, len(names)):
        asked = "\n".join([_NO_NAME if "\n" in name else name for name in names])
    return asked.encode("utf-8", "surrogatepass") + b"\n"


def _lines(names: bytes) -> list[str]:
    return names[:-1].decode("utf-8", "surrogatepass").split("\n") if names else []
