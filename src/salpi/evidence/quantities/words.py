"""Quantities written as words in English: cardinals, fractions, multiples; those of other files are called from here."""

from __future__ import annotations

import re
from itertools import takewhile
from math import prod

from salpi.evidence.quantities.found import Found
from salpi.evidence.quantities.measured import read_minor
from salpi.evidence.quantities.nouns import counted
from salpi.evidence.quantities.numerals import CARDINALS, FRACTIONS, HUNDREDS, MULTIPLES, ORDINALS, english
from salpi.evidence.quantities.places import LEADING, chained, ordinal, top
from salpi.evidence.quantities.spoken import MEASURED, scan_korean
from salpi.evidence.quantities.units import AFTER, CURRENCY_AFTER, PHYSICAL, alternatives, may_minor, may_money, physical_after
from salpi.evidence.tokens import Tokens

_CARD = alternatives(CARDINALS)
_BIG = alternatives(HUNDREDS)
_ONES = alternatives(word for word, value in CARDINALS.items() if 0 < value < 10)
_DIGIT = alternatives([*(word for word, value in CARDINALS.items() if value < 10), "oh", "nought", "naught"])
_TENS = alternatives(word for word, value in CARDINALS.items() if value >= 20)
_WHOLE = rf"(?:(?:an?|{_CARD})[ -]hundred[ -](?:and[ -])?)?(?:(?:{_TENS})[- ](?:{_ONES})|{_CARD})"
_DECIMALS = rf"(?:[- ](?:{_TENS})[- ](?:{_ONES})|(?:[- ](?:{_DIGIT})){{1,4}}|[- ](?:{_CARD}))"
_PORTION = "half|quarters?|thirds?|fifths?|eighths?|tenths?"
_BEGINS = r"(?<![\w&])(?<!\d[.,])(?:(?<!-)|(?<=[Tt]op-)|(?<=TOP-))"
_OF = rf"(?P<of>(?P<part>{_CARD}|\d{{1,3}})[ ](?:out[ ]of|(?:[a-z]{{3,14}}s[ ])out[ ]of(?=[ ](?:ten|10|five|100)\b)|(?:(?!per|percent|million|billion|trillion|thousand|hundred|lakh|crore)[a-z]{{3,12}}[ ])?in|of(?=[ ](?:every|each|100)[ ]))[ ](?:every[ ]|each[ ]|a[ ](?=hundred))?(?P<whole>hundred|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-(?:{_DIGIT})|{_CARD}|\d{{1,3}})(?![\w,.]?\d|-(?:{_DIGIT})|[ -]?(?:percent|per[ ]cent|%|million|billion|months?|years?|weeks?|days?|quarters?)))"
_OTHERS = (
    rf"(?P<every>every[ ](?P<nth>third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)(?![ ](?:year|month|week|day|quarter|time|hour|minute|season|summer|winter)s?\b))"
    rf"|(?P<decade>a[ ]decade(?!'|[ -](?:ago|later|earlier|on|before|after|long|old|end)))"
    rf"|(?P<slash>(?P<upper>[1-9])/(?P<lower>[2-9]|10)(?=[ ]of[ ]))"
    rf"|(?P<partbig>(?:(?P<many>an?|one|two|three)[ -])?(?:(?P<part2>half|quarters?)(?:[ -](?:of[ -])?a)?|(?P<part3>{_PORTION})[ -]of[ -]a)[ -](?P<big>million|billion|trillion|dozen|hundred|thousand))"
    rf"|(?P<couple>an?[ ]couple(?:[ ]of)?(?P<cbig>(?:[ ](?:{_BIG})){{1,2}}))"
    rf"|(?P<point>(?:(?P<whole2>{_WHOLE}|nought|naught)[- ])?point(?P<decimals>{_DECIMALS})(?:[- ](?P<pbig>{_BIG}))?(?:[ -](?P<pfold>times|fold)(?![a-z]|[ ](?:a|an|per|each|every)[ ]))?)"
    rf"|(?P<andhalf>(?P<hwhole>{_WHOLE}|\d{{1,3}})[ -]and[ -](?P<hmany>an?|one|two|three)[ -](?P<hfrac>{_PORTION})(?:[- ](?P<hbig>{_BIG}))?(?:[ -](?P<hfold>times|fold))?)"
    rf"|(?P<bigand>(?P<bwhole>an?|{_CARD}|\d{{1,3}})[ ](?P<bbig>{_BIG}|year|month)s?[ ]and[ ]a[ ](?P<bfrac>half|quarter))"
    rf"|(?P<tord>(?P<tens>{_TENS})[- ](?P<last>{alternatives(word for word, value in ORDINALS.items() if value < 10)}))"
    rf"|(?P<share>(?:(?P<some>a|an|{_CARD}|\d{{1,2}})[ -])?(?P<frac>half|thirds?|elevenths?|thirteenths?|fifteenths?|fourths?|quarters?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?|twelfths?|twentieths?))"
    rf"|(?P<fold>(?:{_CARD})(?:-|[ ])?(?:fold|times)(?![\w]))"
    rf"|(?P<card>(?:(?:a|an|several)[ ](?=million|billion|trillion|dozen|hundred|thousand)|(?=[A-Za-z]))(?:(?:{_CARD}|{_BIG})(?:(?:[ -]|(?:(?<=hundred)|(?<=thousand)|(?<=million)|(?<=billion))(?:[ ]and[ ]|-and-)|(?<=thousand),[ ](?=(?:{_CARD})[ ]hundred)|(?<=million),[ ](?=(?:{_CARD})[ ]hundred[ ](?:and[ ](?:{_CARD})(?:-(?:{_ONES}))?[ ])?thousand))(?:{_CARD}|{_BIG})){{0,6}}))"
    rf"|(?P<mult>{alternatives(MULTIPLES)})"
    rf"|(?P<ord>{alternatives(ORDINALS)})"
)
_ENGLISH = re.compile(rf"{_BEGINS}(?:{_OF}|{_OTHERS})(?![A-Za-z])", re.I)
_NO_PART = re.compile(rf"{_BEGINS}(?:(?P<of>(?!))|{_OTHERS})(?![A-Za-z])", re.I)
"""The same without parts of a whole: of "twelve months in four cases out of five" the first words are none."""
_THING_BEFORE = re.compile(
    r"\b(?:for|at least|have|had|get|got|to|want|wants|wanted|expects?|foresaw|foresees?|plans?|planned|promised|just|only|only the)[ ]$"
)
_SPAN_OF_QUARTERS = re.compile(r"(?:two|four|five|six|seven|eight|nine|ten|twelve)[ ]quarters", re.I)
_HALF_STOP = re.compile(
    r"(?:first|second|latter|last|previous|same|this|next|1st|2nd|each|every|a year and a|other|better|back|final|opening|and a)[ -]$",
    re.I,
)
_HALF_AFTER = re.compile(
    r"-|[ ](?:year|of (?:20|19|the year|this year|last year|next year|next|this)|on (?:half|year))|[ ](?:a|an|dozen)[ ]\w+[ ](?:later|ago)|[ ]an?[ ](?:hour|minute|second|day|week|year|century|decade|mile|metre|meter|kilomet(?:re|er)|step|page|glass|lifetime)(?![a-z])|[ ]the year[ ](?:is|has|was)(?![a-z])",
    re.I,
)
_PART_AFTER = re.compile(
    r"[ ]?(?:of|but|for|with|while|and|or|came|goes|went|go|coming|abroad|at|less|more|lower|higher|smaller|larger|bigger|fewer|as|what|that|from|since|to|by|in|on|over|the|their|its|above|below|are|is|were|was|have|has|had|come|comes|share|year|up|down|when|if|respectively|after|before|during|because|until|under|between|compared|against|each|this|last|next|annually)(?![A-Za-z])|[ ]?[,.;:()]|$",
    re.I,
)


