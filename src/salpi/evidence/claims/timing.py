"""The period that a number refers to."""

from __future__ import annotations

import re
from dataclasses import dataclass

from salpi.evidence.claims.indicators import Choice
from salpi.evidence.claims.page import Page, Sentence
from salpi.evidence.claims.periods import Mention, shifted, year_of
from salpi.evidence.quantities.scan import Found
from salpi.evidence.record import ClaimStatus


@dataclass(slots=True)
class Timing:
    """A period with the rule that found it; ``by`` where it is an end aimed at."""

    period: str | None
    rule: str
    score: float = 0.6
    by: bool = False
    mention: Mention | None = None
    moves: bool = True  # whether the text goes over to this period
    standing: ClaimStatus | None = None  # the status that goes with the period, where both are another number's


@dataclass(slots=True)
class Clock:
    """The period last spoken of, and where."""

    flow: str | None = None  # the last one
    first: str | None = None  # the first one of the paragraph: what later sentences fall back on
    sentence: int = -9
    paragraph: int = -9
    headline: str | None = None
    aim: str | None = None  # the last period aimed at or expected
    aimed: int = -9  # the sentence of it
    subject: str | None = None
    said: tuple[int, str | None, ClaimStatus] | None = None  # sentence, period and status of the claim before

    def set(self, period: str, sentence: int, paragraph: int, subject: str | None = None) -> None:
        """Note a period; the first of a paragraph stays what its other sentences hang on."""
        self.subject = subject
        if paragraph != self.paragraph or self.first is None:
            self.first = period
        self.flow, self.sentence, self.paragraph = period, sentence, paragraph

    def at(self, sentence: int) -> str | None:
        """The period that a sentence without time takes over."""
        return self.flow if sentence == self.sentence else self.first


SETS_CLOCK = frozenset({"right after", "named before", "named later", "part of the year named before"})
"""Only a period that the text moves to is carried on; one in brackets or compared with is not."""


_PARTICLES = {ord(char): None for char in " 년에의도기준말는"}
_AFTER_LINK = re.compile(
    r"(?:[ ](?:[a-z'-]+[ ]){0,4})?(?:in|for|by|during|over|from|through|since|of|at|as of|at the end of|on|between|until|,)?[ ]?(?:the[ ])?(?:end of[ ])?(?:its[ ])?$",
    re.I,
)
_BASELINE_BEFORE = re.compile(
    r"(?:\b(?:from|against|compared with|compared to|versus|vs\.?|(?<!more )(?<!less )(?<!fewer )than|up from|down from|as against|after)[ ](?:the[ ])?(?:an?[ ](?:[a-z]+[ ])?(?:loss|profit|deficit|surplus|gain|shortfall|total|level|record|high|low|peak|average|median)[ ]of[ ])?(?:(?:about|around|just|only|nearly|current|roughly|over|a|some|previous)[ ]){0,3}|대비\s?|\()$",
    re.I,
)
_COMPARE_PRIOR = re.compile(r"\b(?:than|from|on|with|over|above|below|against|to)[ ](?:in[ ])?(?:the[ ])?$", re.I)


