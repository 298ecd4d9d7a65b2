"""JSON Schemas for editors: valid themselves, and they accept what the loader accepts and refuse what it refuses."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from overlay import GOOD

from salpi.plan import yamlfile
from salpi.plan.jsonschema import schemas

SCHEMAS = schemas()
FILES = {
    "plan": ["plan.yaml"],
    "indicators": ["indicators.yaml"],
    "sources": ["sources.yaml"],
    "targets": ["targets.yaml"],
    "measures": ["measures/older.yaml", "measures/review.yaml"],
    "parameters": ["parameters/policy.yaml"],
    "scenarios": ["scenarios/none.yaml"],
    "checks": ["checks/trials.yaml"],
}


def data(file: str) -> Any:
    return yamlfile.read((GOOD / file).read_text("utf-8"))[0]


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_valid_and_says_what_it_is_of(name: str) -> None:
    schema = SCHEMAS[name]
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["title"]
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("name, file", [(name, file) for name, files in FILES.items() for file in files])
def test_the_good_plan_fits(name: str, file: str) -> None:
    jsonschema.validate(data(file), SCHEMAS[f"{name}.schema.json"])


def test_a_row_of_every_table_has_the_schemas_columns() -> None:
    tables = {"observation": "observations.csv"}
    tables |= {f"atlas-{path.stem}": f"atlas/{path.name}" for path in Path(GOOD / "atlas").glob("*.csv")}
    for name, file in tables.items():
        schema = SCHEMAS[f"{name}.schema.json"]
        with (GOOD / file).open(encoding="utf-8", newline="") as lines:
            header = next(csv.reader(lines))
        assert set(header) <= set(schema["properties"]), file
        assert set(schema["required"]) <= set(header), file


@pytest.mark.parametrize("name", [n for n in FILES if n not in ("checks",)])
def test_an_unknown_key_is_refused(name: str) -> None:
    body = data(FILES[name][0])
    inner = body if name in ("plan", "measures", "scenarios") else next(iter(body.values()))
    inner["author"] = "me"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(body, SCHEMAS[f"{name}.schema.json"])


def test_there_is_one_for_every_kind_of_file() -> None:
    kinds = {*FILES, "observation", *(f"atlas-{path.stem}" for path in Path(GOOD / "atlas").glob("*.csv"))}
    assert {name.removesuffix(".schema.json") for name in SCHEMAS} == kinds
