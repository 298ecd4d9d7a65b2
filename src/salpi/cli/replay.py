"""``salpi replay``: a run's spec again, compared byte by byte with what the file says came out of it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from salpi.cli.output import InputError, clear, faults, json_text

if TYPE_CHECKING:
    from salpi.api import Plan

LARGEST = 200_000_000
"""Bytes of a run's file that are read."""


def replay_command(
    run: Path, plan: str | None = None, json: bool = False, ledger: str | None = None, workers: int | str | None = None
) -> int:
    """Make the run again. Exit code 0 where every byte is the same, 1 where not (and what differs), 2 for bad input."""
    with faults("replay") as code:
        told = _read(run)
        again, differs = _again(run, told, plan, ledger, workers)
        clear()
        if json:
            print(json_text({"same": not differs, "differs": differs, "spec": again["spec"], "digest": again["digest"]}), end="")
        for line in differs if not json else ():
            print(f"salpi replay: {line}", file=sys.stderr)
        if not differs and not json:
            print(f"the same bytes: {again['digest']}")
        return 1 if differs else 0
    return code[0]


def _read(run: Path) -> dict[str, Any]:
    import json

    try:
        if run.stat().st_size > LARGEST:
            raise InputError(f"{run}: is larger than {LARGEST // 1_000_000} MB; give a file that `salpi simulate --out` wrote")
        told = json.loads(run.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{run}: cannot be read: {(error.strerror or 'no access').lower()}") from None
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        raise InputError(f"{run}: is no run; give a file that `salpi simulate --out` wrote") from None
    spec = told.get("spec") if isinstance(told, dict) else None
    kinds = {"plan": str, "hash": str, "scenario": dict, "seed": int, "draws": int, "as_of": str}
    missing = [k for k, kind in kinds.items() if not isinstance(spec, dict) or not isinstance(spec.get(k), kind)]
    if missing or not isinstance(told.get("digest"), str):
        lost = ", ".join([*(f"spec.{m}" for m in missing), *(() if isinstance(told, dict) and "digest" in told else ("digest",))])
        raise InputError(f"{run}: is no run: it lacks {lost}; give a file that `salpi simulate --out` wrote")
    return dict(told)


def _plan(ref: str, spec: dict[str, Any], ledger: str | None) -> Plan:
    """The plan that the spec names: alone where its hash says so, else with the ledger; as of the spec's date."""
    from datetime import date

    from salpi.api import load_plan
    from salpi.cli.inputs import load

    data = load_plan(ref)
    as_of = None if data.as_of.isoformat() == spec["as_of"] or date.fromisoformat(spec["as_of"]) > data.as_of else spec["as_of"]
    data = load_plan(ref, as_of) if as_of else data
    return data if data.hash == spec["hash"] else load(ref, as_of, ledger)


def _again(
    run: Path, told: dict[str, Any], plan: str | None, ledger: str | None, workers: int | str | None
) -> tuple[dict[str, Any], list[str]]:
    from salpi.cli.inputs import runner
    from salpi.cli.options import MOST_DRAWS
    from salpi.ensemble.gather import simulated
    from salpi.model.scenario import Scenario

    spec = told["spec"]
    if not 1 <= spec["draws"] <= MOST_DRAWS:
        raise InputError(f"{run}: spec.draws {spec['draws']} must lie between 1 and {MOST_DRAWS:,}")
    data = _plan(plan if plan is not None else spec["plan"], spec, ledger)
    try:
        scenario = Scenario.from_json(spec["scenario"])
    except (TypeError, ValueError, AttributeError, KeyError):
        raise InputError(f"{run}: spec.scenario is no scenario") from None
    lost = [m for m in scenario.levers if m not in data.measures] + [p for p in scenario.parameters if p not in data.parameters]
    if lost:
        raise InputError(f"{run}: the plan {data.id} has no {', '.join(lost)}; it was made with another version of the plan")
    again = simulated(data, scenario, spec["draws"], spec["seed"], runner(workers, "simulating"))
    differs = [
        f"{key} differs: the file says {told['spec'].get(key)}, now it is {again['spec'].get(key)}"
        for key in ("hash", "version", "engine", "start", "end")
        if told["spec"].get(key) != again["spec"].get(key)
    ]
    if told["digest"] != again["digest"]:
        differs.append(f"the numbers differ: the file says {told['digest'][:16]}…, now it is {again['digest'][:16]}…")
    elif json_text(told.get("indicators")) != json_text(again["indicators"]):
        differs.append("the file's quantiles are not those of its own spec: the file was changed by hand")
    elif differs and told["spec"].get("hash") == again["spec"].get("hash"):
        differs = []  # another version or engine that gives the same bytes is no difference
    return again, differs
