"""Heads of a table's columns and its caption: which words stand over a cell, and what legends make of them."""

from __future__ import annotations

import re

from salpi.evidence.claims.table_rows import Piece

_LEGEND = re.compile(r"[(,;]?\s?(?<![A-Za-z])(?P<mark>[A-Z]{1,2}|[*†‡])\s?=\s?(?P<sense>[^,;()\n]{2,40})[)]?")
_MARKED = re.compile(r"(?P<year>(?:19|20)?\d\d)(?P<mark>[A-Z]|[*†‡])(?![A-Za-z])")
_TOLD = re.compile(
    r"\b(?P<word>[A-Za-z]{3,14}) (?:are )?in (?P<unit>(?:thousand )?lit(?:re|er)s|kL|days|months|per ?cent|thousands?)(?=[.,;)\n]|$)"
)
_TOLD_UNITS = {"l": ("L", 1.0), "k": ("L", 1e3), "d": ("days", 1.0), "m": ("months", 1.0), "p": ("%", 1.0)}


def told_by(before: str) -> dict[str, tuple[str, float]]:
    """Units that the words before a table give to some of its columns: "Tanks in thousand litres; money in US$ million"."""
    out: dict[str, tuple[str, float]] = {}
    for match in _TOLD.finditer(before):
        said = match["unit"]
        if said.startswith("thousand"):
            known = ("L", 1e3) if "lit" in said else None
        else:
            known = _TOLD_UNITS[said[0]]
        if known is not None:
            out[match["word"].lower()] = known
    return out


def head_of(heads: list[list[Piece]], row: list[Piece], at: int, width: int) -> str:
    """The words over a place of a row."""
    parts: list[str] = []
    for head in heads:
        offset = len(row) - len(head)
        if len(head) == len(row):
            parts.append(head[at][2])
        elif offset == 1 and at >= 1 and not (_column(head[0], head) == 0 and _over_labels(head, row)):
            parts.append(head[at - 1][2])
        elif len(head) < len(row):
            parts.append(min(head, key=lambda piece: abs(_column(piece, head) - _column(row[at], row)))[2])
    return " ".join(part for part in parts if part)


def without_legend(caption: str) -> tuple[str, dict[str, str]]:
    """The caption without its "E = estimate, P = plan", and these: they speak only of the columns so marked."""
    legend = {match["mark"]: match["sense"].strip() for match in _LEGEND.finditer(caption)}
    return (_LEGEND.sub(" ", caption).strip(), legend) if legend else (caption, legend)


def spelled(head: str, legend: dict[str, str]) -> str:
    """A column's head with what the marks on its years stand for: "Capex 2025P" → "Capex 2025 plan"."""
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


def caption_of(text: str, spans: list[tuple[int, int]], first: int) -> str:
    """The short lines right before a table."""
    kept: list[str] = []
    for at in range(first - 1, max(-1, first - 6), -1):
        line = text[slice(*spans[at])].strip()
        if not line:
            if kept and len(kept) >= 2:
                break
            continue
        if len(line) > 140 or (re.search(r"[.!?다]$", line) and len(line) > 60 and not _SAID_UNIT.search(line)):
            break
        kept.append(line.strip("*#_ "))
        if len(kept) >= 3:
            break
    return " / ".join(reversed(kept))
