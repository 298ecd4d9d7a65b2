"""Lines that are rows of a table because those beside them are built alike: as spreadsheets write them, or as a page's text is copied.

"UK-03,Trials,2023,426,count" says little alone; three such lines with as many commas are rows. So are two and more lines of a label
and as many numbers, one blank between each: "Output 33,900 32,400 36,100".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from salpi.evidence.claims.table_rows import MAX_CELLS, Piece

Span = tuple[int, int]
_FIELD = re.compile(r'"(?P<quoted>(?:[^"\n]|"")*)"|(?P<plain>[^,"\n]*)')
_MARKS = (",", "|")
_ROWS = 3
"""So many lines with as many marks are rows."""
_LONGEST = 90
_LONGEST_LINE = 2000
_NUMBERS = re.compile(
    r"[ ]{0,8}(?P<label>[^\W\d_][^\n|\t]{0,60}?)(?P<numbers>(?:[ ](?:[(△▲+−–-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?\)?%?)){2,14})[ ]*"
)
_HEAD = re.compile(
    r"[ ]{0,8}(?P<label>[^\W\d_][^\n|\t]{0,40}?)?(?P<periods>(?:(?:(?<![^\n])|[ ])(?:(?:FY|CY)?['’]?(?:19|20)\d\d[EFPA]?|[1-4]Q\d\d|[12]H\d\d|Q[1-4]|H[12])){2,14})[ ]*"
)


def like_their_neighbours(text: str, spans: Sequence[Span], known: Sequence[list[Piece] | None]) -> dict[int, list[Piece]]:
    """Line → its pieces, for lines that are no rows by themselves."""
    out: dict[int, list[Piece]] = {}
    for mark in _MARKS:
        if text.count(mark) >= 2 * _ROWS:
            out |= _marked(text, spans, known, mark)
    out |= _spaced(text, spans, known)
    return out


def _marked(text: str, spans: Sequence[Span], known: Sequence[list[Piece] | None], mark: str) -> dict[int, list[Piece]]:
    """Runs of lines with as many marks, no blank behind any; with numbers in all but the first."""
    out: dict[int, list[Piece]] = {}
    run: list[int] = []
    parts: dict[int, list[Piece]] = {}
    for at in range(len(spans) + 1):
        fields = _fields(text, *spans[at], mark) if at < len(spans) else None
        if fields is not None and run and len(fields) == len(parts[run[-1]]):
            run.append(at)
        else:
            if len(run) >= _ROWS and any(known[line] is None for line in run) and _counted(parts, run):
                out |= {line: parts[line] for line in run}
            run = [at] if fields is not None else []
        if fields is not None:
            parts[at] = fields
    return out


def _counted(parts: dict[int, list[Piece]], run: list[int]) -> bool:
    """Whether each row but the first has a number."""
    return all(any(any(map(str.isdigit, words)) for *_, words in parts[line]) for line in run[1:])


def _fields(text: str, start: int, end: int, mark: str) -> list[Piece] | None:
    """The values of a line; None where it is prose."""
    line = text[start:end]
    if (
        len(line) > _LONGEST_LINE
        or line.count(mark) < 2
        or line[0] in " -•*"
        or (mark == "," and ", " in _QUOTED.sub("", line))
        or " | " in line
    ):
        return None
    if mark == "|":
        pieces, at = list[Piece](), start
        for part in line.split("|"):
            pieces.append((at, at + len(part), part))
            at += len(part) + 1
    else:
        pieces, at = [], 0
        while at <= len(line):
            field = _FIELD.match(line, at)
            if field is None or (field.end() < len(line) and line[field.end()] != ","):
                return None
            group = "quoted" if field["quoted"] is not None else "plain"
            pieces.append((start + field.start(group), start + field.end(group), field[group]))
            at = field.end() + 1
    short = all(len(words) < _LONGEST for *_, words in pieces)
    return pieces if short and 2 < len(pieces) <= MAX_CELLS else None


_QUOTED = re.compile(r'"[^"\n]*"')


def _spaced(text: str, spans: Sequence[Span], known: Sequence[list[Piece] | None]) -> dict[int, list[Piece]]:
    """Runs of lines of a label and as many numbers; with the line of periods above them."""
    out: dict[int, list[Piece]] = {}
    run: list[int] = []
    parts: dict[int, list[Piece]] = {}
    for at in range(len(spans) + 1):
        match = _NUMBERS.fullmatch(text, *spans[at]) if at < len(spans) and known[at] is None else None
        pieces = None if match is None else _apart(match, "numbers")
        if pieces is not None and run and len(pieces) == len(parts[run[-1]]):
            run.append(at)
        else:
            if len(run) > 1:
                out |= _with_head(text, spans, run, parts)
            run = [at] if pieces is not None else []
        if pieces is not None:
            parts[at] = pieces
    return out


def _with_head(text: str, spans: Sequence[Span], run: list[int], parts: dict[int, list[Piece]]) -> dict[int, list[Piece]]:
    """The rows of a run with the line of as many periods above it; without one, rows of two numbers are none."""
    head = _HEAD.fullmatch(text, *spans[run[0] - 1]) if run[0] else None
    rows = {line: parts[line] for line in run}
    if head is not None and len(pieces := _apart(head, "periods")) == len(parts[run[0]]):
        return {run[0] - 1: pieces, **rows}
    return rows if len(parts[run[0]]) > 3 else {}


def _apart(match: re.Match[str], group: str) -> list[Piece]:
    """The label, and each word of a group."""
    words = re.finditer(r"\S+", match[group])
    base = match.start(group)
    label = (match.start("label"), match.end("label"), match["label"]) if match["label"] else (match.start(), match.start(), "")
    return [label, *((base + word.start(), base + word.end(), word[0]) for word in words)]
