"""What a number measures: an id of the catalogue, made of a base and a form, or none.

Its surroundings add to a hidden layer, which speaks for bases and forms. What it says for a base is what it says for the concepts in
the base's phrases, with some of its own where documents have shown it. What holds for any id is shared: that its concepts stand
near, that it was spoken of just before.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Container, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from salpi.evidence.claims.catalogue import DERIVED, Catalogue, Entry
from salpi.evidence.claims.vocabulary import Hit
from salpi.evidence.judges.decided import Decided, Said, apart, doubt
from salpi.evidence.judges.nets import Layer
from salpi.evidence.judges.surroundings import NEXT, PLAIN, ROLES, Asked, headed, spoken_before, surroundings, window, words_of
from salpi.evidence.judges.tables import Floats, Lexicon, added, best, rows_at
from salpi.evidence.judges.traits import Trait, named, spell
from salpi.evidence.judges.weights import Weights

KINDS = ("money", "%", "L", "time", "persons", "count", "rank", "x")
RELUCTANCE = 1.9
"""Taken from the score of "no id": an id that is wrong waits for review, one that is missed is never seen."""
NONE = ""


def split(id: str, known: Iterable[str]) -> tuple[str, str]:
    """Base and form of an id: the longest known id that it begins with, and the suffixes after it."""
    if id == "investment.growth":
        return "investment.bio", "growth"
    parts = id.split(".")
    known = set(known)
    for size in range(len(parts), 0, -1):
        base, rest = ".".join(parts[:size]), parts[size:]
        if base in known and all(part in DERIVED for part in rest):
            return base, ".".join(rest) or "level"
    size = len(parts)
    while size > 1 and parts[size - 1] in DERIVED:
        size -= 1
    return ".".join(parts[:size]), ".".join(parts[size:]) or "level"


def join(base: str, form: str, known: Iterable[str]) -> str | None:
    """The id of a base in a form."""
    if base == NONE:
        return None
    if (base, form) == ("investment.bio", "growth") and "investment.growth" in known:
        return "investment.growth"
    return base if form == "level" else f"{base}.{form}"


@dataclass(frozen=True)
class Bench:
    """The bases of one catalogue with the entries of their phrases, and which go with which kind of unit in which form.

    ``made``: (base, concept), which concepts a base is made of. ``pairs``: kind → the places of bases and of forms, side by side.
    """

    bases: tuple[str, ...]
    forms: tuple[str, ...]
    by_concept: dict[str, list[Entry]]  # the first of an entry's concepts in the alphabet → entries
    made: Floats
    pairs: dict[str, tuple[NDArray[np.intp], NDArray[np.intp]]]


def concepts_of(base: str, entries: tuple[Entry, ...]) -> set[str]:
    """What a base is made of, as names: itself, the concepts of its phrases, the words of its id."""
    sets = [entry.concepts for entry in entries if entry.concepts]
    out = {f"id:{base}", *(f"s:{part}" for part in base.split("."))}
    if sets:
        out |= {f"c:{concept}" for concept in min(sets, key=lambda each: (len(each), sorted(each)))}
        out |= {f"o:{concept}" for each in sets for concept in each}
    return out


def goes(kind: str, unit: str | None, form: str) -> bool:
    """Whether a base measured in ``unit`` may stand in a form as a number of a kind of unit."""
    last = form.rpartition(".")[2]
    if kind == "x":
        return form == "level"
    if kind == "%":
        return (
            (form == "level" and unit == "%")
            or last in ("growth", "share")
            or (last == "change" and ("share" in form or unit == "%"))
        )
    if kind == "rank":
        return form == "rank" or (form == "level" and unit == "rank")
    return unit == kind and form in ("level", "change")


def entries_of(catalogue: Catalogue) -> defaultdict[str, list[Entry]]:
    """Id → the entries of its phrases."""
    entries: defaultdict[str, list[Entry]] = defaultdict(list)
    for found in (*catalogue.entries.values(), tuple(catalogue.literals.values())):
        for entry in found:
            entries[entry.id].append(entry)
    return entries


def bench(catalogue: Catalogue, bases: tuple[str, ...], concepts: tuple[str, ...], forms: tuple[str, ...]) -> Bench:
    """The bench for a catalogue: the bases that weights were fitted for and those of the catalogue that are new."""
    entries = entries_of(catalogue)
    ids = catalogue.ids
    own = sorted({split(id, ids)[0] for id in ids})
    wanted = tuple(dict.fromkeys((NONE, *(base for base in bases if base in set(own) or _derivable(base, ids)), *own)))
    places = {name: at for at, name in enumerate(concepts)}
    made = np.zeros((len(wanted), len(concepts)), np.float32)
    for at, base in enumerate(wanted):
        for name in concepts_of(base, tuple(entries[base])) if base else {"none"}:
            if name in places:
                made[at, places[name]] = 1.0
    pairs = {}
    for kind in KINDS:
        rows = [(0, 0)]
        for at, base in enumerate(wanted[1:], 1):
            unit = entries[base][0].unit if entries[base] else None
            rows += [(at, place) for place, form in enumerate(forms) if place and goes(kind, unit, form)]
        table = np.array(rows, np.intp)
        pairs[kind] = (table[:, 0].copy(), table[:, 1].copy())
    by_concept: dict[str, list[Entry]] = defaultdict(list)
    for base in wanted[1:]:
        for entry in entries[base]:
            if entry.concepts:
                by_concept[min(entry.concepts)].append(entry)
    return Bench(wanted, forms, by_concept, made, pairs)


def _derivable(base: str, ids: frozenset[str]) -> bool:
    return any(id == base or id.startswith(base + ".") for id in ids)


def _met(ring: int, size: int, kind: str) -> tuple[str, ...]:
    """All concepts of an id stand near: in which ring around the number, how many they are."""
    return f"M{ring}", f"M{ring}n{size}", f"M{ring}n{size}|{kind}"


def _said(back: int, far: str, gap: int, then: str, kind: str, form: str, near: bool, doubt: str) -> tuple[str, ...]:
    """An id was said of a number before: how many back, how far, of which kind of unit."""
    same = "s" if then == kind else then
    return (
        f"C{back}d{far}",
        f"C{back}d{far}{same}>{kind}",
        f"C{back}g{gap}{same}>{kind}",
        f"C{back}d{far}|{form}>{kind}",
        f"C{back}d{far}{int(near)}{same}",
        f"C{back}d{far}?{doubt}",
        f"C{back}d{far}{int(near)}{same}?{doubt}",
    )


def _rival(back: int, far: str, kind: str, same: bool, doubt: str) -> tuple[str, ...]:
    """An id was the next best for a number before."""
    return f"R{back}d{far}", f"R{back}d{far}{int(same)}>{kind}", f"R{back}d{far}?{doubt}"


def _said_none(back: int, far: str, gap: int, then: str, kind: str, doubt: str) -> tuple[str, ...]:
    """What an id of a number before says for none."""
    same = "s" if then == kind else then
    return f"N{back}d{far}{same}", f"N{back}g{gap}{same}>{kind}", f"N{back}d{far}?{doubt}"


def shared(asked: Asked, said: Said, seat: Bench, wanted: Container[str] | None = None) -> dict[str, list[Trait]]:
    """Base → what holds for it here as it would for any other: its concepts are near, it was spoken of before.

    ``wanted``: the bases that are asked for; None: all.
    """
    sentence, a, b, kind = asked.sentence, asked.one.start, asked.one.end, asked.kind
    starts, found = sentence.starts, sentence.found
    at = bisect_left(starts, a)
    low = found[at - 1].end if at else 0
    after = bisect_left(starts, b)
    high = starts[after] if after < len(starts) else 1 << 60
    close, left, right = set[str](), set[str](), set[str]()
    words, entries, whole = asked.once("near", lambda: _near(asked, seat))
    for hit in words:
        if hit.end <= a:
            left.add(hit.value)
            if hit.start >= low:
                close.add(hit.value)
        elif hit.start >= b and hit.end <= high:
            right.add(hit.value)
    near = close | right
    best: dict[str, tuple[int, int]] = {}
    for id, needed, ring in entries:
        if wanted is not None and id not in wanted:
            continue
        if needed <= near:
            ring = 0 if needed <= close else 1
        elif needed <= left:
            ring = 2
        met = (ring, -len(needed))
        if id not in best or met < best[id]:
            best[id] = met
    for hit in whole:  # a phrase of the catalogue, word by word: as good as two concepts
        ring = (0 if hit.start >= low else 2) if hit.end <= a else 1 if b <= hit.start and hit.end <= high else 3
        best[hit.value.id] = min(best.get(hit.value.id, (9, 0)), (ring, -2))
    out: dict[str, list[Trait]] = {base: [(_met, ring, -size, kind)] for base, (ring, size) in sorted(best.items())}
    for back, other in enumerate(reversed(said.all[-3:])):
        _carried(asked, other, back, bool(near), out)
    return out


Near = tuple[list[Hit], list[tuple[str, frozenset[str], int]], list[Hit]]


def _near(asked: Asked, seat: Bench) -> Near:
    """Of a sentence: its measures and domains; the entries that these can make with those before it (ring 4) and the title's (5);
    its whole phrases."""
    known = asked.sentence.words
    words = [hit for hit in known if hit.kind in PLAIN]
    there = {hit.value for hit in words}
    spoken = there | {hit.value for hits in asked.before for hit in hits}
    headed = spoken | {hit.value for hit in asked.title}
    entries = [
        (entry.id, entry.concepts, 3 if entry.concepts <= there else 4 if entry.concepts <= spoken else 5)
        for concept in headed
        for entry in seat.by_concept.get(concept, ())
        if entry.concepts <= headed
    ]
    return words, entries, [hit for hit in known if hit.kind == "id"]


def _carried(asked: Asked, other: Decided, back: int, near: bool, out: dict[str, list[Trait]]) -> None:
    """What an attribution before says for the same base, and for none."""
    far = apart(asked.sentence.number, other.sentence)
    rival = other.rivals[0]
    if rival is not None:
        out.setdefault(rival, []).append((_rival, back, far, asked.kind, other.kind == asked.kind, other.doubts[0]))
    if other.base == NONE:
        out.setdefault(NONE, []).append((named, f"cn{back}{int(far == '0')}", f"cn{back}{int(far == '0')}?{other.doubts[0]}"))
        return
    gap = min(3, (asked.one.start - other.end) // 12) if far == "0" else 4
    kind = asked.kind
    out.setdefault(other.base, []).append((_said, back, far, gap, other.kind, kind, other.form, near, other.doubts[0]))
    out.setdefault(NONE, []).append((_said_none, back, far, gap, other.kind, kind, other.doubts[0]))


class Seen(NamedTuple):
    """What a number's surroundings say, by column; what each single one adds to the layer, with its name, and the words beside."""

    bases: Floats
    forms: Floats
    statuses: Floats
    awake: Floats  # by column of the layer: what one in it counts, 0 where the layer is below zero
    traits: list[Trait]
    parts: Floats
    beside: list[str]
    words: Floats