def resolve(
    page: Page, sentence: Sentence, one: Found, choice: Choice, clock: Clock, flow: bool, stock: bool, subject: str | None
) -> Timing:
    """The period of a quantity: in its own brackets, right after it, before it, else carried where it is a flow."""
    times = [mention for mention in sentence.times if mention.kind != "day" or choice.concept in ("deal", "upfront", "orders")]
    text, base = sentence.text, sentence.start
    levels = choice.form in ("level", "change", "multiple")
    spoken = _spoken(sentence, one, times) or clock.at(sentence.number) or clock.headline
    others = _of_comparands(sentence, one, times)
    if sentence.lang == "ko" and times:
        others |= _of_korean_comparands(sentence, one, times)
    elif times and (asides := _asides(sentence)):
        others |= {
            mention.start
            for mention in times
            if mention.end <= one.start and any(a <= mention.start < b <= one.start for a, b in asides)
        }
    if others:
        times = [mention for mention in times if mention.start not in others]
    if choice.form == "growth" and (span := _compound(sentence, one, times)):
        return Timing(span, "compound growth", 0.7, moves=False)
    boxed = _in_brackets(sentence, one, times, spoken, choice.form == "level")
    if boxed is not None:
        return boxed
    after = _after(sentence, one, choice, times, spoken, clock.aim, levels)
    if after is not None:
        after.moves = not is_against(sentence, one)
        return after
    expected = _expected(sentence, one)
    baseline = choice.form in ("level", "change") and (
        (sentence.lang == "ko" and re.match(r"[)]?\s?에서\s(?!열)", text[one.end - base :]) is not None)
        or is_against(sentence, one)
    )
    before = _before(page, sentence, one, times, baseline, not stock, levels, choice.concept in ("deal", "upfront"))
    if before is not None:
        return before
    later = _later(sentence, one, times, baseline, clock.aim, stock)
    if later is not None:
        return later
    carried = clock.at(sentence.number)
    if choice.concept == "budget" and not baseline and (budget := page.budget_before(one.start)):
        return Timing(budget, "the budget spoken of", 0.5, moves=False)
    if flow and expected and not baseline:
        year = page.anchor.this_year
        return Timing(
            clock.aim if clock.aim and sentence.number - clock.aimed <= 2 else str(year) if year else None,
            "expected: the running year",
            0.4,
        )
    if (
        stock
        and not baseline
        and clock.headline is not None
        and not page.place
        and page.single
        and choice.form in ("level", "change")
        and choice.unit == "%"
    ):
        return Timing(clock.headline, "period of the report", 0.35)
    said = clock.said
    if (
        said is not None
        and not baseline
        and (said[0] == sentence.number or (said[0] == sentence.number - 1 and _OPENS_WITH_PART.match(text) is not None))
        and _PART_OF.search(text[max(0, one.start - base - 40) : one.start - base])
    ):
        return Timing(said[1], "part of the number before", 0.5, moves=False)
    if (
        said is not None
        and not baseline
        and said[0] in (sentence.number, sentence.number - 1)
        and ((sentence.lang == "ko" and _OF_TODAY.search(text[: one.start - base])) or _PART_AFTER.match(text, one.end - base))
    ):
        return Timing(said[1], "beside the number before", 0.4, moves=False, standing=said[2])
    if (
        carried is not None
        and not flow
        and not baseline
        and sentence.paragraph == clock.paragraph
        and _moved(sentence, one)
        and choice.concept not in (None, "taxcredit", "fund", "budget", "capex", "companies")
    ):
        return Timing(carried, "carried by a change", 0.35, moves=False)
    if (flow or stock) and choice.form != "growth" and not baseline and _present(sentence, one):
        return Timing(None, "told of the present", 0.4)
    if (
        sentence.aim is not None
        and choice.form in ("level", "multiple")
        and not baseline
        and not _EVERY_YEAR.search(text[max(0, one.start - base - 14) : one.end - base + 8])
    ):
        return Timing(sentence.aim, "aim of the heading", 0.45, True, moves=False)
    near = sentence.paragraph - clock.paragraph <= 1 or subject is None or subject == clock.subject
    if flow and not baseline and carried is not None and sentence.number - clock.sentence <= 8 and near and not sentence.bullet:
        return Timing(carried, "carried", 0.4)
    if flow and baseline and clock.flow is not None and clock.sentence == sentence.number:
        return Timing(None, "before the period spoken of", 0.3)
    if flow and clock.headline is not None and not baseline:
        return Timing(clock.headline, "headline", 0.35)
    return Timing(None, "no time said", 0.5)


_EVERY_YEAR = re.compile(r"매년|해마다|연간|연\s?\d|매월|월\s|a year|per year|annually|every year|each year|/yr", re.I)
_COMPOUND = re.compile(r"compound|CAGR|연평균|연 평균|annual average|average annual|on average", re.I)


