"""Where a sentence breaks into clauses, and how much each break sets apart."""

from __future__ import annotations

import re
from functools import lru_cache

_STRONG, _WEAK, _LIGHT = 3.0, 0.8, 0.3


def _word(word: str) -> str:
    """A whole word; the pattern begins with its first letter, so that the places where it may begin are found fast."""
    return rf"{word}\b(?<!\w{word})"


_BREAK = re.compile(
    "|".join(
        [
            r";|—|–\s|//|/(?<=\s/)\s|-(?:>|(?<=\s-)\s)|→(?<=\s→)\s|\(|\)|,(?!\d)|:",
            *map(_word, ("while", "whereas", "but", "although", "though", "compared with", "against")),
            r"and (?<!\wand )(?=[a-z ]{3,30} (?:rose|fell|grew|came|was|were|reached|stood|climbed|dropped))",
            r"반면|지만,?\s|으나,?\s|는데,?\s|한편",
            *(rf"{ending}(?<=[가-힣]{ending})\s" for ending in ("고", "며", "면서", "해", "라")),
        ]
    )
)
_WEIGHT = {
    **dict.fromkeys((";", "—", "wh", "bu", "al", "th", "반면", "지만", "으나", "는데", "한편"), _STRONG),
    **dict.fromkeys(("(", ")"), _LIGHT),
}
"""By the first two characters of a break; the rest are weak."""


def breaks(piece: str, start: int) -> tuple[list[int], list[float]]:
    """The places of the breaks in a sentence that begins at ``start``, and the running sums of their weights."""
    places: list[int] = []
    sums: list[float] = []
    last, total = 0, 0.0
    for match in _BREAK.finditer(piece):
        at, found = match.start(), match[0]
        if found[0] in "-/→" and found not in ("->", "//"):
            at -= 1  # the space before belongs to the break, where none before it has taken that
            if at < last:
                continue
        last = match.end()
        total += _weight(found)
        places.append(start + at)
        sums.append(total)
    return places, sums


@lru_cache(maxsize=256)
def _weight(found: str) -> float:
    return _STRONG if found[0] in "–-/" and found != "->" else _WEIGHT.get(found[:2], _WEAK)
