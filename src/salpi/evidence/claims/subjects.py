"""Whom a number is about: the entity of the right kind that the clause is about, the one carried over, or the country."""

from __future__ import annotations

import re
from dataclasses import dataclass

from salpi.evidence.claims.catalogue import Catalogue
from salpi.evidence.claims.entities import HOME, PRONOUN, Entity
from salpi.evidence.claims.indicators import Choice
from salpi.evidence.claims.page import Page, Sentence
from salpi.evidence.claims.vocabulary import Hit
from salpi.evidence.quantities.scan import Found


@dataclass(slots=True)
class Subject:
    """A name with the rule that chose it."""

    name: str | None
    rule: str
    score: float


@dataclass(slots=True)
class Topics:
    """The entities last spoken of, by kind, and in which sentence."""

    company: Entity | None = None
    product: Entity | None = None
    country: Entity | None = None
    cluster: str | None = None
    sentence: int = -9
    paragraph: int = -9
    last: str | None = None
    seen: int = -1
    clustered: int = -9  # the paragraph of the cluster
    companied: int = -9  # the paragraph of the company
    produced: int = -9  # the paragraph of the product
    licensor: str | None = None  # who gave the licence that is spoken of
    licensed: int = -9
    market: str | None = None  # whose market was spoken of last
    marketed: int = -9


_OUTSIDE = re.compile(
    r"(?:\b(?:with|from|to|for|against|bound for|into|by way of|versus|vs\.?|than|like|including|such as|joining|beats?|behind|after|only to|acquisition of(?: \d+(?:\.\d+)?% of)?|purchase of|takeover of|buyout of|acquires?|acquired|acquiring|bought|buys?|buying|stake in|led by|backed by|owned by|developer|rival)[ ](?:the |its |both |Japan's |China's |a |an )?(?:[A-Z][\w'-]+[ ]){0,3})$"
)
_IN = re.compile(r"(?:\b(?:in|at|across|within|of|throughout|by)[ ](?:the |its )?)$")
_TOPIC = re.compile(r"(?:은|는|이|가|의|에서|에서는|도|내)(?=[\s,]|$)|\s?[:：]|,?\s")
_OBJECT = re.compile(r"(?:과|와|에|에게|으로부터|로부터|를|을|행|향|보다|에서\s열린|출장|시장에)(?=[\s,]|$)")
_PLACES = frozenset({"city", "place"})
_CLUSTER_WORD = re.compile(
    r"[' ]?s?[ ]?(?:[a-z-]+[ ]){0,3}?(?:cluster|Cluster|park|Park|valley|hub\b)|\s?(?:바이오\s?)?(?:메디컬\s?)?(?:클러스터|특화단지|파크|단지)"
)