def scan(text: str, known: Tokens) -> list[Found]:
    """All quantities in words of ``text``, in order."""
    out: list[Found] = []
    last = 0
    figures = [
        start
        for start, end in known.figures
        if end - start < 4 and text[end : end + 1] in _GOES_ON and _FIGURE_START.match(text, start)
    ]
    for start in sorted([*known.numerals, *figures]) if figures else known.numerals:
        if start < last:
            continue
        if (lone := _LONE_BIG.match(text, start)) is not None:
            last = lone.end()
            continue
        match = _ENGLISH.match(text, start)
        if match is None:
            continue
        one = _english(text, match, Found)
        if one is None and match["of"]:
            match = _NO_PART.match(text, start)
            if match is None:
                continue
            one = _english(text, match, Found)
        last = match.end()
        if one is None and match["card"] and (lead := _LOOSE_BIG.match(text, start, last)) is not None:
            last = lead.end()  # the magnitude of a figure, and another number after it
        place = match["ord"] or (match["frac"] if match["share"] and not match["some"] else None)
        if one is None and place and place.lower() in ORDINALS and out and chained(text, out[-1], match):
            one = Found(start, last, float(ORDINALS[place.lower()]), "rank", "place in words", core=(start, last))
        if one is not None:
            if text.endswith(_MINUS_ENDS, 0, start) and one.unit in _SIGNED:
                one.value = -one.value
            out.append(one)
    if not text.isascii():
        out += scan_korean(text, known, Found)
    return out


