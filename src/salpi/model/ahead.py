"""The bundled plan's WebAssembly modules, compiled while a command still starts: the machine's other core is idle then.

Imports little, so that it can begin before anything else is imported.
"""

from __future__ import annotations

import json
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from pathlib import Path

from salpi.engine import native, wasm
from salpi.kept import PACKAGE, kept, release

KERNELS = PACKAGE / "model" / "kernels"
INDEX = "sources.json"

_coming: dict[str, Future[object]] = {}


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
    files = sorted((KERNELS / f"{name}.wasm" for name in index()), key=lambda file: -file.stat().st_size)
    pool = ThreadPoolExecutor(1)  # the other core is at work on the command itself
    _coming.update({file.stem: pool.submit(wasm.compile_ahead, file.read_bytes()) for file in files})
    pool.shutdown(wait=False)
    return True


def wait(group: str) -> None:
    """Until the module of a group of sectors is compiled, if it is under way; what went wrong is told where it is loaded."""
    coming = _coming.pop(group, None)
    if coming is not None:
        coming.exception()
