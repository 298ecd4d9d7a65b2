"""Time expressions and the intervals they name, with the document's date as anchor."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from salpi.evidence.quantities.numerals import CARDINALS
from salpi.evidence.tokens import tokens

_MONTHS = {
    name: n + 1
    for n, name in enumerate(
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"]
    )
}
MONTH = {**_MONTHS, **{name[:3]: n for name, n in _MONTHS.items()}, "sept": 9}
_M = r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\.?"
_Y = r"(?:19|20|21)\d\d"
_ORD = r"(?:first|second|third|fourth|last|final|1st|2nd|3rd|4th|opening)"
_REL = r"(?:this|last|next|the current|the same|the previous|the prior|the past|the coming)"


@dataclass(frozen=True, slots=True)
class Mention:
    """A time expression: ``period`` as claims write it; ``kind`` says how it may be used.

    ``point``: a period of its own · ``prior``: the year before the period spoken of · ``same``: the same part of another year ·
    ``now``: the present, no period.
    """

    start: int
    end: int
    period: str | None
    kind: str = "point"
    by: bool = False  # "by 2030", "2030년까지": an end that is aimed at
    year: int | None = None
    todate: bool = False  # a part of the year that ends today


@dataclass(frozen=True)
class Anchor:
    """What relative time hangs on: the document's date, and fiscal years that begin in ``fiscal`` (1: the calendar year)."""

    day: date | None
    year: int | None = None
    fiscal: int = 1
    fiscal_named: str = "end"
    quarters: bool = False  # quarters are those of the fiscal year

    @property
    def this_year(self) -> int | None:
        return self.day.year if self.day else self.year


