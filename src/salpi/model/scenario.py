"""A scenario: an ordered diff against the plan as announced, resolved to one lever setting per measure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from salpi.plan.model import Kind, Plan
from salpi.plan.periods import PeriodError, month_index
from salpi.plan.schema import Measure, ScenarioFile
from salpi.units import UnitError, factor, same_dimension


class ScenarioError(ValueError):
    """Bad scenario input: ``problems`` holds one line each."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


@dataclass(frozen=True)
class Lever:
    """One measure's setting: intensity (0 not done, 1 as announced), and start or ramp where they were moved (months)."""

    intensity: float = 1.0
    start: int | None = None
    ramp: int | None = None


@dataclass(frozen=True)
class Scenario:
    """Levers that differ from the plan, and parameters held at a value (in the parameter's own unit)."""

    id: str = "plan"
    levers: Mapping[str, Lever] = field(default_factory=dict)
    parameters: Mapping[str, float] = field(default_factory=dict)
    why: str = ""

    @property
    def empty(self) -> bool:
        return not self.levers and not self.parameters

    def lever(self, measure: str) -> Lever:
        return self.levers.get(measure, Lever())

    def to_json(self) -> dict[str, Any]:
        """Canonical JSON: only what differs, keys sorted; two equal scenarios give the same text."""
        levers = {}
        for key, lever in sorted(self.levers.items()):
            body = {"intensity": lever.intensity, "start": lever.start, "ramp_months": lever.ramp}
            levers[key] = {k: v for k, v in body.items() if v is not None}
        return {"measures": levers, "parameters": dict(sorted(self.parameters.items()))}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Scenario:
        levers = {
            key: Lever(float(body.get("intensity", 1.0)), body.get("start"), body.get("ramp_months"))
            for key, body in data.get("measures", {}).items()
        }
        return cls("replay", levers, {k: float(v) for k, v in data.get("parameters", {}).items()})

    def key(self) -> str:
        return json.dumps(self.to_json(), sort_keys=True, separators=(",", ":"))


PLAN = Scenario()


def resolve(plan: Plan, source: ScenarioFile | Scenario | None, sets: Mapping[str, float] | None = None) -> Scenario:
    """A scenario from a file's diff and ``--set`` pairs (applied last; ``all`` means every measure).

    Raises ScenarioError with every problem at once: unknown ids (and the nearest), settings outside the measure's
    range, a unit that does not fit, a start that is no month or lies before the plan's own date.
    """
    problems: list[str] = []
    if isinstance(source, Scenario):
        base, levers, parameters = source, dict(source.levers), dict(source.parameters)
    else:
        base, levers, parameters = PLAN, {}, {}
        if source is not None:
            base = Scenario(source.id, why=source.why("en") if source.why else "")
            _apply_file(plan, source, levers, parameters, problems)
    for key, intensity in (sets or {}).items():
        if key == "all":
            for measure in plan.measures.values():
                _set_intensity(measure, intensity, levers, problems, f"--set all={intensity:g}")
        elif key in plan.measures:
            _set_intensity(plan.measures[key], intensity, levers, problems, f"--set {key}={intensity:g}")
        else:
            problems.append(f"--set {key}: there is no measure {key!r}{_hint(plan, 'measure', key)}")
    if problems:
        raise ScenarioError(problems)
    levers = {k: v for k, v in levers.items() if v != Lever()}
    return Scenario(base.id if not sets else "set", levers, parameters, base.why)


def _apply_file(
    plan: Plan, source: ScenarioFile, levers: dict[str, Lever], parameters: dict[str, float], problems: list[str]
) -> None:
    where = f"scenario {source.id}"
    for measure, on in source.use.items():
        if measure == "all":
            for each in plan.measures:
                levers[each] = Lever(1.0 if on else 0.0)
        elif measure in plan.measures:
            levers[measure] = Lever(1.0 if on else 0.0)
        else:
            problems.append(f"{where}: use: there is no measure {measure!r}{_hint(plan, 'measure', measure)}")
    for item in source.set:
        if item.parameter is not None:
            _set_parameter(plan, item.parameter, item.value, item.unit, parameters, problems, where)
            continue
        if item.measure not in plan.measures:
            problems.append(f"{where}: set: there is no measure {item.measure!r}{_hint(plan, 'measure', str(item.measure))}")
            continue
        found = plan.measures[item.measure]
        old = levers.get(found.id, Lever())
        start = old.start
        if item.start is not None:
            try:
                start = month_index(item.start)
            except PeriodError as error:
                problems.append(f"{where}: start of {found.id}: {error}")
            else:
                if start < present(plan):
                    problems.append(
                        f"{where}: start of {found.id}: {item.start} lies before the plan's own date "
                        f"{plan.as_of.isoformat()}; the past cannot be changed, write a later month"
                    )
        ramp = item.ramp_months if item.ramp_months is not None else old.ramp
        levers[found.id] = Lever(old.intensity, start, ramp)
        if item.intensity is not None:
            _set_intensity(found, item.intensity, levers, problems, f"{where}: set {found.id}")


def _set_intensity(measure: Measure, intensity: float, levers: dict[str, Lever], problems: list[str], where: str) -> None:
    low, high = measure.intensity
    if not low <= intensity <= high:
        problems.append(
            f"{where}: the intensity of {measure.id} goes from {low:g} (not done) to {high:g}, 1 is as announced; "
            f"{intensity:g} lies outside"
        )
        return
    old = levers.get(measure.id, Lever())
    levers[measure.id] = Lever(intensity, old.start, old.ramp)


def _set_parameter(
    plan: Plan, key: str, value: float | None, unit: str | None, parameters: dict[str, float], problems: list[str], where: str
) -> None:
    if key not in plan.parameters:
        problems.append(f"{where}: set: there is no parameter {key!r}{_hint(plan, 'parameter', key)}")
        return
    parameter = plan.parameters[key]
    if value is None or unit is None:
        raise AssertionError("the schema asks for both")
    try:
        fits = same_dimension(unit, parameter.unit)
    except UnitError as error:
        problems.append(f"{where}: set {key}: {error}")
        return
    if not fits:
        problems.append(
            f"{where}: set {key}: the unit {unit!r} does not fit {parameter.unit!r}; write the value in {parameter.unit}"
        )
        return
    scaled = value * factor(unit, parameter.unit)
    low, high = parameter.bounds
    if (low is not None and scaled < low) or (high is not None and scaled > high):
        problems.append(f"{where}: set {key}: {scaled:g} {parameter.unit} lies outside its bounds {low} … {high}")
        return
    parameters[key] = scaled


def _hint(plan: Plan, kind: Kind, text: str) -> str:
    near = plan.nearest(kind, text)
    return f" (did you mean {near!r}?)" if near else ""


def present(plan: Plan) -> int:
    """The month of the plan's own date: what lies before is common to all scenarios."""
    return 12 * plan.as_of.year + plan.as_of.month - 1
