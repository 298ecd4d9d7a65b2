"""An OpenAI-compatible endpoint on loopback that answers what a test tells it, and remembers what it was asked."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

SECRET = "sk-test-5f3a-do-not-show"
"""A key."""
Script = Callable[[Any, dict[str, Any]], None]
"""Writes one answer through the handler; the request's JSON is the second argument."""


def claim(quote: str, context: str, value: float, unit: str, **fields: Any) -> dict[str, Any]:
    empty = dict.fromkeys(("high", "indicator", "subject", "period", "baseline"))
    return {"quote": quote, "context": context, "value": value, "unit": unit, **empty, "status": "actual", **fields}


def saying(text: str, finish: str = "stop") -> Script:
    """The model's words, whatever they are."""
    body = {"choices": [{"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": finish}]}
    return sending(200, json.dumps(body).encode())


def claiming(*claims: Any) -> Script:
    return saying(json.dumps({"claims": list(claims)}, ensure_ascii=False))


def sending(status: int, body: bytes = b"{}", **headers: str) -> Script:
    def send(handler: Any, _: dict[str, Any]) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return send


@dataclass
class Fake:
    """``script`` is used up from the front; its last entry answers all further questions."""

    url: str = ""
    script: list[Script] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)


@contextmanager
def fake_endpoint() -> Iterator[Fake]:
    fake = Fake()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            fake.asked.append(body)
            fake.headers.append(dict(self.headers.items()))
            fake.paths.append(self.path)
            script = fake.script.pop(0) if len(fake.script) > 1 else fake.script[0]
            try:
                script(self, body)
            except OSError:
                return

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    fake.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    try:
        yield fake
    finally:
        fake.stop.set()
        server.shutdown()
        server.server_close()
        thread.join()
