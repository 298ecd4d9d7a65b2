"""Exports: goods and contract services sold abroad, by component, summed to each definition that statistics use.

Components (trade currency a month). Three come from their own sectors: biosimilars, contract manufacturing (by its
export share, not by its revenue) and new drugs. The others start from a base and grow:

``X_k = base_k · W · exp(excess_k · h·(1 - 2^(-τ/h))/ln 2) · demand^exposure_k · exp(own_k) · access · tariff · fx^e``

- ``W``: world biologics market for biologics, world pharma market for the rest; ``excess``: growth above that market,
  which fades with half-life ``h`` (nothing grows faster than its market for ever); ``own``: a random walk,
  ``sigma_k`` a year. A year's shock accrues evenly over its months, so that the change from one year's sum to the
  next has about 0.7 of its sd.
- Biosimilars and contract-made goods: sales times ``exp(sigma_s · z_year)``: customs see shipments, which stocks abroad and
  batches at the turn of a year move against sales, and back.
- Vaccines: a base plus pulses. In a year an epidemic buys with a small chance; the pulse is a multiple of the base
  and halves every nine months. 2020-22 was such a pulse, not a trend.
- ``access``: channel ``exports.market_access`` with diminishing returns, ``1 + c·(1 - exp(-(a-1)/c))`` above 1: it
  reaches goods that home exporters sell, not contract services and not cosmetics.
- ``tariff``: ``1 - max(share to the US · loss - channel, 0)`` on medicines sold by home exporters; contract prices
  are their clients'.
- ``fx``: exporters with costs at home sell a little more, in trade currency, when the home currency is weak.

Bases. The plan's indicators give wholes (biopharma, pharma, health industry, the whole bio industry), not every part.
What the parts known leave of a whole at the start is the rest (``biologics_other``, ``small_molecules``,
``cosmetics``, ``other_bio``): in the first month of the run each rest is set to its whole less the parts, never below
a floor share of the whole. Where sales abroad (end prices) exceed what customs can have seen (transfer prices), sales
are scaled down to fit: the total at the start is the observed one, in every draw. A product made by a home contract
maker for a home firm is counted once (``exports.overlap``).

Definitions (sums): biopharma = biosimilars + CDMO + biologic new drugs + other biologics; with vaccines; pharma =
that + small molecules (new ones too); bio-health = pharma + devices; health industry = bio-health + cosmetics; bio =
biopharma with vaccines + other bio (survey of the whole bio industry, food to energy). Parameters: ``exports.*``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from salpi.engine.declare import Attribute, Bound, Channel, Give, Need, Parameter, Sector, Shock, State, Values
from salpi.engine.numbers import A_YEAR, MONTH, MONTHS, NOISE, NOTHING, Number
from salpi.model.base import TRADE, Base, find_base, residual, start_year

if TYPE_CHECKING:
    from salpi.plan import Plan

GOODS = ("biologics_other", "small_molecules", "vaccines", "devices", "cosmetics", "other_bio")
LN2 = 0.6931471805599453
PULSE_HALFLIFE = Number(0.75, "yr")  # assumption
MID_YEAR = 5.5 * MONTH  # from January to the middle of the year
LEAST = Number(1.0, TRADE)  # keeps a division from 0
REST_FLOOR = 0.03  # share of a whole that its rest keeps at least; assumption, so that no residual is negative


def bind(plan: Plan, start: int) -> Bound:
    """Bases (trade currency a year) of the latest year not after the start; 0 where the plan has none.

    ``<name>.lag`` (yr): from the middle of the base's year to the middle of the run's first, over which it is carried
    by trend.
    """
    first = start_year(start)

    def base(name: str) -> Base | None:
        return find_base(plan, f"exports.{name}", first, TRADE)

    vaccines, devices, pharma = base("vaccines"), base("devices"), base("pharma")
    biopharma = base("biopharma")
    if biopharma is None:
        biopharma = residual(plan, "exports.biopharma_vaccines", ("exports.vaccines",), first, TRADE)
    small = base("small_molecules") or residual(plan, "exports.pharma", ("exports.biopharma", "exports.vaccines"), first, TRADE)
    if devices is None:
        devices = residual(plan, "exports.biohealth", ("exports.pharma",), first, TRADE) if pharma is not None else None
    cosmetics = base("cosmetics")
    if cosmetics is None and pharma is not None and devices is not None:
        cosmetics = residual(plan, "exports.healthindustry", ("exports.pharma", "exports.devices"), first, TRADE)
    other = base("other_bio")
    if other is None and biopharma is not None:
        other = residual(plan, "exports.bio", ("exports.biopharma", "exports.vaccines"), first, TRADE)
    found = {
        "biopharma": biopharma,
        "small_molecules": small,
        "vaccines": vaccines,
        "devices": devices,
        "cosmetics": cosmetics,
        "other_bio": other,
    }
    values = {f"base.{name}": b.value if b is not None else 0.0 for name, b in found.items()}
    lags = {f"lag.{name}": float(first - b.year) if b is not None else 0.0 for name, b in found.items()}
    return Bound(dims={"goods": GOODS}, attributes={**values, **lags})


def carried(p: Values, name: str, trend: Any) -> Any:
    """A month of a base, carried by trend from its own year to the run's first."""
    return p[f"base.{name}"] / A_YEAR * (1.0 + p[f"lag.{name}"] * trend)


