"""What was worked out is kept from one process to the next, in a folder of the user's own: kernels, plans as read.

A file's name is the hash of the state of this package's code, of the Python that reads it and of all that its content depends
on; its first line is the hash of the rest, so that a torn or changed file is worked out anew. The folder is one to which nobody
else may write; without one nothing is kept, and nothing else changes.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import hashlib
import io
import os
import pickle
import platform
import stat
import sys
import tempfile
from collections.abc import Callable, Collection, Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from threading import Thread
from typing import Any, TypeVar

PACKAGE = Path(__file__).parent
MOST = 24
"""Files of a kind; the oldest go."""
DIGITS = 64
"""Of the hash in a file's first line."""
PLAIN = (("datetime", "date"), ("builtins", "set"), ("builtins", "frozenset"))
"""What records hold beside other records and what needs no name."""

T = TypeVar("T")


class CacheError(RuntimeError):
    """No cache folder, and why, in one line."""


def cache_folder() -> Path:
    """Where things are kept: ``$SALPI_CACHE``, else ``salpi`` in the user's cache folder."""
    own = os.environ.get("SALPI_CACHE")
    if own:
        return Path(own)
    base = os.environ.get("XDG_CACHE_HOME") or (
        os.environ.get("LOCALAPPDATA")
        if os.name == "nt"
        else os.path.expanduser("~/Library/Caches" if sys.platform == "darwin" else "~/.cache")
    )
    return Path(base or tempfile.gettempdir()) / "salpi"


def safe_folder() -> Path:
    """The cache folder, made if missing. Raises CacheError if it cannot be written, or others may write to it."""
    folder = cache_folder()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        state = folder.stat()
    except OSError as error:
        raise CacheError(
            f"the cache folder {folder} cannot be made ({error.strerror}); set SALPI_CACHE to a folder of yours"
        ) from error
    if os.name == "posix" and (state.st_uid != os.getuid() or state.st_mode & (stat.S_IWGRP | stat.S_IWOTH)):
        raise CacheError(f"others may write to the cache folder {folder}; make it yours (chmod 700), or set SALPI_CACHE")
    if not os.access(folder, os.W_OK):
        raise CacheError(f"the cache folder {folder} is read-only; set SALPI_CACHE to a folder of yours")
    return folder


def kept(
    kind: str, key: str, made: type[T], make: Callable[[], T], worth: Callable[[T], bool] = lambda _: True, beside: bool = False
) -> T:
    """What ``make`` gives, a ``made``: from the cache, or made now and, where ``worth``, put there.

    ``key`` holds all that it depends on beside the package's code. With ``beside``, what is large is written while the process
    goes on.
    """
    try:
        path = safe_folder() / kind / hashlib.sha256(f"{_code()} {key}".encode()).hexdigest()
    except CacheError:
        return make()
    found = _read(path)
    if isinstance(found, made):
        return found
    fresh = make()
    if worth(fresh) and not beside:
        _write(path, fresh)
    elif worth(fresh):
        writing = Thread(target=_write, args=(path, fresh))
        writing.start()
        atexit.register(writing.join)
    return fresh


@cache
def _code() -> str:
    """The hash of the state of the package's code and of the Python that reads it.

    As Python trusts its bytecode: by size and times of each file, which reading 200 of them would take ten times as long.
    """
    told = sorted((str(entry.path), *_state(entry.stat())) for entry in _walk(str(PACKAGE)) if entry.name.endswith(".py"))
    return hashlib.sha256(repr((platform.python_version(), told)).encode()).hexdigest()


def _walk(folder: str) -> Iterator[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _walk(entry.path)
            elif entry.is_file():
                yield entry


def _state(of: os.stat_result) -> tuple[int, int, int]:
    """Size and times of a file: whoever writes to it changes the last of them, whatever time it is given."""
    return of.st_size, of.st_mtime_ns, of.st_ctime_ns


def release(library: str) -> str:
    """What tells one release of an installed library from another, without the time that importing it takes."""
    found = find_spec(library)
    if found is None or found.origin is None:
        return ""
    return repr((found.origin, *_state(os.stat(found.origin))))


def _read(path: Path) -> object:
    try:
        data = memoryview(path.read_bytes())
    except OSError:
        return None
    told, body = data[:DIGITS], data[DIGITS + 1 :]
    return _loaded(body) if told == hashlib.sha256(body).hexdigest().encode() else None


def records(body: bytes, modules: Collection[str]) -> object:
    """What the package carries pickled, made of records of these modules alone; None where this Python cannot read it."""
    try:
        with _not_collecting():
            return _Records(body, modules).load()
    except (pickle.UnpicklingError, AttributeError, ImportError, TypeError, ValueError, LookupError, EOFError):
        return None


class _Records(pickle.Unpickler):
    def __init__(self, body: bytes, modules: Collection[str]) -> None:
        super().__init__(io.BytesIO(body))
        self.modules = modules

    def find_class(self, module: str, name: str) -> Any:
        known = (module in self.modules and "." not in name) or (module, name) in PLAIN
        found = super().find_class(module, name) if known else None
        if isinstance(found, type):
            return found
        raise pickle.UnpicklingError(f"{module}.{name} is none of the records of {', '.join(self.modules)}")


def _loaded(body: memoryview) -> object:
    """What was pickled into the user's own folder."""
    with _not_collecting():
        return pickle.loads(body)


@contextlib.contextmanager
def _not_collecting() -> Iterator[None]:
    """A plan is many small objects without a cycle: looking for one while they are made takes half as long again."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _write(path: Path, what: object) -> None:
    """Keeps it, if the disk lets us."""
    with contextlib.suppress(OSError):
        path.parent.mkdir(mode=0o700, exist_ok=True)
        body = pickle.dumps(what)
        handle, name = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
        os.replace(name, path)
        for old in sorted(path.parent.iterdir(), key=lambda p: p.stat().st_mtime)[:-MOST]:
            old.unlink(missing_ok=True)
