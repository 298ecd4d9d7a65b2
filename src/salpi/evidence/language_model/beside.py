"""The language model beside the grammar: asked about a document portion by portion, its answers kept, what holds added."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from salpi.evidence.claims.catalogue import Catalogue
from salpi.evidence.claims.page import Page, Sentence
from salpi.evidence.documents.refused import Refused
from salpi.evidence.extract import Extraction
from salpi.evidence.judges.decided import Decided
from salpi.evidence.judges.surroundings import Asked
from salpi.evidence.language_model import cache, prompt
from salpi.evidence.language_model.accept import Drop, Read, accept
from salpi.evidence.language_model.answer import Pointed, pointed
from salpi.evidence.language_model.client import Clock, EndpointFault, Unreadable, ask
from salpi.evidence.language_model.endpoint import Endpoint
from salpi.evidence.language_model.prompt import Id
from salpi.evidence.record import Added, Claim, Document

if TYPE_CHECKING:
    from salpi.plan import Plan

PORTIONS = 60
"""Of one document that are asked about: some 120 pages."""
FAILURES = 3
"""Questions in a row without an answer after which a process asks no more: a folder does not wait for a dead server."""
MARGIN = 15.0
"""Seconds that a document may take beyond its questions before its reader counts as hung."""


@dataclass
class Reach:
    """Whether the endpoint can be reached, as far as this process knows: ``lost`` says why not, once that is bound to last."""

    lost: str | None = None
    failures: int = 0  # in a row

    def failed(self, fault: EndpointFault) -> None:
        """Note a question without an answer."""
        self.failures += 1
        if fault.lasting or self.failures >= FAILURES:
            self.lost = str(fault)


@dataclass(frozen=True)
class LanguageModel:
    """Called with a document and the claims that the grammar found in it; gives what is to be added to them.

    ``answers`` is the folder of the cache. Raises Refused where the endpoint gives no answer: then the document is not taken, and
    the same command completes it later, without asking again what was answered.
    """

    endpoint: Endpoint
    catalogue: Catalogue
    ids: Mapping[str, Id]
    answers: Path
    clock: Clock = field(default_factory=Clock)
    reach: Reach = field(default_factory=Reach)

    @classmethod
    def of(cls, endpoint: Endpoint, plan: Plan) -> LanguageModel:
        """With the plan's catalogue and the user's cache. Raises ModelFault where that cannot be used."""
        return cls(endpoint, Catalogue.of(plan), prompt.names(plan), cache.folder())

    @property
    def seconds(self) -> float:
        """How much longer a document may take than without it."""
        return self.endpoint.bounds.document + MARGIN

    def __call__(self, document: Document, claims: Sequence[Claim]) -> Added:
        """What is added to a document's claims. Raises Refused."""
        tally: Counter[str] = Counter()
        extraction = Extraction(document, self.catalogue, Unjudged)
        text = extraction.page.text
        parts = [part for part in prompt.portions(extraction.page.spans) if any(map(str.isalnum, text[slice(*part)]))]
        read = Read.of(extraction, claims, self.ids)
        until = self.clock.now() + self.endpoint.bounds.document
        added: dict[tuple[int, int], Claim] = {}
        for part in parts[:PORTIONS]:
            for one in self._pointed(document, text[slice(*part)], until, tally):
                try:
                    claim = accept(read, part, one, self.endpoint.model)
                except Drop as drop:
                    tally[f"dropped: {drop.why}"] += 1
                    continue
                if claim is None or any(start < claim.span[1] and claim.span[0] < end for start, end in added):
                    tally["known"] += 1
                else:
                    added[claim.span] = claim
                    tally["added"] += 1
        tally["left out"] += max(0, len(parts) - PORTIONS)
        return Added(tuple(added.values()), dict(+tally))

    def _pointed(self, document: Document, text: str, until: float, tally: Counter[str]) -> list[Pointed]:
        """What the model points at in a portion: as it said before, or asked now. Only answers that can be read are kept."""
        body = prompt.request(self.endpoint.model, self.ids, text, document.title, document.published)
        name = cache.key(body)
        kept = cache.get(self.answers, name)
        tally["portions"] += 1
        tally["cached"] += kept is not None
        try:
            said = self._ask(document, body, until) if kept is None else kept
            found, bad = pointed(said)
        except Unreadable:
            tally["unreadable"] += 1
            return []
        if kept is None:
            tally["not kept"] += not cache.put(self.answers, name, said)
        tally["dropped: form"] += bad
        return found

    def _ask(self, document: Document, body: bytes, until: float) -> str:
        try:
            if self.reach.lost is not None:
                raise EndpointFault(self.reach.lost)
            said = ask(self.endpoint, body, until, self.clock)
        except EndpointFault as fault:
            self.reach.failed(fault)
            why = f"not taken in: the language model at {fault}; run the same command again, or without the model"
            raise Refused(document.name, why) from None
        self.reach.failures = 0
        return said


class Unjudged:
    """Stands where extraction has its judge, which is not asked about what the model points at."""

    def __init__(self, page: Page, sentences: list[Sentence]) -> None:
        pass

    def decide(self, asked: Sequence[Asked]) -> list[Decided]:
        """Never."""
        raise NotImplementedError
