"""Places in a ranking, in words: ordinals, rows of them, "top five"."""

from __future__ import annotations

import re

from salpi.evidence.quantities.found import Found
from salpi.evidence.quantities.numerals import ORDINALS
from salpi.evidence.quantities.units import alternatives

_RANKED_BEFORE = re.compile(
    r"\b(?:rank(?:s|ed|ing)?|rankings?|came|comes|placed|places|finish(?:ed)?|stands?|stood|position(?:ed)?|world'?s?|globally|climb(?:ed|s)?|slip(?:ped)?|rose|fell|moved?|drop(?:ped)?|place|third|fourth|fifth|sixth|seventh)"
    r"(?:[ ](?:as|in|to|at|from|only|just|now|currently|up|down|the|up to|down to|a|joint|back to)){0,3}[ ]$|\b(?:from|to)[ ]$|rank(?:s|ed|ing)?[^.;\n]{1,60}[ ](?:and|but|from|to|only)[ ]$|\bas(?:[ ]the)?[ ]$|(?:place|rank\w*|position|spot)[^.;\n]{1,70}[ ](?:been|from|to|was|at|only|just|than|up from|down from)[ ]$",
    re.I,
)
_STANDING_BEFORE = re.compile(
    r"\b(?:is|are|was|were|be|been|now|still|remains?|remained|came|comes|moved|ended|started|a distant|a close|only|fell|slid|rose|climbed|jumped|slipped)(?: (?:up|down|back))?(?: to)?[ ]$|:\s$|^\s*$|[\n|]\s*$|\n\s{0,4}[*•·-]\s$"
    r"|\b(?:up|down|ahead|back)[ ]from[ ]$|\((?:\d{4}:|was|from|up from|down from|previously|vs\.?)[ ]$|\b(?:and|but)[ ]$",
    re.I,
)
_BEING = re.compile(
    r"(?<!it )\b(?:is|are|was|were|be|been|being|become|became|remains?|remained|ranks?|ranked|ranking|rated|finished|stood|stands|comes?|came|keeps?|kept|holds?|held)"
    r"(?:[ ](?:now|still|only|just|currently|a (?:close|distant|mere)|joint|again|also|at best|already)){0,2}[ ]$"
    r"|\bplac(?:e|es|ed|ing)[ ][^.,;\n]{1,30}[ ]$",
    re.I,
)
_ENDS = re.compile(
    r"[.,;:)!?]|$|\n|[ ](?:with|to (?:the|no)|to [A-Z]|in|on|behind|after|ahead|among|overall|today|by (?:19|20)\d\d|for|and|but|worldwide|globally|if|when|since|last year|this year|just behind)(?![a-z])"
)
_MOVED = re.compile(
    r"\b(?:climb(?:s|ed|ing)?|rose|rises?|rising|fell|falls?|falling|mov(?:e|es|ed|ing)|slid|slides?|slip(?:s|ped)?|drop(?:s|ped)?|jump(?:s|ed)?|advanc(?:e|es|ed)|improv(?:e|es|ed)|up|down|back)[ ][^.,;\n]{0,20}\b(?:to|from)[ ](?:joint[ ])?$",
    re.I,
)
_PLACED_AFTER = re.compile(
    rf"[.,;)]|[ ](?:in (?:the )?(?:world|asia|europe)|among|worldwide|globally|overall)(?![a-z])|[ ]to[ ](?:{alternatives(ORDINALS)}|\d+(?:st|nd|rd|th))(?![a-z])",
    re.I,
)
_ROW = re.compile(
    rf"(?:\d(?:st|nd|rd|th)|\b(?:{alternatives(ORDINALS)}))\b[^.;\n]{{0,40}}(?:[,;]|\band) (?:and )?[A-Z]\w+(?: [A-Z]\w+)?(?: only)? $"
)
_ASIDE = re.compile(r"\b[A-Z][\w&.-]+, $")
_FIRST_AFTER = re.compile(
    r"[ -](?:place|spot|position|rank)(?![a-z])|[ ](?:among|worldwide|globally|in the world)(?![a-z])", re.I
)
_BEING_FIRST = re.compile(
    r"(?<!it )(?<!that )\b(?:[A-Z]\w+|[a-z]+ry|now|still|again|which|who) (?:is|are|was|were|came|comes|remains|had been|has been)(?: (?:now|still|again|once more))? $|\b(?:is|are) (?:now|still|again) $"
)
_AHEAD = re.compile(
    r"[.](?=\s|$)|,? ahead of |, (?:again|with|followed|before)(?![a-z])| with \d| in (?:clinical|trial|the world|Europe|Asia|sites|volume|value|sales|production)(?![a-z])| for the \w+ (?:time|year)| without a break"
)
"""Around "first" where it is a place: "China is first.", "Boston was first in clinical sites"."""
_IN_AREA = re.compile(
    r"[ ](?:[a-z-]+[ ]){0,2}?(?:(?:market|supplier|exporter|importer|producer|maker|location|destination|nation|country) (?:in|of|on|after|behind) )?(?:in )?(?:the )?(?:Latin America|South America|North America|Central America|Europe|European Union|EU|Union|Asia|Africa|ASEAN|the world|world|earth|region|Middle East|Gulf|continent|globe|life sciences)(?![a-z])"
)
"""Behind an ordinal the area in which it is a place: "the second in Latin America", "sixth in the European Union"."""
_MARKET_OF = re.compile(r"[ ](?:exporter|importer|supplier|producer)(?: (?:after|behind|that year|of the)|[,.])")
"""Behind an ordinal the trade in which it is a place: "the third supplier after India"."""
_OF_US = re.compile(r"\b(?:[Ww]e|[A-Z]\w+|which|who|it|they) (?:are|is|was|were|came|stood|ranked) $")
_YEARS_AGO = re.compile(r" (?:[a-z]+|\d+|a) (?:years?|decades?) (?:ago|earlier|before|later)")
_TAKEN = re.compile(r"\b(?:[A-Z]\w+ (?:took|takes|came|comes|finished|placed)|good for|enough for|the latter|the former) $")
_CHAINED = re.compile(r"[.,;)]|$|\n|[ ]and[ ]|[ ](?:last|this) year|[ ]in[ ](?:the|19|20)")
_UP_FROM = re.compile(r"(?:th|first|second|third|fifth|ninth|\d(?:st|nd|rd)),? (?:up|down|back) from[ ]$", re.I)
_STANDING_AFTER = re.compile(
    r",? (?:up|down) from |[ ](?:in (?:the|this) (?:world|region|ranking|table|list|league)|in (?:asia|europe|africa)|worldwide|globally|overall|among|behind|after|for|by|today)(?![a-z])"
    r"|[ ]\((?:was|from|up|down|\d{4}:|previously|vs)|(?:[ ](?:a year (?:ago|earlier|before)|last year|in (?:19|20)\d\d))|\)",
    re.I,
)
"""What stands around an ordinal that is a place though no ranking is named: "seventh, up from fourth"."""
_RANKED_AFTER = re.compile(
    r"[ -](?:largest|biggest|highest|most|best|busiest|leading|place[ ]?|spot|position|worldwide|globally|rank|in the world|in asia|in europe|in the global|by (?:volume|value|sales|number)|(?:country|nation|city|exporter|market) in (?:the world|asia|europe)|among|only to|behind|after|overall)",
    re.I,
)
_POWER = re.compile(
    r"[ -](?:[A-Za-z-]+[ ]){0,3}(?:powers?|powerhouses?|countr(?:y|ies)|nations?|spots?|positions?|hubs?|destinations?|leaders?|players?|clubs?|league|economy|economies|locations?|ranks?|places?|producers?|exporters?|markets?|seats?|contractors?|suppliers?|hosts?|bioeconomies|cities)|[ ]?(?:by|in|for|worldwide|globally|of)[ ]|[ ](?:as|and|but|or|nor|rather|instead|than|not|then|this|that|next|last|to|from|at|were|was|is|had|has|with|on)[ ]|[.,;:?!)\"'”’]|$",
    re.I,
)


