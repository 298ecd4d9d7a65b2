"""Figures that measure nothing: dates, clock times, telephone and page numbers, tickers, phases, names with a number."""

from __future__ import annotations

import re

from salpi.evidence.occurrences import each

MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December"
    "|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
)
_NUMBERED = (
    "Phase|Ph|Part|Stage|Plant|Series|Article|Articles|Art|Section|Chapter|Table|Figure|Fig|Chart|Room|Page|Pages|pp|Vol|Volume|Version|Act|Law|"
    "Regulation|Directive|Type|Class|Grade|Annex|Case|Line|Level|Suite|Floor|Gate|Hall|Booth|Step|Item|Appendix|Ref|ID|PIN|ICP|ISIN|Ticker|"
    "Code|Fund|Cluster|Pillar|Slide|EXHIBIT|ANNEX|UPDATE|Building|Bldg|Block|Tower|Campus|Plan|Site|Unit|Cohort|Arm|Study|Group|Schedule|Rule|Form|Exhibit|Note|Issue|Edition|Day|Week|"
    "Generation|Gen|Covid|COVID|SARS-CoV|Horizon|Industry|Web|Agenda|Vision|Annexe|Bio|bioeconomy|Bioeconomy|Clause|Decree|Resolution|Notice|"
    "Tier|Category|Chapter|Session|Panel|Track|ISO|ICH|GMP|Formula|Studio|Wave|Round|Zone|District|Route|Highway|Apt|Ste|Zip|Box|Flight"
)
_TIMES = r"(?:a\.?m\.?|p\.?m\.?|AM|PM|hrs|hours|KST|GMT|CET|EST|UTC|JST|IST)(?![A-Za-z])"
_Y = r"(?:19|20|21)\d\d"

_NO_YEAR = r"[\d,.]\d|\d|\s?(?:%|percent|won\b|dollar|people|명|개|건|곳|억|만|조|달러|원|리터|명|days|persons|employees|L\b|litre|liter|companies|units|trials|patients|billion|million|bn\b|mn\b)"

