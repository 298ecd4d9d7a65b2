"""``salpi brief``: the main job. Plan, run, scorecard, effects and conflicts into one file."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from salpi.cli.inputs import disputed_of, plan_and_scenario
from salpi.cli.options import plan_words
from salpi.cli.output import clear, fail, faults, progress, unwritable, write_atomically
from salpi.evidence.place import VARIABLE, is_there, without_password

if TYPE_CHECKING:
    from salpi.brief import BriefModel
    from salpi.evidence.disputed import Disputed
    from salpi.model.run import Run
    from salpi.model.scenario import Scenario
    from salpi.plan import Plan

Format = Literal["html", "md", "pdf"]
Lang = Literal["en", "ko"]
FORMATS: dict[Format, str] = {"html": ".html", "md": ".md", "pdf": ".pdf"}
ENDINGS: dict[str, Format] = {".html": "html", ".htm": "html", ".md": "md", ".markdown": "md", ".pdf": "pdf"}


def brief_command(
    plan: str | Path = "korea",
    out: Path | None = None,
    format: Format | None = None,
    lang: Lang = "en",
    draws: int | None = None,
    seed: int | None = None,
    as_of: str | None = None,
    scenario: str | None = None,
    sets: Mapping[str, float] | None = None,
    ledger: str | None = None,
    no_ledger: bool = False,
) -> int:
    """Simulate a plan, write its brief, print where it is.

    ``format`` follows the file's ending unless given; ``scenario`` is a file or the id of one of the plan's own, ``sets``
    are ``--set`` pairs. Progress goes to stderr.
    Returns the exit code: 0 done, 2 bad input, with one line a problem on stderr and no file written.
    """
    chosen = format_of(out, format)
    if chosen is None:
        return fail("brief", f"{out}: its ending names no format; end it in .html, .md or .pdf, or give --format")
    target = out if out is not None else default_out(chosen, lang)
    problem = unwritable(target)
    if problem is not None:
        return fail("brief", problem)
    from salpi.brief import PdfUnavailable

    with faults("brief") as code:
        data, resolved = plan_and_scenario(plan, as_of, scenario, sets, ledger, no_ledger)
        again = repeat(plan, chosen, lang, draws, seed, as_of, scenario, sets, ledger, no_ledger)
        disputed = disputed_of(data, as_of, ledger, no_ledger)
        try:
            write_atomically(target, render(compose(data, resolved, draws, seed, lang, again, disputed), chosen))
        except PdfUnavailable as error:
            return fail("brief", str(error))
        except OSError as error:
            return fail("brief", f"{target}: {error.strerror or error}; give another --out")
    if code:
        return code[0]
    print(target.resolve())
    return 0


def compose(
    plan: Plan,
    scenario: Scenario,
    draws: int | None,
    seed: int | None,
    lang: Lang,
    command: Sequence[str] = (),
    disputed: Disputed | None = None,
) -> BriefModel:
    """The brief's view model: run, judge, compare, tell apart; ``disputed`` are a ledger's conflicts. Raises what these raise."""
    from salpi.brief import build_brief
    from salpi.decide.effects import effects
    from salpi.decide.scorecard import scorecard
    from salpi.model.simulate import simulate
    from salpi.plan.reconcile import conflicts

    run: Run = simulate(plan, scenario, draws=draws, seed=seed, progress=progress("simulating"))
    moved = effects(plan, run, plan.meta.headline, progress=progress("comparing measures")).to_json()
    card, told = scorecard(plan, run), conflicts(plan)
    if disputed is not None:
        told = (*disputed.conflicts, *told)
        plan = replace(plan, sources={**disputed.sources, **plan.sources})  # what only a conflict cites is listed as well
    model = build_brief(plan, run, card, moved, told, lang, command)
    clear()
    return model


def render(model: BriefModel, format: Format) -> bytes:
    """The file's content. Raises PdfUnavailable."""
    from salpi.brief import to_html, to_markdown, to_pdf

    if format == "pdf":
        return to_pdf(model)
    return (to_markdown if format == "md" else to_html)(model).encode("utf-8")


def default_out(format: Format, lang: Lang) -> Path:
    """``brief.html``, ``brief.ko.html`` … in the working directory."""
    return Path("brief" + ("" if lang == "en" else f".{lang}") + FORMATS[format])


def format_of(out: Path | None, format: Format | None) -> Format | None:
    """The format asked for; else the one of the file's ending, HTML where there is none; None for a strange ending."""
    if format is not None:
        return format
    return ENDINGS.get(out.suffix.lower()) if out is not None and out.suffix else "html"


def repeat(
    plan: str | Path,
    format: Format,
    lang: Lang,
    draws: int | None,
    seed: int | None,
    as_of: str | None,
    scenario: str | None = None,
    sets: Mapping[str, float] | None = None,
    ledger: str | None = None,
    no_ledger: bool = False,
) -> list[str]:
    """The command that makes the same brief; a ledger by its address without a password."""
    words = ["salpi", "brief", *plan_words(plan)]
    given = (("scenario", scenario), ("draws", draws), ("seed", seed), ("as-of", as_of))
    for name, value in given:
        if value is not None:
            words += [f"--{name}", str(value)]
    for measure, intensity in (sets or {}).items():
        words += ["--set", f"{measure}={intensity:g}"]
    named = ledger or os.environ.get(VARIABLE)
    if no_ledger:
        words.append("--no-ledger")
    elif named and (ledger or is_there(named)):
        words += ["--ledger", without_password(named)]
    return [*words, "--lang", lang, "--format", format]
