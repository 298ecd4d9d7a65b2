"""From measures to channels: what each sector hears, month by month and draw by draw.

The path of one effect: 0 before the start, a linear ramp, then 1, 0 again after the end; times the scenario's intensity
from the plan's own date on (the past is common to all scenarios); through the effect's Erlang lag; times the realised
share. Multiplicative channels: ``exp(log(1 + size) · path)``, so that factors multiply, stay above 0 at any intensity, and
equal ``1 + size`` at full strength. Additive channels: ``size · path``, summed. ``engine/paths.py`` lays the paths out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from salpi.engine.distributions import Distribution
from salpi.engine.drawing import Asked, drawn
from salpi.engine.paths import Call, Force, Push, Pushed, Ramp, laid
from salpi.model.channels import channels, is_later
from salpi.model.scenario import Lever, Scenario, present
from salpi.plan import Plan
from salpi.plan.periods import Period, month_index
from salpi.plan.schema import UNKNOWN, Effect, Measure

Array = NDArray[np.float64]
Draws = NDArray[np.int64]

START_LAG = "policy.announce_to_start"
RAMP = "policy.ramp"
DEFAULT_LAG_MONTHS = 12.0  # assumption, used where the plan has no `policy.announce_to_start`
DEFAULT_RAMP_MONTHS = 24.0  # assumption, used where neither the measure nor the plan's `policy.ramp` gives a ramp


def schedule(plan: Plan, measure: Measure, lever: Lever, lag: Array | None, drawn: Array | None) -> Ramp:
    """When a measure acts: as announced, moved by a lever.

    ``lag`` (from announcement to start) and ``drawn`` (length of a ramp): months by draw, which the plan may not have; they stand
    in for a date that is unknown.
    """
    now = present(plan)
    if measure.start != UNKNOWN:
        start = np.array([float(month_index(measure.start))])
    else:
        announced = float(month_index(measure.announced)) if measure.announced not in (None, UNKNOWN) else float(now)
        if measure.status in ("in_force", "partly", "ended"):
            start = np.array([announced])
        else:
            start = max(announced, float(now)) + (lag if lag is not None else np.array([DEFAULT_LAG_MONTHS]))
    if measure.ramp_end != UNKNOWN:
        last = float(Period.parse(measure.ramp_end).last_month)
        ramp = np.maximum(last - start, 0.0)
    else:
        ramp = drawn if drawn is not None else np.array([DEFAULT_RAMP_MONTHS])
    end = float(Period.parse(measure.end).last_month + 1) if measure.end != UNKNOWN else np.inf
    if lever.start is not None:
        if measure.end != UNKNOWN:
            end += max(lever.start - float(start.min()), 0.0)
        start = np.array([float(lever.start)])
    if lever.ramp is not None:
        ramp = np.array([float(lever.ramp)])
    return Ramp(start, ramp, end)


class Policy:
    """All measures of a plan under one scenario, ready to say what each channel hears.

    ``memo`` keeps what was drawn and laid out, for policies that share it; without one nothing is kept.
    """

    def __init__(
        self,
        plan: Plan,
        scenario: Scenario,
        seed: int,
        distribution: Callable[[str], Distribution | None],
        memo: dict[Any, Any] | None = None,
    ) -> None:
        self.plan, self.scenario, self.seed, self.distribution, self.memo = plan, scenario, seed, distribution, memo

    def purposes(self) -> tuple[str, ...]:
        """Those under which measures draw random numbers."""
        out = []
        for measure in self.plan.measures.values():
            out += [f"measure.{measure.id}.{what}" for what in ("start", "ramp", "realisation")]
            out += [_of_size(measure, number, effect) for number, effect in enumerate(measure.effects)]
        return tuple(out)

    def channel_paths(self, draws: Draws, start: int, end: int, call: Call | None = None) -> dict[str, Array]:
        """Each channel's value: (month, draw), or (month, 1) where it is the same in every draw.

        ``call`` runs the kernel (see ``engine/drawing.py``), unless given NumPy does it, the same bits.
        """
        if self.memo is None:
            return self._laid(tuple(channels()), draws, start, end, call)
        held = tuple(sorted(self.scenario.parameters.items()))
        plan = (self.plan.hash, self.plan.as_of)
        of = (plan, self.seed, draws.tobytes(), start, end, held)  # the bytes are one object, hashed once
        heard = {key: ("channel", key, self._levers(key), of) for key in channels()}
        new = tuple(key for key, its in heard.items() if its not in self.memo)
        for key, path in self._laid(new, draws, start, end, call).items():
            self.memo[heard[key]] = path
        return {key: self.memo[its] for key, its in heard.items()}

    def _laid(self, these: tuple[str, ...], draws: Draws, start: int, end: int, call: Call | None) -> dict[str, Array]:
        numbers = self._numbers(these, draws, call)
        heard = [Pushed(channels()[k].neutral, channels()[k].mode == "multiply", self._pushes(k, numbers)) for k in these]
        return dict(zip(these, laid(heard, len(draws), start, end, call), strict=True))

    @cached_property
    def _effects(self) -> dict[str, list[tuple[Measure, int, Effect]]]:
        """By channel what measures do to it, in the plan's order, with each effect's number in its measure."""
        found: dict[str, list[tuple[Measure, int, Effect]]] = {key: [] for key in channels()}
        for measure in self.plan.measures.values():
            for number, effect in enumerate(measure.effects):
                if effect.channel in found:
                    found[effect.channel].append((measure, number, effect))
        return found

    @cached_property
    def _takers(self) -> dict[str, list[Measure]]:
        """By measure those that replace it."""
        found: dict[str, list[Measure]] = {}
        for measure in self.plan.measures.values():
            for old in dict.fromkeys(measure.replaces):
                found.setdefault(old, []).append(measure)
        return found

    def _speaking(self, channel: str) -> dict[str, Measure]:
        """The measures on which a channel's path hangs: those with an effect on it, and those that replace them."""
        found = {measure.id: measure for measure, *_ in self._effects[channel]}
        return found | {taker.id: taker for id in found for taker in self._takers.get(id, ())}

    def _levers(self, channel: str) -> tuple[tuple[str, Lever], ...]:
        return tuple((id, self.scenario.lever(id)) for id in self._speaking(channel))

    def _numbers(self, these: tuple[str, ...], draws: Draws, call: Call | None) -> dict[Asked, Array]:
        """All that is drawn for some channels, at once: one by one it took a third of the time of all paths."""
        asked: dict[Asked, None] = {}
        for channel in these:
            for measure in self._speaking(channel).values():
                asked |= dict.fromkeys((*self._when(measure, START_LAG, "start"), *self._when(measure, RAMP, "ramp")))
            for measure, number, effect in self._effects[channel]:
                asked |= dict.fromkeys((_size(measure, number, effect), *self._realised(measure, effect)))
        return dict(zip(asked, drawn(tuple(asked), self.seed, draws, call, self.memo), strict=True))

    def _pushes(self, channel: str, numbers: Mapping[Asked, Array]) -> tuple[Push, ...]:
        out = []
        for measure, number, effect in self._effects[channel]:
            force = self._force(measure, numbers)
            if force is not None:
                forces = (self._force(taker, numbers) for taker in self._takers.get(measure.id, ()))
                size = numbers[_size(measure, number, effect)] * effect.share
                realised = next((numbers[asked] for asked in self._realised(measure, effect)), np.ones(1))
                lag = (effect.lag.mean, effect.lag.order) if effect.lag else (0.0, 0)
                out.append(Push(force, size, realised, tuple(f for f in forces if f is not None), *lag))
        return tuple(out)

    def _force(self, measure: Measure, numbers: Mapping[Asked, Array]) -> Force | None:
        """Of a measure by itself; None where its effect lies in its member measures."""
        if measure.umbrella:
            return None
        whens = (self._when(measure, START_LAG, "start"), self._when(measure, RAMP, "ramp"))
        lag, length = (next((numbers[asked] for asked in when), None) for when in whens)
        planned, lever = schedule(self.plan, measure, Lever(), lag, length), self.scenario.lever(measure.id)
        if lever == Lever():
            return Force(planned)
        return Force(planned, present(self.plan), lever.intensity, schedule(self.plan, measure, lever, lag, length))

    def _when(self, measure: Measure, parameter: str, what: str) -> tuple[Asked, ...]:
        """The number of a schedule that is drawn; none where the plan does not have the parameter."""
        distribution = self.distribution(parameter)
        return () if distribution is None else ((f"measure.{measure.id}.{what}", distribution),)

    def _realised(self, measure: Measure, effect: Effect) -> tuple[Asked, ...]:
        """The share of an effect that comes true; none where it does so whole. Raises KeyError."""
        if effect.realisation is None:
            return ()
        distribution = self.distribution(effect.realisation)
        if distribution is None:
            raise KeyError(effect.realisation)
        return ((f"measure.{measure.id}.realisation", distribution),)


def _size(measure: Measure, number: int, effect: Effect) -> Asked:
    s = effect.size
    return _of_size(measure, number, effect), Distribution(s.dist, s.value, s.low, s.high)


def _of_size(measure: Measure, number: int, effect: Effect) -> str:
    """The purpose under which an effect's size is drawn."""
    return f"measure.{measure.id}.effect.{effect.channel}.{number}"


def acts_now(measure: Measure) -> tuple[bool, tuple[str, ...]]:
    """Whether any effect reaches a modelled channel, and the channels that are not modelled yet."""
    modelled = any(e.channel in channels() for e in measure.effects)
    return modelled, tuple(e.channel for e in measure.effects if is_later(e.channel))
