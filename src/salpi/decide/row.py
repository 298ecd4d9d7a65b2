"""One row of the scorecard, as a value and as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from salpi.decide.history import Event
from salpi.decide.known import Known
from salpi.decide.pace import Pace
from salpi.decide.path import Expected
from salpi.decide.rests import Assumptions
from salpi.plan.schema import Text


@dataclass(frozen=True)
class Folded:
    """A target that a later one replaced: shown under its successor."""

    id: str
    name: Text
    strategy: str
    value: float
    unit: str
    by: str | None
    comparison: str
    announced: str

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "name": self.name.plain(),
            "strategy": self.strategy,
            "target": self.value,
            "unit": self.unit,
            "by": self.by,
            "comparison": self.comparison,
            "announced": self.announced,
        }


@dataclass(frozen=True)
class Row:
    """A target against what is known and what is forecast. ``target`` and ``forecast`` are in ``unit``, the target's own.

    ``probability`` is None for a closed target, and where ``probability_reason`` says that there can be none;
    ``probability_interval`` is the 95 % sampling error of the draws, nothing more.
    """

    id: str
    name: Text
    strategy: str
    kind: str
    group: str
    indicator: str
    subject: str
    definition: Text
    target: float
    unit: str
    by: str | None
    comparison: str
    announced: str
    owners: tuple[str, ...]
    baseline: Known | None
    latest: Known | None
    pace: Pace
    probability: float | None
    probability_reason: Text | None
    probability_interval: tuple[float, float] | None
    basis: Literal["model", "trend", "outcome", "none"]
    forecast: Mapping[str, float] | None
    expected: Expected | None
    verdict: str
    why: Text
    assumptions: Assumptions
    outcome: Known | None
    supersedes: tuple[Folded, ...]
    superseded_by: str | None
    sources: tuple[str, ...]
    variant_of: str | None
    history: tuple[Event, ...]

    def to_json(self) -> dict[str, Any]:
        interval = self.probability_interval
        return {
            "id": self.id,
            "name": self.name.plain(),
            "strategy": self.strategy,
            "kind": self.kind,
            "group": self.group,
            "indicator": self.indicator,
            "subject": self.subject,
            "definition": self.definition.plain(),
            "target": self.target,
            "unit": self.unit,
            "by": self.by,
            "comparison": self.comparison,
            "announced": self.announced,
            "owners": list(self.owners),
            "baseline": self.baseline.to_json() if self.baseline else None,
            "latest": self.latest.to_json() if self.latest else None,
            "pace_needed": self.pace.needed_json(),
            "pace_seen": self.pace.seen,
            "pace_seen_over": {"from": self.pace.seen_from, "to": self.pace.seen_to, "pulses": list(self.pace.pulses)},
            "probability": self.probability,
            "probability_reason": self.probability_reason.plain() if self.probability_reason else None,
            "probability_interval": list(interval) if interval else None,
            "basis": self.basis,
            "forecast": dict(self.forecast) if self.forecast else None,
            "expected_date": self.expected.to_json() if self.expected else None,
            "verdict": self.verdict,
            "why": self.why.plain(),
            "assumptions": self.assumptions.to_json(),
            "outcome": self.outcome.to_json() if self.outcome else None,
            "supersedes": [f.to_json() for f in self.supersedes],
            "superseded_by": self.superseded_by,
            "sources": list(self.sources),
            "variant_of": self.variant_of,
            "status_history": [e.to_json() for e in self.history],
        }
