from salpi.engine.declare import Attribute, Bound, Channel, Give, Need, Parameter, Sector, Shock, State
from salpi.engine.numbers import NOISE

DECLARED = {
    "parameters": (
        Parameter("growth", "1/yr"),
        Parameter("delay", "month"),
        Parameter("life", "yr"),
        Parameter("price", "USD/L"),
        Parameter("sigma", "log/yr**0.5"),
        Parameter("shares", "ratio", "place"),
    ),
    "channels": (Channel("push", "x", "multiply", "Push", "밀기"),),
    "attributes": (Attribute("start", "month"), Attribute("litres", "L", "plant"), Attribute("share", "%")),
    "needs": (Need("fx", "KRW/USD"),),
    "states": (State("stock", "L"),),
    "shocks": (Shock("year", "year", unit=NOISE),),
    "gives": (Give("sales", "USD", "sum", "Sales", "매출"),),
    "bind": lambda plan, start: Bound(dims={"plant": ("a", "b"), "place": ("x", "y", "z")}),
}


def init(xp, p, up):
    return {"stock": xp.sum(p["litres"])}


def step(xp, s, p, z, t, up):
    size = xp.log(s["stock"])  # wrong: takes log of 'L', which is no pure number; divide by an amount in the same unit first
    return {"stock": 0.0 * size}, {"sales": p["price"] * s["stock"]}


SECTOR = Sector(name="wrong", step=step, init=init, **DECLARED)