_MINUS_ENDS = ("minus ", "Minus ", "negative ", "Negative ")
_SIGNED = frozenset({"%", "pp"})
_GOES_ON = frozenset("/ -")
_FIGURE_START = re.compile(
    r"\d{1,3}(?:/\d|[ -](?:and|half|third|fourth|quarter|fifth|sixth|seventh|eighth|ninth|tenth|twelf|twent)|[ ](?:[a-z]{3,12}[ ])?(?:out|in|of)[ ])",
    re.I,
)
"""Figures with which a number in English words may begin."""


_LONE_BIG = re.compile(rf"{_BEGINS}(?:{_BIG})(?![A-Za-z]|(?:[ -]|,[ ]|[ ]and[ ])(?:{_CARD}|{_BIG}))", re.I)
"""A magnitude by itself, as most are, is no number: it belongs to the figure before it."""
_LOOSE_BIG = re.compile(rf"(?:{_BIG})(?= and )", re.I)


def _english(text: str, match: re.Match[str], make: type[Found]) -> Found | None:
    start, end = match.span()
    if match["of"]:
        part, whole = _small(match["part"]), _small(match["whole"])
        noun = counted(text, end)
        if not 0 < part < whole or (whole > 20 and whole != 100 and match["whole"].isdigit()):
            return None
        single = part == 1 and not match["part"].isdigit() and not match["whole"].isdigit() and whole > 2
        if single:
            return make(start, end, 100.0 / whole, "%", "part of a whole", core=(start, end))
        if whole in (3, 4, 5, 6, 8, 10, 20, 2, 100) and (noun is None or whole in (5, 10, 100) or not match["part"].isdigit()):
            return make(start, end, 100.0 * part / whole, "%", "part of a whole", core=(start, end))
        return None
    if match["every"]:
        return make(start, end, 100.0 / ORDINALS[match["nth"].lower()], "%", "part of a whole", core=(start, end))
    if match["decade"]:
        within = re.search(r"\b(?:[Oo]ver|[Ii]n|[Ff]or|[Ww]ithin|than|about|nearly|almost) $", text[max(0, start - 8) : start])
        if within is not None and _FOREMOST.search(text, max(0, start - 70), start):
            return None  # only says since when
        return make(start, end, 10.0, "years", "words", core=(start, end), factor=10.0) if within else None
    if match["slash"]:
        value = 100.0 * int(match["upper"]) / int(match["lower"])
        return make(start, end, value, "%", "fraction in words", core=(start, end)) if value < 100 else None
    if match["tord"]:
        return ordinal(text, start, end, CARDINALS[match["tens"].lower()] + ORDINALS[match["last"].lower()], make)
    if match["bigand"]:
        return _and_a_half(text, match, make)
    if match["point"] or match["andhalf"]:
        return _broken(text, match, make)
    if match["share"]:
        return _fraction(text, match, make)
    if match["partbig"]:
        return _part_of_magnitude(text, match, make)
    if match["couple"]:
        words = match["cbig"].lower().split()
        value, scale = 2.0 * prod(HUNDREDS[word] for word in words), HUNDREDS[words[-1]]
        return _counting(text, make(start, end, value, None, "words", scaled=True, core=(start, end), scale=scale))
    if match["fold"]:
        word = re.split(r"-| |fold|times", match["fold"].lower())[0]
        if "times" in match["fold"].lower() and re.match(r" (?:a|per|in a|each|every) ", text[end : end + 7]):
            return None
        return make(start, end, float(CARDINALS[word]), "x", "fold", core=(start, end))
    if match["mult"]:
        if match["mult"].lower() == "twice" and (
            re.match(r" [a-z]{3,}ed\b", text[end : end + 16])
            or (_TWO_TIMES.match(text, end) and not _COMPARED.search(text, max(0, start - 12), start))
        ):
            return None
        if match["mult"].lower() == "halves" and re.search(
            r"\b(?:[Tt]wo|[Bb]oth|the) (?:very different |contrasting )?$", text[max(0, start - 22) : start]
        ):
            return None
        if (text[end : end + 1] == "-" and text[end : end + 2] != "- ") or re.match(
            r" (?:digits?|figures|a (?:year|week|month|day)|standard|blind|counting|check)", text[end : end + 9]
        ):
            return None
        return make(start, end, MULTIPLES[match["mult"].lower()], "x", "multiple in words", core=(start, end))
    if match["ord"]:
        return ordinal(text, start, end, ORDINALS[match["ord"].lower()], make)
    return _cardinal(text, match, make)