_ENGLISH = re.compile(
    rf"""(?<![A-Za-z0-9$€£₩¥,.])(?P<en>(?:
        (?P<range>(?:(?:[Bb]etween|[Ff]rom)\s)(?P<ra>{_Y})\s(?:and|to)\s(?P<rb>{_Y})|(?P<rc>{_Y})\s?(?:-|–|/|~|\sto\s)\s?(?P<rd>{_Y}))
      | (?P<fyspan>(?:(?:fiscal(?:\s(?:year|years))?|financial\syear|FY)\s?)(?P<fa>(?:19|20)?\d\d)\s?[-–/]\s?(?P<fb>(?:19|20)?\d\d)(?!\d)|(?P<fc>{_Y})[-–/](?P<fd>\d\d)(?!\d))
      | (?P<fy>(?:fiscal(?:\syear)?|financial\syear|the\syear\sto|year\sended|(?:1?Q?)FY)\s?'?(?P<fyy>(?:19|20)\d\d|\d\d)(?!\d)(?:[EFPA](?![A-Za-z]))?)
      | (?P<yearto>(?:in\s)?(?:the\s)?(?:(?:business|fiscal|financial)\s)?(?:year|twelve\smonths|12\smonths)\s(?:to|ended|ending|through)\s(?:(?:\d\d?|end(?:-of)?|(?P<ytr>next|last))\s)?(?P<ytm>{_M})(?:\s\d\d?,?)?(?:\s(?P<yty>{_Y}))?)
      | (?P<mspan>(?:the\s)?(?P<msn>three|six|nine|twelve|3|6|9|12)[- ]months?\s(?:period\s)?(?:to|ended|ending|through|until)\s(?:(?:the\s)?end(?:-|\sof\s))?(?:\d\d?\s)?(?P<msm>{_M})(?:\s\d\d?(?!\d))?(?:,?\s(?P<msy>{_Y}))?)
      | (?P<nm>(?P<nmn>[369])M\s?'?(?P<nmy>{_Y}|\d\d)(?!\d))
      | (?P<nmon>(?P<nmonw>three|six|nine|3|6|9)-month(?=\s(?:revenues?|sales|profits?|results?|figures?|totals?|net|operating|exports?|imports?|turnover|earnings|period|loss(?:es)?)(?![a-z])))
      | (?P<fullyear>full-year|(?<=for\s)the\s(?:full\s|whole\s)?year(?=[\s,.](?!to\s|ended|ending|through|before|earlier|ago|after|of\s|in\s|that|when|under|\d)))
      | (?P<ended>the\squarter\s(?:just|now)\s(?:ended|closed|over|past))
      | (?P<mquarter>(?:the\s)?(?P<mqm>March|June|September|December)\squarter(?:\s(?:of\s)?(?P<mqy>{_Y}))?)
      | (?P<within>within\s(?:the\snext\s)?(?P<withn>two|three|four|five|six|seven|eight|nine|ten|\d\d?)\syears)
      | (?P<relq>(?P<rqw>this|the\scurrent|last|the\sprevious|the\spast|next|the\scoming|the\slatest)\s(?P<rqk>quarter|half)(?!\sof|[-a-z]))
      | (?P<yearend>(?:the\s)?(?:year-end|year's\send|end\sof\s(?:the|this)\syear|year\send|close\sof\s(?:the|this)\syear)|before\sthe\syear\sis\sout)
      | (?P<qcum>(?P<qcf>[1-3])\s?[~–-]\s?(?P<qcl>[2-4])Q\s?'?(?P<qcy>{_Y}|\d\d)?(?!\d))
      | (?P<quarter>(?:(?P<q1>[1-4])\s?Q\s?'?(?P<qy1>{_Y}|\d\d)?(?!\d)E?|Q(?P<q2>[1-4])(?:\s?(?:of\s|of\sFY|FY)?\s?'?(?P<qy2>{_Y}|\d\d(?!\d)))?|(?P<qy3>{_Y})[- ]?Q(?P<q3>[1-4])|quarter[- ](?P<q5>one|two|three|four|[1-4])(?:\s(?:of\s)?(?P<qy5>{_Y}))?(?=\s|[.,;])|(?P<q4>{_ORD})[- ]quarter(?![- ](?:largest|century))(?:\s(?:of\s)?(?:(?:fiscal\s)?(?P<qy4>{_Y})|(?P<qr4>{_REL})\syear))?(?:\s(?:ended|ending)\s{_M}\s\d\d?,?\s(?P<qye>{_Y}))?)(?![A-Za-z0-9]))
      | (?P<half>(?:(?P<h1>[12])\s?H\s?'?(?P<hy1>{_Y}|\d\d)?(?!\d)E?|H(?P<h2>[12])(?:\s?(?:of\s)?'?(?P<hy2>{_Y}|\d\d(?!\d)))?|(?P<hy3>{_Y})[- ]?H(?P<h3>[12])|(?P<h4>first|second|1st|2nd|latter)[- ]half(?:\s(?:of\s)?(?:(?P<hy4>{_Y})|(?P<hr4>{_REL})\syear))?)(?![A-Za-z0-9]))
      | (?P<hyear>half-year(?!ly)|interim(?=\s(?:results|profit|revenue|report|operating)))
      | (?P<samehalf>(?:the\s)?same\s(?:half|quarter|period|month|months|nine\smonths|six\smonths|time)(?:\s(?:of|in|a))?\s?(?:(?P<sy>{_Y})|(?P<sr>last|previous|prior|the\sprevious|the\sprior)\s?year|year\s(?:earlier|ago|before))?)
      | (?P<firstn>first\s(?P<fq>two|three|2|3)\squarters(?:\sof\s(?:(?P<fqy>{_Y})|(?P<fqr>{_REL})\syear|the\syear))?|first\s(?P<fn>two|three|four|five|six|seven|eight|nine|ten|eleven|\d\d?)\smonths(?:\sof\s(?:(?P<fny>{_Y})|(?P<fnr>{_REL})\syear|the\syear))?)
      | (?P<months>(?:(?:[Bb]etween|[Ff]rom)\s)?(?P<m1>{_M})(?:\s(?P<m1y>{_Y}))?\s?(?:-|–|to|and|through|~)\s?(?P<m2>{_M})(?:\s(?:of\s)?(?P<m2y>{_Y})|\s(?P<m2r>this|last)\syear)?)
      | (?P<through>through\s(?P<tm>{_M})(?:\s(?:of\s)?(?:(?P<ty>{_Y})|(?P<tr>this|last)\syear))?)
      | (?P<ytd>year[- ]to[- ]date|so\sfar\sthis\syear|this\syear\sso\sfar|YTD|since\s(?:January|the\sstart\sof\sthe\syear))
      | (?P<day>(?P<d1m>{_M})\s\d\d?(?:st|nd|rd|th)?(?!\d)(?:,?\s(?P<d1y>{_Y}))?|\d\d?(?:st|nd|rd|th)?\s(?P<d2m>{_M})(?:\s(?P<d2y>{_Y}))?(?![A-Za-z]))
      | (?P<month>(?P<mm>{_M})[ ,-]{{1,2}}'?(?P<my>{_Y}|\d\d(?!\d))|(?P<mr>last|this|next)\smonth|(?P<mo>(?:January|February|April|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|(?<=[Ii]n\s)March|(?<=[Ii]n\s)May|(?<=to\s)March|(?<=of\s)March|(?<=of\s)May|(?<=last\s)March|(?<=last\s)May|(?<=by\s)March|(?<=by\s)May|(?<=[Aa]\s)March|(?<=[Tt]he\s)March|(?<=[Ii]ts\s)March|(?<=since\s)March|(?<=since\s)May|(?<=until\s)March|(?<=until\s)May|March(?=\salone)|May(?=\salone))\.?)(?:\s(?:of\s)?(?P<mor>this|last)\syear)?(?![A-Za-z]))
      | (?P<rel>(?:(?:later|earlier|late|early)\s)?(?P<rw>this|last|next|the\scurrent|the\scoming)\s(?:(?:fiscal\s|financial\s|calendar\s|business\s)?year(?:'s)?|fiscal(?!\s(?:year|quarter|half|month|period|policy|deficit|stimulus|incentives?|support|consolidation)))|(?P<rnow>in\sthe\scurrent\sone))
      | (?P<prior>(?:the\s)?(?:year\s(?:before|earlier|ago)|(?:previous|prior|preceding)\s(?:(?:fiscal|financial|calendar)\syear|fiscal(?!\s[a-z])|year)|(?:year-earlier|year-ago|prior-year|year-before)\s(?:period|quarter|half|level|figure|months?)|year-(?:earlier|ago|before)|corresponding\s(?:period|quarter|half)\s(?:of\s)?(?:last|the\sprevious|the\sprior)\syear)|(?:a|one)\syear\s(?:earlier|before|ago|previously)|the\syear\sprior|a\syear\sbefore|(?:12|twelve)\smonths\s(?:earlier|before|ago|previously))
      | (?P<ago>(?P<agon>two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|a\sdozen|\d\d?)\syears\s(?P<agow>ago|earlier|before|later|hence|from\snow)|(?P<decade>a\sdecade\s(?P<decw>ago|earlier|before|later))|(?P<following>(?:in\s)?the\s(?:following\syear|year\safter|next\syear)|(?:a|one)\syear\slater))
      | (?P<decadeend>(?:the\s)?(?:end|close|turn)\sof\s(?:the|this)\sdecade|(?:the\s|this\s)?decade's\send|decade-end)
      | (?P<then>(?:by\s)?(?:that\s(?:time|year|date)|then)(?=[.,;\s]))
      | (?P<now>(?<=is\s)now|(?<=are\s)now|now(?=\s\d)|now(?=\s(?:stands?|averag|at|is|runs?|takes?|number|has|have|counts?|employs?|makes?|accounts?|holds?|suppl|covers?|serves?|spends?|waits?|sells?|uses?|owns?|operates?|ranks?|comes?|reach|includes?|comprises?|represents?|lives?|works?|needs?|faces?|exports?|imports?|produces?|hosts?|costs?|draws?|gets?|pays?|home)(?![a-z]*ed))|current(?:ly)?|today|at\spresent|presently|right\snow|to\sdate|(?:so|thus)\sfar(?!\sthis)|at\sthe\smoment|as\sof\snow|as\sit\sstands|until\snow|up\sto\snow|nowadays|these\sdays)
      | (?P<year>'(?P<yy>\d\d)(?!\d|\s?년)|(?P<yyyy>{_Y})s?(?:[EFPA](?![A-Za-z]))?(?![\d,]\d|\d|-\d|\.\d|\s?년))
      )(?![A-Za-z0-9]))
    """,
    re.X | re.I,
)
_KOREAN = re.compile(
    rf"""(?P<ko>
        (?P<krange>(?P<kra>{_Y})\s?(?:년)?\s?[~∼–-]\s?(?P<krb>{_Y}|\d\d)\s?년)
      | (?P<ksame>(?:지난해|작년|전년)\s?(?:같은\s?기간|동기|동월|같은\s?달|같은\s?분기)(?!\s?(?:대비|보다|에\s?비해|비))|(?:같은\s?기간|동기)(?!\s?대비))
      | (?P<kmonths>(?:(?P<kxw>올해|금년|지난해|작년|{_Y}년)\s)?(?P<kxa>\d\d?)월부터\s?(?P<kxb>\d\d?)월까지)
      | (?P<kspan>(?P<ksa>{_Y})년\s?(?P<ksam>\d\d?)월\s?[~∼–-]\s?(?P<ksb>{_Y}년|올해|내년|이듬해)\s?(?P<ksbm>\d\d?)월)
      | (?P<kdots>(?P<kda>{_Y})\.\s?(?P<kdam>\d\d?)\.?\s?[~∼–-]\s?(?P<kdb>{_Y})\.\s?(?P<kdbm>\d\d?))
      | (?P<kfy>(?P<kfa>{_Y})(?:\s?[~∼–-]\s?(?P<kfb>\d\d))?년?\s?(?:회계\s?연도|회기연도))
      | (?P<kyearend>(?P<kea>{_Y})년부터\s?(?P<kea2>이듬해|{_Y}년)까지|(?P<keb>{_Y})년부터\s?(?P<ken>\d\d?)년간)
      | (?P<ktodate>(?P<ktw>올해|올|금년|지난해|작년|{_Y}년)(?:는|에는|에만|에도|도|들어|\s들어)?\s(?P<ktm>[1-9]|1[0-2])월(?:\s?말)?까지)
      | (?P<kyear>연말|연간(?=으로는|\s?목표|\s?전망|\s?가이던스|\s?실적|\s?(?:매출|수출|영업이익|수주)(?:액)?\s?(?:목표|전망|가이던스|\s?실적)))
      | (?P<kago>(?P<kagon>\d\d?)\s?년\s?전(?=에는|에|엔|의|만\s해도|과|보다|[^가-힣]|$))
      | (?P<kquarter>지난|이번|다음|전|직전|당)\s?분기(?!\s?(?:대비|보다|에\s?비해|비))
      | (?P<kmonth>지난달|전월|이달|이번\s?달|다음\s?달)(?!\s?대비)
      | (?P<know>현재(?!의\s|보다|\s?대비)|지금까지|지금|현행|그동안|이제까지|여태|현시점|오늘날)
      | (?P<kbase>(?:(?P<ky>{_Y}|(?<!\d)'?\d\d)\s?년(?:도)?(?!\s?(?:간|만|동안|전|차|뒤|후|이상|연속|새|째|걸|이\s?(?:걸|지나|소요|넘)|은\s버|생(?=[\s,.)이은의]|$)))|(?P<kw>지난\s한\s해|지난\s1년|최근\s?(?:사업연도|(?=매출액|연결\s?매출))|지지난해|지난해|작년|올해|금년|내년|내후년|재작년|이듬해|올|전년도|전년|당해|연내|올 들어)(?!\s?대비))?\s?
         (?:(?:의\s|에\s)?(?:(?P<kq>[1-4])\s?분기|(?P<kqa>[1-4])\s?[~∼-]\s?(?P<kqb>[1-4])\s?분기|(?P<kh>상|하)반기|(?P<khalf>반기)(?=\s|보고|$)|(?P<kma>\d\d?)\s?[~∼-]\s?(?P<kmb>\d\d?)월|(?:지난\s)?(?P<km>\d\d?)월(?!\s?\d\d?일)|(?P<kday>\d\d?월\s?\d\d?일)|(?P<kmax>[1-9]|1[0-2])월\s?말?까지))?)(?P<kcum>\s?(?:말\s)?(?:누적|누계|까지\s(?:누적|누계)))?
      )""",
    re.X,
)
_FIGURE_START = re.compile(
    r"(?:19|20|21)\d\d|\d{1,2}(?:(?:st|nd|rd|th)?\s[A-Za-z]|[- ]?[A-Za-z]|\s?[~∼–-]\s?\d|\s?[년월분])|\d{1,2}(?=\s(?:years|months))",
    re.I,
)
"""Figures with which a time expression may begin; the rest are not tried."""
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


