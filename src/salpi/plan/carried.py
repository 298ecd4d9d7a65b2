"""A bundled plan as it was read and checked: what the package carries, so that a start need not read it all anew.

It is taken only where the plan's files and the code that reads and checks them are those of then, to the byte; ``make kernels``
renews it. It is pickled, as a cache would be, which is read in a third of the time of JSON; only records of plans are made of it.
"""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from salpi.kept import records
from salpi.plan.files import Texts
from salpi.plan.model import Origins, Plan
from salpi.plan.problems import Problem

PACKAGE = Path(__file__).parents[1]
CODE = ("plan", "units")
"""What reads and checks a plan."""
PLACED = ("root", "origins")
"""Of a plan what hangs on where it lies."""
RECORDS = ("salpi.plan.model", "salpi.plan.schema", "salpi.plan.problems")


def file(id: str) -> Path:
    """Where a bundled plan is carried."""
    return PACKAGE / "plan" / "carried" / f"{id}.pickle"


def carried(root: Path, texts: Texts) -> tuple[Plan, tuple[Problem, ...]] | None:
    """The plan of these texts, and its problems, if the package carries it."""
    its = file(root.name)
    if root != PACKAGE / "plans" / root.name or not its.is_file():
        return None
    told, _, body = its.read_bytes().partition(b"\n")
    found: Any = records(body, RECORDS) if told == _key(texts.files).encode() else None
    if found is None:
        return None
    parts, places, problems = found
    return Plan(root=root, origins=Origins(texts, places), **parts), problems


def carry(plan: Plan, problems: tuple[Problem, ...]) -> None:
    """Lets the package carry a bundled plan and its problems, as they were read just now; what is fresh is left as it is."""
    its, told = file(plan.id), _key(plan.origins.texts.files).encode()
    if its.is_file() and its.read_bytes().partition(b"\n")[0] == told:
        return
    parts = {f.name: getattr(plan, f.name) for f in fields(plan) if f.name not in PLACED}
    its.parent.mkdir(exist_ok=True)
    its.write_bytes(told + b"\n" + pickle.dumps((parts, plan.origins.places, problems), protocol=4))


def _key(texts: Mapping[str, str]) -> str:
    """The hash of the plan's texts and of the code."""
    made = sha256(_code().encode())
    for name, text in sorted(texts.items()):
        made.update(f"{name} {len(text)}\n".encode() + text.encode())
    return made.hexdigest()


@cache
def _code() -> str:
    made = sha256()
    for folder in CODE:
        for its in sorted((PACKAGE / folder).rglob("*.py")):
            content = its.read_bytes()
            made.update(f"{its.relative_to(PACKAGE).as_posix()} {len(content)}\n".encode() + content)
    return made.hexdigest()
