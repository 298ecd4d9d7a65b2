"""A stamp of all that the WebAssembly modules which come along are made from; read by the build of the wheel too.

Only the standard library is used and nothing else of the package, so that the build hook can load this file by itself.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

NAME = "stamp.txt"
CODE = ("engine", "model", "units", "plan")


def stamp(package: Path) -> str:
    """The hash of the code that emits kernels, of the bundled plan's data, and of the modules themselves."""
    data = [f for f in (package / "plans").rglob("*") if f.is_file() and "__pycache__" not in f.parts]
    code = [f for folder in CODE for f in (package / folder).rglob("*.py")]
    made = [f for f in (package / "model" / "kernels").glob("*") if f.name != NAME]
    h = hashlib.sha256()
    for file in sorted((*code, *data, *made)):
        content = file.read_bytes()
        h.update(f"{file.relative_to(package).as_posix()} {len(content)}\n".encode() + content)
    return h.hexdigest()


def is_fresh(package: Path) -> bool:
    """Whether nothing of it has changed since the modules were made."""
    told = package / "model" / "kernels" / NAME
    return told.is_file() and told.read_text("ascii").strip() == stamp(package)
