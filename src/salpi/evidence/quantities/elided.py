"""Units that talk leaves out: answers to "how many", "we are 920", "small ones 25", "it raised 80 billion won; we'll get 65"."""

from __future__ import annotations

import re

from salpi.evidence.quantities.cues import last_noun
from salpi.evidence.quantities.found import Found
from salpi.evidence.quantities.nearby import COUNTED, Nearby

_CLOSED = re.compile(
    r"[.,;:)!?\"”](?!\d)|\s?$|\n|[ ](?:—|–|in|by|at|on|from|to|and|or|but|for|as|when|while|with|after|before|last|this|next|today|now|so|until|since|a year|because|if|more|of (?:19|20)\d\d|of (?:it|that|them|this|these|those|which|whom))(?![a-z])"
)
"""What may follow a figure behind which its unit is left out."""
_SOFT = r"(?:(?:only|just|about|around|some|nearly|almost|over|roughly|now|still|perhaps|maybe|today|already|another|a good|up to|more like|at least|at most|closer to)[ ])*"
_HOW_MANY = re.compile(r"\b[Hh]ow many\b(?! times)(?: of)?(?: (?:the|your|their|our|its|these|those))?(?P<noun>[^?]*)")
_TIMES_ASKED = re.compile(r"[ ](?:(?:working|calendar)[ ])?(?P<unit>days|months|years)(?![a-z])")
_SPEAKER = re.compile(r"[\s*_>\"”“'’—–-]*(?:(?:[A-Z][.]|[A-Z][\w.&' ()-]{0,30}:)[*_]{0,2}[\s—–-]*)?")
"""Who answers, as an interview sets it before what is said."""
_FOUND_OUT = re.compile(
    r"(?:(?:[Yy]es|[Nn]o|[Oo]h|[Ww]ell|[Ss]o far|[Aa]t present|[Tt]oday|[Nn]ow|[Rr]ight now|[Ss]ince [a-z ]{3,16}|[IiAa][nt] (?:19|20)\d\d|[IiOo][nf] [A-Za-z' ]{2,24}|[Ii]t (?:does|is|has)|(?:[Ww]e|[Ii]|[Tt]here|[Tt]hey)(?:'re|’re|'ve|’ve)?(?: [a-z]{2,8}){0,2})[,;:.]? ?){0,2}"
    + _SOFT
    + r"$"
)


def asked(text: str, one: Found, near: Nearby) -> bool:
    """The answer to a question: "How many patients were treated? Since launch, 412."; says whether it took the noun asked for."""
    question = text.rfind("?", max(0, one.start - 110), one.start)
    if question < 0 or _CLOSED.match(text, one.end) is None:
        return False
    speaker = _SPEAKER.match(text, question + 1, one.start)
    if speaker is None or (
        _FOUND_OUT.match(text, speaker.end(), one.start) is None and _FOUND_OUT.match(text, question + 2, one.start) is None
    ):
        return False
    begins = max(text.rfind(mark, max(0, question - 160), question) for mark in (". ", "? ", "! ", "\n", ": "))
    match = _HOW_MANY.search(text, max(0, begins), question)
    if match is None:
        noun = last_noun(text, begins + 1, question) if question - begins < 70 and one.scale < 1e6 else None
        if noun is None:
            return False
        one.unit = "persons" if noun["people"] else "L" if noun["volume"] else "count"
    elif (term := _TIMES_ASKED.match(match["noun"])) is not None:
        one.unit = term["unit"]
    else:
        noun = _first_noun(text, match.start("noun"), question)
        one.unit = "persons" if noun is not None and noun["people"] else "L" if noun is not None and noun["volume"] else "count"
    one.rule = "answer to how many"
    return True


def _first_noun(text: str, start: int, end: int) -> re.Match[str] | None:
    """The noun that a question asks for: the one nearest to its "how many"."""
    for stop in (min(end, start + 28), end):
        if (noun := last_noun(text, start, stop)) is not None:
            return noun
    return None


