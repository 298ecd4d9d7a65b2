"""Rows added and candidates scored in C, where a compiler is there: the same operations in the same order as NumPy's, so the same bits.

One call does for a number what takes NumPy twenty, each of which costs more than its sums.
"""

from __future__ import annotations

import logging
from array import array
from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files
from itertools import accumulate, chain
from struct import pack
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from salpi.engine import native
from salpi.evidence.judges.rows import Held, Rows
from salpi.evidence.judges.tables import Floats, added

ENTER, FIND, FILL, SPREAD, TOTAL, SCORE, ADD, WAKE, AWAKE, LOUD = range(10)


@cache
def kernel() -> Callable[..., int] | None:
    """The kernel, built once for each user and machine; None where it cannot be had, which is logged in one line."""
    try:
        return native.build(files("salpi.evidence.judges").joinpath("kernel.c").read_text("ascii"))
    except native.KernelError as error:
        logging.getLogger(__name__).info("claims are judged by NumPy, with the same results but slower: %s", error)
        return None


def _call(
    call: Callable[..., int], what: int, numbers: Sequence[int], given: Sequence[int], out: int, held: object = None
) -> None:
    """``held``: whose address is given and who must live until the end; a compiled function lets go of a variable after its last use."""
    call(pack(f"{len(numbers)}i", *numbers), pack("10q", what, *given, *_NONE[len(given) :]), out)


_NONE = (0,) * 9


