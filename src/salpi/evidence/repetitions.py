"""What repeats an observation that stands no longer is judged again, so that no value is lost with it.

By the rules as they are, with one exception: where a person took the observation back, no rule accepts what repeats it; that
waits for a person.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from salpi.evidence.cases import cases
from salpi.evidence.ledger import waiting
from salpi.evidence.ledger.falls import Falls
from salpi.evidence.ledger.judged import Judged, differing, renew
from salpi.evidence.ledger.pen import Pen
from salpi.evidence.ledger.waiting import Held
from salpi.evidence.reconcile.finding import Finding, Verdict
from salpi.evidence.reconcile.judge import judge
from salpi.evidence.reconcile.known import Known
from salpi.evidence.reconcile.rules import Rules
from salpi.evidence.reconcile.together import judge_document

RULE = "fallen"
"""The rule of a claim that waits because a person took back what it repeats."""


def judge_held(held: Held, known: Known, rules: Rules, day: date) -> tuple[list[Judged], list[int]]:
    """What is found of the claims of a document that are to be judged again; and those of them that are about nothing that the
    plan measures, on the ``day`` of judging. What is accepted is added to ``known``.
    """
    known.sources[held.source_id] = held.source
    said = cases(held, day)
    settled: dict[int, Verdict | None] = {
        at: stand.verdict if stand is not None else None for at, stand in enumerate(held.stands) if at not in held.again
    }
    back: dict[int, Finding] = {}
    for at in sorted(held.again):
        stand, claim = held.stands[at], held.taken_back.get(at)
        reason = stand.reason if stand is not None and stand.rule == RULE else None
        if reason is None and claim is not None:
            reason = f"repeats what a person took back (claim {claim})"
        if reason is None:
            continue
        found = judge(said[at], known, rules)
        if found is not None and found.verdict == "accepted":
            back[at] = Finding("waiting", RULE, reason, found.indicator)
            settled[at] = "waiting"
    findings = judge_document(said, known, rules, settled)
    out: list[Judged] = []
    unmeasured: list[int] = []
    for at in sorted(held.again):
        finding = back.get(at, findings[at])
        if finding is None:
            unmeasured.append(held.ids[at])
        else:
            out.append(Judged(held.ids[at], held.stands[at], finding))
    return out, unmeasured


def judge_repetitions(pen: Pen, known: Known, rules: Rules, claims: Sequence[int]) -> list[Judged]:
    """Judge again, in the transaction of ``pen``, what repeats observations that claims had and have no longer; gives what is
    found otherwise than it stood. ``known`` has what stands now.
    """
    return _renew(pen, known, rules, waiting.repeating(pen.c, known.plan, Falls.of_claims(pen.c, claims)))


def judge_waiting(pen: Pen, known: Known, rules: Rules, document: int) -> list[Judged]:
    """The same of what waits in a document of which other facts are said."""
    return _renew(pen, known, rules, waiting.of_document(pen.c, known.plan, document))


def _renew(pen: Pen, known: Known, rules: Rules, documents: Sequence[Held]) -> list[Judged]:
    found = [one for held in documents for one in judge_held(held, known, rules, date.fromisoformat(pen.at[:10]))[0]]
    renewed = differing(pen.c, found)
    renew(pen, renewed)
    return renewed
