"""The one that writes what others have read: a few documents to a transaction, each with all that follows from it.

A document is in the ledger with its claims and what was decided of them, or not at all; one that cannot be written costs itself
alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection

from salpi.evidence.as_source import as_described, called, new_source, source_anew
from salpi.evidence.cases import as_cases
from salpi.evidence.documents.read import Raw
from salpi.evidence.documents.refused import Refused
from salpi.evidence.documents.sources import Named
from salpi.evidence.extraction import Extracted, Repeated
from salpi.evidence.follow import Follower
from salpi.evidence.ledger import documents, in_force
from salpi.evidence.ledger.decisions import add_findings
from salpi.evidence.ledger.described import GRADED, add_source, describe, described, source_id
from salpi.evidence.ledger.documents import Met, Written
from salpi.evidence.ledger.faults import DataFault, LedgerFault
from salpi.evidence.ledger.inherit import Inherited, inherit, inherited
from salpi.evidence.ledger.journal import Clock, Entry, begin, judged_by, last_entry
from salpi.evidence.ledger.pen import Pen, Sheet
from salpi.evidence.ledger.replacing import supersede
from salpi.evidence.ledger.returned import as_it_was
from salpi.evidence.ledger.store import Ledger
from salpi.evidence.ledger.versions import elsewhere, stands, stands_at
from salpi.evidence.options import Options
from salpi.evidence.reconcile.finding import Case, Finding
from salpi.evidence.reconcile.known import Known
from salpi.evidence.reconcile.together import judge_document
from salpi.evidence.repetitions import judge_repetitions, judge_waiting
from salpi.evidence.summary import Summary, Taken
from salpi.plan.model import Plan
from salpi.plan.schema import Observation, Source

Job = Named | Raw
"""A document to be read: named, or loaded already."""
Read = tuple[Job, Extracted | Repeated]
"""A document that was read, or is in the ledger already."""


class Writer:
    """Keeps what is known in step with the ledger, and counts in ``summary`` what it does."""

    def __init__(self, ledger: Ledger, plan: Plan, clock: Clock, options: Options, summary: Summary) -> None:
        self.ledger, self.plan, self.clock, self.options, self.summary = ledger, plan, clock, options, summary
        self.follower = Follower(plan)

    def take(self, connection: Connection, batch: Sequence[Read]) -> list[Job]:
        """Some documents, in one transaction; where that fails, one by one, so that all that can be kept is. Gives those that
        must be read after all: they were known, and are replaced since.
        """
        known = [found for _, found in batch if isinstance(found, Repeated)]
        with self.ledger.reading() as c:
            found_anew = elsewhere(c, [(found.sha256, found.origin) for found in known]) if known else set()
        due = {id(one) for at, one in enumerate(known) if at in found_anew or self.options.describe}
        if len(known) > len(due):
            self.summary.documents["known"] += len(known) - len(due)
        return self._kept(connection, [one for one in batch if isinstance(one[1], Extracted) or id(one[1]) in due])

    def _kept(self, connection: Connection, batch: Sequence[Read]) -> list[Job]:
        """Write some documents; what cannot be judged or written is refused, a fault of the database itself is raised."""
        try:
            return self._write(connection, batch)
        except Exception as error:
            self.follower = Follower(self.plan)  # the one before has in it what was not kept
            if len(batch) > 1:
                return [back for one in batch for back in self._kept(connection, [one])]
            if isinstance(error, LedgerFault) and not isinstance(error, DataFault):
                raise
            what = error.what if isinstance(error, DataFault) else f"{type(error).__name__}: {str(error)[:200]}"
            self.summary.refuse(Refused(batch[0][0].name, f"could not be taken in ({what})"))
            return []

    def _write(self, connection: Connection, batch: Sequence[Read]) -> list[Job]:
        if not batch:
            return []
        done: list[Taken] = []
        back: list[Job] = []
        with self.ledger.writing(connection) as c:
            last = last_entry(c)
            known = self.follower.catch_up(c, last[0])
            batch = [(job, called(found, known, self.options)) for job, found in batch]
            read = [found.document for _, found in batch if isinstance(found, Extracted)]
            sources = {document.sha256: new_source(document, known, self.options) for document in read}
            met = Met.of(c, read, [id for id, _ in sources.values()])
            sheet = Sheet()
            for job, found in batch:
                sha256, origin = _where(found)
                new = isinstance(found, Extracted) and met.is_new(found.document, sources[sha256][0])
                document, said = None, None
                if not new:
                    sheet.write(c)  # what follows looks for what was there before
                    document = documents.known_document(c, sha256)
                    said = source_anew(c, document, known, self.options) if document is not None else None
                    if document is not None and said is None and stands_at(c, origin, document):
                        continue
                stood = document is not None and stands(c, document)
                if not stood and isinstance(found, Repeated):
                    back.append(job)
                    continue
                pen = begin(c, self._entry(), self.follower.ids, last, sheet if new else None)
                last = pen.entry, pen.at
                if document is not None and said is not None:
                    describe(pen, document, said)
                if document is not None and stood:
                    taken, known = self._known(pen, found, document, said, known)
                else:
                    assert isinstance(found, Extracted)
                    taken, known = self._new(pen, found, sources[sha256], new, document, known)
                if taken.written.superseded:
                    claims = [replaced.claim for replaced in taken.written.superseded]
                    taken.again += judge_repetitions(pen, known, self.options.rules, claims)
                done.append(taken)
            sheet.write(c)
        self.follower.seen = last[0]
        if len(batch) > len(done) + len(back):
            self.summary.documents["known"] += len(batch) - len(done) - len(back)
        for taken in done:
            self.summary.add(taken)
        return back

    def _known(
        self, pen: Pen, found: Extracted | Repeated, document: int, said: Source | None, known: Known
    ) -> tuple[Taken, Known]:
        """A document that stands somewhere: at another place now, too, or with other facts. Gives what is known from now on."""
        origin = _where(found)[1]
        if origin is None or stands_at(pen.c, origin, document):
            taken = Taken(Written(document, known=True))
        else:
            taken = Taken(documents.add_place(pen, origin, document))
        known = self._replace(pen, taken.written, found, known)
        if said is not None:
            taken.written.described = True
            taken.again += judge_waiting(pen, known, self.options.rules, document)
        return taken, known

    def _new(
        self, pen: Pen, found: Extracted, made: tuple[str, Source], new: bool, document: int | None, known: Known
    ) -> tuple[Taken, Known]:
        """A document that stands nowhere: it was not there before, or came back. Gives what is known from now on, too."""
        id, source = made
        if document is None:
            add_source(pen, id, source, new)
        else:
            id, source = source_id(pen.c, document), described(pen.c, document)
            found = as_it_was(pen.c, found, document)
            found = replace(found, document=as_described(found.document, source))
        before = {} if document is None else {row.claim: row.id for row in in_force.of_document(pen.c, document)}
        origin = None if new else found.document.origin
        kept = inherited(pen.c, origin, found.claims, document) if origin else {}
        if document is None:
            written = documents.add_document(pen, found, id, new)
        else:
            written = documents.restore(pen, found, document)
        known = self._replace(pen, written, found, known)
        known.sources[id] = source
        cases = as_cases(found.document, found.claims, found.sentences, id, source, date.fromisoformat(pen.at[:10]))
        return Taken(written, self._judge(pen, written, cases, known, kept, before)), known

    def _replace(self, pen: Pen, written: Written, found: Extracted | Repeated, known: Known) -> Known:
        """The claims of a version that was replaced stand no longer; gives what is known then."""
        if not written.superseded:
            return known
        name = found.name if isinstance(found, Repeated) else found.document.name
        supersede(pen, written.superseded, f"another version of {name} was taken in")
        return self.follower.rebuild(pen.c)

    def _judge(
        self,
        pen: Pen,
        written: Written,
        cases: Sequence[Case],
        known: Known,
        kept: Mapping[int, Inherited],
        before: dict[int, int],
    ) -> list[Finding | None]:
        """Judge the claims of a document, but for those of which a person's decision is ``kept``; write what comes of it.
        ``before`` are the decisions that stood.
        """
        rows: dict[int, Observation | None] = {}
        for at, what in kept.items():
            context, claim = cases[at].context, written.claims[at]
            published = context.published.isoformat() if context.published else None
            rows[at] = row = what.observation(claim, context.source, published)
            if row is not None and row.indicator in self.plan.indicators:
                known.add(row)
        settled = {at: what.verdict for at, what in kept.items()}
        found = judge_document(cases, known, self.options.rules, settled)
        findings = [None if at in kept else finding for at, finding in enumerate(found)]
        add_findings(pen, written.claims, findings, before)
        for at, what in kept.items():
            inherit(pen, written.claims[at], what, rows[at], before.get(written.claims[at]))
        written.inherited = [written.claims[at] for at in kept]
        return findings

    def _entry(self) -> Entry:
        action = "ingest" if self.options.quality is None else GRADED
        return Entry(self.clock(), self.options.actor, action, self.options.reason, judged_by(self.plan))


def _where(found: Extracted | Repeated) -> tuple[str, str | None]:
    """The document's bytes, by their sha256, and the place where it was found."""
    it = found.document if isinstance(found, Extracted) else found
    return it.sha256, it.origin
