"""Every sector runs through every reading, and all give the same bits."""

from __future__ import annotations

import numpy as np
import pytest

import salpi
from salpi.engine import native, wasm
from salpi.engine.declare import Give, Sector
from salpi.engine.emit_c import Kernel
from salpi.engine.kernels import KernelError, _asked, keys, prepare, sources
from salpi.engine.random import uniform
from salpi.engine.run import Model, run
from salpi.model import ahead, modules
from salpi.model.edited import units_of
from salpi.model.equations import equation_problems
from salpi.model.sectors import SECTOR_NAMES, sector
from salpi.model.simulate import build, distributions, end_month, first_month
from salpi.units import registry

DRAWS = 75


def stand_in(sectors) -> Sector:
    """Gives what a missing sector would: so that one sector's kernel can be tested without the others."""
    given = {g.name for s in sectors for g in s.gives}
    needs = {n.name: n for s in sectors for n in s.needs if n.name not in given}
    gives = tuple(Give(n.name, n.unit, "sum", "-", "-", n.dim) for n in needs.values())
    return Sector("stand-in", lambda xp, s, p, z, t, up: ({}, {g.name: 1.0e7 + 0.0 * t for g in gives}), gives)


@pytest.fixture(scope="module")
def model():
    plan = salpi.load_plan("korea")
    start, seed = first_month(plan), plan.meta.seed
    sectors = [s for s in map(sector, SECTOR_NAMES) if isinstance(s, Sector)]
    sectors = (stand_in(sectors), *sectors)
    drawn_as = distributions(plan, salpi.scenario(plan))
    channels = {c.id: c for s in sectors for c in s.channels}

    def paths(draws, first, end):
        """Every channel moves, in every draw otherwise."""
        month = np.arange(end - first, dtype=float)[:, None] / 100.0
        return {k: c.neutral + 0.05 * month * uniform(seed, f"channel.{k}", draws)[None, :] for k, c in channels.items()}

    bound = {s.name: s.bind(plan, start) for s in sectors}
    made = Model(
        sectors,
        lambda ids, draws: {i: drawn_as[i].quantile(uniform(seed, f"parameter.{i}", draws)) for i in ids},
        paths,
        seed,
        bound,
    )
    return made, start, end_month(plan)


@pytest.fixture(scope="module")
def reference(model):
    made, start, end = model
    return run(made, DRAWS, start, end)


def kernels(engine, made):
    try:
        return prepare(made, engine, modules.find)
    except KernelError as error:
        pytest.skip(f"needs a kernel: {error}")


@pytest.mark.parametrize("engine", ["native", "wasm"])
def test_every_stock_sector_has_the_same_bits_on_every_reading(model, reference, engine) -> None:
    made, start, end = model
    found = run(made, DRAWS, start, end, kernels=kernels(engine, made), block=50, threads=2)
    for key, values in reference.annual.items():
        assert values.tobytes() == found.annual[key].tobytes(), key
    for key, values in reference.monthly.items():
        assert values.tobytes() == found.monthly[key].tobytes(), key


def test_every_stock_sector_has_a_kernel(model) -> None:
    made, *_ = model
    assert {n for name in sources(made) for n in name.split("+")} == {s.name for s in made.sectors}


@pytest.mark.parametrize("engine", ["native", "wasm"])
def test_a_run_of_the_plan_has_the_same_bits_on_every_reading(engine) -> None:
    plan = salpi.load_plan("korea")
    one = plan.simulate(draws=DRAWS, engine="numpy")
    try:
        other = plan.simulate(draws=DRAWS, engine=engine)
    except KernelError as error:
        pytest.skip(f"needs a kernel: {error}")
    assert one.spec["engine"] != other.spec["engine"]
    assert one.hash == other.hash, "the engine is no part of what a run is called"
    for key, out in one.outputs.items():
        assert out.values.tobytes() == other.outputs[key].values.tobytes(), key


