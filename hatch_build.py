"""Build hook: the WebAssembly modules that a wheel carries are those of its sectors, and what reads documents is compiled.

WebAssembly modules whose stamp is fresh are taken as they are, and nothing is needed. Otherwise the kernels are emitted anew,
and those that differ are compiled: by the system's clang and lld, else by ziglang from the package index. An editable install
takes what is there: a sector that was edited runs by another engine with the same results.

The modules that read documents are compiled where a C compiler and Python's headers are (``hatch_compile.py``): a wheel is then
for this Python and machine, an editable install has them in ``src/salpi/_compiled``. ``SALPI_PURE=1`` leaves them out, for a
wheel that runs anywhere; what cannot be compiled is left out with a line that says why, and the modules do the same without.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent
PACKAGE = ROOT / "src" / "salpi"
COMPILED = PACKAGE / "_compiled"


def alone(path: Path) -> Any:
    """A module by its file, without the package that it is in."""
    spec = importlib.util.spec_from_file_location(f"alone_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def fresh() -> bool:
    return bool(alone(PACKAGE / "model" / "stamp.py").is_fresh(PACKAGE))


def compiled() -> bool:
    """Whether what is compiled is of these sources and for this Python."""
    there = alone(PACKAGE / "compiled.py")
    try:
        there.manifest()
    except there.NotCompiled:
        return False
    return True


class Hook(BuildHookInterface[Any]):
    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """What emitting and compiling needs: nothing where the modules are fresh, or for an editable install."""
        compiling = alone(ROOT / "hatch_compile.py")
        needed = [] if self.is_pure() or compiled() or compiling.missing() else [*compiling.NEEDS]
        if fresh() or any("editable" in word for word in sys.argv):
            return needed
        compiler = [] if shutil.which("clang") and shutil.which("wasm-ld") else ["ziglang>=0.13"]
        return [*self.metadata.core.dependencies, *compiler, *needed]

    @staticmethod
    def is_pure() -> bool:
        """Whether nothing is to be compiled."""
        return os.environ.get("SALPI_PURE", "") not in ("", "0")

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        self.made = list[str]()
        if not self.is_pure():
            self.compile(version, build_data)
        if version != "editable":
            self.modules(build_data)

    def compile(self, version: str, build_data: dict[str, Any]) -> None:
        """The modules that read documents: into the source tree for an editable install, else into the wheel."""
        folder = COMPILED
        if not compiled():
            if version != "editable":
                self.made.append(tempfile.mkdtemp(prefix="salpi-compiled-"))
                folder = Path(self.made[-1]) / "_compiled"
            try:
                alone(ROOT / "hatch_compile.py").compile_into(folder)
            except (RuntimeError, OSError) as why:
                self.app.display_warning(f"the modules that read documents are not compiled: {why}")
                if version == "editable":
                    with contextlib.suppress(OSError):
                        COMPILED.mkdir(exist_ok=True)
                        (COMPILED / alone(PACKAGE / "compiled.py").WHY_NOT).write_text(f"{why}\n", "utf-8")
                return
        if version != "editable":
            build_data["pure_python"], build_data["infer_tag"] = False, True
            for file in sorted(file for file in folder.rglob("*") if file.is_file()):
                build_data["force_include"][str(file)] = f"salpi/_compiled/{file.relative_to(folder).as_posix()}"

    def modules(self, build_data: dict[str, Any]) -> None:
        """The WebAssembly modules."""
        folder = PACKAGE / "model" / "kernels"
        if not fresh():
            self.made.append(made := tempfile.mkdtemp(prefix="salpi-kernels-"))
            shutil.copytree(folder, made, dirs_exist_ok=True)
            environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(PACKAGE.parent), os.environ.get("PYTHONPATH", "")))}
            command = [sys.executable, "-m", "salpi.model.modules", made]
            done = subprocess.run(command, env=environment, capture_output=True, text=True)
            if done.returncode != 0:
                why = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
                raise SystemExit(f"the modules could not be renewed: {why}; `make kernels` renews them in the source tree")
            folder = Path(made)
        for file in sorted(folder.iterdir()):
            build_data["force_include"][str(file)] = f"salpi/model/kernels/{file.name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        for folder in self.made:
            shutil.rmtree(folder)
