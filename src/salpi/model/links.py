"""From the model's outputs to the plan's indicators.

An indicator names the outputs that make it up (``model.outputs``), and how they are tied to it: ``direct`` takes them as
they are; ``anchored`` hangs their path on the indicator's latest yearly actual value: ``actual · model(t) / model(base)``
in every draw, so that each definition keeps its own level and doubling is tested on its own base. The base lies before
the plan's own date, where all scenarios share one past: the anchor never hides an effect.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from salpi.plan import Plan
from salpi.plan.periods import Period
from salpi.plan.schema import Observation
from salpi.units import UnitError, factor, same_dimension

if TYPE_CHECKING:
    from salpi.model.run import Output, Run

Array = NDArray[np.float64]
EXCHANGE_RATE = "economy.fx"  # the output that holds home per trade currency


@dataclass(frozen=True)
class IndicatorRun:
    """An indicator in a run: ``values`` (draw, year) in ``unit``; ``anchor`` is the actual value it hangs on."""

    indicator: str
    subject: str
    unit: str
    years: NDArray[np.int64]
    values: Array
    anchor: Observation | None
    outputs: tuple[str, ...]
    months: Array | None = None  # (draw, month), where every output keeps its months
    first_month: int = 0

    def at(self, period: str) -> Array | None:
        """Values (draw,) of a year, a quarter, half or month (where months are kept), or the mean over such; None if outside."""
        p = Period.parse(period)
        if p.freq == "year":
            hit = np.flatnonzero(self.years == p.first_month // 12)
            return self.values[:, hit[0]] if len(hit) else None
        if self.months is None or p.freq == "span":
            return None
        lo, hi = p.first_month - self.first_month, p.last_month + 1 - self.first_month
        if lo < 0 or hi > self.months.shape[1]:
            return None
        mean: Array = self.months[:, lo:hi].mean(axis=1)
        return mean


def link(plan: Plan, run: Run, indicator: str, subject: str | None) -> IndicatorRun | None:
    body = plan.indicators.get(indicator)
    if body is None or body.model is None:
        return None
    subject = subject or plan.meta.subject
    outputs = [run.outputs[o] for o in body.model.outputs if o in run.outputs]
    if len(outputs) != len(body.model.outputs):
        return None
    member = body.model.member or member_of(plan, subject)
    found = [o.of(member) if o.members is not None else _whole(plan, o, subject, member) for o in outputs]
    parts = [p for p in found if p is not None]
    if not parts or any(p is None and o.members is None for p, o in zip(found, outputs, strict=True)):
        return None  # a member that one of several outputs does not know adds nothing; one that none knows has no forecast
    scale = np.float64(body.model.scale) * _unit_factor(plan, run, outputs[0].unit, body.unit, body.model.link)
    total = np.zeros_like(parts[0])
    for part in parts:
        total = total + part
    months: Array | None = None
    if all(o.months is not None for o in outputs):
        months = np.zeros(1)
        for o in outputs:
            kept = o.months_of(member)
            if kept is None:
                continue
            months = months + kept * (scale if scale.ndim == 0 else np.repeat(scale, 12, axis=1))
    values = total * scale
    anchor = None
    if body.model.link == "anchored":
        hung = _anchor(plan, run, indicator, subject, values)
        if hung is None:
            return None
        anchor, ratio = hung
        growth = _carried(plan, run, indicator, subject, anchor, values)
        values = values * ratio[:, None] * growth
        months = None if months is None else months * ratio[:, None] * np.repeat(growth, 12, axis=1)
    return IndicatorRun(indicator, subject, body.unit, run.years, values, anchor, body.model.outputs, months, run.first_month)


def member_of(plan: Plan, subject: str) -> str:
    """The member of an output's dimension that a subject names: itself, a company's id, a product's id."""
    for company in plan.atlas.companies:
        if subject in (company.name, company.id):
            return company.id
    for product in plan.atlas.products:
        if subject in (product.name, product.id, *product.aliases.split("; ")):
            return product.id
    return subject


ALL = "all"  # as a link's member: the whole output speaks of any subject


def _whole(plan: Plan, output: Output, subject: str, member: str) -> Array | None:
    """An output without members speaks of the plan's own subject, unless the link says it speaks of all."""
    return output.values if subject == plan.meta.subject or member == ALL else None


def _unit_factor(plan: Plan, run: Run, output: str, indicator: str, how: str) -> Array | np.float64:
    """From an annual output's unit to the indicator's; a sum over a year is understood in the indicator.

    Between the plan's two currencies each draw's own yearly exchange rate is taken. An anchored indicator of another
    dimension (a multiple, an index) takes the path's shape only. Raises UnitError where a direct one does not fit.
    """
    for unit in (output, output.removesuffix("/yr"), output.removesuffix("/month")):
        if same_dimension(unit, indicator):
            return np.float64(factor(unit, indicator))
    home, trade = plan.meta.currencies.home, plan.meta.currencies.trade
    fx = run.outputs[EXCHANGE_RATE].values if EXCHANGE_RATE in run.outputs else None
    for unit in (output, output.removesuffix("/yr"), output.removesuffix("/month")):
        if fx is not None and same_dimension(unit.replace(trade, home), indicator):
            return fx * factor(unit.replace(trade, home), indicator)
        if fx is not None and same_dimension(unit.replace(home, trade), indicator):
            return factor(unit.replace(home, trade), indicator) / fx
    if how == "anchored":
        return np.float64(1.0)
    raise UnitError(f"an output in {output!r} cannot be told in {indicator!r}")


def _carried(plan: Plan, run: Run, indicator: str, subject: str, anchor: Observation, values: Array) -> Array:
    """Correction (draw, year) where another definition of the family, told by the same outputs, has later actual values.

    From the anchor's year on its published growth takes the place of the modelled one: a definition with one old value
    does not forecast years that are known. 1 everywhere if there is no such definition.
    """
    body = plan.indicators[indicator]
    assert body.model is not None
    family = indicator.split("@")[0]
    first = Period.parse(str(anchor.period)).year
    later: dict[int, float] = {}
    for other, its in plan.indicators.items():
        same = its.model is not None and its.model.outputs == body.model.outputs and its.model.member == body.model.member
        if other == indicator or other.split("@")[0] != family or not same:
            continue
        seen = {Period.parse(str(o.period)).year: o.value for o in plan.series(other, subject)}
        if first in seen and max(seen) > max(later, default=first):
            later = {y: v / seen[first] for y, v in seen.items() if first <= y < plan.as_of.year}
    out = np.ones_like(values)
    if len(later) < 2:
        return out
    base = values[:, first - int(run.years[0])]
    for i, year in enumerate(run.years):
        known = max((y for y in later if y <= year), default=None)
        if known is not None:
            out[:, i] = later[known] / (values[:, known - int(run.years[0])] / base)
    return out


def _anchor(plan: Plan, run: Run, indicator: str, subject: str, values: Array) -> tuple[Observation, Array] | None:
    """The latest yearly actual within the run that is not later than the plan's date, and the ratio per draw."""
    known = {}
    for o in plan.series(indicator, subject):
        year = Period.parse(str(o.period)).year
        if run.years[0] <= year < plan.as_of.year:
            known[year] = o
    if not known:
        return None
    year = max(known)
    base = values[:, int(year - run.years[0])]
    if not (base > 0).all():
        return None
    return known[year], known[year].value / base
