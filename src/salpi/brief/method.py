"""What the model leaves out, how it works, what it assumes, what nobody verified."""

from __future__ import annotations

from collections import Counter
from typing import Any

from salpi.brief import figures
from salpi.brief.context import BASIS, Context, joined
from salpi.brief.rows import current
from salpi.brief.view import Figure, Rich, SectorNote
from salpi.decide import words
from salpi.plan.schema import Parameter

VISIBLE = 5
NAMED = 8


def gaps(ctx: Context, card: dict[str, Any]) -> tuple[Rich, ...]:
    found: list[Rich] = []
    for verdict, key in (("not modelled yet", "g_later"), ("unverifiable", "g_unver")):
        ids = [t["id"] for t in current(card) if t["verdict"] == verdict]
        if ids:
            names = joined(ctx.target_name(i) for i in ids[:NAMED])
            if len(ids) > NAMED:
                names = (*names, " ", Figure(ctx.words("more", n=len(ids) - NAMED), "computed"))
            found.append(ctx.words.rich(key, n=ctx.count(len(ids)), names=names))
    later = later_sectors(ctx)
    if later:
        found.append(ctx.words.rich("g_sectors", names=", ".join(ctx.words(f"s_{s}") for s in later)))
    found += [(ctx.words("g_backtest"),), (ctx.words("g_posterior"),)]
    return tuple(found)


def later_sectors(ctx: Context) -> tuple[str, ...]:
    """Sectors that measures of this plan speak to and that the model does not have."""
    from salpi.model.channels import LATER, is_later

    used = {e.channel.split(".", 1)[0] for m in ctx.plan.measures.values() for e in m.effects if is_later(e.channel)}
    return tuple(s for s in LATER if s in used and ctx.words.has(f"s_{s}"))


def method(ctx: Context, spec: dict[str, Any]) -> tuple[Rich, ...]:
    w = ctx.words
    horizon = ctx.plan.meta.horizon
    start, end = str(spec.get("start", horizon.start)), str(spec.get("end", horizon.end))
    return (
        w.rich("m_time", start=ctx.when(start), end=ctx.when(end)),
        w.rich("m_draws", draws=Figure(f"{int(spec.get('draws', 0)):,}", "name")),
        w.rich("m_crn"),
        w.rich("m_measures"),
        w.rich("m_anchor"),
    )


def sectors(ctx: Context) -> tuple[SectorNote, ...]:
    """Per sector: how many parameters rest on what; its assumptions, the widest first."""
    by_sector: dict[str, list[tuple[str, Parameter]]] = {}
    for id_, parameter in ctx.plan.parameters.items():
        by_sector.setdefault(ctx.plan.sector_of[id_], []).append((id_, parameter))
    order = [*ctx.plan.meta.sectors, *sorted(s for s in by_sector if s not in ctx.plan.meta.sectors)]
    found = []
    for sector in order:
        rows = by_sector.get(sector, [])
        if not rows:
            continue
        n = Counter(p.basis for _, p in rows)
        counts = ctx.words.rich(
            "m_counts",
            n=ctx.count(len(rows)),
            sourced=ctx.count(n["sourced"]),
            derived=ctx.count(n["derived"]),
            assumed=ctx.count(n["assumption"]),
            unver=ctx.count(n["unverified"]),
        )
        assumed = [(id_, p) for id_, p in rows if p.basis == "assumption"]
        assumed.sort(key=lambda row: (-_width(row[1]), row[0]))
        lines = [_line(ctx, p) for _, p in assumed]
        name = ctx.words(f"s_{sector}") if ctx.words.has(f"s_{sector}") else sector
        head = (ctx.words("m_param"), ctx.words("m_value"), ctx.words("m_range"))
        found.append(SectorNote(name, counts, head, tuple(lines[:VISIBLE]), tuple(lines[VISIBLE:])))
    return tuple(found)


def _width(p: Parameter) -> float:
    if p.low is None or p.high is None:
        return 0.0
    return (p.high - p.low) / max(abs(p.value), abs(p.high), 1e-12)


def _amount(value: float, unit: str, lang: figures.Lang) -> str:
    if unit in ("probability", "share"):
        return words.number(value, 3)
    return figures.text(value, unit, lang)


def _line(ctx: Context, p: Parameter) -> tuple[Rich, ...]:
    value = Figure(_amount(p.value, p.unit, ctx.lang), "assumption", "", ctx.cite.of_all(p.sources))
    if p.low is None or p.high is None or p.low == p.high:
        span: Rich = ("–",)
    else:
        lo, hi = (Figure(_amount(v, p.unit, ctx.lang), "assumption", "", (), False, "quiet") for v in (p.low, p.high))
        span = ctx.words.rich("e_range", lo=lo, hi=hi)
    return (Figure(p.name(ctx.lang), "name"),), (value,), span


def unverified(ctx: Context) -> tuple[Rich, ...]:
    w = ctx.words
    found: list[Rich] = []
    names = [Figure(p.name(ctx.lang), "name") for p in ctx.plan.parameters.values() if p.basis == "unverified"]
    if names:
        found.append(w.rich("u_params", n=ctx.count(len(names)), names=joined(names)))
    rows = Counter(o.indicator for o in ctx.plan.observations if BASIS[o.basis] == "unverified")
    if rows:
        labels = joined(Figure(ctx.plan.indicators[i].name(ctx.lang) if i in ctx.plan.indicators else i, "name") for i in rows)
        found.append(w.rich("u_obs", n=ctx.count(sum(rows.values())), names=labels))
    for what in ("plants", "products", "references", "candidates", "companies", "clusters", "deals", "approvals"):
        fields = Counter(
            field
            for row in getattr(ctx.plan.atlas, what)
            for field in (row.unverified or "").replace(",", " ").replace(";", " ").split()
        )
        if fields:
            listed = joined(Figure(f, "name") for f in fields)
            found.append(w.rich("u_atlas", n=ctx.count(sum(fields.values())), names=listed, what=w(f"a_{what}")))
    return (w.rich("u_intro"), *found) if found else (w.rich("u_none"),)
