"""The judges' sums: C and NumPy give the same bits, and without a compiler the same claims."""

from __future__ import annotations

import logging

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salpi.engine import native
from salpi.evidence.extract import extract_claims
from salpi.evidence.judges import kernel
from salpi.evidence.judges.index import Index
from salpi.evidence.judges.learn import Making, fill
from salpi.evidence.judges.roles import FAMILIES
from salpi.evidence.judges.rows import Held, Rows
from salpi.evidence.record import Document

WHY = "no C compiler was found; pip install 'salpi[compiler]' brings one"
TEXT = """Halvar Biologics raised its sales to $420 million in 2024, up 12 percent; exports were 60 percent of them.

매출은 4,200억 원으로 전년보다 12% 늘었다. 영업이익은 310억 원, 직원은 1,250명이다. 2030년까지 수출 10억 달러를 목표로 한다.
"""
COLUMNS = 13


def _steps(chance: np.random.Generator, names: int, more: int) -> Rows:
    steps = chance.integers(-31, 32, (names, COLUMNS)).astype(np.int8)
    return Rows(steps, chance.random(names, np.float32), chance.normal(size=(names, more)).astype(np.float32))


@pytest.fixture
def without(monkeypatch):
    """No kernel, whatever the machine has."""

    def leave() -> None:
        monkeypatch.setattr(kernel, "kernel", lambda: None)

    return leave


def _both(without, work):
    if kernel.kernel() is None:
        pytest.skip("needs a C compiler (apt-get install gcc libc6-dev)")
    found = work()
    without()
    return found, work()


@pytest.mark.parametrize("seed", range(20))
def test_sums_of_names_have_the_same_bits(without, seed):
    chance = np.random.default_rng(seed)
    rows, index = _steps(chance, 40, 2), Index.of([f"{head}{n}" for head in ("", "약=", "w+1=") for n in range(20)][:40])

    def some(most: int, *heads: str) -> tuple[str, ...]:
        """Names, or pieces of them; the last few are none."""
        return tuple(f"{chance.choice(heads or ('',))}{n}" for n in chance.integers(0, 24, chance.integers(0, most)))

    each = [some(9, "", "약=", "x="), (), some(200, "", "약="), some(9), ("a\nb", "3")]
    words = [tuple(some(5) for _ in FAMILIES) for _ in range(3)] + [tuple(some(90) for _ in FAMILIES)]
    making = Making((((0, ""), (3, "약=")), ((1, "w+1="), (0, "약=")), ((7, ""),)), ((0,), (1, 2), (2,), (0, 2)))

    def work() -> tuple[bytes, bytes, list[float]]:
        filled, spread = (Held.of(np.zeros((size, rows.columns), np.float32)) for size in (8, 28))
        fill(filled, rows, index, [3, 0, 7, 1, 2], each)
        making.spread(spread, rows, index, [2, 0, 6, 3], words)
        return filled.array.tobytes(), spread.array.tobytes(), kernel.total(filled, [3, 3, 0])

    native, reference = _both(without, work)
    assert native == reference
    assert any(native[0])
    assert any(native[1])


NAMES = st.lists(st.text(st.characters(exclude_characters="\n"), min_size=1, max_size=6), max_size=30, unique=True)


@given(st.lists(NAMES, max_size=3), st.lists(st.text(max_size=6)))
def test_names_have_the_same_rows(lists, asked):
    """Also beside each other, when they begin alike, or are no names at all."""
    texts = ["\n".join(names).encode("utf-8", "surrogatepass") for names in lists]
    asked = [*asked, *(name + more for names in lists for name in names for more in ("", "a"))]
    found = Index(*texts)
    known: dict[str, int] = {}
    for name in (name for names in lists for name in names):
        known.setdefault(name, len(known))
    assert [each.tolist() for each in found.given] == [[known[name] for name in names] for names in lists if names]
    assert len(found) == len(known)
    assert [*found.find(asked)] == [known.get(name, -1) for name in asked]


@pytest.mark.parametrize("seed", range(20))
def test_scores_have_the_same_bits(without, seed):
    chance = np.random.default_rng(seed)
    heard, rows = (chance.normal(size=(30, COLUMNS + more)).astype(np.float32) for more in (1, 2))
    heard[:, -1], rows[:, -1] = chance.integers(0, 5, 30), chance.integers(0, 5, 30)
    heard[0] = rows[0] = 0  # as in a memo
    bias, speaks = (chance.normal(size=COLUMNS).astype(np.float32) for _ in range(2))
    said = chance.integers(0, 30, seed % 4).tolist()
    numbers = [len(said), *said, 1 + seed % 7]
    for _ in range(1 + seed % 7):
        own = chance.integers(0, 30, chance.integers(0, 9)).tolist()
        numbers += [len(own), *own]
    native, reference = _both(without, lambda: kernel.scores(numbers, *map(Held.of, (heard, rows, bias, speaks))))
    assert native == reference


@pytest.mark.parametrize("seed", range(20))
def test_what_speaks_in_a_layer_has_the_same_bits(without, seed):
    """Also of many rows, which NumPy adds eight beside each other, and of very many, which it adds in halves."""
    chance = np.random.default_rng(seed)
    width, numbers = COLUMNS + seed % 9, 5
    held = Held.of(chance.normal(size=(30, width + 3)).astype(np.float32))
    held.array[:, -1] = chance.integers(0, 5, 30)
    held.array[0] = 0  # as in a memo
    bias = Held.of(chance.normal(size=width).astype(np.float32))
    few, many = ([chance.integers(0, 30, size).tolist() for size in chance.integers(1, most, numbers)] for most in (40, 400))
    chosen = [3, 0, 4]
    toward = chance.normal(size=(len(chosen), width)).astype(np.float32)

    def work() -> tuple[bytes, bytes, list[float]]:
        sums, answers = Held.of(np.zeros((numbers, width + 3), np.float32)), Held.of(toward.copy())
        kernel.add(sums, held, [[], *few[1:]])
        kernel.add(sums, held, few, in_eights=True)
        kernel.add(sums, held, many, in_eights=True)
        kernel.wake(sums, bias)
        kernel.awake(answers, sums, chosen)
        return sums.array.tobytes(), answers.array.tobytes(), kernel.loud(held, [few[at][at:] for at in chosen], answers)

    native, reference = _both(without, work)
    assert native == reference
    assert any(native[1])


def test_claims_are_the_same_without_a_compiler_and_a_line_says_so(catalogue, monkeypatch, caplog):
    document = Document("0", "note", TEXT)
    found = extract_claims(document, catalogue)

    def none(source: str) -> None:
        raise native.KernelError(WHY)

    monkeypatch.setattr(native, "build", none)
    kernel.kernel.cache_clear()
    try:
        with caplog.at_level(logging.INFO):
            assert extract_claims(document, catalogue) == found
            assert [record.message for record in caplog.records] == [
                f"claims are judged by NumPy, with the same results but slower: {WHY}"
            ]
    finally:
        kernel.kernel.cache_clear()
