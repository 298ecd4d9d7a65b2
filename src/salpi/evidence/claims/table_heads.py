"""Heads of a table's columns and its caption: which words stand over a cell, and what legends make of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from salpi.evidence.claims.intervals import MONTH_NAME
from salpi.evidence.claims.table_columns import Columns
from salpi.evidence.claims.table_periods import beside, completed, dated, pending, written_out
from salpi.evidence.claims.table_rows import Piece
from salpi.evidence.quantities.headers import unit_of

_LEGEND = re.compile(r"[(,;]?\s?(?<![A-Za-z])(?P<mark>[A-Z]{1,2}|[*†‡])\s?=\s?(?P<sense>[^,;()\n]{2,40})[)]?")
_MARKED = re.compile(r"(?P<year>(?:19|20)?\d\d)(?P<mark>[A-Z]|[*†‡])(?![A-Za-z])")


def head_of(heads: list[list[Piece]], row: list[Piece], at: int, marked: bool) -> str:
    """The words over a place of a row. ``marked``: cells are set apart by marks or tabs, so that where they stand says nothing."""
    parts: list[str] = []
    for head in heads:
        offset = len(row) - len(head)
        groups = len(head) - 1
        if len(head) == len(row):
            parts.append(head[at][2])
        elif at and groups and offset and _over_whole_groups(head, row, groups):
            parts.append(head[1 + (at - 1) // ((len(row) - 1) // groups)][2])
        elif offset == 1 and at >= 1 and (marked or not _over_labels(head, row)):
            parts.append(head[at - 1][2])
        elif len(head) < len(row):
            parts.append(min(head, key=lambda piece: abs(_column(piece, head) - _column(row[at], row)))[2])
    return " ".join(part for part in parts if part)


class Over:
    """The words over each place of a table's rows, as they would be said: whole periods, a change with what changed.

    ``lacking``: a period that the caption begins; ``known``: business years by number; ``pipes``: the rows are split by marks.
    """

    def __init__(
        self,
        text: str,
        heads: list[list[Piece]],
        body: list[list[Piece]],
        pipes: bool,
        lacking: str,
        known: dict[str, str],
        legend: dict[str, str],
    ) -> None:
        self.heads, self.known, self.legend = heads, known, legend
        self.width = max(len(row) for row in body)
        corner = [pending(head[0][2])[1] for head in heads if head and len(head) > 1]
        self.lacking = next((said for said in corner if said), lacking)
        self.aligned = not pipes and all("\t" not in text[row[0][0] : row[-1][1]] for row in body)
        self.columns = Columns.of(text, body) if self.aligned else None
        self.named: list[str] = []
        if self.columns is not None:
            lines = [self.columns.over(head) for head in heads]
            words = [" ".join(filter(None, each)) for each in zip(*lines, strict=True)] if lines else []
            self.named = ["", *self._named(words)] if words else []
        elif not self.aligned:
            whole = next(row for row in body if len(row) == self.width)
            self.named = self._named([head_of(heads, whole, at, True) for at in range(self.width)])

    def _named(self, heads: Sequence[str]) -> list[str]:
        return beside([self._said(head) for head in heads])

    def _said(self, head: str) -> str:
        return completed(dated(written_out(spelled(head, self.legend)), self.known), self.lacking)

    def __call__(self, row: list[Piece], at: int) -> str:
        """The words over a place of a row."""
        if self.columns is not None and self.named:
            return self.named[self.columns.at(row, at) + 1]
        if self.named and len(row) == self.width:
            return self.named[at]
        return self._said(head_of(self.heads, row, at, not self.aligned))

    def label(self, words: str) -> str:
        """A row's label with the period that the corner begins: "March 31, 2025" under "Fiscal year ended"."""
        return completed(written_out(words), self.lacking) if _DATE_LABEL.match(words) else words


_DATE_LABEL = re.compile(rf"\s*(?:{MONTH_NAME}\s\d|\d\d?\s{MONTH_NAME}|\d\d?[./-]\d\d?[./-]|(?:19|20)\d\d[./-]\d)", re.I)


