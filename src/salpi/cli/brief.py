"""``salpi brief``: the main job. Plan, run, scorecard, effects and conflicts into one file."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

FORMATS = {"html": ".html", "md": ".md", "pdf": ".pdf"}
Format = Literal["html", "md", "pdf"]
Lang = Literal["en", "ko"]


def default_out(format: Format, lang: Lang) -> Path:
    """``brief.html``, ``brief.ko.html`` … in the working directory."""
    return Path("brief" + ("" if lang == "en" else f".{lang}") + FORMATS[format])


def format_of(out: Path | None, format: Format | None) -> Format:
    """The format asked for; else the one of the file's ending; else HTML."""
    if format is not None:
        return format
    endings = {".md": "md", ".markdown": "md", ".pdf": "pdf"}
    return endings.get(out.suffix.lower() if out else "", "html")  # type: ignore[return-value]


def unwritable(out: Path) -> str | None:
    """Why a file cannot be written, in one line; None if it can."""
    folder = out.parent
    if out.is_dir():
        return f"{out}: is a folder; give a file name, e.g. --out {out / 'brief.html'}"
    if not folder.is_dir():
        return f"{out}: the folder {folder} does not exist; make it first or give another --out"
    if not os.access(folder, os.W_OK) or (out.exists() and not os.access(out, os.W_OK)):
        return f"{out}: no permission to write there; give another --out"
    return None


def write_atomically(out: Path, body: bytes) -> None:
    """All of the file or nothing: written beside it and renamed. Raises OSError."""
    handle, name = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(body)
        os.chmod(name, 0o666 & ~_umask())
        os.replace(name, out)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def brief_command(
    plan: Any,
    run: Any,
    out: Path | None = None,
    format: Format | None = None,
    lang: Lang = "en",
    command: Sequence[str] = (),
    effects: Any = None,
) -> int:
    """Write the brief of a run of a plan and say where it is. ``command`` makes it again; ``effects`` are computed if None.

    Returns the exit code: 0 done, 2 for a path that cannot be written or a missing extra, with one line on stderr.
    """
    chosen = format_of(out, format)
    target = out if out is not None else default_out(chosen, lang)
    problem = unwritable(target)
    if problem is not None:
        return _fail(problem)
    from salpi.brief import PdfUnavailable, to_html, to_markdown, to_pdf

    model = compose(plan, run, lang, command, effects)
    try:
        body = {"html": _text(to_html), "md": _text(to_markdown), "pdf": to_pdf}[chosen](model)
        write_atomically(target, body)
    except PdfUnavailable as error:
        return _fail(str(error))
    except OSError as error:
        return _fail(f"{target}: {error.strerror or error}; give another --out")
    print(target.resolve())
    return 0


def compose(plan: Any, run: Any, lang: Lang, command: Sequence[str] = (), effects: Any = None) -> Any:
    """The brief's view model from a plan and its run."""
    from salpi.brief import build_brief
    from salpi.decide.scorecard import scorecard
    from salpi.plan.reconcile import conflicts

    return build_brief(plan, run, scorecard(plan, run), effects, conflicts(plan), lang, command)


def _text(render: Any) -> Any:
    return lambda model: render(model).encode("utf-8")


def _fail(line: str) -> int:
    print(f"salpi brief: {line}", file=sys.stderr)
    return 2
