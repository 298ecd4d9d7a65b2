"""``salpi check``: everything that is wrong in a plan, one line each; schemas for editors; what is overdue."""

from __future__ import annotations

import json as json_module
import os
import re
import sys
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from salpi.plan import Plan, Problem
    from salpi.plan.stale import Release


SHOWN = 4
"""So many ids of parameters that are not there are named."""


def check_command(plan: str = "korea", json: bool = False, stale: bool = False, write_schemas: Path | None = None) -> int:
    """Check a plan (a folder, or a bundled id) and print its problems; 0 where there is no error, else 2.

    ``stale`` adds the releases that are due; ``write_schemas`` writes JSON Schemas instead of checking.
    """
    from salpi.plan import PlanError, read_plan, run_checks

    if write_schemas is not None:
        return _write_schemas(write_schemas)
    try:
        found, problems = read_plan(plan)
        folder = plan if Path(plan).is_dir() else ""
    except PlanError as error:
        found, problems, folder = None, error.problems, ""
    if found is not None:
        known = set(problems)
        more = [problem for problem in run_checks(found, *_model(found)) if problem not in known and _linked(problem)]
        unread = any(problem.level == "error" and problem.file.startswith("parameters/") for problem in problems)
        more += () if unread else _unfed(found)
        problems = tuple(sorted((*problems, *more), key=lambda problem: problem.order))
    errors = sum(problem.level == "error" for problem in problems)
    if found is not None and not errors:
        problems = (*problems, *_unfed_members(found))
    if folder:
        problems = tuple(replace(problem, file=os.path.join(folder, problem.file)) for problem in problems)
    errors = sum(problem.level == "error" for problem in problems)
    if found is not None and not errors:
        problems = (*problems, *(wrong := _units(found)))
        errors = len(wrong)
    counts = _counts(found) if found is not None else {}
    due = _releases(found) if stale and found is not None else ()
    if json:
        report: dict[str, Any] = {"plan": found.id if found else plan, "hash": found.hash if found else None, "ok": errors == 0}
        report |= {"errors": errors, "warnings": len(problems) - errors, "counts": counts}
        report["problems"] = [{**asdict(problem), "text": str(problem)} for problem in problems]
        if stale:
            report["releases"] = [{**asdict(release), "due": release.due.isoformat()} for release in due]
        print(json_module.dumps(report, ensure_ascii=False, indent=2))
    else:
        _print(found, problems, errors, counts, due if stale else None)
    return 2 if errors else 0


def _linked(problem: Problem) -> bool:
    """Problems that only the model's names can show; the plan's own are known already."""
    return problem.what.startswith(("channel ", "output ", "sector ")) or " of channel " in problem.what


def _model(plan: Plan) -> tuple[dict[str, str], frozenset[str], tuple[str, ...]]:
    """Channels of the model with their units, its outputs and sectors; a channel whose sector comes later has unit ``""``."""
    from salpi.model.base import unit_of
    from salpi.model.channels import channels, is_later
    from salpi.model.sectors import SECTOR_NAMES, sector

    listening = {id: unit_of(plan, channel.unit) for id, channel in channels().items()}
    named = {effect.channel for measure in plan.measures.values() for effect in measure.effects}
    later = {id: "" for id in named if is_later(id)}
    outputs = frozenset(give.name for name in SECTOR_NAMES for give in sector(name).gives)
    return listening | later, outputs, SECTOR_NAMES


def _unfed(plan: Plan) -> tuple[Problem, ...]:
    """Sectors that the plan asks to run and whose parameters or givers it has not: one line each."""
    from salpi.model.fed import absent_parameters, absent_sectors, listed

    found = []
    for name in listed(plan):
        found += _lacking(plan, name, absent_parameters(plan, name))
        others = ", ".join(absent_sectors(plan, name))
        if others:
            mend = f"add {others} to `sectors`, or take '{name}' out"
            found.append(_of_sector(plan, name, f"sector '{name}' needs what {others} give", "", mend))
    return tuple(found)


