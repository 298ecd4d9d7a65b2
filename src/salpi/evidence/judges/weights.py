"""The judges' weights: names of features and what each adds to a candidate; fitted elsewhere, here only read."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from salpi.evidence.judges.traits import Trait, spell

Floats = NDArray[np.float32]
NAME = "weights.npz"


MOST = 200_000
"""How many traits a table remembers before it begins anew."""


@dataclass(frozen=True)
class Places:
    """Where the names of features stand in a table; remembers the places of each trait."""

    index: dict[str, int]
    known: dict[Trait, tuple[int, ...]] = field(default_factory=dict)

    def of(self, traits: Iterable[Trait]) -> set[int]:
        """The places of all names of some traits, each once; names that the table does not hold have none."""
        known, at = self.known, set[int]()
        for trait in traits:
            found = known.get(trait)
            at.update(self._learn(trait) if found is None else found)
        return at

    def _learn(self, trait: Trait) -> tuple[int, ...]:
        if len(self.known) > MOST:
            self.known.clear()
        found = self.known[trait] = tuple(self.index[name] for name in spell(trait) if name in self.index)
        return found


@dataclass(frozen=True)
class Table:
    """Weights by feature and column. ``rows``: (feature, column)."""

    places: Places
    rows: Floats


@dataclass(frozen=True)
class Sums:
    """Weights of what holds for any candidate alike; remembers the sum of each trait."""

    weights: dict[str, float]
    known: dict[Trait, float] = field(default_factory=dict)

    def of(self, traits: Iterable[Trait]) -> float:
        """The sum of the weights of all names of some traits."""
        known, total = self.known, 0.0
        for trait in traits:
            found = known.get(trait)
            if found is None:
                if len(known) > MOST:
                    known.clear()
                found = known[trait] = sum(self.weights.get(name, 0.0) for name in spell(trait))
            total += found
        return total


@dataclass(frozen=True)
class Cross:
    """Weights of a candidate's features crossed with those of the number itself. ``cells``: (number's, candidate's)."""

    own: Places
    asked: Places
    cells: Floats
    sums: dict[tuple[Trait, ...], Floats] = field(default_factory=dict)  # what traits of a number say of every feature

    def _sums(self, asked: tuple[Trait, ...]) -> Floats:
        known = self.sums.get(asked)
        if known is None:
            if len(self.sums) > 500:
                self.sums.clear()
            known = self.sums[asked] = self.cells[sorted(self.asked.of(asked))].sum(axis=0)
        return known

    def scores(self, candidates: Iterable[Iterable[Trait]], often: tuple[Trait, ...], seldom: Iterable[Trait] = ()) -> Floats:
        """One score for each candidate, given by its traits: the sum over all pairs with the number's.

        ``often``: the number's traits that come in few combinations, ``seldom``: those that vary freely.
        """
        at, starts, spare = list[int](), list[int](), self.cells.shape[1] - 1
        own = self.own
        for traits in candidates:
            starts.append(len(at))
            at.append(spare)  # a column of zeros
            at += own.of(traits)
        where = np.array(at)
        picked = self._sums(often)[where]
        for row in self.asked.of(seldom):
            picked += self.cells[row][where]
        found: Floats = np.add.reduceat(picked, starts)
        return found


@dataclass(frozen=True)
class Weights:
    """All judges' weights with the ids and forms that they were fitted for."""

    bases: tuple[str, ...]
    concepts: tuple[str, ...]
    forms: tuple[str, ...]
    measured: Table  # a number's features → concepts of an id
    formed: Table  # a number's features → forms
    shared: Sums  # what holds for any id
    subject: Cross
    period: Cross
    status: Table


def best(scores: Floats) -> tuple[int, float]:
    """The place of the highest score (the first of equals) with its probability: its share of all (softmax)."""
    place = int(scores.argmax())
    return place, 1.0 / float(np.exp(scores - scores[place]).sum())


def pack(tables: dict[str, Any], meta: dict[str, Any]) -> bytes:
    """One archive of names and arrays, the same bytes for the same weights."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:

        def add(name: str, data: bytes) -> None:
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED, 9)

        add("meta.json", json.dumps(meta, ensure_ascii=False, sort_keys=True).encode())
        for name, (names, array) in sorted(tables.items()):
            add(f"{name}.names", "\n".join(names).encode())
            if isinstance(array, tuple):  # sparse: shape, flat places, values
                shape, places, values = array
                add(f"{name}.shape", json.dumps(shape).encode())
                add(f"{name}.places", np.diff(places, prepend=0).astype("<u4").tobytes())
                add(f"{name}.values", values.astype("<f2").tobytes())
    return out.getvalue()


def unpack(data: bytes) -> Weights:
    """The weights from their archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        meta = json.loads(archive.read("meta.json"))

        def names(name: str) -> dict[str, int]:
            text = archive.read(f"{name}.names").decode()
            return {word: at for at, word in enumerate(text.split("\n"))} if text else {}

        def dense(name: str, spare: int = 0) -> Floats:
            rows, columns = json.loads(archive.read(f"{name}.shape"))
            flat = np.zeros((rows + spare) * columns, np.float32)
            places = np.cumsum(np.frombuffer(archive.read(f"{name}.places"), "<u4"), dtype=np.int64)
            flat[places] = np.frombuffer(archive.read(f"{name}.values"), "<f2")
            return flat.reshape(rows + spare, columns)

        def table(name: str) -> Table:
            return Table(Places(names(name)), dense(name))

        def cross(name: str) -> Cross:
            return Cross(Places(names(name)), Places(names(f"{name}.asked")), np.ascontiguousarray(dense(name, 1).T))

        return Weights(
            tuple(meta["bases"]),
            tuple(meta["concepts"]),
            tuple(meta["forms"]),
            table("measured"),
            table("formed"),
            Sums(dict(zip(names("shared"), dense("shared")[:, 0].tolist(), strict=True))),
            cross("subject"),
            cross("period"),
            table("status"),
        )


@lru_cache(maxsize=1)
def bundled() -> Weights:
    """The weights that are shipped, read once for each process."""
    return unpack(files("salpi.evidence.judges").joinpath(NAME).read_bytes())
