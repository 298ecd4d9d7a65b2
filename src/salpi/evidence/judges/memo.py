"""What traits and words add, summed once and remembered: in two halves, of which the older is forgotten when the younger is full."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from threading import Lock
from typing import Generic, TypeVar, cast

import numpy as np

from salpi.evidence.judges.rows import Held
from salpi.evidence.judges.tables import Floats

_KEY = 400
"""About how many bytes a key takes."""
Key = TypeVar("Key", bound=Hashable)


class Memo(Generic[Key]):
    """``sums``: (place of a key × ``rows`` + row, column), those of the place 0 zeros; they grow by being replaced.

    ``learn``: puts what keys add into their places, which are zeros. ``room``: how many bytes this half may take. ``before``: the older
    half, from which what is asked for again is taken.
    """

    def __init__(self, learn: Learn[Key], columns: int, rows: int, room: int) -> None:
        self.learn, self.columns, self.rows, self.room = learn, columns, rows, room
        self.most = room // (4 * columns * rows + _KEY)
        self.before: Memo[Key] | None = None
        self.known: dict[Key, int] = {}
        self.next = 1
        self.held = self._zeros(self.most * 5 // 4)
        self.lock = Lock()

    def young(self) -> Memo[Key]:
        """This, or one that begins where it is full; who holds this one may go on with it."""
        if self.next <= self.most:
            return self
        young = Memo(self.learn, self.columns, self.rows, self.room)
        self.before, young.before = None, self
        return young

    @property
    def sums(self) -> Floats:
        """What each adds."""
        return self.held.array

    def places(self, keys: Sequence[Key]) -> list[int]:
        """Where what some keys add stands; ``sums`` asked for after it have it."""
        at: list[int | None] = [*map(self.known.get, keys)]
        if not all(at):
            with self.lock:  # two documents may be read at once
                self._learn(keys, at)
        return cast("list[int]", at)

    def _learn(self, keys: Sequence[Key], at: list[int | None]) -> None:
        """All that are missing at once; one that another document has learned meanwhile is learned again."""
        new = dict[Key, int]()
        for spot, place in enumerate(at):
            if not place:
                at[spot] = new.setdefault(keys[spot], self.next + len(new))
        self.next += len(new)
        if self.next * self.rows > len(self.sums):
            more = self._zeros(2 * self.next)
            more.array[: len(self.sums)] = self.sums
            self.held = more
        before = self.before
        fresh = new if before is None else self._again(new, before)
        if fresh:
            self.learn(self.held, fresh)
        self.known.update(new)

    def _again(self, new: dict[Key, int], before: Memo[Key]) -> dict[Key, int]:
        """Takes what the older half has of new keys; the others."""
        old, into, out = list[int](), list[int](), dict[Key, int]()
        for key, place in new.items():
            was = before.known.get(key)
            if was is None:
                out[key] = place
            else:
                old.append(was)
                into.append(place)
        if old:
            shape = -1, self.rows, self.columns
            self.sums.reshape(shape)[into] = before.sums.reshape(shape)[old]
        return out

    def _zeros(self, keys: int) -> Held:
        return Held.of(np.zeros((keys * self.rows, self.columns), np.float32))


Learn = Callable[[Held, dict[Key, int]], None]
