"""What can go wrong around a kernel is one clear line and the reference, or an error where an answer could be wrong."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from engine_models import random_sectors
from hypothesis import given, settings
from hypothesis import strategies as st
from test_entities import BOUND as LIVES_BOUND
from test_entities import END as LIVES_END
from test_entities import SECTOR as LIVES
from test_entities import START as LIVES_START
from test_kernels import compiled, model, outcome, same, together, tool

from salpi.engine import native, wasm
from salpi.engine.block import NotFinite
from salpi.engine.declare import EntitySector
from salpi.engine.graph import Graph, GraphError
from salpi.engine.kernels import KernelError, prepare
from salpi.engine.run import Model, run
from salpi.engine.trace import trace


@pytest.fixture
def lone(tmp_path, monkeypatch):
    """A cache of its own, and nothing remembered."""
    monkeypatch.setenv("SALPI_CACHE", str(tmp_path / "cache"))
    for name in ("_built", "_loaded"):
        monkeypatch.setattr(f"salpi.engine.kernels.{name}", {})
    native.compiler.cache_clear()
    native._version.cache_clear()
    yield tmp_path / "cache"
    native.compiler.cache_clear()
    native._version.cache_clear()


# a malformed graph


def spoil(data: Any, draw: Any) -> Any:
    """One place of a graph's JSON exchanged for something else."""
    if not isinstance(data, list | dict) or not data or draw(st.integers(0, 4)) == 0:
        return draw(st.none() | st.integers() | st.floats() | st.text(max_size=5) | st.lists(st.integers(-2, 9), max_size=3))
    keys = list(data) if isinstance(data, dict) else range(len(data))
    key = draw(st.sampled_from(list(keys)))
    copy = dict(data) if isinstance(data, dict) else list(data)
    copy[key] = spoil(data[key], draw)
    return copy


@settings(max_examples=60, deadline=None)
@given(data=st.data(), case=random_sectors(depth=2))
def test_a_spoiled_graph_is_refused_or_is_a_graph(data, case) -> None:
    sector, bound = case
    good = json.loads(json.dumps(trace([sector], {sector.name: bound}).to_json()))
    try:
        found = Graph.from_json(spoil(good, data.draw))
    except GraphError:
        return
    assert Graph.from_json(json.loads(json.dumps(found.to_json()))).to_json() == found.to_json()


# what stops native code: auto goes on with the reference, by name it is an error


def failing(tmp: Path, patch: Any) -> str:
    body = "import sys\nasked = '--version' in sys.argv\nprint('cc 1' if asked else 'k.c: error: no luck')\nsys.exit(not asked)"
    patch.setenv("CC", str(tool(tmp / "badcc", body)))
    return "failed with code 1: k.c: error: no luck"


def hanging(tmp: Path, patch: Any) -> str:
    body = "import sys, time\nprint('cc 1', flush=True)\nif '--version' not in sys.argv: time.sleep(600)"
    patch.setenv("CC", str(tool(tmp / "slowcc", body)))
    patch.setattr(native, "BUILD_SECONDS", 0.5)
    return "did not end within"


def hanging_when_asked(tmp: Path, patch: Any) -> str:
    patch.setenv("CC", str(tool(tmp / "deafcc", "import time\ntime.sleep(600)")))
    real = native.run
    patch.setattr(native, "run", lambda command, seconds, cwd=None: real(command, min(seconds, 0.5), cwd))
    return "did not end within"


def idle(tmp: Path, patch: Any) -> str:
    patch.setenv("CC", str(tool(tmp / "idlecc", "print('cc 1')")))
    return "could not be written"


def no_program(tmp: Path, patch: Any) -> str:
    path = tmp / "brokencc"
    path.write_text("#!/nowhere/at/all\n", "ascii")
    path.chmod(0o755)
    patch.setenv("CC", str(path))
    return "does not start"


def read_only(tmp: Path, patch: Any) -> str:
    real = os.access
    patch.setattr(native.os, "access", lambda path, mode: mode != os.W_OK and real(path, mode))
    return "is read-only; set SALPI_CACHE to a folder of yours"


def a_file(tmp: Path, patch: Any) -> str:
    (tmp / "cache").write_text("", "ascii")
    return "cannot be made"


TROUBLES = [failing, hanging, hanging_when_asked, idle, no_program, read_only, a_file]


