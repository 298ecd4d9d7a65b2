"""Manufacturing: litres of mammalian capacity, plant by plant, and what contract makers earn with them.

Mechanism (litres of bioreactor volume, month t):

1. Known plants. An open plant stands from its start. One that is building opens ``slip`` months late, slip ~
   Gamma(mean, cv) by the Wilson-Hilferty cube (error of a few per cent of the mean), never early; firms that already
   run two large plants at home slip less. One that is only announced is built at all with the chance
   ``announced.realised`` times the channel of facility investment at its decision (``build.time`` before its start;
   never before the plan's own date, at which it was only announced), decided once; it opens that much later.
2. Ramp. Nothing is sold during validation; then use rises linearly to its mature level at ``ramp.time`` after the
   start. Mature use differs between experienced makers, newcomers, and makers of which no income was ever seen.
3. Order book. Demand for the country's contract litres grows from its working litres times the cover of the order
   book at the start, with the world market (elasticity) and the shared demand shock (exposure: minimum-purchase
   contracts damp it). Where demand is short of the supply, all are filled in proportion: ``fill = min(1,
   demand/supply)``.
4. Expansion beyond the known plants follows the backlog: ``starts = channel · (base + elasticity · max(0,
   log(demand/committed))) · capacity`` a year, through a third-order construction delay, then a first-order ramp. The
   delay between orders and litres makes the cycle that the industry knows.
5. Revenue of a maker = Σ litres · use · fill · price · exp(price trend) · mix · own shock · demand^exposure. The
   price per litre is anchored on the maker's own revenue in the base year where the plan has it, else it is the usual
   one of experienced makers or newcomers. Own shocks are one a maker: two firms make most of a country's capacity,
   and a smooth aggregate would hide that.
6. Exports (trade currency) = revenue of plants at home · export share. Customs count goods, part of the revenue is
   services.

A maker whose type is not CDMO fills its plants with its own products: its litres count as capacity, its revenue does
not arise here. Litres are conserved: started = under construction + added.

Parameters: ``manufacturing.*``. Entities: the plan's ``atlas/plants.csv`` and ``atlas/companies.csv``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from salpi.engine.declare import Attribute, Bound, Channel, Give, Need, Parameter, Sector, Shock, State, Values
from salpi.engine.numbers import A_YEAR, MONTH, MONTHS, NOISE, NOTHING, Number
from salpi.model.base import HOME, TRADE, find_base, start_year

if TYPE_CHECKING:
    from salpi.plan import Plan

CONTRACT = "CDMO"
LARGE = 100_000.0  # L: a plant of commercial scale
PROVEN_PLANTS = 2  # large plants at home that a maker must have running to count as experienced; assumption
LN2 = 0.6931471805599453
REVENUE = "manufacturing.revenue.by_company"
MID_YEAR = 5.5 * MONTH  # from January to the middle of the year
SHORTEST = 6.0 * MONTH  # no ramp is faster; assumption
LITRE = Number(1.0, "L")  # keeps a division from 0


def bind(plan: Plan, start: int) -> Bound:
    """Plants and their makers, and the makers' own contract revenue of the latest year not after the start."""
    from salpi.plan.periods import Period

    first = start_year(start)
    plants = [x for x in plan.atlas.plants if x.capacity_l > 0]
    makers = tuple(dict.fromkeys(x.company for x in plants))
    firms = {x.id: x for x in plan.atlas.companies}
    month = {x.id: float(Period.parse(x.start).first_month) for x in plants}
    at_home = [1.0 if x.country == plan.meta.subject else 0.0 for x in plants]
    known = [x.status == "open" or month[x.id] < start for x in plants]
    running = [
        x.company
        for x, home in zip(plants, at_home, strict=True)
        if home and x.capacity_l >= LARGE and x.status == "open" and month[x.id] <= start
    ]
    experienced = [running.count(m) >= PROVEN_PLANTS for m in makers]
    earning = {o.subject for o in plan.observations if o.status == "actual" and o.unit == plan.meta.currencies.home}
    unproven = [m not in earning and (m not in firms or firms[m].name not in earning) for m in makers]
    bases = [
        find_base(plan, REVENUE, first, HOME, m, (m, firms[m].name) if m in firms else (m,)) if _contract(firms, m) else None
        for m in makers
    ]
    contract = [1.0 if _contract(firms, m) else 0.0 for m in makers]
    per_maker = {
        "maker.index": list(range(len(makers))),
        "maker.contract": contract,
        "maker.experienced": [1.0 if x else 0.0 for x in experienced],
        "maker.unproven": [1.0 if x else 0.0 for x in unproven],
        "maker.revenue": [b.value / plan.rate(str(b.year)) if b is not None else 0.0 for b in bases],
        "maker.revenue_month": [12.0 * b.year + float(MID_YEAR) if b is not None else float(start) for b in bases],
    }
    of = [makers.index(x.company) for x in plants]
    per_plant = {
        "plant.maker": of,
        "plant.contract": [contract[m] for m in of],
        "plant.experienced": [1.0 if experienced[m] else 0.0 for m in of],
        "plant.unproven": [1.0 if unproven[m] else 0.0 for m in of],
        "plant.capacity": [x.capacity_l for x in plants],
        "plant.start": [month[x.id] for x in plants],
        "plant.known": [1.0 if ok else 0.0 for ok in known],
        "plant.announced": [1.0 if x.status == "announced" and not ok else 0.0 for x, ok in zip(plants, known, strict=True)],
        "plant.home": at_home,
    }
    arrays = {name: np.array(values, dtype=np.float64) for name, values in (per_maker | per_plant).items()}
    now = float(12 * plan.as_of.year + plan.as_of.month - 1)
    return Bound(
        dims={"maker": makers, "plant": tuple(x.id for x in plants)},
        attributes={**arrays, "start": float(start), "now": max(now, float(start))},
    )


