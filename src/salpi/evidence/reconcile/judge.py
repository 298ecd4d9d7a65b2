"""From claims to findings: repeated, in conflict, taken in, or waiting; the first rule that applies decides, and is named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from pydantic import ValidationError

from salpi.evidence.reconcile import plausible
from salpi.evidence.reconcile.agree import COMPARED, SAID, apart, fits, relation
from salpi.evidence.reconcile.finding import Case, Context, Finding
from salpi.evidence.reconcile.known import Fact, Known, at_least
from salpi.evidence.reconcile.rules import Rules
from salpi.evidence.reconcile.sizes import beyond_bounds
from salpi.evidence.record import Claim
from salpi.plan.model import POINT
from salpi.plan.periods import Period, PeriodError
from salpi.plan.reconcile import Conflict, Kind, conflict, disputes
from salpi.plan.schema import Observation, Target

QUALIFIER = {"over": "over", "about": "about", "nearly": "about", "up_to": "up_to", "at_least": "at_least"}
"""A claim's qualifier → an observation's. ``per_year`` says how a level is counted and is no bound."""
YEARLY = "against the year before"
"""The base of all changes that a plan counts."""
DAY = timedelta(days=1)
"""The journal's days are those of UTC: a release of this morning in Korea is dated a day later."""
LIVE_YEARS = 3
"""A definition without a value in so many years before the claim's period is no longer published."""


@dataclass(frozen=True)
class _Sought:
    """A claim on its way: its candidates of the plan with a fitting unit, subject as the plan spells it, period."""

    claim: Claim
    context: Context
    ids: tuple[str, ...]
    subject: str
    period: Period | None
    meant: str | None


def judge(case: Case, known: Known, rules: Rules) -> Finding | None:
    """One claim against what is known. None where it has no indicator, or one that the plan does not measure."""
    claim, context = case.claim, case.context
    if claim.indicator is None or claim.subject is None:
        return None
    named = known.candidates(claim.indicator)
    if not named:
        return None
    subject = known.subject(claim.subject)
    ids = tuple(id for id in named if _measured(known, id, subject, claim.unit))
    if not ids:
        return Finding("waiting", "unit", f"{claim.unit} is no unit in which the plan counts {claim.indicator}", candidates=named)
    if "against" in claim.rules:
        return Finding("waiting", "base", f"is a change {claim.rules['against']}, not {YEARLY}", candidates=ids)
    try:
        period = Period.parse(claim.period).shortest if claim.period else None
    except PeriodError:
        return Finding("waiting", "period", f"{claim.period!r} is no period", candidates=ids)
    sought = _Sought(claim, context, ids, subject, period, _meant(known, ids, subject, period, context))
    try:
        return _found(sought, known, rules)
    except ValidationError as error:
        return Finding("waiting", "schema", f"is no observation: {error.errors()[0]['msg'].lower()}", candidates=ids)


def _found(sought: _Sought, known: Known, rules: Rules) -> Finding:
    same = _same(sought, known)
    row = as_row(sought, sought.meant or sought.ids[0])
    claim = sought.claim
    said = [(fact, relation(known.plan, row, claim.high, fact, rules, claim.text)) for fact in same]
    agreeing = [fact for fact, how in said if how == "same"]
    if agreeing:
        return _repeated(sought, row, agreeing, same, known, rules)
    opposed = [fact for fact, how in said if how != "open" and fact.row.status in COMPARED[claim.status]]
    if opposed:
        return _in_conflict(sought, row, opposed, known, rules)
    odd = plausible.suspicions(row, sought.context, known, rules)
    return _new(sought, row, odd, known, rules)


def as_row(sought: _Sought, indicator: str) -> Observation:
    """The claim as an observation of the plan. Raises ValidationError."""
    claim, context = sought.claim, sought.context
    stated = context.published.isoformat() if context.published else None
    return Observation.read(
        {
            "indicator": indicator,
            "subject": sought.subject,
            "period": sought.period.text if sought.period is not None else None,
            "value": claim.value,
            "qualifier": QUALIFIER.get(claim.qualifier or "", ""),
            "unit": claim.unit,
            "status": claim.status,
            "as_of": stated,
            "as_of_basis": "published" if stated else "",
            "basis": "sourced",
            "confidence": "high" if claim.score >= 0.9 else "medium" if claim.score >= 0.6 else "low",
            "source": context.source,
        }
    )


def _measured(known: Known, id: str, subject: str, unit: str) -> bool:
    """Whether a definition is counted in a unit, or something is known of it in that unit ("doubled")."""
    if fits(known.plan, unit, known.plan.indicators[id].unit):
        return True
    return unit in known.units(id, subject)


def unmarked(ids: Sequence[str]) -> str | None:
    """The one definition without ``@``: what a plan calls by the bare name is meant by the bare name."""
    plain = [id for id in ids if "@" not in id]
    return plain[0] if len(plain) == 1 else None


