"""Dask workers: the bytes of one process, also when a worker dies; what cannot work is one clear line."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
import small

import salpi
from salpi.cli import main
from salpi.ensemble import workers as module
from salpi.ensemble.faults import EnsembleFault
from salpi.ensemble.job import Job
from salpi.ensemble.spec import Spec
from salpi.ensemble.threads import Threads
from salpi.ensemble.workers import Workers
from salpi.model.scenario import PLAN

DRAWS = 150


@pytest.fixture(scope="module")
def want(plan: salpi.Plan, changed: salpi.Scenario) -> list[str]:
    return small.bytes_of(plan, changed, DRAWS, Threads())


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A scheduler that runs already, with one worker of three threads."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=1, threads_per_worker=3, processes=False, protocol="tcp", dashboard_address=":0") as cluster:
        yield cluster.scheduler_address


def spec_of(plan: salpi.Plan) -> tuple[Spec, bytes]:
    return Spec.of(Job(plan, PLAN, 20, small.SEED))


def run_bare(where: int | str, spec: Spec, text: bytes) -> None:
    Workers(where).run(spec, text, lambda part: None)


@pytest.mark.parametrize("size", [None, 41])
def test_a_scheduler_that_runs_already(plan, changed, want: list[str], address: str, size: int | None) -> None:
    assert small.bytes_of(plan, changed, DRAWS, Workers(address, size=size)) == want


class Watched:
    """Runs on two own workers; ``act`` is told their process ids once, after the first part."""

    def __init__(self, workers: int, size: int, act: Callable[[list[int]], None]) -> None:
        self.pids: list[int] = []
        self.ports: list[str] = []
        self.workers, self.size, self.act = workers, size, act

    def __call__(self, job: Job, take: Callable[[Any], None]) -> None:
        acted = []

        def started(client: Any) -> None:
            self.pids = list(client.run(os.getpid).values())
            self.ports = [*client.scheduler_info()["workers"], client.scheduler.address]
            self.services = [w["services"] for w in client.scheduler_info()["workers"].values()]

        def progress(share: float) -> None:
            if not acted:
                acted.append(share)
                self.act(self.pids)

        Workers(self.workers, progress, self.size, started=started)(job, take)


def alive(pid: int) -> bool:
    with suppress(ProcessLookupError):
        os.kill(pid, 0)
        return True
    return False


def test_one_own_worker_on_loopback_without_a_page(plan, changed, want: list[str]) -> None:
    watched = Watched(1, 37, lambda pids: None)
    assert small.bytes_of(plan, changed, DRAWS, watched) == want
    assert all(a.startswith("tls://127.0.0.1:") for a in watched.ports)
    assert watched.services == [{}]
    assert not any(map(alive, watched.pids))


def test_a_worker_killed_in_the_middle_moves_no_bit(plan, changed) -> None:
    from salpi.ensemble.gather import simulated

    killed: list[int] = []

    def kill(pids: list[int]) -> None:
        os.kill(pids[0], signal.SIGKILL)
        killed.append(pids[0])

    want = simulated(plan, changed, DRAWS, small.SEED, Threads())
    watched = Watched(2, 7, kill)  # 22 shards, of which at most five are under way when the first is there
    made = simulated(plan, changed, DRAWS, small.SEED, watched)
    assert small.digest(made) == small.digest(want)
    assert killed
    assert not alive(killed[0])


def test_stopped_by_hand_leaves_no_process(plan) -> None:
    from salpi.ensemble.gather import simulated

    def stop(pids: list[int]) -> None:
        raise KeyboardInterrupt

    watched = Watched(2, 7, stop)
    with pytest.raises(KeyboardInterrupt):
        simulated(plan, PLAN, DRAWS, small.SEED, watched)
    assert len(watched.pids) == 2
    assert not any(map(alive, watched.pids))


def test_a_scheduler_that_does_not_answer(plan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ANSWER", 0.5)
    with pytest.raises(EnsembleFault, match="no scheduler answers there") as told:
        run_bare("tcp://127.0.0.1:9", *spec_of(plan))
    assert len(str(told.value).splitlines()) == 1


def test_a_scheduler_without_workers(plan) -> None:
    from distributed import LocalCluster

    with LocalCluster(n_workers=0, processes=False, protocol="tcp", dashboard_address=":0") as cluster:
        runner = Workers(cluster.scheduler_address, patience=0.5)
        with pytest.raises(EnsembleFault, match="has no worker"):
            runner.run(*spec_of(plan), lambda part: None)


def test_a_scheduler_that_goes_away(plan) -> None:
    from distributed import LocalCluster

    with LocalCluster(n_workers=1, processes=False, protocol="tcp", dashboard_address=":0") as cluster:
        runner = Workers(cluster.scheduler_address, lambda share: cluster.close(), 2)
        with pytest.raises(EnsembleFault, match=r"went away|has had no worker"):
            runner.run(*spec_of(plan), lambda part: None)


def test_another_salpi_on_the_worker(plan, address: str) -> None:
    spec, text = spec_of(plan)
    with pytest.raises(EnsembleFault, match="install the same on both"):
        run_bare(address, replace(spec, code="0" * 64), text)
    with pytest.raises(EnsembleFault, match=r"this is salpi 9\.9"):
        run_bare(address, replace(spec, version="9.9"), text)


def test_another_plan_than_the_spec_says(plan, address: str) -> None:
    spec, text = Spec.of(Job(plan, PLAN, 21, small.SEED))  # not run before: what a worker has checked it keeps
    with pytest.raises(EnsembleFault, match="another plan"):
        run_bare(address, replace(spec, plan="0" * 64), text)
    with pytest.raises(EnsembleFault, match="came over changed"):
        run_bare(address, spec, zlib.compress(zlib.decompress(text) + b" "))


def test_a_model_that_fails_is_told_and_not_tried_again(plan, address: str) -> None:
    from salpi.plan.carry import from_text, to_text

    lost = {k: v for k, v in plan.parameters.items() if not k.startswith("economy.")}
    broken = replace(from_text(to_text(plan)), parameters=lost)
    with pytest.raises(EnsembleFault, match="reads the parameter"):
        run_bare(address, *Spec.of(Job(broken, PLAN, 20, small.SEED)))


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ModuleNotFoundError("No module named 'salpi'"), "install this salpi"),
        (RuntimeError("Error during deserialization of the task graph."), "install this salpi"),
        (AttributeError("module 'salpi' has no attribute 'shard'"), "install this salpi"),
        (ConnectionResetError("reset by peer"), "went away"),
        (RuntimeError("a bug"), None),
    ],
)
def test_what_dask_raises_is_told_in_one_line(error: Exception, said: str | None) -> None:
    told = module._told(error, 2)
    assert (told is None) == (said is None)
    assert said is None or (said in str(told) and len(str(told).splitlines()) == 1)


def salpi_command(words: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as stop:
        main(words)
    told = capsys.readouterr()
    return int(stop.value.code or 0), told.out, told.err


def test_the_commands_on_workers(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["simulate", "--set", "regulation.review-240=0"], ["scorecard"]):
        alone = salpi_command([*words, "--draws", "12", "--json"], capsys)
        assert salpi_command([*words, "--draws", "12", "--json", "--workers", address], capsys) == alone
        assert alone[0] == 0


def test_own_workers_from_the_command_line(tmp_path) -> None:
    line = [sys.executable, "-m", "salpi", "simulate", "--draws", "20", "--out", "run.json"]
    done = subprocess.run([*line, "--workers", "2"], cwd=tmp_path, capture_output=True, text=True, timeout=600)
    assert (done.returncode, done.stderr) == (0, "")
    line = [sys.executable, "-m", "salpi", "replay", "run.json"]
    assert subprocess.run(line, cwd=tmp_path, capture_output=True, text=True, timeout=600).returncode == 0


@pytest.mark.parametrize(
    ("workers", "said"),
    [("0", "between 1 and 256"), ("1000", "between 1 and 256"), ("two", "neither a number"), ("host:8786", "neither a number")],
)
def test_what_is_no_worker(workers: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = salpi_command(["simulate", "--workers", workers], capsys)
    assert (code, out, len(err.splitlines())) == (2, "", 1)
    assert said in err


def test_without_dask(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    code, out, err = salpi_command(["scorecard", "--workers", "2", "--draws", "20"], capsys)
    assert (code, out) == (2, "")
    assert err == "salpi scorecard: --workers needs Dask, which is not installed: pip install 'salpi[cluster]'\n"


def test_stopped_by_hand_writes_nothing(capsys: pytest.CaptureFixture[str], tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(share: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("salpi.cli.inputs.progress", lambda what: stop)
    out = tmp_path / "run.json"
    code, _, err = salpi_command(["simulate", "--draws", "5000", "--out", str(out)], capsys)
    assert (code, err.strip()) == (130, "salpi: stopped; nothing was written")
    assert list(tmp_path.iterdir()) == []
