"""Slips of people who write no code: each gets one line that says what to write instead, and nothing that follows from it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from overlay import GOOD, overlay

from salpi.plan import read_plan

Changed = Callable[..., list[str]]


@pytest.mark.parametrize(
    "old, new, told",
    [
        ("2025,1120000000", '2025,"1,120,000,000"', "expected a number without separators; write 1120000000"),
        ("Land,2024,1364", 'Land,2024,"1364,5"', "expected a number with a decimal point; write 1364.5"),
    ],
)
def test_a_number_in_a_table(changed: Changed, old: str, new: str, told: str) -> None:
    (line,) = changed(("observations.csv", old, new))
    assert line.startswith("observations.csv:")
    assert ": `value` is '1" in line
    assert line.endswith(told)


def test_a_number_with_a_word(changed: Changed) -> None:
    (line,) = changed(
        ("targets.yaml", "value: 1.5e+9", "value: 1.5 billion"), ("targets.yaml", "  supersedes: [exports.2027]\n", "")
    )
    assert line.endswith("`exports.2027.value` is '1.5 billion': expected a number in digits; write 1500000000")


def test_a_language_that_is_none_of_two(changed: Changed) -> None:
    assert changed(("indicators.yaml", "ko: [바이오 수출]}", "pt: [exportações]}"))[0] == (
        "indicators.yaml:7: unknown key `exports.bio@agency.phrases.pt`: "
        "salpi reads and writes English (`en`) and Korean (`ko`); rename or remove it"
    )
    *_, line = changed(("indicators.yaml", "ko: 바이오 수출}", "pt: Exportações}"))
    assert line.endswith("nothing would read it; salpi reads and writes English (`en`) and Korean (`ko`); remove it")


def test_a_comma_outside_quotes(changed: Changed) -> None:
    (line,) = changed(("plan.yaml", "{en: Ministry,", "{en: Ministry of Trade, Industry,"))
    assert line == (
        "plan.yaml:12: unknown key `owners.ministry.name.Industry`: nothing would read it; "
        'put a text with commas in "quotes", or remove it'
    )


@pytest.mark.parametrize("mark, name", [(";", "semicolons"), ("\t", "tabs")])
def test_columns_parted_by_another_mark_are_told_once(tmp_path: Path, mark: str, name: str) -> None:
    place = overlay(GOOD, tmp_path / "plan")
    file = place / "observations.csv"
    file.write_text(file.read_text("utf-8").replace(",", mark), "utf-8")
    assert [str(problem) for problem in read_plan(place)[1]] == [
        f"observations.csv:1: the columns are parted by {name}; save it with commas between the columns, and points, no commas, "
        "in numbers"
    ]


def test_an_unreadable_table_leaves_no_source_without_use(tmp_path: Path) -> None:
    place = overlay(GOOD, tmp_path / "plan")
    (place / "targets.yaml").write_bytes("é".encode("cp1252"))
    lines = [str(problem) for problem in read_plan(place)[1]]
    assert not [line for line in lines if "cited by nothing" in line]


def test_a_file_that_the_atlas_has_not(tmp_path: Path) -> None:
    place = overlay(GOOD, tmp_path / "plan")
    (place / "atlas" / "regions.csv").write_text("id,name\n", "utf-8")
    (line,) = [str(problem) for problem in read_plan(place)[1]]
    assert line.startswith("atlas/regions.csv: is no part of a plan: the atlas has plants.csv, products.csv, ")
    assert line.endswith("bids.csv; rename or remove it")
