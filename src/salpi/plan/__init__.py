"""The plan layer: what a national strategy says, as data. Names are imported when first used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from salpi.plan.checks import run_checks
    from salpi.plan.loader import bundled, load_plan, read_plan
    from salpi.plan.model import Atlas, Plan
    from salpi.plan.periods import Period, PeriodError, month_index
    from salpi.plan.problems import PlanError, Problem
    from salpi.plan.reconcile import Conflict, conflicts

_HOME = {
    "run_checks": "checks",
    "bundled": "loader",
    "Conflict": "reconcile",
    "conflicts": "reconcile",
    "load_plan": "loader",
    "read_plan": "loader",
    "Atlas": "model",
    "Plan": "model",
    "Period": "periods",
    "PeriodError": "periods",
    "month_index": "periods",
    "PlanError": "problems",
    "Problem": "problems",
}

__all__ = [
    "Atlas",
    "Conflict",
    "Period",
    "PeriodError",
    "Plan",
    "PlanError",
    "Problem",
    "bundled",
    "conflicts",
    "load_plan",
    "month_index",
    "read_plan",
    "run_checks",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
