"""Rows added and candidates scored in C, where a compiler is there: the same operations in the same order as NumPy's, so the same bits.

One call does for a number what takes NumPy twenty, each of which costs more than its sums.
"""

from __future__ import annotations

import logging
from array import array
from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from salpi.engine import native
from salpi.evidence.judges.rows import Held, Rows
from salpi.evidence.judges.tables import Floats, added

FILL, SPREAD, TOTAL, SCORE, ENTER, FIND = range(6)


@cache
def kernel() -> Callable[..., int] | None:
    """The kernel, built once for each user and machine; None where it cannot be had, which is logged in one line."""
    try:
        return native.build(files("salpi.evidence.judges").joinpath("kernel.c").read_text("ascii"))
    except native.KernelError as error:
        logging.getLogger(__name__).info("claims are judged by NumPy, with the same results but slower: %s", error)
        return None


def _call(call: Callable[..., int], what: int, numbers: Sequence[int], given: Sequence[int], out: int) -> None:
    numbers, given = array("i", numbers), array("q", (what, *given, *[0] * (5 - len(given))))
    call(numbers.buffer_info()[0], given.buffer_info()[0], out)


def fill(into: Held, rows: Rows, numbers: list[int]) -> None:
    """Sums of names' rows, one after the other. ``numbers``: how many sums; of each its place in ``into``, how many names it has and which
    (-1: none)."""
    call = kernel()
    if call is not None:
        _call(call, FILL, numbers, rows.held, into.address)
        return
    places, each, names, at = list[int](), list[Sequence[int]](), list[int](), 1
    for _ in range(numbers[0]):
        place, count = numbers[at : at + 2]
        places.append(place)
        known = [name for name in numbers[at + 2 : at + 2 + count] if name >= 0]
        each.append(range(len(names), len(names) + len(known)))
        names += known
        at += count + 2
    into.array[places] = _of_names(rows, names, each)


Word = tuple[int, Sequence[int], Sequence[int]]
"""Its place; the part of each of its names; which names these are (-1: none)."""


def spread(into: Held, rows: Rows, parts: int, roles: Sequence[Sequence[int]], words: Sequence[Word]) -> None:
    """What words add in each of some roles. ``roles``: the parts that each is made of. ``into``: (word's place × roles + role, column)."""
    call = kernel()
    if call is not None:
        numbers = [len(words), parts, len(roles)]
        for made in roles:
            numbers += len(made), *made
        for place, part, names in words:
            numbers += place, len(part)
            numbers += part
            numbers += names
        _call(call, SPREAD, numbers, rows.held, into.address)
        return
    each, known = [list[int]() for _ in range(len(words) * parts)], list[int]()
    for number, (_, part, names) in enumerate(words):
        for one, name in zip(part, names, strict=True):
            if name >= 0:
                each[number * parts + one].append(len(known))
                known.append(name)
    sums = _of_names(rows, known, each).reshape(len(words), parts, -1)
    out, places = into.array.reshape(-1, len(roles), rows.columns), [place for place, *_ in words]
    for role, made in enumerate(roles):
        out[places, role] = np.add.reduce(sums[:, made], axis=1)


def total(rows: Held, at: list[int]) -> list[float]:
    """The sum of some rows, one after the other: one for each column."""
    call, columns = kernel(), rows.array.shape[1]
    if call is None:
        found: list[float] = added(rows.array.take(at, axis=0)).tolist()
        return found
    out = array("f", bytes(4 * columns))
    _call(call, TOTAL, [len(at), *at], (rows.address, columns), out.buffer_info()[0])
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


def _sums(rows: Floats, each: Sequence[Sequence[int]], nothing: int) -> Floats:
    """The sum of some rows, one after the other and not in pairs, for each of several. ``nothing``: the place of a row of zeros."""
    longest = max(1, *map(len, each))
    places = [place for some in each for place in (*some, *[nothing] * (longest - len(some)))]
    sums: Floats = np.add.reduce(rows.take(places, axis=0).reshape(len(each), longest, -1), axis=1)
    return sums


def _of_names(rows: Rows, names: Sequence[int], each: Sequence[Sequence[int]]) -> Floats:
    """Sums of some names' rows. ``each``: places among ``names``."""
    return _sums(np.concatenate([rows.at(names), np.zeros((1, rows.columns), np.float32)]), each, len(names))


def _address(whole: NDArray[Any]) -> int:
    found: int = whole.__array_interface__["data"][0]
    return found


def enter(slots: NDArray[np.int32], text: bytes, start: int, stop: int, row: int) -> NDArray[np.int32]:
    """The rows of the names in a part of a text, one a line; those that the table ``slots`` lacks go into it, the first as ``row``."""
    call, whole = kernel(), np.frombuffer(text, np.uint8)
    assert call is not None
    out = np.empty(text.count(b"\n", start, stop), np.int32)
    _call(call, ENTER, (start, stop, row), (_address(slots), _address(whole), len(slots) - 1, len(text)), _address(out))
    return out


def find(slots: NDArray[np.int32], text: bytes, asked: bytes, count: int) -> Sequence[int]:
    """The rows of names that are asked for, one a line; -1 where the table has none."""
    call, out, held = kernel(), array("i", bytes(4 * count)), array("b", asked + b"\n")
    assert call is not None
    given = (_address(slots), _address(np.frombuffer(text, np.uint8)), len(slots) - 1, len(text), held.buffer_info()[0])
    _call(call, FIND, (count,), given, out.buffer_info()[0])
    return out


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
    sums = _sums(rows, each, 0)
    hidden = sums[:, :-2] / np.sqrt(np.maximum(sums[:, -1:], _ONE))
    hidden += said[:-1] / np.sqrt(max(said[-1], _ONE)) + bias
    np.maximum(hidden, 0, out=hidden)
    found: list[float] = (
        np.add.accumulate(hidden * speaks, axis=1)[:, -1] + sums[:, -2]
    ).tolist()  # one after the other, not in pairs
    return found
