"""From a folder to a Plan: read, validate, check, and report all that is wrong at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from salpi.kept import kept, release
from salpi.plan import csvfile
from salpi.plan.asof import as_of as view_at
from salpi.plan.carried import carried, carry
from salpi.plan.faults import UNKNOWN_KEY, explain, real
from salpi.plan.files import SINGLE, Texts, read_folder
from salpi.plan.hashing import content_hash
from salpi.plan.model import Atlas, Origins, Plan
from salpi.plan.periods import Period, is_period
from salpi.plan.problems import PlanError, Problem, nearest
from salpi.plan.schema import (
    ATLAS,
    Check,
    Id,
    Indicator,
    Measure,
    Observation,
    Parameter,
    PlanFile,
    ScenarioFile,
    Source,
    Target,
)
from salpi.plan.shape import defaults, fields_of
from salpi.units.registry import Parsed, know, parsed

_KIND = {
    "indicators.yaml": "indicator",
    "sources.yaml": "source",
    "targets.yaml": "target",
    "measures": "measure",
    "parameters": "parameter",
    "atlas/companies.csv": "company",
    "atlas/clusters.csv": "cluster",
    "atlas/references.csv": "reference",
}
"""File or folder -> the kind of thing that it holds and that others name."""
BUNDLED = Path(__file__).parent.parent / "plans"


@dataclass
class _Draft:
    """A plan being read: what was found, where, and what is wrong."""

    texts: Texts
    problems: list[Problem]
    places: dict[tuple[str, str | int], tuple[str, tuple[str | int, ...]]] = field(default_factory=dict)
    known: dict[str, set[str]] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)

    @property
    def unread(self) -> frozenset[str]:
        """Kinds of which a file could not be read, or a body has no id: their ids are not all known."""
        lost = {problem.file for problem in self.problems if problem.file not in self.texts.files}
        kinds = {kind for file in lost for kind in (_KIND.get(file), _KIND.get(file.partition("/")[0])) if kind}
        return frozenset(kinds | self.lost)

    def yaml(self, file: str) -> Any:
        from salpi.plan import yamlfile  # not needed for a plan that was read before

        try:
            data, duplicates = yamlfile.read(self.texts.files[file])
        except yamlfile.YamlFault as fault:
            self.problems.append(Problem(file, fault.line, fault.what, fault.why, fault.mend))
            del self.texts.files[file]
            return None
        if data is None:
            mend = "fill it" if file in SINGLE else "fill it or remove it"
            self.problems.append(Problem(file, None, "is empty", "nothing can be read from it", mend))
            del self.texts.files[file]
        for key, line, first in duplicates:
            self.problems.append(
                Problem(file, line, f"key `{key}` stands twice", f"first on line {first}", "remove or rename one")
            )
        return data

    def csv(self, file: str, model: Any) -> csvfile.Table | None:
        try:
            table = csvfile.read(self.texts.files[file])
        except csvfile.CsvFault as fault:
            self.problems.append(Problem(file, fault.line, fault.what, "", fault.mend))
            del self.texts.files[file]
            return None
        fields = fields_of(model)
        for name in table.header:
            if name not in fields:
                self.problems.append(
                    Problem(
                        file,
                        1,
                        f"unknown column `{name}`",
                        "nothing would read it",
                        "rename or remove it",
                        nearest(name, fields),
                    )
                )
        missing = [name for name in fields if name not in defaults(model) and name not in table.header]
        for name in missing:
            self.problems.append(Problem(file, 1, f"required column `{name}` is missing", "", "add it"))
        if missing or any(name not in fields for name in table.header):
            del self.texts.files[file]
            return None
        return table

    def validate(self, annotation: Any, data: Any, file: str, prefix: tuple[str | int, ...] = ()) -> Any:
        """The valid part of ``data``: for a mapping or list the items without fault, else None.

        Unknown keys are told and passed over: what stands beside them is looked at all the same.
        """
        from salpi.plan.validate import ValidationError, validator  # not needed for a plan that was read before

        reader = validator(annotation)
        try:
            return reader.validate_python(data)
        except ValidationError as error:
            errors = error.errors(include_url=False)
        unknown = [error for error in errors if error["type"] == UNKNOWN_KEY]
        rest = _without(data, [real(error["loc"], annotation) for error in unknown]) if unknown else data
        if rest != data:
            self.problems += explain(unknown, annotation, file, self.texts, prefix)
            return self.validate(annotation, rest, file, prefix)
        self.problems += explain(errors, annotation, file, self.texts, prefix)
        if not prefix and any(not error["loc"] and error["type"].endswith("_type") for error in errors):
            self.texts.files.pop(file, None)  # of another shape altogether: as good as unread
        bad = {error["loc"][0] for error in errors if error["loc"]}
        if isinstance(data, dict) and bad and _is_map(annotation):
            return reader.validate_python({key: value for key, value in data.items() if key not in bad})
        if isinstance(data, list) and bad:
            item = validator(annotation.__args__[0])
            return [None if at in bad else item.validate_python(value) for at, value in enumerate(data)]
        return None


def _without(data: Any, paths: Iterable[tuple[str | int, ...]]) -> Any:
    """A copy without the keys at these paths."""
    out = deepcopy(data)
    for path in paths:
        at = out
        for step in path[:-1]:
            at = at[step]
        at.pop(path[-1], None)
    return out


def _is_map(annotation: Any) -> bool:
    return getattr(annotation, "__origin__", None) is dict


def find(ref: str | Path) -> Path:
    """The folder of a bundled plan's id or of a path. Raises PlanError."""
    path = Path(ref)
    try:
        if path.is_dir():
            return path
    except OSError as error:  # a name that is too long, a folder out of reach
        why = (error.strerror or "no access").lower()
        raise PlanError([Problem(str(ref), None, "cannot be read", why, "give another folder with a plan.yaml")]) from None
    if isinstance(ref, str) and ref and "/" not in ref and (BUNDLED / ref / "plan.yaml").is_file():
        return BUNDLED / ref
    why = "it is a file" if path.exists() else "there is no such folder and no bundled plan of that id"
    mend = "give a folder with a plan.yaml, or the id of a bundled plan"
    raise PlanError([Problem(str(ref), None, "is no plan", why, mend, nearest(str(ref), bundled()))])


