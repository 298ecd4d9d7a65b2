"""Numbers that carry a unit, so that a step can be checked: in a run they are plain floats.

``12`` means two things in a model of months: twelve months make a year, and a yearly rate gives a twelfth each month.
``MONTHS`` and ``A_YEAR`` say which, with the same bits.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


class Number(float):
    """A float with a unit. With plain numbers and other Numbers the unit goes along; with arrays it acts as a float."""

    unit: str

    def __new__(cls, value: float, unit: str) -> Number:
        made = super().__new__(cls, value)
        made.unit = unit
        return made

    def __mul__(self, other: Any) -> Any:
        return _both(float.__mul__, self, other, "({})*({})")

    def __rmul__(self, other: Any) -> Any:
        return _both(float.__rmul__, self, other, "({})*({})")

    def __truediv__(self, other: Any) -> Any:
        return _both(float.__truediv__, self, other, "({})/({})")

    def __rtruediv__(self, other: Any) -> Any:
        return _both(float.__rtruediv__, self, other, "1/(({})/({}))")

    def __add__(self, other: Any) -> Any:
        return _alike(float.__add__, self, other)

    def __sub__(self, other: Any) -> Any:
        return _alike(float.__sub__, self, other)

    def __neg__(self) -> Number:
        return Number(float.__neg__(self), self.unit)

    def __reduce__(self) -> Any:
        return Number, (float(self), self.unit)


def _both(act: Callable[..., Any], one: Number, other: Any, form: str) -> Any:
    found = act(one, other)
    if found is NotImplemented or type(other) not in (int, float, Number):
        return found
    return Number(found, form.format(one.unit, getattr(other, "unit", "1")))


def _alike(act: Callable[..., Any], one: Number, other: Any) -> Any:
    """Two Numbers of one unit make one; anything else is a plain number, as the units of a sum cannot be guessed."""
    found = act(one, other)
    return Number(found, one.unit) if isinstance(other, Number) and other.unit == one.unit else found


MONTH = Number(1.0, "month")
"""The step of a run: a rate a month times MONTH is an amount."""

YEAR = Number(1.0, "yr")
"""What a yearly rate is multiplied by to be what one year gives of it."""

MONTHS = Number(12.0, "month/yr")
"""Turns months into years (divide) and years into months (multiply)."""

A_YEAR = Number(12.0, "1/yr")
"""Steps a year: a yearly rate divided by A_YEAR is what one month gets of it."""

NOISE = "1/yr**0.5"
"""The unit of a year's white noise: a volatility in ``log/yr**0.5`` times it is a rate a year."""

NOTHING = -0.0
"""What may be added to any number, also to -0, without changing it: a state that stays, a member that does not count."""
