"""The pipeline bound to a plan: what each entity is, which rows of the tables it reads, what its product is known to sell."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from salpi.engine.declare import Bound
from salpi.model.base import in_trade
from salpi.model.sectors.pipeline_data import (
    ALL,
    AREA_WORDS,
    CLINICAL,
    LASTING,
    MODALITY_WORDS,
    NEVER,
    NO_NEW_DRUG,
    OTHER_GOODS,
    PASSED,
    Asset,
    assets,
    known_rows,
    rows_of,
    word_of,
)
from salpi.model.sectors.pipeline_numbers import HOME_MONTHS, PARTNERED

if TYPE_CHECKING:
    from salpi.plan import Plan

RUN_STAGES = ("early", *CLINICAL)


def bind(plan: Plan, start: int) -> Bound:
    found = assets(plan, start)
    now = float(12 * plan.as_of.year + plan.as_of.month - 1)
    names_late = any(a.named is not None and 4 <= a.stage < PASSED for a in found)
    dims: dict[str, tuple[str, ...]] = {"entity": tuple(a.id for a in found), "partnered": PARTNERED, "clinic": CLINICAL}
    dims["stage"] = RUN_STAGES
    columns: dict[str, Any] = {
        "stage": [max(a.stage - 1, 0) for a in found],  # discovery and the preclinic are one stage of the run
        "bound": [1.0 if math.isnan(a.entry) else 0.0 for a in found],
        "discovery": [1.0 if a.stage == 0 else 0.0 for a in found],
        "entry": [a.entry for a in found],
        "seen": [now if a.named is not None and a.stage < PASSED else NEVER for a in found],
        "in.phase2": [float(sum(1 for a in found if a.stage == 3))] * len(found),
        "unnamed": [1.0 if names_late and a.named is None and a.stage >= 4 else 0.0 for a in found],
    }
    areas = _words([a.area for a in found], AREA_WORDS, "other")
    kinds = _words([a.modality for a in found], MODALITY_WORDS, "")
    for number, phase in enumerate(CLINICAL, start=2):
        reads = [a.stage <= number for a in found]
        for name, wanted, prefix, first in (
            (f"area.{phase}", areas, f"pipeline.success.{phase}", ALL),
            (f"time.{phase}", areas, f"pipeline.duration.{phase}", ALL),
            (f"modality.{phase}", kinds, f"pipeline.success.{phase}.modality", "small"),
        ):
            table = rows_of(wanted, reads, known_rows(plan, prefix), first, fallback=first == ALL)
            dims[name], columns[name] = table.members, table.index
    named = [a for a in found if a.named is not None]
    dims["product"] = tuple(a.id for a in named)
    for name, of in (("own", "pipeline.sales.own_share"), ("peak", "pipeline.sales.peak_forecast")):
        dims[name] = tuple(w for w in known_rows(plan, of) if w in dims["product"])
        columns[name] = [float(dims[name].index(a.id)) if a.id in dims[name] else -1.0 for a in found]
    of_products = [_product(plan, a) for a in found]
    columns |= {k: [p[k] for p in of_products] for k in of_products[0]} if found else {k: [] for k in _anonymous()}
    columns["product"] = [float(dims["product"].index(a.id)) if a.named is not None else -1.0 for a in found]
    return Bound(dims, {k: np.asarray(v, dtype=np.float64) for k, v in columns.items()})


def _words(texts: list[str], words: Sequence[tuple[str, str]], other: str) -> list[str]:
    """The row that each reads; a text of which there are many is looked at once."""
    found = {text: word_of(text, words, other) for text in set(texts)}
    return [found[text] for text in texts]


def _anonymous() -> dict[str, float]:
    return {
        "new": 1.0,
        "biosimilar": 0.0,
        "goods": 1.0,
        "partnered": -1.0,
        "abroad": -1.0,
        "launched": 0.0,
        "drawn": 1.0,
        "lasting": 0.0,
        "first.known": 1.0,
        "sales": 0.0,
        "sales.year": 0.0,
        "growth": 0.0,
        "growth.years": 0.0,
        "growth.known": 0.0,
        "sold.abroad": -1.0,
        "sold.partner": -1.0,
    }


def _product(plan: Plan, asset: Asset) -> dict[str, float]:
    """What the plan says of a named product; -1 where the sector decides."""
    p = asset.named
    out = _anonymous()
    if p is None:
        return out
    markets = [m for m in p.markets.split(";") if m.strip() and not (p.stage == "launched" and _only_planned(m))]
    abroad = 1.0 if any(not _at_home(plan, m) for m in markets) else 0.0
    out |= {
        "new": 0.0 if p.kind in NO_NEW_DRUG else 1.0,
        "biosimilar": 1.0 if p.kind == "biosimilar" else 0.0,
        "goods": 0.0 if p.kind in (*NO_NEW_DRUG, *OTHER_GOODS) else 1.0,
        "partnered": 1.0 if p.rights in ("partner", "both") else 0.0,
        "abroad": abroad,
        "launched": 1.0 if p.stage == "launched" else 0.0,
        "drawn": 0.0 if p.kind in NO_NEW_DRUG else 1.0,
        "lasting": 1.0 if p.kind in LASTING else 0.0,
    }
    sales = _in_trade(plan, p.sales_value, p.sales_unit, p.sales_year)
    if sales is None or sales <= 0 or asset.stage < PASSED:
        return out
    at = int(str(p.sales_year)[:4])
    before = _in_trade(plan, p.sales2_value, p.sales2_unit, p.sales2_year)
    gap = at - int(str(p.sales2_year)[:4]) if p.sales2_year else 0
    if before and gap > 0:
        out |= {"growth": float(np.log(sales / before)) / gap, "growth.years": float(gap), "growth.known": 1.0}
    if asset.entry > 12 * at + HOME_MONTHS:
        out |= {"first.known": 0.0}  # sold before the date that the plan has: that was not its first market
    scope = {"US": 1.0, "partner": 1.0, "global": -1.0}
    return out | {
        "sales": sales,
        "sales.year": float(at),
        "sold.abroad": scope.get(p.sales_scope, 0.0),
        "sold.partner": 1.0 if p.sales_scope == "partner" else 0.0,
    }


def _at_home(plan: Plan, market: str) -> bool:
    return market.split("(")[0].strip() in plan.meta.subject


def _only_planned(market: str) -> bool:
    return any(word in market.lower() for word in ("phase", "filed", "planned", "approved", "20"))


def _in_trade(plan: Plan, value: float | None, unit: str, period: str | None) -> float | None:
    return None if value is None or period is None else in_trade(plan, value, unit, period)
