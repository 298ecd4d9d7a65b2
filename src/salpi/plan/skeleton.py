"""A new plan: a small commented skeleton that passes the check, for another country or another strategy."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

TEMPLATE = Path(__file__).parent / "template"


class SkeletonError(Exception):
    """The skeleton cannot be written there; the text says why and what to do."""


def write_skeleton(directory: Path) -> tuple[str, ...]:
    """Write the skeleton into a new or empty folder, whole or not at all; the names of its files. Raises SkeletonError."""
    if directory.exists() and not directory.is_dir():
        raise SkeletonError(f"{directory}: is a file; give a new folder")
    try:
        if directory.is_dir() and any(directory.iterdir()):
            raise SkeletonError(f"{directory}: is not empty; give a new or empty folder")
        directory.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=directory.parent, prefix=".new-plan-") as place:
            whole = Path(place) / "plan"
            shutil.copytree(TEMPLATE, whole, copy_function=shutil.copyfile)
            if directory.is_dir():
                directory.rmdir()
            os.replace(whole, directory)
    except OSError as error:
        reason = (error.strerror or "no access").lower()
        raise SkeletonError(f"{directory}: cannot be written: {reason}; give a folder that you may write to") from None
    return tuple(sorted(str(path.relative_to(directory)) for path in directory.rglob("*") if path.is_file()))
