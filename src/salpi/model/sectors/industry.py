"""Industry: production at home: medicines (drug statistics) and the whole bio industry by segment (survey).

Mechanism. Production is what is sold abroad plus what is sold at home. Abroad follows the exports sector, converted
at the exchange rate (home-priced production moves one for one with it); home follows a trend with shocks.

``Y = base · (w · E(t)/E(0) + (1 - w) · H(t))``, w the export share of production in the base year

- ``production.pharma``: E = pharma exports less contract services; ``production.biopharma``: E = own biologics (the
  drug statistics count finished products; contract-made substance is largely left out: its export value lies far
  below customs).
- ``production.bio.segment``: medicine (E = own biologics and vaccines), devices (E = medical devices), services (E =
  contract manufacturing revenue), other: food, chemicals, energy, environment, resources: a trend of its own. Shares
  of the segments at the start are parameters where the survey's latest release does not print them.
- ``H = exp(g τ + h)``, h a random walk common to home demand; each segment has a walk of its own
  (``industry.sigma``).
- ``industry.bio_other`` multiplies every segment but medicine.
- A base older than the run's first year is carried to it by the home trend.

``E(0)`` is the first month of the run, taken to the middle of its year by the same trend, so that the first year's
sum is near the base. Parameters: ``industry.*``. Revenue of firms is no production value and is not used (definitions
differ).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from salpi.engine.declare import Attribute, Bound, Channel, Give, Need, Parameter, Sector, Shock, State, Values
from salpi.engine.numbers import A_YEAR, MONTH, MONTHS, NOISE, NOTHING, Number
from salpi.model.base import HOME, TRADE, find_base, start_year

if TYPE_CHECKING:
    from salpi.plan import Plan

SEGMENTS = ("medicine", "devices", "services", "other")
MID_YEAR = 5.5 * MONTH  # from January to the middle of the year
LEAST = Number(1.0, HOME)  # keeps a division from 0
MEDICINE = SEGMENTS.index("medicine")
WHOLES = ("pharma", "biopharma", "bio")
FLOWS = ("pharma", "biopharma", "devices", "services")
"""Sales abroad that drive production; each is compared with its own first month."""


def bind(plan: Plan, start: int) -> Bound:
    """Base production (home currency a year) of each whole, and how many years before the run's first it was seen."""
    first = start_year(start)
    found = {name: find_base(plan, f"production.{name}", first, HOME) for name in WHOLES}
    return Bound(
        dims={"segment": SEGMENTS},
        attributes={
            "segment.index": np.arange(len(SEGMENTS), dtype=np.float64),
            **{f"base.{name}": b.value if b is not None else 0.0 for name, b in found.items()},
            **{f"lag.{name}": float(first - b.year) if b is not None else 0.0 for name, b in found.items()},
        },
    )


def flows(up: Values) -> Values:
    """Sales abroad that drive production, in home currency a month."""
    fx = up["economy.fx"]
    return {
        "pharma": up["exports.pharma_own"] * fx,
        "biopharma": up["exports.biopharma_own_vaccines"] * fx,
        "devices": up["exports.devices"] * fx,
        "services": up["manufacturing.revenue"],
    }


def init(xp: Any, p: Values, up: Values) -> Values:
    first = flows(up)
    return {
        "home": xp.exp(-p["industry.home.growth"] * (MID_YEAR / MONTHS)),
        "other": xp.exp(-p["industry.other.growth"] * (MID_YEAR / MONTHS)),
        "own": 1.0,
        **{f"first.{flow}": first[flow] for flow in FLOWS},
    }


