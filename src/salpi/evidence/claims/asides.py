"""What a text takes back, reports of others or says of the whole firm; whose money it speaks of; what a table row's label is."""

from __future__ import annotations

import re

from salpi.evidence.claims.indicators import Choice
from salpi.evidence.claims.page import Sentence

NOT_AFTER = re.compile(r"\)?\s?(?:수준|규모|정도)?(?:이|가|은|는)?\s?(?:아니라|아닌|아니고|아니며)(?=[\s,])")
NOT_BEFORE = re.compile(r"(?:^|[\s,(])not (?:the |at |by |a |some )?(?:top )?(?:US|R)?$")
BUT = re.compile(
    r"\b(?:saying|said|adding|insist\w*|stress\w*|instead|but|and (?:said|confirmed|put))\b|며\s|면서\s|라며|고\s?(?:강조|밝혔|설명)"
)
SLIP = re.compile(
    r"[Ee]arlier version of this|[Aa]n earlier version|misstated|incorrectly (?:stated|gave|put|reported)|wrongly (?:stated|gave|put|reported)|잘못\s?(?:표기|기재)"
)
_REPORTED = re.compile(
    r"^[^\w\n]{0,6}(?:\d[.)]\s?)?(?:언론\s?|기사\s?|주요\s?)?(?:보도|기사)\s?(?:주요\s?)?(?:내용|요지|개요)\b[^\n]{0,20}$|^[^\w\n]{0,6}(?:What (?:was|the media) reported|(?:Media|Press) reports?|The claim|Claim|Myth)\W{0,4}$",
    re.M,
)
_ANSWERED = re.compile(
    r"^[^\w\n]{0,6}(?:\d[.)]\s?)?[가-힣\s]{0,12}(?:입장|설명\s?내용|설명|사실\s?관계|사실은|해명|반박|답변)[^\n]{0,24}$|^[^\w\n]{0,6}(?:The facts?|Facts?|Our (?:position|response)|Response|Explanation|Reality)\W{0,4}$",
    re.M,
)


WHOLE_FIRM = re.compile(
    r"(?:\b(?:group|company|total|corporate|overall|consolidated|full-year|company-wide)[ ](?:net |annual )?|(?:전체|그룹|회사|연결|총|연간)\s?)$",
    re.I,
)
_STATE = re.compile(
    r"\b(?:(?:federal|central|state|national|provincial|regional|new|Korean|Indian|Japanese|Chinese|British|German|French|US|UK|Danish|Irish) )?(?:[Gg]overnment|[Mm]inistry|[Mm]inister|[Cc]abinet|[Tt]reasury|[Pp]arliament|[Tt]axpayers?|[Ss]tate)\b(?!-of)|정부|복지부|과기정통부|산업부|중기부|기재부|식약처|국회|재정"
)
_PRIVATE = re.compile(
    r"\b[Pp]rivate|\b[Cc]ompan(?:y|ies)|\b[Ff]irms?\b|\b[Ii]ndustry (?:will|has|plans|to)|\b[Ii]nvestors?\b|\bventure\b|\btogether\b|\bpublic[- ](?:and[- ])?private|민간|민관|기업|업계|업체|투자자|공동으로|유치"
)


def public_money(sentence: Sentence, choice: Choice) -> bool:
    """Whether the money invested is the state's: the government is the actor, and no private money is spoken of."""
    before = sentence.text[: max(0, choice.at - sentence.start)]
    return _STATE.search(before) is not None and _PRIVATE.search(sentence.text) is None


def reported(text: str) -> list[tuple[int, int]]:
    """Stretches that repeat press reports, from their heading to that of the answer; none where no answer follows."""
    out = []
    for match in _REPORTED.finditer(text):
        answer = _ANSWERED.search(text, match.end())
        if answer is not None and answer.start() - match.end() < 3000:
            out.append((match.start(), answer.start()))
    return out


LABEL = re.compile(
    r"(?P<of>of which |o/w |thereof )?(?!(?:Total|Sum|Other|Others|Average|Sub-?total|All|Rest|Group|North|South|Latin|Asia|Europe|Americas?|EMEA|APAC|Domestic|Overseas|Region|Item|Category|Year|Q\d|H\d|FY)\b)(?P<name>[A-Z][A-Za-z0-9&'’.-]+(?: [A-Z&][A-Za-z0-9&'’.-]*){0,3})(?: \([^()]*\))?\s*$"
)
