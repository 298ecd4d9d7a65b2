"""The annotated documents: sound in themselves, and extraction stays as good on them as it was."""

from __future__ import annotations

import json
from pathlib import Path

import figures
import pytest
import score

from salpi.evidence.claims.catalogue import Catalogue

HERE = Path(__file__).resolve().parent
SETS = [pytest.param(name, folder, id=name) for name, folder in figures.sets()]


def test_the_scorer_passes_its_own_test():
    score.selftest()


@pytest.mark.parametrize(("name", "folder"), SETS)
def test_every_span_names_its_text(name, folder):
    for row in score.load(str(folder.with_suffix(".jsonl"))):
        text = (folder / row["doc"]).read_bytes().decode("utf-8")
        start, end = row["span"]
        assert text[start:end] == row["text"], (name, row["doc"], row["span"])


@pytest.mark.parametrize(("name", "folder"), SETS)
def test_every_indicator_of_our_annotations_can_be_claimed(name, folder, catalogue: Catalogue):
    for row in score.load(str(folder.with_suffix(".jsonl"))):
        id = row["indicator"]
        if id is None or not name.startswith("own"):
            continue
        while id not in catalogue.ids and id.rpartition(".")[2] in ("growth", "change", "share", "rank"):
            id = id.rpartition(".")[0]
        assert id in catalogue.ids, (row["doc"], row["indicator"])


NEEDED = {"DETECTION": 0.95, "INDICATOR": 0.80, "FULL": 0.68}
REACHED = {
    "own/held": {"DETECTION": 0.97, "INDICATOR": 0.80, "FULL": 0.66},
    "own/judged": {"DETECTION": 0.96, "INDICATOR": 0.75, "FULL": 0.68},
    "own/committee": {"DETECTION": 0.95, "INDICATOR": 0.74, "FULL": 0.66},
    "own/later": {"DETECTION": 0.96, "INDICATOR": 0.72, "FULL": 0.62},
    "own/later-korean": {"DETECTION": 0.97, "INDICATOR": 0.70, "FULL": 0.58},
}
"""Sets that are not learned from and on which the needed figures are not reached yet: what is reached stays."""


@pytest.mark.parametrize(("name", "folder"), SETS)
def test_extraction_stays_as_good_as_it_was(name, folder, catalogue: Catalogue):
    tally, _ = score.score(score.load(str(folder.with_suffix(".jsonl"))), figures.predicted(folder, catalogue))
    reached = {level: row["f1"] for level, row in score.summary(tally)["total"].items()}
    least = REACHED.get(name, NEEDED)
    assert all(reached[level] >= least[level] for level in least), json.dumps(reached)
