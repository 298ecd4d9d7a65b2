"""Compiled forms of modules: imports take them where an installation has them, made of the sources that are there.

``pip install`` makes them where a C compiler and Python's headers are (``hatch_compile.py``), in the folder ``_compiled`` of the
package. They do the same as their sources, faster. They hold together: after a change to one source none is used, until they
are made anew. ``SALPI_COMPILED=0`` does without.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
import sys
import sysconfig
from collections.abc import Iterable
from functools import cache
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_file_location
from pathlib import Path
from typing import Any, NamedTuple

PACKAGE = Path(__file__).parent
FOLDER = PACKAGE / "_compiled"
MANIFEST = "manifest.json"
WHY_NOT = "why-not.txt"
"""There instead of a manifest where compiling failed: the reason, in one line."""


class Manifest(NamedTuple):
    """What a folder of compiled modules is made for and of."""

    python: str  # the ending of extension modules: which Python, which machine
    of: list[str]  # modules by name, whose sources it was made of
    sources: str  # their state
    files: dict[str, str]  # module → its file in the folder


class NotCompiled(RuntimeError):
    """No compiled forms, and why, in one line."""


def state(root: Path, modules: Iterable[str]) -> str:
    """The hash of some modules' sources. Raises OSError."""
    found = hashlib.sha256()
    for name in modules:
        data = (root / (name.replace(".", "/") + ".py")).read_bytes()
        found.update(f"{name} {len(data)}\n".encode())
        found.update(data)
    return found.hexdigest()


def manifest(folder: Path = FOLDER) -> Manifest:
    """What is in a folder, if it fits this Python and these sources. Raises NotCompiled."""
    try:
        told = Manifest(**json.loads((folder / MANIFEST).read_text("utf-8")))
        now = state(PACKAGE.parent, told.of)
    except FileNotFoundError:
        raise NotCompiled(f"they were not compiled where salpi was installed{_why_not(folder)}") from None
    except (OSError, ValueError, TypeError) as error:
        raise NotCompiled(f"what was compiled cannot be read ({error})") from error
    if told.python != sysconfig.get_config_var("EXT_SUFFIX"):
        raise NotCompiled("they were compiled for another Python")
    if told.sources != now:
        raise NotCompiled("their sources were changed since they were compiled")
    return told


def _why_not(folder: Path) -> str:
    with contextlib.suppress(OSError):
        return f" ({(folder / WHY_NOT).read_text('utf-8').strip()})"
    return ""


class Finder(MetaPathFinder):
    """Finds modules in a folder of compiled ones."""

    def __init__(self, folder: Path, files: dict[str, str]) -> None:
        self.folder, self.files = folder, files

    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        """Of a module that the folder has."""
        file = self.files.get(fullname)
        return None if file is None else spec_from_file_location(fullname, self.folder / file)


@cache
def use() -> bool:
    """Let imports take the compiled forms; whether they do."""
    try:
        if os.environ.get("SALPI_COMPILED") == "0":
            raise NotCompiled("SALPI_COMPILED=0 says so")
        told = manifest()
    except NotCompiled as why:
        logging.getLogger(__name__).info("documents are read by uncompiled modules, with the same results but slower: %s", why)
        return False
    sys.meta_path.insert(0, Finder(FOLDER, told.files))
    return True
