"""A quantity on its way through the grammar."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True, init=False)
class Found:
    """A quantity on its way: ``unit`` is None while nothing names one (a bare figure)."""

    start: int
    end: int
    value: float
    unit: str | None
    rule: str
    high: float | None
    counted: int  # where the noun that it counts ends
    scaled: bool  # it carries a magnitude word (million, 억)
    signed: bool
    core: tuple[int, int]  # the figure alone
    scale: float  # the magnitude that multiplies the figure
    factor: float  # what its unit was converted by (a week is seven days)
    sure: float  # where a judge has decided what it measures: the probability that this is right

    def __init__(  # by hand: compiled it is several times as fast as one that is made
        self,
        start: int,
        end: int,
        value: float,
        unit: str | None,
        rule: str,
        high: float | None = None,
        counted: int = 0,
        scaled: bool = False,
        signed: bool = False,
        core: tuple[int, int] = (0, 0),
        scale: float = 1.0,
        factor: float = 1.0,
        sure: float = 1.0,
    ) -> None:
        self.start = start
        self.end = end
        self.value = value
        self.unit = unit
        self.rule = rule
        self.high = high
        self.counted = counted
        self.scaled = scaled
        self.signed = signed
        self.core = core
        self.scale = scale
        self.factor = factor
        self.sure = sure

    def copied(self) -> Found:
        """Another that has all that this one has."""
        one = Found(self.start, self.end, self.value, self.unit, self.rule)
        one.become(self)
        return one

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
