"""The scorecard: every current target a row, grouped by strategy, with those it replaced folded under it."""

from __future__ import annotations

import re
from typing import Any

from salpi.brief.context import Context, joined
from salpi.brief.forecasts import chart
from salpi.brief.view import Bars, Chance, Chart, Fan, Figure, Group, Mark, Pace, Rich, Row
from salpi.decide import reasons
from salpi.decide import words as decided
from salpi.decide.known import Known, in_unit
from salpi.decide.pace import Pace as Pace_
from salpi.plan.periods import Period
from salpi.plan.schema import Target

SILENT = ("unverifiable", "not modelled yet")
CLOSED = ("met", "missed")


def current(card: dict[str, Any]) -> list[dict[str, Any]]:
    """Targets that no later one replaced, each once: variants on other definitions are not counted."""
    return [t for t in card["targets"] if not t.get("superseded_by") and not t.get("variant_of")]


def groups(ctx: Context, card: dict[str, Any]) -> tuple[Group, ...]:
    """One group a strategy: those with headline targets first, companies last; within it those with a chance first."""
    found = []
    by_strategy: dict[str, list[dict[str, Any]]] = {}
    for t in current(card):
        by_strategy.setdefault(ctx.goals[t["id"]].strategy, []).append(t)
    for id_ in sorted(by_strategy, key=lambda s: _rank(ctx, by_strategy[s], s)):
        strategy = ctx.plan.meta.strategies[id_]
        note: list[str | Figure] = []
        if strategy.announced:
            note.append(ctx.when(strategy.announced))
        if strategy.owners:
            note.append((" · " if note else "") + ctx.owners(strategy.owners))
        targets = sorted(by_strategy[id_], key=lambda t: t.get("probability") is None)
        shown = [v for t in targets for v in (t, *(v for v in card["targets"] if v.get("variant_of") == t["id"]))]
        found.append(
            Group(
                id_,
                (Figure(strategy.name(ctx.lang), "name"),),
                tuple(note),
                tuple(row(ctx, t) for t in shown),
                tuple(folded(ctx, old, t["id"]) for t in targets for old in replaced(t)),
            )
        )
    return tuple(found)


def _rank(ctx: Context, targets: list[dict[str, Any]], strategy: str) -> tuple[bool, int, int]:
    heads = [ctx.plan.meta.headline.index(t["id"]) for t in targets if t["id"] in ctx.plan.meta.headline]
    companies = all(ctx.goals[t["id"]].kind == "company" for t in targets)
    return companies, min(heads, default=len(ctx.plan.meta.headline)), list(ctx.plan.meta.strategies).index(strategy)


def replaced(t: dict[str, Any]) -> list[str]:
    """All that a target replaced, the nearest first."""
    return [old["id"] if isinstance(old, dict) else str(old) for old in t.get("supersedes", ())]


def folded(ctx: Context, old: str, new: str) -> Rich:
    body = ctx.plan.targets[old]
    strategy = ctx.plan.meta.strategies.get(body.strategy)
    name = ctx.said(body.name(ctx.lang), ctx.cite.of_all(body.sources), show=True)
    was: Rich = (name,)
    if strategy is not None:
        was = (name, " (", Figure(strategy.name(ctx.lang), "name"), ")")
    return ctx.words.rich("superseded", old=was, new=ctx.target_name(new))


