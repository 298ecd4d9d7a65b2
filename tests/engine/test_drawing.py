"""Parameters drawn by the kernel have the bits of the NumPy reading: every kind, bounds, tails, any number of draws."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import bio30
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import salpi
from salpi.engine import drawing
from salpi.engine.distributions import KINDS, Distribution
from salpi.engine.drawing import Drawn
from salpi.engine.kernels import KernelError, Kernels, prepare
from salpi.engine.random import uniform
from salpi.engine.run import run
from salpi.engine.special import beta_quantile, gamma_quantile
from salpi.model.simulate import build

BOUNDS = ((None, None), (0.35, None), (None, 0.75), (0.35, 0.75), (-1.0, 2.0))
MIXED = {f"{k} {b}": Distribution(k, 0.5, 0.3, 0.8, bounds=b) for k in KINDS for b in BOUNDS} | {
    "no width": Distribution("beta", 0.5, 0.5, 0.5),
    "one limb": Distribution("triangular", 2.0, 2.0, 3.0),
    "the other limb": Distribution("triangular", 3.0, 2.0, 3.0),
    "flat": Distribution("beta", 0.5, 0.1, 0.9, a=0.05, b=0.07),
    "steep": Distribution("gamma", 1e9, 0.9999e9, 1.0001e9),
    "wide": Distribution("lognormal", 1e-200, 1e-300, 1e200),
    "negative": Distribution("normal", -3.0, -9.0, 1e6),
}
some = st.lists(st.sampled_from(sorted(MIXED)), min_size=1, unique=True)


def same(drawn: Drawn, draws: np.ndarray, call: Any, ids: tuple[str, ...] | None = None) -> None:
    ids = tuple(drawn.of) if ids is None else ids
    one, other = drawn(ids, draws), drawn(ids, draws, call)
    assert tuple(one) == tuple(other) == ids
    for id in ids:
        assert other[id].shape == draws.shape
        assert one[id].tobytes() == other[id].tobytes(), id


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 2**64 - 1), first=st.integers(0, 2**32 - 200), size=st.integers(1, 100), ids=some)
def test_any_kinds_in_any_order_have_the_bits_of_numpy(call, seed, first, size, ids) -> None:
    same(Drawn(MIXED, seed), np.arange(first, first + size), call, tuple(ids))


def test_the_numbers_are_the_keyed_ones(call) -> None:
    """A number hangs on seed, id and draw: not on the other parameters, nor on the draws beside it."""
    draws = np.array([2**32 - 1, 0, 7])
    found = Drawn(MIXED, 11)(tuple(MIXED), draws, call)
    for id, distribution in MIXED.items():
        assert found[id].tobytes() == distribution.quantile(uniform(11, f"parameter.{id}", draws)).tobytes(), id
        (alone,) = Drawn(MIXED, 11)((id,), draws[1:2], call)[id]
        assert alone == found[id][1]


@pytest.mark.parametrize("kind", KINDS[1:])
def test_tails(call, kind) -> None:
    """Bounds that leave a tail alone lead where no draw comes by itself."""
    whole = Distribution(kind, 0.5, 0.3, 0.8)
    tails = {}
    for p in (1e-3, 1e-11, 1e-13, 1e-15):
        low, high = (float(whole.quantile(u)) for u in (p, 1.0 - p))
        tails |= {f"below {p}": replace(whole, bounds=(None, low)), f"above {p}": replace(whole, bounds=(high, None))}
    if kind == "normal":
        tails |= {f"beyond {x}": replace(whole, bounds=b) for x, b in ((-9, (None, -9.0)), (9, (9.0, None)))}
    same(Drawn(tails, 3), np.arange(300), call)


def test_no_parameters_at_all(call) -> None:
    assert Drawn({}, 1)((), np.arange(3), call) == {}


def test_what_was_drawn_is_kept_for_models_that_share_it(call) -> None:
    memo: dict[Any, Any] = {}
    calls: list[int] = []

    def counted(arrays: Any, outs: Any, meta: Any) -> int:
        calls.append(int(meta[1]))
        return int(call(arrays, outs, meta))

    draws, ids = np.arange(40), tuple(MIXED)
    before = Drawn(MIXED, 5, memo)(ids, draws, counted)
    held = MIXED | {ids[7]: Distribution("fixed", 1.5)}
    after = Drawn(held, 5, memo)(ids, draws, counted)
    assert calls == [len(ids), 1], "only what the scenario holds is drawn anew"
    assert all(after[id] is before[id] for id in ids if id != ids[7])
    assert set(after[ids[7]]) == {1.5}
    Drawn(MIXED, 6, memo)(ids, draws, counted)
    assert calls[2:] == [len(ids)], "another seed has other numbers"


@pytest.mark.parametrize("engine", ["native", "wasm"])
def test_a_model_that_says_how_its_parameters_are_drawn_has_the_kernel(engine) -> None:
    model = bio30.model()
    try:
        kernels = prepare(model, engine)
    except KernelError as error:
        pytest.skip(f"needs a kernel: {error}")
    assert set(kernels.calls) == {"bio30", drawing.NAME}
    draws = np.arange(70)
    drawn: list[int] = []
    kernel, call = kernels.calls[drawing.NAME]
    watched = Kernels(engine, {drawing.NAME: (kernel, lambda *a: drawn.append(1) or call(*a))})
    assert watched.parameters(model, draws).keys() == dict.fromkeys(model.parameter_ids()).keys()
    assert drawn == [1]
    plain = replace(model, parameters=lambda ids, draws: model.parameters(ids, draws))
    assert set(prepare(plain, engine).calls) == {"bio30"}
    watched.parameters(plain, draws)
    assert drawn == [1], "a model with a way of its own goes by that"
    one, other = (run(m, 70, 0, 24, kernels=k) for m, k in ((plain, None), (model, kernels)))
    assert all(one.annual[k].tobytes() == other.annual[k].tobytes() for k in one.annual)


def test_every_parameter_of_the_plan(call) -> None:
    plan = salpi.load_plan("korea")
    drawn = build(plan, salpi.scenario(plan), 20).parameters
    assert isinstance(drawn, Drawn)
    same(drawn, np.arange(1000, 1257), call)


shape = st.floats(-3.0, 5.0).map(lambda x: 10.0**x)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(shapes=st.one_of(st.tuples(shape), st.tuples(shape, shape)))
def test_tables_have_the_bits_of_numpy(call, shapes) -> None:
    (made,) = drawing.tables([shapes], call)
    wanted = gamma_quantile(*shapes) if len(shapes) == 1 else beta_quantile(*shapes)
    assert made.log == wanted.log
    assert made.table.tobytes() == wanted.table.tobytes()
    assert made.slope.tobytes() == wanted.slope.tobytes()


def test_a_shape_that_is_none_is_refused_by_the_kernel_too(call) -> None:
    for shapes in ((-1.0,), (2.0, 0.0)):
        with pytest.raises(ValueError, match="above 0"):
            drawing.tables([shapes], call)
