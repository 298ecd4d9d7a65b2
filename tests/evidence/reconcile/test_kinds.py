"""Why two values differ: restated by their publisher, aimed at anew, taken for another measure, or nobody knows."""

from __future__ import annotations

from dataclasses import replace

import pytest
from reconcile_tiny import GOOD, claim, document, found, known, marks

from salpi.evidence.reconcile.known import Known
from salpi.plan.schema import Source, Text
from salpi.plan.wording import explain
from tiny import indicator, row, target


def _kinds(finding) -> list[str]:
    return [item.kind for item in finding.conflicts]


@pytest.mark.parametrize("value", [11e9, 25e9, 2e9])
def test_a_target_stated_anew_is_a_revision_whatever_its_size(value) -> None:
    beside = known(targets={"t": target(10e9, 2030)})
    assert _kinds(found(beside, claim(value, "2030", status="target"))) == ["vintage"]


def test_a_target_stated_otherwise_on_the_same_day_is_none() -> None:
    beside = known(targets={"t": target(10e9, 2030, announced="2026-11-05")})
    assert _kinds(found(beside, claim(25e9, "2030", status="target"))) == ["contradiction"]


@pytest.mark.parametrize(
    ("publisher", "kind"),
    [("Office", "vintage"), ("Daily (Office)", "vintage"), ("Institute", "contradiction"), ("unknown", "vintage")],
)
def test_a_figure_is_restated_by_its_own_publisher(publisher, kind) -> None:
    beside = known(row(2025, 1.5e9, as_of="2026-01-15"))
    beside.sources[GOOD.source] = Source(title="Later", publisher=publisher, published="2026-11-05")
    one = found(beside, claim(1.6e9), replace(GOOD, publisher=publisher))
    assert _kinds(one) == [kind]


def test_a_document_that_contradicts_itself_is_told_so() -> None:
    _, second = document(known(row(2024, 1.45e9)), claim(1.5e9), claim(1.7e9))
    assert _kinds(second) == ["contradiction"]
    assert marks(second) == ["itself"]
    assert "One document gives different figures" in second.conflicts[0].explanation.en
    assert "do not say why" not in second.conflicts[0].explanation.en


def _firm(revenue: float, orders: float) -> Known:
    rows = [row(2025, revenue, subject="Firm", indicator="revenue"), row(2025, orders, subject="Firm")]
    return known(*rows, more={"revenue": indicator()})


def test_a_figure_of_another_measure_is_told_first_and_explains_the_gap() -> None:
    one = found(_firm(3.34e9, 5.4e9), claim(3.3e9, subject="Firm"))
    assert marks(one) == ["like"]
    assert "do not say why" not in one.conflicts[0].explanation.en


@pytest.mark.parametrize("value", [3.35e9, 3.2e9, 3e9])
def test_figures_that_are_only_near_are_not_taken_for_another_measure(value) -> None:
    one = found(_firm(3.28e9, 5.4e9), claim(value, subject="Firm"))
    assert "like" not in marks(one)


def test_of_a_country_only_related_measures_are_taken_for_each_other() -> None:
    rows = [row(2025, 5.4e9), row(2025, 3.34e9, indicator="y")]
    assert "like" not in marks(found(known(*rows, more={"y": indicator()}), claim(3.3e9)))
    assert "like" in marks(found(known(*rows, more={"y": indicator()}, includes=("y",)), claim(3.3e9)))


def test_restatements_are_told_in_order_and_once() -> None:
    from salpi.plan.reconcile import Side

    def side(value, as_of):
        return Side("x", value, "days", "actual", "office", "Office figures", as_of, Text(en="d", ko="d"), "2025")

    sides = [side(259, "2026-11-20"), side(295, "2025-09-05"), side(295, "2026-01-02"), side(295, "2026-01-02")]
    told = explain("vintage", Text(en="Time", ko="기간"), Text(en="Land", ko="땅"), "2025", sides, 0.1, "claim")
    assert "295 days (2025-09-05) → 259 days (2026-11-20)" in told.en
    assert told.en.count("→") == 1


@pytest.mark.parametrize("value", [12.0, 4.0])
def test_a_change_against_the_quarter_before_is_not_compared(value) -> None:
    """Neither repeated nor in conflict with what was counted against the year before: a person decides."""
    beside = known(row("2025", 12.0, unit="%"), unit="%", kind="rate")
    said = found(beside, claim(value, unit="%", rules={"against": "against the quarter before"}))
    assert (said.verdict, said.rule) == ("waiting", "base")
    assert said.reason == "is a change against the quarter before, not against the year before"