_ORDINAL_BEFORE = re.compile(r"\b(?:first|second|third|fourth|last|next|this|each|every)[ -]$", re.I)


def _part_of_magnitude(text: str, match: re.Match[str], make: type[Found]) -> Found | None:
    """``half a million``, ``three quarters of a billion``, ``a quarter-million``."""
    start, end = match.span()
    many, part = (match["many"] or "a").lower(), (match["part2"] or match["part3"]).lower()
    if _ORDINAL_BEFORE.search(text, max(0, start - 8), start) or (not match["many"] and part in ORDINALS):
        return None
    value = (1 if many in ("a", "an") else CARDINALS[many]) * FRACTIONS[part] * HUNDREDS[match["big"].lower()]
    return _counting(text, make(start, end, value, None, "words", scaled=True, core=(start, end)))


_BEFORE_POINT = re.compile(
    r"\b(?:by|of|to|from|just|only|about|around|nearly|over|under|than|least|most|was|were|is|are|be|and|at|an?|another|almost|roughly|or|plus|minus|up|down|rose|fell|grew|gained|lost|added|shed|slipped|dropped|climbed|eased|inched|edged)[ ]$"
)
_SMALL_PART = re.compile(
    r"[ -]per[ -]?cent(?![a-z])|[ -]percentage[ -]point|[ ](?:of[ ])?(?:an?|one)[ ](?:percentage[ ]point|per[ ]?cent)(?![a-z])"
)
_NEEDS_MEASURE = re.compile(r"[ -]per[ -]?cent|[ -]percentage|[ -]point")


def _broken(text: str, match: re.Match[str], make: type[Found]) -> Found | None:
    """``one-point-two billion``, ``nought point nine``, ``two and a half years``: a number in words with a part behind it."""
    start, end = match.span()
    if match["point"]:
        whole = (match["whole2"] or "").lower()
        if not whole and not (_BEFORE_POINT.search(text, max(0, start - 9), start) and _SMALL_PART.match(text, end)):
            return None
        value, big = float(f"{_whole(whole):.0f}.{_decimals(match['decimals'].lower())}"), match["pbig"]
        fold = match["pfold"]
    else:
        many, part = match["hmany"].lower(), match["hfrac"].lower()
        big, fold = match["hbig"], match["hfold"]
        plain = part in ("half", "quarter") and many in ("a", "an", "one")
        if not plain and not (big or fold or part.startswith("quarter") or _NEEDS_MEASURE.match(text, end)):
            return None  # "two and a third"
        value = _whole(match["hwhole"].lower()) + (1 if many in ("a", "an") else CARDINALS[many]) * FRACTIONS[part]
    if fold:
        return make(start, end, value, "x", "fold", core=(start, end))
    if big:
        value *= HUNDREDS[big.lower()]
    of_point = _OF_A_POINT.match(text, end) if match["point"] and not big else None
    if of_point is not None:
        return make(start, of_point.end(), value, "pp" if of_point["point"] else "%", "part of a point", core=(start, end))
    return _counting(text, make(start, end, value, None, "words", scaled=bool(big), core=(start, end)))


