"""What a document says of itself: its language, and the fields of its head."""

from __future__ import annotations

import re

from salpi.evidence.documents.head import closed
from salpi.evidence.documents.publisher import named

FIELD_LINES = 12
"""Lines in which a document speaks of itself."""
KOREAN_SHARE = 0.2
"""Of the letters; a Korean syllable says as much as two to three Latin letters."""
_FIELD = re.compile(
    r"^\s*(?:[□○■*-]\s?)?(?:\*\*)?(title|subject|publisher|published by|issued by|제\s?목|보도\s?제목|발행처|발행\s?기관|발행|보도\s?기관|배포처|배포\s?기관|발표\s?기관|언론사|매체(?:명)?)"
    r"(?:\*\*)?\s*(?:[:：|\t])\s*(\S.*)",
    re.IGNORECASE,
)
_TITLES = frozenset(("title", "subject", "제목", "보도제목"))
_HANGUL = re.compile(r"[\uac00-\ud7a3]+")
_LETTERS = re.compile(r"[A-Za-z\uac00-\ud7a3]+")


def language(text: str) -> str:
    """``ko`` where at least a fifth of the letters are Hangul, else ``en``."""
    if text.isascii():
        return "en"
    sample = text[:200_000]
    letters = sum(map(len, _LETTERS.findall(sample)))
    return "ko" if letters and sum(map(len, _HANGUL.findall(sample))) >= KOREAN_SHARE * letters else "en"


def fields(text: str) -> dict[str, str]:
    """``title`` and ``publisher`` from ``Key: value`` lines of the head (front matter, a release's header). A ``Source:`` is whom
    a document credits, no publisher of it.
    """
    out: dict[str, str] = {}
    for line in text[:8_000].splitlines()[:FIELD_LINES]:
        found = _FIELD.match(closed(line))
        if not found:
            continue
        said = re.sub(r"\s", "", found[1].casefold())
        value = re.split(r"\t|\s\|\s", found[2].strip().strip("\"' *|"))[0].strip()[:300]
        if said in _TITLES:
            out.setdefault("title", value)
        elif not (said == "발행" and re.search(r"\d", value)) and (name := named(value)):
            out.setdefault("publisher", name)
    return out
