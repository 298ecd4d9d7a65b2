"""``salpi scorecard``: a row a target; with ``--target`` its reasons, sources and history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from salpi.cli.inputs import plan_and_scenario, runner
from salpi.cli.output import InputError, clear, colophon, console, faults, json_text

if TYPE_CHECKING:
    from salpi.decide.row import Row
    from salpi.decide.scorecard import Scorecard
    from salpi.plan import Plan

Lang = Literal["en", "ko"]
HEADS = {
    "target": ("target", "목표"),
    "latest": ("latest", "최근 실적"),
    "asked": ("asked", "목표값"),
    "by": ("by", "기한"),
    "needs": ("needs", "필요 속도"),
    "seen": ("seen", "실제 속도"),
    "chance": ("chance", "가능성"),
    "verdict": ("verdict", "판정"),
}
NOTE = (
    "A chance is the model's, given its assumptions; ~ marks one that rests on the trend of the series alone. "
    "`salpi scorecard --target ID` says why.",
    "가능성은 모형의 가정에 따른 값. ~ 표시는 시계열 추세만으로 계산. 이유는 `salpi scorecard --target ID`.",
)


def scorecard_command(
    plan: str = "korea",
    targets: Sequence[str] = (),
    scenario: str | None = None,
    sets: Mapping[str, float] | None = None,
    json: bool = False,
    lang: Lang = "en",
    draws: int | None = None,
    seed: int | None = None,
    as_of: str | None = None,
    ledger: str | None = None,
    no_ledger: bool = False,
    workers: int | str | None = None,
) -> int:
    """Simulate, judge, print. Exit code 0, or 2 for bad input."""
    with faults("scorecard") as code:
        data, resolved = plan_and_scenario(plan, as_of, scenario, sets, ledger, no_ledger)
        known = [data.nearest("target", t) for t in targets if t.partition("/")[0] not in data.targets]
        if known:
            lost = [t for t in targets if t.partition("/")[0] not in data.targets]
            raise InputError("\n".join(_unknown(data, t) for t in lost))
        from salpi.ensemble.gather import carded

        card = carded(data, resolved, draws, seed, runner(workers, "simulating"))
        clear()
        rows = [card.row(t) for t in targets] if targets else list(card.rows)
        if json:
            print(json_text({"spec": dict(card.spec), "targets": [row.to_json() for row in rows]}), end="")
        elif targets:
            for row in rows:
                _detail(data, row, lang)
        else:
            _table(data, card, lang)
    return code[0] if code else 0


def _unknown(plan: Plan, target: str) -> str:
    near = plan.nearest("target", target)
    return f"--target {target}: the plan has no such target" + (f"; did you mean {near!r}?" if near else "")


def _cells(row: Row, lang: Lang) -> dict[str, str]:
    from salpi.decide import words

    chance = "–" if row.probability is None else words.chance(row.probability, lang) + ("~" if row.basis == "trend" else "")
    digits = words.written(row.target) if row.variant_of is None else 3
    return {
        "latest": f"{words.amount(row.latest.value, row.latest.unit, lang)} ({words.period(row.latest.period, lang)})"
        if row.latest
        else "–",
        "asked": f"{'' if row.comparison == '>=' else '≤ '}{words.amount(row.target, row.unit, lang, digits)}",
        "by": words.period(row.by, lang),
        "needs": "–" if row.pace.from_now is None else words.change(row.pace.from_now, row.pace.unit, lang),
        "seen": "–" if row.pace.seen is None else words.change(row.pace.seen, row.pace.unit, lang),
        "chance": chance,
        "verdict": words.verdict(row.verdict, lang),
    }


WIDTHS = {"latest": 19, "asked": 13, "by": 9, "needs": 12, "seen": 12, "chance": 7, "verdict": 13}
GAP = 2
NARROWEST = 24
"""Columns of a target's name, where the terminal is narrow."""


