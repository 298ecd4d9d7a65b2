"""What commands print and write: progress, faults, JSON, files that are whole or not there."""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from salpi.evidence.printable import printable


def fail(command: str, *lines: str) -> int:
    """Print one line a problem on standard error; the exit code of bad input."""
    for line in lines:
        print(f"salpi {command}: {printable(line, None)}", file=sys.stderr)
    return 2


def say(line: str, file: Any = None) -> None:
    """Print one line that may hold text of a document."""
    print(printable(line, None), file=file or sys.stdout)


@contextmanager
def faults(command: str) -> Iterator[list[int]]:
    """Turns bad input inside the block into its lines and leaves exit code 2 in the list; a bug still raises."""
    from salpi.engine.block import NotFinite
    from salpi.engine.quantiles import Missed
    from salpi.engine.run import ModelError
    from salpi.engine.wiring import WiringError
    from salpi.ensemble.faults import EnsembleFault
    from salpi.evidence.place import LedgerFault
    from salpi.model.scenario import ScenarioError
    from salpi.plan.periods import PeriodError
    from salpi.plan.problems import PlanError

    code: list[int] = []
    try:
        yield code
    except (PlanError, ScenarioError, ModelError, WiringError) as error:
        clear()
        code.append(fail(command, *map(str, error.problems)))
    except (PeriodError, InputError, NotFinite, Missed, LedgerFault, EnsembleFault) as error:
        clear()
        code.append(fail(command, *str(error).splitlines()))


class InputError(ValueError):
    """Bad input of a command, in one line."""


CELLS = 30
"""Width of a bar of progress."""
SLOW = 10.0
"""Seconds of work from which it is told how long the rest will take."""


def progress(what: str) -> Callable[[float], None]:
    """A bar on a terminal's stderr that tells how far the work is; nothing where stderr is no terminal."""
    began = time.monotonic()

    def tell(share: float) -> None:
        if sys.stderr.isatty():
            full = round(CELLS * share)
            gone = time.monotonic() - began
            rest = f", {_long(gone / share - gone)} left" if share > 0 and gone > SLOW else ""
            bar = "█" * full + "░" * (CELLS - full)
            print(f"\r{what} {bar} {100 * share:3.0f} %{rest}\033[K", end="", file=sys.stderr, flush=True)

    return tell


def _long(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 100 else f"{seconds / 60:.0f} min"


def clear() -> None:
    """Take the line of progress away."""
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr, flush=True)


def json_text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def unwritable(out: Path) -> str | None:
    """Why a file cannot be written, in one line; None if it can."""
    if str(out) == "-":
        return "--out -: give a file name; standard output is for text and --json"
    try:
        if out.is_dir():
            return f"{out}: is a folder; give a file name, e.g. --out {out / 'out'}"
        place = out if _special(out) else Path(os.path.realpath(out))
        if not place.parent.is_dir():
            folder = place.parent if out.is_symlink() else out.parent  # as it was given
            return f"{out}: there is no folder {folder}; make it first, or give another --out"
        if not (place is out or os.access(place.parent, os.W_OK)) or (place.exists() and not os.access(place, os.W_OK)):
            return f"{out}: no permission to write there; give another --out"
    except (OSError, ValueError) as error:
        return f"{out}: {(getattr(error, 'strerror', None) or 'is no file name').lower()}; give another --out"
    return None


def _special(out: Path) -> bool:
    """Whether something is there that is no plain file: a device, a pipe, what the system leads on to another process."""
    return str(out).startswith(("/dev/std", "/dev/fd/", "/proc/")) or (out.exists() and not out.is_file())


def write_atomically(out: Path, body: bytes) -> None:
    """All of the file or nothing (``whole``). Raises OSError."""
    with whole(out) as file:
        file.write(body)


@contextmanager
def whole(out: Path) -> Iterator[BinaryIO]:
    """A file to write: all of it is there in the end, or nothing, since it is written beside its place and renamed. A link is
    followed; a device or a pipe is written into, never replaced. Raises OSError.
    """
    if _special(out):
        with open(out, "wb") as file:
            yield file
        return
    place = os.path.realpath(out)
    handle, name = tempfile.mkstemp(dir=os.path.dirname(place), prefix=".salpi.")
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(name, 0o666 & ~mask)
        os.replace(name, place)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def console() -> Any:
    """A rich console on standard output: as wide as the terminal, COLUMNS or 140 where there is none, plain there. Texts may be
    of documents: each line of theirs is made safe.
    """
    from rich.console import Console

    class Piped(Console):
        def on_broken_pipe(self) -> None:
            raise BrokenPipeError  # rich would exit with 1, which says that a check failed

        def render_str(self, text: str, **more: Any) -> Any:
            return super().render_str("\n".join(printable(line, None) for line in text.split("\n")), **more)

    asked = os.environ.get("COLUMNS", "")
    wide = int(asked) if asked.isdigit() and int(asked) >= 40 else 140
    return Piped(width=None if sys.stdout.isatty() else wide, highlight=False, soft_wrap=False)


def colophon(spec: Any) -> str:
    """What a printed table was made from, in one line."""
    made = f"{spec['plan']} · {spec['as_of']} · {spec['draws']} draws · seed {spec['seed']}"
    return f"{made} · {spec['engine']} · salpi {spec['version']}"
