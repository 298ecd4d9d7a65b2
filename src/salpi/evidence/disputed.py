"""The ledger's open conflicts in the shape of the plan's own, with the sources that they cite: for the brief, and for explain."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from salpi.evidence.ledger import query
from salpi.evidence.ledger.described import sources
from salpi.evidence.ledger.store import Ledger
from salpi.plan.compare import family
from salpi.plan.model import Plan
from salpi.plan.reconcile import Conflict, Kind, Side
from salpi.plan.schema import Source, Text


@dataclass(frozen=True)
class Disputed:
    """``conflicts``, the weightiest first; ``sides`` has for each id the ledger's sides: span and claim where there is one."""

    conflicts: tuple[Conflict, ...] = ()
    sources: Mapping[str, Source] = field(default_factory=dict)
    sides: Mapping[str, list[dict[str, Any]]] = field(default_factory=dict)


def measured(plan: Plan, found: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Of the ledger's conflicts those about what the plan measures; a ledger may have those of another country's plan, too."""
    families = {family(id) for id in plan.indicators}
    return [item for item in found if family(item["indicator"]) in families]


def disputed(plan: Plan, ledger: Ledger, as_of: str | None = None) -> Disputed:
    """Open conflicts about what the plan measures; those of another country's plan are left out. Raises LedgerFault."""
    with ledger.reading() as c:
        found = measured(plan, query.conflicts(c, as_of=as_of))
        cited = {side["source"] for item in found for side in item["sides"]} - set(plan.sources)
        of_these = sources(c, cited) if cited else {}
    return Disputed(tuple(map(_conflict, found)), of_these, {item["id"]: item["sides"] for item in found})


def _conflict(item: dict[str, Any]) -> Conflict:
    return Conflict(
        item["id"],
        item["indicator"],
        item["subject"],
        item["period"],
        cast(Kind, item["kind"]),
        tuple(map(_side, item["sides"])),
        Text(en=item["explanation"], ko=item["explanation_ko"]),
        item["gap"],
        item["weight"],
    )


def _side(side: dict[str, Any]) -> Side:
    return Side(
        side["indicator"],
        side["value"],
        side["unit"],
        side["status"],
        side["source"],
        side["source_title"],
        side["as_of"],
        Text(en=side["definition"] or side["indicator"], ko=side["definition_ko"] or None),
        side["period"],
    )
