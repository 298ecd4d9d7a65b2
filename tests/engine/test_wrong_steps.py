"""Every way in which a step can be wrong has a file in ``wrong/``; the line with ``# wrong:`` is named, and why."""

from __future__ import annotations

import importlib.util
from dataclasses import replace
from pathlib import Path

import pytest
from right_entities import RIGHT

from salpi.engine.declare import Give, Sector
from salpi.engine.infer import problems
from salpi.engine.infer_entities import entity_problems
from salpi.engine.trace import TraceError, trace

FOLDER = Path(__file__).parent / "wrong"
FILES = sorted(FOLDER.glob("*.py"))


def load(path: Path):
    spec = importlib.util.spec_from_file_location(f"wrong_{path.stem}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.SECTOR


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_a_wrong_step_names_its_line_and_the_way_to_mend_it(path: Path) -> None:
    (number, text), *more = [
        (i, line.split("# wrong: ", 1)[1])
        for i, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if "# wrong: " in line
    ]
    assert not more
    sector = load(path)
    bound = sector.bind(None, 0)
    try:
        if isinstance(sector, Sector):
            found = problems(trace([sector], {sector.name: bound}), [sector])
        else:
            found = entity_problems(sector, bound, 2024)
    except TraceError as error:
        found = [str(error)]
    assert len(found) == 1, found
    place, _, message = found[0].partition(": ")
    assert place.endswith(f"{path.name}:{number}"), found[0]
    assert text in message, found[0]


def test_there_are_enough_of_them() -> None:
    assert len(FILES) >= 40
    assert sum(path.stem.startswith("entity_") for path in FILES) >= 15


def test_the_entities_that_they_spoil_are_right() -> None:
    assert entity_problems(RIGHT, RIGHT.bind(None, 0), 2024) == []


@pytest.mark.parametrize("field", ["parameters", "channels", "attributes", "needs", "gives"])
def test_every_declared_unit_of_entities_matters(field) -> None:
    """A unit of another kind in any declaration is found, so that no check passes because it looks at nothing."""
    for k, x in enumerate(its := getattr(RIGHT, field)):
        if x.unit == "index":
            continue
        spoiled = tuple(replace(y, unit=f"patents*{y.unit}") if j == k else y for j, y in enumerate(its))
        wrong = replace(RIGHT, **{field: spoiled})
        assert entity_problems(wrong, wrong.bind(None, 0), 2024), x


def test_what_the_engine_counts_is_declared_as_a_count() -> None:
    wrong = replace(RIGHT, gives=(*RIGHT.gives, Give("r.starts.trial", "assets", "sum", "Starts", "시작")))
    assert entity_problems(wrong, wrong.bind(None, 0), 2024) == [
        "sector r declares 'r.starts.trial' in 'assets', but the engine counts it; declare it in 'count'"
    ]
