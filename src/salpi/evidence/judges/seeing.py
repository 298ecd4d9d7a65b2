"""What the surroundings of numbers say of indicator and status: looked up and summed for many numbers at once.

Nothing here depends on what was said of other numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from salpi.evidence.judges.index import Index
from salpi.evidence.judges.lexicon import Lexicon
from salpi.evidence.judges.nets import Layer
from salpi.evidence.judges.roles import AFTER, BEFORE, BESIDE, NEXT, PARTS, ROLES
from salpi.evidence.judges.rows import Rows
from salpi.evidence.judges.surroundings import Asked, headed, spoken_before, surroundings, words_of
from salpi.evidence.judges.tables import Floats
from salpi.evidence.judges.traits import Trait, spell
from salpi.evidence.judges.weights import Weights

Places = NDArray[np.intp]
_BACK, _ON = np.arange(BEFORE), np.arange(AFTER)
_IN_ROLES = np.array([*[0] * BEFORE, *[1] * AFTER, *BESIDE[0], *BESIDE[1]], np.intp)
"""The role of each place in a row of words: those before, those after, the nearest before, the nearest after."""
_BESIDE = np.array([*range(NEXT), *range(BEFORE, BEFORE + NEXT)], np.intp)
_SEEN = np.array([*range(BEFORE + AFTER), *_BESIDE], np.intp)
"""The words on each side, then once more those that are near."""

MOST_SPELLED = 2_000
"""Of how many traits the names are remembered before all are forgotten."""


class Near(NamedTuple):
    """The words near some numbers, nearest first, before and after. ``places``: (number, word), in ``words``, -1 where there is none.

    ``adds``: (number, word, column of the layer).
    """

    words: list[str]
    places: Places
    adds: Floats


@dataclass(slots=True)
class Sight:
    """What is seen of several numbers. ``bases``, ``forms``, ``statuses``: (number, column), what it says for each.

    ``awake``: (number, column of the layer), what one in it counts, 0 where the layer is below zero. ``traits`` of all numbers, those
    of each from ``starts`` on, with the ``parts`` that they add; the words ``near`` each number.
    """

    bases: Floats
    forms: Floats
    statuses: Floats
    awake: Floats
    traits: list[Trait]
    starts: list[int]
    parts: Floats
    near: Near


class Seeing:
    """A network's first layer over a number's words and traits. ``width``: of the layer."""

    def __init__(self, weights: Weights) -> None:
        net, status = weights.measuring, weights.status
        index = Index(net.index.names, status.index.names)
        self.bias, self.width = net.bias, len(net.bias)
        own, size = net.rows, len(net.index)
        steps = np.zeros((len(index), self.width), np.int8)
        steps[:size] = own.whole["steps"]
        more = np.zeros((len(index), status.rows.columns + 1), np.float32)  # statuses, count
        more[:size, -1] = 1
        more[index.given[1], :-1] = status.rows.whole["more"]
        rows = Rows(steps, np.concatenate([own.whole["scale"], np.zeros(len(index) - size, np.float32)]), more)
        self.around = Layer(index, rows)
        self.lexicon = Lexicon(index, rows, PARTS, ROLES)
        self.spelled: dict[Trait, tuple[list[str], Floats]] = {}  # a trait's known names, what each adds to the layer

    def of(self, asked: Sequence[Asked], to_base: Floats, to_form: Floats) -> Sight:
        """What is seen of some numbers of one page. ``to_base``, ``to_form``: (layer and a last row that always counts, column)."""
        near, total = self._heard(asked)
        traits, starts, parts = self._traits(asked, total)
        width = self.width
        share: Floats = np.reciprocal(np.sqrt(np.maximum(total[:, -1:], np.float32(1))))
        hidden: Floats = total[:, :width] * share + self.bias
        awake = np.where(hidden > 0, share, np.float32(0))
        np.maximum(hidden, 0, out=hidden)
        bases, forms = hidden @ to_base[:-1] + to_base[-1], hidden @ to_form[:-1] + to_form[-1]
        return Sight(bases, forms, total[:, width:-1], awake, traits, starts, parts, near)

    def _heard(self, asked: Sequence[Asked]) -> tuple[Near, Floats]:
        """The nearest words; what all words add."""
        begins, words = dict[int, int](), list[str]()
        windows = list[int]()
        for one in asked:
            own, (first, stop, again, last) = words_of(one).words, one.window
            begin = begins.get(id(own))
            if begin is None:
                begin = begins[id(own)] = len(words)
                words += own
            windows += (begin + first, begin + stop, begin + again, begin + last)
        known, sums = self.lexicon.of(words)
        first_, stop_, again_, last_ = np.array(windows, np.intp).reshape(-1, 4, 1).transpose(1, 0, 2)
        back, on = stop_ - 1 - _BACK, again_ + _ON
        places = np.concatenate([np.where(back >= first_, back, -1), np.where(on < last_, on, -1)], axis=1)
        at = np.array([*known, 0], np.intp)[places[:, _SEEN]]  # the last is none
        at *= len(ROLES)
        at += _IN_ROLES
        heard: Floats = sums.take(at, axis=0)
        return Near(words, places[:, _BESIDE], heard[:, -2 * NEXT :, : self.width]), np.add.reduce(heard, axis=1)

    def _traits(self, asked: Sequence[Asked], total: Floats) -> tuple[list[Trait], list[int], Floats]:
        """The traits of the numbers with what each adds, which is added to the ``total``; so is what was spoken of before."""
        memo = self.around.memo()
        traits, starts = list[Trait](), list[int]()
        spoken, begins, which = list[int](), list[int](), list[int]()
        head, before = memo.places(headed(asked[0])), dict[int, int]()
        for one in asked:
            starts.append(len(traits))
            traits += surroundings(one)
            group = before.get(id(one.before))
            if group is None:
                group = before[id(one.before)] = len(begins)
                begins.append(len(spoken))
                spoken += [0, *memo.places(spoken_before(one)), *head]
            which.append(group)
        at = memo.places(traits)
        parts = memo.sums.take(at, axis=0)
        total += np.add.reduceat(parts, starts)
        total += np.add.reduceat(memo.sums.take(spoken, axis=0), begins).take(which, axis=0)
        return traits, starts, parts[:, : self.width]

    def strongest(self, sight: Sight, chosen: Sequence[int], to_base: Floats) -> list[str]:
        """For the numbers ``chosen``, the name of the trait or of the word near it that speaks most for a base.

        ``to_base``: (chosen, column of the layer), of the base that was decided.
        """
        toward = np.zeros_like(sight.awake)
        toward[chosen] = sight.awake[chosen] * to_base
        places = sight.near.places
        words = np.einsum("nwc,nc->nw", sight.near.adds, toward)
        words[places < 0] = -np.inf
        nearest, loudest = words.argmax(axis=1), words.max(axis=1).tolist()
        starts = [*sight.starts, len(sight.traits)]
        parts = np.einsum("pc,pc->p", sight.parts, np.repeat(toward, np.diff(starts), axis=0)).tolist()
        out = list[str]()
        for at in chosen:
            own = parts[starts[at] : starts[at + 1]]
            top = max(own)
            if loudest[at] > top:
                out.append(f"near:{sight.near.words[places[at, nearest[at]]]}")
            else:
                out.append(self._loudest(sight.traits[starts[at] + own.index(top)], toward[at]))
        return out

    def _loudest(self, trait: Trait, toward: Floats) -> str:
        """That of a trait's names that speaks most."""
        found = self.spelled.get(trait)
        if found is None:
            if len(self.spelled) >= MOST_SPELLED:
                self.spelled.clear()
            index = self.around.index
            every = spell(trait)
            known = [(name, row) for name, row in zip(every, index.find(every), strict=True) if row >= 0]
            found = self.spelled[trait] = (
                [name for name, _ in known],
                self.around.rows.at([row for _, row in known])[:, : self.width],
            )
        names, rows = found
        return names[int((rows @ toward).argmax())] if len(names) > 1 else "".join(names)
