"""The claims of one document, judged together: the best mention speaks for a figure, two readings of one amount are held against
each other, and what is taken in is known to the claims that follow.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from salpi.evidence.reconcile import plausible
from salpi.evidence.reconcile.finding import Case, Finding, Verdict
from salpi.evidence.reconcile.judge import judge
from salpi.evidence.reconcile.known import Known
from salpi.evidence.reconcile.mentions import second_readings, speakers
from salpi.evidence.reconcile.rules import Rules
from salpi.plan.periods import Period, is_period
from salpi.plan.reconcile import Conflict

DECIDED: frozenset[Verdict | None] = frozenset({"accepted", "corrected", "rejected"})
"""Verdicts that settle which of two readings counts."""


def judge_document(
    cases: Sequence[Case], known: Known, rules: Rules, settled: Mapping[int, Verdict | None] | None = None
) -> list[Finding | None]:
    """The findings for the claims of one document, in their order; None for a claim about what the plan does not measure.

    What is taken in is added to ``known``, so that the rest of the document, and later ones, are compared with it. ``settled``
    gives the verdicts that stand on some of the claims, by place: those keep them, and only say what the others stand beside.
    """
    settled = settled or {}
    speaks = speakers(cases)
    second = second_readings(cases, known.plan)
    held: dict[int, Conflict | None] = {}
    for at in sorted(second):
        odd = _off_rate(cases[at - 1], cases[at], known, rules)
        if odd is None:
            continue
        second.discard(at)
        if DECIDED.isdisjoint((settled.get(at - 1), settled.get(at))):
            held.setdefault(speaks[at - 1], None)
            held[speaks[at]] = odd
    out: list[Finding | None] = [None] * len(cases)
    done: set[int] = set()
    for at in range(len(cases)):
        for one in dict.fromkeys((at, speaks[at])):
            if one in settled and one not in done:
                out[one] = _stands(cases[one], settled[one], known, rules)
                done.add(one)
        its = speaks[at]
        if at in done:
            continue
        if its in settled and settled[its] == "repeated":
            its = at  # the claim that it repeats waits, and may be this one
        if its not in done:
            finding = judge(cases[its], known, rules)
            if finding is not None and its in held:
                finding = _held(finding, held[its])
            elif finding is not None and its in second and its - 1 in done:
                finding = _second(finding, out[its - 1])
            if finding is not None and finding.verdict == "accepted" and finding.row is not None:
                known.add(finding.row)
            out[its] = finding
            done.add(its)
        if at not in done:
            out[at] = _mention(out[its])
            done.add(at)
    return out


def _stands(case: Case, verdict: Verdict | None, known: Known, rules: Rules) -> Finding | None:
    """A claim on which a verdict stands, as an observation of the plan; nothing is made of it."""
    if verdict is None:
        return None
    finding = judge(case, known, rules)
    return None if finding is None else replace(finding, verdict=verdict, conflicts=())


def _mention(first: Finding | None) -> Finding | None:
    """The same figure again in the same document."""
    if first is None:
        return None
    return replace(first, verdict="repeated", rule="mention", reason="says again what the document said before", conflicts=())


def _off_rate(before: Case, case: Case, known: Known, rules: Rules) -> Conflict | None:
    """The disagreement of two readings of one amount whose rate is not that of the year."""
    first, second = judge(before, known, rules), judge(case, known, rules)
    if first is None or second is None or first.row is None or second.row is None:
        return None
    return plausible.implied_rate(first.row, second.row, rate_year(case, known), known, rules)


def _held(finding: Finding, odd: Conflict | None) -> Finding:
    """One of two readings that do not agree: neither is taken in before the other is settled. The second has the conflict."""
    verdict = "waiting" if finding.verdict == "accepted" else finding.verdict
    why = "two readings of one amount do not agree at the year's exchange rate"
    if odd is None:
        return finding if verdict == finding.verdict else replace(finding, verdict=verdict, rule="rate", reason=why)
    return replace(finding, verdict=verdict, rule="rate", reason=why, conflicts=(*finding.conflicts, odd))


def _second(finding: Finding, earlier: Finding | None) -> Finding:
    """A second reading of what was said just before, at the year's rate."""
    if earlier is None or earlier.row is None or finding.row is None:
        return finding
    said = "gives in another currency what was said just before"
    return replace(finding, verdict=_reading(earlier), rule="reading", reason=said, conflicts=())


def _reading(earlier: Finding) -> Verdict:
    """A second reading of what is known is known as well; one of what is new adds nothing new."""
    return "repeated" if earlier.verdict in ("repeated", "accepted", "corrected") else "waiting"


def rate_year(case: Case, known: Known) -> int:
    """The year whose exchange rate an amount was converted at: its own, or that of the document where it speaks of later ones."""
    published, period = case.context.published, case.claim.period
    latest = published.year if published else known.plan.as_of.year
    return min(Period.parse(period).year, latest) if period and is_period(period) else latest
