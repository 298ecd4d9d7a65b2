"""The one schema: what may stand in a plan folder.

Loader, JSON Schemas for editors, documentation and checks are all made from these models.
Every model is strict: unknown keys are errors, values are frozen.
"""

from __future__ import annotations

from dataclasses import field
from typing import Annotated, Literal

from salpi.plan.shape import AsText, Limits, Model

SCHEMA_VERSION = 1

Id = Annotated[str, Limits(pattern=r"^[a-z0-9][a-z0-9._-]*(@[a-z0-9][a-z0-9._-]*)?$", max_length=120)]
"""Dotted, lower-case, ASCII; an indicator may carry its definition after ``@``."""

PeriodText = Annotated[str, AsText()]
"""``2030``, ``2026-Q4``, ``2025-H1``, ``2025-09``, ``2025-09-05`` or a span ``2023/2027`` (see periods.py)."""
UnitText = Annotated[str, Limits(min_length=1, max_length=40)]

Status = Literal["actual", "target", "forecast", "announced", "assumption"]
Basis = Literal["sourced", "derived", "unverified", "assumption"]
"""sourced: read in the source · derived: computed from sourced figures · unverified: remembered · assumption: ours."""
Grade = Literal["A", "B", "C", "D"]
UNKNOWN = "unknown"


class Text(Model):
    """A text in the plan's languages; English is required, Korean shown where given."""

    en: Annotated[str, Limits(min_length=1)]
    ko: str | None = None

    def __call__(self, lang: str = "en") -> str:
        return self.ko if lang == "ko" and self.ko else self.en


# --- plan.yaml -------------------------------------------------------------------------------------------------


class Horizon(Model):
    start: PeriodText
    end: PeriodText


class Currencies(Model):
    home: str
    trade: str = "USD"
    rates: Id | None = None  # indicator with the yearly exchange rate, home per trade currency


class Party(Model):
    """A ministry, agency or other owner of targets and measures."""

    name: Text
    short: Text | None = None


class Strategy(Model):
    """A published programme that states targets: "Bioeconomy 2.0"."""

    name: Text
    announced: PeriodText | None = None
    owners: tuple[Id, ...] = ()


class PlanFile(Model):
    schema: Literal[1]
    id: Id
    version: str
    title: Text
    subject: str  # the default subject of indicators and targets: the country
    subject_name: Text
    as_of: PeriodText  # the data's own date: what was known then; there is no hidden clock
    horizon: Horizon
    currencies: Currencies
    owners: dict[Id, Party] = field(default_factory=dict)
    strategies: dict[Id, Strategy] = field(default_factory=dict)
    sectors: tuple[str, ...] = ()  # sectors of the model that this plan's data feed; empty: evidence only
    claims: tuple[Id, ...] = ()  # ids under which claims in texts are given; empty: every indicator with phrases
    draws: Annotated[int, Limits(ge=1, le=10_000_000)] = 2000
    seed: Annotated[int, Limits(ge=0, lt=2**63)]
    headline: tuple[Id, ...] = ()  # targets the brief opens with
    charts: tuple[Id, ...] = ()  # targets drawn large in the brief


# --- indicators, sources ---------------------------------------------------------------------------------------


class ModelLink(Model):
    """How the model speaks of an indicator: the sum of these outputs, as is or hung on the latest actual value."""

    outputs: Annotated[tuple[Id, ...], Limits(min_length=1)]
    member: str | None = None  # a member of the output's dimension; None: the subject chooses; "all": the whole, for any subject
    link: Literal["direct", "anchored"] = "anchored"
    scale: float = 1.0  # from the output's unit to the indicator's (0.01 for percent ...)


class Indicator(Model):
    """Measure + definition: the id's part after ``@`` names the definition."""

    name: Text
    unit: UnitText
    kind: Literal["flow", "stock", "rate", "rank", "count", "flag"]
    direction: Literal["up", "down", "none"] = "up"
    price: str | None = None  # "nominal" or a price year, for money
    definition: Text
    includes: tuple[Id, ...] = ()
    phrases: dict[Literal["en", "ko"], tuple[str, ...]] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    bounds: tuple[float | None, float | None] = (None, None)
    lag_days: int | None = None  # usual days between a period's end and its first publication
    breaks: tuple[PeriodText, ...] = ()  # never chain a series across these periods
    shocks: tuple[PeriodText, ...] = ()  # periods of a known pulse, no trend
    model: ModelLink | None = None
    note: Text | None = None


