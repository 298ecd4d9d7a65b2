"""The command line. ``entry`` is the program ``salpi``; what a command needs is imported when it runs."""

from __future__ import annotations

import atexit
import contextlib
import gc
import os
import sys
from collections.abc import Sequence
from typing import Any


def entry() -> None:
    """``main`` as a process of its own: what was asked for at exit is done, the rest is left to the system to take back."""
    try:
        main()
    except SystemExit as done:  # a bug raises through: nothing is cut short
        atexit._run_exitfuncs()
        with contextlib.suppress(OSError):  # what could not be written was told already
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(done.code if isinstance(done.code, int) else int(done.code is not None))


def begin() -> None:
    """What a command sets before NumPy is imported."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # its products are small: more threads spin, and may sum in another order
    gc.set_threshold(200_000, 20, 20)  # a plan is a million small objects without a cycle: looking for one cost a seventh


def main(argv: Sequence[str] | None = None) -> None:
    """Run one command and exit: 0 done, 1 a comparison failed, 2 bad input with one line a problem on standard error."""
    begin()
    import click

    from salpi.cli.app import program
    from salpi.cli.streams import prepare, shortage

    closed = prepare()
    if closed is not None:
        _tell(f"salpi: {closed}")
        sys.exit(2)
    try:
        code = program.main(args=None if argv is None else list(argv), prog_name="salpi", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        print(error.format_message())
        code = 2
    except click.ClickException as error:
        context = getattr(error, "ctx", None)
        where = context.command_path if context is not None else "salpi"
        text = " ".join(_message(error).split()).rstrip(".")
        _tell(f"{where}: {text}; `{where} --help` shows what it takes")
        code = 2
    except (click.Abort, KeyboardInterrupt):
        _tell("salpi: stopped; nothing was written")
        code = 130
    except OSError as error:
        why = shortage(error)
        if why is None:
            raise
        _tell(f"salpi: {why}")
        code = 2
    sys.exit(code if isinstance(code, int) else 0)


def _tell(line: str) -> None:
    with contextlib.suppress(BrokenPipeError):  # nobody reads it: the exit code says it all the same
        print(line, file=sys.stderr)


def _message(error: Any) -> str:
    """A wrong value by its option's name; everything else in click's words."""
    import click

    if type(error) is click.BadParameter and error.param is not None:
        return f"{error.param.opts[0]} {error.message}"
    return str(error.format_message())
