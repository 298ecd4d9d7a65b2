"""The units in which claims of texts are read: an indicator in another one has no claims."""

from __future__ import annotations

from salpi.units.definitions import CURRENCIES

MEASURED = ("%", "x", "count", "persons", "rank", "days", "months", "years")
PHYSICAL = ("L", "m3", "m2", "ha", "km", "kg", "t", "MW", "MWh")
READABLE = frozenset((*MEASURED, *PHYSICAL, *CURRENCIES))
"""As they are written in a plan; money by its ISO code alone."""


def is_readable(unit: str) -> bool:
    """Whether figures of texts are read in this unit."""
    return unit in READABLE


def readable() -> str:
    """All of them, for people."""
    return f"a currency or {', '.join((*MEASURED, *PHYSICAL))}"