def _compound(sentence: Sentence, one: Found, times: list[Mention]) -> str | None:
    """First and last year of a compound rate whose sentence names both."""
    text, base = sentence.text, sentence.start
    if not _COMPOUND.search(text[max(0, one.start - base - 40) : one.end - base + 30]):
        return None
    years = [mention.period for mention in times if mention.kind == "point" and mention.period and len(mention.period) == 4]
    if len(years) != 2 or not years[0] < years[1]:
        return None
    return f"{years[0]}/{years[1]}"


_PART_OF = re.compile(
    r"(?:이\s?(?:중|가운데)|그\s?(?:중|가운데)|이들\s?(?:중|가운데))\s?\S{0,14}\s?(?:\S{1,8}\s){0,3}$|\b(?:of (?:which|them|whom|these|those|this|that|it|the total))\b[^.;,]{0,34}$"
)
"""Before a number that is part of the one just named."""
_OPENS_WITH_PART = re.compile(
    r"\s*(?:이\s?(?:중|가운데)|그\s?(?:중|가운데)|이들\s?(?:중|가운데)|Of (?:these|those|them|that|this|the total)\b)"
)
_PART_AFTER = re.compile(
    r"[ ]of (?:it|them|this|that|these|those|the (?:money|total|sum|amount|proceeds|funds|trials|approvals|deals))(?![a-z])"
)
_OF_TODAY = re.compile(r"^\s*(?:이는\s)?(?:현재|지금)(?:의|보다|\s?대비)\s")
_CHANGED = re.compile(
    r"\b(?:rose|risen|rises|fell|fallen|grew|grown|climbed|dropped|slid|slipped|shrank|widened|narrowed|edged|inched|increased|decreased|declined|jumped|surged|improved|worsened|shortened|lengthened|came|went|(?:was|were|is|are) (?=up|down)|crept|ticked|gained|lost|eased)\b"
    r"[^.;:]{0,24}?\b(?:to|by|up|down)[ ](?:(?:about|around|just|only|nearly|some|over|a|an|[\d.]+%|[\d.]+ per ?cent)[ ](?:to )?){0,2}$",
    re.I,
)
_CHANGED_KOREAN = re.compile(
    r"[)]?\s?(?:\([^()]{0,20}\)\s?)?(?:로|으로|까지|가|이|만큼)?\s?(?:다시\s|크게\s|소폭\s)?(?:올랐|올라섰|내렸|내려갔|내려앉|늘었|늘어났|줄었|줄어들|높아졌|낮아졌|낮아진|높아진|빠졌|떨어졌|상승했|하락했|증가했|감소했|단축됐|단축했|개선됐|개선했|밀렸|뛰었|커졌|좁혀졌|벌어졌)"
)
_PRESENT_AFTER = re.compile(
    r"[ ](?:[A-Za-z-]+[ ]){0,3}(?:are|is)[ ](?!up|down|expected|forecast|due|set|to\b|projected|likely|planned|seen|scheduled|estimated)"
)
_PRESENT_BEFORE = re.compile(
    r"\b(?:has|have|runs?|holds?|counts?|employs?|spends?|makes? up|accounts? for|there are|supply|supplies|covers?|ranks?|stands? at|hosts?|owns?|operates?|represents?|comprises?|is home to|remains?)[ ](?:(?:about|some|only|over|nearly|roughly|almost|around|more than|just|a|an|the)[ ]){0,2}(?:[$€£₩]|[A-Z]{3} )?$"
)
_PRESENT_KOREAN = re.compile(
    r"[)]?\s?(?:이다|다|에\s?(?:이른다|달한다|육박한다|불과하다|그친다|머문다)|(?:를|을|가량을)?\s?차지한다|수준이다)(?=[.\s\"”]|$)"
)


def _moved(sentence: Sentence, one: Found) -> bool:
    """Whether a level is told as the end of a change ("came down to 11 months"): then it is of the time spoken of."""
    text, base = sentence.text, sentence.start
    if sentence.lang == "ko":
        return _CHANGED_KOREAN.match(text, one.end - base) is not None
    lead = text[max(0, one.start - base - 64) : one.start - base]
    return (
        _CHANGED.search(lead) is not None and re.search(r"\b(?:will|would|to be|plans?|aims?|should|could|may)\b", lead) is None
    )


