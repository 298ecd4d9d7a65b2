"""The judges' weights: names of features and what each adds to a candidate; fitted elsewhere, here only read."""

from __future__ import annotations

import io
import json
import math
import zipfile
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np

from salpi.evidence.judges.tables import Cross, Floats, Places, Sums, Table

NAME = "weights.npz"
CALIBRATION = "calibration.json"


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
    slope: float = 1.0
    offset: float = 0.0

    def honest(self, sure: float) -> float:
        """The probability that all fields are right, where the judges say ``sure``: they were fitted on what they are sure of.

        A line between log-odds, fitted on documents that the weights had not seen (``training/calibrate.py``).
        """
        sure = min(max(sure, 1e-9), 1 - 1e-9)
        return 1 / (1 + math.exp(-self.offset - self.slope * math.log(sure / (1 - sure))))


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
    folder = files("salpi.evidence.judges")
    line = json.loads(folder.joinpath(CALIBRATION).read_text(encoding="utf-8"))
    return replace(unpack(folder.joinpath(NAME).read_bytes()), slope=line["slope"], offset=line["offset"])
