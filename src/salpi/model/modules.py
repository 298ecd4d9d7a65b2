"""What comes with the package: the bundled plan's sectors as WebAssembly modules, each with its source's hash, and as emitted.

What this same code emitted before is not traced again when salpi starts for the first time. A module whose source has changed
since is not used. ``python -m salpi.model.modules [folder]`` (``make kernels``) renews all of it.
"""

from __future__ import annotations

import json
import pickle
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from salpi.engine.emit_c import Kernel
from salpi.kept import PACKAGE, records
from salpi.model import ahead
from salpi.model.ahead import INDEX, KERNELS
from salpi.model.stamp import NAME, is_fresh, stamp
from salpi.units.registry import carry

EMITTED = "emitted.pickle"
RECORDS = ("salpi.engine.emit_c", "salpi.engine.emit_entities", "salpi.engine.graph", "salpi.engine.declare")


def find(group: str, digest: str) -> bytes | None:
    """The module of a group of sectors, if it was built from exactly this source."""
    if ahead.index().get(group) != digest:
        return None
    return (KERNELS / f"{group}.wasm").read_bytes()


def emitted(key: str) -> Kernel | None:
    """A kernel of the bundled plan as it was emitted by exactly this code (see ``engine.kernels.keys``)."""
    return _before().kernels.get(key)


def units_fit(key: str) -> bool:
    """Whether the units of sectors (see ``model/edited.py``) were found right in exactly this code."""
    return _before().units == key


@dataclass(frozen=True)
class Before:
    """What was worked out before: kernels by key, and whose units were found right."""

    kernels: dict[str, Kernel]
    units: str


@cache
def _before() -> Before:
    found = KERNELS / EMITTED
    if not found.is_file() or not is_fresh(PACKAGE):
        return Before({}, "")
    before: Any = records(found.read_bytes(), RECORDS)
    return Before(*before) if before is not None else Before({}, "")


def renew(plan: str, into: Path) -> dict[str, str]:
    """Makes a folder hold the modules of a plan; what was done, by group. A module of the same source is kept as it is.

    Raises KernelError where no compiler for WebAssembly is there, ModelError where units do not fit, and then leaves the folder
    as it was.
    """
    from salpi.engine import wasm
    from salpi.engine.kernels import keys, sources
    from salpi.engine.run import ModelError
    from salpi.model.edited import units_of
    from salpi.model.equations import equation_problems
    from salpi.model.scenario import Scenario
    from salpi.model.simulate import build, end_month, first_month
    from salpi.plan.loader import load_plan

    its = load_plan(plan)
    model, years = build(its, Scenario(), 0), range(first_month(its) // 12, end_month(its) // 12)
    wrong = equation_problems(its, model.sectors, first_month(its))
    if wrong:
        raise ModelError(wrong)
    found = sources(model, years)
    told: dict[str, str] = json.loads((into / INDEX).read_text("utf-8")) if (into / INDEX).is_file() else {}
    same = {n for n, kernel in found.items() if told.get(n) == kernel.hash and (into / f"{n}.wasm").is_file()}
    made = {name: wasm.build(kernel.source) for name, kernel in found.items() if name not in same}
    into.mkdir(exist_ok=True)
    for old in into.glob("*.wasm"):
        if old.stem not in same:
            old.unlink()
    for name, data in made.items():
        (into / f"{name}.wasm").write_bytes(data)
    by_key = {key: found[name] for name, key in sorted(keys(model, years).items())}
    (into / EMITTED).write_bytes(pickle.dumps((by_key, units_of(its, model.sectors)), protocol=4))
    hashes = {name: kernel.hash for name, kernel in sorted(found.items())}
    (into / INDEX).write_text(json.dumps(hashes, indent=1) + "\n", "utf-8")
    return {name: "kept" if name in same else f"{len(made[name])} bytes" for name in found}


def _carry(plan: str) -> None:
    """Lets the package carry a plan as read, and every unit that is parsed until all its indicators are told."""
    from salpi.model.simulate import simulate
    from salpi.plan import loader

    loader.renew(plan)
    simulate(loader.load_plan(plan), draws=1).indicators()
    carry()


def main(folder: str | None = None) -> None:
    """Renews the modules of the bundled plan in the package, or in a folder; in the package also what it carries of the plan."""
    into = Path(folder) if folder else KERNELS
    for name, done in renew("korea", into).items():
        print(f"{name}: {done}")
    if not folder:
        _carry("korea")
        (into / NAME).write_text(stamp(PACKAGE) + "\n", "ascii")


if __name__ == "__main__":
    main(*sys.argv[1:2])
