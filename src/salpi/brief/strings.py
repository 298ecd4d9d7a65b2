"""The words of the brief in its languages. Values in braces are filled in; ⟨…⟩ encloses digits that are a name, no claim."""

from __future__ import annotations

import re
from typing import Literal

from salpi.brief.view import Figure, Piece, Rich
from salpi.decide import words as decided

LANGUAGES = ("en", "ko")

STRINGS: dict[str, tuple[str, str]] = {
    # page
    "theme": ("Light/dark", "밝게·어둡게"),
    "theme_label": ("Switch between light and dark", "밝은 화면과 어두운 화면 바꾸기"),
    "skip": ("Skip to the brief", "본문으로 건너뛰기"),
    "contents": ("Sections", "차례"),
    "title": ("{plan}: where it stands", "{plan}: 어디까지 왔나"),
    "kicker": ("Brief · {plan} · what was known on {date}", "브리프 · {plan} · {date} 기준 자료"),
    # headings, with the short form of the navigation
    "h_know": ("What to know", "핵심"),
    "h_scorecard": ("Target by target", "목표별 성적"),
    "h_forecasts": ("Forecasts", "전망"),
    "h_disputes": ("Where sources disagree", "자료가 엇갈리는 곳"),
    "h_effects": ("What the measures do", "정책의 효과"),
    "h_gaps": ("What the model does not cover", "모형이 다루지 않는 것"),
    "h_method": ("The method in a page", "방법 요약"),
    "h_unverified": ("Not verified", "확인되지 않은 것"),
    "h_sources": ("Sources", "출처"),
    "n_know": ("Summary", "핵심"),
    "n_scorecard": ("Scorecard", "성적표"),
    "n_forecasts": ("Forecasts", "전망"),
    "n_disputes": ("Conflicts", "엇갈림"),
    "n_effects": ("Measures", "정책"),
    "n_gaps": ("Not covered", "한계"),
    "n_method": ("Method", "방법"),
    "n_unverified": ("Unverified", "미확인"),
    "n_sources": ("Sources", "출처"),
    # marks
    "assumption": ("assumption", "가정"),
    "unverified": ("unverified", "미확인"),
    "mark_source": ("read in the source", "출처에서 읽은 값"),
    "mark_computed": ("computed from cited figures", "인용한 값에서 계산"),
    "mark_model": ("model output", "모형 결과"),
    "mark_unverified": ("from memory, to be checked", "확인이 필요한 값"),
    "model": ("model", "모형"),
    "unknown": ("unknown", "알 수 없음"),
    # finding
    "f_silent": ("No target can be given a chance yet.", "아직 확률을 매길 수 있는 목표가 없습니다."),
    "f_plan": ("on the plan as announced", "발표된 계획대로라면"),
    "f_scenario": ("in this scenario", "이 시나리오에서는"),
    # lede
    "lede_all": (
        "{total} targets of {programmes} programmes are current, and {rated} of them can be given a chance.",
        "현재 유효한 목표는 계획 {programmes}건의 {total}이며, 이 가운데 {rated}에 확률을 매길 수 있습니다.",
    ),
    "lede_trend": (
        " The model gives {model} of these chances; {trend} follow the trend of their own series.",
        " 확률 가운데 {model}는 모형에서, {trend}는 계열 자체의 추세에서 나왔습니다.",
    ),
    "lede_unver": (
        " {n} cannot be verified by anyone: no series, no date or no definition has been published.",
        " {n}는 공표된 계열이나 시한, 정의가 없어 누구도 검증할 수 없습니다.",
    ),
    "lede_later": (
        " {n} wait for a part of the model that does not exist yet.",
        " {n}는 아직 모형에 없는 부문의 몫입니다.",
    ),
    "lede_closed": (" Closed: {met} met, {missed} missed.", " 이미 끝난 목표는 달성 {met}, 미달 {missed}입니다."),
    "ledger_note": (
        "All targets weigh the same here; targets replaced by a later one are not counted.",
        "모든 목표를 같은 무게로 셌습니다. 뒤의 목표로 바뀐 것은 세지 않았습니다.",
    ),
    "more": ("and {n} more", "외 {n}개"),
    "none": ("none", "없음"),
    "r_very_unlikely": ("under ⟨10 %⟩", "⟨10%⟩ 미만"),
    "r_unlikely": ("⟨10–33 %⟩", "⟨10–33%⟩"),
    "r_open": ("⟨33–66 %⟩", "⟨33–66%⟩"),
    "r_likely": ("⟨66–90 %⟩", "⟨66–90%⟩"),
    "r_very_likely": ("over ⟨90 %⟩", "⟨90%⟩ 초과"),
    "r_silent": ("no probability", "확률 없음"),
    # headlines
    "head_title": ("{name}: {verdict}.", "{name}: {verdict}"),
    "from_to": (
        "From {latest} in {when}, {asked} {by} asks {pace}.",
        "{when} {latest}에서 {by} {asked}에 이르는 데 필요한 속도는 {pace}입니다.",
    ),
    "from_to_seen": (
        "From {latest} in {when}, {asked} {by} asks {pace}; {seen} was seen.",
        "{when} {latest}에서 {by} {asked}에 이르는 데 필요한 속도는 {pace}, 실제 속도는 {seen}입니다.",
    ),
    "variant": ("On: {what}", "{what} 기준"),
    "changed": ("{when}: {what}.", "{when}: {what}."),
    "trend": ("the series' own trend, no model", "계열 자체의 추세, 모형 아님"),
    "closed": ("Closed: {names}.", "끝난 목표: {names}."),
    "head_asked": ("The target is {asked} {by}.", "목표는 {by} {asked}입니다."),
    "head_range": ("The ⟨80 %⟩ range is {p10} to {p90}.", "⟨80%⟩ 구간은 {p10}~{p90}입니다."),
    "no_date": ("no date", "시한 없음"),
    "by": ("by {when}", "{when}까지"),
    "over": ("over {when}", "{when}에"),
    "in": ("in {when}", "{when}"),
    # scorecard
    "c_target": ("Target", "목표"),
    "c_latest": ("Latest", "최근 값"),
    "c_asked": ("Asked", "목표치"),
    "c_pace": ("Pace", "속도"),
    "c_fan": ("Forecast", "전망"),
    "c_chance": ("Chance", "달성 확률"),
    "c_why": ("Why", "이유"),
    "c_verdict": ("Verdict", "판정"),
    "asks": ("asks", "필요"),
    "seen": ("seen", "실제"),
    "from_base": ("from base", "기준년부터"),
    "flag_on": ("in place", "시행"),
    "flag_off": ("not in place", "미시행"),
    "no_latest": ("no figure", "자료 없음"),
    "not_dated": ("undated", "시점 미상"),
    "cannot_say": ("cannot say", "계산 불가"),
    "no_series": ("no series", "계열 없음"),
    "range80": ("⟨80 %⟩: {lo} to {hi}", "⟨80%⟩: {lo}~{hi}"),
    "expected": ("Reached around {when} ({lo} to {hi}).", "{when}년 무렵 도달합니다({lo}~{hi})."),
    "base_value": ("base {value}, {when}", "기준 {value}, {when}"),
    "superseded": ("Replaced: {old}, by {new}.", "바뀐 목표: {old} → {new}"),
    "nf_unverifiable": ("Nothing to forecast.", "전망할 수 없음."),
    "nf_date": (
        "Nothing to forecast: a date would make this a target.",
        "전망할 수 없음: 시한이 있으면 전망할 수 있습니다.",
    ),
    "nf_series": (
        "Nothing to forecast: one published yearly figure would be enough to start.",
        "전망할 수 없음: 해마다 공표되는 값이 있으면 전망할 수 있습니다.",
    ),
    "nf_later": (
        "No forecast yet: the sector that moves it is not modelled.",
        "아직 전망 없음: 이를 움직이는 부문이 모형에 없습니다.",
    ),
    "whole_year": ("year", "연간"),
    "nf_closed": ("Closed: nothing left to forecast.", "이미 끝나 전망할 것이 없습니다."),
    "met_bars": ("{n} or more", "{n}개 이상"),
    "legend_actual": ("actual", "실적"),
    "legend_derived": ("derived, or to be checked", "계산·미확인"),
    "legend_announced": ("announced", "발표"),
    "legend_target": ("target", "목표"),
    "legend_band": ("median with ⟨50, 80, 95 %⟩ (model)", "중앙값과 ⟨50·80·95%⟩ (모형)"),
    "break": ("series break", "계열 단절"),
    "table": ("Figures behind the chart", "그림의 수치"),
    "t_period": ("Period", "시점"),
    "t_value": ("Value", "값"),
    "t_kind": ("What", "구분"),
    "t_low": ("⟨80 %⟩ low", "⟨80%⟩ 하한"),
    "t_high": ("⟨80 %⟩ high", "⟨80%⟩ 상한"),
    "t_count": ("Count", "개수"),
    "t_share": ("Chance", "확률"),
    "k_actual": ("actual", "실적"),
    "k_derived": ("derived", "계산"),
    "k_target": ("target", "목표"),
    "k_model": ("model", "모형"),
    "alt_fan": (
        "{name}. Latest {latest}; target {asked}; model median {median}.",
        "{name}. 최근 값 {latest}, 목표 {asked}, 모형 중앙값 {median}.",
    ),
    "alt_bars": ("{name}. Chance of each count in {when}.", "{name}. {when}년의 개수별 확률."),
    "alt_none": ("none", "없음"),
    # disputes
    "kind_definition": ("different definitions", "정의가 다름"),
    "kind_vintage": ("revised", "수정된 값"),
    "kind_rounding": ("rounded", "반올림"),
    "kind_scope": ("different scope", "범위가 다름"),
    "kind_currency": ("currency", "통화"),
    "kind_contradiction": ("contradiction", "모순"),
    "d_more": (
        "{n} more disagreements are in the data ({kinds}); the brief shows the weightiest.",
        "자료에는 엇갈림이 {n}건 더 있습니다({kinds}). 여기에는 무게가 큰 것만 실었습니다.",
    ),
    "d_none": ("No two sources disagree beyond rounding.", "반올림 차이를 넘어 엇갈리는 자료가 없습니다."),
    "known": ("known {when}", "{when} 공표"),
    "x_definition": (
        "The definitions differ, {gap} apart: each may be right for what it covers, and they must not be mixed.",
        "정의가 달라 {gap} 차이가 납니다. 저마다 해당 정의에서는 맞을 수 있으나 섞어 쓰면 안 됩니다.",
    ),
    "x_scope": (
        "The same words cover different things, {gap} apart.",
        "같은 용어가 서로 다른 범위를 가리킵니다(차이 {gap}).",
    ),
    "x_vintage": (
        "The figure was restated by {gap}; the latest is used.",
        "수치가 {gap} 수정되었습니다. 최신 수치를 씁니다.",
    ),
    "x_rounding": ("One figure rounds the other, {gap} apart.", "한쪽이 다른 쪽을 반올림한 값입니다(차이 {gap})."),
    "x_currency": (
        "One amount in two currencies that do not agree at the year's mean rate, {gap} apart.",
        "두 통화로 적은 같은 금액이 그해 평균 환율로 맞지 않습니다(차이 {gap}).",
    ),
    "x_contradiction": (
        "One definition, different figures, {gap} apart; the data do not say why.",
        "정의는 같은데 수치가 {gap} 다릅니다. 자료만으로는 이유를 알 수 없습니다.",
    ),
    "x_baseline": ("baseline of the target", "목표의 기준값"),
    "x_more": ("{n} more figures stand beside these.", "이 밖에 {n}건이 더 있습니다."),
    # effects
    "e_note_removed": (
        "Median effect of each measure within the plan as announced (the plan less the plan without it), at "
        "each target's date, with its ⟨80 %⟩ range; model outputs on the same draws. What each effect rests "
        "on stands beside it.",
        "발표된 계획에서 그 정책 하나를 뺐을 때와의 차이(중앙값)와 ⟨80%⟩ 구간, 각 목표의 시한 기준. 같은 "
        "추출로 계산한 모형 결과이며, 효과의 근거를 함께 적었습니다.",
    ),
    "e_note_alone": (
        "Median effect of each measure alone against no measures, at each target's date, with its ⟨80 %⟩ "
        "range; model outputs on the same draws. What each effect rests on stands beside it.",
        "정책이 하나도 없을 때와 그 정책만 있을 때의 차이(중앙값)와 ⟨80%⟩ 구간, 각 목표의 시한 기준. 같은 "
        "추출로 계산한 모형 결과이며, 효과의 근거를 함께 적었습니다.",
    ),
    "e_grades": (
        "Grades: A counted or law, B several studies, C one study or analogy, D assumption. An assumption whose likeliest size "
        "is none and whose range lies on one side has its median on that side: read such effects as what may be, not as what is.",
        "근거 등급: A 집계·법령, B 여러 연구, C 연구 하나 또는 유추, D 가정. "
        "가장 그럴듯한 크기가 없음이고 범위가 한쪽에만 있는 가정은 "
        "중앙값도 그쪽으로 치우칩니다. 이런 효과는 확인된 값이 아니라 있을 수 있는 값으로 읽어야 합니다.",
    ),
    "e_none": ("Effects were not computed for this brief.", "이 브리프에서는 효과를 계산하지 않았습니다."),
    "e_measure": ("Measure, owner", "정책, 담당"),
    "e_rests": ("Rests on", "효과의 근거"),
    "e_cost": ("Public cost", "비용"),
    "e_grade": ("Grade", "등급"),
    "e_mind": ("Mind", "유의할 점"),
    "e_range": ("{lo} to {hi}", "{lo}~{hi}"),
    "e_zero": ("no effect", "영향 없음"),
    "e_little": ("negligible", "미미함"),
    "e_size": ("{channel} {value} ({lo} to {hi})", "{channel} {value} ({lo}~{hi})"),
    "e_later": ("{what}: not modelled yet", "{what}: 아직 모형에 없음"),
    "e_disputed": ("disputed: {text}", "이견: {text}"),
    "e_slipped": ("slipped: {text}", "지연: {text}"),
    "cost_private": ("private: {value}", "민간: {value}"),
    "cost_announced": ("{value} announced", "{value} 발표"),
    "cost_approved": ("{value} approved", "{value} 확정"),
    "cost_spent": ("{value} spent", "{value} 집행"),
    "cost_unknown": ("unknown", "알 수 없음"),
    "e_idle_head": ("Not modelled yet", "아직 모형에 없는 정책"),
    "e_idle": (
        "{n} measures act on parts of the economy that the model does not have yet. Their effect is not zero; "
        "it is not known here.",
        "{n}개 정책은 아직 모형에 없는 부문에 작용합니다. 효과가 없다는 뜻이 아니라, 여기서는 알 수 없다는 뜻입니다.",
    ),
    "e_acts": ("acts on {what}", "작용: {what}"),
    "e_umbrella": (
        "Umbrella strategies, whose effect lies in their member measures: ",
        "개별 정책을 묶은 전략(효과는 각 정책에 들어 있음): ",
    ),
    # later sectors
    "s_finance": ("finance", "금융·투자"),
    "s_talent": ("talent", "인력"),
    "s_biodata": ("biodata", "바이오 데이터"),
    "s_automation": ("automation and AI discovery", "자동화·AI 신약개발"),
    "s_clusters": ("clusters", "클러스터"),
    "s_localisation": ("localisation of supplies", "소재·부품·장비 국산화"),
    "s_governance": ("governance", "추진 체계"),
    "s_economy": ("economy", "거시경제"),
    "s_manufacturing": ("manufacturing", "위탁생산"),
    "s_biosimilars": ("biosimilars", "바이오시밀러"),
    "s_pipeline": ("pipeline of new drugs", "신약 파이프라인"),
    "s_trials": ("clinical trials", "임상시험"),
    "s_exports": ("exports", "수출"),
    "s_industry": ("industry", "산업 생산"),
    "s_regulation": ("regulation", "심사·등재"),
    "s_policy": ("policy in general", "정책 공통"),
    # gaps
    "g_later": (
        "{n} targets wait for a sector that is not modelled yet: {names}.",
        "{n}개 목표는 아직 없는 부문을 기다립니다: {names}.",
    ),
    "g_unver": (
        "{n} targets are unverifiable, whatever the model: {names}.",
        "{n}개 목표는 어떤 모형으로도 검증할 수 없습니다: {names}.",
    ),
    "g_sectors": ("Parts of the economy without a sector yet: {names}.", "아직 부문이 없는 영역: {names}."),
    "g_backtest": (
        "The model has no record yet: it has not been re-run at past dates on what was known then, so how "
        "often its ranges hold is unknown.",
        "이 모형은 아직 이력이 없습니다. 과거 시점에서 당시 자료만으로 다시 돌려 보지 않았으므로, 구간이 "
        "얼마나 자주 맞는지는 모릅니다.",
    ),
    "g_posterior": (
        "Parameters are drawn from ranges read in sources or assumed; they are not fitted to the past series.",
        "매개변수는 출처에서 읽었거나 가정한 범위에서 뽑으며, 과거 계열에 맞춰 추정한 것이 아닙니다.",
    ),
    # method
    "m_time": (
        "The model steps month by month from {start} to {end}. Plants, products and drug candidates are "
        "followed one by one; the rest are stocks and flows.",
        "모형은 {start}부터 {end}까지 달마다 계산합니다. 공장, 제품, 신약 후보는 하나하나 따라가고 나머지는 "
        "저량과 유량으로 봅니다.",
    ),
    "m_draws": (
        "It runs {draws} times. Each draw takes one value for every uncertain parameter and one stream of "
        "shocks; a chance is the share of draws in which the target is met at its date.",
        "이를 {draws}번 되풀이합니다. 매번 불확실한 매개변수마다 값 하나와 충격 한 갈래를 뽑고, 시한에 목표가 "
        "이루어진 횟수의 비율이 달성 확률입니다.",
    ),
    "m_crn": (
        "Plan and comparison share every shock (common random numbers), so their difference is the effect of "
        "the measures and nothing else.",
        "계획과 비교 대상은 같은 충격을 씁니다(공통 난수). 그래서 둘의 차이는 정책의 효과뿐입니다.",
    ),
    "m_measures": (
        "A measure starts at its date, ramps up, passes a lag, and is realised in part; announcements that "
        "slip or shrink are part of the draw. Effects without a source are assumptions whose range includes "
        "zero.",
        "정책은 시작일부터 서서히 커지고, 시차를 거쳐, 일부만 실현됩니다. 늦어지거나 줄어드는 발표도 추출에 "
        "들어 있습니다. 출처가 없는 효과는 범위에 ⟨0⟩을 포함하는 가정입니다.",
    ),
    "m_anchor": (
        "Each definition keeps its own level: the model's path hangs on the latest published figure of that "
        "very definition, and series are not joined across a break.",
        "정의마다 제 수준을 지킵니다. 모형의 경로는 바로 그 정의의 최근 공표치에서 출발하며, 단절된 계열을 잇지 않습니다.",
    ),
    "m_sectors": ("Sectors and their assumptions", "부문과 그 가정"),
    "m_counts": (
        "{n} parameters: {sourced} from sources, {derived} derived, {assumed} by assumption, {unver} unverified.",
        "매개변수 {n}개: 출처 {sourced}, 계산 {derived}, 가정 {assumed}, 미확인 {unver}.",
    ),
    "m_param": ("Assumption", "가정한 값"),
    "m_value": ("Value", "값"),
    "m_range": ("Range", "범위"),
    "m_more": ("All assumptions of this sector", "이 부문의 가정 모두"),
    # unverified
    "u_intro": (
        "These stand in the plan from memory or are marked as not checked against their source. They are "
        "shown so wherever they are used.",
        "기억에 따라 적었거나 출처와 대조하지 못한 항목입니다. 쓰인 곳마다 그렇게 표시합니다.",
    ),
    "u_params": ("{n} parameters: {names}.", "매개변수 {n}개: {names}."),
    "u_obs": ("{n} figures of {names}.", "공표치 {n}개: {names}."),
    "u_atlas": ("{n} fields of {names} in the lists of {what}.", "{what} 목록의 {names} 항목 {n}개."),
    "a_plants": ("plants", "공장"),
    "a_products": ("products", "제품"),
    "a_references": ("reference biologics", "오리지널 의약품"),
    "a_candidates": ("biosimilar candidates", "바이오시밀러 후보"),
    "a_companies": ("companies", "기업"),
    "a_clusters": ("clusters", "클러스터"),
    "a_deals": ("deals", "거래"),
    "a_approvals": ("approvals", "허가"),
    "u_none": ("Nothing in this plan is marked unverified.", "미확인으로 표시된 항목이 없습니다."),
    # sources, colophon
    "undated": ("undated", "날짜 미상"),
    "no_url": ("no public page", "공개된 쪽 없음"),
    "site_only": ("site only; read in an excerpt", "사이트만 앎, 발췌로 읽음"),
    "col_plan": ("Plan {id} {version}, data to {date}", "계획 {id} {version}, 자료 기준일 {date}"),
    "col_run": (
        "seed {seed}, {draws} draws, model {version}, engine {engine}",
        "시드 {seed}, {draws}회 추출, 모형 {version}, 엔진 {engine}",
    ),
    "col_hash": ("plan hash {hash}", "계획 해시 {hash}"),
    "col_again": ("Make it again: {command}", "같은 브리프 만들기: {command}"),
    "col_forecast": (
        "Forecasts are conditional on the plan and the assumptions named here; they are no promise.",
        "전망은 여기 적은 계획과 가정을 전제로 하며, 약속이 아닙니다.",
    ),
}

