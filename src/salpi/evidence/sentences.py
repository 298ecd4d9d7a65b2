"""Where sentences begin and end, in English and Korean, in running text, lists and tables."""

from __future__ import annotations

import re

_END = re.compile(
    r"(?P<stop>(?<=[a-z0-9%)\]\"'”’A-Z])[.!?…]+[\"'”’)\]]{0,3}(?=\s+[\"'“‘(\[]?[A-Z0-9가-힣$€£₩]|\s+[^\W\d_a-z])|(?<=[가-힣)\"”])[.!?]+[\"'”’)\]]{0,3}(?=\s|$|[가-힣]))"
    r"|(?P<line>[ \t]*\n)|。"
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Inc|Ltd|Co|Corp|Cos|No|Nos|vs|Rs|St|Fig|approx|est|ca|cf|etc|e\.g|i\.e|al|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Gov|Sen|Rep|Gen|Jr|Sr|Bros|Dept|Tel|Art|Vol|pp|Fr|Ave|Min)|\b[A-Z])\.$"
)
_DATE_LIKE = re.compile(r"(?:\d{4}\.\s?)?\d{1,2}\.$")
_BULLET = re.compile(r"\s*(?:[-*•■□○●▶▲·|>–—]|\d{1,2}[.)]\s|\(\d{1,2}\)|[①-⑳]|#{1,6}\s|\[|Q[:.]|A[:.])")
_WRAPPED = re.compile(r"\s?\s?[a-z0-9(가-힣$€£₩]")
LONG_LINE = 55


def sentences(text: str) -> list[tuple[int, int]]:
    """Spans of sentences; a line that is wrapped in the middle of a sentence does not end it."""
    out: list[tuple[int, int]] = []
    start = 0
    line = 0
    for match in _END.finditer(text):
        at, end = match.span()
        if match["line"] is not None:
            wrapped = (
                at - line >= LONG_LINE
                and text[at - 1 : at] not in ".!?:;|>다요음됨함"
                and _WRAPPED.match(text, end) is not None
                and _BULLET.match(text, end) is None
                and "\t" not in text[line:at]
                and "|" not in text[line:at]
                and "   " not in text[line:at].strip()
            )
            line = end
            if wrapped:
                continue
            if text[start:at].strip():
                out.append((start, at))
            start = end
            continue
        head = text[max(start, at - 8) : at + 1]
        if match[0][0] == "." and (
            (_ABBREVIATION.search(head) and not re.search(r"[가-힣]\.$", head)) or _short_date(text, head, end)
        ):
            continue
        out.append((start, end))
        start = end
    if text[start:].strip():
        out.append((start, len(text)))
    return out


def _short_date(text: str, head: str, end: int) -> bool:
    """``2025. 1. 1.`` is one date, not three sentences."""
    return _DATE_LIKE.search(head) is not None and re.match(r"\s?\d{1,2}\.|\s?\(", text[end : end + 5]) is not None


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
