"""Runs made by hand: paths of one indicator, draw by draw, as the model would give them."""

from __future__ import annotations

from typing import Any

import numpy as np

from salpi.decide.row import Row
from salpi.decide.scorecard import Scorecard, scorecard
from salpi.model.links import IndicatorRun
from salpi.plan.model import Plan

YEARS = np.arange(2024, 2036)


class HandRun:
    """``paths``: indicator → (draw, year) from 2024 to 2035; ``months``: (draw, month) from January 2024, where kept."""

    outputs: dict[str, Any] = {}  # noqa: RUF012
    years = YEARS

    def __init__(self, paths: dict[str, np.ndarray], months: dict[str, np.ndarray] | None = None, draws: int = 100) -> None:
        self.paths, self.months, self.draws = paths, months or {}, draws
        self.spec = {"plan": "tiny", "draws": draws, "seed": 3}

    def indicator(self, indicator: str, subject: str | None = None) -> IndicatorRun | None:
        if indicator not in self.paths or subject not in (None, "Land"):
            return None
        months = self.months.get(indicator)
        return IndicatorRun(indicator, "Land", "USD", YEARS, self.paths[indicator], None, (), months, 12 * 2024)


def flat(values: Any) -> np.ndarray:
    """Each draw keeps its value in every year."""
    return np.repeat(np.asarray(values, dtype=float)[:, None], len(YEARS), axis=1)


def judged(plan: Plan, paths: dict[str, np.ndarray] | None = None, months: Any = None) -> Scorecard:
    return scorecard(plan, HandRun(paths or {}, months))  # type: ignore[arg-type]


def judge(plan: Plan, paths: dict[str, np.ndarray] | None = None, months: Any = None) -> Row:
    """The row of the target ``t``."""
    return judged(plan, paths, months).row("t")
