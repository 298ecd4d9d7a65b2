"""Why a target has no probability, and in one or two sentences why it stands where it stands."""

from __future__ import annotations

from salpi.decide import words
from salpi.decide.known import Known, Outcome, total
from salpi.decide.pace import Pace
from salpi.decide.path import Expected
from salpi.decide.trend import LEAST, Trend
from salpi.plan.model import Plan
from salpi.plan.periods import Period
from salpi.plan.schema import Indicator, Target, Text

NO_DATE = Text(
    en="No date was announced: without one there is nothing to be met by.",
    ko="시한이 발표되지 않아 달성 여부를 판정할 수 없습니다.",
)
NO_SERIES = Text(en="No actual figure has been published for it.", ko="공표된 실적 수치가 없습니다.")
NOT_SPENT = Text(
    en="Money announced is not money spent, and no figure of what was spent has been published.",
    ko="발표된 금액은 집행된 금액이 아니며, 집행 실적이 공표되지 않습니다.",
)
CLOSED = Text(en="Its period is over: the outcome is known.", ko="기간이 끝나 결과가 확정되었습니다.")
REACHED = Text(en="Already reached.", ko="이미 달성되었습니다.")
UNITS = Text(
    en="The target and the series are in units that cannot be compared.", ko="목표와 통계의 단위가 달라 비교할 수 없습니다."
)
NO_MONTHS = Text(
    en="The model gives this indicator by year only; the target names a part of a year.",
    ko="모형은 이 지표를 연 단위로만 산출하나, 목표는 연중 시점을 정하고 있습니다.",
)
BEYOND = Text(en="Its period lies outside the model's years.", ko="목표 시점이 모형의 기간 밖에 있습니다.")
SPAN_GAP = Text(
    en="Some years of the span have neither a published figure nor a modelled one.",
    ko="기간 중 공표 수치도 모형 수치도 없는 해가 있습니다.",
)


def closed_unknown(by: Period) -> Text:
    en, ko = words.period(by.text), words.period(by.text, "ko")
    return Text(
        en=f"Its period ({en}) is over and no figure has been published.",
        ko=f"{ko} 기간이 끝났으나 수치가 공표되지 않았습니다.",
    )


def not_modelled(points: int) -> Text:
    """There are figures, but too few for a trend, and no sector gives the indicator."""
    many = f"{points} yearly figures" if points != 1 else "one yearly figure"
    head = many if points else "no yearly figure"
    return Text(
        en=f"No sector of the model gives it yet, and a trend needs {LEAST} comparable yearly figures; there is {head}."
        if points < 2
        else f"No sector of the model gives it yet, and a trend needs {LEAST} comparable yearly figures; there are {head}.",
        ko="아직 모형에 이 지표를 산출하는 부문이 없고, "
        f"비교 가능한 연간 수치가 {points}개뿐입니다(추세에는 {LEAST}개가 필요합니다).",
    )


def no_base(period: str) -> Text:
    en, ko = words.period(period), words.period(period, "ko")
    return Text(
        en=f"This definition has no published figure for {en}, the base of the target.",
        ko=f"기준인 {ko} 수치가 이 정의로는 공표되지 않았습니다.",
    )


def asks(goal: float, unit: str, by: Period | None, pace: Pace, latest: Known | None) -> Text:
    """What is asked for, against what was seen."""
    en, ko = [], []
    value_en, value_ko = words.amount(goal, unit), words.amount(goal, unit, "ko")
    when_en = "" if by is None else f" {'over' if by.freq == 'span' else 'in'} {words.period(by.text)}"
    when_ko = "" if by is None else f"{words.period(by.text, 'ko')} "
    ask_en, ask_ko = f"Asks for {value_en}{when_en}", f"{when_ko}{value_ko} 목표"
    if pace.from_now is not None and latest is not None:
        now_en, now_ko = (words.amount(latest.value, latest.unit, lang) + as_stated(latest, lang) for lang in ("en", "ko"))
        ask_en += f", {words.change(pace.from_now, pace.unit)} from {now_en} in {words.period(latest.period)}"
        ask_ko += f", {words.period(latest.period, 'ko')} {now_ko}에서 {words.change(pace.from_now, pace.unit, 'ko')} 필요"
    en.append(ask_en)
    ko.append(ask_ko)
    if pace.seen is not None:
        span = f"{pace.seen_from}–{pace.seen_to}" if pace.seen_from != pace.seen_to else f"{pace.seen_from}"
        flag_en = f" with the pulse of {', '.join(pace.pulses)} in it" if pace.pulses else ""
        flag_ko = f"({', '.join(pace.pulses)} 특수 포함)" if pace.pulses else ""
        en.append(f"seen {words.change(pace.seen, pace.unit)} over {span}{flag_en}")
        ko.append(f"실제 {span}년 {words.change(pace.seen, pace.unit, 'ko')}{flag_ko}")
    else:
        en.append("no pace has been seen: there are not two comparable yearly figures")
        ko.append("비교 가능한 연간 수치가 둘이 안 되어 실제 속도는 알 수 없음")
    return Text(en="; ".join(en) + ".", ko="; ".join(ko) + ".")


