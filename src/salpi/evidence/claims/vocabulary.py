"""Finds known words in a text: phrases of any length, English by words and Korean inside its compounds, each once per word form."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Literal, NamedTuple

from salpi.evidence.tokens import SHORT, Pieces, pieces


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
    heads: set[str] = field(default_factory=set)  # how the words of ``prefix`` begin
    tags: list[tuple[str, Any]] = field(default_factory=list)
    known: dict[str, tuple[_Node, ...]] = field(default_factory=dict)  # where it goes on with a word that was met before

    def follow(self, word: str) -> tuple[_Node, ...]:
        """The nodes that one more word leads to."""
        found = self.known.get(word)
        if found is None:
            if len(self.known) >= _MAX_FOLLOWED:
                self.known.clear()
            found = self.known[word] = _follow(self, *_written(word))
        return found


class _Spaced(NamedTuple):
    phrase: str
    kind: str
    value: Any
    last: int  # where its last word begins
    longer: tuple[str, ...]  # names that go on from that word: 우시바이오로직스 after 중국


class _Form(NamedTuple):
    inside: tuple[tuple[int, int, str, Any], ...]  # known words in a run of Hangul
    spaced: tuple[_Spaced, ...]  # the phrases written with a space that it may begin
    nodes: tuple[_Node, ...]  # where phrases go on from it
    moods: tuple[_Node, ...]
    alone: tuple[tuple[str, Any], ...] | None  # what it stands for, where no phrase goes on from it
    mood: tuple[tuple[str, Any], ...] | None


class _Forms(dict[str, _Form | Literal[False]]):
    """What is known of the words that were met, False where that is nothing; a new one is learnt when it is looked up."""

    def __init__(self, learn: Callable[[str], _Form | None]) -> None:
        self._learn = learn

    def __missing__(self, word: str) -> _Form | Literal[False]:
        found = None if word.isdecimal() else self._learn(word)
        form: _Form | Literal[False] = False if found is None else found
        if len(word) <= SHORT or not word.isdecimal():  # of long figures there is no end
            self[word] = form
        return form


_Entries = dict[str, list[tuple[str, tuple[str, Any]]]]
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
        self._korean: _Entries = {}
        self._korean_moods: _Entries = {}
        self._spaced_heads: _Entries = {}
        self._names: dict[str, list[str]] = {}  # of things, by their first syllable
        self._forms = _Forms(self._form)

    def add(self, phrase: str, kind: str, value: Any, *, cased: bool = False) -> None:
        """Add one phrase; ``cased`` names hold only as they are written (US is no us)."""
        if _HANGUL.search(phrase):
            word = phrase.replace(" ", "").casefold()
            table = self._korean_moods if kind == "cue" else self._korean
            table.setdefault(word[:2], []).append((word, (kind, value)))
            if kind == "entity":
                self._names.setdefault(word[0], []).append(word)
            if " " in phrase:
                self._spaced_heads.setdefault(phrase.casefold().split(" ")[0], []).append((phrase.casefold(), (kind, value)))
            return
        for spelled in _spellings(phrase):
            words = _PHRASE.findall(spelled)
            node = self._moods if kind == "cue" else self._root
            for word in words:
                key = word if cased else word.lower()
                into = node.prefix if key.endswith("*") else node.exact
                if into is node.prefix:
                    node.heads.add(key.rstrip("*")[:3])
                key = key.rstrip("*")
                following = into.get(key)
                if following is None:
                    following = into[key] = _Node()
                node = following
            if words and (kind, value) not in node.tags:  # the world and a plan may both name a thing
                node.tags.append((kind, value))

    def freeze(self) -> Vocabulary:
        """Ready for use: longest Korean words first, those of one syllable behind all that begin with it."""
        for table in (self._korean, self._korean_moods, self._spaced_heads):
            for entries in table.values():
                entries.sort(key=lambda entry: -len(entry[0]))
        for table in (self._korean, self._korean_moods):
            for head, entries in table.items():
                if len(head) > 1:
                    entries += table.get(head[0], ())
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
        live = [(at, form) for at, form in enumerate(map(forms.__getitem__, words)) if form]
        self._cues(text, known, live, out)
        until, covered = -1, -1  # words up to which a phrase reaches, characters that a spaced one covers
        for at, form in live:
            inside, spaced, nodes, _, alone, _ = form
            if not (nodes or inside or spaced) or at <= until or starts[at] < covered:
                continue
            start = starts[at]
            if spaced and text[ends[at] : ends[at] + 1] == " ":
                hit = _phrase(text, start, spaced)
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
                for kind, value in alone:
                    out.append(_hit((start, end, kind, value)))
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

    def _form(self, word: str) -> _Form | None:
        """What the vocabulary knows of one form of a word; None where it is nothing to it."""
        if len(word) > MAX_RUN:
            return None
        inside = self._inside(word) if _HANGUL.search(word) else ()
        lower, forms = _written(word)
        nodes, moods = _follow(self._root, lower, forms), _follow(self._moods, lower, forms)
        spaced = self._spaced(word.casefold())
        return _Form(inside, spaced, nodes, moods, _alone(nodes), _alone(moods)) if inside or spaced or nodes or moods else None

    def _cues(self, text: str, known: Pieces, live: list[tuple[int, _Form]], out: list[Hit]) -> None:
        until = -1
        starts, ends = known.starts, known.ends
        for at, form in live:
            if not form.moods or at <= until:
                continue
            if form.mood is not None:
                until = at
                for kind, value in form.mood:
                    out.append(_hit((starts[at], ends[at], kind, value)))
                continue
            found = [one for node in form.moods if (one := _longest(text, known, at, node)) is not None]
            if found:
                last, node = max(found, key=lambda one: one[0])
                out += [Hit(starts[at], ends[last], kind, value) for kind, value in node.tags]
                until = last

    def _starts(self, word: str) -> tuple[_Node, ...]:
        return _follow(self._root, *_written(word))

    def _inside(self, word: str) -> tuple[tuple[int, int, str, Any], ...]:
        """Known words in a run of Hangul, longest first from the left."""
        out: list[tuple[int, int, str, Any]] = []
        folded = word.casefold()
        reached = 0
        for place in range(len(folded)):
            if place < reached:
                continue
            seen: set[Any] = set()
            for phrase, (kind, value) in _beginning(self._korean_moods, folded, place):
                if value not in seen and folded.startswith(phrase, place):
                    seen.add(value)
                    out.append((place, place + len(phrase), kind, value))
                    reached = max(reached, place + len(phrase))
        at = 0
        while at < len(folded):
            step = 1
            for phrase, (kind, value) in _beginning(self._korean, folded, at):
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

    def _spaced(self, head: str) -> tuple[_Spaced, ...]:
        """The Korean phrases whose first word is ``head``, the longest first."""
        out = []
        for phrase, (kind, value) in self._spaced_heads.get(head, ()):
            last = phrase.rfind(" ") + 1
            word = phrase[last:]
            names = (name for name in self._names.get(word[0], ()) if name.startswith(word) and name != word)
            out.append(_Spaced(phrase, kind, value, last, tuple(names)))
        return tuple(out)


def _beginning(table: _Entries, word: str, at: int) -> Sequence[tuple[str, tuple[str, Any]]]:
    """The Korean entries that may begin at a place of a word, the longest first."""
    found = table.get(word[at : at + 2])
    return table.get(word[at], ()) if found is None else found


def _phrase(text: str, start: int, spaced: tuple[_Spaced, ...]) -> Hit | None:
    """A Korean phrase that is written with a space here, unless a longer name begins with its last word: ``수주 잔고``."""
    piece = text[start : start + 24].casefold()
    for phrase, kind, value, last, longer in spaced:
        if piece.startswith(phrase) and not piece.startswith(longer, last):
            return Hit(start, start + len(phrase), kind, value)
    return None


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
    words = known.words
    if (node.exact or node.prefix) and following < len(words) and (children := node.follow(words[following])):
        gap = text[known.ends[at] : known.starts[following]]
        if gap == " " or (len(gap) <= 3 and not gap.strip(" -–\n'’®™&\"")):
            for child in children:
                deeper = _longest(text, known, following, child)
                if deeper is not None and (best is None or deeper[0] > best[0]):
                    best = deeper
    return best


def _written(word: str) -> tuple[str, tuple[str, ...]]:
    """A word in small letters, and the forms under which it may be known; none of what is too long for a word."""
    if len(word) > MAX_WORD:
        return "", ()
    lower = word.lower()
    if lower.endswith("'s"):
        return lower, tuple(dict.fromkeys((word, word[:-2], lower, lower[:-2])))
    if lower == word:
        return lower, (word,)
    return lower, (word, lower, word.title()) if len(word) > 3 and word.isupper() else (word, lower)


def _follow(node: _Node, lower: str, forms: tuple[str, ...]) -> tuple[_Node, ...]:
    """The nodes that a word of some forms leads to."""
    exact, heads = node.exact, node.heads
    found = [exact[form] for form in forms if form in exact] if exact else []
    if heads and (lower[:3] in heads or lower[:2] in heads):
        for length in range(len(lower), 1, -1):
            child = node.prefix.get(lower[:length])
            if child is not None:
                found.append(child)
    return tuple(found)


def _spellings(phrase: str) -> list[str]:
    if "?" not in phrase:
        return [phrase]
    head, _, tail = phrase.partition("?")
    return [head + letter + rest for letter in _OPTIONS for rest in _spellings(tail)]
