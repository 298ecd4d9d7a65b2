"""Every way in which a step can be wrong has a file in ``wrong/``; the line with ``# wrong:`` is named, and why."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from salpi.engine.infer import problems
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
    try:
        found = problems(trace([sector], {sector.name: sector.bind(None, 0)}), [sector])
    except TraceError as error:
        found = [str(error)]
    assert len(found) == 1, found
    place, _, message = found[0].partition(": ")
    assert place.endswith(f"{path.name}:{number}"), found[0]
    assert text in message, found[0]


def test_there_are_enough_of_them() -> None:
    assert len(FILES) >= 20
