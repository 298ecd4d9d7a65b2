"""Shards on the threads of this process: a few at a time, so that memory stays small whatever the number of draws."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from itertools import islice
from typing import Any

from salpi.ensemble.job import Job, Session

SHARD = 1024
"""Draws in a shard: their arrays stay in cache, and a lost one costs a second."""
SMALLEST = 256


def ranges(draws: int, size: int) -> Iterator[tuple[int, int]]:
    """The shards of an ensemble: first draw, and the one after the last."""
    return ((first, min(first + size, draws)) for first in range(0, draws, size))


def usual(draws: int, workers: int) -> int:
    """A shard's size: so that every worker has one, no smaller than is worth it."""
    return min(SHARD, max(SMALLEST, -(-draws // (32 * workers)) * 32))


@dataclass(frozen=True)
class Threads:
    """Runs a job's shards here. ``threads`` and ``size`` (draws in a shard) move no bit; ``progress`` is told the share done."""

    progress: Callable[[float], None] | None = None
    threads: int | None = None
    size: int | None = None

    def __call__(self, job: Job, take: Callable[[Any], None]) -> None:
        threads = self.threads or os.cpu_count() or 1
        todo = ranges(job.draws, self.size or usual(job.draws, threads))
        session, done = Session(job), 0
        if job.draws <= (self.size or SMALLEST):
            take(session.part(0, job.draws))
            return
        with ThreadPoolExecutor(threads) as pool:
            try:
                working = {pool.submit(session.part, *r) for r in islice(todo, threads + 1)}
                while working:
                    ready, working = wait(working, return_when=FIRST_COMPLETED)
                    working |= {pool.submit(session.part, *r) for r in islice(todo, len(ready))}
                    done += sum(self._take(future, take) for future in ready)
                    if self.progress is not None:
                        self.progress(done / job.draws)
            finally:
                pool.shutdown(wait=False, cancel_futures=True)

    @staticmethod
    def _take(future: Future[Any], take: Callable[[Any], None]) -> int:
        part = future.result()
        take(part)
        return int(part.last - part.first)