def _present(sentence: Sentence, one: Found) -> bool:
    """Whether a state is told in the present tense, with no time: that of the paragraph is not its own."""
    text, base = sentence.text, sentence.start
    if sentence.lang == "ko":
        return one.unit == "rank" and _PRESENT_KOREAN.match(text, one.end - base) is not None
    return one.unit in ("rank", "%", "count", "persons", "L") and (
        _PRESENT_BEFORE.search(text[max(0, one.start - base - 40) : one.start - base]) is not None
        or (one.unit in ("count", "persons") and _PRESENT_AFTER.match(text, one.end - base) is not None)
    )


def is_against(sentence: Sentence, one: Found) -> bool:
    """Whether a number is what something is compared with: "from 406", "against 11 percent"."""
    known = sentence.against.get(one.start)
    if known is None:
        lead = sentence.text[max(0, one.start - sentence.start - 64) : one.start - sentence.start]
        known = sentence.against[one.start] = lead[-1:] in (" ", "(", "비") and _BASELINE_BEFORE.search(lead) is not None
    return known


_BASIS_BEFORE = re.compile(r"\b(?:than|versus|vs\.?|compared (?:with|to)|as|over|on)(?: in| at)?(?: the)?[ ]$")
_COORDINATED = re.compile(r"\s?(?:,|and|or|,\s?and|및|와|과|·|/)\s(?:the |about |some )?$", re.I)


def _next_apart(sentence: Sentence, one: Found) -> int:
    """Where the next number begins that is no member of the same list: "1,310 and 395 trials in 2023"."""
    last = one
    for other in sentence.found:
        if other.start <= one.start:
            continue
        gap = sentence.text[last.end - sentence.start : other.start - sentence.start]
        if other.unit != one.unit or not _COORDINATED.fullmatch(gap):
            return other.start
        last = other
    return sentence.end


_ASIDE = re.compile(
    r",\s(?:which|who|whose|where|itself|already|once|having|after|compared with|up from|down from|against|versus|from)\b[^;.()]{0,110}?(?<!\d),(?=\s)"
    r"|\s[–—]\s[^–—;]{0,90}?\s[–—]\s|\([^()]{0,90}\)"
)


def _asides(sentence: Sentence) -> list[tuple[int, int]]:
    """Stretches set into a sentence ("…, which had slipped to 12% in 2022, …"): their times speak of nothing outside."""
    if sentence.asides is None:
        sentence.asides = [
            (sentence.start + match.start(), sentence.start + match.end() - 1) for match in _ASIDE.finditer(sentence.text)
        ]
    return sentence.asides


_COMPARAND_AFTER = re.compile(r"[)]?\s?(?:\([^()]{0,24}\)\s?)?(?:보다|대비|에\s?비해|에서|이었|였|이던|던|(?:와|과)\s비교)")


def _of_korean_comparands(sentence: Sentence, one: Found, times: list[Mention]) -> set[int]:
    """Times right before a number that another is compared with: "올해 2조 600억 원보다 1,400억 원 감소"."""
    out: set[int] = set()
    text, base = sentence.text, sentence.start
    for mention in times:
        for other in sentence.found:
            if other.start < mention.end:
                continue
            if (
                other.end <= one.start
                and other.start - mention.end <= 8
                and _COMPARAND_AFTER.match(text, other.end - base)
                and any(m.end <= mention.start and m.kind in ("point", "part") for m in times)
            ):
                out.add(mention.start)
            break
    return out