@lru_cache(maxsize=1 << 8)
def _roles(before: int, after: int) -> NDArray[np.intp]:
    """The roles of so many words beside a number before it and after it, nearest first."""
    return np.array([*range(2, 2 + before), *range(2 + NEXT, 2 + NEXT + after)], np.intp)


class Heard(NamedTuple):
    """A sentence's words: their numbers in a lexicon, its sums, and what the first so many add on the left and on the right."""

    known: list[int]
    sums: Floats
    left: Floats
    right: Floats


def _running(rows: Floats) -> Floats:
    """The sums of the first 0, 1, 2 ... rows."""
    out = np.zeros((len(rows) + 1, rows.shape[1]), np.float32)
    np.cumsum(rows, axis=0, out=out[1:])
    return out


class IndicatorJudge:
    """Decides bases and forms for one catalogue."""

    def __init__(self, catalogue: Catalogue, weights: Weights) -> None:
        self.catalogue, self.weights = catalogue, weights
        self.seat = bench(catalogue, weights.bases, weights.concepts, weights.forms)
        self.places_of = {
            kind: {self.seat.bases[at]: at for at in sorted(set(bases.tolist()))} for kind, (bases, _) in self.seat.pairs.items()
        }
        net = weights.measuring
        index = dict(net.index)
        for name in weights.status.places.index:
            index.setdefault(name, len(index))
        self.bias, self.layer = net.bias, len(net.bias)
        self.to_base: Floats = np.ascontiguousarray(net.bases @ self.seat.made.T)
        self.to_form = net.forms
        rows = np.zeros((len(index), self.layer + weights.status.rows.shape[1] + 1), np.float32)  # layer, statuses, count
        rows[: len(net.index), : self.layer] = net.rows[:, :-1]
        rows[: len(net.index), -1] = 1.0
        rows[[index[name] for name in weights.status.places.index], self.layer : -1] = weights.status.rows
        self.around = Layer(index, rows)
        self.lexicon = Lexicon(index, rows, ROLES)

    def see(self, asked: Asked) -> Seen:
        """What a number's surroundings say, looked up once for all that is asked of it."""
        words = words_of(asked)
        known, sums, of_left, of_right = asked.once("heard", lambda: self._heard(words.words))
        first, stop, again, last = window(words, asked)
        near, until = max(first, stop - NEXT), min(last, again + NEXT)
        beside = [*range(stop - 1, near - 1, -1), *range(again, until)]
        heard = sums[_roles(stop - near, until - again), [known[at] for at in beside]]
        traits = surroundings(asked)
        memo = self.around.memo()
        at = memo.places(traits)
        parts = rows_at(memo.sums, at)
        total = added(parts)
        total += added(heard)
        total += of_left[stop] - of_left[first]
        total += of_right[last] - of_right[again]
        total += asked.once("spoken", lambda: self._before(asked))
        size = self.layer
        share = np.float32(1.0 / math.sqrt(max(1.0, float(total[-1]))))
        hidden = total[:size] * share + self.bias
        awake = (hidden > 0) * share
        np.maximum(hidden, 0, out=hidden)
        bases, forms = hidden @ self.to_base[:-1] + self.to_base[-1], hidden @ self.to_form[:-1] + self.to_form[-1]
        beside_it = [words.words[at] for at in beside]
        return Seen(bases, forms, total[size:-1], awake, traits, parts[:, :size], beside_it, heard[:, :size])

    def _heard(self, words: list[str]) -> Heard:
        """What the words of a sentence add."""
        known, sums = self.lexicon.of(words)
        return Heard(known, sums, _running(sums[0, known]), _running(sums[1, known]))

    def _before(self, asked: Asked) -> Floats:
        """What the sentences before and the document's head add."""
        head: Floats = asked.once_a_page("head", lambda: self.around.total(headed(asked)))
        return head + self.around.total(spoken_before(asked))

    def decide(self, asked: Asked, said: Said, seen: Seen) -> tuple[str, str, float, str, str | None]:
        """Base, form, their probability, the strongest reason, and the next best base where there is doubt."""
        pairs = self.seat.pairs.get(asked.kind)
        if pairs is None:
            return NONE, "level", 1.0, "no id has this unit", None
        based, common = seen.bases, self.weights.shared
        places = self.places_of[asked.kind]
        for name, traits in shared(asked, said, self.seat, places).items():
            if name in places:
                based[places[name]] += common.of(traits)
        based[0] -= RELUCTANCE
        scores = based[pairs[0]] + seen.forms[pairs[1]]
        spot, sure = best(scores)
        base, form = int(pairs[0][spot]), int(pairs[1][spot])
        rival = None
        if doubt(sure) != "0":
            scores[pairs[0] == base] = -np.inf
            rival = self.seat.bases[int(pairs[0][int(scores.argmax())])]
        return self.seat.bases[base], self.seat.forms[form], sure, self._strongest(seen, base), rival

    def _strongest(self, seen: Seen, base: int) -> str:
        """The name of the trait or of the word beside a number that speaks most for a base."""
        toward = seen.awake * self.to_base[:-1, base]
        parts, words = seen.parts @ toward, seen.words @ toward
        part, word = int(parts.argmax()) if len(parts) else -1, int(words.argmax()) if len(words) else -1
        if word >= 0 and (part < 0 or words[word] > parts[part]):
            return f"near:{seen.beside[word]}"
        if part < 0:
            return ""
        index, rows = self.around.index, self.around.rows
        names = [name for name in spell(seen.traits[part]) if name in index]
        return max(names, key=lambda name: float(rows[index[name], : self.layer] @ toward), default="")
