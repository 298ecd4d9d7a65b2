"""The plan's modules in V8 (Node, one thread) after one lever moved: calls are recorded in Python and run again there.

Counted: the kernels downstream of the lever, that of its channel's path too, with the copying of the numbers that the lever
changed and of all that come out. Not counted: what a run does around them (arrivals' intensity, quantiles).
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "elsewhere"))

import elsewhere
from salpi.engine.kernels import prepare
from salpi.engine.run import run
from salpi.model import modules
from salpi.model.scenario import resolve
from salpi.model.simulate import build, end_month, first_month

NODE = shutil.which("node")


def moved(plan: Any, scenario: Any, draws: int, turns: int = 15) -> dict[str, tuple[float, float]]:
    """Milliseconds, by the clock and of the processor, of each kernel that runs again when the plan's own scenario is
    changed to this one; the bits are compared too."""
    cache: dict[Any, Any] = {}
    start, end = first_month(plan), end_month(plan)
    models = [build(plan, resolve(plan, s), plan.meta.seed, cache) for s in (None, scenario)]
    kernels = prepare(models[0], "wasm", modules.find, range(start // 12, end // 12))
    recorder = elsewhere.Recorder(kernels)
    run(models[0], draws, start, end, block=draws, cache=cache, kernels=recorder.recording())
    before = len(recorder.calls)
    run(models[1], draws, start, end, block=draws, cache=cache, kernels=recorder.recording())
    names = {call.name for call in recorder.calls[before:]}
    calls = [call for call in recorder.calls if call.name in names]
    first = sum(call.name in names for call in recorder.calls[:before])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        built = {n: modules.find(n, kernels.calls[n][0].hash) or b"" for n in names}
        elsewhere.write(folder, calls, built)
        script, loader = elsewhere.HERE / "run_calls.mjs", elsewhere.LOADER / "kernel.mjs"
        command = [str(x) for x in (NODE, script, loader, folder, turns, first)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        wrong = elsewhere.same(calls, (folder / "out.bin").read_bytes())
    if wrong:
        raise SystemExit(f"V8 gives other bits: {wrong}")
    return {name: (clock, processor) for name, (clock, processor) in json.loads(done.stdout).items()}
