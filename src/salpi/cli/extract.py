"""``salpi extract``: the claims of documents, one JSON record a line, in the gold format (docs/evidence-claims.md)."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from salpi.cli.output import say

if TYPE_CHECKING:
    from salpi.evidence.claims.catalogue import Catalogue
    from salpi.evidence.language_model.beside import LanguageModel
    from salpi.evidence.record import Claim, Document

MAX_BYTES = 50_000_000
"""A larger document is refused."""


def extract_command(
    files: Sequence[str],
    out: str | None = None,
    plan: str = "korea",
    language_model: str | None = None,
    endpoint: str | None = None,
) -> int:
    """Claims of text, Markdown and HTML files (``-`` is standard input) to ``out`` or standard output; 0, or 2 for bad input.

    A document that cannot be read, or about which a language model that was named gives no answer, is refused with one line; the
    others are done. ``out`` is written whole or not at all.
    """
    from salpi.cli.evidence import Stop, beside_of, tally_line
    from salpi.evidence.claims.catalogue import Catalogue
    from salpi.plan import PlanError, load_plan

    try:
        data = load_plan(plan)
        beside = beside_of(data, language_model, endpoint)
    except (PlanError, Stop) as error:
        for problem in error.problems if isinstance(error, PlanError) else error.lines:
            print(problem, file=sys.stderr)
        return 2
    faults: list[str] = []
    tally: Counter[str] = Counter()
    catalogue = Catalogue.of(data)
    lines = (
        _line(claim) for document in _documents(files, faults) for claim in _claims(document, catalogue, beside, faults, tally)
    )
    try:
        _write(lines, out)
    except BrokenPipeError:
        raise  # the reader has seen enough
    except OSError as error:
        print(f"{out}: cannot be written: {(error.strerror or 'no access').lower()}; give another file", file=sys.stderr)
        return 2
    for fault in faults:
        say(fault, sys.stderr)
    if beside is not None:
        print(tally_line(beside.endpoint.model, tally), file=sys.stderr)
    return 2 if faults else 0


def _claims(
    document: Document, catalogue: Catalogue, beside: LanguageModel | None, faults: list[str], tally: Counter[str]
) -> Sequence[Claim]:
    from salpi.evidence.documents.refused import Refused
    from salpi.evidence.extract import extract_claims

    found = extract_claims(document, catalogue)
    if beside is None:
        return found
    try:
        added = beside(document, found)
    except Refused as refused:
        faults.append(str(refused))
        return ()
    tally.update(added.tally)
    return sorted((*found, *added.claims), key=lambda claim: claim.span)


def _documents(files: Sequence[str], faults: list[str]) -> Iterator[Document]:
    from salpi.evidence.record import Document

    for file in files:
        try:
            data = sys.stdin.buffer.read(MAX_BYTES + 1) if file == "-" else _read(Path(file))
        except OSError as error:
            faults.append(f"{file}: cannot be read: {(error.strerror or 'no access').lower()}; check the name")
            continue
        if len(data) > MAX_BYTES:
            faults.append(f"{file}: larger than {MAX_BYTES // 1_000_000} MB; split it")
            continue
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            faults.append(f"{file}: not UTF-8 at byte {error.start}; save it as UTF-8 text")
            continue
        if "\0" in text:
            faults.append(f"{file}: holds null characters, so it is no text; give text, Markdown or HTML")
            continue
        if not text.strip():
            faults.append(f"{file}: empty; nothing to extract")
            continue
        name = "-" if file == "-" else Path(file).name
        yield Document(hashlib.sha256(data).hexdigest(), name, text, origin=None if file == "-" else file)


def _read(path: Path) -> bytes:
    if path.is_dir():
        raise IsADirectoryError(21, "is a folder, name its files")
    with path.open("rb") as handle:
        return handle.read(MAX_BYTES + 1)


def record(claim: Claim) -> dict[str, Any]:
    """A claim as the gold format writes it, with score, rules and warnings."""
    found = asdict(claim)
    return {"doc": found.pop("doc"), "span": list(found.pop("span")), **found}


def _line(claim: Claim) -> str:
    return json.dumps(record(claim), ensure_ascii=False)


def _write(lines: Iterator[str], out: str | None) -> None:
    if out is None:
        for line in lines:
            sys.stdout.write(line + "\n")
        return
    target = Path(out)
    part = target.with_name(f".{target.name}.part")
    try:
        with part.open("w", encoding="utf-8", newline="\n") as handle:
            for line in lines:
                handle.write(line + "\n")
        os.replace(part, target)
    finally:
        part.unlink(missing_ok=True)
