"""Lines wrapped in the middle of a sentence: their line feed reads as a space, so that no amount and no name is cut in two."""

from __future__ import annotations

import re

from salpi.evidence.quantities.units import BEFORE, alternatives

LONG_LINE = 55
_BULLET = re.compile(r"\s*(?:[-*•■□○●▶▲·|>–—]|\d{1,2}[.)]\s|\(\d{1,2}\)|[①-⑳]|#{1,6}\s|\[|Q[:.]|A[:.])")
_GOES_ON = re.compile(r"\n(?=[ ]{0,2}[a-z0-9(가-힣$€£₩])")
_ENDS = frozenset(".!?:;|>다요음됨함")
_SIGN_ENDS = re.compile(
    rf"(?:(?<![^\W\d_])(?:{alternatives(code for code in BEFORE if code[-1].isalpha() and len(code) > 2)})"
    rf"|(?:{alternatives(sign for sign in BEFORE if not sign[-1].isalnum() and sign[-1] != '.')}))$"
)
_MAGNITUDE = re.compile(
    r"[ ]{0,2}(?:(?:trillion|billion|million|thousand|crore|lakh|bn|mn|tn|per ?cent|percentage points?|days|months)\b"
    r"|(?:won|euros?|dollars|yen|yuan)\b|%|[조억만]\s?\d{0,4}[조억만천]*\s?원|원|달러|유로|퍼센트)"
)


def unwrapped(text: str) -> str:
    """The text with a space for each line feed that a wrap has put into a sentence; all offsets stay."""
    if "\n" not in text:
        return text
    parts, at = list[str](), 0
    for match in _GOES_ON.finditer(text):
        if _is_wrap(text, match.start()):
            parts += (text[at : match.start()], " ")
            at = match.end()
    return "".join([*parts, text[at:]]) if parts else text


def _is_wrap(text: str, at: int) -> bool:
    start = text.rfind("\n", 0, at) + 1
    line = text[start:at].rstrip(" ")
    if not line or "\t" in line or "|" in line or any(line.count(mark) > 1 and f"{mark} " not in line for mark in ";,"):
        return False
    if line[-1].isdigit() and len(line) < LONG_LINE:
        return _MAGNITUDE.match(text, at + 1) is not None and "  " not in line
    if text[at + 1 : at + 2].isdigit() and _SIGN_ENDS.search(line) is not None:
        return "  " not in line.strip()
    return len(line) >= LONG_LINE and line[-1] not in _ENDS and "   " not in line.strip() and _BULLET.match(text, at + 1) is None
