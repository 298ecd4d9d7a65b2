"""Whether a number happened, is aimed at, is expected, or is money and capacity put on the table: by mood, tense and speaker."""

from __future__ import annotations

import re
from dataclasses import dataclass

from salpi.evidence.claims.indicators import Choice
from salpi.evidence.claims.page import Page, Sentence
from salpi.evidence.claims.timing import Timing, is_future
from salpi.evidence.quantities.scan import Found
from salpi.evidence.record import ClaimStatus


@dataclass(slots=True)
class Standing:
    """A status with the rule that chose it."""

    status: ClaimStatus
    rule: str
    score: float = 0.7


_ALWAYS = frozenset({"deal.value", "deal.upfront"})
_TABLED = frozenset({"tradefinance", "fund", "budget", "capex", "pledge"})
"""Measures of money that is put on the table before it is spent."""
_PLANNED = re.compile(
    r"\b(?:will|would|to be|plans?|planned|aims?|target(?:s|ed|ing)?|goal|wants?|hopes?|expects?|pledg\w+|vow\w*|propos\w+|is to|are to|intends?|seeks?|promis\w+)\b|목표|계획|방침|예정|기로|한다는|하겠|(?:[가-힣](?:ㄴ다|인다|린다|한다|친다|운다|든다|간다|선다|른다|긴다|춘다|쓴다|든다|는다))(?=[\s.\"”']|$)",
    re.I,
)
_DONE_KOREAN = re.compile(
    r"(?:했|였|었|았|렸|됐|났|왔|갔|졌|쳤|냈|섰|켰|랐|뒀|뤘|봤|썼|웠)(?:다|으며|고|지만|는데|던|습니다|음)|(?:한|된|인|던)\s*것으로\s*(?:나타났|집계|조사)|기록한|달한|이다[.\"”]?$|이다[.\"”]"
)
_PLAN_KOREAN = re.compile(
    r"(?:인다|린다|한다|친다|운다|든다|간다|선다|긴다|춘다|쓴다|는다|긴다|온다|룬다|뛴다|진다|된다|핀다|넓힌다|높인다)(?=[.\s\"”'(]|$)|(?:기로|겠다|계획|방침|예정|목표|추진|구상)"
)
_WILL_KOREAN = re.compile(
    r"(?:늘린|줄인|높인|키운|만든|짓는|뽑는|보낸|낮춘|앞당긴|투자한|투입한|지원한|조성한|양성한|육성한|확보한|확대한|추진한|달성한|쓴|들인|채용한|구축한|단축한|공급한|선보인|배출한|유치한|올린|끌어올린|길러\s?낸|신설한|파견한|선발한)다(?=[.\s\"”'고는]|$)|(?:기로\s?했다|겠다고|계획이다|방침이다|예정이다|목표다|목표로)"
)
_FORECAST_NEAR = re.compile(r"(?:전망|예상|예측|추정|기대|가이던스|관측|컨센서스|내다|것으로\s(?:보|본)|보고\s있|본다)")
_ESTIMATE = re.compile(r"(?:\d[QH](?:\d\d)?E|\dE|FY\d\dE|(?:20)?\d\dE)(?![A-Za-z])")
_FORESEEN_KOREAN = re.compile(
    r"[)]?[^.\d]{0,24}?(?:것으로|거라고|것이라고|리라고)\s?(?:내다|전망|예상|예측|관측|기대|추정|점쳐|점쳤|보고\s있|보인다|봤다|본다)"
)
_SETS_OUT = re.compile(
    r"\b(?:proposes?|proposed|seeks?|vows?|wants?|intends?|pledges?|promises?|hopes?|undertakes?) to (?:[a-z]+ly )?(?:cut|raise|lift|shorten|reduce|increase|halve|double|triple|bring|lower|grow|expand|boost|train|send|create|speed|trim|slash|push|drive|get|reach|hit|achieve|build|double)\b[^.;]*$",
    re.I,
)
_WAS_TO = re.compile(
    r"\b(?:(?:was|were) (?:supposed |meant |due |planned |intended )?to (?:have |be |reach|hit)|had (?:aimed|planned|hoped|promised|targeted|pledged|wanted|set out|been due)|originally (?:aimed|planned|targeted|promised)|(?:earlier|previous|original|old) (?:plan|target|goal|strategy) (?:foresaw|was|of|had|called for))\b[^.;,]{0,50}$",
    re.I,
)
_WAS_TO_KOREAN = re.compile(r"^[)]?\s?(?:\S{1,8}\s){0,2}(?:목표였|목표했|목표로 했|계획이었|하려 했|하려던|예정이었)")
_USED_TO = re.compile(r"\bused to (?:[a-z]+[ ])?(?:about |around |some )?$")
_AIMED_MARKET = re.compile(r"\b(?:target|goal|aims?|plans?|wants?|strategy|government)\b|목표|정부|계획", re.I)
_IN_LAW = re.compile(
    r"\b(?:takes? effect|taking effect|(?:comes?|enters?) into (?:force|effect)|new (?:rules?|law|regulation)|bill|draft (?:law|rules?|regulation)|Law [\d,]+ (?:changes|sets|caps)|amend(?:ed|ment)|will be (?:capped|limited))\b|개정안|시행(?:될|한다|예정|을 앞)|국회를?\s(?:본회의를?\s)?통과|입법예고"
)
_IN_FORCE = re.compile(r"\b(?:took effect|came into force|since|already in force|used to be)\b|시행(?:됐|된|중|되고|했)")
_PLEDGED = re.compile(
    r"\b(?:will|'ll|would|to|plans? to|pledged to|set to|agreed to|intends? to|going to) (?:put|invest|spend|pour|commit|inject|plough|channel|provide|make available)\b|\b(?:pledge[ds]?|committed|earmarked|set aside|promised)\b",
    re.I,
)
_OF_THE_NEXT = re.compile(r"(?:치|액)?(?:인\s|는\s|\s)?\(?\s?(?:약\s)?[$€]?\d")
_LASTING_KOREAN = re.compile(r"(?:[한킨인린친운든간선긴춘쓴온룬뛴진핀낸긴룬운]|[가-힣]는)다[.\"”]?\s*$")
_ESTIMATED = re.compile(r"\d[EF]$")
_NOMINAL = re.compile(
    r"[)]?\s?(?:을|를|의|로|으로|까지)?\s?(?:\S{1,14}\s){0,4}?(?:양성|배출|파견|확대|육성|신설|조성|지원|구축|확보|달성|선발|단축|추진)(?:$|[\s.,·)])"
)
_TOOK_PART = re.compile(r"[)]?\s?(?:이|가)?\s?(?:참여|수료|등록|완료|이수)")
_BASELINE = re.compile(
    r"(?:\b(?:from|against|compared with|compared to|versus|vs\.?|(?<!more )(?<!less )(?<!fewer )than|up from|down from)[ ](?:the[ ])?(?:(?:about|around|just|only|nearly|current|roughly|over|a|some|previous|today's)[ ]){0,3})$",
    re.I,
)
_FROM_KOREAN = re.compile(r"[)]?\s?(?:에서\s(?!열)|이던|이었던|걸리던|걸리는|이\s?걸|에\s?비해|대비|보다)")