def resolve(page: Page, sentence: Sentence, one: Found, choice: Choice, topics: Topics) -> Subject:
    """The subject of a quantity."""
    catalogue = page.catalogue
    wants = _wants(catalogue, choice)
    if choice.concept in ("biosimilar", "approvals") and _whole(sentence, one):
        return Subject("World", "the whole of which the number before is a part", 0.5)
    stock = (choice.base or "").removesuffix(".year") == "approvals.biosimilar.fda"
    if choice.id is not None and choice.base == "pipeline.share":
        area = _area(sentence, one)
        if area is not None:
            return Subject(area, "area named", 0.8)
    if wants in ("company", "any") and choice.id is not None and _ALL.search(sentence.text[: one.start - sentence.start]):
        return Subject(page.country, "the whole trade", 0.5)
    giver = _licensor(sentence) if choice.concept in ("deal", "upfront") and choice.form == "level" else None
    if giver is not None:
        topics.licensor, topics.licensed = giver, sentence.paragraph
        return Subject(giver, "licensor named", 0.7)
    best: tuple[float, Hit] | None = None
    for hit in named(page, sentence, topics, wants in ("company", "any")):
        entity: Entity = hit.value
        if (
            sentence.text[hit.start - sentence.start - 1 : hit.start - sentence.start] == "("
            and best is not None
            and hit.start - best[1].end <= 2
        ):
            continue  # another name of the one before
        if (
            best is not None
            and wants == "company"
            and entity.kind == "company"
            and best[1].value.kind == "company"
            and re.fullmatch(r"\s?[–/&·+-]\s?", sentence.text[best[1].end - sentence.start : hit.start - sentence.start])
        ):
            continue  # the second of a pair: "LegoChem-J&J"
        if one.unit == "%" and 0 <= hit.start - one.end < 16 and sentence.lang == "en":
            continue  # "1.5% of European trials": the whole
        bonus = _fits(entity, wants, choice, sentence, hit)
        if bonus is None:
            continue
        if (
            choice.concept in ("deal", "upfront")
            and entity.kind == "company"
            and _PAYS.match(sentence.text, hit.end - sentence.start)
        ):
            continue  # who pays for a licence is not who gives it
        if (
            choice.concept == "send"
            and entity.kind in ("country", "region", "cluster", *_PLACES)
            and entity.name != page.country
            and not re.match(
                r"(?:은|는|이|가)(?=[\s,])|'s|[ ](?:will|sends|sent|has)\b", sentence.text[hit.end - sentence.start :]
            )
        ):
            continue  # where they are sent
        if stock and (entity.kind == "agency" or (entity.name == "United States" and _where(sentence, hit))):
            continue  # where the approvals are given, not whose they are
        if (
            wants in ("country", "any")
            and choice.id is not None
            and entity.kind in ("country", "region")
            and entity.name != "World"
            and not _holds(sentence, one, hit)
            and not _owns(sentence, one, hit, choice)
        ):
            continue
        cost = _cost(page, sentence, one, hit, wants, choice.concept in ("deal", "upfront")) + bonus
        if choice.id is not None and entity.kind in ("country", "region", "company") and _holds(sentence, one, hit):
            cost = min(cost, bonus) - 4.0
        if best is None or cost < best[0]:
            best = (cost, hit)
    if best is not None and best[0] < 8.5:
        entity = best[1].value
        if wants == "country" and entity.kind in ("company", "product"):
            pass
        else:
            aside = (
                _holds(sentence, one, best[1]) and "(" in sentence.text[best[1].end - sentence.start : one.start - sentence.start]
            )
            rule = "named beside the number" if aside else "named in the sentence"
            return Subject(_named(page, entity, sentence, best[1], choice), rule, min(1.0, max(0.3, 1 - best[0] / 13)))
    return _fallback(page, sentence, choice, wants, topics, best)


_HELD = re.compile(r"\s?\((?:약\s|about )?|\s?[:：]\s?|[ ](?:with|at|on)[ ](?:only |just |about )?|[ ]has[ ]|[ ]had[ ]|'s[ ]")


def _holds(sentence: Sentence, one: Found, hit: Hit) -> bool:
    """Whether a name holds the number itself: "미국(28개)", "the United States with 28", "10 months in the EU"."""
    base = sentence.start
    if hit.end <= one.start:
        return one.start - hit.end <= 14 and _HELD.fullmatch(sentence.text[hit.end - base : one.start - base]) is not None
    gap = sentence.text[one.end - base : hit.start - base]
    return (
        sentence.lang == "en"
        and len(gap) <= 9
        and re.fullmatch(r"[ ]in[ ](?:the[ ])?", gap) is not None
        and re.search(
            r"\b(?:against|versus|vs\.?|compared with|than|while|and|but)[ ](?:about |just |only )?$",
            sentence.text[: one.start - base],
        )
        is not None
    )


