"""Documents into the ledger: read and extracted by several processes, written by one, a few to a transaction.

Whatever ends the work half-way, the same command run again completes it: a document is in the ledger with all that follows from
it, or not at all, and the same bytes are never taken in twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import Connection

from salpi.evidence.documents.read import Given, Raw
from salpi.evidence.documents.refused import Limits, Refused
from salpi.evidence.documents.sources import STDIN, Named, found, load
from salpi.evidence.documents.web import is_address
from salpi.evidence.documents.workers import Workers
from salpi.evidence.extraction import Beside, Extracted, Extractor, Repeated, extract_named, weight
from salpi.evidence.follow import Follower
from salpi.evidence.grade import graded, host_of
from salpi.evidence.layered import with_ledger
from salpi.evidence.ledger import query, write
from salpi.evidence.ledger.described import FIELDS, GRADED, UNKNOWN, describe, described, grade_given, source_id
from salpi.evidence.ledger.faults import DataFault, LedgerFault
from salpi.evidence.ledger.inherit import Inherited, inherit, inherited
from salpi.evidence.ledger.store import Ledger
from salpi.evidence.ledger.versions import elsewhere, stands
from salpi.evidence.reconcile.finding import Case, Context, Finding
from salpi.evidence.reconcile.known import Known
from salpi.evidence.reconcile.rules import Rules
from salpi.evidence.reconcile.together import judge_document
from salpi.evidence.record import Document
from salpi.evidence.repetitions import Judged, judge_repetitions, judge_waiting
from salpi.plan.model import Plan
from salpi.plan.schema import Grade, Observation, Source

Clock = Callable[[], str]
"""Gives the time of an entry, UTC in ISO 8601; passed in, so that what is written can be repeated."""
TOGETHER = 16
"""Documents that are written in one transaction, at most: what they share, in the journal and in the indexes, is written once."""
PATIENCE = 0.25
"""Seconds for which a document that is read waits for others to be written with."""
LISTED = 20
"""Items of each kind that a summary lists."""


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


@dataclass(frozen=True)
class Moved:
    """A target whose latest value is another since."""

    target: str
    indicator: str
    subject: str
    before: Observation | None
    after: Observation | None


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


def default_extractor(plan: Plan) -> Extractor:
    """The grammar, with the plan's catalogue: the one place in which it is wired."""
    from salpi.evidence.claims.catalogue import Catalogue
    from salpi.evidence.extract import extract_claims
    from salpi.evidence.judges.court import bar

    catalogue = Catalogue.of(plan)
    bar(catalogue)  # made here, it is shared by the processes that are forked from this one
    return partial(extract_claims, catalogue=catalogue)


def ingest(
    ledger: Ledger,
    plan: Plan,
    places: Sequence[str],
    clock: Clock,
    extractor: Extractor,
    options: Options | None = None,
    progress: Callable[[int, int | None], None] | None = None,
) -> Summary:
    """Take in what ``places`` name: files, folders, addresses, ``-``. ``progress`` is told documents done and their number.

    Raises LedgerFault where the ledger cannot be written; what was written until then stays.
    """
    options = options or Options()
    summary = Summary()
    named: list[Named] = []
    for item in found(places, summary.skipped):
        if isinstance(item, Refused):
            _refuse(summary, item)
        else:
            named.append(item)
    writer = _Writer(ledger, plan, clock, options)
    before = writer.plan()
    with ledger.reading() as c:
        held = query.hashes(c)
    with ledger.writer() as connection:
        number, left = 0, named
        while left:  # once; and what a later version in the same run replaced where it was known stands where it was found again
            again: list[Named] = []
            for batch in read_all(left, extractor, options, held):
                back = writer.take(connection, [result for _, result in batch if not isinstance(result, Refused)], summary)
                again += [job for job, result in batch if result in back and isinstance(job, Named)]
                for _, result in batch:
                    if isinstance(result, Refused):
                        _refuse(summary, result)
                    elif isinstance(result, Extracted):
                        summary.tally.update(result.tally)
                    number += 1
                    if progress is not None:
                        progress(number, max(number, len(named)))
            left, held = again, frozenset()
    summary.moved = list(moved(before, writer.plan()))
    return summary


