"""Pipeline: new drugs asset by asset, from discovery to their last sales; blockbusters are whole numbers in every draw.

Mechanism (months unless stated; one entity is one asset in one draw):

1. Assets. The latest survey that splits the pipeline by phase gives the assets of the run's start, area and modality
   raked from its margins *(assumption: independent)*; named products stand for themselves (``pipeline_data.py``). New
   programmes begin at ``starts.rate · channel`` a year. Only those that will reach the clinic are drawn: a Poisson
   process thinned by the chance of passing discovery and the preclinic is again one, and no output but the count of
   early failures depends on the others. They arrive by time-rescaling: more money brings arrivals forward and never
   reshuffles them. So ``active`` before the clinic holds the surveyed assets and the newcomers bound for the clinic.
2. Time in a phase: ``12 · mean · (1 - c/9 + z √c/3)^3``, c = cv², z standard normal: a Gamma of mean and cv by the
   Wilson-Hilferty cube (1931; error below 1 % of the mean between the 1 and 99 % points for cv up to 0.65). Review at
   home follows the home regulator's days, review abroad does not. An asset that stood in its phase at the start has
   spent part of its time: what is left is a uniform share of a length-biased duration (renewal theory). A named asset
   that the plan still saw in its phase at its date has not left before: a draw that says so becomes a short rest.
   Failing takes as long as passing *(assumption: the source times successes only)*.
3. Success if ``u < p``, ``logit p = (area + modality - all) · s + own + shifts + channel``: area and modality are margins
   of one table, so their logits add against the row of all; ``own`` is the asset's own quality, logistic with sd
   ``success.areasd``, the same in all its phases, less what survivors of a phase have in the mean (published rates are
   of survivors); ``s = √(1 + π sd²/8)`` keeps the published mean. Shifts: all home sponsors; small sponsors without a
   partner in phase 3 and review; the yearly drift of phase 1 since the table's middle. Before the clinic the rates are
   one number each.
4. Money for pivotal trials (assets a year) lifts the chance to go on after phase 2 by its ratio to the flow out of
   phase 2 at the start. It funds assets that would have stopped: they are of average promise, no better.
5. Licensing-out in each clinical phase: odds ``hazard · channel · (weight of the phase · years)``, in phase 1 with the
   weighted years in the preclinic besides, so that deals on candidates are counted as they enter the clinic. Headline
   log-logistic of shape 2 (spread of the logarithm 0.9: heavy-tailed), where one is stated; the upfront share at once,
   a share at each phase passed while the partner stays; rights come back with a chance at each phase passed; royalty on
   the partner's sales. Deals on platforms, on marketed products and in discovery are not modelled.
6. Approved. An asset reaches the large markets abroad or only the home market, with a chance that a partner raises, and
   that is lower for late assets which the plan, naming others, does not name.
   Launch follows approval after the home payer's listing time, abroad after a lag. Peak sales are log-normal (two
   pairs of numbers: abroad, home), abroad cut off at a ceiling. Uptake is logistic, its pace and middle fitted to the
   sourced curve (shares of peak in years 1–5); after exclusivity sales halve every so many years.
7. Named products on the market hang on their latest observed sales: ``S(y) = S_obs · F(y)/F(y_obs)``. Where two years
   of the same scope are known, the share of peak reached is the one at which a logistic of width ``w`` grows by their
   ratio ``r`` in the ``n`` years between, ``x = (e^(n/w) - r)/(e^(n/w) - 1)``: the path goes through both;
   where the plan has an analyst's peak, ``x = S_obs/peak``; else from age. Growth ahead errs as analysts' forecasts do,
   the more the less of the peak has been reached. Falling sales go on falling for five years.
8. Blockbuster: a new drug of home origin whose sales of the year, whoever books them, reach the threshold (home
   currency, at the year's exchange rate). Biosimilars count only in ``.any``, by their observed products; a partner's
   drug made with a home technology is no drug of home origin. A combination counts by the product's own share.
9. Exports (trade currency) are goods: own sales abroad times the transfer share, partners' sales times the supplied
   share. Royalties and licence payments are services: ``licence.*``, never in exports. Vaccines are left out: exports
   carry them as a component of their own.

Random numbers: a uniform that has decided something is used up, not thrown away: given ``u < p``, ``u/p`` is uniform
again (Devroye 1986, II.3). Conditions at the moment a phase starts apply to it; the money for pivotal trials counts at
the moment phase 3 would start.

Pitfalls. Surveys count projects, not activity: early ones rest for years, so the preclinical stay is stretched until
stocks and flows agree. A survey's "new drugs" include many that no agency abroad will see. A filing abroad is not a
filing at home. Sources: ``parameters/pipeline.yaml`` at each number; DiMasi et al. 2016 and BIO 2021 for the structure.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from salpi.engine.declare import (
    Attribute,
    Channel,
    EntitySector,
    Give,
    Need,
    Parameter,
    Passage,
    Stage,
    Values,
)
from salpi.engine.numbers import MONTH, MONTHS, Number
from salpi.model.base import HOME, TRADE
from salpi.model.sectors.pipeline_bind import bind
from salpi.model.sectors.pipeline_data import CLINICAL
from salpi.model.sectors.pipeline_market import finish, outcome
from salpi.model.sectors.pipeline_numbers import (
    CERTAIN,
    DRIFT_YEARS,
    LEAST,
    MILLION,
    TABLE_MIDDLE,
    arrivals,
    normal,
    prepare,
    split,
)

LEAST_FLOW = Number(1.0, "assets/yr")

# --- stages ----------------------------------------------------------------------------------------------------


def stay(xp: Any, p: Values, mean: Any, z: Any, rest: Any, first: Any) -> Any:
    """Months in a phase of ``mean`` years; what is left of them where the asset stood in it at the start."""
    c = xp.where(first, p["c.biased"], p["c"])
    root = xp.maximum(1.0 - c / 9.0 + z * xp.where(first, p["sd.biased"], p["sd"]), 0.0)
    return MONTHS * mean * root * root * root * xp.where(first, (1.0 + p["c"]) * rest, 1.0)


def duration(xp: Any, e: Values, p: Values, u: Values, mean: Any, start: Any, first: Any) -> Any:
    """Months in a phase, given that the plan still saw a named asset in it."""
    left = stay(xp, p, mean, normal(xp, u["time"]), u["rest"], first)
    spent = xp.maximum(e["seen"] - start, 0.0)
    return xp.where(left > spent, left, spent + MONTHS * mean * p["pipeline.duration.cv"] * u["rest"])


def brought(xp: Any, e: Values, p: Values, u: Values, first: Any) -> tuple[Any, Any, Any]:
    """Own quality (logit) and licence (1 or 0) as an asset enters a clinical phase, drawn where not known; a spare uniform."""
    unknown = e["quality"] == 0.0
    already, spare = split(xp, u["licence"], xp.where(first, p["pipeline.licence.stock"], 0.5))
    spare = xp.where(first, spare, u["licence"])
    own = xp.where(unknown, p["quality"] * xp.logit(xp.where(first, spare, u["rest"])), e["quality"])
    held = xp.where(first & already, 1.0, e["licensed"])
    return own, xp.where(unknown & (e["partnered"] >= 0.0), e["partnered"], held), spare


def chance(xp: Any, e: Values, p: Values, phase: str, own: Any, shift: Any) -> Any:
    """Probability to pass a clinical phase or the review."""
    area = xp.pick(p[f"logit.{phase}"], e[f"area.{phase}"])
    row = e[f"modality.{phase}"]
    modality = xp.where(row >= 0, xp.pick(p[f"offset.{phase}"], xp.maximum(row, 0)), 0.0)
    return xp.expit((area + modality) * p["stretch"] + own + shift)


def mean_time(xp: Any, e: Values, p: Values, phase: str) -> Any:
    return xp.pick(p[f"pipeline.duration.{phase}"], e[f"time.{phase}"])


def licence(
    xp: Any, e: Values, p: Values, at: Any, start: Any, months: Any, held: Any, spare: Any, phase: str, before: Any
) -> tuple[Any, Any]:
    """Is a licence signed in this phase, and the headline value that holds from then on (trade currency).

    ``before``: weighted years in the preclinic, whose licences are counted as phase 1 starts.
    """
    rate = p["pipeline.licence.hazard"] * at("pipeline.licensing_chance", start)
    pull = rate * (p[f"weight.{phase}"] / MONTHS * months + before)
    happens = pull / (1.0 + pull)
    stated = happens * p["pipeline.licence.stated"]
    odds = spare / xp.maximum(stated - spare, LEAST)  # of a uniform number, where it is below the chance of a stated value
    headline = xp.where(spare < stated, p["pipeline.licence.headline.median"] * MILLION * xp.sqrt(odds), 0.0)
    signs = (spare < happens) & (held < 0.5)
    return signs, xp.where(signs, headline, e["headline"])


def clinical(
    xp: Any,
    e: Values,
    p: Values,
    at: Any,
    start: Any,
    months: Any,
    odds: Any,
    passes: Any,
    back: Any,
    had: tuple[Any, Any, Any],
    phase: str,
    before: Any = 0.0,
) -> Passage:
    """The end of a phase: a licence signed in it, what partners pay, rights that come ``back``, quality of the survivors."""
    own, held, spare = had
    signs, headline = licence(xp, e, p, at, start, months, held, spare, phase, before)
    licensed = xp.where(signs, 1.0, held)
    sd = p["pipeline.success.areasd"]
    carry = {
        "quality": own - sd * sd * (1.0 - odds),
        "licensed": xp.where(back, 0.0, licensed),
        "headline": headline,
    }
    middle = start + 0.5 * months
    paid = xp.where(passes, licensed * headline, 0.0) * p[f"milestone.{phase}"]
    events = {
        "pipeline.licence.deals": (middle, xp.where(signs, 1.0, 0.0)),
        "pipeline.licence.upfront": (middle, xp.where(signs, headline, 0.0) * p["pipeline.licence.upfront_share"]),
        "pipeline.licence.milestones": (start + months, paid),
    }
    return Passage(months, passes, carry, events)


def early(xp: Any, e: Values, p: Values, u: Values, at: Any, start: Any, first: Any) -> tuple[Any, Any]:
    """Discovery and the preclinic in one event: two chances, two times; a slow project is slow in both (assumption)."""
    found = e["discovery"] > 0.5
    candidate = (u["pass"] < p["pass.discovery"]) | (e["discovery"] < 0.5) | (e["bound"] > 0.5)
    passes = (u["pass"] < xp.where(found, p["pass.both"], p["pipeline.success.preclinical"])) | (e["bound"] > 0.5)
    z = normal(xp, u["time"])
    before = xp.where(found, stay(xp, p, p["early.discovery"], z, u["rest"], first), 0.0)
    after = xp.where(candidate, stay(xp, p, p["early.preclinical"], z, u["rest"], first & (e["discovery"] < 0.5)), 0.0)
    return xp.maximum(before + after, xp.maximum(e["seen"] - start, 0.0) + MONTH), passes


def phase1(xp: Any, e: Values, p: Values, u: Values, at: Any, start: Any, first: Any) -> Passage:
    own, held, spare = brought(xp, e, p, u, first)
    drifted = xp.minimum(xp.maximum(start - TABLE_MIDDLE, 0.0), MONTHS * DRIFT_YEARS)
    drift = p["pipeline.success.drift"] / MONTHS * drifted
    shift = p["pipeline.success.home_shift"] + drift + at("pipeline.success_logit", start)
    odds = chance(xp, e, p, "phase1", own, shift)
    passes, back = u["pass"] < odds, u["pass"] < odds * p["returned"]
    months = duration(xp, e, p, u, mean_time(xp, e, p, "phase1"), start, first)
    before = xp.where(first, 0.0, p["weight.preclinical"] * p["early.preclinical"])
    return clinical(xp, e, p, at, start, months, odds, passes, back, (own, held, spare), "phase1", before)


def phase2(xp: Any, e: Values, p: Values, u: Values, at: Any, start: Any, first: Any) -> Passage:
    own, held, spare = brought(xp, e, p, u, first)
    odds = chance(xp, e, p, "phase2", own, p["pipeline.success.home_shift"] + at("pipeline.success_logit", start))
    months = duration(xp, e, p, u, mean_time(xp, e, p, "phase2"), start, first)
    flow = e["in.phase2"] / p["all.time.phase2"]
    funded = xp.maximum(at("pipeline.phase3_start", start + months), 0.0) / xp.maximum(flow, LEAST_FLOW)
    likely = xp.minimum(odds + funded, CERTAIN)
    passes, back = u["pass"] < likely, u["pass"] < likely * p["returned"]
    return clinical(xp, e, p, at, start, months, odds, passes, back, (own, held, spare), "phase2")


def phase3(xp: Any, e: Values, p: Values, u: Values, at: Any, start: Any, first: Any) -> Passage:
    own, held, spare = brought(xp, e, p, u, first)
    shift = p["pipeline.success.home_shift"] + (1.0 - held) * p["pipeline.success.small_sponsor_shift"]
    odds = chance(xp, e, p, "phase3", own, shift)
    passes, back = u["pass"] < odds, u["pass"] < odds * p["returned"]
    months = duration(xp, e, p, u, mean_time(xp, e, p, "phase3"), start, first)
    return clinical(xp, e, p, at, start, months, odds, passes, back, (own, held, spare), "phase3")


def review(xp: Any, e: Values, p: Values, u: Values, at: Any, start: Any, first: Any) -> Passage:
    own, held, spare = brought(xp, e, p, u, first)
    odds = chance(xp, e, p, "review", own, (1.0 - held) * p["pipeline.success.small_sponsor_shift"])
    passes, luck = split(xp, u["pass"], odds)
    reach = xp.where(held > 0.5, p["pipeline.reach.licensed"], p["pipeline.reach.own"])
    reach = reach * xp.where(e["unnamed"] > 0.5, p["pipeline.reach.unnamed"], 1.0)
    reaches, luck = split(xp, luck, reach)
    abroad = xp.where(e["abroad"] >= 0.0, e["abroad"], xp.where(reaches, 1.0, 0.0))
    pace = at("regulation.review_days.newdrug", start) / p["review.newdrug.days.before"]
    mean = mean_time(xp, e, p, "review") * (abroad + (1.0 - abroad) * pace)
    months = duration(xp, e, p, u, mean, start, first)
    found = clinical(xp, e, p, at, start, months, odds, passes, luck < p["returned"], (own, held, spare), "review")
    seen = {"pipeline.approvals.abroad": (start + months, xp.where(passes, abroad, 0.0))}
    return Passage(months, passes, {**found.carry, "reach": abroad}, {**found.events, **seen})


# --- declaration -----------------------------------------------------------------------------------------------

LANES = ("pass", "time", "rest", "licence")
STEPS: dict[str, Callable[..., Any]] = {
    "early": early,
    "phase1": phase1,
    "phase2": phase2,
    "phase3": phase3,
    "review": review,
}
NAMES = (
    ("early", "the stages before the clinic", "발굴·전임상"),
    ("phase1", "phase 1", "임상 1상"),
    ("phase2", "phase 2", "임상 2상"),
    ("phase3", "phase 3", "임상 3상"),
    ("review", "review", "허가심사"),
)
FLOWS = (("starts", "Assets that enter ", " 진입 과제"), ("passes", "Assets that pass ", " 통과 과제"))
SCALARS = (
    ("pipeline.starts.rate", "assets/yr"),
    ("pipeline.success.hit_to_lead", "probability"),
    ("pipeline.success.lead_opt", "probability"),
    ("pipeline.success.preclinical", "probability"),
    ("pipeline.success.areasd", "logit"),
    ("pipeline.success.home_shift", "logit"),
    ("pipeline.success.small_sponsor_shift", "logit"),
    ("pipeline.success.drift", "logit/yr"),
    ("pipeline.duration.hit_to_lead", "yr"),
    ("pipeline.duration.lead_opt", "yr"),
    ("pipeline.duration.preclinical", "yr"),
    ("pipeline.duration.preclinical.rest", "x"),
    ("pipeline.duration.cv", "ratio"),
    ("pipeline.licence.hazard", "1/yr"),
    ("pipeline.licence.stock", "ratio"),
    ("pipeline.licence.headline.median", "million USD"),
    ("pipeline.licence.upfront_share", "ratio"),
    ("pipeline.licence.stated", "probability"),
    ("pipeline.licence.return_rate", "probability"),
    ("pipeline.licence.royalty", "ratio"),
    ("pipeline.reach.own", "probability"),
    ("pipeline.reach.licensed", "probability"),
    ("pipeline.reach.unnamed", "x"),
    ("pipeline.launch.lag", "months"),
    ("pipeline.sales.peak.median", "million USD"),
    ("pipeline.sales.peak.sigma", "log"),
    ("pipeline.sales.peak.ceiling", "million USD"),
    ("pipeline.sales.home.median", "million USD"),
    ("pipeline.sales.home.sigma", "log"),
    *((f"pipeline.sales.curve.y{n}", "ratio") for n in (1, 2, 3, 4, 5)),
    ("pipeline.sales.time_to_peak", "yr"),
    ("pipeline.sales.exclusivity", "yr"),
    ("pipeline.sales.loe.halflife", "yr"),
    ("pipeline.sales.loe.halflife_home", "yr"),
    ("pipeline.sales.reached.floor", "ratio"),
    ("pipeline.sales.reached.unknown", "ratio"),
    ("pipeline.sales.forecast_ripe", "ratio"),
    ("pipeline.sales.forecast_error", "probability"),
    ("pipeline.exports.abroad_share", "ratio"),
    ("pipeline.exports.goods_share", "ratio"),
    ("pipeline.exports.supply_share", "ratio"),
    ("pipeline.blockbuster.threshold", f"{HOME}/yr"),
    ("review.newdrug.days.before", "day"),
)

SECTOR = EntitySector(
    name="pipeline",
    stages=tuple(Stage(name, step, LANES if name != "early" else LANES[:3]) for name, step in STEPS.items()),
    outcome=outcome,
    outcome_uniforms=("peak", "error"),
    bind=bind,
    arrivals=arrivals,
    prepare=prepare,
    finish=finish,
    carry=("quality", "licensed", "headline", "reach"),
    parameters=(
        *(Parameter(i, unit) for i, unit in SCALARS),
        *(Parameter(f"pipeline.success.{k}", "probability", f"area.{k}") for k in CLINICAL),
        *(Parameter(f"pipeline.success.{k}.modality", "probability", f"modality.{k}") for k in CLINICAL),
        *(Parameter(f"pipeline.duration.{k}", "yr", f"time.{k}") for k in CLINICAL),
        Parameter("pipeline.licence.weight", "x", "partnered"),
        Parameter("pipeline.licence.milestone", "ratio", "clinic"),
        Parameter("pipeline.sales.own_share", "ratio", "own"),
        Parameter("pipeline.sales.peak_forecast", "million USD/yr", "peak"),
    ),
    channels=(
        Channel("pipeline.starts", "x", "multiply", "New assets a year", "신규 과제 수", 0.2, 5.0),
        Channel(
            "pipeline.success_logit", "logit", "add", "Success in phases 1 and 2, log-odds", "임상 1·2상 성공 로그오즈", -2.0, 2.0
        ),
        Channel("pipeline.licensing_chance", "x", "multiply", "Chance of a licence-out a year", "연간 기술수출 가능성", 0.1, 5.0),
        Channel("pipeline.phase3_start", "assets/yr", "add", "Extra starts of phase 3", "추가 임상 3상 진입", 0.0, 20.0),
    ),
    attributes=(
        *(Attribute(f"{kind}.{k}", "index", "entity") for k in CLINICAL for kind in ("area", "time", "modality")),
        *(Attribute(name, "index", "entity") for name in ("product", "own", "peak")),
        Attribute("seen", "month", "entity"),
        Attribute("discovery", "ratio", "entity"),
        Attribute("bound", "ratio", "entity"),
        Attribute("in.phase2", "assets", "entity"),
        Attribute("unnamed", "ratio", "entity"),
        Attribute("lasting", "ratio", "entity"),
        Attribute("first.known", "ratio", "entity"),
        Attribute("new", "ratio", "entity"),
        Attribute("biosimilar", "ratio", "entity"),
        Attribute("goods", "ratio", "entity"),
        Attribute("partnered", "ratio", "entity"),
        Attribute("abroad", "ratio", "entity"),
        Attribute("launched", "ratio", "entity"),
        Attribute("drawn", "ratio", "entity"),
        Attribute("sales", f"{TRADE}/yr", "entity"),
        Attribute("sales.year", "yr", "entity"),
        Attribute("growth", "log/yr", "entity"),
        Attribute("growth.years", "yr", "entity"),
        Attribute("growth.known", "ratio", "entity"),
        Attribute("sold.abroad", "ratio", "entity"),
        Attribute("sold.partner", "ratio", "entity"),
    ),
    needs=(
        Need("regulation.review_days.newdrug", "day"),
        Need("regulation.listing_days", "day"),
        Need("economy.fx", f"{HOME}/{TRADE}"),
    ),
    gives=(
        *(Give(f"pipeline.{flow}.{k}", "count", "sum", en + of, its + ko) for flow, en, ko in FLOWS for k, of, its in NAMES),
        Give("pipeline.failed", "count", "end", "Assets that have stopped, to date", "중단 과제(누적)"),
        Give("pipeline.active", "count", "end", "Assets in development by phase", "단계별 개발 중 과제", "stage"),
        Give("pipeline.approvals.abroad", "count", "sum", "New drugs approved in large markets abroad", "해외 주요국 허가 신약"),
        Give("pipeline.licence.deals", "count", "sum", "Licence-out deals of assets in development", "개발 과제 기술수출 건수"),
        Give("pipeline.licence.upfront", TRADE, "sum", "Upfront payments received", "기술수출 계약금"),
        Give("pipeline.licence.milestones", TRADE, "sum", "Milestone payments received", "마일스톤 수입"),
        Give("pipeline.licence.royalties", TRADE, "sum", "Royalties received", "로열티 수입"),
        Give("pipeline.licence.income", TRADE, "sum", "Licence income", "기술료 수입"),
        Give("pipeline.sales", TRADE, "sum", "Sales of new drugs, whoever books them", "신약 매출(매출 인식 기업과 무관)"),
        Give("pipeline.sales.by_product", TRADE, "sum", "Sales by product", "제품별 매출", "product"),
        Give("pipeline.exports", TRADE, "sum", "Exports of new drugs, before shipments' timing", "신약 수출"),
        Give("pipeline.blockbusters", "count", "end", "Blockbuster new drugs", "블록버스터 신약"),
        Give("pipeline.blockbusters.any", "count", "end", "Blockbusters, biosimilars included", "블록버스터(바이오시밀러 포함)"),
    ),
)
