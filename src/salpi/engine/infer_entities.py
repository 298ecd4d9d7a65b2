"""Unit inference of a sector of entities: its stages, its outcome, and what runs around them (prepare, arrivals, finish).

The rules are those of ``engine/infer.py``. A carried number has the unit in which the first stage sets it. An amount is
that of one entity in the give's unit, where a pure number counts it; arrivals are counts of one month.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from salpi.engine.declare import Bound, EntitySector
from salpi.engine.entity_kernels import names
from salpi.engine.graph import TRUTH, Builder, Graph, Input, Node
from salpi.engine.infer import PURE, Found, Unit, expect, infer, place_of, unit
from salpi.engine.trace import OWN, Named, Traced, guarded, place
from salpi.engine.trace_entities import EntityFunctions, OfYears, trace_outcome, trace_stage
from salpi.units.definitions import COUNTED

OWN.add(__file__)
A_SAMPLE = 2
"""Years that a check looks at: units are the same in all."""


def entity_problems(sector: EntitySector, bound: Bound, year: int, unit_of: Callable[[str], str] = str) -> list[str]:
    """One line for each line of the sector's functions whose units do not fit; ``year``: any of a run. Raises TraceError."""
    lives = _Lives(sector, bound, unit_of)
    lives.prepare()
    last = lives.finishing()
    for number in range(len(sector.stages)):
        lives.stage(number)
    lives.outcome(np.arange(year, year + A_SAMPLE))
    lives.arrivals()
    lives.finish(last)
    return [*lives.counts(), *(lives.found[k] for k in sorted(lives.found))]


class _Months(OfYears):
    """The months of a run: ``t[:1]`` is the first."""

    def __getitem__(self, at: Any) -> Traced:
        return self if isinstance(at, slice) else super().__getitem__(at)


