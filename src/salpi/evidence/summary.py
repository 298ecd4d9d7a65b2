"""What an ingest did, counted as it goes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from salpi.evidence.documents.refused import Refused
from salpi.evidence.ledger.documents import Written
from salpi.evidence.ledger.judged import Judged
from salpi.evidence.moved import Moved
from salpi.evidence.reconcile.finding import Finding

LISTED = 20
"""Items of each kind that a summary lists."""
UNREAD = ("reading", "unit", "period")
"""Rules of claims that wait because it is not sure what they say: whether that is new is not known."""


@dataclass
class Taken:
    """What was written of a document: the findings of its claims, and those of the claims that repeat what it replaced."""

    written: Written
    findings: list[Finding | None] = field(default_factory=list)
    again: list[Judged] = field(default_factory=list)


@dataclass
class Summary:
    """What an ingest did. ``claims`` counts findings: new, repeated, superseded, inherited, conflicting, waiting; a claim may be
    in two.
    """

    documents: Counter[str] = field(default_factory=Counter)  # new, version (of these), known, described (of these), refused
    claims: Counter[str] = field(default_factory=Counter)
    refused: list[str] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)  # files of folders that are no documents, by ending
    tally: Counter[str] = field(default_factory=Counter)  # of what was added beside the extractor
    ids: dict[str, list[int]] = field(default_factory=dict)  # by kind, the first of each
    moved: list[Moved] = field(default_factory=list)

    def count(self, kind: str, claim: int) -> None:
        """One claim of a kind."""
        self.claims[kind] += 1
        ids = self.ids.setdefault(kind, [])
        if len(ids) < LISTED:
            ids.append(claim)

    def refuse(self, refused: Refused) -> None:
        """One document that is not taken in."""
        self.documents["refused"] += 1
        self.refused.append(str(refused))

    def add(self, taken: Taken) -> None:
        """One document that was written."""
        written = taken.written
        self.documents["known" if written.known else "new"] += 1
        if written.described:
            self.documents["described"] += 1
        if not written.known:
            self.documents["version"] += bool(written.superseded)
        for replaced in written.superseded:
            self.count("superseded", replaced.claim)
        for claim in written.inherited:
            self.count("inherited", claim)
        for claim, finding in zip(written.claims, taken.findings, strict=True):
            self.claims["found"] += 1
            if finding is not None:
                self._find(claim, finding)
        for judged in taken.again:
            self._find(judged.claim, judged.finding)

    def _find(self, claim: int, finding: Finding) -> None:
        if finding.verdict == "accepted":
            self.count("new", claim)
        elif finding.verdict == "repeated":
            self.count("repeated", claim)
        else:
            self.count("waiting", claim)
            if not finding.conflicts and finding.rule not in UNREAD:
                self.count("new", claim)
        if finding.conflicts:
            self.count("conflicting", claim)
