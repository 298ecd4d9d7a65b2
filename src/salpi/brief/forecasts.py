"""From plan and run to chart data: history by status, bands of the run, the target; or the chance of each count."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from salpi.brief import figures
from salpi.brief.context import BASIS, Context
from salpi.brief.view import Bars, Chart, Fan, Figure, Point, Rich, Table
from salpi.decide import words
from salpi.decide.known import in_unit
from salpi.decide.trend import trend
from salpi.plan.periods import Period
from salpi.plan.schema import Observation, Target

LEVELS = {"p025": 0.025, "p10": 0.1, "p25": 0.25, "p50": 0.5, "p75": 0.75, "p90": 0.9, "p975": 0.975}
MOST_BARS = 8
YEARS_BACK = 15


def history(ctx: Context, target: Target) -> list[tuple[float, Observation]]:
    """Published point values by year; where a stock or rate has none by year, those of other lengths at their end."""
    rows = [(float(Period.parse(str(o.period)).year), o) for o in ctx.plan.series(target.indicator, target.subject)]
    if not rows:
        for freq in ("half", "quarter", "month"):
            for o in ctx.plan.series(target.indicator, target.subject, freq=freq):
                end = Period.parse(str(o.period)).end
                rows.append((end.year + end.month / 12 - 1, o))
        latest = ctx.plan.latest(target.indicator, target.subject)
        if not rows and latest is not None and latest.period:
            end = Period.parse(latest.period).end
            rows.append((end.year + end.month / 12 - 1, latest))
    rows.sort(key=lambda row: row[0])
    return [row for row in rows if row[0] >= rows[-1][0] - YEARS_BACK]


@dataclass(frozen=True)
class Paths:
    """Paths to draw: ``values`` (draw, year) in the indicator's unit."""

    years: tuple[int, ...]
    values: NDArray[np.float64]


def paths(ctx: Context, target: Target, basis: str | None) -> Paths | None:
    """The model's paths of an indicator; the trend's, where the scorecard judged by that."""
    if ctx.run is None:
        return None
    if basis == "trend":
        draws, seed, end = int(ctx.run.spec["draws"]), int(ctx.run.spec["seed"]), int(ctx.run.years[-1])
        fitted = trend(ctx.plan, target.indicator, target.subject or ctx.plan.meta.subject, draws, seed, end)
        return Paths(tuple(map(int, fitted.path.years)), fitted.path.values) if fitted is not None else None
    found = ctx.run.indicator(target.indicator, target.subject)
    return Paths(tuple(map(int, found.years)), found.values) if found is not None else None


def target_year(target: Target) -> int | None:
    return Period.parse(target.by).year if target.by else None


def chart(ctx: Context, id_: str, basis: str | None = None, large: bool = False) -> Chart | None:
    """The chart of a target; None where nothing can be drawn (no date, no figure)."""
    year = target_year(ctx.goals[id_])
    known = ctx.plan.indicators[ctx.goals[id_].indicator]
    target = in_unit(ctx.goals[id_], known.unit)
    if year is None or target is None:
        return None
    outcome = paths(ctx, target, basis)
    if outcome is not None and known.kind == "count" and target.value <= MOST_BARS - 2:
        bars = _bars(ctx, id_, target, outcome, year)
        if bars is not None:
            return bars
    rows = history(ctx, target)
    if not rows and outcome is None:
        return None
    return _fan(ctx, id_, target, outcome, year, rows, large)


def short(ctx: Context, value: float, unit: str) -> str:
    """A figure short enough for a chart: without the unit that its title gives, except ranks and percent."""
    text, tail = figures.parts(value, unit, ctx.lang)
    if words.singular(unit) in ("day", "count", "flag"):
        return text
    return text + figures.CURRENCY_TAIL.sub("", tail)


def _bars(ctx: Context, id_: str, target: Target, outcome: Paths, year: int) -> Chart | None:
    if year not in outcome.years:
        return None
    values = outcome.values[:, outcome.years.index(year)]
    counts = np.floor(values + 1e-9).astype(int)
    need = round(target.value)
    top = min(max(need + 2, int(np.quantile(counts, 0.9)), 4), MOST_BARS)
    if int(np.quantile(counts, 0.5)) > MOST_BARS:
        return None
    first = max(0, top - 6)
    labels = [str(n) for n in range(first, top)] + [f"{top}+"]
    shares = [float(np.mean(counts <= first if n == first else counts == n)) for n in range(first, top)]
    shares.append(float(np.mean(counts >= top)))
    if first > 0:
        labels[0] = f"≤{first}"
    at_least = target.comparison == ">="
    met = tuple((n >= need) if at_least else (n <= need) for n in range(first, top + 1))
    name = ctx.target_name(id_)
    table = Table(
        (ctx.words("t_count"), ctx.words("t_share")),
        tuple(((Figure(label, "name"),), (ctx.chance(share),)) for label, share in zip(labels, shares, strict=True)),
    )
    return Chart(
        id_,
        (name,),
        "",
        ctx.words("alt_bars", name=name.text, when=year),
        Bars(tuple(labels), tuple(shares), met, ctx.words("met_bars", n=need)),
        table,
    )


