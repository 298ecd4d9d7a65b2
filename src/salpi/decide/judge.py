"""From a target to its row: outcome, forecast or the reason why neither can be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Literal

from salpi.decide import reasons, rests, words
from salpi.decide.history import history
from salpi.decide.known import Known, Outcome, at, deadline, outcome, reached
from salpi.decide.outlook import Futures, Outlook, Question
from salpi.decide.pace import Pace, pace
from salpi.decide.path import Expected, wilson
from salpi.decide.row import Folded, Row
from salpi.decide.trend import Trend, points
from salpi.plan.model import POINT, Plan
from salpi.plan.periods import Period
from salpi.plan.schema import Relative, Target, Text
from salpi.units import UnitError, factor, same_dimension

USUAL_LAG = 180
"""Days after a period's end in which a missing figure is awaited, where the indicator states no ``lag_days``."""


@dataclass(frozen=True)
class Verdict:
    """What is said of a target; ``word`` is a key of `words.VERDICTS`."""

    word: str
    why: Text
    reason: Text | None = None
    probability: float | None = None
    interval: tuple[float, float] | None = None
    basis: Literal["model", "trend", "outcome", "none"] = "none"
    forecast: Mapping[str, float] | None = None
    expected: Expected | None = None
    assumptions: rests.Assumptions = rests.NONE
    outcome: Known | None = None


class Judge:
    """Judges the targets of one plan by one ensemble; what rows share (trends, ranks of outputs) is made once."""

    def __init__(self, plan: Plan, futures: Futures) -> None:
        self.plan, self.futures = plan, futures
        self.drivers = futures.drivers()

    def row(self, key: str, target: Target, folded: tuple[tuple[str, Target], ...] = (), variant_of: str | None = None) -> Row:
        plan = self.plan
        body = plan.indicators[target.indicator]
        subject = target.subject or plan.meta.subject
        by = deadline(target.by)
        found = plan.latest(target.indicator, subject)
        latest = Known.of(plan, found) if found is not None else None
        scale = _scale(target.unit, body.unit)
        base = _baseline(target, scale, body.unit)
        if scale is None:
            verdict, paces = Verdict("unverifiable", reasons.UNITS, reasons.UNITS), Pace(f"{body.unit}/yr")
        else:
            goal = target.value * scale
            paces = pace(plan, target.indicator, subject, goal, by, base, latest)
            verdict = self._verdict(target, subject, by, goal, paces, latest)
        shown = None if verdict.forecast is None or not scale else {k: v / scale for k, v in verdict.forecast.items()}
        cited = [*target.sources, *(latest.sources if latest else ()), *(verdict.outcome.sources if verdict.outcome else ())]
        cited += [base.source] if base is not None and base.source else []
        return Row(
            id=key,
            name=target.name,
            strategy=target.strategy,
            kind=target.kind,
            group=target.indicator.split("@")[0].split(".")[0],
            indicator=target.indicator,
            subject=subject,
            definition=body.definition,
            target=target.value,
            unit=target.unit,
            by=target.by,
            comparison=target.comparison,
            announced=target.announced,
            owners=target.owners,
            baseline=base,
            latest=latest,
            pace=paces,
            probability=verdict.probability,
            probability_reason=verdict.reason,
            probability_interval=verdict.interval,
            basis=verdict.basis,
            forecast=shown,
            expected=verdict.expected,
            verdict=verdict.word,
            why=verdict.why,
            assumptions=verdict.assumptions,
            outcome=verdict.outcome,
            supersedes=tuple(Folded(k, t.name, t.strategy, t.value, t.unit, t.by, t.comparison, t.announced) for k, t in folded),
            superseded_by=target.superseded_by,
            sources=tuple(dict.fromkeys(cited)),
            variant_of=variant_of,
            history=history(plan, target, folded),
        )

    def variants(self, key: str, target: Target) -> list[Row]:
        """ "Doubled", tested on each other definition's own base."""
        rows = []
        for own, base in variants(self.plan, target):
            row = self.row(f"{key}/{own.indicator}", own, (), key)
            if base is not None:
                subject, by = own.subject or self.plan.meta.subject, deadline(own.by)
                paces = pace(self.plan, own.indicator, subject, own.value, by, base, row.latest)
                row = replace(row, baseline=base, pace=paces)
            rows.append(row)
        return rows

    def _verdict(
        self, target: Target, subject: str, by: Period | None, goal: float, paces: Pace, latest: Known | None
    ) -> Verdict:
        plan, indicator = self.plan, target.indicator
        body = plan.indicators[indicator]
        known = before(plan, target, subject, by, goal)
        if known is not None:
            return known
        over = by is not None and by.end <= plan.as_of
        found, fitted = self._outlook(Question(indicator, subject, target.by, target.comparison, goal))
        if found is None:
            return self._silent(target, subject, by, paces, goal, latest)
        when, told = found.expected, found.told
        seen = reasons.asks(goal, body.unit, by, paces, latest)
        rest = rests.TREND if fitted else rests.assumptions(plan, found.outputs)
        if by is None:
            text = reasons.undated(when, found.basis)
            return Verdict("unverifiable", reasons.joined(seen, text), reasons.NO_DATE, expected=when, assumptions=rest)
        if told is None:
            text = _unread(found, by)
            return Verdict("not modelled yet", reasons.joined(seen, text), text, expected=when)
        drivers = () if fitted else self.drivers.of(told.head, by.year, found.outputs)
        forecast = reasons.forecast(told.share, found.draws, told.bands["p50"], body.unit, fitted, drivers)
        so_far = reasons.span_progress(plan, target, body, by) if by.freq == "span" else None
        return Verdict(
            words.chance_word(told.share),
            reasons.joined(seen, so_far, reasons.pending(by) if over else None, forecast),
            None,
            told.share,
            wilson(told.share, found.draws),
            found.basis,
            told.bands,
            when,
            rest,
        )

    def _outlook(self, asked: Question) -> tuple[Outlook | None, Trend | None]:
        """What the model says; where it says nothing, the series' own trend."""
        found = self.futures.model(asked)
        if found is not None:
            return found, None
        return self.futures.trend(asked) or (None, None)

    def _silent(self, target: Target, subject: str, by: Period | None, paces: Pace, goal: float, latest: Known | None) -> Verdict:
        """No outcome and no forecast: unverifiable, or not modelled yet."""
        published = any(
            o.indicator == target.indicator and o.subject == subject and o.status == "actual" and o.qualifier in POINT
            for o in self.plan.observations
        )
        if by is None:
            return Verdict("unverifiable", reasons.NO_DATE, reasons.NO_DATE)
        if not published:
            text = reasons.NOT_SPENT if target.kind == "outlay" else reasons.NO_SERIES
            return Verdict("unverifiable", text, text)
        text = reasons.not_modelled(points(self.plan, target.indicator, subject))
        unit = self.plan.indicators[target.indicator].unit
        return Verdict("not modelled yet", reasons.joined(reasons.asks(goal, unit, by, paces, latest), text), text)


