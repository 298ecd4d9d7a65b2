"""The decision layer: where each target stands, what each measure does. Names are imported when first used.

The functions that make these, ``scorecard`` and ``effects``, are in the modules of their names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from salpi.decide.effects import Effects
    from salpi.decide.row import Row
    from salpi.decide.scorecard import Scorecard

__all__ = ["Effects", "Row", "Scorecard"]

_HOME = {"Effects": "effects", "Row": "row", "Scorecard": "scorecard"}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
