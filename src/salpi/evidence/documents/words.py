"""Words of a page with their places: what stands on a line and how far apart tells columns from running text."""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

_WORD = re.compile(r"\S+")
USUAL = 10.0
"""The height of a line where pdfium knows none."""


@dataclass(frozen=True, slots=True)
class Word:
    """``text`` is ``page[start:end]``; ``left``, ``right`` and ``base`` as one reads it, also on a page that lies on its side;
    ``size`` is about the height of a line.
    """

    start: int
    end: int
    text: str
    left: float
    right: float
    base: float
    size: float


class Places:
    """Asks pdfium where characters stand; what it answers into is made once."""

    def __init__(self, raw: Any, textpage: Any) -> None:
        self._raw, self._page = raw, textpage
        self._left, self._right, self._bottom, self._top = (ctypes.c_double() for _ in range(4))
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._loose = raw.FS_RECTF()

    def turn(self, at: int) -> int | None:
        """In quarters, how far the line of a character is turned: it runs right (0), up (1), left (2), down (3) the page, or
        askew (None).
        """
        angle = float(self._raw.FPDFText_GetCharAngle(self._page, at))
        if not math.isfinite(angle):
            return None
        quarter = -angle / (math.pi / 2)  # pdfium counts clockwise
        return round(quarter) % 4 if abs(quarter - round(quarter)) < 0.02 else None

    def box(self, at: int) -> tuple[float, float, float, float] | None:
        """Left, bottom, right and top of a character."""
        if not self._raw.FPDFText_GetCharBox(self._page, at, self._left, self._right, self._bottom, self._top):
            return None
        return self._left.value, self._bottom.value, self._right.value, self._top.value

    def reach(self, at: int, turn: int) -> tuple[float, float] | None:
        """From where to where a character reaches along its line."""
        box = self.box(at)
        if box is None:
            return None
        return ((box[0], box[2]), (box[1], box[3]), (-box[2], -box[0]), (-box[3], -box[1]))[turn]

    def base(self, at: int, turn: int) -> float | None:
        """How high the line of a character is, seen along it."""
        if not self._raw.FPDFText_GetCharOrigin(self._page, at, self._x, self._y):
            return None
        x, y = self._x.value, self._y.value
        return (y, -x, -y, x)[turn]

    def height(self, at: int, turn: int) -> float:
        """About the height of the line of a character."""
        box = self._loose
        if not self._raw.FPDFText_GetLooseCharBox(self._page, at, box):
            return USUAL
        height = abs(box.right - box.left) if turn % 2 else abs(box.top - box.bottom)
        return height if math.isfinite(height) and height > 1 else USUAL


def runs(places: Places, text: str, index: Sequence[int]) -> list[list[Word]]:
    """Words in the order in which the page gives them, those of a run on one base line. ``index`` is the number of each
    character with pdfium. Words that stand across the others are left out.
    """
    found: list[tuple[int, list[Word]]] = []
    start = 0
    for line in text.split("\n"):
        if line.strip():
            found += _runs(places, line, start, index)
        start += len(line) + 1
    turns = Counter(turn for turn, _ in found)
    if not turns:
        return []
    most = turns.most_common(1)[0][0]
    return [run for turn, run in found if turn == most]


def _runs(places: Places, line: str, start: int, index: Sequence[int]) -> Iterator[tuple[int, list[Word]]]:
    run: list[Word] = []
    turn: int | None = None
    size = USUAL
    for match in _WORD.finditer(line):
        a, b = start + match.start(), start + match.end()
        if turn is None:
            turn = places.turn(index[a])
            if turn is None:
                return
            size = places.height(index[a], turn)
        first, base = places.reach(index[a], turn), places.base(index[a], turn)
        last = first if b == a + 1 else places.reach(index[b - 1], turn)
        if first is None or last is None or base is None:
            continue
        left, right = min(first[0], last[0]), max(first[1], last[1])
        if not (math.isfinite(left) and math.isfinite(right) and math.isfinite(base)):
            continue
        if run and abs(base - run[-1].base) > 0.5 * size:
            yield turn, run
            run, size = [], places.height(index[a], turn)
        run.append(Word(a, b, match[0], left, right, base, size))
    if run and turn is not None:
        yield turn, run