_ALL = re.compile(
    r"업계\s?전체|(?:바이오|제약|제약·?바이오|산업)\s?업계(?:는|의|가)\s[^.]{0,40}$|업계를 통틀어|\b(?:the|Korea's|whole) (?:industry|sector|trade) as a whole\b|\bacross the (?:industry|sector)\b|\b[Ii]ndustry-wide\b"
)
_TENANTS = re.compile(
    r"입주사|입주\s?기업|입주한|단지\s?내|이곳|\b[Tt]enants?\b|\b[Tt]he (?:cluster|park|hub|campus|valley)\b|\bits (?:tenants|residents)\b"
)


def named(page: Page, sentence: Sentence, topics: Topics, pronouns: bool) -> list[Hit]:
    """The names of a sentence; "the company", "당사" stand for the company in focus, "the Indian government" for its country."""
    out: list[Hit] = []
    for hit in sentence.names:
        if hit.value.name == HOME and out and hit.start - out[-1].end <= 3 and out[-1].value.kind == "country":
            continue  # 인도 정부: the country before it
        out.append(hit)
    focus = page.company if page.single else topics.company or page.company
    if pronouns and focus is not None:
        out += [
            Hit(sentence.start + match.start(), sentence.start + match.end(), "entity", focus)
            for match in PRONOUN.finditer(sentence.text)
        ]
        out.sort(key=lambda hit: hit.start)
    return out


_LICENCE = re.compile(r"\brights\b|\blicen[cs]|\bin-licen|도입|들여오")


_PAYS = re.compile(r"[ ](?:has |had |will )?(?:paid|pays|pay|is paying|agreed to pay) (?:us|the company|it)\b")
_THING = re.compile(
    r"\brights\b|\blicen[cs]\w*|\b(?:drug|candidate|antibody|asset|programme|program|compound|therapy|molecule|vaccine)\b"
)
_PAID = re.compile(r"\breceiv\w*|\bpayments?\b|\bupfront\b|\bmillion\b|\bbillion\b|\broyalt\w*|\bcollect\w*")


def _licensor(sentence: Sentence) -> str | None:
    """Who gives the licence, where a buyer tells of it: "rights to a drug from Kestrel", "X에서 도입"."""
    if not _LICENCE.search(sentence.text):
        return None
    for hit in sentence.names:
        if hit.value.kind != "company":
            continue
        before = sentence.text[max(0, hit.start - sentence.start - 40) : hit.start - sentence.start]
        after = sentence.text[hit.end - sentence.start : hit.end - sentence.start + 8]
        head = sentence.text[: hit.start - sentence.start]
        thing = max((match.end() for match in _THING.finditer(head)), default=-1)
        paid = max((match.end() for match in _PAID.finditer(head)), default=-1)
        if (thing > paid and re.search(r"\bfrom (?:[A-Z]?[\w-]+ ){0,3}?$", before)) or re.match(
            r"(?:으로|로)부터\s|에서\s(?:도입|들여)", after
        ):
            return str(hit.value.name)
    return None


def _where(sentence: Sentence, hit: Hit) -> bool:
    """Whether a country is only where something happens: "in the US", "미국에서"."""
    after = sentence.text[hit.end - sentence.start : hit.end - sentence.start + 6]
    if sentence.lang == "ko":
        return re.match(r"(?:은|는|이|가|도)(?=[\s,(])|\s?\(|\s?\d", after) is None
    return (
        hit.value.adjective
        or re.search(r"\b(?:in|by) (?:the )?$", sentence.text[: hit.start - sentence.start]) is not None
        or re.match(r" (?:FDA|approv|regulator|licen)", after) is not None
    )


def _whole(sentence: Sentence, one: Found) -> bool:
    """``14 out of 61 approvals`` by an agency: the second number is all of them."""
    return re.search(r"\d+ (?:out )?of (?:the )?$", sentence.text[: one.start - sentence.start]) is not None and any(
        hit.kind == "domain" and hit.value == "fda" for hit in sentence.hits
    )


