"""A small invented country with invented figures: enough of everything that a brief can show. No number here is real."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import ClassVar

import numpy as np

from salpi.brief import BriefModel, build_brief
from salpi.plan import schema
from salpi.plan.model import Atlas, Plan
from salpi.plan.schema import Company, Observation
from tiny import by_keyword

Indicator, Measure, Parameter, PlanFile, Source, Target = (
    by_keyword(kind)
    for kind in (schema.Indicator, schema.Measure, schema.Parameter, schema.PlanFile, schema.Source, schema.Target)
)
YEARS = np.arange(2025, 2036)
DRAWS = 400


def t(en: str, ko: str | None = None) -> dict[str, str | None]:
    return {"en": en, "ko": ko or en}


SOURCES = {
    "s-report": Source(
        title="Invented trade report <2025>",
        publisher="Ministry of Examples",
        published="2026-01-15",
        url="https://example.org/trade?a=1&b=2",
    ),
    "s-plan": Source(
        title="Invented strategy 2030", publisher="Cabinet of Examples", published="2025-09", url="https://example.org/plan"
    ),
    "s-survey": Source(
        title="Invented survey", publisher="Statistics Examples", published="2025", url="https://example.org", url_kind="site"
    ),
    "s-oral": Source(title="Invented speech", publisher="Ministry of Examples", url_kind="none"),
    "s-bad": Source(title="Invented page with a bad link", publisher="Examples Daily", url="javascript:alert(1)"),
    "s-unused": Source(title="Never cited", publisher="Nobody"),
}

INDICATORS = {
    "exports.goods@a": Indicator(
        name=t("Exports of goods", "재화 수출"),
        unit="USD",
        kind="flow",
        definition=t("customs item, current USD", "통관 품목, 경상 달러"),
        breaks=("2022",),
        price="nominal",
    ),
    "production": Indicator(
        name=t("Production", "생산액"),
        unit="KRW",
        kind="flow",
        definition=t("survey, whole industry", "실태조사, 산업 전체"),
        price="nominal",
    ),
    "blockbusters": Indicator(
        name=t("Blockbuster drugs", "블록버스터 신약"),
        unit="count",
        kind="count",
        definition=t("new drugs above 1tn won a year", "연 매출 1조 원 이상 신약"),
    ),
    "trials.rank": Indicator(
        name=t("Clinical trials, world rank", "임상시험 세계 순위"),
        unit="rank",
        kind="rank",
        direction="down",
        definition=t("rank by trial sites", "임상시험 기관 수 순위"),
    ),
    "review.days": Indicator(
        name=t("Review time", "심사 기간"),
        unit="days",
        kind="rate",
        direction="down",
        definition=t("mean days to approval", "허가까지 평균 일수"),
    ),
    "specialists": Indicator(
        name=t("Specialists trained", "전문인력 양성"),
        unit="persons",
        kind="flow",
        definition=t("persons, cumulated", "누적 인원"),
    ),
    "world.rank": Indicator(
        name=t("Power", "강국 순위"),
        unit="rank",
        kind="rank",
        direction="down",
        definition=t("no ranking named", "순위 기준 없음"),
    ),
    "local.share": Indicator(
        name=t("Bought at home", "국산화율"), unit="%", kind="rate", definition=t("share of purchases", "구매액 비중")
    ),
    "capacity": Indicator(
        name=t("Capacity", "생산 능력"), unit="L", kind="stock", definition=t("fermenter volume", "배양기 용량")
    ),
}


def observation(indicator: str, period: str, value: float, unit: str, source: str = "s-report", **more: str) -> Observation:
    return Observation(
        indicator=indicator,
        subject=more.pop("subject", "Exampleland"),
        period=period,
        value=value,
        unit=unit,
        status=more.pop("status", "actual"),
        source=source,
        **more,
    )


OBSERVATIONS = (
    *(
        observation("exports.goods@a", str(y), v * 1e9, "USD")
        for y, v in ((2019, 3.1), (2020, 4.2), (2021, 5.3), (2023, 4.1), (2024, 5.51), (2025, 6.52))
    ),
    observation("exports.goods@a", "2022", 3.63e9, "USD", basis="derived"),
    *(
        observation("production", str(y), v * 1e12, "KRW", "s-survey")
        for y, v in ((2020, 17.4), (2021, 20.9), (2022, 23.8), (2023, 20.9), (2024, 22.9))
    ),
    observation("blockbusters", "2022", 0, "count", "s-plan"),
    *(
        observation("trials.rank", str(y), v, "rank")
        for y, v in ((2019, 8), (2020, 6), (2021, 6), (2022, 5), (2023, 4), (2024, 6))
    ),
    observation("review.days", "2025", 406, "days", "s-oral"),
    observation("review.days", "2027", 300, "days", "s-oral", status="announced"),
    observation("local.share", "2024", 7, "%", "s-bad", basis="unverified"),
    observation("local.share", "2024", 5, "%", "s-survey", basis="unverified", as_of="2024-03"),
    observation("capacity", "2024", 785000, "L", subject="Example Biologics"),
)

TARGETS = {
    "exports.2030": Target(
        name=t("Exports doubled to $11.6bn", "수출 2배, 116억 달러"),
        strategy="leap",
        indicator="exports.goods@a",
        comparison=">=",
        value=11.6e9,
        unit="USD",
        by="2030",
        announced="2025-09",
        sources=("s-plan",),
        supersedes=("exports.2027",),
    ),
    "exports.2027": Target(
        name=t("Exports of $9bn", "수출 90억 달러"),
        strategy="five",
        indicator="exports.goods@a",
        comparison=">=",
        value=9e9,
        unit="USD",
        by="2027",
        announced="2023-03",
        sources=("s-oral",),
        superseded_by="exports.2030",
    ),
    "blockbusters.2030": Target(
        name=t("Three blockbusters", "블록버스터 신약 3개"),
        strategy="leap",
        indicator="blockbusters",
        comparison=">=",
        value=3,
        unit="count",
        by="2030",
        announced="2025-09",
        sources=("s-plan",),
    ),
    "trials.2030": Target(
        name=t("Third in trials", "임상시험 세계 3위"),
        strategy="leap",
        indicator="trials.rank",
        comparison="<=",
        value=3,
        unit="rank",
        by="2030",
        announced="2025-09",
        sources=("s-plan",),
    ),
    "review.2026": Target(
        name=t("Review in 295 days", "심사 295일"),
        strategy="leap",
        indicator="review.days",
        comparison="<=",
        value=295,
        unit="days",
        by="2026-Q4",
        announced="2025-09",
        sources=("s-plan",),
    ),
    "power": Target(
        name=t("Top-five power", "세계 5대 강국"),
        strategy="leap",
        indicator="world.rank",
        comparison="<=",
        value=5,
        unit="rank",
        by="2030",
        announced="2025-09",
        sources=("s-plan",),
        unverifiable=t("The strategy names no ranking.", "계획에 순위의 기준이 없습니다."),
        baseline={"value": 10, "period": "2024", "source": "s-plan"},
    ),
    "production.2030": Target(
        name=t("Production of 100tn won", "생산 100조 원"),
        strategy="five",
        indicator="production",
        comparison=">=",
        value=100e12,
        unit="KRW",
        by="2030",
        announced="2023-07",
        sources=("s-survey", "s-oral"),
    ),
    "specialists.2027": Target(
        name=t("110,000 specialists", "전문인력 11만 명"),
        strategy="five",
        indicator="specialists",
        comparison=">=",
        value=110000,
        unit="persons",
        by="2027",
        announced="2023-04",
        sources=("s-oral",),
    ),
    "local.2030": Target(
        name=t("15 % bought at home", "국산화율 15%"),
        strategy="five",
        indicator="local.share",
        comparison=">=",
        value=15,
        unit="%",
        by="2030",
        announced="2023-07",
        sources=("s-survey",),
    ),
    "capacity.2032": Target(
        name=t("Capacity of 1.32m L", "생산 능력 132만 L"),
        strategy="five",
        kind="company",
        indicator="capacity",
        subject="Example Biologics",
        comparison=">=",
        value=1.32e6,
        unit="L",
        by="2032",
        announced="2023-10",
        sources=("s-report",),
    ),
    "exports.2024": Target(
        name=t("Exports of $5bn", "수출 50억 달러"),
        strategy="five",
        indicator="exports.goods@a",
        comparison=">=",
        value=5e9,
        unit="USD",
        by="2024",
        announced="2023-10",
        sources=("s-report",),
    ),
}

SIZE = {"value": 0.1, "low": 0.02, "high": 0.2, "unit": "ratio", "basis": "sourced", "sources": ["s-survey"]}
GUESS = {"value": 0.05, "low": -0.05, "high": 0.3, "unit": "ratio", "basis": "assumption"}


def measure(id_: str, en: str, ko: str, channel: str | None, size: dict[str, object], **more: object) -> Measure:
    effects = [{"channel": channel, "size": size}] if channel else []
    body = {"cost": {"value": "unknown"}, "start": "2026-01", "status": "announced", "grade": "D", "sources": ["s-plan"], **more}
    return Measure(id=id_, name=t(en, ko), group="all", owners=("moe",), effects=effects, **body)  # type: ignore[arg-type]


MEASURES = {
    m.id: m
    for m in (
        measure(
            "review",
            "Faster review, 406 to 295 days",
            "심사 기간 단축, 406일에서 295일로",
            "biosimilars.review_time",
            GUESS,
            disputed=t("rivals gain too", "경쟁사도 이득"),
        ),
        measure(
            "waiver",
            "Phase-3 waiver",
            "3상 면제",
            "exports.market_access",
            SIZE,
            grade="C",
            cost={"value": 4e11, "unit": "KRW", "price": "nominal", "kind": "announced", "sources": ["s-oral"]},
        ),
        measure("zero", "A measure that moves nothing here", "여기서는 움직이지 않는 정책", "exports.tariff_us", GUESS),
        measure("training", "110,000 specialists", "인력 11만 명", "talent.supply", GUESS, slipped=t("a year late", "1년 지연")),
        measure("leap", "The leap strategy", "대도약 전략", None, GUESS, umbrella=True),
    )
}

PARAMETERS = {
    "exports.elasticity": Parameter(
        name=t("Elasticity of exports", "수출 탄력성"),
        value=0.7,
        low=0.1,
        high=1.4,
        dist="triangular",
        unit="ratio",
        basis="assumption",
    ),
    "exports.share": Parameter(
        name=t("Share sold abroad", "해외 판매 비중"), value=0.92, unit="ratio", basis="sourced", sources=("s-report",)
    ),
    "pipeline.peak": Parameter(
        name=t("Peak sales", "최대 매출"),
        value=3e8,
        low=5e7,
        high=2e9,
        dist="lognormal",
        unit="USD",
        price="nominal",
        basis="assumption",
    ),
    "pipeline.memory": Parameter(name=t("A remembered share", "기억에 따른 비중"), value=0.3, unit="ratio", basis="unverified"),
}

META = PlanFile(
    schema=1,
    id="example",
    version="0.0",
    title=t("Bio strategy of Exampleland", "예시국 바이오 전략"),
    subject="Exampleland",
    subject_name=t("Exampleland", "예시국"),
    as_of="2026-11-22",
    horizon={"start": "2025", "end": "2035"},
    currencies={"home": "KRW"},
    owners={"moe": {"name": t("Ministry of Examples", "예시부")}},
    strategies={
        "leap": {"name": t("Leap strategy 2030", "대도약 전략 2030"), "announced": "2025-09", "owners": ["moe"]},
        "five": {"name": t("Five-year plan", "5개년 계획"), "announced": "2023-03"},
    },
    sectors=("exports", "pipeline"),
    draws=DRAWS,
    seed=7,
    headline=("exports.2030", "blockbusters.2030", "power"),
    charts=("exports.2030", "trials.2030", "blockbusters.2030", "review.2026"),
)

COMPANIES = (
    Company(id="example-biologics", name="Example Biologics", type="maker", source="s-report", unverified="city founded"),
)

PLAN = Plan(
    id="example",
    root=Path("example"),
    meta=META,
    indicators=INDICATORS,
    sources=SOURCES,
    observations=OBSERVATIONS,
    targets=TARGETS,
    measures=MEASURES,
    parameters=PARAMETERS,
    sector_of={k: k.split(".")[0] for k in PARAMETERS},
    scenarios={},
    checks=(),
    atlas=Atlas(companies=COMPANIES),
    hash="0" * 64,
    as_of=date(2026, 11, 22),
)


@dataclass(frozen=True)
class Outcome:
    years: np.ndarray
    values: np.ndarray

    def at(self, period: str) -> np.ndarray:
        return self.values[:, int(period[:4]) - 2025]


class ExampleRun:
    """Paths from a fixed generator, for the targets that are to have a forecast."""

    spec: ClassVar[dict[str, object]] = {
        "plan": "example",
        "hash": "0" * 64,
        "seed": 7,
        "draws": DRAWS,
        "as_of": "2026-11-22",
        "start": "2025-01",
        "end": "2035-12",
        "version": "0.1.0",
        "engine": "numpy",
    }
    draws = DRAWS
    years = YEARS

    def __init__(self) -> None:
        z = np.random.Generator(np.random.PCG64(1)).standard_normal((DRAWS, 3))
        ages = (YEARS - 2025)[None, :]
        self._paths = {
            "exports.goods@a": 6.52e9 * np.exp((0.11 + 0.05 * z[:, :1]) * ages),
            "production": 22.9e12 * np.exp((0.08 + 0.04 * z[:, 1:2]) * (ages + 1)),
            "blockbusters": np.minimum(np.floor(np.exp(0.5 * z[:, 2:]) * ages / 4), 9),
            "trials.rank": np.clip(np.round(5 + 1.5 * z[:, 1:2] - 0.1 * ages), 1, 12),
            "review.days": 406 - np.minimum(ages, 2) * (50 + 15 * z[:, 2:]),
        }

    def indicator(self, indicator: str, subject: str | None = None) -> Outcome | None:
        if indicator not in self._paths:
            return None
        return Outcome(YEARS, self._paths[indicator])


def row(id_: str, verdict: str, probability: float | None = None, **more: object) -> dict[str, object]:
    body = TARGETS[id_]
    latest = PLAN.latest(body.indicator, body.subject)
    return {
        "id": id_,
        "indicator": body.indicator,
        "subject": body.subject,
        "target": body.value,
        "unit": body.unit,
        "by": body.by,
        "comparison": body.comparison,
        "baseline": None,
        "latest": {"value": latest.value, "period": latest.period, "source": latest.source} if latest else None,
        "pace_needed": {"from_now": 12.2, "from_baseline": 12.2, "unit": "%/yr"}
        if latest and probability is not None
        else {"from_now": None, "from_baseline": None, "unit": None},
        "pace_seen": 21.6 if probability is not None else None,
        "probability": probability,
        "probability_reason": "",
        "forecast": {"p05": 5e9, "p10": 6e9, "p50": 9e9, "p90": 1.6e10, "p95": 2e10} if id_.startswith("exports") else None,
        "expected_date": None,
        "verdict": verdict,
        "why": {
            "en": f"Because of 3 invented reasons ({verdict}).",
            "ko": "지어낸 이유 3가지, 모두 이 시험만을 위해 적은 것입니다.",
        },
        "supersedes": list(body.supersedes),
        "superseded_by": body.superseded_by,
        "sources": list(body.sources),
        **more,
    }


SCORECARD = {
    "spec": dict(ExampleRun.spec, measures=list(MEASURES)),
    "targets": [
        row("exports.2030", "open", 0.61, expected_date={"p05": "2028", "p50": "2030", "p95": None}),
        row("exports.2027", "unlikely", 0.2),
        row("blockbusters.2030", "unlikely", 0.13),
        row("trials.2030", "very unlikely", 0.07),
        row("review.2026", "open", 0.54),
        row("power", "unverifiable"),
        row("production.2030", "very unlikely", 0.002),
        row("specialists.2027", "not modelled yet"),
        row("local.2030", "not modelled yet"),
        row("capacity.2032", "very likely", 0.999),
        row("exports.2024", "met"),
    ],
}


def _spread(p05: float, p50: float, p95: float) -> dict[str, float]:
    return {"p05": p05, "p10": p05 * 0.9, "p50": p50, "p90": p95 * 0.9, "p95": p95}


EFFECTS = {
    "measures": [
        {
            "id": m,
            "target": target,
            "removed": _spread(*sizes),
            "alone": _spread(*sizes),
            "probability_change": 0.01,
            "cost": None,
            "grade": "D",
        }
        for m, scale in (("review", 0.1), ("waiver", 1.0), ("zero", 0.0))
        for target, sizes in (
            ("exports.2030", (-1e8 * scale, 5e8 * scale, 2e9 * scale)),
            ("blockbusters.2030", (0.0, 0.0, 1.0 * scale)),
        )
    ]
}


CONFLICTS = tuple(
    {
        "id": f"c{i}",
        "indicator": ind,
        "subject": "Exampleland",
        "period": "2024",
        "kind": kind,
        "weight": 1.0 / (i + 1),
        "gap": 0.3,
        "sides": [
            {
                "value": 7.0,
                "unit": "%",
                "source": "s-bad",
                "as_of": "2024-04-03",
                "definition": t("80 core items", "핵심 80품목"),
            },
            {"value": 5.0, "unit": "%", "source": "s-survey", "as_of": None, "definition": t("all items", "전체 품목")},
        ],
        "explanation": t("Two baskets: 80 items and all.", "두 바구니가 다릅니다: 80품목과 전체."),
    }
    for i, (ind, kind) in enumerate((("local.share", "definition"), ("exports.goods", "vintage"), ("exports.goods", "rounding")))
)


def build(lang: str) -> BriefModel:
    """The invented plan's brief."""
    return build_brief(PLAN, ExampleRun(), SCORECARD, EFFECTS, CONFLICTS, lang)  # type: ignore[arg-type]
