"""Rows of a page: what stands on one height, in cells that are set apart by gaps, from whatever place of the file they come."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from salpi.evidence.documents.words import RAISED, Word

NUMBER = re.compile(
    r"[(\[]?[△▲▽+−–-]?[(]?(?:US\$|[$€£¥₩])?\d(?:[\d,.]*\d)?(?:%p|%|pp|x|배|명|건|개)?[)\]]?(?:[*†‡]|\d\)|[a-z])?"
    r"(?:\(\d{1,3}(?:\.\d+)?%?\))?$"
)
"""A word that is a figure, with the marks that may stand at it."""
YEAR = re.compile(r"\(?(?:19|20)\d\d(?:년|[EFPep]|[/–-]\d\d(?:\d\d)?)?\)?$")
_FILLER = re.compile(r"(?:[-–—−*·:xX]|\.{2,3}|…|n/?a|N/?A|n\.a\.|N\.A\.|해당없음)$")
_UNIT = re.compile(r"(?:%p?|pp|x|배|명|건|개|조|억|만)$")
_SIGN = re.compile(r"(?:[△▲▽+−–-]|US\$|[$€£¥₩(])$")
_THOUSANDS, _HEAD = re.compile(r"\d{3}(?:[.,]\d+)?$"), re.compile(r"[(+−–-]?\d{1,3}$")
_NOTE = re.compile(r"(?:\d{1,2}\)?|[*)]+)$")
_UP = str.maketrans("0123456789()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾")
APART, WIDE = 0.6, 1.0
"""A gap of so much of a line's height parts two cells; the second where a blank of the file stands in it. Words of justified text
and of typewriters stand closer.
"""
BESIDE, GROUPED = 0.25, 0.42
"""Two figures that stand so close are one; so are the groups of one that is written with gaps: 1 234 567."""
_DIGIT = re.compile(r"\d")
FEWEST = 2
"""Rows of a table."""
TOUCH = 0.08
"""Words that stand so close have no blank between them."""


def shown(words: Sequence[Word]) -> str:
    """Words as one reads them: with a blank between two that do not touch, as those in two scripts may; marks of notes raised."""
    parts = [word.text for word in words[:1]]
    for before, word in pairwise(words):
        parts += (word.text.translate(_UP),) if word.raised else ("" if touching(before, word) else " ", word.text)
    return "".join(parts)


def touching(before: Word, word: Word) -> bool:
    """Whether a word stands right behind the one before, without a blank."""
    level = abs(before.base - word.base) < 0.35 * word.size
    return level and before.left < word.left and word.left - before.right < TOUCH * word.size


@dataclass(frozen=True, slots=True)
class Cell:
    """Words that stand together. ``run`` tells which words of the file came in one go; ``edges``: its right and left edge, its
    middle, and where its decimal point stands, or would.
    """

    words: tuple[Word, ...]
    run: int
    text: str
    left: float
    right: float
    number: bool
    filler: bool
    edges: tuple[float, float, float, float]

    @property
    def middle(self) -> float:
        return self.edges[2]

    @property
    def year(self) -> bool:
        return YEAR.match(self.text) is not None

    @property
    def figure(self) -> bool:
        """Whether it is a number, and no year."""
        return self.number and not self.year


@dataclass(slots=True)
class Row:
    """The cells on one base line, from left to right."""

    base: float
    size: float
    cells: list[Cell] = field(default_factory=list)

    def numbers(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.number or cell.filler]


def may_hold_rows(text: str) -> bool:
    """Whether a page is worth a look at where its words stand: some lines end in a figure, or are full of them."""
    found = 0
    for line in text.split("\n"):
        if not _DIGIT.search(line):
            continue
        words = line.split()
        figures = sum(1 for word in words if _DIGIT.search(word) and NUMBER.match(word))
        found += 5 * figures >= len(words) or (figures > 0 and NUMBER.match(words[-1]) is not None)
        if found == FEWEST:
            return True
    return False


def rows_of(runs: Sequence[Sequence[Word]]) -> list[Row]:
    """The rows of a page from its top down."""
    pieces = sorted(((run[0].base, at) for at, run in enumerate(runs)), key=lambda one: (-one[0], one[1]))
    lines: list[tuple[float, float, list[tuple[Word, int]]]] = []
    for base, at in pieces:
        size = runs[at][0].size
        if not lines or abs(lines[-1][0] - base) > 0.35 * max(size, lines[-1][1]):
            lines.append((base, size, []))
        first, most, held = lines[-1]
        held += [(word, at) for word in runs[at]]
        lines[-1] = (base, size, held) if size > 1.2 * most else (first, max(most, size), held)
    return [Row(base, size, cells_of(_raised(held, base, size))) for base, size, held in lines]


def _raised(words: list[tuple[Word, int]], base: float, size: float) -> list[tuple[Word, int]]:
    """The words of a row; marks of notes that stand above its line are told as such."""
    return [
        (replace(word, raised=True), run) if word.base - base >= RAISED * size * 0.99 and _NOTE.match(word.text) else (word, run)
        for word, run in words
    ]


def cells_of(words: Sequence[tuple[Word, int]]) -> list[Cell]:
    """Words of one height, each with its run, cut at their gaps; a figure that has room on both sides, or another figure beside
    it, is a cell of its own.
    """
    parts: list[list[Word]] = []
    at: list[int] = []
    for word, run in sorted(words, key=lambda one: (one[0].left, one[0].right)):
        if parts and not _parted(parts[-1], word):
            parts[-1].append(word)
        else:
            parts.append([word])
            at.append(run)
    return [cell(part, run) for part, run in zip(parts, at, strict=True)]


def cell(words: Iterable[Word], run: int) -> Cell:
    """Words as one cell, with what it is."""
    held = tuple(words)
    text, left, right = shown(held), held[0].left, held[-1].right
    whole = "".join(word.text for word in held if not word.raised)
    right = next((word.right for word in reversed(held) if not word.raised), right)
    point = text.rfind(".")
    at = right if point < 0 else right - (right - left) * (len(text) - point) / len(text)
    return Cell(
        held,
        run,
        text,
        left,
        right,
        NUMBER.match(whole) is not None,
        _FILLER.match(whole) is not None,
        (right, left, (left + right) / 2, at),
    )


def _parted(part: list[Word], word: Word) -> bool:
    last = part[-1]
    gap = word.left - last.right
    if word.raised:
        return gap > APART * word.size
    if gap > (WIDE if word.spaced else APART) * word.size:
        return True
    if not _is_number(last) or not _is_number(word):
        return False
    grouped = _THOUSANDS.match(word.text) is not None and _HEAD.match(last.text) is not None
    return _all_numbers(part) and gap >= (GROUPED if grouped else BESIDE) * word.size


def _is_number(word: Word) -> bool:
    return NUMBER.match(word.text) is not None


def _all_numbers(part: list[Word]) -> bool:
    return all(_is_number(word) or _UNIT.match(word.text) or _SIGN.match(word.text) for word in part)


def fitted(row: Row, columns: Sequence[tuple[float, float]]) -> list[Cell]:
    """The cells of a row, with figures at the end of a text parted from it where they stand under those of other rows."""
    out: list[Cell] = []
    for one in row.cells:
        out += _fit(one, columns)
    return out


def _fit(one: Cell, columns: Sequence[tuple[float, float]]) -> list[Cell]:
    if one.number or len(one.words) < 2:
        return [one]
    words = list(one.words)
    cut: list[Cell] = []
    while len(words) > 1 and _is_number(words[-1]):
        last = words[-1]
        near = 0.2 * last.size
        if not any(
            left - last.size < last.left < right and (abs(last.right - right) < near or abs(last.left - left) < near)
            for left, right in columns
        ):
            break
        cut.insert(0, cell([words.pop()], one.run))
    return [cell(words, one.run), *cut] if cut else [one]
