"""``salpi new-plan DIR``: start a plan."""

from __future__ import annotations

import sys
from pathlib import Path


def new_plan_command(directory: Path) -> int:
    """Write a commented skeleton of a plan into a new or empty folder. Exit code 0, or 2 where that cannot be."""
    from salpi.plan.skeleton import SkeletonError, write_skeleton

    try:
        files = write_skeleton(directory)
    except SkeletonError as error:
        print(error, file=sys.stderr)
        return 2
    print(f"{directory}: wrote {len(files)} files of a fictional example plan")
    for file in files:
        print(f"  {directory / file}")
    print(f"Replace the example by your own data; `salpi check {directory}` says what is wrong.")
    return 0
