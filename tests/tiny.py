"""Plans made by hand in a few lines: an invented country, invented figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from salpi.plan.model import Atlas, Plan
from salpi.plan.periods import Period
from salpi.plan.schema import Indicator, Measure, Observation, Parameter, PlanFile, Source, Target


def by_keyword(kind: Any) -> Any:
    """Makes records of a kind with everything in them looked at, as if it were read from a file."""
    return lambda **body: kind.read(body)


def text(en: str) -> dict[str, str]:
    return {"en": en, "ko": f"{en}(한)"}


def indicator(unit: str = "USD", kind: str = "flow", **more: Any) -> Indicator:
    body: dict[str, Any] = {"name": text("Exports"), "unit": unit, "kind": kind, "definition": text("as counted"), **more}
    return Indicator.read(body)


def row(period: str | int | None, value: float, **more: Any) -> Observation:
    """An actual value of ``x`` of Land in dollars, unless said otherwise."""
    body = {"indicator": "x", "subject": "Land", "unit": "USD", "status": "actual", "source": "office", **more}
    return Observation.read({"period": period, "value": value, **body})


def target(value: float, by: str | int | None, **more: Any) -> Target:
    """At least ``value`` dollars of ``x``, announced in 2024, unless said otherwise."""
    body = {"name": text("More"), "strategy": "s", "indicator": "x", "comparison": ">=", "unit": "USD", "announced": "2024-01"}
    return Target.read({"value": value, "by": by, "sources": ("office",), **body, **more})


def plan(
    rows: Iterable[Observation] = (),
    indicators: Mapping[str, Indicator] | None = None,
    targets: Mapping[str, Target] | None = None,
    sources: Mapping[str, Source] | None = None,
    as_of: str = "2026-06-30",
    rates: str | None = None,
    measures: Iterable[Measure] = (),
    parameters: Mapping[str, Parameter] | None = None,
) -> Plan:
    meta = PlanFile.read(
        {
            "schema": 1,
            "id": "tiny",
            "version": "1",
            "title": text("Tiny plan"),
            "subject": "Land",
            "subject_name": text("The land"),
            "as_of": as_of,
            "horizon": {"start": 2020, "end": 2035},
            "currencies": {"home": "KRW", "trade": "USD", "rates": rates},
            "strategies": {"s": {"name": text("Strategy")}},
            "seed": 3,
        }
    )
    return Plan(
        id="tiny",
        root=Path("tiny"),
        meta=meta,
        indicators=dict(indicators or {"x": indicator()}),
        sources=dict(sources or {"office": Source(title="Office figures", publisher="Office")}),
        observations=tuple(rows),
        targets=dict(targets or {}),
        measures={m.id: m for m in measures},
        parameters=dict(parameters or {}),
        sector_of={},
        scenarios={},
        checks=(),
        atlas=Atlas(),
        hash="0" * 64,
        as_of=Period.parse(as_of).end,
    )
