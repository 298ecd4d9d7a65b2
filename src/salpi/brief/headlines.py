"""The finding as a sentence, the lede, the ledger of verdicts, and what to know first."""

from __future__ import annotations

from collections import Counter
from typing import Any

from salpi.brief import figures
from salpi.brief.context import Context, joined
from salpi.brief.rows import CLOSED, SILENT, chance, current, paces, why
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
    rated, total = good + fair + poor, sum(n.values())
    base = ctx.words("f_scenario" if scenario else "f_plan")
    if ctx.lang == "ko":
        said = f"{base} 확률을 매길 수 있는 목표 {rated}개 가운데 "
        said += f"{good}개는 이룰 가능성이 높고" if good else "이룰 가능성이 높은 것은 없고"
        said += f", {fair}개는 갈림길에 있으며, {poor}개는 어렵습니다." if fair else f", {poor}개는 어렵습니다."
        rest = total - rated - n["met"] - n["missed"]
        said += f" 나머지 {rest}개에는 아직 확률을 매길 수 없습니다." if rest else ""
        return (Figure(said, "computed"),)
    s = figures.spelled
    verb = "is" if good == 1 else "are"
    lead = f"Of {s(rated)} targets that can be given a chance, {s(good) if good else 'none'} "
    lead += f"{verb if good else 'is'} likely to be met {base}."
    tail = f" {s(fair, True)} {'is' if fair == 1 else 'are'} open, {s(poor)} unlikely." if fair else ""
    if not fair and poor:
        tail = f" {s(poor, True)} {'is' if poor == 1 else 'are'} unlikely."
    rest = total - rated - n["met"] - n["missed"]
    if rest:
        tail += f" {s(rest, True)} cannot be given one yet."
    return (Figure(lead + tail, "computed"),)


def lede(ctx: Context, card: dict[str, Any]) -> Rich:
    n = verdicts(card)
    rated = sum(n[v] for v in (*GOOD, *POOR, "open"))
    strategies = {ctx.goals[t["id"]].strategy for t in current(card)}
    total = sum(n.values())
    found: list[Piece] = []
    if ctx.lang == "ko":
        found += [f"살아 있는 목표는 계획 {len(strategies)}건의 {total}개입니다. "]
    else:
        found += [f"{total} current targets stand in {len(strategies)} programmes. "]
    found = [Figure(str(found[0]), "computed")]

    def count(k: int) -> Figure:
        return Figure(f"{k}개" if ctx.lang == "ko" else f"{k}", "computed")

    found += ctx.words.rich(
        "lede_rest",
        sure=count(rated),
        silent=count(n["unverifiable"] + n["not modelled yet"]),
        unver=count(n["unverifiable"]),
        later=count(n["not modelled yet"]),
    )
    if n["met"] or n["missed"]:
        found += [" ", *ctx.words.rich("lede_closed", met=count(n["met"]), missed=count(n["missed"]))]
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
    by: Rich = w.rich("by", when=ctx.when(target.by)) if target.by else (w("no_date"),)
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
    if all(bands.get(k) is not None for k in ("p10", "p50", "p90")):
        figs = {k: ctx.value(bands[k], target.unit, "model") for k in ("p10", "p50", "p90")}
        found += [*w.rich("head_median", **figs), " "]
    found += why(ctx, t)
    return tuple(found)
