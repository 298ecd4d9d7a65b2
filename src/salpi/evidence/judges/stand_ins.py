"""Words that stand for a name in a number's sentence: the country, the company, the drug, local firms."""

from __future__ import annotations

import re

from salpi.evidence.claims.entities import HOME
from salpi.evidence.judges.surroundings import Asked
from salpi.evidence.judges.traits import Trait, named

_ENGLISH = (
    r"\b(?=[aAbBcCdDfFgGhHiIlLmMnNoOpPsStT])(?:(?P<nation>(?:[Tt]he|[Tt]his|[Oo]ur|[Ii]ts) (?:country|nation|kingdom|island|city-state|republic|state)\b|[Dd]omestic(?:ally)?\b"
    r"|[Nn]ation(?:wide|al|ally)\b|[Hh]ome-?grown\b|at home\b|ministry\b|[Gg]overnment\b|parliament\b)"
    r"|(?P<firm>[Tt]he (?:[\w’'-]+ ){0,2}(?:company|firm|drugmaker|group|Company|Group|developer|manufacturer|maker|business|start-?up|subsidiary)\b)"
    r"|(?P<thing>(?:[Tt]he|[Tt]his|[Ii]ts|[Tt]hat) (?:drug|shot|medicine|vaccine|product|treatment|injection|therapy|antibody|biosimilar|pill|jab"
    r"|brand|blockbuster|copy|device)\b)"
    r"|(?P<trade>(?:[Tt]he|[Tt]his) (?:sector|industry|trade|field)\b|(?:[Dd]rug ?makers|[Dd]evelopers|[Mm]anufacturers|[Bb]iotechs|[Ss]tart-?ups"
    r"|[Ff]irms|[Cc]ompanies|[Ss]uppliers|[Mm]akers|[Pp]roducers|[Hh]ospitals|[Ii]nvestors)\b)"
    r"|(?P<place>[Hh]ere\b|[Ll]ocal(?:ly)?\b|[Tt]enants\b|[Tt]he (?:cluster|park|region|valley|campus|site|city|town|county|district|hub)\b)"
    r"|(?P<it>[Ii]ts?\b|[Tt]heirs?\b|[Tt]hey\b))"
)
_KOREAN = (
    r"(?P<k_nation>국내|우리나라|이 나라|정부|당국|전국|자국)|(?P<k_firm>(?<![가-힣])(?:이 회사|이 업체|이 기업|회사|동사|양사|그룹))"
    r"|(?P<k_thing>(?:이|해당) (?:약|제품|백신|치료제|의약품|신약))|(?P<k_trade>업계|기업들|제약사들|업체들|기업은|기업이)"
    r"|(?P<k_place>이 단지|입주|이 지역|지역 내|이곳)"
)
_IN_ENGLISH, _IN_BOTH = re.compile(_ENGLISH), re.compile(f"{_ENGLISH}|{_KOREAN}")
"""Words that stand for a country, a company, a product, a trade or a place without its name."""


def _found(asked: Asked) -> list[tuple[int, int, str]]:
    """The words of a sentence that stand for names; "the Indian government" and "인도 정부" say whose themselves."""
    sentence = asked.sentence
    named_ends = {hit.end - sentence.start for hit in sentence.hits if hit.kind == "entity" and hit.value.name != HOME}
    return [
        (found.start(), found.end(), (found.lastgroup or "").removeprefix("k_"))
        for found in (_IN_ENGLISH if sentence.text.isascii() else _IN_BOTH).finditer(sentence.text)
        if named_ends.isdisjoint(range(found.start() - 3, found.start() + 1))
    ]


def _stands_for(kind: str, side: str, nearer: bool) -> tuple[str, ...]:
    """A word that stands for a name before or after a number; ``nearer`` than any name."""
    return f"for:{kind}{side}", f"for:{kind}{side}{int(nearer)}"


def stand_ins(asked: Asked) -> list[Trait]:
    """What the words around a number that stand for names say of its subject."""
    sentence, start = asked.sentence, asked.sentence.start
    a, b = asked.one.start - start, asked.one.end - start
    words = asked.once("stand-ins", _found, asked)
    left = next((word for word in reversed(words) if word[1] <= a), None)
    right = next((word for word in words if word[0] >= b), None)
    out: list[Trait] = []
    if left is not None:
        between = [1 for hit in sentence.hits if hit.kind == "entity" and left[1] <= hit.start - start and hit.end - start <= a]
        out.append((_stands_for, left[2], "L", not between))
    elif right is not None:
        out.append((_stands_for, right[2], "R", False))
    if words and words[0][0] < 4:
        out.append((named, f"for:{words[0][2]}0"))
    return out