def _whole(words: str) -> float:
    """The whole part of a broken number, which may be none."""
    if words.isdigit():
        return float(words)
    return english([word for word in re.split("[- ]", words) if word in CARDINALS or word in HUNDREDS])


def _decimals(words: str) -> str:
    """The digits behind a point: "oh five", "twenty-five"."""
    values = [CARDINALS.get(word, 0) for word in re.split("[- ]", words.strip("- "))]
    return f"{values[0] + values[1]}" if len(values) > 1 and values[0] >= 20 else "".join(map(str, values))


def _and_a_half(text: str, match: re.Match[str], make: type[Found]) -> Found | None:
    """``a billion and a half``, ``a year and a half``: the part is one of the magnitude."""
    start, end = match.span()
    whole, word = match["bwhole"].lower(), match["bbig"].lower()
    value = (1 if whole in ("a", "an") else _small(whole)) + (0.5 if match["bfrac"].lower() == "half" else 0.25)
    if word in ("year", "month"):
        return make(start, end, value, f"{word}s", "words", core=(start, end))
    scale = HUNDREDS[word]
    return _counting(text, make(start, end, value * scale, None, "words", scaled=True, core=(start, end), scale=scale))


_TWO_TIMES = re.compile(
    r"[.,;:!?\"”)]|$|[ ](?:this|last|in|over|by|to|for|before|now|since|during|because|and|but|a|with)(?![a-z])(?! (?:year|month|quarter|week|decade|summer|season)'s)"
)
"""After ``twice`` where something happened so often."""
_COMPARED = re.compile(r"\b(?:than|nearly|almost|about|roughly|is|was|by) $")
_OF_A_POINT = re.compile(r"[ ](?:of[ ])?(?:a|one)[ ](?:(?P<point>(?:percentage[ ])?point)|per[ ]?cent)(?![a-z])")
_POINT_CUT = re.compile(r"-(?:(?P<point>(?:percentage-)?point)|per-?cent)(?![a-z])")
"""Behind a fraction that is one of a point: "a quarter-point cut"."""
_CUT = re.compile(
    r"\b(?:cut|cuts|cutting|split|slash|slashed|slashing|fell|fall|falling|reduced?|reducing|chopped|shrunk|shrank|trimmed|drop(?:ped)?)\b[^.;]*$"
)


_HALF_OF_LEVEL = re.compile(
    r"[ ](?:of[ ])?(?:what (?:it|they) (?:was|were|had)(?![a-z])|(?:the|its|their|our|his|her) (?:previous|statutory|former|present|old|earlier|original|current|usual|prior|old|legal|official) )"
)
"""A level of which a half is the multiple: "half what it was", "half the statutory 60"."""


def _small(word: str) -> int:
    return int(word) if word.isdigit() else int(english(word.lower().split("-")))


