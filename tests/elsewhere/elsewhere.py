"""Calls of kernels, recorded in Python and run again in Node and in a browser: the bits must be the same everywhere."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from salpi.engine.emit_entities import EntityKernel
from salpi.engine.kernels import Kernels

HERE = Path(__file__).parent
LOADER = Path(str(files("salpi.engine"))) / "web"
BROWSER = next((b for b in ("chromium", "chromium-browser", "google-chrome") if shutil.which(b)), None)
SECONDS = 120
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip

needs_node = pytest.mark.skipif(shutil.which("node") is None, reason="needs Node (apt-get install nodejs)")
needs_browser = pytest.mark.skipif(BROWSER is None, reason="needs chromium (apt-get install chromium)")


@dataclass(frozen=True)
class Call:
    """One call: the bytes that went in and came out (without the room that a kernel of entities works in)."""

    name: str
    inputs: tuple[bytes, ...]
    meta: tuple[int, ...]
    sizes: tuple[int, ...]
    outputs: tuple[bytes, ...]


@dataclass
class Recorder:
    """Kernels that write down every call."""

    kernels: Kernels
    calls: list[Call] = field(default_factory=list)

    def recording(self) -> Kernels:
        return replace(self.kernels, calls={n: (k, self._wrap(n, k, c)) for n, (k, c) in self.kernels.calls.items()})

    def _wrap(self, name: str, kernel: Any, call: Callable[..., int]) -> Callable[..., int]:
        def run(arrays: Sequence[Any], outs: Sequence[Any], meta: Any) -> int:
            bad = call(arrays, outs, meta)
            kept = outs[:-1] if isinstance(kernel, EntityKernel) else outs
            made = tuple(a.tobytes() for a in kept)
            sizes = tuple(a.nbytes for a in outs)
            self.calls.append(Call(name, tuple(a.tobytes() for a in arrays), tuple(map(int, meta)), sizes, made))
            return bad

        return run


def write(folder: Path, calls: Sequence[Call], modules: Mapping[str, bytes]) -> None:
    """A folder that another program can run: ``calls.json``, ``data.bin`` and a module for each kernel."""
    folder.mkdir(exist_ok=True)
    told, data = [], bytearray()
    before: dict[str, tuple[bytes, ...]] = {}
    for call in calls:
        places: list[list[int] | None] = []
        known = before.get(call.name, ())
        alike = [len(one) for one in known] == [len(one) for one in call.inputs]
        before[call.name] = call.inputs
        for k, one in enumerate(call.inputs):
            if alike and one == known[k]:  # as it was in the call before
                places.append(None)
                continue
            places.append([len(data), len(one)])
            data += one
            data += bytes(-len(data) % 8)
        told.append({"name": call.name, "inputs": places, "sizes": call.sizes, "meta": [str(m) for m in call.meta]})
    (folder / "calls.json").write_text(json.dumps(told), "ascii")
    (folder / "data.bin").write_bytes(bytes(data))
    for name, module in modules.items():
        (folder / f"{name}.wasm").write_bytes(module)


def same(calls: Sequence[Call], made: bytes) -> list[str]:
    """Names of the calls whose outputs differ from what came out elsewhere."""
    at, wrong = 0, []
    for call in calls:
        for k, size in enumerate(call.sizes):
            if k < len(call.outputs) and made[at : at + size] != call.outputs[k]:
                wrong.append(f"{call.name}, output {k}")
            at += size
    return wrong if at == len(made) else [f"{len(made)} bytes came out, {at} were expected"]


def in_node(folder: Path) -> bytes:
    command = ["node", str(HERE / "run_calls.mjs"), str(LOADER / "kernel.mjs"), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS)
    assert done.returncode == 0, done.stderr[-2000:]
    return (folder / "out.bin").read_bytes()


TYPES = {".html": "text/html", ".mjs": "text/javascript", ".json": "application/json", ".wasm": "application/wasm"}


def in_browser(folder: Path, home: Path) -> bytes:
    """The calls in a worker of a page, served on this machine's own address; chromium is stopped when the page has answered."""
    answer: dict[str, bytes] = {}
    come = threading.Event()
    places = {"/": HERE / "run_calls.html"}
    places |= {f"/{p.name}": p for p in (*LOADER.glob("*.mjs"), *folder.iterdir())}

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = places.get(self.path)
            body = found.read_bytes() if found else b""
            self.send_response(200 if found else 404)
            self.send_header("Content-Type", TYPES.get(found.suffix if found else "", "application/octet-stream"))
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            answer[self.path[1:]] = self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(204)
            self.end_headers()
            come.set()

        def log_message(self, *_: Any) -> None:
            pass

    assert BROWSER is not None
    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page = f"http://127.0.0.1:{server.server_port}/"
        command = [BROWSER, *FLAGS, f"--user-data-dir={home}", "--remote-debugging-port=0", page]
        with open(os.devnull, "r+b") as null:
            process = subprocess.Popen(command, stdin=null, stdout=null, stderr=null, start_new_session=True)
        try:
            until = time.monotonic() + SECONDS
            while not come.wait(0.1):
                assert process.poll() is None, f"the browser ended with code {process.returncode}"
                assert time.monotonic() < until, "the page gave no answer"
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, 15)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, 9)
                process.wait()
            server.shutdown()
    assert "error" not in answer, answer["error"].decode()
    return answer["out"]
