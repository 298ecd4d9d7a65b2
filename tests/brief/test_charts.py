"""Charts: labels do not collide, ranks run down, a break is a gap, text keeps its size."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest

from salpi.brief import charts
from salpi.brief.charts.svg import apart
from salpi.brief.view import Bars, Chart, Fan, Point, Table

FAN = Fan(
    points=(
        Point(2020, 1.0),
        Point(2021, 2.0),
        Point(2022, 3.0, "derived", gap=True),
        Point(2023, 4.0),
        Point(2026, 5.0, "announced"),
    ),
    years=(2023.0, 2024.0, 2030.0),
    levels={
        k: (4.0, 5.0, v)
        for k, v in (("p025", 1.0), ("p10", 3.0), ("p25", 5.0), ("p50", 7.0), ("p75", 9.0), ("p90", 11.0), ("p975", 40.0))
    },
    target_at=2030.0,
    target=7.1,
    target_label="7.1",
    median_label="7",
    latest_label="4",
    ticks=((0.0, "0"), (5.0, "5"), (10.0, "10")),
    note="break",
)


def drawn(data: Fan | Bars, frame: charts.Frame) -> str:
    return charts.draw(Chart("x", (), "", "a chart", data, Table((), ())), frame)


def positions(svg: str, name: str) -> float:
    return float(re.search(rf'<text[^>]*y="([\d.]+)"[^>]*>{name}</text>', svg)[1])  # type: ignore[index]


@pytest.mark.parametrize("frame", [charts.SMALL, charts.SMALL_WIDE, charts.LARGE_NARROW, charts.LARGE, charts.LARGE_WIDE])
def test_end_labels_are_pushed_apart_and_nothing_leaves_the_frame(frame: charts.Frame) -> None:
    svg = drawn(FAN, frame)
    assert abs(positions(svg, "7.1") - positions(svg, "7")) >= 13
    for path in re.findall(r'<path class="band[^"]*" d="M([^"]+)Z"', svg):
        for pair in path.split("L"):
            x, y = map(float, pair.split(","))
            assert 0 <= x <= frame.width
            assert 0 <= y <= frame.height
    assert f'width="{frame.width:g}"' in svg


def test_a_break_is_a_gap_with_a_note() -> None:
    assert drawn(FAN, charts.LARGE).count('class="hist"') == 2
    assert ">break</text>" in drawn(FAN, charts.LARGE)
    joined = replace(FAN, points=tuple(replace(p, gap=False) for p in FAN.points))
    assert drawn(joined, charts.LARGE).count('class="hist"') == 1


def test_status_has_a_shape() -> None:
    svg = drawn(FAN, charts.SMALL)
    assert svg.count('<circle class="pt"') == 3
    assert svg.count('<circle class="pt o"') == 1
    assert svg.count('<rect class="pt"') == 1
    assert 'class="tg"' in svg


def test_ranks_run_downwards() -> None:
    ranks = replace(FAN, ranks=True, target=1.0, target_label="1st", levels={}, years=(), median_label="")
    svg = drawn(ranks, charts.LARGE)
    first, last = (float(y) for y in re.findall(r'<circle class="pt[^"]*"[^>]*cy="([\d.]+)"', svg)[:4:3])
    assert first < last  # rank 1 above rank 4


def test_bars_mark_the_met_part() -> None:
    bars = Bars(("0", "1", "2", "3+"), (0.5, 0.3, 0.15, 0.05), (False, False, True, True), "2 or more")
    svg = drawn(bars, charts.SMALL)
    assert svg.count('class="stick met"') == 2
    assert svg.count('class="stick"') == 2
    assert ">2 or more</text>" in svg


def test_apart_keeps_order_distance_and_bounds() -> None:
    placed = apart([10.0, 11.0, 12.0, 95.0], 13.0, 0.0, 100.0)
    assert placed == sorted(placed)
    assert min(b - a for a, b in pairwise(placed)) >= 13.0
    assert max(placed) <= 100.0
