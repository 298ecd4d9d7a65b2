"""The values around a value in its series: what a slip of scale is told by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from salpi.plan.checks.context import Context, known_unit, sound
from salpi.plan.model import POINT
from salpi.plan.periods import Period
from salpi.plan.schema import Observation
from salpi.units import factor, same_dimension

NEAR = 4
"""So many values around one are looked at, the nearest in time."""
ENOUGH = 3
"""So many that agree make what lies far from them surely wrong."""


@dataclass(frozen=True)
class Among:
    """An actual value with those around it, in the indicator's unit and without sign."""

    at: int
    row: Observation
    value: float
    around: tuple[float, ...]

    @property
    def usual(self) -> float:
        """The median of those around it."""
        return median(self.around)

    def steady(self, times: float) -> bool:
        """Whether those around it lie within so many times of each other."""
        return max(self.around) <= times * min(self.around)


def among(c: Context, *indicators: str) -> Iterator[Among]:
    """Each actual value of the indicators (of all) with those around it; zeros, bounds and known pulses are left out."""
    for found in series(c, indicators).values():
        latest = {period: value for period, _, _, value in found}
        for period, at, row, value in found:
            others = sorted((other for other in latest if other != period), key=lambda other: abs(other.start - period.start))
            alone = len(others) == 1 and others[0].start > period.start  # of two the later is told
            if others and not alone and row.period not in pulses(c, row.indicator):
                yield Among(at, row, value, tuple(latest[other] for other in others[:NEAR]))


Series = dict[tuple[str, str, str], list[tuple[Period, int, Observation, float]]]


def series(c: Context, indicators: tuple[str, ...] = ()) -> Series:
    """By indicator, subject and length of period: period, row and value of each actual point, as far as it can be read."""
    out: Series = {}
    for at, row in enumerate(c.plan.observations):
        indicator, period = c.plan.indicators.get(row.indicator), sound(row.period)
        if indicator is None or period is None or period.freq == "span" or (indicators and row.indicator not in indicators):
            continue
        if row.status != "actual" or row.qualifier not in POINT or row.value == 0 or indicator.kind in ("rank", "flag"):
            continue
        if known_unit(row.unit) and known_unit(indicator.unit) and same_dimension(row.unit, indicator.unit):
            value = abs(row.value * factor(row.unit, indicator.unit))
            out.setdefault((row.indicator, row.subject, period.freq), []).append((period, at, row, value))
    return out


def told(value: float) -> str:
    """A value as its reader would write it."""
    return f"{value:,.15g}"


def about(value: float) -> str:
    """A value in three digits."""
    return told(float(f"{value:.3g}"))


def pulses(c: Context, indicator: str) -> tuple[str, ...]:
    """Periods in which the plan knows of a jump."""
    return (*c.plan.indicators[indicator].shocks, *c.plan.indicators[indicator].breaks)
