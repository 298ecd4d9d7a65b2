"""Kernels as emitted, kept from one process to the next: tracing a large model takes a second, reading its C none.

A file's name is the hash of all code of this package and of all that a kernel's text depends on; its first line is the hash
of the rest, so that a torn or changed file is emitted anew. It lies in the folder of the compiled kernels, to which nobody
else may write. Sectors from outside the package are never kept: their code is not in the hash.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
import platform
import tempfile
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

from salpi.engine.emit_c import Kernel
from salpi.engine.native import KernelError, safe_folder

PACKAGE = Path(__file__).parents[1]


def kept(key: tuple[Any, ...], functions: Iterable[Any], emit: Callable[[], Kernel]) -> Kernel:
    """The kernel of a key, which holds plain values only: from the cache, or emitted and put there."""
    if not all(str(getattr(f, "__module__", "")).startswith(f"{PACKAGE.name}.") for f in functions):
        return emit()
    try:
        path = safe_folder() / "emitted" / hashlib.sha256(f"{_code()} {key!r}".encode()).hexdigest()
    except KernelError:
        return emit()
    found = _read(path)
    if found is None:
        found = emit()
        with contextlib.suppress(OSError):
            _write(path, found)
    return found


@cache
def _code() -> str:
    """The hash of the package's code and of the Python that reads it."""
    h = hashlib.sha256(platform.python_version().encode())
    for file in sorted(PACKAGE.rglob("*.py")):
        h.update(str(file.relative_to(PACKAGE)).encode() + file.read_bytes())
    return h.hexdigest()


def _read(path: Path) -> Kernel | None:
    try:
        told, _, body = path.read_bytes().partition(b"\n")
    except OSError:
        return None
    if told != hashlib.sha256(body).hexdigest().encode():
        return None
    found = pickle.loads(body)
    return found if isinstance(found, Kernel) else None


def _write(path: Path, kernel: Kernel) -> None:
    path.parent.mkdir(mode=0o700, exist_ok=True)
    body = pickle.dumps(kernel)
    handle, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
    os.replace(name, path)
