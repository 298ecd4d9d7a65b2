"""Words beside a figure without unit that say what it counts or measures."""

from __future__ import annotations

import re

from salpi.evidence.quantities.units import PERSONS

TO_NEXT = re.compile(
    r"\s?(?:to|→|->|-->|⇒|and|or|out of|of|of a (?:planned|total|possible)|of the|of its|of their|에서|에서 다시|[,/]|,? and|및|과|와)\s?(?:about |around |nearly |over |just |only |the |its |a |an |some |roughly |almost |approximately |약 )?$"
)
SET_AGAINST = re.compile(
    r"(?:\b(?:from|to|with|than|against|vs\.?|versus|was|were|is|are|at|and|or|but|of|which|in|for|by|only|just|be)|→|->|\(|,|:|/|보다|대비|에서)[ ]?(?:(?:just|only|about|around|nearly|over|roughly|some|the|a mere|a|almost|as many as)[ ]){0,2}$",
    re.I,
)
_LED_TO = "headcount|vacancies|intake|enrol(?:l)?ment|posts|colleagues|people|learners|genomes|protocols|tenants|dossiers|inspections|flotations|programmes|molecules|compounds|countries|ipos|listings|patents|hospitals|centres|centers|factories|facilities|filings|agreements|licences|contracts|papers|publications|studies|launches|biotechs|vaccines|therapies|drugmakers|startups|spin-?offs|volunteers|graduates|scientists|trainees|engineers|students|workforce|employment|employees|staff|workers|jobs|participants|patients|researchers|specialists|companies|firms|start-?ups|trials|approvals|deals|plants|sites|partners|clusters|biosimilars|population|payrolls?|work force|distributors|clients|customers|offices|subsidiaries|branches|beds|items|licences|licenses|candidates|projects|members|applications|substances|launches|products|medicines|drugs|licences|visitors"
_LED_BEFORE = "bio-?|sub-?|life-?|nano-?|spin-?"
LABEL = re.compile(
    rf"\b(?:{_LED_BEFORE})?(?P<noun>{_LED_TO})"
    r"(?:[^.;:\n]{0,40}(?=:))?(?:[ ][a-z-]+){0,6}?[ ]?(?:stood at|reached|total(?:l)?ed|total(?:l)?ing|hit|was|were|came to|numbered|rose to|fell to|grew to|climbed to|dropped to|increased to|double from|up to|of|to|from|at|:|, (?:currently|now|today|at present))(?: about| around| nearly| over| just| some)?[ ]$",
    re.I,
)
_LABEL_BEGINS = frozenset(word[:3] for word in f"{_LED_TO}|{_LED_BEFORE}".split("|"))
NUMBER_OF = re.compile(
    r"\bnumbers? of (?:[a-z-]+ ){0,4}?(?P<noun>[a-z]{2,}s|people|staff)\b(?! and)[^.;:\d\n]{0,60}\b(?:to|at|from|was|is|be|reached|hit|of|exceeded|exceeds?)(?: about| around| nearly| over| just| some)? $"
)
"""What is said to be counted: "the number of bio tenants to"."""
STAFFED = re.compile(
    r"(?:^|[.;:>·•*–-]\s?|\n\s*)(?:[A-Za-z&]+ ){0,2}?(?:head-?count|staff(?:ing)?|workforce|employees|enrol(?:l)?ment|intake|employment|jobs):? $",
    re.I,
)
"""People in short style: "Headcount 71,000"."""
FAR_LABEL = re.compile(
    r"\b(?P<noun>people|patients|participants|volunteers|workers|employees|jobs|researchers|specialists|companies|firms|start-?ups|trials|approvals|deals|headcount|workforce)\b"
    r"[^.;:\n]{0,120}?\b(?:to|at|from|reached|totalled|totaled)[ ](?:about |around |just |only |over |nearly |some )?$",
    re.I,
)
_HIRE = (
    "employ|employs|employed|employing|hire|hires|hired|hiring|recruit|recruits|recruited|recruiting|treats|treated|shed|train|trains|trained"
    "|training|schooled|drilled|graduate|graduates|graduated|enrol|enrols|enrolled|enrolls|enroll|engaged|appointed|fired|dismisses|dismissed"
)
_ABOUT = ("about", "around", "some", "over", "nearly", "more than", "roughly", "almost", "just", "only", "another", "up to")
HIRES = re.compile(
    rf"\b(?:(?:team|crew) of|{_HIRE}|laid off|takes? on|took on|taken on|taking on|lays? off|let go|(?:provid(?:es?|ing)|giv(?:es?|ing)|offer(?:s|ing)?|gave|offered|provided) (?:work|employment|jobs|a living|(?:[a-z-]+ )?courses) (?:for|to)|audience of|crowd of|attended by|a populace of)[ ](?:(?:{'|'.join(_ABOUT)})[ ]){{0,2}}$",
    re.I,
)
HIRES_ENDS = (*_HIRE.split("|"), "of", "off", "on", "go", "for", "to", "by", *(word.rpartition(" ")[2] for word in _ABOUT))
"""How what ``HIRES`` finds ends, but for the blank."""
OF_PEOPLE = re.compile(
    rf"[ ]of (?:our|its|their|the|his|her)(?: \d[\d,]*)? (?:[a-z'’-]+ ){{0,3}}(?:{'|'.join(sorted(PERSONS))})(?![a-z])"
)
NATION_OF = re.compile(
    r"\b(?:nation|country|land|people|state|city|island|metropolis) of (?:about |some |just |only |over |nearly )?$|\b[Pp]opulation(?: is| of| was|:)? (?:about |some |just |only |over |nearly )?$|\bpop\. $|인구\s?(?:약\s)?$"
)
SUM_NAMED = re.compile(r"(?:계약금|선급금|기술료|마일스톤|매출|수출|투자|이익|손실|[가-힣]액)[은는이가도]?\s(?:약\s|최대\s)?$")
RATE_LABEL = re.compile(
    r"(?:^|\n|[•·*-]\s)\s*(?:[A-Za-z-]+ ){0,3}(?:share|rate|ratio|proportion|margin|utili[sz]ation)(?: of [a-z ]{2,24})?(?: \((?:19|20)\d\d\))?: $",
    re.I,
)
MONEY_LABEL = re.compile(
    r"\b(?:revenues?|sales|turnover|profit|income|ebit(?:da)?|capex|exports|imports|investment|budget|assets|cash|loss|equity|debt|spending|costs?|price)(?: \([^()]{1,16}\))?: $",
    re.I,
)
HEADED = re.compile(r"\([^()\n]{1,24}\)(?:\s?[:：]|[ ]{2,}(?=[△+−–(-]?\d))")
PER_MONEY = re.compile(r"[ ](?:per|to the|against the)[ ](?:US[ ])?(?:dollar|euro|pound|yen)(?![a-z])")
NAMED_ONLY = re.compile(
    r"(?:,|;|\band|\bthose in|\bin)[ ](?:only[ ])?(?:the[ ])?(?:[A-Z][\w&.-]*[ ]){0,2}[A-Z][\w&.-]*(?:'s)?[ ]$"
)
"""A name alone between two figures: "Songdo has 100 companies and Osong 260"."""
POINTS = re.compile(r"(?:[ -]points?|[ ]of a (?P<percent>percentage )?point)(?![a-z])")
SHARE_SAID = re.compile(
    r"\b(?:share|rate|margin|slice|portion|proportion|occupancy|utili[sz]ation|yield|percent\w*|per cent)\b|%", re.I
)
LEVEL_AFTER_RATE = re.compile(
    r"(?:percent|per cent|pct|%)[ ](?:to|from)[ ](?:(?:just|only|about|around|nearly|over|some)[ ])?$", re.I
)
OPEN_BEFORE = re.compile(
    r"(?:^|[^A-Za-z])(?:with|has|have|had|to|from|of|only|just|about|around|counts?|counted|gets?|got|let in|keeps?|kept|says?|sees?|saw|needs?|needed|takes?|took|wants?|added|adds|adding|another|perhaps|maybe|some|nearly|almost|over|under|below|below|above|past|than|at|in|for|by|is|was|are|were|it|reached|hit|total(?:l)?(?:ed|ing)|number(?:ed|s)?|number about|houses?|hosts?|holds?|held|owns?|runs?|operates?|signed|struck|did|done|won|cleared|approved|licensed|testing|promises?|promised|became|become|are at|is at|average|target|American|European|statutory|present|first|already|all|together|currently|now|today|on|as|against|and|or|but|vs\.?|versus|which|while|hosted|housed|ran|owned|operated|made|created|managed|manages?|does|boasts?|counted|collects?|collected|banked?|passed|lists?|listed|registered|opened|authori[sz]ed|granted|issued|clears?|exceeds?|put at|speaks? of|spoke of|hears?|heard|tally|employs?|employing|recruited|hired|attracted|drew|expects?|plans?|aims?|hopes?)(?:,)?[ ]$|[a-z]:[ ]$|\b(?:19|20)\d\d: $|[a-z] \($|\b[A-Z]\w+:[ ]$"
)
"""Words before a figure that counts or measures what was spoken of."""
OPEN_AFTER = re.compile(
    r"[.,;:)!?\"”](?!\d)|\s?$|\n|[ ](?:in|by|at|on|from|to|and|or|but|a (?:year|month)|per|each|every|so|this|last|next|now|today|over|under|more|fewer|less|than|before|after|since|until|for|among|with|as|when|while|if|of|were|was|are|is|have|has|had|will|would|went|came|abroad|together|all told|days? ago|respectively|\()(?![a-z])"
)
WHOLE = re.compile(
    r"[ ](?:of (?:them|which|whom|these|those|the|its|their|all|our)|more (?:are|were|will)|were|was|are|have|has|had|came|got|went|won|remain|remained|received|did|do|others?|will|would|can|could|should|must|may|might|now|still|already|succeeded|failed|survived|passed|completed|finished|qualified|joined|left)(?![a-z])"
)
YEAR = re.compile(
    r"[ ](?:in|by|at the end of|as of|during)[ ](?:fiscal )?(?:19|20)\d\d|[ ](?:a|one) year (?:ago|earlier|before)|[ ]the (?:year|previous year|same)|[ ](?:last|this|in the same) "
)
STANDS = re.compile(
    r"[ ](?:by|in|until|before|during) (?:the )?(?:19|20|end|year|next|last|this)|[ ](?:it|they|we|he|she|you) (?:has|have|had|already|now|runs?|owns?|operates?|needs?|promised)|[ ](?:a year|per year|each year|so far|to date|abroad|at home|last year|this year|next year|today|now|already)(?![a-z])",
    re.I,
)
"""After a numeral that counts what was named before it."""
WORD_BEFORE = re.compile(r"(?:^|[^A-Za-z])(?:[a-z]{2,}[,:]?|[Aa]|[Tt]he|[Oo]nly|[Ss]ome|[Aa]bout|[Tt]here (?:are|were))[ ]$")
"""A word in small letters before a figure: names and indices are written large."""
AGAIN = re.compile(
    r"\b(?:it|that|this|they|these|there|ours|theirs|the (?:figure|number|share|rate|total|count|proportion|average|target|goal|aim|limit|cap|level|ratio|norm|law|ceiling|plan|rest|remainder|tally|wait|median|former|latter))\b[^.;]{0,48}?\b(?:be|is|was|are|were|to|at|reach|reached|reaches|hit|hits|top|exceed|stand|stood|stands|became|become|says|said|total|totalled|of)[ ](?:(?:just|only|about|around|nearly|over|roughly|almost|up to|at least|some|still|now)[ ]){0,2}$",
    re.I,
)
"""A quantity named before is taken up again."""
NAME_BEFORE = re.compile(r"\S\s*[A-Z][\w&/]*[ ]$")
LEADS = frozenset(
    [
        "stood",
        "at",
        "reached",
        "totaled",
        "totalled",
        "totaling",
        "totalling",
        "hit",
        "hits",
        "was",
        "were",
        "to",
        "numbered",
        "of",
        "from",
        "currently",
        "now",
        "today",
        "present",
        "about",
        "around",
        "nearly",
        "over",
        "just",
        "some",
        "only",
        "be",
        "is",
        "are",
        "reach",
        "reaches",
        "top",
        "exceed",
        "stand",
        "stands",
        "became",
        "become",
        "says",
        "said",
        "total",
        "roughly",
        "almost",
        "least",
        "still",
    ]
)
"""Words with which a label or a sentence leads to its number."""
PEOPLE_DO = re.compile(
    r",?[ ](?:(?:have|has|had|were|was|are|will|would|to)[ ])?(?:(?:been|be|already|now|since)[ ])*(?:took part|taken part|attend(?:ed)?|enrol(?:l?ed)?|signed up|trained|hired|recruited|employed|graduat(?:ed|e)|volunteered|vaccinated|worked|work(?:ed)? (?:in|at|for|there|here)|on (?:its|the|their|our) payrolls?|find work|on site|on-site|in attendance|protested|of whom)(?![a-z])"
)
INDEX = re.compile(r"\b(?:index|closed|points|gauge|benchmark|rate|level)\b", re.I)
_THINGS = (
    "compan(?:y|ies)|firms|start-?ups|trials|protocols|studies|approvals|deals|contracts|agreements|plants|factories|clusters|biosimilars|products|medicines?|drugs?"
    "|candidates|listings|projects|patents|makers|vaccines|therap(?:y|ies)|licen[cs]es|entities|districts|sites|partners|members|applications|substances|hospitals|cent(?:re|er)s|launches|clients|customers|molecules|programm?es|tenants|dossiers|inspections|flotations|compounds|biotechs|blockbusters|countries|ipos|memoranda|consortia|licensees|sponsors"
)
_PEOPLE = f"{'|'.join(sorted(PERSONS))}|headcount|employ(?:s|ed|ing|ment)|citizens"
_VOLUME = "lit(?:re|er)s"
_NOUN = re.compile(rf"\b(?:(?P<people>{_PEOPLE})|(?P<volume>{_VOLUME})|(?:{_THINGS}))(?![A-Za-z])", re.I)
_NOUN_BEGINS = frozenset(word[:3] for word in "|".join((_PEOPLE, _VOLUME, _THINGS)).replace("(?:", "").split("|"))
_WORD = re.compile(r"[A-Za-z][A-Za-z]*")


