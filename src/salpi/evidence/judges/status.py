"""Whether a number happened, is aimed at, is expected, or is money and capacity put on the table."""

from __future__ import annotations

import re
from collections.abc import Iterable

from salpi.evidence.judges.decided import Said, apart
from salpi.evidence.judges.lexicon import Lexicon
from salpi.evidence.judges.moments import look
from salpi.evidence.judges.roles import SENSES, WHOLE, Part, named_in
from salpi.evidence.judges.surroundings import Asked, words_of
from salpi.evidence.judges.tables import Floats, added, best, rows_at
from salpi.evidence.judges.traits import Trait, spell
from salpi.evidence.judges.weights import Weights
from salpi.evidence.judges.words import Window, Words
from salpi.evidence.record import ClaimStatus

STATUSES: tuple[ClaimStatus, ...] = ("actual", "target", "forecast", "announced")
_WORDS = re.compile(r"[가-힣A-Za-z]+")


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


def _of_number(about: Trait, when: str, base: str) -> tuple[str, ...]:
    """What a number says of its time, here of its status, with the period's tense and with the base."""
    names = [name for name in spell(about) if name]
    crossed = [f"{name}|b={base}" for name in names if name[:3] in ("cue", "end", "aga")]
    return (*names, *[f"{name}|t={when}" for name in names], *crossed)


def _tail(word: str) -> tuple[str, ...]:
    return f"tail:{word[-3:]}", f"tail1:{word[-1:]}"


AROUND: Part = (WHOLE, "x:"), (SENSES, "xs:")
"""A word around a number."""


def _before(far: str, status: str, when: str, same: bool) -> tuple[str, ...]:
    tag = "ps" if far == "0" else "ps1"
    return f"{tag}={status}", f"{tag}={status}|t={when}|{same}"


def _window(words: Words, asked: Asked) -> Window:
    start = asked.sentence.start
    return words.window(asked.one.start - start, asked.one.end - start, (24, 80), (20, 60))


def wording(asked: Asked) -> list[Trait]:
    """The words around a number."""
    words = words_of(asked)
    first, stop, again, last = _window(words, asked)
    return [(named_in, AROUND, word) for word in (*words.words[first:stop], *words.words[again:last])]


def traits(asked: Asked, said: Said, base: str, form: str, period: str | None, about: list[Trait]) -> list[Trait]:
    """What a number's indicator and its period say of its status, beside its surroundings and its words.

    ``about``: what it says of its time.
    """
    page, sentence = asked.page, asked.sentence
    size, when = look(page, period)
    same = [mention.by for mention in sentence.times if mention.period == period]
    marked = "mby" if True in same else "mno" if same else "mcar"
    out: list[Trait] = [(_of_base, base, form, when, page.catalogue.anchors.get(base)), (_of_time, when, size, marked)]
    out += [(_of_number, trait, when, base) for trait in about]
    if sentence.lang == "ko":
        out += [(_tail, word) for word in _WORDS.findall(sentence.text[-24:])[-2:]]
    if said.named:
        last = said.named[-1]
        far = apart(sentence.number, last.sentence)
        if far != "2":
            out.append((_before, far, last.status, when, last.period == period))
    return out


def decide(weights: Weights, lexicon: Lexicon, seen: Floats, asked: Asked, traits: list[Trait]) -> tuple[ClaimStatus, float]:
    """The status with its probability. ``seen``: the surroundings' weights, by status. ``lexicon``: of the words around."""
    words = words_of(asked)
    known, sums = asked.once("status words", lambda: lexicon.of(words.words))
    first, stop, again, last = _window(words, asked)
    scores = seen + weights.status.total(traits)
    scores += added(rows_at(sums, [*known[first:stop], *known[again:last]]))
    spot, sure = best(scores.tolist())
    return STATUSES[spot], sure


def lexicon(weights: Weights) -> Lexicon:
    """What words add around a number."""
    return Lexicon(weights.status.places.index, weights.status.rows, (AROUND,), ((0,),))
