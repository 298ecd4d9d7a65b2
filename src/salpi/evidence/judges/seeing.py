"""What the surroundings of numbers say of indicator and status: looked up and summed for many numbers at once.

Nothing here depends on what was said of other numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple, TypeVar

import numpy as np

from salpi.evidence.judges.index import Index
from salpi.evidence.judges.kernel import add, awake, loud, wake
from salpi.evidence.judges.lexicon import Lexicon
from salpi.evidence.judges.nets import Layer
from salpi.evidence.judges.roles import BESIDE, NEXT, PARTS, ROLES
from salpi.evidence.judges.rows import Held, Rows
from salpi.evidence.judges.surroundings import Asked, headed, spoken_before, surroundings, words_of
from salpi.evidence.judges.tables import Floats
from salpi.evidence.judges.traits import Trait, spell
from salpi.evidence.judges.weights import Weights

T = TypeVar("T")
_ROLES = len(ROLES)
MOST_SPELLED = 2_000
"""Of how many traits the names are remembered before all are forgotten."""


class Placed(NamedTuple):
    """Rows of what is added, and which of them ``each`` number has."""

    rows: Held
    each: list[list[int]]


@dataclass(slots=True)
class Sight:
    """What is seen of several numbers. ``bases`` and ``forms``: (number, column), what it says for each, as ``statuses``.

    ``woken``: (number, column of the layer and others), what is above zero in it, last what one in it counts. Of each number its ``traits``
    and, in ``parts``, the rows of what they add; the last rows of ``words`` are those of the words near it.
    """

    asked: Sequence[Asked]
    bases: Floats
    forms: Floats
    statuses: list[list[float]]
    woken: Held
    words: Placed
    parts: Placed
    traits: list[list[Trait]]


def _near(one: Asked) -> list[str]:
    """The words near a number, nearest first, before and after."""
    words, (first, stop, again, last) = words_of(one).words, one.window
    before = words[max(first, stop - NEXT) : stop]
    before.reverse()
    return before + words[again : min(last, again + NEXT)]


def _parted(found: list[T], each: Sequence[Sequence[object]]) -> list[list[T]]:
    """What was found for several lists in one, one list for each."""
    begin, out = 0, list[list[T]]()
    for some in each:
        out.append(found[begin : begin + len(some)])
        begin += len(some)
    return out


class Seeing:
    """A network's first layer over a number's words and traits. ``width``: of the layer."""

    def __init__(self, weights: Weights) -> None:
        net, status = weights.measuring, weights.status
        index = Index(net.index.names, status.index.names)
        self.bias, self.width = Held.of(net.bias), len(net.bias)
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
        words = self._words(asked)
        traits, parts, spoken = self._traits(asked)
        total = Held.of(np.zeros((len(asked), self.around.rows.columns), np.float32))
        add(total, words.rows, words.each)
        add(total, parts.rows, parts.each, in_eights=True)
        add(total, parts.rows, spoken, in_eights=True)
        wake(total, self.bias)
        hidden: Floats = total.array[:, : self.width]
        bases, forms = hidden @ to_base[:-1] + to_base[-1], hidden @ to_form[:-1] + to_form[-1]
        return Sight(asked, bases, forms, total.array[:, self.width : -1].tolist(), total, words, parts, traits)

    def _words(self, asked: Sequence[Asked]) -> Placed:
        """The words around each number, nearest first, before and after; then once more those that are near."""
        begins, words = dict[int, int](), list[str]()
        for one in asked:
            own = words_of(one).words
            if id(own) not in begins:
                begins[id(own)] = len(words)
                words += own
        known, rows = self.lexicon.of(words)
        each = list[list[int]]()
        for one in asked:
            begin, (first, stop, again, last) = begins[id(words_of(one).words)], one.window
            before, after = known[begin + first : begin + stop], known[begin + again : begin + last]
            before.reverse()
            heard = [at * _ROLES for at in before]
            heard += [at * _ROLES + 1 for at in after]
            heard += [at * _ROLES + role for at, role in zip(before, BESIDE[0], strict=False)]
            heard += [at * _ROLES + role for at, role in zip(after, BESIDE[1], strict=False)]
            each.append(heard)
        return Placed(rows, each)

    def _traits(self, asked: Sequence[Asked]) -> tuple[list[list[Trait]], Placed, list[list[int]]]:
        """The traits of the numbers with what each adds, and what was spoken of before."""
        memo = self.around.memo()
        head, before, spoken = memo.places(headed(asked[0])), dict[int, list[int]](), list[list[int]]()
        for one in asked:
            found = before.get(id(one.before))
            if found is None:
                found = before[id(one.before)] = [0, *memo.places(spoken_before(one)), *head]
            spoken.append(found)
        traits = [surroundings(one) for one in asked]
        at = memo.places([*chain.from_iterable(traits)])
        return traits, Placed(memo.held, _parted(at, traits)), spoken

    def strongest(self, sight: Sight, chosen: list[int], answers: Floats) -> list[str]:
        """For the numbers ``chosen``, the name of the trait or of the word near it that speaks most for a base.

        ``answers``: (chosen, column of the layer), of the base that was decided; they become what speaks for it at the number.
        """
        toward = Held.of(answers)
        awake(toward, sight.woken, chosen)
        near = [_near(sight.asked[at]) for at in chosen]
        words, parts = sight.words.each, [sight.parts.each[at] for at in chosen]
        beside = [words[at][len(words[at]) - len(some) :] for at, some in zip(chosen, near, strict=True)]
        of_words = _parted(loud(sight.words.rows, beside, toward), beside)
        of_parts = _parted(loud(sight.parts.rows, parts, toward), parts)
        out = list[str]()
        for spot, (own, others) in enumerate(zip(of_parts, of_words, strict=True)):
            top = max(own)
            if others and max(others) > top:
                out.append(f"near:{near[spot][others.index(max(others))]}")
            else:
                out.append(self._loudest(sight.traits[chosen[spot]][own.index(top)], toward.array[spot]))
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