def _of_comparands(sentence: Sentence, one: Found, times: list[Mention]) -> set[int]:
    """Times that stand right after what an earlier number is compared with: they say nothing of this one."""
    out: set[int] = set()
    for at, other in enumerate(sentence.found):
        if other.end > one.start or other is one:
            break
        if not is_against(sentence, other) or sentence.text[other.start - sentence.start - 1] == "(":
            continue
        following = sentence.found[at + 1].start if at + 1 < len(sentence.found) else sentence.end
        for mention in times:
            if other.end <= mention.start < min(following, other.end + 48):
                out.add(mention.start)
                break
    return out


_EXPECTED = re.compile(
    r"전망|예상|예측|추정|내다|관측|점쳐|가이던스|컨센서스|연간 목표|\b(?:sees|predicts?|projects?|projected|estimates?|anticipates?|reckons?|outlook|guidance|guides?|guided|forecasts?|expects?|consensus|full year|full-year)\b"
)


def _expected(sentence: Sentence, one: Found) -> bool:
    """Whether the number is an expectation of the running year: guidance, outlook."""
    return any(
        hit.kind == "cue"
        and hit.value == "forecast"
        and (hit.end <= one.start or sentence.lang == "ko")
        and sentence.far(min(hit.end, one.start), max(hit.start, one.end) if hit.start >= one.end else one.start) < 7
        and _EXPECTED.search(sentence.text[hit.start - sentence.start : hit.end - sentence.start])
        for hit in sentence.hits
    )


def _spoken(sentence: Sentence, one: Found, times: list[Mention]) -> str | None:
    """The period that the sentence speaks of before a number."""
    found = [mention for mention in times if mention.end <= one.start and mention.kind in ("point", "part") and mention.period]
    return found[-1].period if found else None


def _in_brackets(sentence: Sentence, one: Found, times: list[Mention], spoken: str | None, level: bool) -> Timing | None:
    """``(1H22 16.9%)``, ``2022년(163억 달러)``, ``900억(상반기)``, ``$16.2 billion (2021)``."""
    text, base = sentence.text, sentence.start
    open_at = text.rfind("(", max(0, one.start - base - 60), one.start - base)
    if open_at >= 0 and ")" not in text[open_at : one.start - base]:
        close = text.find(")", one.end - base, one.end - base + 80)
        if close < 0:
            close = min(len(text), one.end - base + 40)
        inside = [mention for mention in times if base + open_at <= mention.start < base + close]
        if inside:
            nearest = min(inside, key=lambda mention: abs(mention.start - one.start))
            if nearest.kind in ("point", "part", "ago"):
                return Timing(nearest.period, "in the same brackets", 0.9, nearest.by, nearest)
            compared = _COMPARISON_AFTER.match(text, nearest.end - base) is not None
            if nearest.kind in ("prior", "same", "again") and level and not compared:
                return Timing(_earlier(nearest, spoken), "the year before, in brackets", 0.7, mention=nearest)
        before = [
            mention
            for mention in times
            if mention.end <= base + open_at and text[mention.end - base : open_at].translate(_PARTICLES) == ""
        ]
        if before:
            last = before[-1]
            if last.kind in ("point", "part", "ago", "day"):
                return Timing(last.period, "right before the brackets", 0.9, last.by, last)
            if last.kind in ("prior", "same", "again"):
                return Timing(_earlier(last, spoken), "the year before, right before the brackets", 0.7, mention=last)
    tail = text[one.end - base : one.end - base + 4]
    if tail.lstrip().startswith("("):
        at = one.end + tail.index("(") + 1
        close = text.find(")", at - base, at - base + 40)
        inside = [mention for mention in times if close >= 0 and at <= mention.start and mention.end <= base + close]
        if inside and not any(at <= other < base + close for other in sentence.starts):
            return (
                Timing(inside[0].period, "in brackets after it", 0.85, inside[0].by, inside[0])
                if inside[0].kind in ("point", "part")
                else None
            )
    return None


def _earlier(mention: Mention, period: str | None) -> str | None:
    if period is None:
        return str(mention.year) if mention.year else None
    if mention.year:
        return (
            f"{mention.year}{period[4:]}"
            if "/" not in period
            else shifted(period, mention.year - int(period[-7:-3] if len(period) > 9 else period[:4]))
        )
    return shifted(period, -1)