def _wants(catalogue: Catalogue, choice: Choice) -> str:
    if choice.concept == "deal" and choice.unit == "count":
        return "any"
    if choice.concept in catalogue.company_measures:
        return "company"
    if choice.id is None or choice.concept in catalogue.any_measures:
        return "any"
    return "country"


def _fits(entity: Entity, wants: str, choice: Choice, sentence: Sentence, hit: Hit) -> float | None:
    """Extra cost for an entity of that kind, None where it cannot be the subject."""
    kind = entity.kind
    if kind == "area":
        return None
    if choice.base == "sales.product":
        return 0.0 if kind == "product" else None
    if entity.name == "World":
        return _world(choice, sentence, hit)
    if kind == "product":
        return 0.0 if choice.concept == "revenue" else None
    if wants == "company" and kind in ("country", "region") and sentence.lang == "ko":
        tail = sentence.text[hit.end - sentence.start : hit.end - sentence.start + 4]
        if not re.match(r"(?:은|는|이|가|의|도)(?=[\s,(]|$)", tail) and not _TRADE.match(
            sentence.text[hit.end - sentence.start :]
        ):
            return None  # "미국 뉴저지 공장": a place
    if wants == "company":
        if kind in ("city", "place", "country", "region", "cluster") and (
            not _owns(sentence, None, hit, choice)
            or (sentence.lang == "en" and _IN.search(sentence.text[: hit.start - sentence.start]))
        ):
            return None
        return {"company": 0.0, "cluster": 0.5, "city": 5.0, "place": 4.0, "country": 3.5, "region": 4.0}.get(kind)
    if wants == "country":
        if choice.base is not None and choice.base.endswith("city_rank"):
            return 0.0 if kind == "city" else None
        return {"country": 0.0, "region": 0.3, "agency": 0.6, "company": 5.0, "cluster": 3.5}.get(kind)
    if choice.concept == "companies":
        bare = 0.0 if _CLUSTER_WORD.match(sentence.text, hit.end - sentence.start) else 2.0
        start = -2.0 if hit.start - sentence.start <= 6 else 0.0
        return {"cluster": 0.0 + start, "city": 0.3 + bare + start, "place": bare + start, "country": 1.2, "region": 2.0}.get(
            kind
        )
    return {"company": 0.0, "country": 0.8, "cluster": 0.2, "region": 1.5, "agency": 1.2, "city": 6.0, "place": 4.0}.get(kind)


_LEADS = re.compile(
    r"(?:'s?\b|[ ](?:[a-z]+ly[ ])?(?:will|has|have|had|is|was|were|are|aims?|wants?|plans?|supplies|ranks?|ranked|now|exports?|exported|imports?|imported|signed|counts?|wants|expects?|runs?|makes?|made|sold|approved|spent|spends|invested|employs?|hopes?|targets?|seeks?|could|may|saw|sees|fell|rose|comes?|came|produced|produces|holds?|held|accounted|accounts|took|takes|set|sets|boasts?|hosts?|pledged|vows|vowed|to|owns?)\b)"
)
_PEOPLE = re.compile(
    r"(?:s\b)?(?:,? | (?:[a-z-]+ ){0,2}(?:producers|firms|companies|makers|drugmakers|manufacturers|developers|groups|biotechs|start-ups|exporters|suppliers|players|industry|biosimilars|drugs)\b)"
)
"""After a demonym: those who act for their country."""
_OWN_KOREAN = re.compile(r"(?:은|는|이|가|의|도|에서는|에선|내|에서)(?=[\s,]|$)|\s?[:：|]|[,·]?\s")


_TRADE = re.compile(
    r"\s(?:제약|바이오|제약·?바이오)?\s?(?:업계|기업|업체|제약사|산업|업체들|기업들|바이오텍|회사)(?:들)?\s?(?:전체)?(?:로는|로|은|는|이|가|의|몫|도)(?=[\s,]|$)|\s정부(?:는|가|의|도)?(?=[\s,])"
)
"""After a country's name: its trade or its government speaks."""


