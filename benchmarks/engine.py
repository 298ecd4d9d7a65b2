"""The engine against its peers and limits, in one run on one machine: ``python benchmarks/engine.py``. Printed, never asserted.

bio30 (see ``bio30.py``) on every engine that is here, against the spike's NumPy and PySD where ``../shared/spike`` is, and
kernels in Numba and JAX where those are installed; lives of entities against SimPy; the bundled plan: levers, large ensembles,
V8, variance of effects, cold start. ``--json`` keeps the figures; ``--into docs/engine-figures.md`` makes the docs' tables.
"""

from __future__ import annotations

import argparse
import compileall
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import bio30
import lives
import numpy as np
from report import Report

from salpi import load_plan, scenario
from salpi.engine import entity_kernels, native, wasm
from salpi.engine.entities import run_entities
from salpi.engine.kernels import NUMPY, KernelError, Kernels, _native, prepare, sources
from salpi.engine.quantiles import quantiles
from salpi.engine.run import run

ROOT = Path(__file__).resolve().parents[1]
SPIKE = ROOT.parent / "shared" / "spike"
END = bio30.START + 12 * bio30.YEARS
FLOPS = {"exp": 29, "log": 30}
CPUINFO = Path("/proc/cpuinfo")

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
    return timed(action, runs)[0]


def timed(action: Callable[[], object], runs: int) -> tuple[float, float]:
    """Median wall and processor time, of all threads, after one run to warm up; the second suffers less from other work."""
    action()
    times = []
    for _ in range(runs):
        began, used = time.perf_counter(), time.process_time()
        action()
        times.append((time.perf_counter() - began, time.process_time() - used))
    return statistics.median(t for t, _ in times), statistics.median(t for _, t in times)


@dataclass(frozen=True)
class Speed:
    """Draws a second, and the processor's microseconds a draw."""

    rate: float
    processor: float

    @classmethod
    def of(cls, draws: int, action: Callable[[], object], runs: int) -> Speed:
        wall, processor = timed(action, runs)
        return cls(draws / wall, 1e6 * processor / draws)


def readings(report: Report, model: Any, years: Any = ()) -> dict[str, Kernels]:
    out = {}
    for name in ("native", "wasm"):
        try:
            out[name] = prepare(model, name, None, years)
        except KernelError as error:
            report.say(f"{name} is not here", None, "", str(error))
    return out | {"numpy": NUMPY}


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
    with ThreadPoolExecutor(threads or os.cpu_count()) as pool:
        list(pool.map(lambda values: quantiles(values, (0.05, 0.25, 0.5, 0.75, 0.95)), result.annual.values()))


SIZES = (1, 1_000, 10_000, 100_000, 1_000_000)
SLOW = 100_000
"""Draws from which one run is enough to measure, and each has a process of its own, so that its memory is known."""

ONE = """
import sys, time
sys.path.insert(0, {folder!r})
import engine
kernels = engine.prepare(engine.bio30.model(), {name!r})
engine.ensemble(engine.bio30.model(), kernels, 1000)
began, used = time.perf_counter(), time.process_time()
engine.ensemble(engine.bio30.model(), kernels, {draws})
print(time.perf_counter() - began, time.process_time() - used, engine.peak())
"""


def peak() -> float:
    """The most memory that this process has held, in MiB; Linux's own count, as ``getrusage`` also counts who started it."""
    status = Path("/proc/self/status")
    told = next((x for x in status.read_text().splitlines() if x.startswith("VmHWM")), "") if status.is_file() else ""
    return int(told.split()[1]) / 1024 if told else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def alone(name: str, draws: int) -> tuple[Speed, float]:
    """Speed and MiB of one run in a process of its own."""
    code = ONE.format(folder=str(ROOT / "benchmarks"), name=name, draws=draws)
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    wall, processor, memory = map(float, done.stdout.split())
    return Speed(draws / wall, 1e6 * processor / draws), memory


def bio(report: Report, runs: int, most: int) -> None:
    report.begin("bio30: 32 stocks, 20 years by month; random numbers and quantiles included")
    model = bio30.model()
    found = readings(report, model)
    speeds: dict[str, Speed] = {}
    for name, kernels in found.items():
        for n in SIZES:
            if n > most or (name == "numpy" and n > SLOW):
                continue
            if n < SLOW:
                speed, memory = Speed.of(n, lambda k=kernels, n=n: ensemble(model, k, n), runs), ""
            else:
                speed, held = alone(name, n)
                memory = f"; {held:,.0f} MiB"
            if n <= SLOW:
                speeds[name] = speed
            note = f"{speed.rate:,.0f} draws/s; processor {speed.processor:,.0f} µs a draw{memory}"
            report.say(f"{name}, {n:,} draw{'s' if n > 1 else ''}", 1000 * n / speed.rate, "ms", note)
    against_peers(report, speeds, runs)
    if "native" in found:
        shares(report, model, found["native"], min(most, SLOW), runs)