def bundled() -> tuple[str, ...]:
    """Ids of the plans that come with salpi."""
    return tuple(sorted(path.parent.name for path in BUNDLED.glob("*/plan.yaml")))


def load_plan(ref: str | Path = "korea", as_of: str | None = None) -> Plan:
    """Load a plan: the id of a bundled one or a folder; with ``as_of``, as it stood on that date.

    Raises PlanError, which holds every problem of the folder.
    """
    plan, problems = read_plan(ref)
    if plan is None or any(problem.level == "error" for problem in problems):
        raise PlanError(problems)
    return plan if as_of is None else view_at(plan, as_of)


def read_plan(ref: str | Path) -> tuple[Plan | None, tuple[Problem, ...]]:
    """Read and check a plan without raising for its faults: the plan as far as it goes, and all problems in order.

    Raises PlanError only where there is no plan at all.
    """
    root = find(ref)
    texts, problems = read_folder(root)
    known = carried(root, texts) if not problems else None
    if known is not None:
        return known
    hashes = sorted((file, sha256(text.encode()).digest()) for file, text in texts.files.items())
    key = repr((str(root), hashes, problems, release("pydantic"), release("pint")))
    read = kept("plans", key, _Read, lambda: _anew(root, texts, problems), lambda it: it.plan is not None)
    know(read.units)
    return read.plan, read.problems


@dataclass(frozen=True)
class _Read:
    """A plan as read and checked, its problems, and the units that were parsed on the way."""

    plan: Plan | None
    problems: tuple[Problem, ...]
    units: Mapping[str, Parsed]


def _anew(root: Path, texts: Texts, problems: list[Problem]) -> _Read:
    from salpi.plan.checks import Context, run_context

    draft = _Draft(texts, problems)
    plan = _assemble(draft, root)
    if plan is not None:
        partial = any(problem.level == "error" for problem in draft.problems)
        draft.problems += run_context(Context(plan, draft.known, unread=draft.unread, partial=partial))
    return _Read(plan, tuple(sorted(set(draft.problems), key=lambda problem: problem.order)), parsed())