def _after(
    sentence: Sentence, one: Found, choice: Choice, times: list[Mention], spoken: str | None, aim: str | None, level: bool
) -> Timing | None:
    """A time right after the number, before the next number and within its clause."""
    text, base = sentence.text, sentence.start
    following = _next_apart(sentence, one)
    for mention in times:
        if mention.start < one.end:
            continue
        if mention.start >= following or mention.start - one.end > (48 if sentence.lang == "en" else 10):
            return None
        gap = text[one.end - base : mention.start - base]
        if "(" in gap and _for_next(sentence, mention):
            return None
        if sentence.lang == "ko":
            return None
        if re.search(r"[,;:.]|\b(?:and|but|while|which|when|whose)\b", gap):
            return None
        if (
            not level
            and _COMPARISON_BEFORE.search(text[: mention.start - base])
            and not re.search(r"\bin[ ](?:the[ ])?$", text[: mention.start - base])
        ):
            return None
        if not level and re.match(r"[ ](?:level|figure|total|mark|base)\b", text[mention.end - base :]):
            return None
        if not level and re.search(r"(?:as|than) (?:many |much )?(?:as )?(?:in )?$", text[: mention.start - base]):
            return None
        if re.search(r"\b(?:than|as) (?:in |at |during |on )?(?:the )?$", gap) and mention.kind in ("point", "part", "day"):
            return None
        if one.unit == "x" and re.search(
            r"\b(?:as|than|of|what|that|the)(?: (?:in|the|many|much))?[ ]?(?:in )?(?:the )?$|\bas (?:many|much)\b", gap
        ):
            return None
        if mention.kind in ("prior", "same"):
            if (not level and not is_against(sentence, one)) or (
                _COMPARE_PRIOR.search(text[: mention.start - base])
                and not re.search(r"(?:from|with|to|against|than)\s+\S*$", text[: one.start - base])
            ):
                return None
            return Timing(_earlier(mention, spoken), "the year before", 0.7, mention=mention)
        if mention.kind == "then":
            return Timing(aim, "the time named before", 0.6, True, mention)
        if mention.kind in ("later", "before") and mention.year and spoken:
            years = mention.year if mention.kind == "later" else -mention.year
            return Timing(shifted(spoken, years), "years from the period spoken of", 0.6, mention=mention)
        if mention.kind == "now":
            return Timing(None, "said to be now", 0.8, mention=mention)
        if mention.kind == "since":
            return Timing(None, "since a time", 0.7, mention=mention)
        if mention.kind == "unknown":
            return Timing(None, "time without a year", 0.5, mention=mention)
        if _GUIDED.search(gap) and "-" in (mention.period or "") and choice.concept not in ("deal", "upfront", "orders"):
            return None
        if choice.concept == "budget" and _FILED.search(gap) and "-" in (mention.period or ""):
            return None
        if mention.kind in ("point", "part", "ago", "day"):
            return Timing(mention.period, "right after", 0.9, mention.by, mention)
    return None


_GUIDED = re.compile(
    r"\b(?:guided|forecast|forecasted|projected|estimated|predicted|communicated|expected|promised|targeted)\b(?: back)?(?: in| on)?[ ]?$|\b(?:edition|report|note)\b"
)
_FILED = re.compile(r"\b(?:submitted|sent|proposed|presented|unveiled|announced|approved|passed|tabled|filed|adopted)\b")
_COMPARISON_AFTER = re.compile(
    r"\s?(?:년)?\s?(?:[가-힣]{1,4}(?=\())?(?:\([^()]{0,24}\))?\s?(?:같은\s?(?:기간|달|분기)|동기|동월)?\s?(?:\([^()]{0,24}\))?\s?(?:대비|比|보다|에\s?비해|비\s|(?:의\s)?(?:정점|고점|저점|수준|실적|당시|평균치?)(?:의|보다|에|과|을)|의\s?(?:\d[\d.,]*\s?(?:배|%)|[두세네]\s?배|절반|두|갑절))"
)
_COMPARISON_BEFORE = re.compile(
    r"(?:\bas in|than in|\bthan|\bover|\bon|compared with|compared to|\bfrom|versus|against|\babove|\bbelow|\bup on|\bdown on|\bin)[ ](?:in[ ])?(?:the[ ])?$",
    re.I,
)