def _table(plan: Plan, card: Scorecard, lang: Lang) -> None:
    from rich.markup import escape

    from salpi.decide import words

    ko = lang == "ko"
    out = console()
    heads = _heads(out.width)
    name = max(out.width - sum(WIDTHS[h] + GAP for h in heads) - GAP, NARROWEST)
    table = _columns(name, heads)
    table.add_row(*(f"[dim]{HEADS[h][ko]}[/dim]" for h in ("target", *heads)))
    out.print(table)
    for strategy in dict.fromkeys(row.strategy for row in card.rows):
        out.print(f"[bold]{escape(plan.meta.strategies[strategy].name(lang))}[/bold]")
        table = _columns(name, heads)
        for row in card.rows:
            if row.strategy != strategy:
                continue
            cells = _cells(row, lang)
            shown = row.name(lang) if row.variant_of is None else f"  {row.indicator}"
            table.add_row(escape(shown), *(escape(cells[h]) for h in heads))
        out.print(table)
    counts = ", ".join(f"{n} {words.verdict(w, lang)}" for w, n in card.verdicts().items())
    out.print()
    out.print(escape(colophon(card.spec)))
    out.print(escape(counts))
    out.print(escape(NOTE[ko]))


def _heads(width: int) -> tuple[str, ...]:
    """The columns beside the name that a width has room for; what is left out first is in ``--target ID`` as well."""
    heads = list(WIDTHS)
    for spare in ("seen", "needs", "by", "asked"):
        if sum(WIDTHS[h] + GAP for h in heads) + GAP + NARROWEST > width:
            heads.remove(spare)
    return tuple(heads)


def _columns(name: int, heads: tuple[str, ...]) -> Any:
    """An empty table with the widths that all parts of the scorecard share."""
    from rich.table import Table

    table = Table(box=None, padding=(0, GAP, 0, 0), show_header=False, show_edge=False, pad_edge=False)
    table.add_column(width=name, overflow="fold")
    for head in heads:
        table.add_column(width=WIDTHS[head], justify="left" if head == "verdict" else "right", overflow="fold")
    return table


def _detail(plan: Plan, row: Row, lang: Lang) -> None:
    from rich.markup import escape

    from salpi.decide import words

    ko = lang == "ko"
    out = console()
    cells = _cells(row, lang)
    out.print(f"[bold]{escape(row.name(lang))}[/bold]  {escape(row.id)}")
    for head in list(HEADS)[1:]:
        out.print(escape(f"  {HEADS[head][ko]}: {cells[head]}"))
    out.print(escape(f"  {row.why(lang)}"))
    if row.forecast:
        low, mid, high = (words.amount(row.forecast[q], row.unit, lang) for q in ("p05", "p50", "p95"))
        out.print(escape(f"  {'전망' if ko else 'forecast'}: {mid} ({low} – {high}, 90 %)"))
    if row.probability_interval:
        low, high = (words.chance(p, lang) for p in row.probability_interval)
        out.print(escape(f"  {'표본오차' if ko else 'sampling error of the chance'}: {low} – {high} (95 %)"))
    if row.expected is not None:
        dates = ", ".join(f"{q} {getattr(row.expected, q) or '–'}" for q in ("p05", "p50", "p95"))
        out.print(escape(f"  {'달성 시기' if ko else 'first reached'}: {dates}"))
    for old in row.supersedes:
        was = words.amount(old.value, old.unit, lang)
        text = f"{old.name(lang)}: {was}, {words.period(old.by, lang)} ({old.id})"
        out.print(escape(f"  {'이전 목표' if ko else 'replaces'}: {text}"))
    for id in row.sources:
        out.print(escape(f"  {'출처' if ko else 'source'}: {_source(plan, id)}"))
    out.print()


def _source(plan: Plan, id: str) -> str:
    found: Any = plan.sources.get(id)
    return id if found is None else ", ".join(x for x in (found.title, found.publisher, found.published, found.url) if x)