def resolve(
    page: Page, sentence: Sentence, one: Found, choice: Choice, timing: Timing, revised: bool, paired: bool = False
) -> Standing:
    """The status of a quantity."""
    base = choice.base or ""
    if base in _ALWAYS and choice.form in ("level", "change", "multiple"):
        return Standing("announced", "deals are announced by convention", 0.9)
    marked = timing.mention
    if marked is not None and _ESTIMATED.search(sentence.text[marked.start - sentence.start : marked.end - sentence.start]):
        return Standing("forecast", "a year marked as estimate", 0.8)
    if timing.standing is not None:
        return Standing(timing.standing, "beside the number before", 0.4)
    text, start = sentence.text, sentence.start
    before, after = text[max(0, one.start - start - 70) : one.start - start], text[one.end - start : one.end - start + 60]
    past = timing.period is not None and not is_future(page, timing.period) and timing.period[:4].isdigit()
    older = past and page.anchor.this_year is not None and int(timing.period.rpartition("/")[2][:4]) < page.anchor.this_year  # type: ignore[union-attr]
    versus = (
        paired
        or re.search(r"(?:against|compared (?:with|to)|versus|vs\.?|than|(?:up|down) from)[ ][^.;]{0,30}$", before, re.I)
        is not None
    )
    from_value = (
        not revised
        and versus
        and (_BASELINE.search(before) is not None or (sentence.lang == "ko" and _FROM_KOREAN.match(after) is not None))
    )
    if sentence.lang == "ko" and not older and _FORESEEN_KOREAN.match(after):
        return Standing("forecast", "foreseen", 0.8)
    if _WAS_TO.search(before) or (sentence.lang == "ko" and _WAS_TO_KOREAN.search(text[one.end - start :][:40])):
        return Standing("target", "an aim of the past", 0.7)
    if _USED_TO.search(before[-40:]):
        return Standing("actual", "what used to be", 0.7)
    cues = _cues(sentence, one)
    forecast, target, announced = cues["forecast"], cues["target"], cues["announced"]
    if sentence.lang == "ko" and re.match(r"[)]?\s?(?:이?\s?던|이었|였)", after):
        return Standing("actual", "what used to be", 0.8)
    if (
        sentence.lang == "ko"
        and (
            re.match(r"[)]?\s?(?:\S{1,4}\s)?(?:목표|고지를 노)", after)
            or re.search(r"목표(?:치|액)?(?:는|를|인|로|\()?\s?\(?$", before)
        )
        and not re.search(r"목표(?:치|액)?(?:를|보다)\s?(?:넘|초과|웃)", after)
    ):
        return Standing("target", "called a target", 0.85)
    if (
        sentence.lang == "ko"
        and not _FORECAST_NEAR.search(after)
        and re.match(r"[)]?\s?(?:에도?\s?(?:못\s?미|미치지)|에\s?(?:불과|그치|그쳤|머물|머무|지나지)|밖에)", after)
    ):
        return Standing("actual", "no more than that", 0.8)
    if from_value and not (timing.by or is_future(page, timing.period)):
        return Standing("actual", "the level it comes from", 0.75)
    if timing.period is not None and older and not timing.by and forecast > 3.5:
        return Standing("actual", "a period that is over", 0.8)
    if _ESTIMATE.search(before[-30:]) or re.match(r"E(?![A-Za-z])", after):
        return Standing("forecast", "marked as estimate", 0.8)
    tabled = (choice.concept in _TABLED or base == "capex") and choice.form in ("level", "change", "growth", "multiple")
    future = is_future(page, timing.period) and not (timing.mention is not None and timing.mention.todate)
    if tabled and timing.rule == "said to be now":
        return Standing("actual", "said to be so now", 0.6)
    if tabled or (future and choice.concept in _TABLED and choice.form == "share"):
        return _tabled(sentence, choice, one, older, forecast, announced, target, cues["past"])
    if choice.concept == "newjobs" and choice.form == "level":
        done = (
            (
                sentence.lang == "ko"
                and _DONE_KOREAN.search(text[one.end - start :])
                and not _PLAN_KOREAN.search(text[one.end - start :])
            )
            or older
            or re.search(r"\b(?:created|added|hired|recruited)\b", before[-40:])
        )
        if not done:
            return Standing("forecast" if forecast < min(target, 3.0) else "target", "jobs that are to come", 0.6)
    if sentence.lang == "ko" and choice.form != "growth" and not older and _WILL_KOREAN.search(text[one.end - start :]):
        done = _DONE_KOREAN.search(text[one.end - start :])
        if done is None or _WILL_KOREAN.search(text[one.end - start :]).start() < done.start():  # type: ignore[union-attr]
            if tabled:
                return Standing("announced", "money put on the table", 0.7)
            if not _FORECAST_NEAR.search(text[one.end - start :]) and timing.rule != "said to be now":
                return Standing("target", "what the actor says it does next", 0.7)
    if (
        choice.concept == "invest"
        and choice.form in ("level", "change")
        and not older
        and _PLEDGED.search(text, 0, max(0, one.end - start))
    ):
        return Standing("announced", "investment put on the table", 0.6)
    if choice.concept == "invest" and choice.form in ("level", "change"):
        if target < 7 and target < forecast and (future or target < 4 or timing.by):
            return Standing("target" if base != "capex" else "announced", "an aim to invest", 0.6)
        if forecast < 5:
            return Standing("forecast", "expected", 0.6)
        if base == "capex" and not (older or cues["past"] < 5):
            return Standing("announced", "investment put on the table", 0.6)
        return Standing("actual", "invested", 0.6)
    if choice.form == "change" and choice.concept == "capacity":
        return Standing("announced" if future or announced < 9 or not past else "actual", "capacity being added", 0.6)
    if choice.concept == "capacity" and announced < min(target, forecast, 3.0):
        return Standing("announced", "capacity being built", 0.6)
    if base.startswith("market.") and not past and (forecast < 9 or target < 9 or future) and not _AIMED_MARKET.search(text):
        return Standing("forecast", "a market is no one's to deliver", 0.6)
    if (
        choice.concept in ("review", "reimbursement", "taxcredit")
        and not from_value
        and _IN_LAW.search(text)
        and not _IN_FORCE.search(text)
    ):
        return Standing("announced", "a rule not yet in force", 0.6)
    if (
        choice.concept == "capacity"
        and sentence.lang == "ko"
        and re.match(
            r"[)]?\s?(?:로|으로|까지)\s(?:\S{1,6}\s)?(?:확대|증설|확충|증가|늘릴|늘린다|늘어난다)(?!했|됐|한\s|된)", after
        )
    ):
        return Standing("announced", "capacity being added", 0.6)
    if (
        sentence.lang == "en"
        and not past
        and not from_value
        and _SETS_OUT.search(text[max(0, one.start - start - 170) : one.start - start])
        and choice.id is not None
    ):
        return Standing("target", "what the actor sets out to do", 0.6)
    if forecast < 9 or target < 9:
        if forecast <= target and forecast < 7:
            return Standing("forecast", "word of expectation", 0.7)
        if target < 7 and (future or not older):
            if _present(sentence, one, timing, future):
                return Standing("actual", "said to be so now", 0.5)
            return Standing("target", "word of aim", 0.7)
    if timing.rule == "aim of the heading":
        return Standing("target", "under a heading of aims", 0.6)
    if future and timing.period is not None and (timing.by or _after_this_year(page, timing.period)):
        aimed = timing.by or choice.unit in ("L", "count", "persons", "rank", "time")
        return Standing("target" if choice.id is not None and aimed else "forecast", "a period yet to come", 0.5)
    if (
        sentence.heading
        and choice.form in ("level", "multiple")
        and not older
        and not _DONE_KOREAN.search(text[one.end - start :])
        and (timing.by or choice.concept in ("train", "send", "newjobs") or _NOMINAL.match(after))
        and not _TOOK_PART.match(after)
    ):
        return Standing("target", "under a heading of aims", 0.5)
    if sentence.lang == "ko" and choice.concept in ("train", "send", "newjobs") and choice.form == "level" and not older:
        rest = text[one.end - start :]
        if _LASTING_KOREAN.search(rest) and not _DONE_KOREAN.search(rest):
            return Standing("target", "what the actor says it does", 0.5)
    if choice.concept == "review" or choice.concept == "reimbursement":
        rest = text[one.end - start :]
        done, plan = _DONE_KOREAN.search(rest), _PLAN_KOREAN.search(rest)
        if (
            sentence.lang == "ko"
            and re.match(r"[)]?\s?(?:로|으로|까지|이내)", after)
            and plan
            and (done is None or plan.start() < done.start())
        ):
            return Standing("target", "to be brought to", 0.6)
    return Standing("actual", "told as fact", 0.6)


