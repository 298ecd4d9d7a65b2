"""Documents into the ledger: read and extracted by several processes, written by one, a few to a transaction.

Whatever ends the work half-way, the same command run again completes it: a document is in the ledger with all that follows from
it, or not at all, and the same bytes are never taken in twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from salpi.evidence.documents.read import Raw
from salpi.evidence.documents.refused import Refused
from salpi.evidence.documents.sources import STDIN, Named, found, load
from salpi.evidence.documents.web import is_address
from salpi.evidence.documents.workers import Workers
from salpi.evidence.extraction import Extracted, Extractor, Repeated, extract_named, weight
from salpi.evidence.layered import with_ledger
from salpi.evidence.ledger import query
from salpi.evidence.ledger.journal import Clock
from salpi.evidence.ledger.pen import TOGETHER
from salpi.evidence.ledger.store import Ledger
from salpi.evidence.moved import moved
from salpi.evidence.options import Options
from salpi.evidence.summary import Summary
from salpi.evidence.writer import Job, Writer
from salpi.plan.model import Plan

PATIENCE = 0.25
"""Seconds for which a document that is read waits for others to be written with."""


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
            summary.refuse(item)
        else:
            named.append(item)
    writer = Writer(ledger, plan, clock, options, summary)
    before = with_ledger(plan, ledger)
    with ledger.reading() as c:
        held = query.hashes(c)
    with ledger.writer() as connection:
        number, left = 0, named
        while left:  # once; and what a later version in the same run replaced where it was known stands where it was found again
            again: list[Named] = []
            for batch in read_all(left, extractor, options, held):
                back = writer.take(connection, [(job, result) for job, result in batch if not isinstance(result, Refused)])
                again += [job for job in back if isinstance(job, Named)]
                for _, result in batch:
                    if isinstance(result, Refused):
                        summary.refuse(result)
                    elif isinstance(result, Extracted):
                        summary.tally.update(result.tally)
                    number += 1
                    if progress is not None:
                        progress(number, max(number, len(named)))
            left, held = again, frozenset()
    summary.moved = list(moved(before, with_ledger(plan, ledger)))
    return summary


def read_all(
    named: Sequence[Named], extractor: Extractor, options: Options, held: frozenset[bytes] = frozenset()
) -> Iterator[list[tuple[Job, Extracted | Repeated | Refused]]]:
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
    pool: Workers[Job, Extracted | Repeated] = Workers(work, _name, count, options.limits, patience, _is_raw, weight)
    jobs: list[Job] = []
    for item in named:
        try:
            jobs.append(load(item, options.limits) if item.place == STDIN else item)
        except Refused as refused:
            yield [(item, refused)]
    yield from pool.batches(jobs, TOGETHER, PATIENCE)


def _name(job: Job) -> str:
    return job.name


def _is_raw(job: Job) -> bool:
    return isinstance(job, Raw)
