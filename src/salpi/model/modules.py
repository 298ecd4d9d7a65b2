"""The WebAssembly modules that come with the package: the bundled plan's sectors, built before, each with its source's hash.

``python -m salpi.model.modules [folder]`` (``make kernels``) renews them; a module whose source has changed since is not used.
"""

from __future__ import annotations

import json
import sys
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


def renew(plan: str, into: Path) -> dict[str, str]:
    """Makes a folder hold the modules of a plan; what was done, by group. A module of the same source is kept as it is.

    Raises KernelError where no compiler for WebAssembly is there, and then leaves the folder as it was.
    """
    from salpi.engine import wasm
    from salpi.engine.kernels import sources
    from salpi.model.scenario import Scenario
    from salpi.model.simulate import build, end_month, first_month
    from salpi.plan.loader import load_plan

    its = load_plan(plan)
    found = sources(build(its, Scenario(), 0), range(first_month(its) // 12, end_month(its) // 12))
    told: dict[str, str] = json.loads((into / INDEX).read_text("utf-8")) if (into / INDEX).is_file() else {}
    same = {n for n, kernel in found.items() if told.get(n) == kernel.hash and (into / f"{n}.wasm").is_file()}
    made = {name: wasm.build(kernel.source) for name, kernel in found.items() if name not in same}
    into.mkdir(exist_ok=True)
    for old in into.glob("*.wasm"):
        if old.stem not in same:
            old.unlink()
    for name, data in made.items():
        (into / f"{name}.wasm").write_bytes(data)
    hashes = {name: kernel.hash for name, kernel in sorted(found.items())}
    (into / INDEX).write_text(json.dumps(hashes, indent=1) + "\n", "utf-8")
    return {name: "kept" if name in same else f"{len(made[name])} bytes" for name in found}


def main(folder: str | None = None) -> None:
    """Renews the modules of the bundled plan in the package, or in a folder; those in the package get their stamp."""
    from salpi.model.stamp import NAME, stamp

    package = Path(__file__).parents[1]
    into = Path(folder) if folder else package / "model" / "kernels"
    for name, done in renew("korea", into).items():
        print(f"{name}: {done}")
    if not folder:
        (into / NAME).write_text(stamp(package) + "\n", "ascii")


if __name__ == "__main__":
    main(*sys.argv[1:2])
