"""Lines of text as rows of a table: pieces between pipes, tabs, wide gaps, dots or marks."""

from __future__ import annotations

import re

from salpi.evidence.claims import subrows

MAX_CELLS = 60
"""A line with more cells is no table row."""

RULE = re.compile(r"[\s|:=+-]+$")
_GAP = re.compile(r"\t+| {2,}|(?: ?\.){4,} ?")
NUMERIC = re.compile(
    r"\s*(?:[~≈><≥≤]|c\.|ca\.|약)?\s?(?:(?P<lead>US\$|[$€£¥₩])\s*(?=[(△▲▽▼−–-]))?(?P<open>\()?(?P<sign>[△▲▽▼↑↓+−–-])?\s?(?:(?P<money>US\$|[$€£¥₩])\s*)?(?!10[⁰¹²³⁴-⁹])(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d{1,3},\d{1,2}(?!\d)|\d{1,2}(?:,\d\d)+,\d{3}(?:\.\d+)?|\d+(?:\.\d+)?)(?P<inside>\s?%(?=\)))?(?P<close>\))?(?P<scale>\s?(?:million|billion|trillion|thousand|bn|tn|mn)(?![A-Za-z]))?(?P<mark>\s?(?:%p|%|pp|x|배|명|건|개|곳|위|일|kL|L|리터|days|months|개월)(?![A-Za-z가-힣]))?\s*(?:[*†‡⁰¹²³⁴-⁹⁾]+|\[\d\])?\s*(?P<tail>\((?:(?:FY|CY|[QH][1-4])\s?)?[’\']?(?:(?:19|20)\d\d|\d\d(?=\)))[^()]{0,16}\)|\((?=[^()]*[A-Za-z가-힣])[^()]{1,20}\)|\([+−–-]?\d+(?:\.\d+)?\s?%\)|\([+−–-]\d+(?:\.\d+)?\)|(?:by|in|from|at end|end)\s[A-Za-z ]{0,16}(?:19|20)\d\d)?\s*$"
)
"""A piece that is a number, with what may stand around it."""
SIGNS = frozenset({"US$", "$", "€", "£", "¥", "₩"})
"""Signs of money that a wide gap may part from their number."""
Piece = tuple[int, int, str]
"""Where a piece begins and ends, and what it shows."""


def is_rule(text: str, span: tuple[int, int]) -> bool:
    """Whether a line only parts rows: "|---|---|"."""
    line = text[slice(*span)]
    return bool(line.strip()) and len(line) < 400 and RULE.match(line) is not None


def row_of(text: str, start: int, end: int) -> list[Piece] | None:
    """The pieces of a line; None where it is no row."""
    line = text[start:end]
    if len(line) > 2000 or not line.strip():
        return None
    if line.count(" ; ") >= 2:
        return split(line, start, ";")
    if line.count(" : ") >= 2 and all(len(part) < _SHORT for part in line.split(" : ")):
        return split(line, start, ":")
    if "|" in line and ((line.count("|") >= 2 and line.lstrip()[:1] == "|") or " | " in line or line.count("|") >= 3):
        return _led(split(line, start, "|"))
    if (mark := mark_of(line)) is not None:
        return split(line, start, mark)
    stripped = line.strip()
    if "  " not in stripped and "\t" not in stripped and ".." not in stripped and ". ." not in stripped:
        return None  # no gap
    gaps = len(_GAP.findall(stripped))
    indented = len(line) - len(line.lstrip()) >= 6 or line[0] == "\t"
    if (gaps >= 1 and (indented or any(NUMERIC.match(_FIRST.split(piece)[0]) for piece in _GAP.split(stripped)))) or gaps >= 2:
        return _columns(line, start)
    return None


_FIRST = re.compile(r" / |\s?(?:→|⇒|⟶|->|=>)")
_GROUPED = re.compile(r"\d(?<![\d.].)\d{0,2}(?:,\d{3})+(?![\d.])")  # in this form the engine skips to a digit


