"""The document of the plan folder names what the schema has: files and columns of the atlas, units, units that are read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from salpi.plan.readable import MEASURED, PHYSICAL
from salpi.plan.schema import ATLAS, Row
from salpi.plan.shape import defaults, fields_of
from salpi.units import check

TEXT = (Path(__file__).parents[2] / "docs" / "plan.md").read_text("utf-8")


def rows(head: str) -> list[list[str]]:
    """The cells of the table after a heading."""
    body = TEXT.partition(f"\n## {head}\n")[2].partition("\n## ")[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in body.splitlines() if line.startswith("|")][2:]


def words(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


@pytest.mark.parametrize("stem", ATLAS)
def test_the_columns_of_the_atlas(stem: str) -> None:
    must, may = next(([*words(r[1])], [*words(r[2])]) for r in rows("The atlas") if r[0] == f"`{stem}.csv`")
    model, common = ATLAS[stem], {*fields_of(Row), "id"}
    own = [name for name in fields_of(model) if name not in common]
    assert sorted(must) == sorted(name for name in own if name not in defaults(model))
    assert sorted(may) == sorted(name for name in own if name in defaults(model))


def test_units_are_units_and_those_that_are_read_are_all_there() -> None:
    table = rows("Units")
    for kind, names, read in table:
        assert kind == "money" or all(check(name) for name in words(names)), kind
        assert set(words(read)) <= set(words(names)) or kind == "money"
    assert {name for row in table for name in words(row[2])} == {*MEASURED, *PHYSICAL}
