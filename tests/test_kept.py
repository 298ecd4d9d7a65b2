"""What is kept between processes: the same again, never a torn one, no kernel of code from outside the package."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from salpi.engine import distributions, kernels
from salpi.engine.distributions import Distribution, tabulate, untabulated
from salpi.engine.drawing import tables
from salpi.engine.emit_c import Kernel
from salpi.kept import cache_folder, kept
from salpi.model.sectors import sector
from salpi.plan.loader import BUNDLED, read_plan
from salpi.units import registry

KERNEL = Kernel("int run;", (), (), (), (), {})
OURS = (sector("economy").step,)


@pytest.fixture(autouse=True)
def _own_cache(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    monkeypatch.setenv("SALPI_CACHE", str(tmp_path / "cache"))


def emitting(times: list[int]):
    def emit() -> Kernel:
        times.append(1)
        return KERNEL

    return emit


def test_what_was_emitted_is_not_emitted_again() -> None:
    times: list[int] = []
    assert kernels._kept(("a", 1), OURS, emitting(times)) == KERNEL
    assert kernels._kept(("a", 1), OURS, emitting(times)) == KERNEL
    assert len(times) == 1
    kernels._kept(("a", 2), OURS, emitting(times))
    assert len(times) == 2


def test_a_torn_file_is_emitted_anew() -> None:
    times: list[int] = []
    kernels._kept(("a", 1), OURS, emitting(times))
    for path in (cache_folder() / "emitted").iterdir():
        path.write_bytes(path.read_bytes()[:-3] + b"xyz")
    assert kernels._kept(("a", 1), OURS, emitting(times)) == KERNEL
    assert len(times) == 2


def test_code_from_outside_the_package_is_never_kept() -> None:
    times: list[int] = []
    for _ in range(2):
        kernels._kept(("a", 1), (emitting,), emitting(times))
    assert len(times) == 2


def test_a_cache_that_others_may_write_to_is_not_used(tmp_path) -> None:
    (tmp_path / "cache").mkdir(mode=0o777)
    (tmp_path / "cache").chmod(0o777)
    times: list[int] = []
    for _ in range(2):
        kernels._kept(("a", 1), OURS, emitting(times))
    assert len(times) == 2


def test_what_is_not_worth_it_or_of_another_kind_is_not_taken() -> None:
    assert kept("some", "a", int, lambda: 1, lambda _: False) == 1
    assert not (cache_folder() / "some").exists()
    assert kept("some", "a", int, lambda: 1) == 1
    assert kept("some", "a", str, lambda: "x") == "x"


def test_the_oldest_make_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("salpi.kept.MOST", 3)
    for key in range(6):
        kept("some", str(key), int, lambda key=key: key)
    assert len(list((cache_folder() / "some").iterdir())) == 3


def test_a_plan_that_was_read_is_the_plan_until_its_files_change(tmp_path: Path) -> None:
    folder = tmp_path / "korea"
    shutil.copytree(BUNDLED / "korea", folder)
    first, problems = read_plan(folder)
    assert first is not None
    assert len(list((cache_folder() / "plans").iterdir())) == 1
    again, same = read_plan(folder)
    assert (again, same) == (first, problems)
    assert again.origins.where("indicator", next(iter(again.indicators)))[1] is not None
    sources = folder / "sources.yaml"
    sources.write_text(sources.read_text("utf-8") + "\nnothing_of_a_source: {}\n", "utf-8")
    _, wrong = read_plan(folder)
    assert any("nothing_of_a_source" in p.what + (p.why or "") for p in wrong)


def test_units_that_another_process_parsed_are_known(monkeypatch: pytest.MonkeyPatch) -> None:
    before = registry.parse("KRW/L/yr")
    told = registry.parsed()
    monkeypatch.setattr(registry, "_parsed", {})
    monkeypatch.setattr(registry, "_registry", lambda: pytest.fail("pint was asked"))
    registry.know(told)
    assert registry.parse("KRW/L/yr") == before


def test_tables_that_were_kept_give_the_same_quantiles(monkeypatch: pytest.MonkeyPatch) -> None:
    of = [Distribution("beta", 0.3, 0.2, 0.45), Distribution("gamma", 4.0, 2.0, 7.0), Distribution("normal", 0.0, -1.0, 1.0)]
    u = np.linspace(0.001, 0.999, 500)
    monkeypatch.setattr(distributions, "_tables", {})
    plain = [d.quantile(u) for d in of]
    for _ in range(2):
        monkeypatch.setattr(distributions, "_tables", {})
        shapes = untabulated(of)
        tabulate(shapes, partial(tables, shapes, None))
        assert len(distributions._tables) == 2
        for d, x in zip(of, plain, strict=True):
            assert np.array_equal(d.quantile(u), x)