def row(ctx: Context, t: dict[str, Any]) -> Row:
    target = ctx.goals[t["id"]]
    known = ctx.plan.indicators.get(target.indicator)
    definition: list[str | Figure] = []
    whom = ctx.subject(target.subject) if target.subject and target.subject != ctx.plan.meta.subject else ""
    if whom and (ctx.lang == "en" or whom != target.subject or not re.search("[a-z]{3}", whom)):
        # what has no Korean name is named by the target itself: an English label would only repeat it
        definition += [Figure(whom, "name"), " · "]
    refs = ctx.cite.of_all(target.sources)
    name: Rich = (ctx.target_name(t["id"]),)
    if t.get("variant_of") and known is not None:
        name = ctx.words.rich("variant", what=Figure(known.name(ctx.lang), "name"))
    said = known.definition(ctx.lang).rstrip(". ") if known is not None else ""
    if said and known is not None and said != known.name(ctx.lang):
        definition.append(Figure(said, "name"))
    elif definition:
        definition.pop()
    latest, latest_note = _latest(ctx, t)
    mark: Mark = "computed" if t.get("variant_of") else "source"
    digits = 3 if t.get("variant_of") else decided.written(target.value)
    asked = (ctx.value(target.value, target.unit, mark, refs, digits=digits),)
    by = deadline(ctx, target)
    graph = chart(ctx, t["id"], t.get("basis")) if t["verdict"] not in CLOSED else None
    return Row(
        id=t["id"],
        variant=bool(t.get("variant_of")),
        quiet=graph is None and t.get("probability") is None,
        name=name,
        definition=tuple(definition),
        latest=latest,
        latest_note=latest_note,
        asked=asked,
        asked_note=by,
        paces=paces(ctx, t) if t["verdict"] not in CLOSED and target.unit != "flag" else (),
        chance=chance(ctx, t),
        why=why(ctx, t),
        since=_since(ctx, t, graph),
        chart=graph,
        no_chart="" if graph else no_chart(ctx, t),
    )


def deadline(ctx: Context, target: Target) -> Rich:
    if target.by is None:
        return (ctx.words("no_date"),)
    return ctx.words.rich("over" if "/" in target.by else "by", when=ctx.when(target.by))


def asked_again(ctx: Context, t: dict[str, Any]) -> str:
    """What the reason says about pace, word for word: the row shows it already."""
    target = ctx.goals[t["id"]]
    known = ctx.plan.indicators[target.indicator]
    goal = in_unit(target, known.unit)
    needed, over, latest = t.get("pace_needed") or {}, t.get("pace_seen_over") or {}, t.get("latest")
    if goal is None or not needed.get("unit"):
        return ""
    pace = Pace_(
        needed["unit"],
        needed.get("from_now"),
        needed.get("from_baseline"),
        t.get("pace_seen"),
        over.get("from"),
        over.get("to"),
        tuple(over.get("pulses", ())),
    )
    last = Known(latest["value"], latest.get("unit", known.unit), latest["period"], latest["source"]) if latest else None
    by = Period.parse(target.by) if target.by else None
    return reasons.asks(goal.value, known.unit, by, pace, last)(ctx.lang)


def why(ctx: Context, t: dict[str, Any]) -> Rich:
    """The reason in words; its figures are computed from the row's own, cited ones."""
    target = ctx.goals[t["id"]]
    latest = ctx.plan.latest(target.indicator, target.subject)
    refs = ctx.cite.of(*target.sources, latest.source if latest else None)
    said = ctx.local(t.get("why")) or ctx.local(t.get("probability_reason"))
    said = said.removeprefix(asked_again(ctx, t)).strip()
    if target.unverifiable is not None and t["verdict"] == "unverifiable" and not said:
        said = target.unverifiable(ctx.lang)
    return (Figure(said, "computed", "", refs, False),) if said else ()


def _latest(ctx: Context, t: dict[str, Any]) -> tuple[Rich, Rich]:
    target = ctx.goals[t["id"]]
    unit = target.unit
    given = t.get("latest")
    if t["verdict"] in CLOSED and t.get("outcome"):
        given = t["outcome"]  # what it came to, not what came after
    if given:
        row_ = ctx.plan.latest(target.indicator, target.subject)
        if row_ is not None and (row_.value, row_.period) == (given["value"], given.get("period")):
            return (ctx.observed(row_),), (ctx.when(row_.period),)
        refs = ctx.cite.of(given.get("source"))
        figure = ctx.value(given["value"], given.get("unit", unit), "source" if refs else "unverified", refs)
        return (figure,), (ctx.when(given.get("period")),)
    if target.baseline is not None:
        refs = ctx.cite.of(target.baseline.source, *target.sources)[:1]
        value = ctx.value(target.baseline.value, unit, "source", refs)
        when = ctx.when(target.baseline.period) if target.baseline.period else ctx.words("not_dated")
        return ("–",), ctx.words.rich("base_value", value=value, when=when)
    return ("–",), (ctx.words("no_latest"),)


