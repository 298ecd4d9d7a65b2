"""Time expressions in English."""

from __future__ import annotations

import re

from salpi.evidence.claims.intervals import (
    MONTH_NAME,
    ORD,
    REL,
    YEAR,
    Anchor,
    Read,
    cumulative,
    first_months,
    fiscal_half,
    fiscal_year,
    full_year,
    last_half,
    month_of,
    recent_year,
    relative_part,
    relative_year,
    running_year,
    year_of_part,
    years_around,
    years_on,
)
from salpi.evidence.quantities.numerals import CARDINALS

ENGLISH = re.compile(
    rf"""(?<![A-Za-z0-9$€£₩¥,.])(?:
        (?=[12bf])(?P<range>(?:(?:[Bb]etween|[Ff]rom)\s)(?P<ra>{YEAR})\s(?:and|to)\s(?P<rb>{YEAR})|(?P<rc>{YEAR})\s?(?:-|–|/|~|\sto\s)\s?(?P<rd>{YEAR}))
      | (?=[12f])(?P<fyspan>(?:(?:fiscal(?:\s(?:year|years))?|financial\syear|FY)\s?)(?P<fa>(?:19|20)?\d\d)\s?[-–/]\s?(?P<fb>(?:19|20)?\d\d)(?!\d)|(?P<fc>{YEAR})[-–/](?P<fd>\d\d)(?!\d))
      | (?=[12fhls])(?P<fhalf>(?:H(?P<fh1>[12])|(?P<fh2>[12])H|(?P<fh3>first|second|1st|2nd|latter)[- ]half)\s?(?:of\s|in\s)?(?:the\s)?(?:(?:FY|fiscal(?:\syear)?|financial\syear)[\s-]?'?(?P<fhy>(?:19|20)\d\d|\d\d)(?!\d|[-/]\d)|(?:(?:fiscal|financial|business)\s)?year\s(?:ending|ended|to)\s(?:\d\d?\s)?(?P<fhm>{MONTH_NAME})(?:\s\d\d?,?)?\s(?P<fhmy>{YEAR})))
      | (?=[1fqty])(?P<fy>(?:(?:fiscal|financial)(?:\syear)?|the\syear\sto|year\sended|(?:1?Q?)FY)\s?'?(?P<fyy>(?:19|20)\d\d|\d\d)(?!\d|\s{MONTH_NAME})(?:[EFPA](?![A-Za-z]))?)
      | (?=[1bfity])(?P<yearto>(?:in\s)?(?:the\s)?(?:(?:business|fiscal|financial)\s)?(?:year|twelve\smonths|12\smonths)\s(?:to|ended|ending|through)\s(?:(?:\d\d?|end(?:-of)?|(?P<ytr>next|last))\s)?(?P<ytm>{MONTH_NAME})(?:\s\d\d?,?)?(?:\s(?P<yty>{YEAR}))?)
      | (?=[\defhnqst])(?P<mspan>(?:the\s)?(?:(?P<msn>two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[2-9]|1[0-2])[- ]months?|half(?:[- ]year)?|(?P<msq>quarter))\s(?:period\s)?(?:to|ended|ending|through|until)\s(?:(?:the\s)?end(?:-|\sof\s))?(?:\d\d?\s)?(?P<msm>{MONTH_NAME})(?:\s\d\d?(?!\d))?(?:,?\s(?P<msy>{YEAR}))?)
      | (?=[369])(?P<nm>(?P<nmn>[369])M\s?'?(?P<nmy>{YEAR}|\d\d)(?!\d))
      | (?=[369nst])(?P<nmon>(?P<nmonw>three|six|nine|3|6|9)-month(?=\s(?:revenues?|sales|profits?|results?|figures?|totals?|net|operating|exports?|imports?|turnover|earnings|period|loss(?:es)?)(?![a-z])))
      | (?=[ft])(?P<fullyear>full-year|(?<=for\s)the\s(?:full\s|whole\s)?year(?=[\s,.](?!to\s|ended|ending|through|before|earlier|ago|after|of\s|in\s|that|when|under|\d)))
      | (?=['])(?P<dotted>'(?P<doy>[1-3]\d)\.\s?(?P<dom>1[0-2]|0?[1-9])(?:\s?[~∼-]\s?(?P<dol>1[0-2]|[1-9])월|월|(?P<doq>분기)|(?=\s?[)~∼,]|\s\d|\s[가-힣]|$))(?!\s?\d{{1,2}}\s?일))
      | (?=[t])(?P<ended>the\squarter\s(?:just|now)\s(?:ended|closed|over|past))
      | (?=[djmst])(?P<mquarter>(?:the\s)?(?P<mqm>March|June|September|December)\squarter(?:\s(?:of\s)?(?P<mqy>{YEAR}))?)
      | (?=[w])(?P<within>within\s(?:the\snext\s)?(?P<withn>two|three|four|five|six|seven|eight|nine|ten|\d\d?)\syears)
      | (?=[cnlp])(?P<span>(?P<spanw>next|coming|last|past|previous|preceding)\s(?P<spann>two|three|four|five|six|seven|eight|nine|ten|\d\d?)\syears(?![-’'a-z]))
      | (?=[apqt])(?P<prevq>(?:the\s|a\s)?(?:(?:previous|prior|preceding)\squarter|quarter\s(?:before|earlier))(?!\s(?:of|to|ended|ending)\b))
      | (?=[t])(?P<thehalf>the\shalf(?:[-\s]year)?(?=[\s,.;:)](?!to\s|ended|ending|through|until|of\s|a\s|the\s|an\s|its\s|that\s|which\s|who\s|\d)))
      | (?=[lnt])(?P<relq>(?P<rqw>this|the\scurrent|last|the\spast|next|the\scoming|the\slatest)\s(?P<rqk>quarter|half)(?!\sof|[-a-z]))
      | (?=[bcety])(?P<yearend>(?:the\s)?(?:year-end|year's\send|end\sof\s(?:the|this)\syear|year\send|close\sof\s(?:the|this)\syear)|before\sthe\syear\sis\sout)
      | (?=[123Qq])(?P<qcum>(?P<qcf>[1-3])\s?[~–-]\s?(?P<qcl>[2-4])Q\s?'?(?P<qcy>{YEAR}|\d\d)?(?!\d)|Q(?P<qcf2>[1-3])\s?(?:[~–-]|to)\s?Q?(?P<qcl2>[2-4])(?:\s(?:of\s)?'?(?P<qcy2>{YEAR}|\d\d))?(?!\d))
      | (?=[1234floqst])(?P<quarter>(?:(?P<q1>[1-4])\s?Q\s?'?(?P<qy1>{YEAR}|\d\d)?(?!\d)(?:[EFPA](?![A-Za-z]))?|Q(?P<q2>[1-4])(?:\s?(?:of\s|of\sFY|FY)?\s?'?(?P<qy2>{YEAR}|\d\d(?!\d)))?|(?P<qy3>{YEAR})[- ]?Q(?P<q3>[1-4])|(?P<qy6>{YEAR})\.\s?(?P<q6>[1-4])\s?Q|quarter[- ](?P<q5>one|two|three|four|[1-4])(?:\s(?:of\s)?(?P<qy5>{YEAR}))?(?=\s|[.,;])|(?P<q4>{ORD})[- ]quarter(?![- ](?:largest|century))(?:\s(?:of\s)?(?:(?:fiscal\s)?(?P<qy4>{YEAR})|(?P<qr4>{REL})\syear))?(?:\s(?:ended|ending)\s{MONTH_NAME}\s\d\d?,?\s(?P<qye>{YEAR}))?)(?![A-Za-z0-9]))
      | (?=[12fhls])(?P<half>(?:(?P<h1>[12])\s?H\s?'?(?P<hy1>{YEAR}|\d\d)?(?!\d)E?|H(?P<h2>[12])(?:\s?(?:of\s)?'?(?P<hy2>{YEAR}|\d\d(?!\d)))?|(?P<hy3>{YEAR})[- ]?H(?P<h3>[12])|(?P<hy5>{YEAR})\.\s?(?P<h5>[12])\s?H|(?P<h4>first|second|1st|2nd|latter)[- ]half(?:\s(?:of\s)?(?:(?P<hy4>{YEAR})|(?P<hr4>{REL})\syear))?)(?![A-Za-z0-9]))
      | (?=[hi])(?P<hyear>half-year(?!ly)|interim(?=\s(?:results|profit|revenue|report|operating)))
      | (?=[st])(?P<samehalf>(?:the\s)?same\s(?:half|quarter|period|month|months|nine\smonths|six\smonths|time)(?:\s(?:of|in|a))?\s?(?:(?P<sy>{YEAR})|(?P<sr>last|previous|prior|the\sprevious|the\sprior)\s?year|year\s(?:earlier|ago|before))?)
      | (?=[f])(?P<firstn>first\s(?P<fq>two|three|2|3)\squarters(?:\sof\s(?:(?P<fqy>{YEAR})|(?P<fqr>{REL})\syear|the\syear))?|first\s(?P<fn>two|three|four|five|six|seven|eight|nine|ten|eleven|\d\d?)\smonths(?:\sof\s(?:(?P<fny>{YEAR})|(?P<fnr>{REL})\syear|the\syear))?)
      | (?=[abdfjmnos])(?P<months>(?:(?:[Bb]etween|[Ff]rom)\s)?(?P<m1>{MONTH_NAME})(?:\s(?P<m1y>{YEAR}))?\s?(?:-|–|to|and|through|~)\s?(?P<m2>{MONTH_NAME})(?:\s(?:of\s)?(?P<m2y>{YEAR})|\s(?P<m2r>this|last)\syear)?)
      | (?=[t])(?P<through>through\s(?P<tm>{MONTH_NAME})(?:\s(?:of\s)?(?:(?P<ty>{YEAR})|(?P<tr>this|last)\syear))?)
      | (?=[bt])(?P<upto>(?:to|by)\s(?:the\s)?(?:(?P<uptoend>end)[- ](?:of\s)?)?(?P<um>{MONTH_NAME})(?![\w.]|\s\d|\s(?:of\s)?(?:this|last|next)\b|,\s\d))
      | (?=[sty])(?P<ytd>year[- ]to[- ]date|so\sfar\sthis\syear|this\syear\sso\sfar|YTD|since\s(?:January|the\sstart\sof\sthe\syear))
      | (?=[\dadfjmnos])(?P<day>(?P<d1m>{MONTH_NAME})\s\d\d?(?:st|nd|rd|th)?(?!\d)(?:,?\s(?P<d1y>{YEAR}))?|\d\d?(?:st|nd|rd|th)?\s(?P<d2m>{MONTH_NAME})(?:\s(?P<d2y>{YEAR}))?(?![A-Za-z]))
      | (?=[adfjlmnost])(?P<month>(?P<mm>{MONTH_NAME})[ ,-]{{1,2}}'?(?P<my>{YEAR}|\d\d(?!\d))|(?P<mr>last|this|next)\smonth|(?P<mo>(?:January|February|April|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|(?<=[Ii]n\s)March|(?<=[Ii]n\s)May|(?<=to\s)March|(?<=of\s)March|(?<=of\s)May|(?<=last\s)March|(?<=last\s)May|(?<=by\s)March|(?<=by\s)May|(?<=[Aa]\s)March|(?<=[Tt]he\s)March|(?<=[Ii]ts\s)March|(?<=since\s)March|(?<=since\s)May|(?<=until\s)March|(?<=until\s)May|March(?=\salone)|May(?=\salone))\.?)(?:\s(?:of\s)?(?P<mor>this|last)\syear)?(?![A-Za-z]))
      | (?=[eilnt])(?P<rel>(?:(?:later|earlier|late|early)\s)?(?P<rw>this|last|next|the\scurrent|the\scoming)\s(?:(?:fiscal\s|financial\s|calendar\s|business\s)?year(?:'s)?|fiscal(?!\s(?:year|quarter|half|month|period|policy|deficit|stimulus|incentives?|support|consolidation)))|(?P<rnow>in\sthe\scurrent\sone))
      | (?=[1acopty])(?P<prior>(?:the\s)?(?:year\s(?:before|earlier|ago)|(?:previous|prior|preceding)\s(?:(?:fiscal|financial|calendar)\syear|fiscal(?!\s[a-z])|year)|(?:year-earlier|year-ago|prior-year|year-before)\s(?:period|quarter|half|level|figure|months?)|year-(?:earlier|ago|before)|corresponding\s(?:period|quarter|half)\s(?:of\s)?(?:last|the\sprevious|the\sprior)\syear)|(?:a|one)\syear\s(?:earlier|before|ago|previously)|the\syear\sprior|a\syear\sbefore|(?:12|twelve)\smonths\s(?:earlier|before|ago|previously))
      | (?=[\daefinost])(?P<ago>(?P<agon>two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|a\sdozen|\d\d?)\syears\s(?P<agow>ago|earlier|before|later|hence|from\snow)|(?P<decade>a\sdecade\s(?P<decw>ago|earlier|before|later))|(?P<following>(?:in\s)?the\s(?:following\syear|year\safter|next\syear)|(?:a|one)\syear\slater))
      | (?=[\defnst])(?P<ahead>(?<=in\s)(?P<aheadn>two|three|four|five|six|seven|eight|nine|ten|\d\d?)\syears(?:['’]?\stime)?(?![-a-z]))
      | (?=[\defnst])(?P<nmonths>(?P<nmonthsn>two|three|four|five|six|seven|eight|nine|ten|eleven|\d\d?)\smonths(?!\s(?:ago|earlier|before|later|previously|prior|to\b|ended|ending|through|until|old\b|of\s\d)))
      | (?=[cdemt])(?P<decadeend>(?:the\s)?(?:end|close|turn|(?P<middec>middle))\sof\s(?:the|this)\sdecade|(?:the\s|this\s)?decade's\send|decade-end)
      | (?=[bt])(?P<then>(?:by\s)?(?:that\s(?:time|year|date)|then)(?=[.,;\s]))
      | (?=[acnprstu])(?P<now>(?<=is\s)now|(?<=are\s)now|now(?=\s\d)|now(?=\s(?:stands?|averag|at|is|runs?|takes?|number|has|have|counts?|employs?|makes?|accounts?|holds?|suppl|covers?|serves?|spends?|waits?|sells?|uses?|owns?|operates?|ranks?|comes?|reach|includes?|comprises?|represents?|lives?|works?|needs?|faces?|exports?|imports?|produces?|hosts?|costs?|draws?|gets?|pays?|home)(?![a-z]*ed))|current(?:ly)?|today|at\spresent|presently|right\snow|to\sdate|(?:so|thus)\sfar(?!\sthis)|at\sthe\smoment|as\sof\snow|as\sit\sstands|until\snow|up\sto\snow|nowadays|these\sdays)
      | (?=['12])(?P<year>'(?P<yy>\d\d)(?!\d|\s?년|\.\d)|(?P<yyyy>{YEAR})s?(?:[EFPA](?![A-Za-z]))?(?![\d,]\d|\d|-\d|\.\d|\s?년))
      )(?![A-Za-z0-9])
    """,
    re.X | re.I,
)
"""Before each kind stands how it may begin: most are passed over by one look at a character. No group closes after that of the kind."""


