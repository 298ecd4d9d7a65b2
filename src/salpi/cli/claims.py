"""``salpi claims``: what documents say, with what was decided about it; as a table, JSON Lines or CSV."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Literal

from salpi.cli.evidence import Stop, faults, stands, value
from salpi.cli.output import say
from salpi.cli.records import Form, form_of, write
from salpi.cli.wanted import check_indicator, check_period, check_verdict

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
        chosen = _chosen(format, json, out)
        if limit is not None and limit < 1:
            raise Stop("--limit must be 1 or more")
        check_verdict(verdict)
        check_period(period)
        from salpi.evidence.ledger import Filter, Ledger, query
        from salpi.evidence.ledger.export import to_csv, to_jsonl

        want = Filter(indicator, subject, period, status, verdict, document, text, (), as_of)
        with Ledger.open(ledger, create=False) as opened, opened.reading() as c:
            check_indicator(c, indicator)
            if chosen == "table":
                records = query.claims(c, want, limit or 50)
                _table(records, limited=len(records) == (limit or 50))
                return 0
            found = query.claims(c, want, limit) if limit else query.every_claim(c, want)
            written = write((to_csv if chosen == "csv" else to_jsonl)(found), out)
            if written is not None:
                print(written)
        return 0
    return code()


def _chosen(format: str | None, json: bool, out: Path | None) -> str:
    """Table, JSON Lines or CSV. Raises Stop where the options contradict each other."""
    if format not in (None, *FORMATS):
        raise Stop(f"--format {format!r}: write {', '.join(FORMATS)}")
    if json and format not in (None, "jsonl"):
        raise Stop(f"--json writes JSON Lines, but --format asks for {format}; leave one of them out")
    if format == "table":
        if out is not None:
            raise Stop(f"--out {out}: a table is for the terminal; end the file in .jsonl or .csv, or leave --format out")
        return format
    asked: Form | None = "csv" if format == "csv" else "jsonl" if json or format else None
    return form_of(out, asked, "--json" if json else "--format") or "table"


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
        yield f"{record['id']:>7}  {about}  {value(record)} ({record['status']})  [{decided}{stands(record)}]  {where}"
