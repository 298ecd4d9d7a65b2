"""``salpi claims``: what documents say, with what was decided about it; as a table, JSON Lines or CSV."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Literal

from salpi.cli.evidence import Stop, faults, value
from salpi.cli.output import say

FORMATS = ("table", "jsonl", "csv")


def claims_command(
    text: str | None = None,
    indicator: str | None = None,
    subject: str | None = None,
    period: str | None = None,
    status: str | None = None,
    verdict: str | None = None,
    document: str | None = None,
    as_of: str | None = None,
    limit: int | None = None,
    format: Literal["table", "jsonl", "csv"] | None = None,
    out: Path | None = None,
    ledger: str | None = None,
    json: bool = False,
) -> int:
    """Claims of the ledger, the newest first, with the decision on each.

    TEXT looks for words in the lines around the figures (Korean words without endings, "phrases in quotes", beginnings as
    bio*). An indicator also finds its definitions and derived ids. --as-of gives the ledger as it stood on a date. --json and
    --format jsonl write one record a line in the format of `salpi extract`, with id, document, score and rule; --format csv is
    safe to open in a spreadsheet.

    Examples:

        salpi claims 바이오의약품 수출
        salpi claims --indicator exports.biopharma --period 2025 --verdict waiting
        salpi claims --format csv --out claims.csv
        salpi claims --as-of 2026-06 --json

    Returns 0, or 2 for bad input.
    """
    with faults("claims") as code:
        chosen = format or (
            "jsonl" if json else "csv" if out is not None and out.suffix == ".csv" else "jsonl" if out else "table"
        )
        if chosen not in FORMATS:
            raise Stop(f"--format {chosen!r}: write {', '.join(FORMATS)}")
        if limit is not None and limit < 1:
            raise Stop("--limit must be 1 or more")
        from salpi.evidence.ledger import Filter, Ledger, query
        from salpi.evidence.ledger.export import to_csv, to_jsonl

        want = Filter(indicator, subject, period, status, verdict, document, text, (), as_of)
        with Ledger.open(ledger, create=False) as opened, opened.reading() as c:
            if chosen == "table":
                records = query.claims(c, want, limit or 50)
                _table(records, limited=len(records) == (limit or 50))
                return 0
            found = query.claims(c, want, limit) if limit else query.every_claim(c, want)
            _write((to_csv if chosen == "csv" else to_jsonl)(found), out)
        return 0
    return code()


def _write(lines: Iterable[str], out: Path | None) -> None:
    if out is None:
        sys.stdout.writelines(lines)
        return
    from salpi.cli.output import unwritable

    problem = unwritable(out)
    if problem is not None:
        raise Stop(problem)
    part = out.with_name(f".{out.name}.part")
    try:
        with open(part, "w", encoding="utf-8", newline="") as file:
            file.writelines(lines)
        part.replace(out)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise Stop(f"{out}: {(error.strerror or 'cannot be written').lower()}; give another --out") from None
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    print(out.resolve())


def _table(records: list[dict[str, Any]], limited: bool) -> None:
    for line in lines(records):
        say(line)
    if limited:
        say(f"the newest {len(records)}; --limit shows more, --format csv or jsonl all", file=sys.stderr)
    if not records:
        say("no claim is like that", file=sys.stderr)


def lines(records: Iterable[dict[str, Any]]) -> Iterator[str]:
    """A claim a line: number, what, whom, when, how much, what was decided, where it stands."""
    for record in records:
        about = " · ".join(
            filter(None, (record["definition"] or record["indicator"] or "–", record["subject"], record["period"]))
        )
        decided = record["verdict"] or "not measured by the plan"
        where = f"{record['doc']}:{record['span'][0]}-{record['span'][1]}"
        yield f"{record['id']:>7}  {about}  {value(record)} ({record['status']})  [{decided}]  {where}"