_WE_ARE = re.compile(rf"\b[Ww]e(?:['’]re| are| be) {_SOFT}$")
_HOUSE_OF = re.compile(
    r"\b(?:company|firm|start-?up|workforce|staff|outfit|agency|crew|team|laboratory|lab|biotech|spin-?off|drugmaker) of "
    + _SOFT
    + "$"
)
_OF_US = re.compile(r"[ ]of us(?![a-z])")


def people(text: str, one: Found, near: Nearby) -> bool:
    """People who speak of themselves, and a house by its size: "today we're 920", "there are 1,850 of us", "a company of 38"."""
    if one.value < 2 or one.value != int(one.value) or one.value > 2e6:
        return False
    if _OF_US.match(text, one.end) is None:
        lead = near.lead
        if not lead.endswith(" ") or _CLOSED.match(text, one.end) is None:
            return False
        house = " of " in lead and _HOUSE_OF.search(lead) is not None
        if not house and (one.value < 5 or not ("We" in lead or "we" in lead) or _WE_ARE.search(lead) is None):
            return False
    one.unit, one.rule = "persons", "people who speak"
    return True


_MONEY_SAID = re.compile(
    r"\b(?:got|gets?|getting|hop(?:e|ed|ing) for|wanted|asked for|asks for|beg[au]n with|started with|pledged|promised|kept|keeps?|spent|spends?|raised|raises?|dr[ae]wn?|put in|puts? up|offered|paid|pays?|(?:had )?seen|saw|used to be|earned|earns?|made|makes?|lost|invested|invests|expected|expects?|down from|up from|down to|up to|instead of|worth|contributed|contributes?|lent|borrowed|ended at|closed (?:at|on)|stopped at|be worth|were at|brought in|took in|handed out|costs?|fetched|collected) "
    + _SOFT
    + "$"
)
_BRACKETED = re.compile(
    r" \((?:(?:previous|prior|last|same|corresponding|previously|formerly|before|was|from|up from|down from)(?: [a-z]+){0,5}:? )?$|; (?:same|corresponding) [a-z ]{4,40} $"
)
_MAGNITUDES = (1e12, 1e9, 1e6)
"""Of "five hundred billion" the next amount takes the billion alone."""


def amount(text: str, one: Found, near: Nearby) -> bool:
    """An amount in the magnitude of the one before: "for $230 million and got six", "EUR 404.1 million (327.6)"."""
    kept = near.money[-1] if near.money else None
    if kept is None or one.scale >= 1e3 or one.value <= 1 or one.start - kept.end > 240 or kept.scale < 1e6:
        return False
    scale = next(size for size in _MAGNITUDES if size <= kept.scale) if kept.rule == "words" else kept.scale
    ratio = one.value * scale / (abs(kept.value) or 1.0)
    gap = text[kept.end : one.start]
    if (
        text[one.end : one.end + 1] in (")", ";")
        and one.rule in ("figure", "range")
        and len(gap) < 60
        and 1 / 15 < ratio < 15
        and _BRACKETED.fullmatch(gap)
        and not 1900 <= one.value <= 2100
    ):
        return _money(one, kept, scale)
    if (
        one.value >= 1000
        or not 1 / 60 < ratio < 60
        or _CLOSED.match(text, one.end) is None
        or _MONEY_SAID.search(near.lead) is None
        or any(other.unit not in ("x", "years", "months") for other in near.wide if other.start > kept.start)
        or last_noun(text, kept.end, one.start) is not None
        or "\n\n" in gap
    ):
        return False
    return _money(one, kept, scale)


def _money(one: Found, kept: Found, scale: float) -> bool:
    one.unit, one.scale, one.rule = kept.unit, scale, "currency of the amount before"
    one.multiply(scale)
    return True


_RATE_SAID = re.compile(
    r"(?:\b(?:it|that|this|figure|share|rate|number|proportion|norm|average|target|goal|level|aim|limit|ceiling)(?:'s|’s| is| was| has been| had been| has reached| had reached| stood at| reached| would be)"
    r"|\b(?:gets?|got|had|has|have|managed|instead of|goal of|target of|more like|get to|got to|up from|down from|from|it at|says|found|deducts?|deducted)"
    r"|\b(?:ones?|others|rest|former|latter|today:|now:|placebo)(?: gets?| got| had| has| at| by| with| is| was| were| are)?|,) "
    + _SOFT
    + r"$"
)
_OTHER_OF = re.compile(
    r"\b(?:in|for) (?:the )?[A-Za-z][\w-]+(?: [a-z]+)?(?: alone)?(?:,| it was| it is| only)? $|\band for [a-z]+ $|\band [A-Z]\w+ $"
)


