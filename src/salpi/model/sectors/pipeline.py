"""Pipeline: new drugs asset by asset, from discovery to their last sales; blockbusters are whole numbers in every draw.

Mechanism (months unless stated; one entity is one asset in one draw):

1. Assets. The latest survey that splits the pipeline by phase gives the assets of the run's start, area and modality
   raked from its margins *(assumption: independent)*; named products stand for themselves (``pipeline_data.py``). New
   assets enter discovery by a Poisson process of intensity ``starts.rate · channel``, by time-rescaling: more money
   brings arrivals forward and never reshuffles them.
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
5. Licensing-out: chance ``1 - exp(-hazard · weight of the phase · channel · years)`` in each phase from the preclinic on;
   headline log-normal; upfront ``share · headline`` at once; ``milestone share · headline`` at each phase passed while
   the partner stays; rights come back with a chance at each phase passed; royalty on the partner's sales.
6. Approved. An asset reaches the large markets abroad or only the home market, with a chance that a partner raises.
   Launch follows approval after the home payer's listing time, abroad after a lag. Peak sales are log-normal (two
   pairs of numbers: abroad, home), abroad cut off at a ceiling. Uptake is logistic, its pace and middle fitted to the
   sourced curve (shares of peak in years 1–5); after exclusivity sales halve every so many years.
7. Named products on the market hang on their latest observed sales: ``S(y) = S_obs · F(y)/F(y_obs)``. Where two years
   of the same scope are known, the share of peak reached follows from the growth of a logistic, ``x = 1 - growth · w``;
   where the plan has an analyst's peak, ``x = S_obs/peak``; else from age. Growth ahead errs as analysts' forecasts do.
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

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from salpi.engine.declare import (
    Attribute,
    Bound,
    Channel,
    EntitySector,
    Give,
    Need,
    Parameter,
    Passage,
    Stage,
    Values,
)
from salpi.engine.special import normal_cdf
from salpi.model.base import HOME, TRADE
from salpi.model.sectors.pipeline_data import (
    ALL,
    AREA_WORDS,
    CLINICAL,
    LASTING,
    MODALITY_WORDS,
    NEVER,
    NO_NEW_DRUG,
    OTHER_GOODS,
    PASSED,
    PHASES,
    Asset,
    assets,
    known_rows,
    rows_of,
    word_of,
)

if TYPE_CHECKING:
    from salpi.plan import Plan

DAYS_A_MONTH = 365.25 / 12.0
LN2 = 0.6931471805599453
PI = 3.141592653589793
LOGISTIC_SD = PI / 3.0**0.5
TABLE_MIDDLE = 12.0 * 2015 + 6  # middle of the success tables' years, 2011–2020
DRIFT_YEARS = 10.0  # the drift was seen over about this long and is not carried further; assumption
MILLION = 1.0e6
CERTAIN = 1.0 - 2.0**-33  # a chance of one, as far as a uniform number of 32 bits can tell
NEVER_QUITE = 1.0e-9  # a chance of none that can still be divided by
NEARLY = 0.995  # a share of peak whose log-odds are still a number
WRONG = 0.3364722366212129  # log(1.4): a forecast counts as wrong beyond 40 %
FORECAST_YEARS = 5.0  # years after which a forecast has its full error; assumption
HOME_MONTHS = 6.0
PARTNERED = PHASES[1:]  # phases in which licences are signed
Z = np.arange(-50.0, 51.0) / 10.0
U = np.asarray(normal_cdf(Z))
_TAIL_C = (2.515517, 0.802853, 0.010328)
_TAIL_D = (1.432788, 0.189269, 0.001308)


# --- bind: the plan's data -------------------------------------------------------------------------------------


def bind(plan: Plan, start: int) -> Bound:
    found = assets(plan, start)
    now = float(12 * plan.as_of.year + plan.as_of.month - 1)
    names_late = any(a.named is not None and 4 <= a.stage < PASSED for a in found)
    dims: dict[str, tuple[str, ...]] = {"entity": tuple(a.id for a in found), "partnered": PARTNERED, "clinic": CLINICAL}
    dims["stage"] = tuple(STEPS)
    columns: dict[str, Any] = {
        "stage": [max(a.stage - 1, 0) for a in found],  # discovery and the preclinic are one stage of the run
        "bound": [1.0 if math.isnan(a.entry) else 0.0 for a in found],
        "discovery": [1.0 if a.stage == 0 else 0.0 for a in found],
        "entry": [a.entry for a in found],
        "seen": [now if a.named is not None and a.stage < PASSED else NEVER for a in found],
        "in.phase2": [float(sum(1 for a in found if a.stage == 3))] * len(found),
        "unnamed": [1.0 if names_late and a.named is None and a.stage >= 4 else 0.0 for a in found],
    }
    for number, phase in enumerate(CLINICAL, start=2):
        reads = [a.stage <= number for a in found]
        areas = [_row(word_of(a.area, AREA_WORDS, "other"), r) for a, r in zip(found, reads, strict=True)]
        kinds = [_row(word_of(a.modality, MODALITY_WORDS, ""), r) for a, r in zip(found, reads, strict=True)]
        for name, wanted, prefix, first in (
            (f"area.{phase}", areas, f"pipeline.success.{phase}", ALL),
            (f"time.{phase}", areas, f"pipeline.duration.{phase}", ALL),
            (f"modality.{phase}", kinds, f"pipeline.success.{phase}.modality", "small"),
        ):
            table = rows_of(wanted, known_rows(plan, prefix), first, fallback=first == ALL)
            dims[name], columns[name] = table.members, table.index
    named = [a for a in found if a.named is not None]
    dims["product"] = tuple(a.id for a in named)
    for name, of in (("own", "pipeline.sales.own_share"), ("peak", "pipeline.sales.peak_forecast")):
        dims[name] = tuple(w for w in known_rows(plan, of) if w in dims["product"])
        columns[name] = [float(dims[name].index(a.id)) if a.id in dims[name] else -1.0 for a in found]
    of_products = [_product(plan, a) for a in found]
    columns |= {k: [p[k] for p in of_products] for k in of_products[0]} if found else {k: [] for k in _anonymous()}
    columns["product"] = [float(dims["product"].index(a.id)) if a.named is not None else -1.0 for a in found]
    return Bound(dims, {k: np.asarray(v, dtype=np.float64) for k, v in columns.items()})


def _row(word: str, reads: bool) -> tuple[str, bool]:
    return word, reads


def _anonymous() -> dict[str, float]:
    return {
        "new": 1.0,
        "biosimilar": 0.0,
        "goods": 1.0,
        "partnered": -1.0,
        "abroad": -1.0,
        "launched": 0.0,
        "drawn": 1.0,
        "lasting": 0.0,
        "first.known": 1.0,
        "sales": 0.0,
        "sales.year": 0.0,
        "growth": 0.0,
        "growth.known": 0.0,
        "sold.abroad": -1.0,
        "sold.partner": -1.0,
    }


def _product(plan: Plan, asset: Asset) -> dict[str, float]:
    """What the plan says of a named product; -1 where the sector decides."""
    p = asset.named
    out = _anonymous()
    if p is None:
        return out
    markets = [m for m in p.markets.split(";") if m.strip() and not (p.stage == "launched" and _only_planned(m))]
    abroad = 1.0 if any(not _at_home(plan, m) for m in markets) else 0.0
    out |= {
        "new": 0.0 if p.kind in NO_NEW_DRUG else 1.0,
        "biosimilar": 1.0 if p.kind == "biosimilar" else 0.0,
        "goods": 0.0 if p.kind in (*NO_NEW_DRUG, *OTHER_GOODS) else 1.0,
        "partnered": 1.0 if p.rights in ("partner", "both") else 0.0,
        "abroad": abroad,
        "launched": 1.0 if p.stage == "launched" else 0.0,
        "drawn": 0.0 if p.kind in NO_NEW_DRUG else 1.0,
        "lasting": 1.0 if p.kind in LASTING else 0.0,
    }
    sales = _in_trade(plan, p.sales_value, p.sales_unit, p.sales_year)
    if sales is None or sales <= 0 or asset.stage < PASSED:
        return out
    at = int(str(p.sales_year)[:4])
    before = _in_trade(plan, p.sales2_value, p.sales2_unit, p.sales2_year)
    gap = at - int(str(p.sales2_year)[:4]) if p.sales2_year else 0
    if before and gap > 0:
        out |= {"growth": float(np.log(sales / before)) / gap, "growth.known": 1.0}
    if asset.entry > 12 * at + HOME_MONTHS:
        out |= {"first.known": 0.0}  # sold before the date that the plan has: that was not its first market
    scope = {"US": 1.0, "partner": 1.0, "global": -1.0}
    return out | {
        "sales": sales,
        "sales.year": float(at),
        "sold.abroad": scope.get(p.sales_scope, 0.0),
        "sold.partner": 1.0 if p.sales_scope == "partner" else 0.0,
    }


def _at_home(plan: Plan, market: str) -> bool:
    return market.split("(")[0].strip() in plan.meta.subject


def _only_planned(market: str) -> bool:
    return any(word in market.lower() for word in ("phase", "filed", "planned", "approved", "20"))


def _in_trade(plan: Plan, value: float | None, unit: str, period: str | None) -> float | None:
    if value is None or period is None:
        return None
    return value / plan.rate(period) if unit == plan.meta.currencies.home else value


# --- arrivals and numbers of a draw ----------------------------------------------------------------------------


def arrivals(xp: Any, p: Values, at: Any, t: Any) -> Any:
    """New programmes a month that will reach the clinic: starts, thinned by the chance to pass discovery and the preclinic."""
    return (p["pipeline.starts.rate"] * p["pass.both"] / 12.0 + 0.0 * t) * at("pipeline.starts")


def prepare(xp: Any, p: Values) -> Values:
    """Log-odds of the tables, the sales curve, spreads: what is the same for every asset of a draw."""
    out: dict[str, Any] = {}
    for phase in CLINICAL:
        table = xp.logit(p[f"pipeline.success.{phase}"])
        out[f"logit.{phase}"] = table
        out[f"offset.{phase}"] = xp.logit(p[f"pipeline.success.{phase}.modality"]) - table[0]
    sd = p["pipeline.success.areasd"]
    out["stretch"] = xp.sqrt(1.0 + PI * sd * sd / 8.0)
    out["quality"] = sd / LOGISTIC_SD
    out["all.time.phase2"] = p["pipeline.duration.phase2"][0]
    own, forecast = p["pipeline.sales.own_share"], p["pipeline.sales.peak_forecast"]
    out["own.share"], out["peak.forecast"] = padded(own, sd), padded(forecast, sd)
    cv = p["pipeline.duration.cv"]
    out["c"] = cv * cv
    out["c.biased"] = cv * cv / (1.0 + cv * cv)  # a length-biased gamma has one more in its shape
    out["sd"], out["sd.biased"] = cv / 3.0, xp.sqrt(out["c.biased"]) / 3.0
    out["early.discovery"] = p["pipeline.duration.hit_to_lead"] + p["pipeline.duration.lead_opt"]
    out["early.preclinical"] = p["pipeline.duration.preclinical"] * p["pipeline.duration.preclinical.rest"]
    out["pass.discovery"] = p["pipeline.success.hit_to_lead"] * p["pipeline.success.lead_opt"]
    out["pass.both"] = out["pass.discovery"] * p["pipeline.success.preclinical"]
    out["returned"] = 1.0 - xp.exp(xp.log(1.0 - p["pipeline.licence.return_rate"]) / len(CLINICAL[:-1]))
    steps = [xp.logit(xp.minimum(p[f"pipeline.sales.curve.y{n}"], NEARLY)) for n in (1, 2, 3, 4, 5)]
    slope = (2.0 * steps[4] + steps[3] - steps[1] - 2.0 * steps[0]) / 10.0
    middle = (steps[0] + steps[1] + steps[2] + steps[3] + steps[4]) / 5.0
    pace = p["pipeline.sales.time_to_peak"] / 6.0  # the curve reaches its peak in year six
    out["uptake.width"] = pace / slope
    out["uptake.middle"] = pace * (2.5 - middle / slope)
    for k, phase in enumerate(PARTNERED):
        out[f"weight.{phase}"] = p["pipeline.licence.weight"][k]
    for k, phase in enumerate(CLINICAL):
        out[f"milestone.{phase}"] = p["pipeline.licence.milestone"][k]
    wrong = p["pipeline.sales.forecast_error"]
    out["forecast.sd"] = WRONG / normal(xp, 1.0 - 0.5 * wrong)
    ceiling = xp.log(p["pipeline.sales.peak.ceiling"] / p["pipeline.sales.peak.median"]) / p["pipeline.sales.peak.sigma"]
    out["peak.share"] = xp.lookup(ceiling, Z, U)
    return out


def padded(table: Any, like: Any) -> Any:
    """A table of at least one row, so that a lookup has something to read where no asset uses it."""
    return table if len(table) else 0.0 * like[None, :] + 1.0


# --- stages ----------------------------------------------------------------------------------------------------


def normal(xp: Any, u: Any) -> Any:
    """The standard normal's quantile; error below 4.5e-4 (Abramowitz and Stegun 26.2.23)."""
    t = xp.sqrt(-2.0 * xp.log(xp.minimum(u, 1.0 - u)))
    top = _TAIL_C[0] + t * (_TAIL_C[1] + t * _TAIL_C[2])
    tail = t - top / (1.0 + t * (_TAIL_D[0] + t * (_TAIL_D[1] + t * _TAIL_D[2])))
    return xp.where(u < 0.5, -tail, tail)