def _meant(known: Known, ids: tuple[str, ...], subject: str, period: Period | None, context: Context) -> str | None:
    """Which definition a claim is on: the only one, its publisher's, the one without a mark, or the only one still published."""
    if len(ids) == 1:
        return ids[0]
    used = [id for id in ids if known.uses(context.publisher, id)]
    if len(used) == 1:
        return used[0]
    if (plain := unmarked(used or ids)) is not None:
        return plain
    year = period.year if period is not None else known.plan.as_of.year
    live = [id for id in used or ids if known.is_live(id, subject, year - LIVE_YEARS, year)]
    return live[0] if len(live) == 1 else None


def _same(sought: _Sought, known: Known) -> list[Fact]:
    """What is known of the same thing at the same time, the definition that is meant first."""
    statuses = SAID[sought.claim.status]
    ids = sorted(sought.ids, key=lambda id: (id != sought.meant, sought.ids.index(id)))
    found = (fact for id in ids for fact in _at(sought, id, known))
    return [fact for fact in found if fact.row.status in statuses and fits(known.plan, sought.claim.unit, fact.row.unit)]


def _at(sought: _Sought, id: str, known: Known) -> list[Fact]:
    """What is known at the claim's time: of its period; of any, for a level stated without one; of a flow, nothing."""
    if sought.period is not None:
        undated = [fact for fact in known.at(id, sought.subject, None) if fact.row.status == "target"]
        return [*known.at(id, sought.subject, sought.period), *undated]
    if sought.claim.status == "actual" and known.plan.indicators[id].kind == "flow":
        return []
    return known.facts(id, sought.subject)


def _on(sought: _Sought, row: Observation, indicator: str) -> Observation:
    """The claim's row as one of another definition."""
    return row if row.indicator == indicator else as_row(sought, indicator)


def _repeated(sought: _Sought, row: Observation, agreeing: list[Fact], same: list[Fact], known: Known, rules: Rules) -> Finding:
    fact = min(agreeing, key=lambda fact: (fact.row.indicator != sought.meant, fact.after is not None, -_end(fact)))
    row = _on(sought, row, fact.row.indicator)
    found: list[Conflict] = [*_succeeded(row, agreeing, known), *plausible.twins(row, known)]
    found += plausible.record(row, sought.context, known, rules)
    others = [
        other.row
        for other in _latest(same)
        if other.row.indicator != fact.row.indicator
        and other.row.status in COMPARED[sought.claim.status]
        and other.row.qualifier in POINT
        and other.period == fact.period
    ]
    dated = row if row.period is not None else row.but(period=fact.row.period)
    found += disputes(known.plan, dated, others, known.sources)
    where = f"target {fact.target}" if fact.target else f"{fact.row.indicator}, {fact.row.period or 'no date'}"
    reason = f"says what {'the plan' if fact.layer == 'plan' else 'the ledger'} holds: {where}, source {fact.row.source}"
    return Finding("repeated", "known", reason, fact.row.indicator, row, tuple(found), sought.ids)


def _succeeded(row: Observation, agreeing: list[Fact], known: Known) -> list[Conflict]:
    """The claim states a target that a later one replaced, and no target in force."""
    stated = [fact for fact in agreeing if fact.target is not None]
    if not stated or any(fact.after is None for fact in stated):
        return []
    plan = known.plan
    later = [
        fact
        for fact in known.facts(row.indicator, row.subject)
        if fact.target is not None
        and fact.after is None
        and fact.row.status == row.status
        and fits(plan, row.unit, fact.row.unit)
        and (row.period is None or fact.period is None or fact.period.end >= Period.parse(row.period).end)
    ]
    followers = {_last(plan.targets, fact.after) for fact in stated}
    others = [fact for id in followers if id is not None for fact in _as_facts(known, id)]
    sides = list({fact.target: fact for fact in (*others, *later)}.values())
    if not sides:
        return []
    gap = max((apart(plan, row, fact.row, fact.period) or 0.0) for fact in sides)
    period = Period.parse(row.period) if row.period else None
    rows = [row, *(fact.row for fact in sides[:3])]
    return [conflict(plan, "vintage", row.indicator, row.subject, period, rows, gap, "target", known.sources)]


def _last(targets: Mapping[str, Target], id: str | None) -> str | None:
    """The end of a chain of successors."""
    seen: set[str] = set()
    while id is not None and id in targets and id not in seen:
        seen.add(id)
        after = targets[id].superseded_by
        if after is None:
            return id
        id = after
    return id


def _as_facts(known: Known, target: str) -> list[Fact]:
    found = known.plan.targets.get(target)
    if found is None:
        return []
    facts = known.facts(found.indicator, found.subject or known.plan.meta.subject)
    return [fact for fact in facts if fact.target == target and fact.row.unit == found.unit]


