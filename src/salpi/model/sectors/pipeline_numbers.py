"""Numbers that the pipeline's steps share: constants, the normal quantile, and what is the same for every asset of a draw."""

from __future__ import annotations

from typing import Any

import numpy as np

from salpi.engine.declare import Values
from salpi.engine.numbers import A_YEAR, Number
from salpi.engine.special import normal_cdf
from salpi.model.base import TRADE
from salpi.model.sectors.pipeline_data import CLINICAL, PHASES

DAYS_A_MONTH = Number(365.25 / 12.0, "day/month")
LN2 = 0.6931471805599453
PI = 3.141592653589793
LOGISTIC_SD = PI / 3.0**0.5
TABLE_MIDDLE = Number(12.0 * 2015 + 6, "month")  # middle of the success tables' years, 2011–2020
DRIFT_YEARS = Number(10.0, "yr")  # the drift was seen over about this long and is not carried further; assumption
MILLION = Number(1.0e6, "1/million")
FORECAST = Number(1.0, f"million {TRADE}/yr")
CERTAIN = 1.0 - 2.0**-33  # a chance of one, as far as a uniform number of 32 bits can tell
LEAST = 2.0**-33  # half of the smallest uniform number of 32 bits
NEARLY = 0.995  # a share of peak whose log-odds are still a number
WRONG = 0.3364722366212129  # log(1.4): a forecast counts as wrong beyond 40 %
FORECAST_YEARS = Number(5.0, "yr")  # years after which a forecast has its full error; assumption
HOME_MONTHS = Number(6.0, "month")
PARTNERED = PHASES[1:]  # phases in which licences are signed
Z = np.arange(-50.0, 51.0) / 10.0
U = np.asarray(normal_cdf(Z))
_TAIL_C = (2.515517, 0.802853, 0.010328)
_TAIL_D = (1.432788, 0.189269, 0.001308)


def normal(xp: Any, u: Any) -> Any:
    """The standard normal's quantile; error below 4.5e-4 (Abramowitz and Stegun 26.2.23)."""
    t = xp.sqrt(-2.0 * xp.log(xp.minimum(u, 1.0 - u)))
    top = _TAIL_C[0] + t * (_TAIL_C[1] + t * _TAIL_C[2])
    tail = t - top / (1.0 + t * (_TAIL_D[0] + t * (_TAIL_D[1] + t * _TAIL_D[2])))
    return xp.where(u < 0.5, -tail, tail)


def split(xp: Any, u: Any, p: Any) -> tuple[Any, Any]:
    """Did it happen, with chance p; and a fresh uniform, never an end, made of the same one."""
    yes = u < p
    left = xp.where(yes, u, u - p) / xp.maximum(xp.where(yes, p, 1.0 - p), LEAST)
    return yes, xp.minimum(xp.maximum(left, LEAST), CERTAIN)


def arrivals(xp: Any, p: Values, at: Any, t: Any) -> Any:
    """New programmes a month that will reach the clinic: starts, thinned by the chance to pass discovery and the preclinic."""
    return (p["pipeline.starts.rate"] * p["pass.both"] / A_YEAR + 0.0 * t) * at("pipeline.starts")


def prepare(xp: Any, p: Values) -> Values:
    """Log-odds of the tables, the sales curve, spreads: what is the same for every asset of a draw."""
    out: dict[str, Any] = {}
    for phase in CLINICAL:
        table = log_odds(xp, p[f"pipeline.success.{phase}"])
        out[f"logit.{phase}"] = table
        out[f"offset.{phase}"] = log_odds(xp, p[f"pipeline.success.{phase}.modality"]) - table[0]
    sd = p["pipeline.success.areasd"]
    out["stretch"] = xp.sqrt(1.0 + PI * sd * sd / 8.0)
    out["quality"] = sd / LOGISTIC_SD
    out["all.time.phase2"] = p["pipeline.duration.phase2"][0]
    own, forecast = p["pipeline.sales.own_share"], p["pipeline.sales.peak_forecast"]
    out["own.share"], out["peak.forecast"] = padded(own, sd, 1.0), padded(forecast, sd, FORECAST)
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


def log_odds(xp: Any, p: Any) -> Any:
    """Log-odds of a drawn probability, which may be so near to one that no number lies between."""
    return xp.logit(xp.minimum(xp.maximum(p, LEAST), CERTAIN))


def padded(table: Any, like: Any, one: float) -> Any:
    """A table of at least one row, so that a lookup has something to read where no asset uses it."""
    return table if len(table) else 0.0 * like[None, :] + one
