"""``salpi explain``: the way from a number back to who said it, when, and who says otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Literal

from salpi.cli.output import InputError, console, faults, json_text

if TYPE_CHECKING:
    from salpi.decide.explain import Explanation
    from salpi.evidence.ledger import Step
    from salpi.plan.schema import Observation

Lang = Literal["en", "ko"]
WORDS = {
    "definition": ("definition", "정의"),
    "period": ("period", "기간"),
    "subject": ("subject", "대상"),
    "value": ("value", "값"),
    "status": ("status", "상태"),
    "known": ("known on", "공표일"),
    "source": ("source", "출처"),
    "disagree": ("Sources disagree", "출처 간 불일치"),
    "targets": ("Targets that rest on it", "이 지표의 목표"),
    "others": ("Other definitions", "다른 정의"),
    "model": ("In the model", "모형"),
    "no_model": ("the model has no output for it", "모형 산출 없음"),
    "claims": ("Claims of the ledger", "원장의 주장"),
    "nothing": ("no published figure", "공표된 수치 없음"),
    "also": ("Other subjects", "다른 대상"),
    "superseded": ("superseded by", "대체됨:"),
}


def explain_command(
    indicator: str,
    period: str | None = None,
    subject: str | None = None,
    plan: str = "korea",
    json: bool = False,
    lang: Lang = "en",
    as_of: str | None = None,
    ledger: str | None = None,
    no_ledger: bool = False,
) -> int:
    """Print where an indicator's figures come from. Exit code 0, or 2 for a name or period that is none."""
    from salpi.cli.inputs import disputed_of, load
    from salpi.decide.explain import UnknownName, explain

    with faults("explain") as code:
        try:
            data = load(plan, as_of, ledger, no_ledger)
            disputed = disputed_of(data, as_of, ledger, no_ledger)
            found = explain(data, indicator, subject, period, disputed.conflicts if disputed else ())
        except UnknownName as error:
            raise InputError(str(error)) from None
        steps = {} if no_ledger else _trails(found, ledger, as_of)
        if json:
            sides = disputed.sides if disputed else {}
            rows = [{**_json(e, sides), "claims": [step_json(s) for s in steps.get(e.indicator, ())]} for e in found]
            print(json_text({"plan": plan, "indicators": rows}), end="")
        else:
            for each in found:
                _print(each, steps.get(each.indicator, ()), lang)
    return code[0] if code else 0


def _trails(found: Sequence[Explanation], ledger: str | None, as_of: str | None) -> dict[str, tuple[Step, ...]]:
    """The claims of the ledger behind each indicator, where there is a ledger."""
    from salpi.evidence.place import is_there

    if ledger is None and not is_there():
        return {}
    from salpi.evidence.ledger import Ledger, trail

    with Ledger.open(ledger, create=False) as opened:
        return {e.indicator: trail(opened, e.indicator, e.subject or e.plan.meta.subject, e.period, as_of) for e in found}


def _json(e: Explanation, sides: Mapping[str, list[dict[str, Any]]]) -> dict[str, Any]:
    """The documented shape; sides that are claims of the ledger have their spans."""
    made = e.to_json()
    for conflict in made["conflicts"]:
        for side, held in zip(conflict["sides"], sides.get(conflict["id"], ()), strict=False):
            side["span"], side["claim"] = held["span"], held["claim"]
    return made


def step_json(step: Step) -> dict[str, Any]:
    """A claim with the characters in which it stands."""
    return asdict(step)


def _print(e: Explanation, steps: Sequence[Step], lang: Lang) -> None:
    from rich.markup import escape

    from salpi.cli.evidence import cell_line
    from salpi.decide import words

    out = console()

    def say(key: str) -> str:
        return WORDS[key][lang == "ko"]

    out.print(f"[bold]{escape(e.body.name(lang))}[/bold]  {escape(e.indicator)}  ({escape(e.body.unit)})")
    out.print(f"  {say('definition')}: {escape(e.body.definition(lang))}")
    spoken = ", ".join(e.body.model.outputs) + f" ({e.body.model.link})" if e.body.model else say("no_model")
    out.print(f"  {say('model')}: {escape(spoken)}")
    if e.definitions:
        out.print(f"  {say('others')}: {escape(', '.join(e.definitions))}")
    when = f" ({words.period(e.period, lang)})" if e.period else ""
    out.print(_table(e, lang) if e.rows else f"  {say('nothing')}{escape(when)}")
    rest = [s for s in e.subjects if s != e.subject]
    if e.subject is not None and rest:
        out.print(f"  {say('also')} (--subject): {escape(', '.join(rest[:12]))}{' …' if len(rest) > 12 else ''}")
    for number, step in enumerate(steps):
        if not number:
            out.print(f"  {say('claims')}:")
        before, after = (" ".join(part.split()) for part in (step.before, step.after))
        where = f"{step.name}:{step.span[0]}-{step.span[1]}" + (f", p. {step.page}" if step.page is not None else "")
        read = f"{words.amount(step.value, step.unit, lang)}, {words.period(step.period, lang)}"
        if (row := step.observation) is not None:
            stands = f"{words.amount(row['value'], row['unit'], lang)}, {words.period(row['period'], lang)}"
            read = read if stands == read else f"{read} → {stands}"
        head = f"    {step.claim}: {read} ({step.status}, {step.verdict or '–'})  {where}"
        out.print(escape(head))
        out.print(escape(f"      … {before[-80:]} «{step.text}» {after[:80]} …"))
        if step.cell and (line := cell_line(step.cell, lang)):
            out.print(escape(f"      {line}"))
    if e.conflicts:
        out.print(f"  {say('disagree')}:")
        for conflict in e.conflicts:
            out.print(f"    {escape(conflict.explanation(lang))}")
    if e.targets:
        out.print(f"  {say('targets')}:")
        for id in e.targets:
            target = e.plan.targets[id]
            after = f", {say('superseded')} {target.superseded_by}" if target.superseded_by else ""
            by = words.period(target.by, lang)
            asked = words.amount(target.value, target.unit, lang)
            out.print(escape(f"    {target.name(lang)}: {target.comparison} {asked}, {by}  ({id}{after})"))
    out.print()


def _table(e: Explanation, lang: Lang) -> Any:
    from rich.markup import escape
    from rich.table import Table

    many = e.subject is None
    heads = (*(("subject",) if many else ()), "period", "value", "status", "known", "source")
    table = Table(box=None, padding=(0, 1), show_edge=False, header_style="dim")
    for head in heads:
        table.add_column(WORDS[head][lang == "ko"], justify="right" if head == "value" else "left", overflow="fold")
    for row in e.rows:
        cells = [*((row.subject,) if many else ()), *_cells(e, row, lang)]
        table.add_row(*(escape(c) for c in cells))
    return table


def _cells(e: Explanation, row: Observation, lang: Lang) -> tuple[str, ...]:
    from salpi.decide import words

    mark = {"over": ">", "at_least": "≥", "under": "<", "up_to": "≤", "about": "≈"}.get(row.qualifier, "")
    value = mark + words.amount(row.value, row.unit, lang)
    source = e.plan.sources.get(row.source)
    told = f"{source.title}, {source.publisher}" if source else row.source
    if source and source.url:
        told += f" {source.url}"
    basis = "" if row.basis == "sourced" else f" ({row.basis})"
    known = (row.as_of or "") + {"lag": "*", "": ""}.get(row.as_of_basis, "")
    return words.period(row.period, lang), value, row.status + basis, known, told