def mark_of(line: str) -> str | None:
    """What sets values apart where a line is a row of them: ``;`` or ``,`` without blanks behind, or `` / ``; most of them numbers or
    years, or heads.
    """
    if line.count(" ; ") >= 2:
        return ";"
    if len(line) >= 300 or line.endswith(_SENTENCE_ENDS) or "  " in line or "\t" in line or "|" in line:
        return None
    if line.count(" / ") >= 3 and _mostly_numbers(line.split(" / ")):
        return " / "
    for mark in ";,":
        if f"{mark} " in line or line.count(mark) < 2:
            continue
        parts = line.split(mark)
        if mark == ";" and all(len(part) < _SHORT for part in parts):
            return mark
        if mark == "," and _GROUPED.sub("", line).count(",") >= 2 and _mostly_numbers(parts):
            return mark
    return None


_SENTENCE_ENDS = (".", "!", "?", "。")
_SHORT = 40
"""A value of a row has fewer characters."""


def _mostly_numbers(parts: list[str]) -> bool:
    numbers = sum(bool(NUMERIC.match(part) or subrows.YEAR.match(part)) for part in parts)
    return numbers >= len(parts) // 2 and all(len(part) < _SHORT for part in parts)


def split(line: str, start: int, mark: str) -> list[Piece] | None:
    """The pieces of a line between marks; None where they are too many."""
    pieces: list[Piece] = []
    at = 0
    parts = line.split(mark)
    if len(parts) > MAX_CELLS:
        return None
    for number, part in enumerate(parts):
        outer = number in (0, len(parts) - 1) and not part.strip()
        if not outer:
            lead = len(part) - len(part.lstrip())
            pieces.append(
                (start + at + lead, start + at + len(part.rstrip()) if part.strip() else start + at + lead, part.strip())
            )
        at += len(part) + len(mark)
    return pieces


_LED = re.compile(r"(?P<label>.*?[^.\s]) ?(?:\.{4,}|(?: \.){4,}) ?(?P<number>\S.*)")


def _led(pieces: list[Piece] | None) -> list[Piece] | None:
    """Pieces of which the first is a label that dots lead to a number: both."""
    if not pieces or (led := _LED.fullmatch(pieces[0][2])) is None:
        return pieces
    start, end, _ = pieces[0]
    return [(start, start + led.end("label"), led["label"]), (start + led.start("number"), end, led["number"]), *pieces[1:]]


_ARROW = re.compile(r"\s?(?:→|⇒|⟶|->|=>)\s?")


def _from_to(piece: Piece) -> list[Piece]:
    """The two numbers of a piece that an arrow parts: "112 → 220"."""
    start, _, words = piece
    if (arrow := _ARROW.search(words)) is None:
        return [piece]
    left, right = words[: arrow.start()], words[arrow.end() :]
    if not (left and right and NUMERIC.match(left) and NUMERIC.match(right)):
        return [piece]
    return [(start, start + len(left), left), (start + arrow.end(), start + len(words), right)]


def _columns(line: str, start: int) -> list[Piece]:
    """Pieces set apart by tabs or wide gaps; a line that begins with a tab begins with an empty one."""
    pieces: list[Piece] = [(start, start, "")] if line[:1] == "\t" else []
    at = 0
    for gap in [*_GAP.finditer(line), None]:
        end = gap.start() if gap is not None else len(line)
        piece = line[at:end]
        if "...." in line and " / " in piece:
            for part in re.finditer(r"[^/]+", piece):
                shown = part[0].strip()
                lead = len(part[0]) - len(part[0].lstrip())
                pieces.append((start + at + part.start() + lead, start + at + part.start() + lead + len(shown), shown))
        elif piece.strip():
            lead = len(piece) - len(piece.lstrip())
            if pieces and pieces[-1][2] in SIGNS and NUMERIC.match(piece):  # "$     1,234"
                first, end_of = pieces.pop()[0], start + at + len(piece.rstrip())
                pieces.append((first, end_of, line[first - start : end_of - start]))
                at = gap.end() if gap is not None else len(line)
                continue
            pieces.append((start + at + lead, start + at + len(piece.rstrip()), piece.strip()))
        at = gap.end() if gap is not None else len(line)
        if len(pieces) > MAX_CELLS:
            break
    return [part for piece in pieces for part in _from_to(piece)]


def is_number(piece: Piece) -> bool:
    """Whether a piece is a number, and no year."""
    return NUMERIC.match(piece[2]) is not None and not subrows.YEAR.match(piece[2])
