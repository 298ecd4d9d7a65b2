"""Korean tables whose caption says that a second number in brackets is a rate: "(단위: 억원, 괄호 안은 증감률 %)", then "675 (4.7)"."""

from __future__ import annotations

import re

_SAID = re.compile(r"괄호\s?(?:안)?[은는]?\s?(?P<words>[^()\n/]{0,30}?%)(?!\s?(?:p|포인트))")
_CHANGE = re.compile(r"증감|증가|성장|대비|전년")
_TWO = re.compile(r"(?P<outer>[△▲▽+−–-]?\d[\d,]*(?:\.\d+)?)\s?\((?P<inner>[^()\n]{1,12})\)")

_Piece = tuple[int, int, str]


def said(caption: str) -> str | None:
    """The words for the column of the bracketed numbers, where a caption says that they are rates."""
    match = _SAID.search(caption)
    if match is None:
        return None
    return "증감률 %" if _CHANGE.search(match["words"]) else "비중 %"


def outer(piece: _Piece, inner: dict[int, _Piece]) -> _Piece:
    """A cell without its bracketed number, which is kept in ``inner`` by where the cell begins."""
    start, _, shown = piece
    match = _TWO.fullmatch(shown.strip())
    if match is None:
        return piece
    start += len(shown) - len(shown.lstrip())
    inner[start] = (start + match.start("inner"), start + match.end("inner"), match["inner"])
    return start, start + match.end("outer"), match["outer"]