@dataclass
class _Lives:
    sector: EntitySector
    bound: Bound
    unit_of: Callable[[str], str]
    found: Found = field(default_factory=dict)
    prepared: dict[str, Unit | None] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    carried: dict[str, Unit | None] = field(default_factory=dict)
    summed: dict[str, Unit | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        s = self.sector
        self.gives = {g.name: self._unit(g.unit) for g in s.gives}
        self.declared: dict[tuple[str, str], Unit | None] = {
            **{("parameter", p.id): self._unit(p.unit) for p in s.parameters},
            **{("path", x.id): self._unit(x.unit) for x in s.channels},
            **{("path", x.name): self._unit(x.unit) for x in s.needs},
            ("entity", "stage"): PURE,
            ("entity", "entry"): unit("month"),
            **{("entity", a.name): self._unit(a.unit) for a in s.attributes},
            **{("last", k): v for k, v in self.gives.items()},
        }
        self.sizes = {p.id: 1 if p.dim is None else len(self.bound.dims[p.dim]) for p in s.parameters}

    def _unit(self, text: str) -> Unit:
        return unit(self.unit_of(text))

    def _of(self, i: Input) -> Unit | None:
        if i.kind in ("parameter", "table"):
            return self.prepared[i.name] if i.name in self.prepared else self.declared["parameter", i.name]
        if i.kind == "carry":
            return self.carried.get(i.name)
        if i.kind in ("start", "fate", "time"):
            return unit("month")
        return PURE if i.kind == "uniform" else None if i.kind == "first" else self.declared[i.kind, i.name]

    def _units(self, graph: Graph) -> list[Unit | None]:
        return infer(graph, self._of, self.found, self.unit_of)

    def counts(self) -> list[str]:
        """Gives that the engine counts by itself are declared as counts."""
        name = self.sector.name
        made = {f"{name}.{k}.{s.name}" for k in ("starts", "passes", "fails") for s in self.sector.stages}
        made |= {f"{name}.active", f"{name}.failed"}
        return [
            f"sector {name} declares {g.name!r} in {g.unit!r}, but the engine counts it; declare it in 'count'"
            for g in self.sector.gives
            if g.name in made and not self.gives[g.name].fits(unit("count"))
        ]

    # what runs once a block, by NumPy in a run

    def _around(self, function: Callable[..., Any], arguments: Callable[[_Leaves], tuple[Any, ...]]) -> Graph:
        """The graph of ``prepare``, ``arrivals`` or ``finish``."""
        leaves = _Leaves(self.sector, Builder(), self.sizes)
        xp = EntityFunctions(self.sector.name, leaves.builder)
        made = guarded(self.sector.name, function, xp, *arguments(leaves))
        values: Mapping[str, Any] = made if isinstance(made, Mapping) else {"": made}
        traced = {k: v if isinstance(v, Traced) else OfYears.plain(leaves.builder, v) for k, v in values.items()}
        return Graph(tuple(leaves.builder.nodes), {("give", "", k): v.ids for k, v in traced.items()})

    def prepare(self) -> None:
        if self.sector.prepare is None:
            return
        graph = self._around(self.sector.prepare, lambda v: (v.parameters(),))
        units = self._units(graph)
        for (_, _, name), ids in graph.results.items():
            its = next((units[i] for i in ids if units[i] is not None), None)
            if its is not None:
                what = f"prepares {name!r} in"
                expect(graph, ids, units, its, what, place_of(self.sector.prepare), self.found, "its first member is in")
            self.prepared[name], self.sizes[name] = its, len(ids)

    def arrivals(self) -> None:
        if self.sector.arrivals is None:
            return
        graph = self._around(self.sector.arrivals, lambda v: (v.parameters(), v.path, v.months()))
        units, (ids,) = self._units(graph), graph.results.values()
        its = units[ids[0]]
        if its is not None and not _counts(its):
            what, where = "gives arrivals as", place_of(self.sector.arrivals)
            expect(graph, ids, units, unit("count"), what, where, self.found, "they are counts of one month, as in")

    def finishing(self) -> Graph | None:
        """What is worked out of the totals at the end; a total that is given anew is in the unit in which it was summed."""
        if self.sector.finish is None:
            return None
        graph = self._around(self.sector.finish, lambda v: (v.parameters(), v.path, v.path, v.totals(), self.bound))
        self.summed = {name: None for _, _, name in graph.results}
        return graph

    def finish(self, graph: Graph | None) -> None:
        if graph is not None and self.sector.finish is not None:
            given, self.summed = {name: self.summed[name] for name in self.summed}, {}
            self.declared |= {("last", name): its for name, its in given.items()}
            self._amounts(graph, self._units(graph), "give", self.sector.finish)

    # the event functions

    def stage(self, number: int) -> None:
        stage = self.sector.stages[number]
        graph = trace_stage(self.sector, number, *names(self.sector, self.bound))
        units, at = self._units(graph), place_of(stage.step)
        for (kind, _, name), ids in graph.results.items():
            if kind == "duration":
                expect(graph, ids, units, unit("month"), f"makes stage {stage.name!r} last", at, self.found, "a duration is in")
            elif kind == "month":
                expect(graph, ids, units, unit("month"), f"pays {name!r} at", at, self.found, "a time is in")
            elif kind == "carry":
                before, its = self.carried.get(name), units[ids[0]]
                if before is not None:
                    expect(graph, ids, units, before, f"carries {name!r} in", at, self.found, "an earlier stage carries it in")
                self.carried[name] = before if before is not None else its
        self._amounts(graph, units, "amount", stage.step)

    def outcome(self, years: Any) -> None:
        graph = trace_outcome(self.sector, *names(self.sector, self.bound), years)
        self._amounts(graph, self._units(graph), "give", self.sector.outcome)

    def _amounts(self, graph: Graph, units: list[Unit | None], kind: str, function: Callable[..., Any]) -> None:
        for (which, _, name), ids in graph.results.items():
            wanted = self.gives.get(name)
            if which != kind or wanted is None:
                continue
            if name in self.summed:
                before = self.summed[name]
                self.summed[name] = before or next((u for i in ids if (u := units[i]) is not None), None)
                wanted = self.summed[name] or wanted
            its = [PURE if graph.nodes[i].op in TRUTH else u for i, u in enumerate(units)]
            some = [i for i in ids if not (wanted.fits(unit("count")) and (its[i] or PURE).pure)]
            expect(graph, some, its, wanted, f"gives {name!r} as", place_of(function), self.found)


def _counts(its: Unit) -> bool:
    """Whether a unit is a number of things: pure, or one of what is counted."""
    return its.pure or any(its.fits(unit(name)) for name in COUNTED)


@dataclass
class _Leaves:
    """What ``prepare``, ``arrivals`` and ``finish`` see."""

    sector: EntitySector
    builder: Builder
    sizes: Mapping[str, int]

    def leaf(self, kind: str, name: str, size: int = 1, of: type[OfYears] = OfYears) -> Traced:
        inputs = [Input(kind, self.sector.name, name, k) for k in range(size)]
        return of(self.builder, tuple(self.builder.add(Node("input", input=i, where=place())) for i in inputs))

    def parameters(self) -> Named:
        wide = {p.id for p in self.sector.parameters if p.dim is not None}
        values = {}
        for name, size in self.sizes.items():
            values[name] = self.leaf("parameter", name, size)
            values[name].dim = name if name in wide or size > 1 else None
        return Named("parameters", values)

    def path(self, name: str) -> Traced:
        names = [*(c.id for c in self.sector.channels), *(n.name for n in self.sector.needs)]
        found: Traced = Named("channels and needs", {x: self.leaf("path", x, of=_Months) for x in names})[name]
        return found

    def months(self) -> Traced:
        return self.leaf("time", "t", of=_Months)

    def totals(self) -> Named:
        return Named("gives", {g.name: self.leaf("last", g.name) for g in self.sector.gives})