def _owns(sentence: Sentence, one: Found | None, hit: Hit, choice: Choice) -> bool:
    """Whether a country or place is what the clause speaks of, and not where something goes to, comes from or happens."""
    base = sentence.start
    text = sentence.text
    after = text[hit.end - base : hit.end - base + 40]
    before = text[max(0, hit.start - base - 30) : hit.start - base]
    at, entity = choice.at, hit.value
    if sentence.lang == "ko":
        tail = after[:4]
        if tail.startswith(("·", "/")) or text[max(0, hit.start - base - 1) : hit.start - base] in ("·", "/"):
            return False
        if re.match(r"(?:과|와|에|에게|으로|로|을|를|행|향|산|계|발|제)(?:[\s,]|의\s|$)", tail) and not tail.startswith(
            ("에서는", "에선")
        ):
            return False
        if re.match(r"(?:은|는|이|가|의|도|에서는|에선)(?=[\s,(]|$)", tail) or _TRADE.match(after):
            return True
        if one is not None and re.match(r"\s?(?:기업|업체|제약사|산업|정부|국내)", after) and 0 < one.start - hit.end <= 16:
            return True
        return (
            (hit.start - base <= 2 and re.match(r"[\s:]", tail) is not None)
            or 0 <= at - hit.end <= 2
            or re.match(r"\s?[:：|]", tail) is not None
        )
    if entity.adjective:
        if one is not None and hit.end <= one.start and _PEOPLE.match(after) and sentence.far(hit.end, one.start) < 5:
            return True
        return 0 <= at - hit.end <= 42 and not re.search(r"[,;.]", text[hit.end - base : max(hit.end, at) - base])
    if _OUTSIDE.search(before):
        return False
    if re.search(r"\b(?:while|whereas|but|though|although)[ ](?:the )?$", before):
        return True
    if hit.start - base <= 4 or re.search(r"(?:^|[,;:.|*•-] |\b(?:and|that|said|says|of which) (?:the )?|^the |^The )$", before):
        return _LEADS.match(after) is not None or re.match(r"[,:|]|[ ]?[|:(]|$", after) is not None or 0 <= at - hit.end <= 30
    if after.startswith(("'s", "'")):
        return True
    if re.search(r"\b(?:in|of|by|across|within|for)[ ](?:the[ ])?$", before):
        near = min(abs(at - hit.end), abs(hit.start - at)) if at >= 0 else 99
        return near <= 32
    return 0 <= at - hit.end <= 24 and not re.search(r"[,;.]", text[hit.end - base : at - base])


def _world(choice: Choice, sentence: Sentence, hit: Hit) -> float | None:
    """The world is a subject where it owns the measure: the global market, demand worldwide."""
    if choice.concept not in ("market", "capacity", "production", "approvals") or choice.unit == "rank" or choice.form == "share":
        return None
    gap = choice.at - hit.end
    return 0.5 if 0 <= gap <= 18 else None


def _cost(page: Page, sentence: Sentence, one: Found, hit: Hit, wants: str, choice_is_deal: bool) -> float:
    entity: Entity = hit.value
    base = sentence.start
    before = sentence.text[max(0, hit.start - base - 34) : hit.start - base]
    after = sentence.text[hit.end - base : hit.end - base + 14]
    cost = 0.0
    if sentence.lang == "ko":
        if _OBJECT.match(after) and not _TOPIC.match(after):
            cost += 9.0 if wants == "company" else 4.0
        elif re.match(r"(?:은|는|이|가)(?=[\s,]|$)", after):
            cost -= 0.8
    elif _OUTSIDE.search(before):
        cost += 5.0
    elif hit.start - base <= 3 or after.startswith(("'s", "'")):
        cost -= 0.6
    if entity.adjective:
        cost += 1.2
    if hit.end <= one.start:
        cost += sentence.far(hit.end, one.start) * 0.55
    else:
        far = sentence.far(one.end, hit.start)
        near = _IN.search(before) is not None or sentence.lang == "ko"
        cost += (
            far * 0.7 + (0.8 if near else 2.8) + (4.0 if sentence.lang == "ko" and entity.kind in ("country", "region") else 0.0)
        )
        if wants == "company" and re.search(r"\b(?:with|to|from|by)[ ]", before[-24:]):
            cost += 3.0
    if choice_is_deal and hit.start >= one.end and before.endswith("by "):
        cost -= 9.0
    if wants == "company" and choice_is_deal and hit.start - base <= 6:
        cost -= 4.0
    if wants == "company" and _OUTSIDE.search(before):
        cost += 3.0
    return cost


