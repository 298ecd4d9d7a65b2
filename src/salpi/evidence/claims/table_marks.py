"""Columns that hold nothing but marks, as filings set them: "$ | 1,234 | | (56 | )". Their numbers stand in the columns beside them."""

from __future__ import annotations

from collections.abc import Sequence

from salpi.evidence.claims.table_rows import SIGNS, Piece, is_number

_BEHIND = frozenset({")", ")%", "%"})


def without_marks(heads: Sequence[list[Piece]], rows: Sequence[list[Piece]]) -> tuple[list[list[Piece]], list[list[Piece]]]:
    """Heads and rows without the columns of marks; a bracket or a percent sign of one is given to the number before it."""
    numeric = [row for row in rows if any(is_number(piece) for piece in row[1:])]
    if not any(_is_mark(piece[2]) for row in numeric for piece in row[1:]):
        return list(heads), list(rows)
    width = max(map(len, numeric))
    marks = {at for at in range(1, width) if all(len(row) <= at or not row[at][2] or _is_mark(row[at][2]) for row in numeric)}
    kept = [at for at in range(width) if at not in marks]
    over = [
        [spread[at] for at in kept if at < len(spread)] if len(spread) > len(kept) else spread for spread in map(_spread, heads)
    ]
    return over, [_joined(row, marks) if row in numeric else row for row in rows]


def _spread(head: list[Piece]) -> list[Piece]:
    """A head whose words reach over the empty places behind them."""
    out: list[Piece] = []
    for at, piece in enumerate(head):
        out.append((*piece[:2], out[-1][2]) if at > 1 and not piece[2] else piece)
    return out


def _is_mark(words: str) -> bool:
    return words in SIGNS or words in _BEHIND


def _joined(row: list[Piece], marks: set[int]) -> list[Piece]:
    out: list[Piece] = []
    for at, piece in enumerate(row):
        if at not in marks:
            out.append(piece)
        elif piece[2].endswith("%") and out:
            before = out[-1]
            out[-1] = (before[0], before[1], f"{before[2]}%" if "(" not in before[2] else before[2].replace("(", "-") + "%")
    return out