def _contract(firms: dict[str, Any], company: str) -> bool:
    return company not in firms or CONTRACT in firms[company].type


def to_plant(xp: Any, p: Values, of_maker: Any) -> Any:
    """(maker, draw) → (plant, draw): each plant gets its maker's value."""
    out = NOTHING * p["plant.maker"]
    for m in range(len(p["maker.index"])):
        out = out + xp.where(p["plant.maker"] == m, of_maker[m], NOTHING)
    return out


def to_maker(xp: Any, p: Values, of_plant: Any) -> Any:
    """(plant, draw) → (maker, draw): sums over the plants of each maker."""
    out = NOTHING * p["maker.index"]
    for k in range(len(p["plant.maker"])):
        out = out + xp.where(p["maker.index"] == p["plant.maker"][k], of_plant[k], NOTHING)
    return out


def total(xp: Any, of_maker: Any) -> Any:
    """Sum over the makers that take part; 0 (not -0) where none does."""
    return 0.0 + xp.sum(of_maker)


def slope(xp: Any, p: Values, validation: Any) -> Any:
    """By how much of mature use a plant rises in a month, once validated."""
    return 1.0 / xp.maximum(p["manufacturing.ramp.time"] - validation, SHORTEST)


def ramp(xp: Any, age: Any, validation: Any, rise: Any) -> Any:
    """Share of mature use at an age in months: 0 in validation, 1 at full ramp; ``rise`` a month between them."""
    return xp.minimum(xp.maximum((age - validation) * rise, 0.0), 1.0)


def quickness(p: Values, experienced: Any) -> Any:
    """Factor on delays and validation: 1 for newcomers."""
    return 1.0 - experienced * (1.0 - p["manufacturing.experience"])


def mature_use(p: Values, of: str) -> Any:
    """Mature utilisation by ``plant`` or ``maker``: experienced, newcomer, or unproven (no income of it was ever seen)."""
    newcomer = p["manufacturing.utilisation.industry"]
    proven = newcomer + p[f"{of}.experienced"] * (p["manufacturing.utilisation.mature"] - newcomer)
    return proven + p[f"{of}.unproven"] * (p["manufacturing.utilisation.unproven"] - proven)


def used_at(xp: Any, p: Values, month: Any) -> Any:
    """Litres in use of the plants known to be open, by plant, at a month (of each plant)."""
    validation = p["manufacturing.validation.time"] * quickness(p, p["plant.experienced"])
    share = ramp(xp, month - p["plant.start"], validation, slope(xp, p, validation))
    return p["plant.known"] * p["plant.capacity"] * share * mature_use(p, "plant")