def _named(page: Page, entity: Entity, sentence: Sentence, hit: Hit, choice: Choice) -> str | None:
    if entity.name == HOME:
        return page.country
    if entity.kind in _PLACES:
        after = sentence.text[hit.end - sentence.start : hit.end - sentence.start + 40]
        if choice.base is not None and choice.base.endswith("city_rank"):
            return entity.name
        if _CLUSTER_WORD.match(after) or choice.concept in ("companies", "employ", "capacity", "plant"):
            return f"{entity.name} cluster"
        return entity.name
    return entity.name


_OWN = frozenset({"deal", "pipeline", "employ", "newjobs", "rnd"})
"""Measures that a text on one company gives of that company."""


def _sole(page: Page) -> bool:
    """Whether hardly another company is named: then what has no owner is its."""
    if not page.single or page.company is None:
        return False
    weights = page._companies[1]
    return weights[page.company.name] >= 0.55 * sum(weights.values())


def _seat(page: Page) -> str | None:
    """The country of the document, or the region whose own news it is: the one its first line is about."""
    first = page.text.find("\n")
    end = min(first if first >= 0 else 140, 140)
    for hit in page.hits:
        if hit.start >= end:
            break
        if hit.kind == "entity" and hit.value.kind == "region" and hit.value.name not in ("World", "European Union"):
            before, after = page.text[max(0, hit.start - 12) : hit.start], page.text[hit.end : hit.end + 3]
            if re.search(r"\b(?:in|to|from|for|with|into|of)[ ](?:the )?$", before) is None and re.match(
                r"['’]s|[ :,]|은|는|이|가|의|,", after
            ):
                return str(hit.value.name)
    return page.country


