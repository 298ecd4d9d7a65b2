"""What the measures do: each measure's effect on the headline targets, what it rests on, and those not modelled yet."""

from __future__ import annotations

from typing import Any

from salpi.brief import figures
from salpi.brief.context import BASIS, Context, joined
from salpi.brief.view import Effect, Figure, Idle, Rich
from salpi.decide import words
from salpi.decide.known import in_unit
from salpi.plan.schema import UNKNOWN, Cost, Measure
from salpi.plan.schema import Effect as Declared

COLUMNS = 3
NEGLIGIBLE = 1e-4
"""Share of a target under which an effect has no figure: its digits would be noise."""


def shown_targets(ctx: Context, effects: dict[str, Any]) -> tuple[str, ...]:
    """The first headline target that some measure moves, then those that show most measures which no column shows yet."""
    movers: dict[str, set[str]] = {}
    for row in effects.get("measures", ()):
        part = row.get("removed") or row.get("alone") or {}
        if any(part.get(k) for k in ("p05", "p50", "p95")):
            movers.setdefault(row["target"], set()).add(row["id"])
    left = [t for t in (*ctx.plan.meta.headline, *(t for t in movers if t not in ctx.plan.meta.headline)) if t in movers]
    chosen: list[str] = []
    seen: set[str] = set()
    while left and len(chosen) < COLUMNS:
        best = max(left, key=lambda t: len(movers[t] - seen)) if chosen else left[0]
        chosen.append(best)
        seen |= movers[best]
        left.remove(best)
    order = list(ctx.plan.meta.headline)
    return tuple(sorted(chosen, key=lambda t: (order.index(t) if t in order else len(order), t)))


def modelled(measure: Measure) -> bool:
    """True if a sector listens to at least one of the measure's channels."""
    from salpi.model.channels import is_later

    return any(not is_later(e.channel) for e in measure.effects)


def table(ctx: Context, effects: dict[str, Any], targets: tuple[str, ...]) -> tuple[Effect, ...]:
    """One row a modelled measure, the largest effect on the first target first."""
    parts: dict[tuple[str, str], dict[str, Any]] = {}
    for row in effects.get("measures", ()):
        parts[row["id"], row["target"]] = row.get("removed") or row.get("alone") or {}
    found: list[tuple[tuple[float, ...], Effect]] = []
    for id_, measure in ctx.plan.measures.items():
        if measure.umbrella or not modelled(measure):
            continue
        cells, sizes = [], []
        for t in targets:
            part = parts.get((id_, t), {})
            cells.append(_cell(ctx, part, t))
            sizes.append(-abs(part.get("p50") or 0.0))
            sizes.append(-abs(part.get("p90", part.get("p95")) or 0.0))
        effect = Effect(
            id_,
            _name(ctx, measure),
            ctx.owners(measure.owners),
            tuple(cells),
            tuple(_rests(ctx, e) for e in measure.effects),
            cost(ctx, measure.cost),
            measure.grade,
            _mind(ctx, measure),
        )
        found.append((tuple(sizes), effect))
    found.sort(key=lambda entry: (entry[0], entry[1].id))
    return tuple(effect for _, effect in found)


def _cell(ctx: Context, part: dict[str, Any], target: str) -> tuple[Rich, Rich]:
    """Median and range; in words where there is none, or where all of it is under a ten-thousandth of the target."""
    unit = ctx.plan.indicators[ctx.goals[target].indicator].unit
    goal = in_unit(ctx.goals[target], unit)
    median = part.get("p50")
    if median is None:
        return ("–",), ()
    low, high = part.get("p10", part.get("p05")), part.get("p90", part.get("p95"))
    if not any((median, low, high)):
        return (Figure(ctx.words("e_zero"), "model"),), ()
    if goal is not None and all(abs(v or 0.0) < NEGLIGIBLE * abs(goal.value) for v in (median, low, high)):
        return (Figure(ctx.words("e_little"), "model"),), ()
    value = ctx.signed(median, unit)
    if low is None or high is None:
        return (value,), ()
    return (value,), ctx.words.rich("e_range", lo=ctx.signed(low, unit), hi=ctx.signed(high, unit))