def rate(text: str, one: Found, near: Nearby) -> bool:
    """A rate once more: "large firms deduct 15 percent, small ones 25", "Now it's 38", "the others get two"."""
    kept = near.wide[-1] if near.wide else None
    if kept is None or kept.unit != "%" or one.scale >= 1e3 or one.start - kept.end > 150:
        return False
    if not 0 < one.value <= max(100.0, abs(kept.value)):
        return False
    ratio = one.value / (abs(kept.value) or 1.0)
    if not 1 / 12 < ratio < 12 or _CLOSED.match(text, one.end) is None or " of " in text[one.end : one.end + 4]:
        return False
    if last_noun(text, max(near.start, kept.end), one.start) is not None or "\n\n" in text[kept.end : one.start]:
        return False
    if any(other.unit in ("count", "persons") and kept.start - other.end < 40 for other in near.wide[-2:-1]):
        return False  # that was the share of a number
    if _RATE_SAID.search(near.lead) is None and (_OTHER_OF.search(near.lead) is None or one.start - kept.end > 70):
        return False
    one.unit, one.rule = "%", "rate said again"
    return True


_MORE = re.compile(r"[ ](?:more|fewer)(?![a-z])(?! than (?:a|one|half|doubl|twice))")


def more(text: str, one: Found, near: Nearby) -> bool:
    """More of what was counted: "Two more open in 2026", "four more than last year"; and "Japan has one"."""
    if one.scale >= 1e5 or one.value != int(one.value):
        return False
    if _MORE.match(text, one.end) is None and not (
        one.value == 1 and text[one.start : one.end].lower() == "one" and text[one.end : one.end + 1] in ".,;)\n"
    ):
        return False
    counts = [other for other in near.wide if other.unit in COUNTED and one.start - other.end < 260]
    kept = counts[-1] if counts else None
    noun = last_noun(text, max(kept.end if kept is not None else 0, one.start - 200), one.start)
    if noun is not None and not (
        kept is not None and kept is near.wide[-1] and 1 / 40 < one.value / (abs(kept.value) or 1.0) < 40
    ):
        one.unit = "persons" if noun["people"] else "L" if noun["volume"] else "count"
    elif kept is not None:
        one.unit, one.factor = kept.unit, kept.factor
        one.multiply(kept.factor)
    else:
        return False
    one.rule = "more of what was counted"
    return True


_TALLY = re.compile(
    r"[ ](?:by (?:one|[\w'’ ]{2,24}['’]s?) (?:count|reckoning|tally)|at (?:the )?last count|in number|all told)(?![a-z])"
)
_LISTS = re.compile(
    r"\bof which (?:the |it |they )?[a-z ]{2,24}(?:lists?|counts?|knows?|has|have|are|is) (?:only |some |about )?$"
)
_SHORT = re.compile(r"(?:^|[,;:(>•·–—-] ?|\n\s*|[.] )(?:[A-Z&a-z.]+ ){1,3}$")


def tallied(text: str, one: Found, near: Nearby) -> bool:
    """What was named and then counted: "Local plants, 56 at the last count", "new projects 86, backlog", "start-ups, of which it lists 203"."""
    if one.scale >= 1e3 or one.value < 1 or one.value != int(one.value):
        return False
    if _TALLY.match(text, one.end) is not None or _LISTS.search(near.lead) is not None:
        noun = last_noun(text, max(0, one.start - 90), one.start)
        one.unit = "persons" if noun is not None and noun["people"] else "count"
    elif text[one.end : one.end + 1] in (",", ";", ")", "\n") and one.rule == "figure" and _SHORT.search(near.lead) is not None:
        noun = last_noun(text, max(0, one.start - 24), one.start)
        if noun is None or noun["volume"] or text[noun.end() : one.start] != " ":
            return False
        one.unit = "persons" if noun["people"] else "count"
    else:
        return False
    one.rule = "named and counted"
    return True