def init(xp: Any, p: Values, up: Values) -> Values:
    """What the first month settles: sales at customs prices, and the rests."""
    pharma, biologics = up["economy.world_pharma"], up["economy.world_growth"]
    whole = carried(p, "biopharma", p["economy.biopharma.growth"] - p["economy.forecast.bias"]) * biologics
    b = p["exports.newdrugs.biologic"]
    cdmo_sold = up["manufacturing.exports"] * (1.0 - p["exports.overlap"])
    sold = up["biosimilars.exports"] + b * up["pipeline.exports"]
    room = xp.maximum(whole * (1.0 - REST_FLOOR) - cdmo_sold, REST_FLOOR * whole)
    scale = xp.where(whole > 0.0, xp.minimum(1.0, room / xp.maximum(sold, LEAST)), 1.0)
    rest = xp.maximum(whole - cdmo_sold - sold * scale, REST_FLOOR * whole)
    chemical = carried(p, "small_molecules", p["economy.market.growth"]) * pharma
    small = xp.maximum(chemical - (1.0 - b) * up["pipeline.exports"] * scale, REST_FLOOR * chemical)
    return {
        "own": 0.0,
        "fading": xp.exp(LN2 / p["exports.excess.halflife"] * (MID_YEAR / MONTHS)),
        "scale": scale,
        "biologics": rest / biologics,
        "small": small / pharma,
        "pulse": 0.0,
    }


def access_factor(xp: Any, channel: Any, ceiling: Any) -> Any:
    """Diminishing returns above 1: slope 1 at the neutral value, at most ``1 + ceiling``; below 1 as it is."""
    gain = ceiling * (1.0 - xp.exp(-xp.maximum(channel - 1.0, 0.0) / ceiling))
    return xp.minimum(channel, 1.0) + gain


