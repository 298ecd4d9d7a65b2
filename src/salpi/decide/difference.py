"""A scenario against the plan: both ensembles share all shocks, so that they are compared draw by draw."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from salpi.engine.quantiles import Quantiles
from salpi.model.run import QUANTILES, Run

Array = NDArray[np.float64]
SHOWN = ("p05", "p25", "p50", "p75", "p95")


@dataclass(frozen=True)
class Beside:
    """Indicators of the same draws, (draw, year) each, as announced and under the scenario; None where that changes nothing."""

    years: tuple[int, ...]
    plan: Mapping[str, Array]
    scenario: Mapping[str, Array] | None

    @staticmethod
    def of(plan: Run, scenario: Run, indicators: Iterable[str] | None = None) -> Beside:
        asked = tuple(plan.plan.indicators) if indicators is None else tuple(indicators)
        same = scenario is plan
        return Beside(tuple(map(int, plan.years)), _values(plan, asked), None if same else _values(scenario, asked))


class Fan:
    """Puts parts of two ensembles together, in any order: quantiles by year of both and of their difference in each draw."""

    def __init__(self, draws: int) -> None:
        self.draws = draws
        self._years: tuple[int, ...] = ()
        self._tables: dict[str, tuple[Quantiles, ...]] | None = None

    def add(self, first: int, part: Beside) -> None:
        """The draws from ``first`` on. An indicator of which the model does not speak in one of them is left out."""
        found = {k: v for k, v in part.plan.items() if part.scenario is None or k in part.scenario}
        if self._tables is None:
            self._years = part.years
            many = 1 if part.scenario is None else 3
            self._tables = {k: tuple(self._table(v) for _ in range(many)) for k, v in found.items()}
        self._tables = {k: tables for k, tables in self._tables.items() if k in found}
        for key, tables in self._tables.items():
            one = found[key]
            tables[0].add(first, one)
            if part.scenario is not None:
                two = part.scenario[key]
                tables[1].add(first, two)
                tables[2].add(first, two - one)

    def _table(self, values: Array) -> Quantiles:
        return Quantiles(self.draws, values.shape[1], [QUANTILES[q] for q in SHOWN])

    def indicators(self, units: Mapping[str, str]) -> dict[str, Any]:
        """``indicators`` of `simulate`, in the order of the first part. Raises Missed (see `engine/quantiles.py`)."""
        out: dict[str, Any] = {}
        for key, tables in (self._tables or {}).items():
            rows = [{q: [float(v) for v in row] for q, row in zip(SHOWN, t.result(), strict=True)} for t in tables]
            if len(rows) == 1:
                rows += [rows[0], {q: [0.0] * len(self._years) for q in SHOWN}]
            named = dict(zip(("plan", "scenario", "difference"), rows, strict=True))
            out[key] = {"unit": units[key], "periods": [str(y) for y in self._years], **named}
        return out


def difference(plan: Run, scenario: Run, indicators: Iterable[str] | None = None) -> dict[str, Any]:
    """For each indicator quantiles by year of both runs and of their difference in each draw: ``indicators`` of `simulate`.

    Indicators are the plan's, in its order; one that the model does not speak of is left out.
    """
    fan = Fan(plan.draws)
    fan.add(0, Beside.of(plan, scenario, indicators))
    return fan.indicators({key: body.unit for key, body in plan.plan.indicators.items()})


def _values(run: Run, asked: Iterable[str]) -> dict[str, Array]:
    found = {key: run.indicator(key) for key in asked}
    return {key: its.values for key, its in found.items() if its is not None}
