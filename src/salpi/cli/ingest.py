"""``salpi ingest``: documents into the ledger; what is new, what conflicts, what it changes in the scorecard."""

from __future__ import annotations

import json as json_module
import os
import shlex
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from salpi.cli.evidence import Stop, beside_of, complain, day, faults, now, plan_of, tally_line, user
from salpi.cli.options import plan_words
from salpi.cli.output import say

if TYPE_CHECKING:
    from salpi.evidence.language_model.beside import LanguageModel
    from salpi.evidence.ledger import Ledger
    from salpi.evidence.moved import Moved
    from salpi.evidence.options import Options
    from salpi.evidence.summary import Summary
    from salpi.plan import Plan

KINDS = ("new", "repeated", "superseded", "inherited", "conflicting", "waiting")
SHOWN = 10
"""Conflicts and refusals that the text shows in full; ``--json`` has more, ``salpi conflicts`` all."""
MOST_JOBS, JOBS_A_CORE = 64, 4
"""Processes that read: more than a few a core gain nothing, and each takes memory and open files."""
MOVES = 0.005
"""A probability that differs by less has not moved: it is within what 2,000 draws tell apart."""


def ingest_command(
    places: Sequence[str],
    ledger: str | None = None,
    plan: str = "korea",
    publisher: str | None = None,
    title: str | None = None,
    published: str | None = None,
    encoding: str | None = None,
    quality: Literal["A", "B", "C", "D"] | None = None,
    kind: str | None = None,
    rules: Path | None = None,
    jobs: int | None = None,
    allow_private: bool = False,
    max_mb: float | None = None,
    reason: str = "",
    actor: str | None = None,
    forecast: bool = False,
    draws: int | None = None,
    seed: int | None = None,
    json: bool = False,
    language_model: str | None = None,
    endpoint: str | None = None,
) -> int:
    """Take documents into the ledger: files, folders, addresses, or - for standard input.

    Ends with a summary: claims that are new, repeated, superseded, conflicting, waiting for review, and the targets whose latest
    value or probability moved (probabilities are computed when a latest value moved, or with --forecast). What cannot be read is
    refused with one line, and the rest goes in; so is a document about which the language model, where one is named, gives no
    answer. Run again after an interruption, the same command completes the work.

    Examples:

        salpi ingest release.html --publisher "Ministry of Trade, Industry and Energy" --published 2026-11-05
        salpi ingest reports/ --ledger postgresql://team@db.example/salpi
        cat release.txt | salpi ingest - --published 2026-11-05
        salpi ingest https://www.korea.kr/briefing/pressReleaseView.do?newsId=156

    Returns 0, or 2 where a document was refused or the ledger could not be written.
    """
    with faults("ingest") as code:
        if not places:
            raise Stop("name a file, a folder, an address, or - for standard input")
        data = plan_of(plan)
        made = _options(publisher, title, published, encoding, quality, kind, rules, jobs, allow_private, max_mb, reason, actor)
        from salpi.evidence.ingest import default_extractor, ingest
        from salpi.evidence.ledger import Ledger
        from salpi.evidence.ledger.waiting import of_another_state

        beside = beside_of(data, language_model, endpoint)
        if beside is not None:
            made = replace(made, beside=beside, limits=replace(made.limits, waiting=beside.seconds))
        extractor = default_extractor(data)
        with Ledger.open(ledger) as opened:
            before = _layered(data, opened)
            with progress() as tell:
                summary = ingest(opened, data, places, now, extractor, made, tell)
            after = _layered(data, opened)
            moves = probabilities(before, after, draws, seed) if forecast or summary.moved else None
            with opened.reading() as c:
                before_now = of_another_state(c, data)
            if json:
                print(json_module.dumps(to_json(summary, data, moves, beside, before_now), ensure_ascii=False, indent=2))
            else:
                say(f"plan: {data.id} {data.meta.version}")
                _print(summary, moves, opened, beside)
                if before_now:
                    say(_judged_before(before_now, data, plan, ledger))
        return complain("ingest", *summary.refused) if summary.refused else 0
    return code()


def _layered(plan: Plan, ledger: Ledger) -> Plan:
    from salpi.evidence.layered import with_ledger

    return with_ledger(plan, ledger)


def _options(
    publisher: str | None,
    title: str | None,
    published: str | None,
    encoding: str | None,
    quality: Any,
    kind: str | None,
    rules: Path | None,
    jobs: int | None,
    allow_private: bool,
    max_mb: float | None,
    reason: str,
    actor: str | None,
) -> Options:
    from salpi.evidence.documents import Given, Limits
    from salpi.evidence.documents.encoding import is_text_encoding
    from salpi.evidence.options import Options
    from salpi.evidence.reconcile.rules import Rules, RulesFault

    problems: list[str] = []
    limits, date, judging = Limits(), None, Rules()
    if max_mb is not None and not 0 < max_mb <= 1000:
        problems.append("--max-mb must be more than 0 and at most 1000")
    elif max_mb is not None:
        limits = replace(limits, bytes=int(max_mb * 1e6), characters=max(limits.characters, int(max_mb * 1e6)))
    if jobs is not None and not 1 <= jobs <= MOST_JOBS:
        problems.append(f"--jobs must be from 1 to {MOST_JOBS}; one a core is usual")
    if encoding is not None and not is_text_encoding(encoding):
        problems.append(f"--encoding {encoding!r} is no encoding that is known: write utf-8, cp949, shift_jis ...")
    try:
        date = day(published, "--published")
    except Stop as stop:
        problems += stop.lines
    try:
        judging = Rules.read(rules) if rules is not None else judging
    except RulesFault as fault:
        problems += fault.lines
    if problems:
        raise Stop(*problems)
    return Options(
        Given(title, publisher, date, encoding),
        limits,
        judging,
        min(jobs or cores(), JOBS_A_CORE * cores()),
        allow_private,
        quality,
        kind,
        actor or user(),
        reason,
    )


