"""How a target's standing changed: its versions, and each change of its latest figure, from the plan's own vintages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from salpi.decide import words
from salpi.plan.model import POINT, Plan
from salpi.plan.periods import Period, is_period
from salpi.plan.schema import Observation, Target, Text

FIGURES = 8
"""So many of the last changes of the figure are kept."""


@dataclass(frozen=True)
class Event:
    """Something that became known on ``as_of``."""

    as_of: str
    kind: Literal["announced", "superseded", "figure", "revision"]
    what: Text

    def to_json(self) -> dict[str, object]:
        return {"as_of": self.as_of, "kind": self.kind, "what": self.what.plain()}


def history(plan: Plan, target: Target, folded: tuple[tuple[str, Target], ...]) -> tuple[Event, ...]:
    """Events in order of their dates; ``folded`` are the targets that this one replaced."""
    events = [_announced(target)]
    for _, old in folded:
        events.append(_announced(old))
        if old.superseded_by in plan.targets:
            events.append(_superseded(old, plan.targets[old.superseded_by]))
    events += _figures(plan, target.indicator, target.subject or plan.meta.subject)[-FIGURES:]
    return tuple(sorted(events, key=lambda e: (_end(e.as_of), e.kind != "superseded")))


def asked(target: Target, lang: words.Lang) -> str:
    """What a target asks for, in words: ``$11.6bn by 2030``."""
    value = words.amount(target.value, target.unit, lang)
    if target.by is None or not is_period(target.by):
        return f"{value} (시한 없음)" if lang == "ko" else f"{value} (no date)"
    if "/" in target.by:
        return f"{words.period(target.by, lang)} {value}" if lang == "ko" else f"{value} over {words.period(target.by, lang)}"
    when = words.period(target.by, lang)
    return f"{when}까지 {value}" if lang == "ko" else f"{value} by {when}"


def _announced(target: Target) -> Event:
    text = Text(en=f"target announced: {asked(target, 'en')}", ko=f"목표 발표: {asked(target, 'ko')}")
    return Event(target.announced, "announced", text)


def _superseded(old: Target, new: Target) -> Event:
    text = Text(en=f"{asked(old, 'en')} replaced by {asked(new, 'en')}", ko=f"{asked(old, 'ko')} → {asked(new, 'ko')}(으)로 대체")
    return Event(new.announced, "superseded", text)


def _figures(plan: Plan, indicator: str, subject: str) -> list[Event]:
    """Each time the latest yearly figure became another: a new year, or a revision of the last."""
    rows = []
    for o in plan.converted:
        if (o.indicator, o.subject) != (indicator, subject) or o.status != "actual" or o.qualifier not in POINT:
            continue
        known = _known(plan, o)
        if o.period is not None and known is not None and Period.parse(o.period).freq == "year":
            rows.append((known, Period.parse(o.period), o))
    rows.sort(key=lambda r: (_end(r[0]), r[1]))
    events: list[Event] = []
    last: tuple[Period, float] | None = None
    for known, period, o in rows:
        if last is None or period > last[0]:
            events.append(Event(known, "figure", _figure(o)))
        elif period == last[0] and o.value != last[1]:
            events.append(Event(known, "revision", _revision(o, last[1])))
        else:
            continue
        last = (period, o.value)
    return events


def _known(plan: Plan, row: Observation) -> str | None:
    """The day on which a figure became known; its source's date where the row has none."""
    if row.as_of is not None and is_period(row.as_of):
        return row.as_of
    source = plan.sources.get(row.source)
    return source.published if source is not None and source.published and is_period(source.published) else None


def _figure(o: Observation) -> Text:
    en, ko = words.amount(o.value, o.unit, "en"), words.amount(o.value, o.unit, "ko")
    return Text(en=f"{words.period(o.period)} came in at {en}", ko=f"{words.period(o.period, 'ko')} 실적 {ko} 공표")


def _revision(o: Observation, before: float) -> Text:
    def both(lang: words.Lang) -> tuple[str, str]:
        return words.amount(before, o.unit, lang), words.amount(o.value, o.unit, lang)

    (a, b), (c, d) = both("en"), both("ko")
    return Text(en=f"{words.period(o.period)} restated from {a} to {b}", ko=f"{words.period(o.period, 'ko')} 수치 {c} → {d} 수정")


def _end(text: str) -> str:
    return Period.parse(text).end.isoformat() if is_period(text) else "9999"
