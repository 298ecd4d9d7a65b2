"""A reader that has seen enough (``salpi claims | head``): the command ends quietly, with 0, and what it wrote stays whole."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator

import click


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """What a command prints; where the pipe is closed, the rest goes nowhere. Click would exit with 1: a check that failed."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        nowhere()
        raise click.exceptions.Exit(0) from None


def nowhere() -> None:
    """Lead standard output, and standard error where it is closed too, to nowhere: what is left to flush does no harm."""
    with contextlib.suppress(OSError, ValueError):  # a stream that is no file, in tests
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    try:
        sys.stderr.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())