def read_all(
    named: Sequence[Named], extractor: Extractor, options: Options, held: frozenset[bytes] = frozenset()
) -> Iterator[list[tuple[Named | Raw, Extracted | Repeated | Refused]]]:
    """Read and extract in processes of their own, in order, some at a time. Standard input, which only this process has, is
    loaded here first.
    """
    work = partial(
        extract_named,
        extractor=extractor,
        given=options.given,
        limits=options.limits,
        allow_private=options.allow_private,
        held=held,
        beside=options.beside,
    )
    patience = 4.0 if any(is_address(item.place) for item in named) else 1.0
    count = min(options.jobs, max(len(named), 1))
    pool: Workers[Named | Raw, Extracted | Repeated] = Workers(work, _name, count, options.limits, patience, _is_raw, weight)
    jobs: list[Named | Raw] = []
    for item in named:
        try:
            jobs.append(load(item, options.limits) if item.place == STDIN else item)
        except Refused as refused:
            yield [(item, refused)]
    yield from pool.batches(jobs, TOGETHER, PATIENCE)


def _name(job: Named | Raw) -> str:
    return job.name


def _is_raw(job: Named | Raw) -> bool:
    return isinstance(job, Raw)


def _refuse(summary: Summary, refused: Refused) -> None:
    summary.documents["refused"] += 1
    summary.refused.append(str(refused))


