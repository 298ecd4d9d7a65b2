"""Keyed randomness: the published generator, and numbers that depend on their key alone."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from salpi.engine.random import bits, check_purposes, philox, purpose_key, uniform, uniforms, uniforms32

WORD = st.integers(0, 2**32 - 1)
SEED = st.integers(0, 2**64 - 1)

PUBLISHED = [
    ("00000000 00000000 00000000 00000000", "00000000 00000000", "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
    ("ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff", "408f276d 41c83b0e a20bc7c6 6d5451fd"),
    ("243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0", "d16cfe09 94fdcceb 5001e420 24126ea1"),
]
"""Philox4x32-10: counter, key, output. Source: Random123 (D. E. Shaw Research), tests/kat_vectors."""


def words(text: str) -> list[int]:
    return [int(w, 16) for w in text.split()]


def plainly(counter: list[int], key: int) -> list[int]:
    """The generator as the paper writes it, one number at a time in Python's own integers."""
    a, b, c, d = counter
    k0, k1 = key & 0xFFFFFFFF, key >> 32
    for _ in range(10):
        p, q = 0xD2511F53 * a, 0xCD9E8D57 * c
        a, b, c, d = (q >> 32) ^ b ^ k0, q & 0xFFFFFFFF, (p >> 32) ^ d ^ k1, p & 0xFFFFFFFF
        k0, k1 = (k0 + 0x9E3779B9) & 0xFFFFFFFF, (k1 + 0xBB67AE85) & 0xFFFFFFFF
    return [a, b, c, d]


@pytest.mark.parametrize("counter, key, output", PUBLISHED)
def test_the_published_vectors(counter: str, key: str, output: str) -> None:
    k0, k1 = words(key)
    assert [int(w) for w in philox(*words(counter), k0 | k1 << 32)] == words(output)


@given(counter=st.lists(WORD, min_size=4, max_size=4), key=SEED)
def test_any_counter_and_key_as_the_paper_writes_it(counter: list[int], key: int) -> None:
    assert [int(w) for w in philox(*counter, key)] == plainly(counter, key)


@settings(max_examples=20, deadline=None)
@given(seed=SEED, start=st.integers(0, 2**31), length=st.integers(1, 9000), cut=st.integers(0, 9000))
def test_a_number_does_not_depend_on_what_is_drawn_with_it(seed: int, start: int, length: int, cut: int) -> None:
    draws = np.arange(start, start + length)
    whole = uniform(seed, "x", draws, 3, 5)
    cut = min(cut, length)
    parts = np.concatenate([uniform(seed, "x", draws[:cut], 3, 5), uniform(seed, "x", draws[cut:], 3, 5)])
    assert whole.tobytes() == parts.tobytes()
    assert uniform(seed, "x", draws[::-1], 3, 5)[::-1].tobytes() == whole.tobytes()
    assert float(uniform(seed, "x", start + length - 1, 3, 5)) == whole[-1]


def test_keys_broadcast() -> None:
    grid = uniform(1, "x", np.arange(3)[None, :], np.arange(4)[:, None], 7)
    assert grid.shape == (4, 3)
    assert float(grid[2, 1]) == float(uniform(1, "x", 1, 2, 7))


def test_every_part_of_the_key_matters() -> None:
    first = uniform(1, "x", 0, 0, 0)
    others = [uniform(2, "x", 0), uniform(1 + 2**32, "x", 0), uniform(1, "y", 0), uniform(1, "x", 1)]
    others += [uniform(1, "x", 0, 1), uniform(1, "x", 0, 0, 1)]
    assert len({float(first), *map(float, others)}) == 7


def test_numbers_lie_inside_the_unit_interval_whatever_the_words(monkeypatch: pytest.MonkeyPatch) -> None:
    from salpi.engine import random

    for word in (0, 0xFFFFFFFF):
        full = np.full(1, word, dtype=np.uint32)
        monkeypatch.setattr(random, "bits", lambda *a, full=full: (full, full, full, full))
        assert 0.0 < float(random.uniform(1, "x", 0)[0]) < 1.0
        assert all(0.0 < float(u[0]) < 1.0 for u in random.uniforms32(1, "x", 0))


def test_numbers_are_even_and_unrelated() -> None:
    """Kolmogorov–Smirnov, and no correlation between draws, members, years and purposes: each a test at one in a million."""
    u = uniform(20, "a", np.arange(20000))
    near = {
        "next draw": u[1:],
        "next member": uniform(20, "a", np.arange(20000), 1)[:-1],
        "next year": uniform(20, "a", np.arange(20000), 0, 1)[:-1],
        "other purpose": uniform(20, "b", np.arange(20000))[:-1],
        "next seed": uniform(21, "a", np.arange(20000))[:-1],
    }
    assert stats.kstest(u, "uniform").pvalue > 1e-6
    for name, other in near.items():
        assert stats.pearsonr(u[:-1], other).pvalue > 1e-6, name


def test_the_four_32_bit_numbers_are_four_streams() -> None:
    lanes = uniforms32(3, "e", np.arange(5000), 9)
    assert all(stats.kstest(lane, "uniform").pvalue > 1e-6 for lane in lanes)
    for i in range(4):
        for j in range(i):
            assert stats.pearsonr(lanes[i], lanes[j]).pvalue > 1e-6
    a, b, _, _ = bits(3, "e", np.arange(5000), 9)
    assert np.array_equal(lanes[0], (a + 0.5) * 2.0**-32)
    assert np.array_equal(lanes[1], (b + 0.5) * 2.0**-32)


def test_two_purposes_that_share_a_key_are_an_error() -> None:
    """CRC-32 of "plumless" and of "buckeroo" is the same: the best known pair of words."""
    assert purpose_key("plumless") == purpose_key("buckeroo")
    with pytest.raises(ValueError, match=r"'plumless' and 'buckeroo' share a random key: rename one"):
        check_purposes(["a", "plumless", "b", "buckeroo"])
    check_purposes(["a", "b", "plumless"])


def test_many_purposes_at_once_are_each_as_alone() -> None:
    draws = np.arange(500, dtype=np.int64)
    together = uniforms(7, ["a", "b.c", "a.b"], draws)
    assert together.shape == (3, 500)
    for row, purpose in zip(together, ("a", "b.c", "a.b"), strict=True):
        assert np.array_equal(row, uniform(7, purpose, draws))
