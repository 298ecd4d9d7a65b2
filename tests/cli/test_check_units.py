"""``salpi check`` looks at the units of the plan's sectors too: each place where they do not fit is a line, exit code 2."""

from __future__ import annotations

import json

from salpi.cli.check import check_command
from salpi.engine.trace import TraceError

LINES = [
    "/somewhere/sector.py:12: adds 'USD' and 'KRW'; convert with the exchange rate  [x + y]",
    "sector exports needs manufacturing.exports in 'KRW', but manufacturing gives it in 'USD'; write one unit in both",
]


def test_units_that_do_not_fit_are_errors(monkeypatch, capsys) -> None:
    monkeypatch.setattr("salpi.model.equations.unit_problems", lambda *a: LINES)
    assert check_command("korea") == 2
    first, second, total = capsys.readouterr().out.splitlines()
    assert first == LINES[0]
    assert second.endswith(LINES[1])
    assert total.endswith("2 errors, no warnings")


def test_a_sector_that_leaves_the_language_is_one(monkeypatch, capsys) -> None:
    def leaves(*_):
        raise TraceError("/somewhere/sector.py:3: an `if` on a traced value; write xp.where")

    monkeypatch.setattr("salpi.model.equations.unit_problems", leaves)
    assert check_command("korea", json=True) == 2
    report = json.loads(capsys.readouterr().out)
    assert (report["ok"], report["errors"]) == (False, 1)
    assert report["problems"][0]["line"] == 3


def test_the_bundled_plans_sectors_pass() -> None:
    assert check_command("korea") == 0