def _fraction(text: str, match: re.Match[str], make: type[Found]) -> Found | None:
    start, end = match.span()
    before = text[max(0, start - 14) : start]
    some, word = match["some"], match["frac"].lower()
    if _SPAN_OF_QUARTERS.fullmatch(match[0]) and re.search(r"\bthe (?:first|last|past|next)[ ]$", before) is None:
        return make(start, end, 3.0 * _small(some), "months", "quarters", core=(start, end))
    if some and some.isdigit() and not word.endswith("s"):
        return None
    cut = _POINT_CUT.match(text, end) if text.startswith("-p", end) and (word == "half" or word.startswith("quarter")) else None
    if cut is not None:
        value = (1 if not some or some.lower() in ("a", "an") else _small(some)) * FRACTIONS[word]
        return make(start, cut.end(), value, "pp" if cut["point"] else "%", "part of a point", core=(start, end))
    if not some and word != "half":
        return ordinal(text, start, end, ORDINALS[word], make) if word in ORDINALS else None
    if word == "half":
        if not some and re.search(r"\b(?:in|by)[ ]$", before) and _CUT.search(text[max(0, start - 90) : start]):
            reach = re.search(r"\bin[ ]$", before)
            if reach is not None:
                return make(start - 3, end, 0.5, "x", "multiple in words", core=(start, end))
        if _HALF_OF_LEVEL.match(text, end):
            return make(start, end, 0.5, "x", "multiple in words", core=(start, end))
        again = re.match(r"[ ]as (?:much|many|big|large|long|high)(?P<again> again)?(?![a-z])", text[end : end + 18])
        if again is not None and again["again"]:
            return make(start, end + again.end(), 1.5, "x", "multiple in words", core=(start, end))
        if again is not None:
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
                re.match(
                    r"[ ](?:of (?:19|20)|on quarter|earlier|later|ago|before|to quarter|in a row|behind)|-", text[end : end + 12]
                )
                or (
                    re.search(r"\b(?:in|within|over|per|each|every|just|last|once)[ ]$", before) and text[end : end + 4] != " of "
                )
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
        return make(start, point.end(), value / 100, "pp" if point["point"] else "%", "part of a point", core=(start, end))
    return make(start, end, value, "%", "fraction in words", core=(start, end))


_PERCENT = re.compile(r"[ -]?(?:percent|per cent|%)")
_OR = re.compile(r"[ -](?:to|or)[ -]")
_SECOND = re.compile(rf"(?:{_CARD}|\d)", re.I)
"""Around the second of two numbers: "one or two"."""
_AIMED = re.compile(r" by (?:19|20)\d\d")
_OF_LEADERS = re.compile(r"(?:[Ww]orld's|[Gg]lobal|[Aa]mong the|[Oo]ne of the|Europe's|Asia's) $")
_GOES_ON_AS = re.compile(
    r"-(?:[Yy]ear [A-Z]|year plan|year old|year-old|way|thirds|pronged|fold|step|stage|part|dimensional|point [A-Z])"
)
_FACTOR = re.compile(r"\bfactor of (?:about |nearly |around |over )?$")


