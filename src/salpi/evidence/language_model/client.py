"""Asks an OpenAI-compatible endpoint: one question, one answer, within its bounds; a fault is one line without the key.

No redirects (the key would go elsewhere), no proxies of the environment. Over http only addresses of this machine are connected
to, whatever a name resolves to.
"""

from __future__ import annotations

import json
import re
import socket
import ssl
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from salpi.evidence.documents.refused import MB
from salpi.evidence.language_model.endpoint import KEY, Endpoint, is_loopback
from salpi.evidence.printable import printable

if TYPE_CHECKING:
    import httpcore

AGAIN = (429, 500, 502, 503, 504)
SHOWN = 160
"""Characters of a server's own words in a message."""


class EndpointFault(Exception):
    """The endpoint gives no answer; the message says why. ``lasting``: another question would fare no better."""

    def __init__(self, why: str, lasting: bool = False) -> None:
        super().__init__(why)
        self.lasting = lasting


class Unreadable(Exception):
    """An answer came, but it is not what was asked for."""


@dataclass(frozen=True)
class Clock:
    """Time as the client sees it; tests have their own."""

    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep


def ask(endpoint: Endpoint, body: bytes, until: float, clock: Clock | None = None) -> str:
    """The text that the model answers to a request. ``until``: seconds of the clock.

    Raises EndpointFault; Unreadable where the model was cut off in the middle.
    """
    clock = clock or Clock()
    bounds = endpoint.bounds
    until = min(until, clock.now() + bounds.answer)
    wait = bounds.first_wait
    for left in range(bounds.tries - 1, -1, -1):
        status, data, patience = _post(endpoint, body, until, clock)
        if status == 200:
            return content(endpoint, data)
        if status not in AGAIN or not left:
            raise _refusal(endpoint, status, data)
        pause = min(max(wait, patience), bounds.longest_wait)
        if clock.now() + pause >= until:
            raise _refusal(endpoint, status, data)
        clock.sleep(pause)
        wait *= 2
    raise EndpointFault(f"{endpoint.url} is asked no times at all: tries must be 1 or more", lasting=True)


def content(endpoint: Endpoint, data: bytes) -> str:
    """The model's words in the body of an answer."""
    try:
        choice = json.loads(data)["choices"][0]
        text = choice["message"]["content"]
    except (ValueError, LookupError, TypeError, RecursionError):
        raise EndpointFault(
            f"{endpoint.url} does not answer as an OpenAI-compatible endpoint does; check the address", lasting=True
        ) from None
    if not isinstance(text, str) or choice.get("finish_reason") == "length":
        raise Unreadable("cut off" if isinstance(text, str) else "no text")
    return text


def _refusal(endpoint: Endpoint, status: int, data: bytes) -> EndpointFault:
    where = endpoint.url
    if status in (401, 403):
        return EndpointFault(f"{where} refuses the key ({status}); set {KEY} to one that it takes", lasting=True)
    if 300 <= status < 400:
        return EndpointFault(f"{where} leads elsewhere ({status}); give the address that it leads to", lasting=True)
    if status == 404:
        return EndpointFault(f"{where} knows no such address or model ({status}){_words(endpoint, data)}", lasting=True)
    if status in AGAIN:
        return EndpointFault(f"{where} still answers {status} after {endpoint.bounds.tries} tries or no time is left for more")
    return EndpointFault(f"{where} refuses the question ({status}){_words(endpoint, data)}")  # this one: too long, or filtered


def _words(endpoint: Endpoint, data: bytes) -> str:
    """What the server says for itself, as one safe line without the key."""
    try:
        said = json.loads(data)["error"]
        said = said["message"] if isinstance(said, dict) else said
    except (ValueError, LookupError, TypeError, RecursionError):
        return ""
    if not isinstance(said, str):
        return ""
    if endpoint.key:
        said = said.replace(endpoint.key, "…")
    return f": {printable(said[:SHOWN])}"


