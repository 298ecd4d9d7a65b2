"""``salpi extract``: the claims of documents, one JSON record a line, in the gold format (docs/evidence-claims.md)."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from salpi.cli.evidence import beside_of, complain, day, faults, plan_of, tally_line
from salpi.cli.output import say
from salpi.cli.records import form_of, write

if TYPE_CHECKING:
    from salpi.evidence.claims.catalogue import Catalogue
    from salpi.evidence.documents import Given, Limits, Raw, Refused
    from salpi.evidence.documents.sources import Named
    from salpi.evidence.extraction import Beside, Extracted
    from salpi.evidence.record import Added, Claim, Document

    Job = Raw | Named | Refused

MAX_BYTES = 50_000_000
"""A larger document is refused."""


def extract_command(
    files: Sequence[str],
    out: str | None = None,
    plan: str = "korea",
    language_model: str | None = None,
    endpoint: str | None = None,
    published: str | None = None,
) -> int:
    """Claims of files, folders and addresses (``-`` is standard input) to ``out`` or standard output, as JSON Lines, or as CSV
    where ``out`` ends so; 0, or 2 for bad input.

    A document that cannot be read, or about which a language model that was named gives no answer, is refused with one line; the
    others are done. ``out`` is written whole or not at all. ``published`` is their date, where they do not say it.
    """
    with faults("extract") as code:
        from salpi.evidence.claims.catalogue import Catalogue
        from salpi.evidence.documents import Given, Limits
        from salpi.evidence.documents.sources import found, left_out
        from salpi.evidence.ledger.export import FOUND, to_csv, to_jsonl

        target = Path(out) if out is not None else None
        form = form_of(target, None)
        data = plan_of(plan)
        beside = beside_of(data, language_model, endpoint)
        waiting = beside.seconds if beside is not None else 0.0
        limits = Limits(bytes=MAX_BYTES, characters=MAX_BYTES, waiting=waiting)
        work = partial(
            _extracted,
            catalogue=Catalogue.of(data),
            given=Given(published=day(published, "--published")),
            limits=limits,
            beside=beside,
        )
        refused: list[str] = []
        tally: Counter[str] = Counter()
        skipped: Counter[str] = Counter()
        each = _each(found(files, skipped), work, limits, refused, tally)
        records = (record(claim) for made in each for claim in made.claims)
        write(to_csv(records, FOUND) if form == "csv" else to_jsonl(records), target)
        complain("extract", *refused)
        if skipped:
            say(left_out(skipped), sys.stderr)
        if beside is not None:
            say(tally_line(beside.endpoint.model, tally), sys.stderr)
        return 2 if refused else 0
    return code()


def record(claim: Claim) -> dict[str, Any]:
    """A claim as the gold format writes it, with score, rules and warnings."""
    found = asdict(claim)
    return {"doc": found.pop("doc"), "span": list(found.pop("span")), **found}


def _each(
    items: Iterable[Named | Refused], work: Any, limits: Limits, refused: list[str], tally: Counter[str]
) -> Iterator[Extracted]:
    """Document by document, in order. They are read in a process of their own, with the limits of ``salpi ingest`` on time and
    memory, so that a document that hangs or crashes it costs itself alone.
    """
    from salpi.evidence.documents import Raw, Refused
    from salpi.evidence.documents.sources import STDIN, Named, load
    from salpi.evidence.documents.web import is_address
    from salpi.evidence.documents.workers import Workers
    from salpi.evidence.extraction import weight

    todo = [*items]

    def jobs() -> Iterator[Job]:
        for item in todo:
            try:
                yield load(item, limits) if isinstance(item, Named) and item.place == STDIN else item
            except Refused as why:
                yield why

    patience = 4.0 if any(isinstance(item, Named) and is_address(item.place) for item in todo) else 1.0
    pool: Workers[Job, Extracted] = Workers(
        work, lambda job: job.name, 1, limits, patience, lambda job: isinstance(job, Raw), weight
    )
    for _, result in pool.run(jobs()):
        if isinstance(result, Refused):
            refused.append(str(result))
        else:
            tally.update(result.tally)
            yield result


def _is_plain(raw: Raw) -> bool:
    """Whether a document is text as it stands: by its ending, also where it holds markup; standard input by its bytes."""
    from salpi.evidence.documents.read import HTML, MARKDOWN, TEXT, kind

    media = kind(raw)
    return media in (TEXT, MARKDOWN) or (media == HTML and _ending(raw.name) in (TEXT, MARKDOWN))


def _ending(name: str) -> str | None:
    from salpi.evidence.documents.read import ENDINGS

    return ENDINGS.get(PurePath(name).suffix.lower())


def _extracted(job: Job, limits: Limits, **more: Any) -> Extracted:
    """What a job gives; what is refused already stays so. Raises Refused, also for a fault of a reader."""
    from salpi.evidence.documents import Raw, Refused
    from salpi.evidence.documents.sources import load

    try:
        if isinstance(job, Refused):
            raise job
        return _read(job if isinstance(job, Raw) else load(job, limits), limits=limits, **more)
    except (Refused, MemoryError, RecursionError):
        raise
    except Exception as error:
        raise Refused(job.name, f"could not be read ({type(error).__name__}: {str(error)[:200]})") from None


def _read(raw: Raw, catalogue: Catalogue, given: Given, limits: Limits, beside: Beside | None) -> Extracted:
    """A document's claims, read as ``salpi ingest`` reads it; plain text is taken as it stands, markup, byte order mark and all.

    Raises Refused.
    """
    from salpi.evidence.extract import extract_claims
    from salpi.evidence.extraction import extract

    if not _is_plain(raw):
        return extract(raw, partial(extract_claims, catalogue=catalogue), given, limits, beside)
    bare = partial(_bare, given=given)

    def grammar(document: Document) -> Sequence[Claim]:
        return extract_claims(bare(document), catalogue)

    def more(document: Document, found: Sequence[Claim]) -> Added:
        assert beside is not None
        return beside(bare(document), found)

    from salpi.evidence.documents.read import MARKDOWN, TEXT

    media = _ending(raw.name)
    given = replace(given, media=media if media in (TEXT, MARKDOWN) else TEXT)
    made = extract(raw, grammar, given, limits, more if beside is not None else None)
    mark = len("\ufeff") if raw.data.startswith(b"\xef\xbb\xbf") else 0
    if not mark:
        return made
    moved = tuple(replace(claim, span=(claim.span[0] + mark, claim.span[1] + mark)) for claim in made.claims)
    return replace(made, claims=moved)


def _bare(document: Document, given: Given) -> Document:
    """A plain text without what it says of itself: its lines are read as they stand."""
    return replace(document, title=None, published=given.published)