@dataclass
class _Writer:
    """The one that writes: keeps what is known in step with the ledger."""

    ledger: Ledger
    plan_: Plan
    clock: Clock
    options: Options

    def __post_init__(self) -> None:
        self.follower = Follower(self.plan_)

    def plan(self) -> Plan:
        """The plan with the ledger's observations in force."""
        return with_ledger(self.plan_, self.ledger)

    def take(self, connection: Connection, batch: Sequence[Extracted | Repeated], summary: Summary) -> list[Repeated]:
        """Some documents, in one transaction; where that fails, one by one, so that all that can be kept is. Gives those that
        must be read after all: they were known, and are replaced since.
        """
        known = [found for found in batch if isinstance(found, Repeated)]
        with self.ledger.reading() as c:
            found_anew = elsewhere(c, [(found.sha256, found.origin) for found in known]) if known else set()
        due = {id(one) for at, one in enumerate(known) if at in found_anew or self._gives()}
        if len(known) > len(due):
            summary.documents["known"] += len(known) - len(due)
        todo = [found for found in batch if isinstance(found, Extracted) or id(found) in due]
        return self._kept(connection, todo, summary)

    def _kept(self, connection: Connection, batch: Sequence[Extracted | Repeated], summary: Summary) -> list[Repeated]:
        """Write some documents; what cannot be judged or written is refused, a fault of the database itself is raised."""
        try:
            return self._write(connection, batch, summary)
        except Exception as error:
            self.follower = Follower(self.plan_)  # the one before has in it what was not kept
            if len(batch) > 1:
                return [back for found in batch for back in self._kept(connection, [found], summary)]
            if isinstance(error, LedgerFault) and not isinstance(error, DataFault):
                raise
            what = error.what if isinstance(error, DataFault) else f"{type(error).__name__}: {str(error)[:200]}"
            it = batch[0].document if isinstance(batch[0], Extracted) else batch[0]
            _refuse(summary, Refused(it.origin or it.name, f"could not be taken in ({what})"))
            return []

    def _write(self, connection: Connection, batch: Sequence[Extracted | Repeated], summary: Summary) -> list[Repeated]:
        if not batch:
            return []
        done: list[_Done] = []
        back: list[Repeated] = []
        with self.ledger.writing(connection) as c:
            last = write.last_entry(c)
            known = self.follower.catch_up(c, last[0])
            batch = [self._called(found, known) for found in batch]
            read = [found for found in batch if isinstance(found, Extracted)]
            sources = {found.document.sha256: self._source(found, known) for found in read}
            met = write.Met.of(c, [found.document for found in read], [id for id, _ in sources.values()])
            sheet = write.Sheet()
            for found in batch:
                sha256, origin = _where(found)
                id, source = sources.get(sha256, (None, None))
                new, document, said = (
                    isinstance(found, Extracted) and id is not None and met.is_new(found.document, id),
                    None,
                    None,
                )
                if not new:
                    sheet.write(c)  # what follows looks for what was there before
                    document = write.known_document(c, sha256)
                    said = self._said(c, document, known) if document is not None else None
                    if document is not None and said is None and write.stands_at(c, origin, document):
                        continue
                if isinstance(found, Repeated) and (document is None or not stands(c, document)):
                    back.append(found)
                    continue
                pen = write.begin(c, self._entry(), self.follower.ids, last, sheet if new else None)
                last = pen.entry, pen.at
                if document is not None and said is not None:
                    describe(pen, document, said)
                if document is not None and stands(c, document):
                    there = origin is None or write.stands_at(c, origin, document)
                    one = _Done(write.Written(document, known=True) if there else write.place(pen, origin or "", document))
                    known = self._replace(pen, one, found, known)
                    if said is not None:
                        one.written.described = True
                        one.again += judge_waiting(pen, known, self.options.rules, document)
                else:
                    assert isinstance(found, Extracted)
                    assert id is not None
                    assert source is not None
                    one, known = self._new(pen, found, id, source, new, document, known)
                self._repetitions(pen, known, one)
                done.append(one)
            sheet.write(c)
        self.follower.seen = last[0]
        if len(batch) > len(done) + len(back):
            summary.documents["known"] += len(batch) - len(done) - len(back)
        for one in done:
            _count(summary, one)
        return back

    def _new(
        self, pen: write.Pen, found: Extracted, id: str, source: Source, new: bool, document: int | None, known: Known
    ) -> tuple[_Done, Known]:
        """A document that stands nowhere: it was not there before, or came back. Gives what is known from now on, too."""
        if document is None:
            write.add_source(pen, id, source, new)
        else:
            id, source = source_id(pen.c, document), described(pen.c, document)
            found = replace(found, document=_as_described(found.document, source))
        before = {} if document is None else write.standing(pen.c, document)
        origin = None if new else found.document.origin
        kept = inherited(pen.c, origin, found.claims, document) if origin else {}
        written = write.add_document(pen, found, id, new) if document is None else write.restore(pen, found, document)
        one = _Done(written)
        known = self._replace(pen, one, found, known)
        known.sources[id] = source
        cases = _cases(found, id, source, date.fromisoformat(pen.at[:10]))
        one.findings = self._judge(pen, written, cases, known, kept, before)
        return one, known

    def _replace(self, pen: write.Pen, one: _Done, found: Extracted | Repeated, known: Known) -> Known:
        """The claims of a version that was replaced stand no longer; gives what is known then."""
        if not one.written.superseded:
            return known
        name = found.name if isinstance(found, Repeated) else found.document.name
        write.supersede(pen, one.written.superseded, f"another version of {name} was taken in")
        return self.follower.rebuild(pen.c)

    def _judge(
        self,
        pen: write.Pen,
        written: write.Written,
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
            if row is not None and row.indicator in self.plan_.indicators:
                known.add(row)
        settled = {at: what.verdict for at, what in kept.items()}
        found = judge_document(cases, known, self.options.rules, settled)
        findings = [None if at in kept else finding for at, finding in enumerate(found)]
        write.add_findings(pen, written.claims, findings, before)
        for at, what in kept.items():
            inherit(pen, written.claims[at], what, rows[at], before.get(written.claims[at]))
        written.inherited = [written.claims[at] for at in kept]
        return findings

    def _repetitions(self, pen: write.Pen, known: Known, one: _Done) -> None:
        """Judge again what repeats the claims of a version that was replaced."""
        if one.written.superseded:
            one.again += judge_repetitions(pen, known, self.options.rules, [old.claim for old in one.written.superseded])

    def _entry(self) -> write.Entry:
        action = "ingest" if self.options.quality is None else GRADED
        return write.Entry(self.clock(), self.options.actor, action, self.options.reason, write.judged_by(self.plan_))

    def _gives(self) -> bool:
        """Whether facts of documents are given."""
        given = self.options.given
        return any((given.title, given.publisher, given.published, self.options.quality, self.options.kind))

    def _said(self, c: Connection, document: int, known: Known) -> Source | None:
        """A known document as a source, with the facts that are given; None where that says nothing else."""
        if not self._gives():
            return None
        now, given = described(c, document), self.options.given
        published = given.published.isoformat() if given.published else None
        told = {"title": given.title, "publisher": given.publisher, "published": published}
        told |= {"quality": self.options.quality, "kind": self.options.kind}
        body: dict[str, Any] = {name: getattr(now, name) for name in FIELDS}
        changes = {name: value for name, value in told.items() if value is not None and value != body[name]}
        grade, other = partial(graded, known), self.options.rules.other_quality
        untold = (grade(now.publisher, None, other), grade(None, host_of(now.url), other))
        quality, kind = zip(*untold, strict=True)
        settled = now.quality not in quality or grade_given(c, document)
        if given.publisher:  # a grade that nobody gave goes with the publisher
            by = dict(zip(("quality", "kind"), grade(given.publisher, None, other), strict=True))
            if settled or told["quality"] is not None:
                del by["quality"]
            if now.kind not in kind or told["kind"] is not None:
                del by["kind"]
            changes |= {name: value for name, value in by.items() if value != body[name]}
        if not changes and (settled or self.options.quality is None):
            return None
        return Source.read({**body, "url_kind": "page" if now.url else "none", **changes})

    def _called(self, found: Extracted | Repeated, known: Known) -> Extracted | Repeated:
        """A document with its publisher as the plan's sources name it, unless the user named one."""
        if isinstance(found, Repeated) or self.options.given.publisher or not found.document.publisher:
            return found
        return replace(found, document=replace(found.document, publisher=known.called(found.document.publisher)))

    def _source(self, found: Extracted, known: Known) -> tuple[str, Source]:
        it = found.document
        published = it.published.isoformat() if it.published else None
        quality, kind = graded(known, self.options.given.publisher, it.host, self.options.rules.other_quality)
        url = it.origin if it.origin and is_address(it.origin) else None
        body = {
            "title": it.title or it.name,
            "publisher": it.publisher or "unknown",
            "published": published,
            "url": url,
            "url_kind": "page" if url else "none",
            "kind": self.options.kind or kind,
            "quality": self.options.quality or quality,
        }
        return write.source_id(it.publisher, published, it.sha256), Source.read(body)


def _as_described(document: Document, source: Source) -> Document:
    """A known document with publisher and date as they were said last."""
    published = date.fromisoformat(source.published) if source.published else None
    return replace(document, publisher=None if source.publisher == UNKNOWN else source.publisher, published=published)


def _cases(found: Extracted, id: str, source: Source, taken_in: date | None = None) -> list[Case]:
    it = found.document
    return [
        Case(claim, Context(id, source.quality, it.publisher, it.published, sentence, taken_in))
        for claim, sentence in zip(found.claims, found.sentences, strict=True)
    ]


@dataclass
class _Done:
    """What was written of a document: the findings of its claims, and those of the claims that repeat what it replaced."""

    written: write.Written
    findings: list[Finding | None] = field(default_factory=list)
    again: list[Judged] = field(default_factory=list)


def _where(found: Extracted | Repeated) -> tuple[str, str | None]:
    it = found.document if isinstance(found, Extracted) else found
    return it.sha256, it.origin


def _count(summary: Summary, one: _Done) -> None:
    written = one.written
    summary.documents["known" if written.known else "new"] += 1
    if written.described:
        summary.documents["described"] += 1
    if not written.known:
        summary.documents["version"] += bool(written.superseded)
    for old in written.superseded:
        summary.count("superseded", old.claim)
    for claim in written.inherited:
        summary.count("inherited", claim)
    for claim, finding in zip(written.claims, one.findings, strict=True):
        summary.claims["found"] += 1
        if finding is not None:
            _count_finding(summary, claim, finding)
    for judged in one.again:
        _count_finding(summary, judged.claim, judged.finding)


def _count_finding(summary: Summary, claim: int, finding: Finding) -> None:
    if finding.verdict == "accepted":
        summary.count("new", claim)
    elif finding.verdict == "repeated":
        summary.count("repeated", claim)
    else:
        summary.count("waiting", claim)
        if not finding.conflicts and finding.rule not in ("reading", "unit", "period"):
            summary.count("new", claim)
    if finding.conflicts:
        summary.count("conflicting", claim)


def moved(before: Plan, after: Plan) -> Iterator[Moved]:
    """Targets in force whose latest value differs between two plans."""
    if before is after or before.hash == after.hash:
        return
    for id, target in after.targets.items():
        if target.superseded_by is None:
            one, two = (plan.latest(target.indicator, target.subject) for plan in (before, after))
            if one != two:
                yield Moved(id, target.indicator, target.subject or after.meta.subject, one, two)
