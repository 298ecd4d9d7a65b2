"""A figure that stands several times in a document, weakly and well, in one currency and in two."""

from __future__ import annotations

import pytest
from reconcile_tiny import claim, document, known

from tiny import row


def test_the_surest_mention_speaks_for_the_figure() -> None:
    weak, sure = claim(1.51e9, score=0.6), claim(1.51e9)
    for order in ((weak, sure), (sure, weak)):
        said = document(known(row(2024, 1.45e9)), *order)
        assert sorted((one.verdict, one.rule) for one in said) == [("accepted", "new"), ("repeated", "mention")]
        assert said[order.index(sure)].rule == "new"


def test_a_point_speaks_before_a_bound() -> None:
    bound, point = claim(1.51e9, qualifier="over"), claim(1.51e9, score=0.99)
    first, second = document(known(row(2024, 1.45e9)), bound, point)
    assert (first.rule, second.rule) == ("mention", "new")


def test_a_bound_does_not_swallow_the_exact_figure() -> None:
    beside = known(row(2025, 1.4e9, qualifier="over"), row(2024, 1.45e9))
    (one,) = document(beside, claim(1.51e9))
    assert (one.verdict, one.rule) == ("accepted", "new")


def test_a_weak_mention_that_waits_is_not_repeated_for_good() -> None:
    """A verdict that stands on the mention that speaks, from a time when the first one spoke."""
    from reconcile_tiny import GOOD, RULES

    from salpi.evidence.reconcile.finding import Case
    from salpi.evidence.reconcile.together import judge_document

    cases = [Case(claim(1.51e9, score=0.6), GOOD), Case(claim(1.51e9), GOOD)]
    first, second = judge_document(cases, known(row(2024, 1.45e9)), RULES, {1: "repeated"})
    assert (first.verdict, first.rule) == ("waiting", "score")
    assert second.verdict == "repeated"


def _readings(won: float, dollars: float, period="2025"):
    return claim(dollars, period, span=(0, 10)), claim(won, period, "KRW", span=(12, 20))


def test_two_readings_that_do_not_agree_both_wait() -> None:
    first, second = document(known(row(2024, 1.45e9)), *_readings(2.8e12, 1.5e9))
    assert (first.verdict, first.rule, first.conflicts) == ("waiting", "rate", ())
    assert (second.verdict, second.rule) == ("waiting", "rate")
    assert [item.kind for item in second.conflicts] == ["currency"]


def test_two_readings_that_agree() -> None:
    first, second = document(known(row(2024, 1.45e9)), *_readings(2.1e12, 1.5e9))
    assert (first.verdict, second.verdict, second.rule) == ("accepted", "repeated", "reading")


@pytest.mark.parametrize(("rate", "rule"), [(1000.0, "rate"), (1400.0, "reading")])
def test_the_rate_is_that_of_the_amounts_year(rate, rule) -> None:
    """The document is of 2026; in 2020 a dollar was a thousand won less dear here."""
    beside = known(row(2024, 1.45e9), row(2020, 1.45e9))
    _, second = document(beside, *_readings(1.5e9 * rate, 1.5e9, "2021"))
    assert second.rule == rule


@pytest.mark.parametrize(("stands", "said"), [("rejected", ("accepted", "new")), ("waiting", ("waiting", "rate"))])
@pytest.mark.parametrize("at", [0, 1])
def test_a_reading_is_held_no_longer_than_the_other_is_open(stands, said, at) -> None:
    from reconcile_tiny import GOOD, RULES

    from salpi.evidence.reconcile.finding import Case
    from salpi.evidence.reconcile.together import judge_document

    cases = [Case(one, GOOD) for one in _readings(2.8e12, 1.5e9)]
    findings = judge_document(cases, known(row(2024, 1.45e9)), RULES, {at: stands})
    other = findings[1 - at]
    assert other is not None
    assert (other.verdict, other.rule) == said