MASK_FIGURE = re.compile(
    rf"""
    (?<![\d.,]){_Y}\s?[-./]\s?\d{{1,2}}\s?[-./]\s?\d{{1,2}}(?!\d)(?:T\d\d:\d\d(?::\d\d)?)?
  | (?<![\d.,]){_Y}\.\s?\d{{1,2}}(?!\d)\.?(?!\d) | (?<![\d.,]){_Y}\s?년(?!간)(?:도)?(?:\s?\d{{1,2}}월)?(?:\s?\d{{1,2}}일)?
  | (?<!\d)\d{{1,2}}월\s?(?:\d{{1,2}}(?:\s?[~-]\s?\d{{1,2}})?일)? | (?<!\d)\d{{1,2}}\s?[~-]\s?\d{{1,2}}월
  | (?<![\d.,])\d{{1,2}}(?:st|nd|rd|th)?(?:[ ]?[-–][ ]?\d{{1,2}})?[ -](?:of[ ])?(?:{MONTHS})(?!\w)\.?(?:[, -]{{1,2}}'?(?:{_Y}|\d\d)(?!\d))?
  | (?<![\d.,$€£¥₩])\d{{1,2}}(?P<part>[-./])\d{{1,2}}(?P=part)(?:{_Y}|\d\d)(?!\d)
  | (?<![\d.])(?:0?[1-9]|1[0-2])/(?:0?[1-9]|[12]\d|3[01])(?![\d/%])(?![ ]of[ ](?:the|all|its|their|our|those|these)[ ])(?=[\s,.)(]|$)
  | (?<![\d.,$€£¥₩])(?<!KRW[ ])(?<!USD[ ])(?<!EUR[ ]){_Y}(?:[ ]?[-–—/~][ ]?(?:{_Y}|\d\d))?(?!{_NO_YEAR})s?(?:E(?!\w))?
  | '\d\d(?!\d)
  | (?<![A-Za-z\d])(?:[1-4]\s?Q|[12]\s?H|Q\s?[1-4]|H\s?[12]|FY|CY)\s?'?(?:{_Y}|\d\d)?(?:[-/]\d\d(?!\d))?(?:E(?![A-Za-z]))?(?![A-Za-z\d%]|[-–]\d+(?:\.\d+)?\s?%)
  | (?<![A-Za-z\d.,])[1-3]\s?[~–-]\s?[2-4]Q(?:\s?'?(?:{_Y}|\d\d))?(?![A-Za-z\d])
  | (?<![A-Za-z\d])[369]M\s?'?(?:{_Y}|\d\d)(?!\d|[.,]\d) | [1-4](?:\s?[~-]\s?[1-4])?\s?(?:분기|[·,]\s?[1-4]분기)
  | (?<!\d)\d{{1,2}}:\d\d(?::\d\d)?(?!\d)(?:\s?{_TIMES})? | (?<![\d.,])\d{{1,2}}(?:\.\d\d)?\s?{_TIMES}
  | (?<![\d.,])[0-2]\d[0-5]\d\s?{_TIMES} | (?<!\d)\d{{1,2}}시(?!장|설|스|작|도|민|간|기|리|험)(?:\s?\d{{1,2}}분)?
  | \+\d{{1,3}}[\s.-]?\(?\d[\d\s().-]{{5,20}}\d | (?<![\d.,])\(?0\d{{1,3}}\)?[-\s.)]{{1,2}}\d{{3,4}}[-\s.]\d{{4}}(?!\d)
  | (?<![\d.,-])\d{{3,4}}-\d{{4}}(?![\d-]) | (?<![\d.,-])1\d{{3}}-\d{{4}}(?!\d)
  | (?<![\d.,])\d{{1,2}}(?:[·,/~-]\d)?상(?![가-힣]{{0,1}}(?:위|장|승|품|반기|향|태|징|당|용|담|대))(?=[\s가-힣,.)·(/]|$)
  | (?<![\d.,])\d{{1,4}}조(?=\s?(?:관세|조치|조사[가를의 ]|에\s?(?:따|의)|위반|\d{{1,2}}항)) | (?<![\d.,])\d{{1,2}}등급
  | (?<![\d.,])\d{{1,4}}(?:-\d{{1,4}}){{2,6}}(?![\d%])
  | (?<![\d.,])\d{{1,2}}개년
  | (?<![\d.,])\d{{1,3}}(?:[·,~-]\d)?(?:공장|캠퍼스|호점|호실|층|주년|년차|세대|학년|번지|조\s?\d+항|항(?![가-힣])|호(?![가-힣]|\s?규모)|호\s?(?:펀드|투자조합|국산|신약)|단계|장(?![가-힣])|면(?![가-힣])|쪽|세(?![가-힣대트])|세\s?(?:이상|미만|이하)|대째|년생|기\s?(?:주주|정기|위원)|번\s?(?:출구|국도|버스)|부(?!\s?(?:터|문|처)))
  | (?<![\d.,])\d{{1,3}}\s?년\s?(?:전(?!\s?(?:체|망|년|용|세))|뒤|후(?!보))
  | (?<![\w.])\d{{1,3}}(?:\s|-)years?[ -](?:ago|earlier|later|before|old)(?!\w|[ ]than)
  | (?<![\d.,])\d[\d,]{{0,9}}(?:\.\d)?[KkM]?[ ](?:views|comments|likes|vendors|subscribers|followers|upvotes|reactions|replies|words|min(?:ute)?s?[ ]read|shares[ ]\||followers|retweets|pages)(?!\w)
  | (?<![\d.,])\d{{1,2}}-?(?:yr|year|Y)[ ](?=(?:Treasur|yield|bond|note|gilt|Bund|\d)) | (?<=\[)\d{{1,3}}(?=\])
  | (?<![\d.,])\d{{1,2}}(?:st|nd|rd|th)?[ ](?:and|or|to|&)[ ]\d{{1,2}}(?:st|nd|rd|th)?[ ](?:of[ ])?(?:{MONTHS})(?!\w)
    """,
    re.X,
)
"""Stretches in which no figure is a quantity and that begin with a figure; tried at each."""

