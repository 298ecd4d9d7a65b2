"""What a number measures: an id of the catalogue, made of a base and a form, or none.

Its surroundings add to a hidden layer, which speaks for bases and forms. What it says for a base is what it says for the concepts in
the base's phrases, with some of its own where documents have shown it. What holds for any id is shared: that its concepts stand
near, that it was spoken of just before.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from salpi.evidence.claims.catalogue import DERIVED, PHYSICAL_CLASSES, Catalogue, Entry
from salpi.evidence.claims.vocabulary import Hit
from salpi.evidence.judges.decided import Decided, Said, apart, doubt
from salpi.evidence.judges.seeing import Seeing
from salpi.evidence.judges.surroundings import PLAIN, Asked
from salpi.evidence.judges.tables import Floats, best_of_many
from salpi.evidence.judges.traits import Trait, named
from salpi.evidence.judges.weights import Weights

KINDS = ("money", "%", "L", "time", "persons", "count", "rank", "x", *sorted(PHYSICAL_CLASSES))
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
    words, entries, whole = asked.once("near", _near, asked, seat)
    for hit in words:
        if hit.end <= a:
            left.add(hit.value)
            if hit.start >= low:
                close.add(hit.value)
        elif hit.start >= b and hit.end <= high:
            right.add(hit.value)
    near = close | right
    best: dict[str, tuple[int, int]] = {}  # base → how near, of how many concepts
    for id, needed, ring in entries:
        if wanted is not None and id not in wanted:
            continue
        if ring == 3 and needed <= near:
            ring = 0 if needed <= close else 1
        elif ring == 3 and needed <= left:
            ring = 2
        met = best.get(id)
        if met is None or ring < met[0] or (ring == met[0] and len(needed) > met[1]):
            best[id] = ring, len(needed)
    for hit in whole:  # a phrase of the catalogue, word by word: as good as two concepts
        ring = (0 if hit.start >= low else 2) if hit.end <= a else 1 if b <= hit.start and hit.end <= high else 3
        met = best.get(hit.value.id)
        if met is None or ring < met[0] or (ring == met[0] and met[1] < 2):
            best[hit.value.id] = ring, 2
    out: dict[str, list[Trait]] = {base: [(_met, ring, size, kind)] for base, (ring, size) in best.items()}
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


class Seen:
    """What the surroundings of a number say. ``scores``: of each pair of base and form that goes with its unit; ``statuses``."""

    def __init__(self, statuses: list[float]) -> None:
        self.scores, self.statuses = _NOTHING, statuses


class Looked:
    """Several numbers looked at together: what is seen of each, and afterwards why it was decided as it was."""

    def __init__(self, judge: IndicatorJudge, asked: Sequence[Asked]) -> None:
        self.judge = judge
        self.sight = sight = judge.seeing.of(asked, judge.to_base, judge.to_form)
        self.seen: list[Seen] = [Seen(statuses) for statuses in sight.statuses]
        kinds: dict[str, list[int]] = {}
        for at, one in enumerate(asked):
            kinds.setdefault(one.measure, []).append(at)
        for kind, places in kinds.items():
            if kind not in judge.seat.pairs:
                continue
            bases, forms = judge.seat.pairs[kind]
            scores = sight.bases.take(places, axis=0).take(bases, axis=1)
            scores += sight.forms.take(places, axis=0).take(forms, axis=1)
            scores[:, 0] -= RELUCTANCE
            for at, row in zip(places, scores, strict=True):
                self.seen[at].scores = row

    def strongest(self, bases: Sequence[str]) -> dict[int, str]:
        """What speaks most for the base that was decided, by the number's place among those looked at; for none nothing does."""
        judge, chosen = self.judge, [at for at, base in enumerate(bases) if base != NONE]
        if not chosen:
            return {}
        answers = judge.answers.take([judge.place[bases[at]] for at in chosen], axis=0)
        return dict(zip(chosen, judge.seeing.strongest(self.sight, chosen, answers), strict=True))


_NOTHING: Floats = np.zeros(0, np.float32)


class IndicatorJudge:
    """Decides bases and forms for one catalogue."""

    def __init__(self, catalogue: Catalogue, weights: Weights) -> None:
        self.catalogue, self.weights = catalogue, weights
        self.seat = bench(catalogue, weights.bases, weights.concepts, weights.forms)
        self.place = {base: at for at, base in enumerate(self.seat.bases)}
        self.spans = {kind: _spans(self.seat.bases, bases) for kind, (bases, _) in self.seat.pairs.items()}
        self.names = {kind: _names(self.seat, *pairs) for kind, pairs in self.seat.pairs.items()}
        self.nothing = array("f", [0.0] * len(self.seat.bases))
        self.seeing = Seeing(weights)
        net = weights.measuring
        self.to_base: Floats = np.ascontiguousarray(net.bases @ self.seat.made.T)
        self.answers: Floats = np.ascontiguousarray(self.to_base[:-1].T)
        self.to_form = net.forms

    def decide(self, asked: Asked, said: Said, seen: Seen) -> tuple[str, str, float, str | None]:
        """Base, form, their probability, and the next best base where there is doubt."""
        pairs = self.seat.pairs.get(asked.measure)
        if pairs is None:
            return NONE, "level", 1.0, None  # no id has this unit
        scores, common, spans, names = seen.scores, self.weights.shared, self.spans[asked.measure], self.names[asked.measure]
        place, adds = self.place, self.nothing[:]  # all at once below: an array's own sum costs more than what is summed
        for name, traits in shared(asked, said, self.seat, spans).items():
            if name in spans:
                adds[place[name]] = common.of(traits)
        scores += np.frombuffer(adds, np.float32).take(pairs[0])
        spot, sure = best_of_many(scores)
        base, form = names[spot]
        rival = None
        if doubt(sure) != "0":
            scores[spans[base]] = -np.inf
            rival = names[int(scores.argmax())][0]
        return base, form, sure, rival


def _spans(bases: tuple[str, ...], places: NDArray[np.intp]) -> dict[str, slice]:
    """Base → where its pairs stand."""
    return {bases[at]: slice(*np.flatnonzero(places == at)[[0, -1]] + (0, 1)) for at in dict.fromkeys(places.tolist())}


def _names(seat: Bench, bases: NDArray[np.intp], forms: NDArray[np.intp]) -> list[tuple[str, str]]:
    """The names of the pairs of a kind."""
    return [(seat.bases[base], seat.forms[form]) for base, form in zip(bases.tolist(), forms.tolist(), strict=True)]
