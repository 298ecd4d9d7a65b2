"""Options that commands share, and how their words are read: a value, or one clear line (exit code 2)."""

from __future__ import annotations

import math
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

if TYPE_CHECKING:
    _Type = click.ParamType[Any]
else:
    _Type = click.ParamType

MOST_DRAWS = 10_000_000
MOST_SEED = 2**63 - 1
MOST_WORKERS = 256
ADDRESS = re.compile(r"(tcp|tls|ws|wss|ucx)://\S+")


class Pair(NamedTuple):
    """One ``--set MEASURE=INTENSITY``."""

    measure: str
    intensity: float


class DrawsType(_Type):
    """A number of draws: ``2000``, ``2,000``, ``2e3``."""

    name = "N"

    def convert(self, value: Any, param: Any, ctx: Any) -> int:
        found = value if isinstance(value, int) else whole(value)
        if found is None:
            self.fail(f"{value!r} is no whole number; write e.g. 2000", param, ctx)
        if not 1 <= found <= MOST_DRAWS:
            self.fail(f"{value} must lie between 1 and {MOST_DRAWS:,}; 2000 is the usual number", param, ctx)
        return found


class SeedType(_Type):
    name = "N"

    def convert(self, value: Any, param: Any, ctx: Any) -> int:
        found = value if isinstance(value, int) else whole(value)
        if found is None or not 0 <= found <= MOST_SEED:
            self.fail(f"{value!r} must be a whole number from 0 to {MOST_SEED}", param, ctx)
        return found


class PairType(_Type):
    """``regulation.review-240=0.5``."""

    name = "MEASURE=INTENSITY"

    def convert(self, value: Any, param: Any, ctx: Any) -> Pair:
        if isinstance(value, Pair):
            return value
        measure, mark, amount = value.partition("=")
        try:
            intensity = float(amount)
        except ValueError:
            intensity = math.nan
        if not mark or not measure.strip() or not math.isfinite(intensity):
            self.fail(f"{value!r} must be MEASURE=INTENSITY, e.g. regulation.review-240=0.5, or all=0", param, ctx)
        return Pair(measure.strip(), intensity)


class WorkersType(_Type):
    """``2``, or ``tcp://127.0.0.1:8786``."""

    name = "N|URL"

    def convert(self, value: Any, param: Any, ctx: Any) -> int | str:
        if isinstance(value, int):
            return value
        plain = value.strip()
        if ADDRESS.fullmatch(plain):
            return str(plain)
        found = whole(plain)
        if found is None:
            self.fail(f"{value!r} is neither a number nor a scheduler's address; write 2, or tcp://HOST:8786", param, ctx)
        if not 1 <= found <= MOST_WORKERS:
            self.fail(f"{value} must lie between 1 and {MOST_WORKERS}; one a core is usual", param, ctx)
        return found


class CountType(_Type):
    """A whole number from ``least`` up, small enough for every database; ``what`` says in a message what is counted."""

    name = "N"

    def __init__(self, what: str, least: int = 1, most: int = 2**31 - 1) -> None:
        self.what, self.least, self.most = what, least, most

    def convert(self, value: Any, param: Any, ctx: Any) -> int:
        found = value if isinstance(value, int) else whole(value)
        if found is None or not self.least <= found <= self.most:
            self.fail(f"{value!r} must be {self.what}: a whole number from {self.least} to {self.most:,}", param, ctx)
        return found


def whole(text: str) -> int | None:
    """The whole number that a text writes, or None."""
    plain = text.strip().replace(",", "").replace("_", "")
    try:
        return int(plain)
    except ValueError:
        pass
    try:
        value = float(plain)
    except ValueError:
        return None
    return int(value) if math.isfinite(value) and value == int(value) else None


def pairs(sets: tuple[Pair, ...]) -> dict[str, float]:
    """``--set`` pairs in the order given; the last one for a measure holds."""
    return {item.measure: item.intensity for item in sets}


LIMIT = CountType("how many to show")
CLAIM = CountType("a claim's number", 0, 2**63 - 1)
Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]
FILE = click.Path(path_type=Path)

PLAN = "SALPI_PLAN"
"""The variable that names a plan for all commands."""


def default_plan() -> str:
    """The plan of commands that are given none."""
    return os.environ.get(PLAN) or "korea"


def plan_words(plan: str | Path) -> list[str]:
    """``--plan PLAN`` as a command needs it that is to be run again: nothing for the plan that every user has by default."""
    return [] if str(plan) == "korea" and not os.environ.get(PLAN) else ["--plan", str(plan)]


plan: Decorator = click.option(
    "--plan",
    metavar="DIR|ID",
    envvar=PLAN,
    default="korea",
    show_default=True,
    help=f"A plan's folder, or the id of a bundled one ({PLAN} names one for all commands).",
)
as_of: Decorator = click.option("--as-of", metavar="DATE", help="The plan as it was known on an earlier date.")
draws: Decorator = click.option(
    "--draws", type=DrawsType(), metavar="N", help="Size of the ensemble (the plan's own unless given)."
)
seed: Decorator = click.option("--seed", type=SeedType(), metavar="N", help="Seed of all shocks (the plan's own unless given).")
scenario: Decorator = click.option(
    "--scenario", metavar="FILE|ID", help="A scenario file, or the id of one of the plan's own scenarios."
)
sets: Decorator = click.option(
    "--set",
    "sets",
    type=PairType(),
    multiple=True,
    metavar="MEASURE=INTENSITY",
    help="0 not done, 1 as announced; all=0 sets every measure. May be repeated.",
)
ledger: Decorator = click.option(
    "--ledger", metavar="URL|FILE", help="The ledger (SALPI_LEDGER, or a file of your own, unless given)."
)
json: Decorator = click.option("--json", is_flag=True, help="Print JSON (docs/json.md) instead of text.")
lang: Decorator = click.option(
    "--lang", type=click.Choice(["en", "ko"]), default="en", show_default=True, help="Language of the text."
)

language_model: Decorator = click.option(
    "--language-model",
    envvar="SALPI_LANGUAGE_MODEL",
    metavar="NAME",
    help="Also ask this model, at --endpoint, for numbers that the grammar passes over; the text is sent there.",
)
endpoint: Decorator = click.option(
    "--endpoint",
    envvar="SALPI_ENDPOINT",
    metavar="URL",
    help="An OpenAI-compatible address, e.g. https://models.example/v1; its key is in SALPI_ENDPOINT_KEY.",
)

no_ledger: Decorator = click.option("--no-ledger", is_flag=True, help="The plan's own observations only.")


workers: Decorator = click.option(
    "--workers",
    type=WorkersType(),
    metavar="N|URL",
    help="Run on N worker processes, or on those of a Dask scheduler; the same bytes (pip install 'salpi[cluster]').",
)


def run_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """What every command that simulates takes."""
    for option in (no_ledger, ledger, as_of, seed, draws, sets, scenario, plan):
        command = option(command)
    return command
