"""The scorecard: one row for every target in force, and for each definition on which "doubled" is tested."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from salpi.decide.history import Event, asked
from salpi.decide.judge import Judge, question, variants
from salpi.decide.outlook import Futures, OfRun, Question
from salpi.decide.row import Folded, Row
from salpi.decide.words import VERDICTS
from salpi.model.run import Run
from salpi.plan.model import Plan
from salpi.plan.problems import nearest
from salpi.plan.schema import Target

__all__ = ["Event", "Folded", "Row", "Scorecard", "asked", "folded", "scorecard"]


@dataclass(frozen=True)
class Scorecard:
    """Rows in the plan's order of strategies and targets; a variant follows the target that it varies."""

    spec: Mapping[str, Any]
    rows: tuple[Row, ...]

    def row(self, target: str) -> Row:
        """The row of a target, also of one folded under its successor. Raises KeyError with the nearest id."""
        for row in self.rows:
            if row.id == target or any(f.id == target for f in row.supersedes):
                return row
        near = nearest(target, [r.id for r in self.rows])
        raise KeyError(f"the scorecard has no target {target!r}" + (f"; did you mean {near!r}?" if near else ""))

    def verdicts(self) -> dict[str, int]:
        """How many targets have each verdict, variants left out."""
        count = Counter(row.verdict for row in self.rows if row.variant_of is None)
        return {word: count[word] for word in VERDICTS if count[word]}

    def to_json(self) -> dict[str, Any]:
        """The documented shape: ``{"spec", "targets"}``."""
        return {"spec": dict(self.spec), "targets": [row.to_json() for row in self.rows]}

    def __repr__(self) -> str:
        return f"<Scorecard of {self.spec.get('plan')}: {', '.join(f'{n} {w}' for w, n in self.verdicts().items())}>"

    def _repr_html_(self) -> str:
        from salpi.decide.words import amount, chance, verdict
        from salpi.model.display import table

        body = []
        for row in self.rows:
            latest = f"{amount(row.latest.value, row.latest.unit)} ({row.latest.period})" if row.latest else "–"
            share = "–" if row.probability is None else chance(row.probability)
            body.append([row.name.en, latest, amount(row.target, row.unit), row.by or "no date", share, verdict(row.verdict)])
        return table(["target", "latest", "asked", "by", "chance", "verdict"], body, repr(self).strip("<>"))


def scorecard(plan: Plan, run: Run) -> Scorecard:
    """Judge every target of a plan against what is published and what the run gives.

    ``run`` is any run of this plan (as announced, or of a scenario); the same draws give every row, so that rows may be
    compared draw by draw.
    """
    return judged(plan, OfRun(plan, run))


def judged(plan: Plan, futures: Futures) -> Scorecard:
    """The scorecard of any futures; see `scorecard`."""
    judge = Judge(plan, futures)
    rows: list[Row] = []
    for key, target in current(plan):
        rows.append(judge.row(key, target, folded(plan, key)))
        rows += judge.variants(key, target)
    return Scorecard(futures.spec, tuple(rows))


def current(plan: Plan) -> list[tuple[str, Target]]:
    """The targets in force, in the plan's order of strategies."""
    order = {s: i for i, s in enumerate(plan.meta.strategies)}
    found = [(key, t) for key, t in plan.targets.items() if t.superseded_by is None or t.superseded_by not in plan.targets]
    return sorted(found, key=lambda pair: order.get(pair[1].strategy, len(order)))


def questions(plan: Plan) -> tuple[Question, ...]:
    """What the scorecard of a plan asks of the draws."""
    targets = [t for _, own in current(plan) for t in (own, *(other for other, _ in variants(plan, own)))]
    return tuple(dict.fromkeys(q for t in targets if (q := question(plan, t)) is not None))


def folded(plan: Plan, key: str) -> tuple[tuple[str, Target], ...]:
    """The targets that one replaced, the nearest first, with all that those replaced."""
    found: dict[str, Target] = {}
    waiting = [key]
    while waiting:
        at = waiting.pop(0)
        told = plan.targets[at].supersedes
        old = [k for k, t in plan.targets.items() if t.superseded_by == at or k in told]
        for k in old:
            if k not in found and k != key:
                found[k] = plan.targets[k]
                waiting.append(k)
    return tuple(found.items())
