"""What each measure adds to the headline targets: the run less the run without it, draw by draw on the same shocks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from salpi.brief.forecasts import in_unit
from salpi.decide.known import meets
from salpi.model.scenario import Lever, Scenario
from salpi.plan.periods import Period

if TYPE_CHECKING:
    from salpi.model.links import IndicatorRun
    from salpi.model.run import Run
    from salpi.plan import Plan
    from salpi.plan.schema import Target

Array = NDArray[np.float64]
DRAWS = 400
"""Enough for a median and an 80 % range; a measure costs one run."""
QUANTILES = {"p05": 0.05, "p10": 0.1, "p50": 0.5, "p90": 0.9, "p95": 0.95}


def contributions(
    plan: Plan,
    run: Run,
    targets: Iterable[str],
    draws: int = DRAWS,
    progress: Callable[[float], None] | None = None,
) -> dict[str, Any]:
    """Effects in their JSON shape: ``removed`` in the target's indicator's unit, at the target's date.

    The draws are the first ``draws`` of the run: draw i is the same in any ensemble. Measures that only reach sectors
    which are not modelled yet are left out, as are targets of which the model does not speak.
    """
    from salpi.brief.effects import modelled
    from salpi.model.simulate import simulate

    n = min(draws, run.draws)
    scenario = Scenario.from_json(run.spec["scenario"])
    goals: dict[str, Target] = {}
    base: dict[str, Array] = {}
    for t in targets:
        goal = in_unit(plan.targets[t], plan.indicators[plan.targets[t].indicator].unit)
        found = at_date(run.indicator(goal.indicator, goal.subject), goal.by) if goal is not None else None
        if goal is not None and found is not None:
            goals[t], base[t] = goal, found[:n]
    acting = [m for m in plan.measures.values() if modelled(m) and not m.umbrella and scenario.lever(m.id).intensity > 0]
    rows = []
    cache: dict[Any, Any] = {}  # only what lies downstream of a measure's channels runs again
    for i, measure in enumerate(acting if base else ()):
        if progress is not None:
            progress(i / len(acting))
        without = Scenario("without", {**scenario.levers, measure.id: Lever(0.0)}, scenario.parameters)
        other = simulate(plan, without, draws=n, seed=int(run.spec["seed"]), cache=cache)
        for t, values in base.items():
            goal = goals[t]
            rest = at_date(other.indicator(goal.indicator, goal.subject), goal.by)
            if rest is None:
                continue
            change = values - rest
            won = np.mean([meets(v, goal.comparison, goal.value) for v in values])
            lost = np.mean([meets(v, goal.comparison, goal.value) for v in rest])
            removed = {k: float(np.quantile(change, q)) for k, q in QUANTILES.items()}
            rows.append(
                {
                    "id": measure.id,
                    "target": t,
                    "removed": removed,
                    "probability_change": float(won - lost),
                    "cost": None if measure.cost.value == "unknown" else measure.cost.model_dump(mode="json"),
                    "grade": measure.grade,
                }
            )
    return {"spec": {**dict(run.spec), "draws": n}, "measures": rows}


def at_date(found: IndicatorRun | None, by: str | None) -> Array | None:
    """Values (draw,) at a target's date; of a date finer than the paths, those of its year."""
    if found is None or by is None:
        return None
    exact = found.at(by)
    return exact if exact is not None else found.at(str(Period.parse(by).year))
