"""A bundled plan as it was read and checked: what the package carries, so that a first start need not read it all anew.

It is taken only where the plan's files and the code that reads and checks them are those of then, to the byte; ``make kernels``
renews it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import astuple, replace
from functools import cache
from hashlib import sha256
from pathlib import Path

from salpi.plan.files import Texts
from salpi.plan.model import Origins, Plan
from salpi.plan.problems import Problem

PACKAGE = Path(__file__).parents[1]
CODE = ("plan", "units")
"""What reads and checks a plan."""


def file(id: str) -> Path:
    """Where a bundled plan is carried."""
    return PACKAGE / "plan" / "carried" / f"{id}.json.gz"


def carried(root: Path, texts: Texts) -> tuple[Plan, tuple[Problem, ...]] | None:
    """The plan of these texts, and its problems, if the package carries it."""
    its = file(root.name)
    if root != PACKAGE / "plans" / root.name or not its.is_file():
        return None
    import gzip

    told, _, body = gzip.decompress(its.read_bytes()).decode().partition("\n")
    if told != _key(texts.files):
        return None
    from salpi.plan.carry import from_text

    rest, _, text = body.partition("\n")
    places, problems = json.loads(rest)
    where = {(kind, key): (name, tuple(path)) for kind, key, name, path in places}
    return replace(from_text(text), root=root, origins=Origins(texts, where)), tuple(Problem(*p) for p in problems)


def carry(plan: Plan, problems: tuple[Problem, ...]) -> None:
    """Lets the package carry a bundled plan and its problems, as they were read just now."""
    import gzip

    from salpi.plan.carry import to_text

    places = [(*key, *place) for key, place in plan.origins.places.items()]
    rest = json.dumps((places, [astuple(p) for p in problems]), ensure_ascii=False, separators=(",", ":"))
    text = f"{_key(plan.origins.texts.files)}\n{rest}\n{to_text(plan)}"
    file(plan.id).parent.mkdir(exist_ok=True)
    file(plan.id).write_bytes(gzip.compress(text.encode(), 9, mtime=0))


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
