"""How a target's standing changed: announced, replaced, each new figure and each restated one, in order."""

from __future__ import annotations

import tiny
from salpi.decide.history import FIGURES, asked, history
from salpi.decide.scorecard import folded
from salpi.plan.schema import Source
from tiny import row, target


def told(plan: tiny.Plan, key: str = "t") -> list[tuple[str, str]]:
    return [(e.as_of, e.kind) for e in history(plan, plan.targets[key], folded(plan, key))]


def test_a_new_year_is_a_figure_and_the_same_year_again_a_revision() -> None:
    rows = [
        row(2023, 4.0e9, as_of="2024-02"),
        row(2024, 5.5e9, as_of="2025-02"),
        row(2023, 4.1e9, as_of="2025-03-10"),  # an older year: not the standing
        row(2024, 5.6e9, as_of="2025-08"),
        row(2024, 5.6e9, as_of="2025-09"),  # the same again
    ]
    plan = tiny.plan(rows, targets={"t": target(9e9, 2030, announced="2024-01-15")})
    assert told(plan) == [("2024-01-15", "announced"), ("2024-02", "figure"), ("2025-02", "figure"), ("2025-08", "revision")]
    events = history(plan, plan.targets["t"], ())
    assert events[0].what.en == "target announced: $9bn by 2030"
    assert events[2].what.en == "2024 came in at $5.5bn"
    assert events[3].what.en == "2024 restated from $5.5bn to $5.6bn"
    assert events[3].what("ko") == "2024년 수치 55억 달러 → 56억 달러 수정"


def test_what_replaced_what() -> None:
    targets = {
        "old": target(1e9, 2027, announced="2022-05", superseded_by="t"),
        "t": target(2e9, 2030, announced="2024-01", supersedes=("old",)),
    }
    plan = tiny.plan(targets=targets)
    assert told(plan) == [("2022-05", "announced"), ("2024-01", "superseded"), ("2024-01", "announced")]
    assert history(plan, targets["t"], folded(plan, "t"))[1].what.en == "$1bn by 2027 replaced by $2bn by 2030"


def test_only_yearly_actual_points_of_its_own_subject_count() -> None:
    rows = [
        row(2024, 1, as_of="2025-01", status="target"),
        row("2024-Q4", 1, as_of="2025-01"),
        row(2024, 1, as_of="2025-01", qualifier="over"),
        row(2024, 1, as_of="2025-01", subject="Elsewhere"),
        row(2024, 1),  # nobody knows when it became known
    ]
    assert told(tiny.plan(rows, targets={"t": target(9, 2030)})) == [("2024-01", "announced")]


def test_where_a_figure_has_no_day_its_sources_counts() -> None:
    dated = {"office": Source(title="t", publisher="p", published="2025-03-03")}
    assert told(tiny.plan([row(2024, 1)], targets={"t": target(9, 2030)}, sources=dated))[1] == ("2025-03-03", "figure")


def test_the_last_figures_are_kept() -> None:
    rows = [row(y, y, as_of=f"{y + 1}-02") for y in range(2010, 2026)]
    found = told(tiny.plan(rows, targets={"t": target(9999, 2030, announced="2009-01")}))
    assert len(found) == 1 + FIGURES
    assert found[-1] == ("2026-02", "figure")
    assert found == sorted(found, key=lambda e: e[0])


def test_what_a_target_asks_for_in_words() -> None:
    assert asked(target(11.6e9, 2030), "en") == "$11.6bn by 2030"
    assert asked(target(11.6e9, 2030), "ko") == "2030년까지 116억 달러"
    assert asked(target(5e9, "2024/2027"), "en") == "$5bn over 2024–2027"
    assert asked(target(295, "2026-Q4", unit="days"), "en") == "295 days by Q4 2026"
    for by in (None, "unknown"):
        assert asked(target(3, by, unit="rank"), "en") == "3rd (no date)"
        assert asked(target(3, by, unit="rank"), "ko") == "3위 (시한 없음)"
