"""The engine against its peers and limits, in one run on one machine: ``python benchmarks/engine.py``. Printed, never asserted.

bio30 (see ``bio30.py``) on every engine that is here, against the spike's NumPy and PySD where ``../shared/spike`` is, and a
kernel in Numba where that is installed; lives of entities against SimPy; the bundled plan: levers, large ensembles, cold start.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import bio30
import lives
import numpy as np

from salpi.engine import entity_kernels, native
from salpi.engine.entities import run_entities
from salpi.engine.kernels import NUMPY, KernelError, Kernels, _native, prepare, sources
from salpi.engine.run import run

ROOT = Path(__file__).resolve().parents[1]
SPIKE = ROOT.parent / "shared" / "spike"
END = bio30.START + 12 * bio30.YEARS
FLOPS = {"exp": 29, "log": 30}

PEAK = """
typedef double F; enum { W = 64 };
int run(const void *const *in, void *const *out, const long long *meta) {
  F x[W], a = *(const F *)in[0], b = *(const F *)in[1];
  for (int l = 0; l < W; l++) x[l] = l;
  for (long long i = 0; i < meta[0]; i++) for (int l = 0; l < W; l++) x[l] = __builtin_fma(x[l], a, b);
  F s = 0; for (int l = 0; l < W; l++) s += x[l];
  *(F *)out[0] = s; return 0;
}
"""


def seconds(action: Callable[[], object], runs: int) -> float:
    """Median wall time after one run to warm up."""
    action()
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        action()
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def say(name: str, value: str, note: str = "") -> None:
    print(f"{name:<66} {value:>16}  {note}", flush=True)


def readings(model: Any, years: Any = ()) -> dict[str, Kernels]:
    out = {"numpy": NUMPY}
    for name in ("native", "wasm"):
        try:
            out[name] = prepare(model, name, None, years)
        except KernelError as error:
            say(f"{name} is not here", "", str(error))
    return out


def fma_peak() -> float:
    """Floating-point operations a second of all cores, fused multiply-adds in registers counted as two."""
    flags = native.STRICT
    native.STRICT = ("-ffp-contract=fast", "-O3", "-ffast-math", "-w")
    call = native.build(PEAK)
    native.STRICT = flags
    turns, cores = 20_000_000, os.cpu_count() or 1
    arrays = [np.array([1.0 - 1e-9]), np.array([1e-9])]

    def one(_: int) -> int:
        return _native(call)(arrays, [np.zeros(1)], np.array([turns], dtype=np.int64))

    with ThreadPoolExecutor(cores) as pool:
        took = seconds(lambda: list(pool.map(one, range(cores))), 3)
    return cores * turns * 64 * 2 / took


def bandwidth() -> float:
    """Bytes a second of a copy that fits no cache."""
    a, b = np.ones(16_000_000), np.empty(16_000_000)
    return 2 * a.nbytes / seconds(lambda: np.copyto(b, a), 5)


def ensemble(model: Any, kernels: Kernels, draws: int, threads: int | None = None) -> None:
    """A run, random numbers and quantiles included."""
    result = run(model, draws, bio30.START, END, kernels=kernels, threads=threads)
    for values in result.annual.values():
        np.quantile(np.ascontiguousarray(values.T), (0.05, 0.25, 0.5, 0.75, 0.95), axis=1)


def bio(draws: int, runs: int) -> None:
    print(f"\nbio30: 20 years by month, {draws:,} draws, random numbers and quantiles included\n")
    model = bio30.model()
    found = readings(model)
    rates = {name: draws / seconds(lambda k=k: ensemble(model, k, draws), runs) for name, k in found.items() if name != "numpy"}
    rates["numpy"] = 10_000 / seconds(lambda: ensemble(model, NUMPY, 10_000), 1)
    peers = numpy_peer(runs) | numba_peer(runs) | pysd_peer()
    base = peers.get("the spike's NumPy, draws not counted", rates["numpy"])
    for name, rate in {**rates, **peers}.items():
        say(
            name,
            f"{rate:,.1f}/s",
            f"{rate / base:,.2f} x the {'spike' if len(peers) and base != rates['numpy'] else 'reading'}'s NumPy",
        )
    if "native" in rates:
        graph = sources(model)["bio30"].operations
        monthly = graph[5] + 3 * FLOPS["exp"] + 2 * FLOPS["log"] + 32
        peak = fma_peak()
        inner = draws / seconds(lambda: run(model, draws, bio30.START, END, kernels=found["native"]), runs)
        share = inner * monthly * 240 / peak
        say(
            "share of the measured FMA peak, native",
            f"{100 * share:.1f} %",
            f"needed 12, aimed at 30; peak {peak / 1e9:.0f} Gflop/s",
        )
        moved = inner * 8 * (41 * 2 + 4 * 20)
        say("share of the measured memory bandwidth, native", f"{100 * moved / bandwidth():.1f} %")
    for n in (1, 1000, 10_000):
        for name, kernels in found.items():
            if name != "numpy" or n <= 1000:
                say(f"{n:,} draws, {name}", f"{1000 * seconds(lambda k=kernels, n=n: ensemble(model, k, n), runs):,.2f} ms")


def numpy_peer(runs: int) -> dict[str, float]:
    if not (SPIKE / "np_model.py").is_file():
        say("the spike's NumPy model is not here", "", str(SPIKE))
        return {}
    sys.path.insert(0, str(SPIKE))
    import np_model
    import params

    x, z = params.draws(20_000)
    return {"the spike's NumPy, draws not counted": 20_000 / seconds(lambda: np_model.run(x, z), runs)}


def numba_peer(runs: int) -> dict[str, float]:
    if find_spec("numba") is None or not (SPIKE / "params.py").is_file():
        say("Numba (or the spike's numbers) is not here", "")
        return {}
    import params
    import peer_numba

    x, z = params.draws(50_000)
    return {"Numba, one loop a member on all cores, fast maths": 50_000 / seconds(lambda: peer_numba.run(x, z), runs)}


def pysd_peer() -> dict[str, float]:
    if find_spec("pysd") is None or not (SPIKE / "bio30.mdl").is_file():
        say("PySD (or the spike's model file) is not here", "")
        return {}
    import shutil
    import tempfile

    warnings.filterwarnings("ignore")
    import pysd

    with tempfile.TemporaryDirectory() as folder:
        path = shutil.copy(SPIKE / "bio30flat.mdl", folder)
        try:
            model = pysd.read_vensim(path)
            took = seconds(lambda: model.run(return_columns=["exports"], return_timestamps=list(range(0, 241, 12))), 3)
        except Exception as error:  # a peer that does not run on this Python is no failure of ours
            say("PySD does not run here", "", f"{type(error).__name__}: {error}"[:80])
            return {}
    return {"PySD, written out": 1 / took}


def entities(draws: int, runs: int) -> None:
    its = lives.bound()
    print(f"\nLives of entities: {len(its.dims['entity']):,} assets, four stages, {draws:,} draws\n")
    years = np.arange(lives.START // 12, lives.END // 12)
    kernel = entity_kernels.emit(lives.SECTOR, its, years)
    call = _native(native.build(kernel.source))
    cores = os.cpu_count() or 1
    part = [lives.context(draws // cores) for _ in range(cores)]

    def compiled() -> None:
        with ThreadPoolExecutor(cores) as pool:
            list(pool.map(lambda c: entity_kernels.run(kernel, call, lives.SECTOR, its, c), part))

    ours = cores * (draws // cores) / seconds(compiled, runs)
    plain = 200 / seconds(lambda: run_entities(lives.SECTOR, its, lives.context(200)), 1)
    say("native", f"{ours:,.0f} draws/s")
    say("NumPy reading", f"{plain:,.0f} draws/s", f"native is {ours / plain:,.1f} x as fast")
    if find_spec("simpy") is None:
        say("SimPy is not installed", "")
        return
    theirs = 4 / seconds(lambda: lives.simpy_draws(4), 1)
    say("SimPy", f"{theirs:,.2f} draws/s", f"native is {ours / theirs:,.0f} x as fast; needed 300, aimed at 1,500")


def plan(large: bool) -> None:
    import salpi

    print("\nThe bundled plan\n")
    its = salpi.load_plan("korea")
    engine = its.simulate(draws=1).spec["engine"]
    say("engine", engine)
    for n in (1, 1000, 10_000, *((100_000,) if large else ())):
        say(f"{n:,} draws", f"{seconds(lambda n=n: its.simulate(draws=n), 1):,.2f} s")
    cache: dict[Any, Any] = {}
    its.simulate(draws=2000, cache=cache)
    step = iter(range(1, 100))
    for name, measure, limit in (
        ("stock-and-flow lever, 2,000 draws", "makers.cdmo-act", "needed 60, aimed at 10"),
        ("lever that reaches the assets, 2,000 draws", "discovery.cell-gene", "needed 200, aimed at 60"),
    ):
        if measure in its.measures:
            move = lambda m=measure: its.simulate(salpi.scenario(its, {m: next(step) / 100}), draws=2000, cache=cache)  # noqa: E731
            say(name, f"{1000 * seconds(move, 3):,.0f} ms", limit)


COLD = """
import sys, time
began = time.perf_counter()
from salpi.engine import native
def none(): raise native.KernelError("no C compiler was found")
native.compiler = none
import salpi
plan = salpi.load_plan("korea")
run = plan.simulate(draws=1000)
run.quantiles("exports.biopharma@khidi2022")
import resource
print(run.spec["engine"], time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def cold() -> None:
    print("\nFrom the start of a process to the first fan of 1,000 draws, no compiler on the machine\n")
    for which in ("first time", "later"):
        began = time.perf_counter()
        done = subprocess.run([sys.executable, "-c", COLD], check=True, capture_output=True, text=True)
        *engine, _, memory = done.stdout.split()
        say(
            f"{which}, {' '.join(engine)}",
            f"{time.perf_counter() - began:.2f} s",
            f"needed 1.5, aimed at 0.6; {float(memory):.0f} MiB",
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--large", action="store_true", help="also 100,000 draws of the plan (minutes, gigabytes)")
    options = parser.parse_args()
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {sys.version.split()[0]}, NumPy {np.__version__}")
    bio(options.draws, options.runs)
    entities(10_000, 1)
    plan(options.large)
    cold()


if __name__ == "__main__":
    main()
