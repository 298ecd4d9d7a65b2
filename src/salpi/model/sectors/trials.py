"""Trials: which countries run the world's trials, as a panel of shares, and the rank of each in every draw.

Mechanism. Sponsors place a trial in many countries; a country's share moves with its start-up times, cost, patients
and luck.

``dx_c = (drift_c + sigma · z_c,year) / 12 + home · d(pull)``; ``share_c = 100 / (1 + exp(-x_c - noise · z'_c,year))``
(percent; the logit keeps a share below 100, and is the log for the small shares that matter here)

- ``drift_c = carry · 2^(-τ/fade) · past trend_c + spread · z''_c``: what is left of the panel's own past trend (a
  rise of 20 % a year does not last), plus a country's own unknown trend, drawn once.
- Shocks: a permanent part (sigma) and a part of one year (noise), since the observed changes reverse: in the one long
  series +14 % was followed by -15 %. Together they give the yearly sd that the series shows: ``sigma² + 2·noise²``.
- ``pull`` of the plan's own country moves to the log of the channel ``trials.attractiveness`` with a delay of
  ``trials.adjust`` years: new conditions apply to trials that are placed later.
- Rank: 1 + the number of panel countries with a larger measured share, draw by draw. A shock to all alike moves no
  rank.
- A year's list is whole where it holds as many countries as the home country's rank in that year says, or where no
  rank is known. Countries whose latest share is older than the latest whole list are known to lie below the last country
  on it: they start there, by an unseen gap of their own, and may overtake.

``trials.count`` (a year) is the home count: its base, the world's growth and cycle, and the home share against its
start; a share of country participations times the world count would not be a country's trials (a definition trap).
Shares of a panel do not add to 100 (multinational trials count in each country), so they are not normalised.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from salpi.engine.declare import Attribute, Bound, Channel, Give, Parameter, Sector, Shock, State, Values
from salpi.engine.numbers import A_YEAR, MONTHS, NOISE, Number
from salpi.model.base import find_base, start_year

if TYPE_CHECKING:
    from salpi.plan import Plan

SHARE = "trials.share"
LN2 = 0.6931471805599453
TREND_YEARS = 8  # older shares say nothing about the trend
WHOLE = Number(100.0, "%")
FIRST = Number(1.0, "rank")
OLDEST = 12  # years: a share older than this says nothing about who may overtake


def bind(plan: Plan, start: int) -> Bound:
    """The panel: shares (%) of the indicator that measures ``trials.share``, latest common year not after the start."""
    first = start_year(start)
    home = find_base(plan, SHARE, first, "%")
    count = find_base(plan, "trials.count", first, "count")
    seen: dict[str, dict[int, float]] = {}
    if home is not None:
        scale = _scale(plan, home.indicator)
        for subject in dict.fromkeys(o.subject for o in plan.observations if o.indicator == home.indicator):
            rows = {int(str(o.period)[:4]): o.value / scale for o in plan.series(home.indicator, subject)}
            rows = {y: v for y, v in rows.items() if home.year - OLDEST <= y <= home.year and v > 0}
            if rows:
                seen[subject] = rows
    year = home.year if home is not None else first
    whole = _whole(plan, seen, year)
    floor = min((rows[whole] for rows in seen.values() if whole in rows), default=1.0)
    names = tuple(sorted(seen))
    last = {c: max(seen[c]) for c in names}
    listed = [last[c] >= whole for c in names]
    level = [seen[c][last[c]] if ok else min(seen[c][last[c]], floor) for c, ok in zip(names, listed, strict=True)]
    return Bound(
        dims={"country": names},
        attributes={
            "share.start": np.array(level, dtype=np.float64),
            "share.unseen": np.array([0.0 if ok else 1.0 for ok in listed]),
            "share.trend": np.array([_trend(seen[c]) if ok else 0.0 for c, ok in zip(names, listed, strict=True)]),
            "home": np.array([1.0 if c == plan.meta.subject else 0.0 for c in names]),
            "count.start": count.value if count is not None else 1.0,
            "count.from": float(12 * (count.year + 1)) if count is not None else float(start),
            "from": float(max(12 * (year + 1), start)),
            "start": float(start),
        },
    )


def _whole(plan: Plan, seen: dict[str, dict[int, float]], year: int) -> int:
    """The latest year, not after ``year``, whose list reaches down to the home country; ``year`` itself if there is none."""
    for at in sorted({y for rows in seen.values() for y in rows if y <= year}, reverse=True):
        rank = find_base(plan, "trials.rank", at, "rank", plan.meta.subject, (plan.meta.subject,))
        if rank is None or rank.year != at or sum(at in rows for rows in seen.values()) >= rank.value:
            return at
    return year


def _scale(plan: Plan, indicator: str) -> float:
    link = plan.indicators[indicator].model
    return link.scale if link is not None else 1.0


def _trend(rows: dict[int, float]) -> float:
    """Mean yearly change of the log share from the first to the last year seen; 0 if fewer than three years apart."""
    b = max(rows)
    a = min(y for y in rows if y >= b - TREND_YEARS)
    return math.log(rows[b] / rows[a]) / (b - a) if b - a >= 3 else 0.0


def init(xp: Any, p: Values, up: Values) -> Values:
    none = 0.0 * p["trials.sd.country"]
    return {"logit.share": xp.log(p["share.start"] / (WHOLE - p["share.start"])) + none, "pull": none, "world": none}


def step(xp: Any, s: Values, p: Values, z: Values, t: Any, up: Values) -> tuple[Values, Values]:
    after = xp.where(t >= p["from"], 1.0, 0.0)
    faded = xp.exp(-LN2 * xp.maximum(t - p["from"], 0.0) / (MONTHS * p["trials.drift.fade"]))
    drift = p["trials.drift.carry"] * faded * p["share.trend"] + p["trials.drift.spread"] * z["drift"]
    d_share = after * (drift + p["trials.sd.country"] * z["share"]) / A_YEAR
    pull = s["pull"]
    d_pull = (xp.log(p["trials.attractiveness"]) - pull) / (A_YEAR * p["trials.adjust"])

    # exp(z/2) to second order: always positive
    gap = p["share.unseen"] * p["trials.unseen.gap"] * (1.0 + 0.5 * z["gap"] + 0.125 * z["gap"] * z["gap"])
    level = s["logit.share"] + d_share - gap + p["home"] * (pull + d_pull)
    share = WHOLE / (1.0 + xp.exp(-(level + after * p["trials.sd.noise"] * z["noise"])))
    rank = FIRST + 0.0 * share
    for k in range(len(p["home"])):
        rank = rank + xp.where(share[k] > share, FIRST, 0.0)

    world = p["trials.world.growth"] + p["trials.world.sigma"] * z["world"]
    d_world = xp.where(t >= p["count.from"], 1.0, 0.0) * world / A_YEAR
    relative = xp.log(xp.sum(p["home"] * share / p["share.start"]) + (1.0 - xp.sum(p["home"])))
    count = p["count.start"] / 12.0 * xp.exp(s["world"] + d_world + relative)
    return (
        {"logit.share": d_share, "pull": d_pull, "world": d_world},
        {SHARE: share, "trials.rank": rank, "trials.count": count},
    )


SECTOR = Sector(
    name="trials",
    step=step,
    init=init,
    bind=bind,
    parameters=(
        Parameter("trials.sd.country", "log/yr**0.5"),
        Parameter("trials.sd.noise", "log"),
        Parameter("trials.drift.carry", "ratio"),
        Parameter("trials.drift.fade", "yr"),
        Parameter("trials.drift.spread", "log/yr"),
        Parameter("trials.unseen.gap", "log"),
        Parameter("trials.adjust", "yr"),
        Parameter("trials.world.growth", "1/yr"),
        Parameter("trials.world.sigma", "log/yr**0.5"),
    ),
    channels=(
        Channel(
            "trials.attractiveness",
            "x",
            "multiply",
            "Attractiveness for trials (level of the trial share)",
            "임상시험 유치 여건",
            0.5,
            2.0,
        ),
    ),
    attributes=(
        Attribute("share.start", "%", "country"),
        Attribute("share.unseen", "flag", "country"),
        Attribute("share.trend", "log/yr", "country"),
        Attribute("home", "flag", "country"),
        Attribute("count.start", "count"),
        Attribute("count.from", "month"),
        Attribute("from", "month"),
        Attribute("start", "month"),
    ),
    states=(State("logit.share", "log", "country"), State("pull", "log"), State("world", "log")),
    shocks=(
        Shock("share", "year", "country", NOISE),
        Shock("noise", "year", "country"),
        Shock("drift", "once", "country"),
        Shock("gap", "once", "country"),
        Shock("world", "year", unit=NOISE),
    ),
    gives=(
        Give(SHARE, "%", "end", "Share of the world's sponsor-led trials", "의뢰자 주도 임상시험 점유율", "country"),
        Give("trials.rank", "rank", "end", "Rank by share of trials", "임상시험 점유율 순위", "country"),
        Give("trials.count", "count", "sum", "Trials approved at home", "국내 임상시험 승인 건수"),
    ),
)
