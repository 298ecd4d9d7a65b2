"""Golden quantiles: a change of the model shows as a change of this table, and has to be meant (`make golden`)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from golden_runs import FILE, TOLERANCE, table


@pytest.mark.parametrize("name", ["plan", "no-measures", "half"])
def test_quantiles_stay_within_tolerance(name: str) -> None:
    kept = json.loads(Path(FILE).read_text("utf-8"))[name]
    now = table(name)
    assert kept.keys() == now.keys()
    far = []
    for indicator, years in kept.items():
        for year, quantiles in years.items():
            for q, value in quantiles.items():
                new = now[indicator][year][q]
                if abs(new - value) > TOLERANCE * max(abs(value), 1e-9):
                    far.append(f"{indicator} {year} {q}: {value:.6g} → {new:.6g}")
    assert not far, "\n".join(far)
