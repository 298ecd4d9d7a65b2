"""The words, figures and marks of a sentence, and those around a number in it."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import NamedTuple

from salpi.evidence.judges.senses import senses

TOKEN = re.compile(r"[A-Za-z]+(?:[&'/-][A-Za-z]+)*|[가-힣]+|\d[\d,.]*|[^\s\w]")


class Window(NamedTuple):
    """The words before a number, ``first`` … ``stop``, and after it, ``again`` … ``last``."""

    first: int
    stop: int
    again: int
    last: int


class Words(NamedTuple):
    """The words, figures and marks of a sentence's text, in order. Offsets are of the text.

    Figures are ``#``; the second word of a known pair stands with the first ("order book").
    """

    starts: list[int]
    ends: list[int]
    words: list[str]

    @classmethod
    def of(cls, text: str) -> Words:
        """The words of a text."""
        starts, ends, words = list[int](), list[int](), list[str]()
        known, before = senses(), ""
        pairs, firsts = known.pairs, known.firsts
        for match in TOKEN.finditer(text):
            start, end = match.span()
            starts.append(start)
            ends.append(end)
            word = text[start:end]
            shown = "#" if word[0].isdigit() else word
            words.append(f"{before} {word}" if before and f"{before} {word}".lower() in pairs else shown)
            before = shown if shown.lower() in firsts else ""
        return cls(starts, ends, words)

    def window(self, a: int, b: int, before: tuple[int, int], after: tuple[int, int]) -> Window:
        """The words around a number at ``a`` … ``b``: at most so many and within so many characters before it, and after it."""
        starts = self.starts
        stop, again = bisect_left(starts, a), bisect_left(starts, b)
        while stop and self.ends[stop - 1] > a:
            stop -= 1
        first, last = bisect_left(starts, a - before[1]), bisect_left(starts, b + after[1])
        return Window(max(first, stop - before[0]), stop, again, min(last, again + after[0]))
