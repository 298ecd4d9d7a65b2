"""Where sources disagree: both sides found, the kind of disagreement told by rules, the weightiest first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tiny
from salpi.plan.reconcile import HALF_LIFE_YEARS, TARGET_WEIGHT, WEIGHT, Conflict, conflicts
from salpi.plan.schema import Source
from tiny import indicator, row, target

SOURCES = {s: Source(title=f"Title {s}", publisher="p", published=None) for s in ("office", "paper", "agency")}


def one(*rows: tiny.Observation, **more: object) -> Conflict:
    found = conflicts(tiny.plan(rows, sources=SOURCES, **more))
    assert len(found) == 1, [c.id for c in found]
    return found[0]


def none(*rows: tiny.Observation, **more: object) -> None:
    assert conflicts(tiny.plan(rows, sources=SOURCES, **more)) == ()


TWO = {"x@a": indicator(definition=tiny.text("whole industry")), "x@b": indicator(definition=tiny.text("large firms"))}


def test_two_sources_at_one_time_contradict_each_other() -> None:
    found = one(row(2024, 7, as_of="2025-02"), row(2024, 5, as_of="2025-03", source="paper"))
    assert (found.kind, found.indicator, found.period) == ("contradiction", "x", "2024")
    assert found.gap == pytest.approx(2 / 7)
    assert [(side.value, side.source) for side in found.sides] == [(7, "office"), (5, "paper")]
    assert found.id == "x.2024.contradiction"
    for lang in ("en", "ko"):
        assert all(figure in found.explanation(lang) for figure in ("7", "5", "29%"))


def test_a_figure_restated_later_is_a_vintage() -> None:
    assert one(row(2024, 7, as_of="2025-02"), row(2024, 5, as_of="2025-08")).kind == "vintage"
    assert one(row(2024, 7, as_of="2025-02"), row(2024, 5, as_of="2025-03", as_of_basis="revision")).kind == "vintage"


def test_a_figure_printed_with_fewer_digits_is_a_rounding() -> None:
    assert one(row(2024, 6.54), row(2024, 6.5, source="paper")).kind == "rounding"


def test_three_figures_two_of_them_roundings_still_contradict() -> None:
    assert one(row(2024, 6.54), row(2024, 6.5, source="paper"), row(2024, 8, source="agency")).kind == "contradiction"


def test_figures_within_half_a_percent_agree() -> None:
    none(row(2024, 1000), row(2024, 1004, source="paper"))


def test_bounds_targets_other_periods_and_other_subjects_are_not_compared() -> None:
    none(
        row(2024, 5),
        row(2024, 9, qualifier="over"),
        row(2024, 9, status="target"),
        row(2024, 9, status="forecast"),
        row(2023, 9),
        row("2024-Q4", 9),
        row(2024, 9, subject="Elsewhere"),
        row(None, 9),
    )


def test_two_definitions_of_one_family() -> None:
    found = one(row(2024, 7, indicator="x@a"), row(2024, 5, indicator="x@b"), indicators=TWO)
    assert (found.kind, found.indicator) == ("definition", "x")
    assert found.id == "x.2024.definition"
    assert "whole industry" in found.explanation.en
    assert "large firms" in found.explanation.en


def test_a_definition_that_contains_the_other_is_a_scope() -> None:
    nested = {**TWO, "x@a": indicator(includes=("x@b",))}
    assert one(row(2024, 7, indicator="x@a"), row(2024, 5, indicator="x@b"), indicators=nested).kind == "scope"
    parts = {"x@a": indicator(includes=("p", "q")), "x@b": indicator(includes=("p",))}
    assert one(row(2024, 7, indicator="x@a"), row(2024, 5, indicator="x@b"), indicators=parts).kind == "scope"


def test_one_indicator_in_two_currencies() -> None:
    more = {"indicators": {"x@a": indicator(), "fx": indicator("KRW/USD", "rate")}, "rates": "fx"}
    rate, won = row(2024, 1000, indicator="fx", unit="KRW/USD"), row(2024, 1e12, indicator="x@a", unit="KRW", source="paper")
    none(rate, won, row(2024, 1.04e9, indicator="x@a"), **more)
    found = one(rate, won, row(2024, 1.2e9, indicator="x@a"), **more)
    assert (found.kind, found.id) == ("currency", "x.a.2024.currency")
    assert found.gap == pytest.approx(1 / 6)
    none(won, row(2024, 1.2e9, indicator="x@a"), **more)  # no rate: nothing to compare
    none(rate, won, row(2024, 1.2e9, indicator="x@a", unit="EUR"), **more)


def test_a_restatement_is_found_beside_a_value_in_another_currency() -> None:
    won = row(2024, 1e12, unit="KRW", source="paper")
    found = one(won, row(2024, 7, as_of="2025-02"), row(2024, 5, as_of="2025-08"))
    assert (found.kind, len(found.sides)) == ("vintage", 2)


def test_a_baseline_beside_a_value_in_another_currency() -> None:
    aim = target(20, 2030, baseline={"value": 9.0, "period": "2024", "source": "paper"})
    none(row(2024, 1e12, unit="KRW"), targets={"aim": aim})
    found = one(row(2024, 1e12, unit="KRW"), row(2024, 5), targets={"aim": aim})
    assert (found.kind, [side.value for side in found.sides]) == ("contradiction", [9, 5])


def test_one_amount_in_two_currencies() -> None:
    both = {"x@a-krw": indicator("KRW"), "x@a-usd": indicator("USD"), "fx": indicator("KRW/USD", "rate")}
    rate = row(2024, 1300, indicator="fx", unit="KRW/USD")
    won = row(2024, 1.3e12, indicator="x@a-krw", unit="KRW")
    none(rate, won, row(2024, 1.04e9, indicator="x@a-usd"), indicators=both, rates="fx")
    found = one(rate, won, row(2024, 1.2e9, indicator="x@a-usd"), indicators=both, rates="fx")
    assert found.kind == "currency"
    assert found.gap == pytest.approx(1 / 6)


def test_the_same_words_for_two_families() -> None:
    said = {"x": indicator(phrases={"en": ("bio exports",)}), "y": indicator(phrases={"en": ("Bio Exports",)})}
    found = one(row(2024, 7), row(2024, 5, indicator="y"), indicators=said)
    assert found.kind == "scope"


def test_a_flag_has_no_gap_between_definitions() -> None:
    flags = {"x@a": indicator("flag", "flag"), "x@b": indicator("flag", "flag")}
    none(row(2024, 1, indicator="x@a", unit="flag"), row(2024, 0, indicator="x@b", unit="flag"), indicators=flags)


def test_a_baseline_that_no_figure_bears_out() -> None:
    based = {"t": target(10, 2030, baseline={"value": 5, "period": 2024})}
    none(row(2024, 5), targets=based)
    none(row(2024, 5.01), targets=based)
    assert one(row(2024, 7), targets=based).id == "x.2024.baseline.t.contradiction"
    assert [side.status for side in one(row(2024, 7), targets=based).sides] == ["target", "actual"]


def test_a_baseline_of_another_definition() -> None:
    based = {"t": target(10, 2030, indicator="x@a", baseline={"value": 5, "period": 2024})}
    plan = tiny.plan([row(2024, 7, indicator="x@a"), row(2024, 5, indicator="x@b")], TWO, based, SOURCES)
    found = {c.id: c for c in conflicts(plan)}
    assert found["x.2024.baseline.t.definition"].kind == "definition"
    assert len(found["x.2024.baseline.t.definition"].sides) == 3


def test_weights() -> None:
    """By kind and gap, half as much three years on, threefold where a standing target rests on it."""
    rows = [row(2025, 7), row(2025, 5, source="paper")]
    now = one(*rows, as_of="2025-12-31")
    assert now.weight == pytest.approx(WEIGHT["contradiction"] * 2 / 7)
    assert one(*rows, as_of="2028-12-31").weight == pytest.approx(now.weight / 2, rel=1e-3)
    assert HALF_LIFE_YEARS == 3.0
    rested = one(*rows, as_of="2025-12-31", targets={"t": target(10, 2030)})
    assert rested.weight == pytest.approx(now.weight * TARGET_WEIGHT)
    replaced = one(*rows, as_of="2025-12-31", targets={"t": target(10, 2030, superseded_by="u")})
    assert replaced.weight == pytest.approx(now.weight)


def test_the_weightiest_comes_first_and_ids_are_unique() -> None:
    rows = [row(y, v, source=s) for y in (2020, 2023, 2025) for v, s in ((7, "office"), (5, "paper"))]
    found = conflicts(tiny.plan(rows, sources=SOURCES))
    assert [c.period for c in found] == ["2025", "2023", "2020"]
    assert len({c.id for c in found}) == 3


@given(st.permutations(range(6)))
def test_the_order_of_the_rows_does_not_matter(order: list[int]) -> None:
    rows = [row(2024, 7), row(2024, 5, source="paper"), row(2024, 6.9, source="agency", as_of="2025-01")]
    rows += [row(2024, 5, indicator="x@b"), row(2024, 9, indicator="x@a"), row(2023, 4)]
    inds = {"x": indicator(), **TWO}
    assert conflicts(tiny.plan([rows[i] for i in order], inds, sources=SOURCES)) == conflicts(
        tiny.plan(rows, inds, sources=SOURCES)
    )


WHO = ("가나", "다라", "A Firm", "Änder")


def test_subjects_in_any_script_have_conflicts_of_their_own() -> None:
    rows = [row(2024, v, source=s, subject=who) for who in WHO for v, s in ((7, "office"), (5, "paper"))]
    found = conflicts(tiny.plan(rows, sources=SOURCES))
    assert {c.subject for c in found} == set(WHO)
    assert all(c.id.isascii() for c in found)
    assert "x.a-firm.2024.contradiction" in {c.id for c in found}