def against_peers(report: Report, ours: Mapping[str, Speed], runs: int) -> None:
    report.begin("bio30 against its peers, members a second on all cores")
    peers = numpy_peer(report, runs) | numba_peer(report, runs) | jax_peer(report, runs) | pysd_peer(report)
    base, whose = peers.get(HAND, ours["numpy"]), "NumPy by hand" if HAND in peers else "the NumPy reading"
    for name, speed in {**ours, **peers}.items():
        limit = {"native": "; needed 6, aimed at 15", "wasm": "; needed 2.5, aimed at 6"}.get(name, "")
        told = f"processor {speed.processor:,.0f} µs a draw; {speed.rate / base.rate:,.3g} × {whose}{limit}"
        report.say(name, speed.rate, "/s", told)
    for name, limit in ((NUMBA, "needed 0.4, aimed at 1"), (PYSD, "needed 250,000, aimed at 1,000,000")):
        if name in peers and "native" in ours:
            report.say(f"native against {name}", ours["native"].rate / peers[name].rate, "x", limit)


def shares(report: Report, model: Any, kernels: Kernels, draws: int, runs: int) -> None:
    report.begin("What the native kernel makes of the machine")
    counts = sources(model)["bio30"].operations
    monthly = counts[5] + 3 * FLOPS["exp"] + 2 * FLOPS["log"] + 32
    peak = fma_peak()
    inner = draws / seconds(lambda: run(model, draws, bio30.START, END, kernels=kernels), runs)
    share = 100 * inner * monthly * 240 / peak
    report.say("share of the measured FMA peak", share, "%", f"needed 12, aimed at 30; peak {peak / 1e9:.0f} Gflop/s")
    moved = inner * 8 * (41 * 2 + 4 * 20)
    report.say("share of the measured memory bandwidth", 100 * moved / bandwidth(), "%", "numbers in and out")


HAND, NUMBA, PYSD = "NumPy by hand, draws not counted", "Numba with fast maths, draws not counted", "PySD, written out"


def numpy_peer(report: Report, runs: int) -> dict[str, Speed]:
    if not (SPIKE / "np_model.py").is_file():
        report.say(HAND, None, "", "the prototype's model is not here")
        return {}
    sys.path.insert(0, str(SPIKE))
    import np_model
    import params

    x, z = params.draws(20_000)
    return {HAND: Speed.of(20_000, lambda: np_model.run(x, z), runs)}


def numba_peer(report: Report, runs: int) -> dict[str, Speed]:
    if find_spec("numba") is None or not (SPIKE / "params.py").is_file():
        report.say(NUMBA, None, "", "Numba, or the prototype's numbers, are not here")
        return {}
    import params
    import peer_numba

    x, z = params.draws(50_000)
    return {NUMBA: Speed.of(50_000, lambda: peer_numba.run(x, z), runs)}


def jax_peer(report: Report, runs: int) -> dict[str, Speed]:
    if find_spec("jax") is None:
        report.say("JAX", None, "", "is not installed")
        return {}
    import peer_jax

    action = peer_jax.runner(50_000)
    return {"JAX on the processor, draws not counted": Speed.of(50_000, action, runs)}


def pysd_peer(report: Report) -> dict[str, Speed]:
    if find_spec("pysd") is None or not (SPIKE / "bio30.mdl").is_file():
        report.say(PYSD, None, "", "PySD, or the prototype's model file, is not here")
        return {}
    import shutil

    warnings.filterwarnings("ignore")
    import pysd

    with tempfile.TemporaryDirectory() as folder:
        path = shutil.copy(SPIKE / "bio30flat.mdl", folder)
        try:
            model = pysd.read_vensim(path)
            its = Speed.of(1, lambda: model.run(return_columns=["exports"], return_timestamps=list(range(0, 241, 12))), 3)
        except Exception as error:  # a peer that does not run on this Python is no failure of ours
            report.say(PYSD, None, "", f"does not run here: {type(error).__name__}: {error}"[:80])
            return {}
    return {PYSD: its}


