"""Numbers that belong together: from–to, revisions, one amount in two currencies, lists with "respectively"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

from salpi.evidence.claims.catalogue import unit_class
from salpi.evidence.claims.page import Sentence
from salpi.evidence.claims.vocabulary import Hit
from salpi.evidence.quantities.scan import Found

_EACH = re.compile(r"\brespectively\b|각각")
_BRACKET = re.compile(
    r"\s?[(\[]\s?(?:약|미화|한화|about|around|approximately|roughly|some|equivalent to|equal to|or|or about|c\.|ca\.|~|≈|=|nearly|over|an estimated)?\s?$|\s?(?:, or|or|/|=)\s(?:about|around|roughly|some|approximately|nearly)?\s?$",
    re.I,
)
_TO = re.compile(
    r"\s?(?:\([^()]{0,24}\)\s?)?(?:a (?:year|day)|per year)?\s?(?:in |\(?(?:in )?)?(?:(?:19|20)\d\d\)?)?\s?(?:to|→|->|-->|⇒)[ ](?:(?:about|around|just|only|nearly|over|up to|some|as many as|at least|more than|below|under|the current)[ ]){0,2}$|\s?(?:by (?:19|20)\d\d )?(?:but|and)[ ](?:has |have |had )?(?:since |now |later )?(?:cut|lowered|raised|reduced|lifted|trimmed)[ ](?:this|that|it|the (?:target|figure|guidance|forecast|goal|plan))?[ ]?to[ ]$|[)]?\s?(?:이?던\s?[^.,]{0,18})?에서\s?(?:[^.,\d]{0,14}\s)?$|\s?→\s?(?:[^.,\d]{0,12}\s)?$",
    re.I,
)
_TO_WORDS = ("to ", "에서", "→", "⇒", "->")
"""Of which one is in what ``_TO`` finds."""
_FROM_LATER = re.compile(
    r"[^.;]{0,60}?(?:,? (?:up|down|compared (?:with|to)|against|versus|vs\.?|rather than|instead of|revised|lowered|cut|raised|trimmed))?[ ](?:from|with|to|against|fm|than|vs\.?)[ ](?:(?:the|about|around|just|only|nearly|over|a|an|earlier|previous|current|an earlier|some|roughly)[ ]){0,3}$",
    re.I,
)
_FROM = re.compile(r"\bfrom |\bfm ")


def baselines(sentence: Sentence) -> dict[int, float]:
    """Index of a quantity → the value it comes from."""
    out: dict[int, float] = {}
    text, base = sentence.text, sentence.start
    for at in range(1, len(sentence.found)):
        low, high = sentence.found[at - 1], sentence.found[at]
        if low.unit != high.unit:
            continue
        gap = text[low.end - base : high.start - base]
        if len(gap) > 80:
            continue
        if any(map(gap.lower().__contains__, _TO_WORDS)) and _TO.match(gap):
            out[at] = low.value
        elif ("from " in gap or "fm " in gap) and _FROM.search(gap) and _FROM_LATER.match(gap):
            out[at - 1] = high.value
    return out


def twin(sentence: Sentence, at: int) -> bool:
    """Whether the quantity repeats the one before it in another currency."""
    if at == 0:
        return False
    low, high = sentence.found[at - 1], sentence.found[at]
    if low.unit == high.unit or unit_class(low.unit or "") != "money" or unit_class(high.unit or "") != "money":
        return False
    return _BRACKET.fullmatch(sentence.text[low.end - sentence.start : high.start - sentence.start]) is not None


def apportion(sentence: Sentence) -> dict[int, Sentence]:
    """For lists with "respectively": index of a quantity → the sentence with only its own member of the list."""
    text = sentence.text
    if len(sentence.found) < 2 or not ("respectively" in text or "각각" in text) or _EACH.search(text) is None:
        return {}
    out: dict[int, Sentence] = {}
    for group in _groups(sentence):
        first = sentence.found[group[0]].start
        members = _members(sentence, first, len(group))
        if members is None:
            continue
        for place, index in enumerate(group):
            others = {id(hit) for position, hit in enumerate(members) if position != place}
            out[index] = replace(sentence, hits=[hit for hit in sentence.hits if id(hit) not in others])
    return out


def _groups(sentence: Sentence) -> list[list[int]]:
    """Runs of quantities of one unit that stand close together."""
    groups: list[list[int]] = []
    for at, one in enumerate(sentence.found):
        before = sentence.found[at - 1] if at else None
        split = before is not None and any(
            before.end <= hit.start < one.start and hit.kind in ("measure", "domain") for hit in sentence.hits
        )
        if (
            before is not None
            and groups
            and before.unit == one.unit
            and one.start - before.end <= 16
            and groups[-1][-1] == at - 1
            and not split
        ):
            groups[-1].append(at)
        else:
            groups.append([at])
    return [group for group in groups if len(group) > 1]


def _members(sentence: Sentence, before: int, count: int) -> list[Hit] | None:
    kinds: tuple[tuple[str, Callable[[Hit], bool]], ...] = (
        ("domain", lambda hit: hit.kind == "domain" and hit.value not in ("city", "fda", "cdmo")),
        ("company", lambda hit: hit.kind == "entity" and hit.value.kind == "company"),
        ("country", lambda hit: hit.kind == "entity" and hit.value.kind in ("country", "region")),
        ("measure", lambda hit: hit.kind == "measure" and hit.value not in ("share", "ranking")),
    )
    for _, wanted in kinds:
        chosen: list[Hit] = []
        for hit in sentence.hits:
            if hit.end <= before and wanted(hit) and not any(other.value == hit.value for other in chosen):
                chosen.append(hit)
        if len(chosen) == count:
            return chosen
        if len(chosen) > count:
            tail = chosen[-count:]
            if all(b.start - a.end < 40 for a, b in pairwise(tail)):
                return tail
    return None


_LOSS = re.compile(r"\b(?:loss(?:es)?|deficit|shortfall|trade gap|in the red|negative)\b|손실|적자|손해|순손실", re.I)
_GAIN = re.compile(
    r"\b(?:profits?|surplus|income|earnings|gain|EBIT|in the black|result of|positive)\b|흑자|이익|순이익|수익", re.I
)


def lost(sentence: Sentence, one: Found) -> bool:
    """Whether an amount is a loss or a deficit: the nearest of such words, before it or hard behind, says so."""
    text, a, b = sentence.text, one.start - sentence.start, one.end - sentence.start
    after = re.match(r"[^,.;()\d\n]{0,20}" if sentence.lang == "ko" else r"[ -](?:[A-Za-z-]+[ ]?){1,3}", text[b:])
    if after is not None and not re.search(r"\b(?:to|from|after|against|on|in|versus)\b", after[0]):
        behind = sorted((m.start(), sign) for words, sign in ((_LOSS, True), (_GAIN, False)) for m in words.finditer(after[0]))
        if behind:
            return behind[0][1]
    opened = text.rfind("(", 0, a)
    if opened >= 0 and ")" not in text[opened:a] and re.search(r"\d{4}|[QH]\d|년|전년|prior|year", text[opened:a]):
        text, a = text[opened:a], a - opened  # another year's, in brackets
    losses, gains = [m.end() for m in _LOSS.finditer(text, 0, a)], [m.end() for m in _GAIN.finditer(text, 0, a)]
    if not losses:
        return False
    return not gains or losses[-1] > gains[-1]


def value_of(one: Found, sign: int) -> float:
    """The value with the direction said in words; a sign that is written stays."""
    return -abs(one.value) if sign < 0 else one.value
