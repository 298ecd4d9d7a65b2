"""Time expressions and the intervals they name, with the document's date as anchor."""

from __future__ import annotations

import re
from collections.abc import Callable

from salpi.evidence.claims.intervals import Anchor as Anchor
from salpi.evidence.claims.intervals import Mention as Mention
from salpi.evidence.claims.intervals import Read, cumulative, is_over, last_month, relative_year
from salpi.evidence.claims.intervals import shifted as shifted
from salpi.evidence.claims.intervals import year_of as year_of
from salpi.evidence.claims.times_english import ALONE, ENGLISH, read_alone, read_english
from salpi.evidence.claims.times_korean import KOREAN, read_korean
from salpi.evidence.occurrences import each
from salpi.evidence.tokens import Tokens, tokens

Reader = Callable[[re.Match[str], Anchor], Read | None]

_FOLLOWS = re.compile(
    r"\s?[~∼–-]\s?\d|\s?[년월분]|\s?개월|\s?[qhm](?![a-z]{2})|q?fy|[-\s](?:months?|years)(?![a-z])|(?:st|nd|rd|th)[-\s]|(?:st|nd|rd|th)?\s(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)",
    re.I,
)
"""What a figure of one or two digits is followed by where it begins a time expression; the rest are not tried."""
_GOES_ON = frozenset("~∼–-년월분개QqHhMmFfSsNnRrTt")
_GOES_ON_APART = _GOES_ON - {"R", "r", "T", "t"} | frozenset("YyJjAaOoDdſ")
"""How that begins, and how it goes on behind a blank."""
_CENTURIES = frozenset(("19", "20", "21"))


def _may_begin(text: str, start: int, end: int) -> bool:
    """Whether a figure may begin a time expression: it is like a year, or short and followed by what makes it one."""
    if end - start > 2:
        return end - start == 4 and text[start : start + 2] in _CENTURIES
    after = text[end : end + 1]
    likely = text[end + 1 : end + 2] in _GOES_ON_APART if after.isspace() else after in _GOES_ON
    return likely and _FOLLOWS.match(text, end) is not None


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


_BY_MARKS = frozenset(" -")
_BY_ENDS = tuple(
    f"{word}{mark}" for word in ("by", "By", "until", "before", "than", "of", "end", "late", "early", "mid") for mark in _BY_MARKS
)
_KOREAN_FOLLOWS = frozenset("년월분개~∼–-.회")


def mentions(text: str, anchor: Anchor, known: Tokens | None = None) -> list[Mention]:
    """All time expressions of ``text``, resolved as far as the anchor allows; others carry no period."""
    known = tokens(text) if known is None else known
    taken = _slashed(text, known)
    out = [*taken]
    korean = not text.isascii()
    last = at = 0
    figures = {
        start: end for start, end in known.figures if (end - start < 3 or end - start == 4) and _may_begin(text, start, end)
    }
    for place in sorted([*known.times, *figures]):
        if place < last:
            continue
        match, read = _match(text, place, figures.get(place), korean)
        if match is None:
            continue
        start, end = match.span()
        if start == end or not match[0].strip():
            continue
        while at < len(taken) and taken[at].end <= start:
            at += 1
        if at < len(taken) and taken[at].start < end:
            continue
        found = read(match, anchor)
        if found is None:
            continue
        last = end
        period, kind, year = found
        while text[start] == " ":
            start += 1
        before = text[max(0, start - 34) : start]
        led = before.removesuffix("\n")[-1:] in _BY_MARKS
        if (led and "since" in before.casefold() and _SINCE.search(before) is not None) or (
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
        until = led and before.endswith(_BY_ENDS) and _BY.search(before[-16:]) is not None
        if kind == "yearend":
            year = (year or 1) if until else (year or 1) - 1
            period, kind = str(year), "point"
        by = (
            until
            or (read is read_english and match["within"] is not None)
            or (korean and "까지" in text[end : end + 5] and _BY_KOREAN.match(text, end) is not None)
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
        todate = (read is read_english and match["ytd"] is not None) or (read is read_korean and match["kw"] == "올 들어")
        out.append(Mention(start, end, period, kind, by, year, todate))
    out.sort(key=lambda mention: mention.start)
    return out


def _slashed(text: str, known: Tokens) -> list[Mention]:
    """Days written in figures, the year first."""
    out: list[Mention] = []
    years = [end - 4 for start, end in known.figures if end - start >= 4 and text[end - 4 : end - 2] in _CENTURIES]
    for match in each(_SLASHED, text, years):
        year, month = int(match["y"]), int(match["m"])
        if 1 <= month <= 12:
            out.append(Mention(*match.span(), f"{year}-{month:02d}", "day", year=year))
    return out


_NO_TIME = re.compile(
    r"in (?:(?!12)\d|the (?!business|fiscal|financial|year|twelve|12|following|next|current))|at the (?!moment)|up to (?!now)"
    r"|(?:by|to) the (?![adefjmnos])",
    re.I,
)
"""Words that begin some time expressions, before what none of these goes on with; "in 2024": the year itself comes next."""


def _match(text: str, place: int, end: int | None, korean: bool) -> tuple[re.Match[str] | None, Reader]:
    """The time expression at a place, and what reads it; ``end`` is that of the figure there, None at a word."""
    if end is None:
        if not text[place].isascii():
            return (KOREAN.match(text, place), read_korean) if korean else (None, read_korean)
        return (None if _NO_TIME.match(text, place) else ENGLISH.match(text, place)), read_english
    after = text[end : end + 1]
    if after.isspace():
        after = text[end + 1 : end + 2]
    follows = korean and after in _KOREAN_FOLLOWS
    if not (follows and (after == "년" or (after in "월분개" and end - place < 3) or _FISCAL_KOREAN.match(text, place))):
        if (match := ALONE.match(text, place)) is not None:
            return match, read_alone
        if (match := ENGLISH.match(text, place)) is not None:
            return match, read_english
    return (KOREAN.match(text, place) if follows else None), read_korean
