"""What a number measures: the catalogue's id by scored evidence, or none."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from salpi.evidence.claims.catalogue import Catalogue, Entry, unit_class
from salpi.evidence.claims.forms import Shape, change, linked_after, shape
from salpi.evidence.claims.page import Sentence
from salpi.evidence.claims.vocabulary import Hit
from salpi.evidence.quantities.scan import Found

REACH = 13.0
"""Further off than this, a word says nothing of a number."""


@dataclass(slots=True)
class Choice:
    """An id with what led to it. ``base`` is the id before its suffix, ``concept`` the measure, ``domain`` of what."""

    id: str | None
    base: str | None = None
    concept: str | None = None
    domain: str | None = None
    sign: int = 1
    score: float = 0.0
    rule: str = ""
    form: str = "level"
    unit: str = ""
    at: int = -1  # where the word that decided stands
    subject: str | None = None  # whom the number was about, for those that are carried on


NOTHING = Choice(None, rule="no measure near")
"""Never changed: a number of which nothing is known."""


@dataclass(slots=True)
class Memory:
    """What was spoken of last, by kind of unit, and the last measure and domain."""

    by_class: dict[str, tuple[Choice, int]]
    concept: str | None = None
    domain: str | None = None
    sentence: int = -9
    paragraph: int = -9
    topics: tuple[Hit, ...] = ()  # measures and domains of the sentence before, with or without numbers
    spoken: int = -9
    share: Choice | None = None  # the last share, and where
    shared: int = -9


def choose(catalogue: Catalogue, sentence: Sentence, one: Found, memory: Memory, title: list[Hit]) -> Choice:
    """The id of a quantity: from its own clause, else from what the sentence or the one before spoke of."""
    kind = unit_class(one.unit or "")
    if kind is None:
        return NOTHING
    if kind == "%":
        return _percent(catalogue, sentence, one, memory, title)
    if kind == "x":
        return _multiple(catalogue, sentence, one, memory, title)
    if kind == "money" and _each(sentence, one):
        return Choice(None, rule="an amount for each")
    if kind in ("persons", "count") and _asked(sentence, one):
        return Choice(None, rule="of a survey, or of what is lacking")
    found = _part(sentence, one, kind, memory) or _direct(catalogue, sentence, one, kind, memory, title)
    if found.id is None and kind == "money":
        found = _size(catalogue, sentence, one) or found
    if found.id is None and kind in ("count", "persons"):
        found = _with_next(catalogue, sentence, one, kind, memory, title) or found
    if (
        kind == "money"
        and (found.base or "").startswith("exports")
        and any(hit.kind == "entity" and hit.value.kind == "country" and 0 < one.start - hit.end <= 2 for hit in sentence.hits)
        and re.search(r"상위국|수출국|대상국|국가별|[Dd]estinations?|largest buyers|by market", sentence.text)
    ):
        return Choice(None, rule="exports to one country")
    if kind == "count" and re.match(r"[ ](?:biggest|largest|leading)\b", sentence.text[one.end - sentence.start :]):
        return Choice(None, rule="the head of a list")
    if kind == "count" and found.id is not None and _doing(sentence, one, found):
        return Choice(None, rule="firms that do something, or some of what was counted")
    if kind == "money" and "ipo.proceeds" in catalogue.ids and found.base in (None, "investment.vc") and _listing(sentence, one):
        found = Choice(
            "ipo.proceeds", "ipo.proceeds", "ipo", None, score=0.7, rule="raised at a listing", unit=kind, at=one.start
        )
    if kind == "persons":
        found = _gathered(catalogue, sentence, one, found, memory)
    if found.base == "jobs.bio" and "jobs.created" in catalogue.ids and _created(sentence, one):
        found = replace(found, id="jobs.created", base="jobs.created", concept="newjobs", rule="jobs that come into being")
    if (
        found.base == "deal.value"
        and "deal.upfront" in catalogue.ids
        and re.match(
            r"\)?,?[ ](?:in cash |in )?(?:upfront|up front|up-front|initially|at signing|on signing|at closing|on closing)",
            sentence.text[one.end - sentence.start :],
        )
    ):
        found = replace(found, id="deal.upfront", base="deal.upfront", concept="upfront")
    if found.base == "deal.upfront" and "deal.value" in catalogue.ids and _whole_deal(sentence, one):
        found = replace(found, id="deal.value", base="deal.value", concept="deal", rule="the whole beside its upfront part")
    if (
        kind == "money"
        and "sales.product" in catalogue.ids
        and (
            (found.score < 0.9 and _product_before(sentence, one))
            or (found.base in (None, "revenue") and _product_after(sentence, one))
        )
    ):
        return Choice(
            "sales.product", "sales.product", "revenue", None, score=0.7, rule="amount beside a product", unit=kind, at=one.start
        )
    if found.id is None and found.rule != "no measure near":
        return found
    if found.id is None:
        return found
    if kind in ("time", "L", "money", "persons", "count") and not (kind == "money" and found.concept in _OUTLAYS):
        sign = change(sentence, one)
        if sign is not None and _may_change(kind, sentence, one):
            return replace(found, id=f"{found.base}.change", sign=sign, form="change")
    return found


_OF_THEM = re.compile(r"[ ](?:of (?:them|these|those|which)\b)")


def _part(sentence: Sentence, one: Found, kind: str, memory: Memory) -> Choice | None:
    """``four of them``: what was counted before."""
    if kind not in ("count", "persons") or _OF_THEM.match(sentence.text, one.end - sentence.start) is None:
        return None
    kept = memory.by_class.get(kind)
    if kept is None or kept[1] < sentence.number - 1:
        return None
    choice = kept[0]
    if choice.id is None:
        return None
    if choice.concept in ("pipeline", "plant", "companies"):
        return Choice(None, rule="some of what was counted before")
    return replace(choice, score=0.6, rule="some of what was counted before", form="level", sign=1, subject=None)


_SIZE = re.compile(
    r"(?:의)?(?:\s?시장)?\s?(?:규모|가치|크기)[^.,]{0,24}$|(?:'s)? (?:size|value|worth)\b[^.;,]{0,30}$|[^.;,]{0,30}\b(?:valued at|worth|is put at|of)[^.;,]{0,20}$"
)


def _size(catalogue: Catalogue, sentence: Sentence, one: Found) -> Choice | None:
    """The size of an industry is what it produces: "바이오경제 규모", "a bioeconomy worth $165 billion"."""
    for hit in reversed(sentence.words):
        if hit.kind != "domain" or hit.value != "bioindustry":
            continue
        lead = sentence.text[hit.end - sentence.start : max(hit.end, one.start) - sentence.start]
        nouned = re.match(
            r"[ -](?:[a-z]+ ){0,2}$", sentence.text[one.end - sentence.start : max(one.end, hit.start) - sentence.start]
        )
        between = re.sub(r"(?:19|20)\d\d년?(?:\s?[\d조억만,.]+\s?(?:원|달러|루피)(?:에서|\())?", "", lead)
        if (hit.end <= one.start and len(lead) < 60 and _SIZE.match(between)) or (hit.start >= one.end and nouned):
            for entry in catalogue.entries.get("production", ()):
                if entry.unit == "money" and entry.concepts == {"production", "bioindustry"}:
                    return Choice(
                        entry.id,
                        entry.id,
                        "production",
                        hit.value,
                        score=0.6,
                        rule="size of the industry",
                        unit="money",
                        at=hit.start,
                    )
    return None


_LISTING = re.compile(
    r"\blisted on\b|\bIPOs?\b|\bwent public\b|\bgoing public\b|\bfloated\b|\b(?:Kosdaq|KOSDAQ|Nasdaq|NASDAQ|Kospi|KOSPI) (?:listing|debut|float)|\blist(?:ing|s|ed)? (?:on|in)\b|\binitial public\b|상장"
)
_RAISING = re.compile(
    r"\b(?:rais(?:e|es|ed|ing)|collect(?:s|ed|ing)?|brought in|bringing in|netted|netting|took in|proceeds|for)\b[^.;]{0,40}$|공모\S{0,4}\s?[^.]{0,20}$"
)


def _listing(sentence: Sentence, one: Found) -> bool:
    """Whether money is what a listing brought in."""
    a, b = one.start - sentence.start, one.end - sentence.start
    if re.search(r"\b(?:venture|[Ss]eries [A-E]|rounds?|funding)\b|벤처|시리즈", sentence.text[max(0, a - 40) : b + 40]):
        return False
    return _LISTING.search(sentence.text) is not None and (
        _RAISING.search(sentence.text[max(0, a - 60) : a]) is not None
        or re.match(r"[을를]?\s?(?:조달|모집|공모|끌어모)", sentence.text[b:]) is not None
    )


_ACTS = re.compile(
    r"[ ](?:[a-z-]+ ){0,3}(?:companies|firms|start-ups|startups|businesses|enterprises|drugmakers|biotechs)[ ](?:have (?:told|said|signed|joined|pledged|agreed|applied|promised|expressed)|will (?:sign|join|take part|attend|receive|share)|said|told|signed|joined|attended|took part|applied|agreed|plan|pledged|responded|answered|participated|won|received|failed|went|exhibited)\b"
)
_ACTS_KOREAN = re.compile(r"설문|응답|조사한 결과|조사에|참석|간담회|호소")
_OF_TOP = re.compile(r"[ ](?:out )?of the (?:world's |global |country's )?(?:top|largest|biggest|leading|\d)")
_OF_TOP_KOREAN = re.compile(r"(?:상위|글로벌|세계|대형)[^.]{0,14}\d+\s?(?:곳|개사|개)\s?(?:가운데|중)\s$")
_ACT_KOREAN = re.compile(r"(?:이|가)\s[^.,]{0,24}(?:투자(?:하|한|할|계획)|참여|참가|체결|선정|신청|응답|채용)")
_STAGE = re.compile(
    r"(?:가|는|이|은)?\s?(?:현재\s)?(?:임상|전임상|비임상|후기)(?:\s?\d상)?\s?(?:단계|중|진행|시험\s?(?:중|단계))|[ ](?:are|is|were)[ ](?:already |now |currently )?in (?:clinical|the clinic|preclinical|late-stage|mid-stage|early-stage|Phase|phase)"
)


def _doing(sentence: Sentence, one: Found, found: Choice) -> bool:
    """Whether counted firms are those that act or answer, not those there are; or candidates those of one stage."""
    tail = sentence.text[one.end - sentence.start :]
    if found.concept == "companies":
        if _OF_TOP.match(tail) or _OF_TOP_KOREAN.search(
            sentence.text[max(0, one.start - sentence.start - 24) : one.start - sentence.start]
        ):
            return True
        if _ACT_KOREAN.match(tail):
            return True
        return _ACTS.match(tail) is not None or (sentence.lang == "ko" and _ACTS_KOREAN.search(sentence.text) is not None)
    return found.concept in ("pipeline", "trials") and _STAGE.match(tail) is not None


_JOINING = re.compile(r"참여|모집|등록|동의|enrol|join|sign(?:ed)? up|recruit|volunteer|participa|donat|contribut")


def _gathered(catalogue: Catalogue, sentence: Sentence, one: Found, found: Choice, memory: Memory) -> Choice:
    """People whose data are gathered are no patients of a trial, where the text speaks of a biobank or a cohort."""
    if found.base not in (None, "trials.participants"):
        return found
    here = any(hit.kind == "measure" and hit.value == "biodata" for hit in sentence.hits)
    before = memory.concept == "biodata" and sentence.number - memory.sentence <= 2
    before = before or (sentence.number - memory.spoken <= 2 and any(hit.value == "biodata" for hit in memory.topics))
    if (here and found.base is not None) or ((here or before) and _JOINING.search(sentence.text)):
        if found.base is not None and not here and any(hit.value == "trials" for hit in sentence.hits):
            return found
        for entry in catalogue.entries.get("biodata", ()):
            if entry.unit == "persons":
                return Choice(
                    entry.id,
                    entry.id,
                    "biodata",
                    None,
                    score=0.6,
                    rule="people whose data are gathered",
                    unit="persons",
                    at=one.start,
                )
    return found


_NEW_AFTER = re.compile(
    r"\s?(?:개|명)?(?:의|이|을|를)?\s?(?:일자리(?:가|를|이)?\s?)?(?:새로|추가로|더)?\s?(?:만들|창출|생길|생긴|생겨|늘린|늘릴|뽑|채용)|[ ](?:(?:new|more|additional|extra|further|skilled|direct|permanent)[ ]){1,2}(?:[a-z-]+ ){0,2}(?:jobs|posts|positions|workers|people|staff|employees|hires)|[ ](?:jobs|posts|positions) (?:were|have been|had been|will be|would be|are to be|to be) (?:added|created|filled)"
)
_NEW_BEFORE = re.compile(
    r"\b(?:creat(?:e|es|ed|ing)|add(?:s|ed|ing)?|generat(?:e|es|ed|ing)|hir(?:e|es|ed|ing)|recruit(?:s|ed|ing)?)[ ](?:(?:about|around|some|up to|an additional|another|more than|over|nearly|at least|roughly|a further)[ ]){0,2}$"
)


def _created(sentence: Sentence, one: Found) -> bool:
    a, b = one.start - sentence.start, one.end - sentence.start
    return _NEW_AFTER.match(sentence.text, b) is not None or _NEW_BEFORE.search(sentence.text[max(0, a - 40) : a]) is not None


_EACH_AFTER = re.compile(
    r"\)?,?[ ](?:apiece|each(?! year| month| quarter)|(?:per|a|for each|for every)[ ](?:head|person|patient|employee|worker|dose|vial|firm|company|start-up|startup|project|participant|student|researcher|household|treatment|course|unit|share|litre|liter|kilo|gram|tonne)\b)|\s?씩"
)
_EACH_BEFORE = re.compile(
    r"(?:인당|건당|개당|사당|명당|업체당|기업당|과제당|회당|주당|병당|리터당|가구당|품목당)[^,.\d]{0,14}$|\b(?:per (?:head|capita|patient|person|share|dose)|each (?:firm|company|patient|project|start-up)|average (?:grant|salary|pay|wage|price|deal))\b[^,.;\d]{0,30}$"
)


def _each(sentence: Sentence, one: Found) -> bool:
    """Whether an amount is for one of many: a price, a wage, a grant for each."""
    a, b = one.start - sentence.start, one.end - sentence.start
    if re.match(r"[ ](?:in|of) cash\b(?! (?:on|at|upfront|and stock))", sentence.text[b:]) and re.search(
        r"\b(?:have|has|had|holds?|held|with|ended)\b[^,.;]{0,24}$", sentence.text[max(0, a - 40) : a]
    ):
        return True  # what is in the bank
    return _EACH_AFTER.match(sentence.text, b) is not None or _EACH_BEFORE.search(sentence.text[max(0, a - 50) : a]) is not None


_ASKED = re.compile(
    r"(?:응답|설문|표본|조사\s?대상)(?:\s?(?:기업|업체|자|수))?\s?[:은는]?\s?\(?$|\b(?:survey(?:ed)? of|poll(?:ed)? of|respondents?|surveyed|polled|interviewed|sample of|interviews? with|answers from)[ :]+(?:more than |over |some |about )?$"
)
_LACK = re.compile(
    r"(?:의|이|가)?\s?(?:[가-힣]{0,6}\s?(?:인력|인재|전문가)(?:이|가|은|는)?\s)?(?:더\s)?(?:부족|모자라|모자란|미달)"
)
_LACK_BEFORE = re.compile(
    r"\b(?:short of|shortage of|shortfall of|lack(?:s|ed|ing)?|deficit of|gap of|too few:?)[ ](?:about |around |some |over |nearly |more than )?$|부족\s?인력[은:]?\s?(?:약\s)?$"
)


def _asked(sentence: Sentence, one: Found) -> bool:
    """Whether people or firms were only asked, or are lacking."""
    a, b = one.start - sentence.start, one.end - sentence.start
    before = sentence.text[max(0, a - 40) : a]
    return (
        _ASKED.search(before) is not None or _LACK_BEFORE.search(before) is not None or _LACK.match(sentence.text, b) is not None
    )


_TOTAL = re.compile(
    r"(?:총액|총\s?규모|총|전체|최대|총\s?계약\s?규모|\btotal(?:l?ing)?(?: value)?(?: of)?|\bin total,?|\bup to|\bas much as|\bworth|\bpotential(?:ly)?|\boverall|\ball told,?|\baltogether,?)\s?(?:약\s|about |around |nearly |some |up to |over )?$",
    re.I,
)


def _whole_deal(sentence: Sentence, one: Found) -> bool:
    """Whether an amount that follows an upfront payment is the whole: "upfront $50 million, up to $1 billion in total"."""
    base = sentence.start
    words = [hit for hit in sentence.hits if hit.kind == "measure" and hit.value == "upfront"]
    before = [hit for hit in words if hit.end <= one.start]
    if any(hit.start >= one.end and sentence.far(one.end, hit.start) < 2.0 for hit in words) or not before:
        return False
    if re.search(r"비공개|undisclosed|not disclosed", sentence.text[before[-1].end - base : one.start - base]):
        return True
    others = [other for other in sentence.found if other.unit == one.unit and other.start < one.start]
    between = any(before[-1].end <= other.start or 0 <= before[-1].start - other.end <= 6 for other in others)
    return between and (
        _TOTAL.search(sentence.text[max(0, one.start - base - 30) : one.start - base]) is not None
        or re.match(r"\)?[ ](?:in total|in all|total|overall|altogether|all told|all in)\b", sentence.text[one.end - base :])
        is not None
    )


def _with_next(
    catalogue: Catalogue, sentence: Sentence, one: Found, kind: str, memory: Memory, title: list[Hit]
) -> Choice | None:
    """The measure of the number that shares its noun with this one: "1,310 and 395 new trials"."""
    following = next((other for other in sentence.found if other.start >= one.end), None)
    if following is None or following.unit != one.unit:
        return None
    gap = sentence.text[one.end - sentence.start : following.start - sentence.start]
    if re.fullmatch(r",?\s?(?:and|or|to|and then|versus|against|및|와|과|·|,)\s?", gap) is None:
        return None
    found = _direct(catalogue, sentence, following, kind, memory, title)
    return replace(found, rule="measure of the number it shares a noun with") if found.id is not None else None


_OUTLAYS = frozenset(
    {"capex", "invest", "budget", "fund", "pledge", "round", "deal", "upfront", "plant", "tradefinance", "orders", "ipo", "vc"}
)


def _product_after(sentence: Sentence, one: Found) -> bool:
    """``sold $949 million of Vyvgart``."""
    match = re.match(
        r"[ ](?:worth )?(?:of|from|for)[ ](?:its |the )?(?:[a-z-]+ ){0,3}", sentence.text[one.end - sentence.start :]
    )
    if match is None:
        return False
    at = one.end + match.end()
    return any(hit.kind == "entity" and hit.value.kind == "product" and abs(hit.start - at) <= 1 for hit in sentence.hits) and (
        re.search(r"\b(?:sold|sell|sells|shipped|sales|revenues?|made|booked|earned)\b", sentence.text) is not None
    )


def _product_before(sentence: Sentence, one: Found) -> bool:
    if any(hit.kind == "entity" and hit.value.kind == "product" and 0 <= one.start - hit.end <= 2 for hit in sentence.hits):
        return True
    if any(hit.kind in ("measure", "block") and hit.value not in _WEAK and hit.end <= one.start for hit in sentence.hits):
        return False
    return re.search(
        r"\b(?:took in|brought in|bring in|brings in|generated|earned|made|had|sold)[ ](?:(?:about|around|just|only|over|nearly|some)[ ])?$",
        sentence.text[: one.start - sentence.start],
    ) is not None and any(
        hit.kind == "entity" and hit.value.kind == "product" and hit.end <= one.start and sentence.far(hit.end, one.start) < 6
        for hit in sentence.hits
    )


def _may_change(kind: str, sentence: Sentence, one: Found) -> bool:
    return kind in ("time", "L", "money")


def _percent(catalogue: Catalogue, sentence: Sentence, one: Found, memory: Memory, title: list[Hit]) -> Choice:
    how = shape(sentence, one)
    points = one.unit == "pp"
    if how.form == "level" and _OF_WORLD.search(
        sentence.text[max(0, one.start - sentence.start - 30) : one.start - sentence.start]
    ):
        how = Shape("share", 1, "a part of the world's market")
    if _PRICED.match(sentence.text, one.end - sentence.start):
        return Choice(None, rule="of a price")
    if not points and _BOUGHT_IN.match(sentence.text, one.end - sentence.start):
        return Choice(None, rule="what is bought in: the reverse of self-sufficiency")
    area = _by_area(catalogue, sentence, one)
    if area is not None and not points:
        return area
    direct = _direct(catalogue, sentence, one, "%", memory, title, None if points else how)
    ratio = _rnd_to_sales(catalogue, sentence, one)
    if ratio is not None and (direct.id is None or direct.concept == "rnd"):
        return replace(ratio, id=f"{ratio.base}.change", form="change", sign=_point_sign(sentence, one, how)) if points else ratio
    if direct.concept == "rnd" and direct.id is not None and not _INTENSITY.search(sentence.text):
        direct = NOTHING
    if (
        direct.id is None
        and memory.concept is not None
        and sentence.number - memory.sentence <= 1
        and _OF_SALES.search(sentence.text[max(0, one.start - sentence.start - 10) : one.end - sentence.start + 16])
    ):
        for entry in catalogue.entries.get(memory.concept, ()):
            if entry.unit == "%" and memory.concept == "rnd":
                return Choice(
                    entry.id,
                    entry.id,
                    memory.concept,
                    None,
                    score=0.5,
                    rule="carried: its ratio to sales",
                    unit="%",
                    at=one.start,
                )
    if direct.id is None and _of_else(sentence, one):
        return Choice(None, rule="a share of something else", form="share")
    if direct.id is not None:
        if points:
            return replace(direct, id=f"{direct.base}.change", sign=_point_sign(sentence, one, how), form="change")
        return replace(direct, form="level", sign=1)
    if direct.rule == "blocked":
        return direct
    own = [hit for hit in sentence.words if hit.kind == "measure" and hit.value not in _WEAK]
    if (
        points
        and not own
        and (kept := memory.by_class.get("%")) is not None
        and kept[0].id is not None
        and sentence.number - kept[1] <= 1
        and kept[0].form in ("level", "share")
    ):
        return replace(
            kept[0],
            id=f"{kept[0].id}.change",
            sign=_point_sign(sentence, one, how),
            form="change",
            score=0.5,
            rule="carried: points of the percentage before",
        )
    if how.form == "level" and not points:
        inherited = _inherited(sentence, memory, "%")
        return inherited or Choice(None, rule="a percentage of nothing known", form="level")
    if (
        how.form == "share"
        and not own
        and memory.share is not None
        and sentence.number - memory.shared <= 6
        and not sentence.bullet
        and not any(hit.kind == "domain" and hit.value not in _SETS_ASIDE for hit in sentence.hits)
    ):
        return replace(memory.share, score=0.45, rule="carried: the share spoken of")
    headed = _headed(catalogue, sentence, one, memory) if how.form == "share" and not own and not points else None
    if headed is not None:
        return headed
    if how.form == "share" and _other_share(sentence, one):
        return Choice(None, rule="a share of something else", form="share")
    if (
        how.form == "share"
        and not own
        and not points
        and memory.concept is not None
        and sentence.number - memory.sentence <= 2
        and not any(hit.kind == "domain" and hit.value not in _SETS_ASIDE for hit in sentence.hits)
    ):
        for entry in catalogue.entries.get(memory.concept, ()):
            if entry.unit == "%" and entry.concepts == {memory.concept} and memory.concept != "rnd":
                return Choice(
                    entry.id,
                    entry.id,
                    memory.concept,
                    None,
                    score=0.5,
                    rule="carried: its share",
                    unit="%",
                    at=one.start,
                    form="share",
                )
    base = None
    if (
        how.form == "share"
        and _WHOLE_OF.search(sentence.text[max(0, one.start - sentence.start - 26) : one.start - sentence.start])
        and (kept := memory.by_class.get("money")) is not None
        and kept[0].base
        and kept[1] == sentence.number
    ):
        base = replace(kept[0], score=0.6)
    base = base or _base(catalogue, sentence, one, memory, title)
    if (
        how.form == "share"
        and base is not None
        and base.concept == "revenue"
        and re.search(r"점유율|market share|시장", sentence.text)
    ):
        return Choice(None, rule="a share of a market", form="share")
    if base is None or base.base is None or (base.unit == "time" and how.form == "share"):
        return Choice(None, rule="no measure near" if base is None else base.rule, form=how.form)
    if how.form == "share" and base.concept in ("upfront", "deal"):
        return Choice(None, rule="a part of a deal", form="share")
    if points or how.form == "share":
        suffix = ".share.change" if points else ".share"
        return replace(
            base,
            id=base.base + suffix,
            sign=_point_sign(sentence, one, how) if points else 1,
            form="change" if points else "share",
            rule=how.rule,
        )
    special = growth_entry(catalogue, base)
    return replace(base, id=special or f"{base.base}.growth", sign=how.sign, form="growth", rule=how.rule)


_WHOLE_OF = re.compile(r"(?:전체|총|전국|국내)[^,.]{0,16}의\s$")


def _headed(catalogue: Catalogue, sentence: Sentence, one: Found, memory: Memory) -> Choice | None:
    """A share in a list whose heading names the measure: "3. Clinical trials / - world share 4 %"."""
    if sentence.number - memory.spoken > 2 or not (sentence.bullet or sentence.number - memory.spoken == 1):
        return None
    if any(hit.kind == "domain" and hit.value not in _SETS_ASIDE for hit in sentence.hits):
        return None
    for hit in memory.topics:
        for entry in catalogue.entries.get(hit.value, ()) if hit.kind == "measure" else ():
            if entry.unit == "%" and entry.concepts == {hit.value} and entry.id.endswith(".share"):
                return Choice(
                    entry.id,
                    entry.id,
                    hit.value,
                    None,
                    score=0.5,
                    rule="share of what the heading names",
                    unit="%",
                    at=one.start,
                    form="share",
                )
    return None


def _other_share(sentence: Sentence, one: Found) -> bool:
    """Whether a Korean share is said of a noun that is no measure and no domain: "바이오 제조 비중"."""
    if sentence.lang != "ko":
        return False
    shares = [hit for hit in sentence.words if hit.kind == "measure" and hit.value == "share" and hit.end <= one.start]
    if not shares:
        return False
    last = shares[-1]
    word = re.search(r"([가-힣A-Za-z·]+)\s?$", sentence.text[: last.start - sentence.start])
    if word is None or re.search(r"(?:의|은|는|이|가|에서|중|내|도|서|인|한|할|된|들|하는|는데|그)$", word[1]):
        return False
    place = sentence.start + word.start(1)
    return not any(
        hit.kind in ("measure", "domain", "entity", "area") and hit.end > place and hit.start < last.start
        for hit in sentence.hits
    )


_PRICED = re.compile(
    r"\)?\s?(?:가량|정도)?\s?(?:더\s)?(?:낮은|싼|저렴한|할인된|인하된|싸게|저렴하게)|[ ](?:cheaper|discount|off the list|off the price|below the (?:list|original|originator|brand))|[ ](?:less|lower) (?:in price|than the (?:original|originator|brand|reference))"
)
_BOUGHT_IN = re.compile(
    r"[ ]of[ ][^.;,]{0,50}\b(?:is|are|was|were|being) (?:still )?(?:imported|bought (?:in|abroad)|sourced abroad|foreign-made)\b|[ ]of[ ][^.;,]{0,50}\b(?:comes?|came) from (?:abroad|overseas|foreign)|[을를가이]?\s?(?:수입에|해외에|수입산에|외국에)\s?의존|[을를]\s수입(?:한다|하고|했다|해\s)|[가이]\s수입(?:산|품)"
)
_OF_WORLD = re.compile(r"(?:전\s?세계|세계|글로벌)[^,.\d]{0,14}시장의\s(?:약\s)?$")
_IN_AREA = re.compile(r"[ ](?:are|is|were|was|sit|fall|belong)?[ ]?(?:in|to|for|on)[ ](?:the[ ])?")


def _by_area(catalogue: Catalogue, sentence: Sentence, one: Found) -> Choice | None:
    """Parts of a pipeline by therapeutic area: "41% are in oncology"; only where a pipeline is spoken of."""
    if not any(hit.kind == "measure" and hit.value == "pipeline" for hit in sentence.hits):
        return None
    match = _IN_AREA.match(sentence.text, one.end - sentence.start)
    if match is None or not any(
        hit.kind == "area" and 0 <= hit.start - sentence.start - match.end() <= 3 for hit in sentence.hits
    ):
        return None
    for entry in catalogue.entries.get("pipeline", ()):
        if entry.unit == "%":
            return Choice(
                entry.id,
                entry.id,
                "pipeline",
                None,
                score=0.8,
                rule="part in a therapeutic area",
                unit="%",
                at=one.start,
                form="share",
            )
    return None


_INTENSITY = re.compile(
    r"\bintensity\b|집약도|\bof (?:[a-z]+ ){0,2}(?:sales|revenues?|turnover)\b|\bto[- ]sales\b|매출|R&D (?:ratio|share)|연구개발비?\s?비[중율]|\bplough|\breinvest"
)
_RESEARCH = re.compile(r"\bR&D\b|\b[Rr]esearch\b|연구개발|연구비|R&D")
_SALES_AFTER = re.compile(
    r"[)]?[ ](?:of (?:(?:its|their|net|total|group|annual|the|company|our|full-year|product|consolidated)[ ]){0,3}(?:sales|revenues?|turnover)\b)"
)
_SALES_BEFORE = re.compile(
    r"매출(?:액)?\s?(?:의|대비|가운데|중)[^.,\d]{0,24}$|매출(?:액)?에서[^.,\d]{0,30}$|(?:sales|revenue)[^.,;\d]{0,30}\bratio[^.,;\d]{0,12}$"
)


def _rnd_to_sales(catalogue: Catalogue, sentence: Sentence, one: Found) -> Choice | None:
    """A percentage of sales that goes into research: the ratio of R&D to sales."""
    a, b = one.start - sentence.start, one.end - sentence.start
    if _SALES_AFTER.match(sentence.text, b) is None and _SALES_BEFORE.search(sentence.text[max(0, a - 50) : a]) is None:
        return None
    if not _RESEARCH.search(sentence.text[max(0, a - 90) : b + 70]):
        return None
    for entry in catalogue.entries.get("rnd", ()):
        if entry.unit == "%":
            return Choice(entry.id, entry.id, "rnd", None, score=0.85, rule="R&D as a share of sales", unit="%", at=one.start)
    return None


_OF_SALES = re.compile(r"매출(?:액)?의\s|\bof (?:its |net |total |group )?(?:sales|revenues?|turnover)\b")
_OF = re.compile(
    r"[ ]of[ ](?:(?:the|all|its|their|our|his|this|that|these|those|total|global|world's|national|annual)[ ]){0,3}(?P<noun>[A-Za-z'-]+)"
)


def _of_else(sentence: Sentence, one: Found) -> bool:
    """Whether an English percentage says what it is of, and that is nothing the catalogue measures."""
    if sentence.lang != "en":
        return False
    if (
        one.rule == "part of a whole"
        and (counted := re.match(r"[ ]([a-z]+s)\b(?! of)", sentence.text[one.end - sentence.start :])) is not None
    ):
        return not any(
            one.end <= hit.start <= one.end + len(counted[0]) and hit.kind == "measure" and hit.value not in _WEAK
            for hit in sentence.hits
        )
    match = _OF.match(sentence.text, one.end - sentence.start)
    if match is None or re.match(
        r"[ ]of[ ](?:[\w'-]+[ ]){0,3}?(?:total|it|market|all|world|sector|industry|whole|sum|everything)\b",
        sentence.text[one.end - sentence.start :],
    ):
        return False
    end = sentence.start + match.end() + 34
    stop = re.search(r"[,.;:]|\b(?:in|by|from|to|and|is|was|were|are|for|at)\b", sentence.text[match.end() : match.end() + 34])
    if stop is not None:
        end = sentence.start + match.end() + stop.start()
    return not any(
        one.end <= hit.start <= end
        and hit.kind in ("measure", "domain")
        and hit.value not in ("companies", "share", "plant")
        and not _in_name(sentence, hit)
        for hit in sentence.hits
    )


def _in_name(sentence: Sentence, hit: Hit) -> bool:
    return any(other.kind == "entity" and other.start <= hit.start and hit.end <= other.end for other in sentence.hits)


def growth_entry(catalogue: Catalogue, base: Choice) -> str | None:
    """An id of its own for the growth of a measure, where the catalogue has one."""
    own = f"{(base.base or '').partition('.')[0]}.growth"
    if own in catalogue.ids and base.concept is not None:
        for entry in catalogue.entries.get(base.concept, ()):
            if entry.id == own and entry.unit == "%":
                return own
    return None


def _point_sign(sentence: Sentence, one: Found, how: Shape) -> int:
    from salpi.evidence.claims.forms import direction

    return how.sign if how.form == "growth" else direction(sentence, one)


def _inherited(sentence: Sentence, memory: Memory, kind: str) -> Choice | None:
    kept = memory.by_class.get(kind)
    if kept is None or kept[0].id is None:
        return None
    choice, number = kept
    if choice.form == "change" and choice.id is not None:
        choice = replace(choice, id=choice.id.removesuffix(".change"), form="level", sign=1)
    if number == sentence.number or (
        number == sentence.number - 1
        and not sentence.bullet
        and not any(hit.kind in ("measure", "block") and hit.value not in ("share", "ranking") for hit in sentence.hits)
    ):
        return replace(choice, score=choice.score * 0.7, rule="carried: same measure as the number before")
    return None


def _base(catalogue: Catalogue, sentence: Sentence, one: Found, memory: Memory, title: list[Hit]) -> Choice | None:
    """The measure that a percentage or a multiple is taken of: in any unit."""
    best: Choice | None = None
    present = {
        entry.unit
        for hit in sentence.words
        if hit.kind in ("measure", "domain")
        for entry in catalogue.entries.get(hit.value, ())
    } | {hit.value.unit for hit in sentence.hits if hit.kind == "id"}
    blocked = any(hit.kind == "block" for hit in sentence.hits)
    for kind in ("money", "L", "count", "persons"):
        if kind not in present and not (blocked and kind == "money"):
            continue
        found = _direct(catalogue, sentence, one, kind, memory, title, None, loose=True)
        if kind in ("count", "persons", "time") and found.id is not None and (found.score < 0.72 or found.concept in _NO_BASE):
            continue
        if (found.id is not None and (best is None or best.id is None or found.score > best.score)) or (
            best is None and found.rule == "blocked"
        ):
            best = found
    if best is not None and best.id is not None:
        return best
    if best is not None and best.rule == "blocked":
        return best
    domains = [hit for hit in sentence.words if hit.kind == "domain" and hit.value not in _SETS_ASIDE]
    own = [hit for hit in sentence.words if hit.kind == "measure" and hit.value not in _WEAK]
    if domains and memory.concept is not None and not own and sentence.number - memory.sentence <= 8 and not sentence.bullet:
        nearest = min(
            domains,
            key=lambda hit: sentence.far(min(hit.end, one.start), max(one.start, hit.start)) + (3 if hit.start > one.end else 0),
        )
        for entry in catalogue.entries.get(memory.concept, ()):
            if entry.unit in ("money", "count") and entry.concepts == {memory.concept, nearest.value}:
                return Choice(
                    entry.id,
                    entry.id,
                    memory.concept,
                    nearest.value,
                    score=0.45,
                    rule="carried: last measure, domain named here",
                    unit=entry.unit,
                    at=nearest.start,
                )
    if sentence.bullet and memory.paragraph != sentence.paragraph:
        return None
    kept = [
        (number, choice)
        for choice, number in memory.by_class.values()
        if choice.base is not None and number >= sentence.number - 3
    ]
    if one.unit == "x":
        kept = [entry for entry in kept if entry[0] == sentence.number]
    if kept:
        number, choice = max(kept, key=lambda entry: (entry[0], entry[1].at))
        if number == sentence.number or not any(
            hit.kind in ("measure", "block") and hit.value not in ("share", "ranking") for hit in sentence.hits
        ):
            return replace(choice, score=choice.score * 0.7, rule="carried: measure of the number before")
    return None


def _multiple(catalogue: Catalogue, sentence: Sentence, one: Found, memory: Memory, title: list[Hit]) -> Choice:
    base = _base(catalogue, sentence, one, memory, title)
    if base is None or base.base is None:
        rated = _direct(catalogue, sentence, one, "%", memory, title, None, loose=True)
        if rated.id is None:
            return Choice(None, rule="no measure near")
        base = rated
    return replace(base, id=base.base, form="multiple")


def _direct(
    catalogue: Catalogue,
    sentence: Sentence,
    one: Found,
    kind: str,
    memory: Memory,
    title: list[Hit],
    how: Shape | None = None,
    *,
    loose: bool = False,
) -> Choice:
    """The nearest measure with an id in this kind of unit; a nearer measure that no id covers blocks it."""
    reach = _REACH.get(kind, REACH)
    best, best_cost, blocked = None, reach, reach
    if (
        not loose
        and kind not in ("%", "rank")
        and (kept := memory.by_class.get(kind))
        and kept[1] == sentence.number
        and kept[0].base
        and _comparand(sentence, one, kept[0], kind)
    ):
        return replace(
            kept[0], id=kept[0].base, form="level", sign=1, score=kept[0].score * 0.9, rule="set against the number before"
        )
    for hit in sentence.words:
        if (
            hit.kind == "domain"
            and hit.value == "total"
            and re.search(r"수출|exports", sentence.text[hit.start - sentence.start : hit.end - sentence.start])
            and kind in ("money", "%")
        ):
            blocked = min(blocked, _cost(sentence, one, hit, kind))  # all exports of a country: no id of ours
            continue
        if hit.kind == "block":
            gap = sentence.text[one.end - sentence.start : hit.start - sentence.start] if hit.start >= one.end else ""
            if gap and kind in ("count", "persons") and re.match(r"[^가-힣A-Za-z]*[,·;]", gap):
                continue  # of the next one in a row
            if gap and kind != "count" and sentence.lang == "en" and not re.match(r"[ -](?:of|in|for|on|worth of)\b|[ -]?$", gap):
                continue
            cost = (
                sentence.far(min(hit.end, one.start), max(one.start, hit.start))
                if kind == "count"
                else _cost(sentence, one, hit, kind)
            )
            if cost < blocked and _blocks(hit, kind):
                blocked = cost
            continue
        if hit.value == "round" and not _raises(sentence, one, hit):
            continue
        if (
            hit.value == "fund"
            and sentence.text[hit.start - sentence.start].isupper()
            and re.search(r"[A-Z][\w-]+[ ]$", sentence.text[: hit.start - sentence.start])
            and re.match(
                r"'s|[ ](?:will|said|says|plans?|unit|invested|put|has put)\b", sentence.text[hit.end - sentence.start :]
            )
            and sentence.lang == "en"
        ):
            continue  # a body's name
        if hit.kind == "id":
            entries: tuple[Entry, ...] = (hit.value,)
        elif hit.kind in ("measure", "domain"):
            entries = catalogue.entries.get(hit.value, ())
        else:
            continue
        fitting = [entry for entry in entries if entry.unit == kind]
        if kind == "rank" and hit.kind == "measure":
            fitting += [entry for entry in entries if entry.unit in ("money", "count") and hit.value not in _NO_RANK]
        if not fitting:
            if False:
                fitting = [entry for entry in entries if entry.unit in ("money", "count")]
            if not fitting:
                continue
        if how is not None and not _percent_fits(sentence, hit, how):
            continue
        cost = _cost(sentence, one, hit, kind) + _GENERIC.get(hit.value if hit.kind != "id" else "", 0.0)
        if (
            kind == "count"
            and hit.value == "partners"
            and hit.end <= one.start
            and re.search(
                r"\bwith (?:about |around |approximately |over |more than |some )?$", sentence.text[: one.start - sentence.start]
            )
        ):
            cost = -3.0
        if cost >= best_cost + 2.0:
            continue
        entry, extra, domain = _complete(sentence, one, hit, fitting, memory, title)
        if entry is None:
            if extra < 0 and cost < best_cost:  # a domain that no id covers: it is spoken of, and it is none of ours
                blocked = min(blocked, cost)
            continue
        cost += extra
        if cost < best_cost:
            best_cost = cost
            best = Choice(
                entry.id,
                entry.id,
                hit.value if isinstance(hit.value, str) else catalogue.anchors.get(entry.id),
                domain,
                score=max(0.05, 1.0 - best_cost / (REACH + 2)),
                rule="measure in the clause",
                unit=kind,
                at=hit.start,
            )
            if entry.unit != kind:
                best.id = f"{entry.id}.rank"
    if best is None and blocked >= 3.0:
        blocked = reach
    if best is None or blocked < best_cost:
        if blocked < (reach if kind != "%" else 3.5) and blocked < best_cost:
            return Choice(None, rule="blocked")
        if best is not None:
            return best
        if loose or kind == "%":
            return NOTHING
        kept = memory.by_class.get(kind)
        if any(hit.kind == "block" and hit.value not in _LIGHT and hit.end <= one.start for hit in sentence.hits) and not (
            kept is not None and kept[1] == sentence.number
        ):
            return NOTHING  # the sentence speaks of something else
        return _carried(catalogue, sentence, one, kind, memory) or _topic(catalogue, sentence, one, kind, memory) or NOTHING
    return best


_GENERIC = {
    "invest": 1.6,
    "employ": 1.2,
    "round": 1.8,
    "plant": 1.0,
    "orders": 0.2,
    "pledge": 2.2,
    "market": 0.4,
    "deal": 0.2,
    "budget": 0.3,
    "pipeline": 0.2,
}
"""Words so common that a more telling one nearby goes first."""
_NO_RANK = frozenset(
    {
        "companies",
        "plant",
        "clusters",
        "partners",
        "newjobs",
        "invest",
        "pledge",
        "budget",
        "deal",
        "fund",
        "round",
        "trials",
        "review",
    }
)
_NO_BASE = frozenset({"companies", "plant", "clusters", "partners", "newjobs", "review", "approvals"})
_WEAK = frozenset({"share", "ranking", "plant", "companies", "invest", "budget", "newjobs", "approvals", "review"})
_REACH = {"count": 4.5, "persons": 9.0, "rank": 9.0}
_COMPARED = re.compile(
    r"(?:\b(?:of which|of that|of this)[ ]|(?:이 중|이 가운데|그중)\s|\b(?:from|against|compared with|compared to|from (?:its |a |the )?(?:prior|previous|earlier) (?:guidance|forecast|target|estimate|outlook|range) of|versus|vs\.?|up from|down from|(?<!more )(?<!less )(?<!fewer )than|fm)[ ](?:the[ ])?(?:(?:about|around|just|only|nearly|roughly|over|a|an|some|earlier|previous|current)[ ]){0,3}|(?:19|20)\d\d년?\s?\(|(?:지난해|작년|전년|전년동기|전년 동기|같은 기간|a year earlier|the year before)\s?\(?)$",
    re.I,
)
_RAISED = re.compile(
    r"[ ](?:(?:a|an|about|some|up to|another|over|nearly|more than|total of|additional|combined|just|only|further|roughly)[ ]){0,3}$"
)


def _raises(sentence: Sentence, one: Found, hit: Hit) -> bool:
    """A round is named, or an amount is raised: "has raised $120 million", not "raised its forecast"."""
    a, b = hit.start - sentence.start, hit.end - sentence.start
    if sentence.text[a : a + 4].lower() != "rais":
        return True
    return hit.end <= one.start and _RAISED.match(sentence.text, b, one.start - sentence.start) is not None


def _comparand(sentence: Sentence, one: Found, kept: Choice, kind: str) -> bool:
    """Whether a number is what the one before it is compared with: it is of the same measure."""
    if one.rule == "counted noun":
        return False
    lead = max(0, one.start - sentence.start - 50)
    match = _COMPARED.search(sentence.text[lead : one.start - sentence.start])
    if match is None:
        return False
    cue = sentence.start + lead + match.start()
    if match[0].lower().startswith(("of", "이", "그")):
        stop = min((other.start for other in sentence.found if other.start > one.start), default=sentence.end)
        if any(
            one.end <= hit.start < stop and hit.kind in ("measure", "block") and hit.value not in _WEAK for hit in sentence.hits
        ):
            return False
    previous = max(
        (other.end for other in sentence.found if other.end <= one.start and unit_class(other.unit or "") == kind), default=-1
    )
    return previous >= 0 and not any(
        cue <= hit.start < one.start and hit.kind == "measure" and hit.value not in _WEAK for hit in sentence.hits
    )


def _only(catalogue: Catalogue, kind: str) -> Entry | None:
    """The entry of a kind of unit that only one measure has."""
    if kind not in ("L",):
        return None
    entries = [entry for entries in catalogue.entries.values() for entry in entries if entry.unit == kind]
    ids = {entry.id for entry in entries}
    return min(entries, key=lambda entry: len(entry.concepts)) if len(ids) == 1 else None


_LIGHT = frozenset({"certified", "response", "cost", "survey", "attendance", "agency", "patents", "beds", "cuts", "listed"})


def _blocks(hit: Hit, kind: str) -> bool:
    if hit.value == "dependence":
        return kind in ("%", "x")
    if hit.value in _LIGHT:
        return kind in ("count", "persons") or hit.value in ("cost", "response")
    return kind in ("money", "%", "persons", "time", "x")


def _percent_fits(sentence: Sentence, hit: Hit, how: Shape) -> bool:
    """Which percentages a measure has of its own: rates and credits always, shares of trials where a share is spoken of."""
    if hit.kind == "id":
        return True
    if hit.value in ("localisation", "utilisation", "taxcredit"):
        return how.form != "growth" or how.rule in ("by",) or hit.value == "taxcredit"
    if hit.value == "invest":
        return False
    return how.form == "share" or (hit.value == "rnd" and how.form == "level")


def _without_hits(sentence: Sentence, start: int, end: int) -> str:
    """The text between two places without its known words."""
    out = sentence.text[start - sentence.start : end - sentence.start]
    for hit in reversed(sentence.hits):
        if hit.kind in ("measure", "domain") and start <= hit.start and hit.end <= end:
            out = out[: hit.start - start] + out[hit.end - start :]
    return out


_LABEL_GAP = re.compile(
    r"(?:된|받은|한|난|얻은|획득한)?(?:\s?(?:수|들|급|건수|품목|허가|승인)?\s?(?:은|는|이|가|의|을|를|도|만|에서|중|가운데|:|：|\||-)?\s?(?:모두|총|약|현재|지금까지|무려|이미|올해|지난해|전국|국내|\d{4}년|기준|들이?|곳은|수는|건수는|,|\(|누적|연간)?\s?){0,4}$"
)


def _cost(sentence: Sentence, one: Found, hit: Hit, kind: str) -> float:
    """How far a word is from being what the number is of."""
    if one.rule == "table cell":
        return 0.25 * sentence.far(hit.end, one.start)
    if hit.end <= one.start:
        cost = sentence.far(hit.end, one.start)
        if kind == "count" and sentence.lang == "ko" and not _LABEL_GAP.match(_without_hits(sentence, hit.end, one.start)):
            cost += 4.5
        if (
            kind == "money"
            and sentence.lang == "ko"
            and sentence.text[hit.end - sentence.start : hit.end - sentence.start + 1] == "의"
            and any(other is not one and other.unit == "%" and 0 < other.start - hit.end < 5 for other in sentence.found)
        ):
            cost += 4.0  # 매출의 12%인 …: the whole of a share
        if kind == "count" and sentence.lang == "en":
            return cost + 3.5 if one.counted else cost + 1.0
        return cost
    if hit.start < one.end:
        return 0.0
    far = sentence.far(one.end, hit.start)
    if (
        ")" in sentence.text[one.end - sentence.start : hit.start - sentence.start]
        and "(" not in sentence.text[one.end - sentence.start : hit.start - sentence.start]
    ):
        far += 4.0
    if kind == "count":
        if one.counted and hit.start < one.counted + 2:
            return -2.0 + far * 0.1
        return far + (0.3 if linked_after(sentence, one, hit) and far < 4 else 5.0)
    if kind in ("persons", "time", "rank", "L"):
        return far + (0.4 if kind == "persons" and one.counted and hit.start <= one.counted + 1 else 1.2 if far < 3 else 2.5)
    if sentence.lang == "ko" and (
        hit.start - one.end <= 1 or (hit.start - one.end <= 2 and sentence.text[one.end - sentence.start] in "을를")
    ):
        return 0.4
    if sentence.lang == "ko" and re.search(
        r"[고며],?\s|,\s", sentence.text[one.end - sentence.start : hit.start - sentence.start]
    ):
        return far + 9.0
    if linked_after(sentence, one, hit):
        return far * 0.6 + (0.3 if sentence.lang == "en" else 1.4)
    return far + (6.0 if sentence.lang == "en" else 4.0)


def _complete(
    sentence: Sentence, one: Found, hit: Hit, entries: list[Entry], memory: Memory, title: list[Hit]
) -> tuple[Entry | None, float, str | None]:
    """The entry whose other concepts are there too, the cost of the farthest, and the domain; (None, -1) where another domain is."""
    if hit.kind == "id":
        return entries[0], -0.5, None
    around = {other.value for other in sentence.words if other.kind != "id"}
    alone = [entry for entry in entries if entry.concepts == {hit.value}]
    pairs = [entry for entry in entries if len(entry.concepts) > 1]
    if hit.value in ("approvals", "biosimilar") and "approvals" in around and "fda" not in around and _american(sentence):
        around.add("fda")
    for entry in pairs:
        missing = entry.concepts - around - {hit.value}
        if missing and missing <= {"biosimilar", "approvals"} and "fda" in entry.concepts and "fda" in around:
            spoken = {other.value for other in memory.topics} if sentence.number - memory.spoken <= 2 else set()
            spoken |= {memory.domain, memory.concept} if sentence.number - memory.sentence <= 2 else set()
            if missing <= (spoken | {other.value for other in title}) and not around & {"newdrug", "celltherapy", "genetherapy"}:
                return entry, 0.4, None
    if not pairs:
        return (alone[0], 0.0, None) if alone else (None, 0.0, None)
    domain = _domain(sentence, one, hit)
    rival = _adjacent_measure(sentence, hit, pairs)
    if rival is not None:
        return rival, -0.4, None
    if domain == "bioindustry" and not _beside(sentence, hit, domain):
        domain = "bio"  # "the sector's exports": the industry is spoken of, not its statistics
    if domain is not None:
        for entry in sorted(pairs, key=lambda entry: -len(entry.concepts)):
            if domain in entry.concepts and entry.concepts <= around | {hit.value, domain}:
                return entry, -0.3, domain
        if alone and domain not in ("total", "destination"):
            return alone[0], 0.0, domain
        if hit.value == "approvals" and domain in _GOODS and hit.kind == "measure" and entries[0].unit == "count":
            return None, -1.0, domain  # approvals of goods that no id counts
        measured = [entry for entry in pairs if entry.concepts - {hit.value} <= around]
        if measured:
            return max(measured, key=lambda entry: len(entry.concepts)), 0.3, None
        if domain in ("total", "destination"):
            return None, -1.0, domain
    measured = [
        entry
        for entry in pairs
        if entry.concepts - {hit.value} <= around and _reachable(sentence, one, entry, hit) and _together(sentence, entry, hit)
    ]
    if measured:
        return max(measured, key=lambda entry: len(entry.concepts)), -0.3, domain
    if alone:
        return alone[0], 0.0, domain
    if domain is None:
        recent = (
            [hit.value for hit in reversed(memory.topics) if hit.kind == "domain"] if sentence.number - memory.spoken <= 2 else []
        )
        heads = _title_domains(title)
        for known in (*recent, memory.domain, *(heads if len(set(heads)) == 1 else ())):
            for entry in pairs:
                if known is not None and entry.concepts == {hit.value, known}:
                    return entry, 1.5, known
    return None, 0.0, domain


def _american(sentence: Sentence) -> bool:
    """Whether approvals are given in the United States, whose agency they are by then."""
    for hit in sentence.names:
        if hit.value.name == "United States" and hit.value.kind == "country":
            after = sentence.text[hit.end - sentence.start : hit.end - sentence.start + 14]
            before = sentence.text[max(0, hit.start - sentence.start - 10) : hit.start - sentence.start]
            if re.match(r"에서|서\s|\s?(?:허가|승인|시판)| (?:approv|licen|market|regulator)", after) or re.search(
                r"\bin (?:the )?$", before
            ):
                return True
    return False


_GOODS = frozenset({"biosimilar", "meddevice", "vaccine", "pharma", "diagnostics", "biopharma"})


def _together(sentence: Sentence, entry: Entry, hit: Hit) -> bool:
    """Whether a measure that completes another stands close to it: "임상시험 참여자", "patients in the trial"."""
    reach = 24 if sentence.lang == "ko" else 70
    return all(
        any(
            other.value == concept and (other.kind != "measure" or abs(other.start - hit.start) <= reach)
            for other in sentence.hits
        )
        for concept in entry.concepts - {hit.value}
    )


def _reachable(sentence: Sentence, one: Found, entry: Entry, hit: Hit) -> bool:
    """Whether the other concepts of a set stand with this number, and not with the next one of its kind."""
    following = min(
        (other.start for other in sentence.found if other.start > one.start and other.unit == one.unit), default=sentence.end
    )
    return all(
        any(other.value == concept and other.start < following for other in sentence.hits)
        for concept in entry.concepts - {hit.value}
    )


def _beside(sentence: Sentence, hit: Hit, domain: str) -> bool:
    for other in sentence.hits:
        if other.kind == "domain" and other.value == domain:
            gap = sentence.text[min(hit.end, other.end) - sentence.start : max(hit.start, other.start) - sentence.start]
            if len(gap) <= 16 and not re.search(r"[,.;]", gap):
                return True
    return False


def _adjacent_measure(sentence: Sentence, hit: Hit, pairs: list[Entry]) -> Entry | None:
    """An entry whose other concept is a measure that stands right before this one: "임상시험 심사", "plant investment"."""
    for entry in pairs:
        others = entry.concepts - {hit.value}
        if len(others) != 1:
            continue
        (other,) = others
        for near in sentence.hits:
            if (
                near.kind == "measure"
                and near.value == other
                and 0 <= hit.start - near.end <= (6 if sentence.lang == "ko" else 12)
            ):
                return entry
    return None


def _title_domains(title: list[Hit]) -> list[str]:
    return [hit.value for hit in title if hit.kind == "domain"]


_SETS_ASIDE = frozenset({"city", "fda", "cdmo"})


def _domain(sentence: Sentence, one: Found, hit: Hit) -> str | None:
    """Of what: the domain word that belongs to the measure, or stands nearest to the number."""
    best, found = 9.0, None
    korean = sentence.lang == "ko"
    for other in sentence.words:
        if other.kind != "domain" or other.value in _SETS_ASIDE:
            continue
        if re.search(
            r"(?:including|such as|like|excluding|except)[ ]$",
            sentence.text[max(0, other.start - sentence.start - 12) : other.start - sentence.start],
        ):
            continue
        if other.start >= one.end and (
            sentence.far(one.end, other.start) > 2.6
            or (sentence.starts and any(one.end <= start < other.start for start in sentence.starts))
        ):
            continue
        if (
            hit.end <= other.start
            and other.end <= one.start
            and (sentence.far(hit.end, other.start) - (other.start - hit.end) / (14.0 if not korean else 7.0)) >= 0.65
        ):
            found, best = other.value, min(best, 0.02)  # named anew after the measure: it goes over to this one
            continue
        if other.end <= hit.start:
            cost = (hit.start - other.end) / (16.0 if not korean else 6.0)
            if cost > 1.6:
                cost += 1.0
        else:
            gap = sentence.text[hit.end - sentence.start : other.start - sentence.start]
            of = gap.lstrip().startswith(("of ", "in ", "for ")) and len(gap) < 40 and "," not in gap
            cost = 0.4 + len(gap) / 40.0 if of else 2.2 + (other.start - hit.end) / 25.0
        near = sentence.far(other.end, one.start) if other.end <= one.start else sentence.far(one.end, other.start) + 1.5
        cost = min(cost, 1.3 + near * 0.6)
        if other.value == "total" and other.end <= hit.start and hit.start - other.end < 20:
            cost = -0.1
        if cost < best:
            best, found = cost, other.value
    return found


def _carried(catalogue: Catalogue, sentence: Sentence, one: Found, kind: str, memory: Memory) -> Choice | None:
    """No measure in reach: the one of the number before, in the same kind of unit; or the last measure with a domain named here."""
    kept = memory.by_class.get(kind)
    if kind == "rank" and memory.concept is not None and memory.sentence == sentence.number:
        for entry in catalogue.entries.get(memory.concept, ()):
            if entry.unit == "rank" and entry.concepts == {memory.concept}:
                return Choice(
                    entry.id,
                    entry.id,
                    memory.concept,
                    None,
                    score=0.5,
                    rule="carried: place in what was spoken of",
                    unit=kind,
                    at=one.start,
                )
    if kind == "rank":
        spoken = [
            (number, choice)
            for unit, (choice, number) in memory.by_class.items()
            if unit in ("money", "count", "L")
            and choice.base is not None
            and number == sentence.number
            and choice.concept not in _NO_RANK
        ]
        if spoken and not any(hit.kind == "measure" and hit.value in ("power",) for hit in sentence.hits):
            choice = max(spoken, key=lambda entry: entry[1].at)[1]
            return replace(
                choice, id=f"{choice.base}.rank", score=0.5, rule="place in what was counted", form="level", sign=1, unit=kind
            )
    domains = [hit for hit in sentence.words if hit.kind == "domain" and hit.value not in _SETS_ASIDE]
    own = [
        hit
        for hit in sentence.hits
        if hit.kind == "measure" and hit.value not in _WEAK and not (hit.value == "market" and not domains)
    ]
    if memory.concept is not None and domains and sentence.number - memory.sentence <= (8 if not own else 2):
        nearest = min(
            domains,
            key=lambda hit: sentence.far(min(hit.end, one.start), max(one.start, hit.start)) + (3 if hit.start > one.end else 0),
        )
        for entry in catalogue.entries.get(memory.concept, ()):
            if (
                entry.unit == kind
                and entry.concepts == {memory.concept, nearest.value}
                and not (own and kept and kept[1] == sentence.number)
            ):
                return Choice(
                    entry.id,
                    entry.id,
                    memory.concept,
                    nearest.value,
                    score=0.45,
                    rule="carried: last measure, domain named here",
                    unit=kind,
                    at=nearest.start,
                )
    only = _only(catalogue, kind)
    if only is not None:
        return Choice(
            only.id,
            only.id,
            next(iter(only.concepts)),
            None,
            score=0.5,
            rule="the only measure in this unit",
            unit=kind,
            at=one.start,
        )
    if kept is None or kept[0].id is None or one.counted:
        return None
    choice, number = kept
    if (choice.base or "").endswith(".year"):
        choice = replace(choice, base=(choice.base or "").removesuffix(".year"))
    if number == sentence.number and not _other_noun(sentence, one):
        return replace(choice, id=choice.base, score=choice.score * 0.75, rule="carried: same sentence", form="level", sign=1)
    if (
        number >= sentence.number - 1
        and not own
        and memory.paragraph >= sentence.paragraph - 1
        and (not sentence.bullet or memory.paragraph == sentence.paragraph)
    ):
        return replace(choice, id=choice.base, score=choice.score * 0.5, rule="carried: sentence before", form="level", sign=1)
    return None


def _topic(catalogue: Catalogue, sentence: Sentence, one: Found, kind: str, memory: Memory) -> Choice | None:
    """The measure of the sentence before, or of the heading, where this one names none: an answer to a question."""
    if (
        kind == "count"
        and sentence.lang == "ko"
        and re.search(r"[가-힣]{2,}\s$", sentence.text[: one.start - sentence.start])
        and not re.search(
            r"(?:모두|총|건수로는|는|은|이|가|약|만|도|해|까지|부터|에서|으로|로)\s$", sentence.text[: one.start - sentence.start]
        )
    ):
        return None
    if (
        one.rule == "counted noun"
        or sentence.text[one.end - sentence.start :].startswith(" of ")
        or sentence.bullet
        or any(
            hit.kind in ("measure", "block") and hit.value not in ("share", "ranking", "review", "approvals")
            for hit in sentence.hits
        )
    ):
        return None
    if kind == "rank" and memory.concept is not None and sentence.number - memory.sentence <= 1:
        for entry in catalogue.entries.get(memory.concept, ()):
            if entry.unit == "rank" and entry.concepts == {memory.concept}:
                return Choice(
                    entry.id,
                    entry.id,
                    memory.concept,
                    None,
                    score=0.45,
                    rule="carried: place in what was spoken of",
                    unit=kind,
                    at=one.start,
                )
    if sentence.number - memory.spoken > 2:
        return None
    domains = {hit.value for hit in (*memory.topics, *sentence.hits) if hit.kind == "domain"}
    for hit in reversed(memory.topics):
        if kind == "count" and hit.value in ("companies", "plant"):
            continue  # a bare count after them is of something else
        for entry in catalogue.entries.get(hit.value, ()) if hit.kind == "measure" else ():
            if entry.unit == kind and entry.concepts <= {hit.value, *domains}:
                return Choice(
                    entry.id,
                    entry.id,
                    hit.value,
                    next(iter(entry.concepts - {hit.value}), None),
                    score=0.35,
                    rule="carried: what the sentence before asks",
                    unit=kind,
                    at=one.start,
                )
    return None


def _other_noun(sentence: Sentence, one: Found) -> bool:
    """Whether the number counts something else than the number before did."""
    return bool(one.counted and one.unit in ("count", "persons") and one.rule == "counted noun")
