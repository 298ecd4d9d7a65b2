"""What each measure adds to the headline targets, in JSON, as the brief shows it; worked out in ``decide/effects.py``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from salpi.decide.effects import DRAWS, effects

if TYPE_CHECKING:
    from salpi.model.run import Run
    from salpi.plan import Plan


def contributions(
    plan: Plan,
    run: Run,
    targets: Iterable[str],
    draws: int = DRAWS,
    progress: Callable[[float], None] | None = None,
) -> dict[str, Any]:
    """Effects of each measure when removed; alone, which the brief does not show, would double the time."""
    return effects(plan, run, targets, draws, progress=progress).to_json()