@pytest.mark.skipif(sys.platform == "win32", reason="programs are scripts here")
@pytest.mark.parametrize("trouble", TROUBLES, ids=lambda f: f.__name__)
def test_auto_says_why_in_one_line_and_runs_the_reference(trouble, lone, tmp_path, monkeypatch) -> None:
    wanted = trouble(tmp_path, monkeypatch)
    m = model(*together())
    with pytest.raises(KernelError, match=wanted.replace("(", r"\(")):
        prepare(m, "native")
    found = prepare(m)
    assert found.engine == "numpy"
    (note,) = found.notes
    assert wanted in note
    assert "\n" not in note
    same(outcome(m), outcome(m, kernels=found))
    left = [p.name for p in lone.rglob("*") if p.suffix in (".so", ".sha256")] if lone.is_dir() else []
    assert left == [], "nothing half-written"


@compiled
def test_a_marked_file_that_is_no_library_is_said(lone) -> None:
    source = "int run(const void *const *a, void *const *b, const long long *c) { return 7; }\n"
    _, folder, name = native._plan(source)
    (folder / f"{name}.so").write_bytes(b"no library")
    (folder / f"{name}.sha256").write_text(hashlib.sha256(b"no library").hexdigest(), "ascii")
    with pytest.raises(KernelError, match="does not load"):
        native.build(source)


@compiled
@pytest.mark.parametrize("mark", [b"", b"\xff\xfe", b"0" * 64])
def test_a_poisoned_mark_is_built_anew(lone, mark) -> None:
    source = "int run(const void *const *a, void *const *b, const long long *c) { return 7; }\n"
    native.build(source)
    (told,) = (lone / "kernels").glob("*.sha256")
    told.write_bytes(mark)
    assert not native.is_built(source)
    assert native.build(source)(None, None, None) == 7
    assert native.is_built(source)


# what is not finite


def lives(sector: EntitySector) -> Model:
    """The test's sector of entities; in draws from 3 on, one of its parameters is no number."""

    def parameters(ids: Any, draws: Any) -> Any:
        return {"odds": np.where(draws < 3, 0.6, np.nan), "time": np.full(len(draws), 14.0), "rate": np.full(len(draws), 0.8)}

    return Model((sector,), parameters, lambda d, a, b: {"push": np.ones((b - a, 1))}, 11, bound={"s": LIVES_BOUND})


def told(kernels: Any) -> str:
    def outcome(xp: Any, e: Any, p: Any, u: Any, at: Any, fate: Any, years: Any) -> Any:
        found = LIVES.outcome(xp, e, p, u, at, fate, years)
        return {**found, "sold": found["sold"] / p["odds"][:, None]}

    sector = replace(LIVES, outcome=outcome)
    with pytest.raises(NotFinite) as caught:
        run(lives(sector), 5, LIVES_START, LIVES_END, kernels=kernels(lives(sector)))
    return str(caught.value)


@pytest.mark.parametrize("engine", ["native", "wasm"])
def test_entities_that_are_not_finite_are_told_alike_by_every_reading(engine, lone) -> None:
    years = range(LIVES_START // 12, LIVES_END // 12)
    try:
        prepare(lives(LIVES), engine, None, years)
    except KernelError as error:
        pytest.skip(f"needs a kernel: {error}")
    found = told(lambda m: prepare(m, engine, None, years))
    assert found == told(lambda m: None)
    assert found.startswith("sold is nan in draw 3, year 20")
    assert "odds=nan" in found


def test_webassembly_tells_what_is_not_finite_as_the_reference(lone) -> None:
    from salpi.engine.declare import Give, Parameter, Sector

    def step(xp: Any, s: Any, p: Any, z: Any, t: Any, up: Any) -> Any:
        return {}, {"out": xp.log(p["a"])}

    m = model((Sector("s", step, (Give("out", "ratio", "end", "o", "o"),), parameters=(Parameter("a", "ratio"),)),), {})
    try:
        kernels = prepare(m, "wasm")
    except KernelError as error:
        pytest.skip(f"needs a kernel: {error}")
    assert outcome(m, kernels=kernels) == outcome(m)
    assert "inputs: a=-" in outcome(m, kernels=kernels)


def test_no_compiler_for_webassembly_names_both(monkeypatch) -> None:
    monkeypatch.setattr(wasm, "find_spec", lambda name: None)
    monkeypatch.setattr(wasm.shutil, "which", lambda name: None)
    with pytest.raises(KernelError, match=r"ziglang \(pip install 'salpi\[compiler\]'\) or by clang with lld"):
        wasm.build("")
    monkeypatch.setattr(wasm.shutil, "which", lambda name: f"/bin/{name}")
    assert wasm.compiler()[0] == "/bin/clang"