def test_the_modules_that_come_along_were_built_from_these_sectors() -> None:
    plan = salpi.load_plan("korea")
    years = range(first_month(plan) // 12, end_month(plan) // 12)
    wanted = {name: kernel.hash for name, kernel in sources(build(plan, salpi.scenario(plan), plan.meta.seed), years).items()}
    assert ahead.index() == wanted, "a sector was edited: `make kernels` renews the modules"
    assert all(modules.find(name, digest) for name, digest in wanted.items())
    assert modules.find(next(iter(wanted)), "of another source") is None


def test_what_was_emitted_before_is_what_is_emitted_now_and_its_units_fit(monkeypatch) -> None:
    monkeypatch.setattr(modules, "is_fresh", lambda package: True)
    before = modules._before.__wrapped__()
    plan = salpi.load_plan("korea")
    years = tuple(range(first_month(plan) // 12, end_month(plan) // 12))
    made = build(plan, salpi.scenario(plan), plan.meta.seed)
    key_of = keys(made, years)
    for group in made.groups:
        asked = _asked(made, group, years)
        key = key_of["+".join(s.name for s in group)]
        found = before.kernels.get(key)
        assert asked is not None
        assert found == asked.emit(), "code was edited: `make kernels` renews the modules"
        assert type(found) is type(asked.emit())
    assert before.units == units_of(plan, made.sectors)
    assert equation_problems(plan, made.sectors, first_month(plan)) == []


def test_while_nothing_has_changed_it_is_taken(monkeypatch) -> None:
    before = modules.Before({"a": Kernel("int run;", (), (), (), (), {})}, "economy")
    monkeypatch.setattr(modules, "_before", lambda: before)
    assert modules.emitted("a") == before.kernels["a"]
    assert modules.emitted("of another plan") is None
    assert modules.units_fit("economy")
    assert not modules.units_fit("another")


def test_nothing_emitted_by_other_code_is_taken(monkeypatch) -> None:
    monkeypatch.setattr(modules, "is_fresh", lambda package: False)
    assert modules._before.__wrapped__() == modules.Before({}, "")


def no_compiler() -> tuple[str, ...]:
    raise KernelError("no C compiler was found")


def test_modules_are_compiled_ahead_where_no_compiler_is_there(monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("SALPI_CACHE", str(tmp_path))
    monkeypatch.setattr(native, "compiler", no_compiler)
    seen: list[bytes] = []
    monkeypatch.setattr(wasm, "compile_ahead", seen.extend)
    ahead.begin("korea")
    assert sorted(seen) == sorted(modules.find(name, digest) for name, digest in ahead.index().items())
    ahead.begin("korea")
    assert len(seen) == len(ahead.index()), "the cache has them now"


def test_what_was_compiled_ahead_is_what_is_loaded(monkeypatch) -> None:
    made: list[bytes] = []
    compiled = wasm._compiled
    monkeypatch.setattr(wasm, "_compiled", lambda module: made.append(module) or compiled(module))
    every = [modules.find(name, digest) for name, digest in ahead.index().items()]
    wasm.compile_ahead(every)
    for module in reversed(every):  # those whose turn has not come are compiled here
        assert callable(wasm.load(module))
    assert sorted(made) == sorted(every), "each once"
    assert not wasm._coming


def test_what_is_wrong_with_a_module_is_told_where_it_is_loaded() -> None:
    wasm.compile_ahead([b"no module"])
    with pytest.raises(KernelError, match="module"):
        wasm.load(b"no module")


def test_nothing_is_compiled_ahead_beside_a_compiler_or_for_a_plan_of_ones_own(monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("SALPI_CACHE", str(tmp_path / "none"))
    monkeypatch.setattr(wasm, "compile_ahead", lambda modules: pytest.fail("a module was compiled"))
    monkeypatch.setattr(native, "compiler", lambda: ("cc",))
    ahead.begin("korea")
    monkeypatch.setattr(native, "compiler", no_compiler)
    for plan in ("another", str(tmp_path), "../plans/korea", ""):
        ahead.begin(plan)


def test_every_unit_of_a_run_is_carried(monkeypatch) -> None:
    monkeypatch.setattr(registry, "_parsed", {})
    monkeypatch.setattr(registry, "_registry", lambda: pytest.fail("pint was asked: `make kernels` renews what is carried"))
    run = salpi.load_plan("korea").simulate(draws=1)
    assert run.indicators()
