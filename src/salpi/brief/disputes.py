"""Where sources disagree: both sides with their sources, the weightiest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from salpi.brief.context import Context, joined
from salpi.brief.view import Dispute, Figure, Rich, Side
from salpi.decide import words
from salpi.plan.reconcile import UNDATED

SHOWN = 8
SIDES = 4


def get(value: Any, key: str, default: Any = None) -> Any:
    return value.get(key, default) if isinstance(value, dict) else getattr(value, key, default)


def family(indicator: str) -> str:
    return indicator.split("@", 1)[0]


def disputes(ctx: Context, conflicts: Sequence[Any]) -> tuple[tuple[Dispute, ...], Rich]:
    """The weightiest conflicts between sources, one of a family and subject, and a line that counts the rest by kind.

    A source that differs from itself is counted with the rest: it is a matter of its own scopes.
    """
    between = [c for c in conflicts if len({get(s, "source") for s in get(c, "sides", ())}) > 1]
    ranked = sorted(between, key=lambda c: -float(get(c, "weight", 0.0)))
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
    all_sides = list(get(conflict, "sides", ()))
    title: list[str | Figure] = [Figure(_name(ctx, indicator, all_sides), "name")]
    subject, period = get(conflict, "subject"), get(conflict, "period")
    if subject and subject != plan.meta.subject:
        title += [" · ", Figure(ctx.subject(str(subject)), "name")]
    if period and period != UNDATED:
        title += [", ", ctx.when(str(period))]
    kind = str(get(conflict, "kind", ""))
    alike = len({ctx.local(get(s, "definition")) for s in all_sides}) == 1
    sides = [_side(ctx, s, alike, kind == "vintage") for s in all_sides[:SIDES]]
    refs = ctx.cite.of(*(get(s, "source") for s in all_sides))
    gap = get(conflict, "gap")
    if gap is not None and ctx.words.has(f"x_{kind}"):
        apart = Figure(words.amount(100 * float(f"{gap:.2g}"), "%", ctx.lang), "computed", "", refs, False)
        text = ctx.words.rich(f"x_{kind}", gap=apart)
    else:
        text = (Figure(ctx.local(get(conflict, "explanation")), "computed", "", refs, False),)
    if len(all_sides) > SIDES:
        text = (*text, " ", *ctx.words.rich("x_more", n=ctx.count(len(all_sides) - SIDES)))
    return Dispute(tuple(title), _kind(ctx, kind), tuple(sides), text)


def _name(ctx: Context, indicator: str, sides: Sequence[Any]) -> str:
    """The indicator's name; of a family of definitions what stands before the bracket of the first."""
    known = ctx.plan.indicators
    ids = list(dict.fromkeys(str(get(s, "indicator", indicator)) for s in sides)) or [indicator]
    body = known.get(ids[0]) or known.get(indicator)
    body = body or next((b for id_, b in known.items() if family(id_) == family(indicator)), None)
    if body is None:
        return indicator
    name = body.name(ctx.lang)
    return name if len(ids) == 1 else name.split(" (")[0].split("(")[0]


def _side(ctx: Context, side: Any, alike: bool, dated: bool) -> Side:
    refs = ctx.cite.of(get(side, "source"))
    value = ctx.value(float(get(side, "value")), str(get(side, "unit")), "source" if refs else "unverified", refs)
    stated = ctx.row_of(side)
    if stated is not None:
        value = replace(value, claim=ctx.claim(stated))
    source = ctx.plan.sources.get(str(get(side, "source")))
    named = ctx.local(get(side, "definition")).rstrip(". ")
    if get(side, "status") == "target":
        named = ctx.words("x_baseline")
    elif alike and source is not None:
        named = source.title
    note: list[str | Figure] = [Figure(named, "name")] if named else []
    if dated and get(side, "as_of"):
        note += [" · ", *ctx.words.rich("known", when=ctx.when(str(get(side, "as_of"))))]
    return Side((value,), tuple(note))