class Source(Model):
    title: str
    publisher: str
    published: PeriodText | None = None
    url: str | None = None
    url_kind: Literal["page", "site", "none"] = "page"
    kind: Literal["official", "filing", "press", "study", "company", "data", "assumption"] = "press"
    quality: Grade = "C"


# --- observations.csv ------------------------------------------------------------------------------------------


class Observation(Model):
    indicator: Id
    subject: str
    period: PeriodText | None = None  # None: the source gives no date
    value: float
    qualifier: Literal["", "over", "under", "about", "up_to", "at_least"] = ""
    unit: UnitText
    status: Status
    as_of: PeriodText | None = None
    as_of_basis: Literal["", "published", "revision", "lag"] = ""
    basis: Basis = "sourced"
    confidence: Literal["high", "medium", "low", ""] = ""
    source: Id
    note: str = ""


# --- targets.yaml ----------------------------------------------------------------------------------------------


class Baseline(Model):
    value: float
    period: PeriodText | None = None
    source: Id | None = None


class Relative(Model):
    """ "Doubled": a target stated as a multiple of the value in a base period, on each definition's own base."""

    multiple: Annotated[float, Limits(gt=0)]
    base_period: PeriodText
    definitions: tuple[Id, ...] = ()


class Target(Model):
    name: Text
    strategy: Id
    kind: Literal["target", "outlay", "rule", "company"] = "target"
    indicator: Id
    subject: str | None = None
    comparison: Literal[">=", "<="]
    value: float
    unit: UnitText
    by: PeriodText | None = None
    baseline: Baseline | None = None
    relative: Relative | None = None
    announced: PeriodText
    owners: tuple[Id, ...] = ()
    sources: Annotated[tuple[Id, ...], Limits(min_length=1)]
    supersedes: tuple[Id, ...] = ()
    superseded_by: Id | None = None
    unverifiable: Text | None = None  # why no published figure lets one measure it
    note: Text | None = None


# --- parameters/*.yaml -----------------------------------------------------------------------------------------

Dist = Literal["fixed", "uniform", "triangular", "normal", "lognormal", "beta", "gamma"]


class Parameter(Model):
    """A number of the model with its uncertainty.

    ``low`` and ``high`` are a 90 % band for normal, lognormal, gamma and beta,
    the ends for uniform and triangular (mode ``value``).
    """

    name: Text
    value: float
    low: float | None = None
    high: float | None = None
    dist: Dist = "fixed"
    a: Annotated[float, Limits(gt=0)] | None = None  # beta shapes, where the source gives them
    b: Annotated[float, Limits(gt=0)] | None = None
    unit: UnitText
    price: str | None = None
    bounds: tuple[float | None, float | None] = (None, None)
    basis: Basis
    quality: Grade = "C"
    sources: tuple[Id, ...] = ()
    disputed: Text | None = None
    inert: str | None = None  # why changing it changes no output
    note: Text | None = None

    def __post_init__(self) -> None:
        if self.basis in ("sourced", "derived") and not self.sources:
            raise ValueError("a number needs a source: give `sources`, or say `basis: assumption`")
        if self.dist != "fixed" and (self.low is None or self.high is None):
            raise ValueError(f"`dist: {self.dist}` needs `low` and `high`")
        if self.low is not None and self.high is not None and not self.low <= self.value <= self.high:
            raise ValueError(f"`value` {self.value:g} must lie between `low` {self.low:g} and `high` {self.high:g}")


# --- measures/*.yaml -------------------------------------------------------------------------------------------


class Lag(Model):
    """Erlang delay between a measure's step and its effect; months."""

    mean: Annotated[float, Limits(ge=0)]
    order: Annotated[int, Limits(ge=1, le=8)] = 3
    basis: Basis
    sources: tuple[Id, ...] = ()

    def __post_init__(self) -> None:
        if self.basis in ("sourced", "derived") and not self.sources:
            raise ValueError("a lag needs a source: give `sources`, or say `basis: assumption`")


