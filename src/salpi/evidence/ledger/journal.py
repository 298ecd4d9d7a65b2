"""The journal: an entry for each thing that was done, in order of time; the ledger as of a day is all up to an entry."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import Connection, func, select

from salpi.evidence.ledger import tables as t
from salpi.evidence.ledger.pen import Ids, Pen, Sheet

if TYPE_CHECKING:
    from salpi.plan.model import Plan

Clock = Callable[[], str]
"""Gives the time of an entry, UTC in ISO 8601; passed in, so that what is written can be repeated."""

_LAST = select(t.entries.c.id, t.entries.c.at).order_by(t.entries.c.id.desc()).limit(1)
"""Made once: each batch of documents asks it."""


@dataclass(frozen=True)
class Entry:
    """An entry of the journal: who does what, when, why, and against which plan it is judged."""

    at: str
    actor: str
    action: str
    reason: str = ""
    plan: str = ""


def judged_by(plan: Plan) -> str:
    """A plan as an entry names it: its id, and the hash of its state."""
    return f"{plan.id}@{plan.hash}"


def last_entry(c: Connection) -> tuple[int, str]:
    """Id and time of the journal's last entry; 0 where it is empty."""
    found = c.execute(_LAST).first()
    return (found.id, found.at) if found else (0, "")


def begin(
    c: Connection, entry: Entry, ids: Ids | None = None, last: tuple[int, str] | None = None, sheet: Sheet | None = None
) -> Pen:
    """A new entry of the journal; its time is never before that of the last."""
    id, before = last or last_entry(c)
    at = max(entry.at, before)
    row = {"id": id + 1, "at": at, "actor": entry.actor, "action": entry.action, "reason": entry.reason, "plan": entry.plan}
    pen = Pen(c, id + 1, at, ids or Ids(), sheet)
    pen.insert(t.entries, [row])
    return pen


def cut_at(c: Connection, as_of: str | None) -> int | None:
    """The last entry by the end of a day (month, year); None: all. Raises ValueError for no date."""
    if as_of is None:
        return None
    from salpi.plan.periods import Period

    end = Period.parse(as_of).end.isoformat()
    return int(c.execute(select(func.coalesce(func.max(t.entries.c.id), 0)).where(t.entries.c.at < end + "T99")).scalar_one())


def last_day(c: Connection, as_of: str | None = None) -> date | None:
    """The day of the journal's last entry, by the end of ``as_of`` where given."""
    cut = cut_at(c, as_of)
    found = select(func.max(t.entries.c.at)) if cut is None else select(t.entries.c.at).where(t.entries.c.id == cut)
    at = c.execute(found).scalar()
    return date.fromisoformat(at[:10]) if at else None
