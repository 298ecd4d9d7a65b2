"""A scenario from a file of its own, outside a plan's folder."""

from __future__ import annotations

from pathlib import Path

from salpi.plan.faults import explain
from salpi.plan.files import MAX_BYTES, Texts
from salpi.plan.problems import PlanError, Problem
from salpi.plan.schema import ScenarioFile


def read_scenario(path: Path) -> ScenarioFile:
    """The diff that a YAML or JSON file holds; its id is the file's stem unless it states one.

    Raises PlanError with every fault of the file, each with its line.
    """
    name = str(path)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise PlanError([Problem(name, None, f"is larger than {MAX_BYTES // 1_000_000} MB", mend="make it smaller")])
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise PlanError([Problem(name, None, "cannot be read", (error.strerror or "no access").lower())]) from None
    except UnicodeDecodeError:
        raise PlanError([Problem(name, None, "is not UTF-8 text", mend="save it as UTF-8")]) from None
    from salpi.plan import yamlfile
    from salpi.plan.validate import ValidationError

    texts = Texts({name: text})
    try:
        data, duplicates = yamlfile.read(text)
    except yamlfile.YamlFault as fault:
        raise PlanError([Problem(name, fault.line, fault.what, fault.why, fault.mend)]) from None
    problems = [Problem(name, line, f"key `{key}` stands twice", f"first on line {first}") for key, line, first in duplicates]
    if not isinstance(data, dict):
        why = "a scenario is a list of keys: `use`, `set`, `why`"
        raise PlanError([*problems, Problem(name, None, "is no scenario", why)])
    try:
        found = ScenarioFile.read({"id": path.stem.lower().replace(" ", "-"), **data})
    except ValidationError as error:
        problems += explain(error.errors(include_url=False), ScenarioFile, name, texts)
        raise PlanError(problems) from None
    if problems:
        raise PlanError(problems)
    return found
