"""What an approved asset sells, year by year, and what its sales count for: points 6 to 9 of the pipeline's mechanism."""

from __future__ import annotations

from typing import Any

from salpi.engine.declare import Bound, Values
from salpi.engine.numbers import MONTHS, YEAR, Number
from salpi.model.sectors.pipeline_data import ON_MARKET
from salpi.model.sectors.pipeline_numbers import DAYS_A_MONTH, FORECAST, FORECAST_YEARS, HOME_MONTHS, LN2, MILLION, NEARLY, normal

HALF_YEAR = Number(0.5, "yr")
MILLION_A_YEAR = MILLION / YEAR


def outcome(xp: Any, e: Values, p: Values, u: Values, at: Any, fate: Values, years: Any) -> Values:
    """Sales of each approved asset by year (trade currency), and what they count for."""
    approved = fate["review"]
    market = e["stage"] == ON_MARKET  # on the market, or approved, by the plan's own data
    abroad = xp.where(market, e["abroad"], e["reach"])
    listing = at("regulation.listing_days", approved) / DAYS_A_MONTH
    wait = xp.where(abroad > 0.5, p["pipeline.launch.lag"], listing)
    launch = approved + xp.where(e["launched"] > 0.5, 0.0, wait)
    level, reached, anchor = peak(xp, e, p, u, abroad, launch)
    year = xp.numbers(xp.where(years > 0, years, 0) * 1.0, "yr")
    middle = MONTHS * year + HOME_MONTHS
    age = (middle - launch[:, None]) / MONTHS
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
    sold = xp.minimum(xp.maximum(age + HALF_YEAR, 0.0), YEAR)
    sold = xp.where(on[:, None], xp.where(sold > 0.0, YEAR, 0.0), sold)  # an observed year is whole as it is
    sales = level[:, None] * sold * xp.exp(logs) / (1.0 + xp.exp(-along))
    return counted(xp, e, p, at, sales, abroad, middle)


def peak(xp: Any, e: Values, p: Values, u: Values, abroad: Any, launch: Any) -> tuple[Any, Any, Any]:
    """Peak sales (trade currency a year); for observed products the log-odds of the share of peak reached and the age then."""
    far = p["pipeline.sales.peak.median"] * xp.exp(p["pipeline.sales.peak.sigma"] * normal(xp, u["peak"] * p["peak.share"]))
    near = p["pipeline.sales.home.median"] * xp.exp(p["pipeline.sales.home.sigma"] * normal(xp, u["peak"]))
    drawn = e["drawn"] * MILLION_A_YEAR * xp.where(abroad > 0.5, far, near)
    own = xp.where(e["own"] >= 0, xp.pick(p["own.share"], xp.maximum(e["own"], 0)), 1.0)
    seen = e["sales"] * own
    age = (MONTHS * e["sales.year"] + HOME_MONTHS - launch) / MONTHS
    by_age = xp.expit((age - p["uptake.middle"]) / p["uptake.width"])
    by_age = xp.where(e["first.known"] > 0.5, by_age, p["pipeline.sales.reached.unknown"])
    span = xp.where(e["growth.known"] > 0.5, e["growth.years"], YEAR)  # years over which the growth was seen
    grew, most = xp.exp(xp.maximum(e["growth"], 0.0) * span), xp.exp(span / p["uptake.width"])
    by_growth = (most - grew) / (most - 1.0)
    forecast = xp.where(e["peak"] >= 0, xp.pick(p["peak.forecast"], xp.maximum(e["peak"], 0)), FORECAST)
    by_forecast = e["sales"] / (MILLION * forecast)
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
    big = xp.where(sales * at("economy.fx", middle[None, :]) >= (p["pipeline.blockbuster.threshold"] * YEAR)[:, None], 1.0, 0.0)
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
