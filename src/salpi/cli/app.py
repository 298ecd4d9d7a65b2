"""The commands, their options and help: one function each, which hands over to the module that does the work."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from salpi import __version__
from salpi.cli import options
from salpi.cli.options import CLAIM, FILE, LIMIT, Pair, pairs
from salpi.cli.pipes import quiet

ABOUT = (
    "A national bio-industry strategy as a running model: every number sourced, every target a chance, every measure its effect."
)


def _version(ctx: click.Context, _: click.Parameter, show: bool) -> None:
    if show:
        click.echo(f"salpi {__version__}")
        ctx.exit()


_PLACES = ("files", "places", "plan", "ledger", "scenario")
"""What may name a file, whatever bytes its name has."""


class _Command(click.Command):
    """A command whose texts are texts: bytes that are not UTF-8 can be kept nowhere."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        rest = super().parse_args(ctx, args)
        for param in self.params:
            given = ctx.params.get(param.name or "") if param.name not in _PLACES else None
            for text in given if isinstance(given, tuple) else (given,):
                if isinstance(text, str) and any("\ud800" <= char <= "\udfff" for char in text):
                    raise click.BadParameter(f"{text!r} holds bytes that are not UTF-8; write it in UTF-8", ctx=ctx, param=param)
        return rest


class _Program(click.Group):
    """Commands in the order in which people meet them, not of the alphabet; a closed pipe is no failure."""

    command_class = _Command

    def make_context(self, *args: Any, **more: Any) -> click.Context:
        with quiet():  # --help and --version print here
            return super().make_context(*args, **more)

    def invoke(self, ctx: click.Context) -> Any:
        with quiet():
            return super().invoke(ctx)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


@click.group(cls=_Program, help=ABOUT, no_args_is_help=True, context_settings={"max_content_width": 110})
@click.option("--version", is_flag=True, callback=_version, is_eager=True, expose_value=False, help="Print the version.")
def program() -> None: ...


def _compile_ahead(plan: str) -> None:
    """What a command that runs the model begins with, before anything else is imported."""
    from salpi.model.ahead import begin

    begin(plan)


def _command(short: str, example: str, name: str | None = None) -> Callable[[Callable[..., int]], click.Command]:
    return program.command(name, short_help=short, epilog=f"Example: {example}")


@_command("The cited brief: where the plan stands, in one file.", "salpi brief --lang ko --out brief.ko.html")
@click.option("--out", type=FILE, metavar="FILE", help="Where to write (brief.html unless given).")
@click.option("--format", type=click.Choice(["html", "md", "pdf"]), help="Follows the file's ending unless given.")
@options.lang
@options.run_options
def brief(sets: tuple[Pair, ...], **given: Any) -> int:
    """The main job: scorecard, forecasts, effects of measures and conflicts of sources in one cited file."""
    _compile_ahead(given["plan"])
    from salpi.cli.brief import brief_command

    return brief_command(sets=pairs(sets), **given)


@_command("Each target: latest value, pace, chance, verdict.", "salpi scorecard --set regulation.review-240=0 --draws 500")
@click.option("--target", "targets", multiple=True, metavar="ID", help="Only this target, with its reasons. May be repeated.")
@options.json
@options.lang
@options.workers
@options.run_options
def scorecard(sets: tuple[Pair, ...], **given: Any) -> int:
    """Each target: latest value, pace needed and seen, chance, verdict and why."""
    _compile_ahead(given["plan"])
    from salpi.cli.scorecard import scorecard_command

    return scorecard_command(sets=pairs(sets), **given)


@_command("Futures under a scenario, and the difference.", "salpi simulate --set regulation.phase3-easing=0 --out run.json")
@click.option("--indicator", "indicators", multiple=True, metavar="ID", help="Indicators to print (the headline's unless given).")
@click.option("--out", type=FILE, metavar="FILE", help="Also write the run as JSON, for `salpi replay`.")
@options.json
@options.lang
@options.workers
@options.run_options
def simulate(sets: tuple[Pair, ...], **given: Any) -> int:
    """An ensemble of futures under a scenario, and its difference from the plan, draw by draw."""
    _compile_ahead(given["plan"])
    from salpi.cli.simulate import simulate_command

    return simulate_command(sets=pairs(sets), **given)


