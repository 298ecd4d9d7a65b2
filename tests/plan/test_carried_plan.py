"""The plan that the package carries is the plan as read, and is taken for nothing else."""

from __future__ import annotations

import os
import pickle
from dataclasses import fields
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from salpi.plan import carried
from salpi.plan.files import read_folder
from salpi.plan.loader import BUNDLED, _anew
from salpi.plan.shape import Model

ROOT = BUNDLED / "korea"


def same(one: Any, other: Any) -> bool:
    """Equal in values and types, and in the order of keys."""
    if type(one) is not type(other):
        return False
    if isinstance(one, Model):
        return same(vars(one), vars(other))
    if isinstance(one, dict):
        return list(one) == list(other) and all(same(one[k], other[k]) for k in one)
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)


def test_it_is_the_plan_as_read() -> None:
    texts, problems = read_folder(ROOT)
    found = carried.carried(ROOT, texts)
    assert found is not None, "the plan or what reads it was edited: `make kernels` renews what the package carries"
    plan, told = found
    read = _anew(ROOT, texts, problems)
    assert told == read.problems
    assert plan.origins.places == read.plan.origins.places
    for field in fields(plan):
        if field.name not in ("origins", "atlas"):
            assert same(getattr(plan, field.name), getattr(read.plan, field.name)), field.name
    assert same(vars(plan.atlas), vars(read.plan.atlas))
    assert plan.origins.where("measure", next(iter(plan.measures))) == read.plan.origins.where(
        "measure", next(iter(plan.measures))
    )


def test_another_text_has_none() -> None:
    texts, _ = read_folder(ROOT)
    texts.files["targets.yaml"] += "# a word\n"
    assert carried.carried(ROOT, texts) is None


def test_other_code_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(carried, "_code", lambda: "of another day")
    assert carried.carried(ROOT, read_folder(ROOT)[0]) is None


def test_only_records_of_plans_are_made(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    texts, _ = read_folder(ROOT)
    monkeypatch.setattr(carried, "file", lambda id: tmp_path / id)
    for what in (os.system, Path, lru_cache):
        (tmp_path / "korea").write_bytes(carried._key(texts.files).encode() + b"\n" + pickle.dumps(what))
        assert carried.carried(ROOT, texts) is None


@pytest.mark.parametrize("kept", [0, 1, 1000])
def test_a_torn_file_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path, kept) -> None:
    texts, _ = read_folder(ROOT)
    whole = carried.file("korea").read_bytes()
    monkeypatch.setattr(carried, "file", lambda id: tmp_path / id)
    (tmp_path / "korea").write_bytes(whole[: 65 + kept])
    assert carried.carried(ROOT, texts) is None


def test_a_folder_elsewhere_has_none(tmp_path) -> None:
    assert carried.carried(tmp_path / "korea", read_folder(ROOT)[0]) is None
