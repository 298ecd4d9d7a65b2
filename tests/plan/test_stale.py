"""What should have been published by the plan's own date."""

from __future__ import annotations

from datetime import date

import pytest

import tiny
from salpi.plan.stale import GRACE_DAYS, Release, releases
from tiny import indicator, row


def of(periods: list[str], lag: int | None = 60, as_of: str = "2026-06-30", **more: object) -> tuple[Release, ...]:
    rows = [row(p, i + 1.0, **more) for i, p in enumerate(periods)]
    return releases(tiny.plan(rows, {"x": indicator(lag_days=lag)}, as_of=as_of))


@pytest.mark.parametrize(
    "periods, following, due",
    [
        (["2023", "2024", "2025"], "2026", date(2027, 3, 1)),
        (["2024-H2", "2025-H1", "2025-H2"], "2026-H1", date(2026, 8, 29)),
        (["2025-Q3", "2025-Q4", "2026-Q1"], "2026-Q2", date(2026, 8, 29)),
        (["2025-Q2", "2025-Q3", "2025-Q4"], "2026-Q1", date(2026, 5, 30)),
        (["2025-10", "2025-11", "2025-12"], "2026-01", date(2026, 4, 1)),
        (["2026-02", "2026-03", "2026-04"], "2026-05", date(2026, 7, 30)),
    ],
)
def test_the_next_period_and_the_day_on_which_it_is_due(periods: list[str], following: str, due: date) -> None:
    (release,) = of(periods)
    assert (release.last, release.period, release.due) == (periods[-1], following, due)


def test_a_release_is_overdue_two_weeks_after_its_usual_day() -> None:
    years = ["2022", "2023", "2024"]  # 2025 is due 60 days after its end, on 2026-03-01
    assert not of(years, as_of="2026-03-14")[0].overdue
    assert of(years, as_of="2026-03-15")[0].overdue
    assert GRACE_DAYS == 14


def test_the_length_with_the_latest_value_counts() -> None:
    (release,) = of(["2022", "2023", "2024", "2025-Q1", "2025-Q2", "2025-Q3"])
    assert release.period == "2025-Q4"


def test_no_lag_no_rhythm_no_release() -> None:
    assert of(["2023", "2024", "2025"], lag=None) == ()
    assert of(["2024", "2025"]) == ()
    assert of(["2023", "2024", "2025"], status="forecast") == ()


def test_the_first_due_comes_first() -> None:
    rows = [row(y, 1, indicator=i) for i in ("late", "soon") for y in (2022, 2023, 2024)]
    inds = {"late": indicator(lag_days=200), "soon": indicator(lag_days=10)}
    assert [r.indicator for r in releases(tiny.plan(rows, inds))] == ["soon", "late"]
