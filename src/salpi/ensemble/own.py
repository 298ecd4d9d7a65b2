"""A Dask cluster of this process's own: on loopback, closed to everyone else, without a web page, gone when it is closed.

Dask's scheduler runs whatever it is handed, so that its connections need a certificate that only this process and its
workers have, made anew each time. Needs the extra ``cluster``.
"""

from __future__ import annotations

import logging
from typing import Any

import dask
from distributed import Nanny, Scheduler, SpecCluster, Worker
from distributed.security import Security

HOST = "127.0.0.1"
ENVIRONMENT = {
    "MALLOC_MMAP_THRESHOLD_": 32 << 20,
    "MALLOC_TRIM_THRESHOLD_": 256 << 20,
    "OMP_NUM_THREADS": 1,
    "OPENBLAS_NUM_THREADS": 1,
    "MKL_NUM_THREADS": 1,
}
"""Of a worker. Dask's own lets the C library hand each array back to the system at once, and fetching it again takes time."""


class _Scheduler(Scheduler):
    def start_http_server(self, *_: Any, **__: Any) -> None:
        """No dashboard, no metrics: no second port."""


class _Worker(Worker):
    def start_http_server(self, *_: Any, **__: Any) -> None:
        """No dashboard, no metrics: no second port."""


def own_cluster(workers: int, folder: str) -> Any:
    """A cluster of worker processes with one thread each; what they write lies in ``folder``."""
    security = Security.temporary()
    common = {"host": HOST, "protocol": "tls://", "security": security}
    scheduler = {"cls": _Scheduler, "options": {**common, "port": 0, "dashboard": False}}
    options = {
        **common,
        "worker_class": _Worker,
        "nthreads": 1,
        "memory_limit": None,
        "local_directory": folder,
        "silence_logs": logging.CRITICAL,
        "dashboard": False,
    }
    crew = {i: {"cls": Nanny, "options": options} for i in range(workers)}
    with dask.config.set({"distributed.nanny.pre-spawn-environ": ENVIRONMENT}):
        return SpecCluster(
            scheduler=scheduler,
            workers=crew,
            worker={"cls": Nanny, "options": options},
            security=security,
            silence_logs=logging.CRITICAL,
            name="salpi",
        )
