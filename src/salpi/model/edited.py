"""In development: the units of the sectors are checked before they run, once for each state of the code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salpi.engine.declare import EntitySector, Sector
from salpi.engine.run import ModelError
from salpi.kept import PACKAGE, kept
from salpi.model import modules

if TYPE_CHECKING:
    from salpi.plan import Plan

IN_DEVELOPMENT = (PACKAGE.parents[1] / "pyproject.toml").is_file()
"""Whether the package runs from its source tree, where a sector may have been edited since its units were checked."""


def check_edited(plan: Plan, sectors: tuple[Sector | EntitySector, ...], start: int) -> None:
    """In development, the units of these sectors before they run: once for each state of the code, which the cache remembers.

    Raises ModelError with a line for every place where units do not fit.
    """
    key = units_of(plan, sectors)
    if not IN_DEVELOPMENT or key in _checked:
        return
    from salpi.engine.trace import TraceError

    try:
        found = kept("units", key, tuple, lambda: _problems(plan, sectors, start), lambda problems: not problems)
    except TraceError:
        return  # a sector that leaves the language is the kernels' to explain
    if found:
        raise ModelError(list(found))
    _checked.add(key)


_checked: set[str] = set()


def units_of(plan: Plan, sectors: tuple[Sector | EntitySector, ...]) -> str:
    """What the units of sectors depend on beside their code."""
    money = plan.meta.currencies
    return repr(([s.name for s in sectors], money.home, money.trade))


def _problems(plan: Plan, sectors: tuple[Sector | EntitySector, ...], start: int) -> tuple[str, ...]:
    if modules.units_fit(units_of(plan, sectors)):
        return ()
    from salpi.model.equations import equation_problems

    return tuple(equation_problems(plan, sectors, start))
