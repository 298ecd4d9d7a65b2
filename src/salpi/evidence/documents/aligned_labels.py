"""Labels of a table's rows: those that are wrapped over several lines, and how deep they are set in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median

from salpi.evidence.documents.page_rows import Cell
from salpi.evidence.documents.words import Word

Span = tuple[float, float]
Line = list[list[Word]]
CLOSE = 0.88
"""Lines of one label are nearer to each other than rows: by so much of the distance of rows."""
_GOES_ON = re.compile(r"[a-z(]|[&/]|및|등\b")
_BEGINS = re.compile(r"[A-Z\d\W]")
_OPEN = re.compile(r"(?:[,&/–-]|\b(?:and|of|the|for|or|to|in|by|with|from)|및|와|과|의|·)$")
_NOTE = re.compile(r"(?:\*|†|\(?\d\)|[a-z]\)|notes?\b|sources?\b|p\s?=|n/a|주\s?[:：)]|주\d|자료|출처|※)", re.I)
MOST = 3
"""Depths of labels; where there are more, they are set in for other reasons."""


def joined(
    lines: list[Line], bases: list[float], below: Sequence[tuple[float, list[Cell]]], labels: Span, figures: Span, size: float
) -> list[Line]:
    """The rows with each wrapped label in one; ``below``: the lines under the last row, for the end of its label."""
    full = [_full(line) for line in lines]
    steps = [a - b for a, b, one, two in zip(bases, bases[1:], full, full[1:], strict=False) if one and two]
    pitch = median(steps) if steps else None
    for base, cells in below:
        text = " ".join(cell.text for cell in cells)
        gap = bases[-1] - base
        near = gap < 1.5 * size if pitch is None else gap < CLOSE * pitch
        if (
            any(cell.right > figures[0] for cell in cells)
            or _NOTE.match(text)
            or not (near or (_GOES_ON.match(text) and gap < 1.5 * size))
        ):
            break
        lines = [*lines, [[word for cell in cells for word in cell.words], *([] for _ in lines[0][1:])]]
        bases = [*bases, base]
        full = [*full, False]
    out: list[Line] = []
    waiting: list[Word] = []
    owed, step = 0, 0.0  # lines that a label with its figures in the middle still has, and how far they are apart
    for at, line in enumerate(lines):
        if full[at]:
            count = len({word.base for word in waiting})
            owed, step = (count, bases[at - 1] - bases[at]) if line[0] and count else (0, 0.0)
            out.append([[*waiting, *line[0]], *line[1:]])
            waiting = []
            continue
        if not line[0]:
            out.append(line)
            continue
        where = _where(lines, bases, full, at, pitch)
        if waiting and at + 1 < len(lines) and bases[at] - bases[at + 1] <= 1.15 * (bases[at - 1] - bases[at]):
            where = "below"  # the middle of a label of many lines
        elif owed and bases[at - 1] - bases[at] <= 1.1 * step and not _BEGINS.match(line[0][0].text):
            where, owed = "above", owed - 1
        if out and not waiting and _unclosed(out[-1][0]):
            where = "above"
        if where == "above" and out and not waiting:
            out[-1] = [[*out[-1][0], *line[0]], *out[-1][1:]]
        elif where == "below":
            waiting += line[0]
        else:
            out.append([[*waiting, *line[0]], *line[1:]])
            waiting = []
    return out


def _unclosed(words: Sequence[Word]) -> bool:
    """Whether a bracket is open at the end of a label."""
    return sum(word.text.count("(") - word.text.count(")") for word in words) > 0


def _full(line: Line) -> bool:
    return any(line[1:])


def _where(lines: list[Line], bases: list[float], full: list[bool], at: int, pitch: float | None) -> str:
    """Whether a label without figures goes on from the row above or in the one below, or stands for itself."""
    above, below = at > 0, at + 1 < len(lines)
    up = bases[at - 1] - bases[at] if above else float("inf")
    down = bases[at] - bases[at + 1] if below else float("inf")
    text = " ".join(word.text for word in lines[at][0])
    before = " ".join(word.text for word in lines[at - 1][0]) if above else ""
    after = " ".join(word.text for word in lines[at + 1][0]) if below else ""
    if below and full[at + 1] and not lines[at + 1][0]:
        return "below"
    if above and full[at - 1] and not before:
        return "above"
    if above and (_GOES_ON.match(text) or _OPEN.search(before)) and up <= down * 1.1:
        return "above"
    if below and (_GOES_ON.match(after) or _OPEN.search(text)):
        return "below"
    if above and up < CLOSE * (pitch or down) and up <= down:
        return "above"
    return "below" if below and down < CLOSE * (pitch or up) and down < up else "alone"


def levels(lines: Sequence[Line], size: float) -> list[int]:
    """How deep each label is set in: 0, 1, 2; all 0 where they begin at too many places."""
    lefts = sorted({line[0][0].left for line in lines if line[0]})
    steps: list[float] = []
    for left in lefts:
        if not steps or left - steps[-1] > 0.4 * size:
            steps.append(left)
    if len(steps) > MOST:
        return [0] * len(lines)
    return [sum(line[0][0].left - step > 0.4 * size for step in steps) if line[0] else 0 for line in lines]
