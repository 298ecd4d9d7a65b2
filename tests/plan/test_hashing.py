"""The hash of a plan: the same for any way of writing it, another for any other content."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest
from overlay import GOOD

from salpi.plan.hashing import content_hash
from salpi.plan.loader import load_plan
from salpi.plan.schema import Check, Observation


def hash_of(folder: Path) -> str:
    return load_plan(folder).hash


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(GOOD, tmp_path / "plan"))


def edit(folder: Path, file: str, old: str, new: str) -> Path:
    text = (folder / file).read_text("utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), "utf-8")
    return folder


def test_where_the_folder_lies_does_not_matter(copy: Path) -> None:
    assert hash_of(copy) == hash_of(GOOD)
    assert len(hash_of(GOOD)) == 64


def test_order_of_rows_keys_files_comments_and_quotes_do_not_matter(copy: Path) -> None:
    head, *rows = (copy / "observations.csv").read_text("utf-8").replace('"a note\nover two lines"', "a note").splitlines()
    edit(copy, "observations.csv", '"a note\nover two lines"', "a note")
    before = hash_of(copy)
    random.Random(1).shuffle(rows)
    (copy / "observations.csv").write_text("\n".join([head, *rows]) + "\n", "utf-8")
    edit(copy, "plan.yaml", 'id: good\nversion: "1"\n', "# a word\nversion: '1'\nid: \"good\"\n")
    sources = (copy / "sources.yaml").read_text("utf-8").splitlines()
    (copy / "sources.yaml").write_text("\n".join(reversed(sources)) + "\n", "utf-8")
    (copy / "measures" / "review.yaml").rename(copy / "measures" / "a.yaml")
    assert hash_of(copy) == before


def test_a_default_written_out_does_not_matter(copy: Path) -> None:
    edit(copy, "measures/older.yaml", "grade: C", "grade: C\nintensity: [0, 2]\numbrella: false")
    assert hash_of(copy) == hash_of(GOOD)


@pytest.mark.parametrize(
    "file, old, new",
    [
        ("plan.yaml", "seed: 7", "seed: 8"),
        ("observations.csv", "900000000", "900000001"),
        ("observations.csv", "a note", "another note"),
        ("targets.yaml", "2.02e+9", "2.03e+9"),
        ("measures/review.yaml", "mean: 6", "mean: 7"),
        ("indicators.yaml", "lag_days: 45", "lag_days: 46"),
        ("sources.yaml", "quality: A", "quality: B"),
        ("atlas/plants.csv", "30000", "30001"),
    ],
)
def test_any_content_matters(copy: Path, file: str, old: str, new: str) -> None:
    assert hash_of(edit(copy, file, old, new)) != hash_of(GOOD)


def test_a_new_optional_key_of_the_schema_leaves_old_plans_their_hash() -> None:
    class Later(Observation):
        fresh: str = ""

    body = {"indicator": "x", "subject": "L", "value": 1, "unit": "USD", "status": "actual", "source": "s"}
    before = content_hash({}, {"observations": [Observation(**body)]})
    assert content_hash({}, {"observations": [Later(**body)]}) == before
    assert content_hash({}, {"observations": [Later(**body, fresh="y")]}) != before


def test_the_order_of_the_charts_matters() -> None:
    assert content_hash({"plan": {"charts": ("a", "b")}}, {}) != content_hash({"plan": {"charts": ("b", "a")}}, {})


def test_a_row_is_not_taken_for_one_of_another_kind() -> None:
    row = Observation(indicator="x", subject="L", value=1, unit="USD", status="actual", source="s")
    check = Check(id="c", kind="range", output="x", why="y")
    assert content_hash({}, {"a": [row], "b": []}) != content_hash({}, {"a": [], "b": [row]})
    assert content_hash({}, {"a": [row], "b": [check]}) == content_hash({}, {"b": [check], "a": [row]})
