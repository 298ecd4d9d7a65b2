"""How documents are taken in: what the user says of them, and how they are read and judged."""

from __future__ import annotations

from dataclasses import dataclass, field

from salpi.evidence.documents.read import Given
from salpi.evidence.documents.refused import Limits
from salpi.evidence.extraction import Beside
from salpi.evidence.reconcile.rules import Rules
from salpi.plan.schema import Grade


@dataclass(frozen=True)
class Options:
    """How to take in: what is given of the documents, limits, number of processes, rules, the source's quality where given; what
    adds to the extractor's claims.
    """

    given: Given = field(default_factory=Given)
    limits: Limits = field(default_factory=Limits)
    rules: Rules = field(default_factory=Rules)
    jobs: int = 2
    allow_private: bool = False
    quality: Grade | None = None
    kind: str | None = None
    actor: str = "unknown"
    reason: str = ""
    beside: Beside | None = None

    @property
    def describe(self) -> bool:
        """Whether something is said of the documents as sources, which counts for those that are known, too."""
        given = self.given
        return any((given.title, given.publisher, given.published, self.quality, self.kind))
