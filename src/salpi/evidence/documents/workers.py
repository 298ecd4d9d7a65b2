"""Processes that read documents nobody vouches for: each has a limit on memory, each document one on time.

A document that hangs or crashes its reader costs that reader, which is started anew, and is refused; the others go on.
Results come in the order of the jobs, whatever the number of workers, so that a ledger does not depend on it.
"""

from __future__ import annotations

import contextlib
import gc
import math
import multiprocessing
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, Generic, TypeVar, cast

from salpi.evidence.documents.refused import MB, Limits, Refused

Job = TypeVar("Job")
Result = TypeVar("Result")

GARBAGE = 20_000
"""New objects after which a worker looks for those that hold each other alive: readers and extraction make few."""
HEAVY = 32 * MB
"""Results of so many bytes are no longer collected but for the one that is next, and fill a batch: workers wait with theirs."""
AHEAD = 16
"""Jobs a worker is ahead of what was taken: enough to bridge a commit, little enough to hold in memory."""


@dataclass
class _Worker(Generic[Job]):
    process: Any
    pipe: Connection
    jobs: deque[tuple[int, Job]] = field(default_factory=deque)
    since: float = 0.0


class Workers(Generic[Job, Result]):
    """A pool that maps ``work`` over jobs. ``work`` raises Refused for what it will not take; ``name`` is what a refusal calls a
    job, whatever name its work knows it by.
    """

    def __init__(
        self,
        work: Callable[[Job], Result],
        name: Callable[[Job], str],
        count: int,
        limits: Limits,
        patience: float = 1.0,
        alone: Callable[[Job], bool] = lambda _: False,
        weight: Callable[[Result], int] = lambda _: 0,
    ) -> None:
        """``patience`` is a factor on the time limit; a job that is ``alone``, being large itself, gets a worker of its own: sent
        to a busy one it could wait for that, while that waits to be heard. ``weight``: bytes that a result takes here.
        """
        self._alone, self._weight = alone, weight
        self._work, self._name, self._limits = work, name, limits
        self._count = max(1, count)
        self._seconds = limits.seconds * patience + limits.waiting
        self._context = multiprocessing.get_context("fork" if _forks() else "spawn")
        self._all: list[_Worker[Job]] = []

    def run(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, Result | Refused]]:
        """Each job with its result, in order. Jobs are taken from the iterable as they are needed."""
        for batch in self.batches(jobs, 1):
            yield from batch

    def batches(self, jobs: Iterable[Job], most: int, within: float = 0.0) -> Iterator[list[tuple[Job, Result | Refused]]]:
        """The same, several at a time: as many as ``most``, fewer where they do not come ``within`` seconds of the first."""
        source = enumerate(jobs)
        done: dict[int, tuple[Job, Result | Refused]] = {}
        batch: list[tuple[Job, Result | Refused]] = []
        next_, ended, until = 0, False, math.inf
        held, full = 0, 0  # bytes of all results that are here, and of those in the batch
        try:
            while True:
                while not ended and self._open() + len(done) < self._count * AHEAD:
                    item = next(source, None)
                    if item is None:
                        ended = True
                    else:
                        self._give(item)
                while next_ in done and len(batch) < most and full < HEAVY:
                    until = until if batch else time.monotonic() + within
                    batch.append(done.pop(next_))
                    full += self._size(batch[-1][1])
                    next_ += 1
                if batch and (len(batch) == most or full >= HEAVY or not self._open() or time.monotonic() >= until):
                    yield batch
                    held -= full
                    batch, full, until = [], 0, math.inf
                elif not self._open():
                    return
                else:
                    again: list[tuple[int, Job]] = []
                    for index, job, result in self._collect(again, until, next_ if held >= HEAVY else None):
                        done[index] = job, result
                        held += self._size(result)
                    for item in again:
                        self._give(item)
        finally:
            self.close()

    def _open(self) -> int:
        return sum(len(worker.jobs) for worker in self._all)

    def close(self) -> None:
        """End all workers at once."""
        for worker in self._all:
            _end(worker)
        self._all = []

    def _give(self, item: tuple[int, Job]) -> None:
        worker = min(self._all, key=lambda one: len(one.jobs), default=None)
        if worker is None or (worker.jobs and (len(self._all) < self._count or self._alone(item[1]))):
            worker = self._start_or(None if self._alone(item[1]) else worker)
        if not worker.jobs:
            worker.since = time.monotonic()
        worker.jobs.append(item)
        with contextlib.suppress(OSError):  # a worker that died is found when its answer is awaited
            worker.pipe.send(item)

    def _start_or(self, busy: _Worker[Job] | None) -> _Worker[Job]:
        """One more; where the system has no more processes or open files, those that there are do it. Raises OSError."""
        try:
            return self._start()
        except OSError:
            if busy is None:
                raise
            self._count = len(self._all)
            return busy

    def _start(self) -> _Worker[Job]:
        mine, theirs = self._context.Pipe()
        inherited = [*(worker.pipe for worker in self._all), mine] if _forks() else []
        process = self._context.Process(  # type: ignore[attr-defined]
            target=_serve, args=(theirs, self._work, self._limits, inherited), daemon=True
        )
        try:
            process.start()
        except OSError:
            mine.close()
            raise
        finally:
            theirs.close()
        worker: _Worker[Job] = _Worker(process, mine)
        self._all.append(worker)
        return worker

    def _size(self, result: Result | Refused) -> int:
        return 0 if isinstance(result, Refused) else self._weight(result)

    def _collect(
        self, again: list[tuple[int, Job]], until: float, only: int | None
    ) -> Iterator[tuple[int, Job, Result | Refused]]:
        """What became ready until then, or ran out of time; jobs that a lost worker had not begun go to ``again``. ``only``: from
        the worker that has this job.
        """
        busy = [worker for worker in self._all if worker.jobs and (only is None or any(only == at for at, _ in worker.jobs))]
        left = min(until, *(worker.since + self._seconds for worker in busy)) - time.monotonic()
        ready = wait([worker.pipe for worker in busy], timeout=max(left, 0.0))
        for worker in busy:
            if worker.pipe in ready:
                try:
                    index, result, last = worker.pipe.recv()
                except (EOFError, OSError):
                    yield self._lost(worker, again, "its reader crashed, or needed more memory than is allowed")
                    continue
                _, job = worker.jobs.popleft()
                worker.since = time.monotonic()
                if isinstance(result, Refused):
                    result = Refused(self._name(job), result.why)
                yield index, job, cast("Result | Refused", result)
                if last:
                    self._retire(worker, again)
            elif time.monotonic() >= worker.since + self._seconds:
                yield self._lost(worker, again, f"took longer than {self._seconds:.0f} seconds to read")

    def _lost(self, worker: _Worker[Job], again: list[tuple[int, Job]], why: str) -> tuple[int, Job, Result | Refused]:
        index, job = worker.jobs.popleft()
        self._retire(worker, again)
        return index, job, Refused(self._name(job), why)

    def _retire(self, worker: _Worker[Job], again: list[tuple[int, Job]]) -> None:
        again.extend(worker.jobs)
        worker.jobs.clear()
        self._all.remove(worker)
        _end(worker)


