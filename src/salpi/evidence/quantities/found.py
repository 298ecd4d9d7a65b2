"""A quantity on its way through the grammar."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Found:
    """A quantity on its way: ``unit`` is None while nothing names one (a bare figure)."""

    start: int
    end: int
    value: float
    unit: str | None
    rule: str
    high: float | None = None
    counted: int = 0  # where the noun that it counts ends
    scaled: bool = False  # it carries a magnitude word (million, 억)
    signed: bool = False
    core: tuple[int, int] = (0, 0)  # the figure alone
    scale: float = 1.0  # the magnitude that multiplies the figure
    factor: float = 1.0  # what its unit was converted by (a week is seven days)
    sure: float = 1.0  # where a judge has decided what it measures: the probability that this is right

    def become(self, other: Found) -> None:
        """Takes over all that another has."""
        self.start, self.end, self.counted, self.core = other.start, other.end, other.counted, other.core
        self.value, self.high, self.unit, self.rule = other.value, other.high, other.unit, other.rule
        self.scaled, self.signed, self.scale, self.factor, self.sure = (
            other.scaled,
            other.signed,
            other.scale,
            other.factor,
            other.sure,
        )

    def multiply(self, times: float) -> None:
        """Takes both ends so many times."""
        self.value *= times
        if self.high is not None:
            self.high *= times
