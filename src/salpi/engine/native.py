"""Native kernels: a C compiler that is already there builds a kernel once, into a per-user cache.

The cache is a folder of the user's own that nobody else may write to. A library's name is the hash of its source, the
compiler, its flags and the processor; beside it lies the hash of its bytes, and a file that differs from it is built
anew. Libraries appear by an atomic rename. A compiler that is missing, fails or hangs gives a line and no kernel.
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import os
import platform
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from salpi import kept

ROOM = "V8"
"""The dtype of an array among a kernel's ``out`` that is only room to work in: nobody reads it."""
STRICT = ("-ffp-contract=off", "-fno-fast-math", "-fno-math-errno", "-fno-trapping-math", "-std=gnu11", "-w")
"""No fused multiply-add, no reassociation; no errno and no traps, so that loops may be vectorised: no bit depends on those."""

GCC = ("-O1", "-ftree-vectorize", "-fvect-cost-model=dynamic")
CLANG = ("-O2",)
BUILD_SECONDS = 60.0


class KernelError(RuntimeError):
    """No kernel, and why, in one line."""


def safe_folder() -> Path:
    """The cache folder, made if missing. Raises KernelError if it cannot be written, or others may write to it."""
    try:
        return kept.safe_folder()
    except kept.CacheError as error:
        raise KernelError(str(error)) from error


@cache
def compiler() -> tuple[str, ...]:
    """The command of a C compiler: ``$CC``, cc, gcc, clang, or ziglang from the package index. Raises KernelError."""
    for name in (os.environ.get("CC"), "cc", "gcc", "clang"):
        found = shutil.which(name) if name else None
        if found:
            return (found,)
    if find_spec("ziglang") is not None:
        return (sys.executable, "-m", "ziglang", "cc")
    raise KernelError("no C compiler was found; pip install 'salpi[compiler]' brings one")


@cache
def _version(command: tuple[str, ...]) -> str:
    return run([*command, "--version"], 20.0).splitlines()[0]


@cache
def processor() -> str:
    """What ``-march=native`` depends on."""
    with contextlib.suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text("utf-8", "replace").splitlines():
            if line.startswith(("flags", "Features")):
                return f"{platform.machine()} {line}"
    return f"{platform.machine()} {platform.processor()} {platform.node()}"


def run(command: Sequence[str], seconds: float, cwd: Path | None = None) -> str:
    """Output of a command that ends in time. Raises KernelError if it fails or hangs (it is then killed, children too)."""
    try:
        process = subprocess.Popen(
            command, cwd=cwd, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True
        )
    except OSError as error:
        raise KernelError(f"{command[0]} does not start ({error.strerror})") from error
    try:
        out, _ = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        with contextlib.suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL) if os.name == "posix" else process.kill()
        process.communicate()
        raise KernelError(f"{command[0]} did not end within {seconds:g} s") from None
    text = out.decode("utf-8", "replace")
    if process.returncode != 0:
        last = next((x for x in text.splitlines() if "error" in x), text.strip()[-200:])
        raise KernelError(f"{command[0]} failed with code {process.returncode}: {last}")
    return text or "?"


def _plan(source: str) -> tuple[list[str], Path, str]:
    """The command that builds a source, the folder and the name under which it is kept."""
    folder = safe_folder() / "kernels"
    folder.mkdir(mode=0o700, exist_ok=True)
    command = compiler()
    version = _version(command)
    flags = (*(CLANG if "clang" in version or "zig" in " ".join(command) else GCC), *STRICT, "-march=native", "-fPIC", "-shared")
    name = hashlib.sha256("\0".join((source, version, *flags, processor())).encode()).hexdigest()[:40]
    return [*command, *flags], folder, name


def is_built(source: str) -> bool:
    """Whether a kernel is in the cache. Raises KernelError."""
    _, folder, name = _plan(source)
    return intact(folder / f"{name}.so", folder / f"{name}.sha256")


def build(source: str) -> Callable[..., int]:
    """The function ``run`` of a kernel's source, from the cache or built now. Raises KernelError."""
    command, folder, name = _plan(source)
    library = folder / f"{name}.so"
    if not intact(library, folder / f"{name}.sha256"):
        _compile(source, command, folder, name)
    try:
        found = ctypes.CDLL(str(library)).run
    except (OSError, AttributeError) as error:
        raise KernelError(f"the kernel {library} does not load ({error})") from error
    found.argtypes, found.restype = (ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p), ctypes.c_int
    call: Callable[..., int] = found
    return call


def intact(library: Path, mark: Path) -> bool:
    """Whether a file of the cache has the bytes that were put there."""
    try:
        return hashlib.sha256(library.read_bytes()).hexdigest() == mark.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):
        return False


def _compile(source: str, command: Sequence[str], folder: Path, name: str) -> None:
    try:
        with tempfile.TemporaryDirectory(dir=folder, prefix="build-") as place:
            work = Path(place)
            (work / "kernel.c").write_text(source, "ascii")
            run([*command, "-o", "kernel.so", "kernel.c"], BUILD_SECONDS, work)
            keep(folder, name, ".so", (work / "kernel.so").read_bytes())
    except OSError as error:
        raise KernelError(f"the kernel could not be written to {folder} ({error.strerror})") from error


def keep(folder: Path, name: str, suffix: str, data: bytes) -> None:
    """Puts bytes and their hash into the cache, each by an atomic rename."""
    for end, content in ((suffix, data), (".sha256", hashlib.sha256(data).hexdigest().encode("ascii"))):
        handle, path = tempfile.mkstemp(dir=folder, prefix="new-")
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.replace(path, folder / (name + end))
