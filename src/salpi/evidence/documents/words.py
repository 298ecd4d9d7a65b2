"""Words of a page with their places: what stands on a line and how far apart tells columns from running text."""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

_WORD = re.compile(r"\S+")
USUAL = 10.0
"""The height of a line where pdfium knows none."""


@dataclass(frozen=True, slots=True)
class Word:
    """``text`` is ``page[start:end]``; ``left``, ``right`` and ``base`` as one reads it, also on a page that lies on its side;
    ``size`` is about the height of a line. ``spaced``: one blank of the file stands before it; ``raised``: it stands above the
    line, as the mark of a note does.
    """

    start: int
    end: int
    text: str
    left: float
    right: float
    base: float
    size: float
    spaced: bool = False
    raised: bool = False


_MARK_BEHIND = re.compile(r"\d[\d)*]$")
RAISED = 0.12
"""Of a line's height: what stands so far above its line is raised."""


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

    def is_blank(self, at: int) -> bool:
        """Whether a blank is one of the file, none that pdfium puts where it sees a gap."""
        return int(self._raw.FPDFText_IsGenerated(self._page, at)) == 0

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
        spaced = bool(run) and run[-1].end == a - 1 and left - run[-1].right > size / 2 and places.is_blank(index[a - 1])
        word = Word(a, b, match[0], left, right, base, size, spaced)
        run += _marked(places, word, index, turn) if _MARK_BEHIND.search(word.text) else [word]
    if run and turn is not None:
        yield turn, run


def _marked(places: Places, word: Word, index: Sequence[int], turn: int) -> list[Word]:
    """A figure without the mark of a note that is raised behind it, and the mark."""
    cut = word.end
    while cut - 1 > word.start:
        base = places.base(index[cut - 1], turn)
        if base is None or base - word.base < RAISED * word.size:
            break
        cut -= 1
    end, begin = (places.reach(index[at], turn) for at in (cut - 1, min(cut, word.end - 1)))
    if cut == word.end or end is None or begin is None:
        return [word]
    at = cut - word.start
    figure = replace(word, end=cut, text=word.text[:at], right=max(word.left, end[1]))
    return [
        figure,
        replace(word, start=cut, text=word.text[at:], left=begin[0], base=word.base + RAISED * word.size, spaced=False),
    ]
