"""The finding as a sentence, the lede, the ledger of verdicts, and what to know first."""

from __future__ import annotations

from collections import Counter
from typing import Any

from salpi.brief import figures
from salpi.brief.context import Context, joined
from salpi.brief.rows import CLOSED, SILENT, chance, current, deadline, paces, why
from salpi.brief.view import Bucket, Figure, Headline, Piece, Rich
from salpi.decide import words

GOOD = ("likely", "very likely")
POOR = ("unlikely", "very unlikely")
LEDGER = ("very unlikely", "unlikely", "open", "likely", "very likely", "unverifiable", "not modelled yet")
SHOWN = 5


def verdicts(card: dict[str, Any]) -> Counter[str]:
    return Counter(t["verdict"] for t in current(card))


def finding(ctx: Context, card: dict[str, Any], scenario: bool) -> Rich:
    """The brief's title: how many of the targets with a chance are likely to be met."""
    n = verdicts(card)
    good, fair, poor = sum(n[v] for v in GOOD), n["open"], sum(n[v] for v in POOR)
    rated = good + fair + poor
    base = ctx.words("f_scenario" if scenario else "f_plan")
    if not rated:
        return (ctx.words("f_silent"),)
    if ctx.lang == "ko":
        said = f"{base}, 확률을 매길 수 있는 목표 {rated}개 가운데 "
        said += f"이룰 가능성이 높은 것은 {good}개입니다." if good else "이룰 가능성이 높은 것은 하나도 없습니다."
        rest = [f"{fair}개는 갈림길에 있"] if fair else []
        if poor:
            said += f" {rest[0]}고, {poor}개는 어렵습니다." if rest else f" {poor}개는 어렵습니다."
        elif rest:
            said += f" {rest[0]}습니다."
        return (Figure(said, "computed"),)
    s = figures.spelled
    lead = f"Of {s(rated)} targets that can be given a chance, {s(good)} {'is' if good < 2 else 'are'} likely to be met {base}."
    parts = [f"{s(fair)} {'is' if fair == 1 else 'are'} open"] if fair else []
    if poor:
        verb = "" if parts else " is" if poor == 1 else " are"
        parts.append(f"{s(poor)}{verb} unlikely")
    tail = ", ".join(parts)
    return (Figure(f"{lead} {tail[:1].upper()}{tail[1:]}." if tail else lead, "computed"),)


def lede(ctx: Context, card: dict[str, Any]) -> Rich:
    """How many targets there are, and what their chances rest on."""
    n = verdicts(card)
    rated = [t for t in current(card) if t["verdict"] in (*GOOD, *POOR, "open")]
    trend = sum(t.get("basis") == "trend" for t in rated)
    strategies = {ctx.goals[t["id"]].strategy for t in current(card)}

    def count(k: int) -> Figure:
        return Figure(f"{k}개" if ctx.lang == "ko" else f"{k}", "computed")

    found: list[Piece] = list(
        ctx.words.rich("lede_all", total=count(sum(n.values())), programmes=ctx.count(len(strategies)), rated=count(len(rated)))
    )
    if trend:
        found += ctx.words.rich("lede_trend", model=count(len(rated) - trend), trend=count(trend))
    if n["unverifiable"]:
        found += ctx.words.rich("lede_unver", n=count(n["unverifiable"]))
    if n["not modelled yet"]:
        found += ctx.words.rich("lede_later", n=count(n["not modelled yet"]))
    if n["met"] or n["missed"]:
        found += ctx.words.rich("lede_closed", met=count(n["met"]), missed=count(n["missed"]))
    return tuple(found)


def ledger(ctx: Context, card: dict[str, Any]) -> tuple[Bucket, ...]:
    """Verdicts in order, with their targets: headline targets first, then by chance."""
    first = {id_: i for i, id_ in enumerate(ctx.plan.meta.headline)}
    found = []
    for verdict in LEDGER:
        targets = [t for t in current(card) if t["verdict"] == verdict]
        targets.sort(key=lambda t: (first.get(t["id"], 99), -(t.get("probability") or 0.0)))
        items = tuple(
            (
                t["id"],
                words.chance(t["probability"], ctx.lang) if t.get("probability") is not None else "",
                (ctx.target_name(t["id"]),),
            )
            for t in targets[:SHOWN]
        )
        key = "r_silent" if verdict in SILENT else "r_" + verdict.replace(" ", "_")
        found.append(Bucket(ctx.words.verdict(verdict), ctx.words.rich(key), len(targets), items, max(0, len(targets) - SHOWN)))
    return tuple(found)


def closed(ctx: Context, card: dict[str, Any]) -> Rich:
    """Targets whose date has passed, with what came of them."""
    done = [t for t in current(card) if t["verdict"] in CLOSED]
    if not done:
        return ()
    names: list[Rich] = [(ctx.target_name(t["id"]), f" ({ctx.words.verdict(t['verdict'])})") for t in done]
    return ctx.words.rich("closed", names=joined(names))


def headlines(ctx: Context, card: dict[str, Any]) -> tuple[Headline, ...]:
    """The targets that the plan names as its headlines, each with its chance, the figures behind it and the reason."""
    rows = {t["id"]: t for t in card["targets"]}
    found = []
    for id_ in ctx.plan.meta.headline:
        t = rows.get(id_)
        if t is None:
            continue
        title = ctx.words.rich("head_title", name=ctx.target_name(id_), verdict=ctx.words.verdict(t["verdict"]))
        found.append(Headline(id_, chance(ctx, t), title, _text(ctx, t)))
    return tuple(found)


def _text(ctx: Context, t: dict[str, Any]) -> Rich:
    w = ctx.words
    target = ctx.goals[t["id"]]
    refs = ctx.cite.of_all(target.sources)
    latest = ctx.plan.latest(target.indicator, target.subject)
    by = deadline(ctx, target)
    found: list[Piece] = []
    pace = paces(ctx, t)
    asks, seen = pace[0].value, pace[-1].value
    asked = ctx.value(target.value, target.unit, "source", refs)
    if latest is not None and t.get("latest") and isinstance(asks[0], Figure):
        saw = isinstance(seen[0], Figure)
        given: dict[str, Piece | Rich] = {"latest": ctx.observed(latest), "when": ctx.when(latest.period)}
        given.update(asked=asked, by=by, pace=asks)
        if saw:
            given["seen"] = seen
        found += [*w.rich("from_to_seen" if saw else "from_to", **given), " "]
    else:
        found += [*w.rich("head_asked", asked=asked, by=by), " "]
    bands = t.get("forecast") or {}
    if all(bands.get(k) is not None for k in ("p10", "p90")):
        figs = {k: ctx.value(bands[k], target.unit, "model") for k in ("p10", "p90")}
        found += [*why(ctx, t), " ", *w.rich("head_range", **figs)]
    else:
        found += why(ctx, t)
    return tuple(found)
