"""In development: the units of the sectors are checked before they run, once for each state of the code."""

from __future__ import annotations

import contextlib
import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from salpi.engine.declare import EntitySector, Sector
from salpi.engine.native import KernelError, safe_folder
from salpi.engine.run import ModelError

if TYPE_CHECKING:
    from salpi.plan import Plan

PACKAGE = Path(__file__).parents[1]
IN_DEVELOPMENT = (PACKAGE.parents[1] / "pyproject.toml").is_file()
"""Whether the package runs from its source tree, where a sector may have been edited since its units were checked."""


def check_edited(plan: Plan, sectors: tuple[Sector | EntitySector, ...], start: int) -> None:
    """In development, the units of these sectors before they run: once for each state of the code, which the cache remembers.

    Raises ModelError with a line for every place where units do not fit.
    """
    if not IN_DEVELOPMENT:
        return
    money = plan.meta.currencies
    of = f"{_code()} {[s.name for s in sectors]} {money.home} {money.trade}"
    name = hashlib.sha256(of.encode()).hexdigest()
    try:
        mark: Path | None = safe_folder() / "units" / name
    except KernelError:
        mark = None
    if name in _checked or (mark is not None and mark.is_file()):
        return
    from salpi.engine.trace import TraceError
    from salpi.model.equations import equation_problems

    try:
        found = equation_problems(plan, sectors, start)
    except TraceError:
        return  # a sector that leaves the language is the kernels' to explain
    if found:
        raise ModelError(found)
    _checked.add(name)
    if mark is not None:
        with contextlib.suppress(OSError):
            mark.parent.mkdir(mode=0o700, exist_ok=True)
            mark.touch()


_checked: set[str] = set()


@cache
def _code() -> str:
    """The hash of what the units of a sector depend on: the engine's and the model's code."""
    h = hashlib.sha256()
    for file in sorted(f for folder in ("engine", "model", "units") for f in (PACKAGE / folder).rglob("*.py")):
        h.update(str(file.relative_to(PACKAGE)).encode() + file.read_bytes())
    return h.hexdigest()
