"""The decision layer: where each target stands, what each measure does. Names are imported when first used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from salpi.decide.effects import Effects, effects
    from salpi.decide.row import Row
    from salpi.decide.scorecard import Scorecard, scorecard

__all__ = ["Effects", "Row", "Scorecard", "effects", "scorecard"]

_HOME = {"Row": "row", "Scorecard": "scorecard"}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