class Size(Model):
    """The full effect at intensity 1, in the channel's unit."""

    value: float
    low: float
    high: float
    dist: Dist = "triangular"
    unit: UnitText
    basis: Basis
    sources: tuple[Id, ...] = ()

    def __post_init__(self) -> None:
        if not self.low <= self.value <= self.high:
            raise ValueError(f"`value` {self.value:g} must lie between `low` {self.low:g} and `high` {self.high:g}")
        if self.basis == "assumption" and not self.low <= 0 <= self.high:
            raise ValueError("an effect without a source is an assumption, and its range must include 0")
        if self.basis != "assumption" and not self.sources:
            raise ValueError("an effect needs a source: give `sources`, or say `basis: assumption`")


class Effect(Model):
    channel: Id
    size: Size
    lag: Lag | None = None
    realisation: Id | None = None  # parameter: the share of the announced that is realised; None: 1
    share: Annotated[float, Limits(gt=0, le=1)] = 1.0  # part of the channel's whole that the measure reaches
    note: Text | None = None


class Cost(Model):
    value: float | Literal["unknown"]
    unit: UnitText | None = None
    price: str | None = None
    kind: Literal["announced", "approved", "spent", "private", "unknown"] = "unknown"
    sources: tuple[Id, ...] = ()

    def __post_init__(self) -> None:
        if self.value != "unknown" and not self.sources:
            raise ValueError("a cost needs a source: give `sources`, or write `value: unknown`")


class Milestone(Model):
    date: PeriodText | None = None
    what: Text
    status: Literal["done", "planned", "slipped", "unknown"] = "unknown"
    was: PeriodText | None = None  # the first date, where it slipped


class Measure(Model):
    id: Id
    name: Text
    group: Id
    owners: tuple[Id, ...] = ()
    announced: PeriodText | None = None
    start: PeriodText  # or "unknown"
    ramp_end: PeriodText = UNKNOWN  # the month in which it is in full force
    end: PeriodText = UNKNOWN
    legal_basis: Text | Literal["unknown"] = "unknown"
    status: Literal["in_force", "partly", "announced", "delayed", "ended", "superseded"]
    cost: Cost
    umbrella: bool = False  # a strategy whose effect lies in its member measures
    effects: tuple[Effect, ...] = ()
    replaces: tuple[Id, ...] = ()  # as this one ramps up, those fade out
    milestones: tuple[Milestone, ...] = ()
    grade: Grade
    intensity: tuple[float, float] = (0.0, 2.0)
    disputed: Text | None = None
    slipped: Text | None = None
    sources: Annotated[tuple[Id, ...], Limits(min_length=1)]
    note: Text | None = None


# --- scenarios/*.yaml, checks/*.yaml ---------------------------------------------------------------------------


class Setting(Model):
    measure: Id | None = None
    intensity: float | None = None
    start: PeriodText | None = None
    ramp_months: Annotated[int, Limits(ge=0, le=600)] | None = None
    parameter: Id | None = None
    value: float | None = None
    unit: UnitText | None = None

    def __post_init__(self) -> None:
        if (self.measure is None) == (self.parameter is None):
            raise ValueError("a setting names one `measure` or one `parameter`")
        if self.parameter is not None and (self.value is None or self.unit is None):
            raise ValueError("a `parameter` setting needs `value` and `unit`")
        if self.measure is not None and self.intensity is None and self.start is None and self.ramp_months is None:
            raise ValueError("a `measure` setting needs `intensity`, `start` or `ramp_months`")


class ScenarioFile(Model):
    """An ordered diff against the plan as announced, never a copy."""

    id: Id = "scenario"
    name: Text | None = None
    base: str | None = None
    use: dict[Id, bool] = field(default_factory=dict)
    set: tuple[Setting, ...] = ()
    why: Text | None = None


class Check(Model):
    """Behaviour that must hold, stated as data."""

    id: Id
    kind: Literal["range", "sign", "extreme"]
    output: Id
    min: float | None = None
    max: float | None = None
    channel: Id | None = None
    sign: Literal["+", "-", "0"] | None = None
    by: PeriodText | None = None
    why: str


# --- atlas/*.csv -----------------------------------------------------------------------------------------------


class Row(Model):
    """An entity row: `unverified` names its fields that were filled from memory."""

    source: Id
    basis: Basis = "sourced"
    unverified: str = ""
    note: str = ""


class Plant(Row):
    id: Id
    name: str
    company: Id
    capacity_l: Annotated[float, Limits(ge=0)]
    start: PeriodText  # first month of operation, known or announced
    status: Literal["open", "building", "announced"]
    country: str = "South Korea"