def cores() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def progress(what: str = "reading") -> Iterator[Callable[[int, int | None], None] | None]:
    """A bar on a terminal's stderr; nothing elsewhere."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def probabilities(before: Plan, after: Plan, draws: int | None, seed: int | None) -> list[dict[str, Any]]:
    """Targets whose probability is another with the ledger's new observations than without, by the model."""
    from salpi.decide.scorecard import scorecard
    from salpi.model.scenario import resolve
    from salpi.model.simulate import simulate

    def chances(plan: Plan) -> dict[str, float | None]:
        run = simulate(plan, resolve(plan, None, None), draws=draws, seed=seed)
        return {row.id: row.probability for row in scorecard(plan, run).rows}

    one, two = chances(before), chances(after)
    return [
        {"target": id, "before": one.get(id), "after": chance}
        for id, chance in two.items()
        if (one.get(id) is None) != (chance is None) or (chance is not None and abs(chance - (one[id] or 0.0)) >= MOVES)
    ]


def to_json(
    summary: Summary,
    plan: Plan,
    moves: list[dict[str, Any]] | None,
    beside: LanguageModel | None = None,
    before_now: int = 0,
) -> dict[str, Any]:
    """The documented shape; ``probabilities`` is null where they were not computed, ``language_model`` where none was asked."""
    return {
        "plan": {"id": plan.id, "version": plan.meta.version, "hash": plan.hash},
        "documents": {name: summary.documents[name] for name in ("new", "version", "known", "described", "refused")},
        "claims": {name: summary.claims[name] for name in ("found", *KINDS)},
        "first": {name: summary.ids.get(name, []) for name in KINDS},
        "refused": summary.refused,
        "skipped": dict(sorted(summary.skipped.items())),
        "moved": [moved_json(item) for item in summary.moved],
        "probabilities": moves,
        "judged_before": before_now,
        "language_model": {"name": beside.endpoint.model, "tally": dict(sorted(summary.tally.items()))} if beside else None,
    }


def moved_json(item: Moved) -> dict[str, Any]:
    """A latest value that moved, in the documented shape."""

    def side(row: Any) -> dict[str, Any] | None:
        return None if row is None else {name: getattr(row, name) for name in ("value", "unit", "period", "source")}

    sides = {"before": side(item.before), "after": side(item.after)}
    return {"target": item.target, "indicator": item.indicator, "subject": item.subject, **sides}


def _print(summary: Summary, moves: list[dict[str, Any]] | None, ledger: Ledger, beside: LanguageModel | None = None) -> None:
    from salpi.evidence.documents.sources import left_out
    from salpi.evidence.ledger import query

    n, k = summary.documents, summary.claims
    version = f" ({n['version']} a new version of one known)" if n["version"] else ""
    say(f"documents: {n['new']} new{version}, {n['known']} known already, {n['refused']} refused")
    if n["described"]:
        say(f"described anew by what is given: {n['described']} of those known; their claims that wait were judged again")
    if summary.skipped:
        say(left_out(summary.skipped))
    say(f"claims: {k['found']} found, of what the plan measures: " + ", ".join(f"{k[name]} {name}" for name in KINDS))
    if summary.ids.get("conflicting"):
        with ledger.reading() as c:
            found = query.conflicts(c, ids=tuple(summary.ids["conflicting"]), limit=SHOWN)
        for conflict in found:
            say(f"  {conflict['kind']}: {conflict['explanation']}")
        say("  all of them: salpi conflicts")
    if k["waiting"]:
        say("  what waits: salpi review")
    if beside is not None:
        say(tally_line(beside.endpoint.model, summary.tally))
    print_moves(summary.moved, moves)


def _judged_before(number: int, data: Plan, plan: str, ledger: str | None) -> str:
    """One line for claims that wait as another state of the plan judged them; the command is the one that these options need."""
    from salpi.evidence.ledger.faults import shown_url

    claims = f"{number} claim{' waits' if number == 1 else 's wait'}"
    more = plan_words(plan)
    more += ["--ledger", shown_url(ledger)] if ledger is not None else []
    command = shlex.join(["salpi", "review", "--again", *more])
    return f"{claims} as another state of the plan {data.id} judged {'it' if number == 1 else 'them'}; `{command}` judges anew"


def print_moves(moved: Sequence[Moved], moves: list[dict[str, Any]] | None) -> None:
    """The targets whose latest value or chance moved, one a line; or that none did."""
    from salpi.plan.wording import amount

    for item in moved:
        sides = [f"{amount(row.value, row.unit)} ({row.period})" if row else "none" for row in (item.before, item.after)]
        say(f"latest value of {item.target}: {sides[0]} → {sides[1]}")
    for move in moves or ():
        sides = ["none" if move[side] is None else f"{100 * move[side]:.0f} %" for side in ("before", "after")]
        say(f"chance of {move['target']}: {sides[0]} → {sides[1]}")
    if not moved and not moves:
        say("the scorecard: no latest value moved")
