"""salpi: a national bio-industry strategy as a running model.

>>> import salpi
>>> plan = salpi.load_plan("korea")
>>> run = plan.simulate(draws=200)

Names are loaded when first used, so that ``import salpi`` and ``salpi --help`` answer at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from salpi.version import __version__

if TYPE_CHECKING:
    from salpi.api import Plan, load_plan, scenario
    from salpi.model.run import Run
    from salpi.model.scenario import Scenario

__all__ = ["Plan", "Run", "Scenario", "__version__", "load_plan", "scenario"]

_HOME = {
    "Plan": "salpi.api",
    "load_plan": "salpi.api",
    "scenario": "salpi.api",
    "Run": "salpi.model.run",
    "Scenario": "salpi.model.scenario",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'salpi' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