def filled(heads: list[list[Piece]]) -> list[list[Piece]]:
    """Heads above others whose words stand only in the first column of their group: repeated in the empty ones behind it."""
    out = [list(head) for head in heads]
    longest = max(map(len, out), default=0)
    for head in out:
        if 1 < len(head) < longest and not all(words for *_, words in head[1:]):  # the last of its groups ends the line
            head += [(*head[-1][:2], "")] * (longest - len(head))
        elif 1 < len(head) == longest - 1:  # the head over the labels reaches down to it
            head.insert(0, (*head[0][:2], ""))
    for upper, lower in pairwise(out):
        if len(upper) != len(lower):
            continue
        for at in range(2, len(upper)):
            if not upper[at][2] and lower[at][2] and upper[at - 1][2]:
                upper[at] = (*upper[at][:2], upper[at - 1][2])
    return out


def _over_whole_groups(head: list[Piece], row: list[Piece], groups: int) -> bool:
    """Whether the pieces of a head behind the first, which is over the labels, stand over as many columns each."""
    whole = len(row) > len(head) and (len(row) - 1) % groups == 0
    return whole and (not head[0][2] or (groups > 1 and unit_of(head[0][2]) is None and _LABELS.match(head[0][2]) is not None))


_LABELS = re.compile(
    r"\s*(?:구분|항목|품목|부문|지역|국가|국가명|기업|회사|연도|년도|분야|업체|지표|[Ii]tem|[Cc]ountry|[Rr]egion|[Cc]ompany|[Ii]ndicator|[Yy]ear|[Cc]luster|[Pp]roduct|[Cc]ategory|[Pp]articulars)\s*$"
)
"""What a head over the labels says."""


def without_legend(caption: str) -> tuple[str, dict[str, str]]:
    """The caption without its "E = estimate, P = plan", and these: they speak only of the columns so marked."""
    legend = {match["mark"]: match["sense"].strip() for match in _LEGEND.finditer(caption)}
    return (_LEGEND.sub(" ", caption).strip(), legend) if legend else (caption, legend)


def spelled(head: str, legend: dict[str, str]) -> str:
    """A column's head with what the marks on its years stand for: "Capex 2025P" → "Capex 2025 plan"."""
    if "_" in head and " " not in head:
        head = head.replace("_", " ")
    if not legend:
        return head
    return _MARKED.sub(lambda match: f"{match['year']} {legend[match['mark']]}" if match["mark"] in legend else match[0], head)


def _over_labels(head: list[Piece], row: list[Piece]) -> bool:
    """Whether a head one piece short begins over the rows' labels: then one of its pieces spans two columns."""
    return len(head) >= 2 and abs(head[1][0] - head[0][0] - row[1][0] + row[0][0]) <= 4


def _column(piece: Piece, row: list[Piece]) -> int:
    return piece[0] - row[0][0]


_SAID_UNIT = re.compile(
    r"\((?:all )?(?:figures |values |amounts )?(?:in )?(?:(?:thousand|million|billion)s? (?:of )?[a-z]+|lit(?:re|er)s|days|months|per ?cent|persons|people)\)[.:]?$"
)
"""At the end of a sentence before a table: "gave these figures (all in thousand litres)."."""


_LINES = " \t\r\n─━═—–-=_"
"""What lines between paragraphs are drawn with."""


def _says_unit(line: str) -> bool:
    """Whether a line that ends as a sentence does gives the unit of a table."""
    return _SAID_UNIT.search(line) is not None or (" / " in line and unit_of(line) is not None)


def caption_of(text: str, spans: list[tuple[int, int]], first: int) -> str:
    """The short lines right before a table."""
    kept: list[str] = []
    for at in range(first - 1, max(-1, first - 6), -1):
        line = text[slice(*spans[at])].strip(_LINES)
        if not line:
            if kept and len(kept) >= 2:
                break
            continue
        if len(line) > 140 or (re.search(r"[.!?다]$", line) and len(line) > 60 and not _says_unit(line)):
            break
        kept.append(line.strip("*#_ "))
        if len(kept) >= 3:
            break
    return " / ".join(reversed(kept))
