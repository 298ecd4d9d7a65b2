"""What a text takes back or only reports of others; what a table row's label is."""

from __future__ import annotations

import re

from salpi.evidence.claims.page import Sentence
from salpi.evidence.quantities.scan import Found

_NOT_AFTER = re.compile(r"\)?\s?(?:수준|규모|정도)?(?:이|가|은|는)?\s?(?:아니라|아닌|아니고|아니며)(?=[\s,])")
_NOT_BEFORE = re.compile(r"(?:^|[\s,(])not (?:the |at |by |a |some )?(?:top )?(?:US|R)?$")
_BUT = re.compile(
    r"\b(?:saying|said|adding|insist\w*|stress\w*|instead|but|and (?:said|confirmed|put))\b|며\s|면서\s|라며|고\s?(?:강조|밝혔|설명)"
)
_SLIP = re.compile(
    r"[Ee]arlier version of this|[Aa]n earlier version|misstated|incorrectly (?:stated|gave|put|reported)|wrongly (?:stated|gave|put|reported)|잘못\s?(?:표기|기재)"
)
_SLIP_WORDS = ("rlier version of this", "n earlier version", "misstated", "incorrectly ", "wrongly ", "잘못")
_DENIAL_REACH = 16.0
_REPORTED = re.compile(
    r"^[^\w\n]{0,6}(?:\d[.)]\s?)?(?:언론\s?|기사\s?|주요\s?)?(?:보도|기사)\s?(?:주요\s?)?(?:내용|요지|개요)\b[^\n]{0,20}$|^[^\w\n]{0,6}(?:What (?:was|the media) reported|(?:Media|Press) reports?|The claim|Claim|Myth)\W{0,4}$",
    re.M,
)
_REPORTED_WORDS = ("보도", "기사", "eported", "edia report", "ress report", "laim", "Myth")
_ANSWERED = re.compile(
    r"^[^\w\n]{0,6}(?:\d[.)]\s?)?[가-힣\s]{0,12}(?:입장|설명\s?내용|설명|사실\s?관계|사실은|해명|반박|답변)[^\n]{0,24}$|^[^\w\n]{0,6}(?:The facts?|Facts?|Our (?:position|response)|Response|Explanation|Reality)\W{0,4}$",
    re.M,
)


def denied(sentence: Sentence, one: Found) -> bool:
    """Whether the text says of a number that it does not hold: "not 300 but 500", "denied that it would fall to 2 trillion"."""
    a, b = one.start - sentence.start, one.end - sentence.start
    before = sentence.text[max(0, a - 24) : a]
    if ("아" in sentence.text[b : b + 10] and _NOT_AFTER.match(sentence.text, b)) or (
        "not " in before and _NOT_BEFORE.search(before)
    ):
        return True
    for hit in sentence.cues:
        if hit.value == "deny":
            if hit.end <= one.start and _BUT.search(sentence.text[hit.end - sentence.start : a]):
                continue
            far = sentence.far(hit.end, one.start) if hit.end <= one.start else sentence.far(one.end, hit.start)
            if far < _DENIAL_REACH:
                return True
    return False


def may_slip(text: str) -> bool:
    """Whether a text has words by which a sentence can tell of a slip."""
    return any(word in text for word in _SLIP_WORDS)


def slipped(sentence: Sentence) -> bool:
    """Whether the sentence tells of a slip in an earlier version of the text."""
    return may_slip(sentence.text) and _SLIP.search(sentence.text) is not None


def reported(text: str) -> list[tuple[int, int]]:
    """Stretches that repeat press reports, from their heading to that of the answer; none where no answer follows."""
    out = []
    for match in _REPORTED.finditer(text) if any(word in text for word in _REPORTED_WORDS) else ():
        answer = _ANSWERED.search(text, match.end())
        if answer is not None and answer.start() - match.end() < 3000:
            out.append((match.start(), answer.start()))
    return out


LABEL = re.compile(
    r"(?P<of>of which |o/w |thereof )?(?!(?:Total|Sum|Other|Others|Average|Sub-?total|All|Rest|Group|North|South|Latin|Asia|Europe|Americas?|EMEA|APAC|Domestic|Overseas|Region|Item|Category|Year|Q\d|H\d|FY)\b)(?P<name>[A-Z][A-Za-z0-9&'’.-]+(?: [A-Z&][A-Za-z0-9&'’.-]*){0,3})(?: \([^()]*\))?\s*$"
)
