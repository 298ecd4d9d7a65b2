"""Where sources disagree: both sides with their sources, the weightiest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from salpi.brief.context import Context, joined
from salpi.brief.view import Dispute, Figure, Rich, Side

SHOWN = 8
SIDES = 4


def get(value: Any, key: str, default: Any = None) -> Any:
    return value.get(key, default) if isinstance(value, dict) else getattr(value, key, default)


def family(indicator: str) -> str:
    return indicator.split("@", 1)[0]


def disputes(ctx: Context, conflicts: Sequence[Any]) -> tuple[tuple[Dispute, ...], Rich]:
    """The weightiest conflicts, one of a family and subject, and a line that counts the rest by kind."""
    ranked = sorted(conflicts, key=lambda c: -float(get(c, "weight", 0.0)))
    chosen: list[Any] = []
    seen: Counter[tuple[str, str]] = Counter()
    for conflict in ranked:
        key = (family(str(get(conflict, "indicator", ""))), str(get(conflict, "subject", "")))
        if seen[key] < 1 and len(chosen) < SHOWN:
            seen[key] += 1
            chosen.append(conflict)
    rest = [c for c in conflicts if c not in chosen]
    more: Rich = ()
    if rest:
        kinds = Counter(str(get(c, "kind", "")) for c in rest)
        listed = joined((f"{_kind(ctx, k)} ", ctx.count(n)) for k, n in kinds.most_common())
        more = ctx.words.rich("d_more", n=ctx.count(len(rest)), kinds=listed)
    elif not chosen:
        more = (ctx.words("d_none"),)
    return tuple(_dispute(ctx, c) for c in chosen), more


def _kind(ctx: Context, kind: str) -> str:
    key = f"kind_{kind}"
    return ctx.words(key) if ctx.words.has(key) else kind


def _dispute(ctx: Context, conflict: Any) -> Dispute:
    indicator = str(get(conflict, "indicator", ""))
    plan = ctx.plan
    known = plan.indicators.get(indicator) or next(
        (body for id_, body in plan.indicators.items() if family(id_) == family(indicator)), None
    )
    title: list[str | Figure] = [Figure(known.name(ctx.lang) if known else indicator, "name")]
    subject, period = get(conflict, "subject"), get(conflict, "period")
    if subject and subject != plan.meta.subject:
        title += [" · ", Figure(str(subject), "name")]
    if period:
        title += [", ", ctx.when(str(period))]
    sides = [_side(ctx, s) for s in list(get(conflict, "sides", ()))[:SIDES]]
    refs = ctx.cite.of(*(get(s, "source") for s in get(conflict, "sides", ())))
    text = Figure(ctx.local(get(conflict, "explanation")), "computed", "", refs, False)
    return Dispute(tuple(title), _kind(ctx, str(get(conflict, "kind", ""))), tuple(sides), (text,))


def _side(ctx: Context, side: Any) -> Side:
    refs = ctx.cite.of(get(side, "source"))
    value = ctx.value(float(get(side, "value")), str(get(side, "unit")), "source" if refs else "unverified", refs)
    definition = get(side, "definition") or get(side, "indicator") or ""
    body = ctx.plan.indicators.get(str(definition))
    named = body.name(ctx.lang) if body is not None else ctx.local(definition)
    note: list[str | Figure] = [Figure(named, "name")] if named else []
    if get(side, "as_of"):
        note += [" · ", *ctx.words.rich("known", when=ctx.when(str(get(side, "as_of"))))]
    return Side((value,), tuple(note))
