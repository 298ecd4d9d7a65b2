"""Many small named checks over a whole plan; each yields its problems."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from salpi.plan.checks import (
    atlas,
    claims,
    dates,
    links,
    measures,
    money,
    names,
    observations,
    parameters,
    parts,
    phrases,
    rates,
    references,
    scale,
    scenarios,
    subjects,
    targets,
    units,
)
from salpi.plan.checks.context import Context
from salpi.plan.model import Plan
from salpi.plan.problems import Problem

Check = Callable[[Context], Iterable[Problem]]

_MODULES = (
    atlas,
    claims,
    dates,
    links,
    measures,
    money,
    names,
    observations,
    parameters,
    parts,
    phrases,
    rates,
    references,
    scale,
    scenarios,
    subjects,
    targets,
    units,
)
CHECKS: tuple[Check, ...] = tuple(
    function
    for module in _MODULES
    for name, function in sorted(vars(module).items())
    if name.startswith("check_") and function.__module__ == module.__name__
)
"""Every function ``check_...`` of the modules here."""


def run_checks(
    plan: Plan,
    channels: frozenset[str] | Mapping[str, str] | None = None,
    outputs: frozenset[str] | None = None,
    sectors: tuple[str, ...] | None = None,
) -> tuple[Problem, ...]:
    """All problems of a plan in order of file and line; with the model's channels, outputs and sectors, links to these too.

    ``channels`` may map each channel to its unit (``""``: unknown); sizes are then checked against it.
    A plan seen as of an earlier date is a part of a whole one: check the whole.
    """
    return run_context(Context(plan, {}, channels, outputs, sectors))


def run_context(context: Context) -> tuple[Problem, ...]:
    """All problems that the checks find."""
    found = {problem for check in CHECKS for problem in check(context)}
    return tuple(sorted(found, key=lambda problem: problem.order))


__all__ = ["CHECKS", "Context", "run_checks", "run_context"]
