"""What the commands of the ledger share: time and user at the edge, one line a fault, amounts as people write them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from salpi.cli.output import say

if TYPE_CHECKING:
    from salpi.evidence.language_model.beside import LanguageModel
    from salpi.plan import Plan


class Stop(Exception):
    """End a command with these lines and code 2."""

    def __init__(self, *lines: str) -> None:
        super().__init__(*lines)
        self.lines = lines


def now() -> str:
    """The time of an entry: UTC, to the second. The one clock of the ledger's commands."""
    from datetime import UTC, datetime

    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def user() -> str:
    """Who runs the command, as the system knows it."""
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


_CELL = {"row": ("row", "행"), "column": ("column", "열"), "caption": ("table", "표")}
LONGEST = 90
"""Characters of a caption that are shown: its last ones, where the unit stands."""


def cell_line(cell: Mapping[str, str], lang: str = "en") -> str:
    """What stands beside and over a figure of a table, in a line: ``row: Japan | column: 2024 | table: Exports``."""
    shown = {name: " ".join(cell[name].split()) for name in _CELL if cell[name].strip()}
    return " | ".join(f"{_CELL[name][lang == 'ko']}: {_ending(words)}" for name, words in shown.items())


def _ending(words: str) -> str:
    return words if len(words) <= LONGEST else f"… {words[-LONGEST:].partition(' ')[2] or words[-LONGEST:]}"


def plan_of(ref: str) -> Plan:
    """Load a plan. Raises PlanError."""
    from salpi.plan import load_plan

    return load_plan(ref)


def day(text: str | None, option: str) -> Any:
    """The day on which a document was published, as given on the command line. Raises Stop."""
    from datetime import date

    from salpi.evidence.documents.clean import YEARS, plausible

    if text is None:
        return None
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise Stop(f"{option} {text!r} is no date: write it as 2026-11-05") from None
    if plausible(found) is None:
        raise Stop(f"{option} {text} is the date of no document: give one from {YEARS[0]} to {YEARS[1]}")
    return found


def beside_of(plan: Plan, language_model: str | None, endpoint: str | None) -> LanguageModel | None:
    """The language model that was named, with its key from the environment; None where none was. Raises Stop."""
    import os

    from salpi.evidence.language_model.endpoint import ModelFault
    from salpi.evidence.language_model.endpoint import endpoint as named

    try:
        found = named(language_model, endpoint, os.environ)
        if found is None:
            return None
        from salpi.evidence.language_model.beside import LanguageModel

        return LanguageModel.of(found, plan)
    except ModelFault as fault:
        raise Stop(str(fault)) from None


def tally_line(name: str, tally: Mapping[str, int]) -> str:
    """What a language model added, and what became of the rest of what it said, in one line."""
    dropped = {why.removeprefix("dropped: "): count for why, count in tally.items() if why.startswith("dropped: ")}
    line = f"language model {name}: {tally.get('portions', 0)} portions, {tally.get('cached', 0)} of them from the cache: "
    line += f"{tally.get('added', 0)} claims added, {tally.get('known', 0)} known already, {sum(dropped.values())} dropped"
    if dropped:
        line += " (" + ", ".join(f"{count} {why}" for why, count in sorted(dropped.items())) + ")"
    for key, words in (
        ("unreadable", "answers that could not be read"),
        ("left out", "portions too many to ask about"),
        ("not kept", "answers that the cache could not keep"),
    ):
        if tally.get(key):
            line += f"; {tally[key]} {words}"
    return line


@contextmanager
def faults(command: str) -> Iterator[Callable[[], int]]:
    """Print what goes wrong, one line each, and give the exit code: ``with faults("claims") as code: ...; return code()``."""
    from salpi.evidence.documents import Refused
    from salpi.evidence.ledger import LedgerFault
    from salpi.evidence.reconcile.rules import RulesFault
    from salpi.evidence.review import ReviewFault
    from salpi.plan.periods import PeriodError
    from salpi.plan.problems import PlanError

    state = {"code": 0}
    try:
        yield lambda: state["code"]
    except Stop as stop:
        state["code"] = complain(command, *stop.lines)
    except PlanError as error:
        state["code"] = complain(command, *map(str, error.problems))
    except (LedgerFault, ReviewFault, RulesFault, Refused, PeriodError, ValueError) as error:
        state["code"] = complain(command, *getattr(error, "lines", str(error).splitlines()[:1]))
    except KeyboardInterrupt:
        complain(command, "stopped; what was finished is kept, run the same command again for the rest")
        state["code"] = 130


def complain(command: str, *lines: str) -> int:
    """Lines on stderr; exit code 2."""
    for line in lines:
        say(f"salpi {command}: {line}", sys.stderr)
    return 2


def stands(record: dict[str, Any]) -> str:
    """What stands of a claim where it is not what was read of it: ``: 1.31 billion USD, 2026-09``; else nothing."""
    row = record["observation"]
    if row is None:
        return ""
    told = [value({**row, "high": None})] if any(row[name] != record[name] for name in ("value", "unit")) else []
    told += [str(row[name]) for name in ("subject", "period", "status") if row[name] != record[name] and row[name]]
    return ": " + ", ".join(told) if told else ""


def value(record: dict[str, Any], lang: str = "en") -> str:
    """A record's value with its unit: ``over 5.51 billion USD``."""
    from salpi.plan.wording import amount

    words = {"at_least": "at least", "up_to": "up to", "per_year": ""}
    before = words.get(record.get("qualifier") or "", record.get("qualifier") or "")
    text = amount(record["value"], record["unit"], lang)
    if record.get("high") is not None:
        text += f" to {amount(record['high'], record['unit'], lang)}"
    return f"{before} {text}".strip()
