"""Small sectors and models for the engine's tests: equations whose results one can write down."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from salpi.engine.declare import Attribute, Bound, Channel, EntitySector, Give, Need, Parameter, Sector, Shock, Stage, State
from salpi.engine.random import uniform
from salpi.engine.run import Model

START, END = 12 * 2025, 12 * 2028


def give(name: str, annual: str = "sum", dim: str | None = None, monthly: bool = False) -> Give:
    return Give(name, "x", annual, name, name, dim, monthly)  # type: ignore[arg-type]


def plain(name: str, needs: tuple[Need, ...] = (), gives: tuple[str, ...] = ("y",)) -> Sector:
    """Gives 1 a month under each of its names, whatever it needs."""

    def step(xp: Any, s: Any, p: Any, z: Any, t: Any, up: Any) -> Any:
        return {}, {f"{name}.{g}": 1.0 for g in gives}

    return Sector(name, step, tuple(give(f"{name}.{g}") for g in gives), needs=needs)


def need(name: str, lag: int = 0, dim: str | None = None) -> Need:
    return Need(name, "x", dim, lag)  # type: ignore[arg-type]


def entities(name: str, needs: tuple[Need, ...] = ()) -> EntitySector:
    """A sector of entities, for its wiring only."""
    return EntitySector(
        name, (Stage("s", lambda *a: None),), lambda *a: {}, (give(f"{name}.y"),), lambda plan, start: Bound(), needs=needs
    )


def _stock(xp: Any, s: Any, p: Any, z: Any, t: Any, up: Any) -> Any:
    grown = s["level"] * (p["a.rate"] + 0.01 * z["luck"]) * p["a.push"] / 12.0
    out = {"a.level": s["level"], "a.flow": grown, "a.peak": grown, "a.mean": grown, "a.by": p["size"] * s["level"]}
    return {"level": grown}, out


STOCK = Sector(
    "a",
    _stock,
    (
        give("a.level", "end", monthly=True),
        give("a.flow", "sum"),
        give("a.peak", "max"),
        give("a.mean", "mean"),
        give("a.by", "end", "plant"),
    ),
    init=lambda xp, p, up: {"level": 100.0 + 0.0 * p["a.rate"]},
    parameters=(Parameter("a.rate", "1/yr"),),
    channels=(Channel("a.push", "x", "multiply", "push", "추진"),),
    attributes=(Attribute("size", "x", "plant"),),
    states=(State("level", "x"),),
    shocks=(Shock("luck", "month"),),
)
BOUND = Bound(dims={"plant": ("one", "two")}, attributes={"size": np.array([1.0, 3.0])})


def _below(xp: Any, s: Any, p: Any, z: Any, t: Any, up: Any) -> Any:
    return {}, {"b.share": up["a.by"] / xp.sum(up["a.by"]), "b.noise": z["n"] * p["b.scale"]}


BELOW = Sector(
    "b",
    _below,
    (give("b.share", "end", "plant"), give("b.noise", "mean", "plant")),
    parameters=(Parameter("b.scale", "x", "plant"),),
    needs=(need("a.by", dim="plant"),),
    shocks=(Shock("n", "year", "plant"),),
)


def model(
    *sectors: Sector | EntitySector,
    seed: int = 5,
    rate: tuple[float, float] = (0.0, 0.2),
    push: Mapping[int, float] | None = None,
) -> Model:
    """``rate`` is the range of every parameter; ``push`` sets the channel from a month on."""

    def parameters(ids: tuple[str, ...], draws: Any) -> dict[str, Any]:
        return {i: rate[0] + (rate[1] - rate[0]) * uniform(seed, f"parameter.{i}", draws) for i in ids}

    def channels(draws: Any, start: int, end: int) -> dict[str, Any]:
        path = np.ones((end - start, 1))
        for month, value in (push or {}).items():
            path[month - start :] = value
        return {"a.push": path}

    used = sectors or (STOCK, BELOW)
    return Model(used, parameters, channels, seed, bound={"a": BOUND, "b": BOUND})