def init(xp: Any, p: Values, up: Values) -> Values:
    at_base = to_maker(xp, p, used_at(xp, p, to_plant(xp, p, p["maker.revenue_month"])))
    own = p["maker.revenue"] / xp.maximum(at_base, LITRE)
    anchored = xp.where(p["maker.revenue"] > 0.0, xp.where(at_base > LITRE, 1.0, 0.0), 0.0)
    newcomer = p["manufacturing.price.newcomer"]
    usual = newcomer + p["maker.experienced"] * (p["manufacturing.price.experienced"] - newcomer)
    at_start = p["plant.contract"] * used_at(xp, p, p["start"] + MID_YEAR)
    return {
        "price": anchored * own + (1.0 - anchored) * usual,
        "demand.start": xp.sum(at_start) * p["manufacturing.cover"],
        "committed": 1.0 - p["plant.announced"],
        **dict.fromkeys(("build.1", "build.2", "build.3", "added", "added.used", "own"), 0.0),
    }


def decision(xp: Any, p: Values) -> Any:
    """Month in which building an announced plant is decided: in time for its start, but not before the plan's own date."""
    return xp.maximum(p["plant.start"] - p["manufacturing.build.time"], p["now"])


def opening(xp: Any, p: Values, z: Values) -> Any:
    """Month in which a plant opens, slip included: (plant, draw)."""
    cv = p["manufacturing.slip.cv"]
    root = xp.maximum(1.0 - cv * cv / 9.0 + z["slip"] * cv / 3.0, 0.0)
    slip = p["manufacturing.slip.mean"] * root * root * root
    due = xp.where(p["plant.announced"] > 0.5, decision(xp, p) + p["manufacturing.build.time"], p["plant.start"])
    late = xp.maximum(due, p["plant.start"]) + slip * quickness(p, p["plant.experienced"])
    return xp.where(p["plant.known"] > 0.5, p["plant.start"], late)