def _unfed_members(plan: Plan) -> tuple[Problem, ...]:
    """The same for single members; asks the plan's data who they are, so that these must be sound."""
    from salpi.model.fed import absent_members, listed
    from salpi.model.simulate import first_month

    return tuple(one for name in listed(plan) for one in _lacking(plan, name, absent_members(plan, name, first_month(plan))))


def _lacking(plan: Plan, name: str, ids: tuple[str, ...]) -> list[Problem]:
    if not ids:
        return []
    shown = ", ".join(ids[:SHOWN]) + (", …" if len(ids) > SHOWN else "")
    mend = f"add them to parameters/, or take '{name}' out of `sectors`"
    return [_of_sector(plan, name, f"sector '{name}' reads {_many(len(ids), 'parameter')} that the plan has not", shown, mend)]


def _of_sector(plan: Plan, name: str, what: str, why: str, mend: str) -> Problem:
    from salpi.plan import Problem

    return Problem(*plan.origins.where("plan", "", "sectors", plan.meta.sectors.index(name)), what, why, mend)


def _units(plan: Plan) -> tuple[Problem, ...]:
    """Places in the equations of the plan's sectors where units do not fit, or the language is left."""
    from salpi.engine.trace import TraceError
    from salpi.model.equations import unit_problems
    from salpi.model.sectors import SECTOR_NAMES, sector
    from salpi.model.simulate import first_month
    from salpi.plan import Problem

    sectors = tuple(sector(name) for name in SECTOR_NAMES if name in plan.meta.sectors)
    try:
        lines = unit_problems(plan, sectors, first_month(plan))
    except TraceError as error:
        lines = [str(error)]
    found = []
    for line in lines:
        place = re.match(r"(?P<file>.+?):(?P<line>\d+): (?P<what>.*)", line, re.DOTALL)
        found.append(Problem(place["file"], int(place["line"]), place["what"]) if place else Problem("sectors", None, line))
    return tuple(found)


def _counts(plan: Plan) -> dict[str, int]:
    kinds = ("indicators", "sources", "observations", "targets", "measures", "parameters", "scenarios", "checks")
    counts = {kind: len(getattr(plan, kind)) for kind in kinds}
    counts["entities"] = sum(len(rows) for rows in vars(plan.atlas).values())
    return counts


def _releases(plan: Plan) -> tuple[Release, ...]:
    from salpi.plan.stale import releases

    return releases(plan)


def _print(
    plan: Plan | None,
    problems: tuple[Problem, ...],
    errors: int,
    counts: dict[str, int],
    due: tuple[Release, ...] | None,
) -> None:
    for problem in problems:
        print(problem)
    if due is not None and plan is not None:
        for release in due:
            word = "overdue since" if release.overdue else "due"
            print(f"{release.indicator} {release.period}: {word} {release.due} (last: {release.last})")
        late = sum(release.overdue for release in due)
        print(f"{late} of {len(due)} series are overdue by the plan's date {plan.as_of}")
    warnings = len(problems) - errors
    verdict = f"{_many(errors, 'error')}, {_many(warnings, 'warning')}"
    if plan is None:
        print(f"the plan cannot be read: {verdict}", file=sys.stderr)
        return
    checked = ", ".join(f"{number} {kind if number != 1 else _one(kind)}" for kind, number in counts.items() if number)
    print(f"{plan.id} {plan.meta.version}: checked {checked}: {verdict}")


def _one(kind: str) -> str:
    return "entity" if kind == "entities" else kind.removesuffix("s")


def _many(number: int, word: str) -> str:
    return f"{number or 'no'} {word}{'' if number == 1 else 's'}"


def _write_schemas(directory: Path) -> int:
    from salpi.plan.jsonschema import schemas

    found = schemas()
    try:
        directory.mkdir(parents=True, exist_ok=True)
        for name, schema in found.items():
            part = directory / f".{name}.part"
            part.write_text(json_module.dumps(schema, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
            os.replace(part, directory / name)
    except OSError as error:
        print(f"{directory}: cannot be written: {(error.strerror or 'no access').lower()}; give another folder", file=sys.stderr)
        return 2
    print(f"{directory}: wrote {len(found)} schemas")
    return 0
