"""Whether a number happened, is aimed at, is expected, or is money and capacity put on the table."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable

from salpi.evidence.judges.decided import Said, apart
from salpi.evidence.judges.kernel import total
from salpi.evidence.judges.memo import Memo
from salpi.evidence.judges.moments import looks
from salpi.evidence.judges.nets import Layer
from salpi.evidence.judges.senses import senses_of, stem
from salpi.evidence.judges.surroundings import Asked, words_of
from salpi.evidence.judges.tables import best
from salpi.evidence.judges.traits import Trait, named, spell
from salpi.evidence.judges.words import Words
from salpi.evidence.record import ClaimStatus

STATUSES: tuple[ClaimStatus, ...] = ("actual", "target", "forecast", "announced")
_WORDS = re.compile(r"[가-힣A-Za-z]+")
_BASED = ("cue", "end", "against")
"""How names of what a number says of its time begin that count with its base too."""


def around(names: Iterable[str]) -> list[str]:
    """Those names of a number's surroundings that speak of its status."""
    return [name for name in names if name[0] in "cuqlwrbns" or name.startswith(("pq", "m:"))]


def _of_base(base: str, form: str, when: str, anchor: str | None) -> tuple[str, ...]:
    return (
        f"b={base}", f"f={form}", f"b={base}|f={form}", f"t={when}", f"b={base}|t={when}", f"f={form}|t={when}",
        f"a={anchor}", f"a={anchor}|t={when}|f={form}",
    )  # fmt: skip


def _of_time(when: str, size: str, marked: str) -> tuple[str, ...]:
    return f"g={size}", f"t={when}|g={size}", marked


def _of_number(about: Trait, when: str) -> tuple[str, ...]:
    """What a number says of its time, here of its status, with the period's tense."""
    names = [name for name in spell(about) if name]
    return (*names, *[f"{name}|t={when}" for name in names])


def _with_base(name: str, base: str) -> tuple[str, ...]:
    """A cue, an ending or a comparison with the base."""
    return (f"{name}|b={base}",)


def _tail(word: str) -> tuple[str, ...]:
    return f"tail:{word[-3:]}", f"tail1:{word[-1:]}"


def _tails(text: str) -> list[Trait]:
    """The last two words of a text."""
    return [(_tail, word) for word in _WORDS.findall(text[-24:])[-2:]]


def _near(word: str) -> tuple[str, ...]:
    """A word around a number."""
    return f"x:{stem(word)}", *(f"xs:{sense}" for sense in senses_of(word))


def _before(far: str, status: str, when: str, same: bool) -> tuple[str, ...]:
    tag = "ps" if far == "0" else "ps1"
    return f"{tag}={status}", f"{tag}={status}|t={when}|{same}"


def _window(words: Words, asked: Asked) -> tuple[int, int, int, int]:
    """The words around a number that speak of its status."""
    _, stop, again, _ = asked.window
    starts, start = words.starts, asked.sentence.start
    first, last = bisect_left(starts, asked.one.start - start - 80), bisect_left(starts, asked.one.end - start + 60)
    return max(first, stop - 24), stop, again, min(last, again + 20)


def wording(asked: Asked) -> list[Trait]:
    """The words around a number."""
    words = words_of(asked)
    first, stop, again, last = _window(words, asked)
    return [(_near, word) for word in (*words.words[first:stop], *words.words[again:last])]


def traits(asked: Asked, said: Said, base: str, form: str, period: str | None, about: list[Trait]) -> list[Trait]:
    """What a number's indicator and its period say of its status, beside its surroundings and its words.

    ``about``: what it says of its time.
    """
    page, sentence = asked.page, asked.sentence
    size, when = looks(page)[period]
    same = [mention.by for mention in sentence.times if mention.period == period]
    marked = "mby" if True in same else "mno" if same else "mcar"
    out: list[Trait] = [(_of_base, base, form, when, page.catalogue.anchors.get(base)), (_of_time, when, size, marked)]
    for trait in about:
        out.append((_of_number, trait, when))
        if trait[0] is named and trait[1].startswith(_BASED):
            out.append((_with_base, trait[1], base))
    if sentence.lang == "ko":
        out += asked.once("tails", _tails, sentence.text)
    if said.named:
        last = said.named[-1]
        far = apart(sentence.number, last.sentence)
        if far != "2":
            out.append((_before, far, last.status, when, last.period == period))
    return out


def decide(layer: Layer, seen: list[float], asked: Asked, traits: list[Trait]) -> tuple[ClaimStatus, float]:
    """The status with its probability. ``seen``: the surroundings' weights, by status. ``layer``: of traits and of words around."""
    words = words_of(asked)
    memo, known = asked.once("status words", _known, layer, words.words)
    first, stop, again, last = _window(words, asked)
    at = [*memo.places(traits), *known[first:stop], *known[again:last]]
    spot, sure = best([one + other for one, other in zip(seen, total(memo.held, at), strict=True)])
    return STATUSES[spot], sure


def _known(layer: Layer, words: list[str]) -> tuple[Memo[Trait], list[int]]:
    """Where what some words add stands, and in which memo."""
    memo = layer.memo()
    return memo, memo.places([(_near, word) for word in words])