def _fan(
    ctx: Context,
    id_: str,
    target: Target,
    outcome: Paths | None,
    year: int,
    rows: list[tuple[float, Observation]],
    large: bool,
) -> Chart:
    known = ctx.plan.indicators[target.indicator]
    breaks = [Period.parse(b).year for b in known.breaks]
    points, before = [], -np.inf
    for at, row in rows:
        gap = any(before < b <= at for b in breaks)
        points.append(Point(at, row.value, "actual" if row.basis == "sourced" else "derived", gap))
        before = at
    announced = [
        Point(float(Period.parse(str(o.period)).year), o.value, "announced")
        for o in ctx.plan.series(target.indicator, target.subject, status="announced")
    ]
    last = points[-1] if points else None
    years: tuple[float, ...] = ()
    levels: dict[str, tuple[float, ...]] = {}
    if outcome is not None:
        start = int(last.at) if last else ctx.plan.as_of.year - 1
        keep = [i for i, y in enumerate(outcome.years) if start < y <= max(year, start + 1)]
        if keep:
            qs = np.quantile(outcome.values[:, keep], list(LEVELS.values()), axis=0)
            years = tuple(float(outcome.years[i]) for i in keep)
            levels = {key: tuple(map(float, q)) for key, q in zip(LEVELS, qs, strict=True)}
            if last is not None:
                years = (last.at, *years)
                levels = {key: (last.value, *q) for key, q in levels.items()}
    rank = known.kind == "rank"
    unit = target.unit
    name = ctx.target_name(id_)
    fan = Fan(
        points=tuple(sorted((*points, *(p for p in announced if p.at <= year)), key=lambda p: p.at)),
        years=years,
        levels=levels,
        target_at=float(year),
        target=target.value,
        target_label=short(ctx, target.value, unit),
        median_label=_median(ctx, levels, target),
        latest_label=short(ctx, last.value, unit) if last else "",
        ticks=(),
        ranks=rank,
        note=ctx.words("break"),
    )
    if large:
        fan = _with_ticks(ctx, fan, unit)
    alt = ctx.words(
        "alt_fan",
        name=name.text,
        latest=fan.latest_label or ctx.words("alt_none"),
        asked=fan.target_label,
        median=fan.median_label or ctx.words("alt_none"),
    )
    return Chart(id_, (name,), unit, alt, fan, _table(ctx, target, rows, years, levels, year, last is not None))


def _median(ctx: Context, levels: dict[str, tuple[float, ...]], target: Target) -> str:
    """The middle of the last year drawn; that it is the whole year's, where the target names a part of it."""
    if not levels:
        return ""
    part = target.by is not None and Period.parse(target.by).freq not in ("year", "span")
    return short(ctx, levels["p50"][-1], target.unit) + (f" ({ctx.words('whole_year')})" if part else "")


def _with_ticks(ctx: Context, fan: Fan, unit: str) -> Fan:
    from salpi.brief.charts.fan import extent

    low, high = extent(fan)
    if fan.ranks:
        top = int(high)
        step = 1 if top <= 5 else 2 if top <= 10 else 5 if top <= 25 else 10
        values = [1.0, *(float(v) for v in range(step, top + 1, step) if v > 1)]
        return replace(fan, ticks=tuple((v, short(ctx, v, unit)) for v in values))
    return replace(fan, ticks=figures.ticks(low, high, lambda v: "0" if v == 0 else short(ctx, v, unit)))


def _table(
    ctx: Context,
    target: Target,
    rows: list[tuple[float, Observation]],
    years: tuple[float, ...],
    levels: dict[str, tuple[float, ...]],
    year: int,
    joined_at_last: bool,
) -> Table:
    w = ctx.words
    head = (w("t_period"), w("t_kind"), w("t_value"), w("t_low"), w("t_high"))
    found: list[tuple[Rich, ...]] = []
    for _, row in rows:
        kind = w("k_derived") if BASIS[row.basis] != "source" else w("k_actual")
        found.append(((ctx.when(row.period),), (kind,), (ctx.observed(row),), (), ()))
    for i, at in enumerate(years):
        if joined_at_last and i == 0:
            continue
        cells = [(ctx.value(levels[key][i], target.unit, "model"),) for key in ("p50", "p10", "p90")]
        found.append(((ctx.when(str(int(at))),), (w("k_model"),), *cells))
    refs = ctx.cite.of_all(target.sources)
    asked = ctx.value(target.value, target.unit, "source", refs)
    found.append(((ctx.when(target.by or str(year)),), (w("k_target"),), (asked,), (), ()))
    return Table(head, tuple(found))
