"""A connection that ends when the time for a whole page is up: a timeout of the library holds for one read, and a server that
sends a header a second would never run into it.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable
from typing import Any

import httpcore


class Deadline(httpcore.NetworkStream):
    """``inner`` until ``until`` (seconds of ``clock``), then a timeout."""

    def __init__(self, inner: httpcore.NetworkStream, until: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._inner, self._until, self._clock = inner, until, clock

    def _left(self, timeout: float | None, late: type[httpcore.TimeoutException]) -> float:
        left = self._until - self._clock()
        if left <= 0:
            raise late("the time for the whole page is up")
        return left if timeout is None else min(timeout, left)

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._left(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._left(timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left = self._left(timeout, httpcore.ConnectTimeout)
        return Deadline(self._inner.start_tls(ssl_context, server_hostname, left), self._until, self._clock)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)
