"""How a number stands in its clause: a level, a growth rate, a share, a difference; and which way it points."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from salpi.evidence.claims.page import Sentence
from salpi.evidence.claims.vocabulary import Hit
from salpi.evidence.quantities.scan import Found

Form = Literal["level", "growth", "share", "change"]


class Shape(NamedTuple):
    """The form with its sign (+1, -1) and the rule that saw it."""

    form: Form
    sign: int = 1
    rule: str = ""


_AFTER = re.compile(
    r"[ -]?(?:(?P<up>more|higher|above|up|increase|rise|jump|gain|growth|growing|larger|expansion|longer|faster growth|surge|upswing)|(?P<down>less|lower|fewer|below|down|decrease|decline|drop|fall|fewer|smaller|shorter|contraction|cut|reduction|faster)"
    r"|(?P<year>\(?(?:year[- ]on[- ]year|year[- ]over[- ]year|y/y|yoy|y-o-y|on[- ]year|on the year|annual(?:ly)?|a year|per year|per annum|p\.a\.|cagr|compound|from a year|compared with (?:a|the) (?:year|same|previous)|q/q)))(?![a-z])",
    re.I,
)
_LEVEL_BEFORE = re.compile(
    r"(?:\b(?=[abcfhimorstw])|(?=[-→:(]))(?:\b(?:to|from|at|of|is|was|were|are|stands? at|stood at|remains?|only|covers?|took|account(?:s|ed)? for|make up|makes up|represents?|than|hold|holds|reach(?:es|ed)?|above|below|with|against|some|for|be|it's)|->|→|:|\()[ ]?(?:(?:about|around|nearly|just|only|roughly|over|some|almost|the|current|a|mere|above|below|more than|less than|at least|up to|close to)[ ]){0,3}$",
    re.I,
)
_NOUN_OF = re.compile(
    r"(?=[cdefgijrs])(?:growth|grow|grows|grew|growing|expand|expanding|expands|increase|rise|rising|gain|jump|decline|decrease|drop|fall|reduction|contraction|expansion|surge|cagr|improvement|cut|growth rate|rate of growth)(?: (?:rate|in [a-z ]{3,30}))? (?:of|to|at|is|was|between|by|around|about)(?: (?:about|around|nearly|roughly|over|between|only|just|a))?[ ]$",
    re.I,
)
_BY = re.compile(
    r"\bby[ ](?:(?:close to|about|around|nearly|just|only|roughly|over|some|almost|a|more than|as much as|up to|an average of|another|at least)[ ]){0,2}$",
    re.I,
)


def _ends(words: str) -> frozenset[str]:
    """The last three characters of a text that ends with one of some words and a space."""
    return frozenset(f" {word} "[-3:] for word in words.split())


_LEVEL_ENDS = (
    "a ",  # of any word: "area" is "are" and "a" to ``_LEVEL_BEFORE``
    *_ends(
        "to from at of is was were are only cover covers took for up represent represents than hold holds reach reaches reached remain remains"
        " above below with against some be it's about around nearly just roughly over almost the current mere up least"
    ),
)
_LEVEL_HARD = frozenset(">→:(")
_NOUN_OF_ENDS = _ends("of to at is was between by around about nearly roughly over only just a")
_BY_ENDS = _ends("by to about around nearly just only roughly over some almost a than as of another least")
"""How what these find ends: where a text ends otherwise they are not tried."""
_FOR_A_YEAR = re.compile(r"[ ]?(?:a year|per year|annual)", re.I)
_OF_ALL = re.compile(r"[ ](?:of|share)(?![a-z])")
_KOREAN_GROWTH = re.compile(
    r"[)]?\s?(?:이상|가까이|넘게|가량|정도|남짓|씩|나|포인트|이나|P|p)?\s?(?:가까이\s|넘게\s|이상\s|대폭\s|소폭\s)?(?:(?P<up>증가|늘|성장|상승|급증|뛰|오른|올랐|오르|올라|높|확대|많|증(?=[^권명]|$)|신장|급등|더\s|커|초과|웃도|상향|플러스|↑|개선)|(?P<down>감소|줄|하락|급감|떨어|낮|축소|적|감(?=[^안염]|$)|단축|앞당|내린|내렸|내려|역성장|하향|밑도|마이너스|↓|빠|감축|후퇴|악화|뒷걸음))"
)
_KOREAN_LEVEL = re.compile(
    r"[)]?\s?(?:로(?!\s?(?:증가|늘|감소|줄)율)|으로|에서|이다|였|이었|의\s|를\s?(?:차지|기록|확보|넘)|을\s?(?:차지|기록|확보|넘)|까지|안팎|수준|에\s?(?:달|그|불|머|이르|육박)|가\s?적용|대[로를의]|이며|이고|다\.|밖에|뿐|가\s|이\s|은\s|는\s|\s?를|\s?을|에도)"
)
_KOREAN_PLAIN = re.compile(r"[)]?\s?(?:[,·]|와\s|과\s|씩|,\s|$)")
_ON_YEAR = re.compile(r"\s?(?:y/y|yoy|전년)", re.I)
_OF_TOTAL = re.compile(r"(?:전체|총|전국)[^,.]{0,16}의\s$")
_RATE = re.compile(r"(?:성장률|증가율|증감률|증감율|신장률|감소율|하락률|상승률|성장율|전년比|전년 ?대비|YoY|yoy)[^.\d]{0,10}$")


def shape(sentence: Sentence, one: Found) -> Shape:
    """The form of a percentage (or of points)."""
    return _korean(sentence, one) if sentence.lang == "ko" else _english(sentence, one)


def _around(sentence: Sentence, one: Found) -> tuple[str, str]:
    base = sentence.start
    a, b = one.start - base, one.end - base
    return sentence.text[max(0, a - 60) : a], sentence.text[b : b + 40]


def _english(sentence: Sentence, one: Found) -> Shape:
    before, after = _around(sentence, one)
    match = _AFTER.match(after)
    if match is not None and (match["up"] or match["down"]):
        return Shape("growth", 1 if match["up"] else -1, "more or less than")
    if one.signed:
        return Shape("growth", 1 if one.value >= 0 else -1, "signed")
    if match is not None and match["year"] and not _FOR_A_YEAR.match(after):
        return Shape("growth", direction(sentence, one), "year on year")
    end = before.rstrip("\n")[-3:].casefold()
    if end in _NOUN_OF_ENDS and _NOUN_OF.search(before):
        return Shape("growth", direction(sentence, one), "growth of")
    if end in _BY_ENDS and _BY.search(before):
        return Shape("growth", direction(sentence, one), "by")
    level = (
        _LEVEL_BEFORE.search(before)
        if end.endswith(_LEVEL_ENDS) or end.strip()[-1:] in _LEVEL_HARD or end[-1:].isalpha()
        else None
    )
    near = _near(sentence, one, 26, before=True)
    if near is not None and level is None:
        return Shape("growth", 1 if near.value == "up" else -1, "verb of change")
    share = _share(sentence, one)
    if share or _OF_ALL.match(after):
        return Shape("share", 1, "share word")
    if level is None and match is not None:
        return Shape("growth", direction(sentence, one), "a year")
    if level is None and near is None:
        wide = _near(sentence, one, 60, before=True)
        if wide is not None:
            return Shape("growth", 1 if wide.value == "up" else -1, "verb of change, further off")
    return Shape("level", 1, "no change said")


def _korean(sentence: Sentence, one: Found) -> Shape:
    before, after = _around(sentence, one)
    match = _KOREAN_GROWTH.match(after)
    if match is not None:
        return Shape("growth", 1 if match["up"] else -1, "verb of change")
    if one.signed:
        return Shape("growth", 1 if one.value >= 0 else -1, "signed")
    if _ON_YEAR.match(after):
        return Shape("growth", direction(sentence, one), "year on year")
    if one.rule != "fraction in words" and _RATE.search(before):
        return Shape("growth", direction(sentence, one), "rate of growth")
    share = _share(sentence, one) or _OF_TOTAL.search(before) is not None
    if _KOREAN_PLAIN.match(after) and not share:
        following = _near(sentence, one, 60, before=False)
        if following is not None:
            return Shape("growth", 1 if following.value == "up" else -1, "verb at the end")
    if share:
        return Shape("share", 1, "share word")
    if _KOREAN_LEVEL.match(after):
        return Shape("level", 1, "particle of a level")
    return Shape("level", 1, "no change said")


def _share(sentence: Sentence, one: Found) -> bool:
    for hit in sentence.words:
        if hit.value == "share" and hit.kind == "measure":
            if hit.end <= one.start and sentence.far(hit.end, one.start) < 9:
                return True
            if hit.start >= one.end and sentence.far(one.end, hit.start) < (9 if sentence.lang == "ko" else 3):
                return True
    return False


def _near(sentence: Sentence, one: Found, reach: int, *, before: bool) -> Hit | None:
    """The nearest word of change on one side; on the far side of another quantity only where that is said of both."""
    best: Hit | None = None
    for hit in sentence.cues:
        if hit.value not in ("up", "down"):
            continue
        if before and hit.end <= one.start and one.start - hit.end <= reach:
            if sentence.far(hit.end, one.start) < 3.4:
                best = hit
        elif not before and hit.start >= one.end and hit.start - one.end <= reach:
            return hit
    return best


def direction(sentence: Sentence, one: Found) -> int:
    """Which way things go at this number: the nearest word of change."""
    best, sign = 1e9, 1
    for hit in sentence.cues:
        if hit.value in ("up", "down"):
            if hit.end <= one.start:
                cost = sentence.far(hit.end, one.start) + (2.0 if sentence.lang == "ko" else 0.0)
            else:
                cost = sentence.far(one.end, hit.start) + (0.0 if sentence.lang == "ko" else 1.5)
            if cost < best:
                best, sign = cost, 1 if hit.value == "up" else -1
    return sign


_CHANGE_KOREAN = re.compile(
    r"(?:\)?[을를]?\s(?P<add>더하|추가|증설))|\s?(?:\([^()]{0,20}\)\s?)?(?:이?나|가량|이상)?\s?(?:(?P<up>증가|늘|추가|더\s|확대|증설|많아?[았졌]|길어|늦어|늦춰|불어|불었|급증|뛰|올랐|오른)|(?P<down>감소|줄|단축|앞당|축소|낮|감축|짧아|적[었다]|빨라|당겨|쪼그라|급감|빠졌|빠진|떨어|하락|삭감|깎))"
)


_DIFFERENCE = re.compile(
    r"[ ](?:(?P<up>more|higher|longer|increase|rise)|(?P<down>less|lower|fewer|shorter|decrease|drop|cut|reduction|faster|sooner))(?![a-z])",
    re.I,
)


_ABOUT = r"(?:(?:about|another|some|up to|a further|roughly|an additional|nearly|over|almost|only|just|around|a)[ ]){0,2}$"
_ADDED = re.compile(rf"\b(?:add|adds|added|adding)[ ](?!up to ){_ABOUT}", re.I)
_MOVED = re.compile(
    r"(?:\b(?=[acdfijnorsty])|(?=[,(]))(?:\b(?:an?|the|of|this|that|its|year's|net)[ ](?:[a-z-]+[ ])?(?:increase|decrease|rise|fall|drop|decline|reduction|gain|cut) of"
    r"|\b(?:rose|fell|dropped|declined|decreased|increased|climbed|slid|shrank|slipped|jumped|rises|falls|drops)"
    rf"|[,(] ?(?:up|down))[ ]{_ABOUT}",
    re.I,
)
"""What a difference follows: "a decrease of", "fell", ", down"; a level would have its "to"."""
_MOVED_ENDS = _ends(
    "add adds added adding about another some to further roughly additional nearly over almost only just around a"
    " of rose fell dropped declined decreased increased climbed slid shrank slipped jumped rises falls drops up down"
)
_MOVING = (
    "add",
    "rease",
    "rise",
    "fall",
    "drop",
    "decline",
    "reduc",
    "gain",
    "cut",
    "rose",
    "fell",
    "climb",
    "slid",
    "slip",
    "shrank",
    "jump",
    "up",
    "down",
)
"""Of which one is in what ``_ADDED`` and ``_MOVED`` find."""


def change(sentence: Sentence, one: Found) -> int | None:
    """The sign of a difference ("by 111 days", "111일 줄인다"), None where the number is a level."""
    if one.signed and one.value > 0:
        return 1
    before, after = _around(sentence, one)
    if sentence.lang == "ko":
        match = _CHANGE_KOREAN.match(after)
        if match is not None:
            return 1 if match["up"] or match["add"] else -1
        return None
    end = before.rstrip("\n")[-3:].casefold()
    if end in _BY_ENDS and _BY.search(before):
        return direction(sentence, one)
    match = _DIFFERENCE.match(after)
    if match is not None:
        return 1 if match["up"] else -1
    if end not in _MOVED_ENDS or not any(map(before.casefold().__contains__, _MOVING)):
        return None
    return 1 if _ADDED.search(before) else direction(sentence, one) if _MOVED.search(before) else None
