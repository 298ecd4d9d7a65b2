"""Lines that are rows of a table because those beside them are built alike: as spreadsheets write them, or as a page's text is copied.

"UK-03,Trials,2023,426,count" says little alone; three such lines with as many commas are rows. So are two and more lines of a label
and as many numbers, one blank between each: "Output 33,900 32,400 36,100".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from salpi.evidence.claims.table_rows import MAX_CELLS, Piece, split

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
    fields = [_fields(text, start, end, mark) for start, end in spans]
    for first, rows in _runs(fields) if any(fields) else ():
        if len(rows) >= _ROWS and any(known[first + at] is None for at in range(len(rows))) and _counted(rows):
            out |= dict(enumerate(rows, first))
    return out


def _runs(lines: Sequence[list[Piece] | None]) -> Iterator[tuple[int, list[list[Piece]]]]:
    """Lines one after the other that have as many pieces: the first one's number, the pieces of each."""
    counted = enumerate(lines)
    for size, run in groupby(counted, key=lambda line: line[1] and len(line[1])):
        if size:
            numbers, rows = zip(*run, strict=True)
            yield numbers[0], [row for row in rows if row]


def _counted(rows: Sequence[list[Piece]]) -> bool:
    """Whether each row but the first has a number."""
    return all(any(any(map(str.isdigit, words)) for *_, words in row) for row in rows[1:])


def _fields(text: str, start: int, end: int, mark: str) -> list[Piece] | None:
    """The values of a line; None where it is prose."""
    line = text[start:end]
    if (
        len(line) > _LONGEST_LINE
        or line.count(mark) < 2
        or line[0] in " -•*"
        or (mark == "," and ", " in (_QUOTED.sub("", line) if '"' in line else line))
        or " | " in line
    ):
        return None
    pieces = split(line, start, mark) if mark == "|" else _values(line, start)
    if pieces is None or not 2 < len(pieces) <= MAX_CELLS:
        return None
    return pieces if all(len(words) < _LONGEST for *_, words in pieces) else None


def _values(line: str, start: int) -> list[Piece] | None:
    """Values between commas, some of them quoted."""
    pieces, at = list[Piece](), 0
    while at <= len(line):
        field = _FIELD.match(line, at)
        if field is None or (field.end() < len(line) and line[field.end()] != ","):
            return None
        group = "plain" if field["quoted"] is None else "quoted"
        pieces.append((start + field.start(group), start + field.end(group), field[group]))
        at = field.end() + 1
    return pieces


_QUOTED = re.compile(r'"[^"\n]*"')


def _spaced(text: str, spans: Sequence[Span], known: Sequence[list[Piece] | None]) -> dict[int, list[Piece]]:
    """Runs of lines of a label and as many numbers, with the line of as many periods above them; without one, rows of two numbers
    are none.
    """
    out: dict[int, list[Piece]] = {}
    matches = [
        _NUMBERS.fullmatch(text, start, end) if row is None and _ends_in_number(text[max(start, end - 1) : end]) else None
        for (start, end), row in zip(spans, known, strict=True)
    ]
    for first, rows in _runs([match and _apart(match, "numbers") for match in matches]) if any(matches) else ():
        if len(rows) < 2:
            continue
        head = _HEAD.fullmatch(text, *spans[first - 1]) if first else None
        over = [] if head is None else _apart(head, "periods")
        if len(over) == len(rows[0]):
            out[first - 1] = over
        elif len(rows[0]) < _WITHOUT_HEAD:
            continue
        out |= dict(enumerate(rows, first))
    return out


def _ends_in_number(last: str) -> bool:
    """Whether a line may end in a number, by its last character."""
    return last.isdecimal() or last in ")% "


_WITHOUT_HEAD = 4
"""A label and so many numbers less one are a row without a head."""


def _apart(match: re.Match[str], group: str) -> list[Piece]:
    """The label, and each word of a group."""
    words = re.finditer(r"\S+", match[group])
    base = match.start(group)
    label = (match.start("label"), match.end("label"), match["label"]) if match["label"] else (match.start(), match.start(), "")
    return [label, *((base + word.start(), base + word.end(), word[0]) for word in words)]