def mentions(text: str, anchor: Anchor, places: list[int] | None = None) -> list[Mention]:
    """All time expressions of ``text``, resolved as far as the anchor allows; others carry no period."""
    out: list[Mention] = []
    for slashed in _SLASHED.finditer(text):
        whole, month = int(slashed["y"]), int(slashed["m"])
        if 1 <= month <= 12:
            out.append(Mention(*slashed.span(), f"{whole}-{month:02d}", "day", year=whole))
    taken = [(mention.start, mention.end) for mention in out]
    korean = not text.isascii()
    last = 0
    for place in tokens(text).times if places is None else places:
        if place < last:
            continue
        match, read = None, _english
        first = text[place]
        if first.isascii():
            if first.isdigit() and _FIGURE_START.match(text, place) is None:
                continue
            match = _ENGLISH.match(text, place)
        if match is None and korean and (first.isdigit() or not first.isascii()):
            match, read = _KOREAN.match(text, place), _korean
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
        if _SINCE.search(text[max(0, start - 34) : start]) is not None or (read is _korean and _SINCE_KOREAN.match(text, end)):
            period, kind = None, "since"
        if kind == "now" and _SPEECH_DAY.search(text[max(0, start - 14) : start]) and match[0].lower().startswith("today"):
            continue
        if read is _english and kind == "point" and period and len(period) == 7 and (of := _OF_YEAR.match(text, end)) is not None:
            shown = _relative(of["rel"].lower().removesuffix(" year").strip(), anchor)
            if shown is not None and str(year) not in match[0]:
                period, year, end = f"{shown}{period[4:]}", shown, of.end()
                last = end
        if kind == "yearend":
            until = _BY.search(text[max(0, start - 16) : start]) is not None
            year = (year or 1) if until else (year or 1) - 1
            period, kind = str(year), "point"
        by = (
            (read is _english and match["within"] is not None)
            or _BY.search(text[max(0, start - 16) : start]) is not None
            or _BY_KOREAN.match(text, end) is not None
        )
        if read is _korean and (
            match["kw"] == "연내"
            or (period is not None and len(period) == 4 and not _over(period, anchor) and _END_KOREAN.match(text, end))
        ):
            by = True
        if read is _korean and by and kind == "point" and period and len(period) == 7 and _over(period, anchor):
            # told of the past, "through September" sums up
            period = _cumulative(int(period[:4]), _last_month(period))
            by = False
        todate = bool(match["ytd"]) if read is _english else match["kw"] == "올 들어"
        out.append(Mention(start, end, period, kind, by, year, todate))
    out.sort(key=lambda mention: mention.start)
    return out


