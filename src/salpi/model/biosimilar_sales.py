"""What an approved biosimilar sells: launch, rivals, price, uptake, own part; by region and year.

The equations stand in the docstring of the sector ``biosimilars``. ``a``: years since a market opened, ``b``: since launch.
"""

from __future__ import annotations

from typing import Any

from salpi.engine.declare import Values
from salpi.engine.numbers import MONTH, MONTHS, YEAR, Number
from salpi.model.biosimilar_products import NEVER, REGIONS, REVENUE

LOGISTIC = 1.702  # the logistic curve at this scale is the normal one within 0.01
YEAR_FIVE = Number(5.0, "yr")
HIGHEST_SHARE = 0.97
HALF_YEAR = Number(6.0, "month")
ONE = Number(1.0, "product")
ENTRY = Number(1.0, "entrant/product")  # every product that is sold is an entrant
RIVALS_DECIDE = Number(36.0, "month")  # months before a market opens at which rivals choose their trials; assumption
WAIVER_FROM = Number(12.0 * 2026, "month")  # the two months that the shares of the parameters speak of
WAIVER_TO = Number(12.0 * 2030, "month")
WAIVER = "biosimilars.phase3_waiver"
DEMAND = "economy.demand"
APPROVALS = ("biosimilars.approvals.fda", "biosimilars.approvals.ema", "biosimilars.approvals.home")


def prepare(xp: Any, p: Values) -> Values:
    """Numbers of a draw: further yearly fall of price by region, and the final shares of the uptake curve."""
    competition = xp.log(1.0 - p["biosimilars.price.single"])
    competition = competition - p["biosimilars.price.erosion_per_entrant"] * (ENTRY * (p["biosimilars.competitors.eu"] - ONE))
    in_us = xp.maximum((competition - xp.log(p["biosimilars.price.us.asp_y5"])) / YEAR_FIVE, 0.0)
    half = p["biosimilars.share.speed"]
    at_five = YEAR_FIVE * YEAR_FIVE / (YEAR_FIVE * YEAR_FIVE + half * half)
    us = xp.minimum(p["biosimilars.share.us.y5"] / at_five, HIGHEST_SHARE)
    eu = xp.minimum(p["biosimilars.share.eu.y5"] / at_five, HIGHEST_SHARE)
    there, here = p["biosimilars.region.us"], p["biosimilars.region.home"]
    elsewhere = p["biosimilars.price.erosion_year"]
    return {
        "erosion.us": in_us,
        "erosion.eu": elsewhere,
        "erosion.home": elsewhere,
        "market.us": us * there,
        "market.eu": eu * xp.maximum(1.0 - there - here, 0.0),
        "market.home": eu * here,
    }


def usual_waiver(xp: Any, p: Values, month: Any) -> Any:
    """Share of new programmes whose phase 3 is waived, without policy."""
    first, last = p["biosimilars.ces.waiver_share.2026"], p["biosimilars.ces.waiver_share.2030"]
    part = xp.minimum(xp.maximum((month - WAIVER_FROM) / (WAIVER_TO - WAIVER_FROM), 0.0), 1.0)
    return xp.where(month >= WAIVER_FROM, first + (last - first) * part, 0.0)


def waiver(xp: Any, p: Values, at: Any, month: Any) -> Any:
    """Chance that phase 3 is waived, in [0, 1]: what agencies do anyway, and the channel."""
    return xp.minimum(xp.maximum(usual_waiver(xp, p, month) + at(WAIVER, month), 0.0), 1.0)


def spread(xp: Any, sigma: Any, u: Any) -> Any:
    """A log-logistic factor of median 1 whose log has about the sd ``sigma``."""
    return xp.exp(sigma / LOGISTIC * xp.log(u / (1.0 - u)))


def relative(xp: Any, m: Values, growth: Any, eroded: Any, a: Any, b: Any) -> Any:
    """Sales of a product against its market: growth · price · own part · uptake; ``a``, ``b`` years since opening and launch."""
    come = a / (a + m["halftime"])
    price = xp.maximum((1.0 - come * m["drop"]) * (m["price"] * eroded), m["floor"])
    b2 = b * b
    return growth * price * (m["weight"] * b2 / ((m["weight"] + m["rivals"] * come) * (b2 + m["half2"])))


def shared(xp: Any, e: Any, p: Any, u: Any, at: Any, zero: Number) -> Values:
    """What holds for a product in every region; ``zero`` is the month from which growth and erosion count."""
    growth, then = p["biosimilars.reference.growth"] / MONTHS, e["base.month"]
    known = xp.where(e["sales"] > 0.0, 1.0, 0.0)
    sales = known * e["sales"] + (1.0 - known) * (p["biosimilars.reference.sales.unseen"] / YEAR)
    carried = xp.exp(growth * known * (zero - e["sales.month"]))
    kept = 1.0 - e["partner"] * (1.0 - p["biosimilars.partner.take"])
    begun = xp.where(e["passed"] > 0.5, e["begun_known"], xp.maximum(e["begun"], e["begun_known"]))
    hung = e["hung.us"] + e["hung.eu"] + e["hung.home"]
    since = xp.where(hung > 0.5, then - zero, 0.0)
    elsewhere = xp.exp(-p["erosion.eu"] / MONTHS * since)
    return {
        "weight": spread(xp, p["biosimilars.share.sigma"], u["own"]),
        "halftime": p["biosimilars.competitors.halftime"],
        "floor": p["biosimilars.price.floor"],
        "half2": p["biosimilars.share.speed"] * p["biosimilars.share.speed"],
        "unseen": begun + MONTHS * p["biosimilars.exclusivity.unseen"],
        "sales": sales * carried * p["biosimilars.reference.contested"] * kept,
        "then.growth": xp.exp(growth * since),
        "then.us": xp.exp(-p["erosion.us"] / MONTHS * since),
        "then.eu": elsewhere,
        "then.home": elsewhere,
        "then.demand": demand(p["biosimilars.demand.exposure"], at, then),
    }


