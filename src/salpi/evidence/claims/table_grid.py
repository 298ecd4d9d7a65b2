"""A table as a grid: caption, heads and rows, with what forms do to them undone."""

from __future__ import annotations

import re
from dataclasses import dataclass

from salpi.evidence.claims import brackets
from salpi.evidence.claims.table_cells import ORDINAL, RANK
from salpi.evidence.claims.table_heads import Over, caption_of, filled, without_legend
from salpi.evidence.claims.table_marks import without_marks
from salpi.evidence.claims.table_periods import is_spans, pending, terms, without_status, without_terms
from salpi.evidence.claims.table_rows import RULE, Piece, is_number, mark_of
from salpi.evidence.claims.table_units import SCALE, by_place, by_size, of_changes, units_said, with_currency, without_per_share
from salpi.evidence.quantities.headers import unit_of, unit_word

Block = list[tuple[tuple[int, int], list[Piece]]]
"""Rows with where their lines stand."""
_MAGNITUDES = {"10": "십", "100": "백", "1,000": "천", "1000": "천"}
_IN_FIGURES = re.compile(r"(?P<before>단위\s?[:：]?\s?)(?P<number>1,?000|100|10)(?P<scale>[만억])")
"""A unit whose magnitude is written in figures: "단위: 100만 달러"."""
_UNIT_AFTER = re.compile(r"\s{0,4}[※*]?\s?(?P<said>[(\[]?(?:단위|[Uu]nits?)\s?[:：][^\n]{1,40})")
"""A line right behind a table that gives its unit: "(단위: 억 원)"."""
_FROM_TO = re.compile(r"(?:^|/ )([^/→⇒]{1,20}?)\s?(?:→|⇒|->)\s?([^/→⇒]{1,20})$")
"""What stands over rows of two numbers that an arrow parts: "2024 → 2030"."""
_ASIDE = re.compile(r"[(\[][^()\[\]]{2,30}[)\]]")
"""Behind the last head, for all columns: "[USD m, net]"."""
_LOOK_BACK = 600
"""Characters before a table in which business years are told."""


@dataclass(frozen=True)
class Grid:
    """The parts of a table. ``over`` gives the words over a cell; ``units``: place in a row → what its column is counted in;
    ``aside``: what stands in brackets behind the numbers, these being ``inner``, by where their cell begins; ``places``: where the
    rows' numbers in a list stood.
    """

    text: str
    begin: int
    end: int
    caption: str
    heads: list[list[Piece]]
    body: list[list[Piece]]
    over: Over
    units: dict[int, str]
    aside: str | None
    inner: dict[int, Piece]
    places: list[tuple[int, int]]


def grid_of(text: str, spans: list[tuple[int, int]], first: int, block: Block, above: list[list[Piece]]) -> Grid | None:
    """The rows of a block that begins with line ``first`` as a grid; None where they are no table. ``above``: heads of the part
    before it.
    """
    if all(len(row) > 1 and text[start : start + 1] == "\t" for (start, _), row in block):  # set in, as a whole
        block = [(span, row[1:]) for span, row in block]
    caption, begin, end = caption_of(text, spans, first), block[0][0][0], block[-1][0][1]
    while len(block) > 3 and _is_title(block[0][1]) and sum(bool(piece[2]) for piece in block[1][1]) > 1:
        caption = _with(caption, block[0][1][0][2])
        block = block[1:]
    caption = _IN_FIGURES.sub(lambda match: f"{match['before']}{_MAGNITUDES[match['number']]}{match['scale']}", caption)
    aside, caption = brackets.said(caption), brackets.without(caption)
    inner: dict[int, Piece] = {}
    if aside is not None:
        block = [(span, [brackets.outer(piece, inner) for piece in row]) for span, row in block]
    pipes = "|" in text[slice(*block[0][0])] or mark_of(text[slice(*block[0][0])]) is not None
    parts = _parted(text, block, pipes, above, caption)
    if parts is None:
        return None
    heads, body = parts
    if (arrow := _FROM_TO.search(caption)) is not None and all(len(row) == 3 for row in body):
        heads, caption = (
            [*heads, [(begin, begin, words) for words in ("", arrow[1], arrow[2])]],
            caption[: arrow.start()].rstrip(" /"),
        )
    if unit_of(caption) is None and (behind := _UNIT_AFTER.match(text, end)) is not None:
        caption = _with(caption, behind["said"])
    for head in heads:
        if head and (unit_of(head[0][2]) is not None or SCALE.search(head[0][2])):
            caption = _with(caption, pending(head[0][2])[0])
    if heads and len(heads[-1]) > 1 and _ASIDE.fullmatch(heads[-1][-1][2]) and unit_of(heads[-1][-1][2]) is not None:
        caption, heads = _with(caption, heads[-1][-1][2]), [*heads[:-1], heads[-1][:-1]]
    caption, legend = without_legend(caption)
    caption, lacking = pending(without_terms(without_per_share(caption)))
    caption = with_currency(caption, text, body, begin)
    heads, body, places = without_places(*without_marks(heads, body))
    heads = filled(heads)
    over = Over(text, heads, body, pipes, lacking, terms(text[max(0, begin - _LOOK_BACK) : begin]), legend)
    units = by_size(caption, body) if heads else by_place(caption, body)
    units |= of_changes(caption, over.named)
    return Grid(text, begin, end, without_status(caption, over.named), heads, body, over, units, aside, inner, places)


