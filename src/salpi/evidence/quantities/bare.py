"""Figures without a unit of their own: they take that of the quantity they are set against, or they measure nothing."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable

from salpi.evidence.quantities import amounts, elided, followed, preceded, resumed
from salpi.evidence.quantities.carried import carried
from salpi.evidence.quantities.found import Found
from salpi.evidence.quantities.headers import settle_declared
from salpi.evidence.quantities.namesakes import settle_dollars, settle_namesakes, settle_rupees
from salpi.evidence.quantities.nearby import Nearby, Place
from salpi.evidence.quantities.rows import settle_rows
from salpi.evidence.quantities.series import settle_series
from salpi.evidence.quantities.stood_for import korean_sum
from salpi.evidence.quantities.won import LEFT_OUT, settle_won

Rule = Callable[[str, Found, Nearby], bool]
"""Settles the unit of a bare figure of a text, or leaves the figure as it is to the next rule.

Says whether it has decided: a figure of which it knows that it measures nothing is decided too, and keeps no unit.
"""

_ANY: tuple[Rule, ...] = (
    preceded.unit_of_heading,
    followed.points,
    followed.unit_of_next,
    elided.asked,
    elided.people,
)
_LARGE: tuple[Rule, ...] = (
    *_ANY,
    korean_sum,
    amounts.in_money,
    amounts.labelled,
    amounts.nation,
    amounts.beside,
    amounts.spoken_of,
    amounts.sum_again,
)
"""The rules for amounts with a magnitude, in their order; the first that decides holds."""
_PLAIN: tuple[Rule, ...] = (
    *_ANY,
    followed.of_label,
    followed.ones,
    followed.of_people,
    preceded.employed,
    preceded.those_who,
    elided.rate,
    elided.amount,
    elided.more,
    elided.tallied,
    carried,
    preceded.name_alone,
    followed.people_act,
    preceded.staff_in_short,
    preceded.number_of,
    preceded.label,
    resumed.level_behind_change,
    resumed.amount_set_against,
    resumed.part_in_brackets,
    resumed.set_against,
    resumed.counted_alike,
    preceded.long_label,
    preceded.rate_label,
    preceded.money_label,
    followed.exchange_rate,
    resumed.of_another_name,
    resumed.taken_up,
    resumed.part_of_counted,
    resumed.numeral_alone,
    resumed.grouped,
    resumed.of_topic,
)
"""The rules for all other figures, in their order."""


Judge = Callable[[str, list[Found], int, Place, Found], None]
"""Decides about ``found[at]`` when the rules have been asked: (text, found, at, where it stands, the figure before the rules)."""
_DOUBTFUL = frozenset(
    {LEFT_OUT, "words", "counted noun", "fraction in words", "place in words", "multiple in words", "numbered place", "top group"}
)


def doubtful(one: Found) -> bool:
    """Whether a quantity that names its unit, or is taken to be in won, may still be none, or measure something else."""
    return one.rule in _DOUBTFUL or (one.rule == "figure" and one.unit in ("years", "months"))


def settle(text: str, found: list[Found], sentences: list[tuple[int, int]], judge: Judge | None = None) -> list[Found]:
    """Quantities with a unit each: bare figures get one from what stands beside them, or are left out.

    ``judge``: asked about bare and doubtful figures, each after those before it.
    """
    starts = [start for start, _ in sentences]
    left: list[tuple[int, Place, bool]] = []
    settle_rupees(text, found)
    settle_series(text, found)
    settle_declared(text, found)
    followed.settle_lists(text, found)
    settle_rows(text, found)
    if not text.isascii():
        settle_won(text, found)
    for at, one in enumerate(found):
        if one.unit is not None and (judge is None or not doubtful(one)):
            continue
        start, end = sentences[max(0, bisect_right(starts, one.start) - 1)] if sentences else (0, len(text))
        near: Place
        if one.unit is None:
            near = Nearby(text, found, at, start, end)
            _ask(text, found, at, near, judge)
        elif judge is not None:
            near = Place(found, at, start, end)
            judge(text, found, at, near, one)
        if one.unit is None:
            left.append((at, near, near.following is not None and near.following.unit is None))
    changed = settle_dollars(text, found) | settle_namesakes(text, found)
    for at, near, open_end in left:  # once more where what stands beside has a unit by now
        if changed or (open_end and near.following is not None and near.following.unit is not None):
            _ask(text, found, at, Nearby(text, found, at, near.start, near.end), judge)
            changed = changed or found[at].unit is not None
    return [one for one in found if one.unit is not None]


def _ask(text: str, found: list[Found], at: int, near: Nearby, judge: Judge | None) -> None:
    one = found[at]
    before = one if judge is None else one.copied()
    _settle(text, one, near)
    if judge is not None and one.rule != "unit of its heading":
        judge(text, found, at, near, before)


def _settle(text: str, one: Found, near: Nearby) -> None:
    for rule in _LARGE if amounts.is_large(one) else _PLAIN:
        if rule(text, one, near):
            if one.unit == "L":
                _thousands(one, near)
            return


def _thousands(one: Found, near: Nearby) -> None:
    """Litres told in thousands like those before: "180,000 litres at once, which brings them to 784", "60 kL out of 240"."""
    kept = next((other for other in reversed(near.wide) if other.unit == "L"), None)
    if kept is None or one.scaled or one.factor != 1.0 or not 1 <= one.value < 2000 or kept.value < 1e4 or kept.value % 1000:
        return
    if one.value * 30 < kept.value and 1 / 30 < one.value * 1e3 / kept.value < 30:
        one.scale = 1e3
        one.multiply(1e3)