def _last_month(period: str) -> int:
    part = period.rpartition("/")[2][5:]
    return 12 if not part else 3 * int(part[1]) if part[0] == "Q" else 6 * int(part[1]) if part[0] == "H" else int(part)


def _over(period: str, anchor: Anchor) -> bool:
    """Whether a period had ended when the document was written."""
    if anchor.day is None:
        return False
    end = int(period.rpartition("/")[2][:4]) * 12 + _last_month(period)
    return end < anchor.day.year * 12 + anchor.day.month


def year_of(period: str | None) -> int | None:
    """The year in which a period ends."""
    if not period:
        return None
    return int(period.rpartition("/")[2][:4])


def shifted(period: str | None, years: int) -> str | None:
    """The same part of another year."""
    if period is None:
        return None
    return "/".join(f"{int(part[:4]) + years}{part[4:]}" for part in period.split("/"))


def _full(text: str | None) -> int | None:
    if not text:
        return None
    digits = text.strip("'")
    value = int(digits)
    return value if len(digits) == 4 else 2000 + value if value < 70 else 1900 + value


def _relative(word: str | None, anchor: Anchor) -> int | None:
    now = anchor.this_year
    if now is None or word is None:
        return None
    word = word.lower()
    if word.startswith(("last", "the prev", "the prior", "the past")):
        return now - 1
    if word.startswith(("next", "the coming")):
        return now + 1
    return now


