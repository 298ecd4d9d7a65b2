"""Maximum likelihood with a Gaussian prior, by L-BFGS: the judges' three kinds of model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.optimize import minimize

from salpi.evidence.judges.indicator import Bench
from training.examples import Choice, Example

Floats = NDArray[Any]
Named = tuple[dict[str, int], Floats]


@dataclass(frozen=True)
class _Group:
    """Examples of one kind of unit. Columns of ``right``: (base, form) pairs, whose places are ``own`` and ``form``."""

    features: sp.csr_matrix
    features_turned: sp.csr_matrix
    extra: sp.csr_matrix
    extra_turned: sp.csr_matrix
    right: Floats
    bases: Floats
    own: Floats
    form: Floats
    to_base: Floats
    to_form: Floats


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


def _groups(examples: list[Example], seat: Bench, index: dict[str, int], common: dict[str, int]) -> list[_Group]:
    """The examples by kind of unit, as matrices."""
    place, formed = {base: at for at, base in enumerate(seat.bases)}, {form: at for at, form in enumerate(seat.forms)}
    groups = []
    for kind, places in seat.pairs.items():
        pairs = np.stack(places, axis=1)
        spot = {tuple(pair): at for at, pair in enumerate(pairs.tolist())}
        rows, right = [], []
        for example in examples:
            if example.kind != kind:
                continue
            good = [spot.get((place.get(base, -1), 0 if base == "" else formed.get(form, -1))) for base, form in example.answers]
            line = np.zeros(len(pairs), bool)
            line[[at for at in good if at is not None]] = True
            if line.any():
                rows.append(example)
                right.append(line)
        if not rows:
            continue
        bases = np.unique(pairs[:, 0])
        where = {base: at for at, base in enumerate(bases.tolist())}
        at, names = list[int](), list[int]()
        for row, example in enumerate(rows):
            for base, features in example.shared.items():
                column = where.get(place.get(base, -1))
                if column is not None:
                    known = [common[name] for name in features if name in common]
                    names += known
                    at += [row * len(bases) + column] * len(known)
        extra = sp.csr_matrix((np.ones(len(at), np.float32), (at, names)), shape=(len(rows) * len(bases), len(common)))
        own = np.array([where[base] for base in pairs[:, 0].tolist()])
        to_base = np.zeros((len(pairs), len(bases)), np.float32)
        to_base[np.arange(len(pairs)), own] = 1
        to_form = np.zeros((len(pairs), len(seat.forms)), np.float32)
        to_form[np.arange(len(pairs)), pairs[:, 1]] = 1
        features = matrix((example.features for example in rows), index)
        groups.append(
            _Group(
                features, features.T.tocsr(), extra, extra.T.tocsr(), np.array(right), bases, own, pairs[:, 1], to_base, to_form
            )
        )
    return groups


def indicators(
    examples: list[Example], seat: Bench, prior: float = 0.7, loose: float = 0.3, steps: int = 80
) -> tuple[Named, Named, Named]:
    """Names and weights: by concept, by form, shared.

    A base's weights are sums of its concepts' (``seat.made``). The prior on the concepts' weights is one on the bases' with the
    covariance ``made made'``, so the search goes over as many columns as there are bases; the concepts' weights follow.
    """
    index = vocabulary((example.features for example in examples), 3)
    common = vocabulary((names for example in examples for names in example.shared.values()), 3)
    groups = _groups(examples, seat, index, common)
    spread = seat.made @ seat.made.T
    values, vectors = np.linalg.eigh(spread.astype(np.float64))
    root = (vectors * np.sqrt(np.maximum(values, 0.0)) @ vectors.T).astype(np.float32)
    count, bases, forms = len(index), len(seat.bases), len(seat.forms)
    edge, end = count * bases, count * (bases + forms)

    def loss(x: Floats) -> tuple[float, Floats]:
        x = x.astype(np.float32)
        by_form, by_common = x[edge:end].reshape(count, forms), x[end:]
        by_base = x[:edge].reshape(count, bases) @ root
        slope_base, slope_form, slope_common = np.zeros_like(by_base), np.zeros_like(by_form), np.zeros_like(by_common)
        total = 0.0
        for group in groups:
            based = group.features @ by_base[:, group.bases]
            based = based + (group.extra @ by_common).reshape(based.shape)
            lost, slope = _given(based[:, group.own] + (group.features @ by_form)[:, group.form], group.right)
            total += lost
            slope_of_base = slope @ group.to_base
            slope_base[:, group.bases] += group.features_turned @ slope_of_base
            slope_form += group.features_turned @ (slope @ group.to_form)
            slope_common += group.extra_turned @ slope_of_base.ravel()
        slopes = np.concatenate([(slope_base @ root).ravel(), slope_form.ravel(), slope_common])
        slopes[:end] += prior * x[:end]
        slopes[end:] += loose * by_common
        size = 0.5 * prior * float(x[:end] @ x[:end]) + 0.5 * loose * float(by_common @ by_common)
        return total + size, slopes.astype(np.float64)

    x = search(loss, end + len(common), steps)
    by_base = x[:edge].reshape(count, bases) @ root
    by_concept = (by_base @ np.linalg.pinv(spread) @ seat.made).astype(np.float32)
    return (index, by_concept), (index, x[edge:end].reshape(count, forms)), (common, x[end:].reshape(-1, 1))


def crosses(
    choices: list[Choice], prior: float = 1.0, steps: int = 60, least: int = 5, least_asked: int = 25
) -> tuple[dict[str, int], dict[str, int], Floats]:
    """Names and weights of candidates' features crossed with the number's: (candidate's, number's)."""
    choices = [choice for choice in choices if any(choice.right)]
    index = vocabulary((names for choice in choices for names in choice.candidates), least)
    asked = vocabulary((choice.asked for choice in choices), least_asked)
    own = matrix((names for choice in choices for names in choice.candidates), index)
    about = matrix((choice.asked for choice in choices), asked)
    turned = about.T.tocsr()
    sizes = np.array([len(choice.candidates) for choice in choices])
    group = np.repeat(np.arange(len(choices)), sizes)
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    right = np.concatenate([choice.right for choice in choices])
    rows = np.repeat(group, np.diff(own.indptr))
    edges = own.indptr[:-1]
    shape = (len(asked), len(index))

    def loss(x: Floats) -> tuple[float, Floats]:
        x = x.astype(np.float32)
        mixed = about @ x.reshape(shape)  # (choice, candidate's feature)
        picked = mixed[rows, own.indices]
        scores = np.add.reduceat(np.append(picked, 0.0), edges)[: len(group)]
        scores[np.diff(own.indptr) == 0] = 0.0
        scores -= np.maximum.reduceat(scores, starts)[group]
        grown = np.exp(scores)
        share = grown / np.add.reduceat(grown, starts)[group]
        kept = np.where(right, share, 0)
        mass = np.maximum(np.add.reduceat(kept, starts), 1e-30)
        slope = (share - kept / mass[group]).astype(np.float32)
        spread = sp.csr_matrix((np.repeat(slope, np.diff(own.indptr)), (rows, own.indices)), shape=mixed.shape)
        slopes = np.asarray((turned @ spread).todense()).ravel() + prior * x
        return -float(np.log(mass).sum()) + 0.5 * prior * float(x @ x), slopes.astype(np.float64)

    x = search(loss, shape[0] * shape[1], steps)
    return index, asked, x.reshape(shape).T


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
