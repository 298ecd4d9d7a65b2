"""Where names and forms may stand in a text: found by plain search, so that no pattern walks the whole text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import filterfalse

REACH = 200
"""No name with its gloss is longer."""
_CAPITAL = re.compile(r"[A-Z](?:(?<![\w-].)|(?<=--.))")
_LONGER = re.compile(r"[\w-]|[ ][A-Z][a-z]")
"""What follows where a name goes on."""


def capitals(text: str) -> list[int]:
    """The places of the capitals that begin a word."""
    return [match.start() for match in _CAPITAL.finditer(text)]


def places(text: str, word: str) -> Iterator[int]:
    """Every place of a string, those that overlap included."""
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


def each(pattern: re.Pattern[str], text: str, starts: Iterable[int]) -> Iterator[re.Match[str]]:
    """Like ``pattern.finditer(text)``, for a pattern that can begin only at one of ``starts`` (in order)."""
    last = 0
    for start in starts:
        if start >= last and (match := pattern.match(text, start)) is not None:
            last = match.end()
            yield match


def at_words(pattern: re.Pattern[str], text: str, words: Iterable[str]) -> Iterator[re.Match[str]]:
    """Like ``pattern.finditer(text)``, for a pattern that begins with one of ``words``."""
    return each(pattern, text, sorted({at for word in words if word in text for at in places(text, word)}))


class Openings:
    """Phrases with which a pattern begins at the edge of a word, by their first word: most texts hold few of these."""

    def __init__(self, *phrases: str) -> None:
        self._by: dict[str, list[str]] = {}
        for phrase in phrases:
            self._by.setdefault(_FIRST_WORD.split(phrase)[0], []).append(phrase)
        self._firsts = frozenset(self._by)

    def among(self, words: set[str]) -> list[str]:
        """Those of the phrases whose first word is one of a text's."""
        return [phrase for first in self._firsts & words for phrase in self._by[first]]


_FIRST_WORD = re.compile(r"[^A-Za-z]")


def different(words: Iterable[str]) -> set[str]:
    """The words of a text, each once; of those that are joined by a mark ("R&D", "and/or") also the parts."""
    out = set(words)
    for word in [*filterfalse(str.isalnum, out)]:
        out.update(_MARK.split(word))
    return out


_MARK = re.compile("[&/']")


def before(starts: list[int], ends: list[int]) -> list[int]:
    """Those of ``starts`` that have one of ``ends`` behind them within reach; both in order."""
    out: list[int] = []
    at = 0
    for start in starts:
        while at < len(ends) and ends[at] <= start:
            at += 1
        if at == len(ends):
            break
        if ends[at] - start < REACH:
            out.append(start)
    return out


def opening(text: str, starts: list[int]) -> list[int]:
    """Those of ``starts`` that stand at the head of the text, a line, a sentence or a part of one."""
    return [
        at
        for at in starts
        if at == 0 or text[at - 1] == "\n" or (text[at - 1] == " " and text[at - 2 : at - 1] in _OPENS and at > 1)
    ]


_OPENS = ".!?:;\n•*-"


def whole(text: str, names: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Where the names stand as whole words and not as the head of a longer name; in order, the longest at each place."""
    found = sorted((at, -len(name)) for name in names for at in places(text, name))
    last = 0
    for start, length in found:
        end = start - length
        if start >= last and not goes_on(text[start - 1 : start] if start else "") and _LONGER.match(text, end) is None:
            last = end
            yield start, end


def goes_on(char: str) -> bool:
    """Whether a word goes on over a character."""
    return char.isalnum() or (char != "" and char in "_-")


class Taken:
    """The stretches of a text that are taken."""

    def __init__(self, text: str) -> None:
        self._marks = bytearray(len(text))

    def add(self, start: int, end: int) -> None:
        """Take a stretch."""
        self._marks[start:end] = b"\1" * (end - start)

    def at(self, place: int) -> bool:
        """Whether a place is taken."""
        return self._marks[place] == 1

    def any(self, start: int, end: int) -> bool:
        """Whether some of a stretch is taken."""
        return self._marks.find(1, start, end) >= 0
