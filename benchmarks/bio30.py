"""bio30, the benchmark's model: 32 stocks, 41 drawn inputs, three yearly noises, as a sector in the engine's language.

A made-up country's pipeline, plants, talent and exports: the size and the mix of operations of a mid-size strategy model,
and no statement about any. All its numbers are *assumptions* that serve to measure speed.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from salpi.engine.declare import Attribute, Bound, Give, Parameter, Sector, Shock, State
from salpi.engine.distributions import Distribution
from salpi.engine.drawing import Drawn
from salpi.engine.run import Model

AREAS = tuple("abcdefgh")
PASS_PRE = np.array([0.55, 0.52, 0.50, 0.56, 0.48, 0.45, 0.50, 0.47])
PASS_CLIN = np.array([0.22, 0.28, 0.20, 0.30, 0.18, 0.25, 0.24, 0.26])
PRE = np.array([52.0, 40.0, 30.0, 28.0, 20.0, 16.0, 16.0, 12.0])
CLIN = np.array([40.0, 32.0, 24.0, 20.0, 16.0, 12.0, 14.0, 10.0])
P3 = np.array([9.0, 8.0, 6.0, 6.0, 4.0, 3.0, 3.0, 2.0])
BY_AREA = {
    "start_base": (1.6, 1.2, 0.9, 0.8, 0.6, 0.5, 0.5, 0.4),
    "p_p3": (0.55, 0.62, 0.58, 0.66, 0.52, 0.60, 0.57, 0.63),
    "peak": (0.030, 0.022, 0.018, 0.025, 0.015, 0.012, 0.020, 0.010),
}
SCALARS = {
    "tau_pre": 30.0, "tau_clin": 48.0, "tau_p3": 30.0, "review_time": 13.3, "tax_credit": 0.25, "trade_fin": 0.3, "ai_r": 0.03,
    "ai_max": 0.4, "ai_sub": 0.5, "constr_delay": 36.0, "price": 0.0006, "train0": 0.5, "train_boost": 0.3, "attrition": 0.004,
    "g": 0.006, "review_cut": 0.27, "trial_ease": 0.15,
}  # fmt: skip
BASE = {f"{k}.{a}": v for k, row in BY_AREA.items() for a, v in zip(AREAS, row, strict=True)} | SCALARS
NOISE = {"rd": 0.08, "dem": 0.12, "px": 0.06}
STOCKS = {"cap_uc": 200.0, "cap_on": 1000.0, "trainees": 9.0, "talent": 60.0, "ai": 0.05, "port": 0.9, "exp_sm": 1.5, "cum": 0.0}
OUTPUTS = ("exports", "approvals", "cap_on", "talent")
START, YEARS = 0, 20


def init(xp: Any, p: Any, up: Any) -> Any:
    none = 0.0 * p["g"]
    out = {"pre": p["pre0"] + none, "clin": p["clin0"] + none, "p3": p["p30"] + none, "f": none}
    out |= {k: none + v for k, v in STOCKS.items()}
    return out | {f"noise.{k}": none for k in NOISE}


def step(xp: Any, s: Any, p: Any, z: Any, t: Any, up: Any) -> Any:
    ramp = xp.minimum(1.0, t / 24.0)
    w = s["f"] / 12.0
    noise = {}
    for k, sd in NOISE.items():  # from last year's number to this year's, in a straight line; the first year starts at its own
        now, before = xp.exp(sd * z[k]), xp.where(t < 12.0, xp.exp(sd * z[f"first.{k}"]), s[f"noise.{k}"])
        noise[k] = before * (1.0 - w) + now * w
        noise[f"d.{k}"] = xp.where(s["f"] > 10.5, now - s[f"noise.{k}"], 0.0)
    tax = p["tax_credit"] * ramp
    staff = 20.0 + 0.05 * xp.sum(s["clin"]) + 0.1 * xp.sum(s["p3"]) + 0.02 * s["cap_on"]
    talent = xp.power(xp.minimum(1.0, s["talent"] / staff), 0.6)
    fund = xp.power(s["exp_sm"] * (1.0 / 1.5), 0.2)
    start = p["start_base"] * (noise["rd"] * (1.0 + 0.5 * tax) * fund * talent)
    pre_out = s["pre"] * ((1.0 + p["ai_max"] * s["ai"]) / p["tau_pre"])
    clin_out = s["clin"] * (talent * (1.0 + p["trial_ease"] * ramp) / p["tau_clin"])
    p3_out = s["p3"] / (p["tau_p3"] + p["review_time"] * (1.0 - p["review_cut"] * ramp))
    approved = p3_out * p["p_p3"]
    demand = 1000.0 * xp.exp(p["g"] * t) * noise["dem"]
    sold = s["cap_on"] * xp.minimum(1.0, demand / s["cap_on"]) * p["price"] * noise["px"]
    exports = s["port"] + sold * (1.0 + 0.3 * p["trade_fin"] * ramp)
    order = xp.maximum(0.0, demand * 1.15 - s["cap_on"] - s["cap_uc"]) * (1.0 + 0.4 * tax) * (1.0 / 12.0)
    done = s["cap_uc"] / p["constr_delay"]
    graduates = s["trainees"] * (1.0 / 18.0)
    change = {
        "pre": start - pre_out,
        "clin": pre_out * p["pass.pre"] * (1.0 + 0.25 * s["ai"]) - clin_out,
        "p3": clin_out * p["pass.clin"] - p3_out,
        "cap_uc": order - done,
        "cap_on": done - s["cap_on"] * (1.0 / 480.0),
        "trainees": p["train0"] * (1.0 + p["train_boost"] * ramp) - graduates,
        "talent": graduates - s["talent"] * p["attrition"],
        "ai": p["ai_r"] * s["ai"] * (1.0 - s["ai"]) * (1.0 + p["ai_sub"] * ramp),
        "port": xp.sum(approved * p["peak"]) * noise["px"] - s["port"] * (1.0 / 120.0),
        "exp_sm": (exports - s["exp_sm"]) * (1.0 / 12.0),
        "cum": exports,
        "f": xp.where(s["f"] > 10.5, -11.0, 1.0),
    }
    change |= {f"noise.{k}": noise[f"d.{k}"] for k in NOISE}
    return change, {"exports": exports, "approvals": xp.sum(approved), "cap_on": s["cap_on"], "talent": s["talent"]}


def sector(monthly: bool = False) -> Sector:
    return Sector(
        name="bio30",
        step=step,
        init=init,
        parameters=(*(Parameter(k, "x", "area") for k in BY_AREA), *(Parameter(k, "x") for k in SCALARS)),
        attributes=tuple(Attribute(k, "x", "area") for k in ("pass.pre", "pass.clin", "pre0", "clin0", "p30")),
        states=(
            *(State(k, "x", "area") for k in ("pre", "clin", "p3")),
            *(State(k, "x") for k in (*STOCKS, "f", *(f"noise.{n}" for n in NOISE))),
        ),
        shocks=(*(Shock(k) for k in NOISE), *(Shock(f"first.{k}", "once") for k in NOISE)),
        gives=tuple(Give(k, "x", "end", k, k, monthly=monthly) for k in OUTPUTS),
    )


def model(seed: int = 1, monthly: bool = False) -> Model:
    drawn = {k: Distribution("uniform", v, 0.85 * v, 1.15 * v) for k, v in BASE.items()}
    data = {"pass.pre": PASS_PRE, "pass.clin": PASS_CLIN, "pre0": PRE, "clin0": CLIN, "p30": P3}
    return Model(
        sectors=(sector(monthly),),
        parameters=Drawn(drawn, seed),
        channels=lambda draws, start, end: {},
        seed=seed,
        bound={"bio30": Bound({"area": AREAS}, data)},
    )
