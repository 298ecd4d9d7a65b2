"""A small sector of entities whose units all fit: each file ``wrong/entity_*.py`` spoils one of its functions."""

from __future__ import annotations

from salpi.engine.declare import Attribute, Bound, Channel, EntitySector, Give, Need, Parameter, Passage, Stage
from salpi.engine.numbers import A_YEAR, MONTHS, YEAR, Number

MILLION = Number(1.0e6, "1/million")


def bind(plan, start):
    return Bound(dims={"entity": ("a", "b"), "area": ("x", "y", "z"), "stage": ("trial", "review")})


def prepare(xp, p):
    return {"odds": xp.logit(p["success"]), "pace": xp.log(p["price"] / Number(1.0, "million USD/L"))}


def arrivals(xp, p, at, t):
    return p["rate"] * at("push") / A_YEAR + 0.0 * (t - t[:1])


def trial(xp, e, p, u, at, start, first):
    months = MONTHS * p["years"] * u["time"]
    passes = u["luck"] < xp.expit(xp.pick(p["odds"], e["area"]))
    paid = MILLION * p["price"] * e["litres"]
    return Passage(months, passes, {"worth": paid}, {"paid": (start + months, paid)})


def review(xp, e, p, u, at, start, first):
    months = xp.where(first, 0.5, 1.0) * at("days", start) / Number(30.4375, "day/month")
    return Passage(months, u["luck"] < 0.9, {"worth": e["worth"] + e["sales"] * YEAR})


def outcome(xp, e, p, u, at, fate, years):
    middle = MONTHS * xp.numbers(years, "yr") + Number(6.0, "month")
    age = (middle - fate["review"][:, None]) / MONTHS
    on = xp.minimum(xp.maximum(age, 0.0), YEAR)
    return {"sold": e["sales"][:, None] * on * xp.exp(-p["pace"])[:, None], "many": xp.where(age > 0.0, 1.0, 0.0)}


def finish(xp, p, year_end, year_mean, totals, bound):
    return {"worth": totals["sold"] * year_mean("fx")}


def gives():
    return (
        Give("paid", "USD", "sum", "Paid", "지급"),
        Give("sold", "USD", "sum", "Sold", "매출"),
        Give("worth", "KRW", "sum", "Worth", "가치"),
        Give("many", "count", "end", "Many", "개수"),
        Give("r.active", "count", "end", "Active", "진행", "stage"),
    )


RIGHT = EntitySector(
    name="r",
    stages=(Stage("trial", trial, ("time", "luck")), Stage("review", review, ("luck",))),
    outcome=outcome,
    gives=gives(),
    bind=bind,
    arrivals=arrivals,
    prepare=prepare,
    finish=finish,
    carry=("worth",),
    parameters=(
        Parameter("years", "yr"),
        Parameter("price", "million USD/L"),
        Parameter("rate", "assets/yr"),
        Parameter("success", "probability", "area"),
    ),
    channels=(Channel("push", "x", "multiply", "Push", "밀기"),),
    needs=(Need("days", "day"), Need("fx", "KRW/USD")),
    attributes=(
        Attribute("area", "index", "entity"),
        Attribute("litres", "L", "entity"),
        Attribute("sales", "USD/yr", "entity"),
    ),
)


def with_stage(number, step):
    """The stages with one step exchanged."""
    its = RIGHT.stages[number]
    return tuple(Stage(its.name, step, its.uniforms) if k == number else s for k, s in enumerate(RIGHT.stages))
