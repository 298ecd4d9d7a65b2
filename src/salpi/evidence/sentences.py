"""Where sentences begin and end, in English and Korean, in running text, lists and tables."""

from __future__ import annotations

import re

_END = re.compile(
    r"[.!?…\n。](?:(?<=[\n。])"
    r"|(?<=[a-z0-9%)\]\"'”’A-Z].)[.!?…]*[\"'”’)\]]{0,3}(?=\s+[\"'“‘(\[]?[A-Z0-9가-힣$€£₩]|\s+[^\W\d_a-z])"
    r"|(?<=[가-힣)\"”][.!?])[.!?]*[\"'”’)\]]{0,3}(?=\s|$|[가-힣]))"
)
_SHORT = """
    Mr Mrs Ms Dr Prof Inc Ltd Co Corp Cos No Nos vs Rs St Fig approx est ca cf etc al Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct
    Nov Dec Gov Sen Rep Gen Jr Sr Bros Dept Tel Art Vol pp Fr Ave Min
"""
_OPEN = frozenset(_SHORT.split())
"""Abbreviations: their full stop ends no sentence."""
_ABBREVIATION = re.compile(rf"(?:\b(?:{'|'.join(sorted(_OPEN))}|e\.g|i\.e)|\b[A-Z])\.$")
_DATE_LIKE = re.compile(r"(?:\d{4}\.\s?)?\d{1,2}\.$")
_DATE_GOES_ON = re.compile(r"\s?\d{1,2}\.|\s?\(")
MAX_SENTENCE = 1200
"""A longer stretch without an end is cut at a space: the work on a sentence grows faster than its length."""


def sentences(text: str) -> list[tuple[int, int]]:
    """Spans of sentences; every line feed ends one (``wrapping.unwrapped`` leaves those that do)."""
    out: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        at, end = match.span()
        if text[at] == "\n":
            while at and text[at - 1] in " \t":
                at -= 1
            if text[start:at].strip():
                out.append((start, at))
            start = end
            continue
        if text[at] == "." and _goes_on(text, text[max(start, at - 8) : at + 1], end):
            continue
        out.append((start, end))
        start = end
    if text[start:].strip():
        out.append((start, len(text)))
    return [piece for span in out for piece in _pieces(text, *span)] if any(b - a > MAX_SENTENCE for a, b in out) else out


def _goes_on(text: str, head: str, end: int) -> bool:
    """Whether the full stop at the end of ``head`` is that of an abbreviation or a date."""
    word = head[head.rfind(" ") + 1 : -1]
    if word.isascii() and word.isalpha():
        return word in _OPEN or (len(word) == 1 and word.isupper())
    last = word[-1:]
    if last.isdigit():
        return _short_date(text, head, end)
    return last.isascii() and last.isalpha() and _ABBREVIATION.search(head) is not None


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A stretch in pieces of bounded length."""
    out: list[tuple[int, int]] = []
    while end - start > MAX_SENTENCE:
        cut = text.rfind(" ", start + MAX_SENTENCE // 2, start + MAX_SENTENCE) + 1 or start + MAX_SENTENCE
        out.append((start, cut))
        start = cut
    out.append((start, end))
    return out


def _short_date(text: str, head: str, end: int) -> bool:
    """``2025. 1. 1.`` is one date, not three sentences."""
    return _DATE_LIKE.search(head) is not None and _DATE_GOES_ON.match(text, end, end + 5) is not None


def lines(text: str) -> list[tuple[int, int]]:
    """Spans of lines without their line feed."""
    out, start = [], 0
    while True:
        at = text.find("\n", start)
        if at < 0:
            out.append((start, len(text)))
            return out
        out.append((start, at))
        start = at + 1