@_command("Make a run again: the same bytes, or what differs.", "salpi replay run.json")
@click.argument("run", type=FILE)
@click.option("--plan", metavar="DIR|ID", help="Where the plan is, if it is not a bundled one.")
@options.ledger
@options.workers
@options.json
def replay(run: Path, **given: Any) -> int:
    """Make the run of a file that `salpi simulate --out` wrote again: the same bytes, or what differs (exit code 1)."""
    from salpi.cli.replay import replay_command

    return replay_command(run, **given)


@_command("Where a number comes from.", "salpi explain exports.biopharma@khidi2022 2025")
@click.argument("indicator")
@click.argument("period", required=False)
@click.option("--subject", metavar="NAME", help="Whose value: a country, a company, a product.")
@options.plan
@options.as_of
@options.ledger
@options.no_ledger
@options.json
@options.lang
def explain(**given: Any) -> int:
    """Where a number comes from: definition, every published version with its source, disagreements, targets on it, and the
    characters of the documents of the ledger in which it stands.

    INDICATOR is an indicator's id, a family of them (the part before @), or a target's id; PERIOD is 2025, 2025-Q4, 2025-09.
    """
    from salpi.cli.explain import explain_command

    return explain_command(**given)


@_command("Claims of documents, one record a line.", "salpi extract release.txt --out claims.jsonl")
@click.argument("files", nargs=-1, required=True, metavar="FILE|DIR|URL...")
@click.option(
    "--out", type=FILE, metavar="FILE", help="Where to write, by its ending .jsonl or .csv (standard output unless given)."
)
@click.option("--published", metavar="DATE", help="When they were published, where they do not say.")
@options.plan
@options.language_model
@options.endpoint
def extract(files: tuple[str, ...], out: Path | None, **given: Any) -> int:
    """The quantitative claims of text, Markdown, HTML, PDF and DOCX, as JSON Lines in the gold format; - reads standard input."""
    from salpi.cli.extract import extract_command

    return extract_command(files, str(out) if out is not None else None, **given)


@_command("Documents into the ledger.", "salpi ingest release.html --publisher 'Ministry of Trade' --published 2026-11-05")
@click.argument("places", nargs=-1, required=True, metavar="FILE|DIR|URL...")
@options.ledger
@options.plan
@click.option("--publisher", metavar="NAME", help="Who published the documents, where they do not say.")
@click.option("--title", metavar="TEXT", help="Their title, where they have none.")
@click.option("--published", metavar="DATE", help="When they were published, where they do not say.")
@click.option("--encoding", metavar="NAME", help="Their encoding, where it is not found (utf-8, cp949 ...).")
@click.option("--quality", type=click.Choice(["A", "B", "C", "D"]), help="How far the source is trusted.")
@click.option(
    "--kind", type=click.Choice(["official", "filing", "press", "study", "company", "data"]), help="What kind of source it is."
)
@click.option("--rules", type=FILE, metavar="FILE", help="Rules of reconciliation other than the usual ones.")
@click.option("--jobs", type=int, metavar="N", help="Processes that read (all cores unless given).")
@click.option("--allow-private", is_flag=True, help="Also fetch from private addresses.")
@click.option("--max-mb", type=float, metavar="N", help="Largest document.")
@click.option("--reason", default="", metavar="TEXT", help="Why, for the audit trail.")
@click.option("--actor", metavar="NAME", help="Who, for the audit trail (the user unless given).")
@click.option("--forecast", is_flag=True, help="Compute chances also where no latest value moved.")
@options.language_model
@options.endpoint
@options.draws
@options.seed
@options.json
def ingest(**given: Any) -> int:
    """Take documents into the ledger: files, folders, addresses, or - for standard input.

    Ends with a summary: claims that are new, repeated, superseded, conflicting, waiting for review, and the targets whose latest
    value or chance moved. Run again after an interruption, the same command completes the work.
    """
    from salpi.cli.ingest import ingest_command

    return ingest_command(**given)


