"""Words as they are looked up, the same on both databases: Hangul in pairs of syllables, the rest as folded words.

Korean words carry endings (수출을), and a two-syllable word is the shortest that means something: pairs find 수출 in all of its
forms without a dictionary. English words lose their plural.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_RUN = re.compile(r"[\uac00-\ud7a3]+|[^\W_\uac00-\ud7a3]+")
_SIMPLE = re.compile(r"[\x00-\x7f\uac00-\ud7a3]*")
"""Texts that are folded by lower case alone: syllables that are taken apart and put together again are what they were."""
_PHRASE = re.compile(r'"([^"]*)"|(\S+)')


def terms(text: str) -> list[str]:
    """The terms of a text in its order. A run of Hangul of n syllables gives n - 1 pairs, one syllable gives itself."""
    out: list[str] = []
    for run in _RUN.findall(_fold(text)):
        if "\uac00" <= run[0] <= "\ud7a3":
            out += [run[at : at + 2] for at in range(len(run) - 1)] or [run]
        else:
            out.append(_singular(run))
    return out


def _fold(text: str) -> str:
    if text.isascii() or _SIMPLE.fullmatch(text):
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize("NFC", "".join(char for char in apart if not unicodedata.combining(char)))


@lru_cache(maxsize=65536)
def _singular(word: str) -> str:
    """Without a plural's ending (Harman's s-stemmer): companies → company, exports → export, analysis and class stay."""
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and not word.endswith(("eies", "aies")):
        return word[:-3] + "y"
    return word[:-1]


def phrases(query: str) -> list[tuple[list[str], bool]]:
    """What a query asks for: each word or quoted phrase as its terms in a row, and whether the last is a beginning (``bio*``, and
    a lone syllable).

    Raises ValueError where nothing is left to look for.
    """
    out = []
    for found in _PHRASE.finditer(query):
        words = terms(found[1] if found[1] is not None else found[2])
        if words:
            last = words[:32][-1]  # a lone syllable carries its ending in the text: 3상 stands in 3상을, 100조 in 100조원
            single = len(last) == 1 and "\uac00" <= last <= "\ud7a3"
            out.append((words[:32], single or (found[2] or "").endswith("*")))
    if not out:
        raise ValueError(f'nothing to look for in {query!r}: give words, or a phrase in "quotes"')
    return out[:32]


def fts5(query: str) -> str:
    """A query in SQLite's language; terms hold letters and digits only, so that nothing in them is syntax."""
    return " AND ".join(" + ".join(f'"{word}"' for word in words) + (" *" if open_ else "") for words, open_ in phrases(query))


def tsquery(query: str) -> str:
    """The same in PostgreSQL's."""
    parts = []
    for words, open_ in phrases(query):
        quoted = [f"'{word}'" for word in words]
        quoted[-1] += ":*" if open_ else ""
        parts.append(" <-> ".join(quoted))
    return " & ".join(f"({part})" for part in parts)


def tsvector(words: list[str]) -> str:
    """A text's terms with their positions, as PostgreSQL writes a tsvector; its parser, which knows no Hangul, is not asked."""
    at: dict[str, list[int]] = {}
    for position, word in enumerate(words[:16_000], start=1):
        at.setdefault(word, []).append(position)
    return " ".join(f"'{word}':{','.join(map(str, places[:255]))}" for word, places in at.items())
