"""Economy: what comes from outside: exchange rate, world markets, a demand shock shared by all, a tariff.

Mechanism and equations (month t, rates a year, all in nominal trade currency):

- Exchange rate, home per trade currency: ``log fx`` is a random walk, ``d log fx = (drift + sigma · z_year)/12``,
  the standard benchmark that structural models fail to beat at horizons of a year or so (Meese & Rogoff 1983). Years
  whose mean is known are data; a year's mean says less about its December than a quote would, so the walk after them
  begins with a step of sd ``sigma/sqrt(3)``, the distance of a Brownian motion's end from its own mean over a year.
- World markets: ``d log W = (g_long + (g - g_long) · 2^(-τ/fade)) / 12 + sigma_w/12 · z_year``, τ years since the
  start; ``g`` for biologics is the publishers' growth less their usual over-forecast. Index 1 in the middle of the
  run's first year.
- Demand: one mean-reverting log factor, shared by every sector that sells abroad: ``dx = -ln 2/halflife · x/12 +
  sigma · s · z/12`` with z of the year and a scale ``s = exp(tail · z' - tail²)``: mean square 1, kurtosis
  ``3·exp(4·tail²)``: most years quiet, a few (2009, 2020, 2023) violent. Shocks in common are what keeps the tails of
  a sum honest.
- Tariff: share of the value of goods bound for the tariff country that is lost to their exporter, ``covered · rate ·
  (passed + (1 - passed) · elasticity)``: the part of the duty borne in the price plus the volume lost on the rest;
  from the month in which it applies. The rate is a scenario axis, not a forecast.

What others raise to a power is given as a logarithm too: ``x^e`` is then one ``exp`` of a product.

Parameters: ``economy.*`` of the plan, each with its source or the word assumption.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from salpi.engine.declare import Attribute, Bound, Give, Parameter, Sector, Shock, State, Values
from salpi.engine.numbers import A_YEAR, MONTH, MONTHS, NOISE, Number
from salpi.model.base import HOME, TRADE, start_year

if TYPE_CHECKING:
    from salpi.plan import Plan

LN2 = 0.6931471805599453
MID_YEAR = 5.5 * MONTH  # from January to the middle of the year
FIRST_STEP = Number(0.5773502691896258, "yr**0.5")  # sqrt(1/3 year)
KNOWN_YEARS = 3  # a run starts in the past: yearly rates known by the plan's date are data, not draws


def bind(plan: Plan, start: int) -> Bound:
    """Exchange rates of the known years from the start on, and the month from which they are not known any more.

    Where the plan has no rate at all the index of the rate is all that is given (base 1).
    """
    first = start_year(start)
    rates = plan.meta.currencies.rates
    years = sorted(int(str(o.period)[:4]) for o in plan.series(rates)) if rates else []
    known = max((y for y in years if y < first + KNOWN_YEARS), default=first - 1)
    values = [plan.rate(str(max(first, min(first + k, known)))) if years else 1.0 for k in range(KNOWN_YEARS)]
    return Bound(
        attributes={
            "start": float(start),
            **{f"fx.{k}": value for k, value in enumerate(values)},
            "fx.known_to": float(max(12 * (known + 1), start)),
        }
    )


def init(xp: Any, p: Values, up: Values) -> Values:
    none = 0.0 * p["economy.fx.sigma"]
    return {"fx": none, "biologics": none, "pharma": none, "demand": none}


def step(xp: Any, s: Values, p: Values, z: Values, t: Any, up: Values) -> tuple[Values, Values]:
    sigma = p["economy.fx.sigma"]
    open_ = xp.where(t >= p["fx.known_to"], 1.0, 0.0)
    first_open = xp.where(t < p["fx.known_to"] + MONTH, open_, 0.0)
    d_fx = open_ * ((p["economy.fx.drift"] + sigma * z["fx"]) / A_YEAR)
    d_fx = d_fx + first_open * sigma * FIRST_STEP * z["fx.first"]
    known = xp.where(t < p["start"] + 12.0 * MONTH, p["fx.0"], xp.where(t < p["start"] + 24.0 * MONTH, p["fx.1"], p["fx.2"]))
    walk = s["fx"] + d_fx
    fx = known * xp.exp(walk)

    since = (t - p["start"]) / MONTHS
    fade = xp.exp(-LN2 * since / p["economy.growth.fade"])
    long_run = p["economy.growth.longrun"]
    biologics_now = p["economy.biopharma.growth"] - p["economy.forecast.bias"]
    d_biologics = (long_run + (biologics_now - long_run) * fade + p["economy.market.sigma"] * z["biologics"]) / A_YEAR
    d_pharma = (long_run + (p["economy.market.growth"] - long_run) * fade) / A_YEAR
    d_pharma = d_pharma + p["economy.market.sigma"] * (0.5 * z["biologics"] + 0.5 * z["pharma"]) / A_YEAR
    growth = s["biologics"] - biologics_now * MID_YEAR / MONTHS
    at_mid_pharma = p["economy.market.growth"] * MID_YEAR / MONTHS

    tail = p["economy.demand.tail"]
    scale = xp.exp(tail * z["demand.scale"] - tail * tail)
    d_demand = p["economy.demand.sigma"] * scale * z["demand"] / A_YEAR
    d_demand = d_demand - LN2 / p["economy.demand.halflife"] * s["demand"] / A_YEAR

    applies = xp.where(t >= MONTHS * p["economy.tariff.us.start"], 1.0, 0.0)
    passed = p["economy.tariff.passthrough"]
    lost = passed + (1.0 - passed) * p["economy.tariff.elasticity"]
    tariff = applies * p["economy.tariff.us.covered"] * p["economy.tariff.us.rate"] * lost

    return (
        {"fx": d_fx, "biologics": d_biologics, "pharma": d_pharma, "demand": d_demand},
        {
            "economy.fx": fx,
            "economy.fx_index": fx / p["fx.0"],
            "economy.fx_index.log": xp.log(known / p["fx.0"]) + walk,
            "economy.world_growth": xp.exp(growth),
            "economy.world_growth.log": growth,
            "economy.world_pharma": xp.exp(s["pharma"] - at_mid_pharma),
            "economy.demand": xp.exp(s["demand"]),
            "economy.demand.log": s["demand"],
            "economy.tariff": xp.minimum(tariff, 1.0),
        },
    )


SECTOR = Sector(
    name="economy",
    step=step,
    init=init,
    bind=bind,
    parameters=(
        Parameter("economy.fx.sigma", "log/yr**0.5"),
        Parameter("economy.fx.drift", "log/yr"),
        Parameter("economy.market.growth", "1/yr"),
        Parameter("economy.biopharma.growth", "1/yr"),
        Parameter("economy.forecast.bias", "1/yr"),
        Parameter("economy.growth.longrun", "1/yr"),
        Parameter("economy.growth.fade", "yr"),
        Parameter("economy.market.sigma", "log/yr**0.5"),
        Parameter("economy.demand.sigma", "log/yr**0.5"),
        Parameter("economy.demand.tail", "ratio"),
        Parameter("economy.demand.halflife", "yr"),
        Parameter("economy.tariff.us.rate", "ratio"),
        Parameter("economy.tariff.us.start", "yr"),
        Parameter("economy.tariff.us.covered", "ratio"),
        Parameter("economy.tariff.passthrough", "ratio"),
        Parameter("economy.tariff.elasticity", "ratio"),
    ),
    attributes=(
        Attribute("start", "month"),
        *(Attribute(f"fx.{k}", f"{HOME}/{TRADE}") for k in range(KNOWN_YEARS)),
        Attribute("fx.known_to", "month"),
    ),
    states=(
        State("fx", "log"),
        State("biologics", "log"),
        State("pharma", "log"),
        State("demand", "log"),
    ),
    shocks=(
        Shock("fx", "year", unit=NOISE),
        Shock("fx.first", "once"),
        Shock("biologics", "year", unit=NOISE),
        Shock("pharma", "year", unit=NOISE),
        Shock("demand", "year", unit=NOISE),
        Shock("demand.scale", "year"),
    ),
    gives=(
        Give("economy.fx", f"{HOME}/{TRADE}", "mean", "Exchange rate", "환율", monthly=True),
        Give("economy.fx_index", "ratio", "mean", "Exchange rate against the run's first year", "환율 지수"),
        Give("economy.fx_index.log", "log", "mean", "Exchange rate against the run's first year, log", "환율 지수(로그)"),
        Give("economy.world_growth", "ratio", "mean", "World biologics market, index", "세계 바이오의약품 시장 지수"),
        Give(
            "economy.world_growth.log",
            "log",
            "mean",
            "World biologics market, log of its index",
            "세계 바이오의약품 시장 지수(로그)",
        ),
        Give("economy.world_pharma", "ratio", "mean", "World pharmaceutical market, index", "세계 의약품 시장 지수"),
        Give("economy.demand", "ratio", "mean", "World demand against its trend", "세계 수요 변동"),
        Give("economy.demand.log", "log", "mean", "World demand against its trend, log", "세계 수요 변동(로그)"),
        Give(
            "economy.tariff",
            "ratio",
            "mean",
            "Value lost to the US tariff, of goods bound there",
            "미국 관세에 따른 대미 수출 손실률",
        ),
    ),
)