def step(xp: Any, s: Values, p: Values, z: Values, t: Any, up: Values) -> tuple[Values, Values]:
    invest = p["manufacturing.capacity"]
    announced, home, contract = p["plant.announced"] > 0.5, p["plant.home"] > 0.5, p["maker.contract"] > 0.5

    # 1 known plants
    decided_at = decision(xp, p)
    realised = p["manufacturing.announced.realised"]
    lucky = xp.expit(1.702 * z["realised"]) < realised * invest  # of a standard normal, by the logistic curve (error below 0.01)
    now = (t >= decided_at) & (t < decided_at + MONTH)
    d_committed = xp.where(announced, xp.where(now & lucky, 1.0, 0.0), NOTHING)
    committed = s["committed"] + d_committed
    opens = opening(xp, p, z)
    standing = committed * xp.where(t >= opens, p["plant.capacity"], 0.0)

    # 2 ramp: all plants of a maker take as long
    validation = p["manufacturing.validation.time"] * p["manufacturing.validation_time"] * quickness(p, p["maker.experienced"])
    rise = slope(xp, p, validation)
    ramped = standing * ramp(xp, t - opens, to_plant(xp, p, validation), to_plant(xp, p, rise))
    at_home = to_maker(xp, p, xp.where(home, ramped, NOTHING)) + s["added.used"]
    abroad = to_maker(xp, p, xp.where(home, NOTHING, ramped))

    # 3 order book
    world = p["manufacturing.demand.elasticity"] * up["economy.world_growth.log"]
    demand_factor = xp.exp(p["manufacturing.demand.exposure"] * up["economy.demand.log"])
    demand = s["demand.start"] * xp.exp(world) * demand_factor
    mature = mature_use(p, "maker")
    in_use = xp.where(contract, mature * (at_home + abroad), NOTHING)
    fill = xp.minimum(1.0, demand / xp.maximum(xp.sum(in_use), LITRE))

    # 4 expansion
    stage = 3.0 * MONTH / (p["manufacturing.build.time"] + p["manufacturing.validation.time"])
    hoped = to_maker(xp, p, xp.where(announced, realised, 1.0) * p["plant.capacity"])  # an announced one in its share of worlds
    surer = to_maker(xp, p, xp.where(announced, committed * ((1.0 - realised) * p["plant.capacity"]), NOTHING))
    under_way = s["build.1"] + s["build.2"] + s["build.3"]
    planned = xp.sum(xp.where(contract, mature * (hoped + surer + under_way + s["added"]), NOTHING))
    backlog = xp.maximum(xp.log(xp.maximum(demand, LITRE) / xp.maximum(planned, LITRE)), 0.0)
    base, more = p["manufacturing.expansion.base"] / A_YEAR, p["manufacturing.investment.elasticity_backlog"] / A_YEAR
    capacity = to_maker(xp, p, standing) + s["added"]
    starts = xp.where(contract, capacity * ((base + more * backlog) * invest), NOTHING)
    flows = [stage * s[f"build.{k}"] for k in (1, 2, 3)]
    climb = p["manufacturing.ramp.time"] - p["manufacturing.validation.time"]
    d_used = (s["added"] - s["added.used"]) * (MONTH / xp.maximum(climb, SHORTEST))

    # 5 revenue in trade currency a month, 6 exports
    years = (t - p["start"]) / MONTHS
    back = LN2 / p["manufacturing.firm.halflife"] / A_YEAR
    d_own = p["manufacturing.firm.sigma"] * z["own"] / A_YEAR - back * s["own"]
    trend = (p["manufacturing.price.trend"] + p["manufacturing.price.inflation"]) * years
    value = s["price"] / A_YEAR * xp.exp(trend + s["own"]) * (fill * demand_factor * p["manufacturing.mix_adc"])
    revenue = xp.where(contract, value * in_use, NOTHING)
    exports = total(xp, xp.where(contract, value * (mature * at_home), NOTHING)) * p["manufacturing.export_share"]

    home_litres = xp.where(home, standing, NOTHING)
    added = xp.sum(s["added"])
    of_contract = {  # other makers neither expand nor earn
        "build.1": starts - flows[0],
        "build.2": flows[0] - flows[1],
        "build.3": flows[1] - flows[2],
        "added": flows[2],
        "added.used": d_used,
        "own": d_own,
    }
    states = {
        "price": NOTHING,
        "demand.start": NOTHING,
        "committed": d_committed,
        **{name: xp.where(contract, change, NOTHING) for name, change in of_contract.items()},
    }
    gives = {
        "manufacturing.capacity": xp.sum(home_litres) + added,
        "manufacturing.capacity.contract": xp.sum(xp.where(p["plant.contract"] > 0.5, home_litres, NOTHING)) + added,
        "manufacturing.capacity.by_company": capacity,
        "manufacturing.capacity.added": added,
        "manufacturing.capacity.building": xp.sum(under_way),
        "manufacturing.starts": total(xp, starts),
        "manufacturing.fill": fill,
        "manufacturing.revenue": total(xp, revenue) * up["economy.fx"],
        REVENUE: xp.where(contract, revenue * up["economy.fx"], 0.0),
        "manufacturing.exports": exports,
    }
    return states, gives


