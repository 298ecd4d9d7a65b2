"""Claims that wait are judged again, and those that repeat what may stand no longer, against the plan, the ledger and the
rules as they are now.

A decision that differs from the one that stands is written on top of it, with its conflicts, and its observation where the claim
is accepted, as when a document is taken in. What is accepted may change what is said of others; so it goes on until nothing is
accepted any more, and the same command run again finds nothing to do. Whatever ends the work half-way, it completes it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date

from sqlalchemy import Connection

from salpi.evidence.follow import Follower
from salpi.evidence.layered import with_ledger
from salpi.evidence.ledger import waiting
from salpi.evidence.ledger.falls import Falls
from salpi.evidence.ledger.journal import Clock, Entry, begin, judged_by, last_entry
from salpi.evidence.ledger.judged import Judged, differing, renew
from salpi.evidence.ledger.pen import TOGETHER
from salpi.evidence.ledger.store import Ledger
from salpi.evidence.ledger.waiting import Held, Want
from salpi.evidence.moved import Moved, moved
from salpi.evidence.reconcile.finding import Finding
from salpi.evidence.reconcile.known import Known, names
from salpi.evidence.reconcile.rules import Rules
from salpi.evidence.repetitions import judge_held
from salpi.evidence.summary import LISTED
from salpi.plan.model import Plan

Progress = Callable[[int, int | None], None]
VERDICTS = ("accepted", "repeated", "waiting")
"""What becomes of a claim that is judged again."""
KINDS = (*VERDICTS, "conflicting", "renewed")


@dataclass(frozen=True)
class Options:
    """Whose word it is, why, by which rules; which claims: of an indicator, of a subject, where given."""

    actor: str = "unknown"
    reason: str = ""
    rules: Rules = field(default_factory=Rules)
    indicator: str | None = None
    subject: str | None = None


@dataclass
class Summary:
    """What judging again did: ``claims`` by kind. Each that was judged is accepted, repeated or waiting now; it may also be
    conflicting, and its decision renewed. What repeats the same as before is not among them.
    ``unmeasured`` wait, but the plan has nothing that they are about any more; ``others`` wait, but were judged by a plan of
    another id: both stay as they are.
    """

    claims: dict[str, set[int]] = field(default_factory=lambda: {kind: set() for kind in KINDS})
    unmeasured: set[int] = field(default_factory=set)
    others: int = 0
    moved: list[Moved] = field(default_factory=list)

    @property
    def judged(self) -> int:
        """Claims that were judged."""
        return sum(len(self.claims[kind]) for kind in VERDICTS)

    def counts(self) -> Counter[str]:
        """Claims of each kind."""
        return Counter({kind: len(ids) for kind, ids in self.claims.items()})

    def first(self, kind: str) -> list[int]:
        """Some claims of a kind."""
        return sorted(self.claims[kind])[:LISTED]

    def note(self, claim: int, finding: Finding, renewed: bool) -> None:
        """What was found of a claim; what was found of it before counts no longer."""
        for kind in (*VERDICTS, "conflicting"):
            self.claims[kind].discard(claim)
        self.claims[finding.verdict].add(claim)
        if finding.conflicts:
            self.claims["conflicting"].add(claim)
        if renewed:
            self.claims["renewed"].add(claim)


def judge_again(
    ledger: Ledger,
    plan: Plan,
    clock: Clock,
    options: Options | None = None,
    progress: Progress | None = None,
) -> Summary:
    """Judge again what waits, what the plan did not measure when it came in and does now, and what repeats something that fell or
    that another state of the plan held; what a person decided stays.

    ``plan`` without the ledger's observations. ``progress`` is told documents done and their number. Raises LedgerFault where the
    ledger cannot be written; what was written until then stays.
    """
    options = options or Options()
    judge = _Judge(ledger, plan, clock, options)
    summary = Summary()
    before = with_ledger(plan, ledger)
    with ledger.writer() as connection:
        while judge.all(connection, summary, progress):
            pass
        judge.close(connection)
    with ledger.reading() as c:
        summary.others = waiting.of_other_plans(c, plan)
    summary.moved = list(moved(before, with_ledger(plan, ledger)))
    return summary


class _Judge:
    """The one that judges and writes."""

    def __init__(self, ledger: Ledger, plan: Plan, clock: Clock, options: Options) -> None:
        self.ledger, self.plan, self.clock, self.options = ledger, plan, clock, options
        self.follower = Follower(plan)
        self.want = Want(plan, names(plan), options.indicator, options.subject)
        self.last = 0  # the journal's last entry, as long as nobody else writes

    def all(self, connection: Connection, summary: Summary, progress: Progress | None) -> bool:
        """All that waits, once, some documents to a transaction; whether something was accepted, beside which the rest is to be
        looked at again.
        """
        with self.ledger.writing(connection) as c:
            self.want = replace(self.want, falls=Falls.of(c))
            documents = waiting.documents(c, self.want)
            self.last = last_entry(c)[0]
        accepted = False
        for first in range(0, len(documents), TOGETHER):
            batch = documents[first : first + TOGETHER]
            accepted |= self._some(connection, batch, summary)
            if progress is not None:
                progress(first + len(batch), len(documents))
        return accepted

    def close(self, connection: Connection) -> None:
        """Say in the journal that all that waits was judged by the plan as it is, unless it says so or somebody wrote beside."""
        if self.options.indicator is not None or self.options.subject is not None:
            return
        with self.ledger.writing(connection) as c:
            last = last_entry(c)
            if last[0] == self.last and waiting.rests_on_another_state(c, self.plan):
                begin(c, self._entry(waiting.ALL), last=last)

    def _some(self, connection: Connection, documents: Sequence[int], summary: Summary) -> bool:
        """Some documents, in one transaction; whether something was accepted."""
        with self.ledger.writing(connection) as c:
            last = last_entry(c)
            known = self.follower.catch_up(c, last[0])
            found, unmeasured = self._judge(waiting.held(c, documents, self.want), known)
            renewed = differing(c, found)
            if renewed:
                pen = begin(c, self._entry("judge"), self.follower.ids, last)
                renew(pen, renewed)
                self.last += last[0] == self.last
                last = pen.entry, pen.at
        self.follower.seen = last[0]
        summary.unmeasured.update(unmeasured)
        differs = {one.claim for one in renewed}
        for one in found:
            if one.claim in differs or one.stand is None or one.stand.verdict == "waiting":
                summary.note(one.claim, one.finding, one.claim in differs)
        return any(one.finding.verdict == "accepted" for one in found)

    def _judge(self, documents: Sequence[Held], known: Known) -> tuple[list[Judged], list[int]]:
        """What is found of the claims that are to be judged; and those of them that are about nothing that the plan measures."""
        found: list[Judged] = []
        unmeasured: list[int] = []
        for held in documents:
            judged, left = judge_held(held, known, self.options.rules, date.fromisoformat(self.clock()[:10]))
            found += judged
            unmeasured += left
        return found, unmeasured

    def _entry(self, action: str) -> Entry:
        usual = asdict(Rules())
        others = {name: value for name, value in asdict(self.options.rules).items() if value != usual[name]}
        reason = f"judged again: plan {self.plan.id} {self.plan.meta.version} ({self.plan.hash[:12]})"
        if others:
            reason += "; rules " + ", ".join(f"{name} {value}" for name, value in others.items())
        if self.options.reason:
            reason += f"; {self.options.reason}"
        return Entry(self.clock(), self.options.actor, action, reason, judged_by(self.plan))
