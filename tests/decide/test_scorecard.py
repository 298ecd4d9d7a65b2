"""The scorecard: targets in force, what they replaced, other definitions, and its JSON."""

from __future__ import annotations

import json

import numpy as np
import pytest
from runs import flat, judged

import tiny
from salpi.decide.scorecard import folded
from tiny import indicator, row, target

SHAPE = {
    *("id", "indicator", "subject", "target", "unit", "by", "comparison", "baseline", "latest", "pace_needed", "pace_seen"),
    *(
        "probability",
        "probability_reason",
        "forecast",
        "expected_date",
        "verdict",
        "why",
        "supersedes",
        "superseded_by",
        "sources",
    ),
}
"""Keys that the documented shape promises."""
CHAIN = {
    "first": target(1, 2025, announced="2021-01", superseded_by="second"),
    "second": target(2, 2027, announced="2023-01", superseded_by="third"),
    "third": target(3, 2030, announced="2025-01", supersedes=("second",)),
    "other": target(9, 2030),
}


def test_replaced_targets_are_folded_under_their_successor() -> None:
    card = judged(tiny.plan([row(2025, 1)], targets=CHAIN))
    assert [r.id for r in card.rows] == ["third", "other"]
    assert [f.id for f in card.row("third").supersedes] == ["second", "first"]
    assert card.row("first") is card.row("second") is card.row("third")


def test_a_chain_that_bites_its_tail_ends() -> None:
    ring = {"a": target(1, 2030, superseded_by="b"), "b": target(2, 2030, superseded_by="a")}
    assert [k for k, _ in folded(tiny.plan(targets=ring), "a")] == ["b"]


def test_a_successor_that_is_not_in_the_plan_leaves_the_target_in_force() -> None:
    card = judged(tiny.plan(targets={"t": target(1, 2030, superseded_by="gone")}))
    assert [r.id for r in card.rows] == ["t"]


def test_an_unknown_target_names_the_nearest() -> None:
    with pytest.raises(KeyError, match="the scorecard has no target 'thirt'; did you mean 'third'"):
        judged(tiny.plan(targets=CHAIN)).row("thirt")


def test_doubled_is_tested_on_each_definitions_own_base() -> None:
    inds = {"x@a": indicator(), "x@b": indicator(), "x@c": indicator(), "y@a": indicator()}
    rows = [row(2024, 10, indicator="x@a"), row(2024, 20, indicator="x@b"), row(2023, 5, indicator="x@c")]
    doubled = target(20, 2030, indicator="x@a", relative={"multiple": 2, "base_period": 2024})
    paths = {"x@a": flat(np.full(100, 25.0)), "x@b": flat(np.full(100, 30.0))}
    card = judged(tiny.plan(rows, inds, {"t": doubled}), paths)
    assert [r.id for r in card.rows] == ["t", "t/x@b"]
    assert [r.target for r in card.rows] == [20, 40]
    assert [r.probability for r in card.rows] == [1.0, 0.0]
    assert card.rows[1].variant_of == "t"
    assert card.rows[1].baseline is not None
    assert card.rows[1].baseline.value == 20
    assert sum(card.verdicts().values()) == 1
    named = doubled.but(relative=doubled.relative.but(definitions=("x@a", "x@c")))
    card = judged(tiny.plan(rows, inds, {"t": named}), paths)
    assert [r.id for r in card.rows] == ["t", "t/x@c"]
    assert card.rows[1].verdict == "unverifiable"
    assert "no published figure for 2024" in card.rows[1].why.en


def test_the_json_has_the_documented_shape_and_is_plain() -> None:
    rows = [row(2024, 1), row(2025, 2)]
    told = json.loads(json.dumps(judged(tiny.plan(rows, targets=CHAIN), {"x": flat(np.arange(100.0))}).to_json()))
    assert set(told) == {"spec", "targets"}
    for found in told["targets"]:
        assert set(found) >= SHAPE
        assert set(found["forecast"]) >= {"p05", "p25", "p50", "p75", "p95"}
        assert set(found["expected_date"]) >= {"p05", "p50", "p95"}
        assert set(found["pace_needed"]) == {"from_now", "from_baseline", "unit"}
        assert set(found["latest"]) >= {"value", "period", "source"}


def test_verdicts_are_counted() -> None:
    card = judged(tiny.plan([row(2025, 1)], targets=CHAIN), {"x": flat(np.r_[np.full(50, 4.0), np.full(50, 1.0)])})
    assert card.verdicts() == {"open": 1, "very unlikely": 1}
    assert "1 open" in repr(card)
    assert "<table>" in card._repr_html_()
