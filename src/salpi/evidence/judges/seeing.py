"""What the surroundings of numbers say of indicator and status: looked up and summed for many numbers at once.

Nothing here depends on what was said of other numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from salpi.evidence.judges.lexicon import Lexicon
from salpi.evidence.judges.nets import Layer
from salpi.evidence.judges.roles import AFTER, BEFORE, BESIDE, NEXT, PARTS, ROLES
from salpi.evidence.judges.surroundings import Asked, headed, spoken_before, surroundings, words_of
from salpi.evidence.judges.tables import Floats
from salpi.evidence.judges.traits import Trait, spell
from salpi.evidence.judges.weights import Weights

Places = NDArray[np.intp]
_BACK, _ON = np.arange(BEFORE), np.arange(AFTER)
_IN_ROLES = np.array([*[0] * BEFORE, *[1] * AFTER, *BESIDE[0], *BESIDE[1]], np.intp)
"""The role of each place in a row of words: those before, those after, the nearest before, the nearest after."""
_NEAR = slice(BEFORE + AFTER, None)


@dataclass(slots=True)
class Sight:
    """What is seen of several numbers. ``bases``, ``forms``, ``statuses``: (number, column), what it says for each.

    ``awake``: (number, column of the layer), what one in it counts, 0 where the layer is below zero. ``traits`` of all numbers, those
    of each from ``starts`` on, with the ``parts`` that they add; ``words`` beside each number with the ``near`` that these add.
    """

    bases: Floats
    forms: Floats
    statuses: Floats
    awake: Floats
    traits: list[Trait]
    starts: list[int]
    parts: Floats
    words: list[list[str]]
    near: Floats


def _filled(words: list[str]) -> list[str]:
    """As many words as are seen by their place on a side; those that are missing are empty."""
    return words + [""] * (NEXT - len(words))


class Seeing:
    """A network's first layer over a number's words and traits. ``width``: of the layer."""

    def __init__(self, weights: Weights) -> None:
        net, status = weights.measuring, weights.status
        index = dict(net.index)
        for name in status.places.index:
            index.setdefault(name, len(index))
        self.bias, self.width = net.bias, len(net.bias)
        rows = np.zeros((len(index), self.width + status.rows.shape[1] + 1), np.float32)  # layer, statuses, count
        rows[: len(net.index), : self.width] = net.rows[:, :-1]
        rows[: len(net.index), -1] = 1.0
        rows[[index[name] for name in status.places.index], self.width : -1] = status.rows
        self.around = Layer(index, rows)
        self.lexicon = Lexicon(index, rows, PARTS, ROLES)

    def of(self, asked: Sequence[Asked], to_base: Floats, to_form: Floats) -> Sight:
        """What is seen of some numbers of one page. ``to_base``, ``to_form``: (layer and a last row that always counts, column)."""
        near, words, total = self._heard(asked)
        traits, starts, parts = self._traits(asked, total)
        width = self.width
        share = 1.0 / np.sqrt(np.maximum(total[:, -1:], 1.0))
        hidden = total[:, :width] * share + self.bias
        awake = np.where(hidden > 0, share, np.float32(0))
        np.maximum(hidden, 0, out=hidden)
        bases, forms = hidden @ to_base[:-1] + to_base[-1], hidden @ to_form[:-1] + to_form[-1]
        return Sight(bases, forms, total[:, width:-1], awake, traits, starts, parts, words, near[:, :, :width])

    def _heard(self, asked: Sequence[Asked]) -> tuple[Floats, list[list[str]], Floats]:
        """What the nearest words add, one by one, with these words; what all words add."""
        begins, words = dict[int, int](), list[str]()
        windows, beside = list[tuple[int, int, int, int]](), list[list[str]]()
        for one in asked:
            own, (first, stop, again, last) = words_of(one).words, one.window
            begin = begins.get(id(own))
            if begin is None:
                begin = begins[id(own)] = len(words)
                words += own
            windows.append((begin + first, begin + stop, begin + again, begin + last))
            beside.append([*_filled(own[max(first, stop - NEXT) : stop][::-1]), *_filled(own[again : min(last, again + NEXT)])])
        known, sums = self.lexicon.of(words)
        numbers = np.array([*known, 0], np.intp)  # the last is none
        first, stop, again, last = np.array(windows, np.intp).T[:, :, None]
        back, on = stop - 1 - _BACK, again + _ON
        back, on = numbers[np.where(back >= first, back, -1)], numbers[np.where(on < last, on, -1)]
        at = np.concatenate([back, on, back[:, :NEXT], on[:, :NEXT]], axis=1)
        at *= len(ROLES)
        at += _IN_ROLES
        heard: Floats = sums.take(at, axis=0)
        return heard[:, _NEAR], beside, np.add.reduce(heard, axis=1)

    def _traits(self, asked: Sequence[Asked], total: Floats) -> tuple[list[Trait], list[int], Floats]:
        """The traits of the numbers with what each adds, which is added to the ``total``; so is what was spoken of before."""
        memo = self.around.memo()
        traits, starts = list[Trait](), list[int]()
        spoken, begins = list[int](), list[int]()
        head, before = memo.places(headed(asked[0])), dict[int, list[int]]()
        for one in asked:
            starts.append(len(traits))
            traits += surroundings(one)
            found = before.get(id(one.before))
            if found is None:
                found = before[id(one.before)] = [0, *memo.places(spoken_before(one)), *head]
            begins.append(len(spoken))
            spoken += found
        at = memo.places(traits)
        parts = memo.sums.take(at, axis=0)
        total += np.add.reduceat(parts, starts)
        total += np.add.reduceat(memo.sums.take(spoken, axis=0), begins)
        return traits, starts, parts[:, : self.width]

    def strongest(self, sight: Sight, to_base: Floats) -> list[str]:
        """For each number, the name of the trait or of the word beside it that speaks most for a base.

        ``to_base``: (number, column of the layer), of the base that was decided.
        """
        toward = sight.awake * to_base
        owner = np.repeat(np.arange(len(toward)), np.diff(sight.starts, append=len(sight.traits)))
        parts = np.einsum("pc,pc->p", sight.parts, toward[owner]).tolist()
        words = np.einsum("nwc,nc->nw", sight.near, toward).tolist()
        out = list[str]()
        for at, (start, stop) in enumerate(pairwise([*sight.starts, len(sight.traits)])):
            part = max(range(start, stop), key=parts.__getitem__)
            word = max(range(2 * NEXT), key=words[at].__getitem__)
            if sight.words[at][word] and words[at][word] > parts[part]:
                out.append(f"near:{sight.words[at][word]}")
            else:
                out.append(self._loudest(sight.traits[part], toward[at]))
        return out

    def _loudest(self, trait: Trait, toward: Floats) -> str:
        """That of a trait's names that speaks most."""
        index = self.around.index
        names = [name for name in spell(trait) if name in index]
        if len(names) < 2:
            return "".join(names)
        said = self.around.rows[[index[name] for name in names], : self.width] @ toward
        return names[int(said.argmax())]
