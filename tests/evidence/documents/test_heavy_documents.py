"""Documents with very many figures: refused beyond a limit, and those within it never fill the memory of the one that writes."""

from __future__ import annotations

import time
from functools import partial

import pytest
from evidence_helpers import marked

from salpi.cli.extract import extract_command
from salpi.evidence import documents
from salpi.evidence.documents import Limits, Raw, Refused, workers
from salpi.evidence.documents.workers import Workers
from salpi.evidence.extraction import extract, weight


def test_a_document_of_too_many_figures_is_refused():
    figures = b"A table of figures\n" + b"1 [exports|South Korea|2025|USD|actual]\n" * 101
    assert len(extract(Raw("r.txt", figures), marked, limits=Limits(claims=101)).claims) == 101
    with pytest.raises(Refused, match="holds 101 figures; at most 100 are read; split it"):
        extract(Raw("r.txt", figures), marked, limits=Limits(claims=100))
    assert weight(extract(Raw("r.txt", figures), marked)) > 101 * 1_000


@pytest.mark.parametrize("count", [1, 4])
def test_few_heavy_results_are_held_at_a_time(monkeypatch, count):
    def work(job: int) -> bytes:
        if job == 0:
            time.sleep(0.5)  # the others have theirs ready while the first is awaited
        return bytes(100_000)

    monkeypatch.setattr(workers, "HEAVY", 300_000)
    pool: Workers[int, bytes] = Workers(work, str, count, Limits(), weight=len)
    received = 0
    collect = pool._collect

    def collected(*given):
        nonlocal received
        for item in collect(*given):
            received += 1
            yield item

    monkeypatch.setattr(pool, "_collect", collected)
    taken = []
    for batch in pool.batches(range(40), 16, 0.1):
        assert len(batch) <= 3
        taken += [job for job, _ in batch]
        assert received - len(taken) <= 3 + count
    assert taken == list(range(40))


def test_extract_has_the_limits_of_ingest(tmp_path, capsys, monkeypatch):
    import salpi.evidence.extract as module

    (tmp_path / "good.txt").write_text("Pharmaceutical exports came to $9.2 billion in 2024.\n")
    (tmp_path / "hangs.txt").write_text("This one hangs for ever and ever.\n")
    truly = module.extract_claims

    def slow(document, catalogue):
        if "hangs" in document.text:
            time.sleep(60)
        return truly(document, catalogue)

    monkeypatch.setattr(module, "extract_claims", slow)
    monkeypatch.setattr(documents, "Limits", partial(Limits, seconds=3.0))
    assert extract_command([str(tmp_path)]) == 2
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 1
    assert err == f"salpi extract: {tmp_path}/hangs.txt: took longer than 3 seconds to read\n"
