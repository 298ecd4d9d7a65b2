"""What a claim is as an observation of the plan, with what a person gives instead of what was read."""

from __future__ import annotations

import math
from collections.abc import Collection
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Connection, select

from salpi.evidence.ledger import tables as t
from salpi.evidence.ledger.described import described, source_id
from salpi.evidence.reconcile.agree import fits
from salpi.evidence.reconcile.judge import QUALIFIER, unmarked
from salpi.evidence.reconcile.known import Known
from salpi.plan.periods import Period, PeriodError
from salpi.plan.problems import nearest
from salpi.plan.schema import Observation

CHANGEABLE = ("indicator", "subject", "period", "value", "unit", "status")
POINT = "point"
"""Given as a qualifier: the value itself, no bound and no estimate."""
LISTED = 8
"""Definitions that a fault names."""


class ReviewFault(Exception):
    """Decisions that cannot be taken; each of ``lines`` is one line about one claim."""

    def __init__(self, *lines: str) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


def observation(c: Connection, record: dict[str, Any], known: Known, changes: dict[str, Any], new_subject: bool) -> Observation:
    """A claim as an observation; ``record`` as ``query.claims`` gives it. ``new_subject``: a given subject is taken that neither
    plan nor ledger has. Raises ReviewFault.
    """
    claim, plan = record["id"], known.plan
    body = {name: record[name] for name in CHANGEABLE} | changes
    body["indicator"] = indicator = _definition(record, known, changes.get("indicator"), body["unit"])
    unit = plan.indicators[indicator].unit
    if not fits(plan, body["unit"], unit):
        raise ReviewFault(
            f"claim {claim}: {body['unit']} is no unit of {indicator}, which is counted in {unit}; correct --unit and --amount"
        )
    body["subject"] = _subject(c, record, known, changes.get("subject"), new_subject)
    if record["high"] is not None and "value" not in changes:
        raise ReviewFault(f"claim {claim}: is a range ({record['text']}); give the --amount to take")
    if not math.isfinite(body["value"]):
        raise ReviewFault(f"claim {claim}: {body['value']} is no amount")
    body["qualifier"] = _qualifier(record, changes)
    source, published = _source(c, claim)
    body |= {"source": source, "as_of": published, "as_of_basis": "published" if published else ""}
    body |= {"confidence": "high", "note": f"claim {claim}"}
    try:
        if body["period"] is not None:
            body["period"] = Period.parse(str(body["period"])).shortest.text
        row = Observation.read(body)
    except PeriodError as error:
        raise ReviewFault(f"claim {claim}: {error}") from None
    except ValidationError as error:
        first = error.errors()[0]
        raise ReviewFault(f"claim {claim}: {'.'.join(map(str, first['loc']))}: {first['msg'].lower()}") from None
    if row.status == "actual" and plan.conversion.of(row) is None:
        raise ReviewFault(f"claim {claim}: no exchange rate of its year is known; correct --unit and --amount to {unit}")
    return row


def _source(c: Connection, claim: int) -> tuple[str, str | None]:
    document = c.execute(select(t.claims.c.document).where(t.claims.c.id == claim)).scalar_one()
    return source_id(c, document), described(c, document).published


def _qualifier(record: dict[str, Any], changes: dict[str, Any]) -> str:
    """A given one; of a given amount none, for what was read qualified another; else the one that was read."""
    given = changes.get("qualifier")
    if given is None:
        return "" if "value" in changes else QUALIFIER.get(record["qualifier"] or "", "")
    return "" if given == POINT else str(given)


def _subject(c: Connection, record: dict[str, Any], known: Known, given: str | None, new: bool) -> str:
    """As the plan spells it; a given one must be known, or insisted on."""
    claim, name = record["id"], given or record["subject"]
    if not name:
        raise ReviewFault(f"claim {claim}: names no subject; give --subject")
    plan = known.plan
    aimed = {target.subject.casefold(): target.subject for target in plan.targets.values() if target.subject}
    spelled = known.subject(name)
    if spelled.casefold() not in {one.casefold() for one in plan.subjects}:
        spelled = aimed.get(name.casefold(), name)
        if given is not None and not new and spelled.casefold() not in aimed and not _said(c, name):
            o = t.observations.c.subject
            near = nearest(name, {*plan.subjects, *aimed.values(), *c.execute(select(o).distinct()).scalars()})
            hint = f" (did you mean {near!r}?)" if near else ""
            raise ReviewFault(
                f"claim {claim}: neither plan nor ledger has a subject {name!r}{hint}; --new-subject takes it as it is"
            )
    return spelled


def _said(c: Connection, subject: str) -> bool:
    """Whether the ledger has claims or observations of a subject."""
    tables = (t.claims, t.observations)
    return any(c.execute(select(one.c.id).where(one.c.subject == subject).limit(1)).first() is not None for one in tables)


def _definition(record: dict[str, Any], known: Known, given: str | None, unit: str) -> str:
    claim, plan = record["id"], known.plan
    if given is None and record["definition"] in plan.indicators:
        return str(record["definition"])
    if given in plan.indicators:
        return str(given)
    name = given or record["indicator"] or ""
    named = known.candidates(name)
    if not named:
        if given is None:
            raise ReviewFault(f"claim {claim}: is about nothing that the plan measures; say which with --indicator")
        near = nearest(given, plan.indicators)
        hint = f" (did you mean {near!r}?)" if near else ""
        raise ReviewFault(f"claim {claim}: the plan has no indicator {given!r}{hint}")
    fitting = [id for id in named if fits(plan, unit, plan.indicators[id].unit)]
    if not fitting:
        counted = _list(sorted({plan.indicators[id].unit for id in named}))
        why = f"{unit} is no unit in which the plan counts {name} (it counts in {counted})"
        raise ReviewFault(f"claim {claim}: {why}; correct --unit and --amount")
    only = fitting[0] if len(fitting) == 1 else unmarked(fitting)
    if only is not None:
        return only
    raise ReviewFault(f"claim {claim}: {name} may be on any of {_list(fitting)}; say which with --indicator")


def _list(names: Collection[str]) -> str:
    return ", ".join([*names][:LISTED]) + (" …" if len(names) > LISTED else "")
