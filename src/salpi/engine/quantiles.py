"""Exact quantiles of an ensemble that never stands in memory as a whole.

Up to HOLD draws all values are kept, and the quantiles are those of a table. Of more draws only those values are kept that
an asked quantile can still turn out to be: around each quantile of the draws seen so far a bracket of ranks, wide enough for
what the draws to come can move it (WIDTH standard deviations of a hypergeometric count); of all others it is known how many
lie between the brackets. The answer is the order statistic of all draws, to the bit, whatever the order in which they came. Draws
are independent, so that a quantile leaves its bracket with a chance below 1e-14; then `Missed` is raised, never a guess.

Source: Floyd and Rivest, Communications of the ACM 18 (1975) 165–172, selection by sampled brackets.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Counts = NDArray[np.int64]

HOLD = 16_384
"""Draws up to which every value is kept."""
WIDTH = 8.0
"""Half the width of a bracket in standard deviations of the rank."""


class Missed(ArithmeticError):
    """A quantile that lies outside the values that were kept."""


def quantiles(values: Array, qs: Sequence[float]) -> Array:
    """Quantiles (quantile, …) over the first axis (draws), as `np.quantile` gives them: to the bit, but never -0.0.

    By partition around the middle rank, and of either side again: a few passes over each column, whatever the number of
    quantiles. Threads may run it side by side. NumPy's own imports masked arrays when first asked, which takes longer than all
    quantiles of a run.
    """
    table = np.add(values.reshape(len(values), -1).T, 0.0, order="C")
    ranks = [int(np.floor(q * (len(values) - 1))) for q in qs]
    wanted = sorted({r for rank in ranks for r in (rank, min(rank + 1, len(values) - 1))})
    out = np.empty((len(ranks), len(table)))
    for k, row in enumerate(table):
        _part(row, wanted, 0, len(row))
        for j, (q, rank) in enumerate(zip(qs, ranks, strict=True)):
            out[j, k] = _between(row[rank], row[min(rank + 1, len(row) - 1)], q * (len(row) - 1) - rank)
    out[:, np.isnan(table).any(axis=1)] = np.nan
    return out.reshape(len(ranks), *values.shape[1:])


def _part(row: Array, ranks: Sequence[int], lo: int, hi: int) -> None:
    """Puts the values of these ranks in their places, within a part of a row that holds just the ranks from lo to hi."""
    if ranks:
        middle = len(ranks) // 2
        rank = ranks[middle]
        row[lo:hi].partition(rank - lo)
        _part(row, ranks[:middle], lo, rank)
        _part(row, ranks[middle + 1 :], rank + 1, hi)


def _between(one: float, two: float, share: float) -> float:
    """Between two order statistics in a straight line, reckoned from the nearer one."""
    return one + (two - one) * share if share < 0.5 else two - (two - one) * (1.0 - share)


class Quantiles:
    """Quantiles over the draws of a table (draw, column), given in parts in any order; ``draws`` is how many there will be."""

    def __init__(self, draws: int, columns: int, qs: Sequence[float], hold: int | None = None) -> None:
        self.draws, self.qs, self.seen = draws, tuple(qs), 0
        hold = HOLD if hold is None else hold
        self._room = np.empty((min(hold, draws), columns))
        self._columns = [_Column(draws, self.qs) for _ in range(columns)] if draws > hold else []
        self._filled, self._next = 0, 0

    def add(self, first: int, values: Array) -> None:
        """Values (draw, column) of the draws from ``first`` on. Raises ValueError for more draws than there should be."""
        if self.seen + len(values) > self.draws:
            raise ValueError(f"{self.draws} draws were to come, and there are more")
        self.seen += len(values)
        if not self._columns:
            self._room[first : first + len(values)] = values
            return
        while len(values):
            part = values[: len(self._room) - self._filled]
            self._room[self._filled : self._filled + len(part)] = part
            self._filled += len(part)
            values = values[len(part) :]
            if self._filled == len(self._room):
                self._fold()

    def result(self) -> Array:
        """Quantiles (quantile, column), as `np.quantile` gives them over all draws. Raises Missed, ValueError before the end."""
        if self.seen != self.draws:
            raise ValueError(f"{self.seen} of {self.draws} draws are there")
        if not self._columns:
            return quantiles(self._room, self.qs)
        self._fold()
        return np.stack([column.result() for column in self._columns], axis=1)

    def _fold(self) -> None:
        """Hands the gathered values to their columns; when twice as many draws have been seen, brackets become narrower."""
        rows = self._room[: self._filled].T.copy()
        self._filled = 0
        narrow = self.seen >= self._next
        for column, values in zip(self._columns, rows, strict=True):
            column.add(values + 0.0)  # -0.0 and 0.0 are one value: which of them came first must not matter
            if narrow:
                column.narrow()
        if narrow:
            self._next = 2 * self.seen


class _Column:
    """One column: brackets ``low … high`` in ascending order, the counts between them, and the distinct values within."""

    def __init__(self, draws: int, qs: tuple[float, ...]) -> None:
        self.draws, self.qs = draws, qs
        self.low, self.high = np.array([-np.inf]), np.array([np.inf])
        self.between = np.zeros(2, dtype=np.int64)
        self.values, self.counts = np.empty(0), np.empty(0, dtype=np.int32)
        self.fresh: list[Array] = []

    def add(self, values: Array) -> None:
        at_or_above = np.searchsorted(self.low, values, "right")
        beyond = np.searchsorted(self.high, values, "left")
        inside = at_or_above > beyond
        self.between += np.bincount(beyond[~inside], minlength=len(self.between))
        self.fresh.append(values[inside])

    def narrow(self) -> None:
        """Keep only what a quantile of all draws can still be."""
        start, end = self._ranks()
        n = int(self.between.sum() + self.counts.sum())
        spans = [self._span(q, n, start, end) for q in self.qs]
        merged: list[list[float]] = []
        for low, high in sorted(spans):
            if merged and low <= merged[-1][1]:
                merged[-1][1] = max(merged[-1][1], high)
            else:
                merged.append([low, high])
        self.low, self.high = np.array([m[0] for m in merged]), np.array([m[1] for m in merged])
        first = np.searchsorted(self.values, self.low, "left")
        last = np.searchsorted(self.values, self.high, "right") - 1
        self.between = np.array([*start[first], n]) - np.array([0, *end[last]])
        if np.isneginf(self.low[0]):
            self.between[0] = 0
        if np.isposinf(self.high[-1]):
            self.between[-1] = 0
        kept = np.concatenate([np.arange(a, b + 1) for a, b in zip(first, last, strict=True)])
        self.values, self.counts = self.values[kept], self.counts[kept]

    def _span(self, q: float, n: int, start: Counts, end: Counts) -> tuple[float, float]:
        """The values between which the quantile of all draws lies, by those of the ``n`` draws seen."""
        middle = q * (n - 1)
        reach = WIDTH * float(np.sqrt(n * q * (1.0 - q) * max(1.0 - n / self.draws, 0.0))) + 2.0
        lowest, highest = int(np.floor(middle - reach)), int(np.ceil(middle + reach))
        i = min(int(np.searchsorted(end, max(lowest, 0), "right")), len(end) - 1)
        j = min(int(np.searchsorted(end, min(highest, n - 1), "right")), len(end) - 1)
        j -= int(start[j] > highest and j > i)  # that rank lies between two brackets: the last value before it
        return (-np.inf if lowest < 0 else float(self.values[i]), np.inf if highest >= n else float(self.values[j]))

    def _ranks(self) -> tuple[Counts, Counts]:
        """Takes the fresh values in; ranks of each distinct value among all draws seen: its first, and the one after its last."""
        values = np.concatenate([self.values, *self.fresh])
        counts = np.concatenate([self.counts, *(np.ones(len(f), dtype=np.int32) for f in self.fresh)])
        self.fresh = []
        order = np.argsort(values, kind="stable")
        values, counts = values[order], counts[order]
        new = np.flatnonzero(np.concatenate([[True], values[1:] != values[:-1]]))
        self.values, self.counts = values[new], np.add.reduceat(counts, new).astype(np.int32)
        before = np.cumsum(self.between)[np.searchsorted(self.low, self.values, "right") - 1]
        end = before + np.cumsum(self.counts, dtype=np.int64)
        return end - self.counts, end

    def result(self) -> Array:
        """The quantiles, between two order statistics as `np.quantile` sets them (linear)."""
        start, end = self._ranks()

        def at(rank: int) -> float:
            i = int(np.searchsorted(end, rank, "right"))
            if i == len(end) or start[i] > rank:
                raise Missed("a quantile lies outside the values that were kept; take another --seed or number of draws")
            return float(self.values[i])

        out = []
        for q in self.qs:
            place = q * (self.draws - 1)
            rank = int(np.floor(place))
            out.append(_between(at(rank), at(min(rank + 1, self.draws - 1)), place - rank))
        return np.array(out)