def stay(xp: Any, p: Values, mean: Any, z: Any, rest: Any, first: Any) -> Any:
    """Months in a phase of ``mean`` years; what is left of them where the asset stood in it at the start."""
    c = xp.where(first, p["c.biased"], p["c"])
    root = xp.maximum(1.0 - c / 9.0 + z * xp.where(first, p["sd.biased"], p["sd"]), 0.0)
    return 12.0 * mean * root * root * root * xp.where(first, (1.0 + p["c"]) * rest, 1.0)


def duration(xp: Any, e: Values, p: Values, u: Values, mean: Any, start: Any, first: Any) -> Any:
    """Months in a phase, given that the plan still saw a named asset in it."""
    left = stay(xp, p, mean, normal(xp, u["time"]), u["rest"], first)
    spent = xp.maximum(e["seen"] - start, 0.0)
    return xp.where(left > spent, left, spent + 12.0 * mean * p["pipeline.duration.cv"] * u["rest"])


def split(xp: Any, u: Any, p: Any) -> tuple[Any, Any]:
    """Did it happen, with chance p; and a fresh uniform made of the same one."""
    yes = u < p
    return yes, xp.minimum(xp.where(yes, u / p, (u - p) / (1.0 - p)), CERTAIN)


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
    pull = rate * (p[f"weight.{phase}"] * months / 12.0 + before)
    happens, size = split(xp, spare, xp.maximum(pull / (1.0 + pull), NEVER_QUITE))
    signs = happens & (held < 0.5)
    stated, size = split(xp, size, p["pipeline.licence.stated"])
    headline = xp.where(stated, p["pipeline.licence.headline.median"] * MILLION * xp.sqrt(size / (1.0 - size)), 0.0)
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
    luck: Any,
    had: tuple[Any, Any, Any],
    phase: str,
    before: Any = 0.0,
) -> Passage:
    """The end of a phase: a licence signed in it, what partners pay, rights that come back, quality of the survivors."""
    own, held, spare = had
    signs, headline = licence(xp, e, p, at, start, months, held, spare, phase, before)
    licensed = xp.where(signs, 1.0, held)
    sd = p["pipeline.success.areasd"]
    carry = {
        "quality": own - sd * sd * (1.0 - odds),
        "licensed": xp.where(luck < p["returned"], 0.0, licensed),
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
    return xp.maximum(before + after, xp.maximum(e["seen"] - start, 0.0) + 1.0), passes


def phase1(xp: Any, e: Values, p: Values, u: Values, at: Any, start: Any, first: Any) -> Passage:
    own, held, spare = brought(xp, e, p, u, first)
    years = xp.minimum(xp.maximum((start - TABLE_MIDDLE) / 12.0, 0.0), DRIFT_YEARS)
    shift = p["pipeline.success.home_shift"] + p["pipeline.success.drift"] * years + at("pipeline.success_logit", start)
    odds = chance(xp, e, p, "phase1", own, shift)
    passes, luck = split(xp, u["pass"], odds)
    months = duration(xp, e, p, u, mean_time(xp, e, p, "phase1"), start, first)
    before = xp.where(first, 0.0, p["weight.preclinical"] * p["early.preclinical"])
    return clinical(xp, e, p, at, start, months, odds, passes, luck, (own, held, spare), "phase1", before)


def phase2(xp: Any, e: Values, p: Values, u: Values, at: Any, start: Any, first: Any) -> Passage:
    own, held, spare = brought(xp, e, p, u, first)
    odds = chance(xp, e, p, "phase2", own, p["pipeline.success.home_shift"] + at("pipeline.success_logit", start))
    months = duration(xp, e, p, u, mean_time(xp, e, p, "phase2"), start, first)
    flow = e["in.phase2"] / p["all.time.phase2"]
    funded = xp.maximum(at("pipeline.phase3_start", start + months), 0.0) / xp.maximum(flow, 1.0)
    passes, luck = split(xp, u["pass"], xp.minimum(odds + funded, CERTAIN))
    return clinical(xp, e, p, at, start, months, odds, passes, luck, (own, held, spare), "phase2")


def phase3(xp: Any, e: Values, p: Values, u: Values, at: Any, start: Any, first: Any) -> Passage:
    own, held, spare = brought(xp, e, p, u, first)
    shift = p["pipeline.success.home_shift"] + (1.0 - held) * p["pipeline.success.small_sponsor_shift"]
    odds = chance(xp, e, p, "phase3", own, shift)
    passes, luck = split(xp, u["pass"], odds)
    months = duration(xp, e, p, u, mean_time(xp, e, p, "phase3"), start, first)
    return clinical(xp, e, p, at, start, months, odds, passes, luck, (own, held, spare), "phase3")


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
    found = clinical(xp, e, p, at, start, months, odds, passes, luck, (own, held, spare), "review")
    seen = {"pipeline.approvals.abroad": (start + months, xp.where(passes, abroad, 0.0))}
    return Passage(months, passes, {**found.carry, "reach": abroad}, {**found.events, **seen})


# --- the market ------------------------------------------------------------------------------------------------


def outcome(xp: Any, e: Values, p: Values, u: Values, at: Any, fate: Values, years: Any) -> Values:
    """Sales of each approved asset by year (trade currency), and what they count for."""
    approved = fate["review"]
    market = e["stage"] == len(STEPS)  # on the market, or approved, by the plan's own data
    abroad = xp.where(market, e["abroad"], e["reach"])
    listing = at("regulation.listing_days", approved) / DAYS_A_MONTH
    wait = xp.where(abroad > 0.5, p["pipeline.launch.lag"], listing)
    launch = approved + xp.where(e["launched"] > 0.5, 0.0, wait)
    level, reached, anchor = peak(xp, e, p, u, abroad, launch)
    year = xp.where(years > 0, years, 0) * 1.0
    middle = 12.0 * year + HOME_MONTHS
    age = (middle - launch[:, None]) / 12.0
    on = e["sales"] > 0.0
    since = year - e["sales.year"][:, None]
    width, mid = p["uptake.width"], p["uptake.middle"]
    along = xp.where(on[:, None], reached[:, None] + since / width[:, None], (age - mid[:, None]) / width[:, None])
    ripe = p["pipeline.sales.forecast_ripe"]
    open_part = ripe + (1.0 - ripe) / (1.0 + xp.exp(reached))
    error = p["forecast.sd"] * open_part * normal(xp, u["error"]) * xp.where(on, 1.0, 0.0)
    ahead = xp.minimum(xp.maximum(since / FORECAST_YEARS, 0.0), 1.0)
    fall = xp.minimum(e["growth"], 0.0)
    decline = xp.minimum(xp.maximum(since, 0.0), FORECAST_YEARS)
    lost = xp.maximum(age - xp.maximum(p["pipeline.sales.exclusivity"], anchor)[:, None], 0.0)
    far = xp.where(on, e["sold.abroad"], abroad)
    halflife = xp.where(far != 0.0, p["pipeline.sales.loe.halflife"], p["pipeline.sales.loe.halflife_home"])
    fading = (1.0 - e["lasting"]) * LN2 / halflife
    logs = error[:, None] * ahead + fall[:, None] * decline - fading[:, None] * lost
    sold = xp.minimum(xp.maximum(age + 0.5, 0.0), 1.0)
    sold = xp.where(on[:, None], xp.where(sold > 0.0, 1.0, 0.0), sold)  # an observed year is whole as it is
    sales = level[:, None] * sold * xp.exp(logs) / (1.0 + xp.exp(-along))
    return counted(xp, e, p, at, sales, abroad, middle)


def peak(xp: Any, e: Values, p: Values, u: Values, abroad: Any, launch: Any) -> tuple[Any, Any, Any]:
    """Peak sales (trade currency a year); for observed products the log-odds of the share of peak reached and the age then."""
    far = p["pipeline.sales.peak.median"] * xp.exp(p["pipeline.sales.peak.sigma"] * normal(xp, u["peak"] * p["peak.share"]))
    near = p["pipeline.sales.home.median"] * xp.exp(p["pipeline.sales.home.sigma"] * normal(xp, u["peak"]))
    drawn = e["drawn"] * MILLION * xp.where(abroad > 0.5, far, near)
    own = xp.where(e["own"] >= 0, xp.pick(p["own.share"], xp.maximum(e["own"], 0)), 1.0)
    seen = e["sales"] * own
    age = (12.0 * e["sales.year"] + HOME_MONTHS - launch) / 12.0
    by_age = xp.expit((age - p["uptake.middle"]) / p["uptake.width"])
    by_age = xp.where(e["first.known"] > 0.5, by_age, p["pipeline.sales.reached.unknown"])
    by_growth = 1.0 - xp.maximum(e["growth"], 0.0) * p["uptake.width"]
    by_forecast = e["sales"] / (MILLION * xp.where(e["peak"] >= 0, xp.pick(p["peak.forecast"], xp.maximum(e["peak"], 0)), 1.0))
    share = xp.where(e["peak"] >= 0, by_forecast, xp.where(e["growth.known"] > 0.5, by_growth, by_age))
    share = xp.minimum(xp.maximum(share, p["pipeline.sales.reached.floor"]), NEARLY)
    on = e["sales"] > 0.0
    return xp.where(on, seen / share, drawn), xp.logit(share), xp.where(on, age, 0.0)


def counted(xp: Any, e: Values, p: Values, at: Any, sales: Any, abroad: Any, middle: Any) -> Values:
    """Sales, exports, royalties and blockbusters of the yearly sales (pair, year)."""
    new = (e["new"] > 0.5)[:, None]
    partner = xp.where(e["sold.partner"] >= 0.0, e["sold.partner"], e["licensed"])
    given = xp.where(e["sold.abroad"] >= 0.0, e["sold.abroad"], p["pipeline.exports.abroad_share"])
    away = xp.where(e["sales"] > 0.0, given, abroad)
    shipped = partner * p["pipeline.exports.supply_share"] + (1.0 - partner) * p["pipeline.exports.goods_share"]
    goods = e["goods"] * away * shipped
    big = xp.where(sales * at("economy.fx", middle[None, :]) >= p["pipeline.blockbuster.threshold"][:, None], 1.0, 0.0)
    return {
        "pipeline.sales": xp.where(new, sales, 0.0),
        "pipeline.sales.by_product": sales,
        "pipeline.exports": goods[:, None] * sales,
        "pipeline.licence.royalties": (e["new"] * partner * away * p["pipeline.licence.royalty"])[:, None] * sales,
        "pipeline.blockbusters": xp.where(new, big, 0.0),
        "pipeline.blockbusters.any": (e["new"] + e["biosimilar"])[:, None] * big,
    }


def finish(xp: Any, p: Values, year_end: Any, year_mean: Any, totals: Values, bound: Bound) -> Values:
    parts = ("pipeline.licence.upfront", "pipeline.licence.milestones", "pipeline.licence.royalties")
    return {"pipeline.licence.income": totals[parts[0]] + totals[parts[1]] + totals[parts[2]]}


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
