"""``python -m training [FOLDER ...] [--out FILE]``: fits the judges' weights on annotated folders and writes them."""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np

from salpi.evidence.claims.catalogue import Catalogue
from salpi.evidence.judges.court import Bar
from salpi.evidence.judges.indicator import bench, concepts_of, entries_of, shared, split
from salpi.evidence.judges.status import STATUSES
from salpi.evidence.judges.weights import NAME, pack, unpack
from salpi.plan import load_plan
from training import fit, net
from training.examples import Gathered, gather, records
from training.together import together

ROOT = Path(__file__).resolve().parents[1]
JUDGING = ("held", "judged", "committee", "later", "later-korean")
"""Sets that are never learned from and whose errors are never looked at."""
HEARINGS = 2
"""How often the halves are judged by weights fitted on each other."""
SMALL = 0.02
"""Weights below this say nothing and are left out."""


def sparse(array: np.ndarray) -> tuple[tuple[int, int], np.ndarray, np.ndarray]:
    flat = array.ravel()
    places = np.flatnonzero(np.abs(flat) >= SMALL)
    return (array.shape[0], array.shape[1]), places, flat[places]


def whole(array: np.ndarray) -> tuple[tuple[int, int], np.ndarray, np.ndarray]:
    """All of an array."""
    return (array.shape[0], array.shape[1]), np.arange(array.size), array.ravel()


def kept(index: dict[str, int], array: np.ndarray) -> tuple[list[str], tuple]:
    """The names that have a weight worth keeping, with their rows."""
    rows = np.flatnonzero((np.abs(array) >= SMALL).any(axis=1))
    names = list(index)
    return [names[row] for row in rows], sparse(array[rows])


def _korean(folder: Path) -> float:
    """The share of a folder's numbers that stand in Korean text: each half of the folders has as much of it."""
    rows = [row for found in records(folder).values() for row in found]
    return sum(row["lang"] == "ko" for row in rows) / max(1, len(rows))


def train(folders: list[Path], catalogue: Catalogue) -> bytes:
    """The weights' archive.

    Each half of the folders is first judged by weights that were fitted on the other, so that in the last fit each number hears
    of those before it once what the records say, and once what judges say of text that is new to them; from the second hearing
    on these have themselves learned from what judges say.
    """
    began = time.time()
    every = {id for folder in folders for rows in records(folder).values() for row in rows for id in [row["indicator"]] if id}
    split_ids = {split(id, catalogue.ids) for id in (*every, *catalogue.ids)}
    bases = ("", *sorted({base for base, _ in split_ids}))
    forms = ("none", "level", *sorted({form for _, form in split_ids} - {"level"}))
    entries = entries_of(catalogue)
    concepts = ("none", *sorted({name for base in bases[1:] for name in concepts_of(base, tuple(entries[base]))}))
    seat = bench(catalogue, bases, concepts, forms)

    def gathered(some: list[Path], bar: Bar | None = None) -> Gathered:
        return gather(some, catalogue, lambda asked, said: shared(asked, said, seat), bar)

    def fitted(examples: Gathered) -> bytes:
        print(f"{len(examples.indicator)} numbers, {len(examples.subject)} with an indicator", flush=True)
        measured, subjects, periods, status, units = together(
            lambda: net.indicators(examples.indicator, seat, examples.times),
            lambda: net.choices(examples.subject, examples.times),
            lambda: net.choices(examples.period, examples.times),
            lambda: fit.statuses(examples.status, STATUSES),
            lambda: net.choices(examples.unit),
        )
        by_concept = measured["bases"] @ np.linalg.pinv(seat.made @ seat.made.T) @ seat.made
        tables = {
            "around": (list(measured["names"]), measured["around"]),
            "around.bias": ([], whole(measured["bias"][None])),
            "around.bases": ([], whole(by_concept)),
            "around.forms": ([], whole(measured["forms"])),
            "shared": (list(measured["common"]), whole(measured["shared"][:, None])),
            "status": kept(*status),
        }
        for name, found in (("subject", subjects), ("period", periods), ("unit", units)):
            tables[name] = (list(found["names"]), found["own"])
            tables[f"{name}.asked"] = (list(found["asked"]), found["about"])
            tables[f"{name}.layer"] = ([], whole(np.stack([found["bias"], found["out"]])))
        print(f"fitted ({time.time() - began:.0f} s)", flush=True)
        return pack(tables, {"bases": bases, "concepts": concepts, "forms": forms})

    turn = sorted(folders, key=lambda folder: (_korean(folder), folder.name))
    halves = (turn[::2], turn[1::2])
    if not all(halves):
        return fitted(gathered(folders))
    others: tuple[Bar | None, Bar | None] = (None, None)
    for _ in range(HEARINGS):
        first, last = (
            Bar(catalogue, unpack(data))
            for data in together(
                *(lambda half=half, bar=bar: fitted(gathered(half, bar)) for half, bar in zip(halves, others, strict=True))
            )
        )
        others = last, first
    heard = Gathered()
    for more in together(*(lambda half=half, bar=bar: gathered(half, bar) for half, bar in zip(halves, others, strict=True))):
        heard.extend(more)
    return fitted(heard)


def sets() -> list[Path]:
    """The annotated folders to learn from: all but those that only judge."""
    gold = ROOT / "tests" / "gold"
    folders = [path.with_suffix("") for place in ("learn", "own") for path in sorted((gold / place).glob("*.jsonl"))]
    return [gold / "practice", *(folder for folder in folders if folder.name not in JUDGING)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, default=sets())
    parser.add_argument("--out", type=Path, default=ROOT / "src/salpi/evidence/judges" / NAME)
    args = parser.parse_args()
    data = train(args.folders, Catalogue.of(load_plan("korea")))
    args.out.write_bytes(data)
    print(f"{args.out}: {len(data) / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
