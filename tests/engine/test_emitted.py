"""Emitted kernels are kept between processes: the same again, never a torn one, never for code from outside the package."""

from __future__ import annotations

import pytest

from salpi.engine import kernels
from salpi.engine.emit_c import Kernel
from salpi.kept import cache_folder
from salpi.model.sectors import sector

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
