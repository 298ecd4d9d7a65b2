"""Whether two statements say the same does not hang on which came first, nor on the unit in which they are made."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reconcile_tiny import RULES, claim, found, known

from salpi.evidence.reconcile.agree import relation
from salpi.evidence.reconcile.known import Fact
from salpi.plan.periods import Period
from salpi.units import factor
from tiny import row

VALUES = st.floats(1, 1e6)
QUALIFIERS = st.sampled_from(["", "about", "over", "at_least", "up_to"])


def _fact(value, qualifier="", unit="USD") -> Fact:
    return Fact(row(2025, value, qualifier=qualifier, unit=unit), Period.parse("2025"))


@given(VALUES, QUALIFIERS, VALUES, QUALIFIERS)
def test_neither_side_is_asked_first(one, how, two, other) -> None:
    plan = known().plan
    a, b = _fact(one, how), _fact(two, other)
    there, back = (relation(plan, x.row, None, y, RULES) for x, y in ((a, b), (b, a)))
    assert (there == "apart") == (back == "apart")
    if how in ("", "about") and other in ("", "about"):
        assert there == back


@pytest.mark.parametrize(
    ("before", "how", "after", "other", "said"),
    [
        (1.44e9, "", 1.5e9, "about", "repeated"),
        (1.5e9, "about", 1.44e9, None, "repeated"),
        (1.44e9, "", 1.6e9, "about", "waiting"),
        (2e9, "up_to", 1.51e9, None, "accepted"),
        (1.4e9, "over", 1.51e9, None, "accepted"),
        (1.6e9, "over", 1.51e9, None, "waiting"),
        (1.4e9, "up_to", 1.51e9, None, "waiting"),
        (1.6e9, "", 1.2e9, "over", "repeated"),
    ],
)
def test_bounds_and_rough_figures(before, how, after, other, said) -> None:
    beside = known(row(2025, before, qualifier=how), row(2024, 1.45e9))
    assert found(beside, claim(after, qualifier=other)).verdict == said


def test_a_bound_conflicts_only_with_what_lies_beyond_it() -> None:
    beside = known(row(2025, 1.6e9))
    assert found(beside, claim(1e9, qualifier="over")).rule == "bound"
    assert found(beside, claim(1.7e9, qualifier="over")).rule == "conflict"
    assert found(beside, claim(1.5e9, qualifier="up_to")).rule == "conflict"


@pytest.mark.parametrize(("low", "high", "rule"), [(1.9e12, 2.4e12, "known"), (2.4e12, 2.9e12, "conflict")])
def test_a_range_in_the_other_currency(low, high, rule) -> None:
    """1.5bn dollars are 2.1tn won."""
    assert found(known(row(2025, 1.5e9)), claim(low, unit="KRW", high=high)).rule == rule


def test_ranks_are_exact() -> None:
    beside = known(row(2025, 20, unit="rank"), unit="rank", kind="rank")
    assert found(beside, claim(20, unit="rank")).verdict == "repeated"
    assert found(beside, claim(21, unit="rank")).rule == "conflict"
    assert found(beside, claim(21, unit="rank", qualifier="about")).rule == "conflict"


@pytest.mark.parametrize(
    ("more", "rule"),
    [({}, "conflict"), ({"qualifier": "about"}, "known"), ({"text": "12 thousand"}, "known"), ({"text": "1만 2천 명"}, "known")],
)
def test_counts_are_rounded_only_where_the_wording_says_so(more, rule) -> None:
    beside = known(row(2025, 12_400, unit="persons"), unit="persons")
    assert found(beside, claim(12_000, unit="persons", **more)).rule == rule


@given(
    st.sampled_from([("days", "months"), ("days", "weeks"), ("USD", "million USD"), ("USD", "KRW"), ("L", "m3")]),
    st.floats(0.1, 10),
)
def test_any_fitting_unit_gives_the_same_finding(units, ratio) -> None:
    """At the edge two currencies have a wider margin, no other pair of units has one. The amount is no round number: of 400 days
    397 may be the exact figure, where in months there is nothing to round.
    """
    home, other = units
    money = other == "KRW"
    if (money and (0.9 < ratio < 0.995 or 1.005 < ratio < 1.1)) or min(abs(ratio - 0.995), abs(ratio - 1.005)) < 1e-4:
        return
    beside = known(row(2025, 412.7, unit=home), row(2024, 380.0, unit=home), unit=home)
    value = 412.7 * ratio
    stated = value * 1400 if other == "KRW" else value / factor(other, home)
    one, two = found(beside, claim(value, unit=home)), found(beside, claim(stated, unit=other))
    assert (one.verdict, one.rule) == (two.verdict, two.rule)
    new, also = found(beside, claim(value, "2023", home)), found(beside, claim(stated, "2023", other))
    assert (new.verdict, new.rule) == (also.verdict, also.rule)
