"""What each measure adds to targets: the run less the run without it, and the measure alone; draw by draw, on the same shocks.

Removed: every lever as in the run, against the same with this measure not done. Alone: this measure as in the run and all
others not done, against nothing done. The two differ where measures work on one another. Left out are measures that
reach no modelled sector, and targets of which the model does not speak.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from salpi.decide.known import deadline, in_unit
from salpi.decide.path import Path, met_in, read
from salpi.model.measures import acts_now
from salpi.model.scenario import Lever, Scenario
from salpi.model.simulate import simulate

if TYPE_CHECKING:
    from salpi.model.run import Run
    from salpi.plan.model import Plan
    from salpi.plan.schema import Target

Array = NDArray[np.float64]
DRAWS = 400
"""Enough for a median and an 80 % range; a measure costs one run, two with ``alone``."""
QUANTILES = {"p05": 0.05, "p10": 0.1, "p50": 0.5, "p90": 0.9, "p95": 0.95}


@dataclass(frozen=True)
class Effect:
    """One measure's effect on one target, in the unit of the target's indicator, at the target's date.

    ``probability_change`` is the share of draws that reach the target less the share that do so without the measure.
    """

    measure: str
    target: str
    removed: Mapping[str, float]
    probability_change: float
    cost: Mapping[str, Any] | None
    grade: str
    alone: Mapping[str, float] | None = None

    def to_json(self) -> dict[str, Any]:
        alone = {} if self.alone is None else {"alone": dict(self.alone)}
        return {
            "id": self.measure,
            "target": self.target,
            **alone,
            "removed": dict(self.removed),
            "probability_change": self.probability_change,
            "cost": self.cost,
            "grade": self.grade,
        }


@dataclass(frozen=True)
class Effects:
    """Effects in the plan's order of measures, then of targets; ``spec`` is the run's, with the draws that were compared."""

    spec: Mapping[str, Any]
    rows: tuple[Effect, ...]

    def to_json(self) -> dict[str, Any]:
        """The documented shape: ``{"spec", "measures"}``."""
        return {"spec": dict(self.spec), "measures": [row.to_json() for row in self.rows]}


def effects(
    plan: Plan,
    run: Run,
    targets: Iterable[str],
    draws: int = DRAWS,
    *,
    alone: bool = False,
    progress: Callable[[float], None] | None = None,
) -> Effects:
    """The effect of every measure that acts in ``run`` on these targets.

    The draws are the first ``draws`` of the run: draw i is the same in any ensemble.

    Raises KeyError for a target that the plan does not have.
    """
    n = min(draws, run.draws)
    scenario = Scenario.from_json(run.spec["scenario"])
    goals = {t: goal for t in targets if (goal := in_unit(plan.targets[t], plan.indicators[plan.targets[t].indicator].unit))}
    base = {t: values[:n] for t, goal in goals.items() if (values := at_date(plan, run, goal)) is not None}
    acting = [m for m in plan.measures.values() if acts_now(m)[0] and not m.umbrella and scenario.lever(m.id).intensity > 0]
    cache: dict[Any, Any] = {}  # only what lies downstream of a measure's channels runs again

    def under(levers: Mapping[str, Lever]) -> Mapping[str, Array]:
        other = simulate(plan, Scenario("other", levers, scenario.parameters), draws=n, seed=int(run.spec["seed"]), cache=cache)
        return {t: v for t in base if (v := at_date(plan, other, goals[t])) is not None}

    idle = dict.fromkeys(plan.measures, Lever(0.0))
    nothing = under(idle) if alone and base else {}
    rows: list[Effect] = []
    for i, measure in enumerate(acting if base else ()):
        if progress is not None:
            progress(i / len(acting))
        without = under({**scenario.levers, measure.id: Lever(0.0)})
        only = under({**idle, measure.id: scenario.lever(measure.id)}) if alone else {}
        cost = None if measure.cost.value == "unknown" else measure.cost.plain()
        for t, rest in without.items():
            goal = goals[t]
            won = met_in(base[t], goal.comparison, goal.value).mean() - met_in(rest, goal.comparison, goal.value).mean()
            own = quantiles(only[t] - nothing[t]) if t in only and t in nothing else None
            rows.append(Effect(measure.id, t, quantiles(base[t] - rest), float(won), cost, measure.grade, own))
    return Effects({**dict(run.spec), "draws": n}, tuple(rows))


def at_date(plan: Plan, run: Run, goal: Target) -> Array | None:
    """Values (draw,) at a target's date, read as the scorecard reads them; of a date finer than the paths, those of its year."""
    by = deadline(goal.by)
    subject = goal.subject or plan.meta.subject
    found = run.indicator(goal.indicator, subject)
    if found is None or by is None:
        return None
    path = Path.of(found, plan.indicators[goal.indicator].kind)
    exact = read(plan, path, goal.indicator, subject, by).values
    return exact if exact is not None or by.freq == "span" else path.year(by.year)


def quantiles(change: Array) -> dict[str, float]:
    """The printed quantiles over draws."""
    return {name: float(np.quantile(change, q)) for name, q in QUANTILES.items()}
