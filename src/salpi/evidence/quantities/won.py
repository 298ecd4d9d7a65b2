"""Korean sums without a currency ("82억") are won, unless they go on from an amount in another one."""

from __future__ import annotations

import re

from salpi.evidence.quantities.found import Found
from salpi.evidence.quantities.nearby import UNITS, alike

LEFT_OUT = "won left out"
"""The rule of a sum of 억 or 조 behind which no currency stands."""
_REACH = 60
_STOPS = re.compile(r"\n|\.\s|원화|우리 돈|한화|=|≈|^\s?\((?:약\s)?$")
"""Between two amounts what parts them, or says that the second is the first in won."""
_TIMES = 30.0
_NEXT = re.compile(
    r"[,·~→\s]{1,3}(?:(?:19|20)?\d\d년|지난해|작년|올해|내년|재작년|전년|[1-4]\s?분기|상반기|하반기|\d{1,2}월)(?:에는|에|는|은|엔)?\s?(?:약\s)?"
)
"""Between two amounts of one series: the period of the second."""


def settle_won(text: str, found: list[Found]) -> None:
    """Gives such sums the currency of the amount just before them in the sentence where both are of a size.

    "수출은 2021년 87억 달러, 작년에 82억": an amount of dollars in won is a thousand times larger.
    """
    kept: Found | None = None
    for one in found:
        if one.unit is None or one.unit in UNITS:
            continue
        if (
            one.rule == LEFT_OUT
            and kept is not None
            and kept.unit != "KRW"
            and one.start - kept.end < _REACH
            and _STOPS.search(text[kept.end : one.start]) is None
            and alike(one, kept, _TIMES)
        ):
            one.unit, one.rule = kept.unit, "currency of the amount before"
        kept = one
    _take_from_last(text, found)


def _take_from_last(text: str, found: list[Found]) -> None:
    """A series names its currency once, at its end: "2021년 70억, 2022년 81억, 2023년 76억 달러"."""
    kept: Found | None = None
    for one in reversed(found):
        if (
            one.rule == LEFT_OUT
            and kept is not None
            and kept.unit not in (None, "KRW")
            and _NEXT.fullmatch(text, one.end, kept.start) is not None
            and alike(one, kept, _TIMES)
        ):
            one.unit, one.rule = kept.unit, "currency of the series"
        kept = one if one.unit is not None and one.unit not in UNITS else None
