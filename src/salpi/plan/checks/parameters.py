"""Parameters: distributions that can be drawn from."""

from __future__ import annotations

from collections.abc import Iterator

from salpi.plan.checks.context import Context
from salpi.plan.problems import Problem


def check_parameter_bounds(c: Context) -> Iterator[Problem]:
    """Value, low and high lie within the bounds; a probability within 0 and 1."""
    for id, parameter in c.plan.parameters.items():
        low, high = parameter.bounds
        if low is not None and high is not None and low > high:
            yield c.problem(("parameter", id), ("bounds",), f"bounds {low:g} to {high:g} are empty", "", "swap them")
            continue
        if parameter.unit == "probability":
            low, high = max(low or 0.0, 0.0), min(1.0 if high is None else high, 1.0)
        for key in ("value", "low", "high"):
            value = getattr(parameter, key)
            if value is not None and ((low is not None and value < low) or (high is not None and value > high)):
                span = f"{'-inf' if low is None else f'{low:g}'} to {'inf' if high is None else f'{high:g}'}"
                why = f"a {'probability' if parameter.unit == 'probability' else 'value'} here lies in {span}"
                yield c.problem(("parameter", id), (key,), f"`{key}` {value:g} is out of bounds", why, "correct it")


def check_distribution(c: Context) -> Iterator[Problem]:
    """Distributions have a width and the support that their kind needs."""
    for id, parameter in c.plan.parameters.items():
        here, dist, low, high = ("parameter", id), parameter.dist, parameter.low, parameter.high
        if dist == "fixed" or low is None or high is None:
            continue
        if low == high:
            yield c.problem(here, ("low",), f"`dist: {dist}` from {low:g} to {high:g} has no width", "", "write `dist: fixed`")
        if dist in ("lognormal", "gamma") and low <= 0:
            yield c.problem(here, ("low",), f"`dist: {dist}` from {low:g}", "it has only values above 0", "choose another `dist`")
        if dist == "beta" and not 0 <= low <= high <= 1:
            mend = "choose another `dist`"
            yield c.problem(here, ("low",), f"`dist: beta` from {low:g} to {high:g}", "it lies within 0 and 1", mend)
    for id, parameter in c.plan.parameters.items():
        if (parameter.a is None) != (parameter.b is None):
            key = "a" if parameter.b is None else "b"
            yield c.problem(("parameter", id), (key,), "beta shapes need both `a` and `b`", "", "add the other, or remove both")
