"""Claims that were judged again: what is found of them now beside what is written; only what says something else is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from salpi.evidence.ledger import tables as t
from salpi.evidence.ledger.decisions import add_findings, conflict_row, side_row
from salpi.evidence.ledger.pen import Pen
from salpi.evidence.ledger.portions import portions
from salpi.evidence.ledger.waiting import Stand
from salpi.evidence.reconcile.finding import Finding


@dataclass(frozen=True)
class Judged:
    """What was found of a claim; ``stand`` is the decision that stood."""

    claim: int
    stand: Stand | None
    finding: Finding


def differing(c: Connection, found: Sequence[Judged]) -> list[Judged]:
    """Those of which something else is found than what stands: another verdict, rule, reason or indicator, other conflicts."""
    written = _conflicts(c, {one.claim: one.stand.entry for one in found if one.stand is not None})
    return [
        one
        for one in found
        if one.stand is None
        or _decided(one.stand) != _decided(one.finding)
        or written.get(one.claim, []) != _said(one.claim, one.finding)
    ]


def renew(pen: Pen, judged: Sequence[Judged]) -> None:
    """Write what was found, on top of what stood."""
    before = {one.claim: one.stand.id for one in judged if one.stand is not None}
    add_findings(pen, [one.claim for one in judged], [one.finding for one in judged], before)


def _decided(what: Stand | Finding) -> tuple[str, str, str, str | None]:
    return what.verdict, what.rule, what.reason, what.indicator


def _said(claim: int, finding: Finding) -> list[dict[str, Any]]:
    """The conflicts of a finding as they would be written."""
    return [
        _plain(conflict_row(0, claim, found, 0))
        | {"sides": [_plain(side_row(0, at, claim, side)) for at, side in enumerate(found.sides)]}
        for found in finding.conflicts
    ]


def _conflicts(c: Connection, entries: dict[int, int]) -> dict[int, list[dict[str, Any]]]:
    """The conflicts that were written with a decision on each claim; ``entries`` are those of the decisions."""
    k, s = t.conflicts.c, t.conflict_sides.c
    out: dict[int, list[dict[str, Any]]] = {}
    for claims in portions(list(entries)):
        found = c.execute(select(t.conflicts).where(k.claim.in_(claims)).order_by(k.id))
        rows = [row for row in found if row.entry == entries[row.claim]]
        sides: dict[int, list[dict[str, Any]]] = {}
        of_these = select(t.conflict_sides).where(s.conflict.in_([row.id for row in rows]))
        for side in c.execute(of_these.order_by(s.conflict, s.position)):
            sides.setdefault(side.conflict, []).append(_plain(dict(side._mapping)))
        for row in rows:
            out.setdefault(row.claim, []).append(_plain(dict(row._mapping)) | {"sides": sides.get(row.id, [])})
    return out


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    """A row without what only says where it is kept."""
    return {name: value for name, value in row.items() if name not in ("id", "entry", "conflict")}
