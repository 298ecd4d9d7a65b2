"""Tables whose caption says what a second number in brackets is: "(단위: 억원, 괄호 안은 증감률 %)", then "675 (4.7)"; "year-earlier
figures in brackets"."""

from __future__ import annotations

import re

_FORMER = re.compile(
    r"(?:year[- ](?:earlier|before|ago)|(?:previous|prior|last|preceding) year(?:[’']s)?|a year (?:earlier|before|ago))[^()\n/%]{0,24}"
    r" in (?:brackets|parentheses|round brackets)|(?:brackets|parentheses)[ :=]{1,3}(?:the )?(?:previous|prior|last|preceding) year"
    r"|괄호\s?(?:안)?[은는]?\s?(?:전년|작년|지난해)(?![^()\n/]{0,20}(?:%|증감|대비))",
    re.I,
)
_FORMER_ASIDE = re.compile(rf"\s?[(\[;,:]?[^()\[\]/;,\n]{{0,24}}(?:{_FORMER.pattern})[)\]]?", re.I)
_SAID = re.compile(r"괄호\s?(?:안)?[은는]?\s?(?P<words>[^()\n/]{0,30}?%)(?!\s?(?:p|포인트))")
_RATE_IN = re.compile(
    r"(?:y/y|yoy|y-o-y|change|growth|year on year)[^()\n/;]{0,24}(?:%|per ?cent)[^()\n/;]{0,10} in (?:brackets|parentheses)|(?:brackets|parentheses)[ :=]{1,3}(?:y/y|yoy|change|growth)",
    re.I,
)
_CHANGE = re.compile(r"증감|증가|성장|대비|전년")
_TWO = re.compile(r"(?P<outer>[△▲▽+−–-]?\d[\d,]*(?:\.\d+)?)\s?\((?P<inner>[^()\n]{1,12})\)")

_Piece = tuple[int, int, str]


def said(caption: str) -> str | None:
    """The words for the column of the bracketed numbers, where a caption says that they are rates, or those of the year before."""
    match = _SAID.search(caption)
    if match is None and _RATE_IN.search(caption):
        return "change %"
    if match is None:
        return "previous year" if _FORMER.search(caption) else None
    return "증감률 %" if _CHANGE.search(match["words"]) else "비중 %"


def without(caption: str) -> str:
    """A caption without what it says of bracketed numbers of the year before: that is no time of the others."""
    return _FORMER_ASIDE.sub("", caption)


def outer(piece: _Piece, inner: dict[int, _Piece]) -> _Piece:
    """A cell without its bracketed number, which is kept in ``inner`` by where the cell begins."""
    start, _, shown = piece
    match = _TWO.fullmatch(shown.strip())
    if match is None:
        return piece
    start += len(shown) - len(shown.lstrip())
    inner[start] = (start + match.start("inner"), start + match.end("inner"), match["inner"])
    return start, start + match.end("outer"), match["outer"]
