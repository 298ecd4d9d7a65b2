"""The same C as WebAssembly: the same bits under wasmtime and in V8; what is no module of ours is refused."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from importlib.util import find_spec
from typing import Any

import pytest
from engine_models import random_sectors
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_kernels import model, outcome, same, together

from elsewhere import LOADER, Recorder, in_node, needs_node, write
from elsewhere import same as same_calls
from salpi.engine import drawing, native, wasm
from salpi.engine.kernels import KernelError, prepare, sources
from salpi.model.ahead import KERNELS

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


@needs_zig
@needs_node
def test_the_same_bits_in_v8(tmp_path) -> None:
    m = model(*together(), channel=True)
    recorder = Recorder(prepare(m, "wasm"))
    outcome(m, kernels=recorder.recording())
    write(tmp_path / "calls", recorder.calls, {name: wasm.build(k.source) for name, k in sources(m).items()})
    assert same_calls(recorder.calls, in_node(tmp_path / "calls")) == []


@needs_zig
def test_lanes_are_taken_together(tmp_path) -> None:
    """Loops over lanes that the compiler leaves one by one take twice as long; only the generator's are four by hand."""
    kernels = [*sources(model(*together(), channel=True)).values(), drawing.KERNEL]
    for kernel in kernels:
        (tmp_path / "kernel.c").write_text(kernel.source, "ascii")
        told = (*wasm.TARGET, "-Rpass-missed=loop-vectorize", "-c", "-o", "kernel.o", "kernel.c")
        done = subprocess.run([*wasm.compiler(), *told, *native.STRICT], capture_output=True, text=True, cwd=tmp_path, check=True)
        missed = {int(line.split(":")[1]) for line in done.stderr.splitlines() if "loop not vectorized" in line}
        lines = kernel.source.splitlines()
        alone = [line for n in sorted(missed) if "LANES" in (line := lines[n - 1]) or "EACH" in line]
        assert alone, "the generator's loop is told of wherever there is one: the compiler says nothing"
        assert all("EACH(B / STEP)" in line for line in alone), alone


def test_the_generator_multiplies_32_by_32_bits() -> None:
    """64 by 64 bits, which compilers choose if they can, are many instructions where 32 by 32 are one."""
    product, whole = b"\xfd\xde\x01", b"\xfd\xd5\x01"  # i64x2.extmul_low_i32x4_u, i64x2.mul
    for module in KERNELS.glob("*.wasm"):
        code = module.read_bytes()
        assert code.count(product) >= 20, module.name
        assert code.count(whole) == 0, module.name


EMPTY = b"\0asm\x01\0\0\0"


@pytest.mark.parametrize("data", [b"", b"no module", EMPTY, EMPTY + b"\x01"])
def test_bytes_that_are_no_kernel_are_refused(data) -> None:
    with pytest.raises(KernelError, match="module"):
        wasm.load(data)


@needs_node
@pytest.mark.parametrize("data", [b"", b"no module", EMPTY])
def test_the_loader_of_a_page_refuses_them_too(data) -> None:
    code = (
        f"import {{ Kernel }} from {json.dumps((LOADER / 'kernel.mjs').as_uri())};"
        f"Kernel.load(new Uint8Array({list(data)})).then(() => console.log('loaded'), (e) => console.log(e.message));"
    )
    done = subprocess.run(["node", "--input-type=module", "-e", code], capture_output=True, text=True, timeout=60)
    assert "loaded" not in done.stdout
    assert ("no kernel: a module must" if data == EMPTY else "WebAssembly.compile") in done.stdout


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