SECTOR = Sector(
    name="manufacturing",
    step=step,
    init=init,
    bind=bind,
    parameters=(
        Parameter("manufacturing.slip.mean", "month"),
        Parameter("manufacturing.slip.cv", "ratio"),
        Parameter("manufacturing.experience", "ratio"),
        Parameter("manufacturing.announced.realised", "probability"),
        Parameter("manufacturing.build.time", "month"),
        Parameter("manufacturing.validation.time", "month"),
        Parameter("manufacturing.ramp.time", "month"),
        Parameter("manufacturing.utilisation.mature", "ratio"),
        Parameter("manufacturing.utilisation.industry", "ratio"),
        Parameter("manufacturing.utilisation.unproven", "ratio"),
        Parameter("manufacturing.cover", "ratio"),
        Parameter("manufacturing.demand.elasticity", "elasticity"),
        Parameter("manufacturing.demand.exposure", "elasticity"),
        Parameter("manufacturing.investment.elasticity_backlog", "1/yr"),
        Parameter("manufacturing.expansion.base", "1/yr"),
        Parameter("manufacturing.price.experienced", f"{TRADE}/L/yr"),
        Parameter("manufacturing.price.newcomer", f"{TRADE}/L/yr"),
        Parameter("manufacturing.price.trend", "log/yr"),
        Parameter("manufacturing.price.inflation", "log/yr"),
        Parameter("manufacturing.firm.sigma", "log/yr**0.5"),
        Parameter("manufacturing.firm.halflife", "yr"),
        Parameter("manufacturing.export_share", "ratio"),
    ),
    channels=(
        Channel(
            "manufacturing.capacity",
            "x",
            "multiply",
            "Facility investment of contract makers",
            "위탁생산 시설투자",
            0.25,
            4.0,
        ),
        Channel(
            "manufacturing.validation_time",
            "x",
            "multiply",
            "Time from plant start to first sale",
            "공장 검증 기간",
            0.3,
            2.0,
        ),
        Channel(
            "manufacturing.mix_adc",
            "x",
            "multiply",
            "Value a litre from ADC and finishing",
            "ADC 등 고부가 위탁생산",
            0.5,
            2.0,
        ),
    ),
    attributes=(
        Attribute("start", "month"),
        Attribute("now", "month"),
        Attribute("maker.index", "index", "maker"),
        Attribute("maker.contract", "index", "maker"),
        Attribute("maker.experienced", "flag", "maker"),
        Attribute("maker.unproven", "flag", "maker"),
        Attribute("maker.revenue", f"{TRADE}/yr", "maker"),
        Attribute("maker.revenue_month", "month", "maker"),
        Attribute("plant.maker", "index", "plant"),
        Attribute("plant.contract", "index", "plant"),
        Attribute("plant.experienced", "flag", "plant"),
        Attribute("plant.unproven", "flag", "plant"),
        Attribute("plant.capacity", "L", "plant"),
        Attribute("plant.start", "month", "plant"),
        Attribute("plant.known", "index", "plant"),
        Attribute("plant.announced", "index", "plant"),
        Attribute("plant.home", "index", "plant"),
    ),
    needs=(
        Need("economy.fx", f"{HOME}/{TRADE}"),
        Need("economy.world_growth.log", "log"),
        Need("economy.demand.log", "log"),
    ),
    states=(
        State("price", f"{TRADE}/L/yr", "maker"),
        State("demand.start", "L"),
        State("committed", "flag", "plant"),
        State("build.1", "L", "maker"),
        State("build.2", "L", "maker"),
        State("build.3", "L", "maker"),
        State("added", "L", "maker"),
        State("added.used", "L", "maker"),
        State("own", "log", "maker"),
    ),
    shocks=(
        Shock("slip", "once", "plant"),
        Shock("realised", "once", "plant"),
        Shock("own", "year", "maker", NOISE),
    ),
    gives=(
        Give("manufacturing.capacity", "L", "end", "Biologics capacity at home", "국내 바이오의약품 생산능력"),
        Give("manufacturing.capacity.contract", "L", "end", "Contract capacity at home", "국내 위탁생산 능력"),
        Give("manufacturing.capacity.by_company", "L", "end", "Capacity by company", "기업별 생산능력", "maker"),
        Give(
            "manufacturing.capacity.added",
            "L",
            "end",
            "Capacity opened beyond the known plants",
            "기존 계획 외 신규 생산능력",
        ),
        Give(
            "manufacturing.capacity.building",
            "L",
            "end",
            "Capacity under construction beyond the known plants",
            "기존 계획 외 건설 중 생산능력",
        ),
        Give("manufacturing.starts", "L", "sum", "Capacity started beyond the known plants", "기존 계획 외 착공 생산능력"),
        Give("manufacturing.fill", "ratio", "mean", "Share of supply that demand fills", "수주 충족률"),
        Give("manufacturing.revenue", HOME, "sum", "Contract manufacturing revenue", "위탁개발생산(CDMO) 매출"),
        Give(REVENUE, HOME, "sum", "Contract manufacturing revenue by company", "기업별 위탁개발생산 매출", "maker"),
        Give("manufacturing.exports", TRADE, "sum", "Contract manufacturing exports", "위탁개발생산 수출"),
    ),
)
