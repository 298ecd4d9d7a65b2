"""Figures without a unit of their own: they take that of the quantity they are set against, or they measure nothing."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

from salpi.evidence.quantities.carried import carried
from salpi.evidence.quantities.cues import (
    AGAIN,
    FAR_LABEL,
    HEADED,
    HIRES,
    INDEX,
    LABEL,
    LEADS,
    LEVEL_AFTER_RATE,
    MONEY_LABEL,
    NAME_BEFORE,
    NAMED_ONLY,
    NATION_OF,
    NUMBER_OF,
    OF_PEOPLE,
    OPEN_AFTER,
    OPEN_BEFORE,
    PEOPLE_DO,
    PER_MONEY,
    POINTS,
    RATE_LABEL,
    SET_AGAINST,
    SHARE_SAID,
    STAFFED,
    STANDS,
    SUM_NAMED,
    TO_NEXT,
    WHOLE,
    WORD_BEFORE,
    YEAR,
    last_noun,
)
from salpi.evidence.quantities.elided import amount, asked, in_money, more, people, rate, tallied
from salpi.evidence.quantities.found import Found
from salpi.evidence.quantities.headers import declared, unit_word
from salpi.evidence.quantities.namesakes import settle_dollars, settle_namesakes
from salpi.evidence.quantities.units import PERSONS

_COUNTED = frozenset({"count", "persons", "L", "days", "months"})
_PLAIN = frozenset({"days", "months", "years", "count", "persons", "%", "pp", "L", "x", "rank"})


def settle(text: str, found: list[Found], sentences: list[tuple[int, int]]) -> list[Found]:
    """Quantities with a unit each: bare figures get one from what stands beside them, or are left out."""
    starts = [start for start, _ in sentences]
    bare: list[tuple[int, int, int, bool]] = []
    if said := declared(text):
        _settle_declared(text, found, said)
    for at, one in enumerate(found):
        if one.unit is not None:
            continue
        start, end = sentences[max(0, bisect_right(starts, one.start) - 1)] if sentences else (0, len(text))
        following = _following(found, at, end)
        _settle(text, one, following, _Nearby(text, found, at, start), start)
        if one.unit is None:
            bare.append((at, start, end, following is not None and following.unit is None))
    changed = settle_dollars(text, found) | settle_namesakes(text, found)
    for at, start, end, open_end in bare:  # once more where what stands beside has a unit by now
        following = _following(found, at, end)
        if changed or (open_end and following is not None and following.unit is not None):
            _settle(text, found[at], following, _Nearby(text, found, at, start), start)
            changed = changed or found[at].unit is not None
    return [one for one in found if one.unit is not None]


_SUM_SAID = re.compile(
    r"(?:\b(?:revenues?|sales|turnover|profit|income|loss|EBITDA?|ebitda?|capex|expenditure|expenses|cash|debt|orders|backlog|exports|imports|production)"
    r"(?: \([^()\n]{1,20}\))?|\bforecast had been)(?:,| (?:of|was|were|is|at|to|came to|reached|totall?ed|will be|had been|about|of about))*:? $"
)


def _settle_declared(text: str, found: list[Found], said: list[tuple[int, tuple[str, float]]]) -> None:
    """Sums without a currency where the text has said in which it states them: "revenue 93,000" in millions of yen."""
    for one in found:
        if one.unit is not None or one.rule != "figure" or one.start < said[0][0]:
            continue
        named = _SUM_SAID.search(text, max(0, one.start - 60), one.start) is not None
        unit, scale = [known for at, known in said if at <= one.start][-1]
        if named and scale > 1.0 and text[one.end : one.end + 1] not in ("%", "-"):
            one.unit, one.value, one.scale, one.rule = unit, one.value * scale, scale, "declared currency"


class _Nearby:
    """Quantities with a unit that were read before: in the same sentence, in those before it, and amounts of money."""

    def __init__(self, text: str, found: list[Found], at: int, start: int) -> None:
        self.text = self._text = text
        self._one, self._start = found[at], start
        self._before = [other for other in found[max(0, at - 8) : at] if other.unit is not None]
        self.same = [other for other in self._before[-3:] if other.start >= start]

    @cached_property
    def earlier(self) -> list[Found]:
        """Those of the sentences before, in the same paragraph."""
        text, start = self._text, self._start
        return [one for one in self._before if start - 260 < one.start < start and text.find("\n\n", one.end, start) < 0]

    @cached_property
    def money(self) -> list[Found]:
        return [one for one in self._before if one.unit not in _PLAIN and self._one.start - one.end < 1200]

    @cached_property
    def wide(self) -> list[Found]:
        return [one for one in self._before if self._one.start - one.end < 400]


def _following(found: list[Found], at: int, end: int) -> Found | None:
    return found[at + 1] if at + 1 < len(found) and found[at + 1].start < end else None


def _settle(text: str, one: Found, following: Found | None, near: _Nearby, start: int) -> None:
    before = [other for other in near.same if other.rule not in _PARTS]
    headed = list[re.Match[str]]()
    low = max(start, one.start - 300)
    if one.rule in ("figure", "scaled figure") and text.find(")", low, one.start) >= 0:
        headed = list(HEADED.finditer(text, low, one.start))
    if headed and text[one.end : one.end + 1] not in ("%",) and (said := unit_word(headed[-1][0])) is not None:
        one.unit, one.value, one.rule = said[0], one.value * (1.0 if one.scaled else said[1]), "unit of its heading"
        return
    points = POINTS.match(text, one.end)
    if points is not None and one.rule in ("figure", "words"):
        near_rate = any(other.unit in ("%", "pp") for other in before) or SHARE_SAID.search(
            text[max(start - 100, one.start - 160, 0) : one.start]
        )
        if near_rate:
            one.unit, one.rule, one.end = "pp", "points of a share", points.end()
        return
    if (
        following is not None
        and following.unit is not None
        and _linked(text, one, following)
        and not (following.unit in ("%", "pp") and (one.scaled or abs(one.value) > 1000 or _WITH_SHARE.match(text, one.end)))
    ):
        currency = following.unit not in _PLAIN
        if not currency or one.scaled or following.scaled:
            one.unit, one.rule = following.unit, "unit of the next"
            if currency and not one.scaled:
                one.value *= following.scale
            elif not currency:
                one.value, one.factor = one.value * following.factor, following.factor
            return
    lead = text[max(start, one.start - 80) : one.start]
    if asked(text, one) or people(text, one, lead):
        return
    if (one.scaled and one.scale >= 1e4) or (one.rule == "words" and one.scaled and one.value >= 1e4):
        _settle_scaled(one, near, lead)
        return
    if (ones := _ONES.match(text, one.end)) is not None and one.value >= 2:
        one.unit = "persons" if _topic(text, one, near) == "persons" else "count"
        one.rule, one.counted = "ones of what was spoken of", ones.end()
        return
    if OF_PEOPLE.match(text, one.end):
        one.unit, one.rule = "persons", "part of a number of people"
        return
    ended = lead.endswith((" ", " \n"))  # as every cue ends that is a word; the engine lets a line feed stand behind its end
    if ended and one.value >= 2 and HIRES.search(lead) and text[one.end : one.end + 1] != "%":
        one.unit, one.rule = "persons", "people employed"
        return
    wide = [other for other in near.wide if other.rule not in _PARTS]
    if (
        rate(text, one, wide, lead, start)
        or amount(text, one, near.money, [other for other in wide if near.money and other.start > near.money[-1].start], lead)
        or more(text, one, wide)
        or tallied(text, one, lead)
    ):
        return
    if carried(text, one, before, wide, start):
        return
    if one.rule == "figure" and not before and ended and NAME_BEFORE.search(lead):
        return
    if one.value >= 2 and PEOPLE_DO.match(text, one.end):
        one.unit, one.rule = "persons", "people who act"
        return
    if ended and one.value >= 2 and one.rule == "figure" and STAFFED.search(lead):
        one.unit, one.rule = "persons", "people in short"
        return
    label = _label(lead) if _is_told(lead) else None
    if label is None and one.value >= 2 and "umber" in text[max(start, one.start - 130) : one.start] and _is_told(lead):
        label = NUMBER_OF.search(text[max(start, one.start - 130) : one.start])
        if label is not None:
            one.unit, one.rule = "persons" if label["noun"].lower() in PERSONS else "count", "counted by its label"
            return
    if label is None and one.value >= 20 and one.rule == "figure" and _is_told(lead):
        label = FAR_LABEL.search(text[max(start, one.start - 170) : one.start])
    if label is not None and label.end() - label.start() < 48:
        one.unit, one.rule = "persons" if label["noun"].lower() in PERSONS else "count", "counted by its label"
        return
    like = [other for other in before if other.unit in _COUNTED or other.unit in ("%", "pp")]
    if like and like[-1].unit == "%" and one.value > 100 and LEVEL_AFTER_RATE.search(lead):
        _as_level(one, near, text)
        return
    if (
        like
        and like[-1].unit in ("%", "pp")
        and one.value > max(100.0, 1.6 * abs(like[-1].value))
        and one.value == int(one.value)
    ):
        if lead.endswith("(") and text[one.end : one.end + 1] == ")":
            _as_level(one, near, text)
            return
        like = []
    if like and like[-1].unit in ("%", "pp") and _OF_THOSE.match(text, one.end, one.end + 9):
        like = []
    price = near.same[-1] if near.same else None
    if (
        price is not None
        and price.unit not in _PLAIN
        and one.start - price.end < 90
        and one.value > 1
        and 1 / 10 < abs(one.value / (price.value or 1.0)) < 10
        and SET_AGAINST.search(lead)
    ):
        one.unit, one.rule = price.unit, "currency of the amount before"
        return
    if like and like[-1].unit in ("count", "persons") and one.value >= 1 and _in_brackets(text, like[-1], one):
        one.unit, one.rule = like[-1].unit, "part of the number before"
        return
    if like and _fits(one, like[-1]):
        far = one.start - like[-1].end
        if SET_AGAINST.search(lead) and far < 130 and (like[-1].unit in _COUNTED or YEAR.match(text, one.end) or far < 40):
            one.unit, one.rule = like[-1].unit, "unit of the one before"
            return
        if like[-1].unit in ("count", "persons") and one.value >= 2 and far < 130 and WORD_BEFORE.search(lead):
            one.unit, one.rule = like[-1].unit, "counted like the one before"
            return
    if label is not None:
        one.unit, one.rule = "persons" if label["noun"].lower() in PERSONS else "count", "counted by its label"
        return
    labelled = one.rule == "figure" and lead.endswith((": ", ": \n"))
    if labelled and one.value <= 100 and RATE_LABEL.search(lead):
        one.unit, one.rule = "%", "rate by its label"
        return
    if labelled and MONEY_LABEL.search(lead):
        return  # an amount whose currency nothing names
    if PER_MONEY.match(text, one.end):
        return  # a rate of exchange
    if (
        like
        and NAMED_ONLY.search(lead)
        and _fits(one, like[-1])
        and OPEN_AFTER.match(text, one.end)
        and one.start - like[-1].end < 60
    ):
        one.unit, one.rule = like[-1].unit, "counted like the one before"
        return
    if _taken_up(text, one, near, lead):
        return
    counts = [other for other in [*near.earlier, *before] if other.unit in ("count", "persons")]
    if len(counts) > 1 and not _fits(one, counts[-1]):
        counts = [other for other in counts if _fits(one, other)] or counts
    if WHOLE.match(text, one.end) and (one.rule == "words" or one.start <= start + 4 or one.value >= 2):
        one.unit, one.rule = counts[-1].unit if counts else "count", "part of what was counted"
    elif one.rule == "words" and STANDS.match(text, one.end) and one.value < 1000 and WORD_BEFORE.search(lead):
        one.unit, one.rule = counts[-1].unit if counts and _fits(one, counts[-1]) else "count", "counted by what was named"
    elif (
        one.rule == "figure"
        and one.value == int(one.value)
        and "," in text[one.start : one.end]
        and not INDEX.search(lead)
        and WORD_BEFORE.search(lead)
    ):
        one.unit = _topic(text, one, near) or "count"
        one.rule = "grouped figure"
    elif OPEN_AFTER.match(text, one.end) and OPEN_BEFORE.search(lead) and one.value >= 2 and not INDEX.search(lead):
        one.unit = _topic(text, one, near) or ("count" if lead.endswith(" numbered ") else None)
        one.rule = "unit of what was spoken of" if one.unit else one.rule


def _as_level(one: Found, near: _Nearby, text: str) -> None:
    """The level behind a rate of change ("dropped by 15.6 percent to 711"): what was counted before, people where these were named."""
    one.unit = _topic(text, one, near) or "count"
    one.rule = "level behind its change"


def _topic(text: str, one: Found, near: _Nearby) -> str | None:
    """What a bare figure counts or measures: the noun or the quantity of its size that was named last before it."""
    kept = _nearest(one, near.wide)
    unit, at = (kept.unit, kept.start) if kept is not None else (None, -1)
    noun = last_noun(text, max(0, one.start - 220), one.start)
    if noun is not None and noun.start() > at:
        unit = "persons" if noun["people"] else "L" if noun["volume"] else "count"
    return unit


def _nearest(one: Found, before: list[Found]) -> Found | None:
    """The last quantity of a like size that counts or measures; a like size is within thirty times."""
    for other in reversed(before):
        if other.unit in _COUNTED and one.value and other.value and 1 / 30 < abs(one.value / other.value) < 30:
            return other
    return None


_WITH_SHARE = re.compile(r",(?: and)? \d+(?:\.\d+)? ?(?:%|per ?cent) of (?:it|them|us|whom|which|those)(?![a-z])")
"""Behind a number of which a share is told: "Headcount is 611, 40% of it in quality"."""
_ONES = re.compile(r"[ ](?:[a-z][a-z-]+ ){0,3}ones(?![a-z])")
_NAME_IN_BRACKETS = re.compile(r"\((?:[^()\d.;]|&)*[A-Z][\w&]* $")
_OF_THOSE = re.compile(r"[ ](?:of (?:them|those|these|which|whom)|in all)(?![a-z])")


def _in_brackets(text: str, whole: Found, one: Found) -> bool:
    """Whether a figure stands in brackets behind a number, with a name alone: "Plants: 3 (Anyang 2, Suzhou 1)"."""
    gap = text[whole.end : one.start]
    return len(gap) < 60 and "(" in gap and abs(one.value) <= abs(whole.value) and _NAME_IN_BRACKETS.search(gap) is not None


def _label(lead: str) -> re.Match[str] | None:
    """The last noun before a figure with which a label or a sentence leads to it: of "two factories and a workforce of" the workforce."""
    found = LABEL.search(lead)
    while found is not None and (closer := LABEL.search(lead, found.end("noun"))) is not None:
        found = closer
    return found


def _is_told(lead: str) -> bool:
    """Whether the last word before a figure is one with which a label or a sentence leads to its number."""
    if lead[-1:] != " ":
        return False
    word = lead[-24:].split()[-1:] or [""]
    return word[0].lower() in LEADS or word[0][-1:] == ":"


def _settle_scaled(one: Found, near: _Nearby, lead: str) -> None:
    """An amount with a magnitude and no unit: it goes on from what is counted in the sentence, else from money of its size."""
    if in_money(one, lead):
        return
    label = _label(lead)
    last = near.same[-1] if near.same else None
    if label is not None and not (one.scale >= 1e9 and near.money):
        one.unit = "persons" if label["noun"].lower() in PERSONS else "count"
    elif NATION_OF.search(lead) is not None:
        one.unit, one.rule = "persons", "people of a country"
    elif last is not None and last.unit in ("count", "persons", "L") and _fits(one, last):
        one.unit, one.rule = last.unit, "unit of the one before"
    elif (spoken := _nearest(one, near.wide)) is not None and not any(
        other.start > spoken.start and _alike(one, other) for other in near.money
    ):
        one.unit, one.rule = spoken.unit, "unit of what was spoken of"
    elif near.money and (
        max(one.scale, one.value if one.rule == "words" else 1.0) >= 1e5
        or (one.rule == "korean compound" and SUM_NAMED.search(lead) is not None)
    ):
        kept = near.money[-1]
        if len(near.money) > 1 and _CONVERTED.fullmatch(near.text, near.money[-2].end, kept.start):
            kept = near.money[-2]  # the other stands beside it only to convert it
        if not _alike(one, kept):
            kept = next((other for other in reversed(near.money) if _alike(one, other)), kept)
        one.unit, one.rule = kept.unit, "currency of the amount before"


_CONVERTED = re.compile(
    r" ?\(|,? (?:or|i\.e\.|that is|which is|equal to|equivalent to)(?: (?:about|some|around|roughly|nearly))? "
)
"""What stands before an amount that says the one before it in another currency."""


def _taken_up(text: str, one: Found, near: _Nearby, lead: str) -> bool:
    """ "By 2030 it shall be 55", "There are 9,800 today", "The agency cleared 18 in 2024": the quantity of the sentence before."""
    if near.same or not near.earlier or not _fits(one, near.earlier[-1]):
        return False
    last = near.earlier[-1]
    if last.unit in ("%", "pp") and abs(one.value) > 100:
        kept = _nearest(one, near.wide)
        if kept is None:
            return False
        last = kept
    if last.unit not in ("%", "L", "days", "months", "count", "persons"):
        return False
    again = (_is_told(lead) and AGAIN.search(lead) is not None) or (
        last.unit in ("count", "persons") and WORD_BEFORE.search(lead) is not None and YEAR.match(text, one.end) is not None
    )
    if again:
        one.unit, one.rule = last.unit, "unit of the sentence before"
    return again


def _alike(one: Found, other: Found, times: float = 300.0) -> bool:
    """Whether two amounts may be of one currency by their size."""
    low, high = sorted((abs(one.value) or 1.0, abs(other.value) or 1.0))
    return high / low < times


_PARTS = frozenset({"fraction in words", "part of a whole", "multiple in words", "fold", "part of a point"})
"""Rules for parts and multiples: of these no other figure takes its unit."""
_MORE = re.compile(r"[ ](?:more|fewer|less|up|down|above|below|higher|lower)(?![a-z])")


def _linked(text: str, one: Found, following: Found) -> bool:
    gap = text[one.end : following.start]
    if len(gap) > 26 or following.rule in _PARTS:
        return False
    if "and" in gap and (
        following.core[0] > following.start or (following.unit in ("count", "persons") and not _alike(one, following, 8))
    ):
        return False  # each of its own kind
    if "," in gap and _MORE.match(text, following.end):
        return False
    link = TO_NEXT.match(gap)
    if link is None:
        return False
    if gap.strip() in (",", "/"):
        return following.unit in ("%", "days") and gap.strip() == ","
    return True


def _fits(one: Found, other: Found) -> bool:
    """An index level or a code is no count: the figure must be of a like size where nothing else speaks for it."""
    if one.value == 0 or other.value == 0:
        return True
    ratio = abs(one.value / other.value)
    return 1 / 300 < ratio < 300