def _fiscal(year: int, anchor: Anchor, named: str | None = None) -> str:
    """The fiscal year with that name; a calendar year where none is known to differ."""
    if anchor.fiscal == 1:
        return str(year)
    first = year if (named or anchor.fiscal_named) == "start" else year - 1
    return f"{first}-{anchor.fiscal:02d}/{first + 1}-{anchor.fiscal - 1:02d}"


def _cumulative(year: int | None, last: int, first: int = 1) -> str | None:
    if year is None:
        return None
    if (first, last) in ((1, 6), (7, 12)):
        return f"{year}-H{1 if first == 1 else 2}"
    if (first, last) == (1, 12):
        return str(year)
    if last - first == 2 and first % 3 == 1:
        return f"{year}-Q{first // 3 + 1}"
    return f"{year}-{first:02d}/{year}-{last:02d}" if first != last else f"{year}-{last:02d}"


def _month(name: str) -> int:
    return MONTH[name.lower().rstrip(".")]


def _recent(month: int, anchor: Anchor) -> int | None:
    """The year of a month without one: the latest that has begun by the document's date."""
    if anchor.day is None:
        return anchor.year
    return anchor.day.year if month <= anchor.day.month else anchor.day.year - 1


_Read = tuple[str | None, str, int | None]


def _english(m: re.Match[str], anchor: Anchor) -> _Read | None:
    if m["range"]:
        a, b = _full(m["ra"] or m["rc"]), _full(m["rb"] or m["rd"])
        return (f"{a}/{b}", "point", b) if a and b and a < b else None
    if m["fyspan"]:
        a = _full(m["fa"] or m["fc"])
        b = int(m["fb"] or m["fd"]) % 100
        if a is None or (a + 1) % 100 != b:
            return (f"{a}/{a // 100 * 100 + b}", "point", a // 100 * 100 + b) if a and b > a % 100 else None
        start = anchor.fiscal if anchor.fiscal != 1 else 4
        return f"{a}-{start:02d}/{a + 1}-{start - 1:02d}", "point", a + 1
    if m["fy"]:
        year = _full(m["fyy"])
        return (_fiscal(year, anchor), "point", year) if year else None
    if m["yearto"]:
        month = _month(m["ytm"])
        year = _full(m["yty"]) or _recent(month, anchor)
        if year is None:
            return None
        if m["ytr"] and m["ytr"].lower() == "next":
            year += 1
        return (str(year) if month == 12 else f"{year - 1}-{month + 1:02d}/{year}-{month:02d}"), "point", year
    if m["qcum"]:
        last = int(m["qcl"])
        year = _full(m["qcy"]) or _sub_year(anchor, last * 3)
        return (_cumulative(year, last * 3, int(m["qcf"]) * 3 - 2), "point", year) if year else (None, "unknown", None)
    if m["mspan"]:
        month = _month(m["msm"])
        year = _full(m["msy"]) or _recent(month, anchor)
        word = m["msn"].lower()
        count = int(word) if word.isdigit() else CARDINALS[word]
        if year is None:
            return None, "unknown", None
        begin = month - count + 1
        if begin >= 1:
            return _cumulative(year, month, begin), "point", year
        return f"{year - 1}-{begin + 12:02d}/{year}-{month:02d}", "point", year
    if m["nmon"]:
        word = m["nmonw"].lower()
        return _cumulative(anchor.this_year, int(word) if word.isdigit() else CARDINALS[word]), "point", anchor.this_year
    if m["fullyear"]:
        year = anchor.this_year if anchor.day is None or anchor.day.month > 3 else anchor.day.year - 1
        return (str(year) if year else None), "point" if year else "unknown", year
    if m["ended"]:
        return _relative_part(anchor, -1, 3)
    if m["mquarter"]:
        month = _month(m["mqm"])
        year = _full(m["mqy"]) or _recent(month, anchor)
        return f"{year}-Q{month // 3}" if year else None, "point" if year else "unknown", year
    if m["within"]:
        count = int(m["withn"]) if m["withn"].isdigit() else CARDINALS[m["withn"].lower()]
        year = anchor.this_year + count if anchor.this_year else None
        return (str(year) if year else None), "point" if year else "unknown", year
    if m["nm"]:
        year = _full(m["nmy"])
        return _cumulative(year, int(m["nmn"])), "point", year
    if m["relq"]:
        word = m["rqw"].lower()
        step = 1 if word in ("next", "the coming") else 0 if word in ("this", "the current") else -1
        return _relative_part(anchor, step, 3 if m["rqk"].lower() == "quarter" else 6)
    if m["yearend"]:
        year = anchor.this_year
        if (
            year is not None
            and anchor.day is not None
            and anchor.day.month <= 4
            and m["yearend"].lower().startswith(("year-end", "the year-end", "year end"))
        ):
            return None, "yearend", year
        return (str(year) if year else None), "point" if year else "unknown", year
    if m["quarter"]:
        word = m["q1"] or m["q2"] or m["q3"] or m["q4"] or m["q5"]
        number = (
            int(word)
            if word.isdigit()
            else {
                "one": 1,
                "two": 2,
                "three": 3,
                "four": 4,
                "first": 1,
                "opening": 1,
                "1st": 1,
                "second": 2,
                "2nd": 2,
                "third": 3,
                "3rd": 3,
            }.get(word.lower(), 4)
        )
        written = _full(m["qy1"] or m["qy2"] or m["qy3"] or m["qy4"] or m["qy5"] or m["qye"]) or _relative(m["qr4"], anchor)
        if anchor.fiscal != 1 and (anchor.quarters or "FY" in m[0]):
            return _fiscal_quarter(number, written, anchor)
        year = written or _sub_year(anchor, number * 3)
        return f"{year}-Q{number}" if year else None, "point" if year else "unknown", year
    if m["half"]:
        word = m["h1"] or m["h2"] or m["h3"] or m["h4"]
        number = 1 if word.lower() in ("1", "first", "1st") else 2
        year = _full(m["hy1"] or m["hy2"] or m["hy3"] or m["hy4"]) or _relative(m["hr4"], anchor) or _sub_year(anchor, number * 6)
        return f"{year}-H{number}" if year else None, "point" if year else "unknown", year
    if m["hyear"]:
        year = anchor.this_year if anchor.day is None or anchor.day.month >= 7 else (anchor.this_year or 1) - 1
        return (f"{year}-H1" if year else None), "point", year
    if m["samehalf"]:
        year = _full(m["sy"])
        return None, "same", year
    if m["fq"]:
        year = _full(m["fqy"]) or _relative(m["fqr"], anchor) or anchor.this_year
        return _cumulative(year, 9 if m["fq"].lower() in ("three", "3") else 6), "point", year
    if m["firstn"]:
        word = m["fn"]
        months = int(word) if word.isdigit() else CARDINALS[word.lower()]
        year = _full(m["fny"]) or _relative(m["fnr"], anchor) or anchor.this_year
        return _cumulative(year, min(12, months)), "point", year
    if m["months"]:
        one, two = _month(m["m1"]), _month(m["m2"])
        year = _full(m["m2y"]) or _relative(m["m2r"], anchor) or _recent(two, anchor)
        first = _full(m["m1y"]) or (year if one <= two else (year - 1 if year else None))
        if year is None or first is None:
            return None
        return (_cumulative(year, two, one) if first == year else f"{first}-{one:02d}/{year}-{two:02d}"), "point", year
    if m["through"]:
        month = _month(m["tm"])
        year = _full(m["ty"]) or _relative(m["tr"], anchor) or _recent(month, anchor)
        return _cumulative(year, month), "point" if year else "unknown", year
    if m["ytd"]:
        return (str(anchor.this_year) if anchor.this_year else None), "point", anchor.this_year
    if m["day"]:
        month = _month(m["d1m"] or m["d2m"])
        year = _full(m["d1y"] or m["d2y"]) or _recent(month, anchor)
        return f"{year}-{month:02d}" if year else None, "day", year
    if m["month"]:
        return _english_month(m, anchor)
    if m["rel"]:
        year = _relative(m["rw"] or "this", anchor)
        fiscal = (anchor.fiscal != 1 and re.search("fiscal|financial|business", m[0]) is not None) or m["rnow"] is not None
        if fiscal and year and anchor.day is not None and (anchor.day.month >= anchor.fiscal) == (anchor.fiscal_named != "start"):
            year += 1 if anchor.fiscal_named != "start" else -1  # the fiscal year in which the document stands
        return (_fiscal(year, anchor) if fiscal and year else str(year) if year else None), "point" if year else "unknown", year
    if m["prior"]:
        return None, "prior", None
    if m["following"]:
        return None, "later", 1
    if m["decadeend"]:
        year = anchor.this_year // 10 * 10 + 10 if anchor.this_year else None
        return (str(year) if year else None), "point" if year else "unknown", year
    if m["ago"]:
        count = (
            10
            if m["decade"]
            else 12
            if m["agon"].lower().startswith("a")
            else int(m["agon"])
            if m["agon"].isdigit()
            else CARDINALS[m["agon"].lower()]
        )
        word = m["decw"] or m["agow"]
        if word == "ago" and anchor.this_year:
            return str(anchor.this_year - count), "point", anchor.this_year - count
        return None, "later" if word in ("later",) else "before", count if word != "ago" else None
    if m["then"]:
        return (None, "then", None) if "by" in m["then"] else None
    if m["now"]:
        return None, "now", None
    year = _full(m["yy"] or m["yyyy"])
    return (str(year), "point", year) if year and 1950 <= year <= 2100 else None


def _fiscal_quarter(number: int, year: int | None, anchor: Anchor) -> _Read:
    """Q1 FY26 in India: April to June 2025."""
    if year is None:
        if anchor.day is None:
            return None, "unknown", None
        # the latest fiscal quarter with that number that has begun
        for back in range(5):
            months = anchor.day.year * 12 + anchor.day.month - 1 - 3 * back
            calendar = months % 12 // 3 + 1
            if (calendar - (anchor.fiscal - 1) // 3 - 1) % 4 + 1 == number:
                return f"{months // 12}-Q{calendar}", "point", months // 12
        return None, "unknown", None
    first = year if anchor.fiscal_named == "start" else year - 1
    month = anchor.fiscal + 3 * (number - 1)
    return f"{first + (month - 1) // 12}-Q{(month - 1) % 12 // 3 + 1}", "point", first + (month - 1) // 12


def _english_month(m: re.Match[str], anchor: Anchor) -> _Read | None:
    if m["mr"]:
        if anchor.day is None:
            return None, "unknown", None
        step = {"last": -1, "this": 0, "next": 1}[m["mr"].lower()]
        number = anchor.day.year * 12 + anchor.day.month - 1 + step
        return f"{number // 12}-{number % 12 + 1:02d}", "point", number // 12
    if m["mo"]:
        month = _month(m["mo"])
        year = _relative(m["mor"], anchor) or _recent(month, anchor)
    else:
        month, year = _month(m["mm"]), _full(m["my"])
    return f"{year}-{month:02d}" if year else None, "point" if year else "unknown", year


def _relative_part(anchor: Anchor, step: int, months: int) -> _Read:
    """The quarter or half that the document stands in, or the one before or after."""
    if anchor.day is None:
        return None, "unknown", None
    part = (anchor.day.year * 12 + anchor.day.month - 1) // months + step
    year, number = divmod(part, 12 // months)
    return f"{year}-{'Q' if months == 3 else 'H'}{number + 1}", "point", year


def _sub_year(anchor: Anchor, last_month: int) -> int | None:
    """A quarter or half without year: of this year where it has begun or comes next, else of the year before."""
    if anchor.day is None:
        return anchor.year
    if (last_month == 12 and anchor.day.month <= 2) or (last_month - 3 > 0 and last_month == 9 and anchor.day.month <= 1):
        return anchor.day.year - 1
    return anchor.day.year


_KOREAN_YEARS = {
    "지난 한 해": -1,
    "지난 1년": -1,
    "지지난해": -2,
    "재작년": -2,
    "지난해": -1,
    "작년": -1,
    "올해": 0,
    "금년": 0,
    "올": 0,
    "올 들어": 0,
    "당해": 0,
    "연내": 0,
    "내년": 1,
    "이듬해": 1,
    "내후년": 2,
}


def _korean(m: re.Match[str], anchor: Anchor) -> _Read | None:
    now = anchor.this_year
    if m["krange"]:
        a, b = int(m["kra"]), _full(m["krb"])
        return (f"{a}/{b}", "point", b) if b and a < b else None
    if m["kspan"]:
        a, word = int(m["ksa"]), m["ksb"]
        b = int(word[:4]) if word[0].isdigit() else (now or a) + (1 if word == "내년" else 0) if word != "이듬해" else a + 1
        if b < a:
            return None
        return f"{a}-{int(m['ksam']):02d}/{b}-{int(m['ksbm']):02d}", "point", b
    if m["kdots"]:
        a, b, first, last = int(m["kda"]), int(m["kdb"]), int(m["kdam"]), int(m["kdbm"])
        if not (1 <= first <= 12 and 1 <= last <= 12) or b < a:
            return None
        return (_cumulative(a, last, first) if a == b else f"{a}-{first:02d}/{b}-{last:02d}"), "point", b
    if m["kfy"]:
        a = int(m["kfa"])
        if m["kfb"]:
            start = anchor.fiscal if anchor.fiscal != 1 else 4
            return f"{a}-{start:02d}/{a + 1}-{start - 1:02d}", "point", a + 1
        return _fiscal(a, anchor), "point", a
    if m["kyearend"]:
        if m["keb"]:
            a, b = int(m["keb"]), int(m["keb"]) + int(m["ken"]) - 1
        else:
            a = int(m["kea"])
            b = a + 1 if m["kea2"] == "이듬해" else int(m["kea2"][:4])
        return (f"{a}/{b}", "point", b) if b > a else None
    if m["ktodate"]:
        word = m["ktw"]
        year = int(word[:4]) if word[0].isdigit() else now if word[0] in "올금" else now - 1 if now else None
        return (_cumulative(year, int(m["ktm"])), "point", year) if year else (None, "unknown", None)
    if m["kmonths"]:
        first, last, word = int(m["kxa"]), int(m["kxb"]), m["kxw"]
        year = _recent(last, anchor)
        if word and word[0].isdigit():
            year = int(word[:4])
        elif word and now:
            year = now if word[0] in "올금" else now - 1
        return (_cumulative(year, last, first), "point", year) if 1 <= first < last <= 12 else None
    if m["kyear"]:
        return (str(now) if now else None), "point" if now else "unknown", now
    if m["kquarter"]:
        return _relative_part(anchor, {"이번": 0, "당": 0, "다음": 1}.get(m["kquarter"], -1), 3)
    if m["kmonth"]:
        if anchor.day is None:
            return None, "unknown", None
        word = m["kmonth"].replace(" ", "")
        step = {"지난달": -1, "전월": -1, "이달": 0, "이번달": 0, "다음달": 1}[word]
        number = anchor.day.year * 12 + anchor.day.month - 1 + step
        return f"{number // 12}-{number % 12 + 1:02d}", "point", number // 12
    if m["ksame"]:
        return None, "prior" if m["ksame"][0] in "지작전" else "again", None
    if m["know"]:
        return None, "now", None
    if m["kago"]:
        year = now - int(m["kagon"]) if now else None
        return (str(year) if year else None), "ago", year
    word = m["kw"]
    if word and word.startswith("최근"):
        return (str(now - 1), "point", now - 1) if now else (None, "unknown", None)
    if word == "이듬해":
        return None, "later", 1
    if word == "올" and not (m["kq"] or m["kh"] or m["km"] or m["kma"]):
        return None
    if word in ("전년", "전년도"):
        return None, "prior", None
    year = _full(m["ky"]) if m["ky"] else now + _KOREAN_YEARS[word] if word and now is not None else None
    written = year is not None
    if m["ky"] and not 1950 <= (year or 0) <= 2100:
        return None
    if word and year is None:
        return None, "unknown", None
    if m["kday"]:
        month = int(re.match(r"\d+", m["kday"])[0])  # type: ignore[index]
        year = year or _recent(month, anchor)
        return (f"{year}-{month:02d}" if year else None), "day", year
    if m["kq"] or m["kqb"]:
        last = int(m["kq"] or m["kqb"])
        year = year or _sub_year(anchor, last * 3)
        if year is None:
            return None, "unknown", None
        if m["kcum"] or m["kqa"]:
            first = int(m["kqa"]) * 3 - 2 if m["kqa"] else 1
            return _cumulative(year, last * 3, first), "point", year
        return f"{year}-Q{last}", "point", year
    if m["kh"]:
        number = 1 if m["kh"] == "상" else 2
        year = year or _sub_year(anchor, number * 6)
        return f"{year}-H{number}" if year else None, "part" if year and not written else "point" if year else "unknown", year
    if m["khalf"]:
        return (f"{year}-H1", "point", year) if year and m["ky"] else None
    if m["kma"]:
        first, last = int(m["kma"]), int(m["kmb"])
        year = year or _recent(last, anchor)
        return _cumulative(year, last, first) if 1 <= first < last <= 12 else None, "point", year
    month_text = m["km"] or m["kmax"]
    if month_text:
        month = int(month_text)
        if not 1 <= month <= 12:
            return None
        year = year or _recent(month, anchor)
        if m["kcum"] and year:
            return _cumulative(year, month), "point", year
        return f"{year}-{month:02d}" if year else None, "point" if year else "unknown", year
    return (str(year), "point", year) if year else None


_TITLE_DATES = (
    re.compile(rf"(?P<m>{_M})\s(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<y>{_Y})"),
    re.compile(rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[ -](?P<m>{_M})[ ,-]{{1,2}}(?P<y>{_Y})"),
    re.compile(rf"(?P<y>{_Y})\s?[./-]\s?(?P<mn>\d{{1,2}})\s?[./-]\s?(?P<d>\d{{1,2}})(?!\d)"),
    re.compile(rf"(?P<y>{_Y})\s?년\s?(?P<mn>\d{{1,2}})\s?월\s?(?P<d>\d{{1,2}})\s?일"),
    re.compile(rf"(?<!\d)(?P<d>\d{{1,2}})[-./] ?(?P<mn>\d{{1,2}})[-./] ?(?P<y>{_Y})(?!\d)"),
    re.compile(rf"(?<!\d)(?P<mn>\d{{1,2}})[-./] ?(?P<d>\d{{1,2}})[-./] ?(?P<y>{_Y})(?!\d)"),
)
_MONTH_DATES = (re.compile(rf"(?P<m>{_M})\s(?P<y>{_Y})"), re.compile(rf"(?P<y>{_Y})\s?(?:년|\.)\s?(?P<mn>\d{{1,2}})\s?월"))


_YEAR_OF = re.compile(_Y)


def _beside_years(text: str) -> list[tuple[int, int]]:
    """Stretches around the years of a text, far enough for a date on either side."""
    out: list[tuple[int, int]] = []
    for match in _YEAR_OF.finditer(text):
        low, high = max(0, match.start() - 24), min(len(text), match.end() + 24)
        if out and low <= out[-1][1]:
            out[-1] = (out[-1][0], high)
        else:
            out.append((low, high))
    return out


@lru_cache(maxsize=256)
def dated(text: str) -> date | None:
    """The date a text carries at its head (or, failing that, its foot)."""
    for part in (text[:700], text[-400:] if len(text) > 1100 else "", text[:2500]):
        best: tuple[int, date] | None = None
        stretches = _beside_years(part)
        for pattern in _TITLE_DATES:
            for match in (match for low, high in stretches for match in pattern.finditer(part, low, high)):
                groups = match.groupdict()
                month = int(groups["mn"]) if groups.get("mn") else _month(groups["m"])
                day = int(groups["d"])
                if not (1 <= month <= 12 and 1 <= day <= 31):
                    continue  # the other order, perhaps
                try:
                    found = date(int(groups["y"]), month, day)
                except ValueError:
                    continue
                if best is None or match.start() < best[0]:
                    best = (match.start(), found)
                break
        if best is not None:
            return best[1]
    for pattern in _MONTH_DATES:
        found_month = pattern.search(text[:400])
        if found_month is not None:
            groups = found_month.groupdict()
            month = int(groups["mn"]) if groups.get("mn") else _month(groups["m"])
            if 1 <= month <= 12:
                return date(int(groups["y"]), month, 28)
    return None
