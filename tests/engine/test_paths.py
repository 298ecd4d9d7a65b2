"""Paths of channels: what a push does, and that the kernel has the bits of the NumPy reading, whatever acts when."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salpi.engine.paths import Force, Push, Pushed, Ramp, laid

START, END, DRAWS = 240, 300, 45


def numbers(low: float, high: float) -> st.SearchStrategy[np.ndarray]:
    """One for all draws, or one each: all alike in half of a block, so that ends and beginnings meet there."""
    each = st.lists(st.floats(low, high), min_size=2, max_size=5).map(lambda some: np.resize(np.array(some), DRAWS))
    return st.one_of(each, st.sampled_from([low, high, float(round((low + high) / 2))]).map(lambda x: np.array([x])))


ramps = st.builds(Ramp, numbers(200.0, 320.0), numbers(0.0, 40.0), st.sampled_from([np.inf, 230.0, 270.0, 299.0]))
forces = st.builds(Force, ramps, st.sampled_from([np.inf, 0.0, 250.0, 265.0]), st.floats(0.0, 2.0), st.none() | ramps)
pushes = st.builds(
    Push,
    forces,
    numbers(-0.9, 2.0),
    numbers(0.0, 1.0),
    st.lists(forces, max_size=2).map(tuple),
    st.sampled_from([0.0, 0.4, 6.0, 60.0]),
    st.integers(1, 9),
)
channels = st.lists(st.builds(Pushed, st.floats(0.0, 1.0), st.booleans(), st.lists(pushes, max_size=3).map(tuple)), max_size=3)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(heard=channels, draws=st.sampled_from([1, 32, DRAWS]))
def test_the_kernel_has_the_bits_of_numpy(call, heard, draws) -> None:
    heard = [Pushed(c.neutral, c.multiply, tuple(_cut(p, draws) for p in c.pushes)) for c in heard]
    for one, other in zip(laid(heard, draws, START, END), laid(heard, draws, START, END, call), strict=True):
        shape = (END - START, max(one.shape[1], other.shape[1]))
        assert np.broadcast_to(one, shape).tobytes() == np.broadcast_to(other, shape).tobytes()


def _cut(push: Push, draws: int) -> Push:
    def ramp(r: Ramp) -> Ramp:
        return Ramp(r.start[:draws], r.length[:draws], r.end)

    def force(f: Force) -> Force:
        return Force(ramp(f.planned), f.since, f.intensity, ramp(f.moved) if f.moved else None)

    takers = tuple(force(t) for t in push.takers)
    return Push(force(push.force), push.size[:draws], push.realised[:draws], takers, push.mean, push.order)


ALWAYS = Ramp(np.array([0.0]), np.array([0.0]), np.inf)


def test_a_channel_that_nothing_pushes_is_neutral_in_every_draw(call) -> None:
    for how in (None, call):
        (path,) = laid([Pushed(0.25, True, ())], DRAWS, START, END, how)
        assert path.shape == (END - START, 1)
        assert set(path.ravel()) == {0.25}


@pytest.mark.parametrize(("multiply", "size", "full"), [(True, 0.5, 1.5 * 1.5), (False, 0.5, 2.0)])
def test_pushes_multiply_or_add_to_their_full_size(multiply, size, full, call) -> None:
    push = Push(Force(ALWAYS), np.array([size]), np.ones(1))
    for how in (None, call):
        (path,) = laid([Pushed(1.0, multiply, (push, push))], DRAWS, START, END, how)
        assert np.allclose(path, full, rtol=1e-15)


def test_the_past_of_a_moved_force_is_as_planned() -> None:
    moved = Force(ALWAYS, 260.0, 0.5, Ramp(np.array([270.0]), np.array([0.0]), np.inf))
    (path,) = laid([Pushed(0.0, False, (Push(moved, np.ones(1), np.ones(1)),))], 1, START, END)
    assert path[:, 0].tolist() == [1.0] * 20 + [0.0] * 10 + [0.5] * 30


def test_what_takes_over_leaves_the_rest() -> None:
    taker = Force(Ramp(np.array([250.0]), np.array([0.0]), np.inf), 0.0, 0.75)
    (path,) = laid([Pushed(0.0, False, (Push(Force(ALWAYS), np.ones(1), np.ones(1), (taker,)),))], 1, START, END)
    assert path[:, 0].tolist() == [1.0] * 10 + [0.25] * 50