def _name(ctx: Context, measure: Measure) -> Rich:
    return (ctx.said(measure.name(ctx.lang), ctx.cite.of_all(measure.sources), show=True),)


def _rests(ctx: Context, effect: Declared) -> Rich:
    """Channel, size and range of one effect with its basis."""
    from salpi.model.channels import channels, is_later

    if is_later(effect.channel):
        return ctx.words.rich("e_later", what=_later(ctx, effect.channel))
    size = effect.size
    declared = channels().get(effect.channel)
    label = (declared.ko if ctx.lang == "ko" else declared.en) if declared else effect.channel
    mark = BASIS[size.basis]
    refs = ctx.cite.of_all(size.sources)
    if mark == "source" and not refs:
        mark = "unverified"
    unit = size.unit
    multiply = declared is not None and declared.mode == "multiply"

    def amount(value: float, last: bool = False) -> Figure:
        text = _size(value, unit, multiply, ctx.lang)
        return Figure(text, mark, "", refs, last)

    return ctx.words.rich(
        "e_size",
        channel=Figure(label, "name"),
        value=amount(size.value, last=True),
        lo=Figure(_size(size.low, unit, multiply, ctx.lang), mark, "", refs, False, "quiet"),
        hi=Figure(_size(size.high, unit, multiply, ctx.lang), mark, "", refs, False, "quiet"),
    )


def _size(value: float, unit: str, multiply: bool, lang: figures.Lang) -> str:
    """The full effect: relative changes of a channel in percent, additions in the channel's unit."""
    if multiply or unit in ("ratio", "dimensionless", "1", "probability", "share", "%"):
        percent = value if unit == "%" else 100 * value
        body = words.number(abs(percent), 2) + ("%" if lang == "ko" else " %")
    else:
        body = figures.text(abs(value), unit, lang, 2)
    return body if value == 0 else ("+" if value > 0 else figures.MINUS) + body


def cost(ctx: Context, given: Cost) -> Rich:
    if given.value == UNKNOWN or not isinstance(given.value, float | int) or given.unit is None:
        return (ctx.words("cost_unknown"),)
    refs = ctx.cite.of_all(given.sources)
    digits = words.written(float(given.value))
    value = ctx.value(float(given.value), given.unit, "source" if refs else "unverified", refs, digits=digits)
    key = f"cost_{given.kind}"
    if given.kind == "unknown" or not ctx.words.has(key):
        return (value,)
    return ctx.words.rich(key, value=value)


def _mind(ctx: Context, measure: Measure) -> tuple[Rich, ...]:
    found = []
    refs = ctx.cite.of_all(measure.sources)
    for key, text in (("e_disputed", measure.disputed), ("e_slipped", measure.slipped)):
        if text is not None:
            found.append(ctx.words.rich(key, text=Figure(text(ctx.lang), "source", "", refs, False)))
    return tuple(found)


def _later(ctx: Context, channel: str) -> str:
    key = "s_" + channel.split(".", 1)[0]
    return ctx.words(key) if ctx.words.has(key) else channel


def idle(ctx: Context) -> tuple[Idle, ...]:
    """Measures that act only on sectors which the model does not have yet."""
    found = []
    for id_, measure in ctx.plan.measures.items():
        if measure.umbrella or modelled(measure):
            continue
        later = dict.fromkeys(e.channel.split(".", 1)[0] for e in measure.effects)
        names = [_later(ctx, s) for s in later]
        found.append(
            Idle(
                id_,
                _name(ctx, measure),
                ctx.owners(measure.owners),
                ", ".join(names),
                cost(ctx, measure.cost),
                measure.grade,
                _mind(ctx, measure),
            )
        )
    return tuple(found)


def umbrellas(ctx: Context) -> tuple[Rich, ...]:
    names = [_name(ctx, m) for m in ctx.plan.measures.values() if m.umbrella]
    return (joined(names),) if names else ()