def _assemble(draft: _Draft, root: Path) -> Plan | None:
    files = draft.texts.files
    body = draft.yaml("plan.yaml") if "plan.yaml" in files else None
    meta = None if body is None else draft.validate(PlanFile, body, "plan.yaml")
    indicators = _mapping(draft, "indicators.yaml", "indicator", Indicator)
    sources = _mapping(draft, "sources.yaml", "source", Source)
    targets = _mapping(draft, "targets.yaml", "target", Target)
    parameters: dict[str, Parameter] = {}
    sector_of: dict[str, str] = {}
    for stem, file in list(draft.texts.under("parameters")):
        found = _mapping(draft, file, "parameter", Parameter)
        parameters |= found
        sector_of |= dict.fromkeys(found, stem)
    measures = _bodies(draft, "measures", "measure", Measure)
    scenarios = _bodies(draft, "scenarios", "scenario", ScenarioFile)
    checks: list[Check] = []
    for _, file in list(draft.texts.under("checks")):
        data = draft.yaml(file)
        found_checks = [] if data is None else draft.validate(list[Check], data or [], file) or []
        for at, check in enumerate(found_checks):
            if check is not None:
                draft.places["check", len(checks)] = file, (at,)
                checks.append(check)
    observations = _rows(draft, "observations.csv", "observation", Observation)
    atlas = Atlas(**{stem: _rows(draft, f"atlas/{stem}.csv", stem, model) for stem, model in ATLAS.items()})
    if meta is None or not is_period(meta.as_of):
        if meta is not None:
            line = draft.texts.line("plan.yaml", "as_of")
            draft.problems.append(Problem("plan.yaml", line, f"`as_of` {meta.as_of!r} is no date", "", "write it as 2026-05-31"))
        return None
    parts = {"plan": meta, "indicators": indicators, "sources": sources, "targets": targets, "measures": measures}
    parts |= {"parameters": parameters, "sector_of": sector_of, "scenarios": scenarios}
    rows: dict[str, Any] = {"observations": observations, "checks": checks, **vars(atlas)}
    draft.places["plan", ""] = "plan.yaml", ()
    return Plan(
        id=meta.id,
        root=root,
        meta=meta,
        indicators=indicators,
        sources=sources,
        observations=observations,
        targets=targets,
        measures=measures,
        parameters=parameters,
        sector_of=sector_of,
        scenarios=scenarios,
        checks=tuple(checks),
        atlas=atlas,
        hash=content_hash(parts, rows),
        as_of=Period.parse(meta.as_of).end,
        origins=Origins(draft.texts, draft.places),
    )


def _mapping(draft: _Draft, file: str, kind: str, model: Any) -> dict[str, Any]:
    """A file ``id: body``."""
    if file not in draft.texts.files:
        return {}
    data = draft.yaml(file)
    if data is None:
        return {}
    found: dict[str, Any] = draft.validate(dict[Id, model], data, file) or {}
    known = draft.known.setdefault(kind, set())
    for id in data if isinstance(data, dict) else ():
        if (kind, id) in draft.places:
            _twice(draft, kind, id, file, (id,))
            found.pop(id, None)
        else:
            draft.places[kind, id] = file, (id,)
        known.add(id)
    return found


def _bodies(draft: _Draft, folder: str, kind: str, model: Any) -> dict[str, Any]:
    """Files that hold one body with an ``id``, or a list of such bodies."""
    out: dict[str, Any] = {}
    known = draft.known.setdefault(kind, set())
    for stem, file in list(draft.texts.under(folder)):
        data = draft.yaml(file)
        if data is None:
            continue
        for at, body in enumerate(data if isinstance(data, list) else [data]):
            path: tuple[str | int, ...] = (at,) if isinstance(data, list) else ()
            if kind == "scenario" and isinstance(body, dict):
                body = {"id": stem, **body}
            item = draft.validate(model, body, file, path)
            id = str(body.get("id", "")) if isinstance(body, dict) else ""
            if not id:
                draft.lost.add(kind)
                continue
            if (kind, id) in draft.places:
                _twice(draft, kind, id, file, (*path, "id"))
                continue
            draft.places[kind, id] = file, path
            known.add(id)
            if item is not None:
                out[id] = item
    return out


def _twice(draft: _Draft, kind: str, id: str, file: str, path: tuple[str | int, ...]) -> None:
    first, start = draft.places[kind, id]
    where = f"{first}:{draft.texts.line(first, *start)}"
    line = draft.texts.line(file, *path)
    draft.problems.append(Problem(file, line, f"{kind} '{id}' stands twice", f"first in {where}", "remove or rename one"))


def _rows(draft: _Draft, file: str, kind: str, model: Any) -> tuple[Any, ...]:
    if file not in draft.texts.files:
        return ()
    table = draft.csv(file, model)
    if table is None:
        return ()
    out: list[Any] = []
    for at, row in enumerate(draft.validate(list[model], table.rows, file) or []):
        if row is not None:
            draft.places[kind, len(out)] = file, (at,)
            out.append(row)
    return tuple(out)


def renew(id: str) -> None:
    """Lets the package carry a bundled plan as it is read now. Raises PlanError where it has faults."""
    read = _anew(BUNDLED / id, *read_folder(BUNDLED / id))
    if read.plan is None or any(problem.level == "error" for problem in read.problems):
        raise PlanError(read.problems)
    carry(read.plan, read.problems)


__all__ = ["BUNDLED", "SINGLE", "bundled", "find", "load_plan", "read_plan", "renew"]
