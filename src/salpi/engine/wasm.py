"""WebAssembly kernels: the same C as a module that runs anywhere, without a compiler on the user's machine.

A module imports nothing, keeps its numbers in its own memory and exports ``run``. Here ``wasmtime`` runs it, an instance a
thread; a page runs the same bytes. Built by clang, or by ziglang from the package index.
"""

from __future__ import annotations

import atexit
import contextlib
import ctypes
import hashlib
import shutil
import sys
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from salpi.engine.native import ROOM, STRICT, KernelError, intact, keep, processor, run, safe_folder
from salpi.kept import release

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

TARGET = (
    "-O2", "-fno-unroll-loops", "-mllvm", "-disable-lsr", "-nostdlib", "-fno-builtin", "-fno-sanitize=all",
    "-Wl,--strip-all", "-Wl,--no-entry", "-Wl,--export=run", "-Wl,--export=__heap_base", "-Wl,-z,stack-size=4194304",
)  # fmt: skip
ZIG = ("-mcpu=generic+simd128+bulk_memory", "-target", "wasm32-freestanding")
CLANG = ("-msimd128", "-mbulk-memory", "--target=wasm32")
BUILD_SECONDS = 300.0
PAGE = 65536


def compiler() -> tuple[str, ...]:
    """The command that compiles to WebAssembly: ziglang, else clang with lld. Raises KernelError where neither is there."""
    if find_spec("ziglang") is not None:
        return (sys.executable, "-m", "ziglang", "cc", *ZIG)
    clang = shutil.which("clang")
    if clang is not None and shutil.which("wasm-ld") is not None:
        return (clang, *CLANG)
    raise KernelError("WebAssembly is built by ziglang (pip install 'salpi[compiler]') or by clang with lld; neither is here")


def build(source: str) -> bytes:
    """The module of a kernel's source. Raises KernelError where no compiler for it is there, or it fails."""
    command = compiler()
    with tempfile.TemporaryDirectory(prefix="salpi-") as name:
        work = Path(name)
        (work / "kernel.c").write_text(source, "ascii")
        run([*command, *TARGET, *STRICT, "-o", "kernel.wasm", "kernel.c"], BUILD_SECONDS, work)
        return (work / "kernel.wasm").read_bytes()


_live: list[Any] = []


@atexit.register
def _close() -> None:
    """Frees what wasmtime holds, last first, while Python is still whole."""
    while _live:
        _live.pop().close()


_starting = Lock()


def _engine() -> Any:
    """The one engine of this process, also where threads ask for it at once: modules of two do not go together."""
    with _starting:
        return _started()


@cache
def _started() -> Any:
    if find_spec("wasmtime") is None:
        raise KernelError("wasmtime, which runs WebAssembly, is not installed; pip install wasmtime")
    import wasmtime

    config = wasmtime.Config()
    config.parallel_compilation = False  # modules are compiled side by side, or beside a command that starts
    _live.append(wasmtime.Engine(config))
    return _live[-1]


_coming: dict[str, Future[Any]] = {}


def compile_ahead(modules: Iterable[bytes]) -> None:
    """Has modules compiled beside, one after the other; one that is loaded before its turn is compiled by whoever loads it."""
    pool = ThreadPoolExecutor(1)  # the other core is at work on what will load them
    for module in modules:
        _coming[_name(module)] = pool.submit(_compiled, module)
    pool.shutdown(wait=False)


def _name(module: bytes) -> str:
    return hashlib.sha256(_here() + module).hexdigest()[:40]


@cache
def _here() -> bytes:
    """What else a compiled module depends on."""
    return f"{release('wasmtime')} {processor()} ".encode()


def _compiled(module: bytes) -> Any:
    """A module ready to run; what wasmtime made of it is kept in the user's cache with its hash, if there is one."""
    engine, name = _engine(), _name(module)
    import wasmtime

    try:
        folder = safe_folder() / "modules"
        folder.mkdir(mode=0o700, exist_ok=True)
    except (KernelError, OSError):
        folder = None
    try:
        if folder is not None and intact(folder / f"{name}.bin", folder / f"{name}.sha256"):
            return wasmtime.Module.deserialize_file(engine, str(folder / f"{name}.bin"))
        made = wasmtime.Module(engine, module)
    except wasmtime.WasmtimeError as error:
        raise KernelError(f"a WebAssembly module does not load: {str(error).splitlines()[0]}") from error
    if folder is not None:
        with contextlib.suppress(OSError):
            keep(folder, name, ".bin", bytes(made.serialize()))
    return made


def load(module: bytes) -> Callable[[Sequence[Any], Sequence[Any], NDArray[np.int64]], int]:
    """A function over arrays (in, out, meta; see ``emit_c.Kernel``). Raises KernelError for bytes that are no such module."""
    engine = _engine()
    import wasmtime

    coming = _coming.pop(_name(module), None)
    its = _compiled(module) if coming is None or coming.cancel() else coming.result()
    if its.imports or not {"run", "memory", "__heap_base"} <= {e.name for e in its.exports}:
        raise KernelError("a WebAssembly module is no kernel: it must import nothing and export run, memory and __heap_base")
    _live.append(its)
    free: deque[tuple[Any, Any]] = deque()  # instances that no thread uses now

    def call(arrays: Sequence[Any], outs: Sequence[Any], meta: NDArray[np.int64]) -> int:
        try:
            store, exports = free.pop()
        except IndexError:
            store = wasmtime.Store(engine)
            _live.append(store)
            exports = wasmtime.Instance(store, its, []).exports(store)
        memory = exports["memory"]
        at, places = int(exports["__heap_base"].value(store)), []
        for a in (*arrays, *outs, meta):
            at = (at + 63) // 64 * 64
            places.append(at)
            at += a.nbytes
        tables = (ctypes.c_uint32 * len(places))(*places)
        table = (at + 63) // 64 * 64
        more = table + ctypes.sizeof(tables) - memory.data_len(store)
        if more > 0:
            memory.grow(store, more // PAGE + 1)
        base = ctypes.addressof(memory.data_ptr(store).contents)
        for place, a in zip((*places[: len(arrays)], places[-1]), (*arrays, meta), strict=True):
            ctypes.memmove(base + place, a.ctypes.data, a.nbytes)
        ctypes.memmove(base + table, tables, ctypes.sizeof(tables))
        bad = int(exports["run"](store, table, table + 4 * len(arrays), places[-1]))
        for place, a in zip(places[len(arrays) : -1], outs, strict=True):
            if a.dtype != ROOM:
                ctypes.memmove(a.ctypes.data, base + place, a.nbytes)
        free.append((store, exports))
        return bad

    return call
