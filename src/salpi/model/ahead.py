"""The bundled plan's WebAssembly modules, compiled while a command still starts: the machine's other core is idle then.

Imports little, so that it can begin before anything else is imported.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from salpi.engine import native, wasm
from salpi.kept import PACKAGE, kept, release

KERNELS = PACKAGE / "model" / "kernels"
INDEX = "sources.json"


@cache
def index() -> dict[str, str]:
    """Group of sectors → hash of the source from which its module was built."""
    found = KERNELS / INDEX
    known: dict[str, str] = json.loads(found.read_text("utf-8")) if found.is_file() else {}
    return known


def begin(plan: str | Path) -> None:
    """Has the modules compiled beside, once, if the plan comes with salpi and no C compiler is there."""
    if not (PACKAGE / "plans" / plan / "plan.yaml").is_file() or Path(plan).name != str(plan):
        return
    try:
        native.compiler()
    except native.KernelError:
        kept("ahead", f"{release('wasmtime')} {sorted(index().items())}", bool, _begin)


def _begin() -> bool:
    wasm.compile_ahead(sorted(((KERNELS / f"{name}.wasm").read_bytes() for name in index()), key=len, reverse=True))
    return True