def _before(
    page: Page, sentence: Sentence, one: Found, times: list[Mention], baseline: bool, flow: bool, level: bool, deal: bool
) -> Timing | None:
    """The nearest time before the number in its sentence."""
    text, base = sentence.text, sentence.start
    best: Mention | None = None
    for mention in times:
        if mention.end > one.start:
            break
        if text[max(0, mention.start - base - 6) : mention.end - base].lower().lstrip().startswith("since "):
            continue
        if mention.kind == "since":
            if best is None and sentence.far(mention.end, one.start) < 8:
                best = mention
            continue
        if best is not None and best.kind == "since":
            best = None
        if mention.kind in ("prior", "same", "again", "later", "before"):
            gap = text[mention.end - base : one.start - base]
            if (
                mention.kind == "prior"
                and len(gap) <= 12
                and not re.search(r"대비|보다|비해|[,.]", gap)
                and ((level and one.unit not in ("x", "%")) or "의 " not in gap)
                and best is not None
            ):
                return Timing(shifted(best.period, -1), "the year before", 0.6, mention=mention)
            continue
        if mention.kind == "day" and best is not None:
            continue
        if (
            not flow
            and (sentence.far(mention.end, one.start) > (8 if not deal else 4.5) or sentence.strong(mention.end, one.start))
            and not (mention.by and not sentence.strong(mention.end, one.start))
        ):
            continue
        if mention.kind == "now" and any(mention.end <= start < one.start for start in sentence.starts):
            best = None
            continue
        between = text[mention.end - base : one.start - base]
        boxed = "(" in between and ")" not in between
        if sentence.lang == "ko" and not boxed and _COMPARISON_AFTER.match(text, mention.end - base):
            continue
        best = mention
    if best is None:
        return None
    after = text[best.end - base : best.end - base + 12]
    if baseline and sentence.lang == "en" and not (best.by or _future(page, best)) and best.kind == "point":
        other = next((other for other in reversed(sentence.found) if other.end <= one.start), None)
        if (
            other is not None
            and other.end <= best.start < other.end + 16
            and _FROM_BEHIND.search(text[best.end - base : one.start - base])
        ):
            return Timing(shifted(best.period, -1), "the period before", 0.5, mention=best, moves=False)
        if (
            other is not None
            and other.unit == "%"
            and best.end <= other.start
            and _FROM_GROWTH.fullmatch(text[other.end - base : one.start - base])
        ):
            return Timing(shifted(best.period, -1), "the period before", 0.5, mention=best, moves=False)
    if baseline and (best.by or _future(page, best)) and sentence.far(best.end, one.start) < 8:
        return Timing(None, "present level beside a target", 0.7)
    if re.match(r"\s?(?:년)?\s?(?:대비|보다|에\s?비해|비)", after) and len([m for m in times if m.end <= one.start]) > 1:
        earlier = [m for m in times if m.end <= best.start and m.kind in ("point", "part")]
        best = earlier[-1] if earlier else best
    if best.kind == "since":
        return Timing(None, "since a time", 0.6, mention=best)
    if best.kind == "now":
        return Timing(None, "said to be now", 0.7, mention=best)
    if best.kind == "unknown":
        return Timing(None, "time without a year", 0.4, mention=best)
    if best.kind == "part" and best.period:
        earlier = [m for m in times if m.end <= best.start and m.kind == "point" and m.period and len(m.period) == 4]
        if (
            earlier
            and sentence.far(earlier[-1].end, best.start) < 6
            and year_of(earlier[-1].period) != year_of(best.period)
            and "기간" not in text
        ):
            return Timing(f"{earlier[-1].period}{best.period[4:]}", "part of the year named before", 0.6, best.by, best)
    if level and best.period and _YEARS.fullmatch(best.period) and re.search(r"\b(?:to|at)[ ]$|로\s?$", text[: one.start - base]):
        return Timing(best.period[5:], "end of the span", 0.6, best.by, best)
    return Timing(best.period, "named before", 0.75, best.by, best)


