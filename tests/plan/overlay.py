"""A broken plan is the good one with a few files changed: ``bad-x/`` holds these, ``absent.txt`` names files to leave out."""

from __future__ import annotations

import shutil
from pathlib import Path

HERE = Path(__file__).parent
GOOD = HERE / "good"
NO_PART = ("expected.txt", "absent.txt")


def overlay(bad: Path, place: Path) -> Path:
    """Write the good plan with what ``bad`` changes into ``place``."""
    shutil.copytree(GOOD, place, dirs_exist_ok=True)
    shutil.copytree(bad, place, dirs_exist_ok=True, ignore=shutil.ignore_patterns(*NO_PART))
    absent = bad / "absent.txt"
    for name in absent.read_text(encoding="utf-8").split() if absent.exists() else ():
        (place / name).unlink()
    return place
