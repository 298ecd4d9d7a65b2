"""Random models through every reading: lives of entities, and stocks and flows in V8 as well."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from engine_models import LIVES_END, LIVES_START, random_lives, random_sectors
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_kernels import model, outcome

from elsewhere import Recorder, in_node, needs_node, write
from elsewhere import same as same_calls
from salpi.engine import entity_kernels, native, wasm
from salpi.engine.entities import EntityContext, run_entities
from salpi.engine.kernels import KernelError, _native, prepare, sources
from salpi.engine.random import uniform

MONTHS = LIVES_END - LIVES_START
CALM = (HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large)


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("SALPI_CACHE", str(tmp_path / "cache"))


def build(engine: str, source: str) -> Any:
    try:
        return _native(native.build(source)) if engine == "native" else wasm.load(wasm.build(source))
    except KernelError as error:
        pytest.skip(f"needs a kernel: {error}")


@pytest.mark.parametrize("engine", ["native", "wasm"])
@settings(max_examples=4, deadline=None, suppress_health_check=CALM)
@given(case=random_lives(), seed=st.integers(0, 2**64 - 1), draws=st.integers(1, 40), wide=st.booleans())
def test_random_lives_have_the_same_bits_as_the_reference(engine, case, seed, draws, wide) -> None:
    sector, bound = case
    numbers = np.arange(draws)
    p = {k: 2.0 * uniform(seed, f"parameter.{k}", numbers) - 0.5 for k in ("a", "b")}
    p["v"] = np.stack([uniform(seed, f"parameter.v.{k}", numbers) for k in range(3)])
    push = (0.5 + np.arange(MONTHS) / MONTHS)[:, None] * (1.0 + 0.1 * numbers[None, :] if wide else np.ones((1, 1)))
    context = EntityContext(p, {"push": push}, {}, seed, numbers, LIVES_START, LIVES_END)
    kernel = entity_kernels.emit(sector, bound, context.years)
    with np.errstate(all="ignore"):
        one = run_entities(sector, bound, context)
        other = entity_kernels.run(kernel, build(engine, kernel.source), sector, bound, context)
    assert set(one) == set(other)
    for name, values in one.items():
        assert np.asarray(values).tobytes() == np.ascontiguousarray(other[name]).tobytes(), name


@needs_node
@settings(max_examples=4, deadline=None, suppress_health_check=CALM)
@given(case=random_sectors(depth=4), seed=st.integers(0, 2**64 - 1))
def test_random_models_have_the_same_bits_in_v8(tmp_path_factory, case, seed) -> None:
    sector, bound = case
    m = model((sector,), {sector.name: bound}, seed, True)
    try:
        recorder = Recorder(prepare(m, "wasm"))
    except KernelError as error:
        pytest.skip(f"needs a kernel: {error}")
    finite = not isinstance(outcome(m, kernels=recorder.recording()), str)
    folder = tmp_path_factory.mktemp("calls")
    write(folder, recorder.calls, {name: wasm.build(k.source) for name, k in sources(m).items()})
    if finite:
        assert same_calls(recorder.calls, in_node(folder)) == []
    else:
        with pytest.raises(AssertionError, match="values are not finite"):
            in_node(folder)
