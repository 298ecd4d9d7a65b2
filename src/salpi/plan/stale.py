"""What should have been published: from each series' usual lag, against the plan's own date; there is no hidden clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import get_args

from salpi.plan.model import Freq, Plan
from salpi.plan.periods import Period, month_text

_MONTHS: dict[str, int] = {"year": 12, "half": 6, "quarter": 3, "month": 1}
GRACE_DAYS = 14
"""A release is not late before two weeks: the usual lag is a mean."""
SETTLED = 3
"""A series has a rhythm when it has at least three values of one length."""


@dataclass(frozen=True)
class Release:
    """The next value of a series: its period, and the day on which it is usually out; ``overdue`` by the plan's date."""

    indicator: str
    subject: str
    last: str
    period: str
    due: date
    overdue: bool


def releases(plan: Plan) -> tuple[Release, ...]:
    """The next release of every series with a known lag, in order of the day on which it is due."""
    out: list[Release] = []
    for id, indicator in plan.indicators.items():
        if indicator.lag_days is None:
            continue
        freqs: tuple[Freq, ...] = get_args(Freq)
        series = [(plan.series(id, freq=freq), freq) for freq in freqs]
        known = [(rows, freq) for rows, freq in series if len(rows) >= SETTLED]
        if not known:
            continue
        rows, freq = max(known, key=lambda entry: Period.parse(entry[0][-1].period or "").end)
        last = Period.parse(rows[-1].period or "")
        period = Period.parse(_next(last, freq))
        due = period.end + timedelta(days=indicator.lag_days)
        overdue = due + timedelta(days=GRACE_DAYS) <= plan.as_of
        out.append(Release(id, plan.meta.subject, last.text, period.text, due, overdue))
    return tuple(sorted(out, key=lambda release: (release.due, release.indicator)))


def _next(last: Period, freq: Freq) -> str:
    first = last.last_month + 1
    year, month = divmod(first, 12)
    if freq == "month":
        return month_text(first)
    if freq == "year":
        return str(year)
    return f"{year}-{'H' if freq == 'half' else 'Q'}{month // _MONTHS[freq] + 1}"
