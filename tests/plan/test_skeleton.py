"""A new plan: whole or not at all, and without a fault."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from salpi.evidence.claims.catalogue import Catalogue
from salpi.evidence.extract import extract_claims
from salpi.evidence.record import Document
from salpi.plan import load_plan, read_plan, skeleton
from salpi.plan.skeleton import SkeletonError, write_skeleton


@pytest.mark.parametrize("where", ["new", "deep/er/new", "empty"])
def test_the_skeleton_is_a_sound_plan(tmp_path: Path, where: str) -> None:
    (tmp_path / "empty").mkdir()
    files = write_skeleton(tmp_path / where)
    assert {"plan.yaml", "indicators.yaml", "sources.yaml", "targets.yaml", "observations.csv"} <= set(files)
    assert all((tmp_path / where / file).is_file() for file in files)
    assert read_plan(tmp_path / where)[1] == ()
    assert load_plan(tmp_path / where).targets


def test_its_claims_are_found_in_texts(tmp_path: Path) -> None:
    write_skeleton(tmp_path / "new")
    plan = load_plan(tmp_path / "new")
    text = "Biopharmaceutical exports of Exampleland rose to 1.12 billion dollars in 2025, the statistics office said."
    (claim,) = extract_claims(Document("0" * 64, "release.txt", text), Catalogue.of(plan))
    assert (claim.indicator, claim.subject, claim.period) == ("exports.biopharma", plan.meta.subject, "2025")
    spoken = {id.partition("@")[0] for id, indicator in plan.indicators.items() if indicator.phrases}
    assert set(plan.meta.claims) == spoken


def test_nothing_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("x")
    with pytest.raises(SkeletonError, match="is not empty; give a new or empty folder"):
        write_skeleton(tmp_path)
    with pytest.raises(SkeletonError, match="is a file; give a new folder"):
        write_skeleton(tmp_path / "mine")
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_what_fails_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(SkeletonError, match="cannot be written: no space left on device; give a folder that you may write to"):
        write_skeleton(tmp_path / "new")
    assert list(tmp_path.iterdir()) == []


def test_the_template_is_part_of_the_package() -> None:
    assert (skeleton.TEMPLATE / "plan.yaml").is_file()
