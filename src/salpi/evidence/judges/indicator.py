"""What a number measures: an id of the catalogue, made of a base and a form, or none.

A base's weights are those of the concepts in its phrases, with some of its own where documents have shown it. What holds for any
id is shared: that its concepts stand near, that it was spoken of just before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from salpi.evidence.claims.catalogue import DERIVED, Catalogue, Entry
from salpi.evidence.claims.vocabulary import Hit
from salpi.evidence.judges.decided import Decided, Said, apart
from salpi.evidence.judges.surroundings import Asked
from salpi.evidence.judges.weights import Floats, Table, Weights, shares

KINDS = ("money", "%", "L", "time", "persons", "count", "rank", "x")
RELUCTANCE = 0.9
"""Taken from the score of "no id": an id that is wrong costs less than one that is missed."""
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

    ``made``: (base, concept), which concepts a base is made of. ``pairs``: kind → (base, form) as rows of two places.
    """

    bases: tuple[str, ...]
    forms: tuple[str, ...]
    by_concept: dict[str, list[Entry]]  # the first of an entry's concepts in the alphabet → entries
    made: Floats
    pairs: dict[str, NDArray[np.intp]]


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
        pairs[kind] = np.array(rows, np.intp)
    by_concept: dict[str, list[Entry]] = defaultdict(list)
    for base in wanted[1:]:
        for entry in entries[base]:
            if entry.concepts:
                by_concept[min(entry.concepts)].append(entry)
    return Bench(wanted, forms, by_concept, made, pairs)


def _derivable(base: str, ids: frozenset[str]) -> bool:
    return any(id == base or id.startswith(base + ".") for id in ids)


def shared(asked: Asked, said: Said, seat: Bench) -> dict[str, list[str]]:
    """Base → what holds for it here as it would for any other: its concepts are near, it was spoken of before."""
    sentence, a, b, kind = asked.sentence, asked.one.start, asked.one.end, asked.kind
    low = max((one.end for one in sentence.found if one.end <= a), default=0)
    high = min((one.start for one in sentence.found if one.start >= b), default=1 << 60)
    close, left, right = set[str](), set[str](), set[str]()
    if "near" not in asked.memo:
        asked.memo["near"] = _near(asked, seat)
    words, there, spoken, headed, entries = asked.memo["near"]
    for hit in words:
        if hit.end <= a:
            left.add(hit.value)
            if hit.start >= low:
                close.add(hit.value)
        elif hit.start >= b and hit.end <= high:
            right.add(hit.value)
    near = close | right
    rings = (close, near, left, there, spoken, headed)
    out: dict[str, list[str]] = defaultdict(list)
    best: dict[str, tuple[int, int]] = {}
    for id, needed in entries:
        ring = next(at for at, known in enumerate(rings) if needed <= known)
        found = (ring, -len(needed))
        if id not in best or found < best[id]:
            best[id] = found
    for hit in sentence.hits:
        if hit.kind == "id":  # a phrase of the catalogue, word by word: as good as two concepts
            ring = (0 if hit.start >= low else 2) if hit.end <= a else 1 if b <= hit.start and hit.end <= high else 3
            best[hit.value.id] = min(best.get(hit.value.id, (9, 0)), (ring, -2))
    for base in sorted(best):
        ring, size = best[base]
        out[base] += (f"M{ring}", f"M{ring}n{-size}", f"M{ring}n{-size}|{kind}")
    for back, other in enumerate(reversed(said.all[-3:])):
        _carried(asked, other, back, bool(near), out)
    return out


Near = tuple[list[Hit], set[str], set[str], set[str], list[tuple[str, frozenset[str]]]]


def _near(asked: Asked, seat: Bench) -> Near:
    """Of a sentence: its measures and domains as words and as a set, with those before it, with the title's; the entries these can make."""
    words = [hit for hit in asked.sentence.hits if hit.kind in ("measure", "domain")]
    there = {hit.value for hit in words}
    spoken = there | {hit.value for hits in asked.before for hit in hits if hit.kind in ("measure", "domain")}
    headed = spoken | {hit.value for hit in asked.title}
    entries = [
        (entry.id, entry.concepts) for concept in headed for entry in seat.by_concept.get(concept, ()) if entry.concepts <= headed
    ]
    return words, there, spoken, headed, entries


def _carried(asked: Asked, other: Decided, back: int, near: bool, out: dict[str, list[str]]) -> None:
    """What an attribution before says for the same base, and for none."""
    far = apart(asked.sentence.number, other.sentence)
    if other.base == NONE:
        out[NONE].append(f"cn{back}{int(far == '0')}")
        return
    gap = min(3, (asked.one.start - other.end) // 12) if far == "0" else 4
    same = "s" if other.kind == asked.kind else other.kind
    kind = asked.kind
    out[other.base] += (
        f"C{back}d{far}",
        f"C{back}d{far}{same}>{kind}",
        f"C{back}g{gap}{same}>{kind}",
        f"C{back}d{far}|{other.form}>{kind}",
        f"C{back}d{far}{int(near)}{same}",
    )
    out[NONE] += (f"N{back}d{far}{same}", f"N{back}g{gap}{same}>{kind}")


@dataclass(frozen=True, slots=True)
class Seen:
    """A number's surroundings as weights: the rows ``at`` which they stand, each of them, and their sums by column."""

    at: list[int]
    parts: Floats
    bases: Floats
    forms: Floats
    statuses: Floats


class IndicatorJudge:
    """Decides bases and forms for one catalogue."""

    def __init__(self, catalogue: Catalogue, weights: Weights) -> None:
        self.catalogue, self.weights = catalogue, weights
        self.seat = bench(catalogue, weights.bases, weights.concepts, weights.forms)
        self.place = {base: at for at, base in enumerate(self.seat.bases)}
        self.index = weights.measured.index
        self.names = list(self.index)
        self.edges = (len(self.seat.bases), len(self.seat.bases) + len(self.seat.forms))
        based = weights.measured.rows @ self.seat.made.T
        self.rows: Floats = np.hstack([based, self._of(weights.formed), self._of(weights.status)])

    def _of(self, table: Table) -> Floats:
        """Another table's weights of the surroundings, on the rows of the bases'."""
        out = np.zeros((len(self.index), table.rows.shape[1]), np.float32)
        for name, row in self.index.items():
            place = table.index.get(name)
            if place is not None:
                out[row] = table.rows[place]
        return out

    def see(self, features: list[str]) -> Seen:
        """The weights of a number's surroundings, looked up once for all that is asked of it."""
        index = self.index
        at = [index[name] for name in dict.fromkeys(features) if name in index]
        parts = self.rows[at]
        total = parts.sum(axis=0)
        low, high = self.edges
        return Seen(at, parts, total[:low], total[low:high], total[high:])

    def decide(self, asked: Asked, said: Said, seen: Seen) -> tuple[str, str, float, str]:
        """Base, form, their probability, and the strongest reason."""
        pairs = self.seat.pairs.get(asked.kind)
        if pairs is None:
            return NONE, "level", 1.0, "no id has this unit"
        based = seen.bases
        common = self.weights.shared
        for base, names in shared(asked, said, self.seat).items():
            place = self.place.get(base)
            if place is not None:
                based[place] += sum(common.get(name, 0.0) for name in names)
        based[0] -= RELUCTANCE
        scores = based[pairs[:, 0]] + seen.forms[pairs[:, 1]]
        best = int(scores.argmax())
        base, form = pairs[best]
        strongest = self.names[seen.at[int(seen.parts[:, base].argmax())]] if seen.at else ""
        return self.seat.bases[base], self.seat.forms[form], float(shares(scores)[best]), strongest