def _fallback(
    page: Page, sentence: Sentence, choice: Choice, wants: str, topics: Topics, best: tuple[float, Hit] | None
) -> Subject:
    country = _seat(page)
    if choice.concept in ("deal", "upfront") and choice.unit == "money" and topics.licensed == sentence.paragraph:
        return Subject(topics.licensor, "licensor of the paragraph", 0.5)
    if choice.rule.startswith(("carried", "set against")) and choice.subject is not None:
        return Subject(choice.subject, "subject of the number before", 0.6)
    if (
        topics.cluster is not None
        and sentence.paragraph - topics.clustered <= 1
        and choice.id is not None
        and _TENANTS.search(sentence.text)
        and choice.base not in ("clusters.count", "trials.city_rank")
    ):
        return Subject(topics.cluster, "cluster in focus", 0.5)
    if page.place is not None and topics.company is None and wants in ("company", "any") and choice.id is not None:
        return Subject(page.place, "place of the document", 0.5)
    if (
        choice.concept == "approvals"
        and choice.domain == "newdrug"
        and any(hit.kind == "domain" and hit.value == "fda" for hit in sentence.hits)
    ):
        return Subject("United States", "the agency's country", 0.5)
    if (choice.base or "").startswith("approvals.biosimilar.fda") and not (page.single and page.company is not None):
        return Subject("World", "all approvals of an agency", 0.4)
    if choice.concept in ("biosimilar", "approvals") and any(
        hit.kind == "domain" and hit.value == "fda" for hit in sentence.hits
    ):
        return Subject("World", "all approvals of an agency", 0.4)
    if choice.base == "sales.product" and topics.product is not None:
        return Subject(topics.product.name, "carried product", 0.5)
    if wants == "company":
        company = topics.company if topics.company is not None else page.company if page.single else None
        if not page.single and sentence.paragraph - topics.companied > 1:
            company = None
        if company is not None and (choice.concept != "ipo" or _sole(page)):
            return Subject(company.name, "carried company", 0.6 if topics.company else 0.4)
        return Subject(country, "country of the document", 0.3)
    if choice.concept == "invest":
        company = topics.company or (page.company if page.single else None)
        if company is not None and (topics.company is None or page.single or sentence.paragraph - topics.paragraph <= 1):
            return Subject(company.name, "carried company", 0.5)
        return Subject(country, "country of the document", 0.5)
    if wants == "any":
        if (
            choice.concept in ("companies", "employ", "newjobs")
            and topics.cluster
            and (choice.concept == "companies" or sentence.paragraph == topics.clustered)
        ):
            return Subject(topics.cluster, "carried", 0.5)
        if choice.concept == "companies":
            if topics.country is not None and sentence.paragraph == topics.paragraph:
                return Subject(topics.country.name, "carried country", 0.5)
            return Subject(country, "country of the document", 0.5)
        if topics.last is not None and sentence.paragraph - topics.paragraph <= 1:
            return Subject(topics.last, "carried subject", 0.5)
        if page.company is not None and _sole(page) and choice.concept in _OWN:
            return Subject(page.company.name, "company of the document", 0.5)
        if topics.country is not None and topics.last == topics.country.name:
            return Subject(country, "country of the document", 0.35)
        return Subject(topics.last or country, "carried subject", 0.35)
    if choice.concept == "market" and topics.market is not None and sentence.paragraph - topics.marketed <= 1:
        return Subject(topics.market, "whose market was spoken of", 0.5)
    if topics.country is not None and sentence.paragraph == topics.paragraph and topics.country.kind in ("country", "region"):
        return Subject(topics.country.name, "carried country", 0.6)
    return Subject(country, "country of the document", 0.6)


def _area(sentence: Sentence, one: Found) -> str | None:
    best: tuple[float, str] | None = None
    for hit in sentence.hits:
        if hit.kind != "area":
            continue
        cost = (
            sentence.far(hit.end, one.start) + 0.6 * (sentence.lang == "en")
            if hit.end <= one.start
            else sentence.far(one.end, hit.start) + 1.2 * (sentence.lang == "ko")
        )
        if best is None or cost < best[0]:
            best = (cost, hit.value.name)
    return best[1] if best else None


_NO_CHOICE = Choice(None)
_PARTY = re.compile(r"(?:상대방|계약 상대|거래처|발주처|고객사|counterparty|customer|client|partner|licensee)\s?[:|]?\s?$", re.I)


_DATELINE = re.compile(r",? ?(?:\(|=|--|—|–|\d{1,2}\b|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b)")