def step(xp: Any, s: Values, p: Values, z: Values, t: Any, up: Values) -> tuple[Values, Values]:
    access = access_factor(xp, p["exports.market_access"], p["exports.access.ceiling"])
    lost = xp.maximum(p["economy.tariff.us.share"] * up["economy.tariff"] - p["exports.tariff_us"], 0.0)
    price_factor = xp.exp(p["exports.fx.elasticity"] * up["economy.fx_index.log"])
    goods_factor = access * price_factor
    medicine_factor = goods_factor * (1.0 - lost)

    # growth of the components that start from a base
    half = p["exports.excess.halflife"]
    d_fading = s["fading"] * (xp.exp(-LN2 / half / A_YEAR) - 1.0)
    excess = p["exports.excess"] * (half / LN2) * (1.0 - s["fading"])
    growth = xp.exp(excess + p["exports.exposure"] * up["economy.demand.log"] + s["own"])
    of = {name: growth[k] for k, name in enumerate(GOODS)}
    pharma, biologics = up["economy.world_pharma"], up["economy.world_growth"]

    drift = p["economy.market.growth"]

    # vaccines: base and pulses
    chance = p["exports.vaccines.chance"]
    epidemic = xp.where(1.702 * z["epidemic"] < xp.log(chance / (1.0 - chance)), 1.0, 0.0)
    size = p["exports.vaccines.pulse"] * xp.exp(0.5 * z["pulse"])
    d_pulse = epidemic * size / 12.0 - LN2 / PULSE_HALFLIFE / A_YEAR * s["pulse"]

    # customs see shipments: stocks abroad and batches at the turn of the year move them against sales, and back
    b = p["exports.newdrugs.biologic"]
    shipped = xp.exp(p["exports.shipment.sigma"] * z["shipment.cdmo"])
    cdmo = up["manufacturing.exports"] * ((1.0 - p["exports.overlap"]) * shipped)
    shipped = xp.exp(p["exports.shipment.sigma"] * z["shipment.biosimilars"])
    biosimilars = up["biosimilars.exports"] * (s["scale"] * shipped) * medicine_factor
    newdrugs = up["pipeline.exports"] * s["scale"] * medicine_factor
    other = s["biologics"] * biologics * of["biologics_other"] * medicine_factor
    molecules = s["small"] * pharma * of["small_molecules"] * medicine_factor
    vaccines = carried(p, "vaccines", drift) * pharma * of["vaccines"] * (1.0 + s["pulse"]) * medicine_factor
    devices = carried(p, "devices", drift) * pharma * of["devices"] * goods_factor
    cosmetics = carried(p, "cosmetics", drift) * pharma * of["cosmetics"] * price_factor
    other_bio = carried(p, "other_bio", drift) * pharma * of["other_bio"] * goods_factor

    biopharma = biosimilars + cdmo + b * newdrugs + other
    medicines = biopharma + vaccines + molecules + (1.0 - b) * newdrugs
    states = {
        "own": p["exports.sigma"] * z["own"] / A_YEAR,
        "fading": d_fading,
        "scale": NOTHING,
        "biologics": NOTHING,
        "small": NOTHING,
        "pulse": d_pulse,
    }
    gives = {
        "exports.biosimilars": biosimilars,
        "exports.cdmo": cdmo,
        "exports.newdrugs": newdrugs,
        "exports.biologics_other": other,
        "exports.vaccines": vaccines,
        "exports.small_molecules": molecules,
        "exports.devices": devices,
        "exports.cosmetics": cosmetics,
        "exports.other_bio": other_bio,
        "exports.biopharma": biopharma,
        "exports.biopharma_own": biopharma - cdmo,
        "exports.biopharma_own_vaccines": biopharma - cdmo + vaccines,
        "exports.biopharma_vaccines": biopharma + vaccines,
        "exports.pharma": medicines,
        "exports.pharma_own": medicines - cdmo,
        "exports.biohealth": medicines + devices,
        "exports.healthindustry": medicines + devices + cosmetics,
        "exports.bio": biopharma + vaccines + other_bio,
    }
    return states, gives


BASES = ("biopharma", "small_molecules", "vaccines", "devices", "cosmetics", "other_bio")

