"""``salpi brief``: the main job. Plan, run, scorecard, effects and conflicts into one file."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from salpi.brief import BriefModel
    from salpi.model.run import Run
    from salpi.model.scenario import Scenario
    from salpi.plan import Plan
    from salpi.plan.schema import ScenarioFile

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
    scenario: ScenarioFile | str | None = None,
    sets: Mapping[str, float] | None = None,
    command: Sequence[str] = (),
) -> int:
    """Simulate a plan, write its brief, print where it is.

    ``format`` follows the file's ending unless given; ``scenario`` is a diff or the id of one of the plan's own, ``sets``
    are ``--set`` pairs; ``command`` are the words that make the brief again, for its last lines. Progress goes to stderr.
    Returns the exit code: 0 done, 2 bad input, with one line a problem on stderr and no file written.
    """
    chosen = format_of(out, format)
    target = out if out is not None else default_out(chosen, lang)
    problem = unwritable(target)
    if problem is not None:
        return _fail(problem)
    from salpi.api import load_plan
    from salpi.brief import PdfUnavailable
    from salpi.model.scenario import ScenarioError, resolve
    from salpi.plan.periods import PeriodError
    from salpi.plan.problems import PlanError

    again = list(command) or repeat(plan, chosen, lang, draws, seed, as_of)
    try:
        data = load_plan(plan, as_of)
        diff = data.scenarios[scenario] if isinstance(scenario, str) else scenario
        resolved = resolve(data, diff, sets)
        write_atomically(target, render(compose(data, resolved, draws, seed, lang, again), chosen))
    except (PlanError, ScenarioError) as error:
        return _fail(*map(str, error.problems))
    except PdfUnavailable as error:
        return _fail(str(error))
    except KeyError as error:
        return _fail(f"there is no {error.args[0]!r} in the plan {plan}")
    except (PeriodError, ValueError) as error:
        return _fail(str(error))
    except OSError as error:
        return _fail(f"{target}: {error.strerror or error}; give another --out")
    print(target.resolve())
    return 0


def compose(
    plan: Plan, scenario: Scenario, draws: int | None, seed: int | None, lang: Lang, command: Sequence[str] = ()
) -> BriefModel:
    """The brief's view model: run, judge, compare, tell apart. Raises what these raise."""
    from salpi.brief import build_brief
    from salpi.brief.contribution import contributions
    from salpi.decide.scorecard import scorecard
    from salpi.model.simulate import simulate
    from salpi.plan.reconcile import conflicts

    run: Run = simulate(plan, scenario, draws=draws, seed=seed, progress=progress("simulating"))
    effects = contributions(plan, run, plan.meta.headline, progress=progress("comparing measures"))
    model = build_brief(plan, run, scorecard(plan, run), effects, conflicts(plan), lang, command)
    _clear()
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


def format_of(out: Path | None, format: Format | None) -> Format:
    """The format asked for; else the one of the file's ending; else HTML."""
    if format is not None:
        return format
    return ENDINGS.get(out.suffix.lower(), "html") if out is not None else "html"


def repeat(plan: str | Path, format: Format, lang: Lang, draws: int | None, seed: int | None, as_of: str | None) -> list[str]:
    """The command that makes the same brief."""
    words = ["salpi", "brief"]
    for name, value in (("plan", plan), ("draws", draws), ("seed", seed), ("as-of", as_of)):
        if value is not None and (name, value) != ("plan", "korea"):
            words += [f"--{name}", str(value)]
    return [*words, "--lang", lang, "--format", format]


def unwritable(out: Path) -> str | None:
    """Why a file cannot be written, in one line; None if it can."""
    if out.is_dir():
        return f"{out}: is a folder; give a file name, e.g. --out {out / 'brief.html'}"
    if not out.parent.is_dir():
        return f"{out}: there is no folder {out.parent}; make it first, or give another --out"
    if not os.access(out.parent, os.W_OK) or (out.exists() and not os.access(out, os.W_OK)):
        return f"{out}: no permission to write there; give another --out"
    return None


def write_atomically(out: Path, body: bytes) -> None:
    """All of the file or nothing: written beside it and renamed. Raises OSError."""
    handle, name = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(body)
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(name, 0o666 & ~mask)
        os.replace(name, out)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def progress(what: str) -> Callable[[float], None]:
    """A line on a terminal's stderr that tells how far the work is; nothing where stderr is no terminal."""

    def tell(share: float) -> None:
        if sys.stderr.isatty():
            print(f"\r{what}: {100 * share:3.0f} %\033[K", end="", file=sys.stderr, flush=True)

    return tell


def _clear() -> None:
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr, flush=True)


def _fail(*lines: str) -> int:
    for line in lines:
        print(f"salpi brief: {line}", file=sys.stderr)
    return 2
