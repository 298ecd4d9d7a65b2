"""Quantities written as words: cardinals, fractions, multiples, places; English and Korean."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from salpi.evidence.quantities.nouns import counted
from salpi.evidence.quantities.numerals import (
    CARDINALS,
    FRACTIONS,
    HUNDREDS,
    KOREAN_NATIVE,
    KOREAN_NOUNS,
    MULTIPLES,
    ORDINALS,
    english,
    figure,
    korean,
)
from salpi.evidence.quantities.units import AFTER, CURRENCY_AFTER
from salpi.evidence.tokens import Tokens

if TYPE_CHECKING:
    from salpi.evidence.quantities.scan import Found


def _or(words: object) -> str:
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))  # type: ignore[call-overload]


_CARD = _or(CARDINALS)
_BIG = _or(HUNDREDS)
_DIGIT = _or(word for word, value in CARDINALS.items() if value < 10)
_ENGLISH = re.compile(
    rf"(?<![\w&])(?<!\d[.,])(?:(?<!-)|(?<=[Tt]op-)|(?<=TOP-))(?:(?P<of>(?P<part>{_CARD}|\d{{1,3}})[ ](?:out[ ]of|(?:(?!per|percent|million|billion|trillion|thousand|hundred|lakh|crore)[a-z]{{3,12}}[ ])?in|of(?=[ ](?:every|each|100)[ ]))[ ](?:every[ ]|each[ ])?(?P<whole>{_CARD}|\d{{1,3}})(?![\w,.]?\d|[ -]?(?:percent|per[ ]cent|%|million|billion|months?|years?|weeks?|days?|quarters?)))"
    rf"|(?P<slash>(?P<upper>[1-9])/(?P<lower>[2-9]|10)(?=[ ]of[ ]))"
    rf"|(?P<halfbig>half[ ]a[ ](?P<big>million|billion|trillion|dozen|hundred|thousand))"
    rf"|(?P<point>(?P<whole2>{_CARD})[- ]point(?P<decimals>(?:[- ](?:{_DIGIT})){{1,4}})(?:[- ](?P<pbig>{_BIG}))?)"
    rf"|(?P<andhalf>(?P<hwhole>{_CARD}|\d{{1,3}})[ -]and[ -]a[ -](?P<hfrac>half|quarter)(?:[- ](?P<hbig>{_BIG}))?(?:[ -](?P<hfold>times|fold))?)"
    rf"|(?P<share>(?:(?P<some>a|an|{_CARD}|\d{{1,2}})[ -])?(?P<frac>half|thirds?|fourths?|quarters?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?|twelfths?|twentieths?))"
    rf"|(?P<fold>(?:{_CARD})(?:-|[ ])?(?:fold|times)(?![\w]))"
    rf"|(?P<card>(?:(?:a|an|several)[ ](?=million|billion|trillion|dozen|hundred|thousand)|(?=[A-Za-z]))(?:(?:{_CARD}|{_BIG})(?:(?:[ -]|(?:(?<=hundred)|(?<=thousand)|(?<=million)|(?<=billion))[ ]and[ ])(?:{_CARD}|{_BIG})){{0,6}}))"
    rf"|(?P<mult>{_or(MULTIPLES)})"
    rf"|(?P<ord>{_or(ORDINALS)}))(?![A-Za-z])",
    re.I,
)
_NATIVE = _or(KOREAN_NATIVE)
_NOUNS = _or(KOREAN_NOUNS | KOREAN_NATIVE)
_KOREAN = re.compile(
    rf"(?P<tenth>(?<![\d.,])(?P<tenths>[1-9])할(?![\w])|(?<![\d.,])(?P<tenths2>[1-9])할(?=[을이은의가로에 ,.]))|(?P<ofall>(?<![가-힣])(?P<ofn>열|다섯|셋|넷|스물)에\s(?P<ofm>하나|둘|셋|넷|다섯|여섯|일곱|여덟|아홉))|(?P<half>절반|반토막|반으로)|(?P<twice>(?<![가-힣]\s)(?:갑절|곱절)|(?:갑절|곱절)(?<!(?:두|세|네)\s곱절))|(?P<parts>(?P<low>\d{{1,3}})\s?분의\s?(?P<top>\d{{1,3}}))"
    rf"|(?<![가-힣\d.,])(?P<among>(?P<all>둘|셋|넷|다섯|열|두|세|네|2|3|4|5|10)\s?(?:곳|명|개사|개|건|종|사람|가구|대)?\s?(?:중|가운데|에서)\s(?P<some>{_NOUNS}|\d{{1,2}})\s?(?:곳|명|개사|개|건|종|사람|가구|대)?)(?=[\s,.은는이가을를의꼴로]|$)"
    rf"|(?<![가-힣\d])(?P<native>{_NATIVE})\s?(?P<counter>배(?![가-힣]*(?:양|터))|곱절|곳|명|건|개(?:월|사|국|소)?(?!발|정|선)|가지|달(?!러|성|라)|종(?![가-힣]{{2}})(?<!세종)|동(?=[\s을이의은,.)]|$)|(?<!열)기(?=[\s를가의는,.)]|$)|표(?=[\s를로가의는,.)]|$)|해(?=\s?(?:동안|연속))|군데|차례|품목|편|주(?:간|일)|사람)"
    rf"|(?<![가-힣])(?P<days>이틀|사흘|나흘|닷새|엿새|열흘|보름)(?=[\s이간만을의에로뒤,.]|$)|(?<![가-힣])(?P<halfyear>반년)(?=[\s이만을의에,.]|$)"
    rf"|(?<![가-힣\d,.])(?<!\d\s)(?P<great>[천백십]만|[천백]억|만|천|백|천\s?만|백\s?만)\s?(?P<greatunit>명|개(?=[\s사이가를의,.])|곳|건|달러|원(?=[\s이을에의,.])|유로|리터)"
    rf"|(?<![가-힣])(?P<week1>일주일)(?!에\s)|(?P<some2>둘|셋|넷|다섯|여섯|일곱|여덟|아홉)(?=이[고다며었\s]|을\s|은\s|만\s)"
)
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
    rf"[.,;)]|[ ](?:in (?:the )?(?:world|asia|europe)|among|worldwide|globally|overall)(?![a-z])|[ ]to[ ](?:{_or(ORDINALS)}|\d+(?:st|nd|rd|th))(?![a-z])", re.I
)
_ROW = re.compile(rf"(?:\d(?:st|nd|rd|th)|\b(?:{_or(ORDINALS)}))\b[^.;\n]{{0,40}}(?:[,;]|\band) (?:and )?[A-Z]\w+(?: [A-Z]\w+)?(?: only)? $")
_ASIDE = re.compile(r"\b[A-Z][\w&.-]+, $")
_FIRST_AFTER = re.compile(r"[ -](?:place|spot|position|rank)(?![a-z])|[ ](?:among|worldwide|globally|in the world)(?![a-z])", re.I)
_CHAINED = re.compile(r"[.,;)]|$|\n|[ ]and[ ]|[ ]in[ ](?:the|19|20)")
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
_THING_BEFORE = re.compile(
    r"\b(?:for|at least|have|had|get|got|to|want|wants|wanted|expects?|foresaw|foresees?|plans?|planned|promised|just|only|only the)[ ]$"
)
_SPAN_OF_QUARTERS = re.compile(r"(?:two|four|five|six|seven|eight|nine|ten|twelve)[ ]quarters", re.I)
_HALF_STOP = re.compile(
    r"(?:first|second|latter|last|previous|same|this|next|1st|2nd|each|every|a year and a|other|better|back|final|opening|and a)[ -]$",
    re.I,
)
_HALF_AFTER = re.compile(
    r"-|[ ](?:year|of (?:20|19|the year|this year|last year|next year|next|this)|on (?:half|year))|[ ](?:a|an|dozen)[ ]\w+[ ](?:later|ago)",
    re.I,
)
_PART_AFTER = re.compile(
    r"[ ]?(?:of|but|for|with|while|and|or|came|goes|went|go|coming|abroad|at|less|more|lower|higher|smaller|larger|bigger|fewer|as|what|that|from|since|to|by|in|on|over|the|their|its|above|below|are|is|were|was|have|come|comes|share|year)(?![A-Za-z])|[,.;:)]|$",
    re.I,
)
_POWER = re.compile(
    r"[ -](?:[A-Za-z-]+[ ]){0,3}(?:powers?|powerhouses?|countr(?:y|ies)|nations?|spots?|positions?|hubs?|destinations?|leaders?|players?|clubs?|league|economy|economies|locations?|ranks?|places?|producers?|exporters?|markets?)|[ ]?(?:by|in|for|worldwide|globally|of)[ ]|[ ](?:as|and|but|or|nor|rather|instead|than|not|then|this|that|next|last|to|from|at|were|was|is|had|has|with|on)[ ]|[.,;:?!)\"'”’]|$",
    re.I,
)


def scan(text: str, known: Tokens) -> list[Found]:
    """All quantities in words of ``text``, in order."""
    from salpi.evidence.quantities.scan import Found

    out: list[Found] = []
    last = 0
    for start in known.numerals:
        if start < last or (text[start].isdigit() and _FIGURE_START.match(text, start) is None):
            continue
        match = _ENGLISH.match(text, start)
        if match is None:
            continue
        last = match.end()
        one = _english(text, match, Found)
        place = match["ord"] or (match["frac"] if match["share"] and not match["some"] else None)
        if one is None and place and place.lower() in ORDINALS and out and _chained(text, out[-1], match):
            one = Found(start, last, float(ORDINALS[place.lower()]), "rank", "place in words", core=(start, last))
        if one is not None:
            out.append(one)
    if not text.isascii():
        out += _spoken(text, known, Found)
    return out


_FIGURE_START = re.compile(
    r"\d{1,3}(?:/\d|[ -](?:and|half|third|fourth|quarter|fifth|sixth|seventh|eighth|ninth|tenth|twelf|twent)|[ ](?:[a-z]{3,12}[ ])?(?:out|in|of)[ ])", re.I
)
"""Figures with which a number in English words may begin."""
_KOREAN_FIGURE = re.compile(r"\d{1,3}\s?(?:할|분의|(?:곳|명|개사|개|건|종|사람|가구|대)?\s?(?:중|가운데|에서)\s)")
_HALVES = re.compile(r"절반|반토막|반으로|갑절|곱절")


def _spoken(text: str, known: Tokens, make: type[Found]) -> list[Found]:
    """Numbers in Korean words: at words that may begin one, at figures that may, and halves inside words."""
    places = [*known.hangul, *(match.start() for match in _HALVES.finditer(text))]
    places += [start for start in known.numerals if _KOREAN_FIGURE.match(text, start) is not None]
    out: list[Found] = []
    last = 0
    for start in sorted(set(places)):
        if start < last or (match := _KOREAN.match(text, start)) is None:
            continue
        last = match.end()
        one = _korean(text, match, make)
        if one is not None:
            out.append(one)
    return out


def _chained(text: str, low: Found, match: re.Match[str]) -> bool:
    """Whether an ordinal goes on a row of places: "Beijing was second and Houston, down from third, fifth"."""
    gap = text[low.end : match.start()]
    return (
        low.unit == "rank"
        and match[0].lower() != "first"
        and len(gap) < 70
        and re.search(r"[.!?]\s|\n|\bthe[ ]$|\ba[ ]$", gap) is None
        and _CHAINED.match(text, match.end()) is not None
    )


def _english(text: str, match: re.Match[str], make: type[Found]) -> Found | None:
    start, end = match.span()
    if match["of"]:
        part, whole = _small(match["part"]), _small(match["whole"])
        noun = counted(text, end)
        if not 0 < part < whole or (whole > 20 and whole != 100 and match["whole"].isdigit()):
            return None
        if whole in (3, 4, 5, 6, 8, 10, 20, 2, 100) and (noun is None or whole in (5, 10, 100) or not match["part"].isdigit()):
            return make(start, end, 100.0 * part / whole, "%", "part of a whole", core=(start, end))
        return None
    if match["slash"]:
        value = 100.0 * int(match["upper"]) / int(match["lower"])
        return make(start, end, value, "%", "fraction in words", core=(start, end)) if value < 100 else None
    if match["point"] or match["andhalf"]:
        return _broken(text, match, make)
    if match["share"]:
        return _fraction(text, match, make)
    if match["halfbig"]:
        return _counting(
            text, make(start, end, 0.5 * HUNDREDS[match["big"].lower()], None, "words", scaled=True, core=(start, end))
        )
    if match["fold"]:
        word = re.split(r"-| |fold|times", match["fold"].lower())[0]
        if "times" in match["fold"].lower() and re.match(r" (?:a|per|in a|each|every) ", text[end : end + 7]):
            return None
        return make(start, end, float(CARDINALS[word]), "x", "fold", core=(start, end))
    if match["mult"]:
        if match["mult"].lower() == "twice" and re.match(r" [a-z]{3,}ed\b", text[end : end + 16]):
            return None
        if (text[end : end + 1] == "-" and text[end : end + 2] != "- ") or re.match(
            r" (?:digits?|figures|a (?:year|week|month|day)|standard|blind|counting|check)", text[end : end + 9]
        ):
            return None
        return make(start, end, MULTIPLES[match["mult"].lower()], "x", "multiple in words", core=(start, end))
    if match["ord"]:
        return ordinal(text, start, end, ORDINALS[match["ord"].lower()], make)
    return _cardinal(text, match, make)


def _broken(text: str, match: re.Match[str], make: type[Found]) -> Found | None:
    """``one-point-two billion``, ``two and a half years``: a number in words with a part behind it."""
    start, end = match.span()
    if match["point"]:
        digits = "".join(str(CARDINALS[word]) for word in re.split(r"[- ]", match["decimals"].strip("- ").lower()))
        value, big = float(f"{CARDINALS[match['whole2'].lower()]}.{digits}"), match["pbig"]
    else:
        value = _small(match["hwhole"]) + (0.5 if match["hfrac"].lower() == "half" else 0.25)
        big = match["hbig"]
        if match["hfold"]:
            return make(start, end, value, "x", "fold", core=(start, end))
    if big:
        value *= HUNDREDS[big.lower()]
    return _counting(text, make(start, end, value, None, "words", scaled=bool(big), core=(start, end)))


_OF_A_POINT = re.compile(r"[ ](?:of[ ])?a[ ](?:(?P<point>(?:percentage[ ])?point)|per[ ]?cent)(?![a-z])")
_CUT = re.compile(r"\b(?:cut|cuts|cutting|split|slash|slashed|slashing|fell|fall|falling|reduced?|reducing|chopped|shrunk|shrank|trimmed|drop(?:ped)?)\b[^.;]*$")
_KOREAN_DAYS = {"이틀": 2.0, "사흘": 3.0, "나흘": 4.0, "닷새": 5.0, "엿새": 6.0, "열흘": 10.0, "보름": 15.0}
_CERTAIN = re.compile(r"(?:상위|주요|대형|글로벌|선두|톱|빅|이들|해당|이|그|총|전체|세계)\s(?:\S{1,6}\s){0,2}$|[A-Z]\s?$|\d\s?$")
"""Before a whole of certain members, of which one counts some: "상위 제약사 10곳 가운데 9곳"."""
_ROUND_WHOLES = frozenset({2, 3, 4, 5, 10})
"""Of so many one speaks to give a share; of others, to count."""


def _native(word: str) -> int:
    if word.isdigit():
        return int(word)
    return KOREAN_NOUNS.get(word) or KOREAN_NATIVE[word]


def _small(word: str) -> int:
    return int(word) if word.isdigit() else CARDINALS[word.lower()]


def _fraction(text: str, match: re.Match[str], make: type[Found]) -> Found | None:
    start, end = match.span()
    before = text[max(0, start - 14) : start]
    some, word = match["some"], match["frac"].lower()
    if _SPAN_OF_QUARTERS.fullmatch(match[0]) and re.search(r"\bthe (?:first|last|past|next)[ ]$", before) is None:
        return make(start, end, 3.0 * _small(some), "months", "quarters", core=(start, end))
    if some and some.isdigit() and not word.endswith("s"):
        return None
    if not some and word != "half":
        return ordinal(text, start, end, ORDINALS[word], make) if word in ORDINALS else None
    if word == "half":
        if not some and re.search(r"\b(?:in|by)[ ]$", before) and _CUT.search(text[max(0, start - 90) : start]):
            reach = re.search(r"\bin[ ]$", before)
            if reach is not None:
                return make(start - 3, end, 0.5, "x", "multiple in words", core=(start, end))
        if re.match(r"[ ]as (?:much|many|big|large|long|high)(?![a-z])", text[end : end + 12]):
            return make(start, end, 0.5, "x", "multiple in words", core=(start, end))
        if re.search(r"\bthe[ ]$", before) and re.match(r"[,.;)]", text[end : end + 1]):
            return None  # the half of the year
        if _HALF_STOP.search(before) or _HALF_AFTER.match(text, end):
            return None
        if some and some.lower() not in ("a", "one"):
            return None
    elif (
        (some and some.lower() in ("a", "an") and not word.startswith("quarter") and not _PART_AFTER.match(text, end))
        or (
            word.startswith("quarter")
            and (
                re.match(r"[ ](?:of (?:19|20)|on quarter|earlier|later|ago|before|to quarter|in a row|behind)|-", text[end : end + 12])
                or (re.search(r"\b(?:in|within|over|per|each|every|just|last|once)[ ]$", before) and text[end : end + 4] != " of ")
            )
        )
        or (
            word.startswith("quarter")
            and some
            and word.endswith("s")
            and re.match(r" (?:in a row|of growth|running|ago|earlier)|,? ending", text[end : end + 10])
        )
    ):
        return None
    number = 1 if not some or some.lower() in ("a", "an") else _small(some)
    value = 100.0 * number * FRACTIONS[word]
    if value > 100:
        return None
    point = _OF_A_POINT.match(text, end)
    if point is not None:
        return make(
            start, point.end(), value / 100, "pp" if point["point"] else "%", "part of a point", core=(start, end)
        )
    return make(start, end, value, "%", "fraction in words", core=(start, end))


def ordinal(text: str, start: int, end: int, value: int, make: type[Found]) -> Found | None:
    """An ordinal is a quantity only where it is a place in a ranking."""
    before = text[max(0, start - 80) : start]
    if text[start].isupper() and before.endswith("the "):
        return None  # a name
    standing = (_STANDING_BEFORE.search(before) is not None and _STANDING_AFTER.match(text, end) is not None) or (
        _UP_FROM.search(before) is not None and re.match(r"[.,;)\s]|$", text[end : end + 1]) is not None
    )
    standing = standing or (_BEING.search(before) is not None and _ENDS.match(text, end) is not None)
    standing = standing or (before.endswith(", ") and re.match(r"[ ](?:only[ ])?(?:to|behind|after)[ ](?:the[ ])?[A-Z]", text[end : end + 16]) is not None)
    standing = standing or (
        re.match(r" to \d+(?:st|nd|rd|th)(?![a-z]| [Cc]entur| of )", text[end : end + 24]) is not None and before.endswith("from ")
    )
    standing = standing or re.search(r"from \d+(?:st|nd|rd|th) (?:place |spot )?to $", before) is not None
    standing = standing or _ROW.search(before) is not None
    standing = standing or (_ASIDE.search(before) is not None and re.match(r",|[ ]in[ ](?:19|20)\d\d[,)]", text[end : end + 9]) is not None)
    standing = standing or (_MOVED.search(before) is not None and _PLACED_AFTER.match(text, end) is not None)
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
    if (
        value == 1
        and re.search(r"rank|place|came|number", before[-24:], re.I) is None
        and _FIRST_AFTER.match(text, end) is None
        and re.match(rf", [A-Z]\w+ (?:{_or(ORDINALS)})(?![a-z])", text[end : end + 40]) is None
        and not (_ASIDE.search(before) and re.match(r"[ ]in[ ](?:19|20)\d\d,", text[end : end + 9]))
    ):
        return None
    return make(start, end, float(value), "rank", "place in words", core=(start, end))


def top(text: str, start: int, end: int, value: float, make: type[Found]) -> Found | None:
    """``top five``: a place where it is one power, country or position that gets there."""
    after = text[end : end + 60]
    if re.match(r"(?:에\s?(?:들|진입|오르|이름|올라)|권\s?(?:에|진입))", after):
        return make(start, end, value, "rank", "top group", core=(start, end))
    if re.match(r"(?:위|대|개국)", after):
        return make(start, end + len(re.match(r"(?:위|대|개국)", after)[0]), value, "rank", "top group", core=(start, end))  # type: ignore[index]
    if re.match(r"%| ?percent| per cent|곳|개사|명", after):
        return None
    several = re.match(
        r"[ -](?:[a-z-]+[ ]){0,2}(?:companies|drugmakers|firms|pharma\b|pharmas|makers|customers|clients|products|drugs|banks|investors)",
        after,
    )
    if several is not None or (after[:1] in "곳개사" and after[:1]):
        return None
    if _POWER.match(after) is None:
        return None
    return make(start, end, value, "rank", "top group", core=(start, end))


_NUMBERED_BEFORE = re.compile(
    r"(?:Number|No\.)[ -]$|(?:^|\b(?:is|are|was|were|be|being|became?|remain\w*|still|now|as|at|the|to|from|a|world's|globally)[ ]|,[ ])number[ -]$"
)
_LEADING = re.compile(
    r"[ ](?:(?:leading|top|biggest|largest|strongest|best)[ ])+(?:[a-z-]+[ ]){0,2}(?:(?P<power>powers?|powerhouses|nations|countries|economies|hubs)|companies|firms|drugmakers|makers|groups)"
)


def _cardinal(text: str, match: re.Match[str], make: type[Found]) -> Found | None:
    start, end = match.span()
    raw = match["card"].lower()
    parts = [word for word in re.split(r"[ -]", raw) if word not in ("a", "an", "several")]
    if (parts[0] in HUNDREDS and not raw.startswith(("a ", "an "))) or raw.startswith("several"):
        return None
    while parts and parts[-1] == "and":
        parts.pop()
    if parts == ["zero"] and (noun := counted(text, end)) is not None and noun[0] in ("count", "persons"):
        return make(start, end, 0.0, noun[0], "words", counted=noun[1], core=(start, end))
    if parts in (["one"], ["zero"]) and not re.match(r"[ -]?(?:percent|per cent|%)", text[end : end + 9]):
        if re.match(r"[ -](?:to|or)[ -]", text[end : end + 4]) and re.match(rf"(?:{_CARD}|\d)", text[end + 4 : end + 16], re.I):
            return make(start, end, english(parts), None, "words", core=(start, end))
        aimed = re.match(r" by (?:19|20)\d\d", text[end : end + 8]) and _THING_BEFORE.search(text[max(0, start - 24) : start])
        return make(start, end, 1.0, None, "words", core=(start, end)) if aimed else None
    if re.search(r"(?:top|Top|TOP)[ -]$", text[max(0, start - 4) : start]):
        return top(text, start, end, english(parts), make)
    if re.search(r"\b[Bb]ig[ -]$", text[max(0, start - 4) : start]):
        return None
    if (leading := _LEADING.match(text, end)) is not None and re.search(r"(?:[Ww]orld's|[Gg]lobal) $", text[max(0, start - 9) : start]):
        return make(start, end, english(parts), "rank", "top group", core=(start, end)) if leading["power"] else None
    if re.search(r"[.;:] number $", text[max(0, start - 9) : start]):
        return None
    if _NUMBERED_BEFORE.search(text[max(0, start - 20) : start]):
        return make(start, end, english(parts), "rank", "numbered place", core=(start, end)) if parts != ["one"] else None
    if text[end : end + 1] == "-" and re.match(
        r"-(?:[Yy]ear [A-Z]|year plan|year old|year-old|way|thirds|pronged|fold|step|stage|part|dimensional|point [A-Z])",
        text[end : end + 10],
    ):
        return None
    if re.search(r"\bfactor of (?:about |nearly |around |over )?$", text[max(0, start - 18) : start]):
        return make(start, end, english(parts), "x", "factor", core=(start, end))
    one = make(start, end, english(parts), None, "words", scaled=any(word in HUNDREDS for word in parts), core=(start, end))
    return _counting(text, one)


_MONTHS_OF = re.compile(
    r"[ ](?:period|figures?|revenues?|sales|profits?|totals?|results?|net|operating|exports?|imports?|turnover|earnings|loss(?:es)?)(?![a-z])"
)
_SINCE_THEN = re.compile(r"[ ](?:ago|earlier|later|on[,.]|after|before|hence|from now)(?![a-z])")


def _counting(text: str, one: Found) -> Found | None:
    unit = re.match(
        r"[ -](?:(?P<pp>percentage[ -]points?)|(?P<pct>percent|per cent)(?![a-z])|(?P<litre>(?:kilo)?lit(?:re|er)s?)(?![a-z]))",
        text[one.end : one.end + 20],
    )
    if unit is not None:
        one.unit = {"pp": "pp", "pct": "%", "litre": "L"}[unit.lastgroup or ""]
        one.end += unit.end()
        return one
    money = CURRENCY_AFTER.match(text, one.end)
    if money is not None and one.scaled and money["word"].lower() != "$":
        one.unit, one.end = AFTER[money["word"].lower()], money.end()
        return one
    after = text[one.end : one.end + 3]
    if after == "- t" and re.match(r"- to ", text[one.end : one.end + 5]):
        return one  # two- to threefold
    if after[:1] == "-" and one.value > 1:
        duration = re.match(r"-(day|week|month|year)(?![a-z])(?! plan| Plan)", text[one.end : one.end + 12])
        if duration is None or (
            duration[1] == "month" and one.value in (3, 6, 9) and _MONTHS_OF.match(text, one.end + duration.end())
        ):
            return None
        unit_name, factor = {"day": ("days", 1), "week": ("days", 7), "month": ("months", 1), "year": ("years", 1)}[duration[1]]
        one.unit, one.value, one.end, one.factor = unit_name, one.value * factor, one.end + duration.end(), factor
        return one
    if re.match(r"[ ](?:in the (?:morning|evening|afternoon)|o'clock|minutes past|past \w+ in)(?![a-z])", text[one.end : one.end + 20]):
        return None
    noun = counted(text, one.end)
    if noun is None:
        return one
    kind, one.counted = noun
    one.unit = kind
    if kind == "decades":
        one.unit, one.value, one.factor, kind = "years", one.value * 10, 10.0, "years"
    if kind in ("weeks", "fortnights"):
        one.factor = 7.0 if kind == "weeks" else 14.0
        one.unit, one.value = "days", one.value * one.factor
    if kind in ("days", "weeks", "months", "years", "fortnights") and re.fullmatch(
        r"[ ](?:[a-z]+[ ])?[a-z]+", text[one.end : one.counted]
    ):
        one.end = one.counted if text[one.end : one.counted].count(" ") == 1 else one.end
    if kind == "years" and _SINCE_THEN.match(text, one.end) is not None:
        return None  # a point in time
    if (
        kind == "months"
        and one.value in (3, 6, 9)
        and re.search(r"\b(?:the|the same|these|those)[ ]$", text[max(0, one.start - 10) : one.start])
    ):
        return None  # part of a year
    if kind == "days" and re.search(r"\bfirst[ ]$", text[max(0, one.start - 6) : one.start]):
        return None
    return one


def _korean(text: str, match: re.Match[str], make: type[Found]) -> Found | None:
    start, end = match.span()
    if match["tenth"]:
        return make(start, end, 10.0 * int(match["tenths"] or match["tenths2"]), "%", "tenths", core=(start, end))
    if match["days"]:
        return make(start, end, _KOREAN_DAYS[match["days"]], "days", "words", core=(start, end))
    if match["halfyear"]:
        return make(start, end, 6.0, "months", "words", core=(start, end))
    if match["great"]:
        value = korean("1" + match["great"].replace(" ", ""))
        if value < 1000 or re.search(r"(?:단위|기준)\s?[:：]?\s?$|\($", text[max(0, start - 6) : start]):
            return None  # a scale, not an amount
        named = {"명": "persons", "달러": "USD", "원": "KRW", "유로": "EUR", "리터": "L"}.get(match["greatunit"], "count")
        return make(start, end, value, named, "words", scaled=True, core=(start, end), scale=value)
    if match["week1"]:
        return make(start, end, 7.0, "days", "words", core=(start, end), factor=7.0)
    if match["some2"]:
        if not re.search(r"(?:그중|그\s중|중|가운데|누적으로|까지)\s$", text[max(0, start - 5) : start]):
            return None
        return make(match.start("some2"), end, float(_native(match["some2"])), "count", "words", counted=end, core=(start, end))
    if match["ofall"]:
        return make(
            start, end, 100.0 * _native(match["ofm"]) / _native(match["ofn"]), "%", "part of a whole", core=(start, end)
        )
    if match["half"]:
        if match["half"] == "반으로" and not re.search(r"[\s]$", text[max(0, start - 1) : start]):
            return None
        if match["half"] == "반토막":
            return make(start, end, 0.5, "x", "multiple in words", core=(start, end))
        return make(start, end if match["half"] != "반으로" else start + 1, 50.0, "%", "fraction in words", core=(start, end))
    if match["twice"]:
        return make(start, end, 2.0, "x", "multiple in words", core=(start, end))
    if match["parts"]:
        return make(
            start, end, 100.0 * figure(match["top"]) / max(1.0, figure(match["low"])), "%", "fraction in words", core=(start, end)
        )
    if match["among"]:
        whole, part = _native(match["all"]), _native(match["some"])
        if whole not in _ROUND_WHOLES or not 0 < part < whole or _CERTAIN.search(text[max(0, start - 16) : start]):
            return None
        return make(start, end, 100.0 * part / whole, "%", "part of a whole", core=(start, end))
    value, counter = KOREAN_NATIVE[match["native"]], match["counter"]
    if value == 1 or (counter == "가지" and re.match(r"\s?(?:핵심|주요|이유|방안|측면)", text[end : end + 6])):
        return None
    unit = {"배": "x", "곱절": "x", "명": "persons", "사람": "persons", "달": "months", "개월": "months", "해": "years"}.get(counter, "count")
    if counter.startswith("주"):
        return make(start, end, 7.0 * value, "days", "words", core=(start, end), factor=7.0)
    return make(start, end, float(value), unit, "words", counted=end, core=(start, end))
