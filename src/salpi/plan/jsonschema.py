"""JSON Schemas for editors, made from the one schema: an editor then completes keys and marks faults while one types."""

from __future__ import annotations

from typing import Any

from salpi.plan.schema import (
    ATLAS,
    Check,
    Id,
    Indicator,
    Measure,
    Observation,
    Parameter,
    PlanFile,
    ScenarioFile,
    Source,
    Target,
)
from salpi.plan.validate import validator

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_FILES: dict[str, tuple[Any, str]] = {
    "plan": (PlanFile, "plan.yaml"),
    "indicators": (dict[Id, Indicator], "indicators.yaml: id -> indicator"),
    "sources": (dict[Id, Source], "sources.yaml: id -> source"),
    "targets": (dict[Id, Target], "targets.yaml: id -> target"),
    "observation": (Observation, "a row of observations.csv"),
    "measures": (Measure | list[Measure], "measures/*.yaml: one measure, or a list of measures"),
    "parameters": (dict[Id, Parameter], "parameters/*.yaml: id -> parameter"),
    "scenarios": (ScenarioFile, "scenarios/*.yaml: an ordered diff"),
    "checks": (list[Check], "checks/*.yaml: a list of checks"),
    **{f"atlas-{stem}": (model, f"a row of atlas/{stem}.csv") for stem, model in ATLAS.items()},
}


def schemas() -> dict[str, dict[str, Any]]:
    """File name (``targets.schema.json``) → JSON Schema, one for each kind of file in a plan."""
    out: dict[str, dict[str, Any]] = {}
    for name, (annotation, title) in _FILES.items():
        schema = validator(annotation).json_schema()
        out[f"{name}.schema.json"] = {"$schema": DIALECT, **schema, "title": title}
    return out
