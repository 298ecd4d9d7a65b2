"""``salpi conflicts``: where sources disagree, both sides of each."""

from __future__ import annotations

import json as json_module
import sys
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from salpi.cli.evidence import faults, plan_of, value
from salpi.cli.output import say

if TYPE_CHECKING:
    from salpi.plan import Conflict, Plan


def conflicts_command(
    indicator: str | None = None,
    subject: str | None = None,
    kind: Literal["definition", "vintage", "rounding", "scope", "currency", "contradiction"] | None = None,
    closed: bool = False,
    as_of: str | None = None,
    limit: int | None = None,
    lang: Literal["en", "ko"] = "en",
    plan: str = "korea",
    ledger: str | None = None,
    ledger_only: bool = False,
    json: bool = False,
) -> int:
    """Conflicts, the weightiest first: those that documents of the ledger raised, then those among the plan's own sources.

    Each has a kind (definition, vintage, rounding, scope, currency, contradiction), all sides with source and span, and an
    explanation. --closed adds those that a review settled.

    Examples:

        salpi conflicts
        salpi conflicts --indicator exports.biopharma --lang ko
        salpi conflicts --kind scope --ledger-only --json

    Returns 0, or 2 for bad input.
    """
    from salpi.plan.asof import as_of as at

    with faults("conflicts") as code:
        data = plan_of(plan)
        found, last = _from_ledger(data, ledger, ledger_only, indicator, subject, kind, closed, as_of)
        data = data if as_of is None else at(data, as_of, last)
        if not ledger_only:
            found += [record for item in _of_plan(data) if _like(record := _record(item), indicator, subject, kind)]
        shown = found if limit is None else found[: max(limit, 0)]
        if json:
            print(json_module.dumps({"conflicts": shown}, ensure_ascii=False, indent=2))
            return 0
        for item in shown:
            _print(item, lang)
        say(f"{len(found)} conflicts" + (f", {len(shown)} shown" if len(shown) < len(found) else ""))
        return 0
    return code()


def _from_ledger(
    plan: Plan,
    address: str | None,
    needed: bool,
    indicator: str | None,
    subject: str | None,
    kind: str | None,
    closed: bool,
    as_of: str | None,
) -> tuple[list[dict[str, Any]], date | None]:
    """The ledger's conflicts about what the plan measures, and its last day; none of both where there is no ledger,
    unless one was asked for.
    """
    from salpi.evidence.disputed import measured
    from salpi.evidence.layered import last_day
    from salpi.evidence.ledger import Ledger, LedgerFault, query

    try:
        with Ledger.open(address, create=False) as opened, opened.reading() as c:
            found = measured(plan, query.conflicts(c, indicator, None, kind, closed, as_of))
            return [item for item in found if _is(item["subject"], subject)], last_day(opened)
    except LedgerFault as fault:
        if needed or address is not None:
            raise
        say(f"salpi conflicts: {fault}; these are the plan's own", file=sys.stderr)
        return [], None


def _of_plan(plan: Plan) -> tuple[Conflict, ...]:
    from salpi.plan import conflicts

    return conflicts(plan)


def _record(item: Conflict) -> dict[str, Any]:
    """A conflict of the plan in the ledger's shape; its sides have no span: they were read by hand."""
    sides = [
        {
            "value": side.value,
            "unit": side.unit,
            "definition": side.definition.en,
            "definition_ko": side.definition("ko"),
            "source": side.source,
            "source_title": side.source_title,
            "span": None,
            "indicator": side.indicator,
            "period": item.period,
            "status": side.status,
            "as_of": side.as_of,
            "claim": None,
        }
        for side in item.sides
    ]
    return {
        "id": item.id,
        "indicator": item.indicator,
        "subject": item.subject,
        "period": item.period,
        "kind": item.kind,
        "sides": sides,
        "explanation": item.explanation.en,
        "explanation_ko": item.explanation("ko"),
        "gap": item.gap,
        "weight": item.weight,
        "claim": None,
        "open": True,
    }


def _like(record: dict[str, Any], indicator: str | None, subject: str | None, kind: str | None) -> bool:
    family = (
        indicator is None
        or record["indicator"] == indicator
        or record["indicator"].startswith((indicator + ".", indicator + "@"))
    )
    return family and _is(record["subject"], subject) and kind in (None, record["kind"])


def _is(subject: str, asked: str | None) -> bool:
    """Whether a subject is the one that was asked for, whatever the case."""
    return asked is None or subject.casefold() == asked.casefold()


def _print(item: dict[str, Any], lang: str) -> None:
    claim = f", claim {item['claim']}" if item["claim"] is not None else ""
    say(f"{item['id']} ({item['kind']}{claim})")
    say(f"  {item['explanation_ko' if lang == 'ko' else 'explanation']}")
    for side in item["sides"]:
        where = f" {side['doc']}:{side['span'][0]}-{side['span'][1]}" if side.get("span") else ""
        say(f"  - {value(side, lang)}: {side['source_title']}{where}")
