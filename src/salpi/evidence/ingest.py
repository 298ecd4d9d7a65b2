"""Documents into the ledger: read and extracted by several processes, written by one, a few to a transaction.

Whatever ends the work half-way, the same command run again completes it: a document is in the ledger with all that follows from
it, or not at all, and the same bytes are never taken in twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from sqlalchemy import Connection

from salpi.evidence.documents.read import Given, Raw
from salpi.evidence.documents.refused import Limits, Refused
from salpi.evidence.documents.sources import STDIN, Named, found, load
from salpi.evidence.documents.web import is_address
from salpi.evidence.documents.workers import Workers
from salpi.evidence.extraction import Beside, Extracted, Extractor, Repeated, extract_named
from salpi.evidence.follow import Follower
from salpi.evidence.grade import graded
from salpi.evidence.layered import with_ledger
from salpi.evidence.ledger import query, write
from salpi.evidence.ledger.store import Ledger
from salpi.evidence.place import LedgerFault
from salpi.evidence.reconcile.finding import Case, Context, Finding
from salpi.evidence.reconcile.judge import judge_document
from salpi.evidence.reconcile.known import Known
from salpi.evidence.reconcile.rules import Rules
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
    """What an ingest did. ``claims`` counts findings: new, repeated, superseded, conflicting, waiting; a claim may be in two."""

    documents: Counter[str] = field(default_factory=Counter)  # new, known, version (of these), refused
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
        number = 0
        for batch in read_all(named, extractor, options, held):
            results = [result for _, result in batch]
            writer.take(connection, [result for result in results if isinstance(result, Extracted)], summary)
            for result in results:
                if isinstance(result, Refused):
                    _refuse(summary, result)
                elif isinstance(result, Repeated):
                    summary.documents["known"] += 1
                else:
                    summary.tally.update(result.tally)
                number += 1
                if progress is not None:
                    progress(number, len(named))
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
    pool: Workers[Named | Raw, Extracted | Repeated] = Workers(work, _name, count, options.limits, patience, _is_raw)
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

    def take(self, connection: Connection, batch: Sequence[Extracted], summary: Summary) -> None:
        """Some documents, in one transaction; where that fails, one by one, so that all that can be kept is."""
        try:
            self._write(connection, batch, summary)
        except LedgerFault:
            if len(batch) == 1:
                raise
            self.follower = Follower(self.plan_)  # the one before has in it what was not kept
            for found in batch:
                self._write(connection, [found], summary)

    def _write(self, connection: Connection, batch: Sequence[Extracted], summary: Summary) -> None:
        if not batch:
            return
        done: list[tuple[write.Written, list[Finding | None]]] = []
        with self.ledger.writing(connection) as c:
            last = write.last_entry(c)
            known = self.follower.catch_up(c, last[0])
            sources = [self._source(found, known) for found in batch]
            met = write.Met.of(c, [found.document for found in batch], [id for id, _ in sources])
            sheet = write.Sheet()
            for found, (id, source) in zip(batch, sources, strict=True):
                new, document = met.is_new(found.document, id), None
                if not new:
                    sheet.write(c)  # what follows looks for what was there before
                    document = write.known_document(c, found.document.sha256)
                    if document is not None and not write.came_back(c, found.document.origin, document):
                        continue
                pen = write.begin(c, self._entry(), self.follower.ids, last, sheet if new else None)
                last = pen.entry, pen.at
                write.add_source(pen, id, source, new)
                before = {} if document is None else write.standing(c, document)
                written = write.add_document(pen, found, id, new) if document is None else write.restore(pen, found, document)
                if written.superseded:
                    write.supersede(pen, written.superseded, f"another version of {found.document.name} was taken in")
                    known = self.follower.rebuild(c)
                known.sources[id] = source
                cases = _cases(found, id, source) if written.claims else []
                findings = judge_document(cases, known, self.options.rules)
                write.add_findings(pen, written.claims, findings, before)
                done.append((written, findings))
            sheet.write(c)
        self.follower.seen = last[0]
        if len(done) < len(batch):
            summary.documents["known"] += len(batch) - len(done)
        for one, said in done:
            _count(summary, one, said)

    def _entry(self) -> write.Entry:
        return write.Entry(self.clock(), self.options.actor, "ingest", self.options.reason, write.judged_by(self.plan_))

    def _source(self, found: Extracted, known: Known) -> tuple[str, Source]:
        it = found.document
        published = it.published.isoformat() if it.published else None
        trusted = graded(known, self.options.given.publisher, it.host)
        url = it.origin if it.origin and is_address(it.origin) else None
        body = {
            "title": it.title or it.name,
            "publisher": it.publisher or "unknown",
            "published": published,
            "url": url,
            "url_kind": "page" if url else "none",
            "kind": self.options.kind or (trusted[1] if trusted else "press"),
            "quality": self.options.quality or (trusted[0] if trusted else self.options.rules.other_quality),
        }
        return write.source_id(it.publisher, published, it.sha256), Source.read(body)


def _cases(found: Extracted, id: str, source: Source) -> list[Case]:
    it = found.document
    return [
        Case(claim, Context(id, source.quality, it.publisher, it.published, sentence))
        for claim, sentence in zip(found.claims, found.sentences, strict=True)
    ]


def _count(summary: Summary, written: write.Written, findings: Iterable[Finding | None]) -> None:
    summary.documents["new"] += 1
    summary.documents["version"] += bool(written.superseded)
    for one in written.superseded:
        summary.count("superseded", one.claim)
    for claim, finding in zip(written.claims, findings, strict=True):
        summary.claims["found"] += 1
        if finding is None:
            continue
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
