"""Shards on Dask workers: some of this machine's own, or those of a scheduler that runs already.

A spec and the plan's text go over, never code; a worker checks both (see `spec.py`). A shard whose worker is lost is run
again by another. Own workers listen on loopback only, open no dashboard and leave no file behind.
"""

from __future__ import annotations

import logging
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

from salpi.ensemble.faults import EnsembleFault
from salpi.ensemble.job import Job
from salpi.ensemble.spec import Spec, shard
from salpi.ensemble.threads import ranges, usual

ANSWER = 10
"""Seconds in which a scheduler must answer."""
PATIENCE = 120
"""Seconds without any worker after which nobody is waited for any longer."""
UNREAD = ("deserializ", "has no attribute 'shard'")
"""What Dask's errors say where a worker or its scheduler has another salpi, or none."""
MISSING = "--workers needs Dask, which is not installed: pip install 'salpi[cluster]'"


@dataclass(frozen=True)
class Workers:
    """Runs a job's shards on workers: ``where`` is their number (own ones) or a scheduler's address.

    ``size`` (draws in a shard) moves no bit; ``progress`` is told the share done. Raises EnsembleFault.
    """

    where: int | str
    progress: Callable[[float], None] | None = None
    size: int | None = None
    patience: float = PATIENCE
    started: Callable[[Any], None] | None = None  # is given the client, e.g. to see or to stop a worker

    def __call__(self, job: Job, take: Callable[[Any], None]) -> None:
        self.run(*Spec.of(job), take)

    def run(self, spec: Spec, text: bytes, take: Callable[[Any], None]) -> None:
        """A spec, and the plan's text as `Spec.of` packs it."""
        with _client(self.where) as client:
            if self.started is not None:
                self.started(client)
            try:
                self._run(client, spec, text, take)
            except EnsembleFault:
                raise
            except Exception as error:
                told = _told(error, self.where)
                if told is None:
                    raise
                raise EnsembleFault(told) from None

    def _run(self, client: Any, spec: Spec, text: bytes, take: Callable[[Any], None]) -> None:
        crew = self._crew(client)
        todo = ranges(spec.draws, self.size or usual(spec.draws, crew))
        told, done, seen = spec.to_text(), 0, time.monotonic()
        working: set[Any] = set()
        try:
            while True:
                while len(working) < 2 * crew + 1 and (r := next(todo, None)) is not None:
                    working.add(client.submit(shard, told, text, *r, pure=False, priority=-r[0]))
                if not working:
                    return
                for future in _ready(client, working):
                    part = future.result()
                    working.discard(future)
                    take(part)
                    done += part.last - part.first
                    if self.progress is not None:
                        self.progress(done / spec.draws)
                crew = sum(client.nthreads().values())
                seen = time.monotonic() if crew else seen
                if time.monotonic() - seen > self.patience:
                    line = f"{self._name} has had no worker for {self.patience:.0f} seconds"
                    raise EnsembleFault(f"{line}; start some and run again")
        finally:
            client.cancel(list(working), force=True)

    def _crew(self, client: Any) -> int:
        """How many shards can run at once, once there is a worker."""
        try:
            client.wait_for_workers(1, timeout=self.patience)
        except TimeoutError:
            line = f"{self._name} has no worker ({self.patience:.0f} seconds waited)"
            raise EnsembleFault(f"{line}; start some: dask worker {self.where}") from None
        return int(sum(client.nthreads().values()))

    @property
    def _name(self) -> str:
        return "this machine" if isinstance(self.where, int) else f"the scheduler {self.where}"


def _ready(client: Any, working: set[Any]) -> list[Any]:
    """Those that are done; after a second at most none."""
    from distributed import wait

    try:
        with client.as_current():
            return list(wait(working, timeout=1, return_when="FIRST_COMPLETED").done)
    except TimeoutError:
        return []


@contextmanager
def _client(where: int | str) -> Iterator[Any]:
    """A client of own workers or of a scheduler's. Raises EnsembleFault."""
    try:
        from distributed import Client

        from salpi.ensemble.own import own_cluster
    except ImportError:
        raise EnsembleFault(MISSING) from None
    with ExitStack() as stack:
        for name in ("distributed", "tornado"):  # what is lost is retried or told by us
            stack.enter_context(_quiet(name))
        target: Any = where
        if isinstance(where, int):
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="salpi-workers-", ignore_cleanup_errors=True))
            target = stack.enter_context(own_cluster(where, folder))
        try:
            client = Client(target, timeout=ANSWER, set_as_default=False)
        except (OSError, TimeoutError, ValueError) as error:
            why = f"no scheduler answers there ({_line(error)})"
            raise EnsembleFault(f"--workers {where}: {why}; start one (dask scheduler), or give a number of workers") from None
        yield stack.enter_context(client)


@contextmanager
def _quiet(name: str) -> Iterator[None]:
    logger = logging.getLogger(name)
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(level)


def _told(error: BaseException, where: int | str) -> str | None:
    """One line for what Dask raises where workers are lost or cannot read what is asked; None for a bug of ours."""
    from concurrent.futures import CancelledError

    from distributed import KilledWorker
    from distributed.comm import CommClosedError

    if isinstance(error, KilledWorker):
        return f"--workers {where}: a shard was lost with several workers in a row; have they enough memory?"
    if isinstance(error, (CancelledError, CommClosedError, OSError)):
        return f"--workers {where}: the scheduler or its workers went away ({type(error).__name__}: {_line(error)})"
    if isinstance(error, ImportError) or any(mark in str(error) for mark in UNREAD):
        return f"--workers {where}: the workers cannot read salpi's shards ({_line(error)}); install this salpi on all of them"
    return None


def _line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
