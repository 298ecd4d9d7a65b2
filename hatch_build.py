"""Build hook of the wheel: the WebAssembly modules that it carries are those of the sectors it carries.

Modules whose stamp is fresh are taken as they are, and nothing is needed. Otherwise the kernels are emitted anew, and those
that differ are compiled: by the system's clang and lld, else by ziglang from the package index. An editable install takes
what is there: a sector that was edited runs by another engine with the same results.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PACKAGE = Path(__file__).parent / "src" / "salpi"


def fresh() -> bool:
    spec = importlib.util.spec_from_file_location("salpi_stamp", PACKAGE / "model" / "stamp.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return bool(module.is_fresh(PACKAGE))


class KernelsHook(BuildHookInterface[Any]):
    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """What emitting and compiling needs: nothing where the modules are fresh, or for an editable install."""
        if fresh() or any("editable" in word for word in sys.argv):
            return []
        compiler = [] if shutil.which("clang") and shutil.which("wasm-ld") else ["ziglang>=0.13"]
        return [*self.metadata.core.dependencies, *compiler]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        folder = PACKAGE / "model" / "kernels"
        if not fresh():
            self.made = tempfile.mkdtemp(prefix="salpi-kernels-")
            shutil.copytree(folder, self.made, dirs_exist_ok=True)
            environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(PACKAGE.parent), os.environ.get("PYTHONPATH", "")))}
            command = [sys.executable, "-m", "salpi.model.modules", self.made]
            done = subprocess.run(command, env=environment, capture_output=True, text=True)
            if done.returncode != 0:
                why = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
                raise SystemExit(f"the modules could not be renewed: {why}; `make kernels` renews them in the source tree")
            folder = Path(self.made)
        for file in sorted(folder.iterdir()):
            build_data["force_include"][str(file)] = f"salpi/model/kernels/{file.name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        if hasattr(self, "made"):
            shutil.rmtree(self.made)
