"""The order in which sectors run, and every way in which they do not fit, named."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from toys import entities, give, need, plain

from salpi.engine.declare import Sector
from salpi.engine.wiring import WiringError, wire


def names(*sectors: Sector) -> list[list[str]]:
    return [[s.name for s in group] for group in wire(sectors)]


def test_a_sector_runs_after_those_it_needs() -> None:
    c, b, a = plain("c", (need("b.y"), need("a.y"))), plain("b", (need("a.y"),)), plain("a")
    assert names(c, b, a) == [["a"], ["b"], ["c"]]


def test_sectors_that_need_nothing_keep_their_order() -> None:
    assert names(plain("b"), plain("a")) == [["b"], ["a"]]


@given(st.integers(2, 7), st.randoms(use_true_random=False))
def test_whatever_the_order_in_which_they_stand(n: int, shuffle: random.Random) -> None:
    """Sector i needs some of those before it; however they are shuffled, each comes after all that it needs."""
    wants = {i: [j for j in range(i) if shuffle.random() < 0.5] for i in range(n)}
    sectors = [plain(f"s{i}", tuple(need(f"s{j}.y", lag=shuffle.randint(0, 1)) for j in wants[i])) for i in range(n)]
    shuffle.shuffle(sectors)
    order = [name for group in names(*sectors) for name in group]
    assert sorted(order) == sorted(f"s{i}" for i in range(n))
    for i, others in wants.items():
        assert all(order.index(f"s{j}") < order.index(f"s{i}") for j in others)


def test_a_feedback_through_last_month_makes_one_group() -> None:
    a, b = plain("a", (need("b.y", lag=1),)), plain("b", (need("a.y"),))
    after = plain("after", (need("b.y"),))
    assert names(after, b, a) == [["a", "b"], ["after"]]


def test_a_sector_may_read_its_own_last_month() -> None:
    assert names(plain("a", (need("a.y", lag=1),))) == [["a"]]


def problems(*sectors: Sector) -> tuple[str, ...]:
    with pytest.raises(WiringError) as caught:
        wire(sectors)
    assert str(caught.value) == "\n".join(caught.value.problems)
    return caught.value.problems


def test_two_givers_of_one_output() -> None:
    twin = Sector("twin", plain("a").step, (give("a.y"),))
    assert problems(plain("a"), twin) == ("'a.y' is given by a and by twin; one must give way",)


def test_a_need_that_nobody_gives_names_what_there_is() -> None:
    assert problems(plain("a", gives=("x", "y")), plain("b", (need("a.z"), need("q.z")))) == (
        "b needs 'a.z', which no sector gives (there is: a.x, a.y)",
        "b needs 'q.z', which no sector gives (there is: nothing of that name)",
    )


def test_a_need_over_other_dims() -> None:
    wide = Sector("w", plain("w").step, (give("w.y", dim="plant"),))
    assert problems(wide, plain("b", (need("w.y"),))) == ("b needs 'w.y' as one number, w gives it over plant",)
    assert problems(wide, plain("b", (need("w.y", dim="country"),))) == ("b needs 'w.y' over country, w gives it over plant",)


def test_a_cycle_within_one_month_says_how_to_break_it() -> None:
    a, b = plain("a", (need("b.y"),)), plain("b", (need("a.y"),))
    assert problems(a, b) == ("a → b need each other within one month; let one of them read last month's value (lag=1)",)


def test_a_sector_that_needs_itself_within_one_month() -> None:
    assert problems(plain("a", (need("a.y"),))) == (
        "a needs its own 'a.y' of the same month; let it read last month's value (lag=1)",
    )


def test_entities_in_a_feedback() -> None:
    (line,) = problems(entities("e", (need("b.y", lag=1),)), plain("b", (need("e.y"),)))
    assert line == "e, b feed each other, but a sector of entities cannot be part of a feedback"


def test_entities_that_need_their_own_output() -> None:
    assert problems(entities("e", (need("e.y", lag=1),))) == (
        "e needs its own 'e.y', but a sector of entities cannot be part of a feedback",
    )


def test_all_that_is_wrong_is_told_at_once() -> None:
    found = problems(plain("a"), plain("b", (need("x.y"),)), plain("c", (need("a.z"),)), plain("a"))
    assert len(found) == 4
    assert "two sectors are named a; rename one" in found
