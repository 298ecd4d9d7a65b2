"""A mistyped subject is told, and two subjects with like names are not taken for one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Changed = Callable[..., list[str]]
ROWS, ATLAS = "observations.csv", "atlas/companies.csv"
TINY = ("Plant 1.5", "Plant 15")


def row(subject: str, period: str = "2022", indicator: str = "exports.bio@agency") -> tuple[str, str, str]:
    return ROWS, "", f"{indicator},{subject},{period},800000000,,USD,actual,2025-03-14,lag,sourced,high,trade,\n"


def named(name: str) -> tuple[str, str, str]:
    return ATLAS, "", f"other,{name},company,valley,trade,sourced,\n"


@pytest.mark.parametrize("wrong", ["land", "Land ", "Länd", "LAND"])
def test_the_plans_own_subject_in_another_spelling(changed: Changed, wrong: str) -> None:
    (line,) = changed(row(wrong))
    assert line == (
        f"observations.csv:9: subject '{wrong}' is nearly 'Land': 1 row would be missing from the series of 'Land'; "
        "write 'Land', or add it to the atlas if it is another"
    )


def test_a_letter_off_a_company_of_the_atlas(changed: Changed) -> None:
    (line,) = changed(named("Eurofarma"), row("Eurofarmma"))
    assert "subject 'Eurofarmma' is nearly 'Eurofarma'" in line
    assert ": warning: " not in line


def test_points_and_spaces_in_a_company_of_the_atlas(changed: Changed) -> None:
    assert "subject 'Euro Farma SA' is nearly 'Eurofarma S.A.'" in changed(named("Eurofarma S.A."), row("Euro Farma SA"))[0]


def test_a_letter_off_a_subject_with_more_rows_is_a_warning(changed: Changed) -> None:
    lines = changed(row("Brazil", "2022"), row("Brazil", "2023"), row("Brasil", "2024"))
    assert [line.partition(";")[0] for line in lines] == [
        "observations.csv:11: warning: subject 'Brasil' is nearly 'Brazil': 1 row would be missing from the series of 'Brazil'"
    ]


@pytest.mark.parametrize(
    "two", [("Zambia", "Gambia"), ("Remsima", "Remsima SC"), ("Fund 1", "Fund 2"), ("Iran", "Iraq"), TINY, ("का", "कि")]
)
def test_two_that_are_two(changed: Changed, two: tuple[str, str]) -> None:
    one, other = two
    assert changed(row(one), row(one, "2023"), row(other)) == []


def test_one_that_stands_in_the_atlas_is_another(changed: Changed) -> None:
    assert (
        changed(
            named("Eurofarma"), ("atlas/companies.csv", "", "o,Eurofarmma,company,valley,trade,sourced,\n"), row("Eurofarmma")
        )
        == []
    )


def test_a_targets_subject(changed: Changed) -> None:
    (line,) = changed(("targets.yaml", "  value: 2.02e+9", "  subject: land\n  value: 2.02e+9"))
    assert line.startswith("targets.yaml:18: subject 'land' is nearly 'Land': the target would have no figure")
