"""Work side by side: each piece in a forked process of its own, which sees what its parent had and sends back what it found."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any


def together(*jobs: Callable[[], Any]) -> list[Any]:
    """What each job gives, in order. Raises RuntimeError where one ended without a result; its own message stands above."""
    context = multiprocessing.get_context("fork")
    running = []
    for job in jobs:
        out, into = context.Pipe(duplex=False)
        process = context.Process(target=_send, args=(job, into))
        process.start()
        into.close()
        running.append((process, out))
    found = []
    for process, out in running:
        try:
            found.append(out.recv())
        except EOFError:
            for other, _ in running:  # they may wait for ever to send theirs
                other.terminate()
            raise RuntimeError("a part of the work ended without a result") from None
        process.join()
    return found


def _send(job: Callable[[], Any], into: Connection) -> None:
    into.send(job())
    into.close()