def _cardinal(text: str, match: re.Match[str], make: type[Found]) -> Found | None:
    start, end = match.span()
    raw = match["card"].lower()
    parts = [word for word in raw.replace(", ", " ").replace("-", " ").split(" ") if word not in ("a", "an", "several")]
    the_hundred = parts[0] == "hundred" and len(parts) > 1 and text.endswith(("the ", "The "), 0, start)
    if (parts[0] in HUNDREDS and not raw.startswith(("a ", "an ")) and not the_hundred) or raw.startswith("several"):
        return None
    while parts and parts[-1] == "and":
        parts.pop()
    if len(parts) > 1 and parts[0] in ("nineteen", "twenty") and CARDINALS.get(parts[1], 0) >= 10:
        return None  # a year as it is spoken
    if match[0] == "SIX" and text[start - 1 : start] == "(" and text[end : end + 1] == ":":
        return None  # the Swiss exchange
    if parts == ["zero"] and (noun := counted(text, end)) is not None and noun[0] in ("count", "persons"):
        return make(start, end, 0.0, noun[0], "words", counted=noun[1], core=(start, end))
    numbered = _NUMBER_BEFORE.search(text, max(0, start - 8), start)
    if numbered is not None and not _NO_PLACE.match(text, end) and not _THEY_NUMBER.search(text, max(0, start - 26), start):
        opens = text[max(0, numbered.start() - 2) : numbered.start()]
        return (
            make(start, end, english(parts), "rank", "numbered place", core=(start, end))
            if opens[-1:] == " " and opens[:1] not in ".;:"
            else None
        )
    if parts in (["one"], ["zero"]) and not _PERCENT.match(text, end, end + 9):
        if _OR.match(text, end, end + 4) and _SECOND.match(text, end + 4, end + 16):
            return make(start, end, english(parts), None, "words", core=(start, end))
        aimed = _AIMED.match(text, end, end + 8) and _THING_BEFORE.search(text[max(0, start - 24) : start])
        if aimed or (parts == ["one"] and _HAS_ONE.search(text, max(0, start - 24), start) and _ONE_ENDS.match(text, end)):
            return make(start, end, 1.0, None, "words", core=(start, end))
        lone = text.endswith(("only ", "Only ", "just ", "Just "), 0, start) or (
            text.endswith("at least ", 0, start) and text.startswith(" more ", end)
        )
        if parts == ["one"] and lone and _ONE_THING.match(text, end):
            return make(start, end, 1.0, "count", "words", counted=end, core=(start, end))
        return None
    if len(parts) == 2 and parts[0] in CARDINALS and " " in raw and (brands := _WORTH.match(text, end)) is not None:
        if parts[0] == "one":
            return None
        if counted(text, brands.end()) is not None:
            return make(start, start + len(parts[0]), english(parts[:1]), "count", "words", core=(start, start + len(parts[0])))
    if text.endswith(("top ", "Top ", "TOP ", "top-", "Top-", "TOP-"), 0, start):
        return top(text, start, end, english(parts), make)
    if text.endswith(("big ", "Big ", "big-", "Big-"), 0, start):
        return None
    if (leading := LEADING.match(text, end)) is not None and _OF_LEADERS.search(text[max(0, start - 12) : start]):
        return make(start, end, english(parts), "rank", "top group", core=(start, end)) if leading["power"] else None
    if _FIRST_FEW.search(text, max(0, start - 26), start) and _FEW_END.match(text, end):
        return make(start, end, english(parts), "rank", "top group", core=(start, end))
    if text[end : end + 1] == "-" and _GOES_ON_AS.match(text, end, end + 10):
        return None
    if "actor of " in (before := text[max(0, start - 18) : start]) and _FACTOR.search(before):
        return make(start, end, english(parts), "x", "factor", core=(start, end))
    scale = prod(HUNDREDS[word] for word in takewhile(HUNDREDS.__contains__, reversed(parts)))
    scaled = any(word in HUNDREDS for word in parts)
    one = make(start, end, english(parts), None, "words", scaled=scaled, core=(start, end), scale=scale)
    return _counting(text, one)


_WORTH = re.compile(r"-(?:dollar|euro|won|yen|pound)(?=[ ])")
"""What each of the things that are counted is worth: "seven billion-dollar brands"."""
_HAS_ONE = re.compile(
    r"\b(?<!no )(?:has|have|had|owns?|owned|holds?|held|licensed|approved|cleared|launched|:) (?:only |just )?$|[a-z]: $"
)
_ONE_ENDS = re.compile(r"[.;)](?=\s|$)|, (?!of )|\n|$")
_ONE_THING = re.compile(
    r"[ ](?:[a-z][a-z-]+[ ])?(?:company|firm|plant|factory|site|trial|drug|product|medicine|vaccine|deal|approval|listing|developer|biosimilar|therapy|candidate|cluster|partnership|licen[cs]e|maker|country)(?![a-z])|[ ](?:more (?:company|firm|plant|trial|drug|deal|partnership)|of (?:them|these|those))(?![a-z])"
)
"""Around "one" where it counts: "Japan has one.", "only one developer"."""
_NUMBER_BEFORE = re.compile(r"(?<!\w)[Nn]umber[ -]$")
_THEY_NUMBER = re.compile(r"\b(?!(?:is|was|as|its|this|remains|becomes|stays|ranks|comes|has)\b)[a-z]+s number $")
"""The verb: "gene therapies number three"."""
_FIRST_FEW = re.compile(r"\b(?:among|in|into|of|join) (?:the )?(?:world['’]s )?(?:first|leading) $")
_FEW_END = re.compile(
    r"[.,;:)]|[ ](?:by|in|until|before) (?:19|20)\d\d|[ ](?:[a-z-]+ ){0,2}(?:nations|countries|powers|economies)(?![a-z])"
)
"""The first of a ranking: "to be among the first five by 2035", "join the leading five nations"."""
_NO_PLACE = re.compile(
    r"[ ](?:priority|priorities|concern|issue|reason|rule|cause|problem|enemy|fan|question|task|goal|choice)(?![a-z])|-"
)


