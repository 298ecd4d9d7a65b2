"""The wheel carries the modules of its sectors and what is compiled, or is pure Python and runs where nobody has a compiler."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

import salpi
from built import in_use
from salpi import compiled

ROOT = Path(__file__).parents[2]
KERNELS = "salpi/model/kernels/"
pytestmark = [
    pytest.mark.skipif(find_spec("hatchling") is None, reason="needs hatchling (pip install hatchling)"),
    pytest.mark.xdist_group("wheel"),
]

SCENARIO = """
import sys, hashlib
sys.modules["ziglang"] = None  # no compiler of the index either; the path of programs is empty
import salpi
from salpi.engine import native, wasm
def none(*_): raise AssertionError("something is emitted or compiled")
wasm.build = native.build = none
from salpi.engine import kernels
kernels.emit = kernels.entity_kernels.emit = none
sys.modules["pint"] = None
plan = salpi.load_plan("korea")
run = plan.simulate(salpi.scenario(plan, {"all": 0.5}), draws=40)
h = hashlib.sha256()
for name in sorted(run.outputs):
    h.update(run.outputs[name].values.tobytes())
print(salpi.__file__, run.spec["engine"], h.hexdigest(), sep="\\n")
"""


def build(what: str, tree: Path, into: Path, pure: bool = True) -> Path:
    """A wheel or an sdist of a tree, by its own build backend, with what is installed here."""
    done = ask(what, tree, into, SALPI_PURE=str(int(pure)))
    assert done.returncode == 0, done.stderr[-2000:]
    (made,) = into.glob("*.tar.gz" if what == "sdist" else "*.whl")
    return made


def ask(what: str, tree: Path, into: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "hatchling", "build", "-t", what, "-d", str(into)]
    return subprocess.run(command, cwd=tree, env={**os.environ, **environment}, capture_output=True, text=True, timeout=300)


@pytest.fixture(scope="module")
def tree(tmp_path_factory) -> Path:
    """What a person finds who unpacks the sdist."""
    folder = tmp_path_factory.mktemp("sdist")
    with tarfile.open(build("sdist", ROOT, folder / "out")) as archive:
        archive.extractall(folder, filter="data")
    (found,) = (p for p in folder.iterdir() if p.name.startswith("salpi-"))
    return found


def run_installed(wheel: Path, program: str, place: Path) -> list[str]:
    """The lines that a program prints where the wheel is installed, and nothing else but what salpi depends on."""
    home = place / "venv"
    venv.create(home, with_pip=False, symlinks=os.name == "posix")
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    site = Path(sysconfig.get_path("purelib", "venv", {"base": str(home), "platbase": str(home)}))
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")  # what salpi depends on, not salpi
    environment = {"PATH": "", "SALPI_CACHE": str(place / "cache"), "HOME": str(place)}
    done = subprocess.run([python, "-c", program], env=environment, capture_output=True, text=True, timeout=300, cwd=place)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.splitlines()


def stamped(tree: Path) -> None:
    from salpi.model.stamp import NAME, stamp

    package = tree / "src" / "salpi"
    (package / "model" / "kernels" / NAME).write_text(stamp(package) + "\n", "ascii")


def test_a_fresh_wheel_carries_the_modules_as_they_are_and_runs_without_a_compiler(tree, tmp_path) -> None:
    stamped(tree)
    wheel = build("wheel", tree, tmp_path / "out")
    assert wheel.name.endswith("-py3-none-any.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        assert len(names) == len(set(names))
        assert "salpi/engine/web/worker.mjs" in names
        here = ROOT / "src" / KERNELS
        for file in here.glob("*.wasm"):
            assert archive.read(KERNELS + file.name) == file.read_bytes(), file.name
    place, engine, digest = run_installed(wheel, SCENARIO, tmp_path)
    assert Path(place).is_relative_to(tmp_path / "venv")
    assert engine.startswith("wasm")
    plan = salpi.load_plan("korea")
    run = plan.simulate(salpi.scenario(plan, {"all": 0.5}), draws=40, engine="numpy")
    h = hashlib.sha256()
    for name in sorted(run.outputs):
        h.update(run.outputs[name].values.tobytes())
    assert digest == h.hexdigest(), "the bits of the reference"


@pytest.mark.skipif(find_spec("ziglang") is None, reason="needs ziglang (pip install ziglang)")
def test_the_wheel_of_an_edited_sector_carries_its_new_module(tree, tmp_path) -> None:
    edited = tmp_path / "tree"
    shutil.copytree(tree, edited)
    kernels = edited / "src" / KERNELS
    before = {f.name: f.read_bytes() for f in kernels.iterdir()}
    with (edited / "src/salpi/model/sectors/regulation.py").open("a", encoding="utf-8") as file:
        file.write(
            "\n\nfrom dataclasses import replace\n\n\n"
            "def longer(xp, s, p, z, t, up):\n    change, out = step(xp, s, p, z, t, up)\n"
            "    return change, {k: 1.25 * v for k, v in out.items()}\n\n\nSECTOR = replace(SECTOR, step=longer)\n"
        )
    with zipfile.ZipFile(build("wheel", edited, tmp_path / "out")) as archive:
        after = {n.removeprefix(KERNELS): archive.read(n) for n in archive.namelist() if n.startswith(KERNELS)}
    changed = {name for name in before if name.endswith(".wasm") and after[name] != before[name]}
    assert changed == {"regulation.wasm"}
    one, other = (json.loads(x["sources.json"]) for x in (before, after))
    assert {n for n in one if one[n] != other[n]} == {"regulation"}
    assert {f.name: f.read_bytes() for f in kernels.iterdir()} == before, "the source tree stays as it is"


@in_use
def test_a_wheel_carries_what_is_compiled_and_uses_it(tree, tmp_path) -> None:
    stamped(tree)
    shutil.copytree(compiled.FOLDER, tree / "src/salpi/_compiled")
    try:
        wheel = build("wheel", tree, tmp_path / "out", pure=False)
    finally:
        shutil.rmtree(tree / "src/salpi/_compiled")
    assert not wheel.name.endswith("-none-any.whl")
    program = "import salpi.evidence.extract as it; print(it.__file__)"
    (file,) = run_installed(wheel, program, tmp_path)
    assert Path(file).is_relative_to(tmp_path / "venv")
    assert file.endswith(sysconfig.get_config_var("EXT_SUFFIX"))


def test_a_wheel_without_a_compiler_is_pure_and_says_so(tree, tmp_path) -> None:
    stamped(tree)
    done = ask("wheel", tree, tmp_path / "out", CC=str(tmp_path / "none"))
    assert done.returncode == 0, done.stderr[-2000:]
    (wheel,) = (tmp_path / "out").glob("*.whl")
    assert wheel.name.endswith("-py3-none-any.whl")
    assert "the modules that read documents are not compiled: no C compiler" in done.stdout + done.stderr