def _after_this_year(page: Page, period: str) -> bool:
    """Whether a period lies in a later year, or in a part of this one that is named."""
    now = page.anchor.this_year
    return now is None or len(period) > 4 or int(period.rpartition("/")[2][:4]) > now


def _present(sentence: Sentence, one: Found, timing: Timing, future: bool) -> bool:
    if future:
        return False
    if timing.rule == "said to be now":
        return True
    return (
        timing.period is not None
        and not timing.by
        and sentence.lang == "ko"
        and _DONE_KOREAN.search(sentence.text[one.end - sentence.start : one.end - sentence.start + 24]) is not None
    )


def _tabled(
    sentence: Sentence, choice: Choice, one: Found, older: bool, forecast: float, announced: float, target: float, past: float
) -> Standing:
    if older and announced > 3:
        return Standing("actual", "money of a period that is over", 0.6)
    if forecast < 3:
        return Standing("forecast", "expected", 0.5)
    if choice.concept in ("capex", "invest") and past < 4 and min(announced, target) > 6:
        return Standing("actual", "spent", 0.5)
    return Standing("announced", "money put on the table", 0.7)


def _cues(sentence: Sentence, one: Found) -> dict[str, float]:
    """How near the nearest word of each mood is; Korean verbs stand after the number, English ones mostly before."""
    costs = {"forecast": 99.0, "target": 99.0, "announced": 99.0, "past": 99.0}
    korean = sentence.lang == "ko"
    for hit in sentence.cues:
        if hit.value not in costs:
            continue
        if korean and hit.start >= one.end and _OF_THE_NEXT.match(sentence.text, hit.end - sentence.start):
            continue  # "연간 목표(170억 달러)": said of that number
        if hit.end <= one.start:
            cost = sentence.far(hit.end, one.start) * 0.8 + (0.8 if korean else 0.0)
        else:
            far = sentence.far(one.end, hit.start)
            if not korean and re.fullmatch(r" of an? ", sentence.text[one.end - sentence.start : hit.start - sentence.start]):
                continue
            if (
                not korean
                and (
                    far > 1.3 or re.search(r"[,;(]|\band\b", sentence.text[one.end - sentence.start : hit.start - sentence.start])
                )
            ) or (korean and far > 8):
                continue
            cost = far * (0.7 if korean else 1.0) + (0.0 if korean else 1.0)
        if cost < costs[hit.value]:
            costs[hit.value] = cost
    return costs