@_command("What documents say, and what was decided.", "salpi claims --indicator exports.biopharma --period 2025")
@click.argument("words", nargs=-1, metavar="[TEXT]")
@click.option("--indicator", metavar="ID", help="Also its definitions and derived ids.")
@click.option("--subject", metavar="NAME")
@click.option("--period", metavar="PERIOD")
@click.option("--status", type=click.Choice(["actual", "target", "forecast", "announced"]))
@click.option(
    "--verdict", metavar="WORD", help="accepted, corrected, repeated, waiting, rejected, superseded; conflicting; none."
)
@click.option("--document", metavar="NAME|PATH", help="Its name with or without ending, path, address, or the hash's beginning.")
@click.option("--as-of", metavar="DATE", help="The ledger as it stood on a date.")
@click.option("--limit", type=LIMIT, metavar="N")
@click.option("--format", type=click.Choice(["table", "jsonl", "csv"]))
@click.option("--out", type=FILE, metavar="FILE")
@options.ledger
@options.json
def claims(words: tuple[str, ...], **given: Any) -> int:
    """Claims of the ledger, the newest first, with the decision on each.

    TEXT looks for words in the lines around the figures: Korean words without endings, "phrases in quotes", beginnings as bio*.
    """
    from salpi.cli.claims import claims_command

    return claims_command(text=" ".join(words) or None, **given)


@_command("Where sources disagree, both sides of each.", "salpi conflicts --indicator exports.biopharma")
@click.option("--indicator", metavar="ID")
@click.option("--subject", metavar="NAME")
@click.option("--kind", type=click.Choice(["definition", "vintage", "rounding", "scope", "currency", "contradiction"]))
@click.option("--closed", is_flag=True, help="Also those that a review settled.")
@click.option("--as-of", metavar="DATE")
@click.option("--limit", type=LIMIT, metavar="N")
@options.lang
@options.plan
@options.ledger
@click.option("--ledger-only", is_flag=True, help="Without those among the plan's own sources.")
@options.json
def conflicts(**given: Any) -> int:
    """Conflicts, the weightiest first: those that documents of the ledger raised, then those among the plan's own sources."""
    from salpi.cli.conflicts import conflicts_command

    return conflicts_command(**given)


@_command("What waits for a person, and the decision.", "salpi review --accept 17 --reason 'checked against the table'")
@click.option("--accept", type=CLAIM, multiple=True, metavar="CLAIM")
@click.option("--reject", type=CLAIM, multiple=True, metavar="CLAIM")
@click.option("--correct", type=CLAIM, metavar="CLAIM", help="Accept with other values: --amount, --unit, --period ...")
@click.option("--again", is_flag=True, help="Judge what waits by the plan, the ledger and the rules as they are now.")
@click.option("--rules", type=FILE, metavar="FILE", help="With --again: rules of reconciliation other than the usual ones.")
@click.option("--indicator", metavar="ID", help="On this definition; in the queue and with --again: only of this indicator.")
@click.option("--subject", metavar="NAME")
@click.option("--period", metavar="PERIOD")
@click.option("--amount", metavar="NUMBER", help="In base units: 4.71e9, not 4.71 billion.")
@click.option("--unit", metavar="UNIT")
@click.option("--status", type=click.Choice(["actual", "target", "forecast", "announced"]))
@click.option("--qualifier", type=click.Choice(["point", "over", "under", "about", "up_to", "at_least"]), help="Of the value.")
@click.option("--new-subject", is_flag=True, help="Take a --subject that neither the plan nor the ledger has.")
@click.option("--reason", default="", metavar="TEXT")
@click.option("--actor", metavar="NAME")
@click.option("--limit", type=LIMIT, default=20, show_default=True, metavar="N")
@options.plan
@options.ledger
@options.json
def review(**given: Any) -> int:
    """List the claims that wait for review, decide about some, or have them judged --again.

    Who, when and why are kept, and nothing is overwritten. --again leaves alone what a person decided, and says at the end what
    became of the rest; run a second time, it finds nothing to do.
    """
    from salpi.cli.review import review_command

    return review_command(**given)


@_command("Everything that is wrong in a plan.", "salpi check my-country --stale")
@click.argument("plan", default="korea", envvar=options.PLAN, metavar="[DIR|ID]")
@options.json
@click.option("--stale", is_flag=True, help="Also list the releases that are due.")
@click.option("--write-schemas", type=FILE, metavar="DIR", help="Write JSON Schemas for editors instead.")
def check(**given: Any) -> int:
    """Everything that is wrong in a plan, one line each, with file, line and how to mend it."""
    from salpi.cli.check import check_command

    return check_command(**given)


@_command("Start a plan of your own.", "salpi new-plan my-country", "new-plan")
@click.argument("directory", type=FILE, metavar="DIR")
def new_plan(directory: Path) -> int:
    """Start a plan: a commented folder that `salpi check` accepts, to be filled with your own data."""
    from salpi.cli.new_plan import new_plan_command

    return new_plan_command(directory)
