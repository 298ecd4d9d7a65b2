"""From measures to channels: what each sector hears, month by month and draw by draw.

The path of one effect: 0 before the start, a linear ramp, then 1, 0 again after the end; times the scenario's intensity
from the plan's own date on (the past is common to all scenarios); through the effect's Erlang lag; times the realised
share. Multiplicative channels: ``exp(log(1 + size) · path)``, so that factors multiply, stay above 0 at any intensity, and
equal ``1 + size`` at full strength. Additive channels: ``size · path``, summed.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from salpi.engine import functions as xp
from salpi.engine.distributions import Distribution
from salpi.engine.random import uniform, uniforms
from salpi.model.channels import channels, is_later
from salpi.model.scenario import Lever, Scenario, present
from salpi.plan import Plan
from salpi.plan.periods import Period, month_index
from salpi.plan.schema import UNKNOWN, Effect, Measure

Array = NDArray[np.float64]
Draw = Callable[[str], Array]  # a uniform number per draw, keyed by its purpose

START_LAG = "policy.announce_to_start"
RAMP = "policy.ramp"
DEFAULT_RAMP_MONTHS = 24.0  # assumption, used where neither the measure nor the plan's `policy.ramp` gives a ramp


@dataclass(frozen=True)
class Schedule:
    """When a measure acts, in absolute months; ``start`` may differ by draw."""

    start: Array  # (draw,) or (1,)
    ramp: Array
    end: float


def schedule(plan: Plan, measure: Measure, lever: Lever, value: Callable[[str, str], Array | None]) -> Schedule | None:
    """The schedule of a measure as announced, moved by a lever; None if it has none and none can be assumed."""
    now = present(plan)
    if measure.start != UNKNOWN:
        start = np.array([float(month_index(measure.start))])
    else:
        announced = float(month_index(measure.announced)) if measure.announced not in (None, UNKNOWN) else float(now)
        if measure.status in ("in_force", "partly", "ended"):
            start = np.array([announced])
        else:
            lag = value(START_LAG, f"{measure.id}.start")
            start = max(announced, float(now)) + (lag if lag is not None else np.array([12.0]))
    if measure.ramp_end != UNKNOWN:
        last = float(Period.parse(measure.ramp_end).last_month)
        ramp = np.maximum(last - start, 0.0)
    else:
        drawn = value(RAMP, f"{measure.id}.ramp")
        ramp = drawn if drawn is not None else np.array([DEFAULT_RAMP_MONTHS])
    end = float(Period.parse(measure.end).last_month + 1) if measure.end != UNKNOWN else np.inf
    if lever.start is not None:
        if measure.end != UNKNOWN:
            end += max(lever.start - float(start.min()), 0.0)
        start = np.array([float(lever.start)])
    if lever.ramp is not None:
        ramp = np.array([float(lever.ramp)])
    return Schedule(start, ramp, end)


def ramp(months: Array, plan_of: Schedule) -> Array:
    """Share of full force in each month: (month, draw) or (month, 1). A ramp of 0 months is a step."""
    start, length = plan_of.start, plan_of.ramp
    out = np.zeros((len(months), max(start.size, length.size)))
    out[(months > float((start + length).max()) + 1.0) & (months < plan_of.end)] = 1.0
    rising = (months >= float(start.min())) & (months <= float((start + length).max()) + 1.0) & (months < plan_of.end)
    m = months[rising][:, None]
    rise = np.where(length > 0, (m - start + 1.0) / np.maximum(length + 1.0, 1.0), 1.0)
    out[rising] = np.where(m >= start, np.minimum(np.maximum(rise, 0.0), 1.0), 0.0)
    return out


def smooth(path: Array, mean: float, order: int) -> Array:
    """An Erlang delay (mean in months) along the first axis, started at rest on the first value."""
    if mean <= 0:
        return path
    share = 1.0 - float(xp.exp(np.float64(-order / mean)))
    for _ in range(order):
        out = np.empty_like(path)
        level = path[0]
        for i in range(path.shape[0]):
            level = level + share * (path[i] - level)
            out[i] = level
        path = out
    return path


class Policy:
    """All measures of a plan under one scenario, ready to say what each channel hears."""

    def __init__(
        self,
        plan: Plan,
        scenario: Scenario,
        seed: int,
        distribution: Callable[[str], Distribution | None],
        memo: dict[Any, Any] | None = None,
    ) -> None:
        self.plan, self.scenario, self.seed, self.distribution = plan, scenario, seed, distribution
        self.memo = {} if memo is None else memo

    def purposes(self, heard: bool = False) -> tuple[str, ...]:
        """Those under which measures draw random numbers; with ``heard`` of those that some sector listens to."""
        out = []
        for measure in self.plan.measures.values():
            if heard and not (measure.replaces or acts_now(measure)[0]):
                continue
            out += [f"measure.{measure.id}.{what}" for what in ("start", "ramp", "realisation")]
            out += [f"measure.{measure.id}.effect.{e.channel}.{number}" for number, e in enumerate(measure.effects)]
        return tuple(out)

    def channel_paths(self, draws: NDArray[np.int64], start: int, end: int) -> dict[str, Array]:
        """Each channel's value: (month, draw), or (month, 1) where it is the same in every draw."""
        months = np.arange(start, end, dtype=np.float64)
        out: dict[str, Array] = {}
        for key, channel in channels().items():
            heard = self._heard(key, draws, start, end)
            if heard in self.memo:
                out[key] = self.memo[heard]
                continue
            total = np.full((len(months), 1), channel.neutral)
            for measure in self.plan.measures.values():
                for number, effect in enumerate(measure.effects):
                    if effect.channel != key:
                        continue
                    what = ("effect", measure.id, number, *self._asked([measure.id], draws, start, end))
                    if what not in self.memo:
                        self.memo[what] = self._effect(measure, number, effect, draws, months)
                    share, row = self.memo[what]
                    if len(row):
                        total = total * share[row] if channel.mode == "multiply" else total + share[row]
            out[key] = self.memo[heard] = total
        return out

    def _effect(
        self, measure: Measure, number: int, effect: Effect, draws: NDArray[np.int64], months: Array
    ) -> tuple[Array, NDArray[np.intp]]:
        """What one effect does to its channel, a row for each month in which that changes, and each month's row."""
        path = self._force(measure, draws, months)
        if not path.any():
            return path[:0], np.empty(0, dtype=np.intp)
        path = smooth(path, effect.lag.mean, effect.lag.order) if effect.lag else path
        new = np.concatenate([[True], (path[1:] != path[:-1]).any(axis=1)])
        size = self._size(measure, number, effect, draws) * effect.share
        strength = path[new] * self._realised(measure, effect, draws)
        multiply = channels()[effect.channel].mode == "multiply"
        return (xp.exp(xp.log(1.0 + size) * strength) if multiply else size * strength), np.cumsum(new) - 1

    def _heard(self, channel: str, draws: NDArray[np.int64], start: int, end: int) -> tuple[Any, ...]:
        speaking = [m.id for m in self.plan.measures.values() if any(e.channel == channel for e in m.effects)]
        return ("channel", channel, *self._asked(speaking, draws, start, end))

    def _asked(self, measures: list[str], draws: NDArray[np.int64], start: int, end: int) -> tuple[Any, ...]:
        """What their effects depend on: the levers of measures and of those that replace them, and held parameters."""
        levers = {id: self.scenario.lever(id) for id in measures}
        levers |= {m.id: self.scenario.lever(m.id) for m in self.plan.measures.values() if set(m.replaces) & set(measures)}
        held = tuple(sorted(self.scenario.parameters.items()))
        return (self.plan.hash, self.seed, draws.tobytes(), start, end, tuple(levers.items()), held)

    def _force(self, measure: Measure, draws: NDArray[np.int64], months: Array) -> Array:
        """Intensity × ramp, less what a replacing measure takes over."""
        path = self._own_force(measure, draws, months)
        for other in self.plan.measures.values():
            if measure.id in other.replaces:
                path = path * (1.0 - np.minimum(self._own_force(other, draws, months), 1.0))
        return path

    def _own_force(self, measure: Measure, draws: NDArray[np.int64], months: Array) -> Array:
        def value(parameter: str, purpose: str) -> Array | None:
            return self._drawn(parameter, f"measure.{purpose}", draws)

        planned = schedule(self.plan, measure, Lever(), value)
        if measure.umbrella or planned is None:
            return np.zeros((len(months), 1))
        path = ramp(months, planned)
        lever = self.scenario.lever(measure.id)
        if lever == Lever():
            return path
        later = months >= present(self.plan)
        after = path[later]
        if lever.start is not None or lever.ramp is not None:
            moved = schedule(self.plan, measure, lever, value)
            assert moved is not None
            after = ramp(months[later], moved)
        return np.concatenate([_wide(path[~later], after), _wide(lever.intensity * after, path)])

    def _drawn(self, parameter: str, purpose: str, draws: NDArray[np.int64]) -> Array | None:
        distribution = self.distribution(parameter)
        return None if distribution is None else distribution.quantile(self._uniform(purpose, draws))

    def _uniform(self, purpose: str, draws: NDArray[np.int64]) -> Array:
        """A number for each draw. Those that sectors hear of come at once: one by one they took a third of all paths' time."""
        key = ("uniform", self.seed, draws.tobytes())
        if key not in self.memo:
            purposes = self.purposes(heard=True)
            self.memo[key] = dict(zip(purposes, uniforms(self.seed, purposes, draws), strict=True))
        found: Array | None = self.memo[key].get(purpose)
        return uniform(self.seed, purpose, draws) if found is None else found

    def _size(self, measure: Measure, number: int, effect: Effect, draws: NDArray[np.int64]) -> Array:
        s = effect.size
        distribution = Distribution(s.dist, s.value, s.low, s.high)
        return distribution.quantile(self._uniform(f"measure.{measure.id}.effect.{effect.channel}.{number}", draws))

    def _realised(self, measure: Measure, effect: Effect, draws: NDArray[np.int64]) -> Array | float:
        if effect.realisation is None:
            return 1.0
        drawn = self._drawn(effect.realisation, f"measure.{measure.id}.realisation", draws)
        if drawn is None:
            raise KeyError(effect.realisation)
        return drawn


def _wide(path: Array, like: Array) -> Array:
    """A path of as many draws as another one, if that has more."""
    return np.broadcast_to(path, (len(path), max(path.shape[1], like.shape[1])))


def acts_now(measure: Measure) -> tuple[bool, tuple[str, ...]]:
    """Whether any effect reaches a modelled channel, and the channels that are not modelled yet."""
    modelled = any(e.channel in channels() for e in measure.effects)
    return modelled, tuple(e.channel for e in measure.effects if is_later(e.channel))


def purpose_key(text: str) -> int:
    return zlib.crc32(text.encode())


Levers = Mapping[str, Lever]