_HOURS = r"[ap]\.?m|AM|PM|hrs|hours|KST|GMT|CET|EST|UTC|JST|IST"
_READERS = "views|comments|likes|vendors|subscribers|followers|upvotes|reactions|replies|words|min|shares|retweets|pages"
MASK_FOLLOWS = re.compile(
    rf"(?:19|20|21)\d\d(?!\d)|0\d{{1,3}}[\s.)]|\d++(?:"
    r"-|~|–|/|·|:|\]|월|시|상|등급|개년|조\s?(?:[관조에위]|\d+항)|년|공장|캠퍼스|호|층|주년|세|학년|번|항|단계|장|면|쪽|대째|기\s?(?:주주|정기|위원)|부|분기|Q|H|M\s?'?\d"
    r"|st|nd|rd|th|yr|year|Y"
    rf"|a\.?m|p\.?m|AM|PM|hrs|hours|KST|GMT|CET|EST|UTC|JST|IST|\.\d(?:\d?\.\d|\d\s?(?:{_HOURS})|[KkM]?[ ](?:{_READERS}))"
    rf"|,(?:\d[가-힣]|\s?[1-4]분기|[\d,]{{0,9}}(?:\.\d)?[KkM]?[ ](?:{_READERS}))|[KkM][ ](?:{_READERS})"
    r"|\s(?:-|~|–|·|,|분기|년|Q|H|of[ ]|year|and[ ]\d|or[ ]\d|to[ ]\d|&[ ]\d|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
    rf"|{_HOURS}|{_READERS}))"
)
"""What a figure of ``MASK_FIGURE`` must be followed by, told fast: the pattern itself is tried at few."""
_FOLLOW = frozenset("-~–/·:].,월시상등개조년공캠호층주세학번항단장면쪽대기부분QHMKkYstndrhyapAPCEGUJI")
_FOLLOW_SPACE = frozenset("-~–·,분년QH")
_WORDS = frozenset(
    word[:2]
    for words in ("of |years|and|or |to |& |Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|am|a.m|pm|p.m", _HOURS, _READERS)
    for word in words.split("|")
)
"""How a word begins that may make it so."""
_GROUPED = frozenset(",.")
"""Before a nought that is part of a number: no telephone number begins there."""
CENTURIES = frozenset(("19", "20", "21"))


def may_mask(text: str, figures: list[tuple[int, int]]) -> list[int]:
    """Where the figures begin that may begin a date, a telephone number or another thing that is no quantity."""
    out: list[int] = []
    for start, end in figures:
        after = text[end : end + 1]
        if (
            after in _FOLLOW
            or (text[start] == "0" and text[start - 1 : start] not in _GROUPED)
            or text[start : start + 2] in CENTURIES
            or (after.isspace() and (text[end + 1 : end + 2] in _FOLLOW_SPACE or text[end + 1 : end + 3] in _WORDS))
        ) and MASK_FOLLOWS.match(text, start) is not None:
            out.append(start)
    return out


