"""Amounts with a magnitude and no unit: they count what their label names, or go on from what is counted or from money."""

from __future__ import annotations

import re

from salpi.evidence.quantities.cues import NATION_OF, SUM_NAMED, last_label
from salpi.evidence.quantities.found import Found
from salpi.evidence.quantities.headers import CURRENCY
from salpi.evidence.quantities.nearby import Nearby, alike, fits
from salpi.evidence.quantities.units import PERSONS

_IN_MONEY = re.compile(r"\b[Ii]n (?P<money>[a-z]{3,8})\b[^.;\d]{0,24}$")
_CONVERTED = re.compile(
    r" ?\(|,? (?:or|i\.e\.|that is|which is|equal to|equivalent to)(?: (?:about|some|around|roughly|nearly))? "
)
"""What stands before an amount that says the one before it in another currency."""


def is_large(one: Found) -> bool:
    """Whether a figure carries a magnitude: "3.2 million", "twelve thousand"."""
    return one.scaled and (one.scale >= 1e4 or (one.rule == "words" and one.value >= 1e4))


def in_money(text: str, one: Found, near: Nearby) -> bool:
    """An amount whose currency is named before it: "In euros we still grow: 47 billion"."""
    named = _IN_MONEY.search(near.lead)
    if named is None or (unit := CURRENCY.get(named["money"])) is None:
        return False
    one.unit, one.rule = unit, "currency named before"
    return True


def labelled(text: str, one: Found, near: Nearby) -> bool:
    """A number that its label counts: "visitors reached 1.2 million"; billions are money where there was any."""
    label = last_label(near.lead)
    if label is None or (one.scale >= 1e9 and near.money):
        return False
    one.unit = "persons" if label["noun"].lower() in PERSONS else "count"
    return True


def nation(text: str, one: Found, near: Nearby) -> bool:
    """The people of a country: "a nation of 52 million"."""
    if NATION_OF.search(near.lead) is None:
        return False
    one.unit, one.rule = "persons", "people of a country"
    return True


def beside(text: str, one: Found, near: Nearby) -> bool:
    """The unit of the quantity before it in the sentence, where that counts: "from 1.1 million doses to 2.4 million"."""
    last = near.same[-1] if near.same else None
    if last is None or last.unit not in ("count", "persons", "L") or not fits(one, last):
        return False
    one.unit, one.rule = last.unit, "unit of the one before"
    return True


def spoken_of(text: str, one: Found, near: Nearby) -> bool:
    """The unit of what was spoken of, unless there was money of its size since."""
    spoken = near.nearest
    if spoken is None or any(other.start > spoken.start and alike(one, other) for other in near.money):
        return False
    one.unit, one.rule = spoken.unit, "unit of what was spoken of"
    return True


def sum_again(text: str, one: Found, near: Nearby) -> bool:
    """The currency of the amount before: "It raised 80 billion won in May and 120 billion in June"."""
    size = max(one.scale, one.value if one.rule == "words" else 1.0)
    if not near.money or not (size >= 1e5 or (one.rule == "korean compound" and SUM_NAMED.search(near.lead))):
        return False
    kept = near.money[-1]
    if len(near.money) > 1 and _CONVERTED.fullmatch(text, near.money[-2].end, kept.start):
        kept = near.money[-2]  # the other stands beside it only to convert it
    if not alike(one, kept):
        kept = next((other for other in reversed(near.money) if alike(one, other)), kept)
    one.unit, one.rule = kept.unit, "currency of the amount before"
    return True
