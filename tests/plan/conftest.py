"""The names that the plans here hang on stand in for the model's: what is tested is the plan layer."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

CHANNELS = {"pipeline.review_time": "ratio", "exports.market_access": "ratio", "finance.fund": ""}
OUTPUTS = frozenset({"trials.rank", "exports.biopharma"})
SECTORS = ("economy", "pipeline", "trials")


@pytest.fixture
def changed(tmp_path: Path) -> Callable[..., list[str]]:
    """The good plan with a few texts replaced, or lines added at a file's end: the lines of its problems."""
    from overlay import GOOD, overlay

    from salpi.plan import read_plan

    def lines(*changes: tuple[str, str, str]) -> list[str]:
        place = overlay(GOOD, tmp_path / "plan")
        for file, old, new in changes:
            text = (place / file).read_text("utf-8")
            assert old in text
            (place / file).write_text(text.replace(old, new, 1) if old else text + new, "utf-8")
        return [str(problem) for problem in read_plan(place)[1]]

    return lines


@pytest.fixture
def check(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, list[str], str]]:
    """``salpi check``: the exit code, the lines of problems without the folder's name, and the summary."""
    from salpi.cli import check as module

    monkeypatch.setattr(module, "_model", lambda plan: (CHANNELS, OUTPUTS, SECTORS))
    monkeypatch.setattr(module, "_unfed", lambda plan: ())

    def run(folder: Path) -> tuple[int, list[str], str]:
        code = module.check_command(str(folder))
        out, err = capsys.readouterr()
        lines = out.splitlines()
        summary = err.strip() or lines.pop()
        return code, [line.removeprefix(f"{folder}/") for line in lines], summary

    return run
