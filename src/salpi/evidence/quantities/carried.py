"""Units that a figure carries over from the quantity it is set against: a term, a rate, an amount, the same of another country."""

from __future__ import annotations

import re
from collections.abc import Sequence

from salpi.evidence.quantities.found import Found
from salpi.evidence.quantities.nearby import COUNTED, Nearby

_TERMS = frozenset({"days", "months"})
_LASTS = re.compile(
    r"\b(?:takes?|took|taking|needs?|needed|waits?|waited|averag\w+|median|mean|statutory|limit|allows?|tolerates?|the law|deadline|(?:come|came|coming|brought|bring\w*) (?:[a-z]+ ){0,2}down|cuts?|cutting|shorten\w*|clear(?:s|ed)? in|within|boasts?|trails?|pledg\w+)\b",
    re.I,
)
_THINGS = re.compile(
    r"\b(?:applications?|trials|approvals|studies|licen[cs]es|permits|companies|firms|deals|plants|cleared|received|approved|authori[sz]ed|licen[cs]ed|permitted|price|fees?|shares?)\b(?! (?:in|within) )[^.;]{0,30}(?:[:(]| was| were| to| of) $|\b(?:licen[cs]ed|approved|cleared|authori[sz]ed|signed|launched|registered|hosted) $",
    re.I,
)
"""Things that are counted or priced, not waited for."""
_SET_BESIDE = re.compile(
    r"\b(?:targets?|goals?|aims?|norm|against|versus|vs|instead of|rather than|compared (?:with|to)|from|to|at|it (?:is|was)|it's|figure|had been|is|was)\b|[:,(] $"
)
_OWNER = re.compile(
    r"(?:\b[A-Z][\w&.-]*|\b(?:19|20)\d\d|\b(?:world|capital|nation|country|region|state|rival|city|group|kingdom))['’]s? (?:only |just |mere |own )?$"
)
_CLOSES = re.compile(
    r"[.,;:)!?\"”](?!\d)|\s?$|\n|[ ](?:—|–|in|by|at|on|from|to|and|or|but|for|as|when|while|with|after|before|last|this|next|today|now|so|until|since|a year|the year|days? ago|of (?:19|20)\d\d|abroad|required|needed|is|was|are|were|if|because|thereof|beyond|hence|did|that|which|who)(?![a-z])"
)
_RATE_OF = re.compile(
    r"\b(?:margin|share|growth|utili[sz]ation|occupancy|inflation|unemployment)\b(?: rate)?(?: of [a-z ,]{3,50})?(?: (?:of|at|was|is|to|from|given as|revised to|put at)){1,2} $|\bgrowth [^.\d]{0,60}\bgiven as $"
)
_RATE_LEAD = re.compile(
    r"(?:\b(?:was|were|is|are|it's|be|been|at|to|from|after|of|for|than|only|just|and|or|but|in|promised|said|reached|found|now|around|about|nearly|says the [a-z ]{3,24},|supplies|takes?|covers?|covered|in [A-Z]\w+|for [a-z]+)(?:,)?|[,;:(])[ ]$"
)
_PLAIN_WORD = re.compile(
    r"(?<![A-Z])\b(?!(?:plus|minus|up|down|else|lines?|phase|day|step|type|about) )[a-z]{2,} $|[a-z'] (?:\w+ )?\($"
)
_LEVELS = re.compile(
    r"\b(?:index|version|release|edition|level|score|scored|rating|rated|grade|article|section|table|chapter|figure|points?|page|paragraph|clause|item|standing|closed) (?:\w+ )?$"
)
_OF_IT = re.compile(r"\b(?:of (?:which|that|this|it)|thereof)\b[^.;\d]{0,40}$")
_SPAN_LEAD = re.compile(
    r"\b(?:promised|said|guided|forecast|not|expected|seen|was|were|previously|had|plan(?:ned)?|from|before|of|at|aim(?:ed)? for)[ ]$"
)


def carried(text: str, one: Found, near: Nearby) -> bool:
    """Gives a bare figure the unit of a quantity before it where the words between set the two side by side; says whether it did."""
    if one.scaled or one.value < 0 or _CLOSES.match(text, one.end) is None:
        return False
    lead, wide = text[max(0, one.start - 80) : one.start], near.wide
    return (
        _acted(text, one, lead)
        or _term(text, one, wide, near.start)
        or _owned(one, wide, lead)
        or _fraction(text, one, wide, lead)
        or _part(one, near.before, lead)
        or _again(text, one, wide, lead)
        or _span(one, wide, lead)
    )


def _like(one: Found, other: Found, times: float) -> bool:
    a, b = abs(one.value), abs(other.value / other.factor)
    return a > 0 and b > 0 and 1 / times < a / b < times


def _take(one: Found, other: Found, rule: str) -> bool:
    one.unit, one.rule = other.unit, rule
    one.factor = other.factor
    one.multiply(other.factor)
    return True


_ACTED = re.compile(
    r"\b(?:has|have|had|agency|ministry|FDA|EMA|MFDS|NMPA|PMDA|it|they|we|regulator|Commission|Washington|Brussels) (?:already |now |so far |itself )?(?:licen[cs]ed|approved|cleared|authori[sz]ed|launched|registered|signed) (?:only |just |some |about |another )?$"
)
_SOON = re.compile(
    r"[ ](?:to date|so far|in all|all told|in (?:19|20)\d\d|by (?:19|20)\d\d|last year|this year|already|abroad)(?![a-z])|[.,;]"
)


def _acted(text: str, one: Found, lead: str) -> bool:
    """What an office has licensed or a firm signed is counted: "Washington has licensed 76 to date"."""
    if (
        one.value < 2
        or one.value != int(one.value)
        or "ed " not in lead[-16:]
        or _ACTED.search(lead) is None
        or _SOON.match(text, one.end) is None
    ):
        return False
    one.unit, one.rule = "count", "counted by what was done"
    return True