def rate(ctx: Context, value: float | None, unit: str | None, fallback: str) -> Figure | None:
    """A pace: a yearly growth rate where the unit is percent a year, else an amount a year."""
    if value is None:
        return None
    return Figure(decided.change(float(value), unit or f"{fallback}/yr", ctx.lang), "computed")


def paces(ctx: Context, t: dict[str, Any]) -> tuple[Pace, ...]:
    w = ctx.words
    unit = ctx.goals[t["id"]].unit
    needed = t.get("pace_needed") or {}
    asks = rate(ctx, needed.get("from_now"), needed.get("unit"), unit)
    base = rate(ctx, needed.get("from_baseline"), needed.get("unit"), unit)
    seen = t.get("pace_seen")
    saw = rate(ctx, seen, needed.get("unit"), unit)
    over = t.get("pace_seen_over") or {}
    note: Rich = ()
    if saw is not None and over.get("from") and over.get("to"):
        note = (Figure(f"{over['from']}–{over['to']}", "name"),)
    if asks is None and base is None and saw is None:
        return (Pace("", (w("cannot_say"),)),)
    if asks is None and base is not None:
        found = [Pace(w("asks"), (base,), (w("from_base"),))]
    else:
        from_base: Rich = (f"{w('from_base')} ", base) if base is not None and asks and base.text != asks.text else ()
        found = [Pace(w("asks"), (asks,) if asks else (w("cannot_say"),), from_base)]
    found.append(Pace(w("seen"), (saw,) if saw else (w("no_series"),), note))
    return tuple(found)


def chance(ctx: Context, t: dict[str, Any]) -> Chance:
    words = ctx.words.verdict(t["verdict"])
    p = t.get("probability")
    if p is None or t["verdict"] in CLOSED:
        return Chance("", words)
    note: Rich = ()
    forecast = t.get("forecast") or {}
    unit = ctx.goals[t["id"]].unit
    low, high = forecast.get("p10"), forecast.get("p90")
    if low is not None and high is not None:
        note = ctx.words.rich("range80", lo=ctx.value(low, unit, "model"), hi=ctx.value(high, unit, "model"))
    if t.get("basis") == "trend":
        note = (*note, *([" · "] if note else []), ctx.words("trend"))
    return Chance(decided.chance(p, ctx.lang), words, p, note)


def _since(ctx: Context, t: dict[str, Any], graph: Chart | None) -> Rich:
    """When it may be reached, and what last changed its standing."""
    date = t.get("expected_date") or {}
    found: list[Rich] = []
    if graph is not None and not isinstance(graph.data, Bars) and date.get("p50"):

        def year(key: str) -> Figure:
            value = date.get(key)
            return Figure(str(value)[:4] if value else f"{ctx.plan.meta.horizon.end[:4]}+", "model")

        found.append(ctx.words.rich("expected", when=year("p50"), lo=year("p05"), hi=year("p95")))
    events = t.get("status_history") or []
    if events and events[-1]["kind"] != "announced":
        refs = ctx.cite.of_all(i for i in t.get("sources", ()))
        what = Figure(ctx.local(events[-1]["what"]), "computed", "", refs, False)
        found.append(ctx.words.rich("changed", when=ctx.when(events[-1]["as_of"]), what=what))
    return joined(found, " ")


def no_chart(ctx: Context, t: dict[str, Any]) -> str:
    """Instead of a chart: the one thing that would make the target forecastable."""
    target = ctx.goals[t["id"]]
    if t["verdict"] in CLOSED:
        return ctx.words("nf_closed")
    if t["verdict"] == "not modelled yet":
        return ctx.words("nf_later")
    if target.unverifiable is not None:
        return ctx.words("nf_unverifiable")
    return ctx.words("nf_date" if target.by is None else "nf_series")


def has_bands(graph: Chart | None) -> bool:
    return graph is not None and (isinstance(graph.data, Bars) or bool(isinstance(graph.data, Fan) and graph.data.levels))