_SLOT = re.compile(r"\{(\w+)\}|⟨([^⟩]*)⟩")


class Words:
    """The strings of one language. A missing one is a KeyError, and a test looks for it."""

    def __init__(self, lang: Literal["en", "ko"]) -> None:
        self.lang: Literal["en", "ko"] = lang
        self._at = LANGUAGES.index(lang)

    def __call__(self, key: str, **values: object) -> str:
        text = STRINGS[key][self._at].replace("⟨", "").replace("⟩", "")
        return text.format(**values) if values else text

    def verdict(self, verdict: str) -> str:
        return decided.verdict(verdict, self.lang)

    def has(self, key: str) -> bool:
        return key in STRINGS

    def rich(self, key: str, **values: Piece | Rich) -> Rich:
        """The string with figures put in; what stands in ⟨…⟩ becomes a name."""
        return fill(STRINGS[key][self._at], **values)

    def all(self) -> dict[str, str]:
        return {key: pair[self._at].replace("⟨", "").replace("⟩", "") for key, pair in STRINGS.items()}


def fill(template: str, **values: Piece | Rich) -> Rich:
    """``{name}`` becomes a piece or pieces, ``⟨digits⟩`` a name."""
    found: list[Piece] = []
    at = 0
    for slot in _SLOT.finditer(template):
        if slot.start() > at:
            found.append(template[at : slot.start()])
        if slot[1]:
            value = values[slot[1]]
            found.extend(value if isinstance(value, tuple) else (value,))
        else:
            found.append(Figure(slot[2], "name"))
        at = slot.end()
    if at < len(template):
        found.append(template[at:])
    return tuple(found)