_MONTHS_OF = re.compile(
    r"[ ](?:period|figures?|revenues?|sales|profits?|totals?|results?|net|operating|exports?|imports?|turnover|earnings|loss(?:es)?)(?![a-z])"
)
_SINCE_THEN = re.compile(r"[ ](?:ago|earlier|later|on[,.]|after|before|hence|from now)(?![a-z])")


_FOREMOST = re.compile(r"\b(?:most|best|worst|first|(?!for|inv|inter|requ|sugg|t|w|r)[a-z]{3,}est)\b[^.;]{0,50}\bin $")
"""A superlative before a span of time: "the worst market in a decade"."""
_MEASURE = re.compile(
    r"[ -](?:(?P<pp>percentage[ -]points?)|(?P<pct>percent|per[ -]cent)(?![a-z])|(?P<litre>lit(?:re|er)s?)(?![a-z])|(?P<kl>kilolit(?:re|er)s?)(?![a-z])"
    r"|(?P<bp>basis[ -]points?|bps)(?![a-z])|(?P<fold>times|fold)(?![a-z]|[ ](?:an?|per|each|every|in)[ ]))"
)
_MEASURED = {"pp": ("pp", 1.0), "pct": ("%", 1.0), "litre": ("L", 1.0), "kl": ("L", 1e3), "bp": ("pp", 0.01), "fold": ("x", 1.0)}
_FEW_COINS = re.compile(
    r"[ ](?P<word>(?:(?:[A-Z][A-Za-z.]+[ ]){1,2})?(?:dollars|francs|rupees|pesos|kroner|kronor|dinars|dirhams|riyals)|euros|won|yen|yuan|rand|reais|zlotys|baht|ringgit|pounds(?=[ ](?:sterling|a|an|per|each|apiece)[ ]))"
    r"(?=[ ]?[.,;:!?)]|$|[ ](?:a|an|per|each|apiece|for|to|in|and|or)[ ])"
)
"""A small sum in words: "at two dollars a dose"."""
_STRONG = re.compile(r"[ -]strong(?=[ ][a-z]|[.,;:)]|$)")
_CLOCK = re.compile(r"[ ](?:in the (?:morning|evening|afternoon)|o'clock|minutes past|past \w+ in)(?![a-z])")


def _counting(text: str, one: Found) -> Found | None:
    if text.startswith("-odd", one.end):
        one.end += 4
    unit = _MEASURE.match(text, one.end, one.end + 20)
    if unit is not None:
        one.unit, one.factor = _MEASURED[unit.lastgroup or ""]
        one.value, one.end = one.value * one.factor, unit.end()
        return one
    physical = physical_after(text, one.end) if text.startswith(" ", one.end) else None
    if physical is not None and len(physical["word"]) > 2:
        one.unit, one.factor = PHYSICAL[physical["word"]]
        one.value, one.end, one.rule = one.value * one.factor, physical.end(), MEASURED
        return one
    money = CURRENCY_AFTER.match(text, one.end) if one.scaled and may_money(text, one.end) else None
    if money is not None and one.scaled and money["word"].lower() != "$":
        one.unit, one.end = AFTER[money["word"].lower()], money.end()
        return one
    if one.value > 1 and not one.scaled and (few := _FEW_COINS.match(text, one.end)) is not None and few["word"].lower() in AFTER:
        one.unit, one.end = AFTER[few["word"].lower()], few.end("word")
        return one
    if may_minor(text, one.end) and not one.scaled and read_minor(text, one):
        return one
    if _STRONG.match(text, one.end) is not None:
        one.unit, one.rule = "persons", "number of people"
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
        unit_name, factor = {"day": ("days", 1.0), "week": ("days", 7.0), "month": ("months", 1.0), "year": ("years", 1.0)}[
            duration[1]
        ]
        one.unit, one.value, one.end, one.factor = unit_name, one.value * factor, one.end + duration.end(), factor
        return one
    if _CLOCK.match(text, one.end, one.end + 20):
        return None
    if one.value >= 2 and text.startswith(" who ", one.end):
        one.unit, one.rule = "persons", "number of people"
        return one
    noun = counted(text, one.end)
    if noun is None:
        return one
    if text.startswith(" ago", noun[1]):
        return None  # a point in time
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
