"""Senses: classes of words of like meaning, so that "shipped abroad" and "해외로 나간" say what "exports" says.

``senses.csv`` holds one row for each class and language: words and two-word phrases by a bar. It is general knowledge of the two
languages, made without looking at annotated texts; the judges weigh what it says.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

_ENDING = re.compile(r"(?:'s|ies|ing|ed|es|s|ly)$")
_MOST_SYLLABLES = 7


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A word without case and, in English, without its ending."""
    word = word.lower()
    return _ENDING.sub("", word) if len(word) > 4 and word.isascii() else word


@dataclass(frozen=True)
class Senses:
    """Words → their classes. ``pairs``: two-word phrases, the words joined by a space; ``seconds``: their first words → their second ones.

    ``sizes``: of the Korean words by their first two syllables, longest first.
    """

    english: dict[str, tuple[str, ...]]
    korean: dict[str, tuple[str, ...]]
    pairs: dict[str, tuple[str, ...]]
    seconds: dict[str, set[str]]
    sizes: dict[str, tuple[int, ...]]

    def of(self, word: str) -> tuple[str, ...]:
        """The classes of a word, or of a pair of words with a space between."""
        if " " in word:
            return self.pairs.get(word.lower(), ())
        if "가" <= word[0] <= "힣":
            return self._korean_of(word)
        found = self.english.get(word.lower()) or self.english.get(stem(word))
        if found is None and "-" in word:
            parts = [part for part in word.split("-") if part]
            return tuple(dict.fromkeys(sense for part in parts for sense in self.of(part)))
        return found or ()

    def _korean_of(self, word: str) -> tuple[str, ...]:
        """The longest known beginnings of a run of Hangul and of what is left from its second and third syllable on."""
        korean, sizes = self.korean, self.sizes
        out, at, last = list[str](), 0, min(len(word) - 1, 8)
        while at < last:
            for size in sizes.get(word[at : at + 2], ()):
                found = korean.get(word[at : at + size]) if at + size <= len(word) else None
                if found is not None:
                    out += found
                    at += size
                    break
            else:
                at += 1
        return tuple(dict.fromkeys(out)) if out else ()


@lru_cache(maxsize=1)
def senses() -> Senses:
    """The classes that are shipped, read once."""
    english: dict[str, dict[str, None]] = {}
    korean: dict[str, dict[str, None]] = {}
    pairs: dict[str, dict[str, None]] = {}
    text = files("salpi.evidence.judges").joinpath("senses.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        for phrase in row["words"].split("|"):
            words = phrase.lower()
            into = pairs if " " in words else english if row["language"] == "en" else korean
            into.setdefault(words, {})[row["sense"]] = None
            if into is english:
                into.setdefault(stem(words), {})[row["sense"]] = None

    def fixed(found: dict[str, dict[str, None]]) -> dict[str, tuple[str, ...]]:
        return {words: tuple(classes) for words, classes in found.items()}

    seconds: dict[str, set[str]] = {}
    for pair in pairs:
        first, _, second = pair.partition(" ")
        seconds.setdefault(first, set()).add(second)
    sizes: dict[str, set[int]] = {}
    for word in korean:
        if 1 < len(word) <= _MOST_SYLLABLES:
            sizes.setdefault(word[:2], set()).add(len(word))
    return Senses(
        fixed(english),
        fixed(korean),
        fixed(pairs),
        seconds,
        {head: tuple(sorted(held, reverse=True)) for head, held in sizes.items()},
    )


@lru_cache(maxsize=50_000)
def senses_of(word: str) -> tuple[str, ...]:
    """The classes of a word, or of a pair of words with a space between; remembered, as many look at the same word."""
    return senses().of(word)
