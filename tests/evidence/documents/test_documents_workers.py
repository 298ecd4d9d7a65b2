"""A document that hangs, crashes or devours memory costs itself alone, and results come in order."""

from __future__ import annotations

import os
import sys
import time

import pytest

from salpi.evidence.documents import Limits, Refused
from salpi.evidence.documents.sources import Named, found, load
from salpi.evidence.documents.workers import Workers

LIMITS = Limits(seconds=1.0, memory=300_000_000)


def _work(job: str) -> str:
    if job == "crash":
        os._exit(9)
    if job == "hang":
        time.sleep(60)
    if job == "memory":
        return str(len(bytearray(2_000_000_000)))
    if job == "deep":
        raise RecursionError
    if job == "refuse":
        raise Refused(job, "is not wanted")
    return job.upper()


@pytest.mark.parametrize("count", [1, 2, 5])
def test_bad_jobs_cost_themselves_alone(count):
    jobs = [f"good{at}" for at in range(60)]
    bad = {5: "crash", 6: "crash", 20: "hang", 30: "memory", 31: "refuse", 40: "deep", 59: "crash"}
    for at, job in bad.items():
        jobs[at] = job
    results = list(Workers(_work, str, count, LIMITS).run(jobs))
    assert [job for job, _ in results] == jobs
    said = {}
    for at, (job, result) in enumerate(results):
        if at in bad:
            assert isinstance(result, Refused)
            said[job] = result.why
        else:
            assert result == job.upper()
    assert "crashed" in said["crash"]
    assert said["hang"] == "took longer than 1 seconds to read"
    assert said["refuse"] == "is not wanted"
    assert "nested too deeply" in said["deep"]
    if sys.platform == "linux":
        assert "MB of memory" in said["memory"]


def test_jobs_are_taken_as_they_are_needed():
    taken = []

    def jobs():
        for at in range(1000):
            taken.append(at)
            yield f"job{at}"

    run = Workers(_work, str, 2, LIMITS).run(jobs())
    next(run)
    assert len(taken) < 100
    run.close()


def test_results_come_together_in_order_and_wait_for_no_straggler():
    def work(job: str) -> str:
        time.sleep(0.6 if job == "slow" else 0.0)
        return job.upper()

    jobs = [*(f"job{at}" for at in range(10)), "slow", "last"]
    batches = list(Workers(work, str, 2, LIMITS).batches(jobs, 4, 0.2))
    assert [result for batch in batches for _, result in batch] == [job.upper() for job in jobs]
    assert max(map(len, batches)) == 4
    assert next(batch for batch in batches if batch[0][0] == "slow"), "what was ready did not wait for the slow one"


@pytest.mark.skipif(sys.platform != "linux", reason="forks")
def test_workers_end_with_their_parent():
    read, write = os.pipe()
    if not (pid := os.fork()):

        def tell(job: str) -> str:
            os.write(write, f"{os.getpid()} ".encode())
            time.sleep(0.2)
            return job

        for _ in Workers(tell, str, 2, LIMITS).run(["a", "b"] * 50):
            pass
        os._exit(0)
    time.sleep(0.5)
    os.kill(pid, 9)
    os.waitpid(pid, 0)
    workers = {int(text) for text in os.read(read, 10_000).decode().split()}
    assert len(workers) == 2
    end = time.monotonic() + 10
    while any(os.path.exists(f"/proc/{worker}") and "Z" not in _state(worker) for worker in workers):
        assert time.monotonic() < end, "a worker outlived its parent"
        time.sleep(0.02)
    os.close(read)
    os.close(write)


def _state(pid: int) -> str:
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rsplit(")", 1)[1].split()[0]
    except OSError:
        return "Z"


def test_a_folder_gives_its_documents_in_order_and_nothing_else(tmp_path):
    for name in ("b.txt", "a.md", "c.PDF", ".hidden.txt", "picture.png", "sub/d.html", ".git/e.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    (tmp_path / "link.txt").symlink_to("/etc/passwd")
    names = [os.path.relpath(item.place, tmp_path) for item in found([str(tmp_path)])]
    assert names == ["a.md", "b.txt", "c.PDF", "sub/d.html"]


def test_what_is_not_there_is_refused_in_its_place(tmp_path):
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "empty").mkdir()
    items = list(
        found([str(tmp_path / "none.txt"), str(tmp_path / "a.txt"), str(tmp_path / "empty"), str(tmp_path / "a.txt"), "x\0y"])
    )
    assert [type(item).__name__ for item in items] == ["Refused", "Named", "Refused", "Refused"]
    assert "there is no such file or folder" in str(items[0])
    assert "holds no document" in str(items[2])


def test_a_pipe_or_a_huge_file_is_not_opened(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(Refused, match="is no plain file"):
        load(Named("pipe.txt", str(tmp_path / "pipe.txt")))
    huge = tmp_path / "huge.html"
    with open(huge, "wb") as file:
        file.truncate(200_000_000)
    with pytest.raises(Refused, match="is too large: 200 MB, at most 32 MB"):
        load(Named("huge.html", str(huge)))
