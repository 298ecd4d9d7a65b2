"""The sectors, one module each; ``sector("exports")`` gives its declaration."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from salpi.engine.declare import EntitySector, Sector

SECTOR_NAMES = ("economy", "regulation", "manufacturing", "biosimilars", "pipeline", "trials", "exports", "industry")


@cache
def sector(name: str) -> Sector | EntitySector:
    """The declaration of one sector. Raises KeyError for a name that is none."""
    if name not in SECTOR_NAMES:
        raise KeyError(name)
    declared: Sector | EntitySector = import_module(f"{__name__}.{name}").SECTOR
    return declared
