"""Networks of one hidden layer over named features, by stochastic gradients with a step of each weight's own (AdaGrad).

Names add to a hidden layer, whose sum is divided by the root of their number; what is below zero is nothing. Names and parts of
the layer are left out at random while it learns, so that no answer hangs on one of them. One example after the other, in an order
drawn from a seed: the same bytes each time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from salpi.evidence.judges.indicator import Bench
from training.examples import Choice, Example
from training.fit import vocabulary

Floats = NDArray[Any]
SEEN = 1e-2
"""What the squares of slopes begin with."""
LAST = 0.002
"""The step at the end, which began at ``step``."""
STRONG = 0.75
"""The share of the hidden layer that is kept at a time."""


@dataclass(frozen=True)
class How:
    """How a network is fitted: its width, rounds, share of names left out, first step, and how many numbers must have a name."""

    hidden: int
    rounds: int
    left_out: float
    step: float
    least: int


INDICATORS = How(hidden=160, rounds=20, left_out=0.35, step=0.05, least=6)
CHOICES = How(hidden=96, rounds=20, left_out=0.3, step=0.05, least=6)


def _start(chance: np.random.Generator, *shape: int, size: float = 0.1) -> Floats:
    return (chance.normal(size=shape) * size).astype(np.float32)


def _zeros(*shape: int) -> Floats:
    return np.zeros(shape, np.float32)


def _seen(*shape: int) -> Floats:
    return np.full(shape, SEEN, np.float32)


def _steps(how: How) -> list[np.float32]:
    return [np.float32(how.step * (1 - at / how.rounds) + LAST) for at in range(how.rounds)]


def _edges(counts: list[int]) -> NDArray[np.int64]:
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)


def indicators(examples: list[Example], seat: Bench, times: int = 1, how: How = INDICATORS) -> dict[str, Any]:
    """The network of what a number measures, by name: ``names`` with ``around`` (name, hidden), ``bias``, ``bases`` and ``forms``
    (hidden and a last row that always counts, column), ``shared`` names with their weights."""
    index = vocabulary((example.features for example in examples), how.least * times)
    common = vocabulary((names for example in examples for names in example.shared.values()), 3 * times)
    place, formed = {base: at for at, base in enumerate(seat.bases)}, {form: at for at, form in enumerate(seat.forms)}
    kinds = list(seat.pairs)
    pairs = [np.stack(seat.pairs[kind], axis=1) for kind in kinds]
    spots = [{tuple(pair): at for at, pair in enumerate(each.tolist())} for each in pairs]
    sizes = np.array([len(each) for each in pairs])
    based, form_of = (np.zeros((len(kinds), sizes.max()), np.int64) for _ in range(2))
    for at, each in enumerate(pairs):
        based[at, : len(each)], form_of[at, : len(each)] = each[:, 0], each[:, 1]
    kept: list[tuple[int, list[int], list[int], list[int], list[int]]] = []
    for example in examples:
        kind = kinds.index(example.kind)
        spot = spots[kind]
        good = {spot.get((place.get(base, -1), 0 if base == "" else formed.get(form, -1))) for base, form in example.answers}
        good.discard(None)
        if good:
            told = [
                (place[base], common[n]) for base, names in example.shared.items() if base in place for n in names if n in common
            ]
            features = [index[name] for name in example.features if name in index]
            kept.append((kind, features, [one for one, _ in told], [one for _, one in told], sorted(good)))  # type: ignore[type-var]
    right = np.zeros((len(kept), sizes.max()), bool)
    for at, each_kept in enumerate(kept):
        right[at, each_kept[4]] = True
    data = (
        np.array([each[0] for each in kept]),
        _edges([len(each[1]) for each in kept]),
        np.array([one for each in kept for one in each[1]], np.int64),
        _edges([len(each[2]) for each in kept]),
        np.array([one for each in kept for one in each[2]], np.int64),
        np.array([one for each in kept for one in each[3]], np.int64),
        right,
    )
    chance = np.random.default_rng(0)
    bases, forms = len(seat.bases), len(seat.forms)
    around, to_base, to_form = (
        _start(chance, len(index), how.hidden),
        _start(chance, how.hidden, bases),
        _start(chance, how.hidden, forms),
    )
    bias, base_bias, form_bias, shared = _zeros(how.hidden), _zeros(bases), _zeros(forms), _zeros(len(common))
    weights = (around, bias, to_base, base_bias, to_form, form_bias, shared)
    squares = tuple(_seen(*each.shape[:1]) if each is around else _seen(*each.shape) for each in weights)
    for step in _steps(how):
        order = chance.permutation(len(kept))
        _round(order, *data, based, form_of, sizes, *weights, *squares, how.left_out, step, chance)
    return {
        "names": index,
        "around": around,
        "bias": bias,
        "bases": np.vstack([to_base, base_bias]),
        "forms": np.vstack([to_form, form_bias]),
        "common": common,
        "shared": shared,
    }


@njit(fastmath=True, cache=False)
def _left(names, first, end, left_out, chance, used):  # type: ignore[no-untyped-def]
    """Puts the names that are not left out this time into ``used``, and says how many they are."""
    count = 0
    for j in range(first, end):
        if chance.random() >= left_out:
            used[count] = names[j]
            count += 1
    return count


@njit(fastmath=True, cache=False)
def _round(  # type: ignore[no-untyped-def]
    order, kinds, edges, names, told, told_base, told_name, right, based, form_of, sizes,
    around, bias, to_base, base_bias, to_form, form_bias, shared,
    s_around, s_bias, s_to_base, s_base_bias, s_to_form, s_form_bias, s_shared, left_out, step, chance,
):  # fmt: skip
    width, bases, forms = around.shape[1], to_base.shape[1], to_form.shape[1]
    hidden, back, strong = np.zeros(width, np.float32), np.zeros(width, np.float32), np.zeros(width, np.float32)
    of_base, of_form = np.zeros(bases, np.float32), np.zeros(forms, np.float32)
    d_base, d_form = np.zeros(bases, np.float32), np.zeros(forms, np.float32)
    score = np.zeros(based.shape[1])
    for i in order:
        kind = kinds[i]
        size = sizes[kind]
        used = np.empty(edges[i + 1] - edges[i], np.int64)
        count = _left(names, edges[i], edges[i + 1], left_out, chance, used)
        scale = np.float32(1.0 / np.sqrt(max(count, 1)))
        hidden[:] = bias
        for j in range(count):
            for q in range(width):
                hidden[q] += around[used[j], q] * scale
        for q in range(width):
            strong[q] = 1 / STRONG if hidden[q] > 0 and chance.random() < STRONG else 0.0
            hidden[q] *= strong[q]
        of_base[:], of_form[:] = base_bias, form_bias
        for q in range(width):
            if hidden[q] != 0:
                of_base += hidden[q] * to_base[q]
                of_form += hidden[q] * to_form[q]
        for j in range(told[i], told[i + 1]):
            of_base[told_base[j]] += shared[told_name[j]]
        most = -1e30
        for p in range(size):
            score[p] = of_base[based[kind, p]] + of_form[form_of[kind, p]]
            most = max(most, score[p])
        total, good = 0.0, 0.0
        for p in range(size):
            score[p] = np.exp(score[p] - most)
            total += score[p]
            if right[i, p]:
                good += score[p]
        good = max(good, 1e-30)
        d_base[:], d_form[:] = 0, 0
        for p in range(size):
            slope = score[p] / total - (score[p] / good if right[i, p] else 0.0)
            d_base[based[kind, p]] += slope
            d_form[form_of[kind, p]] += slope
        for j in range(told[i], told[i + 1]):
            slope, k = d_base[told_base[j]], told_name[j]
            s_shared[k] += slope * slope
            shared[k] -= step * slope / np.sqrt(s_shared[k])
        for q in range(width):
            back[q] = 0
            if hidden[q] != 0:
                pull = np.float32(0.0)
                for b in range(bases):
                    pull += to_base[q, b] * d_base[b]
                    slope = hidden[q] * d_base[b]
                    s_to_base[q, b] += slope * slope
                    to_base[q, b] -= step * slope / np.sqrt(s_to_base[q, b])
                for b in range(forms):
                    pull += to_form[q, b] * d_form[b]
                    slope = hidden[q] * d_form[b]
                    s_to_form[q, b] += slope * slope
                    to_form[q, b] -= step * slope / np.sqrt(s_to_form[q, b])
                back[q] = pull * strong[q]
                s_bias[q] += back[q] * back[q]
                bias[q] -= step * back[q] / np.sqrt(s_bias[q])
        for b in range(bases):
            s_base_bias[b] += d_base[b] * d_base[b]
            base_bias[b] -= step * d_base[b] / np.sqrt(s_base_bias[b])
        for b in range(forms):
            s_form_bias[b] += d_form[b] * d_form[b]
            form_bias[b] -= step * d_form[b] / np.sqrt(s_form_bias[b])
        size_of_slope = np.float32(0.0)
        for q in range(width):
            size_of_slope += back[q] * back[q]
        for j in range(count):
            k = used[j]
            s_around[k] += size_of_slope * scale * scale / width
            own = step * scale / np.sqrt(s_around[k])
            for q in range(width):
                around[k, q] -= own * back[q]


def choices(choices: list[Choice], times: int = 1, how: How = CHOICES) -> dict[str, Any]:
    """The network that scores candidates, by name: ``names`` with ``own`` (name, hidden and what it adds straight), ``asked``
    names with ``about`` (name, hidden), ``bias`` and ``out`` (hidden,)."""
    choices = [choice for choice in choices if any(choice.right)]
    index = vocabulary((names for choice in choices for names in choice.candidates), how.least * times)
    asked = vocabulary((choice.asked for choice in choices), how.least * times)
    candidates = [[index[name] for name in names if name in index] for choice in choices for names in choice.candidates]
    said = [[asked[name] for name in choice.asked if name in asked] for choice in choices]
    data = (
        _edges([len(choice.candidates) for choice in choices]),
        _edges([len(each) for each in candidates]),
        np.array([one for each in candidates for one in each], np.int64),
        _edges([len(each) for each in said]),
        np.array([one for each in said for one in each], np.int64),
        np.array([one for choice in choices for one in choice.right], bool),
    )
    chance = np.random.default_rng(0)
    own, about, straight = _start(chance, len(index), how.hidden), _start(chance, len(asked), how.hidden), _zeros(len(index))
    bias, out = _zeros(how.hidden), _start(chance, how.hidden, size=0.3)
    weights = (own, about, straight, bias, out)
    squares = (_seen(len(index)), _seen(len(asked)), np.full(len(index), 0.1, np.float32), _seen(how.hidden), _seen(how.hidden))
    room = (int(np.diff(data[0]).max()), max(len(each) for each in candidates))
    for step in _steps(how):
        _choose(chance.permutation(len(choices)), *data, *weights, *squares, how.left_out, step, chance, *room)
    return {
        "names": index,
        "own": np.hstack([own, straight[:, None]]),
        "asked": asked,
        "about": about,
        "bias": bias,
        "out": out,
    }


@njit(fastmath=True, cache=False)
def _choose(  # type: ignore[no-untyped-def]
    order, edges, name_edges, names, said_edges, said, right, own, about, straight, bias, out,
    s_own, s_about, s_straight, s_bias, s_out, left_out, step, chance, most_candidates, most_names,
):  # fmt: skip
    width = own.shape[1]
    heard, back_heard, back = np.zeros(width, np.float32), np.zeros(width, np.float32), np.zeros(width, np.float32)
    strong = np.zeros(width, np.float32)
    hidden, score = np.zeros((most_candidates, width), np.float32), np.zeros(most_candidates)
    used, ends = np.empty((most_candidates, most_names), np.int64), np.zeros(most_candidates, np.int64)
    for i in order:
        size = edges[i + 1] - edges[i]
        told = np.empty(said_edges[i + 1] - said_edges[i], np.int64)
        count = _left(said, said_edges[i], said_edges[i + 1], left_out, chance, told)
        scale_said = np.float32(1 / np.sqrt(max(count, 1)))
        heard[:] = bias
        for j in range(count):
            for q in range(width):
                heard[q] += about[told[j], q] * scale_said
        for q in range(width):
            strong[q] = 1 / STRONG if chance.random() < STRONG else 0.0
        most = -1e30
        for c in range(size):
            k = edges[i] + c
            met = _left(names, name_edges[k], name_edges[k + 1], left_out, chance, used[c])
            ends[c] = met
            scale = np.float32(1 / np.sqrt(max(met, 1)))
            total = 0.0
            hidden[c, :] = 0
            for j in range(met):
                for q in range(width):
                    hidden[c, q] += own[used[c, j], q] * scale
                total += straight[used[c, j]]
            for q in range(width):
                value = hidden[c, q] + heard[q]
                hidden[c, q] = value * strong[q] if value > 0 else 0.0
                total += hidden[c, q] * out[q]
            score[c] = total
            most = max(most, total)
        total, good = 0.0, 0.0
        for c in range(size):
            score[c] = np.exp(score[c] - most)
            total += score[c]
            if right[edges[i] + c]:
                good += score[c]
        good = max(good, 1e-30)
        back_heard[:] = 0
        for c in range(size):
            slope = score[c] / total - (score[c] / good if right[edges[i] + c] else 0.0)
            if abs(slope) < 1e-4:
                continue
            scale = np.float32(1 / np.sqrt(max(ends[c], 1)))
            size_of_slope = 0.0
            for q in range(width):
                back[q] = 0
                if hidden[c, q] > 0:
                    back[q] = slope * out[q] * strong[q]
                    of_out = slope * hidden[c, q]
                    s_out[q] += of_out * of_out
                    out[q] -= step * of_out / np.sqrt(s_out[q])
                    back_heard[q] += back[q]
                    size_of_slope += back[q] * back[q]
            for j in range(ends[c]):
                k = used[c, j]
                s_straight[k] += slope * slope
                straight[k] -= step * slope / np.sqrt(s_straight[k])
                if size_of_slope > 0:
                    s_own[k] += size_of_slope * scale * scale / width
                    its = step * scale / np.sqrt(s_own[k])
                    for q in range(width):
                        own[k, q] -= its * back[q]
        size_of_slope = 0.0
        for q in range(width):
            size_of_slope += back_heard[q] * back_heard[q]
            s_bias[q] += back_heard[q] * back_heard[q]
            bias[q] -= step * back_heard[q] / np.sqrt(s_bias[q])
        for j in range(count):
            k = told[j]
            s_about[k] += size_of_slope * scale_said * scale_said / width
            its = step * scale_said / np.sqrt(s_about[k])
            for q in range(width):
                about[k, q] -= its * back_heard[q]
