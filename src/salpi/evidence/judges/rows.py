"""What names of features add, kept in few steps: a quarter of the room of floats, and less to fetch for each sum."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from salpi.evidence.judges.tables import Floats


class Held(NamedTuple):
    """An array of float32 in one piece, with its address for as long as it is held."""

    array: Floats
    address: int

    @classmethod
    def of(cls, array: Floats) -> Held:
        whole: Floats = np.ascontiguousarray(array, np.float32)
        return cls(whole, whole.__array_interface__["data"][0])


class Rows:
    """A row for each name: ``steps`` (name, column) times the name's ``scales``; behind them what is not in steps, ``more`` (name, column).

    What is of one name stands in one place, since fetching it takes longer than adding it.
    """

    def __init__(self, steps: NDArray[np.int8], scales: Floats, more: Floats) -> None:
        fields = [("scale", np.float32), ("more", np.float32, more.shape[1:]), ("steps", np.int8, steps.shape[1:])]
        self.whole = np.empty(len(scales), np.dtype(fields, align=True))
        self.whole["scale"], self.whole["more"], self.whole["steps"] = scales, more, steps
        self.steps, self.columns = steps.shape[1], steps.shape[1] + more.shape[1]
        self.held = (self.whole.__array_interface__["data"][0], self.whole.itemsize, self.steps, more.shape[1])
        """Address, bytes a row, columns of steps and others."""

    @classmethod
    def of(cls, whole: Floats) -> Rows:
        """Rows of floats as they are."""
        return cls(np.zeros((len(whole), 0), np.int8), np.zeros(len(whole), np.float32), whole)

    def at(self, places: Sequence[int]) -> Floats:
        """Some rows as floats. Shape: (place, column)."""
        found, out = self.whole.take(np.array(places, np.intp)), np.empty((len(places), self.columns), np.float32)
        np.multiply(found["steps"], found["scale"][:, None], out=out[:, : self.steps])
        out[:, self.steps :] = found["more"]
        return out