def before(plan: Plan, target: Target, subject: str, by: Period | None, goal: float) -> Verdict | None:
    """What is known of a target without any forecast: outcome, or why it cannot be verified. None where a forecast is needed."""
    body = plan.indicators[target.indicator]
    if target.unverifiable is not None:
        return Verdict("unverifiable", target.unverifiable, target.unverifiable)
    if by is not None and by.end <= plan.as_of:
        closed = outcome(plan, target.indicator, subject, by, target.comparison, goal)
        if closed is not None:
            return _settled(closed, goal, body.unit, reasons.CLOSED)
        if plan.as_of > by.end + timedelta(days=USUAL_LAG if body.lag_days is None else 2 * body.lag_days):
            text = reasons.closed_unknown(by)
            return Verdict("unverifiable", text, text)
    done = reached(plan, target.indicator, subject, by, target.comparison, goal)
    return None if done is None else _settled(done, goal, body.unit, reasons.REACHED)


def question(plan: Plan, target: Target) -> Question | None:
    """What a target asks of the draws; None where it asks nothing."""
    subject = target.subject or plan.meta.subject
    scale = _scale(target.unit, plan.indicators[target.indicator].unit)
    if scale is None or before(plan, target, subject, deadline(target.by), target.value * scale) is not None:
        return None
    return Question(target.indicator, subject, target.by, target.comparison, target.value * scale)


def variants(plan: Plan, target: Target) -> list[tuple[Target, Known | None]]:
    """A target that multiplies a base, on each other definition of the same measure, with that definition's own base."""
    relative = target.relative
    if relative is None:
        return []
    out = []
    for indicator in _definitions(plan, target, relative):
        base = at(plan, indicator, target.subject or plan.meta.subject, relative.base_period)
        changes = {
            "indicator": indicator,
            "unit": plan.indicators[indicator].unit,
            "value": relative.multiple * base.value if base else target.value,
            "baseline": None,
            "relative": None,
            "supersedes": (),
            "unverifiable": target.unverifiable if base else reasons.no_base(relative.base_period),
        }
        out.append((target.but(**changes), base))
    return out


def _settled(found: Outcome, goal: float, unit: str, reason: Text) -> Verdict:
    why = reasons.came_to(found, goal, unit)
    return Verdict("met" if found.met else "missed", why, reason, basis="outcome", assumptions=rests.OUTCOME, outcome=found.known)


def _unread(found: Outlook, by: Period) -> Text:
    if by.freq == "span":
        return reasons.SPAN_GAP
    inside = found.years[0] <= by.year <= found.years[1]
    return reasons.NO_MONTHS if inside else reasons.BEYOND


def _scale(target: str, indicator: str) -> float | None:
    """From the target's unit to the indicator's; None where they do not fit."""
    if target == indicator:
        return 1.0
    try:
        return factor(target, indicator) if same_dimension(target, indicator) else None
    except UnitError:
        return None


def _baseline(target: Target, scale: float | None, unit: str) -> Known | None:
    """The base that the target itself states, in the indicator's unit."""
    base = target.baseline
    if base is None or scale is None:
        return None
    source = base.source or target.sources[0]
    return Known(base.value * scale, unit, base.period, source, (source,))


def _definitions(plan: Plan, target: Target, relative: Relative) -> tuple[str, ...]:
    """The other definitions: as listed; where none is, all of the family with a figure in the base period."""
    if relative.definitions:
        return tuple(d for d in relative.definitions if d in plan.indicators and d != target.indicator)
    family = target.indicator.split("@")[0]
    subject = target.subject or plan.meta.subject
    others = [i for i in plan.indicators if i.split("@")[0] == family and i != target.indicator]
    return tuple(i for i in others if at(plan, i, subject, relative.base_period) is not None)
