"""Shards: any range of draws of an ensemble, run on its own. Draw i is the same in whichever shard it is run."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from salpi.engine.run import VERSION, run
from salpi.model.run import Run
from salpi.model.scenario import PLAN, Scenario
from salpi.model.simulate import MAX_DRAWS, build, end_month, first_month, kernels_for, outputs_of, spec_of

if TYPE_CHECKING:
    from salpi.plan import Plan


class Shards:
    """An ensemble of ``draws`` draws of a plan under a scenario (resolved), of which any range can be run.

    Nothing but what the shards of one plan share is kept between them. Raises what `simulate` raises.
    """

    def __init__(self, plan: Plan, scenario: Scenario, draws: int, seed: int, engine: str = "auto") -> None:
        if not 1 <= draws <= MAX_DRAWS:
            raise ValueError(f"draws must lie between 1 and {MAX_DRAWS:,}, not {draws:,}; 2000 is the usual number")
        self.plan, self.scenario, self.draws, self.seed = plan, scenario, draws, seed
        self.start, self.end = first_month(plan), end_month(plan)
        self._shared: dict[Any, Any] = {}
        model = build(plan, scenario, seed, self._shared)
        self._kernels = kernels_for(plan, model, draws, engine)

    @property
    def engine(self) -> str:
        return f"{self._kernels.engine} {VERSION}"

    def one(self, first: int, last: int) -> Run:
        """The draws first … last-1 under the scenario."""
        return self._run(self.scenario, first, last, dict(self._shared), False)

    def pair(self, first: int, last: int) -> tuple[Run, Run]:
        """The same draws as announced and under the scenario: one run, twice, where the scenario changes nothing."""
        memo = dict(self._shared)
        base = self._run(PLAN, first, last, memo, not self.scenario.empty)
        return base, base if self.scenario.empty else self._run(self.scenario, first, last, memo, True)

    def _run(self, scenario: Scenario, first: int, last: int, memo: dict[Any, Any], keep: bool) -> Run:
        """One scenario on one thread; with ``keep``, what sectors gave stays in ``memo`` for another scenario of these draws."""
        model = build(self.plan, scenario, self.seed, memo)
        n = last - first
        cache = memo if keep else None
        made = run(model, n, self.start, self.end, first=first, block=n, threads=1, cache=cache, kernels=self._kernels)
        spec = spec_of(self.plan, scenario, n, self.seed, self.start, self.end) | {"engine": self.engine}
        years = np.arange(self.start // 12, self.end // 12)
        return Run(self.plan, spec, years, self.start, outputs_of(self.plan, model, made))


def slim(run: Run, years: tuple[int, ...], draws: int) -> Run:
    """Of a run only the outputs without members, in these years, of its first draws."""
    here = np.flatnonzero(np.isin(run.years, years))
    kept = {
        key: replace(out, values=out.values[:draws, here].copy(), months=None)
        for key, out in run.outputs.items()
        if out.members is None
    }
    return replace(run, years=run.years[here], outputs=kept)
