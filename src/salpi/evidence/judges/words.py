"""The words, figures and marks of a sentence, and those around a number in it."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import accumulate
from typing import NamedTuple

from salpi.evidence.judges.senses import senses

TOKEN = re.compile(r"[A-Za-z]+(?:[&'/-][A-Za-z]+)*|[가-힣]+|\d[\d,.]*|[^\s\w]")
_PARTS = re.compile(f"({TOKEN.pattern})")


def shown(words: list[str]) -> list[str]:
    """Words as they are seen: figures are ``#``; the second word of a known pair stands with the first ("order book")."""
    out = ["#" if word[0].isdigit() else word for word in words]
    lowered = [*map(str.lower, words)]
    for at, seconds in enumerate(map(senses().seconds.get, lowered[:-1]), 1):
        if seconds is not None and lowered[at] in seconds:
            out[at] = f"{words[at - 1]} {words[at]}"
    return out


class Window(NamedTuple):
    """The words before a number, ``first`` … ``stop``, and after it, ``again`` … ``last``."""

    first: int
    stop: int
    again: int
    last: int


class Words:
    """The words, figures and marks of a sentence's text, in order, as they are seen. Offsets are of the text."""

    def __init__(self, starts: list[int], ends: list[int], words: list[str]) -> None:
        self.starts, self.ends, self.words = starts, ends, words

    @classmethod
    def of(cls, text: str) -> Words:
        """The words of a text."""
        parts = _PARTS.split(text)  # what lies between, a word, what lies between, …
        edges = [*accumulate(map(len, parts))]
        return cls(edges[:-1:2], edges[1::2], shown(parts[1::2]))

    def window(self, a: int, b: int, before: tuple[int, int], after: tuple[int, int]) -> Window:
        """The words around a number at ``a`` … ``b``: at most so many and within so many characters before it, and after it."""
        starts = self.starts
        stop, again = bisect_left(starts, a), bisect_left(starts, b)
        while stop and self.ends[stop - 1] > a:
            stop -= 1
        first, last = bisect_left(starts, a - before[1]), bisect_left(starts, b + after[1])
        return Window(max(first, stop - before[0]), stop, again, min(last, again + after[0]))