class Product(Row):
    id: Id
    name: str
    name_ko: str = ""
    company: Id
    kind: Literal["novel", "biosimilar", "vaccine", "toxin", "cell_gene", "platform"]
    area: str
    modality: str = ""
    stage: Literal["preclinical", "phase1", "phase2", "phase3", "filed", "approved", "launched"]
    stage_date: PeriodText | None = None
    markets: str = ""
    rights: Literal["own", "partner", "both", ""] = ""
    partner: str = ""
    sales_year: PeriodText | None = None
    sales_value: float | None = None
    sales_unit: str = ""
    sales_scope: Literal["global", "US", "Korea", "partner", ""] = ""
    sales2_year: PeriodText | None = None
    sales2_value: float | None = None
    sales2_unit: str = ""
    aliases: str = ""  # other subjects under which its sales are observed, separated by "; "


class ReferenceBiologic(Row):
    id: Id
    name: str
    originator: str = ""
    area: str
    sales_year: PeriodText | None = None
    sales_usd: float | None = None
    us_end: PeriodText | None = None  # exclusivity end
    eu_end: PeriodText | None = None
    rivals_us: float | None = None
    rivals_eu: float | None = None
    rivals_as_of: PeriodText | None = None
    sales_source: Id | None = None


class Candidate(Row):
    """One Korean biosimilar of one reference in one region."""

    id: Id
    reference: Id
    product: str
    company: Id
    region: Literal["US", "EU", "Korea", "world"]
    stage: Literal["development", "preclinical", "phase1", "phase3", "filed", "approved", "launched"]
    date: PeriodText | None = None  # of the stage; for approved products under a settlement, the date of entry


class PipelineCount(Row):
    id: Id
    survey: Id
    as_of: PeriodText
    population: str
    dimension: Literal["total", "area", "modality", "phase", "stage", "other"]
    category: str
    parent: str = ""
    count: float | None = None
    share_pct: float | None = None


class Company(Row):
    id: Id
    name: str
    name_ko: str = ""
    type: str
    focus: str = ""
    country: str = ""
    city: str = ""
    province: str = ""
    cluster: str = ""
    market: str = ""
    ticker: str = ""
    founded: str = ""
    products: str = ""
    capacity_l: float | None = None


class Cluster(Row):
    id: Id
    name: str
    name_ko: str = ""
    municipality: str = ""
    province: str = ""
    lat: float | None = None
    lon: float | None = None
    founded: str = ""
    specialisation: str = ""
    anchors: str = ""
    companies: float | None = None
    companies_scope: str = ""
    companies_year: str = ""
    employees: float | None = None
    employees_scope: str = ""
    employees_year: str = ""
    revenue_krw: float | None = None
    revenue_year: str = ""
    exports_usd: float | None = None
    exports_year: str = ""
    area_m2: float | None = None
    designated_2024: str = ""
    designation_role: str = ""
    investment_krw: float | None = None
    bid_2024: str = ""


class Deal(Row):
    id: Id
    date: PeriodText | None = None
    korean_party: str
    counterparty: str
    counterparty_country: str = ""
    type: str
    asset: str = ""
    modality: str = ""
    area: str = ""
    stage: str = ""
    upfront_usd: float | None = None
    total_usd: float | None = None
    total_krw: float | None = None
    total_other: str = ""
    status: str = ""


class Approval(Row):
    id: Id
    agency: str
    category: str
    product: str
    inn: str = ""
    reference: str = ""
    developer: str = ""
    sponsor: str = ""
    korean_developer: str = ""
    date: PeriodText | None = None
    area: str = ""
    status: str = ""


class Bid(Row):
    """A region's bid in one call for cluster sites: what it offered and what came of it."""

    id: Id
    region: str
    local_government: str = ""
    event: str
    outcome: str
    sites: str = ""
    vision: str = ""
    investment_krw: float | None = None


ATLAS: dict[str, type[Row]] = {
    "plants": Plant,
    "products": Product,
    "references": ReferenceBiologic,
    "candidates": Candidate,
    "pipelines": PipelineCount,
    "companies": Company,
    "clusters": Cluster,
    "deals": Deal,
    "approvals": Approval,
    "bids": Bid,
}
"""File stem under ``atlas/`` → its row model. All are optional."""
