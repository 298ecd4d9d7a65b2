"""A scenario against the plan: both ensembles share all shocks, so that they are compared draw by draw."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from salpi.model.run import Run, quantiles

SHOWN = ("p05", "p25", "p50", "p75", "p95")


def difference(plan: Run, scenario: Run, indicators: Iterable[str] | None = None) -> dict[str, Any]:
    """For each indicator quantiles by year of both runs and of their difference in each draw: ``indicators`` of `simulate`.

    Indicators are the plan's, in its order; one that the model does not speak of is left out.
    """
    out: dict[str, Any] = {}
    for key in indicators if indicators is not None else plan.indicators():
        one, two = plan.indicator(key), scenario.indicator(key)
        if one is None or two is None:
            continue
        out[key] = {
            "unit": one.unit,
            "periods": [str(int(y)) for y in one.years],
            "plan": _table(one.values),
            "scenario": _table(two.values),
            "difference": _table(two.values - one.values),
        }
    return out


def _table(values: Any) -> dict[str, list[float]]:
    found = quantiles(values)
    return {q: [float(v) for v in found[q]] for q in SHOWN}
