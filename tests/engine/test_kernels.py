"""Kernels give the bits of the NumPy reading; whatever stops a kernel is one line, and the reference runs."""

from __future__ import annotations

import os
import stat
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from engine_models import random_sectors
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salpi import kept
from salpi.engine import native
from salpi.engine.block import NotFinite
from salpi.engine.declare import Attribute, Bound, Channel, Give, Need, Parameter, Sector, Shock, State
from salpi.engine.distributions import Distribution
from salpi.engine.emit_c import emit
from salpi.engine.graph import DRAW, MONTH
from salpi.engine.kernels import NUMPY, KernelError, prepare
from salpi.engine.numbers import NOTHING
from salpi.engine.random import uniform
from salpi.engine.run import Model, run

START, END = 12 * 2024, 12 * 2027
DRAWS = 70  # two whole blocks of lanes and a rest

try:
    native.compiler()
    HAS_COMPILER = True
except KernelError:
    HAS_COMPILER = False
compiled = pytest.mark.skipif(not HAS_COMPILER, reason="needs a C compiler (apt-get install gcc libc6-dev)")


@pytest.fixture(scope="module", autouse=True)
def cache(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kernels")
    folder.chmod(0o700)
    before = os.environ.get("SALPI_CACHE")
    os.environ["SALPI_CACHE"] = str(folder)
    yield folder
    os.environ.pop("SALPI_CACHE") if before is None else os.environ.update(SALPI_CACHE=before)


def model(sectors: tuple[Sector, ...], bound: dict[str, Bound], seed: int = 5, channel: Any = None) -> Model:
    def parameters(ids, draws):
        return {i: Distribution("normal", 0.3, -1.0, 1.6).quantile(uniform(seed, f"parameter.{i}", draws)) for i in ids}

    def channels(draws, start, end):
        paths = {}
        for s in sectors:
            for c in s.channels:
                month = np.arange(end - start, dtype=float)[:, None]
                paths[c.id] = 1.0 + 0.01 * month if channel is None else 1.0 + 0.01 * month * uniform(seed, "c", draws)[None, :]
        return paths

    return Model(sectors, parameters, channels, seed, bound)


def outcome(m: Model, **options: Any) -> Any:
    try:
        with np.errstate(all="ignore"):
            return run(m, DRAWS, START, END, **options)
    except NotFinite as error:
        return str(error)


def same(a: Any, b: Any) -> None:
    if isinstance(a, str) or isinstance(b, str):
        assert a == b
        return
    for one, other in ((a.annual, b.annual), (a.monthly, b.monthly)):
        assert one.keys() == other.keys()
        for key in one:
            assert one[key].shape == other[key].shape
            assert one[key].tobytes() == other[key].tobytes(), key


@compiled
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(case=random_sectors(depth=4), seed=st.integers(0, 2**64 - 1), wide=st.booleans())
def test_random_models_have_the_same_bits_on_every_reading(case, seed, wide) -> None:
    sector, bound = case
    m = model((sector,), {sector.name: bound}, seed, wide or None)
    same(outcome(m), outcome(m, kernels=prepare(m, "native")))


def together() -> tuple[tuple[Sector, ...], dict[str, Bound]]:
    """Three sectors: one that gives over a dim, two that feed each other through last month's values, index data, all shocks."""

    def world(xp, s, p, z, t, up):
        return {"x": 0.01 * z["y"]}, {"w.out": xp.exp(s["x"]), "w.wide": p["size"] * xp.exp(0.1 * z["each"])}

    def left(xp, s, p, z, t, up):
        own = 0.0 * p["of"]
        for k in range(len(p["of"])):
            own = own + xp.where(p["of"] == k, up["w.wide"][1], 0.0)
        out = xp.sum(own) * up["w.out"] + 0.5 * up["r.out"] + up["l.out"] * 0.1
        return {"n": out * p["push"]}, {"l.out": out, "l.wide": own + z["once"]}

    def right(xp, s, p, z, t, up):
        return {}, {"r.out": xp.minimum(xp.sqrt(xp.abs(up["l.out"])), 3.0)}

    sectors = (
        Sector(
            "w", world, (Give("w.out", "ratio", "mean", "o", "o"), Give("w.wide", "L", "end", "o", "o", "place")),
            init=lambda xp, p, up: {"x": 0.0}, states=(State("x", "ratio"),), attributes=(Attribute("size", "L", "place"),),
            shocks=(Shock("y"), Shock("each", "month", "place")),
        ),
        Sector(
            "l", left, (Give("l.out", "ratio", "sum", "o", "o", monthly=True), Give("l.wide", "L", "max", "o", "o", "kind")),
            init=lambda xp, p, up: {"n": p["a"]}, states=(State("n", "ratio"),), parameters=(Parameter("a", "ratio"),),
            attributes=(Attribute("of", "index", "kind"),), channels=(Channel("push", "x", "multiply", "p", "p"),),
            needs=(
                Need("w.out", "ratio", lag=1), Need("w.wide", "L", "place"), Need("r.out", "ratio", lag=1),
                Need("l.out", "ratio", lag=1),
            ),
            shocks=(Shock("once", "once"),),
        ),
        Sector("r", right, (Give("r.out", "ratio", "end", "o", "o"),), needs=(Need("l.out", "ratio"),)),
    )  # fmt: skip
    bound = {
        "w": Bound({"place": ("here", "there")}, {"size": np.array([1.0, 2.0])}),
        "l": Bound({"kind": ("a", "b", "c")}, {"of": np.array([1.0, 1.0, 2.0])}),
    }
    return sectors, bound


@compiled
@pytest.mark.parametrize("block", [1, 31, 32, 70])
def test_feedback_dims_lags_and_every_block_size(block) -> None:
    m = model(*together(), channel=True)
    reference = outcome(m)
    assert not isinstance(reference, str)
    same(reference, outcome(m, kernels=prepare(m, "native"), block=block, threads=2))


@compiled
def test_an_output_that_is_not_finite_is_explained() -> None:
    def step(xp, s, p, z, t, up):
        return {}, {"out": xp.log(p["a"])}

    m = model((Sector("s", step, (Give("out", "ratio", "end", "o", "o"),), parameters=(Parameter("a", "ratio"),)),), {})
    found = outcome(m, kernels=prepare(m, "native"))
    assert found == outcome(m)
    assert "out is nan in draw" in found
    assert "inputs: a=-" in found


@compiled
def test_states_that_trade_places_read_this_months_values() -> None:
    def step(xp, s, p, z, t, up):
        return {"a": s["b"], "b": s["c"], "c": s["a"]}, {"out": up["next"], "next": s["a"] + 1.0 + up["out"]}

    needs = (Need("out", "ratio", lag=1), Need("next", "ratio", lag=1))
    gives = tuple(Give(n, "ratio", "end", "o", "o") for n in ("out", "next"))
    states = tuple(State(n, "ratio") for n in "abc")
    sector = Sector("s", step, gives, init=lambda xp, p, up: {"a": 0.1, "b": 0.2, "c": 0.3}, needs=needs, states=states)
    m = model((sector,), {})
    same(outcome(m), outcome(m, kernels=prepare(m, "native")))


def settled() -> tuple[Sector, ...]:
    """A giver over a dim, and a sector that keeps what it gave in the first month."""

    def first(xp, s, p, z, t, up):
        return {"x": xp.exp(0.1 * z["y"]) * s["x"]}, {"a.wide": p["b"] * s["x"] + p["v"]}

    def then(xp, s, p, z, t, up):
        return {"begin": NOTHING, "all": NOTHING}, {"b.out": up["a.wide"] / s["begin"], "b.sum": xp.exp(s["all"] * p["b"])}

    gives = [Give(name, "x", "sum", "o", "o", dim) for name, dim in (("a.wide", "d"), ("b.out", "d"), ("b.sum", None))]
    noise, shared = Shock("y", "month", "d"), (Parameter("b", "ratio"),)
    return (
        Sector(
            "a", first, tuple(gives[:1]), init=lambda xp, p, up: {"x": 1.0}, states=(State("x", "x", "d"),), shocks=(noise,),
            parameters=(*shared, Parameter("v", "ratio", "d")),
        ),
        Sector(
            "b", then, tuple(gives[1:]), init=lambda xp, p, up: {"begin": up["a.wide"], "all": xp.sum(up["a.wide"])},
            states=(State("begin", "x", "d"), State("all", "x")), needs=(Need("a.wide", "x", "d"),), parameters=shared,
        ),
    )  # fmt: skip


@compiled
@pytest.mark.parametrize("engine", ["native", "wasm"])
def test_a_start_reads_what_others_give_in_the_first_month(engine) -> None:
    dims = Bound({"d": ("u", "v", "w")})
    m = model(settled(), {"a": dims, "b": dims})
    reference = outcome(m)
    same(reference, outcome(m, kernels=prepare(m, engine), block=41))
    assert np.isfinite(reference.annual["b.out"]).all()


def test_a_state_that_stays_costs_nothing_a_month() -> None:
    kernel = emit(settled()[1:], {"b": Bound({"d": ("u", "v", "w")}), "a": Bound({"d": ("u", "v", "w")})}, ())
    assert kernel.operations[DRAW | MONTH] == 3  # a division a member; the exp is worked out once


@compiled
@pytest.mark.parametrize("edge", [0.0, -0.0, 2.0])
def test_the_smaller_and_the_larger_of_a_value_and_a_number(edge: float) -> None:
    """Zeros keep the sign that NumPy gives them, and what is no number stays none."""

    def step(xp, s, p, z, t, up):
        kinds = [0.0 * p["a"], -0.0 * p["b"], p["a"], 3.0 * p["b"], (p["a"] - p["a"]) / (p["a"] - p["a"])]
        found = [f(*x) for v in kinds for f in (xp.minimum, xp.maximum) for x in ((v, edge), (edge, v))]
        negative = [1.0 / xp.where(x == 0.0, x, 1.0) < 0.0 for x in found]  # zeros below 0
        zeros = [xp.where(n, -5.0, xp.where(x == 0.0, 5.0, x)) for n, x in zip(negative, found, strict=True)]
        told = [xp.where(x == x, zero, 7.0) for x, zero in zip(found, zeros, strict=True)]
        return {}, {f"out{k}": x for k, x in enumerate(told)}

    gives = tuple(Give(f"out{k}", "ratio", "end", "o", "o") for k in range(20))
    m = model((Sector("s", step, gives, parameters=(Parameter("a", "ratio"), Parameter("b", "ratio"))),), {})
    same(outcome(m), outcome(m, kernels=prepare(m, "native")))


def _breaks(month: int, annual: str, monthly: bool) -> Any:
    def step(xp, s, p, z, t, up):
        return {}, {"out": xp.exp(1000.0 * xp.where(t == 12.0 * 2025 + month - 1.0, 1.0, 0.0))}

    return model((Sector("s", step, (Give("out", "ratio", annual, "o", "o", monthly=monthly),)),), {})


@compiled
@pytest.mark.parametrize(
    "month, annual, monthly", [(4, "sum", False), (4, "mean", False), (4, "max", False), (4, "end", True), (12, "end", False)]
)
def test_a_month_that_is_not_finite_is_found_though_its_year_may_be(month: int, annual: str, monthly: bool) -> None:
    m = _breaks(month, annual, monthly)
    found = outcome(m, kernels=prepare(m, "native"))
    assert found == outcome(m)
    assert f"month 2025-{month:02d}" in found


@compiled
def test_months_that_nobody_asks_for_are_not_worked_out() -> None:
    m = _breaks(4, "end", False)
    same(outcome(m), outcome(m, kernels=prepare(m, "native")))


@compiled
def test_a_year_whose_sum_leaves_the_numbers_is_the_same_in_every_reading() -> None:
    def step(xp, s, p, z, t, up):
        return {}, {"out": 1.0e308 * (t / t)}

    m = model((Sector("s", step, (Give("out", "ratio", "sum", "o", "o"),)),), {})
    assert np.isposinf(outcome(m).annual["out"]).all()
    same(outcome(m), outcome(m, kernels=prepare(m, "native")))


@compiled
def test_a_cache_of_runs_works_with_kernels() -> None:
    m = model(*together())
    kept: dict[Any, Any] = {}
    kernels = prepare(m, "native")
    same(outcome(m, kernels=kernels, cache=kept), outcome(m, kernels=kernels, cache=kept))
    same(outcome(m), outcome(m, kernels=kernels, cache=kept))


@pytest.mark.parametrize("block", [16, 70])
def test_a_run_from_the_cache_changes_no_earlier_run(block) -> None:
    sectors, bound = together()
    kept: dict[Any, Any] = {}

    def pushed(level: float) -> Any:
        def channels(draws: Any, start: int, end: int) -> Any:
            path = np.where(draws[None, :] < 40, level, 1.0) * np.ones((end - start, 1))
            return {"push": path}

        return replace(model(sectors, bound), channels=channels)

    first = outcome(pushed(1.0), cache=kept, block=block)
    copy = {k: v.copy() for k, v in first.annual.items()}
    for level in (2.0, 1.0, 2.0, 3.0):
        same(outcome(pushed(level), block=block), outcome(pushed(level), cache=kept, block=block))
    assert all(first.annual[k].tobytes() == v.tobytes() for k, v in copy.items())


def test_a_kernels_text_names_no_draw_and_no_amount_of_the_plan() -> None:
    sectors, bound = together()
    more = {**bound, "w": Bound(bound["w"].dims, {"size": np.array([7.0, 9.0])})}
    assert emit(sectors[:1], bound, ()).hash == emit(sectors[:1], more, ()).hash


# what stops a kernel


@pytest.fixture
def lone(tmp_path, monkeypatch):
    """A cache of its own, and nothing remembered."""
    folder = tmp_path / "cache"
    monkeypatch.setenv("SALPI_CACHE", str(folder))
    monkeypatch.setattr("salpi.engine.kernels._built", {})
    monkeypatch.setattr("salpi.engine.kernels._loaded", {})
    native.compiler.cache_clear()
    native._version.cache_clear()
    yield folder
    native.compiler.cache_clear()
    native._version.cache_clear()


def tool(path: Path, body: str) -> Path:
    path.write_text(f"#!{sys.executable}\n{body}", "utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


SOURCE = "int run(const void *const *a, void *const *b, const long long *c) { return 41; }\n"


@compiled
def test_a_kernel_is_built_once(lone, monkeypatch) -> None:
    assert native.build(SOURCE)(None, None, None) == 41
    monkeypatch.setattr(native, "_compile", lambda *a: pytest.fail("built again"))
    assert native.build(SOURCE)(None, None, None) == 41


@compiled
def test_a_poisoned_file_is_built_anew(lone) -> None:
    native.build(SOURCE)
    (library,) = (lone / "kernels").glob("*.so")
    os.replace(tool(lone / "evil", "no library"), library)
    assert native.build(SOURCE)(None, None, None) == 41
    assert library.read_bytes()[:4] == b"\x7fELF" or sys.platform != "linux"


def test_no_compiler(lone, monkeypatch) -> None:
    monkeypatch.setattr(native.shutil, "which", lambda name: None)
    monkeypatch.setattr(native, "find_spec", lambda name: None)
    m = model(*together())
    found = prepare(m)
    assert found.engine == "numpy"
    (note,) = found.notes
    assert "no C compiler was found" in note
    assert "salpi[compiler]" in note
    assert "\n" not in note
    same(outcome(m), outcome(m, kernels=found))
    with pytest.raises(KernelError, match="no C compiler"):
        prepare(m, "native")


def test_a_compiler_that_fails(lone, tmp_path, monkeypatch) -> None:
    lines = (
        "import sys",
        "asked = '--version' in sys.argv",
        "print('cc 1' if asked else 'k.c: error: no luck')",
        "sys.exit(not asked)",
    )
    body = "\n".join(lines)
    monkeypatch.setenv("CC", str(tool(tmp_path / "badcc", body)))
    with pytest.raises(KernelError, match=r"failed with code 1: k\.c: error: no luck"):
        native.build(SOURCE)
    assert not list((lone / "kernels").iterdir()), "nothing half-written"


def test_a_compiler_that_hangs(lone, tmp_path, monkeypatch) -> None:
    body = "import sys, time\nprint('cc 1', flush=True)\nif '--version' not in sys.argv: time.sleep(600)"
    monkeypatch.setenv("CC", str(tool(tmp_path / "slowcc", body)))
    monkeypatch.setattr(native, "BUILD_SECONDS", 0.5)
    began = time.monotonic()
    with pytest.raises(KernelError, match="did not end within"):
        native.build(SOURCE)
    assert time.monotonic() - began < 60
    assert not list((lone / "kernels").iterdir())


def test_a_compiler_that_makes_nothing(lone, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("CC", str(tool(tmp_path / "idlecc", "print('cc 1')")))
    with pytest.raises(KernelError, match="could not be written"):
        native.build(SOURCE)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root writes everywhere")
def test_a_read_only_cache(lone) -> None:
    lone.mkdir(mode=0o500)
    with pytest.raises(KernelError, match="read-only"):
        native.build(SOURCE)


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX")
def test_a_cache_that_others_may_write_to(lone) -> None:
    lone.mkdir()
    lone.chmod(0o777)
    with pytest.raises(KernelError, match="others may write"):
        native.build(SOURCE)


def test_a_cache_that_is_a_file(lone) -> None:
    lone.write_text("", "utf-8")
    with pytest.raises(KernelError, match="cannot be made"):
        native.build(SOURCE)


def test_unknown_engines_are_named() -> None:
    with pytest.raises(ValueError, match="known are auto, native, wasm, numpy"):
        prepare(model(*together()), "abacus")
    assert prepare(model(*together()), "numpy") is NUMPY


def test_the_default_cache_is_the_users_own(monkeypatch) -> None:
    monkeypatch.delenv("SALPI_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", "/somewhere")
    assert kept.cache_folder() == Path("/somewhere/salpi")
