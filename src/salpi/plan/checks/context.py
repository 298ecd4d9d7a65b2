"""What a check may look at, and the run over all checks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from salpi.plan.model import Plan
from salpi.plan.problems import Problem


@dataclass(frozen=True)
class Context:
    """A plan under check. ``known`` adds ids whose bodies are broken, so that one fault is told once.

    ``channels`` and ``outputs`` are the model's; None where they are not known, and then not checked.
    """

    plan: Plan
    known: Mapping[str, set[str]] = field(default_factory=dict)
    channels: frozenset[str] | None = None
    outputs: frozenset[str] | None = None


def run_checks(
    plan: Plan, channels: frozenset[str] | None = None, outputs: frozenset[str] | None = None
) -> tuple[Problem, ...]:
    """All problems of a plan in order of file and line; with the model's channels and outputs, links to these too."""
    return run_context(Context(plan, {}, channels, outputs))


def run_context(context: Context) -> tuple[Problem, ...]:
    return ()