_SHARE_OF = re.compile(
    r"\b(?:half|third|quarter|fifth|sixth|seventh|eighth|ninth|tenth|times)(?: of)? (?:the |its |our |their )$"
)
"""Before people to whom only a country's size is likened: "with a third of the people"."""


def last_noun(text: str, start: int, end: int) -> re.Match[str] | None:
    """The last word in a stretch for people, a volume or other things that are counted."""
    for word in reversed(list(_WORD.finditer(text, start, end))):
        if word[0][:3].lower() in _NOUN_BEGINS and (noun := _NOUN.match(text, word.start(), end)) is not None:
            if noun["people"] and _SHARE_OF.search(text, max(start, word.start() - 24), word.start()):
                continue
            return noun
    return None


def last_label(lead: str) -> re.Match[str] | None:
    """The last noun before a figure with which a label or a sentence leads to it: of "two factories and a workforce of" the workforce."""
    found = None
    for word in _WORD.finditer(lead):
        if word[0][:3].lower() in _LABEL_BEGINS:
            found = LABEL.search(lead, word.start())
            break
    while found is not None and (closer := LABEL.search(lead, found.end("noun"))) is not None:
        found = closer
    return found


def is_told(lead: str) -> bool:
    """Whether the last word before a figure is one with which a label or a sentence leads to its number."""
    if lead[-1:] != " ":
        return False
    word = lead[-24:].split()[-1:] or [""]
    return word[0].lower() in LEADS or word[0][-1:] == ":"
