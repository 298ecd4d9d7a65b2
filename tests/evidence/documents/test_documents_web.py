"""Addresses: http and https only, bounded, and nothing of a private network, whichever way it is led there. Loopback only."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from salpi.evidence.documents import Limits, Refused, read, web
from salpi.evidence.documents.web import fetch, is_address, is_public

PAGE = b"<html><head><title>Exports of the year</title></head><body><p>Exports reached 15 billion dollars.</p></body></html>"


class _Site(BaseHTTPRequestHandler):
    def do_GET(self):
        path, _, query = self.path.partition("?")
        if path == "/page":
            self._send(200, PAGE, {"Content-Type": "text/html; charset=utf-8"})
        elif path == "/to":
            self._send(302, b"", {"Location": query})
        elif path == "/again":
            self._send(301, b"", {"Location": "/again"})
        elif path == "/missing":
            self._send(404, b"no")
        elif path == "/declared":
            self._send(200, b"x", {"Content-Length": "99999999"}, length=False)
        elif path == "/endless":
            self.send_response(200)
            self.end_headers()
            try:
                while True:
                    self.wfile.write(b"word " * 2000)
            except OSError:
                return
        elif path == "/slow":
            self.send_response(200)
            self.end_headers()
            try:
                for _ in range(100):
                    self.wfile.write(b"w")
                    self.wfile.flush()
                    time.sleep(0.1)
            except OSError:
                return
        elif path == "/packed":
            self._send(200, b"xx", {"Content-Encoding": "gzip"})
        elif path == "/picture":
            self._send(200, b"notreally", {"Content-Type": "image/png"})

    def _send(self, status, body, headers=None, length=True):
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        if length:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


SMALL = Limits(bytes=200_000, seconds=0.4)


def test_a_page_is_fetched_where_that_is_allowed(site):
    raw = fetch(f"{site}/page", allow_private=True)
    assert raw.data == PAGE
    assert raw.origin == f"{site}/page"
    document = read(raw)
    assert document.title == "Exports of the year"


def test_a_redirect_is_followed(site):
    raw = fetch(f"{site}/to?/page", allow_private=True)
    assert (raw.data, raw.host) == (PAGE, "127.0.0.1")


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/again", "is redirected more than 5 times"),
        ("/missing", "the server answers 404"),
        ("/declared", "is too large: 100 MB"),
        ("/endless", "is too large"),
        ("/slow", "took (longer than 1 seconds|too long)"),
        ("/packed", "is sent packed"),
        ("/to?file:///etc/passwd", "is file address: only http and https are read"),
        ("/to?ftp://127.0.0.1/x", "only http and https are read"),
    ],
)
def test_what_is_not_taken(site, path, why):
    with pytest.raises(Refused, match=why):
        fetch(site + path, SMALL, allow_private=True)


def test_a_picture_is_no_document(site):
    with pytest.raises(Refused, match="is image/png, which is not read"):
        read(fetch(f"{site}/picture", allow_private=True))


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:9/x",
        "http://localhost:9/x",
        "http://[::1]:9/x",
        "http://0.0.0.0:9/",
        "http://169.254.169.254/latest",
        "http://10.0.0.1/",
        "http://192.168.1.1/",
        "http://[fd00::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://2130706433/",
        "http://127.1/",
    ],
)
def test_private_addresses_are_refused(address):
    with pytest.raises(Refused, match="which is on this machine or a private network; --allow-private"):
        fetch(address, SMALL)


def test_a_public_name_that_leads_to_a_private_address_is_refused(site, monkeypatch):
    port = int(site.rsplit(":", 1)[1])
    asked = []

    def look_up(host, port_, **_):
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port_))]

    monkeypatch.setattr(web.socket, "getaddrinfo", look_up)
    with pytest.raises(Refused, match=r"leads to 127\.0\.0\.1, which is on this machine"):
        fetch(f"http://news.example:{port}/page", SMALL)
    assert asked == ["news.example"]


def test_a_redirect_to_a_private_address_is_refused(site, monkeypatch):
    """The first hop is allowed as if public; the second is not."""
    monkeypatch.setattr(web, "is_public", lambda address: address == "127.0.0.1")
    with pytest.raises(Refused, match=r"leads to (::1|127\.0\.0\.2)"):
        fetch(f"{site}/to?http://127.0.0.2:9/secret", SMALL)


def test_a_name_is_looked_up_once_so_that_it_cannot_change_in_between(site, monkeypatch):
    port = int(site.rsplit(":", 1)[1])
    answers = iter([[("127.0.0.1", port)], [("10.0.0.1", port)]])
    truly = socket.getaddrinfo

    def look_up(host, port_, *args, **named):
        if host != "news.example":
            return truly(host, port_, *args, **named)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", address) for address in next(answers)]

    monkeypatch.setattr(web.socket, "getaddrinfo", look_up)
    monkeypatch.setattr(web, "is_public", lambda address: True)
    connect = socket.create_connection
    seen = []
    monkeypatch.setattr(
        socket, "create_connection", lambda address, *a, **k: (seen.append(address[0]), connect(address, *a, **k))[1]
    )
    assert fetch(f"http://news.example:{port}/page", SMALL).data == PAGE
    assert seen == ["127.0.0.1"], "what was checked is what is connected to"


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("ftp://example.org/x", "is ftp address: only http and https are read"),
        ("file:///etc/passwd", "only http and https are read"),
        ("http://user:geheim77@example.org/", "holds a user name or a password"),
        ("http:///nowhere", "is http address|is no"),
        ("http://[broken", "is no valid address"),
        ("http://name.invalid/", "cannot be reached: the name 'name.invalid' is not known"),
    ],
)
def test_addresses_that_are_not_read(address, why):
    with pytest.raises(Refused, match=why) as caught:
        fetch(address, SMALL)
    assert "geheim77" not in str(caught.value)


def test_what_counts_as_an_address_and_as_public():
    assert is_address("https://a.kr/b")
    assert not is_address("reports/2026.pdf")
    assert is_public("8.8.8.8")
    assert is_public("2001:4860:4860::8888")
    for inner in ("100.64.0.1", "224.0.0.1", "::", "fe80::1%eth0", "64:ff9b::7f00:1", "2002:7f00:1::"):
        assert not is_public(inner), inner
    for inner in ("fec0::1", "::127.0.0.1", "::8.8.8.8", "::ffff:0:127.0.0.1", "::ffff:127.0.0.1", "64:ff9b:1::7f00:1"):
        assert not is_public(inner), inner
    assert is_public("64:ff9b::808:808")
