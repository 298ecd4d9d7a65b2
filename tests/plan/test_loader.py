"""From a folder to a plan: what is found, where it stands, and that a fault of one file hides none of another."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from overlay import GOOD

from salpi.plan import PlanError, bundled, load_plan, read_plan


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(GOOD, tmp_path / "plan"))


def lines(folder: Path) -> list[str]:
    return [str(problem) for problem in read_plan(folder)[1]]


def test_everything_of_the_folder_is_there() -> None:
    plan = load_plan(GOOD)
    assert (plan.id, plan.meta.version, plan.as_of.isoformat()) == ("good", "1", "2026-05-31")
    assert set(plan.measures) == {"older", "review"}
    assert set(plan.targets) == {"exports.2027", "exports.2030"}
    assert set(plan.parameters) == set(plan.sector_of)
    assert set(plan.sector_of.values()) == {"policy"}
    assert set(plan.scenarios) == {"none"}
    assert all(len(rows) >= 1 for rows in vars(plan.atlas).values())
    assert plan.observations[2].note == "a note\nover two lines"


def test_origins_lead_back_to_the_line() -> None:
    plan = load_plan(GOOD)
    assert plan.origins.where("target", "exports.2030", "value") == ("targets.yaml", 18)
    assert plan.origins.where("observation", 3) == ("observations.csv", 6)
    assert plan.origins.where("measure", "review", "effects", 0, "lag") == ("measures/review.yaml", 14)


def test_a_list_of_measures_in_one_file(copy: Path) -> None:
    bodies = [(copy / "measures" / f"{name}.yaml").read_text("utf-8") for name in ("older", "review")]
    for name in ("older", "review"):
        (copy / "measures" / f"{name}.yaml").unlink()
    items = ["- " + body.replace("\n", "\n  ").rstrip() for body in bodies]
    (copy / "measures" / "all.yaml").write_text("\n".join(items) + "\n", "utf-8")
    assert load_plan(copy).hash == load_plan(GOOD).hash


def test_a_bundled_plan_by_its_id() -> None:
    assert "korea" in bundled()
    with pytest.raises(PlanError, match=r"koera: is no plan: there is no such folder .* \(did you mean 'korea'\?\)"):
        load_plan("koera")


def test_an_earlier_date_gives_the_earlier_plan() -> None:
    assert set(load_plan(GOOD, as_of="2024-06").targets) == {"exports.2027"}


def test_a_plan_with_errors_does_not_load_and_tells_them_all(copy: Path) -> None:
    (copy / "targets.yaml").write_text("a: 3\n", "utf-8")
    (copy / "sources.yaml").write_text("- x\n", "utf-8")
    with pytest.raises(PlanError) as caught:
        load_plan(copy)
    assert {problem.file for problem in caught.value.problems} == {"plan.yaml", "sources.yaml", "targets.yaml"}
    assert str(caught.value).splitlines() == [str(problem) for problem in caught.value.problems]


def test_an_unknown_key_hides_no_other_fault(copy: Path) -> None:
    """Beside it in the same body, and in files that are checked against that body."""
    text = (copy / "plan.yaml").read_text("utf-8").replace("seed: 7", "seed: 7\nsede: 8\ntitel: x")
    (copy / "plan.yaml").write_text(text.replace("headline: [exports.2030]", "headline: [exports.2031]"), "utf-8")
    text = (copy / "measures" / "review.yaml").read_text("utf-8")
    (copy / "measures" / "review.yaml").write_text(text.replace("order: 2", "ordr: 2").replace("strategy-2025]\n", "gone]\n"))
    found = lines(copy)
    assert [line.partition(";")[0] for line in found] == [
        "measures/review.yaml:14: unknown key `effects[0].lag.ordr`: nothing would read it",
        "measures/review.yaml:19: source 'gone' is unknown",
        "plan.yaml:17: unknown key `sede`: nothing would read it",
        "plan.yaml:18: unknown key `titel`: nothing would read it",
        "plan.yaml:19: target 'exports.2031' is unknown",
    ]


def test_an_unknown_key_and_what_the_schema_says_of_the_whole(copy: Path) -> None:
    text = (copy / "parameters" / "policy.yaml").read_text("utf-8")
    new = "more.x: {name: {en: x}, value: 1, unit: ratio, basis: sourced, extra: 1}\n"
    (copy / "parameters" / "policy.yaml").write_text(text + new, "utf-8")
    (unsound, unknown) = lines(copy)
    assert "`more.x` is not sound: a number needs a source" in unsound
    assert "unknown key `more.x.extra`" in unknown


def test_bodies_without_an_id_are_not_taken_for_one_another(copy: Path) -> None:
    for name in ("a", "b"):
        (copy / "measures" / f"{name}.yaml").write_text(f"name: {{en: {name}}}\n", "utf-8")
    assert not any("stands twice" in line for line in lines(copy))
    assert sum("required key `id` is missing" in line for line in lines(copy)) == 2


@pytest.mark.parametrize(
    "file", ["indicators.yaml", "sources.yaml", "targets.yaml", "measures/older.yaml", "parameters/policy.yaml"]
)
@pytest.mark.parametrize("text", ["- a\n- b\n", "just a word\n", "3\n", "[[]]\n"])
def test_a_file_of_another_shape_is_told_once(copy: Path, file: str, text: str) -> None:
    (copy / file).write_text(text, "utf-8")
    found = lines(copy)
    assert found
    assert all(line.startswith(f"{file}:") for line in found), found


@pytest.mark.parametrize(
    "file", ["plan.yaml", "indicators.yaml", "targets.yaml", "measures/review.yaml", "parameters/policy.yaml"]
)
@pytest.mark.parametrize("cut", [0.2, 0.5, 0.8])
def test_a_file_cut_off_anywhere_is_told_and_never_a_crash(copy: Path, file: str, cut: float) -> None:
    text = (copy / file).read_text("utf-8")
    (copy / file).write_text(text[: int(cut * len(text))], "utf-8")
    assert all(
        line.startswith((file, "targets", "plan", "measures", "observations", "checks", "scenarios")) for line in lines(copy)
    )
