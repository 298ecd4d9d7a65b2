"""The WebAssembly modules that come with the package: the bundled plan's sectors, built before, each with its source's hash.

``python -m salpi.model.modules`` (``make kernels``) renews them; a module whose source has changed since is not used.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

INDEX = "sources.json"


def folder() -> Traversable:
    return files("salpi.model") / "kernels"


@cache
def index() -> dict[str, str]:
    """Group of sectors → hash of the source from which its module was built."""
    found = folder() / INDEX
    known: dict[str, str] = json.loads(found.read_text("utf-8")) if found.is_file() else {}
    return known


def find(group: str, digest: str) -> bytes | None:
    """The module of a group of sectors, if it was built from exactly this source."""
    return (folder() / f"{group}.wasm").read_bytes() if index().get(group) == digest else None


def renew(plan: str, into: Path) -> dict[str, int]:
    """Builds the modules of a plan; bytes by group. Raises KernelError where no compiler for WebAssembly is there."""
    from salpi.engine import wasm
    from salpi.engine.kernels import sources
    from salpi.model.scenario import Scenario
    from salpi.model.simulate import build, end_month, first_month
    from salpi.plan.loader import load_plan

    its = load_plan(plan)
    found = sources(build(its, Scenario(), 0), range(first_month(its) // 12, end_month(its) // 12))
    made = {name: wasm.build(kernel.source) for name, kernel in found.items()}
    into.mkdir(exist_ok=True)
    for old in into.glob("*.wasm"):
        old.unlink()
    for name, data in made.items():
        (into / f"{name}.wasm").write_bytes(data)
    hashes = {name: kernel.hash for name, kernel in sorted(found.items())}
    (into / INDEX).write_text(json.dumps(hashes, indent=1) + "\n", "utf-8")
    return {name: len(data) for name, data in made.items()}


if __name__ == "__main__":
    for name, size in renew("korea", Path(__file__).with_name("kernels")).items():
        print(f"{name}: {size} bytes")
