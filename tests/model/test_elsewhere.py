"""The plan's modules that come along run in Node and in a page's worker, with the bits of wasmtime and of native code."""

from __future__ import annotations

from dataclasses import replace

import bio30
import numpy as np
import pytest

import salpi
from elsewhere import Recorder, in_browser, in_node, needs_browser, needs_node, same, write
from salpi.engine import wasm
from salpi.engine.kernels import KernelError, Kernels, prepare, sources
from salpi.engine.run import Model, run
from salpi.model import modules
from salpi.model.simulate import build, end_month, first_month

pytestmark = pytest.mark.xdist_group("elsewhere")
DRAWS = 75  # two blocks of lanes and a rest


def recorded(model: Model, start: int, end: int, kernels: Kernels) -> list:
    """Two calls of each kernel: in the second some numbers are new, the others as they were."""
    recorder = Recorder(kernels)
    for seed in (model.seed, model.seed + 1):
        run(replace(model, seed=seed), DRAWS, start, end, kernels=recorder.recording(), block=DRAWS)
    return sorted(recorder.calls, key=lambda call: call.name)


def prepared(model: Model, engine: str, years: range, find=None) -> Kernels:
    try:
        return prepare(model, engine, find, years)
    except KernelError as error:
        pytest.skip(f"needs a kernel: {error}")


@pytest.fixture(scope="module", params=["plan", "bio30"])
def case(request, tmp_path_factory):
    """A model with its span, its calls as wasmtime ran them, and the folder that others run."""
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "plan":
        plan = salpi.load_plan("korea")
        model, start, end = build(plan, salpi.scenario(plan), plan.meta.seed), first_month(plan), end_month(plan)
        find = modules.find
    else:
        model, start, end, find = bio30.model(), bio30.START, bio30.START + 12 * bio30.YEARS, None
    years = range(start // 12, end // 12)
    kernels = prepared(model, "wasm", years, find)
    its = sources(model, years)
    built = {name: (find(name, k.hash) if find else None) or wasm.build(k.source) for name, k in its.items()}
    calls = recorded(model, start, end, kernels)
    assert {call.name for call in calls} == set(its), "every sector has a module, and runs by it"
    write(folder, calls, built)
    assert "null" in (folder / "calls.json").read_text("ascii"), "some inputs are kept from the call before"
    return (model, start, end), calls, folder


def test_native_code_gives_the_same_bits(case) -> None:
    (model, start, end), calls, _ = case
    found = recorded(model, start, end, prepared(model, "native", range(start // 12, end // 12)))
    for one, other in zip(calls, found, strict=True):
        assert one.inputs == other.inputs, one.name
        assert one.outputs == other.outputs, one.name


@needs_node
def test_node_gives_the_same_bits(case) -> None:
    _, calls, folder = case
    assert same(calls, in_node(folder)) == []


@needs_browser
def test_a_worker_of_a_page_gives_the_same_bits(case, tmp_path) -> None:
    _, calls, folder = case
    assert same(calls, in_browser(folder, tmp_path / "home")) == []


def test_what_differs_by_one_bit_is_seen(case) -> None:
    _, calls, _ = case
    made = bytearray(b"".join(o for c in calls for o in (*c.outputs, *(bytes(s) for s in c.sizes[len(c.outputs) :]))))
    assert same(calls, bytes(made)) == []
    made[0] ^= 1
    assert same(calls, bytes(made)) == [f"{calls[0].name}, output 0"]
    assert len(same(calls, bytes(made[:-8]))) == 1
    assert np.frombuffer(calls[0].outputs[0]).size > 0