ALONE = re.compile(
    rf"(?<![A-Za-z0-9$€£₩¥,.])(?P<yyyy>{YEAR})(?!\s?[-–/~]|\s?\sto\s|[- ]?[QH])s?(?:[EFPA](?![A-Za-z]))?(?![\d,]\d|\d|-\d|\.\d|\s?년)(?![A-Za-z0-9])",
    re.I,
)
"""A year that begins no longer expression: what ``ENGLISH`` finds of it, told fast."""


def read_alone(m: re.Match[str], anchor: Anchor) -> Read | None:
    """A year by itself."""
    year = int(m["yyyy"])
    return (str(year), "point", year) if 1950 <= year <= 2100 else None


def read_english(m: re.Match[str], anchor: Anchor) -> Read | None:
    kind = m.lastgroup
    if kind == "range":
        a, b = full_year(m["ra"] or m["rc"]), full_year(m["rb"] or m["rd"])
        return (f"{a}/{b}", "point", b) if a and b and a < b else None
    if kind == "fyspan":
        a = full_year(m["fa"] or m["fc"])
        b = int(m["fb"] or m["fd"]) % 100
        if a is None or (a + 1) % 100 != b:
            return (f"{a}/{a // 100 * 100 + b}", "point", a // 100 * 100 + b) if a and b > a % 100 else None
        start = anchor.fiscal if anchor.fiscal != 1 else 4
        return f"{a}-{start:02d}/{a + 1}-{start - 1:02d}", "point", a + 1
    if kind == "fy":
        year = full_year(m["fyy"])
        return (fiscal_year(year, anchor), "point", year) if year else None
    if kind == "fhalf":
        half = 1 if (m["fh1"] or m["fh2"] or m["fh3"].lower()) in ("1", "first", "1st") else 2
        if m["fhm"]:
            return fiscal_half(half, int(m["fhmy"]), month_of(m["fhm"]) % 12 + 1, "end")
        named = full_year(m["fhy"])
        return fiscal_half(half, named, anchor.fiscal, anchor.fiscal_named) if named else None
    if kind == "yearto":
        month = month_of(m["ytm"])
        year = full_year(m["yty"]) or recent_year(month, anchor)
        if year is None:
            return None
        if m["ytr"] and m["ytr"].lower() == "next":
            year += 1
        return (str(year) if month == 12 else f"{year - 1}-{month + 1:02d}/{year}-{month:02d}"), "point", year
    if kind == "qcum":
        begin, last = int(m["qcf"] or m["qcf2"]), int(m["qcl"] or m["qcl2"])
        year = full_year(m["qcy"] or m["qcy2"]) or year_of_part(anchor, last * 3)
        return (cumulative(year, last * 3, begin * 3 - 2), "point", year) if year else (None, "unknown", None)
    if kind == "mspan":
        month = month_of(m["msm"])
        year = full_year(m["msy"]) or recent_year(month, anchor)
        word = (m["msn"] or ("three" if m["msq"] else "six")).lower()
        count = int(word) if word.isdigit() else CARDINALS[word]
        if year is None:
            return None, "unknown", None
        begin = month - count + 1
        if begin >= 1:
            return cumulative(year, month, begin), "point", year
        return f"{year - 1}-{begin + 12:02d}/{year}-{month:02d}", "point", year
    if kind == "nmon":
        return cumulative(anchor.this_year, _count(m["nmonw"])), "point", anchor.this_year
    if kind == "fullyear":
        if anchor.quarters and anchor.day is not None:
            year = running_year(anchor.day.year, anchor)
            return fiscal_year(year, anchor), "point", year
        year = anchor.this_year if anchor.day is None or anchor.day.month > 3 else anchor.day.year - 1
        return (str(year) if year else None), "point" if year else "unknown", year
    if kind == "dotted":
        year, month = 2000 + int(m["doy"]), int(m["dom"])
        if m["doq"]:
            return (f"{year}-Q{month}", "point", year) if month < 5 else None
        return cumulative(year, int(m["dol"] or month), month), "point", year
    if kind == "ended":
        return relative_part(anchor, -1, 3)
    if kind == "mquarter":
        month = month_of(m["mqm"])
        year = full_year(m["mqy"]) or recent_year(month, anchor)
        return f"{year}-Q{month // 3}" if year else None, "point" if year else "unknown", year
    if kind == "within":
        year = anchor.this_year + _count(m["withn"]) if anchor.this_year else None
        return (str(year) if year else None), "point" if year else "unknown", year
    if kind == "nm":
        year = full_year(m["nmy"])
        return cumulative(year, int(m["nmn"])), "point", year
    if kind == "relq":
        word = m["rqw"].lower()
        step = 1 if word in ("next", "the coming") else 0 if word in ("this", "the current") else -1
        return relative_part(anchor, step, 3 if m["rqk"].lower() == "quarter" else 6)
    if kind == "yearend":
        year = anchor.this_year
        if (
            year is not None
            and anchor.day is not None
            and anchor.day.month <= 4
            and m["yearend"].lower().startswith(("year-end", "the year-end", "year end"))
        ):
            return None, "yearend", year
        return (str(year) if year else None), "point" if year else "unknown", year
    if kind == "quarter":
        word = m["q1"] or m["q2"] or m["q3"] or m["q4"] or m["q5"] or m["q6"]
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
        written = full_year(m["qy1"] or m["qy2"] or m["qy3"] or m["qy4"] or m["qy5"] or m["qy6"] or m["qye"]) or relative_year(
            m["qr4"], anchor
        )
        if anchor.fiscal != 1 and (anchor.quarters or "FY" in m[0]):
            return _fiscal_quarter(number, written, anchor)
        year = written or year_of_part(anchor, number * 3)
        return f"{year}-Q{number}" if year else None, "point" if year else "unknown", year
    if kind == "half":
        word = m["h1"] or m["h2"] or m["h3"] or m["h4"] or m["h5"]
        number = 1 if word.lower() in ("1", "first", "1st") else 2
        year = (
            full_year(m["hy1"] or m["hy2"] or m["hy3"] or m["hy4"] or m["hy5"])
            or relative_year(m["hr4"], anchor)
            or year_of_part(anchor, number * 6)
        )
        return f"{year}-H{number}" if year else None, "point" if year else "unknown", year
    if kind == "hyear":
        year = anchor.this_year if anchor.day is None or anchor.day.month >= 7 else (anchor.this_year or 1) - 1
        return (f"{year}-H1" if year else None), "point", year
    if kind == "samehalf":
        year = full_year(m["sy"])
        return None, "same", year
    if m["fq"]:
        year = full_year(m["fqy"]) or relative_year(m["fqr"], anchor) or anchor.this_year
        return cumulative(year, 9 if m["fq"].lower() in ("three", "3") else 6), "point", year
    if kind == "firstn":
        word = m["fn"]
        months = int(word) if word.isdigit() else CARDINALS[word.lower()]
        year = full_year(m["fny"]) or relative_year(m["fnr"], anchor) or anchor.this_year
        return cumulative(year, min(12, months)), "point", year
    if kind == "months":
        one, two = month_of(m["m1"]), month_of(m["m2"])
        year = full_year(m["m2y"]) or relative_year(m["m2r"], anchor) or recent_year(two, anchor)
        first = full_year(m["m1y"]) or (year if one <= two else (year - 1 if year else None))
        if year is None or first is None:
            return None
        return (cumulative(year, two, one) if first == year else f"{first}-{one:02d}/{year}-{two:02d}"), "point", year
    if kind == "through":
        month = month_of(m["tm"])
        year = full_year(m["ty"]) or relative_year(m["tr"], anchor) or recent_year(month, anchor)
        return cumulative(year, month), "point" if year else "unknown", year
    if kind == "upto":
        if m["upto"][0] in "bB" and not m["uptoend"]:
            return None
        month = month_of(m["um"])
        return first_months(month, anchor)
    if kind == "ytd":
        return (str(anchor.this_year) if anchor.this_year else None), "point", anchor.this_year
    if kind == "day":
        month = month_of(m["d1m"] or m["d2m"])
        year = full_year(m["d1y"] or m["d2y"]) or recent_year(month, anchor)
        return f"{year}-{month:02d}" if year else None, "day", year
    if kind == "month":
        return _english_month(m, anchor)
    if kind == "rel":
        year = relative_year(m["rw"] or "this", anchor)
        fiscal = (anchor.fiscal != 1 and re.search("fiscal|financial|business", m[0]) is not None) or m["rnow"] is not None
        if fiscal and year:
            year = running_year(year, anchor)
        return (
            (fiscal_year(year, anchor) if fiscal and year else str(year) if year else None),
            "point" if year else "unknown",
            year,
        )
    if kind == "prior":
        return None, "prior", None
    if m["following"]:
        return None, "later", 1
    if kind == "decadeend":
        year = anchor.this_year // 10 * 10 + (5 if m["middec"] else 10) if anchor.this_year else None
        return (str(year) if year else None), "point" if year else "unknown", year
    if kind == "ago":
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
        if word in ("hence", "from now"):
            return years_on(count, anchor)
        return None, "later" if word == "later" else "before", count if word != "ago" else None
    if kind == "ahead":
        return years_on(_count(m["aheadn"]), anchor)
    if kind == "span":
        return years_around(_count(m["spann"]), anchor, m["spanw"][0].lower() in "nc")
    if kind == "nmonths":
        return first_months(_count(m["nmonthsn"]), anchor)
    if kind == "thehalf":
        return last_half(anchor)
    if kind == "prevq":
        period, _, year = relative_part(anchor, -1, 3)
        return period, "quarter", year
    if kind == "then":
        return (None, "then", None) if "by" in m["then"] else None
    if kind == "now":
        return None, "now", None
    year = full_year(m["yy"] or m["yyyy"])
    return (str(year), "point", year) if year and 1950 <= year <= 2100 else None


def _count(word: str) -> int:
    return int(word) if word.isdigit() else CARDINALS[word.lower()]


def _fiscal_quarter(number: int, year: int | None, anchor: Anchor) -> Read:
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


def _english_month(m: re.Match[str], anchor: Anchor) -> Read | None:
    if m["mr"]:
        if anchor.day is None:
            return None, "unknown", None
        step = {"last": -1, "this": 0, "next": 1}[m["mr"].lower()]
        number = anchor.day.year * 12 + anchor.day.month - 1 + step
        return f"{number // 12}-{number % 12 + 1:02d}", "point", number // 12
    if m["mo"]:
        month = month_of(m["mo"])
        year = relative_year(m["mor"], anchor) or recent_year(month, anchor)
    else:
        month, year = month_of(m["mm"]), full_year(m["my"])
    return f"{year}-{month:02d}" if year else None, "point" if year else "unknown", year
