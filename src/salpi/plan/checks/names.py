"""Names that people read: there in every language of the plan."""

from __future__ import annotations

from collections.abc import Iterator

from salpi.plan.checks.context import Context, Place
from salpi.plan.problems import Problem
from salpi.plan.schema import Text


def check_korean_names(c: Context) -> Iterator[Problem]:
    """A plan whose title is in Korean too has Korean names throughout."""
    if not c.plan.meta.title.ko:
        return
    for place, path, text in _names(c):
        if not (text.ko or "").strip():
            what = f"'{place[1] or path[-2]}' has no Korean name"
            yield c.problem(place, path, what, "", "add `ko`", level="warning")


def _names(c: Context) -> Iterator[tuple[Place, tuple[str | int, ...], Text]]:
    plan = c.plan
    for id, party in plan.meta.owners.items():
        yield ("plan", ""), ("owners", id, "name"), party.name
    for id, strategy in plan.meta.strategies.items():
        yield ("plan", ""), ("strategies", id, "name"), strategy.name
    for id, indicator in plan.indicators.items():
        yield ("indicator", id), ("name",), indicator.name
    for id, target in plan.targets.items():
        yield ("target", id), ("name",), target.name
    for id, measure in plan.measures.items():
        yield ("measure", id), ("name",), measure.name
    for id, parameter in plan.parameters.items():
        yield ("parameter", id), ("name",), parameter.name
