"""Lives of entities by a kernel: the bits of the reference, whatever the blocks, with arrivals, late entries and dims."""

from __future__ import annotations

from dataclasses import replace
from importlib.util import find_spec
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_entities import BOUND, END, MONTHS, SECTOR, START

from salpi.engine import entity_kernels, native, wasm
from salpi.engine.declare import Channel, EntitySector, Passage, Stage
from salpi.engine.entities import EntityContext, run_entities
from salpi.engine.kernels import KernelError, _native, prepare
from salpi.engine.run import Model, run
from salpi.engine.trace import TraceError

YEARS = np.arange(START // 12, END // 12)


@pytest.fixture(scope="module", params=["native", "wasm"])
def kernel(request, tmp_path_factory):
    made = entity_kernels.emit(SECTOR, BOUND, YEARS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SALPI_CACHE", str(tmp_path_factory.mktemp("cache")))
        try:
            if request.param == "native":
                return made, _native(native.build(made.source))
            if find_spec("ziglang") is None:
                pytest.skip("needs ziglang, which builds WebAssembly (pip install ziglang)")
            return made, wasm.load(wasm.build(made.source))
        except KernelError as error:
            pytest.skip(f"needs a kernel: {error}")


def context(draws: int, push: Any, seed: int = 11, first: int = 0, rate: float = 0.8) -> EntityContext:
    numbers = np.arange(first, first + draws)
    spread = 0.9 + 0.2 * (numbers % 7) / 7.0
    p = {"odds": 0.6 * spread, "time": 14.0 * spread, "rate": rate * spread}
    return EntityContext(p, {"push": np.broadcast_to(push, (MONTHS, np.shape(push)[-1])).copy()}, {}, seed, numbers, START, END)


def same(a: Any, b: Any) -> None:
    assert set(a) == set(b)
    for name in a:
        assert np.asarray(a[name]).tobytes() == np.ascontiguousarray(b[name]).tobytes(), name


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    draws=st.integers(1, 40), seed=st.integers(0, 2**64 - 1), first=st.integers(0, 10**6), rate=st.floats(0.0, 3.0),
    wide=st.booleans(), level=st.floats(0.0, 2.0),
)  # fmt: skip
def test_the_same_bits_as_the_reference(kernel, draws, seed, first, rate, wide, level) -> None:
    month = np.linspace(0.5, 1.5, MONTHS)[:, None]
    push = level * month * (np.ones((1, draws)) + 0.1 * np.arange(draws) if wide else np.ones((1, 1)))
    its = context(draws, push, seed, first, rate)
    same(run_entities(SECTOR, BOUND, its), entity_kernels.run(*kernel, SECTOR, BOUND, its))


def test_no_arrivals_and_more_entities_need_no_other_kernel(kernel) -> None:
    """Amounts, and how many entities there are, are data: the text is the same."""
    keep = ~np.isnan(BOUND.attributes["entry"])
    ids = tuple(i for i, k in zip(BOUND.dims["entity"], keep, strict=True) if k)
    fewer = replace(BOUND, dims={**BOUND.dims, "entity": ids}, attributes={k: v[keep] for k, v in BOUND.attributes.items()})
    assert entity_kernels.emit(SECTOR, fewer, YEARS).hash == kernel[0].hash
    its = context(9, np.ones((1, 1)))
    same(run_entities(SECTOR, fewer, its), entity_kernels.run(*kernel, SECTOR, fewer, its))


def test_where_only_arrivals_move_the_plans_own_entities_rest() -> None:
    """Two calls of the kernel, for the own and for those that came; a cache keeps the first where no channel they hear moves."""
    more = Channel("more", "x", "multiply", "x", "x")
    sector = replace(
        SECTOR, channels=(*SECTOR.channels, more), arrivals=lambda xp, p, at, t: (p["rate"] + 0.0 * t) * at("push") * at("more")
    )

    def model(**levels: float) -> Model:
        def paths(draws: Any, start: int, end: int) -> dict[str, Any]:
            return {c: np.full((end - start, 1), levels.get(c, 1.0)) for c in ("push", "more")}

        return Model((sector,), lambda ids, draws: dict.fromkeys(ids, 0.5 + 0.001 * draws), paths, 5, {"s": BOUND})

    try:
        kernels = prepare(model(), "native", None, YEARS)
    except KernelError as error:
        pytest.skip(f"needs a kernel: {error}")
    text, call = kernels.calls["s"]
    calls: list[int] = []

    def spy(*arguments: Any) -> int:
        calls.append(1)
        return call(*arguments)

    spied, cache = replace(kernels, calls={"s": (text, spy)}), dict[Any, Any]()
    for levels, expected in (({}, 2), ({"more": 1.5}, 1), ({"more": 0.25}, 1), ({"push": 0.9}, 2), ({}, 0)):
        calls.clear()
        made = run(model(**levels), 8, START, END, cache=cache, kernels=spied, threads=1)
        assert len(calls) == expected, levels
        same(made.annual, run(model(**levels), 8, START, END).annual)


def uneven(xp: Any, e: Any, p: Any, u: Any, at: Any, fate: Any, years: Any) -> dict[str, Any]:
    """Years that are no column of like operations: of the pair, of the draw, of truths; and what no year changes."""
    since, month, passed = years - years[0], 12.0 * years + 6.0, fate["three"][:, None]
    early = xp.where(since > 2, e["worth"][:, None] * since, xp.exp(e["worth"])[:, None])
    odd = xp.where(since % 2 > 0, month >= passed, month < passed)
    power = xp.where(since % 2 > 0, p["odds"][:, None], 1.0) * xp.where(since > 4, p["time"][:, None], 1.0)
    some = xp.where(since == 3, p["rate"][:, None], xp.maximum(e["worth"], 1.0)[:, None])
    still = xp.where(since >= 0, e["seen"][:, None], 0.0)
    return {"sold": xp.where(odd, early, 0.5) * power + some, "by": early * at("push", month[None, :]), "stages": still}


def test_years_that_are_not_alike_have_the_same_bits_as_the_reference(tmp_path, monkeypatch) -> None:
    sector, its = replace(SECTOR, outcome=uneven), context(11, np.linspace(0.5, 1.5, MONTHS)[:, None])
    made = entity_kernels.emit(sector, BOUND, YEARS)
    monkeypatch.setenv("SALPI_CACHE", str(tmp_path))
    try:
        calls = [_native(native.build(made.source))]
    except KernelError as error:
        pytest.skip(f"needs a kernel: {error}")
    if find_spec("ziglang") is not None:
        calls.append(wasm.load(wasm.build(made.source)))
    for call in calls:
        same(run_entities(sector, BOUND, its), entity_kernels.run(made, call, sector, BOUND, its))


def test_what_every_year_does_stands_there_once() -> None:
    few, many = (entity_kernels.emit(SECTOR, BOUND, np.arange(2024, 2024 + n)) for n in (10, 40))
    assert len(many.source.splitlines()) == len(few.source.splitlines())


def wrong(step: Any, outcome: Any = SECTOR.outcome) -> EntitySector:
    return replace(SECTOR, stages=(Stage(SECTOR.stages[0].name, step), *SECTOR.stages[1:]), outcome=outcome)


@pytest.mark.parametrize(
    ("step", "message"),
    [
        (lambda xp, e, p, u, at, start, first: Passage(start, u["time"] > 0.5), "reads 'time', which is not declared"),
        (lambda xp, e, p, u, at, start, first: (1.0 if first else 2.0, start > 0.0), "an `if`"),
        (lambda xp, e, p, u, at, start, first: (at("pull", start), start > 0.0), "reads 'pull', which is not declared"),
        (lambda xp, e, p, u, at, start, first: (np.exp(start), start > 0.0), "np.exp on a traced value"),
    ],
)
def test_a_stage_that_leaves_the_language_names_its_line(step, message) -> None:
    with pytest.raises(TraceError, match=message) as caught:
        entity_kernels.emit(wrong(step), BOUND, YEARS)
    assert f"{__file__}:" in str(caught.value)
