"""Plan and scenario as the command line names them."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from salpi.cli.output import InputError, progress

if TYPE_CHECKING:
    from salpi.api import Plan
    from salpi.ensemble.job import Runner
    from salpi.evidence.disputed import Disputed
    from salpi.model.scenario import Scenario


def load(plan: str | Path, as_of: str | None = None, ledger: str | None = None, no_ledger: bool = False) -> Plan:
    """A plan with the observations of the ledger on top, both as they were known on a date, and a line on stderr that says so.

    Raises PlanError, and LedgerFault for a ledger that was named and cannot be read.
    """
    from salpi.api import load_plan
    from salpi.evidence.place import is_there
    from salpi.plan.asof import as_of as plan_at

    data = load_plan(plan)
    if no_ledger or (ledger is None and not is_there()):
        return data if as_of is None else plan_at(data, as_of)
    from salpi.evidence.layered import known_at
    from salpi.evidence.ledger import Ledger

    with Ledger.open(ledger, create=False) as opened:
        found = known_at(data, opened, as_of)
        more = sum(row.source not in data.sources for row in found.observations)
        if more:
            figures = f"{more} observation{'' if more == 1 else 's'}"
            print(f"with {figures} of the ledger {opened.shown}; --no-ledger leaves them out", file=sys.stderr)
    return found


def disputed_of(data: Plan, as_of: str | None, ledger: str | None, no_ledger: bool) -> Disputed | None:
    """The open conflicts of the ledger that ``load`` used; None where it used none. Raises LedgerFault."""
    from salpi.evidence.place import is_there

    if no_ledger or (ledger is None and not is_there()):
        return None
    from salpi.evidence.disputed import disputed
    from salpi.evidence.ledger import Ledger

    with Ledger.open(ledger, create=False) as opened:
        return disputed(data, opened, as_of)


def plan_and_scenario(
    plan: str | Path,
    as_of: str | None,
    scenario: str | None,
    sets: Mapping[str, float] | None,
    ledger: str | None = None,
    no_ledger: bool = False,
) -> tuple[Plan, Scenario]:
    """Load a plan and resolve what is changed in it; ``scenario`` is a file or the id of one of the plan's own.

    Raises PlanError or ScenarioError with every problem, InputError for too early a date, LedgerFault.
    """
    from salpi.model.scenario import ScenarioError, resolve

    data = load(plan, as_of, ledger, no_ledger)
    _convertible(data, as_of)
    if scenario is None:
        return data, resolve(data, None, sets)
    if scenario in data.scenarios:
        return data, resolve(data, data.scenarios[scenario], sets)
    path = Path(scenario)
    if not path.exists():
        near = data.nearest("scenario", scenario)
        hint = f" (did you mean {near!r}?)" if near else ""
        raise ScenarioError([f"--scenario {scenario}: there is no such file, and the plan has no scenario of that id{hint}"])
    from salpi.plan.scenariofile import read_scenario

    return data, resolve(data, read_scenario(path), sets)


def runner(workers: int | str | None, what: str) -> Runner:
    """Who runs the shards of an ensemble, with a line of progress: the threads of this process, or workers."""
    if workers is None:
        from salpi.ensemble.threads import Threads

        return Threads(progress(what))
    from salpi.ensemble.workers import Workers

    return Workers(workers, progress(what))


def _convertible(data: Plan, as_of: str | None) -> None:
    """Raises InputError for a date before the plan's first exchange rate: no run could convert money."""
    money = data.meta.currencies
    if as_of is not None and money.rates is not None and not data.rates.years and money.home != money.trade:
        raise InputError(f"--as-of {as_of}: no exchange rate ({money.rates}) was known yet; give a later date")