_LOOSE_AFTER = re.compile(
    r"[.,;:)!?](?!\d)|\s*$|\n|[ ](?:in|by|last|this|among|behind|after|ahead|and|but|worldwide|globally|overall|with|to|from|for|at|a year|when|while|where|out of|today|now|as|of \d)(?![a-z])"
)
_OWNED = re.compile(
    r"(?:'s?|’s?|\b(?:its|their|his|her|our|my|your|this|that|each|every|the|a|an|another|no|for|until|since|on|one|two|day|night|[Tt]wenty|thirty|\w+ty|January|February|March|April|May|June|July|August|September|October|November|December)[ -])[ ]?$"
)
_LISTED = re.compile(r"(?:[,;:.!?]|^|\n|\band|\b[Bb]ut)\s*$")
_HELD_BY = re.compile(
    r"\b(?:with|puts?|putting|made|makes?|ranks?|ranked)(?: the country| it| us| them| the city| [A-Z][\w-]+){1,2}(?: only| just| a \w+)? $"
)
_WORLD = re.compile(
    r"[ ](?:[a-z-]+[ ]){0,3}(?:exporter|importer|producer|supplier|market|manufacturer|destination|location|host|country|economy|nation|city|maker|seller|spender|recipient|site|hub|employer)"
    r"(?:[ ](?:of|for|to)(?:[ ][a-z-]+){1,3})?[ ](?:in|of)[ ](?:the (?:world|[Uu]nion|[Cc]ontinent|globe|EU|region)|Europe|Asia|Africa|Latin America)|[ ]of the (?:world|Union|continent)(?![a-z])"
)
"""Of how many in the world it is one: "the seventh exporter of them in the world"."""