def _with(caption: str, more: str) -> str:
    return f"{caption} / {more}" if caption else more


def _parted(
    text: str, block: Block, pipes: bool, above: list[list[Piece]], caption: str
) -> tuple[list[list[Piece]], list[list[Piece]]] | None:
    """Heads and rows of a block; None where it is no table."""
    body = [row for _, row in block if not all(RULE.match(piece[2]) or not piece[2] for piece in row)]
    numeric = [row for row in body if any(is_number(piece) for piece in row[1:] or row)]
    if len(body) < 2 or not numeric or (max(len(row) for row in body) == 2 and len(numeric) < 2):
        return None
    heads = list(above)
    while body and (not any(is_number(piece) for piece in body[0]) or is_spans(body[0])) and not _gives(body[0]):
        heads.append(body.pop(0))
    dotted = all("...." in text[slice(*span)] or ". . . ." in text[slice(*span)] for span, _ in block)
    headed = pipes or dotted or (heads and not (len(numeric) < 2 and len(heads[-1]) < 2))
    told = len(numeric) > 2 and (units_said(caption) or (unit_of(caption) or ("", 1.0))[1] > 1.0)  # no head, but the units
    if not headed and not told and (len(numeric) < 2 or not all(unit_word(row[0][2]) is not None for row in numeric)):
        return None  # nor a unit behind each label
    return (heads, body) if body else None


_PLACE = re.compile(r"\s*(?:rank|no\.?|#|순위|번호|연번)(?:\s+(?P<rest>\S.*))?\s*$", re.I)


def without_places(
    heads: list[list[Piece]], body: list[list[Piece]]
) -> tuple[list[list[Piece]], list[list[Piece]], list[tuple[int, int]]]:
    """Heads and rows without the rows' numbers in a list ("1 | Celltrion | 1.44"), and where these stand."""
    named = next((at for at, head in enumerate(heads) if head and _PLACE.match(head[0][2])), None)
    if named is None or not any(_is_listed(row) for row in body):
        return heads, body, []
    first, whole = heads[named][0], len(heads[named])
    rest = _PLACE.sub(lambda place: place["rest"] or "", first[2])
    out = [head[1:] if len(head) == whole and not rest else head for head in heads]
    out[named] = [*([(first[1] - len(rest), first[1], rest)] if rest else []), *heads[named][1:]]
    places = [row[0][:2] for row in body if _is_listed(row)]
    return out, [row[1:] if _is_listed(row) or not row[0][2] else row for row in body], places


def _is_listed(row: list[Piece]) -> bool:
    return len(row) > 1 and row[0][2].isdigit() and not is_number(row[1])


_MONEY = re.compile(
    r"(?!FY|CY|[QH]\d)(?:[A-Z][A-Za-z]{0,2}\$?|[$€£¥₩₹])\s?\d[\d,.]*\s?(?:trillion|billion|million|thousand|tn|bn|mn|m|k|crores?|cr|lakhs?)"
)
"""An amount with its currency and its magnitude: "KSh 78.4 bn"."""


def _gives(row: list[Piece]) -> bool:
    """Whether a row without a plain number gives figures all the same: amounts of money, ranks ("Standing | 11th | 7th")."""
    ranks = RANK.search(row[0][2]) is not None
    return any(_MONEY.fullmatch(piece[2].strip()) or (ranks and ORDINAL.match(piece[2])) for piece in row[1:])


def _is_title(row: list[Piece]) -> bool:
    """Whether a row is one cell over all columns."""
    return bool(row) and bool(row[0][2]) and not any(piece[2] for piece in row[1:]) and not is_number(row[0])