def remember(page: Page, sentence: Sentence, topics: Topics) -> None:
    """What the sentence is about, for the sentences after it: its first entity that is no mere place or object."""
    first: Hit | None = None
    if sentence.paragraph != topics.seen and page.single and page.company is not None:
        topics.company = page.company  # each paragraph of a text on one company is about it until it says otherwise
        topics.last = page.company.name
    topics.seen = sentence.paragraph
    again = PRONOUN.search(sentence.text) if topics.company is not None or page.company is not None else None
    kept = sentence.start + again.start() if again is not None else sentence.end
    if again is not None and topics.company is None and sentence.lang == "en":
        topics.company = page.company
    for at, hit in enumerate(sentence.names):
        entity: Entity = hit.value
        if entity.name in ("World", HOME) or entity.kind == "area":
            continue
        if entity.kind == "company" and _PAYS.match(sentence.text, hit.end - sentence.start):
            continue
        if (
            entity.kind == "country"
            and sentence.lang == "ko"
            and (
                re.match(r"\s?\d", sentence.text[hit.end - sentence.start :])
                or sentence.text[max(0, hit.start - sentence.start - 1) : hit.start - sentence.start] in ("·", "/")
            )
        ):
            continue  # one of a list
        if entity.kind == "country" and sentence.lang == "ko" and at + 1 < len(sentence.names):
            following = sentence.names[at + 1]
            if (
                sentence.text[hit.end - sentence.start : following.start - sentence.start] in "·/"
                and following.value.kind == "country"
            ):
                continue  # 미국·중국에 이어
            if sentence.text[hit.end - sentence.start : following.start - sentence.start] == " " and following.value.kind in (
                "company",
                "product",
                "city",
                "place",
            ):
                continue  # 미국 애브비: where it comes from
        before = sentence.text[max(0, hit.start - sentence.start - 34) : hit.start - sentence.start]
        if _PARTY.search(before):
            continue
        abroad = entity.kind in ("cluster", *_PLACES) and entity.country and page.country and entity.country != page.country
        tail = sentence.text[hit.end - sentence.start :]
        if abroad and sentence.lang == "ko" and not re.match(r"\S{0,8}(?:은|는|이|가|의)(?=[\s,])", tail):
            continue  # a place abroad, where something happens
        after = sentence.text[hit.end - sentence.start : hit.end - sentence.start + 6]
        if entity.kind == "cluster" or (
            entity.kind in _PLACES
            and _CLUSTER_WORD.match(sentence.text[hit.end - sentence.start : hit.end - sentence.start + 40])
        ):
            topics.cluster = entity.name if entity.kind == "cluster" else f"{entity.name} cluster"
            topics.clustered = sentence.paragraph
        elif (
            entity.kind in _PLACES
            and hit.start - sentence.start <= 4
            and not _DATELINE.match(sentence.text[hit.end - sentence.start :])
        ):
            topics.cluster, topics.clustered = f"{entity.name} cluster", sentence.paragraph
        outside = _OUTSIDE.search(before) is not None or (
            sentence.lang == "ko" and _OBJECT.match(after) is not None and not re.match(r"(?:은|는|이|가|의)", after)
        )
        if outside or (
            entity.kind in _PLACES
            and not _CLUSTER_WORD.match(sentence.text[hit.end - sentence.start : hit.end - sentence.start + 40])
        ):
            continue
        if first is None and not (entity.adjective and entity.kind == "country"):
            first = hit
        if entity.kind == "company" and hit.start > kept:
            continue  # "the company bought Catalent": it is still about the company
        if entity.kind == "company" and (
            first is hit
            or topics.company is None
            or (first is not None and first.value.kind != "company" and topics.sentence != sentence.number)
        ):
            topics.company, topics.companied = entity, sentence.paragraph
        elif entity.kind == "product":
            topics.product, topics.produced = entity, sentence.paragraph
        elif (
            entity.kind in ("country", "region")
            and not entity.adjective
            and _owns(sentence, None, hit, _NO_CHOICE)
            and (topics.sentence != sentence.number or topics.country is None)
        ):
            topics.country = entity
        elif entity.kind in ("cluster", *_PLACES):
            topics.cluster = entity.name if entity.kind == "cluster" else f"{entity.name} cluster"
        topics.sentence = sentence.number
    if first is not None and first.value.kind == "product" and topics.company is not None:
        topics.last, topics.paragraph = topics.company.name, sentence.paragraph
    elif first is not None:
        entity = first.value
        topics.last = entity.name if entity.kind not in _PLACES else f"{entity.name} cluster"
        topics.paragraph = sentence.paragraph
