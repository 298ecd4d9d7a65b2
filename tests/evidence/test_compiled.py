"""Compiled forms do what their sources do, and are used only where they were made of them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from built import ROOT, hatch_compile, in_use
from salpi import compiled

READ = """
import hashlib, sys
from pathlib import Path
from salpi.evidence.claims.catalogue import Catalogue
from salpi.evidence.extract import extract_claims
from salpi.evidence.judges import nets
from salpi.evidence.record import Document
from salpi.plan import load_plan
catalogue, found, count = Catalogue.of(load_plan("korea")), hashlib.sha256(), 0
for file in sorted(Path(sys.argv[1]).glob("**/*.txt"))[::3]:
    for claim in extract_claims(Document("0", file.name, file.read_text("utf-8")), catalogue):
        found.update(repr(claim).encode())
        count += 1
print(Path(nets.__file__).suffix, count, found.hexdigest())
"""


def _read(switch: str, folder: str) -> list[str]:
    environment = {**os.environ, "SALPI_COMPILED": switch}
    command = [sys.executable, "-c", READ, str(ROOT / "tests" / "gold" / folder)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.split()


@in_use
@pytest.mark.parametrize("folder", ["practice", "own"])
def test_the_claims_are_the_same(folder):
    suffix, count, found = _read("1", folder)
    assert suffix == ".so"
    assert int(count) > 50
    assert _read("0", folder) == [".py", count, found]


@pytest.fixture
def made(tmp_path, monkeypatch):
    """A package of one module and a folder that says it was made of it."""
    package = tmp_path / "salpi"
    (package / "_compiled").mkdir(parents=True)
    (package / "some.py").write_text("A = 1\n", "utf-8")
    monkeypatch.setattr(compiled, "PACKAGE", package)

    def told(**other):
        python = compiled.sysconfig.get_config_var("EXT_SUFFIX")
        said = {"python": python, "of": ["salpi.some"], "sources": compiled.state(tmp_path, ["salpi.some"]), "files": {}, **other}
        (package / "_compiled" / compiled.MANIFEST).write_text(json.dumps(said), "utf-8")
        return package / "_compiled"

    return told


def _refused(folder: Path) -> str:
    with pytest.raises(compiled.NotCompiled) as why:
        compiled.manifest(folder)
    return str(why.value)


def test_what_fits_is_taken(made):
    assert compiled.manifest(made()).of == ["salpi.some"]


def test_a_changed_source_leaves_all_out(made):
    folder = made()
    (compiled.PACKAGE / "some.py").write_text("A = 2\n", "utf-8")
    assert _refused(folder) == "their sources were changed since they were compiled"


def test_another_python_leaves_all_out(made):
    assert _refused(made(python=".cpython-39-other.so")) == "they were compiled for another Python"


def test_what_is_not_there_or_broken_is_told(made, tmp_path):
    assert _refused(tmp_path) == "they were not compiled where salpi was installed"
    (tmp_path / compiled.WHY_NOT).write_text("no C compiler was found\n", "utf-8")
    assert _refused(tmp_path) == "they were not compiled where salpi was installed (no C compiler was found)"
    folder = made()
    (folder / compiled.MANIFEST).write_text("{", "utf-8")
    assert _refused(folder).startswith("what was compiled cannot be read")
    assert _refused(made(more=1)).startswith("what was compiled cannot be read")


def test_only_modules_of_the_folder_are_found(tmp_path):
    (tmp_path / "one.so").touch()
    finder = compiled.Finder(tmp_path, {"salpi.one": "one.so"})
    assert finder.find_spec("salpi.other") is None
    found = finder.find_spec("salpi.one")
    assert found is not None
    assert found.origin == str(tmp_path / "one.so")


def test_constants_are_declared_on_their_lines():
    source = (
        'from __future__ import annotations\nA = 1\n_B: dict[str, int] = {}\nC = 1\nC = 2\nD = TypeVar("D")\nAlias = list[int]\n'
        "E: Final = 1\ndef f():\n    global G\n    G = 2\nG = 1\n"
    )
    assert hatch_compile.with_constants(source) == (
        "from __future__ import annotations; from typing import Final\n"
        "A: Final = 1\n_B: Final[dict[str, int]] = {}\nC = 1\nC = 2\n"
        'D = TypeVar("D")\nAlias = list[int]\nE: Final = 1\ndef f():\n    global G\n    G = 2\nG = 1\n'
    )