_FROM_GROWTH = re.compile(
    r"\s?\(?(?:yoy|y/y|year[- ]on[- ]year|year[- ]over[- ]year|on the year)?\)?,? (?:up |down )?(?:from|against|on|over)\s(?:about |around |just |only |some )?(?:[$€£₩]|Rs\.? |US\$ ?|[A-Z]{3} )?$",
    re.I,
)
_FROM_BEHIND = re.compile(r"^,? (?:up |down )?from (?:about |around |just |only |some )?(?:[$€£₩]|[A-Z]{3} )?$")
_YEARS = re.compile(r"\d{4}/\d{4}")


def _for_next(sentence: Sentence, mention: Mention) -> bool:
    """Whether a time stands right before the next number, and so belongs to that."""
    return (
        any(0 <= start - mention.end <= 9 for start in sentence.starts)
        and sentence.text[mention.end - sentence.start : mention.end - sentence.start + 1] != ","
    )


def _later(sentence: Sentence, one: Found, times: list[Mention], baseline: bool, aim: str | None, stock: bool) -> Timing | None:
    """A time further on in the sentence, where no other number stands between."""
    if baseline:
        return None
    asides = _asides(sentence)
    following = _next_apart(sentence, one)
    if any(a <= following < b and not a <= one.start < b for a, b in asides):
        following = min(
            (start for start in sentence.starts if start > one.start and not any(a <= start < b for a, b in asides)),
            default=sentence.end,
        )
    for mention in times:
        if any(a <= mention.start < b and not a <= one.start < b for a, b in asides):
            continue
        if _BASIS_BEFORE.search(sentence.text[max(0, mention.start - sentence.start - 24) : mention.start - sentence.start]):
            continue
        if mention.start >= one.end and mention.kind in ("point", "part"):
            if sentence.lang == "ko" and _COMPARISON_AFTER.match(sentence.text, mention.end - sentence.start):
                continue
            if stock and sentence.strong(one.end, mention.start):
                return None
            aside = sum(sentence.far(a, b) for a, b in asides if one.end <= a and b <= mention.start)
            if sentence.far(one.end, mention.start) - aside > (5.5 if mention.by or sentence.lang == "en" else 4.0) or _for_next(
                sentence, mention
            ):
                return None
            if stock and re.search(
                r", (?:which|who|where|whose)\b", sentence.text[one.end - sentence.start : mention.start - sentence.start]
            ):
                return None
            if mention.start < following:
                return Timing(mention.period, "named later", 0.6, mention.by, mention)
            if mention.by and not stock and not any(m.end <= one.start for m in times):
                return Timing(mention.period, "end named later", 0.5, mention.by, mention)
            return None
        if mention.start >= one.end and mention.kind == "then" and sentence.far(one.end, mention.start) < 6:
            return Timing(aim, "the time named before", 0.5, True, mention)
        if mention.start >= one.end and mention.kind == "now" and mention.start < following:
            return Timing(None, "said to be now", 0.6)
    return None


def _future(page: Page, mention: Mention) -> bool:
    year = year_of(mention.period)
    now = page.anchor.this_year
    return year is not None and now is not None and year > now


def is_future(page: Page, period: str | None) -> bool:
    """Whether a period ends after the document's date."""
    now = page.anchor.this_year
    year = year_of(period)
    if year is None or now is None or period is None:
        return False
    if year != now or page.anchor.day is None:
        return year > now
    last = period.rpartition("/")[2][4:]
    month = (
        12
        if not last
        else int(last[1:])
        if last[1:].isdigit() and last[0] == "-"
        else 3 * int(last[-1])
        if "Q" in last
        else 6 * int(last[-1])
    )
    return month > page.anchor.day.month
