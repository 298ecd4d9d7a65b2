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
def check(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, list[str], str]]:
    """``salpi check``: the exit code, the lines of problems without the folder's name, and the summary."""
    from salpi.cli import check as module

    monkeypatch.setattr(module, "_model", lambda plan: (CHANNELS, OUTPUTS, SECTORS))

    def run(folder: Path) -> tuple[int, list[str], str]:
        code = module.check_command(str(folder))
        out, err = capsys.readouterr()
        lines = out.splitlines()
        summary = err.strip() or lines.pop()
        return code, [line.removeprefix(f"{folder}/") for line in lines], summary

    return run
