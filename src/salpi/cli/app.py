"""The commands, their options and help: one function each, which hands over to the module that does the work."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from salpi.cli import options
from salpi.cli.options import FILE, Pair, pairs

ABOUT = (
    "A national bio-industry strategy as a running model: every number sourced, every target a chance, "
    "every measure its effect."
)


def _version(ctx: click.Context, _: click.Parameter, show: bool) -> None:
    if show:
        from salpi.model.simulate import package_version

        click.echo(f"salpi {package_version()}")
        ctx.exit()


class _Program(click.Group):
    """Commands in the order in which people meet them, not of the alphabet; a closed pipe is no failure."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            code = super().invoke(ctx)
            sys.stdout.flush()
            return code
        except BrokenPipeError:  # the reader has seen enough; click would exit with 1, which says that a check failed
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is left to flush goes nowhere
            return 0

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


@click.group(cls=_Program, help=ABOUT, no_args_is_help=True, context_settings={"max_content_width": 110})
@click.option("--version", is_flag=True, callback=_version, is_eager=True, expose_value=False, help="Print the version.")
def program() -> None: ...


def _command(short: str, example: str, name: str | None = None) -> Callable[[Callable[..., int]], click.Command]:
    return program.command(name, short_help=short, epilog=f"Example: {example}")


@_command("The cited brief: where the plan stands, in one file.", "salpi brief --lang ko --out brief.ko.html")
@click.option("--out", type=FILE, metavar="FILE", help="Where to write (brief.html unless given).")
@click.option("--format", type=click.Choice(["html", "md", "pdf"]), help="Follows the file's ending unless given.")
@options.lang
@options.run_options
def brief(sets: tuple[Pair, ...], **given: Any) -> int:
    """The main job: scorecard, forecasts, effects of measures and conflicts of sources in one cited file."""
    from salpi.cli.brief import brief_command

    return brief_command(sets=pairs(sets), **given)


@_command("Each target: latest value, pace, chance, verdict.", "salpi scorecard --set regulation.review-240=0 --draws 500")
@click.option("--target", "targets", multiple=True, metavar="ID", help="Only this target, with its reasons. May be repeated.")
@options.json
@options.lang
@options.run_options
def scorecard(sets: tuple[Pair, ...], **given: Any) -> int:
    """Each target: latest value, pace needed and seen, chance, verdict and why."""
    from salpi.cli.scorecard import scorecard_command

    return scorecard_command(sets=pairs(sets), **given)


@_command("Futures under a scenario, and the difference.", "salpi simulate --set regulation.phase3-easing=0 --out run.json")
@click.option("--indicator", "indicators", multiple=True, metavar="ID", help="Indicators to print (the headline's unless given).")
@click.option("--out", type=FILE, metavar="FILE", help="Also write the run as JSON, for `salpi replay`.")
@options.json
@options.lang
@options.run_options
def simulate(sets: tuple[Pair, ...], **given: Any) -> int:
    """An ensemble of futures under a scenario, and its difference from the plan, draw by draw."""
    from salpi.cli.simulate import simulate_command

    return simulate_command(sets=pairs(sets), **given)


@_command("Make a run again: the same bytes, or what differs.", "salpi replay run.json")
@click.argument("run", type=FILE)
@click.option("--plan", metavar="DIR|ID", help="Where the plan is, if it is not a bundled one.")
@options.json
def replay(run: Path, plan: str | None, json: bool) -> int:
    """Make the run of a file that `salpi simulate --out` wrote again: the same bytes, or what differs (exit code 1)."""
    from salpi.cli.replay import replay_command

    return replay_command(run, plan, json)


@_command("Where a number comes from.", "salpi explain exports.biopharma@khidi2022 2025")
@click.argument("indicator")
@click.argument("period", required=False)
@click.option("--subject", metavar="NAME", help="Whose value: a country, a company, a product.")
@options.plan
@options.as_of
@options.json
@options.lang
def explain(**given: Any) -> int:
    """Where a number comes from: definition, every published version with its source, disagreements, targets on it.

    INDICATOR is an indicator's id, a family of them (the part before @), or a target's id; PERIOD is 2025, 2025-Q4, 2025-09.
    """
    from salpi.cli.explain import explain_command

    return explain_command(**given)


@_command("Everything that is wrong in a plan.", "salpi check my-country --stale")
@click.argument("plan", default="korea", metavar="[DIR|ID]")
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
