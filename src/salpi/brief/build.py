"""From plan, run, scorecard, effects and conflicts to the brief's view model. Pure: same inputs, same brief."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from salpi.brief import disputes as disputes_
from salpi.brief import effects as effects_
from salpi.brief import headlines, method
from salpi.brief.citations import Citations
from salpi.brief.context import Context, as_dict, goals, plain
from salpi.brief.forecasts import chart
from salpi.brief.rows import groups, has_bands
from salpi.brief.strings import Words
from salpi.brief.view import BriefModel, Chart, Figure, Rich

if TYPE_CHECKING:
    from salpi.model.run import Run
    from salpi.plan import Plan


def build_brief(
    plan: Plan,
    run: Run | None,
    scorecard: Any,
    effects: Any = None,
    conflicts: Sequence[Any] = (),
    lang: Literal["en", "ko"] = "en",
    command: Sequence[str] = (),
) -> BriefModel:
    """Everything the brief says, in one language.

    ``scorecard`` and ``effects`` are results or their JSON; ``command`` are the arguments that make the brief again.
    Raises KeyError for a scorecard that names a target which the plan does not have.
    """
    words = Words(lang)
    card = as_dict(scorecard)
    ctx = Context(plan, run, lang, words, Citations(plan.sources, lang), goals(plan, card))
    spec: dict[str, Any] = {**(dict(run.spec) if run is not None else {}), **card.get("spec", {})}
    moved = as_dict(effects)
    scenario = any((spec.get("scenario") or {}).values())

    title = words("title", plan=plan.meta.title(lang))
    finding = headlines.finding(ctx, card, scenario)
    lede = headlines.lede(ctx, card)
    heads = headlines.headlines(ctx, card)  # first to cite, so that numbers run in reading order
    by_id = {t["id"]: t for t in card["targets"]}
    rows = groups(ctx, card)
    charts = tuple(c for c in (_large(ctx, i, by_id) for i in _chart_ids(plan, card)) if c is not None)
    conflict_views, more = disputes_.disputes(ctx, conflicts)
    targets = effects_.shown_targets(ctx, moved)
    measures = effects_.table(ctx, moved, targets)
    idle = effects_.idle(ctx)
    umbrellas = effects_.umbrellas(ctx)
    gaps = method.gaps(ctx, card)
    sectors = method.sectors(ctx)
    unverified = method.unverified(ctx)
    removed = any(row.get("removed") for row in moved.get("measures", ()))
    note = words.rich("e_note_removed" if removed else "e_note_alone") if targets else (words("e_none"),)
    return BriefModel(
        lang=lang,
        title=title,
        kicker=words.rich("kicker", plan=Figure(plan.meta.title(lang), "name"), date=ctx.when(plan.as_of.isoformat())),
        finding=finding,
        lede=lede,
        ledger=headlines.ledger(ctx, card),
        closed=headlines.closed(ctx, card),
        ledger_note=words.rich("ledger_note"),
        headlines=heads,
        groups=rows,
        charts=charts,
        disputes=conflict_views,
        disputes_more=more,
        effect_targets=tuple(_short(ctx, t) for t in targets),
        effects=measures,
        effects_note=note,
        idle=idle,
        umbrellas=umbrellas,
        gaps=gaps,
        method=method.method(ctx, spec),
        sectors=sectors,
        unverified=unverified,
        sources=ctx.cite.listed(words.all()),
        colophon=_colophon(ctx, spec, command),
        words=words.all(),
    )


def _chart_ids(plan: Plan, card: Mapping[str, Any]) -> tuple[str, ...]:
    known = {t["id"] for t in card["targets"]}
    return tuple(i for i in (plan.meta.charts or plan.meta.headline) if i in known)


def _large(ctx: Context, id_: str, rows: Mapping[str, Any]) -> Chart | None:
    """A large chart with its caption: what is asked, on which definition, by whom measured."""
    found = chart(ctx, id_, rows.get(id_, {}).get("basis"), large=True)
    if found is None or not has_bands(found):
        return None
    from dataclasses import replace

    target = ctx.goals[id_]
    known = ctx.plan.indicators.get(target.indicator)
    refs = ctx.cite.of_all(target.sources)
    asked = ctx.value(target.value, target.unit, "source", refs)
    caption: list[Any] = [ctx.words("k_target"), " ", asked, " "]
    caption += [*ctx.words.rich("by", when=ctx.when(target.by))]
    latest = ctx.plan.latest(target.indicator, target.subject)
    if latest is not None:
        caption += ["; ", ctx.words("c_latest").lower(), " ", ctx.observed(latest), ", ", ctx.when(latest.period)]
    if known is not None:
        caption += [". ", Figure(known.definition(ctx.lang), "name")]
    return replace(found, caption=tuple(caption))


def _short(ctx: Context, id_: str) -> Rich:
    target = ctx.goals[id_]
    known = ctx.plan.indicators.get(target.indicator)
    name = known.name(ctx.lang) if known else target.name(ctx.lang)
    return Figure(name, "name"), " ", ctx.when(target.by)


def _colophon(ctx: Context, spec: Mapping[str, Any], command: Sequence[str]) -> tuple[str, ...]:
    w = ctx.words
    plan = ctx.plan
    lines = [
        w("col_plan", id=plan.id, version=plan.meta.version, date=plain((ctx.when(plan.as_of.isoformat()),))),
        w(
            "col_run",
            seed=spec.get("seed", plan.meta.seed),
            draws=f"{int(spec.get('draws', plan.meta.draws)):,}",
            version=spec.get("version", ""),
            engine=spec.get("engine", ""),
        ),
        w("col_hash", hash=str(spec.get("hash", plan.hash))),
    ]
    again = command or ("salpi", "brief", "--lang", ctx.lang, "--seed", str(spec.get("seed", plan.meta.seed)))
    lines += [w("col_again", command=shlex.join(again)), w("col_forecast")]
    return tuple(lines)
