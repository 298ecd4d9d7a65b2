"""The limit on the time of a page holds however slowly a server answers; a redirect to nowhere is told in one line."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator

import pytest

from salpi.evidence.documents import Limits, Refused
from salpi.evidence.documents.web import fetch

ANSWERS = {
    "/headers": (b"HTTP/1.1 200 OK\r\n", b"X: y\r\n", 0.05),
    "/continue": (b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0.0),
    "/chunks": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n", 0.05),
    "/nowhere": (b"HTTP/1.1 302 Found\r\nLocation: http://[\r\nContent-Length: 0\r\n\r\n", b"", 0.0),
}


def _answer(client: socket.socket) -> None:
    with client:
        first, more, pause = ANSWERS[client.recv(65536).split(b" ")[1].decode()]
        until = time.monotonic() + 10
        try:
            client.sendall(first)
            while more and time.monotonic() < until:
                client.sendall(more)
                time.sleep(pause)
        except OSError:
            return


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve():
            while True:
                try:
                    client, _ = server.accept()
                except OSError:
                    return
                threading.Thread(target=_answer, args=(client,), daemon=True).start()

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


@pytest.mark.parametrize("path", ["/headers", "/continue", "/chunks"])
def test_a_page_that_never_ends_is_given_up_in_time(site, path):
    began = time.monotonic()
    with pytest.raises(Refused, match=r"took (too long|longer than)"):
        fetch(site + path, Limits(seconds=0.4), allow_private=True)
    assert time.monotonic() - began < 2


def test_a_redirect_to_what_is_no_address(site):
    with pytest.raises(Refused, match=r"is redirected to 'http://\[', which is no address"):
        fetch(f"{site}/nowhere", allow_private=True)
