"""``salpi check`` says what the plan's sectors lack before they can run: one line a sector, not one a parameter."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from salpi.cli.check import check_command
from salpi.plan.loader import BUNDLED
from salpi.plan.skeleton import write_skeleton


def asked(place: Path, sectors: str) -> Path:
    write_skeleton(place)
    text = (place / "plan.yaml").read_text("utf-8")
    (place / "plan.yaml").write_text(text.replace("sectors: []", f"sectors: [{sectors}]"), "utf-8")
    return place


def test_a_sector_without_parameters_and_givers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = asked(tmp_path / "plan", "exports")
    assert check_command(str(place)) == 2
    needs, reads, total = capsys.readouterr().out.splitlines()
    assert needs.startswith(f"{place}/plan.yaml:")
    assert ": sector 'exports' needs what economy, manufacturing, biosimilars, pipeline give; add economy, " in needs
    assert ": sector 'exports' reads 15 parameters that the plan has not: exports.excess.*, " in reads
    assert reads.endswith("; add them to parameters/, or take 'exports' out of `sectors`")
    assert total.endswith("2 errors, no warnings")


def test_parameters_that_cannot_be_read_are_not_told_as_absent(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = asked(tmp_path / "plan", "economy")
    (place / "parameters" / "economy.yaml").write_text("a: [1\n", "utf-8")
    assert check_command(str(place)) == 2
    (line, _) = capsys.readouterr().out.splitlines()
    assert "parameters/economy.yaml" in line


def test_a_single_member_that_has_no_parameter(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = Path(shutil.copytree(BUNDLED / "korea", tmp_path / "korea"))
    text = (place / "parameters" / "exports.yaml").read_text("utf-8")
    assert "\nexports.sigma.vaccines:" in text
    (place / "parameters" / "exports.yaml").write_text(
        text.replace("\nexports.sigma.vaccines:", "\nexports.sigma.others:"), "utf-8"
    )
    assert check_command(str(place)) == 2
    (line, _) = capsys.readouterr().out.splitlines()
    assert "sector 'exports' reads 1 parameter that the plan has not: exports.sigma.vaccines; add them to parameters/" in line
