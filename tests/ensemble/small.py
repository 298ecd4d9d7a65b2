"""A plan small enough to be run on workers in a moment, that another process can run as well."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import salpi
from salpi.ensemble.gather import carded, simulated
from salpi.model.scenario import Scenario

SECTORS = ("economy", "regulation", "manufacturing", "trials")
SEED = 7


def plan() -> salpi.Plan:
    """Four sectors of the bundled plan with one measure on each, to 2031."""
    found = salpi.load_plan("korea")
    horizon = found.meta.horizon.but(end="2031-12")
    kept = {}
    for name in SECTORS:
        acting = (m for m in found.measures.values() if any(e.channel.startswith(f"{name}.") for e in m.effects))
        kept |= {m.id: m for m in list(acting)[:1]}
    meta = found.meta.but(sectors=SECTORS, horizon=horizon)
    return replace(found, meta=meta, measures=kept)


def bytes_of(plan: salpi.Plan, scenario: Scenario, draws: int, runner: Callable[..., None]) -> list[str]:
    """Hashes of all that `simulate` and `scorecard` tell."""
    fan = simulated(plan, scenario, draws, SEED, runner)
    card = carded(plan, scenario, draws, SEED, runner).to_json()
    return [digest(fan), digest(card)]


def digest(told: Any) -> str:
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()
