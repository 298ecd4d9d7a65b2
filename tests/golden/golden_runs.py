"""The runs behind the golden table."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import salpi

FILE = Path(__file__).with_name("quantiles.json")
TOLERANCE = 1e-9
DRAWS = 200
YEARS = (2026, 2030, 2035)
SETS = {"plan": {}, "no-measures": {"all": 0.0}, "half": {"all": 0.5}}


@cache
def plan():
    return salpi.load_plan("korea")


def table(name: str) -> dict[str, dict[str, dict[str, float]]]:
    run = plan().simulate(salpi.scenario(plan(), SETS[name]), draws=DRAWS)
    out = {}
    for indicator in run.indicators():
        quantiles = run.quantiles(indicator)
        out[indicator] = {
            str(year): {q: float(quantiles[q][int(year - run.years[0])]) for q in ("p05", "p50", "p95")} for year in YEARS
        }
    return out