def entities(report: Report, draws: int, runs: int) -> None:
    its = lives.bound()
    report.begin(f"Lives of entities: {len(its.dims['entity']):,} assets, four stages, {draws:,} draws")
    years = np.arange(lives.START // 12, lives.END // 12)
    kernel = entity_kernels.emit(lives.SECTOR, its, years)
    cores = os.cpu_count() or 1
    part = [lives.context(draws // cores) for _ in range(cores)]

    def rate(call: Any) -> float:
        def compiled() -> None:
            with ThreadPoolExecutor(cores) as pool:
                list(pool.map(lambda c: entity_kernels.run(kernel, call, lives.SECTOR, its, c), part))

        return cores * (draws // cores) / seconds(compiled, runs)

    plain = 200 / seconds(lambda: run_entities(lives.SECTOR, its, lives.context(200)), 1)
    ours = {}
    makes = {"native": lambda s: _native(native.build(s)), "wasm": lambda s: wasm.load(wasm.build(s))}
    for name, make in makes.items():
        try:
            ours[name] = rate(make(kernel.source))
            report.say(name, ours[name], "/s", f"{ours[name] / plain:,.1f} × the NumPy reading")
        except KernelError as error:
            report.say(name, None, "", str(error))
    report.say("NumPy reading", plain, "/s")
    if find_spec("simpy") is None:
        report.say("SimPy", None, "", "is not installed")
        return
    theirs = 4 / seconds(lambda: lives.simpy_draws(4), 1)
    report.say("SimPy", theirs, "/s")
    if "native" in ours:
        report.say("native against SimPy", ours["native"] / theirs, "x", "needed 300, aimed at 1,500")


LEVERS = (
    ("stock-and-flow lever", "makers.cdmo-act", 2000, "needed 60, aimed at 10"),
    ("lever that reaches the assets", "discovery.cell-gene", 2000, "needed 200, aimed at 60"),
)
"""A measure of each kind, and the limits of the time in which its effect is there."""


def plan(report: Report, its: Any, large: bool) -> None:
    report.begin("The bundled plan, all sectors and measures")
    report.say("engine", None, "", its.simulate(draws=1).spec["engine"])
    for n in (1, 1000, 10_000, *((100_000,) if large else ())):
        report.say(f"{n:,} draws", seconds(lambda n=n: its.simulate(draws=n), 1), "s")
    cache: dict[Any, Any] = {}
    its.simulate(draws=2000, cache=cache)
    step = iter(range(1, 100))
    for name, measure, draws, limit in LEVERS:
        if measure in its.measures:
            move = lambda m=measure, n=draws: its.simulate(scenario(its, {m: next(step) / 100}), draws=n, cache=cache)  # noqa: E731
            report.say(f"one lever moved, {draws:,} draws: {name}", 1000 * seconds(move, 5), "ms", limit)


def in_v8(report: Report, its: Any) -> None:
    report.begin("The plan's modules in V8 (Node), one thread, one lever moved: what is downstream of it")
    import v8

    if v8.NODE is None:
        report.say("V8", None, "", "Node is not installed")
        return
    for (name, measure, *_), draws in zip(LEVERS, (2000, 300), strict=True):
        took = v8.moved(its, scenario(its, {measure: 0.5}), draws)
        clock, processor = (sum(t[k] for t in took.values()) for k in (0, 1))
        its_parts = ", ".join(f"{n} {t[0]:.0f}" for n, t in took.items())
        report.say(f"{name}, {draws:,} draws", clock, "ms", f"needed 120, aimed at 33; processor {processor:.0f} ms; {its_parts}")


def variance(report: Report, its: Any, draws: int = 2000) -> None:
    """By what the variance of a lever's effect falls where both runs have the same shocks."""
    report.begin("Variance of a lever's effect: independent draws over shared draws, in the year of its largest effect")
    other = its.meta.seed + 1
    for (name, measure, *_), limit in zip(LEVERS, ("needed 1,000", "needed 30"), strict=True):
        cache: dict[Any, Any] = {}
        without, shared = (its.simulate(scenario(its, {measure: x}), draws=draws, cache=cache).outputs for x in (0.0, 1.0))
        independent = its.simulate(scenario(its, {measure: 1.0}), draws=draws, seed=other).outputs
        ratios = {}
        for key, out in without.items():
            if out.members is None:
                effects = shared[key].values - out.values
                year = int(np.abs(effects.mean(axis=0)).argmax())
                before, elsewhere = (o[key].values[:, year] for o in (without, independent))
                if np.abs(effects[:, year]).max() > 1e-9 * np.abs(before).max():  # what moves by more than rounding
                    ratios[key] = float((elsewhere - before).var() / effects[:, year].var())
        least, typical = min(ratios, key=ratios.__getitem__), float(np.median(list(ratios.values())))
        report.say(f"{name}, the output that gains least", ratios[least], "x", f"{limit}; {least}")
        report.say(f"{name}, the median of {len(ratios)} outputs", typical, "x", limit)


START = 0.02
"""Seconds in which Python itself starts, before the first line of a program runs (measured, rounded up)."""


def over_http(report: Report) -> None:
    report.begin("Answer over HTTP")
    report.say("one lever moved", None, "", "salpi has no server yet; this row waits for it")


ALONE = """
import sys, time
began = time.perf_counter()
from salpi.engine import native
def none(): raise native.KernelError("no C compiler was found")
native.compiler = none
"""
COMMAND = """
from contextlib import redirect_stdout, suppress
from io import StringIO
from salpi.cli import main
from salpi.engine.run import VERSION
shown = StringIO()
with suppress(SystemExit), redirect_stdout(shown):
    main(["simulate", "--draws", "1000"])
took = time.perf_counter() - began
sys.path.insert(0, {folder!r})
import engine
print(f"wasm {{VERSION}}" if f"wasm {{VERSION}}" in shown.getvalue() else "another", took, engine.peak())
"""
API = """
import salpi
plan = salpi.load_plan("korea")
run = plan.simulate(draws=1000)
run.quantiles("exports.biopharma@khidi2022")
took = time.perf_counter() - began
sys.path.insert(0, {folder!r})
import engine
print(run.spec["engine"], took, engine.peak())
"""


def cold(report: Report) -> None:
    report.begin("From the start of a process to the first fan of 1,000 draws, no compiler on the machine")
    compileall.compile_dir(ROOT / "src", quiet=2)  # an installed package has its bytecode, whatever this environment says
    inherited = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    inherited["SALPI_LEDGER"] = str(Path(tempfile.mkdtemp()) / "none.sqlite")  # as on a new machine, where no document was read
    for what, code in (("`salpi simulate`", COMMAND), ("from Python", API)):
        text, times, memories = ALONE + code.format(folder=str(ROOT / "benchmarks")), dict[str, list[float]](), list[float]()
        for _ in range(5):
            folder = tempfile.mkdtemp()  # a cache of its own: the first time nothing is there
            for which in ("first time", "later"):
                environment = {**inherited, "SALPI_CACHE": folder}
                done = subprocess.run([sys.executable, "-c", text], check=True, capture_output=True, text=True, env=environment)
                *engine, inside, memory = done.stdout.split()
                times.setdefault(which, []).append(float(inside) + START)
                memories.append(float(memory))
        for which, taken in times.items():
            note = f"median of 5; needed 1.5, aimed at 0.6; {max(memories):.0f} MiB"
            report.say(f"{what}, {which}, {' '.join(engine)}", statistics.median(taken), "s", note)


def about() -> dict[str, Any]:
    versions = {name: version(name) for name in ("numpy", "numba", "pysd", "simpy", "jax") if find_spec(name)}
    lines = CPUINFO.read_text().splitlines() if CPUINFO.is_file() else []
    told = next((x.split(":", 1)[1].strip() for x in lines if x.startswith("model name")), platform.processor())
    return {
        "day": time.strftime("%Y-%m-%d"),
        "cores": os.cpu_count(),
        "processor": told,
        "load": os.getloadavg()[0],
        "versions": ", ".join((f"Python {sys.version.split()[0]}", *(f"{k} {v}" for k, v in versions.items()))),
    }


def measure(options: argparse.Namespace) -> Report:
    report = Report(about())
    print(report.about)
    its = load_plan("korea")
    parts: dict[str, Callable[[], None]] = {
        "bio30": lambda: bio(report, options.runs, options.most),
        "entities": lambda: entities(report, 10_000, 1),
        "plan": lambda: plan(report, its, options.large),
        "v8": lambda: in_v8(report, its),
        "variance": lambda: variance(report, its),
        "cold": lambda: cold(report),
        "http": lambda: over_http(report),
    }
    for name in options.only or parts:
        parts[name]()
    return report


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--most", type=int, default=1_000_000, help="draws of the largest run of bio30")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", nargs="*", help="parts: bio30 entities plan v8 variance cold http")
    parser.add_argument("--large", action="store_true", help="also 100,000 draws of the plan (minutes, gigabytes)")
    parser.add_argument("--json", type=Path, help="keep the figures in this file; with --only the others in it stay")
    parser.add_argument("--from", type=Path, dest="before", help="take the figures from such a file and measure nothing")
    parser.add_argument("--into", type=Path, help="put the tables into this Markdown file, between its two marks")
    options = parser.parse_args()
    report = Report.from_json(options.before.read_text("utf-8")) if options.before else measure(options)
    if options.json and options.only and options.json.is_file():
        report = Report.from_json(options.json.read_text("utf-8")).renewed(report)
    if options.json:
        options.json.write_text(report.to_json(), "utf-8")
    if options.into:
        report.into(options.into)


if __name__ == "__main__":
    main()
