"""Spans of time that only say when ("in the same eight months", "the ten-year average"), and what stands around a page's text."""

from __future__ import annotations

import re

from salpi.evidence.quantities.found import Found

_TIMES = frozenset({"days", "months", "years"})
_SET_BEFORE = re.compile(
    r"\b(?:[Tt]he (?:same|past|last|first|previous|preceding|full|opening)|(?:[Oo]ver|[Ii]n|[Dd]uring|[Ff]or) (?:the|these|those|last|past)|[Tt]hose|[Tt]he same|(?:[Oo]f|[Ii]n) the (?:past|last)) $"
)
_ENDS = ("the ", "he same ", "past ", "last ", "first ", "revious ", "receding ", "full ", "opening ", "these ", "hose ")
"""How the words of ``_SET_BEFORE`` end."""
_SET_AFTER = re.compile(
    r"[ ](?:(?:to|through|ended|ending|into|until|up to)[ ](?:the[ ]end[ ]of[ ])?(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|(?:19|20)\d\d|end)(?![a-z])|back(?=[ ]?[.,;:]|[ ](?:it|the|they|we|there)[ ])|average(?![a-z])|(?:previously|taken together|have passed)(?![a-z])|on(?=[ ]?[:\n]|[ ]?$))|-(?:average)(?![a-z])|['’] time(?![a-z])"
)


_KOREAN_BEFORE = re.compile(r"(?:같은|[올해\d월]\s?들어|(?<![가-힣])첫|지난해|작년|[년월]부터)\s$")
_KOREAN_AFTER = re.compile(r"\s(?:치(?=\s)|누계|합계|증가율|장사|실적|성적|매출|이익|누적)|\s동안(?:은|의)\s")
"""Around months for which something is counted: "작년 같은 아홉 달", "석 달 치", "다섯 달 누계"."""


def is_frame(text: str, one: Found) -> bool:
    """Whether a span of time is no quantity of its own but the time for which others hold."""
    if one.unit not in _TIMES:
        return False
    if one.unit == "months" and one.rule in ("words", "figure") and "가" <= text[one.end - 1] <= "힣":
        return _KOREAN_BEFORE.search(text, max(0, one.start - 8), one.start) is not None or (
            _KOREAN_AFTER.match(text, one.end) is not None
        )
    if not text.endswith(_ENDS, max(0, one.start - 10), one.start):
        return _after(text, one)
    return _SET_BEFORE.search(text, max(0, one.start - 24), one.start) is not None or _after(text, one)


def _after(text: str, one: Found) -> bool:
    """Whether what follows says that the span only tells when; in words it ends before its noun ("two years' time")."""
    return _SET_AFTER.match(text, one.end) is not None or (
        one.counted > one.end and _SET_AFTER.match(text, one.counted) is not None
    )


_UNIT_ITSELF = re.compile(r"[^\d]{1,4}10{1,3}\s?(?:million|thousand|mn|m)")
_UNIT_BEFORE = re.compile(r"(?:\(|[Ff]igures in |[Aa]mounts in |[Vv]alues in |[Uu]nits?:? |\(in |/ )$")


def is_unit(text: str, one: Found) -> bool:
    """Whether an amount is the unit in which others are told: "Sales (KRW 100m)", "figures in KRW 100 million"."""
    if one.scale < 1e3 or _UNIT_ITSELF.fullmatch(text, one.start, one.end) is None:
        return False
    before = _UNIT_BEFORE.search(text, max(0, one.start - 14), one.start)
    return before is not None and (text[one.end : one.end + 1] in (")", ";", ",") or before[0] not in ("(", "/ "))


_OFTEN_AFTER = re.compile(r"[ ](?:in (?:19|20)\d\d|since|last year|this year|so far)(?![a-z])|[.;](?!\d)|,(?= (?:median|and))")
_OFTEN_BEFORE = re.compile(
    r"\b(?:met|applied|asked|answered|listed|said (?:yes|no)|said so|done (?:it|so|this|that)|did so|called|visited|inspected|voted|refused|agreed|intervened|tried|failed|sat|convened|used (?:it|the [a-z]+)|approached|invoked) $"
)


def is_often(text: str, one: Found) -> bool:
    """Whether "times" say how often something was done: "the group met six times in 2023"."""
    return (
        one.unit == "x"
        and text.endswith("times", one.start, one.end)
        and _OFTEN_AFTER.match(text, one.end) is not None
        and _OFTEN_BEFORE.search(text, max(0, one.start - 24), one.start) is not None
    )


_PAGE_WORDS = ("Subscribe", "SUBSCRIBE", "ead next", "EAD NEXT", "ead more:", "EAD MORE:", "ELATED:", "elated:", " readers")
_PAGE_BEFORE = re.compile(
    r"(?:\bSubscribe|SUBSCRIBE)\b[^\n.;]{0,14}$|\b(?:[Rr]ead next|READ NEXT|[Rr]ead more|READ MORE|RELATED|Related):?\s?$"
)
_PAGE_AFTER = re.compile(r"[ ]readers(?![a-z])")
_PAGE_ASKS = re.compile(r"\b(?:[Jj]oin|[Nn]ewsletter:) $")


def has_furniture(text: str) -> bool:
    """Whether a text may hold adverts of its page."""
    return any(map(text.__contains__, _PAGE_WORDS))


def is_furniture(text: str, one: Found) -> bool:
    """Whether a number stands in an advert of the page: "READ NEXT: 5 stocks", "Subscribe for $9", "Join 85,000 readers"."""
    if _PAGE_BEFORE.search(text, max(0, one.start - 30), one.start) is not None:
        return True
    return _PAGE_AFTER.match(text, one.end) is not None and _PAGE_ASKS.search(text, max(0, one.start - 14), one.start) is not None
