"""What a bare figure may measure: the units it could have, who lends them, and that a decision leaves the rest as it was read."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from salpi.evidence.judges import units
from salpi.evidence.judges.index import Index
from salpi.evidence.judges.nets import Choosing, Layer
from salpi.evidence.judges.rows import Rows
from salpi.evidence.judges.traits import spelled
from salpi.evidence.judges.units import UnitJudge, about, bare, candidates, take
from salpi.evidence.quantities.bare import settle
from salpi.evidence.quantities.found import Found
from salpi.evidence.quantities.nearby import Nearby
from salpi.evidence.quantities.scan import scan
from salpi.evidence.sentences import sentences

TEXT = "Sales were $4 billion. The review took 310 days, against 420 in Japan, where 12 people do it."


class Listening:
    """Notes what it is asked, and leaves it to the rules."""

    def __init__(self) -> None:
        self.asked: list[tuple[units.Bare, dict]] = []

    def __call__(self, text: str, found: list[Found], at: int, near: Nearby, one: Found) -> None:
        asked = bare(text, found, at, near, one)
        self.asked.append((asked, candidates(asked)))


def heard(text: str) -> list[tuple[units.Bare, dict]]:
    listening = Listening()
    settle(text, scan(text), sentences(text), listening)
    return listening.asked


def net(names: dict[str, float]) -> Choosing:
    """A network that adds up what these names of a candidate say."""
    rows = np.array([[0.0, value, 1.0] for value in names.values()], np.float32)
    nothing = Layer(Index(), Rows.of(np.zeros((0, 2), np.float32)))
    return Choosing(Layer(Index.of(names), Rows.of(rows)), nothing, np.zeros(1, np.float32), np.zeros(1, np.float32))


def test_a_figure_may_measure_what_rules_propose_what_is_lent_and_nothing():
    asked, known = next((asked, known) for asked, known in heard(TEXT) if asked.one.value == 420)
    assert {None, "count", "persons", "%", "rank", "USD", "days"} <= set(known)
    assert [(place, other.unit) for place, other in asked.lenders] == [("p0", "days"), ("e0", "USD"), ("n0", "persons")]
    assert asked.one.unit is None
    assert asked.proposed.unit == "days"
    lent = spelled(known["days"].all())
    assert {"u=days", "mine=" + asked.proposed.rule, "p0", "p|days"} <= set(lent)
    assert "other" in spelled(known["persons"].all())


def test_what_a_figure_says_of_itself_are_names_of_one_line():
    for text in (TEXT, "Staff\n310\n\nof whom\n20", "전체 310곳 중\n12는"):
        for asked, known in heard(text):
            names = spelled([*about(asked), *[trait for each in known.values() for trait in each.all()]])
            assert names
            assert not any("\n" in name for name in names)


def test_a_decision_takes_the_rules_reading_or_the_figure_as_it_was_read():
    read = Found(0, 3, 1.8, None, "figure")
    figure = replace(read, value=1.8e12, unit="KRW", rule="currency of the amount before", scale=1e12)
    take(figure, read, "KRW")
    assert figure.value == 1.8e12
    take(figure, read, "count")
    assert (figure.value, figure.unit, figure.scale) == (1.8, "count", 1.0)
    take(figure, read, None)
    assert figure == read


@pytest.mark.parametrize(("names", "unit"), [({"u=persons": 3.0}, "persons"), ({"u=none": 3.0}, None), ({"p0": 2.0}, "days")])
def test_the_best_candidate_is_taken_and_what_measures_nothing_is_left_out(names, unit):
    found = settle(TEXT, scan(TEXT), sentences(TEXT), UnitJudge(net(names)))
    assert next((one.unit for one in found if one.value == 420), None) == unit


def test_a_decision_says_how_sure_it_is_and_what_names_its_unit_is_not_doubted():
    found = settle(TEXT, scan(TEXT), sentences(TEXT), UnitJudge(net({"u=days": 3.0})))
    sure = {one.value: one.sure for one in found}
    assert sure[310] == sure[4e9] == 1.0
    assert 0.5 < sure[420] < 1.0


def test_without_a_judge_the_rules_decide():
    assert [one.unit for one in settle(TEXT, scan(TEXT), sentences(TEXT))] == ["USD", "days", "days", "persons"]


@pytest.mark.parametrize(
    ("lender", "value"),
    [
        (Found(0, 1, 1.5e11, "KRW", "scaled figure", scaled=True, scale=1e9), 1.3e11),
        (Found(0, 1, 1.5e11, "USD", "scaled figure", scaled=True, scale=1e9), 130),
        (Found(0, 1, 2e12, "KRW", "scaled figure", scaled=True, scale=1e12), 1.3e14),
        (Found(0, 1, 1e8, "KRW", "scaled figure", scaled=True, scale=1e9), 130),
        (Found(0, 1, 900, "KRW", "figure"), 130),
    ],
)
def test_money_without_a_magnitude_takes_that_of_the_nearest_amount(lender, value):
    one = Found(5, 8, 130, None, "figure")
    figure = replace(one)
    take(figure, one, "KRW", [lender])
    assert (figure.value, figure.unit) == (value, "KRW")
