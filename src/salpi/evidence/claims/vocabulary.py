"""Finds known words in a text: phrases of any length, English by words and Korean inside its compounds, each once per word form."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple


class Hit(NamedTuple):
    """A known word in the text: ``kind`` is measure, domain, block, cue, entity or id, ``value`` what it stands for."""

    start: int
    end: int
    kind: str
    value: Any


@dataclass(slots=True)
class _Node:
    exact: dict[str, _Node] = field(default_factory=dict)
    prefix: dict[str, _Node] = field(default_factory=dict)
    tags: list[tuple[str, Any]] = field(default_factory=list)


class _Form(NamedTuple):
    inside: tuple[tuple[int, int, str, Any], ...]  # known words in a run of Hangul
    spaced: bool  # may begin a phrase that is written with a space
    nodes: tuple[_Node, ...]  # where phrases go on from it
    moods: tuple[_Node, ...]


_MAX_FORMS = 300_000
_UNSEEN: Any = object()

TOKEN = re.compile(r"(?:[A-Z]\.){2,4}|[^\W\d_]+(?:[&/][^\W\d_]+)*(?:'[^\W\d_]+)?|[^\s\w]|\d[\d,.]*")
_WORD = re.compile(r"(?:[A-Z]\.){2,4}|[^\W\d_]+(?:[&/][^\W\d_]+)*(?:'[^\W\d_]+)?")
_PHRASE = re.compile(r"(?:[A-Za-z]\.){2,4}|[^\W\d_]+(?:[&/][^\W\d_]+)*(?:'[^\W\d_]+)?\*?")
_HANGUL = re.compile(r"[가-힣]")
_OPTIONS = "szc"
MAX_WORD = 60
"""Longer runs of letters are no words."""
MAX_RUN = 400
"""Longer runs of Hangul are noise: the work on one grows faster than its length."""


class Vocabulary:
    """Phrases with what they stand for. English phrases may end a word in ``*`` (any ending) and hold ``?`` (s, z or c)."""

    def __init__(self) -> None:
        self._root = _Node()
        self._moods = _Node()  # cues stand beside what they are found in: 보내기로 is both sending and a plan
        self._korean: dict[str, list[tuple[str, tuple[str, Any]]]] = {}
        self._korean_moods: dict[str, list[tuple[str, tuple[str, Any]]]] = {}
        self._spaced_heads: dict[str, list[tuple[str, tuple[str, Any]]]] = {}
        self._forms: dict[str, _Form | None] = {}

    def add(self, phrase: str, kind: str, value: Any, *, cased: bool = False) -> None:
        """Add one phrase; ``cased`` names hold only as they are written (US is no us)."""
        if _HANGUL.search(phrase):
            word = phrase.replace(" ", "").casefold()
            table = self._korean_moods if kind == "cue" else self._korean
            table.setdefault(word[0], []).append((word, (kind, value)))
            if " " in phrase:
                self._spaced_heads.setdefault(phrase.casefold().split(" ")[0], []).append((phrase.casefold(), (kind, value)))
            return
        for spelled in _spellings(phrase):
            words = _PHRASE.findall(spelled)
            node = self._moods if kind == "cue" else self._root
            for word in words:
                key = word if cased else word.lower()
                into = node.prefix if key.endswith("*") else node.exact
                key = key.rstrip("*")
                following = into.get(key)
                if following is None:
                    following = into[key] = _Node()
                node = following
            if words and (kind, value) not in node.tags:  # the world and a plan may both name a thing
                node.tags.append((kind, value))

    def freeze(self) -> Vocabulary:
        """Ready for use: longest Korean words first."""
        for table in (self._korean, self._korean_moods, self._spaced_heads):
            for entries in table.values():
                entries.sort(key=lambda entry: -len(entry[0]))
        return self

    def hits(self, text: str, words: list[re.Match[str]] | None = None) -> list[Hit]:
        """All known words of ``text`` in order, the longest at each place; what a longer one covers is not found again."""
        out: list[Hit] = []
        if words is None:
            words = list(_WORD.finditer(text))
        forms = self._forms
        if len(forms) > _MAX_FORMS:
            forms.clear()
        live: list[tuple[int, re.Match[str], _Form]] = []
        for at, match in enumerate(words):
            word = match[0]
            form = forms.get(word, _UNSEEN)
            if form is _UNSEEN:
                form = forms[word] = self._form(word)
            if form is not None:
                live.append((at, match, form))
        self._cues(text, words, live, out)
        until, covered = -1, -1  # words up to which a phrase reaches, characters that a spaced one covers
        for at, match, form in live:
            if at <= until or match.start() < covered:
                continue
            start = match.start()
            if form.spaced and text[match.end() : match.end() + 1] == " ":
                spaced = self._spaced(text, start, match[0])
                if spaced is not None:
                    out.append(spaced)
                    covered = spaced.end
                    continue
            if form.inside:
                out += [Hit(start + a, start + b, kind, value) for a, b, kind, value in form.inside]
                continue
            best: tuple[int, _Node] | None = None
            for node in form.nodes:
                found = self._longest(text, words, at, node)
                if found is not None and (best is None or found[0] > best[0]):
                    best = found
            if best is not None:
                until, node = best
                end = words[until].end()
                out += [Hit(start, end, kind, value) for kind, value in node.tags]
        out.sort(key=lambda hit: (hit.start, -hit.end))
        return out

    def _form(self, word: str) -> _Form | None:
        """What the vocabulary knows of one form of a word; None where it is nothing to it."""
        if len(word) > MAX_RUN:
            return None
        inside = self._inside(word) if _HANGUL.search(word) else ()
        form = _Form(
            inside, word.casefold() in self._spaced_heads, tuple(_follow(self._root, word)), tuple(_follow(self._moods, word))
        )
        return form if form.inside or form.spaced or form.nodes or form.moods else None

    def _cues(self, text: str, words: list[re.Match[str]], live: list[tuple[int, re.Match[str], _Form]], out: list[Hit]) -> None:
        until = -1
        for at, match, form in live:
            if not form.moods or at <= until:
                continue
            found = [one for node in form.moods if (one := self._longest(text, words, at, node)) is not None]
            if found:
                last, node = max(found, key=lambda one: one[0])
                out += [Hit(match.start(), words[last].end(), kind, value) for kind, value in node.tags]
                until = last

    def _starts(self, word: str) -> tuple[_Node, ...]:
        return tuple(_follow(self._root, word))

    def _longest(self, text: str, words: list[re.Match[str]], at: int, node: _Node) -> tuple[int, _Node] | None:
        best = (at, node) if node.tags else None
        following = at + 1
        if (node.exact or node.prefix) and following < len(words):
            gap = text[words[at].end() : words[following].start()]
            if len(gap) <= 3 and not gap.strip(" -–\n'’®™&\""):
                for child in _follow(node, words[following][0]):
                    deeper = self._longest(text, words, following, child)
                    if deeper is not None and (best is None or deeper[0] > best[0]):
                        best = deeper
        return best

    def _inside(self, word: str) -> tuple[tuple[int, int, str, Any], ...]:
        """Known words in a run of Hangul, longest first from the left."""
        out: list[tuple[int, int, str, Any]] = []
        folded = word.casefold()
        for place in range(len(folded)):
            if out and place < max(end for _, end, *_ in out):
                continue
            seen: set[Any] = set()
            for phrase, (kind, value) in self._korean_moods.get(folded[place], ()):
                if value not in seen and folded.startswith(phrase, place):
                    seen.add(value)
                    out.append((place, place + len(phrase), kind, value))
        at = 0
        while at < len(folded):
            step = 1
            for phrase, (kind, value) in self._korean.get(folded[at], ()):
                if folded.startswith(phrase, at):
                    if (step == 1 or len(phrase) == step) and (at, at + len(phrase), kind, value) not in out:
                        out.append((at, at + len(phrase), kind, value))
                        step = len(phrase)
                    if len(phrase) < step:
                        break
            if step == 1 and folded[at].isascii() and (at == 0 or not folded[at - 1].isascii()):
                latin = re.match(r"[a-z&]+", folded[at:])
                if latin is not None:
                    for node in self._starts(word[at : at + latin.end()]):
                        out += [(at, at + latin.end(), kind, value) for kind, value in node.tags]
                    step = latin.end()
            at += step
        spans = [(a, b) for a, b, kind, _ in out if kind != "cue"]
        return tuple(
            entry
            for entry in out
            if entry[2] != "cue" or not any(a <= entry[0] and entry[1] <= b and (a, b) != (entry[0], entry[1]) for a, b in spans)
        )

    def _spaced(self, text: str, start: int, word: str) -> Hit | None:
        """A Korean phrase that is written with a space here: ``수주 잔고``."""
        piece = text[start : start + 24].casefold()
        for phrase, (kind, value) in self._spaced_heads.get(word.casefold(), ()):
            if piece.startswith(phrase):
                return Hit(start, start + len(phrase), kind, value)
        return None


def _follow(node: _Node, word: str) -> Iterable[_Node]:
    if len(word) > MAX_WORD:
        return []
    lower = word.lower()
    if lower.endswith("'s"):
        forms = dict.fromkeys((word, word[:-2], lower, lower[:-2]))
    elif len(word) > 3 and word.isupper():
        forms = dict.fromkeys((word, lower, word.title()))
    else:
        forms = dict.fromkeys((word, lower))
    found = [node.exact[form] for form in forms if form in node.exact]
    if node.prefix:
        for length in range(len(lower), 1, -1):
            child = node.prefix.get(lower[:length])
            if child is not None:
                found.append(child)
    return found


def _spellings(phrase: str) -> list[str]:
    if "?" not in phrase:
        return [phrase]
    head, _, tail = phrase.partition("?")
    return [head + letter + rest for letter in _OPTIONS for rest in _spellings(tail)]