def _is_place(text: str, start: int, end: int, before: str, value: int) -> bool:
    """Whether an ordinal that no noun follows is a place: nobody owns it, it numbers no day and it heads no point of a list."""
    if value > 1 and _WORLD.match(text, end) is not None:
        return True
    if _LOOSE_AFTER.match(text, end) is None or _OWNED.search(before) is not None:
        return False
    if text[start].isdigit():
        return value <= 200
    if _HELD_BY.search(before) is not None:
        return True
    return value > 2 and text[start].islower() and _LISTED.search(before) is None


def chained(text: str, low: Found, match: re.Match[str]) -> bool:
    """Whether an ordinal goes on a row of places: "Beijing was second and Houston, down from third, fifth"."""
    gap = text[low.end : match.start()]
    return (
        low.unit == "rank"
        and match[0].lower() != "first"
        and len(gap) < 70
        and re.search(r"[.!?]\s|\n|\bthe[ ]$|\ba[ ]$", gap) is None
        and _CHAINED.match(text, match.end()) is not None
    )


def ordinal(text: str, start: int, end: int, value: int, make: type[Found]) -> Found | None:
    """An ordinal is a quantity only where it is a place in a ranking."""
    before = text[max(0, start - 80) : start]
    if text[start].isupper() and before.endswith("the "):
        return None  # a name
    first = value == 1 and _AHEAD.match(text, end) is not None and _BEING_FIRST.search(before) is not None
    if value == 1 and not first and not _may_be_first(text, start, end, before):
        return None
    standing = (_STANDING_AFTER.match(text, end) is not None and _STANDING_BEFORE.search(before) is not None) or (
        (end == len(text) or text[end] in ".,;)" or text[end].isspace()) and _UP_FROM.search(before) is not None
    )
    standing = standing or (_ENDS.match(text, end) is not None and _BEING.search(before) is not None)
    standing = standing or (
        before.endswith(", ")
        and re.match(r",?[ ](?:only[ ])?(?:to|behind|after|ahead of)[ ](?:the[ ])?[A-Z]", text[end : end + 20]) is not None
    )
    standing = standing or (
        before.endswith("from ")
        and re.match(r" to \d+(?:st|nd|rd|th)(?![a-z]| [Cc]entur| of )", text[end : end + 24]) is not None
    )
    standing = standing or (" to " in before and re.search(r"from \d+(?:st|nd|rd|th) (?:place |spot )?to $", before) is not None)
    standing = standing or (_after_name(before) and _ROW.search(before) is not None)
    standing = standing or (
        ", " in before[-3:]
        and _ASIDE.search(before) is not None
        and re.match(r",|[ ]in[ ](?:19|20)\d\d[,)]", text[end : end + 9]) is not None
    )
    standing = standing or (_PLACED_AFTER.match(text, end) is not None and _MOVED.search(before) is not None)
    standing = standing or _is_place(text, start, end, before, value)
    standing = standing or first or (value > 1 and _in_area(text, end, before))
    if _RANKED_AFTER.match(text, end) is None and not standing:
        if _RANKED_BEFORE.search(before) is None:
            return None
        if re.match(
            r"[ -](?:quarter|half|half-year|year|month|phase|plant|line|time|stage|floor|edition|round|party|consecutive|straight|week|generation|day|annual|tranche|term|batch|facility|site|factory)",
            text[end : end + 14],
            re.I,
        ):
            return None
        if re.search(r"\b(?:from|to|as|as the)[ ]$", before, re.I) and not re.search(
            r"rank|place|position|slip|league|table", before + text[end : end + 60], re.I
        ):
            return None
    return make(start, end, float(value), "rank", "place in words", core=(start, end))