def as_stated(known: Known, lang: words.Lang = "en") -> str:
    """What its source says of a figure that was put in the indicator's unit: `` (stated as 14 months)``; else nothing."""
    if known.stated is None:
        return ""
    value = words.amount(*known.stated, lang)
    return f"(원문 {value})" if lang == "ko" else f" (stated as {value})"


def forecast(
    probability: float, draws: int, median: float, unit: str, trend: Trend | None, drivers: tuple[tuple[Text, float], ...]
) -> Text:
    """Where the middle path ends, how many draws meet the goal, and what it moves with."""
    median = float(f"{median:.3g}")  # a middle of draws is known no better
    en_by = "The series' own trend" if trend else "The model"
    ko_by = "계열 자체의 추세" if trend else "모형"
    en = f"{en_by} puts the median at {words.amount(median, unit)}; {words.chance(probability)} of {draws:,} draws meet it."
    ko = f"{ko_by} 중앙값은 {words.amount(median, unit, 'ko')}이며, "
    ko += f"표본 {draws:,}개 중 {words.chance(probability, 'ko')}가 목표에 이릅니다."
    if trend is not None:
        en += f" The trend rests on {trend.points} yearly figures, {trend.first}–{trend.last}; measures do not enter."
        ko += f" 추세는 {trend.first}–{trend.last}년 수치 {trend.points}개에 근거하며, 정책은 반영되지 않습니다."
        if trend.pulses:
            en += f" The pulse of {', '.join(trend.pulses)} is among them."
            ko += f" {', '.join(trend.pulses)} 특수가 들어 있습니다."
    if drivers:
        en += f" What it moves with most: {' and '.join(_lower(d.en) for d, _ in drivers)}."
        ko += f" 가장 크게 함께 움직이는 요인은 {', '.join(d('ko') for d, _ in drivers)}입니다."
    return Text(en=en, ko=ko)


def came_to(found: Outcome, goal: float, unit: str) -> Text:
    known = found.known
    en_q = {"over": "over ", "at_least": "at least ", "under": "under ", "up_to": "up to "}.get(known.qualifier, "")
    ko_q = {"over": " 초과", "at_least": " 이상", "under": " 미만", "up_to": " 이하"}.get(known.qualifier, "")
    en_v, ko_v = words.amount(known.value, known.unit), words.amount(known.value, known.unit, "ko")
    en = f"Asked for {words.amount(goal, unit)}; {words.period(known.period)} came to {en_q}{en_v}{as_stated(known)}."
    ko = f"목표 {words.amount(goal, unit, 'ko')}, {words.period(known.period, 'ko')} 실적 {ko_v}{ko_q}{as_stated(known, 'ko')}."
    return Text(en=en, ko=ko)


def undated(when: Expected | None, basis: str) -> Text:
    """The model's date for a target that has none."""
    if when is None or when.p50 is None:
        return NO_DATE
    en_by, ko_by = ("The series' trend", "추세") if basis == "trend" else ("The model", "모형")
    return Text(
        en=f"{NO_DATE.en} {en_by} reaches it in {words.period(when.p50)} in the middle draw.",
        ko=f"{NO_DATE('ko')} {ko_by} 중앙값으로는 {words.period(when.p50, 'ko')}에 도달합니다.",
    )


def pending(by: Period) -> Text:
    en, ko = words.period(by.text), words.period(by.text, "ko")
    return Text(en=f"The figure for {en} is not out yet.", ko=f"{ko} 수치는 아직 공표되지 않았습니다.")


def joined(*texts: Text | None) -> Text:
    kept = [t for t in texts if t is not None]
    return Text(en=" ".join(t.en for t in kept), ko=" ".join(t("ko") for t in kept))


def _lower(text: str) -> str:
    """A name inside a sentence: lower case, unless it starts with an abbreviation."""
    return text[:1].lower() + text[1:] if len(text) > 1 and not text[1].isupper() else text


def span_progress(plan: Plan, target: Target, body: Indicator, by: Period) -> Text | None:
    """How much of a span's sum is already there."""
    done, rows, _ = total(plan, target.indicator, target.subject or plan.meta.subject, by)
    if not rows:
        return None
    span = f"{rows[0].period}–{rows[-1].period}" if len(rows) > 1 else f"{rows[0].period}"
    return Text(
        en=f"So far {words.amount(done, body.unit)} ({span}).", ko=f"지금까지 {words.amount(done, body.unit, 'ko')} ({span})."
    )
