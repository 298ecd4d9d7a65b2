"""Pages by address: http and https only, bounded in size and time, and never from a private network unless allowed.

Addresses are checked where the connection is made, with the very address that is then used: neither a redirect nor a name
that changes its address between look-up and use leads past the check. Proxies of the environment are not used.
"""

from __future__ import annotations

import ipaddress
import re
import socket
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from salpi.evidence.documents.read import Raw, too_large
from salpi.evidence.documents.refused import Limits, Refused

if TYPE_CHECKING:
    import httpcore

REDIRECTS = 5
CONNECT_SECONDS = 10.0
SCHEMES = ("http", "https")
_ADDRESS = re.compile(r"^[a-z][a-z0-9+.-]*://", re.IGNORECASE)


_HOLD_IPV4 = tuple(map(ipaddress.ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "::/96", "::ffff:0:0:0/96")))
"""Networks whose addresses end in one of IPv4: translated (NAT64, also a network's own), and two old ways of writing."""
_NOT_PUBLIC = tuple(map(ipaddress.ip_network, ("fec0::/10", "64:ff9b:1::/48", "::/96", "::ffff:0:0:0/96")))
"""Local to a site or a translator, or not given out any more; not every Python calls them so."""


def is_address(text: str) -> bool:
    """Whether a text is meant as an address (``scheme://…``), no file."""
    return _ADDRESS.match(text) is not None


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the open internet: not loopback, private, link-local, shared, reserved or multicast."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and any(ip in network for network in _HOLD_IPV4):
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None and not is_public(str(inner)):
            return False
        if any(ip in network for network in _NOT_PUBLIC):
            return False
    return ip.is_global and not ip.is_multicast


def fetch(url: str, limits: Limits | None = None, allow_private: bool = False) -> Raw:
    """The page at an address, after at most five redirects. Raises Refused with the reason."""
    import httpcore

    limits = limits or Limits()
    shown = without_credentials(url)
    until = time.monotonic() + 2 * limits.seconds
    at = url
    with httpcore.ConnectionPool(network_backend=_guarded(shown, allow_private, until), retries=0, http2=False) as pool:
        for _ in range(REDIRECTS + 1):
            _check_scheme(shown, at)
            try:
                answer = _get(pool, at, shown, limits, until)
            except Refused:
                raise
            except (
                httpcore.NetworkError,
                httpcore.ProtocolError,
                httpcore.TimeoutException,
                httpcore.UnsupportedProtocol,
            ) as error:
                why = "took too long" if isinstance(error, httpcore.TimeoutException) else "cannot be reached"
                raise Refused(shown, f"{why} ({type(error).__name__})") from None
            except (ValueError, UnicodeError, OSError) as error:
                raise Refused(shown, f"cannot be reached ({type(error).__name__})") from None
            if isinstance(answer, Raw):
                return Raw(answer.name, answer.data, url, answer.encoding, answer.media, urlsplit(at).hostname)
            try:
                at = urljoin(at, answer)
            except ValueError:
                raise Refused(shown, f"is redirected to {answer[:200]!r}, which is no address") from None
    raise Refused(shown, f"is redirected more than {REDIRECTS} times")


def _check_scheme(shown: str, at: str) -> None:
    try:
        parts = urlsplit(at)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise Refused(shown, "is no valid address") from None
    if parts.scheme.lower() not in SCHEMES or not host:
        raise Refused(shown, f"is {parts.scheme or 'no'} address: only http and https are read")
    if parts.username or parts.password:
        raise Refused(shown, "holds a user name or a password: addresses with credentials are not read")


