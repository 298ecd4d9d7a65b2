"""Against what a change is measured, where the text says another base than the year before: the quarter or the month before."""

from __future__ import annotations

import re

from salpi.evidence.claims.page import Sentence
from salpi.evidence.quantities.scan import Found

SHORTER = {"quarter": "against the quarter before", "month": "against the month before"}
HARD_BEFORE = 3
"""Characters: a blank, a sign, a colon."""
_THAN = r"(?:from|than|over|on|to|versus|vs\.?|against|with|in)[ ](?:the |its |a |one )?"
_BEFORE = r"(?:previous|prior|preceding|last)"


def _unit(name: str, letter: str) -> str:
    return (
        rf"\b{name}[- ](?:on|over|to)[- ]{name}\b|\b{letter}[-/ ]?o[-/ ]?{letter}\b|\b{letter}/{letter}\b"
        rf"|\b{_THAN}{_BEFORE} {name}\b|\b{_THAN}{name} (?:before|earlier)\b|\bthe {name} before\b"
    )


_SAID = re.compile(
    rf"(?:\b(?=[aifmoqstvwy])|(?=[전직지작재1같연]))(?:(?P<quarter>{_unit('quarter', 'q')}|\bsequential(?:ly)?\b"
    r"|(?:전|직전)\s?분기(?:[가-힣]{1,3})?\s?(?:대비|보다|에\s?비해|에\s?견줘)|(?:전|직전)\s?분기\s?比)"
    rf"|(?P<month>{_unit('month', 'm')}|(?:전월|전달|직전\s?월|지난달)\s?(?:대비|보다|에\s?비해|에\s?견줘|比))"
    rf"|(?P<year>{_unit('year', 'y')}|\b(?:the |a )year (?:before|earlier|ago)\b|\byear[- ]ago\b|\bannual(?:ly|ised|ized)?\b"
    r"|\bsame (?:period|quarter|month|half)\b|전년|지난해|작년|재작년|1년\s?전|같은\s?(?:기간|분기|달)|연평균))",
    re.IGNORECASE,
)
"""Before all stands how any of it begins: most places are passed over by one look at a character."""


def against(sentence: Sentence, one: Found) -> str | None:
    """``quarter`` or ``month`` where a change is said to be one against the quarter or the month before; None where the base is
    a year before, or not said.

    Korean says the base before the number, English behind it or hard before it ("QoQ +3 %"); each else on its other side, up to
    the next number.
    """
    text, a, b = sentence.text, one.start - sentence.start, one.end - sentence.start
    found, base = sentence.found, sentence.start
    until = min([other.start for other in found if other.start >= one.end], default=base + len(text)) - base
    since = max([other.end for other in found if other.end <= one.start], default=base) - base
    before = [*_SAID.finditer(text, since, a)]
    said = last = before[-1] if before else None
    if last is None or (sentence.lang != "ko" and a - last.end() > HARD_BEFORE):
        said = _SAID.search(text, b, until) or last
    return None if said is None or said.lastgroup == "year" else said.lastgroup
