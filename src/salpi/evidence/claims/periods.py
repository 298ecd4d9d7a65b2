"""Time expressions and the intervals they name, with the document's date as anchor."""

from __future__ import annotations

import re

from salpi.evidence.claims.dates import dated as dated
from salpi.evidence.claims.intervals import Anchor as Anchor
from salpi.evidence.claims.intervals import Mention as Mention
from salpi.evidence.claims.intervals import cumulative, is_over, last_month, relative_year
from salpi.evidence.claims.intervals import shifted as shifted
from salpi.evidence.claims.intervals import year_of as year_of
from salpi.evidence.claims.times_english import ENGLISH, read_english
from salpi.evidence.claims.times_korean import KOREAN, read_korean
from salpi.evidence.tokens import Tokens, tokens

_FOLLOWS = re.compile(
    r"\s?[~∼–-]\s?\d|\s?[년월분]|\s?[qhm](?![a-z]{2})|q?fy|[-\s](?:months?|years)(?![a-z])|(?:st|nd|rd|th)[-\s]|(?:st|nd|rd|th)?\s(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)",
    re.I,
)
"""What a figure of one or two digits is followed by where it begins a time expression; the rest are not tried."""
_GOES_ON = frozenset("~∼–-년월분QqHhMmFfSsNnRrTt")
_CENTURIES = frozenset(("19", "20", "21"))


def _may_begin(text: str, start: int, end: int) -> bool:
    """Whether a figure may begin a time expression: it is like a year, or short and followed by what makes it one."""
    if end - start > 2:
        return end - start == 4 and text[start : start + 2] in _CENTURIES
    after = text[end : end + 1]
    return (after in _GOES_ON or after.isspace()) and _FOLLOWS.match(text, end) is not None


_FISCAL_KOREAN = re.compile(r"(?:19|20)\d\d(?:\s?[~∼–-]\s?\d\d)?년?\s?(?:회계|회기)")
_SLASHED = re.compile(r"(?P<y>(?:19|20)\d\d)\s?[./-]\s?(?P<m>\d{1,2})\s?[./-]\s?(?P<d>\d{1,2})\.?")
_SINCE = re.compile(
    r"\bsince (?:the )?(?:(?:start|beginning|end|middle|turn|launch|spring|summer|autumn) of )?$|\bsince (?:early|mid|late)[ -]$",
    re.I,
)
_SINCE_KOREAN = re.compile(r"\s?(?:이후|이래)")
_SPEECH_DAY = re.compile(
    r"\b(?:said|says|announced|approved|unveiled|signed|launched|published|reported|opened|released|told|cleared|agreed|completed|confirmed|pledged|adopted|passed|issued|disclosed|Cabinet|[Gg]overnment|[Mm]inistry|[Cc]ompany)\s$"
)
"""A "today" beside these is the day on which it was said, not the present state."""
_END_KOREAN = re.compile(r"\s?말(?=[\s까,에])(?!\s?(?:기준|현재))")
_OF_YEAR = re.compile(
    r"\s(?:of\s|in\s)?(?P<rel>last|this|next|the previous|the prior|the current) (?:fiscal |financial )?year(?!\s(?:earlier|ago|before))",
    re.I,
)
_BY = re.compile(r"(?:\bby|\bBy|until|before|no later than|by the end of|by end of|by end|end of|by late|by early|by mid)[ -]$")
_BY_KOREAN = re.compile(r"\s?(?:말|년)?\s?까지")


def mentions(text: str, anchor: Anchor, known: Tokens | None = None) -> list[Mention]:
    """All time expressions of ``text``, resolved as far as the anchor allows; others carry no period."""
    out: list[Mention] = []
    for slashed in _SLASHED.finditer(text):
        whole, month = int(slashed["y"]), int(slashed["m"])
        if 1 <= month <= 12:
            out.append(Mention(*slashed.span(), f"{whole}-{month:02d}", "day", year=whole))
    taken = [(mention.start, mention.end) for mention in out]
    korean = not text.isascii()
    last = 0
    known = tokens(text) if known is None else known
    figures = [start for start, end in known.figures if _may_begin(text, start, end)]
    for place in sorted([*known.times, *figures]):
        if place < last:
            continue
        match, read = None, read_english
        first = text[place]
        if first.isascii() and not (korean and first.isdigit() and _FISCAL_KOREAN.match(text, place)):
            match = ENGLISH.match(text, place)
        if match is None and korean and (first.isdigit() or not first.isascii()):
            match, read = KOREAN.match(text, place), read_korean
        if match is None:
            continue
        start, end = match.span()
        if start == end or not match[0].strip():
            continue
        if any(a < end and start < b for a, b in taken):
            continue
        found = read(match, anchor)
        if found is None:
            continue
        last = end
        period, kind, year = found
        while text[start] == " ":
            start += 1
        if _SINCE.search(text[max(0, start - 34) : start]) is not None or (
            read is read_korean and _SINCE_KOREAN.match(text, end)
        ):
            period, kind = None, "since"
        if kind == "now" and _SPEECH_DAY.search(text[max(0, start - 14) : start]) and match[0].lower().startswith("today"):
            continue
        if (
            read is read_english
            and kind == "point"
            and period
            and len(period) == 7
            and (of := _OF_YEAR.match(text, end)) is not None
        ):
            shown = relative_year(of["rel"].lower().removesuffix(" year").strip(), anchor)
            if shown is not None and str(year) not in match[0]:
                period, year, end = f"{shown}{period[4:]}", shown, of.end()
                last = end
        if kind == "yearend":
            until = _BY.search(text[max(0, start - 16) : start]) is not None
            year = (year or 1) if until else (year or 1) - 1
            period, kind = str(year), "point"
        by = (
            (read is read_english and match["within"] is not None)
            or _BY.search(text[max(0, start - 16) : start]) is not None
            or _BY_KOREAN.match(text, end) is not None
        )
        if read is read_korean and (
            match["kw"] == "연내"
            or (period is not None and len(period) == 4 and not is_over(period, anchor) and _END_KOREAN.match(text, end))
        ):
            by = True
        if read is read_korean and by and kind == "point" and period and len(period) == 7 and is_over(period, anchor):
            # told of the past, "through September" sums up
            period = cumulative(int(period[:4]), last_month(period))
            by = False
        todate = bool(match["ytd"]) if read is read_english else match["kw"] == "올 들어"
        out.append(Mention(start, end, period, kind, by, year, todate))
    out.sort(key=lambda mention: mention.start)
    return out