SECTOR = Sector(
    name="exports",
    step=step,
    init=init,
    bind=bind,
    parameters=(
        Parameter("exports.excess", "log/yr", "goods"),
        Parameter("exports.sigma", "log/yr**0.5", "goods"),
        Parameter("exports.exposure", "elasticity", "goods"),
        Parameter("exports.shipment.sigma", "log"),
        Parameter("exports.excess.halflife", "yr"),
        Parameter("exports.fx.elasticity", "elasticity"),
        Parameter("exports.access.ceiling", "ratio"),
        Parameter("exports.newdrugs.biologic", "ratio"),
        Parameter("exports.overlap", "ratio"),
        Parameter("exports.vaccines.chance", "probability"),
        Parameter("exports.vaccines.pulse", "ratio"),
        Parameter("economy.tariff.us.share", "ratio"),
        Parameter("economy.market.growth", "1/yr"),
        Parameter("economy.biopharma.growth", "1/yr"),
        Parameter("economy.forecast.bias", "1/yr"),
    ),
    channels=(
        Channel(
            "exports.market_access",
            "x",
            "multiply",
            "Market access of home exporters",
            "수출기업 시장 접근성",
            0.5,
            2.0,
        ),
        Channel(
            "exports.tariff_us",
            "ratio",
            "add",
            "Share of medicine exports kept from the US tariff",
            "미국 관세 손실 완화",
            0.0,
            1.0,
        ),
    ),
    attributes=(
        *(Attribute(f"base.{name}", f"{TRADE}/yr") for name in BASES),
        *(Attribute(f"lag.{name}", "yr") for name in BASES),
    ),
    needs=(
        Need("economy.world_growth", "ratio"),
        Need("economy.world_pharma", "ratio"),
        Need("economy.demand.log", "log"),
        Need("economy.fx_index.log", "log"),
        Need("economy.tariff", "ratio"),
        Need("biosimilars.exports", TRADE),
        Need("manufacturing.exports", TRADE),
        Need("pipeline.exports", TRADE),
    ),
    states=(
        State("own", "log", "goods"),
        State("fading", "ratio"),
        State("scale", "ratio"),
        State("biologics", TRADE),
        State("small", TRADE),
        State("pulse", "ratio"),
    ),
    shocks=(
        Shock("own", "year", "goods", NOISE),
        Shock("shipment.biosimilars", "year"),
        Shock("shipment.cdmo", "year"),
        Shock("epidemic", "year"),
        Shock("pulse", "year"),
    ),
    gives=(
        Give("exports.biosimilars", TRADE, "sum", "Exports of biosimilars", "바이오시밀러 수출"),
        Give("exports.cdmo", TRADE, "sum", "Exports of contract manufacturing", "위탁개발생산(CDMO) 수출"),
        Give("exports.newdrugs", TRADE, "sum", "Exports of new drugs", "신약 수출"),
        Give("exports.biologics_other", TRADE, "sum", "Exports of other biologics", "기타 바이오의약품 수출"),
        Give("exports.vaccines", TRADE, "sum", "Exports of vaccines", "백신 수출"),
        Give(
            "exports.small_molecules",
            TRADE,
            "sum",
            "Exports of small molecules and other medicines",
            "합성의약품 등 수출",
        ),
        Give("exports.devices", TRADE, "sum", "Exports of medical devices", "의료기기 수출"),
        Give("exports.cosmetics", TRADE, "sum", "Exports of cosmetics", "화장품 수출"),
        Give("exports.other_bio", TRADE, "sum", "Exports of the bio industry outside medicine", "의약 외 바이오산업 수출"),
        Give("exports.biopharma", TRADE, "sum", "Biopharma exports, without vaccines", "바이오의약품 수출(백신 제외)"),
        Give("exports.biopharma_own", TRADE, "sum", "Biopharma exports of own products", "자사 바이오의약품 수출"),
        Give(
            "exports.biopharma_own_vaccines",
            TRADE,
            "sum",
            "Biopharma exports of own products, with vaccines",
            "자사 바이오의약품 수출(백신 포함)",
        ),
        Give(
            "exports.biopharma_vaccines",
            TRADE,
            "sum",
            "Biopharma exports with vaccines",
            "바이오의약품 수출(백신 포함)",
        ),
        Give("exports.pharma", TRADE, "sum", "Pharma exports", "의약품 수출"),
        Give("exports.pharma_own", TRADE, "sum", "Pharma exports of own products", "자사 의약품 수출"),
        Give(
            "exports.biohealth",
            TRADE,
            "sum",
            "Bio-health exports: medicines and devices",
            "바이오헬스 수출(의약품·의료기기)",
        ),
        Give(
            "exports.healthindustry",
            TRADE,
            "sum",
            "Health-industry exports, with cosmetics",
            "보건산업 수출(화장품 포함)",
        ),
        Give("exports.bio", TRADE, "sum", "Exports of the whole bio industry", "바이오산업 전체 수출"),
    ),
)
