"""The judges' weights: names of features and what each adds to a candidate; fitted elsewhere, here only read."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
NAME = "weights.npz"


@dataclass(frozen=True)
class Table:
    """Weights by feature and column. ``rows``: (feature, column)."""

    index: dict[str, int]
    rows: Floats

    def total(self, names: Iterable[str]) -> Floats:
        """The sum of the rows of the known names, each once. Shape: (column,)."""
        index = self.index
        at = [index[name] for name in dict.fromkeys(names) if name in index]
        found: Floats = self.rows[at].sum(axis=0)
        return found


@dataclass(frozen=True)
class Cross:
    """Weights of a candidate's features crossed with those of the number itself. ``cells``: (number's, candidate's)."""

    own: dict[str, int]
    asked: dict[str, int]
    cells: Floats
    places: dict[tuple[str, ...], list[int]] = field(default_factory=dict)  # groups of names already looked up
    sums: dict[tuple[str, ...], Floats] = field(default_factory=dict)  # what a number says of every feature, already summed

    def _places(self, group: tuple[str, ...]) -> list[int]:
        known = self.places.get(group)
        if known is None:
            if len(self.places) > 20_000:
                self.places.clear()
            known = self.places[group] = [self.own[name] for name in group if name in self.own]
        return known

    def _sums(self, asked: tuple[str, ...]) -> Floats:
        known = self.sums.get(asked)
        if known is None:
            if len(self.sums) > 200:
                self.sums.clear()
            columns = [self.asked[name] for name in dict.fromkeys(asked) if name in self.asked]
            known = self.sums[asked] = self.cells[columns].sum(axis=0)
        return known

    def scores(self, candidates: Sequence[Iterable[tuple[str, ...]]], asked: Iterable[str]) -> Floats:
        """One score for each candidate, given as groups of feature names: the sum over all pairs with the number's."""
        at, starts, spare = list[int](), list[int](), self.cells.shape[1] - 1
        for groups in candidates:
            starts.append(len(at))
            at.append(spare)  # a column of zeros
            for group in groups:
                at += self._places(group)
        found: Floats = np.add.reduceat(self._sums(tuple(asked))[at], starts)
        return found


@dataclass(frozen=True)
class Weights:
    """All judges' weights with the ids and forms that they were fitted for."""

    bases: tuple[str, ...]
    concepts: tuple[str, ...]
    forms: tuple[str, ...]
    measured: Table  # a number's features → concepts of an id
    formed: Table  # a number's features → forms
    shared: dict[str, float]  # what holds for any id
    subject: Cross
    period: Cross
    status: Table


def shares(scores: Floats) -> Floats:
    """Softmax: each candidate's probability."""
    grown: Floats = np.exp(scores - scores.max())
    found: Floats = grown / grown.sum()
    return found


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
            return Table(names(name), dense(name))

        def cross(name: str) -> Cross:
            return Cross(names(name), names(f"{name}.asked"), np.ascontiguousarray(dense(name, 1).T))

        return Weights(
            tuple(meta["bases"]),
            tuple(meta["concepts"]),
            tuple(meta["forms"]),
            table("measured"),
            table("formed"),
            dict(zip(names("shared"), dense("shared")[:, 0].tolist(), strict=True)),
            cross("subject"),
            cross("period"),
            table("status"),
        )


@lru_cache(maxsize=1)
def bundled() -> Weights:
    """The weights that are shipped, read once for each process."""
    return unpack(files("salpi.evidence.judges").joinpath(NAME).read_bytes())
