"""``salpi simulate``: an ensemble under a scenario beside the plan's, and the difference draw by draw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from salpi.cli.inputs import plan_and_scenario, runner
from salpi.cli.output import InputError, clear, colophon, console, faults, json_text, unwritable, write_atomically

if TYPE_CHECKING:
    from salpi.plan import Plan

Lang = Literal["en", "ko"]
LINES = (("plan", "plan", "계획"), ("scenario", "scenario", "시나리오"), ("difference", "difference", "차이"))
NO_SECTOR = "The plan runs no sector of the model, so nothing is simulated: name some under `sectors` in plan.yaml."
NO_HEADLINE = "The model gives none of the headline's indicators: name others with --indicator."
AHEAD = (0, 2, 4, 9)
"""Years after the plan's own that the text shows."""


def simulate_command(
    plan: str = "korea",
    scenario: str | None = None,
    sets: Mapping[str, float] | None = None,
    indicators: Sequence[str] = (),
    out: Path | None = None,
    json: bool = False,
    lang: Lang = "en",
    draws: int | None = None,
    seed: int | None = None,
    as_of: str | None = None,
    ledger: str | None = None,
    no_ledger: bool = False,
    workers: int | str | None = None,
) -> int:
    """Simulate and print; ``out`` gets the run as JSON for `replay`. Exit code 0, or 2 for bad input and no file."""
    with faults("simulate") as code:
        problem = unwritable(out) if out is not None else None
        if problem is not None:
            raise InputError(problem)
        data, resolved = plan_and_scenario(plan, as_of, scenario, sets, ledger, no_ledger)
        _known(data, indicators)
        from salpi.ensemble.gather import simulated

        made = simulated(data, resolved, draws, seed, runner(workers, "simulating"))
        clear()
        if out is not None:
            try:
                write_atomically(out, json_text(made).encode())
            except OSError as error:
                raise InputError(f"{out}: {error.strerror or error}; give another --out") from None
        if json:
            print(json_text(made), end="")
        else:
            _print(data, made, indicators, lang)
            if out is not None:
                print(out.resolve())
    return code[0] if code else 0


def _known(plan: Plan, indicators: Sequence[str]) -> None:
    lost = []
    for id in indicators:
        if id not in plan.indicators:
            near = plan.nearest("indicator", id)
            lost.append(f"--indicator {id}: the plan has no such indicator" + (f"; did you mean {near!r}?" if near else ""))
        elif plan.indicators[id].model is None:
            lost.append(f"--indicator {id}: the model has no output for it; `salpi explain {id}` shows what is published")
    if lost:
        raise InputError("\n".join(lost))


def _print(plan: Plan, made: Mapping[str, Any], indicators: Sequence[str], lang: Lang) -> None:
    from rich.markup import escape
    from rich.table import Table

    ko = lang == "ko"
    out = console()
    spec, told = made["spec"], made["indicators"]
    asked = list(indicators) or list(dict.fromkeys(plan.targets[t].indicator for t in plan.meta.headline))
    shown = [id for id in asked if id in told]
    years = [str(plan.as_of.year + n) for n in AHEAD]
    changed = bool(made["moved"] or spec["scenario"]["parameters"])
    table = Table(box=None, padding=(0, 1), show_edge=False, header_style="dim")
    table.add_column("지표" if ko else "indicator", overflow="fold")
    for year in years:
        table.add_column(year, justify="right")
    lines = LINES if changed else LINES[:1]
    for id in shown:
        table.add_row(f"[bold]{escape(plan.indicators[id].name(lang))}[/bold]")
        for key, *labels in lines:
            table.add_row(f"  {labels[ko]}", *(escape(_cell(told[id], key, year, lang)) for year in years))
    if shown:
        out.print(table)
    elif not told:
        out.print("모형을 돌리는 부문이 없는 계획임 (plan.yaml의 sectors)." if ko else NO_SECTOR)
    else:
        out.print("대표 목표 가운데 모형이 산출하는 지표가 없음 (--indicator로 지정)." if ko else NO_HEADLINE)
    out.print()
    if made["moved"]:
        out.print(escape(("움직인 경로: " if ko else "moved: ") + ", ".join(made["moved"])))
    for lever, why in made["unmoved"].items():
        out.print(escape(f"{lever} {'— 영향 없음' if ko else 'moved nothing'}: {why}"))
    out.print(escape(colophon(spec)))
    out.print(
        "중앙값과 90 % 구간 (모형, 모든 표본의 정확한 분위수). 차이는 같은 충격을 공유하는 표본별 차이."
        if ko
        else "Median and 90 % interval (model), exact over all draws. A difference is taken draw by draw, on shared shocks."
    )


def _cell(body: Mapping[str, Any], key: str, year: str, lang: Lang) -> str:
    """Median and 90 % interval of one line in one year."""
    if year not in body["periods"]:
        return "–"
    at = body["periods"].index(year)
    low, mid, high = (_figure(body[key][q][at], body["unit"], lang, key) for q in ("p05", "p50", "p95"))
    return f"{mid} ({low} … {high})"


def _figure(value: float, unit: str, lang: Lang, key: str) -> str:
    from salpi.decide import words

    if key != "difference":
        return words.amount(value, unit, lang)
    sign = "+" if value > 0 else ""
    return sign + (words.number(value) if unit == "rank" else words.amount(value, unit, lang))
