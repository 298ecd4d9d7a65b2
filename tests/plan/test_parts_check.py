"""Parts of indicators: no circle, one dimension, none larger than its whole."""

from __future__ import annotations

from collections.abc import Callable

Changed = Callable[..., list[str]]
ROWS = "observations.csv"
AGENCY, CUSTOMS = "exports.bio@agency", "exports.bio@customs"


def includes(of: str, *parts: str) -> tuple[str, str, str]:
    return "indicators.yaml", f"{of}:\n", f"{of}:\n  includes: [{', '.join(parts)}]\n"


def test_an_indicator_is_no_part_of_itself(changed: Changed) -> None:
    assert changed(includes(AGENCY, AGENCY)) == [f"indicators.yaml:2: '{AGENCY}' includes itself; remove it from `includes`"]


def test_a_circle_is_told_once_with_its_way(changed: Changed) -> None:
    assert changed(includes(AGENCY, CUSTOMS), includes(CUSTOMS, AGENCY)) == [
        f"indicators.yaml:2: '{AGENCY}' includes itself: {AGENCY} -> {CUSTOMS} -> {AGENCY}; remove it from `includes`"
    ]


def test_a_part_of_another_dimension(changed: Changed) -> None:
    assert changed(includes(AGENCY, "trials.rank")) == [
        f"indicators.yaml:2: '{AGENCY}' in USD includes 'trials.rank' in rank: a part is of its whole's dimension; "
        "remove it, or mend one of the units"
    ]


def test_a_part_larger_than_its_whole(changed: Changed) -> None:
    (line,) = changed(includes(AGENCY, CUSTOMS))
    assert line == (
        f"observations.csv:6: warning: '{CUSTOMS}' Land 2025 is 1,500,000,000 USD, more than the whole: '{AGENCY}' includes it "
        "and is 1,120,000,000 USD; mend one of them, or the `includes`"
    )
    (line,) = changed(includes(AGENCY, CUSTOMS), (ROWS, "2025,1.5,,billion", "2025,15,,billion"))
    assert "more than the whole" in line
    assert ": warning: " not in line


def test_a_part_within_its_whole(changed: Changed) -> None:
    assert changed(includes(CUSTOMS, AGENCY)) == []


def test_a_whole_whose_scale_is_told_is_told_once(changed: Changed) -> None:
    older = (ROWS, "", f"{AGENCY},Land,2022,850000000,,USD,actual,2023-02-14,lag,sourced,high,trade,\n")
    (line,) = changed(includes(AGENCY, CUSTOMS), older, (ROWS, "2025,1120000000", "2025,1120"))
    assert "the values around it" in line