def _post(endpoint: Endpoint, body: bytes, until: float, clock: Clock) -> tuple[int, bytes, float]:
    """Status, body and the seconds of patience that the server asks for."""
    import httpcore

    headers = [
        ("Host", urlsplit(endpoint.url).netloc),
        ("Content-Type", "application/json"),
        ("Content-Length", str(len(body))),
        ("Accept", "application/json"),
        ("Accept-Encoding", "identity"),
        ("User-Agent", "salpi (evidence)"),
    ]
    if endpoint.key:
        headers.append(("Authorization", f"Bearer {endpoint.key}"))
    bounds = endpoint.bounds
    left = max(until - clock.now(), 0.05)
    timeout = {"connect": min(bounds.connect, left), "read": left, "write": left, "pool": left}
    try:
        with (
            httpcore.ConnectionPool(network_backend=_bounded(endpoint, until, clock), retries=0, http2=False) as pool,
            pool.stream("POST", endpoint.url, headers=headers, content=body, extensions={"timeout": timeout}) as response,
        ):
            named = {name.lower(): value for name, value in response.headers}
            return response.status, _body(endpoint, response.iter_stream()), _patience(named.get(b"retry-after", b""))
    except httpcore.TimeoutException:
        raise EndpointFault(f"{endpoint.url} took longer than {bounds.answer:g} seconds, or than the document's time") from None
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol, OSError, ValueError) as error:
        if isinstance(error.__context__, ssl.SSLError):
            why = "its certificate is not trusted; SSL_CERT_FILE names the file of an authority of your own"
            raise EndpointFault(f"{endpoint.url} cannot be reached: {why}", lasting=True) from None
        # without the error's own words: they could hold what was sent
        raise EndpointFault(f"{endpoint.url} cannot be reached ({type(error).__name__})") from None


def _body(endpoint: Endpoint, chunks: Iterable[bytes]) -> bytes:
    data = bytearray()
    for chunk in chunks:
        data += chunk
        if len(data) > endpoint.bounds.bytes:
            raise EndpointFault(f"{endpoint.url} answers with more than {endpoint.bounds.bytes / MB:g} MB")
    return bytes(data)


def _patience(header: bytes) -> float:
    return float(header) if re.fullmatch(rb"\d{1,6}(?:\.\d{1,6})?", header.strip()) else 0.0


def _bounded(endpoint: Endpoint, until: float, clock: Clock) -> httpcore.NetworkBackend:
    """A network on which every read ends in time, and http reaches this machine only."""
    import httpcore

    plain = endpoint.url.startswith("http:")

    class Stream(httpcore.NetworkStream):
        """A connection whose reads share one end of time: a byte now and then does not keep it open."""

        def __init__(self, inner: httpcore.NetworkStream) -> None:
            self.inner = inner

        def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
            left = until - clock.now()
            if left <= 0:
                raise httpcore.ReadTimeout("too late")
            return self.inner.read(max_bytes, left)

        def write(self, buffer: bytes, timeout: float | None = None) -> None:
            self.inner.write(buffer, timeout)

        def close(self) -> None:
            self.inner.close()

        def start_tls(
            self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
        ) -> httpcore.NetworkStream:
            return Stream(self.inner.start_tls(ssl_context, server_hostname, timeout))

        def get_extra_info(self, info: str) -> Any:
            return self.inner.get_extra_info(info)

    class Bounded(httpcore.SyncBackend):
        def connect_tcp(
            self,
            host: str,
            port: int,
            timeout: float | None = None,
            local_address: str | None = None,
            socket_options: Any = None,
        ) -> httpcore.NetworkStream:
            places = [host]
            if plain:  # a name that is looked up twice could lead elsewhere the second time
                found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
                places = [str(entry[4][0]) for entry in found if is_loopback(str(entry[4][0]))]
            last: Exception = httpcore.ConnectError("no address of this machine")
            for place in dict.fromkeys(places):
                try:
                    return Stream(super().connect_tcp(place, port, timeout, local_address, socket_options))
                except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                    last = error
            raise last

    return Bounded()