_SPOKEN_OF = re.compile(r"rank|place|came|comes|number", re.I)
_NEXT_PLACE = re.compile(rf", [A-Z]\w+ (?:{alternatives(ORDINALS)})(?![a-z])")
_THAT_YEAR = re.compile(r"[ ]in[ ](?:19|20)\d\d,")


def _may_be_first(text: str, start: int, end: int, before: str) -> bool:
    """Whether "first" may be a place: most often it is none."""
    return (
        text[start].isdigit()
        or _FIRST_AFTER.match(text, end) is not None
        or _NEXT_PLACE.match(text, end, end + 40) is not None
        or _SPOKEN_OF.search(before, len(before) - 24) is not None
        or _HELD_BY.search(before) is not None
        or (_THAT_YEAR.match(text, end, end + 9) is not None and _ASIDE.search(before) is not None)
    )


def _after_name(before: str) -> bool:
    """Whether the last word before an ordinal is one in which ``_ROW`` may end: a name, or "only" behind one."""
    last = before.rstrip().rpartition(" ")[2]
    return last[:1].isupper() or last == "only"


def _in_area(text: str, end: int, before: str) -> bool:
    """Whether an ordinal is the place of a country or a market in its area, of one that was named, or of a year ago."""
    if _TAKEN.search(before) is not None and text[end : end + 1] in (",", ".", ";", " "):
        return True
    if _YEARS_AGO.match(text, end) is not None and _OF_US.search(before) is not None:
        return True
    return before.endswith(("the ", ", ", "is ", "was ", "are ", "were ", "\n", ": ")) and (
        _IN_AREA.match(text, end) is not None or _MARKET_OF.match(text, end) is not None
    )


_AMONG_TOP = re.compile(
    r"\b(?:be|is|are|was|were|been|become|becomes|rank\w*|count\w*|join|joins|enter|enters|reach|get|move|climb)\b[^.;,]{0,24}\b(?:among|into|inside|of) (?:the )?(?:world['’]s |global )?[Tt]op[ -]$"
)
_PLACE_IN = re.compile(
    r"\b(?:place|rank|seat|spot|position) (?:among|in|inside) (?:the |its )?(?:world's |global |Asia's |Europe's )?[Tt]op[ -]$"
)


def top(text: str, start: int, end: int, value: float, make: type[Found]) -> Found | None:
    """``top five``: a place where it is one power, country or position that gets there."""
    after = text[end : end + 60]
    if re.match(r"(?:에\s?(?:들|진입|오르|이름|올라)|권\s?(?:에|진입))", after):
        return make(start, end, value, "rank", "top group", core=(start, end))
    if re.match(r"(?:위|대|개국)", after):
        return make(start, end + len(re.match(r"(?:위|대|개국)", after)[0]), value, "rank", "top group", core=(start, end))  # type: ignore[index]
    if re.match(r"%| ?percent| per cent|곳|개사|명", after):
        return None
    if _PLACE_IN.search(text, max(0, start - 44), start) or _AMONG_TOP.search(text, max(0, start - 60), start):
        return make(start, end, value, "rank", "top group", core=(start, end))
    several = re.match(
        r"[ -](?:[a-z-]+[ ]){0,2}(?:companies|drugmakers|firms|pharma\b|pharmas|makers|customers|clients|products|drugs|banks|investors)",
        after,
    )
    if several is not None or (after[:1] in "곳개사" and after[:1]):
        return None
    if _POWER.match(after) is None:
        return None
    return make(start, end, value, "rank", "top group", core=(start, end))


LEADING = re.compile(
    r"[ ](?:(?:leading|top|biggest|largest|strongest|best)[ ])+(?:[a-z-]+[ ]){0,2}(?:(?P<power>powers?|powerhouses|nations|countries|economies|bioeconomies|bio-economies|hubs)|companies|firms|drugmakers|makers|groups)"
)