def _in_conflict(sought: _Sought, row: Observation, same: list[Fact], known: Known, rules: Rules) -> Finding:
    plan = known.plan
    row = _on(sought, row, sought.meant or same[0].row.indicator)
    gaps = [(gap, fact) for fact in same if (gap := apart(plan, row, fact.row, fact.period)) is not None]
    if not gaps:
        return Finding(
            "waiting", "rate", "cannot be compared: no exchange rate of that year is known", sought.meant, row, (), sought.ids
        )
    least, nearest = min(gaps, key=lambda entry: entry[0])
    row = _on(sought, row, sought.meant or nearest.row.indicator)
    found: list[Conflict] = []
    points = [fact for fact in same if fact.row.qualifier in POINT]
    other = plausible.alike(row, known)
    if sought.period is not None:
        found += disputes(plan, row, [fact.row for fact in _latest(points)], known.sources)
    if not found:
        latest = max(same, key=_end)
        rows = [row, nearest.row, *([] if nearest.row == latest.row else [latest.row])]
        kind: Kind = "contradiction" if sought.period is not None else "vintage"
        mark = "" if sought.period is not None else "undated"
        found.append(conflict(plan, kind, row.indicator, row.subject, sought.period, rows, least, mark, known.sources))
    if other is not None:  # this says why they differ
        gap = apart(plan, row, other.row, other.period) or 0.0
        like = conflict(plan, "scope", row.indicator, row.subject, sought.period, [row, other.row], gap, "like", known.sources)
        found = [like, *(item for item in found if item.kind != "contradiction" or item.id.endswith(".itself.contradiction"))]
    found += plausible.record(row, sought.context, known, rules)
    found += plausible.twins(row, known)
    kinds = ", ".join(dict.fromkeys(item.kind for item in found))
    what = f"{nearest.row.indicator}, {nearest.row.period or 'no date'}, source {nearest.row.source}"
    reason = f"differs from what is known ({kinds}): {what}"
    return Finding("waiting", "conflict", reason, sought.meant, row, tuple(found), sought.ids)


def _new(sought: _Sought, row: Observation, odd: tuple[Conflict, ...], known: Known, rules: Rules) -> Finding:
    """Nothing known says otherwise: taken in if source, score and wording allow, else it waits, with the first reason."""
    claim, context = sought.claim, sought.context
    odd = (*odd, *plausible.twins(row, known))
    why = None
    if context.published is not None and context.taken_in is not None and context.published - context.taken_in > DAY:
        why = "future", f"its document is dated {context.published}, after the day on which it came in"
    elif known.plan.conversion.of(row) is None and claim.status == "actual":
        unit = known.plan.indicators[row.indicator].unit
        why = "rate", f"cannot be put in {unit}: no exchange rate of its year is known"
    elif (out := beyond_bounds(row, known)) is not None:
        why = "bounds", out
    elif odd:
        marks = ", ".join(dict.fromkeys(item.id.rsplit(".", 2)[-2] for item in odd))
        why = "implausible", f"looks odd beside what is known ({marks})"
    elif sought.meant is None:
        why = "definition", f"may be on any of {len(sought.ids)} definitions: {', '.join(sought.ids[:6])}"
    elif claim.status != "actual":
        why = "status", f"is of status {claim.status}: a person decides what becomes of it"
    elif sought.period is None:
        why = "undated", "names no period"
    elif context.published is None:
        why = "document", "the document has no date: give --published"
    elif row.qualifier not in POINT or claim.high is not None:
        why = "bound", "is a bound or a range, no value"
    elif claim.warnings:
        why = "warning", claim.warnings[0]
    elif claim.score < rules.least_score:
        why = "score", f"scores {claim.score:.3f}, below {rules.least_score:g}"
    elif not at_least(context.quality, rules.least_quality):
        why = "quality", f"its source is graded {context.quality}, below {rules.least_quality}"
    elif sought.period.end > context.published:
        why = "future", f"speaks of {claim.period} as past, but was published on {context.published}"
    if why is not None:
        return Finding("waiting", why[0], why[1], sought.meant, row, odd, sought.ids)
    reason = f"is new, scores {claim.score:.3f}, its source is graded {context.quality}"
    return Finding("accepted", "new", reason, row.indicator, row, (), sought.ids)


def _latest(facts: Sequence[Fact]) -> list[Fact]:
    """Of each indicator, subject and period the value that became known last; targets one by one."""
    out: dict[tuple[object, ...], Fact] = {}
    for fact in sorted(facts, key=lambda fact: (fact.row.as_of or "", fact.row.value)):
        out[fact.row.indicator, fact.period, fact.row.status, fact.target] = fact
    return list(out.values())


def _end(fact: Fact) -> int:
    return fact.period.end.toordinal() if fact.period is not None else 0