def step(xp: Any, s: Values, p: Values, z: Values, t: Any, up: Values) -> tuple[Values, Values]:
    now = flows(up)
    abroad = {}
    for flow in FLOWS:
        first = s[f"first.{flow}"]
        there = xp.where(first > 0.0, 1.0, 0.0)
        abroad[flow] = now[flow] * (there / xp.maximum(first, LEAST)) + (1.0 - there)
    growth = p["industry.home.growth"]
    home, own = s["home"], s["own"]

    def base(whole: str) -> Any:
        return p[f"base.{whole}"] / A_YEAR * (1.0 + growth * p[f"lag.{whole}"])

    def mixed(flow: str, weight: Any) -> Any:
        return weight * abroad[flow] + (1.0 - weight) * home

    total = xp.sum(p["industry.share"])
    bio_other = p["industry.bio_other"]
    by_name = {
        "medicine": mixed("biopharma", p["industry.medicine.export_share"]),
        "devices": mixed("devices", p["industry.devices.export_share"]) * bio_other,
        "services": mixed("services", p["industry.services.cdmo_share"]) * bio_other,
        "other": s["other"] * bio_other,
    }
    segment = NOTHING * p["segment.index"]
    for k, name in enumerate(SEGMENTS):
        segment = segment + xp.where(p["segment.index"] == k, by_name[name], NOTHING)
    segment = base("bio") * p["industry.share"] / total * segment * own

    # what grows by a rate, and walks by a shock of the year, is multiplied by the same each month of it
    states = {
        "home": home * (xp.exp((growth + p["industry.home.sigma"] * z["home"]) / A_YEAR) - 1.0),
        "other": s["other"] * (xp.exp(p["industry.other.growth"] / A_YEAR) - 1.0),
        "own": own * (xp.exp(p["industry.sigma"] * z["own"] / A_YEAR) - 1.0),
        **{f"first.{flow}": NOTHING for flow in FLOWS},
    }
    gives = {
        "production.pharma": base("pharma") * mixed("pharma", p["industry.pharma.export_share"]),
        "production.biopharma": base("biopharma") * by_name["medicine"] * own[MEDICINE],
        "production.bio.segment": segment,
        "production.bio": xp.sum(segment),
    }
    return states, gives


SECTOR = Sector(
    name="industry",
    step=step,
    init=init,
    bind=bind,
    parameters=(
        Parameter("industry.home.growth", "log/yr"),
        Parameter("industry.home.sigma", "log/yr**0.5"),
        Parameter("industry.other.growth", "log/yr"),
        Parameter("industry.share", "ratio", "segment"),
        Parameter("industry.sigma", "log/yr**0.5", "segment"),
        Parameter("industry.pharma.export_share", "ratio"),
        Parameter("industry.medicine.export_share", "ratio"),
        Parameter("industry.devices.export_share", "ratio"),
        Parameter("industry.services.cdmo_share", "ratio"),
    ),
    channels=(
        Channel("industry.bio_other", "x", "multiply", "Bio production outside medicine", "의약 외 바이오 생산", 0.5, 2.0),
    ),
    attributes=(
        Attribute("segment.index", "index", "segment"),
        *(Attribute(f"base.{name}", f"{HOME}/yr") for name in WHOLES),
        *(Attribute(f"lag.{name}", "yr") for name in WHOLES),
    ),
    needs=(
        Need("economy.fx", f"{HOME}/{TRADE}"),
        Need("exports.pharma_own", TRADE),
        Need("exports.biopharma_own_vaccines", TRADE),
        Need("exports.devices", TRADE),
        Need("manufacturing.revenue", HOME),
    ),
    states=(
        State("home", "ratio"),
        State("other", "ratio"),
        State("own", "ratio", "segment"),
        *(State(f"first.{flow}", HOME) for flow in FLOWS),
    ),
    shocks=(Shock("home", "year", unit=NOISE), Shock("own", "year", "segment", NOISE)),
    gives=(
        Give("production.pharma", HOME, "sum", "Production of medicines", "의약품 생산액"),
        Give("production.biopharma", HOME, "sum", "Production of biopharmaceuticals", "바이오의약품 생산액"),
        Give(
            "production.bio.segment",
            HOME,
            "sum",
            "Production of the bio industry by segment",
            "바이오산업 분야별 생산액",
            "segment",
        ),
        Give("production.bio", HOME, "sum", "Production of the whole bio industry", "바이오산업 생산액"),
    ),
)
