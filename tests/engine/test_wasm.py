"""The same C as WebAssembly: the same bits under wasmtime and in V8; what is no module of ours is refused."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from engine_models import random_sectors
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_kernels import END, START, model, outcome, same, together

from salpi.engine import native, wasm
from salpi.engine.block import Context
from salpi.engine.kernels import KernelError, Kernels, _inputs, _outputs, prepare, sources

needs_zig = pytest.mark.skipif(find_spec("ziglang") is None, reason="needs ziglang (pip install ziglang)")


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("SALPI_CACHE", str(tmp_path / "cache"))


@needs_zig
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(case=random_sectors(depth=4), seed=st.integers(0, 2**64 - 1))
def test_random_models_have_the_same_bits_as_numpy(case, seed) -> None:
    sector, bound = case
    m = model((sector,), {sector.name: bound}, seed, True)
    same(outcome(m), outcome(m, kernels=prepare(m, "wasm")))


@needs_zig
@pytest.mark.parametrize("block", [31, 70])
def test_feedback_dims_lags_threads(block) -> None:
    m = model(*together(), channel=True)
    same(outcome(m), outcome(m, kernels=prepare(m, "wasm"), block=block, threads=3))


def call(kernels: Kernels, m: Any, name: str, months: dict[str, Any], draws: int) -> tuple[Any, list[Any], list[Any], Any]:
    """A kernel's call as arrays, for a run elsewhere."""
    numbers = np.arange(draws, dtype=np.int64)
    context = Context(m, numbers, START, END, m.parameters(m.parameter_ids(), numbers), m.channels(numbers, START, END))
    sectors = [s for s in m.sectors if s.name in name.split("+")]
    kernel, _ = kernels.calls[name]
    arrays, meta = _inputs(kernel, sectors, context, months)
    made, outs = _outputs(kernel, context)
    return kernels.run(sectors, context, months) or made, arrays, outs, meta


@needs_zig
@pytest.mark.skipif(shutil.which("node") is None, reason="needs Node (apt-get install nodejs)")
def test_the_same_bits_in_v8(tmp_path) -> None:
    m = model(*together(), channel=True)
    kernels, months = prepare(m, "wasm"), {}
    for name, (kernel, _) in kernels.calls.items():
        made, arrays, outs, meta = call(kernels, m, name, months, 70)
        months |= made.months
        wanted = b"".join(a.tobytes() for a in (*made.years.values(), *made.months.values()))
        assert elsewhere(tmp_path, wasm.build(kernel.source), arrays, outs, meta) == wanted, name


def elsewhere(folder: Path, module: bytes, arrays: list[Any], outs: list[Any], meta: Any) -> bytes:
    at, layout = 0, []
    for a in (*arrays, meta):
        layout.append([at, a.nbytes])
        at += a.nbytes
    (folder / "m.wasm").write_bytes(module)
    (folder / "call.bin").write_bytes(b"".join(a.tobytes() for a in (*arrays, meta)))
    (folder / "call.json").write_text(
        json.dumps({"inputs": layout[:-1], "outputs": [a.nbytes for a in outs], "meta": layout[-1]})
    )
    script = Path(__file__).with_name("run_kernel.mjs")
    subprocess.run(["node", script, "m.wasm", "call.bin", "call.json", "out.bin"], cwd=folder, check=True, timeout=120)
    return (folder / "out.bin").read_bytes()


EMPTY = b"\0asm\x01\0\0\0"


@pytest.mark.parametrize("data", [b"", b"no module", EMPTY, EMPTY + b"\x01"])
def test_bytes_that_are_no_kernel_are_refused(data) -> None:
    with pytest.raises(KernelError, match="module"):
        wasm.load(data)


def test_few_draws_compile_nothing(monkeypatch) -> None:
    monkeypatch.setattr("salpi.engine.kernels._built", {})
    monkeypatch.setattr("salpi.engine.kernels._loaded", {})
    monkeypatch.setattr(native, "_compile", lambda *a: pytest.fail("compiled"))
    found = prepare(model(*together()), draws=100)
    assert (found.engine, found.notes) == ("numpy", ())


def test_a_sector_that_leaves_the_language_runs_on_numpy_alone() -> None:
    sectors, bound = together()
    odd = replace(sectors[0], step=lambda xp, s, p, z, t, up: ({"x": 0.0}, {"w.out": abs(float(t)), "w.wide": 1.0}))
    m = model((odd, *sectors[1:]), bound)
    found = prepare(m)
    assert found.notes[0].startswith("w runs on NumPy, with the same results but slower: ")
    assert "turns a traced value into a plain number" in found.notes[0]
    with pytest.raises(KernelError, match="turns a traced value"):
        prepare(m, "native")


def test_a_module_of_other_sources_is_not_used(monkeypatch) -> None:
    """Without a compiler and with modules that do not fit, the reference runs and says why."""

    def none() -> Any:
        raise KernelError("no C compiler was found")

    monkeypatch.setattr(native, "compiler", none)
    monkeypatch.setattr("salpi.engine.kernels._built", {})
    monkeypatch.setattr("salpi.engine.kernels._loaded", {})
    m = model(*together())
    found = prepare(m, modules=lambda name, digest: None)
    assert found.engine == "numpy"
    assert "no C compiler was found; no WebAssembly module fits these sectors" in found.notes[0]
    same(outcome(m), outcome(m, kernels=found))


@needs_zig
def test_only_an_edited_sector_falls_back(monkeypatch) -> None:
    def none() -> Any:
        raise KernelError("no C compiler was found")

    monkeypatch.setattr(native, "compiler", none)
    monkeypatch.setattr("salpi.engine.kernels._built", {})
    m = model(*together())
    built = {name: wasm.build(k.source) for name, k in sources(m).items()}
    monkeypatch.setattr("salpi.engine.kernels._loaded", {})
    found = prepare(m, modules=lambda name, digest: built[name] if name == "w" else None)
    assert (found.engine, set(found.calls)) == ("wasm", {"w"})
    assert found.notes[0].startswith("l+r: no module fits the edited sector")
    same(outcome(m), outcome(m, kernels=found))


@needs_zig
def test_a_poisoned_compiled_module_is_made_anew(tmp_path) -> None:
    m = model(*together())
    (kernel, *_) = sources(m).values()
    module = wasm.build(kernel.source)
    wasm.load(module)
    (kept,) = (tmp_path / "cache" / "modules").glob("*.bin")
    good = kept.read_bytes()
    kept.write_bytes(b"poison")
    wasm.load(module)
    assert kept.read_bytes()[:4] == good[:4]
