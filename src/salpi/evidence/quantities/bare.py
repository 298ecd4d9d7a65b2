"""Figures without a unit of their own: they take that of the quantity they are set against, or they measure nothing."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from salpi.evidence.quantities.found import Found
from salpi.evidence.quantities.headers import unit_word
from salpi.evidence.quantities.units import PERSONS

_TO_NEXT = re.compile(
    r"\s?(?:to|→|->|-->|⇒|and|or|out of|of|of a (?:planned|total|possible)|of the|of its|of their|에서|에서 다시|[,/]|,? and|및|과|와)\s?(?:about |around |nearly |over |just |only |the |its |a |an |some |roughly |almost |approximately |약 )?$"
)
_SET_AGAINST = re.compile(
    r"(?:\b(?:from|to|with|than|against|vs\.?|versus|was|were|is|are|at|and|or|but|of|which|in|for|by|only|just|be)|→|->|\(|,|:|/|보다|대비|에서)[ ]?(?:(?:just|only|about|around|nearly|over|roughly|some|the|a mere|a|almost|as many as)[ ]){0,2}$",
    re.I,
)
_LABEL = re.compile(
    r"\b(?:bio-?|sub-?|life-?|nano-?|spin-?)?(?P<noun>headcount|countries|ipos|listings|patents|hospitals|centres|centers|factories|facilities|filings|agreements|licences|contracts|papers|publications|studies|launches|biotechs|vaccines|therapies|drugmakers|startups|spin-?offs|volunteers|graduates|scientists|trainees|engineers|students|workforce|employment|employees|staff|workers|jobs|participants|patients|researchers|specialists|companies|firms|start-?ups|trials|approvals|deals|plants|sites|partners|clusters|biosimilars|population|payrolls?|work force|distributors|clients|customers|offices|subsidiaries|branches|beds|items|licences|licenses|candidates|projects|members|applications|substances|launches|products|medicines|drugs|licences|visitors)"
    r"(?:[^.;:\n]{0,40}(?=:))?(?:[ ][a-z-]+){0,6}?[ ]?(?:stood at|reached|total(?:l)?ed|total(?:l)?ing|hit|was|were|came to|numbered|rose to|fell to|grew to|climbed to|dropped to|increased to|double from|up to|of|to|at|:|, (?:currently|now|today|at present))(?: about| around| nearly| over| just| some)?[ ]$",
    re.I,
)
_FAR_LABEL = re.compile(
    r"\b(?P<noun>patients|participants|volunteers|workers|employees|jobs|researchers|specialists|companies|firms|start-?ups|trials|approvals|deals|headcount|workforce)\b"
    r"[^.;:\n]{0,120}?\b(?:to|at|reached|totalled|totaled)[ ](?:about |around |just |only |over |nearly |some )?$",
    re.I,
)
_HIRES = re.compile(
    r"\b(?:(?:team|crew) of|employs?|employed|employing|hires?|hired|recruits?|recruited|trains?|trained|enrol(?:s|led|ls)?|enroll(?:s|ed)?|laid off|lays? off|let go|fired|dismiss(?:es|ed)|(?:provid(?:es?|ing)|giv(?:es?|ing)|offer(?:s|ing)?) (?:work|employment|jobs) (?:for|to))[ ](?:(?:about|around|some|over|nearly|more than|roughly|almost|just|only|another|up to)[ ]){0,2}$",
    re.I,
)
_OF_PEOPLE = re.compile(
    rf"[ ]of (?:our|its|their|the|his|her)(?: \d[\d,]*)? (?:[a-z-]+ ){{0,3}}(?:{'|'.join(sorted(PERSONS))})(?![a-z])"
)
_NATION_OF = re.compile(
    r"\b(?:nation|country|land|people|state|city|island|metropolis) of (?:about |some |just |only |over |nearly )?$|인구\s?(?:약\s)?$"
)
_SUM_NAMED = re.compile(r"(?:계약금|선급금|기술료|마일스톤|매출|수출|투자|이익|손실|[가-힣]액)[은는이가도]?\s(?:약\s|최대\s)?$")
_RATE_LABEL = re.compile(
    r"(?:^|\n|[•·*-]\s)\s*(?:[A-Za-z-]+ ){0,3}(?:share|rate|ratio|proportion|margin|utili[sz]ation)(?: of [a-z ]{2,24})?(?: \((?:19|20)\d\d\))?: $",
    re.I,
)
_MONEY_LABEL = re.compile(
    r"\b(?:revenues?|sales|turnover|profit|income|ebit(?:da)?|capex|exports|imports|investment|budget|assets|cash|loss|equity|debt|spending|costs?|price)(?: \([^()]{1,16}\))?: $",
    re.I,
)
_HEADED = re.compile(r"\([^()\n]{1,24}\)\s?[:：]")
_PER_MONEY = re.compile(r"[ ](?:per|to the|against the)[ ](?:US[ ])?(?:dollar|euro|pound|yen)(?![a-z])")
_NAMED_ONLY = re.compile(
    r"(?:,|;|\band|\bthose in|\bin)[ ](?:only[ ])?(?:the[ ])?(?:[A-Z][\w&.-]*[ ]){0,2}[A-Z][\w&.-]*(?:'s)?[ ]$"
)
"""A name alone between two figures: "Songdo has 100 companies and Osong 260"."""
_POINTS = re.compile(r"[ -]points?(?![a-z])")
_SHARE_SAID = re.compile(
    r"\b(?:share|rate|margin|slice|portion|proportion|occupancy|utili[sz]ation|yield|percent\w*|per cent)\b|%", re.I
)
_LEVEL_AFTER_RATE = re.compile(
    r"(?:percent|per cent|pct|%)[ ](?:to|from)[ ](?:(?:just|only|about|around|nearly|over|some)[ ])?$", re.I
)
_OPEN_BEFORE = re.compile(
    r"(?:^|[^A-Za-z])(?:with|has|have|had|to|from|of|only|just|about|around|counts?|counted|gets?|got|let in|keeps?|kept|says?|sees?|saw|needs?|needed|takes?|took|wants?|added|adds|adding|another|perhaps|maybe|some|nearly|almost|over|under|below|below|above|past|than|at|in|for|by|is|was|are|were|it|reached|hit|total(?:l)?(?:ed|ing)|number(?:ed|s)?|number about|houses?|hosts?|holds?|held|owns?|runs?|operates?|signed|struck|did|done|won|cleared|approved|licensed|testing|promises?|promised|became|become|are at|is at|average|target|American|European|statutory|present|first|already|all|together|currently|now|today|on|as|against|and|or|but|vs\.?|versus|which|while|made|created|employs?|employing|recruited|hired|attracted|drew|expects?|plans?|aims?|hopes?)(?:,)?[ ]$|[a-z]:[ ]$|[a-z] \($|\b[A-Z]\w+:[ ]$"
)
"""Words before a figure that counts or measures what was spoken of."""
_OPEN_AFTER = re.compile(
    r"[.,;:)!?\"”](?!\d)|\s?$|\n|[ ](?:in|by|at|on|from|to|and|or|but|a (?:year|month)|per|each|every|so|this|last|next|now|today|over|under|more|fewer|less|than|before|after|since|until|for|among|with|as|when|while|if|of|were|was|are|is|have|has|had|will|would|went|came|abroad|together|all told|days? ago|respectively|\()(?![a-z])"
)
_WHOLE = re.compile(
    r"[ ](?:of (?:them|which|whom|these|those|the|its|their|all|our)|more (?:are|were|will)|were|was|are|have|has|had|came|got|went|won|remain|remained|received|did|do|others?|will|would|can|could|should|must|may|might|now|still|already|succeeded|failed|survived|passed|completed|finished|qualified|joined|left)(?![a-z])"
)
_YEAR = re.compile(
    r"[ ](?:in|by|at the end of|as of|during)[ ](?:fiscal )?(?:19|20)\d\d|[ ](?:a|one) year (?:ago|earlier|before)|[ ]the (?:year|previous year|same)|[ ](?:last|this|in the same) "
)
_STANDS = re.compile(
    r"[ ](?:by|in|until|before|during) (?:the )?(?:19|20|end|year|next|last|this)|[ ](?:it|they|we|he|she|you) (?:has|have|had|already|now|runs?|owns?|operates?|needs?|promised)|[ ](?:a year|per year|each year|so far|to date|abroad|at home|last year|this year|next year|today|now|already)(?![a-z])",
    re.I,
)
"""After a numeral that counts what was named before it."""
_WORD_BEFORE = re.compile(r"(?:^|[^A-Za-z])(?:[a-z]{2,}[,:]?|[Aa]|[Tt]he|[Oo]nly|[Ss]ome|[Aa]bout|[Tt]here (?:are|were))[ ]$")
"""A word in small letters before a figure: names and indices are written large."""
_AGAIN = re.compile(
    r"\b(?:it|that|this|they|these|there|ours|theirs|the (?:figure|number|share|rate|total|count|proportion|average|target|goal|aim|limit|cap|level|ratio|norm|law|ceiling|plan|rest|remainder|tally|wait|median))\b[^.;]{0,48}?\b(?:be|is|was|are|were|to|at|reach|reached|reaches|hit|hits|top|exceed|stand|stood|stands|became|become|says|said|total|totalled|of)[ ](?:(?:just|only|about|around|nearly|over|roughly|almost|up to|at least|some|still|now)[ ]){0,2}$",
    re.I,
)
"""A quantity named before is taken up again."""
_NAME_BEFORE = re.compile(r"\S\s*[A-Z][\w&/]*[ ]$")
_LEADS = frozenset(
    [
        "stood",
        "at",
        "reached",
        "totaled",
        "totalled",
        "totaling",
        "totalling",
        "hit",
        "hits",
        "was",
        "were",
        "to",
        "numbered",
        "of",
        "from",
        "currently",
        "now",
        "today",
        "present",
        "about",
        "around",
        "nearly",
        "over",
        "just",
        "some",
        "only",
        "be",
        "is",
        "are",
        "reach",
        "reaches",
        "top",
        "exceed",
        "stand",
        "stands",
        "became",
        "become",
        "says",
        "said",
        "total",
        "roughly",
        "almost",
        "least",
        "still",
    ]
)
_PEOPLE_DO = re.compile(
    r",?[ ](?:(?:have|has|had|were|was|are|will|would|to)[ ])?(?:(?:been|be|already|now|since)[ ])*(?:took part|taken part|attend(?:ed)?|enrol(?:l?ed)?|signed up|trained|hired|recruited|employed|graduat(?:ed|e)|volunteered|vaccinated|worked|work (?:in|at|for)|on (?:its|the|their|our) payrolls?|of whom)(?![a-z])"
)
_PEOPLE_SAID = re.compile(
    r"\b(?:people|workers|employees|jobs|staff|participants|patients|volunteers|researchers|specialists|scientists|students|graduates|trainees|technicians|engineers|headcount|workforce|employ\w*|train(?:ed|ing)|recruit\w*|hir(?:ed|ing)|enrol\w*)\b",
    re.I,
)
_INDEX = re.compile(r"\b(?:index|closed|points|gauge|benchmark|rate|level)\b", re.I)
_COUNTED = frozenset({"count", "persons", "L", "days", "months"})
_DOLLARS = frozenset({"USD", "AUD", "CAD", "SGD", "HKD", "TWD", "NZD"})
_PLAIN = frozenset({"days", "months", "years", "count", "persons", "%", "pp", "L", "x", "rank"})


def settle(text: str, found: list[Found], sentences: list[tuple[int, int]]) -> list[Found]:
    """Quantities with a unit each: bare figures get one from what stands beside them, or are left out."""
    starts = [start for start, _ in sentences]
    bare: list[tuple[int, int, int]] = []
    for at, one in enumerate(found):
        if one.unit is not None:
            continue
        start, end = sentences[max(0, bisect_right(starts, one.start) - 1)] if sentences else (0, len(text))
        _settle(text, one, _following(found, at, end), _nearby(text, found, at, start), start)
        if one.unit is None:
            bare.append((at, start, end))
    _local_dollars(text, found)
    _namesakes(text, found)
    for at, start, end in bare:  # once more: what follows may have a unit by now
        _settle(text, found[at], _following(found, at, end), _nearby(text, found, at, start), start)
    return [one for one in found if one.unit is not None]


def _local_dollars(text: str, found: list[Found]) -> None:
    """Where a text declares its own dollars ("A$1.2bn"), a bare "$" after that means its own."""
    local: str | None = None
    for one in found:
        if one.unit not in _DOLLARS:
            continue
        lead = text[one.start : one.start + 4]
        if local is None and lead[0] == "$":
            return  # the plain sign came first: it is the American one
        if one.unit != "USD":
            local = one.unit if local in (None, one.unit) else ""
        elif local and lead[0] == "$":
            one.unit = local


_NAMESAKES = {"crowns": ("DKK", "SEK", "NOK", "CZK", "ISK"), "dinars": ("JOD", "KWD", "BHD", "TND", "RSD")}


_LANDS = {
    "DKK": r"\b(?:Danish|Denmark|Copenhagen)\b",
    "SEK": r"\b(?:Swedish|Sweden|Stockholm)\b",
    "NOK": r"\b(?:Norwegian|Norway|Oslo)\b",
    "CZK": r"\b(?:Czech\w*|Prague)\b",
    "ISK": r"\b(?:Iceland\w*|Reykjav\w+)\b",
    "JOD": r"\b(?:Jordan\w*|Amman)\b",
    "KWD": r"\bKuwait\w*\b",
    "BHD": r"\bBahrain\w*\b",
    "TND": r"\b(?:Tunisia\w*|Tunis)\b",
    "RSD": r"\b(?:Serbia\w*|Belgrade)\b",
}


def _namesakes(text: str, found: list[Found]) -> None:
    """Crowns and dinars are those of the country whose money the text names beside them; of no country they are no amount."""
    for name, codes in _NAMESAKES.items():
        mine = [at for at, one in enumerate(found) if one.unit == name]
        known = [at for at, one in enumerate(found) if one.unit in codes] if mine else []
        named = {code: len(re.findall(word, text)) for code, word in _LANDS.items() if code in codes} if mine else {}
        home = max(named, key=lambda code: named[code]) if any(named.values()) else None
        for at in mine:
            earlier = [other for other in known if other < at]
            found[at].unit = found[earlier[-1] if earlier else known[0]].unit if known else home


@dataclass(slots=True)
class _Nearby:
    """Quantities with a unit that were read before: in the same sentence, in those before it, and amounts of money."""

    same: list[Found]
    earlier: list[Found]
    money: list[Found]
    wide: list[Found]


def _following(found: list[Found], at: int, end: int) -> Found | None:
    return found[at + 1] if at + 1 < len(found) and found[at + 1].start < end else None


def _nearby(text: str, found: list[Found], at: int, start: int) -> _Nearby:
    one = found[at]
    before = [other for other in found[max(0, at - 8) : at] if other.unit is not None]
    same = [other for other in before[-3:] if other.start >= start]
    earlier = [other for other in before if start - 260 < other.start < start and text.find("\n\n", other.end, start) < 0]
    money = [other for other in before if other.unit not in _PLAIN and one.start - other.end < 1200]
    wide = [other for other in before if one.start - other.end < 400]
    return _Nearby(same, earlier, money, wide)


def _settle(text: str, one: Found, following: Found | None, near: _Nearby, start: int) -> None:
    before = near.same
    headed = (
        list(_HEADED.finditer(text, max(start, one.start - 300), one.start)) if one.rule in ("figure", "scaled figure") else []
    )
    if headed and text[one.end : one.end + 1] not in ("%",) and (said := unit_word(headed[-1][0])) is not None:
        one.unit, one.value, one.rule = said[0], one.value * (1.0 if one.scaled else said[1]), "unit of its heading"
        return
    points = _POINTS.match(text, one.end)
    if points is not None and one.rule in ("figure", "words"):
        near_rate = any(other.unit in ("%", "pp") for other in before) or _SHARE_SAID.search(
            text[max(start, one.start - 120) : one.start]
        )
        if near_rate:
            one.unit, one.rule, one.end = "pp", "points of a share", points.end()
        return
    if (
        following is not None
        and following.unit is not None
        and _linked(text, one, following)
        and not (following.unit in ("%", "pp") and (one.scaled or abs(one.value) > 1000))
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
    if (one.scaled and one.scale >= 1e4) or (one.rule == "words" and one.scaled and one.value >= 1e4):
        _settle_scaled(one, near, lead)
        return
    if _OF_PEOPLE.match(text, one.end):
        one.unit, one.rule = "persons", "part of a number of people"
        return
    if _HIRES.search(lead) and one.value >= 2 and text[one.end : one.end + 1] != "%":
        one.unit, one.rule = "persons", "people employed"
        return
    if one.rule == "figure" and not before and _NAME_BEFORE.search(lead):
        return
    label = _LABEL.search(lead) if _is_told(lead) else None
    if label is None and one.value >= 20 and one.rule == "figure" and _is_told(lead):
        label = _FAR_LABEL.search(text[max(start, one.start - 170) : one.start])
    if label is not None and label.end() - label.start() < 48:
        one.unit, one.rule = "persons" if label["noun"].lower() in PERSONS else "count", "counted by its label"
        return
    like = [other for other in before if other.unit in _COUNTED or other.unit in ("%", "pp")]
    if like and like[-1].unit == "%" and one.value > 100 and _LEVEL_AFTER_RATE.search(lead):
        _as_level(one, near, text)
        return
    if (
        like
        and like[-1].unit in ("%", "pp")
        and re.match(r"[ ](?:of (?:them|those|these|which|whom)|in all)(?![a-z])", text[one.end : one.end + 9])
    ):
        like = []
    price = near.same[-1] if near.same else None
    if (
        price is not None
        and price.unit not in _PLAIN
        and one.start - price.end < 90
        and one.value > 1
        and 1 / 10 < abs(one.value / (price.value or 1.0)) < 10
        and _SET_AGAINST.search(lead)
    ):
        one.unit, one.rule = price.unit, "currency of the amount before"
        return
    if like and like[-1].unit in ("count", "persons") and one.value >= 1 and _in_brackets(text, like[-1], one):
        one.unit, one.rule = like[-1].unit, "part of the number before"
        return
    if like and _fits(one, like[-1]):
        far = one.start - like[-1].end
        if _SET_AGAINST.search(lead) and far < 130 and (like[-1].unit in _COUNTED or _YEAR.match(text, one.end) or far < 40):
            one.unit, one.rule = like[-1].unit, "unit of the one before"
            return
        if like[-1].unit in ("count", "persons") and one.value >= 2 and far < 130 and _WORD_BEFORE.search(lead):
            one.unit, one.rule = like[-1].unit, "counted like the one before"
            return
    if label is not None:
        one.unit, one.rule = "persons" if label["noun"].lower() in PERSONS else "count", "counted by its label"
        return
    if one.rule == "figure" and one.value <= 100 and _RATE_LABEL.search(lead):
        one.unit, one.rule = "%", "rate by its label"
        return
    if one.rule == "figure" and _MONEY_LABEL.search(lead):
        return  # an amount whose currency nothing names
    if _PER_MONEY.match(text, one.end):
        return  # a rate of exchange
    if (
        like
        and _NAMED_ONLY.search(lead)
        and _fits(one, like[-1])
        and _OPEN_AFTER.match(text, one.end)
        and one.start - like[-1].end < 60
    ):
        one.unit, one.rule = like[-1].unit, "counted like the one before"
        return
    if _taken_up(text, one, near, lead):
        return
    counts = [other for other in [*near.earlier, *before] if other.unit in ("count", "persons")]
    if len(counts) > 1 and not _fits(one, counts[-1]):
        counts = [other for other in counts if _fits(one, other)] or counts
    if one.value >= 2 and _PEOPLE_DO.match(text, one.end):
        one.unit, one.rule = "persons", "people who act"
        return
    if _WHOLE.match(text, one.end) and (one.rule == "words" or one.start <= start + 4 or one.value >= 2):
        one.unit, one.rule = counts[-1].unit if counts else "count", "part of what was counted"
    elif one.rule == "words" and _STANDS.match(text, one.end) and one.value < 1000 and _WORD_BEFORE.search(lead):
        one.unit, one.rule = counts[-1].unit if counts and _fits(one, counts[-1]) else "count", "counted by what was named"
    elif (
        one.rule == "figure"
        and one.value == int(one.value)
        and "," in text[one.start : one.end]
        and not _INDEX.search(lead)
        and _WORD_BEFORE.search(lead)
    ):
        one.unit = _topic(text, one, near) or "count"
        one.rule = "grouped figure"
    elif _OPEN_AFTER.match(text, one.end) and _OPEN_BEFORE.search(lead) and one.value >= 2 and not _INDEX.search(lead):
        one.unit = _topic(text, one, near)
        one.rule = "unit of what was spoken of" if one.unit else one.rule


def _as_level(one: Found, near: _Nearby, text: str) -> None:
    """The level behind a rate of change ("dropped by 15.6 percent to 711"): what was counted before, people where these were named."""
    one.unit = _topic(text, one, near) or "count"
    one.rule = "level behind its change"


def _topic(text: str, one: Found, near: _Nearby) -> str | None:
    """What a bare figure counts or measures: the noun or the quantity of its size that was named last before it."""
    kept = _nearest(one, near.wide)
    unit, at = (kept.unit, kept.start) if kept is not None else (None, -1)
    for noun in _NOUN.finditer(text, max(0, one.start - 220), one.start):
        if noun.start() > at:
            unit, at = ("persons" if noun["people"] else "L" if noun["volume"] else "count"), noun.start()
    return unit


_NOUN = re.compile(
    rf"\b(?:(?P<people>{'|'.join(sorted(PERSONS))}|headcount|employ(?:s|ed|ing|ment)|citizens)"
    r"|(?P<volume>lit(?:re|er)s)"
    r"|(?:compan(?:y|ies)|firms|start-?ups|trials|protocols|studies|approvals|deals|contracts|agreements|plants|factories|clusters|biosimilars|products|medicines?|drugs?"
    r"|candidates|listings|projects|patents|makers|vaccines|therap(?:y|ies)|licen[cs]es|entities|districts|sites|partners|members|applications|substances|hospitals|cent(?:re|er)s|launches|clients|customers|molecules|programm?es|biotechs|blockbusters|countries))(?![A-Za-z])",
    re.I,
)


def _nearest(one: Found, before: list[Found]) -> Found | None:
    """The last quantity of a like size that counts or measures; a like size is within thirty times."""
    for other in reversed(before):
        if other.unit in _COUNTED and one.value and other.value and 1 / 30 < abs(one.value / other.value) < 30:
            return other
    return None


def _in_brackets(text: str, whole: Found, one: Found) -> bool:
    """Whether a figure stands in brackets behind a number, with a name alone: "Plants: 3 (Anyang 2, Suzhou 1)"."""
    gap = text[whole.end : one.start]
    return len(gap) < 60 and re.search(r"\((?:[^()\d.;]|&)*[A-Z][\w&]* $", gap) is not None and abs(one.value) <= abs(whole.value)


def _is_told(lead: str) -> bool:
    """Whether the last word before a figure is one with which a label or a sentence leads to its number."""
    if lead[-1:] != " ":
        return False
    word = lead[-24:].split()[-1:] or [""]
    return word[0].lower() in _LEADS or word[0][-1:] == ":"


def _settle_scaled(one: Found, near: _Nearby, lead: str) -> None:
    """An amount with a magnitude and no unit: it goes on from what is counted in the sentence, else from money of its size."""
    label = _LABEL.search(lead)
    last = near.same[-1] if near.same else None
    if label is not None:
        one.unit = "persons" if label["noun"].lower() in PERSONS else "count"
    elif _NATION_OF.search(lead) is not None:
        one.unit, one.rule = "persons", "people of a country"
    elif last is not None and last.unit in ("count", "persons", "L") and _fits(one, last):
        one.unit, one.rule = last.unit, "unit of the one before"
    elif (spoken := _nearest(one, near.wide)) is not None and not any(
        other.start > spoken.start and _alike(one, other) for other in near.money
    ):
        one.unit, one.rule = spoken.unit, "unit of what was spoken of"
    elif near.money and (
        max(one.scale, one.value if one.rule == "words" else 1.0) >= 1e5
        or (one.rule == "korean compound" and _SUM_NAMED.search(lead) is not None)
    ):
        kept = near.money[-1]
        if not _alike(one, kept):
            kept = next((other for other in reversed(near.money) if _alike(one, other)), kept)
        one.unit, one.rule = kept.unit, "currency of the amount before"


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
    again = (_is_told(lead) and _AGAIN.search(lead) is not None) or (
        last.unit in ("count", "persons") and _WORD_BEFORE.search(lead) is not None and _YEAR.match(text, one.end) is not None
    )
    if again:
        one.unit, one.rule = last.unit, "unit of the sentence before"
    return again


def _alike(one: Found, other: Found) -> bool:
    """Whether two amounts may be of one currency by their size."""
    low, high = sorted((abs(one.value) or 1.0, abs(other.value) or 1.0))
    return high / low < 300


def _linked(text: str, one: Found, following: Found) -> bool:
    gap = text[one.end : following.start]
    if len(gap) > 26:
        return False
    link = _TO_NEXT.match(gap)
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