def _get(pool: httpcore.ConnectionPool, at: str, shown: str, limits: Limits, until: float) -> Raw | str:
    """The page, or the address to which it is redirected."""
    left = max(until - time.monotonic(), 0.1)
    timeout = {"connect": min(CONNECT_SECONDS, left), "read": min(limits.seconds, left), "write": CONNECT_SECONDS, "pool": left}
    parts = urlsplit(at)
    headers: list[tuple[bytes | str, bytes | str]] = [
        ("Host", _host(parts)),
        ("Accept", "text/html, text/plain, text/markdown, application/pdf, */*;q=0.5"),
        ("Accept-Encoding", "identity"),
        ("User-Agent", "salpi (evidence reader)"),
    ]
    target = parts._replace(fragment="").geturl().encode("ascii", "strict") if at.isascii() else _quoted(at)
    with pool.stream("GET", target, headers=headers, extensions={"timeout": timeout}) as response:
        named = {name.lower(): value.decode("latin-1") for name, value in response.headers}
        if response.status in (301, 302, 303, 307, 308) and b"location" in named:
            return named[b"location"]
        if response.status != 200:
            raise Refused(shown, f"is not to be had: the server answers {response.status}")
        if named.get(b"content-encoding", "identity").strip().lower() not in ("", "identity"):
            raise Refused(shown, "is sent packed although that was not asked for; save the page and give the file")
        size = int(named[b"content-length"]) if named.get(b"content-length", "").isdigit() else 0
        if size > limits.bytes:
            raise Refused(shown, too_large(size, limits))
        return _body(response.iter_stream(), named, at, shown, limits, until)


def _body(chunks: Iterable[bytes], named: dict[Any, str], at: str, shown: str, limits: Limits, until: float) -> Raw:
    data = bytearray()
    for chunk in chunks:
        data += chunk
        if len(data) > limits.bytes:
            raise Refused(shown, too_large(len(data), limits))
        if time.monotonic() > until:
            raise Refused(shown, f"took longer than {2 * limits.seconds:.0f} seconds to load")
    kind = named.get(b"content-type", "")
    charset = re.search(r"charset\s*=\s*\"?([A-Za-z0-9_-]{2,20})", kind, re.IGNORECASE)
    media = kind.partition(";")[0].strip().lower() or None
    return Raw(shown, bytes(data), at, charset[1] if charset else None, media)


def _quoted(at: str) -> bytes:
    from urllib.parse import quote

    parts = urlsplit(at)
    host = (parts.hostname or "").encode("idna").decode("ascii") + (f":{parts.port}" if parts.port else "")
    path, query = quote(parts.path, safe="/%:@!$&'()*+,;="), quote(parts.query, safe="/%:@!$&'()*+,;=?")
    return f"{parts.scheme}://{host}{path}{'?' + query if query else ''}".encode("ascii")


def _host(parts: Any) -> str:
    name = (parts.hostname or "").encode("idna").decode("ascii") if not (parts.hostname or "").isascii() else parts.hostname or ""
    name = f"[{name}]" if ":" in name else name
    return f"{name}:{parts.port}" if parts.port else name


def without_credentials(url: str) -> str:
    """An address without credentials, for messages and as the document's name."""
    return re.sub(r"//[^/@\s]*@", "//", url)[:300]


def _guarded(shown: str, allow_private: bool, until: float) -> httpcore.NetworkBackend:
    import httpcore

    from salpi.evidence.documents.deadline import Deadline

    class Guarded(httpcore.SyncBackend):
        """Looks the name up once, checks every address, and connects to one of the addresses that it checked."""

        def connect_tcp(
            self,
            host: str,
            port: int,
            timeout: float | None = None,
            local_address: str | None = None,
            socket_options: Any = None,
        ) -> httpcore.NetworkStream:
            try:
                found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            except (OSError, UnicodeError):
                raise Refused(shown, f"cannot be reached: the name {host!r} is not known") from None
            addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
            if not allow_private and (inner := [address for address in addresses if not is_public(address)]):
                why = f"leads to {inner[0]}, which is on this machine or a private network; --allow-private reads it all the same"
                raise Refused(shown, why)
            last: Exception = OSError("no address")
            for address in addresses[:4]:
                try:
                    left = max(min(timeout or CONNECT_SECONDS, until - time.monotonic()), 0.1)
                    return Deadline(super().connect_tcp(address, port, left, local_address, socket_options), until)
                except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                    last = error
            raise last

        def connect_unix_socket(
            self, path: str, timeout: float | None = None, socket_options: Any = None
        ) -> httpcore.NetworkStream:
            raise Refused(shown, "is no address on a network")

    return Guarded()
