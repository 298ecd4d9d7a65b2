"""Timings of what a user waits for, and their ratio to a named limit. One command: ``make bench``. Printed, never asserted.

Absolute times depend on the machine; the ratios against a reference measured in the same run say more.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SALPI = [sys.executable, "-m", "salpi"]


def seconds(action: Callable[[], object], runs: int) -> float:
    """Median wall time."""
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        action()
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def command(*words: str) -> Callable[[], object]:
    return lambda: subprocess.run([*SALPI, *words], check=True, capture_output=True, cwd=tempfile.gettempdir())


def peak_memory(*words: str) -> float:
    """Largest resident set of one command, in MiB."""
    code = (
        "import resource, subprocess, sys;"
        "subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    done = subprocess.run([sys.executable, "-c", code, *SALPI, *words], check=True, capture_output=True, text=True)
    return int(done.stdout) / 1024


def numpy_peer(draws: int) -> Callable[[], object]:
    """The named peer: NumPy's own Philox and exp over as many numbers as the pipeline of a run has entity stages, about."""
    import numpy as np

    def action() -> object:
        generator = np.random.Generator(np.random.Philox(1))
        total = 0.0
        for _ in range(draws * 5000 // 1_000_000 or 1):
            total += float(np.exp(-generator.random(1_000_000)).sum())
        return total

    return action


def row(name: str, value: float, limit: float, unit: str) -> None:
    print(f"{name:<44} {value:9.2f} {unit:<4} limit {limit:8.2f}   ratio {value / limit:5.2f}")


def fresh_brief() -> float:
    """`make brief` from a plain clone, set-up included."""
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder) / "clone"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
        environment = {k: v for k, v in os.environ.items() if k not in ("VIRTUAL_ENV", "PYTHONPATH")}
        began = time.perf_counter()
        subprocess.run(["make", "brief"], cwd=clone, check=True, capture_output=True, env=environment)
        return time.perf_counter() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--clone", action="store_true", help="also `make brief` from a plain clone (a minute or two)")
    options = parser.parse_args()
    print(f"{os.cpu_count()} cores, Python {sys.version.split()[0]}, median of {options.runs}\n")
    bare = seconds(lambda: subprocess.run([sys.executable, "-c", "pass"], check=True), options.runs)
    row("salpi --help", seconds(command("--help"), options.runs), 0.2, "s")
    print(f"{'  of which Python itself':<44} {bare:9.2f} s")
    card = seconds(command("scorecard", "--draws", "2000", "--json"), options.runs)
    row("salpi scorecard --draws 2000", card, 4.0, "s")
    row("  largest memory", peak_memory("scorecard", "--draws", "2000", "--json"), 1024.0, "MiB")
    peer = seconds(numpy_peer(2000), options.runs)
    print(f"{'  times NumPy drawing 10m numbers and exp':<44} {card / peer:9.1f} x")

    import salpi

    plan = salpi.load_plan("korea")
    load = seconds(lambda: salpi.load_plan("korea"), options.runs)
    row("load_plan", load, 1.0, "s")
    few, many = seconds(lambda: plan.simulate(draws=500), 1), seconds(lambda: plan.simulate(draws=4000), 1)
    print(f"{'draws a second, 500 and 4000':<44} {500 / few:9.0f} and {4000 / many:.0f}")
    row(
        "salpi brief --draws 2000",
        seconds(command("brief", "--out", os.path.join(tempfile.gettempdir(), "bench-brief.html")), 1),
        60,
        "s",
    )
    print(f"{'memory of this process':<44} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:9.0f} MiB")
    if options.clone and shutil.which("make"):
        row("make brief from a plain clone", fresh_brief(), 120.0, "s")


if __name__ == "__main__":
    main()
