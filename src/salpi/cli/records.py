"""Claims as JSON Lines or CSV: which of them a file's ending asks for, and writing it whole or not at all."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from salpi.cli.evidence import Stop
from salpi.cli.output import unwritable, whole

Form = Literal["jsonl", "csv"]
ENDINGS: dict[str, Form] = {".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv"}
STDOUT = "-"


def form_of(out: Path | None, asked: Form | None, by: str = "--format") -> Form | None:
    """The form that was asked for with the option ``by``, else the one of the file's ending; None where neither says one.

    Raises Stop for an ending that is another form's, or none that is written.
    """
    if out is None or str(out) == STDOUT or not out.suffix:
        return asked or ("jsonl" if out is not None else None)
    named = ENDINGS.get(out.suffix.lower())
    if asked is None and named is None:
        raise Stop(f"--out {out}: its ending names no form that is written; end it in .jsonl or .csv")
    if asked is not None and named not in (None, asked):
        raise Stop(f"--out {out}: ends as {named}, but {by} asks for {asked}; end it in .{asked}, or leave {by} out")
    return asked or named


def write(lines: Iterable[str], out: Path | None) -> Path | None:
    """To a file, whole or not at all, or to standard output (None, ``-``); where it is. Raises Stop."""
    if out is None or str(out) == STDOUT:
        sys.stdout.writelines(lines)
        return None
    problem = unwritable(out)
    if problem is not None:
        raise Stop(problem)
    try:
        with whole(out) as file:
            file.writelines(line.encode("utf-8", "backslashreplace") for line in lines)
    except OSError as error:
        raise Stop(f"{out}: cannot be written: {(error.strerror or 'no access').lower()}; give another --out") from None
    return out.resolve()