def _again(text: str, one: Found, wide: Sequence[Found], lead: str) -> bool:
    """The verb, the year or the list of the figure before once more: "they cover 31 today and covered 80 in 1990"."""
    for kept in wide[:-3:-1]:
        if (
            (kept.unit not in COUNTED and kept.unit != "%")
            or not _like(one, kept, 20)
            or one.start - kept.end > 150
            or (kept.unit == "%" and one.value > 100)
        ):
            continue
        if (
            kept is wide[-1]
            and one.start - kept.end < 40
            and (_IN_YEAR.search(lead) or (kept.unit == "%" and _LIST_OF.search(text, kept.end, one.start)))
        ):
            return _take(one, kept, "unit of the one before")
        verb = _VERB.search(lead)
        if verb is not None and _STOPS.match(verb[1]) is None and verb[1][:5] in text[max(0, kept.start - 36) : kept.start]:
            return _take(one, kept, "same said again")
    return False


_IN_YEAR = re.compile(r"\((?:in )?(?:19|20)\d\d:? $")
_LIST_OF = re.compile(r"(?:,|;|, and| and) [a-z][a-z-]+(?: [a-z][a-z-]+)?(?<!s) $")
_VERB = re.compile(r"\b([a-z]{5,}) $")
_STOPS = re.compile(
    r"about|around|nearly|almost|another|under|above|below|after|before|against|total|approximately|roughly|between|their|other|these|those|which"
)


def _term(text: str, one: Found, wide: Sequence[Found], start: int) -> bool:
    """The days of another office or aim: "Hungary's boasts 45", "The insurer's own target is 180"."""
    if one.value < 2 or one.value != int(one.value) or "," in text[one.core[0] : one.core[1]]:
        return False
    at = next((n for n in range(len(wide) - 1, -1, -1) if wide[n].unit in _TERMS), None)
    if at is None or one.start - wide[at].end > 320 or not _like(one, wide[at], 9):
        return False
    kept, between = wide[at], wide[at + 1 :]
    if any(other.unit in ("count", "persons") and _like(one, other, 6) for other in between):
        return False
    clause = text[max(start, one.start - 90) : one.start]
    if between and between[-1].unit not in _TERMS:
        clause = text[max(start, between[-1].end, one.start - 90) : one.start]
    if _THINGS.search(clause):
        return False
    if _LASTS.search(clause) or (not between and one.start - kept.end < 160 and _SET_BESIDE.search(clause[-40:])):
        return _take(one, kept, "term of another")
    return False


def _owned(one: Found, wide: Sequence[Found], lead: str) -> bool:
    """What another has of the same: "behind only America's 19", "the EMA's 430"."""
    if not wide or ("'" not in lead[-10:] and "’" not in lead[-10:]) or _OWNER.search(lead) is None:
        return False
    kept = wide[-1]
    if one.start - kept.end > 120 or (kept.unit not in COUNTED and kept.unit != "%") or not _like(one, kept, 20):
        return False
    if kept.unit == "%" and one.value > 100:
        return False
    return _take(one, kept, "counted like the one before")


def _fraction(text: str, one: Found, wide: Sequence[Found], lead: str) -> bool:
    """A decimal counts nothing: it goes on from a rate, a multiple or an amount ("in the US it was 5.5")."""
    digits = text[one.core[0] : one.core[1]]
    if "." not in digits or one.rule != "figure":
        return False
    if one.value < 100 and _RATE_OF.search(lead):
        one.unit, one.rule = "%", "rate by its noun"
        return True
    if _RATE_LEAD.search(lead) is None and (_PLAIN_WORD.search(lead) is None or _LEVELS.search(lead) is not None):
        return False
    for other in reversed(wide[-4:]):
        if (
            other.unit in ("count", "L")
            and "." in text[other.core[0] : other.core[1]]
            and not other.scaled
            and _like(one, other, 6)
        ):
            return one.start - other.end < 160 and _take(one, other, "unit of the one before")
        if other.unit in ("%", "x", "pp") and one.value < 100 and _like(one, other, 12):
            return one.start - other.end < 200 and _take(one, other, "unit of the one before")
        if (
            other.unit is not None
            and len(other.unit) == 3
            and other.scale >= 1e6
            and 1 / 12 < one.value * other.scale / (abs(other.value) or 1) < 12
        ):
            if one.start - other.end > 160:
                return False
            one.unit, one.value, one.scale, one.rule = (
                other.unit,
                one.value * other.scale,
                other.scale,
                "currency of the amount before",
            )
            return True
    return False


def _part(one: Found, same: Sequence[Found], lead: str) -> bool:
    """A part of an amount in its magnitude: "185 billion won, of which 70 this year"."""
    whole = same[-1] if same else None
    if whole is None or whole.unit is None or len(whole.unit) != 3 or not whole.unit.isupper() or whole.scale < 1e6:
        return False
    if _OF_IT.search(lead) is None or one.start - whole.end > 70 or not 1 < one.value < abs(whole.value) / whole.scale:
        return False
    one.unit, one.value, one.scale, one.rule = whole.unit, one.value * whole.scale, whole.scale, "part of an amount"
    return True


def _span(one: Found, wide: Sequence[Found], lead: str) -> bool:
    """A range of rates set against another: "after it had promised 4 to 5"."""
    kept = wide[-1] if wide else None
    if one.rule != "range" or kept is None or kept.unit not in ("%", "days", "months") or _SPAN_LEAD.search(lead) is None:
        return False
    return (
        one.start - kept.end < 140 and _like(one, kept, 8) and (kept.factor == 1.0) and _take(one, kept, "unit of the one before")
    )
