"""The public Python API: load a plan, ask it, run it.

``load_plan`` gives a ``Plan``: the data of the folder, with the verbs of the layers above (``simulate``, ``scorecard``,
``conflicts``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from salpi.model.display import table
from salpi.model.run import Run
from salpi.model.scenario import Scenario, ScenarioError, resolve
from salpi.plan.loader import load_plan as load_data
from salpi.plan.model import Plan as PlanData
from salpi.plan.schema import ScenarioFile, Setting

if TYPE_CHECKING:
    from salpi.decide.scorecard import Scorecard
    from salpi.plan.reconcile import Conflict


@dataclass(frozen=True, repr=False)
class Plan(PlanData):
    """A national strategy as data, and what can be asked of it."""

    def simulate(
        self,
        scenario: Scenario | ScenarioFile | str | None = None,
        *,
        draws: int | None = None,
        seed: int | None = None,
        **options: Any,
    ) -> Run:
        """Run the model under a scenario: a Scenario, a file's diff, or the id of one of the plan's own (None: as announced).

        Args:
            draws: size of the ensemble; the plan's own number unless given.
            seed: of all shocks; the plan's own unless given. The same seed in two runs means the same shocks.
            options: ``block``, ``threads``, ``progress`` (see ``salpi.model.simulate.simulate``).

        Raises:
            ScenarioError: the scenario names what the plan has not, or lies outside a measure's range.
            ValueError: draws outside 1 … 10,000,000, a seed outside 0 … 2**63 - 1.
        """
        if seed is not None and not 0 <= seed < 2**63:
            raise ValueError(f"seed must be a whole number from 0 to {2**63 - 1}, not {seed}")
        from salpi.model.simulate import simulate

        if isinstance(scenario, str):
            if scenario not in self.scenarios:
                near = self.nearest("scenario", scenario)
                raise ScenarioError([f"the plan has no scenario {scenario!r}" + (f" (did you mean {near!r}?)" if near else "")])
            scenario = self.scenarios[scenario]
        return simulate(self, scenario, draws=draws, seed=seed, **options)

    def scorecard(self, run: Run | None = None) -> Scorecard:
        """Each target: latest value, pace, chance, verdict, reason. Runs the plan as announced unless a run is given."""
        from salpi.decide.scorecard import scorecard

        return scorecard(self, run if run is not None else self.simulate())

    def conflicts(self) -> tuple[Conflict, ...]:
        """Where the plan's sources disagree, both sides of each."""
        from salpi.plan.reconcile import conflicts

        return conflicts(self)

    def _repr_html_(self) -> str:
        rows = [
            ["targets", str(len(self.targets)), f"{sum(t.superseded_by is None for t in self.targets.values())} current"],
            ["measures", str(len(self.measures)), f"{sum(bool(m.effects) for m in self.measures.values())} with an effect"],
            ["observations", str(len(self.observations)), f"{len({o.indicator for o in self.observations})} indicators"],
            [
                "parameters",
                str(len(self.parameters)),
                f"{sum(p.basis == 'assumption' for p in self.parameters.values())} assumptions",
            ],
            ["sources", str(len(self.sources)), ""],
        ]
        caption = f"{self.meta.title.en} · {self.meta.version} · data to {self.as_of.isoformat()}"
        return table(["", "number", "of which"], rows, caption)


def load_plan(ref: str | Path = "korea", as_of: str | None = None) -> Plan:
    """Load a plan: the id of a bundled one, or a folder. ``as_of`` gives it as it was known on an earlier date.

    Raises PlanError with every problem found, each with file and line.
    """
    data = load_data(ref, as_of)
    return Plan(**{f.name: getattr(data, f.name) for f in fields(data) if f.init})


def scenario(
    plan: Plan, intensities: Mapping[str, float] | None = None, parameters: Mapping[str, float] | None = None
) -> Scenario:
    """A scenario from pairs: measure → intensity (``all`` for every measure), parameter → value in its own unit.

    Raises ScenarioError with every problem at once.

    >>> without_review = scenario(plan, {"regulation.review-240": 0})
    """
    units = {k: plan.parameters[k].unit if k in plan.parameters else "1" for k in parameters or {}}
    held = tuple(Setting.read({"parameter": k, "value": v, "unit": units[k]}) for k, v in (parameters or {}).items())
    return resolve(plan, ScenarioFile(id="set", set=held) if held else None, intensities or {})
