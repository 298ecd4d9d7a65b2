"""The model's equations as graphs, and whether their units fit: what a person who edits a sector asks first."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from salpi.engine.declare import Bound, EntitySector, Sector
from salpi.engine.graph import Graph
from salpi.engine.infer import problems, unit
from salpi.engine.infer_entities import entity_problems
from salpi.engine.trace import trace
from salpi.model.base import unit_of

if TYPE_CHECKING:
    from salpi.plan import Plan

MEND = "write one unit in both"


def graph(sector: Sector, bound: Bound) -> Graph:
    """One sector's ``init`` and ``step`` as a graph. Raises TraceError where they leave the language."""
    return trace([sector], {sector.name: bound})


def unit_problems(plan: Plan, sectors: tuple[Sector | EntitySector, ...], start: int) -> list[str]:
    """One line for every place where units do not fit: between sectors, between sectors and the plan, within the steps.

    ``start`` is the absolute month from which sectors are bound. Empty where all is well. Raises TraceError.
    """
    return [*_between(plan, sectors), *_stated(plan, sectors, start), *equation_problems(plan, sectors, start)]


def equation_problems(plan: Plan, sectors: tuple[Sector | EntitySector, ...], start: int) -> list[str]:
    """Those within the sectors' own functions, which depend on the code and on no figure of the plan. Raises TraceError."""
    here = partial(unit_of, plan)
    out: list[str] = []
    for s in sectors:
        bound = s.bind(plan, start)
        if isinstance(s, Sector):
            out += problems(graph(s, bound), [s], here)
        else:
            out += entity_problems(s, bound, start // 12, here)
    return out


def _between(plan: Plan, sectors: tuple[Sector | EntitySector, ...]) -> list[str]:
    here = partial(unit_of, plan)
    out: list[str] = []
    gives = {g.name: (s.name, g) for s in sectors for g in s.gives}
    for s in sectors:
        for need in s.needs:
            giver, give = gives.get(need.name, ("", None))
            if give is not None and not unit(here(need.unit)).fits(unit(here(give.unit))):
                out.append(f"sector {s.name} needs {need.name} in {need.unit!r}, but {giver} gives it in {give.unit!r}; {MEND}")
    return out


def _stated(plan: Plan, sectors: tuple[Sector | EntitySector, ...], start: int) -> list[str]:
    here = partial(unit_of, plan)
    out: list[str] = []
    for s in sectors:
        bound = s.bind(plan, start)
        for parameter in s.parameters:
            members = ("",) if parameter.dim is None else tuple(f".{m}" for m in bound.dims[parameter.dim])
            for name in (parameter.id + m for m in members):
                stated = plan.parameters[name].unit if name in plan.parameters else parameter.unit
                if not unit(here(stated)).fits(unit(here(parameter.unit))):
                    out.append(f"sector {s.name} reads {name} in {parameter.unit!r}, but the plan states {stated!r}; {MEND}")
    return out
