"""Finds known words in a text: phrases of any length, English by words and Korean inside its compounds, each once per word form."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Literal, NamedTuple

from salpi.evidence.tokens import Pieces, pieces


class Hit(NamedTuple):
    """A known word in the text: ``kind`` is measure, domain, block, cue, entity or id, ``value`` what it stands for."""

    start: int
    end: int
    kind: str
    value: Any


_hit: Callable[[tuple[int, int, str, Any]], Hit] = partial(tuple.__new__, Hit)
"""A hit of its fields, made faster than by name."""


@dataclass(slots=True)
class _Node:
    exact: dict[str, _Node] = field(default_factory=dict)
    prefix: dict[str, _Node] = field(default_factory=dict)
    tags: list[tuple[str, Any]] = field(default_factory=list)
    known: dict[str, tuple[_Node, ...]] = field(default_factory=dict)  # where it goes on with a word that was met before

    def follow(self, word: str) -> tuple[_Node, ...]:
        """The nodes that one more word leads to."""
        found = self.known.get(word)
        if found is None:
            if len(self.known) >= _MAX_FOLLOWED:
                self.known.clear()
            found = self.known[word] = tuple(_follow(self, word))
        return found


class _Form(NamedTuple):
    inside: tuple[tuple[int, int, str, Any], ...]  # known words in a run of Hangul
    spaced: bool  # may begin a phrase that is written with a space
    nodes: tuple[_Node, ...]  # where phrases go on from it
    moods: tuple[_Node, ...]
    alone: tuple[tuple[str, Any], ...] | None  # what it stands for, where no phrase goes on from it
    mood: tuple[tuple[str, Any], ...] | None


_MAX_FORMS = 300_000
_MAX_FOLLOWED = 2_000
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
        self._forms: dict[str, _Form | Literal[False]] = {}  # False: a word that is nothing to it

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

    def hits(self, text: str, known: Pieces | None = None) -> list[Hit]:
        """All known words of ``text`` in order, the longest at each place; what a longer one covers is not found again."""
        out: list[Hit] = []
        if known is None:
            known = pieces(text)
        words, starts, ends = known.words, known.starts, known.ends
        forms = self._forms
        if len(forms) > _MAX_FORMS:
            forms.clear()
        live: list[tuple[int, _Form]] = []
        for at, form in enumerate(map(forms.get, words)):
            if form is None:
                form = self._learnt(words[at])
            if form:
                live.append((at, form))
        self._cues(text, known, live, out)
        until, covered = -1, -1  # words up to which a phrase reaches, characters that a spaced one covers
        for at, form in live:
            inside, spaced, nodes, _, alone, _ = form
            if not (nodes or inside or spaced) or at <= until or starts[at] < covered:
                continue
            start = starts[at]
            if spaced and text[ends[at] : ends[at] + 1] == " ":
                hit = self._spaced(text, start, words[at])
                if hit is not None:
                    out.append(hit)
                    covered = hit.end
                    continue
            if inside:
                out += [_hit((start + a, start + b, kind, value)) for a, b, kind, value in inside]
                continue
            if alone is not None:
                until = at
                end = ends[at]
                out += [_hit((start, end, kind, value)) for kind, value in alone]
                continue
            best: tuple[int, _Node] | None = None
            for node in nodes:
                longest = _longest(text, known, at, node)
                if longest is not None and (best is None or longest[0] > best[0]):
                    best = longest
            if best is not None:
                until, node = best
                end = ends[until]
                out += [_hit((start, end, kind, value)) for kind, value in node.tags]
        out.sort(key=_order)
        return out

    def _learnt(self, word: str) -> _Form | Literal[False]:
        if word.isdecimal():
            return False  # of figures there is no end
        form: _Form | Literal[False] = self._form(word) or False
        self._forms[word] = form
        return form

    def _form(self, word: str) -> _Form | None:
        """What the vocabulary knows of one form of a word; None where it is nothing to it."""
        if len(word) > MAX_RUN:
            return None
        inside = self._inside(word) if _HANGUL.search(word) else ()
        nodes, moods = tuple(_follow(self._root, word)), tuple(_follow(self._moods, word))
        spaced = word.casefold() in self._spaced_heads
        return _Form(inside, spaced, nodes, moods, _alone(nodes), _alone(moods)) if inside or spaced or nodes or moods else None

    def _cues(self, text: str, known: Pieces, live: list[tuple[int, _Form]], out: list[Hit]) -> None:
        until = -1
        starts, ends = known.starts, known.ends
        for at, form in live:
            if not form.moods or at <= until:
                continue
            if form.mood is not None:
                until = at
                out += [_hit((starts[at], ends[at], kind, value)) for kind, value in form.mood]
                continue
            found = [one for node in form.moods if (one := _longest(text, known, at, node)) is not None]
            if found:
                last, node = max(found, key=lambda one: one[0])
                out += [Hit(starts[at], ends[last], kind, value) for kind, value in node.tags]
                until = last

    def _starts(self, word: str) -> tuple[_Node, ...]:
        return tuple(_follow(self._root, word))

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
            if piece.startswith(phrase) and not self._longer(piece, phrase.rfind(" ") + 1, len(phrase)):
                return Hit(start, start + len(phrase), kind, value)
        return None

    def _longer(self, piece: str, start: int, end: int) -> bool:
        """Whether a longer known name begins where the last word of a phrase does: 우시바이오로직스 after 중국."""
        return any(
            kind == "entity" and len(word) > end - start and piece.startswith(word, start)
            for word, (kind, _) in self._korean.get(piece[start], ())
        )


def _order(hit: Hit) -> tuple[int, int]:
    return hit.start, -hit.end


def _alone(nodes: tuple[_Node, ...]) -> tuple[tuple[str, Any], ...] | None:
    """What a word stands for that begins no longer phrase; None where one may go on from it, or it stands for nothing."""
    if any(node.exact or node.prefix for node in nodes):
        return None
    return next((tuple(node.tags) for node in nodes if node.tags), None)


def _longest(text: str, known: Pieces, at: int, node: _Node) -> tuple[int, _Node] | None:
    """The last word and the end of the longest phrase that goes on from a node."""
    best = (at, node) if node.tags else None
    following = at + 1
    if (node.exact or node.prefix) and following < len(known.words):
        gap = text[known.ends[at] : known.starts[following]]
        if gap == " " or (len(gap) <= 3 and not gap.strip(" -–\n'’®™&\"")):
            for child in node.follow(known.words[following]):
                deeper = _longest(text, known, following, child)
                if deeper is not None and (best is None or deeper[0] > best[0]):
                    best = deeper
    return best


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
