"""``salpi review --again``: what waits is judged again; what became of it, and what it changes in the scorecard."""

from __future__ import annotations

import json as json_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from salpi.cli.evidence import now, plan_of
from salpi.cli.ingest import moved_json, print_moves, probabilities, progress

if TYPE_CHECKING:
    from salpi.evidence.again import Summary
    from salpi.evidence.ledger import Ledger
    from salpi.plan import Plan

SHOWN = 10
"""Ids of each kind that the text shows; ``--json`` has more, ``salpi claims`` all."""


def again(
    ledger: Ledger,
    plan: str,
    rules: Path | None,
    indicator: str | None,
    subject: str | None,
    reason: str,
    actor: str,
    json: bool,
) -> int:
    """Judge again what waits, and say what became of it. Raises LedgerFault, RulesFault, Stop."""
    from salpi.evidence.again import Options, judge_again
    from salpi.evidence.layered import with_ledger
    from salpi.evidence.reconcile.rules import Rules

    data = plan_of(plan)
    made = Options(actor, reason, Rules.read(rules) if rules else Rules(), indicator, subject)
    before = with_ledger(data, ledger)
    with progress("judging") as tell:
        summary = judge_again(ledger, data, now, made, tell)
    moves = probabilities(before, with_ledger(data, ledger), None, None) if summary.moved else None
    if json:
        print(json_module.dumps(to_json(summary, data, moves), ensure_ascii=False, indent=2))
    else:
        _print(summary, data, moves)
    return 0


def to_json(summary: Summary, plan: Plan, moves: list[dict[str, Any]] | None) -> dict[str, Any]:
    """The documented shape; ``probabilities`` is null where they were not computed."""
    from salpi.evidence.again import KINDS

    n = summary.counts()
    return {
        "plan": {"id": plan.id, "version": plan.meta.version, "hash": plan.hash},
        "again": {"judged": summary.judged, **{kind: n[kind] for kind in KINDS}},
        "left": {"unmeasured": len(summary.unmeasured), "other_plans": summary.others},
        "first": {kind: summary.first(kind) for kind in KINDS},
        "moved": [moved_json(item) for item in summary.moved],
        "probabilities": moves,
    }


def _print(summary: Summary, plan: Plan, moves: list[dict[str, Any]] | None) -> None:
    n = summary.counts()
    by = f"{plan.id} {plan.meta.version}, {plan.hash[:12]}"
    print(f"claims: {summary.judged} judged again by the plan {by}; {n['renewed']} of them otherwise than before")
    now_ = ", ".join(f"{n[kind]} {kind}" for kind in ("accepted", "repeated", "waiting", "conflicting"))
    print(f"now: {now_}")
    for kind in ("accepted", "repeated"):
        if ids := summary.first(kind):
            more = f" and {n[kind] - SHOWN} more" if n[kind] > SHOWN else ""
            print(f"  {kind}: claim{'s' if n[kind] > 1 else ''} {', '.join(map(str, ids[:SHOWN]))}{more}")
    if n["waiting"]:
        print("  what waits: salpi review")
    if summary.unmeasured:
        print(f"left as they were: {len(summary.unmeasured)} about what this plan does not measure")
    if summary.others:
        print(f"left as they were: {summary.others} judged by a plan of another id than {plan.id}")
    print_moves(summary.moved, moves)