def market(xp: Any, e: Any, p: Any, at: Any, region: str, m: Values, zero: Number) -> Values:
    """What holds for a product in one region in every year, beside what is shared (``m``)."""
    seen, bound = e[f"open.{region}"], e[f"bound.{region}"]
    end = xp.where(seen > 0.0, bound, xp.maximum(bound, m["unseen"]))
    known = e["passed"] > 0.5
    approved = xp.where(known, e[f"approved.{region}"], e[f"approval.{region}"])
    gap = p["biosimilars.launch.gap"]
    wait = xp.where(known, gap, xp.maximum(gap, e["listing"])) if region == "home" else gap
    launched = e[f"launched.{region}"]
    launch = xp.where(launched < NEVER, launched, xp.maximum(approved + wait, end))
    opens = xp.minimum(xp.where(seen > 0.0, seen, m["unseen"]), launch)
    helped = 1.0 + (p["biosimilars.ces.entry_effect"] - 1.0) * waiver(xp, p, at, opens - RIVALS_DECIDE)
    rivals = xp.maximum(xp.maximum(e[f"rivals.{region}"], p["biosimilars.competitors.eu"]) * helped - ONE, 0.0)
    price = (1.0 - p["biosimilars.price.single"]) * xp.exp(p[f"erosion.{region}"] / MONTHS * (opens - zero))
    return {
        "approved": approved,
        "launch": launch,
        "opens": opens,
        "rivals": rivals / ONE,
        "drop": 1.0 - xp.exp(-p["biosimilars.price.erosion_per_entrant"] * (ENTRY * rivals)),
        "price": price,
    }


def demand(exposure: Any, at: Any, month: Any) -> Any:
    """Factor of the demand shock that all exporters share."""
    return 1.0 + exposure * (at(DEMAND, month) - 1.0)


def scale(xp: Any, e: Any, p: Any, m: Values, region: str) -> Any:
    """Sales a year for each unit of ``relative``: hung on sales seen, or from the reference's sales."""
    a, b = (xp.maximum(e["base.month"] - m[k], MONTH) / MONTHS for k in ("opens", "launch"))
    past = relative(xp, m, m["then.growth"], m[f"then.{region}"], a, b) * m["then.demand"]
    return xp.where(e[f"hung.{region}"] > 0.5, e[f"base.{region}"] / past, m["sales"] * p[f"market.{region}"])


def outcome(xp: Any, e: Any, p: Any, u: Any, at: Any, fate: Any, years: Any) -> Values:
    """Sales, approvals and launches of approved products: (pair, year). Worked out as (year, pair): long rows are fast."""
    steps = (years - years[0])[:, None]
    zero = Number(12.0 * float(years[0]) + 6.0, "month")
    middle, gone = xp.numbers(zero + 12.0 * steps, "month"), xp.numbers(steps, "yr")
    grown = powers(xp, xp.exp(p["biosimilars.reference.growth"] * YEAR), steps)
    grown = grown * demand(p["biosimilars.demand.exposure"][:, None], at, middle.T).T
    here = powers(xp, xp.exp(-p["erosion.eu"] * YEAR), steps)
    falls = {"us": powers(xp, xp.exp(-p["erosion.us"] * YEAR), steps), "eu": here, "home": here}
    both = shared(xp, e, p, u, at, zero)
    out: dict[str, Any] = {}
    sales: dict[str, Any] = {}
    first: Any = NEVER
    for region, count in zip(REGIONS, APPROVALS, strict=True):
        m = {**both, **market(xp, e, p, at, region, both, zero)}
        left = gone + (zero + HALF_YEAR - m["launch"]) / MONTHS
        active = xp.minimum(xp.maximum(left, 0.0), YEAR)
        a = xp.maximum(gone + (zero - m["opens"]) / MONTHS, 0.0)
        b = left - 0.5 * active  # below 0 only where nothing is sold
        sales[region] = scale(xp, e, p, m, region) * active * relative(xp, m, grown, falls[region], a, b)
        out[count] = in_year(xp, m["approved"], middle).T
        first = xp.minimum(first, m["launch"])
    abroad = sales["us"] + sales["eu"]
    total = (abroad + sales["home"]).T
    return out | {
        "biosimilars.exports": abroad.T,
        "biosimilars.revenue": total,
        REVENUE: total,
        "biosimilars.launches": in_year(xp, first, middle).T,
    }


def powers(xp: Any, base: Any, steps: Any) -> Any:
    """``base`` (pair,) to the whole powers ``steps`` (year, 1), by squaring: cheaper than an exponential."""
    out, square = xp.where(steps % 2 > 0, base, 1.0), base
    for bit in range(1, int(steps.max()).bit_length()):
        square = square * square
        out = out * xp.where((steps >> bit) % 2 > 0, square, 1.0)
    return out


def in_year(xp: Any, month: Any, middle: Any) -> Any:
    """Whether a month lies in the year of which the middle is given."""
    return xp.where(month >= middle - HALF_YEAR, month < middle + HALF_YEAR, False)
