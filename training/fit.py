"""Maximum likelihood with a Gaussian prior, by L-BFGS: the judge of status; and names as matrices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.optimize import minimize

Floats = NDArray[Any]
Named = tuple[dict[str, int], Floats]


def vocabulary(lists: Iterable[Iterable[str]], least: int) -> dict[str, int]:
    """Names met in at least ``least`` examples, in order."""
    counts: Counter[str] = Counter()
    for names in lists:
        counts.update(set(names))
    return {name: at for at, name in enumerate(sorted(name for name, count in counts.items() if count >= least))}


def matrix(lists: Iterable[Iterable[str]], index: dict[str, int]) -> sp.csr_matrix:
    """Rows that count the known names."""
    starts, at = [0], []
    for names in lists:
        at += sorted(index[name] for name in names if name in index)
        starts.append(len(at))
    data = np.ones(len(at), np.float32)
    found = sp.csr_matrix((data, np.array(at, np.int64), np.array(starts)), shape=(len(starts) - 1, len(index)))
    found.sum_duplicates()
    return found


def search(loss: Callable[[Floats], tuple[float, Floats]], size: int, steps: int) -> Floats:
    """The least loss, from zero."""
    found = minimize(loss, np.zeros(size), jac=True, method="L-BFGS-B", options={"maxiter": steps, "maxcor": 6})
    return found.x.astype(np.float32)


def _given(scores: Floats, right: Floats) -> tuple[float, Floats]:
    """Minus log likelihood of the right columns of each row, and its slope by score."""
    scores = scores - scores.max(axis=1, keepdims=True)
    grown = np.exp(scores)
    share = grown / grown.sum(axis=1, keepdims=True)
    kept = np.where(right, share, 0)
    mass = np.maximum(kept.sum(axis=1, keepdims=True), 1e-30)
    return -float(np.log(mass).sum()), share - kept / mass


def statuses(examples: list[tuple[list[str], set[str]]], columns: tuple[str, ...], prior: float = 1.0, steps: int = 80) -> Named:
    """Names and weights by status."""
    index = vocabulary((names for names, _ in examples), 2)
    features = matrix((names for names, _ in examples), index)
    turned = features.T.tocsr()
    right = np.array([[column in good for column in columns] for _, good in examples])
    shape = (len(index), len(columns))

    def loss(x: Floats) -> tuple[float, Floats]:
        x = x.astype(np.float32)
        lost, slope = _given(features @ x.reshape(shape), right)
        slopes = (turned @ slope.astype(np.float32)).ravel() + prior * x
        return lost + 0.5 * prior * float(x @ x), slopes.astype(np.float64)

    x = search(loss, shape[0] * shape[1], steps)
    return index, x.reshape(shape)
