"""Observations as rows of the ledger, and rows as observations."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row

from salpi.evidence.ledger import tables as t
from salpi.plan.schema import Observation
from salpi.plan.shape import fields_of

FIELDS = tuple(name for name in fields_of(Observation) if name in t.observations.c)
"""The fields of an observation, which are columns of ``observations``."""


def from_row(row: Row[Any]) -> Observation:
    """The observation of a row of ``observations``."""
    return Observation(**{name: getattr(row, name) for name in FIELDS})


def to_row(id: int, decision: int, claim: int, made: Observation, entry: int, supersedes: int | None = None) -> dict[str, Any]:
    """The row of an observation that a decision makes of a claim; ``supersedes`` is the one that the claim had."""
    kept = {"id": id, "decision": decision, "claim": claim, "supersedes": supersedes, "entry": entry}
    return kept | {name: getattr(made, name) for name in FIELDS}