class Names(NamedTuple):
    """A table of names in C: ``slots`` (slot, 3) and the ``text`` that they stand in, one a line, with what a call is given of them."""

    slots: NDArray[np.int32]
    text: bytes
    given: tuple[int, int, int, int]

    @classmethod
    def of(cls, text: bytes) -> Names:
        """Without names yet, but with room for all of a text."""
        slots = np.zeros((1 << (text.count(b"\n") * 3 // 2).bit_length(), 3), np.int32)
        return cls(slots, text, (_address(slots), _address(np.frombuffer(text, np.uint8)), len(slots) - 1, len(text)))

    def enter(self, start: int, stop: int, row: int) -> NDArray[np.int32]:
        """The rows of the names in a part of the text; those that are new go into the table, the first as ``row``."""
        call = kernel()
        assert call is not None
        out = np.empty(self.text.count(b"\n", start, stop), np.int32)
        _call(call, ENTER, (start, stop, row), self.given, _address(out))
        return out

    def find(self, asked: bytes, count: int) -> Sequence[int]:
        """The rows of names that are asked for, one a line; -1 where the table has none."""
        call, out, held = kernel(), array("i", bytes(4 * count)), array("b", asked)
        assert call is not None
        _call(call, FIND, (count,), (*self.given, held.buffer_info()[0]), out.buffer_info()[0], held)
        return out

    def fill(self, into: Held, rows: Rows, numbers: Sequence[int], asked: bytes) -> None:
        """Sums of the rows of names that are asked for, one a line: see kernel.c."""
        self._learn(FILL, into, rows, numbers, asked)

    def spread(self, into: Held, rows: Rows, numbers: Sequence[int], asked: bytes) -> None:
        """Sums of words in their roles: see kernel.c."""
        self._learn(SPREAD, into, rows, numbers, asked)

    def _learn(self, what: int, into: Held, rows: Rows, numbers: Sequence[int], asked: bytes) -> None:
        call, held = kernel(), array("b", asked)
        assert call is not None
        _call(call, what, numbers, (*self.given, held.buffer_info()[0], *rows.held), into.address, held)


def total(rows: Held, at: list[int]) -> list[float]:
    """The sum of some rows, one after the other: one for each column."""
    call, columns = kernel(), rows.array.shape[1]
    if call is None:
        found: list[float] = added(rows.array.take(at, axis=0)).tolist()
        return found
    out = array("f", bytes(4 * columns))
    _call(call, TOTAL, [len(at), *at], (rows.address, columns), out.buffer_info()[0])
    return out.tolist()


def add(into: Held, rows: Held, each: Sequence[list[int]], in_eights: bool = False) -> None:
    """Adds the sum of some rows to each row of ``into``: one after the other, or the first and, in eights, the others (one at least)."""
    call = kernel()
    if call is None:
        total = into.array
        if in_eights:
            starts = [0, *accumulate(map(len, each[:-1]))]
            total += np.add.reduceat(rows.array.take([*chain.from_iterable(each)], axis=0), starts)
        else:
            total += sums_of(rows.array, each, 0)
        return
    numbers = [len(each)]
    for some in each:
        numbers.append(len(some))
        numbers += some
    _call(call, ADD, numbers, (rows.address, rows.array.shape[1], int(in_eights)), into.address, (into, rows))


def wake(sums: Held, bias: Held) -> None:
    """Sums become what they wake in a layer. Shape: (number, column of the layer and others), the last the count: one over its root."""
    call, whole, width = kernel(), sums.array, len(bias.array)
    if call is None:
        layer, share = whole[:, :width], whole[:, -1:]
        np.reciprocal(np.sqrt(np.maximum(share, _ONE)), out=share)
        layer *= share
        layer += bias.array
        np.maximum(layer, 0, out=layer)
    else:
        _call(call, WAKE, [len(whole)], (bias.address, width, whole.shape[1]), sums.address, (sums, bias))


def awake(toward: Held, woken: Held, at: list[int]) -> None:
    """What speaks for some answers, (answer, column of the layer), where the layer is awake at the numbers that they are of."""
    call, whole, width = kernel(), woken.array, toward.array.shape[1]
    if call is None:
        answers, own = toward.array, whole.take(at, axis=0)
        answers *= np.where(own[:, :width] > 0, own[:, -1:], np.float32(0))
    else:
        _call(call, AWAKE, [len(at), *at], (woken.address, width, whole.shape[1]), toward.address, (toward, woken))


def loud(rows: Held, each: Sequence[list[int]], toward: Held) -> list[float]:
    """How loud each of some rows speaks toward its answer, of which each has some."""
    call, (answers, width), sizes = kernel(), toward.array.shape, [*map(len, each)]
    if call is None:
        asked = rows.array.take([*chain.from_iterable(each)], axis=0)[:, :width]
        parts = np.pad(asked * np.repeat(toward.array, sizes, axis=0), ((0, 0), (0, -width % 8)))
        eight = np.add.reduce(parts.reshape(len(parts), -1, 8), axis=1)
        two = eight[:, ::2] + eight[:, 1::2]
        found: list[float] = ((two[:, 0] + two[:, 1]) + (two[:, 2] + two[:, 3])).tolist()
        return found
    numbers = [answers]
    for some in each:
        numbers.append(len(some))
        numbers += some
    out, given = array("f", bytes(4 * sum(sizes))), (rows.address, toward.address, width, rows.array.shape[1])
    _call(call, LOUD, numbers, given, out.buffer_info()[0], (rows, toward))
    return out.tolist()


def scores(numbers: list[int], heard: Held, rows: Held, bias: Held, speaks: Held) -> list[float]:
    """A score for each candidate. ``numbers``: how many rows are heard and which; how many candidates; of each how many rows it has and
    which. ``heard``: (trait, column of the layer and the count); ``rows``: (trait, column of the layer, what it adds straight, the
    count), the first of both zeros; ``bias``, ``speaks``: (column of the layer,)."""
    call = kernel()
    if call is None:
        return _scores(numbers, heard.array, rows.array, bias.array, speaks.array)
    out = array("f", bytes(4 * numbers[numbers[0] + 1]))
    given = (heard.address, rows.address, bias.address, speaks.address, len(bias.array))
    _call(call, SCORE, numbers, given, out.buffer_info()[0])
    return out.tolist()


def sums_of(rows: Floats, each: Sequence[Sequence[int]], nothing: int) -> Floats:
    """The sum of some rows, one after the other and not in pairs, for each of several. ``nothing``: the place of a row of zeros."""
    longest = max(1, *map(len, each))
    places = [place for some in each for place in (*some, *[nothing] * (longest - len(some)))]
    sums: Floats = np.add.reduce(rows.take(places, axis=0).reshape(len(each), longest, -1), axis=1)
    return sums


def _address(whole: NDArray[Any]) -> int:
    found: int = whole.__array_interface__["data"][0]
    return found


_ONE = np.float32(1)


def _scores(numbers: list[int], heard: Floats, rows: Floats, bias: Floats, speaks: Floats) -> list[float]:
    """The same by NumPy."""
    at = numbers[0] + 1
    said = added(heard.take(numbers[1:at], axis=0))
    each = list[Sequence[int]]()
    for _ in range(numbers[at]):
        count = numbers[at + 1]
        each.append(numbers[at + 2 : at + 2 + count])
        at += count + 1
    sums = sums_of(rows, each, 0)
    hidden = sums[:, :-2] / np.sqrt(np.maximum(sums[:, -1:], _ONE))
    hidden += said[:-1] / np.sqrt(max(said[-1], _ONE)) + bias
    np.maximum(hidden, 0, out=hidden)
    found: list[float] = (
        np.add.accumulate(hidden * speaks, axis=1)[:, -1] + sums[:, -2]
    ).tolist()  # one after the other, not in pairs
    return found