MASK_YEAR = re.compile(
    rf"(?<![\d.,$€£¥₩])(?<!KRW[ ])(?<!USD[ ])(?<!EUR[ ]){_Y}(?!{_NO_YEAR}|\s?[-./]\s?\d|\s?[-–—/~]|\s?년)s?(?:E(?!\w))?"
)
"""A year that begins no date and no span: what ``MASK_FIGURE`` finds of it, told fast."""
MASK_WORD = re.compile(
    rf"""
    (?:[Pp]age|[Ss]heet|[Ss]lide)[ ]\d{{1,3}}[ ]of[ ]\d{{1,3}} | HS[ ](?:codes?[ ]|headings?[ ]|chapters?[ ])?\d[\d.]* | https?://[^\s<>"')]{{1,400}} | www\.[^\s<>"')]{{1,200}}
  | (?<!\w)(?:{MONTHS})\.?[ -]?\d{{1,2}}(?:st|nd|rd|th)?(?![\d,.]\d|\d)(?:[ ]?[-–][ ]?\d{{1,2}})?(?:[, ]{{1,2}}{_Y})?
  | (?<!\w)(?:{MONTHS})\.?,?[ -]'?{_Y} | (?<!\w)(?:{MONTHS})-\d\d(?!\d)
  | (?<![A-Za-z\d])(?:[1-4]\s?Q|[12]\s?H|Q\s?[1-4]|H\s?[12]|FY|CY)\s?'?(?:{_Y}|\d\d)?(?:[-/]\d\d(?!\d))?(?:E(?![A-Za-z]))?(?![A-Za-z\d%]|[-–]\d+(?:\.\d+)?\s?%)
  | (?:fiscal|Fiscal|FY)[ ](?:year[ ])?(?:{_Y}|\d\d)(?:[-/]\d\d(?:\d\d)?)? | (?:오전|오후)\s?\d{{1,2}}시(?:\s?\d{{1,2}}분)?
  | (?i:(?<![a-z])(?:tel|telephone|phone|fax|mobile|hotline|dial-in|did(?=[.:])|전화|팩스|문의|연락처|대표전화|사업자번호|등록번호|접수번호|우편번호))[.:)]{{0,2}}[ ]{{0,2}}(?:[^\d\n]{{0,24}})\+?\d(?:[\s().-]{{0,3}}\d){{3,18}}
  | (?<![A-Za-z])(?:{_NUMBERED})(?:es|s)?\.?[ -]?(?:\#|No\.?[ ]?|number[ ])?\d[\w./-]*(?:(?:,[ ]?|[ ](?:and|or|to|&)[ ]|/)\d+(?![\d,.%]|[ ]?(?:percent|million|billion|per|of[ ]\d))[a-c]?)*
  | (?<![A-Za-z])(?<!'s[ ])(?:No|Nos|no)\.[ ]?\d[\d/.-]*(?![ ]?(?:\d|worldwide|globally|global|in[ ]|spot|position|market|among|by[ ]|country|city|hub|destination|location|place|drug|player|ranking|for|behind|after))
  | 제\s?\d+(?:[-~]\d+)?\s?(?:[가-힣]) | 임상\s?\d(?![\d,.]*[ ]?(?:위|개|건|곳|명|조|억|만|천|%|여))[a-z]?(?:[·/~-]\d[a-z]?)?상?
  | (?<![A-Za-z])(?:measures?|modules?|class(?:es)?|sub-?committees?|phases?|articles?|sections?|annex|chapters?|stages?|tiers?|category|paragraphs?|types?|Measures?|Module|Modules|Sub-?committee|Order)[ ](?:No\.[ ]?)?\d{{1,3}}(?![\d.,]*\d|[ ]?(?:%|percent|per|million|billion|bn|mn|to[ ]\d))(?:,[ ]\d{{1,2}}(?!\d|,\d))*(?:[ ](?:and|or|to)[ ]\d{{1,2}}(?![\d.,]*\d|[ ]?(?:%|percent|per|million|billion|bn|mn)))?
  | (?<![A-Za-z])(?i:file|registration|serial|account|case|order|licen[cs]e)[ ](?:number|no\.?)[ :]{{0,2}}[A-Z]{{0,3}}\d[\w/-]*
  | (?<![A-Za-z])(?i:hits|views|reads)[ :]{{1,2}}\d[\d,]*(?![\d.,]*[ ]?(?:%|bn|mn|million|billion|percent))
  | (?<![A-Za-z])(?i:(?:ten|two|three|four|five|six|seven|eight|nine|twelve|twenty)[ -](?:years?|months?|weeks?)[ -](?:ago|earlier|later|before|old|ended|ending))(?!\w|[ ]than)
  | (?:조회(?:수)?|댓글|추천|공감|좋아요|종목코드|코드|티커|번호|회의실|코스피|코스닥|나스닥|KOSPI|KOSDAQ|Kospi|Kosdaq|Nasdaq|NASDAQ|NYSE|Nifty(?:[ ]50)?|Nikkei(?:[ ]225)?|Sensex|BSE|NSE|TSE|HKEX|SIX|FTSE(?:[ ]100)?|DAX|CSI(?:[ ]300)?|Hang[ ]Seng|STI|RSI|FX|USD/KRW|KRW/USD|USD/JPY|EUR/USD|INR/USD|USD/INR|USD/CNY|환율|Ticker|ticker|tickers)[ ]?(?:at[ ]|closed[ ]at[ ]|[:(]{{0,2}}[ ]?)?(?:up[ ]|down[ ])?\d[\d,.]*(?![\d%]|[ ]?(?:%|개|곳|bn|mn|tn|명|억|조|billion|million|trillion|percent|companies|firms|listings|units))(?:/[A-Z]{{3}})?(?:,[ ]?\d{{6}}(?!\d)){{0,20}}
  | (?<![A-Za-z0-9])(?:S&P|Fortune|Global|Top|K|Mach|Boeing|Formula)[ -]?(?:500|1000|2000|100)(?!\d)(?=[ ](?:index|list|compan|firm)|[.,])
  | (?<![A-Za-z])(?:ID|Ref|ref)\.?[ ]?[:\#][ ]?[\w/-]*\d[\w/-]*
  | (?<=\bin[ ])(?:KRW|USD|EUR|JPY|CNY|INR)[ ](?:1,000|100|10)(?:[ ](?:million|billion|thousand))?(?=[.;)\n])
  | (?<=\()(?:(?:[Uu]nits?:?|in)[ ])?(?:KRW|USD|EUR|JPY|CNY|INR)[ ](?:1,000|100|10)(?:[ ](?:million|billion|thousand))?(?=\)[ ]*\n)
    """,
    re.X,
)
"""Stretches in which no figure is a quantity and that begin with a word; tried where ``tokens`` saw such a word before a figure."""

EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,20}){1,4}")

LIST_NUMBER = re.compile(
    r"^[ \t>*•·■□○●▶-]{0,12}(?:\d\ufe0f?\u20e3|\(?\d{1,2}[.)](?=\s)|\(\d{1,2}\)|\d{1,2}\s?\.\s(?=[A-Z가-힣])|\d{1,2}(?:\.\d{1,2}){1,3}\.?[ \t]{1,3}(?=[A-Z][a-z]{2,}(?!illion)|[가-힣]{2,}(?<![조억만천]))|[①-⑳]|\d{1,2}[ ](?=[A-Z][a-z]+(?:[ ][a-z]+){0,2}$))",
    re.M,
)
"""Numbers that head a line of a list."""
_LIST_LINE = re.compile(r"\n(?=[ \t>*•·■□○●▶-]{0,12}[(\d①-⑳])")
"""Before a line that may have one."""


def list_numbers(text: str) -> list[tuple[int, int]]:
    """Where such numbers stand, with what marks their lines."""
    starts = [0, *[match.end() for match in _LIST_LINE.finditer(text)]]
    return [match.span() for match in each(LIST_NUMBER, text, starts)]


ORDINAL_SUFFIX = re.compile(r"(?:st|nd|rd|th)(?![a-z])", re.I)


def masked_at(text: str, start: int) -> int:
    """The end of what begins at a place and is no quantity (a date, a telephone number, an identifier); ``start`` where nothing does."""
    char = text[start]
    if char in "+'":
        found = MASK_FIGURE.match(text, start)
    elif char.isdigit():
        found = MASK_FIGURE.match(text, start) if MASK_FOLLOWS.match(text, start) is not None else None
    else:
        found = MASK_WORD.match(text, start)
    return start if found is None else found.end()