def _forks() -> bool:
    return sys.platform == "linux"


def _end(worker: _Worker[Any]) -> None:
    worker.process.kill()
    worker.process.join()
    worker.pipe.close()


def _serve(pipe: Connection, work: Callable[[Any], Any], limits: Limits, inherited: list[Connection]) -> None:
    """The worker's loop: until the pipe closes, that is, until the parent ends, in whatever way."""
    for other in inherited:  # else a sibling would keep the pipe of a dead parent open
        other.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit(limits)
    gc.freeze()  # what the parent made stays: it is not looked through for garbage again and again
    gc.set_threshold(GARBAGE)
    while True:
        try:
            index, job = pipe.recv()
        except (EOFError, OSError):
            os._exit(0)
        spent = False
        try:
            result = work(job)
        except Refused as refused:
            result = refused
        except MemoryError:
            spent = True
            result = None
        except RecursionError:
            result = Refused(str(getattr(job, "name", job)), "is nested too deeply to be read")
        try:
            pipe.send((index, result if not spent else _out_of_memory(job, limits), spent))
        except (OSError, MemoryError):
            os._exit(1)


def _out_of_memory(job: Any, limits: Limits) -> Refused:
    return Refused(str(getattr(job, "name", job)), f"needs more than {limits.memory // MB} MB of memory to be read")


def _limit(limits: Limits) -> None:
    """Bound the address space; where the system knows no such limit, the one on time must do."""
    try:
        import resource
    except ImportError:
        return
    with contextlib.suppress(OSError, ValueError):
        taken = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize() if _forks() else 0
        if taken:
            resource.setrlimit(resource.RLIMIT_AS, (taken + limits.memory, resource.RLIM_INFINITY))
